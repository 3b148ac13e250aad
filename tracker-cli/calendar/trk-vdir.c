/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-vdir.h"

#include "trk-listing.h"
#include "trk-text.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  MAX_FILE = 1024, /* bytes of a name or colour */
  MAX_TITLE = 60,  /* characters; a name in the configuration has at most 64 bytes */
  MAX_NAME = 60,   /* bytes; a configuration takes 64, and a number may have to stand behind it */
  MAX_COLLECTIONS = 1000
};

/* The first line of a small file that may be anything. */
static char *
read_line (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char text[MAX_FILE + 1];
  struct stat status;
  ssize_t n = -1;

  if (fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    n = read (fd, text, MAX_FILE);
  if (fd >= 0)
    close (fd);
  text[MAX (n, 0)] = '\0';
  text[strcspn (text, "\r\n")] = '\0';
  return trk_text_line (text, MAX_TITLE);
}

char *
trk_vdir_title (const char *path)
{
  g_autofree char *title = read_line (path, "displayname");

  return *title != '\0' ? g_steal_pointer (&title) : NULL;
}

char *
trk_vdir_color (const char *path)
{
  g_autofree char *color = read_line (path, "color");
  gsize digits = *color == '#' ? strspn (color + 1, "0123456789abcdefABCDEF") : 0;

  /* Some servers add the opacity: #rrggbbaa. */
  if ((digits != 6 && digits != 8) || color[1 + digits] != '\0')
    return NULL;
  color[7] = '\0';
  return g_ascii_strdown (color, -1);
}

/* "work" for /home/me/work.ics. */
static char *
name_of_file (const char *path)
{
  static const char *const suffixes[] = { ".ics", ".ical", ".vcs" };
  char *name = g_path_get_basename (path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (name, suffixes[i]) && strlen (name) > strlen (suffixes[i]))
      name[strlen (name) - strlen (suffixes[i])] = '\0';
  return name;
}

/* NULL: nothing of it can be a name. */
static char *
cleaned (const char *title)
{
  g_autofree char *safe = trk_text_line (title, 0);
  g_autofree char *name =
      trk_text_line (g_strdelimit (safe, "[]/", ' '), 0); /* runs of blanks go */
  char *end;

  if (strlen (name) > MAX_NAME)
    {
      name[MAX_NAME] = '\0';
      if (!g_utf8_validate (name, -1, (const char **) &end)) /* half a sign */
        *end = '\0';
    }
  g_strstrip (name);
  return *name != '\0' ? g_steal_pointer (&name) : NULL;
}

char *
trk_vdir_clean_name (const char *title)
{
  char *name = cleaned (title);

  return name != NULL ? name : g_strdup ("calendar");
}

char *
trk_vdir_name (const char *path)
{
  g_autofree char *title = trk_vdir_title (path);
  char *name = title != NULL ? cleaned (title) : NULL;

  return name != NULL ? name : name_of_file (path);
}

static gboolean
holds_calendars (const char *path)
{
  g_autoptr (TrkListing) listing = trk_listing_new (path, NULL);

  return listing != NULL && listing->names->len > 0;
}

/* A collection may be empty: then its displayname tells. */
static gboolean
is_collection (const char *path)
{
  g_autofree char *title = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return FALSE;
  title = trk_vdir_title (path);
  return title != NULL || holds_calendars (path);
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *
trk_vdir_collections (const char *path)
{
  GPtrArray *collections = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR) || is_collection (path))
    return collections;
  folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL
         && collections->len < MAX_COLLECTIONS)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (*name != '.' && is_collection (inner))
        g_ptr_array_add (collections, g_steal_pointer (&inner));
    }
  g_ptr_array_sort (collections, compare_paths);
  return collections;
}
