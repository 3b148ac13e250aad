/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-atomic-file.h"

#include "trk-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACCESS_LIST "system.posix_acl_access"
#define FOLDER_LIST "system.posix_acl_default"

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("trackerd-atomic-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "a.ics", NULL);
}

/* Nothing but plain files and links in it. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static void
put (const char *path, const char *text, mode_t mode)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
assert_file (const char *path, const char *expected, mode_t mode)
{
  g_autofree char *text = NULL;
  struct stat status;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 07777, ==, mode);
}

/* How many files the folder has, drafts and locks among them. */
static guint
files_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
replace (const char *path, const char *text, TrkAtomicAccess access, GError **error)
{
  g_autoptr (TrkAtomicFile) file = trk_atomic_file_open (path, error);

  return file != NULL && trk_atomic_file_begin (file, error)
         && trk_atomic_file_append (file, text, strlen (text), error)
         && trk_atomic_file_finish (file, access, error)
         && trk_atomic_file_commit (file, FALSE, error);
}

/* -- Who may read it --------------------------------------------------------------------------- */

static void
test_private_whatever_the_umask (Fixture *fixture, gconstpointer data)
{
  static const mode_t masks[] = { 0, 022, 077, 0777 };
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      mode_t before = umask (masks[i]);
      gboolean saved = trk_atomic_file_save (fixture->path, "one", 3, &error);

      umask (before);
      g_assert_no_error (error);
      g_assert_true (saved);
      assert_file (fixture->path, "one", 0600);
      g_assert_cmpint (g_unlink (fixture->path), ==, 0);
    }
  put (fixture->path, "open to all", 0666);
  g_assert_true (trk_atomic_file_save (fixture->path, "two", 3, &error));
  assert_file (fixture->path, "two", 0600);
}

static void
test_alike_keeps_the_mode (Fixture *fixture, gconstpointer data)
{
  static const mode_t modes[] = { 0600, 0640, 0644, 0664, 0666 };
  GError *error = NULL;

  g_assert_true (replace (fixture->path, "first", TRK_ATOMIC_ALIKE, &error));
  assert_file (fixture->path, "first", 0600);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      put (fixture->path, "old", modes[i]);
      g_assert_true (replace (fixture->path, "new", TRK_ATOMIC_ALIKE, &error));
      g_assert_no_error (error);
      assert_file (fixture->path, "new", modes[i]);
    }
}

/* An access list as acl(5) has it: the owner writes, the user of that number reads. */
static gsize
access_list (guint8 *out, guint32 user)
{
  const guint32 entries[][3] = {
    { 0x01, 6, G_MAXUINT32 }, { 0x02, 4, user },        { 0x04, 0, G_MAXUINT32 },
    { 0x10, 4, G_MAXUINT32 }, { 0x20, 0, G_MAXUINT32 },
  };
  guint32 version = GUINT32_TO_LE (2);
  gsize length = sizeof version;

  memcpy (out, &version, sizeof version);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++, length += 8)
    {
      guint16 tag = GUINT16_TO_LE (entries[i][0]), rights = GUINT16_TO_LE (entries[i][1]);
      guint32 id = GUINT32_TO_LE (entries[i][2]);

      memcpy (out + length, &tag, 2);
      memcpy (out + length + 2, &rights, 2);
      memcpy (out + length + 4, &id, 4);
    }
  return length;
}

/* Gives @path the attribute; FALSE where the file system has none of that kind. */
static gboolean
give (const char *path, const char *name, gconstpointer value, gsize length)
{
  if (setxattr (path, name, value, length, 0) == 0)
    return TRUE;
  g_assert_cmpint (errno, ==, EOPNOTSUPP);
  g_test_message ("this file system has no %s", name);
  return FALSE;
}

static void
assert_attribute (const char *path, const char *name, gconstpointer value, gsize length)
{
  guint8 found[256];
  ssize_t n = getxattr (path, name, found, sizeof found);

  g_assert_cmpmem (found, (gsize) MAX (n, 0), value, length);
}

static void
test_alike_keeps_attributes (Fixture *fixture, gconstpointer data)
{
  guint8 list[64];
  gsize length = access_list (list, 54321);
  gboolean has_note, has_list;
  GError *error = NULL;

  put (fixture->path, "old", 0600);
  has_note = give (fixture->path, "user.note", "kept", 4);
  has_list = give (fixture->path, ACCESS_LIST, list, length);
  g_assert_true (replace (fixture->path, "new", TRK_ATOMIC_ALIKE, &error));
  g_assert_no_error (error);
  if (has_note)
    assert_attribute (fixture->path, "user.note", "kept", 4);
  if (has_list)
    assert_attribute (fixture->path, ACCESS_LIST, list, length);
  g_assert_true (replace (fixture->path, "own", TRK_ATOMIC_PRIVATE, &error));
  g_assert_cmpint (getxattr (fixture->path, ACCESS_LIST, NULL, 0), ==, -1);
  assert_file (fixture->path, "own", 0600);
}

/* What the folder gives to each new file, the old one does not have. */
static void
test_no_list_of_the_folder (Fixture *fixture, gconstpointer data)
{
  guint8 list[64];
  gsize length = access_list (list, 54321);
  GError *error = NULL;

  put (fixture->path, "old", 0644);
  if (give (fixture->dir, FOLDER_LIST, list, length))
    {
      g_autofree char *other = g_build_filename (fixture->dir, "new", NULL);

      put (other, "as the folder says", 0644);
      g_assert_cmpint (getxattr (other, ACCESS_LIST, NULL, 0), >, 0);
    }
  g_assert_true (replace (fixture->path, "new", TRK_ATOMIC_ALIKE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (getxattr (fixture->path, ACCESS_LIST, NULL, 0), ==, -1);
  assert_file (fixture->path, "new", 0644);
}

/* -- Which file -------------------------------------------------------------------------------- */

static void
test_links_stay (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->dir, "link", NULL);
  g_autofree char *dangling = g_build_filename (fixture->dir, "dangling", NULL);
  g_autofree char *target = g_build_filename (fixture->dir, "target", NULL);
  GError *error = NULL;

  put (fixture->path, "old", 0600);
  g_assert_cmpint (symlink ("a.ics", link), ==, 0);
  g_assert_cmpint (symlink ("target", dangling), ==, 0);
  g_assert_true (trk_atomic_file_save (link, "new", 3, &error));
  g_assert_true (trk_atomic_file_save (dangling, "made", 4, &error));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (dangling, G_FILE_TEST_IS_SYMLINK));
  assert_file (fixture->path, "new", 0600);
  assert_file (target, "made", 0600);
}

static void
test_drafts_go (Fixture *fixture, gconstpointer data)
{
  g_autofree char *left = g_build_filename (fixture->dir, ".trackerd-aB3xYz", NULL);
  g_autofree char *theirs = g_build_filename (fixture->dir, ".trackerd-notes", NULL);
  g_autoptr (TrkAtomicFile) file = NULL;
  GError *error = NULL;

  put (fixture->path, "old", 0600);
  put (left, "of a kill", 0600);
  put (theirs, "no draft", 0600);
  file = trk_atomic_file_open (fixture->path, &error);
  g_assert_nonnull (file);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (trk_atomic_file_begin (file, &error));
  g_assert_true (trk_atomic_file_append (file, "half", 4, &error));
  assert_file (trk_atomic_file_draft (file), "half", 0600);
  g_assert_cmpuint (files_in (fixture->dir), ==, 3);
  g_clear_pointer (&file, trk_atomic_file_free);
  g_assert_cmpuint (files_in (fixture->dir), ==, 2);
  assert_file (fixture->path, "old", 0600);
}

/* A name that exists belongs to somebody who was faster. */
static void
test_new_name (Fixture *fixture, gconstpointer data)
{
  for (guint taken = 0; taken <= 1; taken++)
    {
      g_autoptr (TrkAtomicFile) file = trk_atomic_file_open (fixture->path, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (trk_atomic_file_begin (file, NULL));
      g_assert_true (trk_atomic_file_append (file, "mine", 4, NULL));
      g_assert_true (trk_atomic_file_finish (file, TRK_ATOMIC_ALIKE, NULL));
      if (taken)
        put (fixture->path, "theirs", 0640);
      g_assert_true (trk_atomic_file_commit (file, TRUE, &error) == !taken);
      if (taken)
        g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
    }
  assert_file (fixture->path, "theirs", 0640);
  g_assert_cmpuint (files_in (fixture->dir), ==, 1);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkAtomicFile) file = NULL;

  put (fixture->path, "old", 0600);
  file = trk_atomic_file_open (fixture->path, NULL);
  g_assert_true (trk_atomic_file_remove (file, &error));
  g_assert_cmpuint (files_in (fixture->dir), ==, 0);
  g_assert_false (trk_atomic_file_remove (file, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "none", "a", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (trk_atomic_file_save (path, "x", 1, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
  g_assert_nonnull (
      strstr (error->message, "none: No such file or directory; nothing was changed"));
}

/* -- One at a time ----------------------------------------------------------------------------- */

static gpointer
save_in_a_thread (gpointer path)
{
  return GINT_TO_POINTER (trk_atomic_file_save (path, "second", 6, NULL));
}

/* Another of us waits, and then sees what the first has made. */
static void
test_one_follows_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkAtomicFile) first = trk_atomic_file_open (fixture->path, NULL);
  GThread *thread = g_thread_new ("second", save_in_a_thread, fixture->path);

  g_assert_true (trk_atomic_file_begin (first, NULL));
  g_assert_true (trk_atomic_file_append (first, "first", 5, NULL));
  g_assert_true (trk_atomic_file_finish (first, TRK_ATOMIC_PRIVATE, NULL));
  g_assert_true (trk_atomic_file_commit (first, TRUE, NULL)); /* new: the second has waited */
  assert_file (fixture->path, "first", 0600);
  g_clear_pointer (&first, trk_atomic_file_free);
  g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
  assert_file (fixture->path, "second", 0600);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkAtomicFile) first = trk_atomic_file_open (fixture->path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (trk_atomic_file_open (fixture->path, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_BUSY);
}

/* Drafts that take long: nobody waits, other names go on, and no link is written through. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *part = g_strconcat (fixture->path, ".part", NULL);
  g_autofree char *other = g_build_filename (fixture->dir, "b.ics", NULL);
  g_autofree char *target = g_build_filename (fixture->dir, "target", NULL);
  g_autoptr (TrkAtomicFile) first = trk_atomic_file_open_long (fixture->path, NULL);
  g_autoptr (TrkAtomicFile) beside = trk_atomic_file_open_long (other, NULL);
  g_autoptr (GError) error = NULL;

  put (target, "theirs", 0644);
  g_assert_cmpint (symlink ("target", part), ==, 0);
  g_assert_nonnull (first);
  g_assert_nonnull (beside);
  g_assert_null (trk_atomic_file_open_long (fixture->path, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_BUSY);
  g_assert_true (trk_atomic_file_begin (first, NULL));
  g_assert_true (trk_atomic_file_append (first, "new", 3, NULL));
  g_assert_true (trk_atomic_file_save (other, "short", 5, NULL)); /* and its drafts stay */
  g_assert_true (trk_atomic_file_finish (first, TRK_ATOMIC_PRIVATE, NULL));
  g_assert_true (trk_atomic_file_commit (first, FALSE, NULL));
  assert_file (fixture->path, "new", 0600);
  assert_file (target, "theirs", 0644);
}

/* Whoever holds the folder does not hold up those whose file is theirs alone, and takes no draft of
 * theirs for one that was left. */
static void
test_sole (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->dir, "b", NULL);
  g_autofree char *part = g_strconcat (fixture->path, ".part", NULL);
  g_autoptr (TrkAtomicFile) holder = trk_atomic_file_open (other, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (holder);
  put (part, "of one that was killed", 0644);
  g_assert_true (trk_atomic_file_save_sole (fixture->path, "one", 3, &error));
  assert_file (fixture->path, "one", 0600);
  g_assert_true (trk_atomic_file_save_sole (fixture->path, "two", 3, &error));
  g_assert_no_error (error);
  assert_file (fixture->path, "two", 0600);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_mkdir (part, 0700), ==, 0); /* in the way, and nobody's to take away */
  g_assert_false (trk_atomic_file_save_sole (fixture->path, "three", 5, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
  assert_file (fixture->path, "two", 0600);
  g_assert_cmpint (g_rmdir (part), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/atomic-file/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("private", test_private_whatever_the_umask);
  ADD ("alike/mode", test_alike_keeps_the_mode);
  ADD ("alike/attributes", test_alike_keeps_attributes);
  ADD ("alike/folder", test_no_list_of_the_folder);
  ADD ("links", test_links_stay);
  ADD ("drafts", test_drafts_go);
  ADD ("new", test_new_name);
  ADD ("remove", test_remove);
  ADD ("no-folder", test_no_folder);
  ADD ("follow", test_one_follows_another);
  ADD ("busy", test_busy);
  ADD ("long", test_long);
  ADD ("sole", test_sole);
  return g_test_run ();
}
