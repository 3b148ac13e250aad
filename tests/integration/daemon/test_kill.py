#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed at each call that writes the log, while a block begins: what belongs together is there together,
and the next daemon goes on with it."""
import os
import shutil
import signal
import sqlite3
import subprocess
import unittest

import harness
from harness import soon, until

MOST = 400  # calls of one kind: a run that never survives is a fault of the test


def may_trace():
    return shutil.which("strace") is not None and subprocess.run(
        ["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


@unittest.skipUnless(may_trace(), "strace needs the right to trace (CAP_SYS_PTRACE)")
class Kill(harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.start_server()
        folder = os.path.join(self.home, "config", "trackerd", "hooks", "focus-start.d")
        os.makedirs(folder, mode=0o700)
        with open(os.path.join(folder, "keep"), "w", encoding="utf-8") as handle:
            handle.write('#!/bin/sh\necho told >>"$HOME/told"\n')
        os.chmod(handle.name, 0o755)
        self.rows = set()

    def forget(self):
        for path in ("data", "cache"):
            shutil.rmtree(os.path.join(self.home, path), ignore_errors=True)
            os.makedirs(os.path.join(self.home, path), mode=0o700)
        if os.path.exists(os.path.join(self.home, "told")):
            os.unlink(os.path.join(self.home, "told"))

    def query(self, sql, *arguments):
        """Also of a log that was left in the middle, which nobody can read who may not write."""
        connection = sqlite3.connect(os.path.join(self.home, "data", "trackerd", "trackerd.db"), timeout=10)
        try:
            return connection.execute(sql, arguments).fetchall()
        finally:
            connection.close()

    def told(self):
        path = os.path.join(self.home, "told")
        if not os.path.exists(path):
            return 0
        with open(path, encoding="ascii") as handle:
            return len(handle.readlines())

    def is_done(self):
        """All that the beginning of the block brings is in the log."""
        return (self.owner(harness.NAME) and self.query("SELECT 1 FROM hook_run")
                and self.query("SELECT 1 FROM notice WHERE shown > 0"))

    def run_killed(self, call, count):
        """TRUE: it was killed at the @count-th @call of its main thread, which writes the log."""
        traced = self.spawn("traced", "strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                            f"inject={call}:signal=KILL:when={count}", harness.TRACKERD, ASAN_OPTIONS="detect_leaks=0")
        until(lambda: not traced.alive() or self.is_done(), "its end, or the beginning of the block")
        if not traced.alive():
            return True
        proxy = self.bus.get_object("org.freedesktop.DBus", "/org/freedesktop/DBus", introspect=False)
        os.kill(int(proxy.GetConnectionUnixProcessID(harness.NAME, dbus_interface="org.freedesktop.DBus")), signal.SIGKILL)
        traced.child.wait(harness.PATIENCE)
        return False

    def check_killed(self):
        """The entry, the block's state, what hooks were told, the notice and the mark are one batch."""
        path = os.path.join(self.home, "data", "trackerd", "trackerd.db")
        if not os.path.exists(path) or self.query("PRAGMA user_version") == [(0,)]:
            self.rows.add(None)
            return []
        self.check_log()
        entries = self.query("SELECT start FROM entry WHERE end = ?", harness.FOREVER)
        marks = self.query("SELECT mark FROM machine")
        (told, notices, states), = self.query(
            "SELECT (SELECT count(*) FROM meta WHERE name = 'hook focus'),"
            " (SELECT count(*) FROM notice WHERE kind = 'start' AND withheld = 0),"
            " (SELECT count(*) FROM block_state)")
        self.assertEqual((told, notices, states), (len(entries),) * 3)
        for (start,), (mark,) in zip(entries, marks):
            self.assertGreaterEqual(mark, start)
        self.assertEqual(len(marks), len(entries))
        if self.told():
            self.assertEqual(told, 1, "a hook is told what the log has")
        self.rows.add(len(entries))
        return [(start, mark, "not-running") for (start,), (mark,) in zip(entries, marks) if mark > start]

    def check_after(self, known):
        """What is known of the time before, and one entry after it; one notice, and no hook told twice."""
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "the block again")
        until(lambda: self.query("SELECT 1 FROM notice WHERE kind = 'start' AND shown > 0"), "its notice")
        self.stop_cleanly()
        entries = self.query("SELECT start, end, end_reason FROM entry ORDER BY start")
        self.assertEqual(entries[:-1], known)
        self.assertEqual(entries[-1][2], "shutdown")
        self.assertEqual(self.query("SELECT count(*) FROM notice WHERE kind = 'start' AND withheld = 0"), [(1,)])
        self.assertLessEqual(self.told(), 1)

    def test_killed_at_each_call(self):
        for call, step in (("pwrite64", 3), ("fdatasync", 1)):
            for count in range(1, MOST, step):
                with self.subTest(call=call, count=count):
                    self.forget()
                    self.plan(("one", "Payment retries", soon(-5), soon(3600), "CATEGORIES:Focus"))
                    killed = self.run_killed(call, count)
                    until(lambda: not self.owner(harness.NAME), "it is gone")
                    self.check_after(self.check_killed())
                if not killed:
                    break
            self.assertFalse(killed, "it never survived " + call)
        self.assertEqual(self.rows, {None, 0, 1}, "killed before, between and after")


if __name__ == "__main__":
    harness.main()
