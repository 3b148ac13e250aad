/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

#include "trk-fingerprint.h"
#include "trk-listing.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* Which files a calendar consists of, and how the index learns which of them came and went. */

/* An event of one minute in @minute of noon, named like it. */
static void
write_event (TrkIndexFixture *fixture, const char *name, guint minute)
{
  g_autofree char *path = g_strconcat ("dir/", name, NULL);
  g_autofree char *event = g_strdup_printf (
      "BEGIN:VEVENT\r\nUID:%s\r\nDTSTART:20261123T12%02u00Z\r\nSUMMARY:%s\r\nEND:VEVENT\r\n", name,
      minute, name);

  trk_index_write_events (fixture, path, event);
}

static void
remove_event (TrkIndexFixture *fixture, const char *name)
{
  g_autofree char *relative = g_strconcat ("dir/", name, NULL);
  g_autofree char *path = trk_index_path_of (fixture, relative);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static char *
line_of (const char *name, guint minute)
{
  return g_strdup_printf ("2026-11-23T12:%02u:00Z/2026-11-23T12:%02u:00Z %s\n", minute, minute,
                          name);
}

/* The folder holds @names (NULL at its end), one a minute from @minutes on. */
static void
expect (TrkIndexFixture *fixture, const char *const *names, const guint *minutes)
{
  g_autoptr (GString) want = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *line = line_of (names[i], minutes[i]);

      g_string_append (want, line);
    }
  trk_index_expect (fixture, want->str);
}

static void
test_names (TrkIndexFixture *fixture, gconstpointer data)
{
  static const char *const given[] = { "b.ics", "A.ICS",  "c.iCal", "d.vcs",  ".hidden.ics",
                                       "ics",   "e.ics~", "f.txt",  "g.ics.", "h.ics.part" };
  static const char *const wanted[] = { "A.ICS", "b.ics", "c.iCal", "d.vcs" };
  g_autofree char *folder = trk_index_path_of (fixture, "dir");
  g_autofree char *slashed = g_strconcat (folder, "/", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    write_event (fixture, given[i], i);
  for (guint with_slash = 0; with_slash < 2; with_slash++)
    {
      g_autoptr (TrkListing) listing = trk_listing_new (with_slash ? slashed : folder, NULL);

      g_assert_nonnull (listing);
      g_assert_true (listing->is_folder);
      g_assert_cmpuint (listing->names->len, ==, G_N_ELEMENTS (wanted));
      for (guint i = 0; i < listing->names->len; i++)
        {
          const char *name = g_ptr_array_index (listing->names, i);
          g_autofree char *path = trk_listing_path (with_slash ? slashed : folder, name);
          g_autofree char *want = g_build_filename (folder, wanted[i], NULL);
          TrkFileStamp stamp;
          guint place;

          g_assert_cmpstr (name, ==, wanted[i]);
          g_assert_cmpstr (path, ==, want);
          g_assert_true (trk_file_stamp (path, &stamp));
          g_assert_true (trk_file_stamp_equal (&stamp, &listing->stamps[i]));
          g_assert_true (trk_listing_find (listing, name, &place));
          g_assert_cmpuint (place, ==, i);
        }
    }
}

static TrkListing *
remember (const TrkListing *listing)
{
  g_autoptr (GString) names = trk_listing_join (listing);

  return trk_listing_remember (names->str, names->len, listing->stamps,
                               listing->names->len * sizeof (TrkFileStamp));
}

enum
{
  MANY = 700 /* files: more than one thread looks at */
};

/* One among many that changed, wherever it stands, is seen; and no other one. */
static void
test_each_is_seen (TrkIndexFixture *fixture, gconstpointer data)
{
  static const guint changed[] = { 0, 1, MANY / 2 - 1, MANY / 2, MANY - 2, MANY - 1 };
  g_autofree char *folder = trk_index_path_of (fixture, "dir");

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("dir/%04u.ics", i);

      trk_index_write_bytes (fixture, name, "", 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    {
      g_autoptr (TrkListing) now = trk_listing_new (folder, NULL);
      g_autoptr (TrkListing) then = remember (now);
      g_autofree char *name = g_strdup_printf ("dir/%04u.ics", changed[i]);

      g_assert_cmpuint (then->names->len, ==, MANY);
      g_assert_true (trk_listing_is_fresh (then, folder));
      trk_index_write_bytes (fixture, name, "", 0); /* another inode */
      g_assert_false (trk_listing_is_fresh (then, folder));
      trk_listing_look (now, folder);
      for (guint j = 0; j < MANY; j++)
        g_assert_cmpint (trk_file_stamp_equal (&now->stamps[j], &then->stamps[j]), ==,
                         j != changed[i]);
    }
}

static void
assert_same (const TrkListing *got, const TrkListing *want)
{
  g_assert_cmpuint (got->names->len, ==, want->names->len);
  for (guint i = 0; i < want->names->len; i++)
    {
      g_assert_cmpstr (got->names->pdata[i], ==, want->names->pdata[i]);
      g_assert_true (trk_file_stamp_equal (&got->stamps[i], &want->stamps[i]));
    }
}

/* Whatever was known of a folder before, a listing tells what is there now. */
static void
test_known_before (TrkIndexFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *names;
    gsize size;
  } known[] = {
#define NAMES(text) { text, sizeof text }
    NAMES ("a.ics"),
    NAMES ("b.ics\0d.ics"),
    NAMES ("0.ics\0b.ics\0c.ics\0d.ics\0e.ics\0f.ics\0z.ics"),
    NAMES ("f.ics\0d.ics\0b.ics"), /* no listing of ours, but a damaged index may hold it */
    NAMES ("b.ics\0b.ics\0d.ics\0d.ics\0f.ics\0f.ics"),
    NAMES ("\0\0../b.ics\0b.ics"),
#undef NAMES
  };
  g_autofree char *folder = trk_index_path_of (fixture, "dir");
  g_autoptr (TrkListing) want = NULL;

  write_event (fixture, "b.ics", 1);
  write_event (fixture, "d.ics", 2);
  write_event (fixture, "f.ics", 3);
  want = trk_listing_new (folder, NULL);
  g_assert_cmpuint (want->names->len, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      static const TrkFileStamp stamps[8] = { { 0 } };
      guint n = 0;
      g_autoptr (TrkListing) before = NULL;
      g_autoptr (TrkListing) got = NULL;
      TrkLooks *looks;

      for (gsize at = 0; at < known[i].size; at++)
        n += known[i].names[at] == '\0';
      before = trk_listing_remember (known[i].names, known[i].size, stamps, n * sizeof *stamps);
      g_assert_nonnull (before);
      looks = trk_looks_begin (folder, before->names);
      got = trk_listing_begin (folder, NULL);
      g_assert_nonnull (got);
      g_assert_null (got->stamps);
      trk_listing_end (got, folder, before->names, looks);
      assert_same (got, want);
    }
}

/* What is kept of a listing and does not belong together is none. */
static void
test_torn_listing (TrkIndexFixture *fixture, gconstpointer data)
{
  static const TrkFileStamp stamps[2] = { { 0 } };
  g_autoptr (TrkListing) none = trk_listing_remember (NULL, 0, NULL, 0);
  g_autoptr (TrkListing) two = trk_listing_remember ("a\0b", 4, stamps, sizeof stamps);

  g_assert_cmpuint (none->names->len, ==, 0);
  g_assert_cmpuint (two->names->len, ==, 2);
  g_assert_null (trk_listing_remember ("a\0b", 3, stamps, sizeof stamps));
  g_assert_null (trk_listing_remember ("a\0b", 4, stamps, sizeof stamps[0]));
  g_assert_null (trk_listing_remember ("a\0b", 4, stamps, sizeof stamps - 1));
  g_assert_null (trk_listing_remember ("a\0b", 4, NULL, 0));
  g_assert_null (trk_listing_remember (NULL, 0, stamps, sizeof stamps));
}

/* A name of a folder that is not there is not looked for elsewhere. */
static void
test_gone_folder (TrkIndexFixture *fixture, gconstpointer data)
{
  static const TrkFileStamp none = { 0 };
  g_autofree char *folder = trk_index_path_of (fixture, "dir");
  g_autofree char *away = trk_index_path_of (fixture, "away");
  g_autofree char *here = g_get_current_dir ();
  g_autoptr (TrkListing) listing = NULL;

  write_event (fixture, "a.ics", 1);
  listing = trk_listing_new (folder, NULL);
  g_assert_nonnull (listing);
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  g_assert_cmpint (g_chdir (away), ==, 0);
  trk_listing_look (listing, folder);
  g_assert_cmpint (g_chdir (here), ==, 0);
  g_assert_true (trk_file_stamp_equal (&listing->stamps[0], &none));
}

/* Files that go and come at the beginning, in the middle and at the end of the list. */
static void
test_come_and_go (TrkIndexFixture *fixture, gconstpointer data)
{
  write_event (fixture, "b.ics", 2);
  write_event (fixture, "d.ics", 4);
  write_event (fixture, "f.ics", 6);
  trk_index_add_calendar (fixture, "work", "dir");
  expect (fixture, (const char *[]){ "b.ics", "d.ics", "f.ics", NULL }, (guint[]){ 2, 4, 6 });

  write_event (fixture, "a.ics", 1);
  write_event (fixture, "c.ics", 3);
  write_event (fixture, "g.ics", 7);
  expect (fixture, (const char *[]){ "a.ics", "b.ics", "c.ics", "d.ics", "f.ics", "g.ics", NULL },
          (guint[]){ 1, 2, 3, 4, 6, 7 });

  remove_event (fixture, "a.ics");
  remove_event (fixture, "d.ics");
  remove_event (fixture, "g.ics");
  write_event (fixture, "e.ics", 5);
  write_event (fixture, "f.ics", 8);
  expect (fixture, (const char *[]){ "b.ics", "c.ics", "e.ics", "f.ics", NULL },
          (guint[]){ 2, 3, 5, 8 });

  remove_event (fixture, "b.ics");
  remove_event (fixture, "c.ics");
  remove_event (fixture, "e.ics");
  remove_event (fixture, "f.ics");
  expect (fixture, (const char *[]){ NULL }, NULL);

  write_event (fixture, "d.ics", 9);
  expect (fixture, (const char *[]){ "d.ics", NULL }, (guint[]){ 9 });
}

/* A file may be of any time, also of one that is too far off for nanoseconds. */
static void
test_far_off_time (TrkIndexFixture *fixture, gconstpointer data)
{
  const struct timespec far_off[] = { { 0, UTIME_OMIT }, { G_GINT64_CONSTANT (15000000000), 7 } };
  g_autofree char *path = trk_index_path_of (fixture, "dir/a.ics");
  TrkFileStamp before, after;

  write_event (fixture, "a.ics", 1);
  g_assert_true (trk_file_stamp (path, &before));
  g_assert_cmpint (utimensat (AT_FDCWD, path, far_off, 0), ==, 0);
  g_assert_true (trk_file_stamp (path, &after));
  g_assert_cmpint (after.mtime, >, before.mtime);
  trk_index_add_calendar (fixture, "work", "dir");
  expect (fixture, (const char *[]){ "a.ics", NULL }, (guint[]){ 1 });
}

/* However the bytes are handed over, they have one number, and other bytes another. */
static void
test_fingerprint (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = g_malloc (5000);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < 5000; i++)
    bytes[i] = (char) (i * i + i / 7);
  for (gsize length = 0; length < 5000; length += 1 + length / 9)
    for (gsize first = 0; first <= length; first += 1 + length / 3)
      {
        guint64 whole = trk_fingerprint (bytes, length);
        TrkFingerprint *parts = trk_fingerprint_new ();

        trk_fingerprint_add (parts, bytes, first);
        trk_fingerprint_add (parts, bytes + first, length - first);
        g_assert_cmpuint (trk_fingerprint_end (parts), ==, whole);
        g_assert_cmpuint (whole, !=, 0);
        if (first == 0)
          g_assert_true (g_hash_table_add (seen, g_memdup2 (&whole, sizeof whole)));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/" name, TrkIndexFixture, NULL, trk_index_set_up, function,                   \
              trk_index_tear_down)
  ADD ("names-of-files", test_names);
  ADD ("each-is-seen", test_each_is_seen);
  ADD ("known-before", test_known_before);
  ADD ("torn-listing", test_torn_listing);
  ADD ("gone-folder", test_gone_folder);
  ADD ("files-come-and-go", test_come_and_go);
  ADD ("far-off-time", test_far_off_time);
  ADD ("fingerprint", test_fingerprint);
  return g_test_run ();
}
