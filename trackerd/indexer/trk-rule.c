/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-value.h"

#include "trk-error.h"

#include <libical/ical.h>
#include <string.h>

/* libical reads the text of a rule well, part by part; what it does with the whole it does not tell
 * (a part it does not know, COUNT with UNTIL: the rule is gone). So each part is looked at first,
 * UNTIL, COUNT and INTERVAL are read here, and only the BY… lists, FREQ and WKST go to libical. */

static const char *const known[] = { "FREQ",     "UNTIL",   "COUNT",    "INTERVAL",   "BYSECOND",
                                     "BYMINUTE", "BYHOUR",  "BYDAY",    "BYMONTHDAY", "BYYEARDAY",
                                     "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",       NULL };

enum
{
  MAX_RULE = 4096 /* bytes; the longest list that makes sense (BYYEARDAY) has some 1,500 */
};

typedef struct
{
  GString *rest; /* what libical reads */
  gboolean has_freq;
  gint64 count, interval;
  TrkDateValue *until;
  gboolean has_until;
  const char *said[G_N_ELEMENTS (known)]; /* the value of each of the known ones (not owned) */
  GString *unknown;
} Parts;

static gboolean
refuse (GError **error, const char *what, const char *why)
{
  g_autofree char *shown = g_strndup (what, 60);

  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "“%s” %s (RFC 5545 3.3.10)", shown, why);
  return FALSE;
}

static gboolean
take_number (const char *part, const char *value, gint64 *number, GError **error)
{
  char *end;

  *number = g_ascii_strtoll (value, &end, 10);
  if (*value == '\0' || *end != '\0' || *number < 1 || *number > G_MAXINT32)
    return refuse (error, part, "is not a number of at least 1");
  return TRUE;
}

/* For libical to read. */
static void
keep (const char *part, Parts *parts)
{
  if (parts->rest->len > 0)
    g_string_append_c (parts->rest, ';');
  g_string_append (parts->rest, part);
}

static gboolean
take_freq (const char *part, const char *value, Parts *parts, GError **error)
{
  static const char *const names[] = { "SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                       "WEEKLY",   "MONTHLY",  "YEARLY", NULL };

  if (!g_strv_contains (names, value))
    return refuse (error, part, "holds a value that does not exist");
  parts->has_freq = TRUE;
  keep (part, parts);
  return TRUE;
}

/* Does libical read the part, standing alone? A comma behind the list names nothing. */
static gboolean
take_list (char *part, Parts *parts, GError **error)
{
  gsize length = strlen (part);
  g_autofree char *alone = NULL;
  struct icalrecurrencetype rule;

  if (length > 0 && part[length - 1] == ',')
    part[length - 1] = '\0';
  alone = g_strconcat ("FREQ=YEARLY;", part, NULL);
  rule = icalrecurrencetype_from_string (alone);

  if (rule.freq == ICAL_NO_RECURRENCE)
    return refuse (error, part, "holds a value that does not exist");
  keep (part, parts);
  return TRUE;
}

/* A part that the RFC does not know. */
static gboolean
pass_over (const char *name, Parts *parts)
{
  g_string_append_printf (parts->unknown, "%s%.40s", parts->unknown->len > 0 ? ", " : "", name);
  return TRUE;
}

/* What was said of the known part @name, for @value to be kept in the end. */
static const char **
said_of (const char *name, Parts *parts)
{
  guint i = 0;

  while (!g_str_equal (known[i], name))
    i++;
  return &parts->said[i];
}

/* Confluence writes COUNT=-1 for a series that has no number of instances. */
static gboolean
is_no_count (const char *name, const char *value)
{
  return g_str_equal (name, "COUNT") && value[0] == '-' && strspn (value + 1, "123456789") > 0;
}

static gboolean
take_part (char *part, Parts *parts, GError **error)
{
  g_autofree char *name = NULL;
  const char **said;
  char *value = strchr (part, '=');

  if (value == NULL && !g_strv_contains (known, part))
    return pass_over (part, parts);
  if (value == NULL)
    return refuse (error, part, "has no value");
  name = g_strstrip (g_strndup (part, (gsize) (value++ - part)));
  if (*value == '\0' && !g_str_equal (name, "FREQ"))
    return TRUE; /* limits nothing; Outlook and scripts write such */
  if (g_str_equal (name, "RSCALE") || g_str_equal (name, "SKIP"))
    return g_str_equal (value, "GREGORIAN") || g_str_equal (value, "OMIT")
           || refuse (error, part, "asks for another calendar (RFC 7529), which is not supported");
  if (!g_strv_contains (known, name))
    return pass_over (name, parts);
  if (is_no_count (name, value))
    return pass_over (part, parts);
  said = said_of (name, parts);
  if (*said != NULL)
    return g_str_equal (*said, value) || refuse (error, part, "names that part a second time");
  *said = value;
  if (g_str_equal (name, "COUNT"))
    return take_number (part, value, &parts->count, error);
  if (g_str_equal (name, "INTERVAL"))
    return take_number (part, value, &parts->interval, error);
  if (g_str_equal (name, "UNTIL"))
    return parts->has_until = trk_date_value_parse (value, parts->until, error);
  if (g_str_equal (name, "FREQ"))
    return take_freq (part, value, parts, error);
  return take_list (part, parts, error);
}

/* In capitals, and without the backslashes that programs write which take a rule for a text. */
static char *
plain (const char *text)
{
  g_autofree char *upper = g_ascii_strup (text, -1);
  char *end = upper;

  for (const char *at = upper; *at != '\0'; at++)
    if (*at != '\\' || at[1] == '\0' || strchr (";,", at[1]) == NULL)
      *end++ = *at;
  *end = '\0';
  return g_steal_pointer (&upper);
}

static gboolean
split (const char *text, Parts *parts, GError **error)
{
  g_autofree char *upper = plain (text);
  g_auto (GStrv) words = NULL;

  if (strlen (text) > MAX_RULE)
    return refuse (error, text, "… is too long");
  words = g_strsplit (upper, ";", -1);
  for (char **word = words; *word != NULL; word++)
    if (*g_strstrip (*word) != '\0' && !take_part (*word, parts, error))
      return FALSE;
  if (!parts->has_freq)
    return refuse (error, text, "has no FREQ");
  return TRUE;
}

static guint64
mask (const short *list, int size, int max)
{
  guint64 bits = 0;

  for (int i = 0; i < size && list[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
    if (list[i] >= 0)
      bits |= G_GUINT64_CONSTANT (1) << MIN (list[i], max);
  return bits;
}

static void
numbers (const short *list, int size, GArray *out)
{
  for (int i = 0; i < size && list[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
    {
      gint16 number = list[i];

      g_array_append_val (out, number);
    }
}

static int
iso_weekday (int weekday)
{
  return (weekday + 5) % 7 + 1; /* libical counts from Sunday, 1 */
}

static gboolean
weekdays (const struct icalrecurrencetype *from, TrkRecurrence *rule, GError **error)
{
  for (int i = 0; i < ICAL_BY_DAY_SIZE && from->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
    {
      int weekday = (int) icalrecurrencetype_day_day_of_week (from->by_day[i]);
      int nth = icalrecurrencetype_day_position (from->by_day[i]);
      TrkByDay by = { .weekday = (gint8) iso_weekday (weekday), .nth = (gint8) nth };

      if (weekday == 0 || ABS (nth) > 53)
        return refuse (error, "BYDAY", "holds a value that does not exist");
      g_array_append_val (rule->days, by);
    }
  return TRUE;
}

static TrkFrequency
frequency (icalrecurrencetype_frequency freq)
{
  static const TrkFrequency frequencies[] = {
    [ICAL_SECONDLY_RECURRENCE] = TRK_FREQ_SECONDLY, [ICAL_MINUTELY_RECURRENCE] = TRK_FREQ_MINUTELY,
    [ICAL_HOURLY_RECURRENCE] = TRK_FREQ_HOURLY,     [ICAL_DAILY_RECURRENCE] = TRK_FREQ_DAILY,
    [ICAL_WEEKLY_RECURRENCE] = TRK_FREQ_WEEKLY,     [ICAL_MONTHLY_RECURRENCE] = TRK_FREQ_MONTHLY,
    [ICAL_YEARLY_RECURRENCE] = TRK_FREQ_YEARLY,
  };

  return frequencies[freq];
}

static TrkRecurrence *
convert (const struct icalrecurrencetype *from, GError **error)
{
  g_autoptr (TrkRecurrence) rule = trk_recurrence_new (frequency (from->freq));
  guint64 months = mask (from->by_month, ICAL_BY_MONTH_SIZE, 63);

  if ((months & ~G_GUINT64_CONSTANT (0x1ffe)) != 0)
    {
      refuse (error, "BYMONTH", "holds a value that does not exist");
      return NULL;
    }
  rule->months = (guint32) months;
  rule->week_start = from->week_start == ICAL_NO_WEEKDAY ? 1 : iso_weekday ((int) from->week_start);
  rule->seconds = mask (from->by_second, ICAL_BY_SECOND_SIZE, 59);
  rule->minutes = mask (from->by_minute, ICAL_BY_MINUTE_SIZE, 59);
  rule->hours = mask (from->by_hour, ICAL_BY_HOUR_SIZE, 23);
  numbers (from->by_month_day, ICAL_BY_MONTHDAY_SIZE, rule->month_days);
  numbers (from->by_year_day, ICAL_BY_YEARDAY_SIZE, rule->year_days);
  numbers (from->by_week_no, ICAL_BY_WEEKNO_SIZE, rule->week_numbers);
  numbers (from->by_set_pos, ICAL_BY_SETPOS_SIZE, rule->positions);
  return weekdays (from, rule, error) ? g_steal_pointer (&rule) : NULL;
}

TrkRecurrence *
trk_rule_parse (const char *text, TrkDateValue *until, char **unknown, GError **error)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autoptr (GString) left_out = g_string_new (NULL);
  Parts parts = { .rest = rest, .interval = 1, .until = until, .unknown = left_out };
  TrkRecurrence *rule = NULL;

  if (split (text, &parts, error))
    {
      struct icalrecurrencetype read = icalrecurrencetype_from_string (rest->str);

      if (read.freq == ICAL_NO_RECURRENCE)
        refuse (error, text, "cannot be read");
      else
        rule = convert (&read, error);
    }
  if (rule == NULL)
    return NULL;
  rule->interval = (guint) parts.interval;
  rule->count = (guint) parts.count;
  rule->has_until = parts.has_until;
  if (unknown != NULL)
    *unknown = left_out->len > 0 ? g_strdup (left_out->str) : NULL;
  return rule;
}
