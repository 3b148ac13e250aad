/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notice-board.h"

/* A notifier of paper: what it is asked to show becomes a line, what it says is the test's. */
#define PAPER_TYPE_NOTIFIER (paper_notifier_get_type ())
G_DECLARE_FINAL_TYPE (PaperNotifier, paper_notifier, PAPER, NOTIFIER, GObject)

struct _PaperNotifier
{
  GObject parent;

  GString *asked; /* "show work/1 1; withdraw work/1; " */
};

static void paper_notifier_interface_init (TrkNotifierInterface *iface);

G_DEFINE_TYPE_WITH_CODE (PaperNotifier,
                         paper_notifier,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (TRK_TYPE_NOTIFIER, paper_notifier_interface_init))

static void
show (TrkNotifier *notifier, const TrkNotice *notice, guint64 ticket)
{
  g_string_append_printf (PAPER_NOTIFIER (notifier)->asked, "show %s %" G_GUINT64_FORMAT "; ",
                          notice->key, ticket);
}

static void
withdraw (TrkNotifier *notifier, const char *key)
{
  g_string_append_printf (PAPER_NOTIFIER (notifier)->asked, "withdraw %s; ", key);
}

static void
paper_notifier_interface_init (TrkNotifierInterface *iface)
{
  iface->show = show;
  iface->withdraw = withdraw;
}

static void
paper_notifier_finalize (GObject *object)
{
  g_string_free (PAPER_NOTIFIER (object)->asked, TRUE);
  G_OBJECT_CLASS (paper_notifier_parent_class)->finalize (object);
}

static void
paper_notifier_class_init (PaperNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paper_notifier_finalize;
}

static void
paper_notifier_init (PaperNotifier *self)
{
  self->asked = g_string_new (NULL);
}

typedef struct
{
  PaperNotifier *paper;
  TrkNotifier *notifier; /* the same */
  TrkNoticeBoard *board;
  gboolean due;
} Fixture;

static void
on_shown (guint64 ticket, gboolean worked, const char *backend, gpointer data)
{
}

static gboolean
is_due (const TrkNotice *notice, TrkInstant at, gpointer data)
{
  return ((Fixture *) data)->due;
}

static void
on_changed (gpointer data)
{
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const TrkNoticeBoardEvents events = { .shown = on_shown,
                                               .is_due = is_due,
                                               .changed = on_changed };

  fixture->paper = g_object_new (PAPER_TYPE_NOTIFIER, NULL);
  fixture->notifier = TRK_NOTIFIER (fixture->paper);
  fixture->board = trk_notice_board_new (fixture->notifier, &events, fixture);
  fixture->due = TRUE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  trk_notice_board_free (fixture->board);
  g_object_unref (fixture->paper);
}

static void
post (Fixture *fixture, guint64 ticket)
{
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_START, "work/1");

  notice->title = g_strdup ("Focus");
  notice->body = g_strdup ("until 10:00");
  trk_notice_board_show (fixture->board, notice, ticket, 0);
}

/* What was asked since the last time. */
static void
expect (Fixture *fixture, const char *asked)
{
  g_assert_cmpstr (fixture->paper->asked->str, ==, asked);
  g_string_truncate (fixture->paper->asked, 0);
}

static void
test_found_by_the_notice (Fixture *fixture, gconstpointer data)
{
  post (fixture, 1);
  expect (fixture, "show work/1 1; ");
  trk_notifier_emit_found (fixture->notifier, "paper 1");
  expect (fixture, "");
  trk_notifier_emit_shown (fixture->notifier, 1, "paper 1");
  trk_notifier_emit_found (fixture->notifier, "paper 1");
  expect (fixture, "");
}

static void
test_failed_and_found (Fixture *fixture, gconstpointer data)
{
  post (fixture, 1);
  expect (fixture, "show work/1 1; ");
  trk_notifier_emit_shown (fixture->notifier, 1, TRK_NOTIFIER_FAILED "no notification server");
  trk_notifier_emit_found (fixture->notifier, "paper 1");
  expect (fixture, "show work/1 1; ");
}

static void
test_lost_and_found (Fixture *fixture, gconstpointer data)
{
  post (fixture, 1);
  trk_notifier_emit_shown (fixture->notifier, 1, "paper 1");
  expect (fixture, "show work/1 1; ");
  trk_notifier_emit_lost (fixture->notifier);
  trk_notifier_emit_found (fixture->notifier, "paper 2");
  expect (fixture, "show work/1 1; ");
}

/* The late answer to what was held for failed. */
static void
test_late_success (Fixture *fixture, gconstpointer data)
{
  post (fixture, 1);
  trk_notifier_emit_shown (fixture->notifier, 1, TRK_NOTIFIER_FAILED "does not answer");
  trk_notifier_emit_shown (fixture->notifier, 1, "paper 1");
  trk_notifier_emit_found (fixture->notifier, "paper 1");
  expect (fixture, "show work/1 1; ");
}

static void
test_no_longer_due (Fixture *fixture, gconstpointer data)
{
  post (fixture, 1);
  trk_notifier_emit_shown (fixture->notifier, 1, TRK_NOTIFIER_FAILED "no notification server");
  fixture->due = FALSE;
  expect (fixture, "show work/1 1; ");
  trk_notifier_emit_found (fixture->notifier, "paper 1");
  expect (fixture, "");
  g_assert_false (trk_notice_board_has (fixture->board, "work/1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK); /* that nobody shows notices is warned of */
#define ADD(path, test) g_test_add ("/notice-board/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("found-by-the-notice", test_found_by_the_notice);
  ADD ("failed-and-found", test_failed_and_found);
  ADD ("lost-and-found", test_lost_and_found);
  ADD ("late-success", test_late_success);
  ADD ("no-longer-due", test_no_longer_due);
  return g_test_run ();
}
