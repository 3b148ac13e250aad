/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-now.h"
#include "trk-panel.h"

#include "trk-error.h"
#include "trk-json-reader.h"
#include "trk-panel-words.h"

#include <string.h>

/* What bars are told, in each one's form; titles that are markup there stay words. */

/* Monday 2026-11-23 00:00 UTC; now is 10:00. */
#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND)
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)
#define NOW AT (10, 0)

typedef struct
{
  const char *name;
  const char *state, *title, *kind;
  TrkInstant since, until;
  const char *next_title;
  TrkInstant next_start;
  const char *text, *brief;
  guint percentage;
  TrkDuration wake; /* after now; TRK_NEVER */
} Case;

static const Case cases[] = {
  { "running", "running", "Retries", "focus", AT (9, 0), AT (10, 30), "", 0,
    "● Retries 30 min left", "30 min", 66, 1 },
  { "within-a-minute", "running", "Retries", "focus", AT (9, 0), AT (10, 30) - TRK_SECOND, "", 0,
    "● Retries 29 min left", "29 min", 66, 59 * TRK_SECOND + 1 },
  { "last-minute", "running", "Retries", "focus", AT (9, 0), AT (10, 0) + TRK_SECOND, "", 0,
    "● Retries <1 min left", "<1 min", 99, TRK_SECOND + 1 },
  { "hours", "running", "Retries", "focus", AT (9, 0), AT (12, 5), "", 0, "● Retries 2 h 05 left",
    "2 h 05", 32, 1 },
  { "over", "running", "Retries", "meeting", AT (9, 0), AT (9, 55) - TRK_SECOND, "", 0,
    "● Retries 5 min over", "5 min", 100, 59 * TRK_SECOND },
  { "open-ended", "running", "fix", "focus", AT (9, 21) + TRK_SECOND, TRK_NEVER, "", 0,
    "● fix for 38 min", "38 min", 0, TRK_SECOND },
  { "untitled", "running", "", "focus", AT (9, 0), 0, "", 0, "● focus for 1 h", "1 h", 0,
    TRK_MINUTE },
  { "break", "break", "", "", AT (9, 55), AT (10, 5), "", 0, "● break 5 min left", "5 min", 0, 1 },
  { "since-unknown", "running", "fix", "focus", 0, TRK_NEVER, "", 0, "● fix", "running", 0,
    TRK_NEVER },
  { "paused", "paused", "Retries", "focus", AT (9, 50), AT (10, 30), "", 0,
    "◐ Retries paused since 09:50", "paused", 0, TRK_NEVER },
  { "paused-untitled", "paused", "", "", 0, 0, "", 0, "◐ paused", "paused", 0, TRK_NEVER },
  { "idle", "idle", "", "", 0, 0, "Code review", AT (10, 30), "○ 10:30 Code review", "10:30", 0,
    TRK_NEVER },
  { "idle-until-tomorrow", "idle", "", "", 0, 0, "Code review", AT (33, 0),
    "○ Tue 09:00 Code review", "Tue 09:00", 0, TRK_NEVER },
  { "idle-for-good", "idle", "", "", 0, 0, "", 0, "○ nothing planned", "–", 0, TRK_NEVER },
  { "not-running", "idle", "Retries", "focus", AT (9, 0), AT (10, 30), "Lunch", AT (12, 0),
    "○ Retries not running", "12:00", 0, TRK_NEVER },
  { "off", "off", "Holiday", "off", AT (0, 0), AT (24, 0), "Work", AT (33, 0), "○ Tue 09:00 Work",
    "Tue 09:00", 0, TRK_NEVER },
  { "a-state-of-tomorrow", "dreaming", "", "", 0, 0, "", 0, "○ nothing planned", "–", 0,
    TRK_NEVER },
  { "no-such-times", "running", "x", "focus", G_MININT64, G_MAXINT64 - 1, "y", G_MININT64, NULL,
    NULL, 0, -1 },
};

static TrkDaemonStatus *
status_of (const Case *row)
{
  TrkDaemonStatus *status = trk_daemon_status_new ();

  g_free (status->state);
  g_free (status->title);
  g_free (status->kind);
  g_free (status->next_title);
  status->state = g_strdup (row->state);
  status->title = g_strdup (row->title);
  status->kind = g_strdup (row->kind);
  status->next_title = g_strdup (row->next_title);
  status->since = row->since;
  status->until = row->until;
  status->next_start = row->next_start;
  return status;
}

static void
test_words (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkDaemonStatus) status = status_of (row);
  g_autoptr (TrkPanelWords) words = trk_panel_words_new (status, NULL, zone, NOW);
  TrkInstant wake = trk_panel_words_until (status, NOW);

  if (row->text != NULL)
    {
      g_assert_cmpstr (words->text, ==, row->text);
      g_assert_cmpstr (words->brief, ==, row->brief);
    }
  g_assert_cmpuint (words->percentage, ==, row->percentage);
  if (row->wake >= 0)
    g_assert_cmpint (wake, ==, row->wake == TRK_NEVER ? TRK_NEVER : NOW + row->wake);
  g_assert_cmpint (wake, >, NOW);
  if (row->next_title[0] != '\0' && row->next_start > 0)
    {
      g_auto (GStrv) parts = g_strsplit (words->tooltip, row->next_title, -1);

      g_assert_cmpuint (g_strv_length (parts), ==, 2); /* told, and told once */
    }
}

/* Who is away has paused nothing; whose daemon is too old to say why reads as before. */
static void
test_away (void)
{
  static const struct
  {
    const char *paused_by, *word, *capital;
  } rows[] = {
    { "pause", "paused", "◐ Paused: Focus  Retries" },
    { "", "paused", "◐ Paused: Focus  Retries" },
    { "away", "away", "◐ Away: Focus  Retries" },
    { "lock", "away", "◐ Away: Focus  Retries" },
  };
  static const Case row = { "", "paused", "Retries", "focus", AT (9, 50), AT (10, 30), "", 0 };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkDaemonStatus) status = status_of (&row);
      g_autoptr (TrkPanelWords) words = NULL;
      g_autofree char *text = g_strdup_printf ("◐ Retries %s since 09:50", rows[i].word);
      g_autofree char *now = NULL;

      g_free (status->paused_by);
      status->paused_by = g_strdup (rows[i].paused_by);
      words = trk_panel_words_new (status, NULL, zone, NOW);
      now = trk_now_what (status);
      g_assert_cmpstr (words->text, ==, text);
      g_assert_cmpstr (words->brief, ==, rows[i].word);
      g_assert_cmpstr (words->state, ==, "paused");
      g_assert_cmpstr (now, ==, rows[i].capital);
    }
}

/* The share is that of the block which was kept: neither a pause nor its end begins it anew. */
static void
test_pauses (void)
{
  static const struct
  {
    const char *state;
    TrkInstant since, until;
    const char *text, *tooltip;
    guint percentage;
  } rows[] = {
    { "running", AT (9, 0), AT (10, 40), "● Retries 40 min left", "09:00–10:40", 72 },
    { "paused", AT (9, 50), AT (10, 40), "◐ Retries paused since 09:50", "", 12 },
    { "running", AT (9, 55), AT (10, 40), "● Retries 40 min left", "09:00–10:40", 17 },
    { "running", AT (9, 55), TRK_NEVER, "● Retries for 17 min", "09:00–", 0 },
    { "idle", AT (9, 0), AT (10, 40), "○ Retries not running", "", 0 },
  };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Case row = { "", rows[i].state, "Retries", "focus", rows[i].since, rows[i].until, "", 0 };
      g_autoptr (TrkDaemonStatus) status = status_of (&row);
      g_autoptr (TrkPanelWords) words = NULL;

      status->start = AT (9, 0);
      status->kept = 12 * TRK_MINUTE;
      words = trk_panel_words_new (status, NULL, zone, NOW);
      g_assert_cmpstr (words->text, ==, rows[i].text);
      g_assert_nonnull (strstr (words->tooltip, rows[i].tooltip));
      g_assert_cmpuint (words->percentage, ==, rows[i].percentage);
    }
}

/* Woken when it says, each of them says something else, and between them nothing would. */
static void
test_wakes (void)
{
  static const Case row = { "", "running", "x", "focus", AT (9, 0), AT (10, 2) + 1, "", 0 };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkDaemonStatus) status = status_of (&row);
  TrkInstant now = NOW;

  for (guint i = 0; i < 6; i++)
    {
      TrkInstant next = trk_panel_words_until (status, now);
      g_autofree char *at = trk_panel_line (TRK_PANEL_TEXT, status, NULL, zone, now);
      g_autofree char *before = trk_panel_line (TRK_PANEL_TEXT, status, NULL, zone, next - 1);
      g_autofree char *then = trk_panel_line (TRK_PANEL_TEXT, status, NULL, zone, next);

      g_assert_cmpstr (at, ==, before);
      if (i != 2) /* "<1 min left" and "<1 min over" */
        g_assert_cmpstr (at, !=, then);
      now = next;
    }
}

/* -- Titles that are markup -------------------------------------------------------------------- */

typedef struct
{
  const char *title;
  const char *text, *waybar, *polybar, *tmux;
} Hostile;

static const Hostile hostile[] = {
  { "<b>x</b> & \"y\"", "<b>x</b> & \"y\"", "&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot;",
    "<b>x</b> & \"y\"", "<b>x</b> & \"y\"" },
  { "</span><span font='99'>", "</span><span font='99'>",
    "&lt;/span&gt;&lt;span font=&apos;99&apos;&gt;", "</span><span font='99'>",
    "</span><span font='99'>" },
  { "&amp;", "&amp;", "&amp;amp;", "&amp;", "&amp;" },
  { "%{A1:rm -rf ~:}x%{A}", "%{A1:rm -rf ~:}x%{A}", "%{A1:rm -rf ~:}x%{A}",
    "% {A1:rm -rf ~:}x% {A}", "%{A1:rm -rf ~:}x%{A}" },
  { "100%%{F#f00}", "100%%{F#f00}", "100%%{F#f00}", "100%% {F#f00}", "100%%{F##f00}" },
  { "#[bg=red]#(id)#{pid} #S ##", "#[bg=red]#(id)#{pid} #S ##", "#[bg=red]#(id)#{pid} #S ##",
    "#[bg=red]#(id)#{pid} #S ##", "##[bg=red]##(id)##{pid} ##S ####" },
  { "a\nb\tc\033[2J\001\342\200\256d", "a b c[2Jd", "a b c[2Jd", "a b c[2Jd", "a b c[2Jd" },
  { "bad \377\376 bytes", "bad \357\277\275\357\277\275 bytes",
    "bad \357\277\275\357\277\275 bytes", "bad \357\277\275\357\277\275 bytes",
    "bad \357\277\275\357\277\275 bytes" },
};

static char *
line_of (TrkPanel panel, const char *title)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  Case row = { "", "running", title, "focus", AT (9, 0), AT (10, 30), "", 0 };
  g_autoptr (TrkDaemonStatus) status = status_of (&row);

  return trk_panel_line (panel, status, NULL, zone, NOW);
}

static void
assert_line (TrkPanel panel, const char *title, const char *shown)
{
  g_autofree char *line = line_of (panel, title);
  g_autofree char *expected = g_strdup_printf ("● %s 30 min left", shown);

  g_assert_cmpstr (line, ==, expected);
}

static void
assert_member (TrkPanel panel, const char *title, const char *member, const char *shown)
{
  g_autofree char *line = line_of (panel, title);
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  g_autofree char *expected = g_strdup_printf ("● %s 30 min left", shown);

  g_assert_null (strchr (line, '\n'));
  g_assert_nonnull (root);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), member), ==,
                   expected);
}

static void
test_hostile (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      const Hostile *row = &hostile[i];

      assert_line (TRK_PANEL_TEXT, row->title, row->text);
      assert_line (TRK_PANEL_POLYBAR, row->title, row->polybar);
      assert_line (TRK_PANEL_TMUX, row->title, row->tmux);
      assert_member (TRK_PANEL_WAYBAR, row->title, "text", row->waybar);
      assert_member (TRK_PANEL_I3BLOCKS, row->title, "full_text", row->text);
    }
}

static void
test_long_titles (void)
{
  g_autofree char *title = g_strnfill (100000, 'x');

  for (guint panel = TRK_PANEL_TEXT; panel <= TRK_PANEL_TMUX; panel++)
    {
      g_autofree char *line = line_of (panel, title);

      if (panel != TRK_PANEL_JSON)
        g_assert_cmpuint (strlen (line), <, 500);
    }
}

/* -- Whole lines ------------------------------------------------------------------------------- */

static void
test_lines (void)
{
  static const struct
  {
    TrkPanel panel;
    const char *running, *nobody;
  } lines[] = {
    { TRK_PANEL_TEXT, "● Retries 30 min left", "○ no time is kept" },
    { TRK_PANEL_WAYBAR,
      "{\"text\" : \"● Retries 30 min left\",\"alt\" : \"running\",\"tooltip\" : \"● Retries 30 "
      "min "
      "left\\nfocus\\n09:00–10:30\\nnext: 10:30 Lunch\",\"class\" : [\"running\",\"focus\"],"
      "\"percentage\" : 66}",
      "{\"text\" : \"○ no time is kept\",\"alt\" : \"unknown\",\"tooltip\" : \"Nobody is keeping "
      "time.\\nTo begin: systemctl --user start trackerd (without systemd: trackerd "
      "&amp;)\",\"class\" : [\"unknown\"],"
      "\"percentage\" : 0}" },
    { TRK_PANEL_I3BLOCKS,
      "{\"full_text\" : \"● Retries 30 min left\",\"short_text\" : \"30 min\",\"markup\" : "
      "\"none\"}",
      "{\"full_text\" : \"○ no time is kept\",\"short_text\" : \"–\",\"color\" : \"#888888\","
      "\"markup\" : \"none\"}" },
    { TRK_PANEL_POLYBAR, "● Retries 30 min left", "○ no time is kept" },
    { TRK_PANEL_TMUX, "● Retries 30 min left", "○ no time is kept" },
  };
  static const Case row = { "",        "running",   "Retries", "focus",
                            AT (9, 0), AT (10, 30), "Lunch",   AT (10, 30) };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkDaemonStatus) status = status_of (&row);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *running = trk_panel_line (lines[i].panel, status, NULL, zone, NOW);
      g_autofree char *nobody = trk_panel_line (lines[i].panel, NULL, NULL, zone, NOW);

      g_assert_cmpstr (running, ==, lines[i].running);
      g_assert_cmpstr (nobody, ==, lines[i].nobody);
    }
}

static void
test_names (void)
{
  g_autoptr (GError) error = NULL;
  TrkPanel panel;

  for (guint i = TRK_PANEL_TEXT; i <= TRK_PANEL_TMUX; i++)
    {
      g_assert_true (trk_panel_from_string (trk_panel_to_string (i), &panel, NULL));
      g_assert_cmpuint (panel, ==, i);
    }
  g_assert_false (trk_panel_from_string ("xmobar", &panel, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
}

/* Numbers of whoever owns the daemon's name: no sum of them runs over. */
static void
test_any_numbers (void)
{
  static const TrkDuration any[] = { G_MININT64, -1, 0, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (any); i++)
    {
      g_autoptr (TrkDaemonStatus) status = trk_daemon_status_new ();

      g_free (status->state);
      status->state = g_strdup ("running");
      status->since = AT (9, 0);
      status->kept = any[i];
      g_assert_cmpint (trk_now_told (status, NOW), >=, TRK_HOUR);
      g_assert_cmpfloat (trk_now_share (status, trk_now_told (status, NOW)), <=, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/panel/words/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_words);
    }
  g_test_add_func ("/panel/away", test_away);
  g_test_add_func ("/panel/pauses", test_pauses);
  g_test_add_func ("/panel/wakes", test_wakes);
  g_test_add_func ("/panel/hostile", test_hostile);
  g_test_add_func ("/panel/any-numbers", test_any_numbers);
  g_test_add_func ("/panel/long-titles", test_long_titles);
  g_test_add_func ("/panel/lines", test_lines);
  g_test_add_func ("/panel/names", test_names);
  return g_test_run ();
}
