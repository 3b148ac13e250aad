# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do-not-disturb while in focus, on real servers where there are some: set, put back at the end, at
stop and after a crash; what the user does meanwhile wins."""
import os
import signal
import subprocess
import sys
import time

import dbus

import harness
import test_dunst
import test_presence
from harness import until

HERE = os.path.dirname(os.path.abspath(__file__))
PROPERTIES = "org.freedesktop.DBus.Properties"


class QuietCase:
    """What holds of every desktop; is_quiet() and set_quiet() are the desktop's."""

    returns = True     # what we switched on is still on after a crash
    tells = True       # it says when somebody else switches it

    def set_up_quiet(self):
        self.configure(f"[calendar work]\npath = {self.calendar}\n[policy focus]\ndo_not_disturb = yes\n")
        self.plan()

    def file(self):
        return os.path.join(self.home, "data", "trackerd", "do-not-disturb")

    def quiet(self, wanted, what):
        until(lambda: self.is_quiet() == wanted, what)

    def owned(self, wanted):
        until(lambda: os.path.exists(self.file()) == wanted, f"it is ours: {wanted}")

    def test_on_and_off(self):
        self.start()
        self.assertFalse(self.is_quiet())
        self.begin("work")
        self.quiet(True, "on in focus")
        self.assertTrue(self.status()["FocusActive"])
        self.call("Pause")
        self.quiet(False, "off in a pause")
        self.owned(False)
        self.call("Resume")
        self.quiet(True, "on again")
        self.call("Release")
        self.quiet(False, "off at release")
        self.stop_cleanly()

    def test_put_back_at_stop(self):
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.stop_cleanly()
        self.assertFalse(self.is_quiet())
        self.assertFalse(os.path.exists(self.file()))

    def test_put_back_after_a_crash(self):
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.owned(True)
        self.assertEqual(os.stat(self.file()).st_mode & 0o777, 0o600)
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        if self.returns:
            self.assertTrue(self.is_quiet())
        self.start()
        self.call("Stop")
        self.quiet(False, "put back by the next daemon")
        self.owned(False)
        self.stop_cleanly()

    def test_put_back_when_nothing_runs_after_a_crash(self):
        """Killed right after it was switched on; what ran is over when the next one starts."""
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        subprocess.run([harness.TRACKER, "stop"], env=self.environment, check=False,
                       capture_output=True)
        path = os.path.join(self.home, "data", "trackerd", "trackerd.db")
        subprocess.run(["sqlite3", path, "DELETE FROM entry"], check=True)
        self.start()
        self.quiet(False, "put back")
        self.owned(False)
        self.stop_cleanly()

    def test_what_was_on_stays_on(self):
        self.set_quiet(True)
        self.start()
        self.begin("work")
        time.sleep(0.5)
        self.call("Stop")
        time.sleep(0.3)
        self.assertTrue(self.is_quiet())
        self.assertFalse(os.path.exists(self.file()))
        self.stop_cleanly()
        self.assertTrue(self.is_quiet())

    def test_the_user_wins(self):
        """Switched off by hand while in focus: it stays off; on again by hand: it stays on."""
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.owned(True)
        self.set_quiet(False)
        if self.tells:
            self.owned(False)
            self.set_quiet(True)
        self.call("Stop")
        time.sleep(0.3)
        self.assertEqual(self.is_quiet(), self.tells)
        self.stop_cleanly()
        self.assertEqual(self.is_quiet(), self.tells)


class Banners:
    """GNOME's setting, which outlives its desktop."""

    def gsettings(self, *words):
        return subprocess.run(["gsettings", *words], env=self.environment, check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip()

    def has_banners(self):
        return self.gsettings("get", "org.gnome.desktop.notifications", "show-banners") == "true"

    def set_banners(self, on):
        self.gsettings("set", "org.gnome.desktop.notifications", "show-banners",
                       "true" if on else "false")


class Dunst(Banners, QuietCase, test_dunst.Dunst):
    test_click_stops = test_hostile_text_is_text = test_dismissed_is_not_done = None

    def setUp(self):
        super().setUp()
        self.set_up_quiet()

    def is_quiet(self):
        return self.dunstctl("is-paused").strip() == "true"

    def set_quiet(self, on):
        self.dunstctl("set-paused", "true" if on else "false")

    def gnome_was_left_quiet(self):
        """As a crash in focus leaves it, before the user logs in here."""
        self.environment["GSETTINGS_BACKEND"] = "keyfile"
        os.makedirs(os.path.dirname(self.file()), mode=0o700, exist_ok=True)
        with open(self.file(), "w", encoding="utf-8") as file:
            file.write("gnome\n")
        self.set_banners(False)

    def test_after_gnome_the_users_own_stays(self):
        self.gnome_was_left_quiet()
        self.set_quiet(True)
        self.start()
        until(self.has_banners, "GNOME's setting is put back")
        self.owned(False)
        time.sleep(0.3)
        self.assertTrue(self.is_quiet())
        self.stop_cleanly()
        self.assertTrue(self.is_quiet())

    def test_after_gnome_in_focus(self):
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.daemon.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NAME), "it is gone")
        self.set_quiet(False)
        self.gnome_was_left_quiet()
        self.start()
        until(self.has_banners, "GNOME's setting is put back")
        self.quiet(True, "on here too")
        with open(self.file(), encoding="utf-8") as file:
            self.assertEqual(file.read(), "dunst\n")
        self.call("Stop")
        self.quiet(False, "off")
        self.owned(False)
        self.stop_cleanly()
        self.assertTrue(self.has_banners())


class SwayServer(QuietCase, test_presence.Sway):
    test_away_and_back = test_compositor_goes_and_returns = None
    command = []

    def setUp(self):
        super().setUp()
        self.set_up_quiet()
        self.start_sway()
        self.spawn("server", *self.command)
        until(lambda: self.owner(harness.NOTIFICATIONS), "the server")


class Mako(SwayServer):
    command = ["mako"]
    tells = False

    def mako(self, method, *arguments):
        proxy = self.bus.get_object(harness.NOTIFICATIONS, "/fr/emersion/Mako", introspect=False)
        return proxy.get_dbus_method(method, "fr.emersion.Mako")(*arguments)

    def is_quiet(self):
        return "do-not-disturb" in [str(m) for m in self.mako("ListModes")]

    def set_quiet(self, on):
        self.mako("SetModes", dbus.Array(["default", "mine"] + (["do-not-disturb"] if on else []),
                                         signature="s"))

    def test_set_by_the_user(self):
        """It says nothing when its modes change; at the end it is seen that this one is the user's."""
        self.set_quiet(False)
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.owned(True)
        self.makoctl("-s", "do-not-disturb")
        self.call("Stop")
        self.owned(False)
        self.assertEqual([str(m) for m in self.mako("ListModes")], ["do-not-disturb"])
        self.stop_cleanly()

    def test_appended_by_the_user(self):
        """As clients that keep the order do it: taken out and put at the end."""
        self.set_quiet(False)
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.owned(True)
        modes = [str(m) for m in self.mako("ListModes") if str(m) != "do-not-disturb"]
        self.mako("SetModes", dbus.Array(modes + ["do-not-disturb"], signature="s"))
        self.call("Stop")
        self.owned(False)
        self.assertEqual([str(m) for m in self.mako("ListModes")], ["default", "mine", "do-not-disturb"])
        self.stop_cleanly()

    def test_another_mode_of_the_user(self):
        """A mode that has nothing to do with it does not make it the user's."""
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.owned(True)
        self.makoctl("-a", "away")
        self.call("Stop")
        self.quiet(False, "put back")
        self.assertEqual(sorted(str(m) for m in self.mako("ListModes")), ["away", "default"])
        self.stop_cleanly()

    def makoctl(self, *words):
        subprocess.run(["makoctl", "mode", *words], env=self.environment, check=True,
                       capture_output=True)

    def test_other_modes_stay(self):
        self.set_quiet(False)
        self.start()
        self.begin("work")
        self.quiet(True, "on in focus")
        self.call("Stop")
        self.quiet(False, "off")
        self.assertIn("mine", [str(m) for m in self.mako("ListModes")])
        self.stop_cleanly()


class Swaync(SwayServer):
    command = ["swaync"]

    def start_sway(self):
        self.environment["GSETTINGS_BACKEND"] = "keyfile"  # where it keeps the switch
        return super().start_sway()

    def swaync(self, method, *arguments):
        proxy = self.bus.get_object("org.erikreider.swaync.cc", "/org/erikreider/swaync/cc",
                                    introspect=False)
        return proxy.get_dbus_method(method, "org.erikreider.swaync.cc")(*arguments)

    def is_quiet(self):
        return bool(self.swaync("GetDnd"))

    def set_quiet(self, on):
        self.swaync("SetDnd", on)


class Gnome(Banners, QuietCase, harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.environment["GSETTINGS_BACKEND"] = "keyfile"
        self.set_up_quiet()
        self.spawn("server", sys.executable, os.path.join(HERE, "fake_desktop.py"), "gnome-shell")
        until(lambda: self.owner(harness.NOTIFICATIONS), "the server")

    def is_quiet(self):
        return not self.has_banners()

    def set_quiet(self, on):
        self.set_banners(not on)


class Kde(QuietCase, harness.DaemonCase):
    """An inhibition is ours alone: nobody else's is touched, and it goes with us."""

    returns = False
    test_what_was_on_stays_on = test_the_user_wins = None

    def setUp(self):
        super().setUp()
        self.set_up_quiet()
        self.spawn("server", sys.executable, os.path.join(HERE, "fake_desktop.py"), "Plasma")
        until(lambda: self.owner(harness.NOTIFICATIONS), "the server")

    def is_quiet(self):
        proxy = self.bus.get_object(harness.NOTIFICATIONS, "/org/freedesktop/Notifications",
                                    introspect=False)
        return proxy.Inhibitions(dbus_interface="org.trackerd.Fake") > 0


class RestartedServer(harness.DaemonCase):
    """A server that is restarted in the middle of a block knows nothing of what was asked before."""

    def start_server_called(self, name):
        server = self.spawn("server", sys.executable, os.path.join(HERE, "fake_desktop.py"), name)
        until(lambda: self.owner(harness.NOTIFICATIONS), "the server")
        self.proxy = self.bus.get_object(harness.NOTIFICATIONS, "/org/freedesktop/Notifications",
                                         introspect=False)
        return server

    def restart_in_focus(self, name, is_quiet):
        self.configure(f"[calendar work]\npath = {self.calendar}\n[policy focus]\ndo_not_disturb = yes\n")
        self.plan()
        server = self.start_server_called(name)
        self.start()
        self.begin("work")
        until(is_quiet, "on in focus")
        server.end(signal.SIGKILL)
        until(lambda: not self.owner(harness.NOTIFICATIONS), "it is gone")
        self.start_server_called(name)
        until(is_quiet, "on again at the new server")
        self.call("Stop")
        until(lambda: not is_quiet(), "off")
        self.stop_cleanly()

    def test_kde(self):
        self.restart_in_focus("Plasma", lambda: self.proxy.Inhibitions(
            dbus_interface="org.trackerd.Fake") > 0)

    def test_dunst(self):
        self.restart_in_focus("dunst", lambda: bool(self.proxy.Get(
            "org.dunstproject.cmd0", "paused", dbus_interface=PROPERTIES)))

    def test_mako(self):
        self.restart_in_focus("mako", lambda: "do-not-disturb" in self.bus.get_object(
            harness.NOTIFICATIONS, "/fr/emersion/Mako", introspect=False).ListModes(
                dbus_interface="fr.emersion.Mako"))

    def test_swaync(self):
        name = "org.erikreider.swaync.cc"
        self.restart_in_focus("SwayNotificationCenter", lambda: bool(self.bus.get_object(
            name, "/org/erikreider/swaync/cc", introspect=False).GetDnd(dbus_interface=name)))


class NotWanted(harness.DaemonCase):
    def test_off_by_default(self):
        self.plan()
        self.spawn("server", sys.executable, os.path.join(HERE, "fake_desktop.py"), "Plasma")
        until(lambda: self.owner(harness.NOTIFICATIONS), "the server")
        self.start()
        self.begin("work")
        time.sleep(0.5)
        proxy = self.bus.get_object(harness.NOTIFICATIONS, "/org/freedesktop/Notifications",
                                    introspect=False)
        self.assertEqual(int(proxy.Inhibitions(dbus_interface="org.trackerd.Fake")), 0)
        self.assertFalse(self.status()["FocusActive"])
        self.stop_cleanly()


del SwayServer


if __name__ == "__main__":
    harness.main()
