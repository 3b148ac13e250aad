/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"
#include "trk-scratch.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

TrkInstant
trk_index_iso (const char *text)
{
  TrkInstant instant = 0;

  g_assert_true (trk_instant_from_iso (text, &instant, NULL));
  return instant;
}

void
trk_index_set_up (TrkIndexFixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("test-index-XXXXXX", NULL);
  fixture->index_path = g_build_filename (fixture->folder, "cache", "index.db", NULL);
  fixture->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
  fixture->window =
      (TrkPeriod){ trk_index_iso ("2026-01-01T00:00:00Z"), trk_index_iso ("2027-01-01T00:00:00Z") };
}

void
trk_index_tear_down (TrkIndexFixture *fixture, gconstpointer data)
{
  g_unsetenv ("TRACKERD_LIBEXEC_DIR");
  trk_scratch_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->index_path);
  g_ptr_array_unref (fixture->calendars);
}

char *
trk_index_path_of (TrkIndexFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

void
trk_index_write_bytes (TrkIndexFixture *fixture, const char *name, const char *bytes, gssize length)
{
  g_autofree char *path = trk_index_path_of (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

/* A whole calendar around @events. */
void
trk_index_write_events (TrkIndexFixture *fixture, const char *name, const char *events)
{
  g_autofree char *text =
      g_strconcat ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", events, "END:VCALENDAR\r\n", NULL);

  trk_index_write_bytes (fixture, name, text, -1);
}

void
trk_index_add_calendar (TrkIndexFixture *fixture, const char *name, const char *file)
{
  g_autofree char *path = trk_index_path_of (fixture, file);

  g_ptr_array_add (fixture->calendars, trk_calendar_new (name, path));
}

static gboolean
keep_total (guint done, guint total, gpointer taken_apart)
{
  *(guint *) taken_apart = total;
  return TRUE;
}

TrkIndex *
trk_index_bring_up (TrkIndexFixture *fixture)
{
  const TrkIndexRequest request = { .index_path = fixture->index_path,
                                    .calendars = fixture->calendars,
                                    .window = fixture->window,
                                    .progress = keep_total,
                                    .progress_data = &fixture->taken_apart };
  g_autoptr (GError) error = NULL;
  TrkIndex *index;

  fixture->taken_apart = 0;
  trk_index_update (&request, &error);
  g_assert_no_error (error);
  index = trk_index_open (fixture->index_path, &error);
  g_assert_no_error (error);
  return index;
}

/* Occurrences as "start/end summary" lines. */
char *
trk_index_listing (TrkIndex *index, const char *zone_name, TrkPeriod period)
{
  g_autoptr (TrkZone) zone = trk_zone_new (zone_name, NULL);
  g_autoptr (GPtrArray) occurrences = trk_index_occurrences (index, period, zone, NULL);
  GString *out = g_string_new (NULL);

  g_assert_nonnull (occurrences);
  for (guint i = 0; i < occurrences->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);
      g_autofree char *start = trk_instant_to_iso (occurrence->period.start);
      g_autofree char *end = trk_instant_to_iso (occurrence->period.end);

      g_string_append_printf (out, "%s/%s %s\n", start, end, occurrence->summary);
    }
  return g_string_free (out, FALSE);
}

gboolean
trk_index_is_told (TrkIndex *index, const char *words)
{
  g_autoptr (GPtrArray) diagnostics = trk_index_diagnostics (index, NULL, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < diagnostics->len; i++)
    {
      g_autofree char *text = trk_diagnostic_format (g_ptr_array_index (diagnostics, i));

      g_test_message ("%s", text);
      found |= strstr (text, words) != NULL;
    }
  return found;
}

void
trk_index_expect (TrkIndexFixture *fixture, const char *want)
{
  g_autoptr (TrkIndex) index = trk_index_bring_up (fixture);
  g_autofree char *got = trk_index_listing (index, "UTC", fixture->window);

  g_assert_cmpstr (got, ==, want);
  g_assert_true (trk_index_is_fresh (index, fixture->calendars, fixture->window, FALSE));
}
