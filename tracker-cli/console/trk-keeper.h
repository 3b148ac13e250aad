/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-client.h"

G_BEGIN_DECLS

/* The trackerd of this home when no command reaches it: its session bus died, it belongs to another
 * session, it hangs. That nobody keeps time would be a lie then, and a second one does not
 * start. */
typedef enum
{
  TRK_KEEPER_NONE,      /* nobody keeps time */
  TRK_KEEPER_NO_BUS,    /* one runs, but here is no session bus */
  TRK_KEEPER_ELSEWHERE, /* one runs, but not on this session bus */
  TRK_KEEPER_STARTING,  /* the same, since a moment ago */
  TRK_KEEPER_SILENT,    /* it is on this session bus and does not answer */
} TrkKeeperState;

typedef struct
{
  TrkKeeperState state;
  gint64 process; /* 0: it cannot be seen from here */
} TrkKeeper;

/* Does a trackerd of this home run, wherever it can be reached? @process (nullable) as above. */
gboolean trk_keeper_runs (gint64 *process);

/* For who got no answer; @client NULL: no session bus could be reached. */
TrkKeeper trk_keeper_look (TrkBusClient *client, TrkInstant now);

/* "trackerd (process 812) runs, but …"; NULL: nobody. Owned by the caller. */
char *trk_keeper_sentence (const TrkKeeper *keeper);
/* What to do about it; NULL: nobody. Owned by the caller. */
char *trk_keeper_remedy (const TrkKeeper *keeper);

/* Puts the truth in the place of an UNREACHABLE @error when somebody keeps time all the same;
 * @done_perhaps: what was asked may have been done. */
void trk_keeper_explain (const TrkKeeper *keeper, gboolean done_perhaps, GError **error);

G_END_DECLS
