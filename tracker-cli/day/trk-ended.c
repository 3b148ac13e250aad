/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ended.h"

#include "trk-duration.h"
#include "trk-now.h"
#include "trk-text.h"

enum
{
  LONGEST_TITLE = 200
};

/* No block lasts longer, and none that runs began before. */
#define LOOK_BACK (2 * 24 * TRK_HOUR)

/* It has ended by now, so that a failure here is a warning; then there are none. */
static GPtrArray *
entries_of (TrkSession *session)
{
  g_autoptr (GError) error = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, &error);
  TrkInstant now = trk_session_now (session);
  TrkPeriod reach = { now - LOOK_BACK, now };
  GPtrArray *entries = store != NULL ? trk_store_entries (store, reach, &error) : NULL;

  if (error != NULL)
    trk_session_warn (session, "it ended, but the time that was kept cannot be read: %s",
                      error->message);
  return entries != NULL ? entries : g_ptr_array_new ();
}

static TrkDuration
kept_of (TrkSession *session, const TrkDaemonStatus *before)
{
  g_autoptr (GPtrArray) entries = entries_of (session);

  return trk_now_kept (before, entries, trk_session_now (session));
}

static char *
ended_words (const char *did, const char *what, TrkDuration kept)
{
  g_autofree char *length = trk_duration_format (kept);
  g_autofree char *title = trk_text_line (what, LONGEST_TITLE);

  if (kept > 0)
    return g_strdup_printf ("· %s %s (kept %s)", did, title, length);
  return g_strdup_printf ("· %s %s", did, title);
}

/* Without a block of now, what comes next was meant. */
char *
trk_ended_line (TrkSession *session, const char *did, const TrkDaemonStatus *before)
{
  gboolean current = *before->title != '\0';

  return ended_words (did, current ? before->title : before->next_title,
                      current ? kept_of (session, before) : 0);
}

/* ", and task 12 · PDF invoices"; "" without one. */
static char *
task_words (TrkSession *session, gint64 number)
{
  TrkStore *store = number != 0 ? trk_session_store (session, TRK_STORE_READ, NULL) : NULL;
  g_autoptr (TrkTask) task = store != NULL ? trk_store_task (store, number, NULL) : NULL;
  g_autofree char *title = task != NULL ? trk_text_line (task->title, LONGEST_TITLE) : NULL;

  if (number == 0)
    return g_strdup ("");
  return g_strdup_printf (", and task %" G_GINT64_FORMAT "%s%s", number, title != NULL ? " · " : "",
                          title != NULL ? title : "");
}

/* What the daemon says was done, as the status has what runs; NULL: an older one, which says
 * nothing. */
static TrkDaemonStatus *
what_was_done (GVariant *told)
{
  TrkDaemonStatus *done;

  if (!g_variant_is_of_type (told, G_VARIANT_TYPE ("(ssx)")))
    return NULL;
  done = trk_daemon_status_new ();
  g_free (done->title);
  g_free (done->block_id);
  g_variant_get (told, "(ssx)", &done->title, &done->block_id, &done->task);
  return done;
}

char *
trk_ended_done (TrkSession *session, GVariant *told)
{
  g_autoptr (TrkDaemonStatus) done = what_was_done (told);
  g_autofree char *words = NULL, *task = NULL;

  if (done == NULL)
    return g_strdup ("· Done");
  words = ended_words ("Done", done->title, kept_of (session, done));
  task = task_words (session, done->task);
  return g_strconcat (words, task, NULL);
}
