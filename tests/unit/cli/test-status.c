/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-now.h"
#include "trk-status.h"

#include <locale.h>
#include <string.h>

/* What is planned now, next and then, by the log, the plan and what the daemon says runs. */

/* 2026-11-23 00:00 UTC; now is 10:00. */
#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND)
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)

typedef struct
{
  const char *name;
  TrkOutcome outcomes[4]; /* of 09:30-10:30 a, 10:30-11:00 b, 11:00-12:00 c, 12:00-13:00 d */
  const char *runs;       /* the daemon's block, NULL: no daemon */
  const char *planned, *next, *then;
} Case;

#define NONE TRK_OUTCOME_NONE
#define STARTED (1u << TRK_NOTICE_START) /* as a daemon notes of what has begun */
#define SKIPPED TRK_OUTCOME_SKIPPED

static const Case cases[] = {
  { "no-daemon", { NONE, NONE, NONE, NONE }, NULL, "a", "b", "c" },
  { "runs", { NONE, NONE, NONE, NONE }, "a", "a", "b", "c" },
  { "next-started-early", { NONE, NONE, NONE, NONE }, "b", "a", "c", "d" },
  { "then-started-early", { NONE, NONE, NONE, NONE }, "c", "a", "b", "d" },
  { "skipped-now", { SKIPPED, NONE, NONE, NONE }, NULL, NULL, "b", "c" },
  { "skipped-next", { NONE, SKIPPED, NONE, NONE }, NULL, "a", "c", "d" },
  { "deleted-then", { NONE, NONE, TRK_OUTCOME_CANCELLED, NONE }, NULL, "a", "b", "d" },
  { "done-before-its-time", { TRK_OUTCOME_DONE, NONE, NONE, NONE }, "", NULL, "b", "c" },
  { "nothing-is-left", { NONE, SKIPPED, SKIPPED, SKIPPED }, NULL, "a", NULL, NULL },
};

static void
add (GPtrArray *records, const char *id, TrkInstant start, TrkInstant end, TrkOutcome outcome)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  TrkBlockRecord *record;

  block->id = g_strdup (id);
  block->title = g_strdup (id);
  block->period = block->planned = (TrkPeriod){ start, end };
  record = trk_block_record_new (block, NULL);
  record->state->outcome = outcome;
  g_ptr_array_add (records, record);
}

static const char *
id_of (const TrkBlock *block)
{
  return block != NULL ? block->id : NULL;
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (TrkSession) session = trk_session_new (AT (10, 0), NULL, stdout, stderr);
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_autoptr (TrkDaemonStatus) daemon = row->runs != NULL ? trk_daemon_status_new () : NULL;
  TrkStatusView view = { .session = session, .records = records, .daemon = daemon };

  add (records, "a", AT (9, 30), AT (10, 30), row->outcomes[0]);
  add (records, "b", AT (10, 30), AT (11, 0), row->outcomes[1]);
  add (records, "c", AT (11, 0), AT (12, 0), row->outcomes[2]);
  add (records, "d", AT (12, 0), AT (13, 0), row->outcomes[3]);
  if (daemon != NULL)
    {
      g_free (daemon->block_id);
      daemon->block_id = g_strdup (row->runs);
      ((TrkBlockRecord *) records->pdata[0])->state->notices = STARTED;
    }
  g_assert_cmpstr (id_of (trk_status_view_planned (&view)), ==, row->planned);
  g_assert_cmpstr (id_of (trk_status_view_next (&view, 0)), ==, row->next);
  g_assert_cmpstr (id_of (trk_status_view_next (&view, 1)), ==, row->then);
}

/* A snoozed block is still to come, at its new time, and the one after it may come first. */
static void
test_snoozed (void)
{
  g_autoptr (TrkSession) session = trk_session_new (AT (10, 0), NULL, stdout, stderr);
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  TrkStatusView view = { .session = session, .records = records };
  const TrkBlock *next;

  add (records, "a", AT (9, 55), AT (11, 0), NONE);
  add (records, "b", AT (10, 5), AT (10, 30), NONE);
  ((TrkBlockRecord *) records->pdata[0])->state->start = AT (10, 6);
  g_assert_null (trk_status_view_planned (&view));
  next = trk_status_view_next (&view, 0);
  g_assert_cmpstr (id_of (next), ==, "b");
  g_assert_cmpint (trk_status_view_time (&view, next).start, ==, AT (10, 5));
  next = trk_status_view_next (&view, 1);
  g_assert_cmpstr (id_of (next), ==, "a");
  g_assert_cmpint (trk_status_view_time (&view, next).start, ==, AT (10, 6));
}

/* One that was begun early and snoozed to a moment before its planned start comes then. */
static void
test_snoozed_before_its_time (void)
{
  g_autoptr (TrkSession) session = trk_session_new (AT (10, 0), NULL, stdout, stderr);
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  TrkStatusView view = { .session = session, .records = records };
  const TrkBlock *next;

  add (records, "a", AT (10, 30), AT (11, 0), NONE);
  ((TrkBlockRecord *) records->pdata[0])->state->start = AT (10, 10);
  next = trk_status_view_next (&view, 0);
  g_assert_cmpstr (id_of (next), ==, "a");
  g_assert_cmpint (trk_status_view_time (&view, next).start, ==, AT (10, 10));
}

/* What is next waits for the end of what was extended over its start, and is not what is planned
 * now; a meeting waits for nobody. */
static void
test_extended (void)
{
  g_autoptr (TrkSession) session = trk_session_new (AT (10, 40), NULL, stdout, stderr);
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  TrkStatusView view = { .session = session, .records = records };
  TrkBlockRecord *extended, *meeting;
  const TrkBlock *next;

  add (records, "a", AT (9, 30), AT (10, 30), NONE);
  add (records, "b", AT (10, 30), AT (11, 0), NONE);
  add (records, "c", AT (11, 0), AT (12, 0), NONE);
  extended = records->pdata[0];
  extended->state->notices = STARTED;
  extended->state->end = AT (10, 50);
  g_assert_cmpstr (id_of (trk_status_view_planned (&view)), ==, "a");
  next = trk_status_view_next (&view, 0);
  g_assert_cmpstr (id_of (next), ==, "b");
  g_assert_cmpint (trk_status_view_time (&view, next).start, ==, AT (10, 50));
  next = trk_status_view_next (&view, 1);
  g_assert_cmpint (trk_status_view_time (&view, next).start, ==, AT (11, 0));

  meeting = records->pdata[2];
  meeting->block->kind = TRK_KIND_MEETING;
  extended->state->end = AT (11, 30); /* over all of b, and into the meeting */
  g_assert_cmpint (trk_status_view_time (&view, extended->block).end, ==, AT (11, 0));
  next = trk_status_view_next (&view, 0);
  g_assert_cmpstr (id_of (next), ==, "c");
  g_assert_cmpint (trk_status_view_time (&view, next).start, ==, AT (11, 0));
}

/* A break that should have begun waits for the end of a call, as its daemon says. */
static void
test_waiting (void)
{
  g_autoptr (TrkSession) session = trk_session_new (AT (10, 40), NULL, stdout, stderr);
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_autoptr (TrkDaemonStatus) daemon = trk_daemon_status_new ();
  TrkStatusView view = { .session = session, .records = records, .daemon = daemon };

  add (records, "a", AT (10, 30), AT (11, 0), NONE);
  ((TrkBlockRecord *) records->pdata[0])->block->kind = TRK_KIND_BREAK;
  g_assert_cmpstr (id_of (trk_status_view_next (&view, 0)), ==, "a");
  view.daemon = NULL;
  g_assert_null (trk_status_view_next (&view, 0));
}

static void
add_entry (GPtrArray *entries,
           const char *block,
           const char *title,
           TrkInstant start,
           TrkInstant end,
           TrkReason reason)
{
  TrkEntry *entry = trk_entry_new ();

  g_free (entry->title);
  entry->title = g_strdup (title);
  entry->block_id = g_strdup (block);
  entry->kind = TRK_KIND_FOCUS;
  entry->period = (TrkPeriod){ start, end };
  entry->end_reason = reason;
  g_ptr_array_add (entries, entry);
}

static void
add_gap (GPtrArray *gaps, const char *block, TrkInstant start, TrkInstant end)
{
  TrkGap *gap = trk_gap_new ();

  gap->block_id = g_strdup (block);
  gap->period = (TrkPeriod){ start, end };
  g_ptr_array_add (gaps, gap);
}

/* They are those of the reports: two gaps in one hole between entries, as of an absence in which
 * trackerd was started anew, interrupt once, and who was away before the work began was not
 * interrupted. What was begun by hand has some, too. */
static void
test_interruptions (void)
{
  g_autoptr (TrkSession) session = trk_session_new (AT (10, 0), NULL, stdout, stderr);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  g_autoptr (TrkDaemonStatus) daemon = trk_daemon_status_new ();
  TrkStatusView view = {
    .session = session,
    .daemon = daemon,
    .entries = entries,
    .gaps = gaps,
    .input = { .period = { AT (4, 0), AT (28, 0) },
               .now = AT (10, 0),
               .entries = entries,
               .gaps = gaps },
  };

  add_gap (gaps, "a", AT (9, 0), AT (9, 5));
  add_entry (entries, "a", "A", AT (9, 5), AT (9, 10), TRK_REASON_AWAY);
  add_gap (gaps, "a", AT (9, 10), AT (9, 15));
  add_gap (gaps, "a", AT (9, 15), AT (9, 20));
  add_entry (entries, "a", "A", AT (9, 20), AT (9, 30), TRK_REASON_SWITCH);
  add_entry (entries, NULL, "By hand", AT (9, 30), AT (9, 40), TRK_REASON_PAUSE);
  add_entry (entries, NULL, "By hand", AT (9, 41), AT (9, 42), TRK_REASON_PAUSE);
  add_entry (entries, NULL, "By hand", AT (9, 43), AT (9, 44), TRK_REASON_STOP);
  add_entry (entries, NULL, "By hand", AT (9, 50), TRK_NEVER, TRK_REASON_STOP);
  g_free (daemon->block_id);
  daemon->block_id = g_strdup ("a");
  g_assert_cmpuint (trk_status_view_interruptions (&view), ==, 1);
  g_assert_cmpint (trk_status_view_kept (&view), ==, 25 * TRK_MINUTE);
  g_free (daemon->block_id);
  daemon->block_id = g_strdup ("");
  g_free (daemon->title);
  daemon->title = g_strdup ("By hand");
  g_assert_cmpuint (trk_status_view_interruptions (&view), ==, 2);
  g_assert_cmpint (trk_status_view_kept (&view), ==, 22 * TRK_MINUTE);
}

/* All stretches of work by hand since its start, an answered absence among them; what was done
 * under the same title before that start was told when it ended. */
static void
test_kept_by_hand (void)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  g_autoptr (TrkDaemonStatus) status = trk_daemon_status_new ();

  static const TrkReason begun[] = { TRK_REASON_BY_HAND, TRK_REASON_BY_HAND, TRK_REASON_BY_HAND,
                                     TRK_REASON_BACK };

  add_entry (entries, NULL, "Fix", AT (7, 0), AT (8, 0), TRK_REASON_STOP);
  add_entry (entries, NULL, "Fix", AT (9, 0), AT (9, 20), TRK_REASON_AWAY);
  add_entry (entries, NULL, "Fix", AT (9, 20), AT (9, 30), TRK_REASON_BY_HAND);
  add_entry (entries, "a", "Fix", AT (9, 30), AT (9, 35), TRK_REASON_STOP);
  add_entry (entries, NULL, "Fix", AT (9, 40), AT (9, 55), TRK_REASON_STOP);
  for (guint i = 0, n = 0; i < entries->len; i++)
    if (((TrkEntry *) entries->pdata[i])->block_id == NULL)
      ((TrkEntry *) entries->pdata[i])->start_reason = begun[n++];
  g_free (status->title);
  status->title = g_strdup ("Fix");
  g_assert_cmpint (trk_now_kept (status, entries, AT (10, 0)), ==, 45 * TRK_MINUTE);
  status->task = 7;
  g_assert_cmpint (trk_now_kept (status, entries, AT (10, 0)), ==, 0);
  g_free (status->block_id);
  status->block_id = g_strdup ("a");
  g_assert_cmpint (trk_now_kept (status, entries, AT (10, 0)), ==, 5 * TRK_MINUTE);
}

static void
set (char **text, const char *to)
{
  g_free (*text);
  *text = g_strdup (to);
}

/* A clock that was set back leaves what was begun ahead of it: no time was kept of that, not less
 * than none. */
static void
test_begun_ahead (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkSession) session = trk_session_new (AT (9, 30), zone, stdout, stderr);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  g_autoptr (TrkDaemonStatus) status = trk_daemon_status_new ();
  g_autofree char *line = NULL;

  set (&status->state, "running");
  set (&status->title, "Fix");
  set (&status->kind, "focus");
  status->since = status->start = AT (10, 0);
  status->until = TRK_NEVER;
  add_entry (entries, NULL, "Fix", AT (10, 0), TRK_NEVER, TRK_REASON_STOP);
  line = trk_now_line (session, status);
  g_assert_cmpstr (line, ==, "● Focus  Fix   since 10:00, 0 min");
  g_assert_cmpint (trk_now_kept (status, entries, AT (9, 30)), ==, 0);
  g_assert_cmpint (trk_now_told (status, AT (9, 30)), ==, 0);
}

/* What bare `tracker` writes of @view: in a file of which the width is not known, 80 columns. */
static char *
printed (TrkStatusView *view, TrkInstant now)
{
  char text[4096] = "";
  FILE *out = tmpfile ();
  g_autoptr (TrkSession) session = trk_session_new (now, NULL, out, stderr);
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();

  view->session = session;
  view->almanac.zone = zone;
  view->plan_known = TRUE;
  view->input.now = now;
  view->input.almanac = view->almanac;
  view->figures = trk_figures_new (&view->input);
  trk_status_view_print (view);
  g_clear_pointer (&view->figures, trk_figures_free);
  rewind (out);
  text[fread (text, 1, sizeof text - 1, out)] = '\0';
  fclose (out);
  return g_strdup (text);
}

/* The bar is what was kept of the block, the head the block's time: a pause fills no bar, and what
 * comes after it empties none. */
static void
test_pauses (void)
{
  static const struct
  {
    const char *state;
    TrkInstant since, until, now;
    const char *lines[2];
  } rows[] = {
    { "paused",
      AT (9, 36),
      AT (11, 0),
      AT (9, 37),
      { "09:00–11:00   1 h 23 left\n", "  ██████▋···············  kept 36 min" } },
    { "paused",
      AT (9, 36),
      AT (11, 0),
      AT (10, 30),
      { "09:00–11:00   30 min left\n", "  ██████▋···············  kept 36 min" } },
    { "running",
      AT (10, 30),
      AT (11, 0),
      AT (10, 31),
      { "09:00–11:00   29 min left\n", "  ██████▊···············  kept 37 min" } },
    { "running", AT (10, 30), TRK_NEVER, AT (10, 31), { "09:00–   kept 37 min\n", "" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      g_autoptr (GPtrArray) entries =
          g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
      g_autoptr (TrkDaemonStatus) daemon = trk_daemon_status_new ();
      TrkStatusView view = { .daemon = daemon, .records = none, .entries = entries, .gaps = none };
      g_autofree char *text = NULL;

      add_entry (entries, "a", "Retries", AT (9, 0), AT (9, 36), TRK_REASON_PAUSE);
      if (rows[i].since > AT (9, 36))
        add_entry (entries, "a", "Retries", rows[i].since, TRK_NEVER, TRK_REASON_STOP);
      set (&daemon->state, rows[i].state);
      set (&daemon->block_id, "a");
      set (&daemon->title, "Retries");
      set (&daemon->kind, "focus");
      daemon->since = rows[i].since;
      daemon->start = AT (9, 0);
      daemon->until = rows[i].until;
      view.input = (TrkFigureInput){
        .period = { AT (4, 0), AT (28, 0) }, .entries = entries, .gaps = none, .blocks = none
      };
      text = printed (&view, rows[i].now);
      for (gsize n = 0; n < G_N_ELEMENTS (rows[i].lines); n++)
        if (strstr (text, rows[i].lines[n]) == NULL)
          g_test_fail_printf ("no '%s' in\n%s", rows[i].lines[n], text);
    }
}

/* What only the plan says does not become more by a pause, during which the daemon tells of no
 * evidence. */
static void
test_paused_is_unverified_still (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  g_autoptr (TrkDaemonStatus) daemon = trk_daemon_status_new ();
  TrkStatusView view = { .daemon = daemon, .records = none, .entries = entries, .gaps = none };
  g_autofree char *unverified = NULL;
  g_autofree char *observed = NULL;

  add_entry (entries, "a", "Retries", AT (9, 0), AT (9, 36), TRK_REASON_PAUSE);
  ((TrkEntry *) entries->pdata[0])->evidence = TRK_EVIDENCE_PLAN;
  set (&daemon->state, "paused");
  set (&daemon->block_id, "a");
  set (&daemon->title, "Retries");
  set (&daemon->kind, "focus");
  daemon->since = AT (9, 36);
  daemon->start = AT (9, 0);
  daemon->until = AT (11, 0);
  view.input = (TrkFigureInput){
    .period = { AT (4, 0), AT (28, 0) }, .entries = entries, .gaps = none, .blocks = none
  };
  unverified = printed (&view, AT (9, 40));
  g_assert_nonnull (strstr (unverified, "kept 36 min · no interruption · unverified\n"));
  ((TrkEntry *) entries->pdata[0])->evidence = TRK_EVIDENCE_OBSERVED;
  observed = printed (&view, AT (9, 40));
  g_assert_nonnull (strstr (observed, "kept 36 min · no interruption\n"));
}

/* A bus that is named and does not live is named as well: somebody may be on another one. */
static void
test_dead_bus (void)
{
  static const struct
  {
    const char *address, *line;
  } rows[] = {
    { NULL, "· Nobody is keeping time\n" },
    { "unix:path=/nonexistent/bus", "· Nobody is keeping time, and the session bus at "
                                    "unix:path=/nonexistent/bus\n  cannot be reached: no session "
                                    "bus (No such file or directory)\n" },
  };

  g_unsetenv ("XDG_RUNTIME_DIR");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      TrkStatusView view = { .records = none, .entries = none, .gaps = none };
      g_autofree char *text = NULL;

      if (rows[i].address != NULL)
        g_setenv ("DBUS_SESSION_BUS_ADDRESS", rows[i].address, TRUE);
      else
        g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
      view.input = (TrkFigureInput){
        .period = { AT (4, 0), AT (28, 0) }, .entries = none, .gaps = none, .blocks = none
      };
      text = printed (&view, AT (10, 0));
      if (!g_str_has_prefix (text, rows[i].line))
        g_test_fail_printf ("no '%s' in\n%s", rows[i].line, text);
    }
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
}

/* The day's bar stays when its words have no room beside it. */
static void
test_day_bar (void)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (TrkDaemonStatus) daemon = trk_daemon_status_new ();
  TrkStatusView view = { .daemon = daemon, .records = records, .entries = entries, .gaps = none };
  TrkBlock *block;
  g_autofree char *beside = NULL;
  g_autofree char *below = NULL;

  add (records, "a", AT (9, 0), AT (9, 19), NONE);
  block = ((TrkBlockRecord *) records->pdata[0])->block;
  block->calendar = g_strdup ("c");
  block->kind = TRK_KIND_FOCUS;
  view.input = (TrkFigureInput){
    .period = { AT (4, 0), AT (28, 0) }, .entries = entries, .gaps = none, .blocks = records
  };
  add_entry (entries, "a", "A", AT (9, 0), AT (9, 14), TRK_REASON_STOP);
  beside = printed (&view, AT (10, 0));
  g_assert_nonnull (strstr (beside, "▏ 10   14 min of 19 min focus · 100 % share\n"));
  add_entry (entries, NULL, "B", AT (9, 20), AT (9, 50), TRK_REASON_STOP);
  add_entry (entries, NULL, "C", AT (9, 50), AT (9, 56), TRK_REASON_STOP);
  ((TrkEntry *) entries->pdata[2])->kind = TRK_KIND_SHALLOW;
  below = printed (&view, AT (10, 0));
  g_assert_nonnull (strstr (below, "\n  today  09 ▕██"));
  g_assert_nonnull (strstr (below, "▏ 10\n         44 min of 19 min focus, 30 min of it off plan "
                                   "· 88 % share\n"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/status/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/status/snoozed", test_snoozed);
  g_test_add_func ("/status/snoozed-before-its-time", test_snoozed_before_its_time);
  g_test_add_func ("/status/extended", test_extended);
  g_test_add_func ("/status/waiting", test_waiting);
  g_test_add_func ("/status/interruptions", test_interruptions);
  g_test_add_func ("/status/kept-by-hand", test_kept_by_hand);
  g_test_add_func ("/status/begun-ahead", test_begun_ahead);
  g_test_add_func ("/status/pauses", test_pauses);
  g_test_add_func ("/status/paused-is-unverified-still", test_paused_is_unverified_still);
  g_test_add_func ("/status/dead-bus", test_dead_bus);
  g_test_add_func ("/status/day-bar", test_day_bar);
  return g_test_run ();
}
