#!/usr/bin/python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a calendar when the command that changes it is killed, its disk fails, or somebody
else writes the file in that moment."""

import datetime
import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
import unittest

from home import TRACKER
from traced import Traced, may_trace

CALLS = {  # and how many calls a step takes: SQLite writes pages, whose every place the store's own test visits
    "renameat": 1, "unlink": 1, "unlinkat": 1, "fsync": 1, "fdatasync": 1, "fchmod": 1, "flock": 1, "write": 4,
    "pwrite64": 5,
}


class Faults(Traced):
    def setUp(self):
        super().setUp()
        day = (self.lived_day() + datetime.timedelta(days=3)).strftime("%Y%m%d")
        self.folder = self.dir + "/calendars"
        self.path = self.folder + "/work.ics"
        self.old = (f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{day}T090000Z\r\n"
                    "DURATION:PT1H\r\nSUMMARY:One\r\nX-ODD:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").encode()
        self.move = ("block", "move", "One", "--for", "90m")
        os.makedirs(self.folder)
        os.makedirs(self.dir + "/config/trackerd")
        with open(self.dir + "/config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            file.write(f"[calendar work]\npath = {self.path}\nwritable = yes\n")
        self.put(self.old)
        self.tracker("task", "add", "So that there is a log")
        self.tracker("agenda")

    def put(self, content):
        with open(self.path, "wb") as file:
            file.write(content)

    def bytes(self):
        with open(self.path, "rb") as file:
            return file.read()

    def is_moved(self):
        """Is the file as it was, or as a whole move makes it? Anything else is neither."""
        content = self.bytes()
        if content == self.old:
            return False
        self.assertIn(b"DURATION:PT1H30M\r\nSUMMARY:One\r\nX-ODD:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", content)
        self.assertTrue(content.startswith(self.old[:60]))
        return True

    def put_back(self):
        """Whatever was reached, the history knows it: undo gives the old bytes."""
        newest = self.json("history")[0]
        if newest["command"].startswith("block") and not newest["undone"]:
            self.tracker("undo")
        self.assertEqual(self.bytes(), self.old)
        self.assertEqual([name for name in os.listdir(self.folder) if not name.startswith(".trackerd-")], ["work.ics"])

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_killed_at_any_call(self):
        for call, step in CALLS.items():
            moved = survived = 0
            for n in range(1, 400, step):
                done = self.traced(f"{call}:signal=KILL:when={n}", *self.move)
                moved += self.is_moved()
                self.put_back()
                if done.returncode == 0:
                    survived = n
                    break
                self.assertEqual(done.returncode, -9, f"{call} {n}: {done.stderr}")
            self.assertTrue(survived, call)
            self.assertGreater(moved, 0, call)
        self.tracker(*self.move)
        self.assertEqual(os.listdir(self.folder), ["work.ics"], "drafts of the killed are cleared")

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_killed_while_undoing(self):
        for call in ("renameat", "fsync", "fdatasync", "fchmod", "pwrite64"):
            for n in range(1, 100, CALLS[call]):
                self.tracker(*self.move)
                new = self.bytes()
                done = self.traced(f"{call}:signal=KILL:when={n}", "undo")
                self.assertIn(self.bytes(), (self.old, new))
                self.put_back()
                if done.returncode == 0:
                    break

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_disk_fails(self):
        for inject in ("renameat:error=EIO:when=1", "renameat:error=ENOSPC:when=1", "fsync:error=EIO:when=1",
                       "fchmod:error=EPERM:when=1+"):
            done = self.traced(inject, *self.move)
            self.assertEqual(done.returncode, 1, inject)
            self.assertIn("nothing was changed", done.stderr)
            self.assertEqual(self.bytes(), self.old, inject)
            self.assertEqual(os.listdir(self.folder), ["work.ics"], inject)
            newest = self.json("history")[0]
            self.assertTrue(newest["undone"] or not newest["command"].startswith("block"), inject)

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_new_file_whose_draft_stays(self):
        """Where nothing renames without replacing, the draft gets a second name: the file is made, whatever
        becomes of the first."""
        with open(self.dir + "/config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            file.write(f"[calendar work]\npath = {self.folder}\nwritable = yes\n")
        add = ("block", "add", "Two", "--at", "tomorrow 09:00", "--for", "1h")
        done = self.traced("renameat2,unlinkat:error=EINVAL", *add)
        self.assertEqual(done.returncode, 0, done.stderr)
        made = [name for name in os.listdir(self.folder) if name != "work.ics"]
        self.assertEqual([name.startswith(".trackerd-") for name in sorted(made)], [True, False])
        (added,) = [block for block in self.json("agenda", "tomorrow") if block.get("title") == "Two"]
        self.assertIsNotNone(added)
        self.tracker("undo")
        self.assertEqual(os.listdir(self.folder), ["work.ics"])

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_one_of_two_files_fails(self):
        """Undo over two calendars: it is said that one followed, and the same again ends it."""
        other = self.folder + "/home.ics"
        with open(other, "wb") as file:
            file.write(self.old.replace(b"UID:1", b"UID:2").replace(b"SUMMARY:One", b"SUMMARY:Two"))
        with open(self.dir + "/config/trackerd/trackerd.conf", "a", encoding="utf-8") as file:
            file.write(f"[calendar home]\npath = {other}\nwritable = yes\n")
        paths = (self.path, other)
        before = [self.read(path) for path in paths]
        self.tracker(*self.move)
        self.tracker("block", "move", "Two", "--for", "90m")
        done = self.traced("renameat:error=EIO:when=2", "undo", "2")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(sum(self.read(path) == old for path, old in zip(paths, before)), 1)
        self.assertIn("1 of the files followed; the same again goes on from there: cannot write", done.stderr)
        self.assertEqual([change["undone"] for change in self.json("history")[:2]], [False, False])
        self.tracker("undo", "2")
        self.assertEqual([self.read(path) for path in paths], before)
        self.assertEqual([change["undone"] for change in self.json("history")[:2]], [True, True])

    @staticmethod
    def read(path):
        with open(path, "rb") as file:
            return file.read()

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_log_fails_while_undoing(self):
        """The file and what is said of it agree, and another undo ends what was begun."""
        seen = set()
        for n in range(1, 200, 3):
            self.tracker(*self.move)
            new = self.bytes()
            done = self.traced(f"pwrite64:error=ENOSPC:when={n}+", "undo")
            if done.returncode == 0:
                break
            self.assertIn("disk full", done.stderr)
            self.assertIn(self.bytes(), (self.old, new))
            followed = self.bytes() == self.old
            seen.add(followed)
            self.assertEqual("the calendar's file is as after the undo, the history is not" in done.stderr, followed, done.stderr)
            self.assertFalse(self.json("history")[0]["undone"])
            self.put_back()
            self.assertTrue(self.json("history")[0]["undone"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.bytes(), self.old)
        self.assertEqual(seen, {False, True})

    def stopped_before_the_file(self):
        """A move whose change stands in the log, and whose file cannot be written once it goes on."""
        strace = subprocess.Popen(
            ["strace", "-o", "/dev/null", "-e", "trace=renameat", "-e", "inject=renameat:error=EIO:signal=STOP:when=1",
             TRACKER, *self.move], env={**self.env, "ASAN_OPTIONS": "detect_leaks=0"}, stderr=subprocess.PIPE, text=True)
        while not self.json("history")[0]["command"].startswith("block"):
            self.assertIsNone(strace.poll())
            time.sleep(0.05)
        return strace

    @staticmethod
    def go_on(strace):
        with open(f"/proc/{strace.pid}/task/{strace.pid}/children", encoding="ascii") as children:
            stopped = int(children.read())
        while strace.poll() is None:
            try:
                os.kill(stopped, signal.SIGCONT)
            except ProcessLookupError:
                pass
            time.sleep(0.05)

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_disk_fails_while_another_command_saves(self):
        """Only the change that was not made is taken back, and nothing to redo stays of it."""
        strace = self.stopped_before_the_file()
        self.tracker("task", "add", "Theirs")
        self.go_on(strace)
        self.assertIn("nothing was changed", strace.communicate()[1])
        self.assertEqual(strace.returncode, 1)
        self.assertEqual(self.bytes(), self.old)
        self.assertEqual([change["undone"] for change in self.json("history")[:2]], [False, True])
        self.assertIn("nothing to redo", self.error("redo", status=1))
        self.assertEqual(self.json("task", "list")[-1]["title"], "Theirs")

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_neither_the_file_nor_the_log_can_be_written(self):
        strace = self.stopped_before_the_file()
        log = sqlite3.connect(self.log, isolation_level=None)
        self.addCleanup(log.close)
        log.execute("BEGIN IMMEDIATE")
        self.go_on(strace)
        told = strace.communicate()[1]
        log.execute("ROLLBACK")
        self.assertEqual(strace.returncode, 1)
        self.assertIn("nothing was changed", told)
        self.assertIn("the history still shows it as done", told)
        self.assertIn("To correct that: tracker undo", told)
        self.put_back()
        self.assertTrue(self.json("history")[0]["undone"])

    def test_somebody_else_writes_in_that_moment(self):
        refused = 0
        for n in range(30):
            self.put(self.old)
            theirs = self.old.replace(b"X-ODD:1", b"X-ODD:%d" % (n + 100))
            writer = threading.Timer(0.02 + n * 0.03, self.replace, (theirs,))
            writer.start()
            done = self.run_tracker(*self.move)
            writer.join()
            if done.returncode != 0:
                refused += 1
                self.assertIn("another program changed it", done.stderr)
                self.assertEqual(self.bytes(), theirs)
            self.assertIn(b"X-ODD:%d" % (n + 100), self.bytes(), "their change is never lost")
        self.assertGreater(refused, 0)

    @unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
    def test_somebody_else_writes_before_it_is_proved(self):
        """Theirs is not the calendar that was read: that is said, and not that the event is badly written."""
        theirs = self.old.replace(b"SUMMARY:One", b"SUMMARY:Other")
        strace = subprocess.Popen(
            ["strace", "-o", "/dev/null", "-e", "trace=fchmod", "-e", "inject=fchmod:signal=STOP:when=1", TRACKER, *self.move],
            env={**self.env, "ASAN_OPTIONS": "detect_leaks=0"}, stderr=subprocess.PIPE, text=True)
        while len(os.listdir(self.folder)) == 1:
            self.assertIsNone(strace.poll())
            time.sleep(0.05)
        self.replace(theirs)
        self.go_on(strace)
        self.assertIn("another program changed it in this moment; try again", strace.communicate()[1])
        self.assertEqual((strace.returncode, self.bytes(), os.listdir(self.folder)), (1, theirs, ["work.ics"]))

    def replace(self, content):
        with open(self.path + ".tmp", "wb") as file:
            file.write(content)
        os.rename(self.path + ".tmp", self.path)

    def test_several_commands_at_once_all_arrive(self):
        words = [("block", "add", f"New {n}", "--at", "tomorrow 09:00", "--for", "1h") for n in range(6)]
        running = [subprocess.Popen([TRACKER, *w], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for w in words]
        for process in running:
            out, err = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 0, out + err)
        self.assertEqual(self.bytes().count(b"SUMMARY:New "), 6)
        self.tracker("undo", "6")
        self.assertEqual(self.bytes(), self.old)

    def test_locked_by_another_command(self):
        with open(self.path, "rb"):
            folder = os.open(self.folder, os.O_RDONLY)
            fcntl.flock(folder, fcntl.LOCK_EX)
            begun = time.monotonic()
            self.assertIn("another command is changing", self.error(*self.move, status=1))
            os.close(folder)
        self.assertLess(time.monotonic() - begun, 30)
        self.assertEqual(self.bytes(), self.old)


if __name__ == "__main__":
    if shutil.which("strace") is None:
        raise SystemExit("strace is not installed")
    unittest.main()
