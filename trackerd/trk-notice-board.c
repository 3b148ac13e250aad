/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notice-board.h"

#include <string.h>

#define TEST_KEY "test"
#define KEPT (24 * TRK_HOUR)

typedef struct
{
  TrkNotice *notice; /* (owned) */
  guint64 ticket;
  TrkInstant at;
  gboolean on_way; /* sent, and neither shown nor failed yet */
  gboolean shown;
} Posted;

typedef struct
{
  guint64 ticket;
  TrkInstant since;
  TrkTestAnswer answer;
  gpointer call;
  TrkInstant (*clock) (gpointer data);
} Test;

struct _TrkNoticeBoard
{
  TrkNotifier *notifier;
  const TrkNoticeBoardEvents *events;
  gpointer data;
  GHashTable *posted; /* key → Posted */
  GQueue tests;       /* of Test (owned) */
  guint64 last_test;  /* their tickets count down from the top, where no other ever comes */
  char *backend;
  gboolean failing; /* it was said */
};

static void
posted_free (gpointer data)
{
  Posted *posted = data;

  trk_notice_free (posted->notice);
  g_free (posted);
}

static void
send (TrkNoticeBoard *board, Posted *posted)
{
  posted->on_way = TRUE;
  trk_notifier_show (board->notifier, posted->notice, posted->ticket);
}

/* -- What the notifier says -------------------------------------------------------------------- */

static void
set_backend (TrkNoticeBoard *board, const char *backend)
{
  gboolean failed = g_str_has_prefix (backend, TRK_NOTIFIER_FAILED);

  if (g_str_equal (board->backend, backend))
    return;
  g_free (board->backend);
  board->backend = g_strdup (backend);
  if (failed && !board->failing)
    g_warning ("notices cannot be shown: %s", backend + strlen (TRK_NOTIFIER_FAILED));
  else if (!failed && board->failing)
    g_message ("notices are shown again, by %s", backend);
  board->failing = failed;
  board->events->changed (board->data);
}

static gboolean
answer_test (TrkNoticeBoard *board, guint64 ticket, const char *backend)
{
  for (GList *link = board->tests.head; link != NULL; link = link->next)
    {
      Test *test = link->data;
      TrkDuration took;

      if (test->ticket != ticket)
        continue;
      took = test->clock (board->data) - test->since;
      test->answer (test->call, backend, (guint) (CLAMP (took, 0, TRK_HOUR) / 1000));
      g_queue_delete_link (&board->tests, link);
      g_free (test);
      return TRUE;
    }
  return FALSE;
}

static void
on_shown (TrkNotifier *notifier, guint64 ticket, const char *backend, gpointer data)
{
  TrkNoticeBoard *board = data;
  gboolean worked = !g_str_has_prefix (backend, TRK_NOTIFIER_FAILED);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, board->posted);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Posted *posted = value;

      if (posted->ticket != ticket)
        continue;
      posted->on_way = FALSE;
      posted->shown = worked;
    }
  if (!g_str_has_suffix (backend, "replaced before the server took it"))
    set_backend (board, backend);
  if (!answer_test (board, ticket, backend))
    board->events->shown (ticket, worked, backend, board->data);
}

static void
on_pressed (TrkNotifier *notifier, const char *key, guint button, gpointer data)
{
  TrkNoticeBoard *board = data;
  gpointer stolen_key, stolen;
  Posted *posted;

  if (!g_hash_table_steal_extended (board->posted, key, &stolen_key, &stolen))
    return;
  posted = stolen;
  board->events->pressed (posted->notice, (TrkButton) button, board->data);
  posted_free (posted);
  g_free (stolen_key);
}

/* Dismissed is seen, and nothing more: it is not shown again, and nothing is done. */
static void
on_dismissed (TrkNotifier *notifier, const char *key, gpointer data)
{
  TrkNoticeBoard *board = data;
  gpointer stolen_key, stolen;
  Posted *posted;

  if (!g_hash_table_steal_extended (board->posted, key, &stolen_key, &stolen))
    return;
  posted = stolen;
  if (board->events->dismissed != NULL)
    board->events->dismissed (posted->notice, board->data);
  posted_free (posted);
  g_free (stolen_key);
}

static void
on_lost (TrkNotifier *notifier, gpointer data)
{
  TrkNoticeBoard *board = data;
  GHashTableIter iter;
  gpointer posted;

  g_hash_table_iter_init (&iter, board->posted);
  while (g_hash_table_iter_next (&iter, NULL, &posted))
    ((Posted *) posted)->shown = FALSE;
}

static void
forget_overdue (TrkNoticeBoard *board)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, board->posted);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Posted *posted = value;

      if (!posted->shown && !board->events->is_due (posted->notice, posted->at, board->data))
        g_hash_table_iter_remove (&iter);
    }
}

/* A server that is found by the first notice is told of before it has taken that notice, which is
 * on its way then and must not be sent twice. */
static void
send_again (TrkNoticeBoard *board)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, board->posted);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Posted *posted = value;

      if (!posted->shown && !posted->on_way)
        send (board, posted);
    }
}

static void
on_found (TrkNotifier *notifier, const char *backend, gpointer data)
{
  TrkNoticeBoard *board = data;

  set_backend (board, backend);
  forget_overdue (board);
  send_again (board);
}

/* -- What the daemon says ---------------------------------------------------------------------- */

TrkNoticeBoard *
trk_notice_board_new (TrkNotifier *notifier, const TrkNoticeBoardEvents *events, gpointer data)
{
  TrkNoticeBoard *board = g_new0 (TrkNoticeBoard, 1);

  board->notifier = g_object_ref (notifier);
  board->events = events;
  board->data = data;
  board->backend = g_strdup ("");
  board->last_test = G_MAXUINT64;
  board->posted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, posted_free);
  g_queue_init (&board->tests);
  g_signal_connect (notifier, "shown", G_CALLBACK (on_shown), board);
  g_signal_connect (notifier, "pressed", G_CALLBACK (on_pressed), board);
  g_signal_connect (notifier, "dismissed", G_CALLBACK (on_dismissed), board);
  g_signal_connect (notifier, "lost", G_CALLBACK (on_lost), board);
  g_signal_connect (notifier, "found", G_CALLBACK (on_found), board);
  return board;
}

void
trk_notice_board_free (TrkNoticeBoard *board)
{
  Test *test;

  if (board == NULL)
    return;
  g_signal_handlers_disconnect_by_data (board->notifier, board);
  while ((test = g_queue_pop_head (&board->tests)) != NULL)
    {
      test->answer (test->call, TRK_NOTIFIER_FAILED "the daemon ends", 0);
      g_free (test);
    }
  g_hash_table_unref (board->posted);
  g_object_unref (board->notifier);
  g_free (board->backend);
  g_free (board);
}

void
trk_notice_board_show (TrkNoticeBoard *board,
                       const TrkNotice *notice,
                       guint64 ticket,
                       TrkInstant at)
{
  Posted *posted = g_new0 (Posted, 1);

  posted->notice = trk_notice_copy (notice);
  posted->ticket = ticket;
  posted->at = at;
  g_hash_table_replace (board->posted, g_strdup (notice->key), posted);
  send (board, posted);
}

void
trk_notice_board_withdraw (TrkNoticeBoard *board, const char *key)
{
  g_hash_table_remove (board->posted, key);
  trk_notifier_withdraw (board->notifier, key);
}

gboolean
trk_notice_board_has (const TrkNoticeBoard *board, const char *key)
{
  return g_hash_table_contains (board->posted, key);
}

void
trk_notice_board_tidy (TrkNoticeBoard *board, TrkInstant now)
{
  GHashTableIter iter;
  gpointer key, value;

  forget_overdue (board);
  g_hash_table_iter_init (&iter, board->posted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Posted *posted = value;

      if (now - posted->at <= KEPT)
        continue;
      trk_notifier_withdraw (board->notifier, key);
      g_hash_table_iter_remove (&iter);
    }
}

void
trk_notice_board_retry (TrkNoticeBoard *board, TrkInstant now)
{
  trk_notice_board_tidy (board, now);
  if (board->failing)
    send_again (board);
}

void
trk_notice_board_test (TrkNoticeBoard *board,
                       TrkInstant now,
                       TrkTestAnswer answer,
                       gpointer call,
                       TrkInstant (*clock) (gpointer data))
{
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_START, TEST_KEY);
  Test *test = g_new0 (Test, 1);

  notice->title = g_strdup ("trackerd can be seen");
  notice->body = g_strdup ("A test, asked for by tracker doctor.");
  notice->transient = TRUE;
  test->ticket = board->last_test--;
  test->since = now;
  test->answer = answer;
  test->call = call;
  test->clock = clock;
  g_queue_push_tail (&board->tests, test);
  trk_notifier_show (board->notifier, notice, test->ticket);
}

const char *
trk_notice_board_backend (const TrkNoticeBoard *board)
{
  return board->backend;
}
