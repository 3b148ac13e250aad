# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed at any call between "set do-not-disturb" and anything else: whatever is on then is written
down as ours, and the next daemon puts it back."""
import os
import signal
import subprocess
import sys

import harness
from harness import until
from test_quiet import Banners

HERE = os.path.dirname(os.path.abspath(__file__))
DRIVER = os.environ["QUIET_DRIVER"]
CALLS = ["sendmsg", "write", "rename", "renameat", "renameat2", "unlink", "unlinkat", "fsync",
         "fdatasync", "openat"]
MOST = 400  # calls of one kind: a run that never survives is a fault of the test
STRIDE = {"openat": 7, "write": 3}  # of what loading and waking cost, each so-manieth


class KillCase:
    def set_up_server(self, name):
        self.spawn("server", sys.executable, os.path.join(HERE, "fake_desktop.py"), name)
        until(lambda: self.owner(harness.NOTIFICATIONS), "the server")
        self.file = os.path.join(self.home, "do-not-disturb")

    def run_killed(self, call, count):
        """TRUE: it was killed at the @count-th @call."""
        done = subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                               f"inject={call}:signal=KILL:when={count}", DRIVER, self.file, "block"],
                              env={**self.environment, "ASAN_OPTIONS": "detect_leaks=0"},
                              capture_output=True, text=True, timeout=harness.PATIENCE * 4, check=False)
        if done.returncode not in (0, -signal.SIGKILL, 128 + signal.SIGKILL):
            raise AssertionError(f"{call} {count}: status {done.returncode}: {done.stderr}")
        return done.returncode != 0

    def check_after(self, what):
        if self.is_quiet():
            self.assertTrue(os.path.exists(self.file), f"{what}: it is on, and nobody knows that it is ours")
        subprocess.run([DRIVER, self.file, "after"], env=self.environment, check=True,
                       timeout=harness.PATIENCE * 2, capture_output=True)
        self.assertFalse(self.is_quiet(), f"{what}: it stays on")
        self.assertFalse(os.path.exists(self.file), what)

    def test_killed_at_every_call(self):
        self.assertFalse(self.is_quiet())
        killed = seen_on = 0
        for call in CALLS:
            for count in range(1, MOST, STRIDE.get(call, 1)):
                if not self.run_killed(call, count):
                    break
                killed += 1
                seen_on += self.is_quiet()
                self.check_after(f"{call} {count}")
            else:
                raise AssertionError(f"more than {MOST} calls of {call}")
            self.check_after(f"{call}, not killed")
        self.assertGreater(killed, 10)
        self.assertGreater(seen_on, 0, "it was never killed while it was on")


class Dunst(KillCase, harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.set_up_server("dunst")

    def is_quiet(self):
        proxy = self.bus.get_object(harness.NOTIFICATIONS, "/org/freedesktop/Notifications",
                                    introspect=False)
        return bool(proxy.Get("org.dunstproject.cmd0", "paused",
                              dbus_interface="org.freedesktop.DBus.Properties"))


class Mako(KillCase, harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.set_up_server("mako")

    def is_quiet(self):
        mako = self.bus.get_object(harness.NOTIFICATIONS, "/fr/emersion/Mako", introspect=False)
        return "do-not-disturb" in mako.ListModes(dbus_interface="fr.emersion.Mako")


class Swaync(KillCase, harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.set_up_server("SwayNotificationCenter")

    def is_quiet(self):
        name = "org.erikreider.swaync.cc"
        swaync = self.bus.get_object(name, "/org/erikreider/swaync/cc", introspect=False)
        return bool(swaync.GetDnd(dbus_interface=name))


class Gnome(Banners, KillCase, harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.environment["GSETTINGS_BACKEND"] = "keyfile"
        self.set_up_server("gnome-shell")

    def is_quiet(self):
        return not self.has_banners()


del Banners


if __name__ == "__main__":
    harness.main()
