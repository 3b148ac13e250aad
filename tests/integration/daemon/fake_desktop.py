# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification server of paper that calls itself what the first argument says, with KDE's Inhibit,
dunst's pause, mako's modes and swaync's switch."""
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"
PROPERTIES = "org.freedesktop.DBus.Properties"
MAKO = "fr.emersion.Mako"
SWAYNC = "org.erikreider.swaync.cc"


class Server(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, "/org/freedesktop/Notifications")
        self.bus = bus
        self.last = 0
        self.paused = False    # dunst's
        self.inhibitions = {}  # cookie → connection

    @dbus.service.method(NAME, "", "ssss")
    def GetServerInformation(self):
        return sys.argv[1], "nobody", "1", "1.2"

    @dbus.service.method(NAME, "", "as")
    def GetCapabilities(self):
        return ["body", "actions"]

    @dbus.service.method(NAME, "susssasa{sv}i", "u")
    def Notify(self, app, replaces, icon, summary, body, actions, hints, expire):
        self.last += 1
        return self.last

    @dbus.service.method(NAME, "u", "")
    def CloseNotification(self, _):
        pass

    @dbus.service.method(NAME, "ssa{sv}", "u", sender_keyword="sender")
    def Inhibit(self, desktop, reason, hints, sender=None):
        self.last += 1
        number = self.last
        self.inhibitions[number] = sender
        self.bus.watch_name_owner(sender, lambda owner: owner or self.inhibitions.pop(number, None))
        return number

    @dbus.service.method(NAME, "u", "")
    def UnInhibit(self, number):
        self.inhibitions.pop(number, None)

    @dbus.service.method(PROPERTIES, "ss", "v")
    def Get(self, interface, name):
        return self.paused

    @dbus.service.method(PROPERTIES, "ssv", "")
    def Set(self, interface, name, value):
        self.paused = bool(value)

    @dbus.service.method("org.trackerd.Fake", "", "u")
    def Inhibitions(self):
        return len(self.inhibitions)


class Mako(dbus.service.Object):
    modes = ["default"]

    def __init__(self, bus):
        super().__init__(bus, "/fr/emersion/Mako")

    @dbus.service.method(MAKO, "", "as")
    def ListModes(self):
        return self.modes

    @dbus.service.method(MAKO, "as", "")
    def SetModes(self, modes):
        self.modes = modes


class Swaync(dbus.service.Object):
    quiet = False

    def __init__(self, bus):
        super().__init__(bus, "/org/erikreider/swaync/cc")

    @dbus.service.method(SWAYNC, "", "b")
    def GetDnd(self):
        return self.quiet

    @dbus.service.method(SWAYNC, "b", "")
    def SetDnd(self, quiet):
        self.quiet = bool(quiet)


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
server = Server(bus)
mako, swaync = Mako(bus), Swaync(bus)
names = [dbus.service.BusName(SWAYNC, bus), dbus.service.BusName(NAME, bus)]
GLib.MainLoop().run()
