# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords reach the server that they are for, and nothing else."""

import base64
import glob
import os
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


if __name__ == "__main__":
    unittest.main()
