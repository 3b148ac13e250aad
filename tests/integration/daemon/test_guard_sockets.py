# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The focus guard with compositors that tell on a socket: a real sway, and Hyprland's two sockets."""
import json
import os
import pwd
import socket
import subprocess
import threading

import harness
from guard_case import ASKED, GuardCase
from harness import until


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


if __name__ == "__main__":
    harness.main()
