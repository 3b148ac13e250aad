/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-folder.h"

#include "trk-paths.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST 64 /* programs of one event; who has more has made a mistake */

void
trk_hook_program_free (TrkHookProgram *program)
{
  if (program == NULL)
    return;
  g_free (program->name);
  g_free (program->path);
  g_free (program->refusal);
  g_free (program);
}

char *
trk_hook_root (void)
{
  g_autofree char *config = trk_path_config_dir ();

  return g_build_filename (config, "hooks", NULL);
}

char *
trk_hook_folder (TrkHook hook)
{
  g_autofree char *root = trk_hook_root ();
  g_autofree char *name = g_strconcat (trk_hook_to_string (hook), ".d", NULL);

  return g_build_filename (root, name, NULL);
}

/* -- Who can change it? ------------------------------------------------------------------------ */

/* NULL: nobody but the user and root. */
static char *
refuse_by_mode (const char *path, const struct stat *stat)
{
  g_autofree char *shown = trk_path_display (path);
  gboolean sticky = S_ISDIR (stat->st_mode) && (stat->st_mode & S_ISVTX) != 0;

  if (stat->st_uid != geteuid () && stat->st_uid != 0)
    return g_strdup_printf ("%s belongs to another user (%u)", shown, (guint) stat->st_uid);
  if ((stat->st_mode & (S_IWGRP | S_IWOTH)) != 0 && !sticky)
    return g_strdup_printf ("others can write %s: chmod go-w %s", shown, shown);
  return NULL;
}

/* @path is absolute and without links: each folder up to the root. */
static char *
refuse_by_folders (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *refusal = NULL;
  struct stat stat;

  if (lstat (folder, &stat) < 0)
    return g_strdup_printf ("%s: %s", folder, g_strerror (errno));
  refusal = refuse_by_mode (folder, &stat);
  if (refusal != NULL || g_str_equal (folder, "/"))
    return g_steal_pointer (&refusal);
  return refuse_by_folders (folder);
}

static char *
refuse_file (const char *path)
{
  g_autofree char *shown = trk_path_display (path);
  g_autofree char *refusal = NULL;
  struct stat stat;

  if (lstat (path, &stat) < 0)
    return g_strdup_printf ("%s: %s", shown, g_strerror (errno));
  if (!S_ISREG (stat.st_mode))
    return g_strdup_printf ("%s is no regular file", shown);
  refusal = refuse_by_mode (path, &stat);
  if (refusal == NULL && access (path, X_OK) < 0)
    return g_strdup_printf ("%s is not executable: chmod +x %s", shown, shown);
  return refusal != NULL ? g_steal_pointer (&refusal) : refuse_by_folders (path);
}

/* -- The folder -------------------------------------------------------------------------------- */

static gboolean
is_left_behind (const char *name)
{
  static const char *const ends[] = { "~",       ".bak",       ".orig",     ".rej",   ".swp",
                                      ".pacnew", ".dpkg-dist", ".dpkg-new", ".rpmnew" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (name, ends[i]))
      return TRUE;
  return name[0] == '.' || g_str_equal (name, "README");
}

/* @folder_refusal: of the folder that names it (nullable). */
static TrkHookProgram *
find (const char *folder, const char *name, const char *folder_refusal)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *target = realpath (path, NULL);
  TrkHookProgram *program = g_new0 (TrkHookProgram, 1);

  program->name = g_strdup (name);
  if (target == NULL && errno == ENOENT)
    program->refusal = g_strdup ("the link leads nowhere");
  else if (target == NULL)
    program->refusal = g_strdup (g_strerror (errno));
  else
    program->refusal = folder_refusal != NULL ? g_strdup (folder_refusal) : refuse_file (target);
  program->path = g_strdup (target);
  free (target);
  return program;
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const TrkHookProgram *const *) a)->name,
                 (*(const TrkHookProgram *const *) b)->name);
}

/* The folder itself may be a link, too. */
static char *
refuse_folder (const char *folder)
{
  char *target = realpath (folder, NULL);
  g_autofree char *inside = target != NULL ? g_build_filename (target, "x", NULL) : NULL;

  free (target);
  return inside != NULL ? refuse_by_folders (inside) : g_strdup (g_strerror (errno));
}

GPtrArray *
trk_hook_programs (TrkHook hook)
{
  GPtrArray *programs = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_hook_program_free);
  g_autofree char *folder = trk_hook_folder (hook);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *refusal = NULL;
  const char *name;

  if (dir == NULL)
    return programs;
  refusal = refuse_folder (folder);
  while (programs->len < MOST && (name = g_dir_read_name (dir)) != NULL)
    if (!is_left_behind (name))
      g_ptr_array_add (programs, find (folder, name, refusal));
  g_ptr_array_sort (programs, by_name);
  return programs;
}

static gint
by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_of_event (const char *name)
{
  g_autofree char *event =
      g_str_has_suffix (name, ".d") ? g_strndup (name, strlen (name) - 2) : NULL;
  TrkHook hook;

  return trk_hook_from_string (event, &hook);
}

GPtrArray *
trk_hook_strangers (void)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *root = trk_hook_root ();
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  while (dir != NULL && names->len < MOST && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (!is_of_event (name) && !is_left_behind (name) && g_file_test (path, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, by_text);
  return names;
}
