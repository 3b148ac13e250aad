# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A home with one subscription to a real HTTPS server that answers as a test tells it."""

import configparser
import glob
import os
import shutil
import subprocess
import tempfile
import unittest

from https_server import Authority, Server

SYNC = os.environ["TRACKERD_SYNC"]
SECRET = "s3cret-address"


def ical(*uids, end="END:VCALENDAR\r\n"):
    events = "".join(f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20261123T090000Z\r\n"
                     f"DTEND:20261123T100000Z\r\nSUMMARY:{uid}\r\nEND:VEVENT\r\n" for uid in uids)
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + end).encode()


class Subscribed(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.mkdtemp(prefix="trackerd-ca-")
        cls.addClassCleanup(shutil.rmtree, cls.shared, ignore_errors=True)
        cls.authority = Authority(cls.shared)
        cls.server = Server(*cls.authority.issue("server", "IP:127.0.0.1"))
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="trackerd-sync-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.env = {
            "PATH": "/usr/bin:/bin",
            "HOME": self.dir,
            "XDG_RUNTIME_DIR": self.dir + "/run",
            "LC_ALL": "C.UTF-8",
            "G_DEBUG": "fatal-criticals",
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")},
        }
        self.server.requests.clear()
        self.url = f"{self.server.url}/{SECRET}/team.ics"
        self.configure()

    def configure(self, url=None, ca_file=None, **keys):
        keys = {"url": url or self.url, "ca_file": ca_file or self.authority.cert, **keys}
        os.makedirs(self.dir + "/.config/trackerd", exist_ok=True)
        with open(self.dir + "/.config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            file.write("[calendar team]\n" + "".join(f"{k} = {v}\n" for k, v in keys.items() if v != "-"))

    def run_sync(self, *words, **more):
        done = subprocess.run([SYNC, *words], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=60, check=False, **more)
        self.assertNotIn(SECRET, done.stdout + done.stderr, "the address is a secret")
        return done

    def sync(self, answer, *words, status=0):
        """What is told of the calendar when the server answers so."""
        self.server.answer = answer
        done = self.run_sync("--now", *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertTrue(done.stdout.startswith("team: "), done.stdout)
        return done.stdout[len("team: "):-1]

    def good(self, body=ical("a"), **headers):
        return lambda handler: handler.reply(200, body, **{"Content_Type": "text/calendar", **headers})

    def subscribe(self, body=ical("a"), **headers):
        self.assertEqual(self.sync(self.good(body, **headers)), "new copy")
        self.server.requests.clear()

    def copies(self):
        return glob.glob(self.dir + "/.local/share/trackerd/subscriptions/*.ics")

    def copy(self):
        (path,) = self.copies()
        with open(path, "rb") as file:
            return file.read()

    def state(self):
        (path,) = self.copies() or [None]
        keys = configparser.RawConfigParser()
        keys.read(path + ".state", encoding="utf-8")
        return dict(keys["subscription"])

    def leftovers(self):
        return glob.glob(self.dir + "/.local/share/trackerd/subscriptions/*.part")

    def assert_kept(self, answer, reason, *words, body=ical("a")):
        """An answer of that kind is told, and the copy of before stays to the byte."""
        told = self.sync(answer, *words, status=1)
        self.assertIn(reason, told)
        self.assertIn("; the copy of ", told)
        self.assertEqual(self.copy(), body)
        self.assertEqual(self.leftovers(), [])
        self.assertIn(reason, self.state()["problem"])
