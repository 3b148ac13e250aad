# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices as servers get them, and what a click does."""
import os
import sys
import time

import harness
from harness import soon, until

HERE = os.path.dirname(os.path.abspath(__file__))


class Notices(harness.DaemonCase):
    def block_soon(self, summary="Payment retries", seconds=2):
        self.plan(("one", summary, soon(seconds), soon(1800), "CATEGORIES:Focus"))

    def test_arguments_and_click(self):
        self.start_server("actions body body-markup")
        self.block_soon()
        self.start()
        replaces, title, _, actions, hints = self.wait_notice("Focus — Payment retries")
        self.assertEqual(title, "Focus — Payment retries")
        self.assertEqual(actions[0::2], ["snooze", "skip", "stop"])
        self.assertEqual(int(hints["urgency"]), 1)
        self.assertEqual(str(hints["desktop-entry"]), "trackerd")
        self.assertEqual(replaces, 1, "the pre-warning is replaced, not stacked upon")
        until(lambda: self.status()["State"] == "running", "time is kept")
        self.click(99, "skip")      # somebody else's
        self.click(1, "explode")    # a word that nobody knows
        self.click(1, "stop")
        until(lambda: self.status()["State"] == "idle", "stopped by the button")
        reasons = [r for r, in self.query("SELECT end_reason FROM entry")]
        self.assertEqual(reasons, ["stop"])
        self.assertEqual(self.query("SELECT text FROM command WHERE actor = 'user'"), [("stop",)])
        self.stop_cleanly()

    def test_snooze(self):
        self.start_server()
        self.block_soon()
        self.start()
        self.wait_notice("Focus — Payment retries")
        self.click(1, "snooze")
        until(lambda: self.query("SELECT 1 FROM block_state WHERE start > 0"), "snoozed")
        self.assertEqual(self.status()["State"], "idle")
        self.stop_cleanly()

    def test_confirmed_once(self):
        self.start_server()
        self.block_soon()
        self.start()
        self.wait_notice("Focus — Payment retries")
        until(lambda: self.query("SELECT count(*) FROM notice WHERE shown > 0") == [(2,)],
              "both notices confirmed")
        before = len(self.notices())
        self.stop_cleanly()
        self.start()
        until(lambda: self.status()["State"] == "running", "it goes on")
        self.assertEqual(len(self.notices()), before, "nothing is announced twice")
        self.stop_cleanly()

    def test_hostile_summary(self):
        self.start_server("actions body body-markup")
        self.block_soon("<b>Half a <i>tag</b> & <3 %s%n \u202eevil\x07")
        self.start()
        notice = self.wait_notice("Focus — <b>Half")
        self.assertNotIn("\u202e", notice[1])
        self.assertNotIn("\x07", notice[1])
        self.stop_cleanly()

    def test_no_actions(self):
        self.start_server("body")
        self.block_soon()
        self.start()
        _, _, body, actions, _ = self.wait_notice("Focus — Payment retries")
        self.assertEqual(actions, [])
        self.assertIn("tracker snooze · tracker skip · tracker stop", body)
        self.stop_cleanly()

    def test_none_then_one(self):
        """No server: time is kept, one warning; when one comes, what is still true is shown."""
        self.block_soon(seconds=1)
        self.start()
        until(lambda: self.status()["State"] == "running", "time is kept")
        until(lambda: str(self.status()["Notifier"]).startswith("failed: "), "it is told")
        self.begin("by hand")
        self.call("Stop")
        self.start_server()
        self.assertEqual(self.daemon.output().count("notices cannot be shown"), 1)
        self.stop_cleanly()

    def test_restarted(self):
        server = self.start_server()
        self.block_soon()
        self.start()
        self.wait_notice("Focus — Payment retries")
        server.end()
        until(lambda: not self.owner(harness.NOTIFICATIONS), "the server is gone")
        self.start_server()
        again = self.wait_notice("Focus — Payment retries")
        self.assertEqual(again[0], 0, "IDs of the old server are forgotten")
        self.assertEqual(len(self.notices()), 1, "only what is still due")
        self.click(1, "stop")
        until(lambda: self.status()["State"] == "idle", "the new one's button works")
        self.stop_cleanly()

    def test_hanging(self):
        """It has the name and never answers: time is kept on time and commands are answered."""
        self.spawn("server", sys.executable, os.path.join(HERE, "silent_server.py"))
        until(lambda: self.owner(harness.NOTIFICATIONS), "the silent server")
        self.block_soon()
        self.start()
        until(lambda: self.status()["State"] == "running", "time is kept")
        start, = self.query("SELECT start FROM entry")[0]
        began = self.query("SELECT start FROM block")[0][0]
        self.assertEqual(start, began)
        before = time.monotonic()
        self.call("Pause")
        self.call("Resume")
        self.assertLess(time.monotonic() - before, 3.0, "no call waits for the server's limit")
        until(lambda: "does not answer" in str(self.status()["Notifier"]), "it is told")
        self.assertEqual(self.daemon.output().count("notices cannot be shown"), 1)
        self.stop_cleanly()

    def test_test_notice(self):
        self.start_server()
        self.plan()
        self.start()
        backend, milliseconds = self.call("TestNotice")
        self.assertIn("mock", str(backend))
        self.assertLess(int(milliseconds), 10000)
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
