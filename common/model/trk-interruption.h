/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

G_BEGIN_DECLS

/* What the user said about a program that came to the front during focus. */
typedef enum
{
  TRK_GUARD_NONE,  /* not answered */
  TRK_GUARD_BACK,  /* back to work */
  TRK_GUARD_ALLOW, /* for a few minutes */
  TRK_GUARD_WORK,  /* it is work */
} TrkGuardAnswer;

const char *trk_guard_answer_to_string (TrkGuardAnswer answer); /* "none", "back" … */
gboolean trk_guard_answer_from_string (const char *text, TrkGuardAnswer *answer);

/* A program that the focus guard asked about. The caller owns what it gets. */
typedef struct
{
  gint64 number;  /* 0 before it is stored */
  char *id;       /* UUIDv7 (owned) (nullable) before it is stored */
  TrkInstant at;  /* when it was started or came to the front */
  char *program;  /* desktop ID or command name, safe to show (owned) */
  char *block_id; /* the focus block (owned) (nullable): by hand */
  TrkGuardAnswer answer;
  TrkInstant answered; /* 0 while there is no answer */
  TrkInstant until;    /* ALLOW: until then; else 0 */
  char *note;          /* the user's reason (owned) (nullable) */
} TrkInterruption;

TrkInterruption *trk_interruption_new (void);
TrkInterruption *trk_interruption_copy (const TrkInterruption *interruption);
void trk_interruption_free (TrkInterruption *interruption);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkInterruption, trk_interruption_free)

G_END_DECLS
