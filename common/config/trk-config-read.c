/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config-read.h"

#include "trk-calendar-url.h"
#include "trk-config-keys.h"
#include "trk-config-line.h"
#include "trk-error.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

enum
{
  MAX_FILE = 1024 * 1024,
  MAX_NAME = 64,
};

/* Where the reading stands. */
typedef struct
{
  TrkConfig *config;
  char *file;   /* as messages name it (owned) */
  char *folder; /* (owned) */
  guint line;
  TrkConfigSection section;
  char *title;        /* of the section, without brackets (owned) (nullable) */
  guint section_line; /* where it begins */
  gpointer target;    /* what its keys fill, (nullable) for one that is not known */
  GHashTable *seen;   /* names of the keys that it had */
} Reader;

static gboolean G_GNUC_PRINTF (3, 4) fail (Reader *reader, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "%s:%u: %s", reader->file, reader->line, what);
  return FALSE;
}

static void G_GNUC_PRINTF (2, 3) warn (Reader *reader, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (reader->config->warnings,
                   g_strdup_printf ("%s:%u: %s", reader->file, reader->line, what));
}

gboolean
trk_config_name_valid (const char *name)
{
  if (*name == '\0' || strlen (name) > MAX_NAME || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  if (g_ascii_isspace (name[0]) || g_ascii_isspace (name[strlen (name) - 1]))
    return FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) || strchr ("[]/", *p) != NULL)
      return FALSE;
  return TRUE;
}

static TrkConfigSection
section_of (const char *word)
{
  for (int i = 0; trk_config_section_names[i] != NULL; i++)
    if (g_str_equal (word, trk_config_section_names[i]))
      return (TrkConfigSection) (TRK_CONFIG_SECTION_GENERAL + i);
  return TRK_CONFIG_SECTION_NONE;
}

/* A calendar lies at a path, or at an address: then our copy is what is read. */
static gboolean
place_calendar (Reader *reader, GError **error)
{
  TrkCalendar *calendar = reader->target;

  if (calendar->path == NULL && calendar->url != NULL)
    calendar->path = trk_calendar_url_copy (calendar->name, calendar->url);
  else if (calendar->path == NULL || calendar->url != NULL)
    {
      reader->line = reader->section_line;
      return calendar->path != NULL
                 ? fail (reader, error, "[%s] has 'path' and 'url': expected one of them",
                         reader->title)
                 : fail (reader, error, "[%s] has no 'path': expected %s; or 'url': expected %s",
                         reader->title, trk_config_path.expected, trk_config_url.expected);
    }
  return TRUE;
}

/* A section that is over has to have what it cannot be without. */
static gboolean
end_section (Reader *reader, GError **error)
{
  for (gsize i = 0; i < trk_config_n_keys && reader->target != NULL; i++)
    {
      const TrkConfigKey *key = &trk_config_keys[i];

      if (key->section != reader->section || !key->required
          || g_hash_table_contains (reader->seen, key->name))
        continue;
      reader->line = reader->section_line;
      return fail (reader, error, "[%s] has no '%s': expected %s", reader->title, key->name,
                   key->value->expected);
    }
  if (reader->section == TRK_CONFIG_SECTION_CALENDAR && reader->target != NULL
      && !place_calendar (reader, error))
    return FALSE;
  g_hash_table_remove_all (reader->seen);
  reader->section = TRK_CONFIG_SECTION_NONE;
  reader->target = NULL;
  return TRUE;
}

static gboolean
rule_exists (const TrkConfig *config, const char *name)
{
  for (guint i = 0; i < config->rules->len; i++)
    if (g_str_equal (((TrkRule *) config->rules->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static gboolean
begin_calendar (Reader *reader, const char *name, GError **error)
{
  if (trk_config_calendar (reader->config, name) != NULL)
    return fail (reader, error, "a second [calendar %s]: give it another name", name);
  reader->target = trk_calendar_new (name, NULL);
  g_ptr_array_add (reader->config->calendars, reader->target);
  return TRUE;
}

static gboolean
begin_rule (Reader *reader, const char *name, GError **error)
{
  if (rule_exists (reader->config, name))
    return fail (reader, error, "a second [rule %s]: give it another name", name);
  reader->target = trk_rule_new (name);
  g_ptr_array_add (reader->config->rules, reader->target);
  return TRUE;
}

static gboolean
begin_policy (Reader *reader, const char *name, GError **error)
{
  TrkKind kind;

  if (!trk_kind_from_string (name, &kind))
    return fail (reader, error,
                 "[%s]: expected a kind: focus, shallow, meeting, break, routine or off",
                 reader->title);
  reader->target = &reader->config->policies.of[kind];
  return TRUE;
}

static gboolean
begin_unknown (Reader *reader, const char *word)
{
  const char *nearest = trk_text_nearest (word, trk_config_section_names);

  if (nearest != NULL)
    warn (reader, "unknown section [%s] is passed over; nearest: [%s]", reader->title, nearest);
  else
    warn (
        reader,
        "unknown section [%s] is passed over; there are [trackerd], [calendar NAME], [rule NAME], "
        "[policy KIND] and [guard]",
        reader->title);
  return TRUE;
}

/* One of several: "[calendar work]". */
static gboolean
begin_named (Reader *reader, const TrkConfigLine *line, GError **error)
{
  const char *name = line->second;

  if (name == NULL || !trk_config_name_valid (name))
    return fail (reader, error,
                 "[%s]: expected a name behind '%s', of at most %d characters without / and "
                 "brackets",
                 reader->title, line->first, MAX_NAME);
  if (reader->section == TRK_CONFIG_SECTION_CALENDAR)
    return begin_calendar (reader, name, error);
  return reader->section == TRK_CONFIG_SECTION_RULE ? begin_rule (reader, name, error)
                                                    : begin_policy (reader, name, error);
}

static gboolean
begin_section (Reader *reader, const TrkConfigLine *line, GError **error)
{
  const char *name = line->second;

  if (!end_section (reader, error))
    return FALSE;
  g_free (reader->title);
  reader->title =
      name != NULL ? g_strconcat (line->first, " ", name, NULL) : g_strdup (line->first);
  reader->section_line = reader->line;
  reader->section = section_of (line->first);
  if (reader->section == TRK_CONFIG_SECTION_NONE)
    return begin_unknown (reader, line->first);
  if (reader->section != TRK_CONFIG_SECTION_GENERAL && reader->section != TRK_CONFIG_SECTION_GUARD)
    return begin_named (reader, line, error);
  reader->target = reader->config;
  return name == NULL || fail (reader, error, "[%s]: write [%s]", reader->title, line->first);
}

static void
warn_of_key (Reader *reader, const char *name)
{
  const char *nearest = trk_config_key_nearest (reader->section, name);

  if (nearest != NULL)
    warn (reader, "unknown key '%s' in [%s] is passed over; nearest: %s", name, reader->title,
          nearest);
  else
    warn (reader, "unknown key '%s' in [%s] is passed over", name, reader->title);
}

static gboolean
read_key (Reader *reader, const TrkConfigLine *line, GError **error)
{
  const TrkConfigKey *key = trk_config_key_find (reader->section, line->first);
  g_autofree char *name = trk_text_line (line->first, 40);

  if (reader->title == NULL)
    return fail (reader, error, "'%s' stands before the first section: write [trackerd] above it",
                 name);
  if (reader->target == NULL) /* in a section that is passed over */
    return TRUE;
  if (key == NULL)
    {
      warn_of_key (reader, name);
      return TRUE;
    }
  if (!g_hash_table_add (reader->seen, (gpointer) key->name))
    warn (reader, "'%s' stands twice in [%s]; the later one holds", key->name, reader->title);
  if (!key->value->read (line->second, reader->folder, (char *) reader->target + key->offset))
    {
      g_autofree char *value =
          key->value->secret ? g_strdup ("…") : trk_text_line (line->second, 60);

      return fail (reader, error, "%s = %s: expected %s", key->name, value, key->value->expected);
    }
  return TRUE;
}

static gboolean
read_line (Reader *reader, const char *text, GError **error)
{
  g_autoptr (TrkConfigLine) line = NULL;
  g_autofree char *shown = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return fail (reader, error, "the line is not UTF-8");
  line = trk_config_line_new (text);
  switch (line->type)
    {
    case TRK_CONFIG_LINE_NOTHING:
      return TRUE;
    case TRK_CONFIG_LINE_SECTION:
      return begin_section (reader, line, error);
    case TRK_CONFIG_LINE_KEY:
      return read_key (reader, line, error);
    default:
      shown = trk_text_line (text, 40);
      return fail (reader, error, "'%s': expected [section], key = value or # comment", shown);
    }
}

/* The folder of @path, absolute. */
static char *
folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_canonicalize_filename (folder, NULL);
}

static void
clear_reader (Reader *reader)
{
  g_free (reader->file);
  g_free (reader->folder);
  g_free (reader->title);
  g_hash_table_unref (reader->seen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, clear_reader)

TrkConfig *
trk_config_read (const char *text, gsize length, const char *path, GError **error)
{
  g_autoptr (TrkConfig) config = trk_config_new_default ();
  g_auto (Reader) reader = { .config = config,
                             .file = trk_path_display (path),
                             .folder = folder_of (path),
                             .seen = g_hash_table_new (g_str_hash, g_str_equal) };
  g_auto (GStrv) lines = NULL;

  if (memchr (text, '\0', length) != NULL)
    {
      fail (&reader, error, "the file holds NUL bytes: it is no text");
      return NULL;
    }
  if (g_str_has_prefix (text, "\xEF\xBB\xBF")) /* a byte order mark */
    text += 3;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      reader.line++;
      if (!read_line (&reader, *line, error))
        return NULL;
    }
  if (!end_section (&reader, error))
    return NULL;
  return g_steal_pointer (&config);
}

/* Not a plain g_file_get_contents(): a FIFO would never end. */
gboolean
trk_config_read_file (const char *path, char **text, gsize *length, GError **error)
{
  g_autofree char *shown = trk_path_display (path);
  g_autoptr (GError) local = NULL;
  GStatBuf status;

  *text = NULL;
  *length = 0;
  if (g_stat (path, &status) < 0 && (errno == ENOENT || errno == ENOTDIR))
    {
      *text = g_strdup ("");
      return TRUE;
    }
  if (g_stat (path, &status) == 0 && (!S_ISREG (status.st_mode) || status.st_size > MAX_FILE))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "%s is no file of at most 1 MiB", shown);
      return FALSE;
    }
  if (g_file_get_contents (path, text, length, &local))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot read %s: %s", shown, local->message);
  return FALSE;
}

TrkConfig *
trk_config_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!trk_config_read_file (path, &text, &length, error))
    return NULL;
  return trk_config_read (text, length, path, error);
}
