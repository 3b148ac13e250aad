/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-notifier.h"
#include "trk-period.h"
#include "trk-service.h"

G_BEGIN_DECLS

/* What is meant to be on the screen: one notice a key. It knows which of them a server has
 * really shown, sends those again that one lost, warns once when nobody can show any, and
 * answers tests. */
typedef struct _TrkNoticeBoard TrkNoticeBoard;

typedef struct
{
  /* The server took it (TRUE) or could not. */
  void (*shown) (guint64 ticket, gboolean worked, const char *backend, gpointer data);
  void (*pressed) (const TrkNotice *notice, TrkButton button, gpointer data);
  /* Is a notice, first sent at @at, still worth showing? */
  gboolean (*is_due) (const TrkNotice *notice, TrkInstant at, gpointer data);
  void (*changed) (gpointer data); /* trk_notice_board_backend() says something new */
  void (*dismissed) (const TrkNotice *notice, gpointer data); /* by the user (nullable) */
} TrkNoticeBoardEvents;

/* @notifier gets a reference; @events is borrowed. */
TrkNoticeBoard *
trk_notice_board_new (TrkNotifier *notifier, const TrkNoticeBoardEvents *events, gpointer data);
void trk_notice_board_free (TrkNoticeBoard *board);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkNoticeBoard, trk_notice_board_free)

void trk_notice_board_show (TrkNoticeBoard *board,
                            const TrkNotice *notice,
                            guint64 ticket,
                            TrkInstant at);
void trk_notice_board_withdraw (TrkNoticeBoard *board, const char *key);
gboolean trk_notice_board_has (const TrkNoticeBoard *board, const char *key);
/* Forgets what was never shown and is no longer due. What was shown keeps its buttons for a day;
 * then it is taken away, because nobody would listen to them. */
void trk_notice_board_tidy (TrkNoticeBoard *board, TrkInstant now);
/* There may be somebody (again) who can show what could not be shown, and is still due. */
void trk_notice_board_retry (TrkNoticeBoard *board, TrkInstant now);

/* Shows a test notice; @answer is called once. @clock measures how long it took. */
void trk_notice_board_test (TrkNoticeBoard *board,
                            TrkInstant now,
                            TrkTestAnswer answer,
                            gpointer call,
                            TrkInstant (*clock) (gpointer data));

/* "dunst 1.9.0", "failed: …", "" before anything is known. Borrowed. */
const char *trk_notice_board_backend (const TrkNoticeBoard *board);

G_END_DECLS
