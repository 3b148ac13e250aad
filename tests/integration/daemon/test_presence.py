# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who says that nobody types: GNOME's idle monitor and logind of paper, a real X server, a real
compositor; and those that die, lie, are late or are not there."""
import json
import os
import pwd
import signal
import subprocess
import sys
import time
import unittest

import dbus
import dbus.lowlevel

import harness
from harness import soon, until

HERE = os.path.dirname(os.path.abspath(__file__))
MUTTER = "org.gnome.Mutter.IdleMonitor"
LOGIND = "org.freedesktop.login1"
SESSION = "/org/freedesktop/login1/session/c1"
POLICY = "\n".join(f"[policy {kind}]\naway_limit = 2s\n" for kind in ("focus", "shallow"))


class PresenceCase(harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.configure(f"[calendar work]\npath = {self.calendar}\n{POLICY}")
        self.plan()

    def work_now(self):
        self.plan(("one", "Work", soon(-5), soon(1800), "CATEGORIES:Focus"))

    def ask_to_probe(self):
        """The answer comes later."""
        self.answers = []
        message = dbus.lowlevel.MethodCallMessage(harness.NAME, harness.PATH, harness.NAME,
                                                  "ProbePresence")
        pending = self.bus.send_message_with_reply(message, self.answers.append)
        self.bus.flush()
        return pending

    def presence(self, wanted):
        until(lambda: str(self.status()["Presence"]) == wanted, f"presence is {wanted}")

    def source(self, wanted):
        until(lambda: str(self.status()["PresenceSource"]).startswith(wanted), f"told by {wanted}")

    def state(self, wanted):
        until(lambda: str(self.status()["State"]) == wanted, f"state is {wanted}")

    def gaps(self):
        return self.query("SELECT reason, end FROM gap ORDER BY start")

    def start_mutter(self):
        process = self.spawn("mutter", sys.executable, os.path.join(HERE, "fake_mutter.py"))
        until(lambda: self.owner(MUTTER), "an idle monitor of paper")
        proxy = self.bus.get_object(MUTTER, "/org/gnome/Mutter/IdleMonitor/Core", introspect=False)
        self.mutter = lambda method, *a: proxy.get_dbus_method(method, "org.trackerd.Fake")(*a)
        return process

    def start_system_bus(self):
        """A second private bus, that plays the system's."""
        path = os.path.join(self.home, "system-bus")
        config = os.path.join(self.home, "system-bus.conf")
        with open(config, "w", encoding="utf-8") as handle:
            handle.write(harness.BUS_CONFIG.format(path=path))
        self.spawn("system-bus", "dbus-daemon", "--nofork", "--config-file=" + config)
        self.environment["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=" + path
        self.system = until(lambda: self.connect_to("unix:path=" + path), "the system bus")

    def start_logind(self):
        """Of paper."""
        process = self.spawn("logind", sys.executable, "-m", "dbusmock", "--system", "-t", "logind")
        until(lambda: self.system.name_has_owner(LOGIND), "a logind of paper")
        self.manager = self.system.get_object(LOGIND, "/org/freedesktop/login1", introspect=False)
        self.manager.AddSession("c1", "seat0", dbus.UInt32(os.getuid()), "me", True,
                                dbus_interface=harness.MOCK)
        self.session = self.system.get_object(LOGIND, SESSION, introspect=False)
        return process

    def session_has(self, **properties):
        self.session.UpdateProperties("org.freedesktop.login1.Session",
                                      dbus.Dictionary(properties, signature="sv"),
                                      dbus_interface=harness.MOCK)

    def inhibitors(self):
        found = self.manager.ListInhibitors(dbus_interface=LOGIND + ".Manager")
        return [(str(i[0]), str(i[1]), str(i[3])) for i in found]


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


class Logind(PresenceCase):
    def setUp(self):
        super().setUp()
        self.start_system_bus()
        self.logind = self.start_logind()

    def test_lock_and_unlock(self):
        self.start_mutter()
        self.start()
        self.presence("active")
        self.begin("work")
        time.sleep(0.1)
        self.session_has(LockedHint=True)
        self.state("paused")
        self.assertEqual([r for r, _ in self.gaps()], ["lock"])
        self.session_has(LockedHint=False)
        self.state("running")
        self.stop_cleanly()

    def test_lock_that_nobody_confirms(self):
        """A screen locker that never says that it is over: the next input after a rest says it."""
        self.start_mutter()
        self.start()
        self.presence("active")
        self.session.Lock(dbus_interface=LOGIND + ".Session")
        self.presence("away")
        self.mutter("Idle", dbus.UInt64(11000))
        time.sleep(0.2)
        self.mutter("Input")
        self.presence("active")
        self.stop_cleanly()

    def test_strict_break(self):
        """Told half a minute before, then the session is locked, and the break is taken."""
        self.configure("[calendar work]\npath = %s\n[policy break]\nstrict = yes\nremind_every = 31s\n"
                       % self.calendar)
        self.start_mutter()
        self.start_server()
        self.plan(("rest", "Walk", soon(1), soon(900), "CATEGORIES:Break"))
        self.start()
        self.presence("active")
        self.wait_notice("The screen locks in 30 s")
        told = time.time()
        self.assertEqual(str(self.status()["Presence"]), "active")
        while time.time() < told + 45 and str(self.status()["Presence"]) != "away":
            time.sleep(0.2)
        self.assertGreater(time.time(), told + 25)
        self.presence("away")
        self.assertEqual(self.query("SELECT kind, start_reason FROM entry"), [("break", "lock")])
        self.stop_cleanly()

    def test_switched_away(self):
        self.start_mutter()
        self.start()
        self.presence("active")
        self.begin("work")
        time.sleep(0.1)
        self.session_has(Active=False)
        self.presence("away")
        self.state("paused")
        self.session_has(LockedHint=True)
        self.session_has(Active=True)
        time.sleep(0.2)
        self.assertEqual(str(self.status()["State"]), "paused", "the screen is locked still")
        self.session_has(LockedHint=False)
        self.presence("active")
        self.state("running")
        self.stop_cleanly()
        self.assertEqual([r for r, _ in self.gaps()], ["switched-away"])
        self.assertEqual(self.query("SELECT end_reason FROM entry ORDER BY start LIMIT 1"),
                         [("switched-away",)])
        told = subprocess.run([harness.TRACKER, "log", "--json"], env=self.environment, check=True,
                              capture_output=True, text=True).stdout
        self.assertIn('"switched-away"', told)

    def test_without_a_source_unlocked_is_no_evidence(self):
        self.start()
        self.presence("unknown")
        self.session_has(LockedHint=True)
        self.presence("away")
        self.session_has(LockedHint=False)
        self.presence("unknown")
        self.stop_cleanly()

    def test_sleep_waits_for_the_last_mark(self):
        self.start()
        self.begin("work")
        until(lambda: ("sleep", "trackerd", "delay") in self.inhibitors(), "sleep is put off")
        time.sleep(0.2)
        before = time.time()
        self.manager.EmitSignal(LOGIND + ".Manager", "PrepareForSleep", "b",
                                dbus.Array([True], signature="v"), dbus_interface=harness.MOCK)
        until(lambda: self.inhibitors() == [], "it may sleep")
        mark, = self.query("SELECT mark FROM machine")[0]
        self.assertGreaterEqual(mark / 1e6, before - 0.1)
        self.manager.EmitSignal(LOGIND + ".Manager", "PrepareForSleep", "b",
                                dbus.Array([False], signature="v"), dbus_interface=harness.MOCK)
        until(lambda: ("sleep", "trackerd", "delay") in self.inhibitors(), "put off again")
        self.stop_cleanly()

    def test_logind_goes_and_returns(self):
        """While it is gone nothing holds the user."""
        self.start_mutter()
        self.start()
        self.presence("active")
        self.session_has(LockedHint=True)
        self.presence("away")
        self.logind.end(signal.SIGKILL)
        self.presence("active")
        self.stop_cleanly()


class WithoutLogind(PresenceCase):
    """What is known without it is kept, and nothing else; doctor says what is not. Half a minute a second."""

    def doctor(self):
        """Of the part that tells of lock and sleep."""
        said = subprocess.run([harness.TRACKER, "doctor", "--json"], env=self.environment, check=False,
                              capture_output=True, text=True).stdout
        return next((part["state"], part["text"]) for part in json.loads(said) if part["part"] == "lock and sleep")

    def session_source(self, wanted):
        until(lambda: str(self.status()["SessionSource"]) == wanted, f"of the session tells {wanted}")

    def work(self):
        import test_life
        self.configure(f"[calendar work]\npath = {self.calendar}\n")
        self.start_mutter()
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME="+0 x30",
                   ASAN_OPTIONS=test_life.asan_after_preload())
        self.presence("active")
        self.begin("work")

    def away_and_asleep(self):
        """Ten minutes away, then more than five asleep: neither is work."""
        time.sleep(0.5)
        self.mutter("Idle", dbus.UInt64(600000))
        self.state("paused")
        self.mutter("Input")
        self.state("running")
        time.sleep(1)
        self.daemon.send(signal.SIGSTOP)
        time.sleep(12)
        self.daemon.send(signal.SIGCONT)
        until(lambda: "sleep" in [reason for reason, _ in self.gaps()], "sleep is found")
        self.stop_cleanly()
        self.assertEqual([reason for reason, _ in self.gaps()], ["away", "sleep"])
        asleep, = self.query("SELECT end - start FROM gap WHERE reason = 'sleep'")[0]
        self.assertGreater(asleep, 5 * 60 * 1000000)
        rows = self.query("SELECT start, end FROM entry UNION ALL SELECT start, end FROM gap ORDER BY start")
        self.assertEqual([end for _, end in rows[:-1]], [start for start, _ in rows[1:]], "nothing twice, nothing lost")

    def test_no_system_bus(self):
        self.work()
        self.session_source("none: there is no system bus")
        state, text = self.doctor()
        self.assertEqual(state, "warning")
        self.assertIn("(there is no system bus)", text)
        self.away_and_asleep()

    def test_no_logind(self):
        self.start_system_bus()
        self.work()
        self.session_source("none: logind does not run")
        state, text = self.doctor()
        self.assertEqual(state, "warning")
        self.assertIn("(logind does not run)", text)
        self.away_and_asleep()

    def test_comes_and_goes(self):
        self.start_system_bus()
        self.start_mutter()
        self.start()
        self.session_source("none: logind does not run")
        logind = self.start_logind()
        self.session_source("none: logind knows no session of yours at a screen")
        self.manager.EmitSignal(LOGIND + ".Manager", "SessionNew", "so",
                                dbus.Array(["c1", dbus.ObjectPath(SESSION)], signature="v"),
                                dbus_interface=harness.MOCK)
        self.session_source("logind")
        self.assertEqual(self.doctor(), ("ok", "told by logind"))
        self.session_has(LockedHint=True)
        self.presence("away")
        logind.end(signal.SIGKILL)
        self.session_source("none: logind does not run")
        self.presence("active")
        self.stop_cleanly()


class Inhibitors(PresenceCase):
    """A call or a presentation holds the screen awake: a break waits for its end."""

    def starts_told(self):
        """Without those that were withheld: the log says of each why it was not given."""
        return self.query("SELECT kind FROM notice WHERE kind = 'start' AND NOT withheld")

    def start_keeper(self, name, path, method, signature):
        self.spawn("keeper", sys.executable, "-m", "dbusmock", "--session", name, path, name)
        until(lambda: self.owner(name), "who keeps the list of inhibitors")
        keeper = self.bus.get_object(name, path, introspect=False)
        keeper.AddMethod("", method, signature, "b", "ret = True", dbus_interface=harness.MOCK)
        return keeper

    def wait_for_release(self, keeper, name, method, signature, signal_name, *arguments,
                         cause="A program kept the screen awake"):
        self.start_mutter()
        self.plan(("one", "Lunch", soon(2), soon(1800), "CATEGORIES:Break"))
        self.start()
        self.presence("active")
        until(lambda: self.query("SELECT 1 FROM notice WHERE kind = 'start' AND withheld"), "the break waits")
        self.assertEqual(self.starts_told(), [])
        told = subprocess.run([harness.TRACKER, "history", "--why"], env=self.environment, check=True,
                              capture_output=True, text=True).stdout
        self.assertIn(f"it waits for the end of a call or a presentation: {cause}\n", told)
        keeper.AddMethod("", method, signature, "b", "ret = False", dbus_interface=harness.MOCK)
        keeper.EmitSignal(name, signal_name, *arguments, dbus_interface=harness.MOCK)
        until(self.starts_told, "the break is told")
        self.stop_cleanly()

    def test_gnome(self):
        name = "org.gnome.SessionManager"
        keeper = self.start_keeper(name, "/org/gnome/SessionManager", "IsInhibited", "u")
        self.wait_for_release(keeper, name, "IsInhibited", "u", "InhibitorRemoved", "o",
                              dbus.Array([dbus.ObjectPath("/i/1")], signature="v"))
        calls = keeper.GetMethodCalls("IsInhibited", dbus_interface=harness.MOCK)
        self.assertEqual({int(a[0]) for _, a in calls}, {8}, "asked for idleness alone")

    def hold(self, keeper, number, flags, program, reason):
        path = f"/org/gnome/SessionManager/Inhibitor{number}"
        keeper.AddObject(path, "org.gnome.SessionManager.Inhibitor", dbus.Dictionary({}, signature="sv"), dbus.Array([
            ("GetFlags", "", "u", f"ret = {flags}"), ("GetAppId", "", "s", f"ret = {program!r}"),
            ("GetReason", "", "s", f"ret = {reason!r}")], signature="(ssss)"), dbus_interface=harness.MOCK)
        return path

    def hold_named(self, *who):
        """GNOME's session is held by @who: (flags, program, reason)."""
        name = "org.gnome.SessionManager"
        keeper = self.start_keeper(name, "/org/gnome/SessionManager", "IsInhibited", "u")
        paths = [self.hold(keeper, i, *one) for i, one in enumerate(who)]
        keeper.AddMethod("", "GetInhibitors", "", "ao", f"ret = dbus.Array({paths!r}, signature='o')",
                         dbus_interface=harness.MOCK)
        return keeper

    def release_named(self, keeper, cause):
        self.wait_for_release(keeper, "org.gnome.SessionManager", "IsInhibited", "u", "InhibitorRemoved", "o",
                              dbus.Array([dbus.ObjectPath("/i/1")], signature="v"), cause=cause)

    def test_gnome_names_the_program(self):
        """Not the one that holds only sleep; what it says of itself is one line."""
        keeper = self.hold_named((4, "backup", "Saving"), (12, "org.mozilla.firefox", "Playing\n\x1b[31mvideo"))
        self.release_named(keeper, "org.mozilla.firefox kept the screen awake (Playing [31mvideo)")

    def test_gnome_program_without_a_reason(self):
        self.release_named(self.hold_named((8, "totem", "")), "totem kept the screen awake")

    def test_gnome_program_without_a_name(self):
        self.release_named(self.hold_named((8, "", "Playing")), "A program kept the screen awake")

    def test_gnome_inhibitor_is_gone(self):
        """Listed, and no answer of its own any more."""
        keeper = self.hold_named((12, "totem", "Playing"))
        keeper.RemoveObject("/org/gnome/SessionManager/Inhibitor0", dbus_interface=harness.MOCK)
        self.release_named(keeper, "A program kept the screen awake")

    def test_power_management(self):
        name = "org.freedesktop.PowerManagement.Inhibit"
        keeper = self.start_keeper(name, "/org/freedesktop/PowerManagement/Inhibit", "HasInhibit", "")
        self.wait_for_release(keeper, name, "HasInhibit", "", "HasInhibitChanged", "b",
                              dbus.Array([False], signature="v"))


    def test_the_bus_ends_during_a_call(self):
        """Who held it went with the bus: the break does not wait for ever."""
        name = "org.gnome.SessionManager"
        self.start_keeper(name, "/org/gnome/SessionManager", "IsInhibited", "u")
        self.start_mutter()
        self.plan(("one", "Lunch", soon(2), soon(1800), "CATEGORIES:Break"))
        self.start()
        self.presence("active")
        time.sleep(4)
        self.assertEqual(self.starts_told(), [])
        self.bus_process.end(signal.SIGKILL)
        self.start_bus()
        until(lambda: self.owner(harness.NAME), "the daemon on the new bus")
        self.start_mutter()
        self.presence("active")
        until(self.starts_told, "the break is told")
        self.stop_cleanly()


class X11(PresenceCase):
    def start_display(self, *number):
        read, write = os.pipe()
        display = subprocess.Popen(["Xvfb", *number, "-displayfd", str(write), "-screen", "0", "320x240x24",
                                    "-nolisten", "tcp"], pass_fds=[write],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(display.wait)
        self.addCleanup(display.terminate)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.environment["DISPLAY"] = ":" + pipe.readline().strip()
        return display

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
