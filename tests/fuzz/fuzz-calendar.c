/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "trk-series.h"

#include <string.h>

/* A calendar file from its bytes to its occurrences, as the indexer goes: whatever the bytes say,
 * what was found is valid text, and an occurrence belongs into the window that was asked for. */

static const TrkPeriod window = { 1767225600 * TRK_SECOND, 1798761600 * TRK_SECOND }; /* 2026 */

static void
check_findings (const TrkFile *file)
{
  for (guint i = 0; i < file->findings->list->len; i++)
    {
      const TrkDiagnostic *finding = g_ptr_array_index (file->findings->list, i);
      g_autofree char *line = trk_diagnostic_format (finding);

      g_assert_true (g_utf8_validate (line, -1, NULL));
      g_assert_null (strchr (line, '\n'));
    }
}

static void
check_about (const TrkOccurrence *about)
{
  g_assert_true (about->uid != NULL && g_utf8_validate (about->uid, -1, NULL));
  g_assert_true (about->summary != NULL && g_utf8_validate (about->summary, -1, NULL));
  g_assert_true (about->description == NULL || g_utf8_validate (about->description, -1, NULL));
  g_assert_true (about->link == NULL || g_str_has_prefix (about->link, "http://")
                 || g_str_has_prefix (about->link, "https://"));
}

static GPtrArray *
parse_events (TrkFile *file, TrkZoneNames *names)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_vevent_free);

  for (guint i = 0; i < file->events->len; i++)
    {
      const TrkEventRange *range = &g_array_index (file->events, TrkEventRange, i);
      g_autofree char *hash = trk_file_event_hash (file, range);
      TrkVevent *event = trk_vevent_parse (file, range, hash, names);

      g_assert_true (range->offset + range->length <= file->length);
      if (event == NULL)
        continue;
      check_about (event->about);
      g_ptr_array_add (events, event);
    }
  return events;
}

/* All events as one series: more of them meet than in a real file. */
static void
expand (const GPtrArray *events)
{
  g_autoptr (GArray) instances = g_array_new (FALSE, FALSE, sizeof (TrkInstance));
  const TrkDuration margin = 4 * 24 * TRK_HOUR; /* a floating one may be anywhere on earth */
  guint budget = 20000;

  trk_series_expand (events, window, &budget, instances);
  g_assert_cmpuint (budget, <=, 20000);
  for (guint i = 0; i < instances->len; i++)
    g_assert_cmpint (g_array_index (instances, TrkInstance, i).start, <, window.end + margin);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (TrkZoneNames) names = trk_zone_names_new ();
  g_autoptr (TrkFile) file = NULL;
  g_autoptr (GPtrArray) events = NULL;
  char *bytes = g_malloc (size + 1);

  memcpy (bytes, data, size);
  bytes[size] = '\0';
  file = trk_file_new ("fuzz", "fuzz.ics", bytes, size);
  events = parse_events (file, names);
  expand (events);
  check_findings (file);
  return 0;
}
