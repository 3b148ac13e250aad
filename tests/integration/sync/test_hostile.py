# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""trackerd-sync against a server that means harm."""

import gzip
import subprocess
import threading
import time
import unittest

from subscribed import SYNC, Subscribed, ical


class Hostile(Subscribed):
    def setUp(self):
        super().setUp()
        self.subscribe()

    def test_endless_body(self):
        line = b"X-FILL:" + b"x" * 60 + b"\r\n"

        def endless(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\n")
            while True:
                handler.wfile.write(line * 4096)

        self.assert_kept(endless, "larger than 64 MiB")

    def test_memory(self):
        """A body is never held as a whole."""
        started, sizes = threading.Event(), []

        def answer(handler):
            started.wait(30)
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\n")
            for i in range(60):
                handler.wfile.write(b"X-FILL:x\r\n" * 100_000)
                if i in (5, 59):
                    with open(f"/proc/{child.pid}/status", encoding="ascii") as file:
                        sizes.extend(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))
            handler.wfile.write(b"END:VCALENDAR\r\n")

        self.server.answer = answer
        # The address sanitizer would keep 256 MB of what was freed.
        env = {**self.env, "ASAN_OPTIONS": self.env.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"}
        child = subprocess.Popen([SYNC, "--now"], env=env, stdout=subprocess.PIPE, text=True)
        started.set()
        self.assertEqual(child.communicate(timeout=60)[0], "team: new copy; it holds no events\n")
        self.assertLess(sizes[1] - sizes[0], 8 << 10, "KiB for 60 MB more")

    def test_compression_bomb(self):
        bomb = gzip.compress(b"BEGIN:VCALENDAR\r\n" + b"x" * (70 << 20), 9)
        self.assert_kept(self.good(bomb, Content_Encoding="gzip"), "larger than 64 MiB")

    def test_announced_size_is_not_believed(self):
        self.assert_kept(self.good(ical("x"), Content_Length=str(1 << 62)), "cut before the end")

    def test_endless_patience_is_not_ours(self):
        """A body that comes a byte at a time would never be silent."""

        def drip(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\n")
            while True:
                handler.wfile.write(b"x")
                time.sleep(0.05)

        self.assert_kept(drip, "it was not all there after 2 s", "--patience", "2")

    def test_silence(self):
        self.assert_kept(lambda handler: time.sleep(4), "it was not all there after 1 s", "--patience", "1")

    def test_endless_talk_before_the_answer(self):
        """libsoup reads on and on then, and lets nothing else have a turn: others would never come, too."""
        with open(self.dir + "/.config/trackerd/trackerd.conf", "a", encoding="utf-8") as file:
            file.write(f"[calendar other]\nurl = {self.server.url}/other\nca_file = {self.authority.cert}\n")

        def talk(handler):
            while True:
                handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)

        self.server.answer = lambda handler: self.good()(handler) if handler.path == "/other" else talk(handler)
        said = self.run_sync("--now", "--patience", "5").stdout
        self.assertIn("team: it was not all there after 5 s", said)
        self.assertIn("other: ", said)

    def test_endless_head(self):
        def endless(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                handler.wfile.write(b"X-Fill: " + b"x" * 8000 + b"\r\n")

        self.assert_kept(endless, "", "--patience", "20")

    def test_headers_do_not_reach_our_files(self):
        """What cannot be sent back as it is, is not kept."""
        self.sync(self.good(ical("b"), ETag="x" * 2000, Last_Modified="\x1b[31m\x07"))
        state = self.state()
        self.assertNotIn("etag", state)
        self.assertNotIn("last_modified", state)
        evil = '"]\\n[subscription]\\nnext = 2000-01-01T00:00:00Z = ; # %s%n'
        self.sync(self.good(ical("c"), ETag=evil))
        self.sync(lambda handler: handler.reply(304))
        self.assertEqual(self.server.requests[-1][1]["If-None-Match"], evil)

    def test_cookies_are_not_kept(self):
        self.sync(self.good(ical("b"), Set_Cookie="who=you; Path=/"))
        self.sync(lambda handler: handler.reply(302, Location="/there", Set_Cookie="who=you")
                  if handler.path != "/there" else self.good(ical("c"))(handler))
        for _, headers in self.server.requests:
            self.assertNotIn("Cookie", headers)


if __name__ == "__main__":
    unittest.main()
