# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who says that nobody types: GNOME's idle monitor of paper, a real X server, a real
compositor; and those that die, lie, are late or are not there."""
import os
import pwd
import signal
import subprocess
import sys
import time
import unittest

import dbus

import harness
from harness import soon, until
from presence_case import PresenceCase
from virtual_display import start_display

HERE = os.path.dirname(os.path.abspath(__file__))


class Mutter(PresenceCase):
    def test_away_and_back(self):
        """Away counts from when it began, not from when it was known."""
        self.start_mutter()
        self.work_now()
        self.start()
        self.source("mutter")
        self.presence("active")
        until(lambda: str(self.status()["Evidence"]) == "observed", "it is evidence")
        time.sleep(3)
        before = time.time()
        self.mutter("Idle", dbus.UInt64(2500))
        self.state("paused")
        end, reason = self.query("SELECT end, end_reason FROM entry ORDER BY start DESC")[0]
        self.assertEqual(reason, "away")
        self.assertEqual(str(self.status()["PausedBy"]), "away")
        self.assertAlmostEqual(end / 1e6, before - 2.5, delta=1.0)
        self.mutter("Input")
        self.state("running")
        self.assertEqual([r for r, _ in self.gaps()], ["away"])
        self.stop_cleanly()

    def test_already_away(self):
        """It starts while nobody is there: nothing is counted as work."""
        self.start_mutter()
        self.mutter("Idle", dbus.UInt64(3600000))
        self.work_now()
        self.start()
        self.presence("away")
        self.stop_cleanly()
        self.assertEqual(self.query("SELECT count(*) FROM entry WHERE evidence = 'observed'"),
                         [(0,)])

    def test_appears_later_and_goes(self):
        self.start()
        self.presence("unknown")
        self.assertIn("none: ", str(self.status()["PresenceSource"]))
        mutter = self.start_mutter()
        self.source("mutter")
        self.presence("active")
        self.mutter("Idle", dbus.UInt64(5000))
        self.presence("away")
        mutter.end(signal.SIGKILL)
        self.presence("unknown")
        self.start_mutter()
        self.presence("active")
        self.stop_cleanly()

    def test_late(self):
        """It has its name and answers much later: nothing waits, and then it is believed."""
        self.start_mutter()
        self.mutter("Mute", True)
        self.work_now()
        self.start()
        until(lambda: str(self.status()["Evidence"]) == "plan", "no evidence")
        self.presence("unknown")
        self.mutter("Mute", False)
        self.presence("active")
        until(lambda: str(self.status()["Evidence"]) == "observed", "it is evidence now")
        self.stop_cleanly()

    def test_probe(self):
        self.start_mutter()
        self.start()
        self.source("mutter")
        before = self.mutter("Watches")
        source, moved, _ = self.call("ProbePresence")
        self.assertEqual((str(source), bool(moved)), ("mutter", False))
        until(lambda: self.mutter("Watches") == before, "the probe is over")
        proxy = self.bus.get_object(harness.NAME, harness.PATH, introspect=False)
        pending = self.ask_to_probe()
        until(lambda: self.mutter("Watches") > before, "it watches")
        self.mutter("Idle", dbus.UInt64(300))
        until(lambda: self.mutter("Watches") > before + 1, "it waits for input")
        self.mutter("Input")
        pending.block()
        source, moved, milliseconds = self.answers[0].get_args_list()
        self.assertEqual((str(source), bool(moved)), ("mutter", True))
        self.assertLess(int(milliseconds), 10000)
        until(lambda: self.mutter("Watches") == before, "nothing stays behind")
        self.assertEqual(str(proxy.Get(harness.NAME, "Presence",
                                       dbus_interface="org.freedesktop.DBus.Properties")), "active")
        self.stop_cleanly()


    def test_strict_break_without_logind(self):
        """Then the screen saver is asked, once; a minute a second here."""
        import test_life
        name, path = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
        self.spawn("saver", sys.executable, "-m", "dbusmock", "--session", name, path, name)
        until(lambda: self.owner(name), "a screen saver of paper")
        saver = self.bus.get_object(name, path, introspect=False)
        saver.AddMethod("", "Lock", "", "", "", dbus_interface=harness.MOCK)
        self.configure(f"[calendar work]\npath = {self.calendar}\n[policy break]\nstrict = yes\n")
        self.start_mutter()
        self.plan(("one", "Lunch", soon(180), soon(3600), "CATEGORIES:Break"))
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME="+0 x60",
                   DONT_FAKE_MONOTONIC="1", ASAN_OPTIONS=test_life.asan_after_preload())
        self.presence("active")
        until(lambda: saver.GetMethodCalls("Lock", dbus_interface=harness.MOCK), "it locks")
        self.stop_cleanly()
        self.assertEqual(len(saver.GetMethodCalls("Lock", dbus_interface=harness.MOCK)), 1)


class Lies(PresenceCase):
    """A minute a second: the source is asked with each mark."""

    def start_fast(self):
        import test_life
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME="+0 x60",
                   DONT_FAKE_MONOTONIC="1", ASAN_OPTIONS=test_life.asan_after_preload())

    def setUp(self):
        super().setUp()
        self.configure(f"[calendar work]\npath = {self.calendar}\n")
        self.start_mutter()
        self.start_fast()
        self.source("mutter")
        self.begin("work")

    def test_stands_still(self):
        """0 ms, always: that is not somebody who types, and no evidence."""
        self.mutter("Lie", dbus.UInt64(0))
        self.presence("unknown")
        self.assertIn("stands still", str(self.status()["PresenceSource"]))
        self.mutter("Lie", dbus.UInt64(12))
        self.presence("active")
        self.stop_cleanly()

    def test_forgets_to_tell(self):
        """It says on being asked that nobody types, but its watch never fired."""
        self.mutter("Lie", dbus.UInt64(3600000))
        self.presence("away")
        self.mutter("Lie", dbus.UInt64(12))
        self.state("paused")
        self.stop_cleanly()

    def test_hangs(self):
        self.mutter("Mute", True)
        self.presence("unknown")
        self.assertIn("mutter ", str(self.status()["PresenceSource"]))
        self.mutter("Mute", False)
        self.presence("active")
        self.stop_cleanly()


class Minutes(PresenceCase):
    """The daemon's clocks are fast, and so are its limits for answers."""

    def setUp(self):
        super().setUp()
        self.start_mutter()
        self.mutter("Mute", True)

    def start_fast(self, speed):
        import test_life
        self.speed = speed
        self.began = time.monotonic()
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME=f"+0 x{speed}",
                   ASAN_OPTIONS=test_life.asan_after_preload())

    def wait_minutes(self, minutes):
        """Of the daemon's, since it was started."""
        while time.monotonic() < self.began + minutes * 60 / self.speed:
            self.assertEqual(str(self.status()["Presence"]), "unknown")
            time.sleep(0.1)

    def test_answers_after_a_minute(self):
        """What was asked first is given up long since, and its answers come all the same. Nothing was known before
        them, and nothing of that time is called seen."""
        self.plan(("one", "Work", soon(-5), soon(1800), "CATEGORIES:Focus"))
        self.start_fast(10)
        until(lambda: str(self.status()["Evidence"]) == "plan", "no evidence")
        self.wait_minutes(1.2)
        self.assertRegex(str(self.status()["PresenceSource"]), "^none: mutter")
        self.mutter("Mute", False)
        self.source("mutter")
        self.presence("active")
        until(lambda: str(self.status()["Evidence"]) == "observed", "it is evidence now")
        self.stop_cleanly()
        (before, start, end), (after, since, _) = self.query("SELECT evidence, start, end FROM entry ORDER BY start")
        self.assertEqual((before, after), ("plan", "observed"))
        self.assertGreater(end - start, 60 * 1000000)
        self.assertEqual(since, end)

    def test_answers_after_many_minutes(self):
        """It is not looked for by itself any more, but with the next mark."""
        self.start_fast(20)
        self.begin("work")
        self.wait_minutes(9)
        self.mutter("Mute", False)
        self.source("mutter")
        self.presence("active")
        self.stop_cleanly()


class X11(PresenceCase):
    def start_display(self, *number):
        return start_display(self, "320x240", *number)

    def press(self):
        subprocess.run(["xdotool", "key", "a"], env=self.environment, check=True)

    def test_away_and_back(self):
        self.start_display()
        self.press()
        self.start()
        self.source("x11")
        self.presence("active")
        self.begin("work")
        self.presence("away")
        self.press()
        self.presence("active")
        self.presence("away")
        self.press()
        self.presence("active")
        self.stop_cleanly()

    def test_server_goes(self):
        display = self.start_display()
        self.press()
        self.start()
        self.source("x11")
        display.kill()
        self.presence("unknown")
        self.assertTrue(self.daemon.alive())
        self.stop_cleanly()

    def test_display_comes(self):
        """Of the user's own name; one of another name is no news to us."""
        display = self.start_display()
        name = self.environment["DISPLAY"]
        display.kill()
        display.wait()
        self.start()
        until(lambda: "X server" in str(self.status()["PresenceSource"]), "nobody is there")
        self.start_display(name)
        self.press()
        self.source("x11")
        self.presence("active")
        self.stop_cleanly()

    def test_probe(self):
        self.start_display()
        self.start()
        self.source("x11")
        pending = self.ask_to_probe()
        time.sleep(1)
        self.press()
        pending.block()
        source, moved, _ = self.answers[0].get_args_list()
        self.assertEqual((str(source), bool(moved)), ("x11", True))
        self.stop_cleanly()


class Sway(PresenceCase):
    """A real compositor without a screen; it refuses to run as root, so then it runs as nobody."""

    def start_sway(self):
        folder = os.path.join(self.home, "wayland")
        os.mkdir(folder, 0o700)
        config = os.path.join(folder, "config")
        with open(config, "w", encoding="ascii") as handle:
            handle.write("xwayland disable\n")
        command = ["sway", "--config", config]
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "XDG_RUNTIME_DIR": folder,
                       "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman",
                       "WLR_LIBINPUT_NO_DEVICES": "1", "LC_ALL": "C.UTF-8"}
        nobody = {}
        if os.getuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chmod(self.home, 0o711)
            for path in (folder, config):
                os.chown(path, user.pw_uid, user.pw_gid)
            nobody = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        with open(os.path.join(self.home, "sway.log"), "wb") as log:
            sway = subprocess.Popen(command, env=environment, stdout=log, stderr=log, **nobody)
        self.addCleanup(sway.wait)
        self.addCleanup(sway.terminate)
        names = until(lambda: [n for n in os.listdir(folder)
                               if n.startswith("wayland-") and not n.endswith(".lock")], "sway")
        self.display = os.path.join(folder, names[0])
        self.environment["WAYLAND_DISPLAY"] = self.display
        return sway

    def press(self):
        """A virtual keyboard is plugged in, types, and goes."""
        subprocess.run(["wtype", "a"], env=self.environment, check=True)

    def test_away_and_back(self):
        self.start_sway()
        self.start()
        until(lambda: str(self.status()["PresenceSource"])
              in ("org_kde_kwin_idle", "ext-idle-notify-v1"), "the compositor tells")
        self.presence("active")
        self.presence("away")
        self.press()
        self.presence("active")
        self.stop_cleanly()

    def test_compositor_goes_and_returns(self):
        sway = self.start_sway()
        self.start()
        self.presence("active")
        sway.kill()
        self.presence("unknown")
        self.stop_cleanly()


@unittest.skipUnless("IDLE_COMPOSITOR" in os.environ, "not built: no Wayland")
class IdleNotify(PresenceCase):
    """ext-idle-notify-v1, by a compositor of our own: sway 1.7 has the older protocol."""

    def start_compositor(self):
        self.environment["WAYLAND_DISPLAY"] = "wayland-7"
        compositor = self.spawn("compositor", os.environ["IDLE_COMPOSITOR"], "wayland-7")
        until(lambda: os.path.exists(os.path.join(self.home, "run", "wayland-7")), "the compositor")
        return compositor

    def test_away_and_back(self):
        compositor = self.start_compositor()
        self.start()
        self.source("ext-idle-notify-v1")
        self.presence("active")
        self.begin("work")
        self.presence("away")
        self.state("paused")
        compositor.send(signal.SIGUSR1)
        self.presence("active")
        self.state("running")
        self.presence("away")
        self.stop_cleanly()
        self.assertEqual([r for r, _ in self.gaps()], ["away", "away"])

    def test_compositor_goes_and_returns(self):
        compositor = self.start_compositor()
        self.start()
        self.presence("active")
        compositor.end(signal.SIGKILL)
        self.presence("unknown")
        self.start_compositor()
        self.source("ext-idle-notify-v1")
        self.presence("active")
        self.stop_cleanly()

    def test_probe(self):
        compositor = self.start_compositor()
        self.start()
        self.source("ext-idle-notify-v1")
        pending = self.ask_to_probe()
        time.sleep(1)
        compositor.send(signal.SIGUSR1)
        pending.block()
        source, moved, _ = self.answers[0].get_args_list()
        self.assertEqual((str(source), bool(moved)), ("ext-idle-notify-v1", True))
        self.stop_cleanly()


class Nobody(PresenceCase):
    def test_unknown(self):
        """No desktop at all: time rests on the plan and says so."""
        self.work_now()
        self.start()
        until(lambda: "no X server" in str(self.status()["PresenceSource"])
              or "built without" in str(self.status()["PresenceSource"]), "why nobody tells")
        self.presence("unknown")
        until(lambda: str(self.status()["Evidence"]) == "plan", "no evidence")
        source, moved, _ = self.call("ProbePresence")
        self.assertTrue(str(source).startswith("none: "))
        self.assertFalse(moved)
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
