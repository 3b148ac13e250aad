# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job from end to end, as `tracker demo` shows it, and that nothing of it stays."""

import glob
import os
import re
import signal
import subprocess
import time
import unittest

from home import TRACKER, Home


class Demo(Home):
    def setUp(self):
        super().setUp()
        # Short: a socket's path has 107 bytes.
        self.tmp = self.dir + "/t"
        os.mkdir(self.tmp)
        self.env["TMPDIR"] = self.tmp

    def assert_nothing_left(self):
        self.assertEqual(os.listdir(self.tmp), [])
        left = []
        for path in glob.glob("/proc/[0-9]*/cmdline"):
            try:
                with open(path, "rb") as file:
                    if self.dir.encode() in file.read():
                        left.append(path)
            except OSError:
                pass  # it ended while we looked
        self.assertEqual(left, [])
        self.assertFalse(os.path.exists(self.log), "the user's log was touched")

    def test_shipped_day(self):
        page = self.tracker("demo", env={"TZ": f"Etc/GMT{time.gmtime().tm_hour - 12:+d}"})  # where it is noon
        self.assertIn("There is no session bus here", page)
        self.assertRegex(page, r"▌ \d\d:\d\d:\d\d  Focus in \S+ \S+ — Query optimisation")
        self.assertRegex(page, r"▌ \d\d:\d\d:\d\d  Focus — Query optimisation")
        self.assertIn("[Snooze 5 min] [Skip] [Stop]", page)
        shown = re.findall(r"shown by tracker demo \S+, (\d+) ms after its time", page)
        self.assertEqual(len(shown), 2, page)
        for words in ("", " agenda", " report focus -7d", " report sprint"):
            self.assertIn(f"\n$ tracker{words}\n", page)
        self.assertIn("The shipped schedule is moved to now", page)
        self.assertRegex(page, r"\n● Focus +Query optimisation")
        self.assertRegex(page, r"\n▶\d\d:\d\d +focus +Query optimisation")
        self.assertRegex(page, r"Kept \d+ h.* planned focus")
        self.assertIn("Sprint 24 · ", page)
        # The days of the sprint that are to come are planned as well, so that its line goes to its end.
        burndown = page[page.index("\n burndown "):].split("\n\n")[0]
        self.assertGreaterEqual(len(re.findall(r"\n [A-Z][a-z]{2} \d+ [A-Z][a-z]{2} ", burndown)), 10, burndown)
        self.assert_nothing_left()

    def test_on_a_terminal(self):
        """Colours are the terminal's, and no line of ours is broken by its edge."""
        page = self.on_terminal("demo", "--seconds", "8", env={"COLUMNS": "80"}).replace("\r", "")
        for words in ("$ tracker", "$ tracker agenda", "Focus — Query optimisation"):
            self.assertIn(f"\033[1m{words}\033[0m\n", page)
        self.assertNotIn("\ufffd", page)
        for line in re.sub(r"\033\[[0-9;]*m", "", page).split("\n"):
            if self.tmp not in line:
                self.assertLessEqual(len(line), 80)
        self.assert_nothing_left()

    def test_own_calendar(self):
        start = time.time() + 6
        stamp = [time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at)) for at in (start, start + 3600)]
        path = self.dir + "/mine.ics"
        with open(path, "w", encoding="utf-8") as file:
            file.write("\r\n".join([
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1",
                "DTSTAMP:20260101T000000Z", "DTSTART:" + stamp[0], "DTEND:" + stamp[1],
                "SUMMARY:<b>Mine</b>", "CATEGORIES:Focus", "END:VEVENT", "END:VCALENDAR", ""]))
        done = self.run_tracker("demo", path, "--seconds", "9")
        page = done.stdout
        self.assertEqual(done.returncode, 0, done)
        self.assertRegex(page, r"Focus — <b>Mine</b>")
        self.assertIn("\n$ tracker simulate", page)
        self.assertIn("\n$ tracker calendar check\n", page)
        self.assertNotIn("Nothing was due", page)
        for untrue in ("While you were gone", "missed", "1 interruption", "Sprint 24",
                       "$ tracker report"):
            self.assertNotIn(untrue, page)
        self.assertIn("Reports are left out", page)
        self.assertRegex(page, r"\nTo see some: /\S+/tracker demo\n")
        self.assert_nothing_left()

    def test_a_notice_that_was_not_given_says_why(self):
        """What has begun already is not announced as to come."""
        now = time.time()
        stamp = [time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at)) for at in (now - 120, now + 3600)]
        path = self.dir + "/mine.ics"
        with open(path, "w", encoding="utf-8") as file:
            file.write("\r\n".join([
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1",
                "DTSTAMP:20260101T000000Z", "DTSTART:" + stamp[0], "DTEND:" + stamp[1],
                "SUMMARY:Mine", "CATEGORIES:Focus", "END:VEVENT", "END:VCALENDAR", ""]))
        page = self.tracker("demo", path, "--seconds", "2")
        self.assertRegex(page, r"\n {9}not given: \w")
        self.assertNotIn("not shown", page)
        self.assert_nothing_left()

    def test_next_day(self):
        """Nothing is left of today: the next day that has something."""
        start = time.time() + 5 * 86400
        stamp = [time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at)) for at in (start, start + 3600)]
        path = self.dir + "/mine.ics"
        with open(path, "w", encoding="utf-8") as file:
            file.write("\r\n".join([
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1",
                "DTSTAMP:20260101T000000Z", "DTSTART:" + stamp[0], "DTEND:" + stamp[1],
                "SUMMARY:Later", "CATEGORIES:Focus", "END:VEVENT", "END:VCALENDAR", ""]))
        page = self.tracker("demo", path, "--seconds", "1")
        self.assertIn("Nothing was due", page)
        self.assertIn("Shallow work begins without a notice", page)
        self.assertIn("notify_start = yes", " ".join(page.split()))
        self.assertRegex(page, r"\n\$ tracker simulate \d{4}-\d\d-\d\d\n[^$]*Later")
        self.assert_nothing_left()

    def test_useless_calendar(self):
        """Nothing is started for a file that is no calendar."""
        path = self.dir + "/README.md"
        with open(path, "w", encoding="utf-8") as file:
            file.write("# No calendar\n")
        begun = time.monotonic()
        done = self.run_tracker("demo", path, "--seconds", "60")
        self.assertLess(time.monotonic() - begun, 60)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done)
        self.assertIn("there is no event that can be used", done.stderr)
        self.assertGreater(done.stderr.count("\n"), 1, done.stderr)
        self.assert_nothing_left()

    def test_missing_calendar(self):
        done = self.run_tracker("demo", self.dir + "/none.ics")
        self.assertEqual(done.returncode, 4, done)
        self.assertIn("none.ics", done.stderr)
        self.assert_nothing_left()

    def test_interrupted(self):
        with subprocess.Popen([TRACKER, "demo"], env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as demo:
            demo.stdout.readline()
            time.sleep(2)
            demo.send_signal(signal.SIGINT)
            _, err = demo.communicate(timeout=30)
        self.assertEqual(demo.returncode, 0)
        self.assertIn("interrupted", err)
        self.assert_nothing_left()

    def test_a_reader_that_leaves_is_no_error(self):
        read, write = os.pipe()
        os.close(read)
        done = self.run_tracker("demo", "--seconds", "1", stdout=write)
        os.close(write)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assert_nothing_left()

    def test_seconds(self):
        for text in ("0", "601", "soon", "-1"):
            self.assertIn("--seconds", self.error("demo", "--seconds=" + text, status=2))


if __name__ == "__main__":
    unittest.main()
