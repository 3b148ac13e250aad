/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "schedule-fixture.h"
#include "trk-scratch.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

TrkInstant
fixture_at (const Fixture *f, const char *local)
{
  TrkInstant instant = 0;
  g_autoptr (GError) error = NULL;

  trk_zone_parse (f->zone, local, &instant, &error);
  g_assert_no_error (error);
  return instant;
}

TrkPeriod
fixture_day (const Fixture *f, const char *date)
{
  TrkAlmanac almanac = trk_config_almanac (f->config, f->zone);
  TrkDay day = 0;

  g_assert_true (trk_day_from_iso (date, &day));
  return trk_almanac_day_period (&almanac, day);
}

void
fixture_set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->home = g_dir_make_tmp ("trackerd-schedule-XXXXXX", &error);
  g_assert_no_error (error);
  f->index_path = g_build_filename (f->home, "index.db", NULL);
  f->config = trk_config_new_default ();
  f->zone = trk_zone_new ("Europe/Berlin", &error);
  g_assert_no_error (error);
  f->now = fixture_at (f, "2026-11-23 10:00");
  f->warnings = g_ptr_array_new_with_free_func (g_free);
  f->store = trk_store_open (NULL, TRK_STORE_MEMORY, &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  trk_scratch_remove (f->home);
  g_free (f->home);
  g_free (f->index_path);
  trk_config_unref (f->config);
  trk_zone_unref (f->zone);
  g_ptr_array_unref (f->warnings);
  trk_store_close (f->store);
}

void
fixture_add_path (Fixture *f, const char *name, const char *path)
{
  if (trk_config_calendar (f->config, name) == NULL)
    g_ptr_array_add (f->config->calendars, trk_calendar_new (name, path));
}

static void
append_event (GString *ics, const char *line)
{
  char kind[16], title[40], start[20], end[20];

  g_assert_cmpint (sscanf (line, " %15s %39s %19[^/]/%19s", kind, title, start, end), ==, 4);
  g_string_append_printf (ics,
                          "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:%s\r\n"
                          "DTEND:%s\r\nSUMMARY:%s\r\nX-TRACKERD-KIND:%s\r\nEND:VEVENT\r\n",
                          title, start, end, title, kind);
}

void
fixture_write (Fixture *f, const char *name, const char *events)
{
  g_autoptr (GString) ics =
      g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n");
  g_autofree char *file = g_strconcat (name, ".ics", NULL);
  g_autofree char *path = g_build_filename (f->home, file, NULL);
  g_auto (GStrv) lines = g_strsplit (events, "\n", -1);
  g_autoptr (GError) error = NULL;

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      append_event (ics, *line);
  g_string_append (ics, "END:VCALENDAR\r\n");
  g_file_set_contents (path, ics->str, (gssize) ics->len, &error);
  g_assert_no_error (error);
  fixture_add_path (f, name, path);
}

TrkPlan *
fixture_plan (Fixture *f, TrkPeriod period)
{
  g_autoptr (GError) error = NULL;
  TrkPlan *plan = trk_schedule_plan (f->config, f->index_path, period, f->zone, f->now, NULL, NULL,
                                     f->warnings, &error);

  g_assert_no_error (error);
  return plan;
}

static void
append_time (GString *text, const Fixture *f, TrkInstant at)
{
  TrkLocal local = trk_zone_local (f->zone, at);

  g_string_append_printf (text, "%02d%02d", (int) (local.time / TRK_HOUR),
                          (int) (local.time % TRK_HOUR / TRK_MINUTE));
}

char *
fixture_plan_text (Fixture *f, const TrkPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plan->blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (plan->blocks, i);

      append_time (text, f, block->period.start);
      g_string_append_c (text, '-');
      append_time (text, f, block->period.end);
      g_string_append_printf (text, " %s %s\n", trk_kind_to_string (block->kind), block->title);
    }
  return g_string_free (text, FALSE);
}
