# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The focus guard: what comes to the front of a real X server with a window manager, of a real
compositor, and of Hyprland's sockets; what systemd starts; what the three buttons do."""
import json
import os
import pwd
import socket
import subprocess
import sys
import threading
import time

import dbus

import harness
from harness import until

ASKED = "is in front — is it work?"


class GuardCase(harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.guard("chess; org.example.Mail")
        self.start_server()

    def guard(self, programs, more=""):
        self.configure(f"[calendar work]\npath = {self.calendar}\n[guard]\nprograms = {programs}\n{more}")

    def focus(self):
        """By hand, which tells nothing: the question has no other notice to wait for."""
        self.plan()
        self.start()
        self.begin("Payment")
        until(lambda: str(self.status()["State"]) == "running", "time is kept")

    def rows(self):
        return self.query("SELECT program, answer, note FROM interruption ORDER BY number")

    def tracker(self, *words):
        return subprocess.run([harness.TRACKER, *words], env=self.environment, check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    def probe(self):
        return tuple(str(word) for word in self.call("ProbePrograms"))

    def doctor(self):
        said = subprocess.run([harness.TRACKER, "doctor", "--json"], env=self.environment, check=False,
                              stdout=subprocess.PIPE, text=True).stdout
        return [(part["state"], part["text"]) for part in json.loads(said) if part["part"] == "focus guard"][0]


class X11(GuardCase):
    def setUp(self):
        super().setUp()
        read, write = os.pipe()
        display = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "640x480x24",
                                    "-nolisten", "tcp"], pass_fds=[write],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(display.wait)
        self.addCleanup(display.terminate)
        self.display = display
        os.close(write)
        with os.fdopen(read) as pipe:
            self.environment["DISPLAY"] = ":" + pipe.readline().strip()

    def start_manager(self):
        return self.spawn("openbox", "openbox", "--sm-disable")

    def window(self, name):
        """A window of that class, in front once it is there."""
        self.spawn(name, "xterm", "-class", name, "-e", "sleep", "600")
        until(lambda: self.active() == name, name + " in front")

    def ids(self, name):
        found = subprocess.run(["xdotool", "search", "--class", f"^{name}$"], env=self.environment, check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return found.stdout.split()

    def active(self):
        shown = subprocess.run(["xdotool", "getactivewindow", "getwindowclassname"], env=self.environment,
                               check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        if shown:
            return shown.strip()
        window = subprocess.run(["xdotool", "getactivewindow"], env=self.environment, check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()
        return next((name for name in ("Editor", "Chess") if window and window in self.ids(name)), None)

    def raise_window(self, name):
        subprocess.run(["xdotool", "windowactivate", self.ids(name)[0]], env=self.environment, check=True)

    def test_two_windows(self):
        self.start_manager()
        until(self.manager_is_there, "the window manager")
        self.window("Chess")
        self.window("Editor")
        self.focus()
        until(lambda: self.probe()[:2] == ("X11", "Editor"), "what is in front is seen")
        state, text = self.doctor()
        self.assertEqual((state, text), ("ok", "X11 tells what comes to the front; now it is Editor"))
        self.assertEqual(self.rows(), [])
        self.raise_window("Chess")
        notice = self.wait_notice(ASKED)
        self.assertEqual(notice[1], "chess " + ASKED, "the user's own word, not the window's")
        self.assertEqual(notice[3], ["back", "Back to work", "allow", "Allow 5 min", "work", "It is work"])
        until(lambda: self.rows() == [("chess", "none", None)], "it is in the log")
        self.click(len(self.notices()), "back")  # behind doctor's test notice
        until(lambda: self.rows() == [("chess", "back", None)], "the answer is in the log")
        self.raise_window("Editor")
        self.raise_window("Chess")
        time.sleep(1)
        self.assertEqual(len(self.rows()), 1, "asked once")
        self.assertIn("chess  back to work", self.tracker("guard"))
        self.why_by_hand()
        self.stop_cleanly()

    def why_by_hand(self):
        """No block was planned, and yet somebody was asked; named by the day and by the title of what ran."""
        asked = r"  without a block\n  \d\d:\d\d asked about chess: back to work, at \d\d:\d\d\n"
        for words in ([], ["payment"]):
            self.assertRegex(self.tracker("history", "--why", *words), asked)
        (row,) = json.loads(self.tracker("history", "--why", "--json"))
        self.assertEqual((row["block"], row["notices"]), (None, []))
        self.assertEqual([(one["program"], one["answer"]) for one in row["asked"]], [("chess", "back")])
        self.assertEqual(self.tracker("history", "--why", "tomorrow"), "Nothing was planned: tomorrow.\n")

    def test_planned_block(self):
        """What is asked in a planned block stands below it, and nowhere else."""
        self.guard("chess", "[policy focus]\nnotify_start = no\n")
        self.plan(("a", "Retries", harness.soon(2), harness.soon(1200), "CATEGORIES:focus"))
        self.start_manager()
        until(self.manager_is_there, "the window manager")
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        self.window("Chess")
        end = time.monotonic() + 60 + harness.PATIENCE  # a minute after the last notice
        while not self.rows() and time.monotonic() < end:
            time.sleep(0.5)
        self.wait_notice(ASKED)
        self.assertEqual(self.tracker("guard", "work", "a", "customer"), "chess: it is work\n")
        text = self.tracker("history", "--why")
        self.assertRegex(text, r"focus Retries\n(  .*\n)*  \d\d:\d\d asked about chess: it is work,"
                               r" at \d\d:\d\d — a customer\n")
        self.assertNotIn("without a block", text)
        (row,) = json.loads(self.tracker("history", "--why", "Retries", "--json"))
        self.assertEqual([(one["program"], one["note"], one["block"]) for one in row["asked"]],
                         [("chess", "a customer", row["block"])])
        self.stop_cleanly()

    def manager_is_there(self):
        shown = subprocess.run(["xprop", "-root", "_NET_SUPPORTED"], env=self.environment, check=False,
                               stdout=subprocess.PIPE, text=True).stdout
        return "_NET_ACTIVE_WINDOW" in shown

    def test_command_name(self):
        """Neither the class nor the instance is listed, but the process is."""
        self.guard("xterm")
        self.start_manager()
        until(self.manager_is_there, "the window manager")
        self.focus()
        self.spawn("Editor", "xterm", "-class", "Editor", "-name", "editor", "-e", "sleep", "600")
        until(lambda: [row[0] for row in self.rows()] == ["xterm"], "its command")
        self.stop_cleanly()

    def test_manager_comes_later(self):
        self.focus()
        state, text = self.doctor()
        self.assertEqual(state, "warning")
        self.assertIn("cannot see anything here", text)
        self.assertIn("the window manager does not say which window is in front", text)
        self.start_manager()
        until(self.manager_is_there, "the window manager")
        self.window("Chess")
        self.wait_notice(ASKED)
        self.stop_cleanly()

    def test_server_goes(self):
        self.start_manager()
        until(self.manager_is_there, "the window manager")
        self.focus()
        until(lambda: self.probe()[0] == "X11", "it is seen")
        self.display.kill()
        until(lambda: self.probe()[0].startswith("none: "), "nobody tells any more")
        self.assertTrue(self.daemon.alive())
        self.stop_cleanly()

    def sockets(self):
        folder = f"/proc/{self.daemon.child.pid}/fd"
        kinds = []
        for number in os.listdir(folder):
            try:
                kinds.append(os.readlink(os.path.join(folder, number)))
            except FileNotFoundError:
                pass
        return sum(kind.startswith("socket:") for kind in kinds)

    def test_nobody_watches_outside_of_focus(self):
        """No connection to the X server but that of presence."""
        self.start_manager()
        until(self.manager_is_there, "the window manager")
        self.plan()
        self.start()
        until(lambda: str(self.status()["PresenceSource"]) == "x11", "presence")
        until(lambda: str(self.status()["Notifier"]) != "", "the notification server")
        quiet = self.sockets()
        self.begin("Payment")
        until(lambda: self.sockets() == quiet + 1, "the guard watches")
        self.call("Stop")
        until(lambda: self.sockets() == quiet, "and stops")
        self.guard("")
        self.call("Reload")
        self.begin("Payment")
        time.sleep(1)
        self.assertEqual(self.sockets(), quiet, "without a list nobody watches")
        self.guard("chess")
        self.call("Reload")
        until(lambda: self.sockets() == quiet + 1, "a list that comes is taken up")
        self.stop_cleanly()


class Buttons(X11):
    """Nothing but what the buttons and their commands do."""

    def setUp(self):
        super().setUp()
        self.start_manager()
        until(self.manager_is_there, "the window manager")
        self.focus()
        self.window("Chess")
        self.wait_notice(ASKED)

    # The base's tests once are enough.
    test_two_windows = test_command_name = test_manager_comes_later = test_server_goes = None
    test_nobody_watches_outside_of_focus = test_planned_block = None

    def test_allow(self):
        before = time.time()
        self.click(1, "allow")
        until(lambda: self.rows() == [("chess", "allow", None)], "the answer")
        until_at = self.query("SELECT until FROM interruption")[0][0] / 1e6
        self.assertAlmostEqual(until_at - before, 300, delta=harness.PATIENCE)
        self.stop_cleanly()

    def test_work_with_a_reason_and_undo(self):
        self.assertEqual(self.tracker("guard", "work", "a", "customer"), "chess: it is work\n")
        self.assertEqual(self.rows(), [("chess", "work", "a customer")])
        self.assertEqual(self.query("SELECT answer FROM notice WHERE kind = 'guard'"), [("work",)])
        self.assertEqual(self.closed(), [1], "the question goes")
        self.assertIn("guard work a customer", self.tracker("history"))
        self.tracker("undo")
        self.assertEqual(self.rows(), [("chess", "none", None)])
        self.assertEqual(self.tracker("guard", "allow", "1m"), "chess: allowed until "
                         + self.tracker("guard").split("until ")[1].split()[0] + "\n")
        self.stop_cleanly()

    def test_asked_again(self):
        """After the allowance, still in front; a minute after the last notice."""
        self.tracker("guard", "allow", "1s")
        until(lambda: len(self.rows()) == 1, "asked once")
        self.assertEqual(self.rows(), [("chess", "allow", None)])
        end = time.monotonic() + 90
        while len(self.rows()) < 2 and time.monotonic() < end:
            time.sleep(0.5)
        self.assertEqual([row[1] for row in self.rows()], ["allow", "none"])
        self.stop_cleanly()

    def test_restart_does_not_ask_again(self):
        self.tracker("guard", "work")
        self.daemon.end(9)
        self.start()
        until(lambda: self.probe()[:2] == ("X11", "Chess"), "it is still in front")
        time.sleep(1)
        self.assertEqual(self.rows(), [("chess", "work", None)])
        self.stop_cleanly()

    def test_killed_before_the_answer(self):
        """The question stays one, without its buttons, and is answered by the command."""
        self.daemon.end(9)
        self.start()
        until(lambda: self.probe()[:2] == ("X11", "Chess"), "it is still in front")
        until(lambda: 1 in self.closed(), "buttons that would do nothing go")
        self.assertEqual(self.rows(), [("chess", "none", None)])
        self.assertEqual(self.tracker("guard", "back"), "chess: back to work\n")
        time.sleep(1)
        self.assertEqual(self.rows(), [("chess", "back", None)], "asked once")
        self.assertIn("chess  back to work", self.tracker("guard"))
        self.stop_cleanly()


class Sway(GuardCase):
    """A real compositor without a screen; it refuses to run as root, so then it runs as nobody."""

    def start_sway(self):
        runtime = os.path.join(self.home, "run")
        config = os.path.join(self.home, "sway.conf")
        with open(config, "w", encoding="utf-8") as handle:
            handle.write("xwayland disable\n")
        self.environment.update(WLR_BACKENDS="headless", WLR_LIBINPUT_NO_DEVICES="1", WLR_RENDERER="pixman")
        self.nobody = {}
        if os.getuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chmod(self.home, 0o711)
            os.chown(runtime, user.pw_uid, user.pw_gid)
            self.nobody = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.sway = self.run_as_nobody("sway", "--config", config)
        self.environment["WAYLAND_DISPLAY"] = until(
            lambda: next((n for n in os.listdir(runtime) if n.startswith("wayland-") and not n.endswith(".lock")),
                         None), "sway")
        self.socket = os.path.join(runtime, until(
            lambda: next((n for n in os.listdir(runtime) if n.startswith("sway-ipc.")), None), "its socket"))

    def run_as_nobody(self, *command):
        with open(os.path.join(self.home, command[0] + ".log"), "ab") as log:
            child = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, **self.nobody)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        return child

    def message(self, *words):
        shown = subprocess.run(["swaymsg", "-s", self.socket, *words], check=True, stdout=subprocess.PIPE,
                               env=self.environment, text=True, **self.nobody).stdout
        return json.loads(shown)

    def windows(self, node=None):
        node = node or self.message("-t", "get_tree", "-r")
        below = [window for child in node["nodes"] + node["floating_nodes"] for window in self.windows(child)]
        return ([node["app_id"]] if node.get("app_id") else []) + below

    def window(self, name):
        child = self.run_as_nobody("foot", "--app-id", name, "sleep", "600")
        until(lambda: name in self.windows(), name)
        return child

    def test_windows(self):
        self.start_sway()
        self.window("Editor")
        self.focus()
        until(lambda: self.probe()[:2] == ("sway", "Editor"), "what is in front is seen")
        mail = self.window("org.example.Mail")
        notice = self.wait_notice(ASKED)
        self.assertEqual(notice[1], "org.example.Mail " + ASKED)
        self.assertEqual(self.doctor(), ("ok", "sway tells what comes to the front; now it is org.example.Mail"))
        self.tracker("guard", "work")
        self.message('[app_id="Editor"] focus')
        until(lambda: self.probe()[1] == "Editor", "another one")
        self.message("workspace 7")
        until(lambda: self.probe()[:2] == ("sway", ""), "an empty workspace has nothing in front")
        mail.kill()
        self.assertEqual(self.rows(), [("org.example.Mail", "work", None)])
        self.stop_cleanly()

    def test_closed_and_gone(self):
        """The window that is closed is not in front any more; the compositor goes as well."""
        self.start_sway()
        self.focus()
        until(lambda: self.probe()[0] == "sway", "sway tells")
        mail = self.window("org.example.Mail")
        self.wait_notice(ASKED)
        mail.kill()
        until(lambda: self.probe()[:2] == ("sway", ""), "nothing is in front")
        self.sway.kill()
        until(lambda: "sway is not there" in self.probe()[0], "nobody tells")
        self.assertTrue(self.daemon.alive())
        self.stop_cleanly()


class Hyprland(GuardCase):
    """Its two sockets, as its wiki describes them."""

    def setUp(self):
        super().setUp()
        self.folder = os.path.join(self.home, "run", "hypr", "abc_1")
        os.makedirs(self.folder)
        self.front = {"class": "Editor", "initialClass": "Editor", "pid": 0}
        self.listeners = []
        self.events = self.listen(".socket2.sock", self.take_listener)
        self.requests = self.listen(".socket.sock", self.answer)

    def listen(self, name, serve):
        server = socket.socket(socket.AF_UNIX)
        server.bind(os.path.join(self.folder, name))
        server.listen(8)

        def accept():
            while True:
                try:
                    serve(server.accept()[0])
                except OSError:
                    return
        threading.Thread(target=accept, daemon=True).start()
        self.addCleanup(server.close)
        return server

    def take_listener(self, connection):
        self.listeners.append(connection)
        self.addCleanup(connection.close)

    def answer(self, connection):
        with connection:
            if connection.recv(100) == b"j/activewindow":
                text = self.front if isinstance(self.front, bytes) else json.dumps(self.front).encode()
                connection.sendall(text)

    def show(self, front, title="x"):
        self.front = front
        word = front["class"] if isinstance(front, dict) and front else ""
        for listener in self.listeners:
            try:
                listener.sendall(f"activewindow>>{word},{title}\nactivewindowv2>>55\n".encode())
            except OSError:
                pass

    def test_windows(self):
        self.focus()
        until(lambda: self.probe()[:2] == ("Hyprland", "Editor"), "what is in front is seen")
        self.show({})
        self.show({"class": "Chess", "initialClass": "Chess", "pid": 0})
        self.assertEqual(self.wait_notice(ASKED)[1], "chess " + ASKED)
        self.assertEqual(self.rows(), [("chess", "none", None)])
        self.stop_cleanly()

    def test_hostile(self):
        """What cannot be read ends the source and not the daemon; it is tried again."""
        self.focus()
        until(lambda: self.listeners, "it listens")
        self.show({"class": "Editor"}, "t" * 300000)
        for front in (b"[" * 50000, b"{\"class\": 5}", b"\xff\xfe", b"", b"Invalid", b"x" * 200000,
                      {"class": "c" * 5000, "pid": -1}, {"class": "Chess\x1b[2J", "pid": 2**60}):
            self.show(front)
            self.probe()
        self.assertTrue(self.daemon.alive())
        self.assertEqual(self.rows(), [])
        self.front = {"class": "Chess"}
        self.show(self.front)
        self.wait_notice(ASKED)
        self.stop_cleanly()


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
