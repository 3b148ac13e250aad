/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "trk-ics-change.h"
#include "trk-ics-new.h"

#include <string.h>

/* A calendar file changed by a command: whatever the bytes say, what comes out is a file again, and
 * no byte before or behind the events of the UID that is changed is another one. */

typedef struct
{
  const TrkIcsFile *file;
  const TrkIcsSeries *series;
} Place;

static void
check (const Place *place, GString *text)
{
  const TrkIcsFile *file = place->file;
  gsize first = file->length, last = 0;
  g_autoptr (TrkIcsFile) again = NULL;
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return;
  for (guint i = 0; i < place->series->members->len; i++)
    {
      const TrkIcsMember *member = g_ptr_array_index (place->series->members, i);

      first = MIN (first, member->event->begin);
      last = MAX (last, member->event->behind);
    }
  g_assert_cmpuint (text->len, >=, first + (file->length - last));
  g_assert_cmpint (memcmp (text->str, file->bytes, first), ==, 0);
  g_assert_cmpint (memcmp (text->str + text->len - (file->length - last), file->bytes + last,
                           file->length - last),
                   ==, 0);
  again = trk_ics_file_new (text->str, text->len, &error);
  g_assert_no_error (error);
  g_string_free (text, TRUE);
}

static void
change (const TrkIcsFile *file, const TrkIcsEvent *event, const TrkZone *home)
{
  g_autoptr (TrkIcsSeries) series =
      trk_ics_series_new (file, event->uid, home, NULL, 1795424400 * TRK_SECOND, NULL);
  const Place place = { file, series };
  g_autoptr (TrkOccurrence) occurrence = trk_occurrence_new ();
  const TrkPeriod wanted = { 1795428000 * TRK_SECOND, 1795431600 * TRK_SECOND };

  if (series == NULL)
    return;
  occurrence->uid = g_strdup (event->uid);
  occurrence->summary = g_strdup ("");
  occurrence->period = (TrkPeriod){ 1795424400 * TRK_SECOND, 1795426200 * TRK_SECOND };
  if (series->members->len > 1
      || (series->master != NULL && trk_ics_line_named (series->master->lines, "RRULE") != NULL))
    occurrence->recurrence_id = g_strdup ("20261123T090000Z");
  check (&place, trk_ics_move (series, occurrence, wanted, NULL));
  check (&place, trk_ics_remove (series, occurrence, NULL));
  check (&place, trk_ics_remove_all (series, NULL));
  if (series->clock != NULL)
    check (&place, trk_ics_move_all (series, occurrence, wanted, NULL));
}

static void
add (const TrkIcsFile *file, const TrkZone *home)
{
  const TrkIcsNewEvent event = { .uid = "new",
                                 .summary = "x;,\\\n",
                                 .period = { 1795428000 * TRK_SECOND, 1795431600 * TRK_SECOND },
                                 .weekdays = 1 };
  GString *text = trk_ics_add (file, &event, home, 0, NULL);
  g_autoptr (TrkIcsFile) again = NULL;

  if (text == NULL)
    return;
  again = trk_ics_file_new (text->str, text->len, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->events->len, ==, file->events->len + 1);
  g_string_free (text, TRUE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_memdup2 (data, size); /* without an end, so that reading on is seen */
  g_autoptr (TrkZone) home = trk_zone_new ("Europe/Berlin", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkIcsFile) file = NULL;

  file = trk_ics_file_new (bytes != NULL ? bytes : "", size, &error);
  if (file == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  add (file, home);
  for (guint i = 0; i < MIN (file->events->len, 8); i++)
    change (file, &g_array_index (file->events, TrkIcsEvent, i), home);
  return 0;
}
