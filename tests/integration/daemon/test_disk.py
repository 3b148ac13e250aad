# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is full or read-only, and a log from the future."""
import hashlib
import os
import signal
import sqlite3
import subprocess
import time
import unittest

import harness
from harness import soon, until


class Disk(harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.folder = os.path.join(self.home, "data")
        self.plan()

    def log_path(self):
        return os.path.join(self.folder, "trackerd", "trackerd.db")

    def mount(self):
        """A small disk of its own for the log."""
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "none", self.folder],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise unittest.SkipTest("needs CAP_SYS_ADMIN to mount a small disk: " + done.stderr)
        self.addCleanup(subprocess.run, ["umount", "-l", self.folder], check=False)

    def fill(self):
        path = os.path.join(self.folder, "filler")
        with open(path, "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 4096)
            except OSError:
                pass
        return path

    def assert_refused(self, words):
        """Exit 1 with words, and the log as it was."""
        with open(self.log_path(), "rb") as log:
            before = hashlib.sha256(log.read()).hexdigest()
        daemon = self.launch()
        self.assertEqual(daemon.child.wait(harness.PATIENCE), 1)
        self.assertIn(words, daemon.output())
        with open(self.log_path(), "rb") as log:
            self.assertEqual(hashlib.sha256(log.read()).hexdigest(), before)

    def test_full_while_a_block_runs(self):
        """What happens stays in memory, is said once, and is written once there is space."""
        self.mount()
        self.plan(("one", "Payment retries", soon(-5), soon(3600), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        filler = self.fill()
        for i in range(25):
            self.begin(f"task {i} x" + "\U0001F3AF" * 450)
        self.call("Stop")
        until(lambda: "the log cannot be written" in self.daemon.output(), "it is told")
        self.assertEqual(str(self.status()["State"]), "idle", "the engine goes on")
        self.assertEqual(self.query("SELECT count(*) FROM entry WHERE title LIKE 'task 24 %'"), [(0,)])
        os.unlink(filler)
        until(lambda: "nothing was lost" in self.daemon.output(), "it is told that it works again")
        titles = [t.split(" x")[0] for t, in self.query("SELECT title FROM entry ORDER BY start")]
        self.assertEqual(titles, ["Payment retries"] + [f"task {i}" for i in range(25)])
        self.assertEqual(self.daemon.output().count("the log cannot be written"), 1)
        self.assertEqual(self.daemon.output().count("nothing was lost"), 1)
        self.stop_cleanly()

    def test_full_at_the_start(self):
        """That it ran is written later: nobody is told that no trackerd was there."""
        self.mount()
        self.start()
        self.stop_cleanly()
        filler = self.fill()
        self.start()
        self.begin("meanwhile")
        until(lambda: "the log cannot be written" in self.daemon.output(), "it is told")
        self.assertEqual(self.query("SELECT count(*) FROM daemon_run"), [(1,)])
        free_at = time.time() * 1e6
        os.unlink(filler)
        until(lambda: "nothing was lost" in self.daemon.output(), "it is told that it works again")
        (_, ended), (begun, _) = self.query("SELECT start, ended FROM daemon_run ORDER BY number")
        self.assertEqual(ended, 1)
        self.assertLess(begun, free_at)
        self.assertLessEqual(begun, self.query("SELECT min(start) FROM entry")[0][0])
        self.stop_cleanly()
        self.assertEqual(self.query("SELECT min(ended) FROM daemon_run"), [(1,)])

    def test_ended_on_a_full_disk(self):
        """What could not be written to the end is lost, and that is said; the next one asks."""
        self.mount()
        self.start()
        self.begin("before")
        until(lambda: self.query("SELECT 1 FROM entry WHERE title = 'before'"), "it is in the log")
        filler = self.fill()
        for i in range(25):
            self.begin(f"task {i} x" + "\U0001F3AF" * 450)
        until(lambda: "the log cannot be written" in self.daemon.output(), "it is told")
        self.daemon.end()
        self.assertRegex(self.daemon.output(), r"the log could not be written to the end: \d+ changes that waited for it are lost")
        os.unlink(filler)
        self.check_log()
        self.assertEqual(self.query("SELECT ended FROM daemon_run"), [(0,)])
        self.start()
        self.stop_cleanly()
        self.assertNotIn("to the end", self.daemon.output().split("to the end", 1)[1])

    def test_full_while_it_is_answered(self):
        """Notices, what was pressed, what hooks were told and did: all of it once, when there is
        space again."""
        self.mount()
        folder = os.path.join(self.home, "config", "trackerd", "hooks", "focus-start.d")
        os.makedirs(folder, mode=0o700)
        with open(os.path.join(folder, "keep"), "w", encoding="utf-8") as handle:
            handle.write("#!/bin/sh\necho told\n")
        os.chmod(handle.name, 0o755)
        self.start_server()
        self.start()
        self.begin("before")
        until(lambda: self.query("SELECT 1 FROM hook_run"), "the hook ran")
        filler = self.fill()
        for i in range(25):
            self.begin(f"task {i} x" + "\U0001F3AF" * 450)
        until(lambda: "the log cannot be written" in self.daemon.output(), "it is told")
        self.assertEqual(self.query("SELECT count(*) FROM hook_run"), [(1,)])
        self.plan(("one", "Payment retries", soon(-5), soon(3600), "CATEGORIES:Focus"))
        self.call("Stop")
        self.call("Reload")
        self.wait_notice("Payment retries")
        until(lambda: str(self.status()["State"]) == "running", "the block runs")
        self.click(len(self.notices()), "snooze")
        until(lambda: str(self.status()["State"]) != "running", "it is pressed")
        self.assertEqual(self.query("SELECT count(*) FROM notice"), [(0,)], "nothing of it is in the log")
        os.unlink(filler)
        until(lambda: "nothing was lost" in self.daemon.output(), "it is told that it works again")
        (shown, answer), = self.query("SELECT shown, answer FROM notice WHERE kind = 'start' AND withheld = 0")
        self.assertGreater(shown, 0)
        self.assertEqual(answer, "snooze")
        self.assertEqual(self.query("SELECT block, ended, output FROM hook_run ORDER BY number"),
                         [(None, "exit", "told"), ("work/one", "exit", "told")])
        self.stop_cleanly()
        self.assertEqual(self.query("SELECT ended FROM daemon_run"), [(1,)])

    def test_read_only_at_the_start(self):
        """Time that cannot be written is not kept: it says so at once, and ends."""
        self.mount()
        self.start()
        self.stop_cleanly()
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)
        self.assert_refused("Read-only file system")

    def test_newer_log(self):
        self.start()
        self.stop_cleanly()
        log = sqlite3.connect(self.log_path())
        log.execute("PRAGMA user_version = 99")
        log.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        log.close()
        self.assert_refused("newer version")

    def test_killed_on_a_full_disk(self):
        """Nothing can be written any more, and then it is killed: what was written stays whole."""
        self.mount()
        self.start()
        self.begin("before")
        filler = self.fill()
        for i in range(25):
            self.begin(f"task {i} x" + "\U0001F3AF" * 450)
        until(lambda: "the log cannot be written" in self.daemon.output(), "it is told")
        self.daemon.end(signal.SIGKILL)
        os.unlink(filler)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        self.check_log()
        self.assertEqual(self.query("SELECT title FROM entry ORDER BY start")[0], ("before",))
        self.start()
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
