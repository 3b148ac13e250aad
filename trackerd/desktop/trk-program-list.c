/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-program-list.h"

#include <string.h>

#define SUFFIX ".desktop"

typedef struct
{
  char *program;  /* as it was written (owned) */
  char *name;     /* folded, to compare (owned) */
  char *wm_class; /* the same, of its desktop file (owned) (nullable) */
} Listed;

struct _TrkProgramList
{
  GPtrArray *listed; /* of Listed */
};

static void
listed_free (gpointer data)
{
  Listed *listed = data;

  g_free (listed->program);
  g_free (listed->name);
  g_free (listed->wm_class);
  g_free (listed);
}

static char *
fold (const char *name)
{
  char *folded = g_utf8_casefold (name, -1);

  if (g_str_has_suffix (folded, SUFFIX) && strlen (folded) > strlen (SUFFIX))
    folded[strlen (folded) - strlen (SUFFIX)] = '\0';
  return folded;
}

/* Of the installed desktop file; NULL. An ID is a file's name: nothing with a path in it is one. */
static char *
find_class (const char *program)
{
  g_autofree char *file = g_strconcat ("applications/", program,
                                       g_str_has_suffix (program, SUFFIX) ? "" : SUFFIX, NULL);
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autofree char *wm_class = NULL;

  if (strchr (program, G_DIR_SEPARATOR) != NULL
      || !g_key_file_load_from_data_dirs (entry, file, NULL, G_KEY_FILE_NONE, NULL))
    return NULL;
  wm_class = g_key_file_get_string (entry, G_KEY_FILE_DESKTOP_GROUP,
                                    G_KEY_FILE_DESKTOP_KEY_STARTUP_WM_CLASS, NULL);
  return wm_class != NULL && *wm_class != '\0' ? fold (wm_class) : NULL;
}

TrkProgramList *
trk_program_list_new (const char *const *programs)
{
  TrkProgramList *list = g_new0 (TrkProgramList, 1);

  list->listed = g_ptr_array_new_with_free_func (listed_free);
  for (; *programs != NULL; programs++)
    {
      Listed *listed = g_new0 (Listed, 1);

      listed->program = g_strdup (*programs);
      listed->name = fold (*programs);
      listed->wm_class = find_class (*programs);
      g_ptr_array_add (list->listed, listed);
    }
  return list;
}

void
trk_program_list_free (TrkProgramList *list)
{
  if (list == NULL)
    return;
  g_ptr_array_unref (list->listed);
  g_free (list);
}

static gboolean
is_called (const Listed *listed, const char *name)
{
  const char *dot = strrchr (name, '.');

  return g_str_equal (name, listed->name) || g_strcmp0 (name, listed->wm_class) == 0
         || (dot != NULL && g_str_equal (dot + 1, listed->name));
}

const char *
trk_program_list_find (const TrkProgramList *list, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      g_autofree char *name = fold (*names);

      for (guint i = 0; i < list->listed->len; i++)
        {
          const Listed *listed = g_ptr_array_index (list->listed, i);

          if (is_called (listed, name))
            return listed->program;
        }
    }
  return NULL;
}
