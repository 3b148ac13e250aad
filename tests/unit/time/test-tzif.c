/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-tzif.h"
#include "zones.h"

#include <glib/gstdio.h>
#include <string.h>

/* Zone files and rules, good ones and those that are none. */

/* Every beginning of a zone file is refused, and no flipped byte does worse than another answer. */
static void
test_damaged_file (void)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/Europe/Berlin", &bytes, &length, NULL));
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autofree guint8 *part = g_memdup2 (bytes, cut);

      g_assert_null (trk_tzif_new (part, cut));
    }
  for (int i = 0; i < 20000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes, length);
      g_autoptr (TrkTzif) tzif = NULL;

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        copy[g_test_rand_int_range (0, i % 2 == 0 ? 64 : (int) length)] =
            (guint8) g_test_rand_int ();
      tzif = trk_tzif_new (copy, length);
      if (tzif != NULL)
        g_assert_cmpint (ABS (trk_tzif_offset (tzif, g_test_rand_int () * TRK_SECOND)), <=,
                         28 * TRK_HOUR);
    }
}

/* A stretch that is called steady has one offset, and of short ones nearly all are: as a file has
 * it, and as a rule alone. */
static void
test_steady (void)
{
  static const char *const rules[] = { "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3",
                                       "IST-1GMT0,M10.5.0,M3.5.0/1", "<-03>3<-02>,J60/0,300/24" };

  for (gsize i = 0; i < G_N_ELEMENTS (zones) + G_N_ELEMENTS (rules); i++)
    {
      gboolean named = i < G_N_ELEMENTS (zones);
      g_autofree char *path =
          named ? g_build_filename ("/usr/share/zoneinfo", zones[i], NULL) : NULL;
      g_autoptr (TrkTzif) tzif = named ? trk_tzif_new_from_file (path)
                                       : trk_tzif_new_from_rule (rules[i - G_N_ELEMENTS (zones)]);
      int steady = 0;

      for (int n = 0; n < 1000; n++)
        {
          TrkInstant at = g_test_rand_int_range (0, G_MAXINT32) * 2 * TRK_SECOND;
          TrkPeriod period = { at, at + g_test_rand_int_range (1, 10 * 24) * TRK_HOUR };
          TrkDuration offset = -1;
          gboolean is = trk_tzif_is_steady (tzif, period, &offset);

          g_assert_cmpint (offset, ==, trk_tzif_offset (tzif, at));
          for (; is && at < period.end; at += TRK_HOUR / 2)
            g_assert_cmpint (trk_tzif_offset (tzif, at), ==, offset);
          if (is)
            g_assert_cmpint (trk_tzif_offset (tzif, period.end - 1), ==, offset);
          steady += is;
        }
      g_test_message ("%s: %d", named ? zones[i] : rules[i - G_N_ELEMENTS (zones)], steady);
      g_assert_cmpint (steady, >, 850);
    }
}

/* A rule's offset at a moment, and a microsecond before it. */
static void
test_rules (void)
{
  static const struct
  {
    const char *rule, *at;
    int before, then; /* hours */
  } rows[] = {
    { "CET-1CEST,M3.5.0,M10.5.0/3", "2040-03-25T01:00:00Z", 1, 2 },
    { "CET-1CEST,M3.5.0,M10.5.0/3", "2040-10-28T01:00:00Z", 2, 1 },
    { "AEST-10AEDT,M10.1.0,M4.1.0/3", "2040-03-31T16:00:00Z", 11, 10 },
    { "AEST-10AEDT,M10.1.0,M4.1.0/3", "2040-10-06T16:00:00Z", 10, 11 },
    { "AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 0, 1 }, /* not 29 February */
    { "AAA0BBB,J59/0,J300/0", "2028-02-28T00:00:00Z", 0, 1 },
    { "AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 0, 1 },
    { "AAA0BBB,59/0,300/0", "2027-03-01T00:00:00Z", 0, 1 },
    { "AAA0BBB,M3.1.0/167,M10.5.0", "2027-03-13T23:00:00Z", 0, 1 }, /* a week less an hour on */
    { "AAA0BBB,M3.5.0/-1,M10.5.0", "2027-03-27T23:00:00Z", 0, 1 },
    { "AAA0BBB,M3.4.6/0,M10.5.0", "2027-03-27T00:00:00Z", 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkTzif) tzif = trk_tzif_new_from_rule (rows[i].rule);
      TrkInstant at;

      g_test_message ("%s", rows[i].rule);
      g_assert_nonnull (tzif);
      g_assert_true (trk_instant_from_iso (rows[i].at, &at, NULL));
      g_assert_cmpint (trk_tzif_offset (tzif, at - 1), ==, rows[i].before * TRK_HOUR);
      g_assert_cmpint (trk_tzif_offset (tzif, at), ==, rows[i].then * TRK_HOUR);
    }
}

/* A file of version 1: @changes of four bytes, the type of each, and the types' offsets. */
static GBytes *
zone_bytes (const gint32 *changes, const guint8 *kinds, guint n, const gint32 *offsets, guint types)
{
  GByteArray *bytes = g_byte_array_new ();
  const guint32 counts[] = { 0, 0, 0, n, types, 4 };
  static const guint8 head[20] = { 'T', 'Z', 'i', 'f' }, rest[2] = { 0 };

  g_byte_array_append (bytes, head, sizeof head);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint32 count = GUINT32_TO_BE (counts[i]);

      g_byte_array_append (bytes, (const guint8 *) &count, 4);
    }
  for (guint i = 0; i < n; i++)
    {
      gint32 change = GINT32_TO_BE (changes[i]);

      g_byte_array_append (bytes, (const guint8 *) &change, 4);
    }
  g_byte_array_append (bytes, kinds, n);
  for (guint i = 0; i < types; i++)
    {
      gint32 offset = GINT32_TO_BE (offsets[i]);

      g_byte_array_append (bytes, (const guint8 *) &offset, 4);
      g_byte_array_append (bytes, rest, 2);
    }
  g_byte_array_append (bytes, rest, 2); /* would be good offsets, if they were some */
  g_byte_array_append (bytes, rest, 2);
  return g_byte_array_free_to_bytes (bytes);
}

static TrkTzif *
tzif_of (const gint32 *changes, const guint8 *kinds, guint n, const gint32 *offsets, guint types)
{
  g_autoptr (GBytes) bytes = zone_bytes (changes, kinds, n, offsets, types);

  return trk_tzif_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Written by hand: what is out of order, of no type, or too far from UTC is no zone. */
static void
test_written_file (void)
{
  static const gint32 changes[] = { -1000, 1000 }, back[] = { 1000, 1000 };
  static const gint32 offsets[] = { 3600, 7200 }, far_off[] = { 26 * 3600, -26 * 3600 };
  static const gint32 too_far[] = { 26 * 3600 + 1, 0 }, too_far_back[] = { 0, -26 * 3600 - 1 };
  static const guint8 kinds[] = { 1, 0 }, no_kind[] = { 1, 2 };
  g_autoptr (TrkTzif) good = tzif_of (changes, kinds, 2, offsets, 2);
  g_autoptr (TrkTzif) far = tzif_of (changes, kinds, 2, far_off, 2);

  g_assert_nonnull (far);
  g_assert_cmpint (trk_tzif_offset (good, -1000 * TRK_SECOND - 1), ==, TRK_HOUR);
  g_assert_cmpint (trk_tzif_offset (good, -1000 * TRK_SECOND), ==, 2 * TRK_HOUR);
  g_assert_cmpint (trk_tzif_offset (good, 1000 * TRK_SECOND - 1), ==, 2 * TRK_HOUR);
  g_assert_cmpint (trk_tzif_offset (good, 1000 * TRK_SECOND), ==, TRK_HOUR);
  g_assert_null (tzif_of (back, kinds, 2, offsets, 2));
  g_assert_null (tzif_of (changes, no_kind, 2, offsets, 2));
  g_assert_null (tzif_of (changes, kinds, 2, too_far, 2));
  g_assert_null (tzif_of (changes, kinds, 2, too_far_back, 2));
}

/* Without a rule the last offset is for ever. */
static void
test_no_rule (void)
{
  g_autofree char *bytes = NULL;
  g_autoptr (TrkTzif) tzif = NULL;
  gsize length;

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/Europe/Berlin", &bytes, &length, NULL));
  for (length--; bytes[length - 1] != '\n';)
    length--;
  bytes[length] = '\n';
  tzif = trk_tzif_new ((const guint8 *) bytes, length + 1);
  g_assert_nonnull (tzif);
  g_assert_cmpint (trk_tzif_offset (tzif, 2524608000 * TRK_SECOND), ==,
                   trk_tzif_offset (tzif, 2540246400 * TRK_SECOND)); /* 2050, January and July */
}

/* No zone is so large: TZ may name any file. */
static void
test_large_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("trk-zone-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "large", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/Asia/Tokyo", &bytes, &length, NULL));
  for (gsize size = 256 * 1024; size <= 256 * 1024 + 1; size++)
    {
      g_autofree char *large = g_malloc0 (size); /* what stands behind the end is not looked at */
      g_autoptr (TrkTzif) tzif = NULL;

      memcpy (large, bytes, length);
      g_assert_true (g_file_set_contents (path, large, (gssize) size, NULL));
      tzif = trk_tzif_new_from_file (path);
      g_assert_true ((tzif != NULL) == (size == 256 * 1024));
    }
  g_remove (path);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tzif/damaged-file", test_damaged_file);
  g_test_add_func ("/tzif/steady", test_steady);
  g_test_add_func ("/tzif/rules", test_rules);
  g_test_add_func ("/tzif/written-file", test_written_file);
  g_test_add_func ("/tzif/no-rule", test_no_rule);
  g_test_add_func ("/tzif/large-file", test_large_file);
  return g_test_run ();
}
