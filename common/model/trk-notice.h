/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-words.h"

G_BEGIN_DECLS

/* The notices that a block can give; each at most once (reminders are counted). */
typedef enum
{
  TRK_NOTICE_LEAD, /* before the start */
  TRK_NOTICE_START,
  TRK_NOTICE_ENDING, /* before the end */
  TRK_NOTICE_END,
  TRK_NOTICE_REMINDER, /* still typing in a break; unanswered */
  TRK_NOTICE_OWED,     /* a break that a meeting took */
  TRK_NOTICE_DIGEST,   /* what passed while nobody was told */
  TRK_NOTICE_OVERTIME,
  TRK_NOTICE_GAP,     /* "you were away": asks what it was */
  TRK_NOTICE_LOCK,    /* the screen will be locked for a break */
  TRK_NOTICE_LIMIT,   /* the day's work is as long as it should be */
  TRK_NOTICE_DAY_END, /* the day's last block of work is over */
  TRK_NOTICE_GUARD,   /* a program that disturbs is in front, or was started: asks about it */
} TrkNoticeKind;

const char *trk_notice_kind_to_string (TrkNoticeKind kind); /* "lead" … */
gboolean trk_notice_kind_from_string (const char *text, TrkNoticeKind *kind);

/* What a button does; the ID that travels to the notification server and back is its word, and the
 * CLI verb is the same word (behind "guard" for those of the focus guard, behind
 * "answer" for those of a gap). */
typedef enum
{
  TRK_BUTTON_SNOOZE,
  TRK_BUTTON_SKIP,
  TRK_BUTTON_STOP,
  TRK_BUTTON_EXTEND,
  TRK_BUTTON_DONE,
  TRK_BUTTON_BREAK,
  TRK_BUTTON_JOIN,
  TRK_BUTTON_WORKED,
  TRK_BUTTON_DISCARD,
  TRK_BUTTON_BACK,
  TRK_BUTTON_ALLOW,
  TRK_BUTTON_WORK,
} TrkButton;
#define TRK_MAX_BUTTONS 3 /* more do not fit the servers that people use */

const char *trk_button_to_string (TrkButton button); /* "snooze" … */
gboolean trk_button_from_string (const char *text, TrkButton *button);

/* One notification, as the engine wants it; how a server shows it is the desktop's matter. */
typedef struct
{
  char *key; /* one live notification per key: a block's ID, "digest", "gap", "day" (owned) */
  TrkNoticeKind kind;
  char *title; /* plain text, one line, safe to show (owned) */
  char *body;  /* plain text (owned) */
  char *link;  /* what Join opens, http(s) only (owned) (nullable) */
  guint n_buttons;
  TrkButton buttons[TRK_MAX_BUTTONS];
  char *button_labels[TRK_MAX_BUTTONS]; /* "Snooze 5 min" (owned) */
  gboolean transient;                   /* not kept in the server's history: pre-warnings */
  gboolean urgent; /* passes do-not-disturb; only what the user made unmissable */
} TrkNotice;

TrkNotice *trk_notice_new (TrkNoticeKind kind, const char *key);
TrkNotice *trk_notice_copy (const TrkNotice *notice);
void trk_notice_free (TrkNotice *notice);
/* Ignored beyond TRK_MAX_BUTTONS. */
void trk_notice_add_button (TrkNotice *notice, TrkButton button, const char *label);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkNotice, trk_notice_free)

G_END_DECLS
