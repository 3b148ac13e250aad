# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of presence have in common: an idle monitor of GNOME's and a logind of paper."""
import os
import sys

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

    def start_logind(self, session=True):
        """Of paper."""
        process = self.spawn("logind", sys.executable, "-m", "dbusmock", "--system", "-t", "logind")
        until(lambda: self.system.name_has_owner(LOGIND), "a logind of paper")
        self.manager = self.system.get_object(LOGIND, "/org/freedesktop/login1", introspect=False)
        if session:
            self.add_session()
        return process

    def add_session(self):
        self.manager.AddSession("c1", "seat0", dbus.UInt32(os.getuid()), "me", True,
                                dbus_interface=harness.MOCK)
        self.session = self.system.get_object(LOGIND, SESSION, introspect=False)

    def session_has(self, **properties):
        self.session.UpdateProperties("org.freedesktop.login1.Session",
                                      dbus.Dictionary(properties, signature="sv"),
                                      dbus_interface=harness.MOCK)

    def inhibitors(self):
        found = self.manager.ListInhibitors(dbus_interface=LOGIND + ".Manager")
        return [(str(i[0]), str(i[1]), str(i[3])) for i in found]
