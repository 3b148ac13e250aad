# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports from the real log, without a daemon."""

import contextlib
import random
import re
import sqlite3
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


class Width(Home):
    def test_titles_have_the_width_that_is_there(self):
        title = "Payment retries: idempotency keys and the ledger of refund"
        self.tracker("log", "add", "yesterday 10:00-11:00", title + "s", "--kind", "focus")
        self.assertIn(f"   1:00  focus    {title}s\n", self.tracker("report", "yesterday", env={"COLUMNS": "80"}))
        narrow = self.tracker("report", "yesterday", env={"COLUMNS": "60"})
        (line,) = [line for line in narrow.splitlines() if "Payment" in line]
        self.assertEqual((len(line), line[-1]), (58, "…"))


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
        # What is written down afterwards speaks for its own time: nobody kept yesterday for that.
        today = self.lived_day()
        first = str(today - timedelta(days=2))
        self.tracker("log", "add", first, "14:00-15:00", "Work")
        report = self.json("report", "yesterday")
        self.assertEqual((report["planned"], report["adherence"]), (0, None))
        self.assertNotIn("missed", self.tracker("report", "yesterday"))
        self.assertEqual(self.json("report", first)["planned"], 0)
        self.assertEqual(self.json("report", first)["work"], 3600)
        # But in its own time a planned block is told of: what the agenda says is on plan is it in the report.
        self.tracker("log", "add", first, "09:30-10:30", "Ledger", "--kind", "focus")
        (row,) = [row for row in self.json("agenda", first) if row["title"] == "Ledger"]
        report = self.json("report", first)
        self.assertEqual((row["on_plan_seconds"], report["on_plan"], report["off_plan"]), (3600, 3600, 3600))
        self.assertEqual((report["planned"], report["adherence"]), (7200, 0.5))
        self.assertNotIn("missed", self.tracker("report", first) + self.tracker("agenda", first))
        # Time of the block itself says what became of it.
        self.tracker("log", "add", first, "10:30-11:00", "Code")
        self.assertEqual(self.json("report", first)["outcomes"]["focus"]["partial"], 1)
        self.assertEqual([row["outcome"] for row in self.json("agenda", first) if row["title"] == "Code"], ["partial"])
        self.tracker("undo", "2")
        # That command was the first trace: from now on what is planned counts.
        self.assertEqual(self.json("report", "tomorrow")["planned"], 7200)
        self.assertIn("trackerd has kept time since", self.tracker("report", first))

    def test_status_before_the_first_trace(self):
        """What was over before anybody kept time counts against nobody's day, in the status as in the report."""
        path = self.dir + "/daily.ics"
        with open(path, "w", encoding="utf-8") as file:
            file.write("\r\n".join([
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1",
                "DTSTAMP:20200101T000000Z", "DTSTART;TZID=Europe/Berlin:20200101T040000",
                "DTEND;TZID=Europe/Berlin:20200101T040100", "RRULE:FREQ=DAILY", "SUMMARY:Code",
                "CATEGORIES:Focus", "END:VEVENT", "END:VCALENDAR", ""]))
        self.tracker("calendar", "add", "daily", path)
        for step in ("no log", "first trace"):
            with self.subTest(step):
                today, report = self.json("status")["today"], self.json("report", "day")
                for key in ("planned", "planned_by_now", "adherence", "focus"):
                    self.assertEqual(today[key], report[key], key)
            self.tracker("task", "add", "First of all")

    def test_time_that_was_added_to_a_block_is_not_missed_too(self):
        self.plan_every_day()
        self.keep_since(3)
        self.assertEqual(self.json("report", "yesterday")["outcomes"]["focus"]["missed"], 1)
        self.tracker("log", "add", "yesterday", "09:05-09:30", "code")
        entry = self.json("log", "yesterday")["entries"][0]
        self.assertIsNotNone(entry["block"])
        self.assertEqual(entry["kind"], "focus")
        outcomes = self.json("report", "yesterday")["outcomes"]["focus"]
        self.assertEqual((outcomes["missed"], outcomes["partial"]), (0, 1))
        self.assertEqual(self.json("agenda", "yesterday")[0]["actual_seconds"], 1500)
        self.tracker("log", "add", "yesterday", "09:30-10:00", "Code", "--kind", "shallow")
        outcomes = self.json("report", "yesterday")["outcomes"]["focus"]
        self.assertEqual((outcomes["missed"], outcomes["done"]), (0, 1))
        self.tracker("undo", "2")
        self.assertEqual(self.json("report", "yesterday")["outcomes"]["focus"]["missed"], 1)

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
        self.assertIn("Nearest: kept", self.error("report", "--explain", "kep", status=2))

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

    def keep_since(self, days):
        """A log that was kept for so many days: its first command was given then."""
        self.tracker("task", "add", "First of all")
        with contextlib.closing(sqlite3.connect(self.log)) as log, log:
            log.execute("UPDATE command SET at = at - ? * 86400000000", (days,))

    def plan_every_day(self):
        """A calendar with an hour of focus on each of the seven days of every week."""
        path = self.dir + "/daily.ics"
        with open(path, "w", encoding="utf-8") as file:
            file.write("\r\n".join([
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1",
                "DTSTAMP:20200101T000000Z", "DTSTART;TZID=Europe/Berlin:20200101T090000",
                "DTEND;TZID=Europe/Berlin:20200101T100000", "RRULE:FREQ=DAILY", "SUMMARY:Code",
                "CATEGORIES:Focus", "END:VEVENT", "END:VCALENDAR", ""]))
        self.tracker("calendar", "add", "daily", path)

    def fill_last_week(self):
        """What a daemon has written of last week: it ran, and had a calendar with a block a day."""
        day = 86400 * 1000000
        zone = ZoneInfo("Europe/Berlin")
        today = datetime.now(zone) - timedelta(hours=4)  # the day begins at 4
        monday = today.replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=today.weekday() + 7)
        with contextlib.closing(sqlite3.connect(self.log)) as log, log:
            machine = "0" * 32
            log.execute("INSERT INTO machine (id) VALUES (?)", (machine,))
            start = int(monday.timestamp()) * 1000000
            log.execute("INSERT INTO daemon_run (start, last) VALUES (?, ?)", (start - day, start + 6 * day))
            for i in range(3):
                at, end = start + i * day, start + i * day + day // 24
                log.execute("INSERT INTO block (id, calendar, title, kind, start, end, planned_start,"
                            " planned_end) VALUES (?, 'daily', 'Code', 'focus', ?, ?, ?, ?)",
                            (f"b{i}", at, end, at, end))
                log.execute("INSERT INTO block_state (block, start, end, outcome, outcome_reason, notices,"
                            " reminders) VALUES (?, 0, 0, ?, 'block-end', 255, 0)",
                            (f"b{i}", "done" if i else "missed"))
                if i:
                    log.execute("INSERT INTO entry (id, machine, start, end, kind, title, block, evidence,"
                                " start_reason, end_reason) VALUES (?, ?, ?, ?, 'focus', 'Code', ?,"
                                " 'observed', 'block-start', 'block-end')", (f"e{i}", machine, at, end, f"b{i}"))

    def test_a_calendar_that_comes_or_goes_leaves_the_past_as_it_was(self):
        self.keep_since(30)
        self.fill_last_week()
        pages = [("report", "last", "week", "--json"), ("report", "last", "week"), ("agenda", "last", "week", "--json"),
                 ("report", "focus", "last", "week")]

        def read():
            return [re.sub(r'"now" : "[^"]*"', "", self.tracker(*words)) for words in pages]

        before = read()
        report = self.json("report", "last", "week")
        self.assertEqual((report["planned"], report["focus"]), (3 * 3600, 2 * 3600))
        self.plan_every_day()
        self.assertEqual(read(), before, "it came")
        self.assertEqual(self.json("report", "tomorrow")["planned"], 3600)
        self.tracker("calendar", "remove", "daily")
        self.assertEqual(read(), before, "it went")
        self.assertEqual(self.json("report", "tomorrow")["planned"], 0)

    def test_working_days_are_counted_once(self):
        self.plan_every_day()
        started = self.tracker("sprint", "start", "One", "--from", "2026-11-16")
        self.assertIn("(12 working days by the plan, 10 from Monday to Friday)\n", started)
        self.assertEqual(self.json("sprint")["working_days"], 12)
        self.assertEqual(self.json("sprint", "list")[0]["working_days"], 12)
        self.assertEqual(self.json("report", "sprint")["working_days"], 12)
        self.assertEqual(len(self.json("report", "sprint", "--explain", "working_days")["rows"]), 12)

    def live_through(self, chance):
        """A sprint in which tasks of every estimate come, go, come back, are worked on and done."""
        lives = [[], [], ["--sprint"], ["done"], ["--no-sprint"], ["drop"], ["--no-sprint", "--sprint"],
                 ["done", "--no-sprint"], ["--no-sprint", "--sprint", "done"]]
        self.tracker("sprint", "start", "One", "--from", "yesterday", "--days", "3")
        for number, life in enumerate(chance.sample(lives, len(lives)), 1):
            estimate = chance.choice(["", " ~1h", " ~2p", " ~30m ~3p"])
            self.tracker("task", "add", f"T{number}{estimate}", "--sprint")
            if chance.random() < 0.5:
                self.tracker("log", "add", "yesterday", f"{number + 8:02}:00-{number + 8:02}:20",
                             "--task", str(number))
            for step in life:
                words = ["move", str(number), step] if step.startswith("--") else [step, str(number)]
                self.tracker("task", *words)

    def assert_agree(self, name):
        show, report = self.json("sprint", "show", name), self.json("report", "sprint", name)
        done, dropped, carried = report["done"], report["dropped"], report["carried_over"]
        scope = [tasks for tasks in report["tasks"] if tasks["fate"] != "dropped"]
        self.assertEqual((show["working_days"], show["worked"]), (report["working_days"], report["worked"]))
        self.assertEqual((show["tasks_done"], show["points_done"]), (done["tasks"], done["points"]))
        self.assertEqual((show["tasks_dropped"], show["tasks_added"], show["tasks_carried_out"]),
                         (dropped["tasks"], report["added"]["tasks"], carried["tasks"]))
        self.assertEqual(show["tasks_total"], len(scope))
        self.assertEqual(show["points_total"], sum(task["points"] for task in scope))
        self.assertEqual(show["estimated"], sum(task["estimate"] for task in scope))
        self.assertEqual(sorted((task["number"], task["worked"]) for task in show["tasks"]),
                         sorted((task["task"], task["worked"]) for task in scope))
        rows = self.json("report", "sprint", name, "--explain", "worked")["rows"]
        self.assertEqual(sum(row["amount"] for row in rows), report["worked"])
        [listed] = [row for row in self.json("sprint", "list") if row["name"] == name]
        self.assertEqual(listed, {key: value for key, value in show.items() if key != "tasks"})

    def test_show_and_report_of_a_sprint_agree(self):
        self.plan_every_day()
        self.live_through(random.Random(7))
        self.assert_agree("One")
        self.tracker("sprint", "close")
        self.tracker("sprint", "start", "Two")
        self.assert_agree("One")
        self.assert_agree("Two")
        report = self.json("report", "sprint", "One")
        for fate in ("done", "dropped", "carried_over"):
            self.assertGreater(report[fate]["tasks"], 0, "the data says nothing of " + fate)
        self.assertGreater(report["worked"], 0)

    def test_a_task_that_came_back_is_worked_on_once(self):
        self.tracker("sprint", "start", "One", "--from", "yesterday")
        self.tracker("task", "add", "A ~1h ~3p", "--sprint")
        self.tracker("log", "add", "yesterday", "10:00-11:00", "--task", "1")
        self.tracker("task", "move", "1", "--no-sprint")
        self.tracker("task", "move", "1", "--sprint")
        report = self.json("report", "sprint")
        self.assertEqual((report["worked"], report["open"]["tasks"], report["dropped"]["tasks"]), (3600, 1, 0))

    def test_sprint_explain(self):
        self.tracker("sprint", "start", "One", "--from", "yesterday")
        self.tracker("task", "add", "A ~1h ~3p", "--sprint")
        self.tracker("log", "add", "yesterday", "10:00-11:00", "--task", "1")
        self.assertTrue(self.tracker("report", "sprint", "--explain", "worked").endswith("worked: 1 h in 1 row\n"))
        self.assertEqual(self.json("report", "sprint", "One", "--explain", "open")["rows"][0]["number"], 1)
        self.assertEqual(self.json("report", "sprint", "--explain", "focus")["rows"][0]["amount"], 3600)
        self.assertIn("Nearest: burndown", self.error("report", "sprint", "--explain", "burndwon", status=2))
        self.assertIn("Nearest: postponed", self.error("report", "sprint", "--explain", "posponed", status=2))
        known = self.error("report", "sprint", "--explain", "entirely-unknown", status=2)
        for figure in known.split("They are: ")[1].split(", "):
            self.tracker("report", "sprint", "--explain", figure.strip())

    def test_every_key_that_is_a_figure_opens_to_its_rows(self):
        self.add_work()
        self.tracker("metric", "add", "coverage", "80")
        self.tracker("sprint", "start", "One")
        frame = {"from", "to", "now", "finished", "kept_since", "focus_goal", "days", "comparisons",
                 "findings", "outcomes", "interruptions_by", "sprint", "name", "goal", "first", "last",
                 "closed", "burndown_of"}
        for words in (["report", "-7d"], ["report", "sprint"]):
            for key in set(self.json(*words)) - frame:
                self.json(*words, "--explain", key)
        rows = self.json("report", "-7d", "--explain", "projects")["rows"]
        self.assertEqual([row["detail"] for row in rows], ["billing, focus", "no project, shallow"])

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

    def test_every_page_keeps_to_a_narrow_terminal(self):
        self.add_work()
        self.tracker("sprint", "start", "One", "--from", "yesterday")
        self.tracker("task", "add", "A task with a title that is longer than any line may be ~10m ~2p",
                     "--sprint")
        self.tracker("log", "add", "yesterday", "14:00-15:00", "--task", "2")
        self.tracker("task", "done", "2")
        for words in (["yesterday"], ["-7d", "--compare"], ["week"], ["focus", "-7d"], ["sprint"],
                      ["sprint", "--explain", "cycle_time"], ["-7d", "--explain", "focus"]):
            page = self.tracker("report", *words, env={"COLUMNS": "52"})
            self.assertLessEqual(max(map(len, page.splitlines())), 52, page)

    def test_narrow_and_plain(self):
        self.add_work()
        page = self.tracker("report", "-7d", env={"LC_ALL": "C", "COLUMNS": "60"})
        self.assertTrue(page.isascii(), page)


if __name__ == "__main__":
    unittest.main()
