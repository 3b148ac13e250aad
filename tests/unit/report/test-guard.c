/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report-fixture.h"

#include "trk-guard-figures.h"

#include <string.h>

static void
ask (GPtrArray *rows, const Fixture *f, const char *at, const char *program, TrkGuardAnswer answer)
{
  TrkInterruption *asked = trk_interruption_new ();

  asked->number = rows->len + 1;
  asked->at = fixture_at (f, at);
  asked->program = g_strdup (program);
  asked->answer = answer;
  asked->note = answer == TRK_GUARD_WORK ? g_strdup ("a customer") : NULL;
  g_ptr_array_add (rows, asked);
}

/* Most first; what was asked before the period, or lies after now, is of another report. */
static void
test_counts (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (GPtrArray) asked =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_interruption_free);
  g_autoptr (TrkFigures) figures = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *text = NULL;
  const TrkGuardCount *first;

  ask (asked, f, "2026-11-19 10:00", "mail", TRK_GUARD_BACK);
  ask (asked, f, "2026-11-20 09:00", "mail", TRK_GUARD_WORK);
  ask (asked, f, "2026-11-20 09:10", "steam", TRK_GUARD_NONE);
  ask (asked, f, "2026-11-20 09:20", "steam", TRK_GUARD_ALLOW);
  ask (asked, f, "2026-11-20 09:30", "steam", TRK_GUARD_ALLOW);
  ask (asked, f, "2026-11-20 18:00", "steam", TRK_GUARD_BACK);
  f->input.interruptions = asked;
  figures = fixture_figures (f, "2026-11-20 04:00", "2026-11-21 04:00", "2026-11-20 12:00");
  counts = trk_guard_counts_new (&f->input);
  g_assert_cmpuint (counts->len, ==, 2);
  first = &g_array_index (counts, TrkGuardCount, 0);
  g_assert_cmpstr (first->program, ==, "steam");
  g_assert_cmpuint (first->asked, ==, 3);
  text = trk_guard_count_text (first);
  g_assert_cmpstr (text, ==, "allowed 2, not answered 1");
  rows = trk_figures_explain (&f->input, "guard", NULL);
  g_assert_cmpuint (rows->len, ==, 4);
  g_assert_cmpstr (((TrkFigureRow *) rows->pdata[0])->label, ==, "mail");
  g_assert_cmpstr (((TrkFigureRow *) rows->pdata[0])->detail, ==, "work: a customer");
  g_assert_cmpstr (((TrkFigureRow *) rows->pdata[1])->detail, ==, "none");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-guard/counts", test_counts);
  return g_test_run ();
}
