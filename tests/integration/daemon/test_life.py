# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start, end, crash; one writer a home; a bus that comes and goes; a log that cannot be used."""
import datetime
import fcntl
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import time
import zoneinfo

import dbus

import harness
from harness import soon, until


class Life(harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.plan()

    def log_path(self):
        return os.path.join(self.home, "data", "trackerd", "trackerd.db")

    def test_sigterm_closes_the_open_entry(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            self.start()
            self.begin("work")
            before = time.time()
            self.assertEqual(self.daemon.end(number), 0)
            end, reason = self.query("SELECT end, end_reason FROM entry ORDER BY start DESC")[0]
            self.assertEqual(reason, "shutdown")
            self.assertLess(abs(end / 1e6 - before), 2.0)
            time.sleep(0.01)
        self.check_log()

    def test_paused_keeps_its_name(self):
        """What was started by hand is in no plan: its name is still told while it is paused."""
        self.start()
        self.begin("fix login", length=3600 * 1000000)
        running = self.status()
        self.call("Pause")
        paused = self.status()
        self.assertEqual((paused["State"], paused["PausedBy"]), ("paused", "pause"))
        self.assertEqual((paused["Title"], paused["Kind"], paused["Until"]),
                         ("fix login", running["Kind"], running["Until"]))
        self.assertGreaterEqual(paused["Since"], running["Since"])
        self.assertEqual((running["Kept"], paused["Kept"]), (0, paused["Since"] - running["Since"]))
        self.call("Resume")
        self.assertEqual([now["Start"] for now in (paused, self.status())], [running["Since"]] * 2)
        self.assertEqual(self.status()["Title"], "fix login")
        self.stop_cleanly()

    def test_second_instance(self):
        first = self.start()
        second = self.launch()
        self.assertEqual(second.child.wait(harness.PATIENCE), 0)
        self.assertIn(f"already running (process {first.child.pid})", second.output())
        self.daemon = first
        self.stop_cleanly()

    def test_many_at_once(self):
        """One of them keeps time, the others say who it is."""
        many = [self.spawn(f"daemon{i}", harness.TRACKERD) for i in range(8)]
        until(lambda: sum(p.alive() for p in many) == 1, "one is left")
        until(lambda: self.owner(harness.NAME), "it serves")
        rest = [p for p in many if not p.alive()]
        self.assertTrue(all(p.child.returncode == 0 for p in rest))
        self.assertTrue(all("already running" in p.output() for p in rest))
        self.daemon = next(p for p in many if p.alive())
        self.stop_cleanly()

    def test_a_first_command_goes_first(self):
        """It writes the log beside its name, and what it has saved is what the daemon goes on with."""
        other = os.path.join(self.home, "other")
        subprocess.run([harness.TRACKER, "task", "add", "mine"], check=True, timeout=60,
                       env={**self.environment, "XDG_DATA_HOME": other})
        folder = os.path.dirname(self.log_path())
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(self.log_path() + ".new", "wb") as draft:
            fcntl.flock(draft, fcntl.LOCK_EX)
            self.launch()
            until(lambda: os.path.exists(os.path.join(folder, "trackerd.lock")), "the daemon's lock")
            for _ in range(50):
                self.assertFalse(os.path.exists(self.log_path()), "a log of the daemon's own")
                time.sleep(0.01)
            os.rename(os.path.join(other, "trackerd", "trackerd.db"), self.log_path())
            os.unlink(draft.name)
        until(lambda: self.owner(harness.NAME), "the daemon on the bus")
        self.assertEqual(self.query("SELECT title FROM task"), [("mine",)])
        self.stop_cleanly()

    def test_other_home_on_the_same_bus(self):
        self.start()
        other = os.path.join(self.home, "other")
        second = self.launch(XDG_DATA_HOME=other)
        self.assertEqual(second.child.wait(harness.PATIENCE), 0)
        self.assertIn("nothing to do", second.output())

    def test_killed_at_any_moment(self):
        """kill -9 while commands are written: what was acknowledged is there, nothing is half."""
        acknowledged = []
        for i in range(50):
            self.start()
            title = f"round {i}"
            try:
                self.begin(title)
                acknowledged.append(title)
                if i % 3:
                    self.call("Pause")
                    self.call("Resume")
            finally:
                pass
            proxy = self.bus.get_object(harness.NAME, harness.PATH, introspect=False)
            proxy.get_dbus_method("Stop" if i % 2 else "Pause", harness.NAME)(ignore_reply=True)
            self.bus.flush()
            time.sleep(random.random() * 0.02)
            self.daemon.end(signal.SIGKILL)
            until(lambda: not self.owner(harness.NAME), "it is gone")
        self.check_log()
        titles = {t for t, in self.query("SELECT DISTINCT title FROM entry")}
        self.assertEqual(set(acknowledged) - titles, set())
        self.assertLessEqual(len(self.query("SELECT 1 FROM entry WHERE end = ?",
                                            harness.FOREVER)), 1)
        self.start()
        self.stop_cleanly()

    def test_crash_ends_at_the_last_mark(self):
        """Found an hour later, the open entry ends where it was last known to be true."""
        self.plan(("one", "Long", soon(-60), soon(3 * 3600), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        mark, = self.query("SELECT mark FROM machine")[0]
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        self.start(LD_PRELOAD=harness_faketime(), FAKETIME="+1h", FAKETIME_NO_CACHE="1",
                   DONT_FAKE_MONOTONIC="1", ASAN_OPTIONS=asan_after_preload())
        end, reason = until(lambda: self.query(
            "SELECT end, end_reason FROM entry WHERE end < ? ORDER BY start",
            harness.FOREVER), "the entry is closed")[0]
        self.assertEqual((end, reason), (mark, "not-running"))
        gap = self.query("SELECT start, end - start, reason, answer FROM gap ORDER BY start")
        self.assertEqual(gap[0][0], mark)
        self.assertGreater(gap[0][1], 3500e6)
        self.assertEqual((gap[0][2], gap[0][3]), ("not-running", "none"))
        self.stop_cleanly()

    def said(self, *words, **more):
        done = subprocess.run([harness.TRACKER, *words], env={**self.environment, **more}, text=True,
                              capture_output=True, timeout=60, check=True)
        return " ".join(done.stdout.split())

    def test_log_of_another_machine(self):
        """Copied while time was kept there, or under a name that this machine had: what was open ended at its
        last mark, runs nowhere, and is in the way of nothing."""
        self.start()
        self.begin("there")
        self.daemon.end(signal.SIGKILL)
        with sqlite3.connect(self.log_path()) as log:
            log.execute("INSERT INTO machine (id, mark) SELECT 'other', start - 10800000000 FROM entry")
            log.execute("UPDATE entry SET machine = 'other', start = start - 14400000000")
        log.close()

        def kept():
            said = subprocess.run([harness.TRACKER, "log", "-2d..today", "--json"], env=self.environment,
                                  capture_output=True, text=True, check=True, timeout=60).stdout
            return [(entry["title"], entry["length"], entry["open"], entry["end_reason"])
                    for entry in json.loads(said)["entries"]]

        self.assertEqual(kept(), [("there", 3600, False, "not-running")])
        self.start()
        self.assertEqual(str(self.status()["State"]), "idle")
        self.begin("here")
        until(lambda: len(kept()) == 2, "the new entry in the log")
        self.assertEqual(self.daemon.end(), 0)
        self.assertEqual([row[2] for row in kept()], [False, False])
        self.assertEqual(self.query("SELECT title, end_reason FROM entry ORDER BY start"),
                         [("there", None), ("here", "shutdown")])

    def test_killed_under_something_without_an_end(self):
        """It left no gap, so nobody is sent to look for one."""
        self.plan()
        self.start()
        self.call("Start", "manual thing", dbus.Int64(0), "", dbus.Int64(0),
                  dbus.Int64((int(time.time()) - 60) * 1000000))
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        later = {"LD_PRELOAD": harness_faketime(), "FAKETIME": "+200s", "FAKETIME_NO_CACHE": "1",
                 "DONT_FAKE_MONOTONIC": "1", "ASAN_OPTIONS": asan_after_preload()}
        self.start(**later)
        until(lambda: self.query("SELECT 1 FROM entry WHERE end_reason = 'not-running'"), "it is closed")
        said = self.said(**later)
        self.assertIn("manual thing ended at", said)
        self.assertNotIn("tracker gaps", said)
        self.assertEqual(str(self.status()["State"]), "idle")
        self.stop_cleanly()

    def test_killed_under_something_by_hand(self):
        """While nobody keeps time only what is known counts; what was to go on is asked about."""
        later = {"LD_PRELOAD": harness_faketime(), "FAKETIME": "+200s", "FAKETIME_NO_CACHE": "1",
                 "DONT_FAKE_MONOTONIC": "1", "ASAN_OPTIONS": asan_after_preload()}
        self.plan()
        self.start()
        self.begin("manual thing", length=50 * 60 * 1000000)
        mark, = self.query("SELECT mark FROM machine")[0]
        start, = self.query("SELECT start FROM entry")[0]
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        mark, = self.query("SELECT mark FROM machine")[0]
        with self.subTest("dead"):
            # No look for a daemon there: the bus would start none, but the times are the log's.
            entry, = json.loads(self.said("log", "--json", **later))["entries"]
            self.assertEqual((entry["open"], entry["end"]), (True, None))
            self.assertLess(entry["length"], 100)
            self.assertAlmostEqual(entry["length"], (mark - start) / 1e6, delta=1)
            self.assertIn("nobody is keeping time", self.said("log", **later))
            said = self.said(**later)
            self.assertIn("manual thing (since ", said)
            self.assertIn("last known awake", said)
            today = json.loads(self.said("status", "--json", **later))["today"]
            self.assertLess(today["work"], 100)
            self.assertLess(json.loads(self.said("report", "--json", **later))["work"], 100)
            self.assertIn("Nobody is keeping time", self.said("report", **later))
        self.start(**later)
        end, reason = until(lambda: self.query("SELECT end, end_reason FROM entry WHERE end < ?",
                                               harness.FOREVER), "the entry is closed")[0]
        self.assertEqual((end, reason), (mark, "not-running"))
        gap, = until(lambda: self.query("SELECT start, end - start, reason, answer FROM gap"), "a gap")
        self.assertEqual((gap[0], gap[2:]), (mark, ("not-running", "none")))
        self.assertGreater(gap[1], 190e6)
        said = self.said(**later)
        self.assertIn("manual thing ended at", said)
        self.assertIn("to say what was then: tracker gaps", said)
        self.assertIn("not running", self.said("gaps", **later))
        self.said("answer", "discard", **later)
        self.assertNotIn("manual thing ended at", self.said(**later))
        self.stop_cleanly()

    def test_stopped_in_order_is_no_power_cut(self):
        """Ended by SIGTERM within a block and started an hour later: the gap says so."""
        self.plan(("one", "Long", soon(-60), soon(3 * 3600), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        time.sleep(1.1)
        self.stop_cleanly()
        end, = self.query("SELECT max(end) FROM entry")[0]
        self.start(LD_PRELOAD=harness_faketime(), FAKETIME="+1h", FAKETIME_NO_CACHE="1",
                   DONT_FAKE_MONOTONIC="1", ASAN_OPTIONS=asan_after_preload())
        gap = until(lambda: self.query("SELECT start, reason, answer FROM gap"), "the gap")
        self.assertEqual(gap, [(end, "shutdown", "none")])
        self.stop_cleanly()

    def start_an_hour_later(self):
        self.start(LD_PRELOAD=harness_faketime(), FAKETIME="+1h", FAKETIME_NO_CACHE="1",
                   DONT_FAKE_MONOTONIC="1", ASAN_OPTIONS=asan_after_preload())

    def test_stopped_in_order_while_nothing_ran(self):
        """No entry was open when it was stopped: the hour after it is no power cut either."""
        self.plan(("one", "Later", soon(600), soon(3 * 3600), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["NextTitle"]) == "Later", "the plan")
        self.stop_cleanly()
        self.start_an_hour_later()
        gap = until(lambda: self.query("SELECT reason, answer FROM gap"), "the gap")
        self.assertEqual(gap, [("shutdown", "none")])
        self.stop_cleanly()

    def test_stopped_in_order_while_paused(self):
        self.plan(("one", "Long", soon(-60), soon(3 * 3600), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        self.call("Pause")
        time.sleep(0.1)
        self.stop_cleanly()
        self.start_an_hour_later()
        gaps = until(lambda: (lambda rows: len(rows) > 1 and rows)(
            self.query("SELECT reason, end = ? FROM gap ORDER BY start", harness.FOREVER)), "the gaps")
        self.assertEqual(gaps, [("pause", False), ("pause", True)])
        self.assertEqual(str(self.status()["State"]), "paused")
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        self.start_an_hour_later()
        self.assertEqual((str(self.status()["State"]), str(self.status()["Title"])), ("paused", "Long"))
        self.call("Resume")
        self.assertEqual(str(self.status()["State"]), "running")
        self.stop_cleanly()

    def answer(self, *words):
        """What tracker answer says an hour later."""
        done = subprocess.run([harness.TRACKER, "answer", *words], capture_output=True, text=True, check=False,
                              timeout=harness.PATIENCE, env={
                                  **self.environment, "LD_PRELOAD": harness_faketime(), "FAKETIME": "+1h",
                                  "DONT_FAKE_MONOTONIC": "1", "ASAN_OPTIONS": asan_after_preload()})
        return done.stdout, done.stderr

    def test_an_answer_says_what_it_booked(self):
        """The time away that was asked about, its length, and as what it stands in the log now."""
        for word, said, entries in (("worked", r" worked, Long\n", [("Long", "focus")]),
                                    ("break", r" a break\n", [("Break", "break")]),
                                    ("discard", r" not work\n", [])):
            with self.subTest(word):
                self.plan(("one", "Long", soon(-60), soon(3 * 3600), "CATEGORIES:Focus"))
                self.start()
                until(lambda: str(self.status()["State"]) == "running", "time is kept")
                time.sleep(1.1)
                self.stop_cleanly()
                self.start_an_hour_later()
                start, end = until(lambda: self.query("SELECT start, end FROM gap WHERE end < ?",
                                                      harness.FOREVER), "the gap")[0]
                text, refusal = self.answer(word)
                self.assertEqual(refusal, "")
                self.assertRegex(text, r"(?m)^\d\d:\d\d–\d\d:\d\d  (1 h|59 min|1 h 0\d)" + said)
                self.assertEqual(self.query("SELECT answer FROM gap"), [(word,)])
                self.assertEqual(self.query("SELECT title, kind FROM entry WHERE start >= ? AND end <= ?",
                                            start, end), entries)
                self.assertEqual(self.answer(word), ("", "tracker: no gap waits for an answer\n"))
                self.stop_cleanly()
                shutil.rmtree(os.path.join(self.home, "data"))
                os.mkdir(os.path.join(self.home, "data"), 0o700)

    def test_an_answer_names_what_was_not_written(self):
        """What the user wrote into the time away is no part of the answer, nor of what it says."""
        self.plan(("one", "Long", soon(-60), soon(3 * 3600), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        time.sleep(1.1)
        self.stop_cleanly()
        self.start_an_hour_later()
        start, = until(lambda: self.query("SELECT start FROM gap WHERE end < ?", harness.FOREVER), "the gap")[0]
        clock = [datetime.datetime.fromtimestamp(start // 1000000 // 60 * 60 + minutes * 60,
                                                 zoneinfo.ZoneInfo(self.environment["TZ"])).strftime("%H:%M")
                 for minutes in (0, 10, 20)]
        done = subprocess.run([harness.TRACKER, "log", "add", f"{clock[1]}-{clock[2]}", "Call"], check=False,
                              capture_output=True, text=True, timeout=harness.PATIENCE, env={
                                  **self.environment, "LD_PRELOAD": harness_faketime(), "FAKETIME": "+1h",
                                  "DONT_FAKE_MONOTONIC": "1", "ASAN_OPTIONS": asan_after_preload()})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        text, refusal = self.answer("worked")
        self.assertEqual(refusal, "")
        self.assertRegex(text, rf"(?m)^{clock[0]}–{clock[1]}  (9|10) min worked, Long\n"
                               rf"{clock[2]}–\d\d:\d\d  (39|40|41) min worked, Long\n")
        self.stop_cleanly()

    def test_killed_while_nothing_ran(self):
        self.plan(("one", "Later", soon(600), soon(3 * 3600), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["NextTitle"]) == "Later", "the plan")
        self.stop_cleanly()
        self.start()
        until(lambda: str(self.status()["NextTitle"]) == "Later", "the plan")
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        self.start_an_hour_later()
        gap = until(lambda: self.query("SELECT reason, answer FROM gap"), "the gap")
        self.assertEqual(gap, [("not-running", "none")])
        self.stop_cleanly()

    def test_stopped_process_is_absence(self):
        """SIGSTOP in place of sleep: the time meanwhile is a gap, not work. A minute a second."""
        self.start(LD_PRELOAD=harness_faketime(), FAKETIME="+0 x60",
                   ASAN_OPTIONS=asan_after_preload())
        self.begin("work")
        time.sleep(2)
        self.daemon.send(signal.SIGSTOP)
        time.sleep(6)
        self.daemon.send(signal.SIGCONT)
        length, reason = until(lambda: self.query("SELECT end - start, reason FROM gap"),
                               "the gap is known")[0]
        self.assertEqual(reason, "sleep")
        worked = self.query("SELECT sum(end - start) FROM entry WHERE end < ?", harness.FOREVER)
        self.assertLess(worked[0][0] / 60e6, 5.5, "minutes of work in five of eight seconds")
        self.check_log()
        self.stop_cleanly()

    def test_verbose_is_ours(self):
        """What GLib says of itself is no decision of the daemon; who asks for it by name gets it."""
        for more, others in (({}, False), ({"G_MESSAGES_DEBUG": "all"}, True)):
            self.start(**more)
            self.begin("work")
            self.stop_cleanly()
            domains = set(re.findall(r"\): ([^ ]+)-(?:DEBUG|INFO)", self.daemon.output()))
            self.assertIn("trackerd", domains)
            self.assertEqual(len(domains) > 1, others, domains)

    def test_reload_signal(self):
        self.start()
        self.plan(("one", "New", soon(3600), soon(7200)))
        self.daemon.send(signal.SIGHUP)
        until(lambda: str(self.status()["NextTitle"]) == "New", "the new plan")
        self.stop_cleanly()

    def test_limit_survives_reload(self):
        """Reload after a command that has nothing to do with the running entry changes nothing."""
        self.start()
        self.begin("work", length=50 * 60 * 1000000)
        until_before = int(self.status()["Until"])
        self.assertLess(until_before, harness.FOREVER)
        self.call("Reload")
        self.assertEqual(int(self.status()["Until"]), until_before)
        self.assertEqual(str(self.status()["State"]), "running")
        self.stop_cleanly()

    def test_limit_survives_a_crash(self):
        """So does an extension. What ran goes on, but the time since the last mark is a gap, were it
        seconds, about which nobody is asked."""
        minute = 60 * 1000000
        self.start_server()
        self.start()
        self.begin("work", length=50 * minute)
        self.call("Extend", dbus.Int64(10 * minute))
        start, = self.query("SELECT start FROM entry")[0]
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        mark, = self.query("SELECT mark FROM machine")[0]
        self.assertGreater(mark, start)
        self.start()
        self.assertEqual(int(self.status()["Until"]), start + 60 * minute)
        self.assertEqual(str(self.status()["Title"]), "work")
        first, second = self.query("SELECT start, end, end_reason, start_reason FROM entry ORDER BY start")
        self.assertEqual(first[:3], (start, mark, "not-running"))
        self.assertEqual(second[1:], (harness.FOREVER, None, "start-up"))
        self.assertEqual(self.query("SELECT start, end, reason, answer FROM gap"),
                         [(mark, second[0], "not-running", "none")])
        self.assertEqual(self.notices(), [])
        self.stop_cleanly()

    def test_wrong_words(self):
        self.start()
        for method, arguments, name in (
                ("Stop", (), "State"), ("Answer", ("maybe",), "Usage"),
                ("Start", ("x", dbus.Int64(77), "", dbus.Int64(0), dbus.Int64(0)), "NotFound"),
                ("Start", ("x", dbus.Int64(0), "nap", dbus.Int64(0), dbus.Int64(0)), "Usage"),
                ("Start", ("", dbus.Int64(0), "meeting", dbus.Int64(0), dbus.Int64(0)), "Usage"),
                ("Start", ("x", dbus.Int64(0), "", dbus.Int64(-1), dbus.Int64(0)), "Usage")):
            with self.assertRaises(dbus.DBusException) as caught:
                self.call(method, *arguments)
            self.assertEqual(caught.exception.get_dbus_name(), "org.trackerd.Error." + name)
        self.stop_cleanly()

    def test_unusable_logs_are_kept(self):
        os.makedirs(os.path.dirname(self.log_path()), mode=0o700)
        for content in (b"this is no database at all, and not ours " * 40,
                        b"SQLite format 3\0" + os.urandom(5000)):
            with open(self.log_path(), "wb") as handle:
                handle.write(content)
            daemon = self.launch()
            self.assertEqual(daemon.child.wait(harness.PATIENCE), 1)
            self.assertIn("trackerd.db", daemon.output())
            with open(self.log_path(), "rb") as handle:
                self.assertEqual(handle.read(), content)

    def test_log_held_by_somebody_else(self):
        """Ten seconds: what happens meanwhile stays in memory, is told once, and is written when it
        can be."""
        self.start()
        self.begin("before")
        other = sqlite3.connect(self.log_path(), timeout=10)
        other.execute("BEGIN IMMEDIATE")
        held = time.monotonic()
        for method, state in (("Pause", "paused"), ("Resume", "running"), ("Stop", "idle")):
            before = time.monotonic()
            self.call(method, timeout=60)
            self.assertLess(time.monotonic() - before, 1, "nobody waits for the lock's owner")
            self.assertEqual(str(self.status()["State"]), state, "the engine goes on")
            time.sleep(3)
        time.sleep(max(0, held + 10 - time.monotonic()))
        self.assertEqual(self.query("SELECT count(*) FROM gap"), [(0,)])
        other.rollback()
        other.close()
        until(lambda: self.query("SELECT end_reason FROM entry ORDER BY start")
              == [("pause",), ("stop",)], "it is written later")
        self.assertEqual(self.query("SELECT count(*) FROM gap"), [(1,)])
        until(lambda: "nothing was lost" in self.daemon.output(), "it is told")
        self.assertEqual(self.daemon.output().count("the log cannot be written"), 1)
        self.assertEqual(self.daemon.output().count("nothing was lost"), 1)
        self.stop_cleanly()

    def test_answer_about_a_notice_waits_for_the_log(self):
        """The server showed it while the log was held: that is written later, not forgotten."""
        self.start_server()
        self.start()
        self.plan(("one", "Payment retries", soon(4), soon(600), "CATEGORIES:Focus"))
        until(lambda: self.query("SELECT 1 FROM notice WHERE kind = 'lead' AND shown > 0"), "lead")
        other = sqlite3.connect(self.log_path(), timeout=10)
        other.execute("BEGIN IMMEDIATE")
        self.wait_notice("Focus — Payment retries")
        other.rollback()
        other.close()
        until(lambda: self.query("SELECT 1 FROM notice WHERE kind = 'start' AND shown >= at"),
              "the start is written, and that it was shown")
        self.stop_cleanly()

    def test_end_waits_for_the_log(self):
        """SIGTERM while a command writes: the last words are worth a moment of patience."""
        self.start()
        self.begin("work")
        other = sqlite3.connect(self.log_path(), timeout=10)
        other.execute("BEGIN IMMEDIATE")
        self.daemon.send(signal.SIGTERM)
        time.sleep(1)
        other.rollback()
        other.close()
        self.stop_cleanly()
        self.assertEqual(self.query("SELECT end_reason FROM entry"), [("shutdown",)])

    def test_end_while_the_bus_hangs(self):
        """The log is written and the process ends; it does not wait for a bus that is stuck."""
        self.start_server()
        self.start()
        self.begin("work")
        self.bus_process.send(signal.SIGSTOP)
        self.addCleanup(self.bus_process.send, signal.SIGCONT)
        self.assertEqual(self.daemon.end(), 0)
        self.assertEqual(self.query("SELECT end_reason FROM entry"), [("shutdown",)])
        self.check_log()

    def test_bus_dies_and_returns(self):
        self.start()
        self.begin("work")
        self.bus_process.end(signal.SIGKILL)
        time.sleep(0.3)
        self.assertTrue(self.daemon.alive())
        self.start_bus()
        until(lambda: self.owner(harness.NAME), "it is back on the bus")
        self.assertEqual(str(self.status()["State"]), "running")
        self.assertEqual(self.daemon.output().count("no session bus"), 1)
        self.stop_cleanly()

    def test_files_are_private(self):
        self.start()
        self.begin("work")
        folder = os.path.dirname(self.log_path())
        self.assertEqual(os.stat(folder).st_mode & 0o777, 0o700)
        for name in os.listdir(folder):
            self.assertEqual(os.stat(os.path.join(folder, name)).st_mode & 0o777, 0o600, name)
        self.stop_cleanly()


class NoBus(harness.DaemonCase):
    with_bus = False

    def test_time_is_kept_without_a_bus(self):
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/bus"
        self.plan(("one", "Alone", soon(2), soon(1800), "CATEGORIES:Focus"))
        self.launch()
        until(lambda: os.path.exists(os.path.join(self.home, "data", "trackerd", "trackerd.db"))
              and self.query("SELECT 1 FROM sqlite_master WHERE name = 'entry'")
              and self.query("SELECT 1 FROM entry WHERE title = 'Alone'"), "time is kept")
        self.assertEqual(self.daemon.output().count("no session bus ("), 1)
        self.stop_cleanly()


def harness_faketime():
    for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64"):
        path = os.path.join(folder, "faketime", "libfaketimeMT.so.1")
        if os.path.exists(path):
            return path
    return None


def asan_after_preload():
    return os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"


if __name__ == "__main__":
    harness.main()
