#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An occasional check against a real GNOME Shell without a screen, whose screenshots are to be looked
at: it is no part of CI, because GNOME is large and draws differently from version to version.

    gnome-shell.py BUILD-DIR SCREENSHOT-DIR

Needs gnome-shell, gjs, python3-dbusmock. It has a home and buses of its own; as root it goes on as
nobody, because GNOME Shell refuses root.
"""
import datetime
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import dbus
import dbus.bus

SHELL = "org.gnome.Shell"
NAME = "org.trackerd.Tracker1"
PATIENCE = 60
SERVICES = "/usr/share/dbus-1/services"
NEEDED = ("org.gnome.Shell.", "org.gnome.ScreenSaver", "ca.desrt.dconf")
BUS = """<busconfig><type>{type}</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<servicedir>{services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""


def until(check, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = check()
        except dbus.DBusException:
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit("waited in vain: " + what)


def ical(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//check//EN"]
    for uid, title, start, length, category in events:
        begin = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=start)
        end = begin + datetime.timedelta(seconds=length)
        lines += ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z",
                  f"DTSTART:{begin:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}",
                  f"SUMMARY:{title}", f"CATEGORIES:{category}", "END:VEVENT"]
    return "\r\n".join(lines + ["END:VCALENDAR", ""])


class Desktop:
    def __init__(self, build, pictures):
        self.build = build
        self.pictures = pictures
        self.children = []
        self.home = tempfile.mkdtemp(prefix="trackerd-gnome-")
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": self.home, "LC_ALL": "C.UTF-8",
                            "GSETTINGS_BACKEND": "keyfile", "LIBGL_ALWAYS_SOFTWARE": "1",
                            "ASAN_OPTIONS": "detect_leaks=0", "XDG_DATA_DIRS": "/usr/share"}
        for name, folder in (("CONFIG_HOME", "config"), ("DATA_HOME", "data"), ("CACHE_HOME", "cache"),
                             ("RUNTIME_DIR", "run")):
            os.makedirs(os.path.join(self.home, folder), mode=0o700)
            self.environment["XDG_" + name] = os.path.join(self.home, folder)

        self.install()

    def install(self):
        """What the shell looks up by our name: the icon and the desktop entry."""
        root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        data = os.path.join(self.home, "data")
        for source, folder in ((os.path.join(root, "data", "desktop", "trackerd.svg"),
                                "icons/hicolor/scalable/apps"),
                               (os.path.join(self.build, "data", "desktop", "trackerd.desktop"),
                                "applications")):
            os.makedirs(os.path.join(data, folder), exist_ok=True)
            shutil.copy(source, os.path.join(data, folder))

    def spawn(self, name, *command):
        with open(os.path.join(self.home, name + ".log"), "wb") as log:
            child = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                     env=self.environment)
        self.children.append(child)
        return child

    def end(self):
        for child in reversed(self.children):
            child.terminate()
        for child in reversed(self.children):
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def start_bus(self, kind):
        path = os.path.join(self.home, kind + "-bus")
        services = os.path.join(self.home, kind + "-services")
        os.mkdir(services)
        for name in os.listdir(SERVICES) if kind == "session" else ():
            if name.startswith(NEEDED):
                shutil.copy(os.path.join(SERVICES, name), services)
        config = path + ".conf"
        with open(config, "w", encoding="utf-8") as handle:
            handle.write(BUS.format(type=kind, path=path, services=services))
        self.spawn(kind + "-bus", "dbus-daemon", "--nofork", "--config-file=" + config)
        self.environment[f"DBUS_{kind.upper()}_BUS_ADDRESS"] = "unix:path=" + path
        until(lambda: os.path.exists(path), "the bus")
        return until(lambda: dbus.bus.BusConnection("unix:path=" + path), "a connection")

    def start(self):
        self.system = self.start_bus("system")
        self.spawn("logind", "/usr/bin/python3", "-m", "dbusmock", "--system", "-t", "logind")
        until(lambda: self.system.name_has_owner("org.freedesktop.login1"), "logind")
        self.bus = self.start_bus("session")
        self.spawn("shell", "gnome-shell", "--headless", "--virtual-monitor", "1280x720", "--no-x11",
                   "--unsafe-mode")
        until(lambda: self.bus.name_has_owner(SHELL), "GNOME Shell")
        until(lambda: self.bus.name_has_owner("org.freedesktop.Notifications")
              or self.bus.start_service_by_name("org.freedesktop.Notifications"), "its notifications")

    def evaluate(self, script):
        shell = self.bus.get_object(SHELL, "/org/gnome/Shell", introspect=False)
        worked, value = shell.Eval(script, dbus_interface=SHELL)
        if not worked:
            raise SystemExit(f"{script}: {value}")
        return str(value)

    def picture(self, name):
        path = os.path.join(self.pictures, name + ".png")
        proxy = self.bus.get_object(SHELL + ".Screenshot", "/org/gnome/Shell/Screenshot",
                                    introspect=False)
        worked, _ = proxy.Screenshot(False, False, path, dbus_interface=SHELL + ".Screenshot")
        print(("wrote " if worked else "FAILED to write ") + path)

    def status(self):
        proxy = self.bus.get_object(NAME, "/org/trackerd/Tracker1", introspect=False)
        return proxy.GetAll(NAME, dbus_interface="org.freedesktop.DBus.Properties")

    def call(self, method, *arguments):
        proxy = self.bus.get_object(NAME, "/org/trackerd/Tracker1", introspect=False)
        return proxy.get_dbus_method(method, NAME)(*arguments)

    def plan(self, *events):
        with open(os.path.join(self.home, "work.ics"), "w", encoding="utf-8") as handle:
            handle.write(ical(*events))

    def banners(self):
        return subprocess.run(["gsettings", "get", "org.gnome.desktop.notifications", "show-banners"],
                              env=self.environment, check=True, capture_output=True,
                              text=True).stdout.strip() == "true"

    def start_daemon(self):
        folder = os.path.join(self.home, "config", "trackerd")
        os.mkdir(folder, 0o700)
        with open(os.path.join(folder, "trackerd.conf"), "w", encoding="utf-8") as handle:
            handle.write(f"[calendar work]\npath = {self.home}/work.ics\n"
                         "[policy focus]\ndo_not_disturb = yes\n")
        self.daemon = self.spawn("trackerd", os.path.join(self.build, "trackerd", "trackerd"))
        until(self.status, "the daemon")

    def banner(self, words):
        """What the shell shows now."""
        shown = self.evaluate("(Main.messageTray._banner ? Main.messageTray._banner.notification.title"
                              " : '')")
        return words in shown


def check(what, found):
    print(("ok   " if found else "FAIL ") + what)
    return bool(found)


def run(desktop):
    desktop.start()
    desktop.evaluate("Main.overview.hide()")
    desktop.plan(("one", "Payment <b>retries</b> & more", 12, 1800, "Focus"))
    desktop.start_daemon()
    good = check("presence is told by mutter",
                 until(lambda: str(desktop.status()["PresenceSource"]) == "mutter", "mutter"))
    until(lambda: desktop.banner("Payment"), "the banner of the start")
    time.sleep(1)  # it slides in
    desktop.picture("start")
    good &= check("the server is GNOME Shell", "gnome-shell" in str(desktop.status()["Notifier"]))
    until(lambda: not desktop.banners(), "do-not-disturb")
    good &= check("do-not-disturb is on in focus", True)
    desktop.evaluate("Main.panel.statusArea.dateMenu.menu.open(false)")
    time.sleep(1)
    desktop.picture("message-list")
    desktop.evaluate("Main.panel.statusArea.dateMenu.menu.close(false)")
    desktop.call("Stop")
    until(desktop.banners, "banners are back")
    good &= check("banners are back after stop", True)
    desktop.plan(("two", "Walk", 3, 600, "Break"))
    desktop.call("Reload")
    until(lambda: desktop.banner("Break"), "the banner of the break")
    desktop.evaluate("Main.messageTray._expandBanner(false)")  # with its buttons
    time.sleep(1)
    desktop.picture("break")
    desktop.daemon.send_signal(signal.SIGTERM)
    good &= check("it ends in order", desktop.daemon.wait(20) == 0)
    return good


def main():
    build, pictures = (os.path.abspath(path) for path in sys.argv[1:3])
    os.makedirs(pictures, exist_ok=True)
    if os.getuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(pictures, user.pw_uid, user.pw_gid)
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
    desktop = Desktop(build, pictures)
    try:
        good = run(desktop)
    except SystemExit:
        for name in ("shell", "trackerd", "session-bus"):
            path = os.path.join(desktop.home, name + ".log")
            if os.path.exists(path):
                with open(path, encoding="utf-8", errors="replace") as handle:
                    print(f"--- {name}\n" + handle.read()[-3000:], file=sys.stderr)
        raise
    finally:
        desktop.end()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
