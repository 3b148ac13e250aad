# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A subscription in a running day: the daemon follows the copy, and never opens a connection itself."""

import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "daemon"))
import harness  # noqa: E402
from harness import ical, soon, until  # noqa: E402
from https_server import Authority, Server  # noqa: E402


class Day(harness.DaemonCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = tempfile.mkdtemp(prefix="trackerd-ca-")
        cls.addClassCleanup(shutil.rmtree, cls.shared, ignore_errors=True)
        cls.authority = Authority(cls.shared)
        cls.server = Server(*cls.authority.issue("server", "IP:127.0.0.1"))
        cls.addClassCleanup(cls.server.close)

    def serve(self, *events):
        body = ical(*events).encode()
        self.server.answer = lambda handler: handler.reply(200, body)

    def sync(self):
        done = subprocess.run([os.environ["TRACKERD_SYNC"], "--now"], env=self.environment, timeout=60,
                              capture_output=True, text=True, check=False)
        return done.stdout

    def wait_next(self, title):
        until(lambda: str(self.status()["NextTitle"]) == title, f"next is {title}")

    def test_followed_and_kept(self):
        self.configure(f"[calendar team]\nurl = {self.server.url}/team\nca_file = {self.authority.cert}\n")
        self.start()
        self.assertEqual(str(self.status()["NextTitle"]), "", "there is no copy yet, and that is no end")
        self.serve(("a", "First", soon(3600), soon(7200)))
        self.assertEqual(self.sync(), "team: new copy\n")
        self.wait_next("First")
        self.serve(("a", "Renamed", soon(3600), soon(7200)), ("b", "Before", soon(1800), soon(2400)))
        self.sync()
        self.wait_next("Before")
        self.server.answer = lambda handler: handler.reply(200, b"<html>log in</html>")
        self.assertIn("web page", self.sync())
        self.server.answer = lambda handler: handler.reply(500)
        self.assertIn("answered 500", self.sync())
        self.assertEqual(str(self.status()["NextTitle"]), "Before")
        self.stop_cleanly()

    def test_the_daemon_has_no_network(self):
        """Its unit allows AF_UNIX only; here its system calls are looked at."""
        self.serve(("a", "First", soon(3600), soon(7200)))
        self.configure(f"[calendar team]\nurl = {self.server.url}/team\nca_file = {self.authority.cert}\n")
        self.sync()
        self.server.requests.clear()
        trace = os.path.join(self.home, "trace")
        real = harness.TRACKERD
        self.addCleanup(setattr, harness, "TRACKERD", real)
        wrapper = os.path.join(self.home, "traced")
        with open(wrapper, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nexec strace -D -f -qq -e trace=socket,connect -o "{trace}" "{real}" "$@"\n')
        os.chmod(wrapper, 0o700)
        harness.TRACKERD = wrapper
        # The leak checker cannot work under strace.
        self.start(ASAN_OPTIONS=self.environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0")
        self.wait_next("First")
        self.stop_cleanly()
        with open(trace, encoding="utf-8") as file:
            text = file.read()
        self.assertIn("socket(AF_UNIX", text)
        self.assertNotIn("AF_INET", text)
        self.assertEqual(self.server.requests, [])


if __name__ == "__main__":
    harness.main()
