# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords reach the server that they are for, and nothing else."""

import base64
import glob
import os
import subprocess
import sys
import unittest

from https_server import Server
from subscribed import SECRET, Subscribed


class Passwords(Subscribed):
    PASSWORD = "correct: horse ü"

    def setUp(self):
        super().setUp()
        self.file = self.dir + "/password"
        self.write(self.PASSWORD + "\nsecond line\n")
        self.configure(user="ada", password_file=self.file)

    def write(self, text, mode=0o600):
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(self.file, mode)

    def wants_login(self, handler):
        token = base64.b64encode(f"ada:{self.PASSWORD}".encode()).decode()
        if handler.headers.get("Authorization") == "Basic " + token:
            self.good()(handler)
        else:
            handler.reply(401, WWW_Authenticate='Basic realm="x", charset="UTF-8"')

    def test_login(self):
        self.assertEqual(self.sync(self.wants_login), "new copy")

    def test_wrong_password(self):
        self.write("wrong")
        self.assertIn("the server answered 401: it wants a user", self.sync(self.wants_login, status=1))
        self.assertEqual(len(self.server.requests), 2, "tried once")

    def test_none_is_given_on_standard_input(self):
        """Nothing behind the NUL is no password, were there a NUL or two: the file's is used."""
        self.server.answer = self.wants_login
        with open(self.dir + "/.config/trackerd/trackerd.conf", encoding="utf-8") as file:
            section = file.read()
        for given in ("", "\0", "\0\0"):
            done = self.run_sync("--stdin", input=section + given)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        done = self.run_sync("--stdin", input=section + "\0wrong")
        self.assertIn("the server answered 401", done.stdout)
        for given in ("", "\0"):
            done = self.run_sync("--stdin", "--keep-password", input=section + given)
            self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
            self.assertIn("--keep-password needs one calendar with a user, and a password", done.stderr)

    def test_no_user(self):
        self.configure()
        self.assertIn("the server answered 401: it wants a user", self.sync(self.wants_login, status=1))

    def test_not_volunteered(self):
        self.assertEqual(self.sync(self.good()), "new copy")
        self.assertNotIn("Authorization", self.server.requests[0][1])

    def test_not_for_another_server(self):
        other = Server(*self.authority.issue("other", "IP:127.0.0.1"))
        self.addCleanup(other.close)
        other.answer = self.wants_login
        for first in (lambda handler: handler.reply(302, Location=other.url),
                      lambda handler: self.wants_login(handler) if "Authorization" not in handler.headers
                      else handler.reply(302, Location=other.url)):
            self.assertIn("answered 401", self.sync(first, status=1))
            self.assertTrue(other.requests)
            for _, headers in other.requests:
                self.assertNotIn("Authorization", headers)

    def test_not_for_a_proxy(self):
        proxy = Server()
        self.addCleanup(proxy.close)
        proxy.answer = lambda handler: handler.reply(407, Proxy_Authenticate='Basic realm="x"')
        self.env.update(https_proxy=proxy.url, no_proxy="")
        self.assertIn("there is no copy yet", self.sync(self.wants_login, status=1))
        self.assertTrue(proxy.requests)
        for _, headers in proxy.requests:
            self.assertFalse({"Authorization", "Proxy-Authorization"} & set(headers), headers)
        self.assertEqual(self.server.requests, [])

    def test_file_of_somebody_else(self):
        if os.geteuid() == 0:
            os.chown(self.file, 65534, -1)
        else:
            self.configure(user="ada", password_file="/etc/passwd")
        self.assertIn("belongs to somebody else", self.sync(self.wants_login, status=1))

    def test_file_that_others_can_read(self):
        for mode in (0o640, 0o604, 0o666, 0o620):
            self.write(self.PASSWORD, mode)
            self.assertIn("can be read by others: chmod 600", self.sync(self.wants_login, status=1))
        self.assertEqual(self.server.requests, [])

    def test_file_that_is_none(self):
        self.write("")
        self.assertIn("is empty", self.sync(self.wants_login, status=1))
        os.unlink(self.file)
        self.assertIn("the password file ~/password cannot be opened: No such file",
                      self.sync(self.wants_login, status=1))
        os.mkfifo(self.file, 0o600)
        self.assertIn("is no file", self.sync(self.wants_login, status=1))

    def test_secrets_are_nowhere(self):
        """Not in what the process list shows, nor in the configuration, nor in any file of ours."""
        seen = []

        def look(handler):
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    with open(path, "rb") as file:
                        words = file.read()
                except OSError:
                    continue
                if b"trackerd-sync" in words:
                    seen.append(words)
            self.wants_login(handler)

        self.sync(look)
        self.assertTrue(seen)
        for words in seen:
            self.assertNotIn(SECRET.encode(), words)
            self.assertNotIn(b"horse", words)
        for folder in (self.dir + "/.local", self.dir + "/.config"):
            for path in glob.glob(folder + "/**", recursive=True):
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        self.assertNotIn(b"horse", file.read(), path)


@unittest.skipUnless(os.environ.get("TRACKERD_SECRETS"), "built without libsecret")
class SlowStore(Subscribed):
    """A secret store that asks its user first, and is left alone."""

    ASKS = ("import dbus, time\ndbus.SessionBus().request_name('org.freedesktop.secrets')\n"
            "print('ready', flush=True)\ntime.sleep(8)")

    def setUp(self):
        super().setUp()
        os.makedirs(self.dir + "/run", mode=0o700)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + self.dir + "/run/bus"
        self.begin("dbus-daemon", "--session", "--nofork", "--print-address=1",
                   "--address=" + self.env["DBUS_SESSION_BUS_ADDRESS"])
        self.begin(sys.executable, "-c", self.ASKS)
        # As in the tests with the real store: the leak checker and a thread of GIO's at the end.
        self.env["ASAN_OPTIONS"] = self.env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"

    def begin(self, *words):
        process = subprocess.Popen(words, env=self.env, stdout=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertTrue(process.stdout.readline())

    def test_others_do_not_pay_for_it(self):
        """What was waited for it is not taken from the time that a server has."""
        with open(self.dir + "/.config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            for name, more in (("open", ""), ("shut", "user = ada\n")):
                file.write(f"[calendar {name}]\nurl = {self.server.url}/{name}\n{more}ca_file = {self.authority.cert}\n")
        self.server.answer = self.good()
        said = self.run_sync("--now", "--patience", "6").stdout
        self.assertIn("open: new copy\n", said)
        self.assertIn("shut: the secret store cannot be used", said)


if __name__ == "__main__":
    unittest.main()
