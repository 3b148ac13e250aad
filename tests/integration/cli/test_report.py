# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports from the real log, without a daemon."""

import re
import unittest
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from home import Home


def keys_of(value):
    """Every key in a JSON document, but those of interruptions_by, which are reasons."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    inner = (keys_of(item) for key, item in value.items() if key != "interruptions_by")
    return set(value).union(*inner)


class Reports(Home):
    def add_work(self):
        self.tracker("task", "add", "Endpoint ~30m ~2p @billing")
        self.tracker("log", "add", "yesterday", "10:00-11:00", "--task", "1")
        self.tracker("log", "add", "yesterday", "11:00-11:30", "Review", "--kind", "shallow")

    def test_without_a_log(self):
        for words in (["report"], ["report", "week"], ["report", "month"], ["report", "-7d"]):
            self.assertIn("Nothing was planned or logged.\n", self.tracker(*words))
        self.assertEqual(self.tracker("report", "focus").splitlines()[1], "No focus time was logged.")
        report = self.json("report", "week")
        self.assertEqual(report["focus"], 0)
        self.assertIsNone(report["adherence"])
        self.assertIsNone(report["focus_share"])

    def test_before_the_first_trace(self):
        """A calendar that was there before the program: nobody missed what it had planned."""
        path = self.dir + "/daily.ics"
        with open(path, "w", encoding="utf-8") as file:
            file.write("\r\n".join([
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1",
                "DTSTAMP:20200101T000000Z", "DTSTART;TZID=Europe/Berlin:20200101T090000",
                "DTEND;TZID=Europe/Berlin:20200101T110000", "RRULE:FREQ=DAILY", "SUMMARY:Code",
                "CATEGORIES:Focus", "END:VEVENT", "END:VCALENDAR", ""]))
        self.tracker("calendar", "add", "daily", path)
        page = self.tracker("report", "yesterday")
        self.assertIn("trackerd has kept no time yet", page)
        self.assertNotIn("missed", page)
        report = self.json("report", "last", "week")
        self.assertEqual((report["planned"], report["planned_days"]), (0, 0))
        self.assertIsNone(report["adherence"])
        self.assertIsNone(report["kept_since"])
        self.assertEqual(self.json("report", "tomorrow")["planned"], 7200)
        # The first entry, the day before yesterday after that day's block: yesterday counts.
        today = (datetime.now(ZoneInfo("Europe/Berlin")) - timedelta(hours=4)).date()
        first = str(today - timedelta(days=2))
        self.tracker("log", "add", first, "14:00-15:00", "Work")
        report = self.json("report", "yesterday")
        self.assertEqual((report["planned"], report["adherence"]), (7200, 0))
        self.assertEqual(self.json("report", first)["planned"], 0)
        self.assertIn("trackerd has kept time since", self.tracker("report", first))

    def test_figures(self):
        self.add_work()
        report = self.json("report", "yesterday")
        self.assertEqual((report["focus"], report["shallow"], report["work"]), (3600, 1800, 5400))
        self.assertEqual(report["off_plan"], 3600)
        self.assertAlmostEqual(report["focus_share"], 2 / 3)
        self.assertIsNone(report["adherence"])
        self.assertEqual(report["projects"][0], {"project": "billing", "worked": 3600})
        self.assertIn("Focus share 67 % of 1 h 30 worked.", self.tracker("report", "yesterday"))

    def test_days_sum_to_the_range(self):
        self.add_work()
        report = self.json("report", "-7d")
        self.assertEqual(sum(day["work"] for day in report["days"]), report["work"])

    def test_explain(self):
        self.add_work()
        rows = self.json("report", "yesterday", "--explain", "work")["rows"]
        self.assertEqual([row["amount"] for row in rows], [3600, 1800])
        self.assertEqual([row["number"] for row in rows], [1, 2])
        text = self.tracker("report", "yesterday", "--explain", "focus")
        self.assertTrue(text.endswith("focus: 1 h in 1 row\n"), text)
        self.assertIn("Nearest: focus", self.error("report", "--explain", "focsu", status=2))

    def test_every_figure_is_explained(self):
        self.add_work()
        known = self.error("report", "--explain", "entirely-unknown", status=2)
        for figure in known.split("They are: ")[1].split(", "):
            self.tracker("report", "yesterday", "--explain", figure)

    def test_sprint(self):
        self.assertIn("no sprint", self.error("report", "sprint", status=4))
        self.tracker("sprint", "start", "One", "--goal", "Ship it")
        self.tracker("task", "add", "A ~1h ~3p", "--sprint")
        page = self.tracker("report", "sprint")
        self.assertIn("One · ", page)
        self.assertIn("Goal: Ship it\n", page)
        report = self.json("report", "sprint")
        self.assertEqual(report["added"]["points"] + report["committed"]["points"], 3)
        self.assertEqual(report["open"]["tasks"], 1)
        self.assertEqual(self.json("report", "sprint", "One")["sprint"], report["sprint"])
        self.assertIn("'Two'", self.error("report", "sprint", "Two", status=4))

    def test_keys_are_documented(self):
        self.add_work()
        self.tracker("metric", "add", "coverage", "80")
        self.tracker("sprint", "start", "One")
        self.tracker("task", "add", "A ~1h ~3p", "--sprint")
        documented = set(re.findall(r"[a-z_0-9]+", self.tracker("help", "report")))
        documents = (["report", "-7d"], ["report", "sprint"], ["report", "-7d", "--explain", "work"])
        for words in documents:
            self.assertEqual(keys_of(self.json(*words)) - documented, set(), words)

    def test_compare(self):
        self.add_work()
        self.assertIn("median of 4", self.tracker("report", "week", "--compare"))
        done = self.run_tracker("report", "2020..2026-01-01", "--compare")
        self.assertIn("are not compared", done.stderr)

    def test_narrow_and_plain(self):
        self.add_work()
        page = self.tracker("report", "-7d", env={"LC_ALL": "C", "COLUMNS": "60"})
        self.assertTrue(page.isascii(), page)


if __name__ == "__main__":
    unittest.main()
