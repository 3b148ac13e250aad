#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user's programs are told, and that none of them is in the daemon's way."""
import json
import os
import signal

from harness import DaemonCase, main, soon, until

KEEP = """#!/bin/sh
cat >>"$HOME/told"
"""
HANG = """#!/bin/sh
trap '' TERM
echo "$$" >"$HOME/hanging"
sleep 1000 & sleep 1000; sleep 1000
"""


def read(path):
    try:
        with open(path, encoding="utf-8") as handle:
            return handle.read()
    except FileNotFoundError:
        return ""


def is_there(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as handle:
            return handle.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class HookCase(DaemonCase):
    def hook(self, event, name, text, mode=0o755):
        folder = os.path.join(self.home, "config", "trackerd", "hooks", event + ".d")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as handle:
            handle.write(text)
        os.chmod(path, mode)
        return path

    def keep(self, *events):
        for event in events:
            self.hook(event, "keep", KEEP)

    def told(self):
        path = os.path.join(self.home, "told")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as handle:
            return [json.loads(line) for line in handle]

    def wait_told(self, *events):
        until(lambda: len(self.told()) >= len(events), "hooks " + " ".join(events))
        found = self.told()
        self.assertEqual(sorted(t["event"] for t in found), sorted(events))
        return {t["event"]: t for t in found}

    def runs(self):
        return self.query("SELECT hook, program, ended, status, output FROM hook_run ORDER BY number")

    def wait_runs(self, count):
        return until(lambda: len(self.runs()) >= count and self.runs(), f"{count} runs in the log")


class Told(HookCase):
    def test_a_block(self):
        self.keep("block-start", "focus-start", "focus-end", "block-end")
        title = 'Deep "work" $(touch $HOME/bad) `x` \\, <b>'
        self.plan(("a", title, soon(-600), soon(3000), "X-TRACKERD-KIND:focus", "LOCATION:Room 1"))
        self.start()
        told = self.wait_told("block-start", "focus-start")
        begun = told["focus-start"]
        self.assertEqual(begun["reason"], "block-start")
        self.assertEqual(begun["kind"], "focus")
        self.assertIn("$(touch $HOME/bad)", begun["title"])
        self.assertEqual(begun["block"]["location"], "Room 1")
        self.assertEqual(begun["until"], begun["block"]["end"])
        self.assertIs(begun["test"], False)
        self.assertFalse(os.path.exists(os.path.join(self.home, "bad")))
        self.call("Skip", "")
        told = self.wait_told("block-start", "focus-start", "focus-end", "block-end")
        self.assertEqual(told["block-end"]["reason"], "skip")
        self.assertEqual({r[2:4] for r in self.wait_runs(4)}, {("exit", 0)})
        self.stop_cleanly()

    def test_the_end_of_the_daemon(self):
        """What began is told to end, though the daemon ends; the next one begins it again."""
        self.keep("focus-start", "focus-end")
        self.start()
        self.begin("by hand")
        self.wait_told("focus-start")
        self.stop_cleanly()
        told = self.wait_told("focus-start", "focus-end")
        self.assertEqual(told["focus-end"]["reason"], "shutdown")
        self.assertEqual(len(self.runs()), 2)

    def test_reload_at_the_end(self):
        """While it waits for the last hook, most of the daemon is gone already."""
        mark = os.path.join(self.home, "waits")
        self.hook("focus-end", "wait", f"#!/bin/sh\n: >'{mark}'\nexec sleep 60\n")
        self.start()
        self.begin("by hand")
        os.kill(self.daemon.child.pid, signal.SIGTERM)
        until(lambda: os.path.exists(mark), "the last hook")
        os.kill(self.daemon.child.pid, signal.SIGHUP)
        self.assertEqual(self.daemon.child.wait(60), 0, self.daemon.output()[-3000:])
        self.assertEqual([r[:3] for r in self.runs()], [("focus-end", "wait", "signal")])
        self.check_log()

    def test_no_turn_before_the_end(self):
        """A program that hangs keeps the next event from its turn: the log says that it never came."""
        self.hook("focus-start", "hang", HANG)
        self.keep("focus-end")
        self.start()
        self.begin("by hand")
        until(lambda: read(os.path.join(self.home, "hanging")), "the hook")
        self.stop_cleanly()
        self.assertEqual([r[:3] for r in self.runs()],
                         [("focus-start", "hang", "signal"), ("focus-end", "keep", "refused")])
        self.assertIn("trackerd ended before its turn came", self.runs()[1][4])
        self.assertEqual(self.told(), [])

    def test_a_crash(self):
        self.keep("focus-start", "focus-end", "block-start", "block-end")
        self.plan(("a", "Deep work", soon(-600), soon(3000), "X-TRACKERD-KIND:focus"))
        self.start()
        self.wait_told("block-start", "focus-start")
        self.daemon.end(signal.SIGKILL)
        self.start()
        until(lambda: self.status().get("State") == "running", "the block again")
        self.call("Skip", "")
        self.wait_told("block-start", "focus-start", "focus-end", "block-end")
        self.stop_cleanly()


class Manners(HookCase):
    def test_a_hanging_hook_delays_nobody(self):
        """Its limit is long; the notice comes, commands are answered, other hooks run."""
        self.configure("[trackerd]\nhook_limit = 10m\n[calendar work]\npath = " + self.calendar + "\n")
        self.hook("block-start", "hang", HANG)
        self.keep("focus-start")
        self.plan(("a", "Deep work", soon(-60), soon(3000), "X-TRACKERD-KIND:focus"))
        self.start_server()
        self.start()
        self.wait_notice("Deep work")
        self.wait_told("focus-start")
        path = os.path.join(self.home, "hanging")
        pid = int(until(lambda: read(path), "the hook"))
        self.assertEqual(self.status()["State"], "running")
        self.assertTrue(is_there(pid))
        self.stop_cleanly()
        until(lambda: not is_there(pid), "the end of the hanging hook")
        self.assertIn(("block-start", "hang", "signal"), [r[:3] for r in self.runs()])

    def test_a_killed_daemon_leaves_nothing_behind(self):
        self.hook("focus-start", "hang", HANG)
        self.start()
        self.begin("by hand")
        path = os.path.join(self.home, "hanging")
        pid = int(until(lambda: read(path), "the hook"))
        self.daemon.end(signal.SIGKILL)
        until(lambda: not is_there(pid), "the end of the hook of a daemon that was killed")

    def test_told_once(self):
        """One that fails is told once, one that others can write is not run; the log has each run."""
        self.hook("focus-start", "10-fails", "#!/bin/sh\necho it broke >&2\nexit 3\n")
        self.hook("focus-start", "20-open", KEEP, 0o777)
        self.hook("focus-start", "30-slow", HANG)
        self.configure("[trackerd]\nhook_limit = 1s\n")
        self.start()
        self.begin("one")
        runs = self.wait_runs(3)
        self.assertEqual(runs[0], ("focus-start", "10-fails", "exit", 3, "it broke"))
        self.assertEqual(runs[1][2], "refused")
        self.assertIn("chmod go-w", runs[1][4])
        self.assertEqual(runs[2][:3], ("focus-start", "30-slow", "timeout"))
        self.call("Pause")
        self.call("Resume")
        self.wait_runs(6)
        self.assertEqual(self.told(), [])
        self.stop_cleanly()
        lines = [line for line in self.daemon.output().splitlines() if "10-fails" in line and "tracker hook log" in line]
        self.assertEqual(len(lines), 1, lines)


class Outside(HookCase):
    """Under systemd the daemon has no network and its hooks run in units of their own."""

    FAKE = """#!/bin/sh
printf '%s\\n' "$@" >"$HOME/systemd-run"
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
"""

    def start_confined(self, fake):
        folder = os.path.join(self.home, "bin")
        os.makedirs(folder)
        with open(os.path.join(folder, "systemd-run"), "w", encoding="utf-8") as handle:
            handle.write(fake)
        os.chmod(handle.name, 0o755)
        self.environment["PATH"] = folder + ":" + self.environment["PATH"]
        self.daemon = self.spawn("trackerd", "/bin/sh", "-c", 'SYSTEMD_EXEC_PID=$$ exec "$0" --verbose',
                                 os.environ["TRACKERD"])
        until(lambda: self.owner("org.trackerd.Tracker1"), "the daemon")

    def test_a_unit(self):
        self.keep("focus-start")
        self.start_confined(self.FAKE)
        self.begin("by hand")
        self.wait_told("focus-start")
        with open(os.path.join(self.home, "systemd-run"), encoding="utf-8") as handle:
            words = handle.read().splitlines()
        for word in ("--user", "--pipe", "--wait", "--collect"):
            self.assertIn(word, words)
        self.assertEqual(self.wait_runs(1)[0][2:4], ("exit", 0))
        self.stop_cleanly()

    def test_it_fails(self):
        self.keep("focus-start")
        self.start_confined("#!/bin/sh\necho Failed to connect to bus >&2\nexit 1\n")
        self.begin("by hand")
        run = self.wait_runs(1)[0]
        self.assertEqual(run[2], "refused")
        self.assertIn("Failed to connect to bus", run[4])
        self.assertEqual(self.told(), [])
        self.stop_cleanly()


if __name__ == "__main__":
    main()
