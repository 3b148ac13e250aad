/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-vcal-rule.h"

#include "trk-error.h"

#include <string.h>

/* The kinds of rules; @by names what the numbers after it are, NULL where there are none. */
static const struct
{
  const char *letters;
  const char *freq;
  const char *by;
} kinds[] = {
  { "MP", "MONTHLY", NULL },     { "MD", "MONTHLY", "BYMONTHDAY" },
  { "YM", "YEARLY", "BYMONTH" }, { "YD", "YEARLY", "BYYEARDAY" },
  { "D", "DAILY", NULL },        { "W", "WEEKLY", NULL },
  { "M", "MINUTELY", NULL },
};

/* What the words of a rule add up to. */
typedef struct
{
  const char *by;
  GString *numbers; /* of @by */
  GString *days;    /* of BYDAY */
  GString *places;  /* "1,-2": what the weekdays that follow get, each of them each */
  gboolean placed;  /* a weekday got them: a number begins anew */
  GString *hours, *minutes;
  char *end; /* ";COUNT=8", ";UNTIL=…" or "" (owned) (nullable) */
} Words;

static gboolean
refuse (GError **error, const char *text, const char *why)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "“%.60s” %s (vCalendar 1.0)", text, why);
  return FALSE;
}

/* Which kind @word is, with its interval: "MP2". -1: none. */
static int
kind_of (const char *word, guint64 *interval)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize n = strlen (kinds[i].letters);

      if (g_ascii_toupper (*word) == *kinds[i].letters
          && g_ascii_strncasecmp (word, kinds[i].letters, n) == 0 && g_ascii_isdigit (word[n])
          && strspn (word + n, "0123456789") == strlen (word + n))
        {
          *interval = g_ascii_strtoull (word + n, NULL, 10);
          return (int) i;
        }
    }
  return -1;
}

gboolean
trk_vcal_rule_is (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", 2);
  guint64 interval;

  return words[0] != NULL && kind_of (words[0], &interval) >= 0;
}

static void
append_item (GString *list, const char *item)
{
  if (list->len > 0)
    g_string_append_c (list, ',');
  g_string_append (list, item);
}

/* "2+" → "2", "1-" → "-1", "15" → "15", "LD" → "-1". FALSE: no number. */
static gboolean
read_number (const char *word, GString *number)
{
  gsize digits = strspn (word, "0123456789");
  const char *sign = word + digits;

  if (g_ascii_strcasecmp (word, "LD") == 0)
    return g_string_assign (number, "-1") != NULL;
  if (digits == 0 || digits > 3
      || (*sign != '\0' && !g_str_equal (sign, "+") && !g_str_equal (sign, "-")))
    return FALSE;
  g_string_assign (number, *sign == '-' ? "-" : "");
  g_string_append_len (number, word, (gssize) digits);
  return TRUE;
}

static gboolean
is_weekday (const char *word)
{
  static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU", NULL };

  return g_strv_contains (names, word);
}

static void
add_time (const char *word, Words *words)
{
  g_autofree char *hour = g_strdup_printf ("%.2s", word);

  append_item (words->hours, hour);
  append_item (words->minutes, word + 2);
}

/* "MP1 1+ 3+ TU" names the first and the third Tuesday. */
static void
add_day (const char *word, Words *words)
{
  g_auto (GStrv) places = g_strsplit (words->places->str, ",", -1);

  words->placed = TRUE;
  if (places[0] == NULL)
    append_item (words->days, word);
  for (char **place = places; *place != NULL; place++)
    {
      g_autofree char *day = g_strconcat (*place, word, NULL);

      append_item (words->days, day);
    }
}

static void
add_place (const char *number, Words *words)
{
  if (words->placed)
    g_string_truncate (words->places, 0);
  words->placed = FALSE;
  append_item (words->places, number);
}

static gboolean
add_word (const char *word, Words *words)
{
  gsize length = strlen (word);
  g_autoptr (GString) number = NULL;

  if (is_weekday (word))
    {
      add_day (word, words);
      return TRUE;
    }
  if (length == 4 && strspn (word, "0123456789") == length)
    {
      add_time (word, words);
      return TRUE;
    }
  number = g_string_new (NULL);
  if (!read_number (word, number))
    return FALSE;
  if (words->by != NULL)
    append_item (words->numbers, number->str);
  else
    add_place (number->str, words);
  return TRUE;
}

/* "#8", or a date and time. FALSE: neither. */
static gboolean
add_end (const char *word, Words *words)
{
  if (*word == '#' && word[1] != '\0' && strspn (word + 1, "0123456789") == strlen (word + 1))
    words->end = g_ascii_strtoull (word + 1, NULL, 10) == 0
                     ? g_strdup ("")
                     : g_strconcat (";COUNT=", word + 1, NULL);
  else if (strspn (word, "0123456789") == 8)
    words->end = g_strconcat (";UNTIL=", word, NULL);
  return words->end != NULL;
}

/* BYHOUR and BYMINUTE name every pair of theirs: right only when the minute is one. */
static gboolean
one_minute (const Words *words)
{
  g_auto (GStrv) minutes = g_strsplit (words->minutes->str, ",", -1);

  for (char **minute = minutes; *minute != NULL; minute++)
    if (!g_str_equal (*minute, minutes[0]))
      return FALSE;
  if (minutes[0] != NULL)
    g_string_assign (words->minutes, minutes[0]);
  return TRUE;
}

static void
append_list (GString *rule, const char *name, const GString *list)
{
  if (list->len == 0)
    return;
  g_string_append_c (rule, ';');
  g_string_append (rule, name);
  g_string_append_c (rule, '=');
  g_string_append_len (rule, list->str, (gssize) list->len);
}

static gboolean
translate (GStrv all, const char *text, GString *rule, Words *words, GError **error)
{
  guint64 interval = 0;
  int kind = kind_of (all[0], &interval);

  words->by = kinds[kind].by;
  for (char **word = all + 1; *word != NULL; word++)
    {
      guint64 inner;

      if (**word == '\0')
        continue;
      if ((*word)[strlen (*word) - 1] == '$') /* marks where the rule may end; says no more */
        (*word)[strlen (*word) - 1] = '\0';
      if (kind_of (*word, &inner) >= 0)
        return refuse (error, text, "is a rule within a rule, which is not read");
      if (words->end != NULL || (!add_word (*word, words) && !add_end (*word, words)))
        return refuse (error, text, "is no rule");
    }
  if (!one_minute (words))
    return refuse (error, text, "names times of day with several minutes, which are not read");
  g_string_printf (rule, "FREQ=%s;INTERVAL=%" G_GUINT64_FORMAT, kinds[kind].freq, interval);
  append_list (rule, kinds[kind].by != NULL ? kinds[kind].by : "", words->numbers);
  append_list (rule, "BYDAY", words->days);
  append_list (rule, "BYHOUR", words->hours);
  append_list (rule, "BYMINUTE", words->minutes);
  g_string_append (rule, words->end != NULL ? words->end : ";COUNT=2");
  return TRUE;
}

char *
trk_vcal_rule_translate (const char *text, GError **error)
{
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_auto (GStrv) all = g_strsplit_set (upper, " \t", -1);
  g_autoptr (GString) numbers = g_string_new (NULL), days = g_string_new (NULL);
  g_autoptr (GString) places = g_string_new (NULL), rule = g_string_new (NULL);
  g_autoptr (GString) hours = g_string_new (NULL), minutes = g_string_new (NULL);
  Words words = {
    .numbers = numbers, .days = days, .places = places, .hours = hours, .minutes = minutes
  };
  gboolean done = translate (all, text, rule, &words, error);

  g_free (words.end);
  return done ? g_string_free (g_steal_pointer (&rule), FALSE) : NULL;
}
