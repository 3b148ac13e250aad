# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What logind tells of the session, lock, another user and sleep, and what is known without it."""
import json
import os
import re
import signal
import subprocess
import time

import dbus

import harness
from harness import soon, until
from presence_case import LOGIND, SESSION, PresenceCase


class Logind(PresenceCase):
    def setUp(self):
        super().setUp()
        self.start_system_bus()
        self.logind = self.start_logind()

    def test_lock_and_unlock(self):
        self.start_mutter()
        self.start()
        self.presence("active")
        self.begin("work")
        time.sleep(0.1)
        self.session_has(LockedHint=True)
        self.state("paused")
        self.assertEqual([r for r, _ in self.gaps()], ["lock"])
        self.session_has(LockedHint=False)
        self.state("running")
        self.stop_cleanly()

    def test_no_word_of_a_session_that_is_missing(self):
        self.start_mutter()
        self.start()
        until(lambda: str(self.status()["SessionSource"]) == "logind", "logind tells")
        self.assertIn("the session's by logind", self.daemon.output())
        self.assertNotIn("knows no session", self.daemon.output())
        self.stop_cleanly()

    def test_lock_that_nobody_confirms(self):
        """A screen locker that never says that it is over: the next input after a rest says it."""
        self.start_mutter()
        self.start()
        self.presence("active")
        self.session.Lock(dbus_interface=LOGIND + ".Session")
        self.presence("away")
        self.mutter("Idle", dbus.UInt64(11000))
        time.sleep(0.2)
        self.mutter("Input")
        self.presence("active")
        self.stop_cleanly()

    def test_strict_break(self):
        """Told half a minute before, then the session is locked, and the break is taken."""
        self.configure("[calendar work]\npath = %s\n[policy break]\nstrict = yes\nremind_every = 31s\n"
                       % self.calendar)
        self.start_mutter()
        self.start_server()
        self.plan(("rest", "Walk", soon(1), soon(900), "CATEGORIES:Break"))
        self.start()
        self.presence("active")
        self.wait_notice("The screen locks in 30 s")
        told = time.time()
        self.assertEqual(str(self.status()["Presence"]), "active")
        while time.time() < told + 45 and str(self.status()["Presence"]) != "away":
            time.sleep(0.2)
        self.assertGreater(time.time(), told + 25)
        self.presence("away")
        self.assertEqual(self.query("SELECT kind, start_reason FROM entry"), [("break", "lock")])
        self.stop_cleanly()

    def test_switched_away(self):
        self.start_mutter()
        self.start()
        self.presence("active")
        self.begin("work")
        time.sleep(0.1)
        self.session_has(Active=False)
        self.presence("away")
        self.state("paused")
        self.session_has(LockedHint=True)
        self.session_has(Active=True)
        time.sleep(0.2)
        self.assertEqual(str(self.status()["State"]), "paused", "the screen is locked still")
        self.session_has(LockedHint=False)
        self.presence("active")
        self.state("running")
        self.stop_cleanly()
        self.assertEqual([r for r, _ in self.gaps()], ["switched-away"])
        self.assertEqual(self.query("SELECT end_reason FROM entry ORDER BY start LIMIT 1"),
                         [("switched-away",)])
        told = subprocess.run([harness.TRACKER, "log", "--json"], env=self.environment, check=True,
                              capture_output=True, text=True).stdout
        self.assertIn('"switched-away"', told)

    def test_without_a_source_unlocked_is_no_evidence(self):
        self.start()
        self.presence("unknown")
        self.session_has(LockedHint=True)
        self.presence("away")
        self.session_has(LockedHint=False)
        self.presence("unknown")
        self.stop_cleanly()

    def test_sleep_waits_for_the_last_mark(self):
        self.start()
        self.begin("work")
        until(lambda: ("sleep", "trackerd", "delay") in self.inhibitors(), "sleep is put off")
        time.sleep(0.2)
        before = time.time()
        self.manager.EmitSignal(LOGIND + ".Manager", "PrepareForSleep", "b",
                                dbus.Array([True], signature="v"), dbus_interface=harness.MOCK)
        until(lambda: self.inhibitors() == [], "it may sleep")
        mark, = self.query("SELECT mark FROM machine")[0]
        self.assertGreaterEqual(mark / 1e6, before - 0.1)
        self.manager.EmitSignal(LOGIND + ".Manager", "PrepareForSleep", "b",
                                dbus.Array([False], signature="v"), dbus_interface=harness.MOCK)
        until(lambda: ("sleep", "trackerd", "delay") in self.inhibitors(), "put off again")
        self.stop_cleanly()

    def prepare_for_sleep(self, begins):
        self.manager.EmitSignal(LOGIND + ".Manager", "PrepareForSleep", "b",
                                dbus.Array([begins], signature="v"), dbus_interface=harness.MOCK)

    def add_hook(self, event):
        """Notes each time and why it was called."""
        folder = os.path.join(self.home, "config", "trackerd", "hooks", event + ".d")
        os.makedirs(folder, mode=0o700)
        with open(os.path.join(folder, "note"), "w", encoding="utf-8") as handle:
            handle.write(f"#!/bin/sh\njq -r .reason >> '{self.home}/{event}'\n")
            os.fchmod(handle.fileno(), 0o700)

    def noted(self, event):
        path = os.path.join(self.home, event)
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as handle:
            return handle.read().split()

    def sleep_and_wake(self, presence):
        """Sleep is being away from when it begins, and hooks are told then, not on waking."""
        self.add_hook("away")
        self.add_hook("back")
        self.start()
        self.presence(presence)
        self.begin("work")
        time.sleep(0.2)
        before = time.time()
        self.prepare_for_sleep(True)
        self.state("paused")
        until(lambda: self.noted("away") == ["sleep"], "hooks are told before it sleeps")
        self.assertEqual(self.noted("back"), [])
        self.assertEqual(str(self.status()["Presence"]), "away")
        time.sleep(1)
        self.prepare_for_sleep(False)
        self.presence(presence)
        self.state("running")
        until(lambda: self.noted("back") == ["back"], "hooks are told that it is over")
        self.stop_cleanly()
        (start, end, reason), = self.query("SELECT start, end, reason FROM gap")
        self.assertEqual(reason, "sleep")
        self.assertAlmostEqual(start / 1e6, before, delta=5)
        self.assertGreater(end - start, 1000000)
        self.assertEqual(self.noted("away"), ["sleep"])

    def test_sleep_is_away(self):
        self.start_mutter()
        self.sleep_and_wake("active")

    def test_sleep_without_a_source(self):
        self.sleep_and_wake("unknown")

    def sleeps_for_minutes(self, *events):
        """Half a minute a second; nothing runs while it sleeps."""
        import test_life
        self.start_server()
        self.start_mutter()
        self.plan(*events)
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME="+0 x30",
                   ASAN_OPTIONS=test_life.asan_after_preload())
        self.presence("active")
        if not events:
            self.begin("work")
        self.state("running")
        time.sleep(1)
        self.prepare_for_sleep(True)
        until(lambda: self.inhibitors() == [], "it may sleep")
        self.daemon.send(signal.SIGSTOP)
        time.sleep(12)
        self.daemon.send(signal.SIGCONT)
        self.prepare_for_sleep(False)
        self.presence("active")
        self.state("running")
        self.stop_cleanly()
        rows = self.query("SELECT start, end, '' FROM entry UNION ALL SELECT start, end, reason FROM gap ORDER BY 1")
        self.assertEqual([end for _, end, _ in rows[:-1]], [start for start, _, _ in rows[1:]])
        asleep = [end - start for start, end, reason in rows if reason == "sleep"]
        self.assertEqual(len(asleep), 1, rows)
        self.assertGreater(asleep[0], 5 * 60 * 1000000)
        return rows

    def test_sleeps_in_focus(self):
        """One gap, and one question about it."""
        self.sleeps_for_minutes()
        self.assertEqual([re.sub(r" \d+ min.*", "", title) for _, title, *_ in self.notices()
                          if not title.startswith("work")], ["You were away"])

    def test_sleeps_in_a_meeting(self):
        """Where being away is ignored sleep is none the less no meeting."""
        self.sleeps_for_minutes(("one", "Planning", soon(-60), soon(7200), "CATEGORIES:Meeting"))

    def test_logind_goes_in_sleep(self):
        """It never says that the machine woke up: that it is gone is enough."""
        self.start_mutter()
        self.start()
        self.presence("active")
        self.begin("work")
        self.prepare_for_sleep(True)
        self.state("paused")
        self.logind.end(signal.SIGKILL)
        self.state("running")
        self.stop_cleanly()

    def test_logind_goes_and_returns(self):
        """While it is gone nothing holds the user."""
        self.start_mutter()
        self.start()
        self.presence("active")
        self.session_has(LockedHint=True)
        self.presence("away")
        self.logind.end(signal.SIGKILL)
        self.presence("active")
        self.stop_cleanly()


class WithoutLogind(PresenceCase):
    """What is known without it is kept, and nothing else; doctor says what is not. Half a minute a second."""

    def doctor(self):
        """Of the part that tells of lock and sleep."""
        said = subprocess.run([harness.TRACKER, "doctor", "--json"], env=self.environment, check=False,
                              capture_output=True, text=True).stdout
        return next((part["state"], part["text"]) for part in json.loads(said) if part["part"] == "lock and sleep")

    def session_source(self, wanted):
        until(lambda: str(self.status()["SessionSource"]) == wanted, f"of the session tells {wanted}")

    def work(self):
        import test_life
        self.configure(f"[calendar work]\npath = {self.calendar}\n")
        self.start_mutter()
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME="+0 x30",
                   ASAN_OPTIONS=test_life.asan_after_preload())
        self.presence("active")
        self.begin("work")

    def away_and_asleep(self):
        """Ten minutes away, then more than five asleep: neither is work."""
        time.sleep(0.5)
        self.mutter("Idle", dbus.UInt64(600000))
        self.state("paused")
        self.mutter("Input")
        self.state("running")
        time.sleep(1)
        self.daemon.send(signal.SIGSTOP)
        time.sleep(12)
        self.daemon.send(signal.SIGCONT)
        until(lambda: "sleep" in [reason for reason, _ in self.gaps()], "sleep is found")
        self.stop_cleanly()
        self.assertEqual([reason for reason, _ in self.gaps()], ["away", "sleep"])
        asleep, = self.query("SELECT end - start FROM gap WHERE reason = 'sleep'")[0]
        self.assertGreater(asleep, 5 * 60 * 1000000)
        rows = self.query("SELECT start, end FROM entry UNION ALL SELECT start, end FROM gap ORDER BY start")
        self.assertEqual([end for _, end in rows[:-1]], [start for start, _ in rows[1:]], "nothing twice, nothing lost")

    def test_no_system_bus(self):
        self.work()
        self.session_source("none: there is no system bus")
        state, text = self.doctor()
        self.assertEqual(state, "warning")
        self.assertIn("(there is no system bus)", text)
        self.away_and_asleep()

    def test_no_logind(self):
        self.start_system_bus()
        self.work()
        self.session_source("none: logind does not run")
        state, text = self.doctor()
        self.assertEqual(state, "warning")
        self.assertIn("(logind does not run)", text)
        self.away_and_asleep()

    def test_logind_is_slow(self):
        """Who was asked just now is not yet said to be silent."""
        self.start_system_bus()
        logind = self.start_logind()
        logind.send(signal.SIGSTOP)
        self.start_mutter()
        self.start()
        self.session_source("none: logind has not answered yet")
        logind.send(signal.SIGCONT)
        self.session_source("logind")
        self.stop_cleanly()

    def test_comes_and_goes(self):
        self.start_system_bus()
        self.start_mutter()
        self.start()
        self.session_source("none: logind does not run")
        logind = self.start_logind(session=False)
        self.session_source("none: logind knows no session of yours at a screen")
        self.add_session()
        self.manager.EmitSignal(LOGIND + ".Manager", "SessionNew", "so",
                                dbus.Array(["c1", dbus.ObjectPath(SESSION)], signature="v"),
                                dbus_interface=harness.MOCK)
        self.session_source("logind")
        self.assertEqual(self.doctor(), ("ok", "told by logind, and so is which program keeps the screen awake"))
        self.session_has(LockedHint=True)
        self.presence("away")
        logind.end(signal.SIGKILL)
        self.session_source("none: logind does not run")
        self.presence("active")
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
