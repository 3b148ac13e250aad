# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The focus guard where only systemd tells what is started, or nobody tells anything."""
import sys

import dbus

import harness
from guard_case import GuardCase
from harness import until


class Starts(GuardCase):
    """The systemd of the user, of paper: it tells of new units whoever subscribed."""

    NAME, PATH = "org.freedesktop.systemd1", "/org/freedesktop/systemd1"

    def start_systemd(self):
        self.spawn("systemd", sys.executable, "-m", "dbusmock", "--session", self.NAME, self.PATH, self.NAME + ".Manager")
        until(lambda: self.owner(self.NAME), "systemd")
        self.systemd = self.bus.get_object(self.NAME, self.PATH, introspect=False)
        for method in ("Subscribe", "Unsubscribe"):
            self.systemd.AddMethod(self.NAME + ".Manager", method, "", "", "", dbus_interface=harness.MOCK)

    def new_unit(self, number, name, state):
        path = f"{self.PATH}/unit/u{number}"
        self.systemd.AddObject(path, self.NAME + ".Unit",
                               dbus.Dictionary({"ActiveState": state}, signature="sv"),
                               dbus.Array([], signature="(ssss)"), dbus_interface=harness.MOCK)
        self.systemd.EmitSignal(self.NAME + ".Manager", "UnitNew", "so",
                                dbus.Array([name, dbus.ObjectPath(path)], signature="v"), dbus_interface=harness.MOCK)

    def calls(self, method):
        return len(self.systemd.GetMethodCalls(method, dbus_interface=harness.MOCK))

    def test_starts(self):
        self.start_systemd()
        self.focus()
        until(lambda: self.calls("Subscribe"), "it subscribes")
        self.new_unit(1, "app-gnome-org.example.Editor-77.scope", "active")
        self.new_unit(2, "app-org.example.Mail@autostart.service", "inactive")  # only looked at
        self.new_unit(3, "pipewire.service", "active")
        self.new_unit(4, "app-gnome-Chess-78.scope", "active")
        self.assertEqual(self.wait_notice("is it work?")[1], "chess was started — is it work?")
        self.assertEqual(self.rows(), [("chess", "none", None)])
        state, text = self.doctor()
        self.assertEqual(state, "warning")
        self.assertRegex(text, "^cannot see what comes to the front here .*; systemd tells of what is started")
        before = self.calls("Unsubscribe")
        self.call("Stop")
        until(lambda: self.calls("Unsubscribe") > before, "it does not want to know any more")
        self.stop_cleanly()

    def test_nobody_tells(self):
        self.focus()
        state, text = self.doctor()
        self.assertEqual(state, "warning")
        self.assertRegex(text, "^cannot see anything here: neither what comes to the front")
        self.assertIn("Hyprland is not there; sway is not there", text)
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
