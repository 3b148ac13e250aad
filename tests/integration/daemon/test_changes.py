# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others change while the daemon runs: a command that is undone, a block that is deleted."""
import contextlib
import datetime
import json
import os
import signal
import sqlite3
import subprocess
import time
import zoneinfo

import harness
import test_life
from harness import soon, until


class Changes(harness.DaemonCase):
    def tracker(self, *arguments):
        done = subprocess.run([harness.TRACKER, *arguments], env=self.environment, text=True,
                              capture_output=True, check=False, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_stop_is_undone(self):
        """The entry is open again and the daemon keeps it: its limit, its end, its marks."""
        minute = 60 * 1000000
        self.plan()
        self.start()
        self.begin("work", length=50 * minute)
        self.call("Stop")
        self.assertEqual(str(self.status()["State"]), "idle")
        self.tracker("undo")
        status = until(lambda: str(self.status()["State"]) == "running" and self.status(),
                       "the daemon takes it up")
        start, end = self.query("SELECT start, end FROM entry")[0]
        self.assertEqual(end, harness.FOREVER)
        self.assertEqual(str(status["Title"]), "work")
        self.assertEqual(int(status["Until"]), start + 50 * minute)
        self.tracker("stop")
        self.assertEqual(self.query("SELECT count(*), max(end_reason) FROM entry"), [(1, "stop")])
        self.stop_cleanly()

    BLOCK = ("one", "Payment retries", soon(-60), soon(5400), "CATEGORIES:Focus")
    LUNCH = ("two", "Lunch", soon(10800), soon(13500), "CATEGORIES:Break")
    TEA = ("three", "Tea", soon(9000), soon(9600), "CATEGORIES:Break")

    def assert_taken_up(self, title):
        """At once, and when the calendars were read again: no end, no outcome."""
        for _ in range(2):
            status = self.status()
            self.assertEqual((str(status["State"]), str(status["Title"])), ("running", title))
            self.plan(self.BLOCK, self.LUNCH, *self.more)
            self.call("Reload")
            until(lambda: str(self.status()["NextTitle"]) != "Tea", "the plan without tea")
        self.assertEqual(self.query("SELECT outcome FROM block_state WHERE outcome IS NOT NULL"
                                    " AND outcome <> 'none'"), [])
        self.assertEqual(self.query("SELECT title FROM entry WHERE end = ?", harness.FOREVER), [(title,)])

    def test_skip_is_undone(self):
        """The block has its time again and runs on, also when its rest was planned away."""
        self.more = []
        for wait in (False, True):
            with self.subTest(wait=wait):
                self.plan(self.BLOCK, self.LUNCH)
                if not wait:
                    self.start()
                until(lambda: str(self.status()["State"]) == "running", "the block runs")
                until(lambda: str(self.status()["NextTitle"]) == "Lunch", "the plan")
                self.tracker("skip", "incident")
                self.assertEqual(str(self.status()["State"]), "idle")
                if wait:
                    self.plan(self.BLOCK, self.LUNCH, self.TEA)
                    until(lambda: str(self.status()["NextTitle"]) == "Tea", "a plan since")
                self.tracker("undo")
                self.assert_taken_up("Payment retries")
        self.tracker("stop")
        status = self.status()
        self.assertEqual([str(status[name]) for name in ("State", "Title", "Kind", "BlockId")],
                         ["idle", "Payment retries", "focus", "work/one"], "its time it is all the same")
        self.tracker("start")
        self.assertEqual(str(self.status()["Title"]), "Payment retries")
        self.tracker("skip")
        status = self.status()
        self.assertEqual([str(status[name]) for name in ("State", "Title", "Kind", "BlockId")], ["idle", "", "", ""])
        self.stop_cleanly()

    def test_what_was_begun_by_hand_is_undone(self):
        """It does not come again by itself: what it took the place of goes on as if it had not been."""
        self.more = []
        self.plan(self.BLOCK, self.LUNCH)
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "the block runs")
        for command in ("start other", "break", "pause"):
            with self.subTest(command):
                self.tracker(*command.split())
                self.assertNotEqual((str(self.status()["State"]), str(self.status()["Title"])),
                                    ("running", "Payment retries"))
                self.tracker("undo")
                self.assert_taken_up("Payment retries")
                self.assertEqual(self.query("SELECT count(*) FROM entry"), [(1,)])
                self.assertEqual(self.query("SELECT count(*) FROM gap"), [(0,)])
        self.stop_cleanly()

    def test_start_in_a_break_is_done_again(self):
        """The break that it ended is on again after undo, and as it was after redo; when it is over by then, that
        it ended where the start ends it is nothing that was not put back."""
        walk = ("one", "Walk", soon(-60), soon(5400), "CATEGORIES:Break")
        now = ("State", "Title", "Kind", "BlockId", "Since", "Start", "Until")
        rows = ("SELECT number, start, end, kind, title, block, start_reason, end_reason FROM entry ORDER BY number",
                "SELECT block, start, end, outcome, outcome_reason, notices, postponed FROM block_state")
        def look():
            return [self.status()[name] for name in now], [self.query(sql) for sql in rows]

        for plan, length in (((walk,), "10m"), ((), "10m"), ((), "10s")):
            with self.subTest(plan=plan, length=length):
                self.plan(*plan)
                if not plan:
                    self.tracker("break", length)
                else:
                    self.start()
                    until(lambda: str(self.status()["State"]) == "break", "the break is on")
                before = look()
                self.tracker("start", "work")
                after = look()
                self.tracker("undo")
                until(lambda: look() == before, "the break is on again")
                if length == "10s":
                    until(lambda: str(self.status()["State"]) == "idle", "it is over by itself")
                self.tracker("redo")
                until(lambda: look()[0] == after[0], "what was started runs again")
                self.assertEqual([row[:3] for row in look()[1][0]], [row[:3] for row in after[1][0]])
                self.tracker("stop")
                if plan:
                    self.plan()
                    self.tracker("skip")
        self.stop_cleanly()

    def undo_unheard(self):
        """As over ssh, where no session bus is: the daemon is not told."""
        address = self.environment.pop("DBUS_SESSION_BUS_ADDRESS")
        self.tracker("undo")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def test_stop_is_undone_unheard(self):
        """What is open again is taken up before anything else is done, and nothing else is lost by it."""
        self.plan()
        self.start()
        self.begin("work")
        self.call("Stop")
        self.undo_unheard()
        self.begin("other")
        self.assertEqual(str(self.status()["Title"]), "other")
        self.assertEqual(self.query("SELECT title, end_reason FROM entry ORDER BY start"),
                         [("work", "switch"), ("other", None)])
        self.call("Stop")
        self.undo_unheard()
        self.stop_cleanly()
        self.assertEqual(self.query("SELECT end_reason FROM entry WHERE title = 'other'"), [("shutdown",)])

    def suspended(self):
        """Is it stopped while it does not write? Who is suspended in the middle of it holds up everybody."""
        self.daemon.send(signal.SIGSTOP)
        path = os.path.join(self.home, "data", "trackerd", "trackerd.db")
        log = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            log.execute("BEGIN IMMEDIATE")
            log.execute("ROLLBACK")
            return True
        except sqlite3.OperationalError:
            self.daemon.send(signal.SIGCONT)
            return False
        finally:
            log.close()

    def test_changed_unheard_in_a_sleep(self):
        """The gap keeps its reason, and what the user began goes on. SIGSTOP in place of sleep; a minute a
        second."""
        self.plan()
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME="+0 x60",
                   ASAN_OPTIONS=test_life.asan_after_preload())
        self.begin("work")
        time.sleep(2)
        until(self.suspended, "the daemon is stopped with the log free")
        address = self.environment.pop("DBUS_SESSION_BUS_ADDRESS")
        self.tracker("log", "add", "yesterday 10:00-10:30", "Old")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        time.sleep(6)
        self.daemon.send(signal.SIGCONT)
        reason, length = until(lambda: self.query("SELECT reason, end - start FROM gap WHERE end < ?",
                                                  harness.FOREVER), "the gap")[0]
        self.assertEqual(reason, "sleep")
        self.assertGreater(length, 4 * 60 * 1000000)
        self.assertEqual((str(self.status()["State"]), str(self.status()["Title"])), ("running", "work"))
        self.check_log()
        self.stop_cleanly()

    def hold_indexer(self):
        """An indexer that says that it was started, and goes on when it may."""
        folder, hold, waits = (os.path.join(self.home, name) for name in ("libexec", "hold", "waits"))
        os.makedirs(folder)
        path = os.path.join(folder, "trackerd-indexer")
        real = os.path.join(os.path.dirname(harness.TRACKERD), "indexer", "trackerd-indexer")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write(f"#!/bin/sh\nif [ -e '{hold}' ]; then : >'{waits}'; fi\n"
                         f"while [ -e '{hold}' ]; do sleep 0.05; done\nexec '{real}' \"$@\"\n")
        os.chmod(path, 0o755)
        return folder, hold, waits

    def test_skip_is_undone_while_calendars_are_read(self):
        """The plan that comes of it was begun when the block had been left, and is not taken."""
        self.more = []
        folder, hold, waits = self.hold_indexer()
        self.plan(self.BLOCK, self.LUNCH)
        self.start(TRACKERD_LIBEXEC_DIR=folder)
        until(lambda: str(self.status()["State"]) == "running", "the block runs")
        until(lambda: str(self.status()["NextTitle"]) == "Lunch", "the plan")
        self.tracker("skip", "incident")
        with open(hold, "w", encoding="utf-8"):
            pass
        self.plan(self.BLOCK, self.LUNCH, self.TEA)
        until(lambda: os.path.exists(waits), "the indexer")
        self.undo_unheard()
        os.unlink(hold)
        until(lambda: str(self.status()["NextTitle"]) == "Tea", "the new plan")
        self.call("Reload")
        self.assert_taken_up("Payment retries")
        self.stop_cleanly()

    def test_skip_of_a_meeting_is_undone(self):
        """What had got its time gives it back."""
        meeting = ("four", "Team", soon(-30), soon(1800), "CATEGORIES:Meeting")
        self.more = [meeting]
        self.plan(self.BLOCK, self.LUNCH, meeting)
        self.start()
        until(lambda: str(self.status()["Title"]) == "Team", "the meeting runs")
        self.tracker("skip")
        until(lambda: str(self.status()["Title"]) == "Payment retries", "the focus goes on")
        self.tracker("undo")
        self.assert_taken_up("Team")
        self.assertEqual(str(self.status()["NextTitle"]), "Payment retries")
        self.stop_cleanly()

    def outcomes(self, title):
        """Of the pieces of that block, as the agenda tells them."""
        return [row["outcome"] for row in json.loads(self.tracker("agenda", "--json")) if row["title"] == title]

    def test_skip_of_an_event_of_days(self):
        """It stays skipped when the piece that ran lies days before what the daemon plans."""
        day = 24 * 3600
        path = os.path.join(self.home, "data", "trackerd", "trackerd.db")
        begin, cut, end = soon(-4 * day), soon(-4 * day + 7200), soon(2 * day)
        self.plan()
        self.start()
        self.stop_cleanly()
        start, piece, whole = (int(at.timestamp()) * 1000000 for at in (begin, cut, end))
        with contextlib.closing(sqlite3.connect(path)) as log, log:
            log.execute("INSERT INTO block (id, calendar, title, kind, start, end, planned_start, planned_end)"
                        " VALUES ('work/five', 'work', 'Sprint', 'focus', ?, ?, ?, ?)", (start, piece, start, whole))
            log.execute("INSERT INTO block_state (block, start, end, outcome, outcome_reason, notices, reminders)"
                        " VALUES ('work/five', 0, ?, 'skipped', 'skip', 255, 0)", (start + 60 * 1000000,))
        self.plan(("five", "Sprint", begin, end, "CATEGORIES:Focus"),
                  ("six", "Fair", cut, soon(-day), "CATEGORIES:Meeting"), self.TEA)
        self.start()
        until(lambda: str(self.status()["NextTitle"]) == "Tea", "the plan")
        self.assertEqual(str(self.status()["State"]), "idle")
        self.assertEqual(self.outcomes("Sprint"), [])
        self.stop_cleanly()

    def test_skip_of_a_block_in_pieces(self):
        """The event is skipped and not the piece that runs; undo gives all of it back."""
        meeting = ("four", "Team", soon(1800), soon(3600), "CATEGORIES:Meeting")
        self.more = [meeting]
        self.plan(self.BLOCK, self.LUNCH, meeting)
        self.start()
        until(lambda: str(self.status()["Title"]) == "Payment retries", "the first piece runs")
        until(lambda: len(self.outcomes("Payment retries")) == 2, "both pieces")
        self.tracker("skip", "incident")
        self.assertEqual(self.outcomes("Payment retries"), ["skipped", "skipped"])
        self.assertEqual(self.tracker("why", "Payment").count("skipped: you skipped it; incident"), 2)
        self.plan(self.BLOCK, self.LUNCH)
        until(lambda: str(self.status()["NextTitle"]) == "Lunch", "what cut it is gone")
        self.assertEqual(self.outcomes("Payment retries"), ["skipped", "skipped"])
        self.assertEqual(str(self.status()["State"]), "idle")
        self.plan(self.BLOCK, self.LUNCH, meeting)
        until(lambda: str(self.status()["NextTitle"]) == "Team", "the meeting again")
        self.tracker("undo")
        self.assert_taken_up("Payment retries")
        self.assertEqual(self.outcomes("Payment retries"), [None, None])
        self.stop_cleanly()

    def test_skip_of_a_block_in_pieces_before_it_began(self):
        """Nothing of it is lost silently, nothing of it comes."""
        block = ("one", "Payment retries", soon(600), soon(5400), "CATEGORIES:Focus")
        meeting = ("four", "Team", soon(1800), soon(3600), "CATEGORIES:Meeting")
        self.plan(block, meeting)
        self.start()
        until(lambda: str(self.status()["NextTitle"]) == "Payment retries", "the plan")
        self.tracker("skip")
        until(lambda: str(self.status()["NextTitle"]) == "Team", "what comes then")
        self.plan(block)
        until(lambda: str(self.status()["NextTitle"]) == "", "the plan without the meeting")
        self.assertEqual(self.outcomes("Payment retries"), ["skipped", "skipped"])
        self.assertEqual(self.query("SELECT count(*) FROM block WHERE title = 'Payment retries'"), [(2,)])
        self.stop_cleanly()

    def test_extend_is_undone(self):
        minute = 60 * 1000000
        self.plan()
        self.start()
        self.begin("work", length=50 * minute)
        until_before = int(self.status()["Until"])
        self.tracker("extend", "10m")
        self.assertEqual(int(self.status()["Until"]), until_before + 10 * minute)
        self.tracker("undo")
        until(lambda: int(self.status()["Until"]) == until_before, "the old limit")
        self.stop_cleanly()

    def test_resume_is_undone(self):
        """The pause goes on: nobody is to answer for it before it is over."""
        self.plan(self.BLOCK)
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "the block runs")
        self.call("Pause")
        time.sleep(1)
        self.call("Resume")
        until(lambda: str(self.status()["State"]) == "running", "the block runs again")
        time.sleep(1)
        self.tracker("undo")
        until(lambda: str(self.status()["State"]) == "paused", "the pause goes on")
        for words in (["log"], ["why", "payment"]):
            told = self.tracker(*words)
            self.assertNotIn("not answered", told)
            self.assertRegex(told, r"paused:? +not over")
        self.assertIsNone(json.loads(self.tracker("log", "--json"))["gaps"][0]["answer"])
        self.tracker("resume")
        self.assertNotIn("not over", self.tracker("log"))
        self.stop_cleanly()

    def test_pause_is_undone_after_the_block(self):
        """Not a moment comes of it, none is lost, and that is said; redo leads back."""
        end = soon(40)
        self.plan(("one", "Payment retries", soon(-60), end, "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "the block runs")
        self.call("Pause")
        self.call("Resume")
        while soon(0) < end:
            time.sleep(0.2)
        until(lambda: str(self.status()["State"]) == "idle", "the block ends")
        rows = "SELECT number, start, end, evidence FROM entry ORDER BY start"
        before = self.query(rows)
        self.assertEqual(before[-1][2], int(end.timestamp()) * 1000000)
        done = subprocess.run([harness.TRACKER, "undo", "2"], env=self.environment, text=True,
                              capture_output=True, check=False, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"entry {before[-1][0]} (Payment retries): it has ended since, and its time stays; "
                      f"tracker log edit {before[-1][0]} corrects it", done.stderr)
        self.assertEqual(str(self.status()["State"]), "idle")
        self.assertEqual(self.query(rows), before)
        self.tracker("redo", "2")
        self.assertEqual(str(self.status()["State"]), "idle")
        self.assertEqual(self.query(rows), before)
        self.stop_cleanly()

    def test_changed_while_the_daemon_is_behind(self):
        """Somebody skips a block while the daemon waits for the log: seen once both are written."""
        self.plan(("one", "Next", soon(3600), soon(7200), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["NextTitle"]) == "Next", "the plan")
        self.begin("work")
        path = os.path.join(self.home, "data", "trackerd", "trackerd.db")
        other = sqlite3.connect(path, timeout=10, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        self.call("Stop")
        self.call("Reload")
        other.execute("INSERT OR REPLACE INTO block_state (block, start, end, outcome, outcome_reason,"
                      " notices, reminders) SELECT id, 0, 0, 'skipped', 'skip', 0, 0 FROM block")
        other.execute("COMMIT")
        other.close()
        until(lambda: "nothing was lost" in self.daemon.output(), "the daemon writes again")
        until(lambda: str(self.status()["NextTitle"]) == "", "what the other changed is taken up")
        self.assertEqual(self.query("SELECT end_reason FROM entry"), [("stop",)])
        self.stop_cleanly()

    def test_changed_unheard_while_the_daemon_waits_to_write(self):
        """Somebody skips a block after the daemon has looked and before it writes, and tells nobody: its own
        writing does not pass for that."""
        self.plan(("one", "Next", soon(3600), soon(7200), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["NextTitle"]) == "Next", "the plan")
        self.begin("work")
        other = sqlite3.connect(os.path.join(self.home, "data", "trackerd", "trackerd.db"), timeout=10,
                                isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT OR REPLACE INTO block_state (block, start, end, outcome, outcome_reason,"
                      " notices, reminders) SELECT id, 0, 0, 'skipped', 'skip', 0, 0 FROM block")
        stop = subprocess.Popen([harness.TRACKER, "stop"], env=self.environment, stdout=subprocess.DEVNULL)
        time.sleep(0.06)  # it waits for us now, or will find the change, or gives up for now: the same must come of it
        other.execute("COMMIT")
        other.close()
        self.assertEqual(stop.wait(60), 0)
        self.begin("more")
        until(lambda: str(self.status()["NextTitle"]) == "", "what the other changed is taken up")
        self.assertEqual(self.query("SELECT title, end_reason FROM entry ORDER BY start"),
                         [("work", "stop"), ("more", None)])
        self.stop_cleanly()

    def test_done_names_what_was_done(self):
        """What has just ended: the block, and not what was kept by hand before it; or that, when it came later."""
        self.plan(("one", "Payment retries", soon(-60), soon(8), "CATEGORIES:Focus"))
        self.tracker("task", "add", "Letter")
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "the block runs")
        self.tracker("start", "mail")
        self.tracker("stop")
        self.tracker("start")
        self.assertEqual(str(self.status()["Title"]), "Payment retries")
        until(lambda: str(self.status()["State"]) == "idle", "the block ends")
        self.assertRegex(self.tracker("done"), r"^· Done Payment retries")
        self.assertEqual(self.query("SELECT outcome, outcome_reason FROM block_state"), [("done", "done")])
        self.tracker("undo")
        self.tracker("start", "1")
        self.tracker("stop")
        outcome = self.query("SELECT outcome, outcome_reason FROM block_state")
        self.assertRegex(self.tracker("done"), r"^· Done Letter.*, and task 1 · Letter\n")
        self.assertEqual(self.query("SELECT state FROM task"), [("completed",)])
        self.assertEqual(self.query("SELECT outcome, outcome_reason FROM block_state"), outcome)
        self.stop_cleanly()

    def test_history_keeps_the_arguments(self):
        self.plan(("one", "Next", soon(3600), soon(7200), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["NextTitle"]) == "Next", "the plan")
        self.tracker("start", "stand-up", "--kind", "meeting", "--for", "50m", "--at", "-10m")
        at, = self.query("SELECT start FROM entry")[0]
        self.tracker("extend", "10m")
        self.tracker("stop")
        self.tracker("snooze", "until", "+70m")
        until_, = self.query("SELECT start FROM block_state")[0]
        self.tracker("snooze", "7m")
        self.tracker("skip", "not today")
        self.tracker("start", "mail", "--kind", "focus")
        commands = [c["command"] for c in json.loads(self.tracker("history", "--json"))]
        self.assertEqual(commands, ["start mail --kind focus", "skip not today", "snooze 7m", "snooze until " + self.clock(until_),
                                    "stop", "extend 10m",
                                    "start stand-up --kind meeting --for 50m --at " + self.clock(at)])
        self.stop_cleanly()

    def clock(self, instant):
        return datetime.datetime.fromtimestamp(
            instant // 1000000, zoneinfo.ZoneInfo(self.environment["TZ"])).strftime("%H:%M")

    def test_running_block_is_deleted(self):
        """It ends with its event; time that was kept is not taken away by a calendar."""
        self.plan(("one", "Payment retries", soon(-3), soon(12), "CATEGORIES:Focus"),
                  ("two", "Next", soon(3600), soon(7200)))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        self.plan()
        until(lambda: str(self.status()["NextTitle"]) == "", "the calendar is read")
        reason, = until(lambda: self.query("SELECT end_reason FROM entry WHERE end < ?",
                                           harness.FOREVER), "its end")[0]
        self.assertEqual(reason, "left-calendar")
        self.assertEqual(self.query("SELECT title FROM block"), [("Payment retries",)])
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
