# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tracker history --why: each reason why somebody was told, and why not, with the real daemon."""
import json
import os
import signal
import sqlite3
import subprocess
import time

from harness import MOCK, NOTIFICATIONS, PATIENCE, TRACKER, DaemonCase, main, soon, until
from presence_case import PresenceCase

import dbus


class Why(DaemonCase):
    def tracker(self, *words):
        done = subprocess.run([TRACKER, *words], env=self.environment, capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def why(self, what="Retries"):
        """The one block that is meant."""
        (block,) = json.loads(self.tracker("history", "--why", what, "--json"))
        return block

    def start_notice(self):
        found = [n for n in self.why()["notices"] if n["kind"] == "start"]
        return found[-1] if found else None

    def answered(self):
        return until(lambda: (self.start_notice() or {}).get("answer"), "the answer in the log")

    def run_block(self, *lines, configuration="", server=True):
        """A focus block that begins in a moment, announced or not."""
        if configuration:
            self.configure("[calendar work]\npath = " + self.calendar + "\n" + configuration)
        self.plan(("a", "Retries", soon(2), soon(1200), "CATEGORIES:focus", *lines))
        if server:
            self.start_server()
        self.start()
        if server and not configuration:
            return self.wait_notice("Retries")
        return None

    def test_told_and_what_the_button_did(self):
        number = self.run_block()[0]
        until(lambda: (self.start_notice() or {}).get("shown"), "confirmed")
        self.assertIsNone(self.start_notice()["answer"])
        self.assertIn("; no answer — [policy focus] notify_start = yes", self.tracker("history", "--why", "Retries"))
        self.click(max(number, 1), "skip")
        self.assertEqual(self.answered(), "skip")
        block = self.why()
        self.assertTrue(block["told"])
        self.assertEqual((block["outcome"], block["why_not"]), ("skipped", None))
        notice = self.start_notice()
        self.assertEqual((notice["rule"], notice["withheld"]), ("[policy focus] notify_start = yes", False))
        self.assertRegex(notice["backend"], "^mock")
        self.assertRegex(self.tracker("history", "--why"), r"start, shown by mock[^;]*; skip at \d\d:\d\d — ")

    def test_a_command_is_an_answer(self):
        self.run_block()
        until(lambda: (self.start_notice() or {}).get("shown"), "confirmed")
        self.tracker("stop")
        self.assertEqual(self.answered(), "stop")

    def test_dismissed(self):
        self.run_block()
        until(lambda: (self.start_notice() or {}).get("shown"), "confirmed")
        self.server.EmitSignal(NOTIFICATIONS, "NotificationClosed", "uu",
                               dbus.Array([dbus.UInt32(1), dbus.UInt32(2)], signature="v"), dbus_interface=MOCK)
        self.assertEqual(self.answered(), "dismissed")

    def test_do_not_disturb_is_told_apart(self):
        """The server's name is its name; that it may not have been seen is said beside it."""
        self.configure("[calendar work]\npath = " + self.calendar
                       + "\n[policy focus]\ndo_not_disturb = yes\n")
        self.plan(("a", "Retries", soon(2), soon(1200), "CATEGORIES:focus"))
        self.start_server()
        self.start()
        self.wait_notice("Retries")
        until(lambda: (self.start_notice() or {}).get("shown"), "confirmed")
        notice = self.start_notice()
        self.assertTrue(notice["quiet"])
        self.assertNotIn("disturb", notice["backend"])
        self.assertRegex(self.tracker("history", "--why"),
                         "start, shown by mock[^;]* while do-not-disturb was wanted; no answer")

    def test_nobody_shows_notices(self):
        self.run_block(server=False)
        until(lambda: (self.start_notice() or {}).get("backend"), "the failure in the log")
        block = self.why()
        self.assertFalse(block["told"])
        self.assertRegex(block["why_not"], "^not shown: failed: ")
        self.assertIn("its start was not told: not shown: failed", self.tracker("history", "--why", "Retries"))

    def test_the_configuration_wants_none(self):
        self.run_block(configuration="[policy focus]\nnotify_start = no\n")
        notice = until(self.start_notice, "the decision in the log")
        self.assertEqual((notice["withheld"], notice["rule"]), (True, "[policy focus] notify_start = no"))
        self.assertEqual(self.why()["why_not"], "the configuration wants none")

    def test_the_daemon_was_not_running(self):
        self.plan()
        self.start()
        self.stop_cleanly()
        self.plan(("a", "Retries", soon(1), soon(3), "CATEGORIES:focus"))
        time.sleep(8)  # later than a start that is merely a little late
        self.start()
        self.assertRegex(self.why()["why_not"],
                         r"^trackerd was not running between \d\d:\d\d \(last sign of life\) and \d\d:\d\d$")

    def test_the_daemon_was_killed(self):
        self.plan(("a", "Retries", soon(3), soon(5), "CATEGORIES:focus"))
        self.start()
        self.daemon.end(signal.SIGKILL)
        time.sleep(10)
        self.start()
        until(lambda: self.query("SELECT 1 FROM block_state WHERE outcome = 'missed'"), "missed")
        self.assertRegex(self.why()["why_not"], r"^trackerd was not running between ")

    def test_before_anybody_kept_time(self):
        self.plan(("a", "Retries", soon(-3600), soon(-1800), "CATEGORIES:focus"))
        self.assertEqual(self.why()["why_not"], "nobody kept time yet")

    def test_what_is_to_come_and_what_was_taken_out(self):
        self.plan(("a", "Retries", soon(240), soon(1200), "CATEGORIES:focus"))
        self.start_server()
        self.start()
        self.wait_notice("Retries")
        self.assertEqual(self.why()["why_not"], "it has not begun")
        self.assertEqual([n["rule"] for n in self.why()["notices"]], ["[policy focus] lead = 5m"])
        self.plan()
        until(lambda: self.query("SELECT 1 FROM block_state WHERE outcome = 'cancelled'"), "cancelled")
        self.assertEqual(self.why()["why_not"], "it left the calendar")
        self.assertEqual(self.why()["notices"][0]["answer"], "withdrawn")

    def test_an_alarm_of_the_event(self):
        self.plan(("a", "Retries", soon(240), soon(1200), "CATEGORIES:focus", "BEGIN:VALARM", "ACTION:DISPLAY",
                   "DESCRIPTION:x", "TRIGGER:-PT5M", "END:VALARM"))
        self.start()
        until(lambda: self.why()["notices"], "the notice")
        self.assertEqual(self.why()["notices"][0]["rule"], "an alarm of the event (VALARM)")

    def test_while_it_waits_for_its_turn(self):
        """The start of the block before it was told some seconds ago, and no two notices come in a minute."""
        self.plan(("a", "Early", soon(3), soon(6), "CATEGORIES:focus"),
                  ("b", "Retries", soon(6), soon(1200), "CATEGORIES:focus"))
        self.start_server()
        self.start()
        self.wait_notice("Early")
        until(self.start_notice, "the start in the log")
        self.assertRegex(self.why()["why_not"],
                         r"^it waits for its turn \(one notice a minute: not before \d\d:\d\d\)$")
        self.assertEqual((self.start_notice()["withheld"], self.start_notice()["reason"]), (True, "turn"))
        self.assertRegex(self.tracker("history", "--why", "Retries"),
                         r"start, not given at once: it had to wait for its turn — one notice a minute: not before \d\d:")

    def test_killed_while_it_waits_for_its_turn(self):
        """Two minutes later nobody waits any more, be the block over or not."""
        self.plan(("a", "Early", soon(3), soon(6), "CATEGORIES:focus"),
                  ("b", "Retries", soon(6), soon(1200), "CATEGORIES:focus"))
        self.start_server()
        self.start()
        self.wait_notice("Early")
        until(self.start_notice, "the start in the log")
        self.daemon.end(signal.SIGKILL)
        with sqlite3.connect(os.path.join(self.home, "data", "trackerd", "trackerd.db")) as log:
            log.execute("UPDATE notice SET at = at - 180000000 WHERE reason = 'turn'")
        log.close()
        said = self.tracker("history", "--why", "Retries")
        self.assertIn("its start was not told: it waited for its turn, and trackerd ended before that came", said)
        self.assertNotIn("it waits", said)

    def test_lead_of_what_came_late(self):
        self.plan()
        self.start()
        self.plan(("a", "Retries", soon(-60), soon(1200), "CATEGORIES:focus"))
        until(self.start_notice, "the start in the log")
        self.assertRegex(self.tracker("history", "--why", "Retries"),
                         r"lead, not given: its event came into the calendar at \d\d:\d\d, when that was over")

    def test_words(self):
        self.plan()
        self.assertEqual(self.tracker("history", "--why", "03:00"), "Nothing was planned: 03:00.\n")
        self.assertEqual(json.loads(self.tracker("history", "--why", "--json")), [])
        for words, status in ((("history", "x"), 2), (("history", "--why", "no such thing"), 4)):
            done = subprocess.run([TRACKER, *words], env=self.environment, capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)


class WhyOfBreaks(PresenceCase):
    tracker, why, start_notice = Why.tracker, Why.why, Why.start_notice

    def over_soon(self):
        self.plan(("walk", "Walk", soon(2), soon(6), "CATEGORIES:break"))
        return until(lambda: [n for n in self.query("SELECT withheld FROM notice WHERE kind = 'start'")], "its start")

    def test_what_was_a_break_is_named(self):
        """Nothing was planned in that time: the log has no gap of it."""
        self.start_mutter()
        self.start()
        self.presence("active")
        time.sleep(3)
        self.mutter("Idle", dbus.UInt64(2500))
        self.presence("away")
        time.sleep(4)
        self.mutter("Input")
        self.presence("active")
        self.assertEqual(self.over_soon(), [(1,)])
        self.assertRegex(self.why("Walk")["why_not"], r"^the break was taken already: away \d\d:\d\d–\d\d:\d\d$")
        self.assertRegex(self.tracker("why", "Walk"), r"outcome +done: away \d\d:\d\d–\d\d:\d\d\n")
        (event,) = json.loads(self.tracker("why", "Walk", "--json"))
        self.assertRegex(event["rest"], r"^away \d\d:\d\d–\d\d:\d\d$")
        self.stop_cleanly()

    def test_what_was_before_the_daemon_is_none(self):
        self.start_mutter()
        self.mutter("Idle", dbus.UInt64(3600000))
        self.start()
        self.presence("away")
        self.mutter("Input")
        self.presence("active")
        self.assertEqual(self.over_soon(), [(0,)])
        self.stop_cleanly()


if __name__ == "__main__":
    main()
