/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config-values.h"

#include "trk-calendar-url.h"
#include "trk-duration.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <string.h>

#define KINDS "focus, shallow, meeting, break, routine or off"

static gboolean
is_word (const char *value, const char *const *words)
{
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (value, *words) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_length (const char *value, const char *folder, gpointer field)
{
  return trk_duration_parse (value, field, NULL);
}

static gboolean
read_length_or_off (const char *value, const char *folder, gpointer field)
{
  static const char *const off[] = { "off", "none", "no", "never", "0", "0m", "0s", NULL };

  if (!is_word (value, off))
    return read_length (value, folder, field);
  *(TrkDuration *) field = 0;
  return TRUE;
}

static gboolean
read_time_of_day (const char *value, const char *folder, gpointer field)
{
  char *end;
  guint64 hours = g_ascii_strtoull (value, &end, 10);
  guint64 minutes = 0;

  if (!g_ascii_isdigit (*value) || end - value > 2 || hours > 23)
    return FALSE;
  if (*end == ':' && g_ascii_isdigit (end[1]) && g_ascii_isdigit (end[2]))
    {
      minutes = (guint64) (end[1] - '0') * 10 + (guint64) (end[2] - '0');
      end += 3;
    }
  if (*end != '\0' || minutes > 59)
    return FALSE;
  *(TrkDuration *) field = (TrkDuration) (hours * 60 + minutes) * TRK_MINUTE;
  return TRUE;
}

static gboolean
read_weekday (const char *value, const char *folder, gpointer field)
{
  static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday" };
  g_autofree char *word = g_ascii_strdown (value, -1);

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    if (strlen (word) >= 3 && g_str_has_prefix (names[i], word))
      {
        *(int *) field = i + 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_switch (const char *value, const char *folder, gpointer field)
{
  static const char *const yes[] = { "yes", "true", "on", "1", NULL };
  static const char *const no[] = { "no", "false", "off", "0", NULL };

  if (!is_word (value, yes) && !is_word (value, no))
    return FALSE;
  *(gboolean *) field = is_word (value, yes);
  return TRUE;
}

static gboolean
read_count (const char *value, const char *folder, gpointer field)
{
  guint64 count;

  if (!g_ascii_string_to_unsigned (value, 10, 0, 1000, &count, NULL))
    return FALSE;
  *(guint *) field = (guint) count;
  return TRUE;
}

static void
replace_text (gpointer field, char *text)
{
  g_free (*(char **) field);
  *(char **) field = text;
}

static gboolean
read_text (const char *value, const char *folder, gpointer field)
{
  if (*value == '\0')
    return FALSE;
  replace_text (field, g_strdup (value));
  return TRUE;
}

static gboolean
read_path (const char *value, const char *folder, gpointer field)
{
  g_autofree char *expanded = trk_path_expand (value);

  if (*value == '\0')
    return FALSE;
  replace_text (field, g_canonicalize_filename (expanded, folder));
  return TRUE;
}

static gboolean
read_url (const char *value, const char *folder, gpointer field)
{
  char *url = trk_calendar_url_read (value, NULL);

  if (url == NULL)
    return FALSE;
  replace_text (field, url);
  return TRUE;
}

/* Not more often than the timer looks. */
static gboolean
read_interval (const char *value, const char *folder, gpointer field)
{
  TrkDuration length;

  if (!trk_duration_parse (value, &length, NULL) || length < 5 * TRK_MINUTE)
    return FALSE;
  *(TrkDuration *) field = length;
  return TRUE;
}

/* Of a program: long enough to start one, and no longer than anybody waits for it. */
static gboolean
read_limit (const char *value, const char *folder, gpointer field)
{
  TrkDuration length;

  if (!trk_duration_parse (value, &length, NULL) || length < TRK_SECOND || length > 10 * TRK_MINUTE)
    return FALSE;
  *(TrkDuration *) field = length;
  return TRUE;
}

static gboolean
read_addresses (const char *value, const char *folder, gpointer field)
{
  g_auto (GStrv) parts = g_strsplit_set (value, ";,", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    {
      const char *at = strchr (g_strstrip (*part), '@');

      if (**part == '\0')
        continue;
      if (at == NULL || at == *part || at[1] == '\0')
        return FALSE;
      g_strv_builder_add (builder, *part);
    }
  g_strfreev (*(GStrv *) field);
  *(GStrv *) field = g_strv_builder_end (builder);
  return TRUE;
}

enum
{
  MAX_PROGRAM = 128, /* bytes */
  MAX_PROGRAMS = 64,
};

/* A path would never be what a window is called. */
static gboolean
is_program (const char *name)
{
  return strlen (name) <= MAX_PROGRAM && strchr (name, '/') == NULL;
}

static gboolean
read_programs (const char *value, const char *folder, gpointer field)
{
  g_auto (GStrv) parts = g_strsplit_set (value, ";,", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *name = trk_text_line (*part, 0);

      if (*name == '\0')
        continue;
      if (!is_program (name) || ++n > MAX_PROGRAMS)
        return FALSE;
      g_strv_builder_add (builder, name);
    }
  g_strfreev (*(GStrv *) field);
  *(GStrv *) field = g_strv_builder_end (builder);
  return TRUE;
}

/* Not optimised: the engine's own limits on matching, which keep a hostile summary from taking for
 * ever, hold for the interpreter. */
static gboolean
read_pattern (const char *value, const char *folder, gpointer field)
{
  GRegex *pattern = *value != '\0' ? g_regex_new (value, G_REGEX_CASELESS, 0, NULL) : NULL;

  if (pattern == NULL)
    return FALSE;
  g_clear_pointer ((GRegex **) field, g_regex_unref);
  *(GRegex **) field = pattern;
  return TRUE;
}

/* Kinds that are not named follow in the default order. */
static gboolean
read_precedence (const char *value, const char *folder, gpointer field)
{
  g_auto (GStrv) parts = g_strsplit_set (value, ";,>", -1);
  TrkKind order[TRK_N_KINDS], kind, *kinds = field;
  gboolean named[TRK_N_KINDS] = { FALSE };
  guint n = 0;

  for (char **part = parts; *part != NULL; part++)
    {
      if (*g_strstrip (*part) == '\0')
        continue;
      if (!trk_kind_from_string (*part, &kind) || named[kind])
        return FALSE;
      named[kind] = TRUE;
      order[n++] = kind;
    }
  if (n == 0)
    return FALSE;
  for (guint i = 0; i < TRK_N_KINDS; i++)
    if (!named[kinds[i]])
      order[n++] = kinds[i];
  memcpy (kinds, order, sizeof order);
  return TRUE;
}

static gboolean
read_calendar_kind (const char *value, const char *folder, gpointer field)
{
  TrkCalendar *calendar = field;

  if (!trk_kind_from_string (value, &calendar->kind))
    return FALSE;
  calendar->has_kind = TRUE;
  return TRUE;
}

static gboolean
read_rule_kind (const char *value, const char *folder, gpointer field)
{
  TrkRule *rule = field;

  rule->ignore = g_ascii_strcasecmp (value, "ignore") == 0;
  return rule->ignore || trk_kind_from_string (value, &rule->kind);
}

const TrkConfigValue trk_config_length = { read_length, "a length of time like 5m or 1h30" };
const TrkConfigValue trk_config_length_or_off = { read_length_or_off,
                                                  "a length of time like 5m or 1h30, or off" };
const TrkConfigValue trk_config_time_of_day = { read_time_of_day,
                                                "a time of day from 00:00 to 23:59" };
const TrkConfigValue trk_config_weekday = { read_weekday, "a weekday: monday … sunday" };
const TrkConfigValue trk_config_switch = { read_switch, "yes or no" };
const TrkConfigValue trk_config_count = { read_count, "a number from 0 to 1000" };
const TrkConfigValue trk_config_text = { read_text, "some text" };
const TrkConfigValue trk_config_path = {
  read_path, "a file or folder: /absolute, ~/in/home, or relative to this file"
};
const TrkConfigValue trk_config_url = {
  read_url, "an https:// or webcal:// address without a user or password in it", TRUE
};
const TrkConfigValue trk_config_interval = { read_interval,
                                             "a length of at least 5m, like 15m or 1h" };
const TrkConfigValue trk_config_limit = { read_limit, "a length from 1s to 10m, like 10s" };
const TrkConfigValue trk_config_addresses = { read_addresses,
                                              "e-mail addresses, parted by semicolons" };
const TrkConfigValue trk_config_programs = {
  read_programs, "at most 64 desktop IDs or command names without a path, parted by semicolons"
};
const TrkConfigValue trk_config_pattern = { read_pattern, "a Perl-compatible regular expression" };
const TrkConfigValue trk_config_precedence = {
  read_precedence, "kinds, strongest first, each once: off; meeting; break; focus"
};
const TrkConfigValue trk_config_calendar_kind = { read_calendar_kind, "a kind: " KINDS };
const TrkConfigValue trk_config_rule_kind = { read_rule_kind, "ignore, or a kind: " KINDS };
