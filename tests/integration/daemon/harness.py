# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A home, a bus and a daemon of its own for each test. Nothing outside is touched, and only processes
that were started here are ended, by their number."""
import atexit
import datetime
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

import dbus
import dbus.bus

TRACKERD = os.environ["TRACKERD"]
TRACKER = os.environ.get("TRACKER", "")
NAME = "org.trackerd.Tracker1"
PATH = "/org/trackerd/Tracker1"
NOTIFICATIONS = "org.freedesktop.Notifications"
MOCK = "org.freedesktop.DBus.Mock"
PATIENCE = 20  # seconds: the machine may be busy; nothing is measured by it
FOREVER = 2**63 - 1

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""


def until(check, what):
    """Waits until @check gives something true, and returns it."""
    end = time.monotonic() + PATIENCE
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError("waited in vain: " + what)
        time.sleep(0.02)


def ical(*events):
    """Events are (uid, summary, start, end[, line…]) with UTC datetimes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for uid, summary, start, end, *more in events:
        lines += ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z",
                  f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}",
                  f"SUMMARY:{summary}", *more, "END:VEVENT"]
    return "\r\n".join(lines + ["END:VCALENDAR", ""])


def soon(seconds):
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    return now + datetime.timedelta(seconds=seconds)


def noon_zone():
    """Where it is about noon: whatever a test plans around now is of one day, whenever it runs."""
    return f"Etc/GMT{soon(0).hour - 12:+d}"


class Process:
    """A child with its output in a file."""

    def __init__(self, home, name, command, environment):
        self.log = os.path.join(home, name + ".log")
        with open(self.log, "ab") as out:
            self.child = subprocess.Popen(command, stdout=out, stderr=out,
                                          stdin=subprocess.DEVNULL, env=environment)

    def alive(self):
        return self.child.poll() is None

    def send(self, number):
        self.child.send_signal(number)

    def end(self, number=signal.SIGTERM):
        if self.alive():
            self.send(number)
            if number != signal.SIGKILL:
                self.send(signal.SIGCONT)
        return self.child.wait(PATIENCE)

    def output(self):
        with open(self.log, encoding="utf-8", errors="replace") as handle:
            return handle.read()


class DaemonCase(unittest.TestCase):
    """setUp makes the home and the bus; the test starts the rest."""

    with_bus = True
    zone = None  # about noon

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="trackerd-test-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": self.home, "TZ": self.zone or noon_zone(), "LC_ALL": "C.UTF-8",
            "G_DEBUG": "fatal-criticals", "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/system-bus",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        for name, folder in (("CONFIG_HOME", "config"), ("DATA_HOME", "data"),
                             ("CACHE_HOME", "cache"), ("RUNTIME_DIR", "run")):
            os.makedirs(os.path.join(self.home, folder), mode=0o700)
            self.environment["XDG_" + name] = os.path.join(self.home, folder)
        self.calendar = os.path.join(self.home, "work.ics")
        self.configure("[calendar work]\npath = " + self.calendar + "\n")
        self.processes = []
        self.addCleanup(self.end_all)
        if self.with_bus:
            self.start_bus()

    # -- Parts ---------------------------------------------------------------------------------

    def end_all(self):
        for process in reversed(self.processes):
            if process.alive():
                process.end(signal.SIGKILL)

    def spawn(self, name, *command, **more):
        process = Process(self.home, name, command, {**self.environment, **more})
        self.processes.append(process)
        return process

    def start_bus(self):
        path = os.path.join(self.home, "bus")
        config = os.path.join(self.home, "bus.conf")
        with open(config, "w", encoding="utf-8") as handle:
            handle.write(BUS_CONFIG.format(path=path))
        if os.path.exists(path):
            os.unlink(path)
        self.bus_process = self.spawn("bus", "dbus-daemon", "--nofork", "--config-file=" + config)
        until(lambda: os.path.exists(path), "the bus")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + path
        self.bus = until(self.connect, "a connection")

    def connect(self):
        return self.connect_to(self.environment["DBUS_SESSION_BUS_ADDRESS"])

    @staticmethod
    def connect_to(address):
        try:
            return dbus.bus.BusConnection(address)
        except dbus.DBusException:
            return None

    def configure(self, text):
        folder = os.path.join(self.home, "config", "trackerd")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(os.path.join(folder, "trackerd.conf"), "w", encoding="utf-8") as handle:
            handle.write(text)

    def plan(self, *events):
        """Replaces the calendar as programs do: beside it, then renamed."""
        with open(self.calendar + ".new", "w", encoding="utf-8", newline="") as handle:
            handle.write(ical(*events))
        os.replace(self.calendar + ".new", self.calendar)

    def launch(self, **more):
        """Starts the daemon and does not wait for it."""
        self.daemon = self.spawn("trackerd", TRACKERD, "--verbose", **more)
        return self.daemon

    def start(self, **more):
        self.launch(**more)
        until(lambda: self.owner(NAME) or not self.daemon.alive(), "the daemon on the bus")
        self.assertTrue(self.daemon.alive(), f"status {self.daemon.child.poll()}: {self.daemon.output()}")
        return self.daemon

    def owner(self, name):
        try:
            return self.bus.get_name_owner(name)
        except dbus.DBusException:
            return None

    def call(self, method, *arguments, timeout=PATIENCE):
        proxy = self.bus.get_object(NAME, PATH, introspect=False)
        return proxy.get_dbus_method(method, NAME)(*arguments, timeout=timeout)

    def begin(self, title, length=0):
        return self.call("Start", title, dbus.Int64(0), "", dbus.Int64(length), dbus.Int64(0))

    def status(self):
        proxy = self.bus.get_object(NAME, PATH, introspect=False)
        return proxy.GetAll(NAME, dbus_interface="org.freedesktop.DBus.Properties",
                            timeout=PATIENCE)

    # -- Notification servers ------------------------------------------------------------------

    def start_server(self, capabilities="actions body"):
        server = self.spawn("server", sys.executable, "-m", "dbusmock", "--session", "-t",
                            "notification_daemon", "-p",
                            '{"capabilities": "%s"}' % capabilities)
        until(lambda: self.owner(NOTIFICATIONS), "the notification server")
        self.server = self.bus.get_object(NOTIFICATIONS, "/org/freedesktop/Notifications",
                                          introspect=False)
        return server

    def notices(self):
        """Notify calls so far, as (replaces, title, body, actions, hints, id)."""
        calls = self.server.GetMethodCalls("Notify", dbus_interface=MOCK)
        return [(int(a[1]), str(a[3]), str(a[4]), [str(x) for x in a[5]], dict(a[6]))
                for _, a in calls]

    def closed(self):
        """IDs of CloseNotification calls so far."""
        return [int(a[0]) for _, a in self.server.GetMethodCalls("CloseNotification", dbus_interface=MOCK)]

    def wait_notice(self, title):
        return until(lambda: [n for n in self.notices() if title in n[1]], "a notice " + title)[-1]

    def click(self, number, action):
        self.server.EmitSignal(NOTIFICATIONS, "ActionInvoked", "us",
                               dbus.Array([dbus.UInt32(number), action], signature="v"),
                               dbus_interface=MOCK)

    # -- The log -------------------------------------------------------------------------------

    def query(self, sql, *arguments):
        path = os.path.join(self.home, "data", "trackerd", "trackerd.db")
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(sql, arguments).fetchall()
        finally:
            connection.close()

    def check_log(self):
        """What must hold of every log, whatever happened."""
        self.assertEqual(self.query("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.query("PRAGMA foreign_key_check"), [])
        rows = self.query("SELECT start, end FROM entry ORDER BY start")
        for start, end in rows:
            self.assertGreater(end, start)
        for (_, end), (start, _) in zip(rows, rows[1:]):
            self.assertLessEqual(end, start)

    def stop_cleanly(self):
        """SIGTERM: status 0, nothing left open, no complaint of a sanitizer."""
        self.assertEqual(self.daemon.end(), 0, self.daemon.output()[-3000:])
        self.assertEqual(self.query("SELECT count(*) FROM entry WHERE end = ?", FOREVER), [(0,)])
        self.assertNotIn("Sanitizer", self.daemon.output())
        self.check_log()


def main():
    unittest.main(verbosity=2)
