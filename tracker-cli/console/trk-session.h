/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-client.h"
#include "trk-keeper.h"
#include "trk-schedule.h"
#include "trk-style.h"
#include "trk-when.h"

#include <stdio.h>

G_BEGIN_DECLS

/* What commands share in one run of the program; each part is opened when first asked for. */
typedef struct _TrkSession TrkSession;

/* @now is the one reading of the clock for the whole run. @zone NULL is the system's, looked up
 * when first asked for; a zone that cannot be had is told on @err then. */
TrkSession *trk_session_new (TrkInstant now, TrkZone *zone, FILE *out, FILE *err);
void trk_session_free (TrkSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSession, trk_session_free)

TrkInstant trk_session_now (TrkSession *session);
const TrkZone *trk_session_zone (TrkSession *session);
const TrkStyle *
trk_session_style (TrkSession *session); /* of out: terminal, width, NO_COLOR, locale */
FILE *trk_session_out (TrkSession *session);
FILE *trk_session_err (TrkSession *session);
gboolean trk_session_json (TrkSession *session); /* --json was given */
void trk_session_set_json (TrkSession *session, gboolean json);

/* The command as it was typed, without the program's name: one safe line, bounded, words quoted
 * where a shell would need it. What the history shows. Set once by the dispatcher. */
void trk_session_set_command (TrkSession *session, const char *const *words);
const char *trk_session_command (TrkSession *session);

/* Loads the configuration; its warnings go to err once. Of a broken file that is told, and the last
 * good one, which the daemon keeps, is used; where there is none a broken file is an error. */
TrkConfig *trk_session_config (TrkSession *session, GError **error);
/* The configuration's almanac; the default one when the configuration cannot be read: work with the
 * log goes on. */
TrkAlmanac trk_session_almanac (TrkSession *session);
/* Tells on err, at the end of a run, that the default almanac was used; not when the run failed
 * with @error (nullable) for the same reason: then nothing was done by it. */
void trk_session_tell_defaults (TrkSession *session, const GError *error);

/* The log. READ gives NULL without @error when there is none yet: nothing was logged. Borrowed;
 * a session first opened for reading is opened again for writing when asked, and what was borrowed
 * before is gone then. */
TrkStore *trk_session_store (TrkSession *session, TrkStoreMode mode, GError **error);
/* The same for reading, where a log that is not there and one that cannot be read are two things:
 * @store gets NULL for the first, FALSE with @error is the second. */
gboolean trk_session_read_log (TrkSession *session, TrkStore **store, GError **error);

/* Opens the log for writing and begins the one transaction of this command, which the history shows
 * by its text. What is not committed is rolled back with the session; a log that was not there is
 * made by the first commit. */
TrkStore *trk_session_begin (TrkSession *session, GError **error);
/* Commits; what was borrowed of the log is gone then. */
gboolean trk_session_save (TrkSession *session, GError **error);
/* Commits, then tells a running daemon. */
gboolean trk_session_commit (TrkSession *session, GError **error);
/* A change of this run is safe: TRUE after trk_session_commit(), or after
 * trk_session_tell_daemon(), which follows every other change. */
gboolean trk_session_saved (const TrkSession *session);

/* WHEN of a reading command: @word NULL is today; "sprint" is the current sprint (up to today when
 * it overruns; TRK_ERROR_NOT_FOUND when none runs). */
gboolean trk_session_when (
    TrkSession *session, const char *word, TrkPeriod *period, TrkSpan *span, GError **error);

/* One line on out, as its terminal can show it (trk_style_text). */
void trk_session_say (TrkSession *session, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* @text behind @indent blanks, what does not fit on a terminal on lines below, further in. */
void trk_session_say_indented (TrkSession *session, guint indent, const char *text);

/* One line on err: "tracker: …". */
void trk_session_warn (TrkSession *session, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The connection to the daemon, opened when first asked for, and tried once; no daemon is started
 * by that. TRK_ERROR_UNREACHABLE says what is missing. Borrowed. */
TrkBusClient *trk_session_client (TrkSession *session, GError **error);
/* What is wrong with the bus, where there is no client; NULL: there is one. Borrowed. */
const char *trk_session_no_client (TrkSession *session);
/* Begins to open it already, so that the first call of trk_session_client() need not wait. */
void trk_session_reach_daemon (TrkSession *session);

/* trk_bus_client_status() and _call(), whose errors also know of a daemon that runs but is not
 * reached. */
TrkDaemonStatus *trk_session_status (TrkSession *session, GError **error);
/* What became of that, and @why (nullable) (borrowed) nobody answered. */
TrkBusReply trk_session_reply (const TrkSession *session, const char **why);
/* Asks for it already, so that the next call of trk_session_status() need not wait; until then the
 * client is not to be used otherwise. */
void trk_session_ask_status (TrkSession *session);
GVariant *
trk_session_call (TrkSession *session, const char *method, GVariant *arguments, GError **error);
/* The same of trk_bus_client_begin_act() and _end_act(). Whoever wants what was @before will look
 * into the log what came of it: that is opened while the daemon writes it. */
gboolean trk_session_act (TrkSession *session,
                          const char *method,
                          GVariant *arguments,
                          TrkDaemonStatus **before,
                          TrkDaemonStatus **after,
                          GError **error);

/* Of an UNREACHABLE @error from elsewhere: the same. */
void trk_session_explain (TrkSession *session, GError **error);
/* Who keeps time although it does not answer. */
TrkKeeper trk_session_keeper (TrkSession *session);

/* Tells a running daemon that the log, the configuration or a calendar changed. Nothing when there
 * is no bus or no daemon. */
void trk_session_tell_daemon (TrkSession *session);

G_END_DECLS
