# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tracker status for bars: followed over a daemon's life and death, quiet while nothing happens."""
import fcntl
import json
import os
import signal
import subprocess
import time

from harness import NAME, PATIENCE, TRACKER, DaemonCase, main, soon, until

MINUTE = 60 * 1000000
UNREACHED = "○ trackerd is not reached"
NOBODY = "○ no time is kept"


class Follower:
    """tracker status --follow with what it printed so far."""

    def __init__(self, case, *words, before=(), **more):
        self.child = subprocess.Popen([*before, TRACKER, "status", "--follow", *words], stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                                      env={**case.environment, **more})
        case.addCleanup(self.kill)
        fcntl.fcntl(self.child.stdout, fcntl.F_SETFL, os.O_NONBLOCK)
        self.bytes = b""

    def kill(self):
        self.child.kill()
        self.child.wait()
        self.child.stdout.close()
        self.child.stderr.close()

    def lines(self):
        self.bytes += self.child.stdout.read() or b""
        return self.bytes.decode().split("\n")[:-1]

    def wait(self, text):
        """Until the newest line has @text in it."""
        until(lambda: self.lines() and text in self.lines()[-1], f"'{text}' after {self.lines()}")
        return self.lines()[-1]

    def close(self):
        """The reader goes, without a word to write; its exit status."""
        self.child.stdout.close()
        return self.child.wait(PATIENCE)


class Panels(DaemonCase):
    def tracker(self, *words):
        done = subprocess.run([TRACKER, *words], env=self.environment, capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def test_over_a_restart(self):
        bar = Follower(self)
        self.assertEqual(bar.wait("○"), NOBODY)
        self.start()
        bar.wait("○ nothing planned")
        self.begin("fix login", 50 * MINUTE)
        bar.wait("● fix login 49 min left")
        self.call("Pause")
        bar.wait("◐ fix login paused since ")
        self.call("Resume")
        bar.wait("● fix login ")
        self.daemon.end(signal.SIGKILL)
        bar.wait(NOBODY)
        self.start()
        bar.wait("fix login")
        self.call("Stop")
        bar.wait("○ nothing planned")
        self.stop_cleanly()
        bar.wait(NOBODY)
        lines = bar.lines()
        self.assertTrue(all(a != b for a, b in zip(lines, lines[1:])), lines)
        self.assertEqual(bar.close(), 0)

    def test_what_the_plan_says_next(self):
        self.plan(("a", "Code review", soon(600), soon(1200)))
        self.start()
        bar = Follower(self, "--format", "tmux")
        bar.wait(" Code review")
        self.plan(("a", "Other #[bg=red]", soon(600), soon(1200)))
        bar.wait(" Other ##[bg=red]")
        self.assertEqual(bar.close(), 0)

    def test_minutes_pass(self):
        self.start()
        self.begin("short", 62 * 1000000)
        bar = Follower(self)
        bar.wait("● short 1 min left")
        bar.wait("● short <1 min left")

    def test_every_format(self):
        self.plan()
        title = "<i>%{F#f00}#[bg=red]"
        self.start()
        self.begin(title, 30 * MINUTE)
        for name, shown in (("text", title), ("polybar", "<i>% {F#f00}#[bg=red]"),
                            ("tmux", "<i>%{F##f00}##[bg=red]")):
            self.assertEqual(Follower(self, "--format", name).wait("●"), f"● {shown} 29 min left")
        waybar = json.loads(self.tracker("status", "--format", "waybar"))
        self.assertEqual(waybar["text"], "● &lt;i&gt;%{F#f00}#[bg=red] 29 min left")
        self.assertEqual(waybar["class"], ["running", "focus"])
        self.assertIn("&lt;i&gt;", waybar["tooltip"])
        blocks = json.loads(Follower(self, "--format=i3blocks").wait("{"))
        self.assertEqual((blocks["full_text"], blocks["markup"]), (f"● {title} 29 min left", "none"))
        self.assertEqual(self.tracker("status", "--format", "polybar"), "● <i>% {F#f00}#[bg=red] 29 min left\n")
        line = json.loads(Follower(self, "--json").wait("{"))
        whole = json.loads(self.tracker("status", "--format", "json"))
        for key in ("daemon", "state", "title", "kind", "since", "until", "version"):
            self.assertEqual(line[key], whole[key], key)
        self.assertIn("today", whole)

    def test_without_a_bus(self):
        for address in ("", "unix:path=/nonexistent"):
            bar = Follower(self, DBUS_SESSION_BUS_ADDRESS=address)
            self.assertEqual(bar.child.wait(PATIENCE), 3)
            self.assertEqual(bar.lines(), [NOBODY])
            self.assertIn(b"nobody is keeping time", bar.child.stderr.read())

    def test_json_says_why_nothing_is_known(self):
        bar = Follower(self, "--json")
        self.assertEqual(json.loads(bar.wait("{"))["why_not"], "nobody is keeping time")
        self.start()
        self.assertIsNone(json.loads(bar.wait('"daemon" : true'))["why_not"])
        self.daemon.send(signal.SIGSTOP)
        line = json.loads(Follower(self, "--json").wait("{"))
        self.assertEqual(line["why_not"], f"trackerd (process {line['process']}) runs, but does not answer")
        self.daemon.send(signal.SIGCONT)

    def test_the_bus_goes(self):
        self.start()
        bar = Follower(self)
        bar.wait("○ nothing planned")
        self.bus_process.end()
        self.assertEqual(bar.child.wait(PATIENCE), 3)
        self.assertEqual(bar.lines()[-1], UNREACHED)

    def test_a_daemon_that_hangs_and_recovers(self):
        self.start()
        self.daemon.send(signal.SIGSTOP)
        bar = Follower(self)
        bar.wait(UNREACHED)
        self.daemon.send(signal.SIGCONT)
        self.begin("again", 30 * MINUTE)
        bar.wait("● again")

    def quiet(self, wait_for):
        """System calls in some seconds after the line came."""
        trace = os.path.join(self.home, f"trace-{time.monotonic_ns()}")
        bar = Follower(self, before=("strace", "-f", "-o", trace), ASAN_OPTIONS="detect_leaks=0")
        bar.wait(wait_for)
        time.sleep(1)  # what came with it
        before = os.path.getsize(trace)
        time.sleep(4)
        with open(trace, encoding="utf-8", errors="replace") as handle:
            handle.seek(before)
            return handle.read()

    def test_nothing_wakes_it(self):
        self.assertEqual(self.quiet(NOBODY), "")
        self.start()
        self.assertEqual(self.quiet("○ nothing planned"), "")
        self.begin("long", 30 * MINUTE)
        self.assertEqual(self.quiet("● long"), "")
        self.assertTrue(self.owner(NAME))


if __name__ == "__main__":
    main()
