# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One rule for what crosses start_of_day: agenda, log, status and report tell the same of each day,
each lists what lies in it, and the days add up to the week."""

import contextlib
import os
import random
import sqlite3
import unittest
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from home import Home

BERLIN = ZoneInfo("Europe/Berlin")
KINDS = ("focus", "shallow", "meeting", "break", "routine")
WORK = ("focus", "shallow", "meeting", "routine")
START_OF_DAY = 4


class Days(Home):
    def setUp(self):
        super().setUp()
        now = datetime.now(BERLIN).replace(tzinfo=None)
        self.today = (now - timedelta(hours=START_OF_DAY)).date()
        self.days = [self.today - timedelta(days=n) for n in range(7, 0, -1)]
        self.week = f"{self.days[0]}..{self.days[-1]}"

    def keep_since(self, days):
        """A log that was kept for so many days: its first command was given then."""
        self.tracker("task", "add", "First of all")
        with contextlib.closing(sqlite3.connect(self.log)) as log, log:
            log.execute("UPDATE command SET at = at - ? * 86400000000", (days,))

    def border(self, day):
        return datetime(day.year, day.month, day.day, START_OF_DAY)

    def write(self, events, title="Block"):
        """A calendar of (kind, start, end) in local times; a title is followed by its number."""
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
        for number, (kind, start, end) in enumerate(events):
            lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20200101T000000Z",
                      f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}",
                      f"DTEND;TZID=Europe/Berlin:{end:%Y%m%dT%H%M%S}",
                      f"SUMMARY:{title} {number}", f"X-TRACKERD-KIND:{kind}", "END:VEVENT"]
        path = self.dir + "/c.ics"
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("\r\n".join([*lines, "END:VCALENDAR", ""]))
        self.tracker("calendar", "add", "c", path)

    def add(self, start, end, title, kind):
        self.tracker("log", "add", f"{start:%Y-%m-%d %H:%M}..{end:%Y-%m-%d %H:%M}", title, "--kind", kind)

    def fill(self, chance):
        """Blocks and entries that follow one another through the week and over its borders."""
        at = self.border(self.days[0]) - timedelta(hours=6)
        events = []
        while at < self.border(self.today):
            end = at + timedelta(minutes=chance.randint(20, 500))
            events.append((chance.choice(KINDS), at, end))
            at = end + timedelta(minutes=chance.choice((0, 0, chance.randint(1, 300))))
        self.write(events)
        self.keep_since(12)
        at = self.border(self.days[0]) - timedelta(hours=3)
        while at < self.border(self.today) - timedelta(hours=1):
            end = at + timedelta(minutes=chance.randint(20, 500))
            end = min(end, self.border(self.today) + timedelta(minutes=5), self.now())
            number = chance.randrange(len(events))
            self.add(at, end, f"Block {number}" if chance.random() < .5 else "By hand", chance.choice(KINDS))
            at = end + timedelta(minutes=chance.choice((0, chance.randint(1, 400))))

    @staticmethod
    def now():
        return datetime.now(BERLIN).replace(tzinfo=None, second=0, microsecond=0)

    def sums(self, rows, key, kinds=KINDS):
        return sum(row[key] for row in rows if row["kind"] in kinds)

    def check(self, when, days):
        """The sums of @when, the same in all commands."""
        agenda = self.json("agenda", when)
        log = self.json("log", when)
        report = self.json("report", when)
        self.assertEqual([str(day) for day in days], [row["day"] for row in log["days"]])
        self.assertEqual(sum(row["work"] for row in log["days"]), report["work"], when)
        self.assertEqual(sum(row["focus"] for row in log["days"]), report["focus"], when)
        parts = [(entry["kind"], part["seconds"]) for entry in log["entries"] for part in entry["days"]]
        for kind in KINDS:
            self.assertEqual(sum(seconds for what, seconds in parts if what == kind), report[kind], (when, kind))
        self.assertEqual(self.sums(agenda, "actual_seconds"), sum(seconds for _, seconds in parts), when)
        self.assertEqual(self.sums(agenda, "planned_seconds", ("focus",)), report["planned"], when)
        return agenda, log, report

    def test_all_tell_the_same(self):
        for seed in range(2):
            with self.subTest(seed=seed):
                self.setUp()
                self.fill(random.Random(seed))
                week, log, report = self.check(self.week, self.days)
                each = [self.check(str(day), [day]) for day in self.days]
                self.assertEqual(sum((agenda for agenda, _, _ in each), []), week)
                self.assertEqual(sum((one["days"] for _, one, _ in each), []), log["days"])
                for key in (*KINDS, "work", "planned"):
                    self.assertEqual(sum(one[key] for _, _, one in each), report[key], key)
                begun = [row for row in week if row["type"] == "block" and row["day"] == row["begun"]]
                self.assertEqual(len({row["id"] for row in begun}), len(begun))
                for outcome in ("done", "partial", "missed"):
                    count = sum(row["outcome"] == outcome for row in week if row["kind"] in WORK)
                    self.assertEqual(count, sum(report["outcomes"][kind][outcome] for kind in WORK), outcome)
                self.assertFalse([row for row in week if row["day"] != row["begun"] and row["outcome"]])

    def test_an_entry_over_the_border(self):
        """Listed in both days, whole; counted in each for its part; the words say where the rest is."""
        first, second = self.days[2], self.days[3]
        start, end = self.border(second) - timedelta(hours=2), self.border(second) + timedelta(hours=1)
        self.add(start, end, "Release", "focus")
        for day, seconds, clock, words in (
                (first, 7200, "2:00", f"1 h of it on {second:%a} {second.day} {second:%b}"),
                (second, 3600, "1:00", f"begun {first:%a} {first.day} {first:%b} (2 h of it there)")):
            log = self.json("log", str(day))
            entry, = log["entries"]
            self.assertEqual(entry["length"], 10800)
            self.assertEqual(log["days"], [{"day": str(day), "work": seconds, "focus": seconds}])
            text = self.tracker("log", str(day))
            self.assertIn(f"02:00–05:00  {clock}  focus  Release", text)
            self.assertIn(words, text)
            row, = self.json("agenda", str(day))
            self.assertEqual((row["actual_seconds"], row["worked_seconds"]), (seconds, 10800))
            self.assertIn(words, " ".join(self.tracker("agenda", str(day)).split()))
        text = self.tracker("log", f"{first}..{second}")
        self.assertEqual(text.count("Release"), 2, text)
        self.assertEqual(self.tracker("log", str(self.days[4])).count("Release"), 0)

    def test_why_tells_the_days(self):
        first, second = self.today + timedelta(days=1), self.today + timedelta(days=2)
        self.write([("shallow", self.border(second) - timedelta(hours=5), self.border(second) + timedelta(hours=2))])
        piece, = self.json("why", "Block 0", "--on", str(second))[0]["pieces"]
        self.assertEqual(piece["days"], [{"day": str(first), "seconds": 18000}, {"day": str(second), "seconds": 7200}])
        self.assertIn(f"5 h on {first:%a} {first.day} {first:%b}", self.tracker("why", "Block 0", "--on", str(second)))
        simulated = self.json("simulate", str(second))
        self.assertTrue([row for row in simulated if row["effect"] == "entry-close" and row["title"] == "Block 0"])
        self.assertFalse([row for row in simulated if row["effect"] == "entry-open" and row["title"] == "Block 0"])

    def lost(self, day, title):
        """By what the pieces of @title in @day say that they were cut."""
        rows = [row for row in self.json("agenda", str(day)) if row.get("title") == title]
        return [by["title"] for row in rows for by in row["squeezed_by"]]

    def test_a_block_tells_what_it_lost_beside_the_day(self):
        """To its end, also of what begins after the border; and nothing twice."""
        day, second = self.days[2], self.days[3]
        border = self.border(second)
        self.write([("focus", border - timedelta(hours=2), border + timedelta(hours=4)),
                    ("meeting", border + timedelta(hours=1), border + timedelta(hours=2)),
                    ("off", border - timedelta(days=2, hours=5), border - timedelta(hours=3)),
                    ("off", border - timedelta(hours=6), border - timedelta(hours=5))])
        self.assertEqual(self.lost(day, "Block 0"), ["Block 1"])
        self.assertEqual(self.lost(self.days[1], "Block 2"), ["Block 3"])

    def test_a_vacation_tells_each_holiday_in_it(self):
        """All-day events of some days are not seen whole by the plan of one day."""
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
        for name, first, n in (("Vacation", 1, 10), ("One", 3, 1), ("Two", 8, 1)):
            start = self.today + timedelta(days=first)
            lines += ["BEGIN:VEVENT", f"UID:{name}", "DTSTAMP:20200101T000000Z",
                      f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
                      f"DTEND;VALUE=DATE:{start + timedelta(days=n):%Y%m%d}",
                      f"SUMMARY:{name}", "X-TRACKERD-KIND:off", "END:VEVENT"]
        path = self.dir + "/c.ics"
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("\r\n".join([*lines, "END:VCALENDAR", ""]))
        self.tracker("calendar", "add", "c", path)
        for first in (2, 7, 9):  # beside a holiday, which makes the rest be looked for
            self.assertEqual(self.lost(self.today + timedelta(days=first), "Vacation"), ["One", "Two"], first)

    def test_an_entry_is_tied_to_a_block_and_untied(self):
        day = self.days[5]
        nine = datetime(day.year, day.month, day.day, 9)
        self.write([("meeting", nine, nine + timedelta(hours=1)),
                    ("focus", nine + timedelta(hours=1), nine + timedelta(hours=2))])
        self.keep_since(12)
        self.add(nine, nine + timedelta(minutes=55), "Talk", "shallow")

        def state():
            entry, = self.json("log", str(day))["entries"]
            blocks = {row["title"]: row for row in self.json("agenda", str(day)) if row["type"] == "block"}
            return entry["block"], entry["kind"], blocks["Block 0"]["outcome"], blocks["Block 0"]["actual_seconds"]

        before = state()
        self.assertEqual(before, (None, "shallow", "missed", 0))
        self.assertRegex(self.tracker("log", "edit", "1", "--block", "block 0"),
                         r"\Achanged 1: .*\n  the block of the plan, \d\d:\d\d–\d\d:\d\d: Block 0\n\Z")
        self.assertEqual(state(), ("c/0", "meeting", "done", 3300))
        self.assertEqual(self.json("report", str(day))["outcomes"]["meeting"]["done"], 1)
        self.tracker("undo")
        self.assertEqual(state(), before)
        self.tracker("redo")
        self.assertNotIn("the block of the plan", self.tracker("log", "edit", "1", "--block", "none"))
        self.assertEqual(state(), (None, "meeting", "missed", 0))
        self.tracker("log", "edit", "1", "--block", "c/0", "--kind", "focus")
        self.assertEqual(state()[:2], ("c/0", "focus"))
        # Only a block of its time, and that of the time that it will have.
        said = self.error("log", "edit", "1", "--block", "Block 1", status=4)
        self.assertIn("there is Block 0", said)
        self.tracker("log", "edit", "1", "--end", "10:30", "--block", "Block 1")
        self.assertEqual(state()[0], "c/1")

    def test_block_of_an_entry_whose_accents_are_written_otherwise(self):
        """The plan has e and an accent, the user types one letter."""
        day = self.days[3]
        nine = datetime(day.year, day.month, day.day, 9)
        self.write([("meeting", nine, nine + timedelta(hours=1))], title="Cafe\u0301 Jose\u0301")
        self.keep_since(12)
        self.add(nine, nine + timedelta(minutes=55), "Talk", "shallow")
        for typed in ("JOS\u00c9", "caf\u00e9 jose\u0301 0"):
            with self.subTest(typed):
                self.tracker("log", "edit", "1", "--block", typed)
                entry, = self.json("log", str(day))["entries"]
                self.assertEqual(entry["block"], "c/0")
                self.tracker("undo")

    def test_status_cuts_nothing_that_matters(self):
        """What is next stands whole at every width, and how to begin as well."""
        nine = datetime(self.today.year, self.today.month, self.today.day, 9) + timedelta(days=1)
        self.write([("focus", nine, nine + timedelta(minutes=90)),
                    ("break", nine + timedelta(minutes=90), nine + timedelta(minutes=100))])
        for columns in range(45, 110, 5):
            text = self.tracker(env={"COLUMNS": str(columns)})
            self.assertIn("09:00  Block 0 (1 h 30)", text, columns)
            self.assertIn("systemctl --user start trackerd (without systemd: trackerd &)", " ".join(text.split()))
            for line in text.splitlines():
                self.assertLessEqual(len(line), columns, text)
            if columns >= 60:
                self.assertIn("10:30  Block 1", text, columns)

    def test_only_the_task_that_runs_is_marked_as_running(self):
        self.tracker("task", "add", "Begun")
        self.tracker("task", "add", "Running")
        self.tracker("log", "add", "yesterday", "09:00-09:30", "--task", "1")
        self.tracker("log", "add", "yesterday", "10:00-10:30", "--task", "2")
        with contextlib.closing(sqlite3.connect(self.log)) as log, log:
            log.execute("UPDATE task SET state = 'in-process'")
            log.execute("UPDATE entry SET end = 9223372036854775807, end_reason = NULL WHERE task = 2")
        lines = self.tracker("task").splitlines()
        self.assertEqual([line.split()[1] for line in lines], ["◐", "▶"])
        self.assertEqual([task["running"] for task in self.json("task", "list")], [False, True])

    def test_a_warning_is_told_once_though_the_plan_is_loaded_twice(self):
        """Time was kept for a block that is not of the day: then the days around are read too."""
        nine = datetime(*self.days[5].timetuple()[:3], 9)
        self.write([("focus", nine, nine + timedelta(hours=1))])
        self.add(nine, nine + timedelta(minutes=55), "Talk", "focus")
        os.remove(self.dir + "/c.ics")
        once = self.run_tracker("agenda", str(self.days[5])).stderr
        self.damage("UPDATE entry SET block = 'c/elsewhere'")
        twice = self.run_tracker("agenda", str(self.days[5]))
        self.assertEqual((twice.returncode, twice.stderr), (0, once))
        self.assertEqual(once.count("c.ics"), 1)

    def test_time_of_another_kind_is_not_what_was_planned(self):
        """Who worked in a break did not take it, who rested in a block of work did not work on it, and what
        is work of another kind is work: all commands say so."""
        nine = datetime(*self.days[5].timetuple()[:3], 9)
        hours = [nine + timedelta(hours=hour) for hour in range(5)]
        self.write([("break", hours[0], hours[1]), ("focus", hours[1], hours[2]), ("focus", hours[2], hours[3]),
                    ("break", hours[3], hours[4])])
        self.keep_since(12)
        for number, kind in enumerate(("focus", "break", "shallow", "break")):
            self.add(hours[number], hours[number + 1], f"Time {number}", kind)
        self.damage(*(f"UPDATE entry SET block = 'c/{number}' WHERE title = 'Time {number}'" for number in range(4)))
        day = str(self.days[5])
        outcomes = [None, "missed", "done", "done"]
        self.assertEqual([row["outcome"] for row in self.json("agenda", day)], outcomes)
        report = self.json("report", day)
        self.assertEqual((report["breaks_planned"], report["breaks_taken"]), (2, 1))
        self.assertEqual((report["outcomes"]["focus"]["done"], report["outcomes"]["focus"]["missed"]), (1, 1))
        self.assertEqual([self.json("why", f"c/{number}")[0]["pieces"][0]["outcome"] for number in range(4)], outcomes)

    def test_gaps_show_what_entries_leave(self):
        """Rows of one name: one answer is for all that is left of a gap."""
        day = self.today - timedelta(days=1)
        start = int(self.border(day).replace(tzinfo=BERLIN).timestamp()) * 1000000
        clock = [f"{self.border(day) + timedelta(minutes=minutes):%H:%M}" for minutes in range(91)]
        self.add(self.border(day) + timedelta(minutes=10), self.border(day) + timedelta(minutes=20), "Call", "shallow")
        self.add(self.border(day) + timedelta(minutes=50), self.border(day) + timedelta(minutes=70), "Mail", "shallow")
        self.damage(*(f"INSERT INTO gap SELECT {number}, 'g{number}', id, {start + begin * 60000000},"
                      f" {start + end * 60000000}, 'away', 'none', NULL FROM machine"
                      for number, begin, end in ((1, 0, 60), (2, 50, 70), (3, 80, 90))))
        rows = self.json("gaps", "yesterday")
        self.assertEqual([(row["number"], row["length"]) for row in rows],
                         [(1, 600), (1, 1800), (3, 600)])
        text = self.tracker("gaps", "yesterday")
        for name, begin, end in ((1, 0, 10), (1, 20, 50), (3, 80, 90)):
            self.assertRegex(text, f"(?m)^ +{name}  {clock[begin]}–{clock[end]} +0:{end - begin}  away$")
        self.assertEqual(self.tracker("fill", "1", "--as", "break"),
                         f"{clock[0]}–{clock[10]} and {clock[20]}–{clock[50]} was a break\n")
        self.assertEqual([row["number"] for row in self.json("gaps", "yesterday")], [3])

    def test_gaps_of_today_are_named_by_their_place(self):
        """Two rows of what is left of one are one place."""
        start = int(self.border(self.today).replace(tzinfo=BERLIN).timestamp()) * 1000000
        self.tracker("task", "add", "First of all")
        self.damage("INSERT INTO machine VALUES ('m', 0)",
                    *(f"INSERT INTO gap VALUES ({number}, 'g{number}', 'm', {start + begin},"
                      f" {start + end}, 'away', 'none', NULL)" for number, begin, end in ((7, 0, 60), (9, 80, 90))),
                    "INSERT INTO entry (id, machine, start, end, kind, title, evidence, start_reason, end_reason)"
                    f" VALUES ('e', 'm', {start + 10}, {start + 20}, 'shallow', 'Call', 'manual', 'by-hand', 'by-hand')")
        self.assertEqual([line.split()[0] for line in self.tracker("gaps").splitlines() if "away" in line],
                         ["@1", "@1", "@2"])
        self.tracker("fill", "@2", "--as", "discard")
        self.assertEqual([row["number"] for row in self.json("gaps")], [7, 7])

    def damage(self, *statements):
        """The log as a disk or another program left it, against its own rules."""
        with contextlib.closing(sqlite3.connect(self.log)) as log, log:
            log.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                log.execute(statement)

    def test_a_running_task_that_cannot_be_read_is_told(self):
        self.tracker("task", "add", "Running")
        self.tracker("log", "add", "yesterday", "09:00-09:30", "--task", "1")
        self.damage("UPDATE entry SET end = 9223372036854775807, end_reason = NULL, kind = 'nonsense'")
        for words in (["task"], ["task", "show", "1"], ["task", "--json"]):
            self.assertIn("nonsense", self.error(*words, status=1))

    def test_blocks_of_gaps_that_cannot_be_read_are_told(self):
        day = self.today - timedelta(days=1)
        self.tracker("task", "add", "First of all")
        start = int(self.border(day).replace(tzinfo=BERLIN).timestamp()) * 1000000
        self.damage("INSERT INTO block (id, title, kind, start, end, planned_start, planned_end)"
                    f" VALUES ('b', 'T', 'nonsense', {start}, {start + 1}, {start}, {start + 1})")
        self.assertIn("nonsense", self.error("gaps", "yesterday", status=1))


if __name__ == "__main__":
    unittest.main()
