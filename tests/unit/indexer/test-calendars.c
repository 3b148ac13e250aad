/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-series.h"

#include <string.h>

/* Calendars and when their events are: the tables in tests/data/calendars, whose README says how
 * they are written. Each question goes the indexer's way: bytes, events, series, occurrences. */

typedef struct
{
  char *title;      /* (owned) */
  TrkZone *zone;    /* whose calendar it is; (owned) */
  TrkPeriod asked;  /* the window */
  GPtrArray *texts; /* of GString: the calendar's files; (owned) */
  GPtrArray *want;  /* of char*, sorted; (owned) */
  GPtrArray *words; /* of char*: what its findings say; (owned) */
} Question;

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

static Question *
question_new (const char *title)
{
  Question *question = g_new0 (Question, 1);

  question->title = g_strdup (title);
  question->texts = g_ptr_array_new_with_free_func (free_text);
  question->want = g_ptr_array_new_with_free_func (g_free);
  question->words = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (question->texts, g_string_new (NULL));
  return question;
}

static void
question_free (Question *question)
{
  g_free (question->title);
  trk_zone_unref (question->zone);
  g_ptr_array_unref (question->texts);
  g_ptr_array_unref (question->want);
  g_ptr_array_unref (question->words);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* -- Reading a table --------------------------------------------------------------------------- */

/* "@ ZONE FROM TO" */
static void
read_window (Question *question, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_strv_length (words), ==, 3);
  question->zone = trk_zone_new (words[0], &error);
  g_assert_no_error (error);
  trk_zone_parse (question->zone, words[1], &question->asked.start, &error);
  g_assert_no_error (error);
  trk_zone_parse (question->zone, words[2], &question->asked.end, &error);
  g_assert_no_error (error);
}

/* A line of the calendar, "\xNN" read as a byte. */
static void
add_bytes (GString *text, const char *line)
{
  for (const char *p = line; *p != '\0'; p++)
    if (p[0] == '\\' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]))
      {
        g_string_append_c (text,
                           (char) (g_ascii_xdigit_value (p[2]) * 16 + g_ascii_xdigit_value (p[3])));
        p += 3;
      }
    else
      g_string_append_c (text, *p);
  g_string_append (text, "\r\n");
}

static void
read_line (Question *question, const char *line)
{
  GString *text = g_ptr_array_index (question->texts, question->texts->len - 1);

  if (g_str_has_prefix (line, "@ "))
    read_window (question, line + 2);
  else if (g_str_has_prefix (line, "=> "))
    g_ptr_array_add (question->want, g_strdup (line + 3));
  else if (g_str_has_prefix (line, "!! "))
    g_ptr_array_add (question->words, g_strdup (line + 3));
  else if (g_str_equal (line, "-- another file"))
    g_ptr_array_add (question->texts, g_string_new (NULL));
  else if (*line != '\0' && *line != '#')
    add_bytes (text, line);
}

/* -- Asking ------------------------------------------------------------------------------------ */

/* What a question leaves out: the event, the calendar around it. */
static TrkFile *
file_of (const GString *text)
{
  GString *whole = g_string_new (NULL);
  g_autofree char *upper = g_ascii_strup (text->str, -1); /* to the first NUL, if any */
  gboolean calendar = strstr (upper, "VCALENDAR") != NULL || strlen (upper) < text->len;
  gboolean component = strstr (upper, "BEGIN:V") != NULL;
  gsize length;

  if (!calendar)
    g_string_append (whole, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
  if (!calendar && !component)
    g_string_append (whole, "BEGIN:VEVENT\r\nUID:one\r\n");
  g_string_append_len (whole, text->str, (gssize) text->len);
  if (!calendar && !component)
    g_string_append (whole, "END:VEVENT\r\n");
  if (!calendar)
    g_string_append (whole, "END:VCALENDAR\r\n");
  length = whole->len;
  return trk_file_new ("table", "/table.ics", g_string_free (whole, FALSE), length);
}

static void
free_events (gpointer events)
{
  g_ptr_array_unref (events);
}

/* UID → its events, of all files. */
static GHashTable *
series_of (const GPtrArray *files, TrkZoneNames *names)
{
  GHashTable *series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_events);

  for (guint f = 0; f < files->len; f++)
    {
      TrkFile *file = g_ptr_array_index (files, f);

      for (guint i = 0; i < file->events->len; i++)
        {
          const TrkEventRange *range = &g_array_index (file->events, TrkEventRange, i);
          TrkVevent *event = trk_vevent_parse (file, range, "", names);
          GPtrArray *events = g_hash_table_lookup (series, range->uid);

          if (event == NULL)
            continue;
          if (events == NULL)
            {
              events = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_vevent_free);
              g_hash_table_insert (series, g_strdup (range->uid), events);
            }
          g_ptr_array_add (events, event);
        }
    }
  return series;
}

/* An instant of UTC as RFC 5545 writes it. */
static char *
stamp (TrkInstant at)
{
  TrkLocal local = trk_local_from_wall (at);
  int year, month, day, seconds = (int) (local.time / TRK_SECOND);

  trk_day_to_ymd (local.day, &year, &month, &day);
  return g_strdup_printf ("%04d%02d%02dT%02d%02d%02dZ", year, month, day, seconds / 3600,
                          seconds / 60 % 60, seconds % 60);
}

static TrkInstant
bind (const Question *question, TrkInstant wall, gboolean floating)
{
  return floating ? trk_zone_instant (question->zone, trk_local_from_wall (wall)) : wall;
}

static void
answer (const Question *question, const TrkInstance *instance, GPtrArray *got)
{
  const TrkOccurrence *about = instance->event->about;
  TrkInstant start = bind (question, instance->start, about->floating);
  TrkInstant end = bind (question, instance->end, about->floating != instance->end_is_apart);
  g_autofree char *from = stamp (start);
  g_autofree char *to = stamp (end);

  if (start >= question->asked.end
      || (end <= start ? start < question->asked.start : end <= question->asked.start))
    return;
  g_ptr_array_add (
      got, g_strdup_printf ("%s %s%s%s%s", from, to, *about->summary ? " " : "", about->summary,
                            about->status == TRK_STATUS_CANCELLED ? " (cancelled)" : ""));
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
ask (const Question *question, const GPtrArray *files)
{
  g_autoptr (TrkZoneNames) names = trk_zone_names_new ();
  g_autoptr (GHashTable) series = series_of (files, names);
  GPtrArray *got = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer events;
  guint budget = 10000000;

  g_hash_table_iter_init (&iter, series);
  while (g_hash_table_iter_next (&iter, NULL, &events))
    {
      g_autoptr (GArray) instances = g_array_new (FALSE, FALSE, sizeof (TrkInstance));

      trk_series_expand (events, question->asked, &budget, instances);
      for (guint i = 0; i < instances->len; i++)
        answer (question, &g_array_index (instances, TrkInstance, i), got);
    }
  g_ptr_array_sort (got, compare);
  if (got->len == 0)
    g_ptr_array_add (got, g_strdup ("nothing"));
  return got;
}

/* -- Judging ----------------------------------------------------------------------------------- */

static char *
joined (const GPtrArray *lines)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "\n=> %s", (char *) g_ptr_array_index (lines, i));
  return g_string_free (out, FALSE);
}

/* All that was found wrong, a line each. */
static char *
findings_of (const GPtrArray *files)
{
  GString *out = g_string_new (NULL);

  for (guint f = 0; f < files->len; f++)
    {
      const GPtrArray *list = ((TrkFile *) g_ptr_array_index (files, f))->findings->list;

      for (guint i = 0; i < list->len; i++)
        {
          const TrkDiagnostic *finding = g_ptr_array_index (list, i);

          g_string_append_printf (out, "\n%u %s", finding->line, finding->reason);
        }
    }
  return g_string_free (out, FALSE);
}

static void
check_question (const Question *question)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_file_free);
  g_autoptr (GPtrArray) got = NULL;
  g_autofree char *given = NULL, *wanted = NULL, *said = NULL;

  g_test_message ("%s", question->title);
  g_assert_cmpuint (question->want->len, >, 0);
  for (guint i = 0; i < question->texts->len; i++)
    g_ptr_array_add (files, file_of (g_ptr_array_index (question->texts, i)));
  got = ask (question, files);
  g_ptr_array_sort (question->want, compare);
  given = joined (got);
  wanted = joined (question->want);
  g_assert_cmpstr (given, ==, wanted);
  said = findings_of (files);
  if (question->words->len == 0)
    g_assert_cmpstr (said, ==, "");
  for (guint i = 0; i < question->words->len; i++)
    if (strstr (said, g_ptr_array_index (question->words, i)) == NULL)
      g_error ("“%s”: no “%s” in:%s", question->title,
               (char *) g_ptr_array_index (question->words, i), said);
}

static void
test_table (gconstpointer path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (Question) open = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "== "))
      {
        if (open != NULL)
          check_question (open);
        g_clear_pointer (&open, question_free);
        open = question_new (lines[i] + 3);
      }
    else if (open != NULL)
      read_line (open, lines[i]);
  g_assert_nonnull (open);
  check_question (open);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint tables = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "data", "calendars", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".txt"))
      {
        g_autofree char *test = g_strndup (name, strlen (name) - 4);
        g_autofree char *path = g_strconcat ("/calendars/", test, NULL);

        g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_table, g_free);
        tables++;
      }
  g_assert_cmpuint (tables, >=, 5);
  return g_test_run ();
}
