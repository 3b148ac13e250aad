# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that keep the screen awake: breaks wait for them, and say for whom."""
import json
import os
import signal
import subprocess
import sys
import time

import dbus

import harness
from harness import soon, until
from presence_case import LOGIND, PresenceCase


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

    def hold_idle(self, *locks):
        """What logind's list holds: (what, who, why, mode, user)."""
        self.manager.AddMethod(LOGIND + ".Manager", "ListInhibitors", "", "a(ssssuu)",
                               f"ret = dbus.Array({[(*lock, 1) for lock in locks]!r}, signature='(ssssuu)')",
                               dbus_interface=harness.MOCK)
        blocked = "idle" if any("idle" in lock[0].split(":") for lock in locks) else ""
        said = [LOGIND + ".Manager", dbus.Dictionary({"BlockInhibited": blocked}, signature="sv"),
                dbus.Array([], signature="s")]
        self.manager.EmitSignal("org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
                                dbus.Array(said, signature="v"), dbus_interface=harness.MOCK)

    def start_lunch(self, *locks):
        self.start_mutter()
        self.start_system_bus()
        self.start_logind()
        self.hold_idle(*locks)
        self.plan(("one", "Lunch", soon(2), soon(1800), "CATEGORIES:Break"))
        self.start()
        self.presence("active")

    def why(self):
        return subprocess.run([harness.TRACKER, "history", "--why"], env=self.environment, check=True,
                              capture_output=True, text=True).stdout

    def doctor(self):
        said = subprocess.run([harness.TRACKER, "doctor", "--json"], env=self.environment, check=False,
                              capture_output=True, text=True).stdout
        return next(part["text"] for part in json.loads(said) if part["part"] == "lock and sleep")

    def break_waits(self, cause):
        until(lambda: self.query("SELECT 1 FROM notice WHERE kind = 'start' AND withheld"), "the break waits")
        self.assertEqual(self.starts_told(), [])
        self.assertIn(f"it waits for the end of a call or a presentation: {cause}\n", self.why())

    def test_logind(self):
        """Held since before the daemon; the first that counts is named, in one line."""
        me = os.getuid()
        self.start_lunch(("sleep:shutdown", "backup", "Saving", "block", me),
                         ("idle", "later", "", "delay", me),
                         ("sleep:idle", "pdfpc", "Presenting\n\x1b[31mslides", "block", me))
        self.assertEqual(self.doctor(), "told by logind, and so is which program keeps the screen awake")
        self.break_waits("pdfpc kept the screen awake (Presenting [31mslides)")
        self.hold_idle()
        until(self.starts_told, "the break is told")
        self.stop_cleanly()

    def test_logind_of_others(self):
        """What the system or another user holds is no presentation of ours, nor what only delays."""
        self.start_lunch(("idle", "dnf", "Updating", "block", os.getuid() + 1),
                         ("idle", "us", "", "delay", os.getuid()), ("idleness", "us", "", "block", os.getuid()))
        until(self.starts_told, "the break is told")
        self.stop_cleanly()

    def test_logind_begins_later_and_dies(self):
        """It goes with logind: nobody could tell of its end."""
        self.start_mutter()
        self.start_system_bus()
        logind = self.start_logind()
        self.plan(("one", "Lunch", soon(6), soon(1800), "CATEGORIES:Break"))
        self.start()
        self.presence("active")
        self.source("mutter")
        self.hold_idle(("idle", "mpv", "", "block", os.getuid()))
        self.break_waits("mpv kept the screen awake")
        logind.end(signal.SIGKILL)
        until(self.starts_told, "the break is told")
        self.stop_cleanly()

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


if __name__ == "__main__":
    harness.main()
