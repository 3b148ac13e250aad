# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A block whose event leaves the calendar: it ends, or goes on by the user's word, and is no plan any more."""
import json
import os
import subprocess

import harness
from harness import ical, soon, until

FOCUS = "CATEGORIES:Focus"


class Leaving(harness.DaemonCase):
    def tracker(self, *words):
        done = subprocess.run([harness.TRACKER, *words], env=self.environment, text=True, capture_output=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def runs(self, title):
        status = self.status()
        return str(status["State"]) == "running" and str(status["Title"]) == title

    def wait_running(self, title):
        until(lambda: self.runs(title), f"{title} runs")

    def wait_idle(self):
        until(lambda: str(self.status()["State"]) == "idle", "nothing runs")

    def rows(self):
        return [(row["title"], row["outcome"], row["in_calendar"], row["planned_seconds"] > 0, row["running"])
                for row in json.loads(self.tracker("agenda", "--json"))]

    def planned(self):
        return self.tracker("report", "today", "--explain", "planned")

    def keep_a_second(self):
        until(lambda: self.query("SELECT 1 FROM entry WHERE start < ?", int(soon(-2).timestamp() * 1e6)), "time is kept")

    def add_late(self, *events):
        """A second calendar, added by the user; returns what is said."""
        path = os.path.join(self.home, "late.ics")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write(ical(*events))
        return self.tracker("calendar", "add", "late", path)

    def test_ends_and_goes_on(self):
        """By itself it ends with its event; what was kept stays, for that and no plan. Back in time, it goes on."""
        now = soon(-5), soon(200), FOCUS
        self.plan(("a", "Runs", *now), ("b", "Announced", soon(240), soon(1800), FOCUS))
        self.start()
        self.wait_running("Runs")
        self.keep_a_second()
        self.plan(("c", "Next", soon(7200), soon(9000), FOCUS))
        self.wait_idle()
        self.assertEqual(self.query("SELECT title, end_reason, block FROM entry"),
                         [("Runs", "left-calendar", "work/a")])
        self.assertEqual(self.rows(), [("Runs", "cancelled", False, False, False),
                                       ("Next", None, True, True, False)])
        self.assertNotIn("Runs", self.planned())
        self.assertIn("cancelled: its event left the calendar", self.tracker("why", "Runs"))
        self.plan(("a", "Runs", *now), ("c", "Next", soon(7200), soon(9000), FOCUS))
        self.wait_running("Runs")
        self.assertEqual(self.query("SELECT count(DISTINCT block), count(*) FROM entry"), [(1, 2)])
        self.assertIn("Runs", self.planned())
        self.stop_cleanly()

    def test_goes_on_by_word(self):
        self.plan(("a", "Runs", soon(-5), soon(3600), FOCUS))
        self.start()
        self.wait_running("Runs")
        self.tracker("start", "Runs")
        self.assertTrue(json.loads(self.tracker("status", "--json"))["in_calendar"])
        self.assertTrue(json.loads(self.tracker("why", "Runs", "--json"))[0]["pieces"][0]["in_calendar"])
        self.plan(("c", "Next", soon(7200), soon(9000), FOCUS))
        until(lambda: not self.rows()[0][2], "it left")
        self.assertEqual(self.rows()[0], ("Runs", None, False, False, True))
        self.assertTrue(self.runs("Runs"))
        self.assertIn("no longer in the calendar", self.tracker())
        self.assertIn("no longer in the", self.tracker("agenda"))
        self.assertIn("no longer in the calendar", self.tracker("why", "Runs"))
        self.assertFalse(json.loads(self.tracker("why", "Runs", "--json"))[0]["pieces"][0]["in_calendar"])
        self.assertFalse(json.loads(self.tracker("status", "--json"))["in_calendar"])
        self.assertNotIn("Runs", self.planned())
        self.tracker("stop")
        self.assertEqual(self.rows()[0], ("Runs", "cancelled", False, False, False))
        self.stop_cleanly()

    def check_undo_of(self, word):
        """A block ran by itself, and the user said @word, before its event left: that is taken back afterwards."""
        self.plan(("a", "Runs", soon(-5), soon(3600), FOCUS))
        self.start()
        self.wait_running("Runs")
        self.keep_a_second()
        self.tracker(word)
        kept = self.query("SELECT start, end FROM entry")
        self.plan(("c", "Next", soon(7200), soon(9000), FOCUS))
        until(lambda: self.query("SELECT 1 FROM block WHERE id = 'work/c'"), "it left")
        subprocess.run([harness.TRACKER, "undo"], env=self.environment, capture_output=True, check=False, timeout=60)
        until(lambda: self.query("SELECT outcome FROM block_state WHERE block = 'work/a'") == [("cancelled",)],
              "it is over")
        self.wait_idle()
        self.assertEqual(self.query("SELECT start, end FROM entry"), kept)
        self.assertEqual(self.rows()[0], ("Runs", "cancelled", False, False, False))
        self.stop_cleanly()

    def test_undo_of_a_pause(self):
        self.check_undo_of("pause")

    def test_undo_of_a_stop(self):
        self.check_undo_of("stop")

    def test_undo_of_a_skip(self):
        self.check_undo_of("skip")

    def test_undo_of_done(self):
        self.check_undo_of("done")

    def test_words_of_remove_and_undo(self):
        self.plan()
        self.start()
        self.add_late(("m", "Meeting", soon(-5), soon(1800), "CATEGORIES:Meeting"))
        self.wait_running("Meeting")
        self.assertIn("Meeting ran from late and ends now; what was kept of it stays, and tracker redo",
                      self.tracker("undo"))
        self.wait_idle()
        self.assertNotIn("ran from", self.tracker("redo"))
        self.wait_running("Meeting")
        self.tracker("extend", "5m")
        self.assertIn("Meeting ran from late and goes on by hand", self.tracker("calendar", "remove", "late"))
        until(lambda: not self.rows()[0][2], "it left")
        self.assertTrue(self.runs("Meeting"))
        self.assertNotIn("ran from", self.tracker("undo"))
        until(lambda: self.rows()[0][2], "it is back")
        self.assertTrue(self.runs("Meeting"))
        self.stop_cleanly()

    def test_pieces(self):
        """What a meeting had cut off is one event again when that leaves: of a lost piece nothing is told."""
        self.plan(("a", "Paper", soon(-400), soon(3600), FOCUS))
        self.start()
        self.wait_running("Paper")
        self.keep_a_second()
        self.add_late(("m", "Meeting", soon(-5), soon(300), "CATEGORIES:Meeting"))
        self.wait_running("Meeting")
        until(lambda: self.query("SELECT 1 FROM block WHERE id = 'work/a#2'"), "it is cut")
        self.keep_a_second()
        self.tracker("undo")
        self.wait_running("Paper")
        self.assertEqual([row for row in self.rows() if row[0] == "Paper"], [("Paper", None, True, True, True)])
        self.assertNotIn("cancelled", self.tracker("why", "Paper"))
        self.assertEqual(self.query("SELECT DISTINCT block FROM entry WHERE title = 'Paper'"), [("work/a",)])
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
