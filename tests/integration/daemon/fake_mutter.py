# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GNOME's idle monitor of paper: org.gnome.Mutter.IdleMonitor, driven by org.trackerd.Fake."""
import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.gnome.Mutter.IdleMonitor"
FAKE = "org.trackerd.Fake"


class Monitor(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, "/org/gnome/Mutter/IdleMonitor/Core")
        self.idle = 7
        self.last = 0
        self.watches = {}   # ID → interval, or None: the next input
        self.mute = False
        self.waiting = []

    def answer(self, done, value):
        if self.mute:
            self.waiting.append((done, value))
        else:
            done(value)

    def add(self, interval):
        self.last += 1
        self.watches[self.last] = interval
        if interval is not None and interval <= self.idle:
            GLib.idle_add(self.WatchFired, dbus.UInt32(self.last))
        return dbus.UInt32(self.last)

    @dbus.service.method(NAME, "t", "u", async_callbacks=("done", "_"))
    def AddIdleWatch(self, interval, done, _):
        self.answer(done, self.add(interval))

    @dbus.service.method(NAME, "", "u", async_callbacks=("done", "_"))
    def AddUserActiveWatch(self, done, _):
        self.answer(done, self.add(None))

    @dbus.service.method(NAME, "u", "")
    def RemoveWatch(self, number):
        self.watches.pop(number, None)

    @dbus.service.method(NAME, "", "t", async_callbacks=("done", "_"))
    def GetIdletime(self, done, _):
        self.answer(done, dbus.UInt64(self.idle))

    @dbus.service.signal(NAME, "u")
    def WatchFired(self, number):
        pass

    @dbus.service.method(FAKE, "t", "")
    def Idle(self, milliseconds):
        """Nobody has typed for so long."""
        before, self.idle = self.idle, milliseconds
        for number, interval in list(self.watches.items()):
            if interval is not None and before < interval <= milliseconds:
                self.WatchFired(dbus.UInt32(number))

    @dbus.service.method(FAKE, "", "")
    def Input(self):
        self.idle = 7
        for number, interval in list(self.watches.items()):
            if interval is None:
                del self.watches[number]
                self.WatchFired(dbus.UInt32(number))

    @dbus.service.method(FAKE, "t", "")
    def Lie(self, milliseconds):
        """It says so, and fires nothing."""
        self.idle = milliseconds

    @dbus.service.method(FAKE, "b", "")
    def Mute(self, mute):
        self.mute = mute
        while not mute and self.waiting:
            done, value = self.waiting.pop(0)
            done(value)

    @dbus.service.method(FAKE, "", "u")
    def Watches(self):
        return len(self.watches)


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
monitor = Monitor(bus)
name = dbus.service.BusName(NAME, bus)
GLib.MainLoop().run()
