#!/usr/bin/python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of the configuration, and of a log that is not there yet, when the command that changes
them is killed or its disk fails."""

import os
import shutil
import sqlite3
import unittest

from traced import Traced, may_trace


@unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
class ConfigFaults(Traced):
    """calendar add and remove, and undo and redo of them: the configuration and the history agree, or one undo
    brings them together."""

    CALLS = {"renameat": 1, "fsync": 1, "fdatasync": 2, "fchmod": 1, "pwrite64": 9}
    OLD = "# mine\n[trackerd]\nstart_of_day = 05:00\n\n[calendar a]\npath = ~/a.ics\n# behind\n"

    def setUp(self):
        super().setUp()
        self.config = self.dir + "/config/trackerd/trackerd.conf"
        os.makedirs(os.path.dirname(self.config))
        for name in "ab":
            with open(f"{self.dir}/{name}.ics", "w", encoding="utf-8") as file:
                file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(self.OLD)
        self.tracker("task", "add", "So that there is a log")

    def text(self):
        with open(self.config, encoding="utf-8") as file:
            return file.read()

    def is_done(self):
        """Does the history show a change of the configuration as done?"""
        with sqlite3.connect(self.log) as log:
            text, state = log.execute("SELECT text, state FROM command WHERE act = 'do' ORDER BY number DESC").fetchone()
        log.close()
        return text.startswith("calendar") and state == "done"

    def changed_by(self, *words):
        """What @words make of it, which an undo takes back."""
        self.run_tracker(*words)
        new = self.text()
        self.assertNotEqual(new, self.OLD)
        self.assertTrue(self.is_done())
        self.tracker("undo")
        self.assertEqual(self.text(), self.OLD)
        return new

    def changes(self):
        return ("calendar", "add", "b", self.dir + "/b.ics"), ("calendar", "remove", "a")

    def agree(self, done, where):
        """As before when the history says so; and when it says the change is made, it can be taken back."""
        if not self.is_done():
            self.assertEqual(self.text(), self.OLD, where)
            return False
        self.assertIn(self.text(), (self.OLD, done), where)
        followed = self.text() == done
        self.tracker("undo")
        self.assertEqual((self.text(), self.is_done()), (self.OLD, False), where)
        return followed

    def test_killed_at_any_call(self):
        for words in self.changes():
            new = self.changed_by(*words)
            followed = set()
            for killed, where in self.killed_at_each(self.CALLS, *words):
                followed.add((killed, self.agree(new, where)))
            self.assertLessEqual({(True, False), (False, True)}, followed, words)
        self.assertEqual(os.listdir(os.path.dirname(self.config)), ["trackerd.conf"], "drafts of the killed are cleared")

    def test_killed_while_undoing_and_redoing(self):
        new = self.changed_by(*self.changes()[1])
        for killed, where in self.killed_at_each(self.CALLS, "redo"):
            if not self.is_done():
                self.assertTrue(killed, where)
                self.assertIn(self.text(), (self.OLD, new), where)
                self.tracker("redo")
            self.assertEqual((self.text(), self.is_done()), (new, True), where)
            self.tracker("undo")
        self.tracker("redo")
        for killed, where in self.killed_at_each(self.CALLS, "undo"):
            self.assertTrue(killed or not self.is_done(), where)
            self.agree(new, where)
            self.tracker("redo")

    def test_disk_fails(self):
        for words in self.changes():
            new = self.changed_by(*words)
            for inject in ("renameat:error=EIO:when=1", "fsync:error=ENOSPC:when=1", "fchmod:error=EPERM:when=1"):
                done = self.traced(inject, *words)
                self.assertEqual(done.returncode, 1, inject)
                self.assertIn("nothing was changed", done.stderr)
                self.assertEqual((self.text(), self.is_done()), (self.OLD, False), inject)
                self.assertEqual(os.listdir(os.path.dirname(self.config)), ["trackerd.conf"], inject)
            for n in range(1, 200, 9):
                done = self.traced(f"pwrite64:error=ENOSPC:when={n}+", *words)
                if done.returncode == 0:
                    break
                self.assertEqual((self.text(), self.is_done()), (self.OLD, False), done.stderr)
            self.assertGreater(n, 1)
            self.agree(new, words)

    def test_log_fails_while_undoing(self):
        """It is said that the file followed and the history did not, and another undo ends it."""
        new = self.changed_by(*self.changes()[1])
        seen = set()
        for n in range(1, 200, 3):
            self.tracker("redo")
            done = self.traced(f"pwrite64:error=ENOSPC:when={n}+", "undo")
            if done.returncode == 0:
                break
            self.assertIn("disk full", done.stderr)
            seen.add(self.text() == self.OLD)
            self.assertEqual("file is as after the undo, the history is not" in done.stderr, self.text() == self.OLD, done.stderr)
            self.assertTrue(self.is_done(), done.stderr)
            self.agree(new, n)
        self.assertEqual((self.text(), self.is_done()), (self.OLD, False))
        self.assertEqual(seen, {False, True})


@unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
class FirstCommand(Traced):
    """The log is whole or absent, and the next command works."""

    CALLS = {"renameat2": 1, "unlink": 3, "mkdir": 2, "rmdir": 1, "flock": 1, "ftruncate": 2, "fsync": 1, "fdatasync": 5, "pwrite64": 19}
    ADD = ("task", "add", "One")

    def saved(self, where):
        """Is the first command in the log? Either all of it is, or there is no log."""
        if not os.path.exists(self.log):
            return False
        with sqlite3.connect(self.log) as log:
            self.assertEqual(log.execute("PRAGMA integrity_check").fetchall(), [("ok",)], where)
            self.assertEqual(log.execute("SELECT title FROM task").fetchall(), [("One",)], where)
            self.assertEqual(log.execute("SELECT text FROM command").fetchall(), [("task add One",)], where)
        log.close()
        return True

    def next_one(self, saved, where):
        """It finds what was saved and clears what was left; then all begins anew."""
        self.tracker("task", "add", "Two")
        self.assertEqual(os.listdir(os.path.dirname(self.log)), ["trackerd.db"], where)
        with sqlite3.connect(self.log) as log:
            self.assertEqual(log.execute("SELECT title FROM task ORDER BY 1").fetchall(), [("One",)] * saved + [("Two",)], where)
        log.close()
        shutil.rmtree(self.dir + "/data")

    def test_killed_at_any_call(self):
        seen = set()
        for killed, where in self.killed_at_each(self.CALLS, *self.ADD):
            saved = self.saved(where)
            self.assertTrue(killed or saved, where)
            seen.add((killed, saved))
            self.next_one(saved, where)
        self.assertEqual(seen, {(True, False), (True, True), (False, True)})

    def test_disk_fails(self):
        injects = [f"pwrite64:error=ENOSPC:when={n}+" for n in range(1, 100, 19)]
        injects += ["renameat2:error=ENOSPC", "renameat2:error=EIO", "ftruncate:error=EIO:when=1", "fdatasync:error=EIO:when=1+"]
        for inject in injects:
            done = self.traced(inject, *self.ADD)
            self.assertEqual(done.returncode, 1, inject + done.stderr)
            self.assertFalse(os.path.exists(self.dir + "/data"), inject)
            self.next_one(False, inject)

    def test_disk_does_not_confirm_the_name(self):
        """The log is there, and no success is reported."""
        done = self.traced("fsync:error=EIO:when=1", *self.ADD)
        self.assertEqual((done.returncode, self.saved("unconfirmed")), (1, True), done.stderr)
        self.assertIn("the disk does not confirm that: Input/output error", done.stderr)
        self.assertNotIn("nothing was changed", done.stderr)
        self.next_one(True, "unconfirmed")
        done = self.traced("fsync:error=EINVAL:when=1", *self.ADD)
        self.assertEqual(done.returncode, 0, "a file system that flushes no folder: " + done.stderr)
        self.next_one(True, "not flushed")

    def test_where_nothing_renames_without_replacing(self):
        """The draft gets a second name: the log is made, whatever becomes of the first. It stays the log's where
        it could not be taken away, also when the user puts the log aside."""
        done = self.traced("renameat2:error=EINVAL", *self.ADD)
        self.assertEqual((done.returncode, os.listdir(os.path.dirname(self.log))), (0, ["trackerd.db"]), done.stderr)
        self.next_one(True, "taken away")
        done = self.traced("renameat2,unlink:error=EINVAL", *self.ADD, only=("-P", self.log + ".new"))
        self.assertEqual((done.returncode, self.saved("left")), (0, True), done.stderr)
        kept = self.dir + "/kept.db"
        os.rename(self.log, kept)
        self.next_one(False, "left")
        os.makedirs(os.path.dirname(self.log))
        os.rename(kept, self.log)
        self.assertTrue(self.saved("what was put aside is no leftover"))

    def test_calendar_add(self):
        """It makes the log, and then the configuration: undo knows what became of that."""
        path, config = self.dir + "/b.ics", self.dir + "/config/trackerd/trackerd.conf"
        with open(path, "w", encoding="utf-8") as file:
            file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
        add = ("calendar", "add", "b", path)
        for inject, status, history in (("renameat2:error=EIO:when=1", 1, []), ("renameat2:error=EIO:when=2", 1, [True]),
                                        ("renameat2:signal=KILL:when=1", -9, []), ("renameat2:signal=KILL:when=2", -9, [False])):
            done = self.traced(inject, *add)
            self.assertEqual(done.returncode, status, inject + done.stderr)
            self.assertFalse(os.path.exists(config), inject)
            self.assertEqual([change["undone"] for change in self.json("history")], history, inject)
            self.tracker(*add)
            self.assertEqual([calendar["name"] for calendar in self.json("calendar")], ["b"], inject)
            self.assertEqual(self.traced("unlinkat:signal=KILL:when=1", "undo").returncode, -9)
            self.assertFalse(self.json("history")[0]["undone"], inject)
            self.tracker("undo")
            self.assertFalse(os.path.exists(config), inject)
            if history == [False]:
                self.tracker("undo")
            self.assertIn("nothing to undo", self.error("undo", status=1))
            shutil.rmtree(self.dir + "/data")


if __name__ == "__main__":
    if shutil.which("strace") is None:
        raise SystemExit("strace is not installed")
    unittest.main()
