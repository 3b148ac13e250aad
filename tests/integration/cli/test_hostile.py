# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of strangers: shown as typed, valid and bounded, never obeyed."""

import os
import subprocess
import unittest

from home import TRACKER, Home

TITLES = {
    "escape": "\033[2Jred \033[31malert\a",
    "markup": "<b>bold</b> & <script>alert(1)</script> <3",
    "bidi": "safe\u202etxt.exe\u2066 name\u200f",
    "breaks": "one\ntwo\r\nthree\u2028four\tfive",
    "formats": "%s%n%d {0} ${HOME} `id` $(id) ; rm -rf ~",
    "wide": "会議の準備 " * 10,
    "combining": "e\u0301" * 50,
    "sql": "'); DROP TABLE task; --",
    "cell": "=1+1",
}


class Hostile(Home):
    def assertHarmless(self, data):
        text = data.decode("utf-8")
        for char in text:
            self.assertTrue(char == "\n" or (ord(char) >= 32 and ord(char) != 127 and not 0x80 <= ord(char) < 0xA0), repr(char))
            self.assertNotIn(char, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")

    def everything(self, number):
        for words in (["task"], ["task", "show", str(number)], ["sprint"], ["log", "-3d"], ["metric"],
                      ["history"], ["status"]):
            for json in ([], ["--json"]):
                done = self.run_tracker(*words, *json, text=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertHarmless(done.stdout)

    def test_titles_everywhere(self):
        self.tracker("sprint", "start", "S")
        for number, (name, title) in enumerate(TITLES.items(), 1):
            with self.subTest(name):
                self.tracker("task", "add", "--sprint", "--", title)
                self.tracker("log", "add", "yesterday", f"{number:02}:00-{number:02}:10", "--", title)
                self.tracker("metric", "add", "--", title, "1")
                self.everything(number)

    def test_shown_as_typed(self):
        self.tracker("task", "add", "--", TITLES["markup"])
        self.tracker("task", "add", "--", TITLES["sql"])
        self.assertEqual([task["title"] for task in self.json("task")], [TITLES["markup"], TITLES["sql"]])

    def test_invalid_utf8(self):
        done = subprocess.run([TRACKER.encode(), b"task", b"add", b"bad \xff\xfe bytes \xc3"], env=self.env,
                              capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertHarmless(self.run_tracker("task", text=False).stdout)
        self.assertEqual(self.json("task")[0]["title"], "bad \ufffd\ufffd bytes \ufffd")
        for words in ([b"\xff\xff"], [b"task", b"\xff"], [b"log", b"\xff"], [b"log", b"--\xff"],
                      [b"task", b"done", b"\xff"], [b"start", b"--kind", b"\xff"], [b"metric", b"add", b"\xff", b"\xff"]):
            done = subprocess.run([TRACKER.encode(), *words], env=self.env, capture_output=True, timeout=60,
                                  check=False)
            self.assertIn(done.returncode, (2, 4), words)
            self.assertHarmless(done.stderr)

    def test_a_megabyte_is_refused_and_bounded(self):
        words = ["x" * 100000] * 10
        said = self.error("task", "add", *words, status=2)
        self.assertIn("the title has 1000009 characters; at most 500 fit", said)
        self.error("log", "add", "yesterday", "09:00-10:00", *words, status=2)
        self.error("sprint", "start", *words, status=2)
        for words in (["x" * 100000], ["task", "y" * 100000], ["log", "z" * 100000], ["log", "--" + "o" * 100000],
                      ["task", "show", "9" * 100000], ["metric", "add", "m", "1" * 100000 + "x" * 1000]):
            done = self.run_tracker(*words)
            self.assertEqual(done.returncode, 2)
            self.assertLess(len(done.stderr), 1000, words[0][:10])

    def test_numbers_at_the_border(self):
        for number in ("0", "-1", "9223372036854775808", "1e3", "+1", " 1", "1 ", "0x1"):
            self.assertIn(self.run_tracker("task", "show", "--", number).returncode, (2, 4), number)
        self.error("task", "show", "9223372036854775807", status=4)

    def test_nothing_of_a_title_is_run(self):
        mark = self.dir + "/mark"
        self.tracker("task", "add", f"$(touch {mark}) `touch {mark}` ; touch {mark}")
        self.tracker("task")
        self.assertFalse(os.path.exists(mark))


if __name__ == "__main__":
    unittest.main()
