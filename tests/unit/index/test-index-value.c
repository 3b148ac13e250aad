/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-about.h"

#include <string.h>

/* The value that says what an event is about, without an index around it. */

static TrkOccurrence *
full (void)
{
  const TrkDuration leads[] = { 15 * TRK_MINUTE, -TRK_HOUR };
  TrkOccurrence *about = trk_occurrence_new ();

  about->uid = g_strdup ("a");
  about->summary = g_strdup ("sum\x1fmary");
  about->description = g_strdup ("");
  about->location = g_strdup ("here");
  about->link = g_strdup ("https://example.org");
  about->kind = g_strdup ("focus");
  about->categories = g_strsplit ("Work,,Team", ",", -1);
  about->attendees = g_strsplit ("me@example.org", ",", -1);
  about->declined = g_strsplit (",", ",", -1);
  about->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  g_array_append_vals (about->leads, leads, G_N_ELEMENTS (leads));
  about->transparent = about->is_private = TRUE;
  about->status = TRK_STATUS_TENTATIVE;
  return about;
}

static TrkOccurrence *
bare (void)
{
  TrkOccurrence *about = trk_occurrence_new ();

  about->uid = g_strdup ("b");
  about->summary = g_strdup ("");
  about->floating = about->all_day = TRUE;
  return about;
}

static GByteArray *
value_of (const TrkOccurrence *about)
{
  const TrkIndexEvent event = {
    .about = about, .anchor = 5, .days = 2, .exact = TRK_HOUR, .by_date = TRUE
  };

  return trk_index_about_write (&event);
}

/* NULL when the value says nothing. */
static TrkOccurrence *
occurrence_of (gconstpointer value, gsize size)
{
  TrkIndexAbout about;
  gint64 *number = NULL;
  TrkOccurrence *occurrence;
  TrkDuration length;

  if (!trk_index_about_read (value, size, &about))
    return NULL;
  g_assert_false (__builtin_mul_overflow ((gint64) about.days, 24 * TRK_HOUR, &length));
  occurrence = trk_index_about_occurrence (&about, 7, "work", "a", "20261123", &number);
  if (occurrence != NULL)
    {
      g_assert_cmpint (*number, ==, 7);
      g_assert_cmpstr (occurrence->calendar, ==, "work");
      g_assert_cmpstr (occurrence->uid, ==, "a");
      g_assert_cmpstr (occurrence->recurrence_id, ==, "20261123");
    }
  return occurrence;
}

static void
assert_same_list (const GStrv a, const GStrv b)
{
  g_assert_true ((a == NULL || a[0] == NULL) == (b == NULL));
  if (b != NULL)
    g_assert_cmpstrv (a, b);
}

static void
assert_same (const TrkOccurrence *a, const TrkOccurrence *b)
{
  g_assert_cmpstr (a->summary, ==, b->summary);
  g_assert_cmpstr (a->description, ==, b->description);
  g_assert_cmpstr (a->location, ==, b->location);
  g_assert_cmpstr (a->link, ==, b->link);
  g_assert_cmpstr (a->kind, ==, b->kind);
  assert_same_list (a->categories, b->categories);
  assert_same_list (a->attendees, b->attendees);
  assert_same_list (a->declined, b->declined);
  g_assert_true ((a->leads == NULL) == (b->leads == NULL));
  if (a->leads != NULL)
    g_assert_cmpmem (a->leads->data, a->leads->len * sizeof (TrkDuration), b->leads->data,
                     b->leads->len * sizeof (TrkDuration));
  g_assert_cmpint (a->all_day, ==, b->all_day);
  g_assert_cmpint (a->floating, ==, b->floating);
  g_assert_cmpint (a->transparent, ==, b->transparent);
  g_assert_cmpint (a->is_private, ==, b->is_private);
  g_assert_cmpint (a->status, ==, b->status);
}

static void
check_there_and_back (TrkOccurrence *said)
{
  g_autoptr (GByteArray) value = value_of (said);
  g_autoptr (TrkOccurrence) read = occurrence_of (value->data, value->len);
  TrkIndexAbout about;

  g_assert_nonnull (read);
  assert_same (said, read);
  g_assert_true (trk_index_about_read (value->data, value->len, &about));
  g_assert_cmpint (about.anchor, ==, 5);
  g_assert_cmpint (about.days, ==, 2);
  g_assert_cmpint (about.exact, ==, TRK_HOUR);
  g_assert_true (about.by_date);
  trk_occurrence_unref (said);
}

static void
test_there_and_back (void)
{
  check_there_and_back (full ());
  check_there_and_back (bare ());
}

static void
read_all_of (const TrkOccurrence *occurrence)
{
  const char *const texts[] = { occurrence->summary, occurrence->description, occurrence->location,
                                occurrence->link, occurrence->kind };
  const GStrv lists[] = { occurrence->categories, occurrence->attendees, occurrence->declined };
  gsize length = 0;

  g_assert_nonnull (occurrence->summary);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    length += texts[i] != NULL ? strlen (texts[i]) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; lists[i] != NULL && lists[i][k] != NULL; k++)
      length += strlen (lists[i][k]);
  g_assert_cmpuint (length, <, 1000);
}

/* A value that is cut off, or has another byte anywhere, says nothing or something else, and
 * nothing beyond its end is looked at. */
static void
test_damaged (void)
{
  static const guint8 others[] = { 0, 1, 2, 0x80, 0xff };
  g_autoptr (TrkOccurrence) said = full ();
  g_autoptr (GByteArray) value = value_of (said);

  g_assert_null (occurrence_of (NULL, 0));
  for (guint size = 0; size < value->len; size++)
    {
      g_autofree guint8 *cut = g_memdup2 (value->data, size); /* its end is the memory's end */

      g_assert_null (occurrence_of (cut, size));
    }
  for (guint i = 0; i < value->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (others); k++)
      {
        g_autofree guint8 *changed = g_memdup2 (value->data, value->len);
        g_autoptr (TrkOccurrence) read = NULL;

        changed[i] = others[k];
        read = occurrence_of (changed, value->len);
        if (read != NULL)
          read_all_of (read);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/index/value/there-and-back", test_there_and_back);
  g_test_add_func ("/index/value/damaged", test_damaged);
  return g_test_run ();
}
