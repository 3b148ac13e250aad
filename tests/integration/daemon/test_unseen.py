# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A trackerd that lives but is not reached: that nobody keeps time would be a lie."""
import json
import os
import signal
import subprocess

import harness
from harness import until


class Unseen(harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.plan()

    def tracker(self, *words, status=0, **more):
        done = subprocess.run([harness.TRACKER, *words], env={**self.environment, **more}, text=True,
                              capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, status, f"{words}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def new_bus(self):
        """The session's next bus, at another address; the old one is dead."""
        self.bus_process.end(signal.SIGKILL)
        path = os.path.join(self.home, "next")
        config = os.path.join(self.home, "next.conf")
        with open(config, "w", encoding="utf-8") as handle:
            handle.write(harness.BUS_CONFIG.format(path=path))
        self.spawn("next", "dbus-daemon", "--nofork", "--config-file=" + config)
        until(lambda: os.path.exists(path), "the bus")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + path
        self.bus = until(self.connect, "a connection")

    def old_enough(self):
        """So that it is not taken for one that starts."""
        return {"LD_PRELOAD": self.faketime(), "FAKETIME": "+60s", "DONT_FAKE_MONOTONIC": "1",
                "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}

    def faketime(self):
        import test_life
        return test_life.harness_faketime()

    def everything_names_it(self, sentence, remedy, **more):
        name = f"trackerd (process {self.daemon.child.pid}) "
        for words in (["start", "x"], ["stop"], ["pause"], ["resume"], ["extend"], ["snooze"], ["skip"],
                      ["break"], ["break", "postpone"], ["done"], ["release"], ["answer", "worked"]):
            with self.subTest(words):
                said = self.tracker(*words, status=3, **more)
                self.assertIn(name + sentence, said)
                self.assertIn(remedy, said)
                self.assertNotIn("nobody", said.lower())
        for words in ([], ["status"]):
            said = " ".join(self.tracker(*words, **more).split())
            self.assertIn(name + sentence, said)
            self.assertIn(remedy, said)
            self.assertNotIn("nobody", said.lower())
        status = json.loads(self.tracker("status", "--json", **more))
        self.assertEqual((status["daemon"], status["state"], status["process"]),
                         (False, "unknown", self.daemon.child.pid))
        self.assertIn(name + sentence, status["why_not"])
        bar = json.loads(self.tracker("status", "--format", "waybar", **more))
        self.assertEqual(bar["text"], "○ trackerd is not reached")
        self.assertIn(name + sentence, bar["tooltip"])
        found = json.loads(self.tracker("doctor", "--json", status=1, **more).partition("]")[0] + "]")
        daemon, = [part for part in found if part["part"] == "daemon"]
        self.assertEqual(daemon["state"], "failed")
        self.assertIn(name + sentence, daemon["text"])
        self.assertIn(remedy, daemon["text"])

    def test_another_bus(self):
        self.start()
        self.new_bus()
        pid = self.daemon.child.pid
        self.everything_names_it("runs, but cannot be reached on this session bus",
                                 f"kill {pid}, then trackerd &", **self.old_enough())
        self.stop_cleanly()
        self.assertIn("Nobody is keeping time", self.tracker())
        self.assertIsNone(json.loads(self.tracker("status", "--json"))["process"])

    def test_no_bus_any_more(self):
        self.start()
        self.bus_process.end(signal.SIGKILL)
        self.everything_names_it("runs, but there is no session bus here",
                                 f"to end it: kill {self.daemon.child.pid}")
        del self.environment["DBUS_SESSION_BUS_ADDRESS"]
        self.everything_names_it("runs, but there is no session bus here",
                                 f"to end it: kill {self.daemon.child.pid}")
        self.stop_cleanly()

    def test_just_started(self):
        """Reading its calendars it has no name yet: nobody is told to kill it."""
        self.launch(DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent/bus")
        until(lambda: "no session bus" in self.daemon.output(), "it runs")
        said = self.tracker("stop", status=3)
        self.assertIn(f"trackerd (process {self.daemon.child.pid}) has just been started", said)
        self.assertNotIn("kill", said)
        self.stop_cleanly()

    def test_hangs(self):
        self.start()
        self.daemon.send(signal.SIGSTOP)
        said = self.tracker("stop", status=3)
        self.assertIn(f"trackerd (process {self.daemon.child.pid}) runs, but does not answer; what was asked may "
                      "have been done all the same: tracker log; ", said)
        self.daemon.send(signal.SIGCONT)
        self.stop_cleanly()

    def test_killed(self):
        """Its number stays in the file; it is not believed."""
        self.start()
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        self.assertIn("Nobody is keeping time", self.tracker())
        self.assertIn("nobody is keeping time", self.tracker("stop", status=3))

    def test_follower(self):
        """A bar that follows says so too, when the bus goes away under it."""
        self.start()
        with subprocess.Popen([harness.TRACKER, "status", "--format", "polybar", "--follow"], text=True,
                              env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as bar:
            self.assertNotIn("○ trackerd", bar.stdout.readline())
            self.bus_process.end(signal.SIGKILL)
            out, err = bar.communicate(timeout=harness.PATIENCE)
        self.assertEqual(out, "○ trackerd is not reached\n")
        self.assertIn(f"trackerd (process {self.daemon.child.pid}) runs", err)
        self.assertEqual(bar.returncode, 3)
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
