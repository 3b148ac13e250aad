/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

/* A short period finds exactly what the whole window has there, however long that is, and however
 * far from UTC its wall clock. */

static const int minutes[] = { 0,    1,    239,  240,       241,           1439,
                               1440, 1441, 2880, 32 * 1440, 32 * 1440 + 1, 400 * 1440 };

static char *
stamp_of (TrkInstant instant, gboolean floating)
{
  g_autofree char *iso = trk_instant_to_iso (instant);
  GString *text = g_string_new (NULL);

  for (const char *at = iso; *at != '\0'; at++)
    if (*at != '-' && *at != ':' && !(floating && *at == 'Z'))
      g_string_append_c (text, *at);
  return g_string_free (text, FALSE);
}

/* An event whose start and end float or not. */
static void
add_event (GString *events, guint number, TrkInstant start, int length, guint kind)
{
  g_autofree char *from = stamp_of (start, (kind & 1) != 0);
  g_autofree char *to = stamp_of (start + length * TRK_MINUTE, (kind & 2) != 0);

  g_string_append_printf (events, EVENT ("%u", "DTSTART:%s\r\nDTEND:%s\r\nSUMMARY:%u\r\n"), number,
                          from, to, number);
}

static void
add_days (GString *events, guint number, TrkInstant start, int days)
{
  g_autofree char *day = stamp_of (start, TRUE);

  day[8] = '\0';
  g_string_append_printf (events,
                          EVENT ("%u", "DTSTART;VALUE=DATE:%s\r\nDURATION:P%dD\r\nSUMMARY:%u\r\n"),
                          number, day, days, number);
}

static char *
all_events (void)
{
  const TrkInstant first = trk_index_iso ("2026-03-28T21:30:00Z");
  GString *events = g_string_new (NULL);
  guint number = 0;

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    for (guint kind = 0; kind < 4; kind++, number++)
      add_event (events, number, first + number * 47 * TRK_MINUTE, minutes[i], kind);
  for (int days = 1; days < 40; days += days, number++)
    add_days (events, number, first + number * 47 * TRK_MINUTE, days);
  return g_string_free (events, FALSE);
}

static gboolean
is_in (const TrkOccurrence *occurrence, TrkPeriod period)
{
  return occurrence->period.start < period.end
         && (occurrence->period.start >= period.start || occurrence->period.end > period.start);
}

static void
check_period (TrkIndex *index, const GPtrArray *all, TrkPeriod period, const TrkZone *zone)
{
  g_autoptr (GPtrArray) found = trk_index_occurrences (index, period, zone, NULL);
  guint at = 0;

  g_assert_nonnull (found);
  for (guint i = 0; i < all->len; i++)
    {
      const TrkOccurrence *want = g_ptr_array_index (all, i), *got;

      if (!is_in (want, period))
        continue;
      g_assert_cmpuint (at, <, found->len);
      got = g_ptr_array_index (found, at++);
      g_assert_cmpstr (got->summary, ==, want->summary);
      g_assert_cmpint (got->period.start, ==, want->period.start);
      g_assert_cmpint (got->period.end, ==, want->period.end);
    }
  g_assert_cmpuint (at, ==, found->len);
}

/* Around every start and every end. */
static void
check_zone (TrkIndex *index, TrkPeriod window, const char *name)
{
  g_autoptr (TrkZone) zone = trk_zone_new (name, NULL);
  g_autoptr (GPtrArray) all = trk_index_occurrences (index, window, zone, NULL);

  g_assert_nonnull (all);
  g_assert_cmpuint (all->len, ==, 4 * G_N_ELEMENTS (minutes) + 6);
  for (guint i = 0; i < all->len; i++)
    {
      const TrkPeriod period = ((TrkOccurrence *) g_ptr_array_index (all, i))->period;
      const TrkInstant edges[] = { period.start, period.end };

      for (guint k = 0; k < G_N_ELEMENTS (edges); k++)
        for (int shift = -1; shift <= 1; shift++)
          {
            const TrkInstant from = edges[k] + shift * TRK_SECOND;

            check_period (index, all, (TrkPeriod){ from, from + TRK_SECOND }, zone);
          }
    }
}

static void
test_lengths (TrkIndexFixture *fixture, gconstpointer data)
{
  static const char *const zones[] = { "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago",
                                       "Europe/Berlin" };
  g_autofree char *events = all_events ();
  g_autoptr (TrkIndex) index = NULL;

  fixture->window.end = trk_index_iso ("2028-01-01T00:00:00Z");
  trk_index_write_events (fixture, "a.ics", events);
  trk_index_add_calendar (fixture, "work", "a.ics");
  index = trk_index_bring_up (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    check_zone (index, fixture->window, zones[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/index/spans/lengths", TrkIndexFixture, NULL, trk_index_set_up, test_lengths,
              trk_index_tear_down);
  return g_test_run ();
}
