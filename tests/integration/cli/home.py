# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A home of its own for each test, and the program run in it."""

import datetime
import json
import os
import pty
import shutil
import subprocess
import tempfile
import unittest
from zoneinfo import ZoneInfo

TRACKER = os.environ["TRACKER"]


def read_terminal(main):
    """What came, nothing when nobody holds the other side any more."""
    try:
        return os.read(main, 65536)
    except OSError:
        return b""


class Home(unittest.TestCase):
    """Runs tracker with all XDG folders in a temporary one and without a session bus."""

    maxDiff = None

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="tracker-cli-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.env = {
            "PATH": "/usr/bin:/bin",
            "HOME": self.dir,
            "XDG_CONFIG_HOME": self.dir + "/config",
            "XDG_DATA_HOME": self.dir + "/data",
            "XDG_CACHE_HOME": self.dir + "/cache",
            "XDG_RUNTIME_DIR": self.dir + "/run",
            "TZ": "Europe/Berlin",
            "LC_ALL": "C.UTF-8",
            "G_DEBUG": "fatal-criticals",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.log = self.dir + "/data/trackerd/trackerd.db"

    def lived_day(self):
        """Today as the commands have it: a day begins at 04:00, so that before it is still yesterday."""
        now = datetime.datetime.now(ZoneInfo(self.env["TZ"]))
        return (now - datetime.timedelta(hours=4)).date()

    def run_tracker(self, *words, **more):
        """The finished process; its output is bytes when text=False."""
        env = {**self.env, **more.pop("env", {})}
        more.setdefault("text", True)
        if "stdout" not in more:
            more["stdout"] = subprocess.PIPE
        return subprocess.run(
            [TRACKER, *words], env=env, stderr=subprocess.PIPE, timeout=60, check=False, **more
        )

    def tracker(self, *words, status=0, **more):
        """What it prints; the exit status must be @status, and stderr empty when that is 0."""
        done = self.run_tracker(*words, **more)
        self.assertEqual(done.returncode, status, f"{words}: {done.stdout}{done.stderr}")
        if status == 0:
            self.assertEqual(done.stderr, "", words)
        return done.stdout

    def error(self, *words, status):
        """What it says on stderr when it ends with @status; nothing on stdout."""
        done = self.run_tracker(*words)
        self.assertEqual(done.returncode, status, f"{words}: {done.stdout}{done.stderr}")
        self.assertEqual(done.stdout, "", words)
        self.assertTrue(done.stderr.startswith("tracker: "), done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        return done.stderr[len("tracker: ") : -1]

    def json(self, *words):
        return json.loads(self.tracker(*words, "--json"))

    def on_terminal(self, *words, env=None):
        """What it writes on a terminal of its own; the exit status must be 0."""
        main, side = pty.openpty()
        data = b""
        with subprocess.Popen([TRACKER, *words], env={**self.env, "TERM": "xterm", **(env or {})},
                              stdout=side, stderr=side, stdin=side) as child:
            os.close(side)
            while part := read_terminal(main):
                data += part
        os.close(main)
        self.assertEqual(child.returncode, 0)
        return data.decode()
