# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices as servers get them, and what a click does."""
import os
import signal
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

    def test_killed_leaves_nothing_behind(self):
        """Its buttons would do nothing: the next daemon takes away what a killed one left."""
        self.start_server()
        self.block_soon()
        self.start()
        number = self.wait_notice("Focus — Payment retries")[0]
        until(lambda: self.query("SELECT count(*) FROM notice WHERE shown > 0") == [(2,)], "confirmed")
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        self.assertEqual(self.closed(), [])
        self.start()
        until(lambda: self.closed() == [number], "taken away")
        self.stop_cleanly()

    def test_overtaken_is_not_shown_after_a_restart(self):
        """Nobody could show them; meanwhile the block was skipped: then it is no news any more."""
        self.block_soon(seconds=1)
        self.start()
        until(lambda: self.status()["State"] == "running", "time is kept")
        self.call("Skip", "not today")
        self.stop_cleanly()
        self.start_server()
        self.start()
        backend, _ = self.call("TestNotice")
        self.assertIn("mock", str(backend))
        self.assertEqual([n[1] for n in self.notices()], ["trackerd can be seen"])
        self.stop_cleanly()

    def test_still_true_after_a_restart(self):
        """Nobody could show that it runs, and it still does: the last word, once."""
        self.block_soon(seconds=1)
        self.start()
        until(lambda: self.status()["State"] == "running", "time is kept")
        self.stop_cleanly()
        self.start_server()
        self.start()
        self.wait_notice("Focus — Payment retries")
        self.call("TestNotice")
        self.assertEqual(len(self.notices()), 2, self.notices())
        self.stop_cleanly()

    def test_bus_returns(self):
        """The block began while there was no bus: it is told when there is one."""
        self.block_soon(seconds=2)
        self.start()
        self.bus_process.end(signal.SIGKILL)
        until(lambda: self.query("SELECT 1 FROM entry"), "time is kept")
        until(lambda: "notices cannot be shown" in self.daemon.output(), "it is told")
        self.start_bus()
        self.start_server()
        self.wait_notice("Focus — Payment retries")
        until(lambda: self.owner(harness.NAME), "it is back on the bus")
        self.stop_cleanly()

    def test_join_leaves_the_sandbox(self):
        """Under systemd a browser must not be a child: it would have our sandbox, and our end."""
        self.start_server()
        systemd = self.spawn("systemd", sys.executable, "-m", "dbusmock", "--session",
                             "org.freedesktop.systemd1", "/org/freedesktop/systemd1",
                             "org.freedesktop.systemd1.Manager")
        until(lambda: self.owner("org.freedesktop.systemd1"), "a systemd of paper")
        manager = self.bus.get_object("org.freedesktop.systemd1", "/org/freedesktop/systemd1",
                                      introspect=False)
        manager.AddMethod("", "StartTransientUnit", "ssa(sv)a(sa(sv))", "o", "ret = '/job/1'",
                          dbus_interface=harness.MOCK)
        programs = os.path.join(self.home, "programs")
        os.mkdir(programs)
        opener = os.path.join(programs, "xdg-open")
        with open(opener, "w", encoding="ascii") as handle:
            handle.write("#!/bin/sh\n")
        os.chmod(opener, 0o700)
        link = "https://meet.example.org/a?b=$HOME&c"
        self.plan(("one", "Stand-up", soon(60), soon(900), "CATEGORIES:Meeting", "URL:" + link))
        self.start(INVOCATION_ID="0123", PATH=programs + ":" + os.environ["PATH"])
        actions = self.wait_notice("Stand-up")[3]
        self.assertIn("join", actions)
        self.click(1, "join")
        calls = until(lambda: manager.GetMethodCalls("StartTransientUnit", dbus_interface=harness.MOCK),
                      "systemd is asked")
        self.assertEqual(len(calls), 1)
        properties = dict(calls[0][1][2])
        program, argv, fatal = properties["ExecStart"][0]
        self.assertEqual(([str(program)] + [str(a) for a in argv], bool(fatal)),
                         ([opener, opener, link.replace("$", "$$")], False))
        self.stop_cleanly()
        systemd.end()

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
