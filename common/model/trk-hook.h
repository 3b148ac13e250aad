/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

G_BEGIN_DECLS

/* What the user's programs are told of. All but the end of the day come in pairs: what was told to
 * begin is told to end, whatever happens between, and nothing is told to begin twice. */
typedef enum
{
  TRK_HOOK_BLOCK_START, /* a planned block begins: by its time, or early by hand */
  TRK_HOOK_BLOCK_END,   /* it is over, was skipped, or waits again (snoozed, moved) */
  TRK_HOOK_FOCUS_START, /* focus time is kept */
  TRK_HOOK_FOCUS_END,   /* it is not kept any more: over, paused, away, the daemon ended */
  TRK_HOOK_BREAK_START, /* a break is on, planned or by hand */
  TRK_HOOK_BREAK_END,
  TRK_HOOK_DAY_END, /* the day's last block of work is over: once a day */
  TRK_HOOK_AWAY,    /* idle past the limit, locked, asleep */
  TRK_HOOK_BACK,
} TrkHook;
#define TRK_N_HOOKS 9

/* "block-start" …: also the name of its folder, without ".d". */
const char *trk_hook_to_string (TrkHook hook);
gboolean trk_hook_from_string (const char *text, TrkHook *hook);

/* The pair that an event belongs to; what belongs together is told in order. */
typedef enum
{
  TRK_HOOK_PAIR_BLOCK,
  TRK_HOOK_PAIR_FOCUS,
  TRK_HOOK_PAIR_BREAK,
  TRK_HOOK_PAIR_DAY,
  TRK_HOOK_PAIR_PRESENCE,
} TrkHookPair;
#define TRK_N_HOOK_PAIRS 5
TrkHookPair trk_hook_pair (TrkHook hook);

/* Does it begin something that another one ends? The end of the day is like a beginning: it was
 * told, and is not told again. */
gboolean trk_hook_begins (TrkHook hook);

/* -- What a program did ------------------------------------------------------------------------ */

typedef enum
{
  TRK_HOOK_EXIT,    /* status: its exit status */
  TRK_HOOK_SIGNAL,  /* status: the signal's number */
  TRK_HOOK_TIMEOUT, /* ended after its limit */
  TRK_HOOK_REFUSED, /* not run; output says why */
} TrkHookEnd;
const char *trk_hook_end_to_string (TrkHookEnd end);
gboolean trk_hook_end_from_string (const char *text, TrkHookEnd *end);

/* One run of one program. The caller owns what it gets. */
typedef struct
{
  gint64 number; /* 0 before it is stored */
  TrkInstant at;
  char *hook;     /* its event: "block-start" (owned) */
  char *program;  /* the file's name (owned) */
  char *block_id; /* (owned) (nullable) */
  TrkDuration length;
  TrkHookEnd ended;
  int status;
  char *output; /* both streams, bounded and made valid by the caller (owned) (nullable) */
} TrkHookRun;
void trk_hook_run_free (TrkHookRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkHookRun, trk_hook_run_free)

/* Did it end as it should? */
gboolean trk_hook_run_worked (const TrkHookRun *run);
/* "exit status 1", "ended after its limit of 10 s" …: what became of it, for people. Owned by the
 * caller. */
char *trk_hook_run_describe (const TrkHookRun *run);

G_END_DECLS
