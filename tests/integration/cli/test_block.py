#!/usr/bin/python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calendars written by commands: one event's bytes change, everything else stays, and other programs
read the same instants."""

import datetime
import json
import os
import re
import subprocess
import unittest
from zoneinfo import ZoneInfo

import icalendar

from home import Home

BERLIN = ZoneInfo("Europe/Berlin")
STAMPS = re.compile(rb"^(DTSTAMP|LAST-MODIFIED|SEQUENCE|CREATED):.*$", re.M)

# An event of every kind, between things that no program of ours understands.
STRANGE = (
    "\ufeffBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Strange//EN\r\nX-WR-CALNAME:Strange;stuff\r\n"
    "BEGIN:VTODO\r\nUID:todo\r\nSUMMARY:Not an event\r\nEND:VTODO\r\n"
    "begin:vevent\r\nUID:lower\r\nDTSTAMP:20260101T000000Z\r\ndtstart:{day}T060000Z\r\nDTEND:{day}T070000Z\r\n"
    "SUMMARY:Lower\r\nX-LONG:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n  bbbb\r\n\tcccc\r\nend:vevent\r\n"
    "BEGIN:VEVENT\r\nUID:single@x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin;X-P=\"a:b\":{day}T09\r\n"
    " 0000\r\nDURATION:PT1H\r\nSEQUENCE:7\r\nSUMMARY:Single\r\nX-ODD;X=1:\\\\,\\;\r\nno content line\r\n"
    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDTSTAMP:20200101T000000Z\r\nEND:VALARM\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:series\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:{day}T130000\r\n"
    "DTEND;TZID=Europe/Berlin:{day}T140000\r\nRRULE:FREQ=DAILY;COUNT=10\r\nSUMMARY:Series\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:days\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{day}\r\n"
    "RRULE:FREQ=WEEKLY;COUNT=4\r\nSUMMARY:Whole\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:float\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{day}T160000\r\nDTEND:{day}T163000\r\n"
    "RRULE:FREQ=DAILY;UNTIL={until}T160000\r\nSUMMARY:Floating\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:utc\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{day}T180000Z\r\nDTEND:{day}T183000Z\r\n"
    "RRULE:FREQ=DAILY;UNTIL={until}T180000Z\r\nEXDATE:{second}T180000Z\r\nSUMMARY:Universal\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\nrubbish behind"
)


class Blocks(Home):
    def setUp(self):
        super().setUp()
        self.today = self.lived_day()
        self.day = self.today + datetime.timedelta(days=3)
        self.path = self.dir + "/work.ics"
        self.configure(f"[calendar work]\npath = {self.path}\nwritable = yes\n")

    def configure(self, text):
        os.makedirs(self.dir + "/config/trackerd", exist_ok=True)
        with open(self.dir + "/config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            file.write(text)

    def after(self, days, time=""):
        return (self.day + datetime.timedelta(days=days)).strftime("%Y%m%d") + time

    def put(self, content, path=None):
        content = content if isinstance(content, bytes) else content.encode()
        with open(path or self.path, "wb") as file:
            file.write(content)
        return content

    def strange(self):
        return self.put(STRANGE.format(day=self.after(0), second=self.after(1), until=self.after(9)))

    def bytes(self, path=None):
        with open(path or self.path, "rb") as file:
            return file.read()

    def rows(self, *words):
        done = self.run_tracker("calendar", "show", self.path, "--json", "--from", str(self.today), "--to",
                                str(self.today + datetime.timedelta(days=60)))  # tells of strange lines on stderr
        self.assertEqual(done.returncode, 0, done.stderr)
        return [row for row in json.loads(done.stdout) if not words or row["summary"] in words]

    def local(self, row):
        start = datetime.datetime.fromisoformat(row["start"].replace("Z", "+00:00"))
        return start.astimezone(BERLIN).strftime("%Y%m%d %H:%M")

    def starts(self, summary):
        return [self.local(row) for row in self.rows(summary)]

    def outside(self, content, uid):
        """@content without the events of @uid."""
        return re.sub(rb"(?i)BEGIN:VEVENT\r?\n(?:(?!END:VEVENT)(?s:.))*?UID:" + uid.encode()
                      + rb"\r?\n(?s:.)*?END:VEVENT\r?\n", b"", content)


class SmallHours(Blocks):
    def titles(self, *words):
        return [row["summary"] for row in self.json("block", "list", *words)]

    def test_the_small_hours_of_a_date(self):
        """What was put on a date is found on it, though the day that is lived begins at 04:00."""
        self.put("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\nEND:VCALENDAR\r\n")
        night = self.day + datetime.timedelta(days=1)
        self.tracker("block", "add", "Owl", "--at", f"{night} 02:00", "--for", "1h")
        self.tracker("block", "add", "Lark", "--at", f"{self.day} 09:00", "--for", "1h")
        self.assertEqual(self.titles(str(night)), ["Owl"])
        self.assertEqual(self.titles(str(self.day)), ["Lark", "Owl"], "the night that ends the day")
        self.assertIn("03:00–04:00", self.tracker("block", "move", "Owl", "--on", str(night), "--at", "03:00"))
        self.tracker("block", "remove", "Owl", "--on", str(night))
        self.tracker("undo")
        self.assertIn("Removed Owl", self.tracker("block", "remove", "Owl", "--on", str(self.day)))

    def test_a_night_of_a_series_is_that_of_the_date(self):
        self.put("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\nEND:VCALENDAR\r\n")
        self.tracker("block", "add", "Owl", "--at", f"{self.day} 02:00", "--for", "1h", "--weekly", "mon-sun")
        wanted = self.day + datetime.timedelta(days=2)
        self.assertIn(f" {wanted.day} ", self.tracker("block", "remove", "Owl", "--on", str(wanted)))
        self.assertEqual([row["start"][:10] for row in self.json("block", "list", str(wanted))],
                         [str(wanted + datetime.timedelta(days=1))])


class Cuts(Blocks):
    """What a new block takes of others is told, as is what others take of it."""

    def setUp(self):
        super().setUp()
        self.put("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\nEND:VCALENDAR\r\n")
        self.add("Deep work", "focus", "09:00", "2h")

    def add(self, title, kind, at, length, *more):
        said = self.tracker("block", "add", title, "--kind", kind, "--at", f"{self.day} {at}", "--for", length, *more)
        return [line for line in said.split("\n")[1:] if line]

    def test_a_part(self):
        self.assertEqual(self.add("Standup", "meeting", "09:30", "15m"),
                         ["It cuts Deep work in the plan, which gives way 09:30–09:45 (meeting goes before focus)"])

    def test_the_whole(self):
        self.assertEqual(self.add("Tea", "break", "12:00", "10m"), [])
        self.assertEqual(self.add("Workshop", "meeting", "11:30", "2h"),
                         ["It leaves Tea no place in the plan (meeting goes before break); that break is owed"])

    def test_both_ways(self):
        self.add("Standup", "meeting", "09:30", "15m")
        said = self.add("Lunch", "break", "09:00", "1h")
        self.assertEqual([line.split(" in the plan")[0] for line in said], ["It cuts Deep work", "It is cut", "It cuts Deep work"])

    def test_a_series(self):
        said = self.add("Standup", "meeting", "09:30", "15m", "--weekly", "mon-sun")
        self.assertEqual(len(said), 1)
        self.assertRegex(said[0], r"^On \w+ \d+ \w+ it cuts Deep work in the plan")

    def test_a_move(self):
        self.add("Standup", "meeting", "12:30", "15m")
        said = self.tracker("block", "move", "Standup", "--on", str(self.day), "--at", f"{self.day} 10:00")
        self.assertIn("It cuts Deep work in the plan, which gives way 10:00–10:15", said)


class SkippedHour(Blocks):
    """A series at a time that the clock skips in one of its nights."""

    def setUp(self):
        super().setUp()
        self.night = self.today + datetime.timedelta(days=1)
        while datetime.datetime(self.night.year, self.night.month, self.night.day, 12, tzinfo=BERLIN).dst() <= (
                datetime.datetime(self.night.year, self.night.month, self.night.day, 0, tzinfo=BERLIN).dst()):
            self.night += datetime.timedelta(days=1)

    def series(self, time):
        first = (self.night - datetime.timedelta(days=2)).strftime("%Y%m%d")
        self.put(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
                 f"DTSTART;TZID=Europe/Berlin:{first}T{time}\r\nDURATION:PT20M\r\nRRULE:FREQ=DAILY;COUNT=5\r\n"
                 "SUMMARY:Night\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")

    def move(self, day, time):
        when = self.night + datetime.timedelta(days=day)
        self.tracker("block", "move", "Night", "--all", "--on", str(when), "--at", f"{when}T{time}")

    def times(self):
        rows = json.loads(self.tracker("calendar", "show", self.path, "--json", "--from",
                                       str(self.night - datetime.timedelta(days=9)), "--to",
                                       str(self.night + datetime.timedelta(days=9))))
        return [self.local(row)[-5:] for row in rows]

    def test_out_of_it(self):
        self.series("023000")
        self.assertEqual(self.times(), ["02:30", "02:30", "03:30", "02:30", "02:30"])
        self.move(-1, "04:10")
        self.assertEqual(self.times(), ["04:10"] * 5)

    def test_into_it(self):
        self.series("043000")
        self.move(-1, "02:30")
        self.assertEqual(self.times(), ["02:30", "02:30", "03:30", "02:30", "02:30"])

    def test_named_by_the_one_that_was_placed_elsewhere(self):
        self.series("023000")
        self.move(0, "05:00")
        self.assertEqual(self.times(), ["05:00"] * 5)


class Nameless(Blocks):
    def test_no_uid(self):
        before = self.put(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART:{self.after(0)}T090000Z\r\nSUMMARY:Nameless\r\n"
                          "END:VEVENT\r\nEND:VCALENDAR\r\n")
        for words in (("move", "Nameless", "--for", "1h"), ("remove", "Nameless")):
            self.assertIn("the event has no UID", self.error("block", *words, status=4))
        self.assertEqual(self.bytes(), before)


class OtherLength(Blocks):
    def test_override_of_whole_days(self):
        """It has a length of its own and keeps it, whatever the series gets."""
        def day(n):
            return (self.day + datetime.timedelta(days=n)).strftime("%Y%m%d")

        self.put("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                 f"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID;VALUE=DATE:{day(7)}\r\n"
                 f"DTSTART;VALUE=DATE:{day(7)}\r\nDTEND;VALUE=DATE:{day(12)}\r\nSUMMARY:Trip\r\nEND:VEVENT\r\n"
                 f"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{day(0)}\r\n"
                 f"DTEND;VALUE=DATE:{day(3)}\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Trip\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        self.tracker("block", "move", "Trip", "--all", "--on", str(self.day), "--for", "2d")
        ends = [int((datetime.datetime.fromisoformat(row["end"][:-1]) - datetime.datetime.fromisoformat(row["start"][:-1]))
                    / datetime.timedelta(days=1) + 0.5) for row in self.rows()]
        self.assertEqual(ends, [2, 5, 2])


class List(Blocks):
    def titles(self, *words):
        return [row["summary"] for row in self.json("block", "list", *words)]

    def test_of_writable_calendars_alone(self):
        self.strange()
        other = self.dir + "/other.ics"
        self.put(STRANGE.format(day=self.after(0), second=self.after(1), until=self.after(9)).replace("SUMMARY:", "SUMMARY:Theirs "),
                 other)
        self.configure(f"[calendar work]\npath = {self.path}\nwritable = yes\n[calendar other]\npath = {other}\n")
        titles = self.titles()
        self.assertIn("Single", titles)
        self.assertEqual([title for title in titles if title.startswith("Theirs")], [])
        self.assertEqual(set(self.titles(str(self.day))), {"Lower", "Single", "Series", "Whole", "Floating", "Universal"})
        self.assertIn("Single", self.run_tracker("block", "list", str(self.day)).stdout)

    def test_a_series_is_one_line(self):
        self.strange()
        said = self.tracker("block", "list")
        self.assertRegex(said, r"(?m)^ 13:00–14:00  Series \(and 9 more\) ")
        self.assertEqual(said.count("Series"), 1)
        self.assertRegex(said, r"(?m) Single  ")
        self.assertEqual(self.tracker("block", "list", "--all").count("Series"), 10)
        self.assertEqual(self.titles().count("Series"), 10)
        self.tracker("block", "move", "Series", "--on", str(self.day + datetime.timedelta(days=2)), "--at", "11:00")
        said = self.tracker("block", "list")
        self.assertRegex(said, r"(?m) Series \(and 8 more\) ")
        self.assertRegex(said, r"(?m)^ 11:00–12:00  Series  ")

    def test_of_the_kinds_that_the_agenda_tells(self):
        self.configure(f"[calendar work]\npath = {self.path}\nwritable = yes\nkind = focus\n"
                       "[rule rest]\nsummary = rest\nkind = break\n[rule none]\nsummary = nothing\nkind = ignore\n")
        for title, at in (("Evening deep", "20:00"), ("A rest", "18:00"), ("For nothing", "16:00")):
            self.tracker("block", "add", title, "--at", f"{self.day}T{at}", "--for", "1h")
        listed = {row["summary"]: row["kind"] for row in self.json("block", "list")}
        self.assertEqual(listed, {"Evening deep": "focus", "A rest": "break", "For nothing": None})
        self.assertEqual({row["title"]: row["kind"] for row in self.json("agenda", str(self.day))},
                         {title: kind for title, kind in listed.items() if kind is not None})
        for words in ((), ("--all",)):
            said = self.tracker("block", "list", *words)
            self.assertRegex(said, "Evening deep +focus ")
            self.assertRegex(said, "A rest +break ")

    def test_nothing_to_list_says_what_to_do(self):
        self.put("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
        self.assertIn("has an event in the next four weeks. To add one: tracker block add", self.tracker("block"))
        self.assertIn("has an event then. To add one", self.tracker("block", "list", "tomorrow"))
        self.configure(f"[calendar work]\npath = {self.path}\n")
        self.assertIn("No calendar may be changed yet. To begin one: tracker calendar add --writable", self.tracker("block"))
        self.assertEqual(self.tracker("simulate"), "Nothing is planned today, so nothing would be done.\n")

    def test_none(self):
        self.put("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
        self.assertEqual(self.titles(), [])
        self.assertIn("No calendar that may be changed", self.tracker("block", "list"))
        self.error("block", "list", "some day", status=2)


class Add(Blocks):
    def test_new_file_and_what_other_programs_read(self):
        self.tracker("block", "add", "Deep work; a, b\\c", "--at", str(self.day) + " 09:00", "--for", "2h")
        content = self.bytes()
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)
        self.assertEqual(content.count(b"\n"), content.count(b"\r\n"))
        self.assertLessEqual(max(map(len, content.split(b"\r\n"))), 75)
        event = next(iter(icalendar.Calendar.from_ical(content).walk("VEVENT")))
        self.assertEqual(str(event["SUMMARY"]), "Deep work; a, b\\c")
        start = event.decoded("DTSTART")
        self.assertEqual(start.utcoffset(), BERLIN.utcoffset(start.replace(tzinfo=None)))
        self.assertEqual(start.strftime("%Y-%m-%d %H:%M"), f"{self.day} 09:00")
        self.assertEqual(self.starts("Deep work; a, b\\c"), [self.after(0) + " 09:00"])

    def test_weekly_over_a_change_of_the_clock_is_the_same_for_khal(self):
        self.tracker("block", "add", "Stand-up", "--at", str(self.day) + " 09:30", "--for", "15m", "--weekly", "mon,we-fr")
        until = self.today + datetime.timedelta(days=260)
        ours = [self.local(row) for row in self.json("calendar", "show", self.path, "--from", str(self.today), "--to", str(until))]
        self.assertEqual({start[9:] for start in ours}, {"09:30"})
        self.assertEqual({datetime.datetime.strptime(start[:8], "%Y%m%d").weekday() for start in ours}, {0, 2, 3, 4})
        self.assertEqual(self.khal(self.path, self.today, until - datetime.timedelta(days=1)), ours)

    def khal(self, path, first, last):
        folder = self.dir + "/khal"
        os.makedirs(folder)
        with open(folder + "/work.ics", "wb") as file:
            file.write(self.bytes(path))
        with open(self.dir + "/khal.conf", "w", encoding="utf-8") as file:
            file.write(f"[calendars]\n[[w]]\npath = {folder}\ntype = calendar\n[locale]\nlocal_timezone = Europe/Berlin\n"
                       "default_timezone = Europe/Berlin\ntimeformat = %H:%M\ndateformat = %Y%m%d\nlongdateformat = %Y%m%d\n"
                       f"datetimeformat = %Y%m%d %H:%M\nlongdatetimeformat = %Y%m%d %H:%M\n[sqlite]\npath = {self.dir}/khal.db\n")
        done = subprocess.run(["khal", "-c", self.dir + "/khal.conf", "list", "--format", "{start}", "--day-format", "",
                               first.strftime("%Y%m%d"), last.strftime("%Y%m%d")],
                              capture_output=True, text=True, check=True, env={**self.env, "LC_ALL": "C.UTF-8"})
        return [line for line in done.stdout.split("\n") if line]

    def test_time_zone_says_what_the_systems_does(self):
        """The VTIMEZONE alone, read by python-icalendar, has the system's offset on every day of nine years."""
        for name in ("Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Jerusalem", "Australia/Lord_Howe",
                     "Asia/Kolkata", "Europe/Dublin", "America/Santiago", "Pacific/Chatham"):
            zone = ZoneInfo(name)
            self.path = self.dir + "/" + name.replace("/", "-") + ".ics"
            self.configure(f"[calendar work]\npath = {self.path}\nwritable = yes\n")
            self.tracker("block", "add", "x", "--at", str(self.day) + " 12:00", "--for", "1h", "--weekly", "mon-sun", env={"TZ": name})
            calendar = icalendar.Calendar.from_ical(self.bytes())
            (timezone,) = calendar.walk("VTIMEZONE")
            timezone["TZID"] = "Own/" + name.replace("/", "-")  # so that its rules are read, not its name
            theirs = timezone.to_tz()
            for days in range(0, 365 * 9):
                moment = datetime.datetime.combine(self.day + datetime.timedelta(days=days), datetime.time(12), datetime.timezone.utc)
                self.assertEqual(moment.astimezone(theirs).utcoffset(), moment.astimezone(zone).utcoffset(), f"{name} {moment}")

    def test_zones_without_a_name(self):
        self.tracker("block", "add", "once", "--at", str(self.day) + " 12:00", "--for", "1h", env={"TZ": "<+0330>-3:30"})
        self.tracker("block", "add", "weekly", "--at", str(self.day) + " 12:00", "--for", "1h", "--weekly", "mon-sun", env={"TZ": "<+0330>-3:30"})
        self.tracker("block", "add", "universal", "--at", str(self.day) + " 12:00", "--for", "1h", env={"TZ": "UTC"})
        self.assertIn(f"DTSTART:{self.after(0)}T083000Z".encode(), self.bytes())
        self.assertIn(f"DTSTART;TZID=trackerd-local:{self.after(0)}T120000".encode(), self.bytes())
        self.assertIn(f"DTSTART:{self.after(0)}T120000Z".encode(), self.bytes())

    def test_into_a_strange_file_nothing_else_changes(self):
        before = self.strange()
        self.tracker("block", "add", "New", "--at", str(self.day) + " 09:00", "--for", "30m", "--kind", "focus")
        after = self.bytes()
        place = before.rindex(b"END:VCALENDAR")
        self.assertEqual(after[:place], before[:place])
        self.assertTrue(after.endswith(before[place:]))
        self.assertIn(b"X-TRACKERD-KIND:focus\r\n", after)
        self.tracker("undo")
        self.assertEqual(self.bytes(), before)
        self.tracker("redo")
        self.assertEqual(self.bytes(), after)

    def test_line_ends_are_those_of_the_file(self):
        for eol in ("\n", "\r"):
            self.put(f"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n".replace("\n", eol))
            self.tracker("block", "add", "x" * 200, "--at", str(self.day) + " 09:00", "--for", "1h")
            self.assertEqual(re.sub(eol.encode(), b"", self.bytes()).count(b"\r" if eol == "\n" else b"\n"), 0)
            self.assertEqual(len(self.rows("x" * 200)), 1)

    def test_into_a_folder_a_file_of_its_own(self):
        os.mkdir(self.dir + "/vdir")
        self.configure(f"[calendar v]\npath = {self.dir}/vdir\nwritable = true\n")
        self.path = self.dir + "/vdir"
        self.tracker("block", "add", "One", "--at", str(self.day) + " 09:00", "--for", "1h")
        (name,) = os.listdir(self.path)
        self.assertRegex(name, r"^[0-9a-f-]{36}\.ics$")
        self.assertIn(b"UID:" + name[:-4].encode(), self.bytes(self.path + "/" + name))
        before = self.bytes(self.path + "/" + name)
        self.tracker("block", "remove", "One")
        self.assertEqual(os.listdir(self.path), [])
        self.tracker("undo")
        self.assertEqual(self.bytes(self.path + "/" + name), before)
        self.tracker("undo")
        self.assertEqual(os.listdir(self.path), [])

    def test_which_calendar(self):
        two = f"[calendar a]\npath = {self.dir}/a.ics\n[calendar b]\npath = {self.dir}/b.ics\n"
        words = ("block", "add", "x", "--at", str(self.day) + " 09:00", "--for", "1h")
        self.configure(two)
        self.assertIn("writable = yes", self.error(*words, status=1))
        self.assertIn("writable = yes below [calendar a]", self.error(*words, "--calendar", "a", status=1))
        self.assertEqual(os.path.exists(self.dir + "/a.ics"), False)
        self.configure(two.replace(".ics\n", ".ics\nwritable = yes\n"))
        self.assertIn("a, b", self.error(*words, status=2))
        self.error(*words, "--calendar", "c", status=4)
        self.tracker(*words, "--calendar", "b")
        self.assertTrue(os.path.exists(self.dir + "/b.ics"))

    def test_a_calendar_of_ones_own_from_nothing(self):
        self.configure("")
        self.tracker("calendar", "add", "--writable", "mine", self.path)
        self.assertEqual(self.rows(), [])
        self.assertTrue(self.json("calendar", "list")[0]["writable"])
        self.tracker("block", "add", "x", "--at", str(self.day) + " 09:00", "--for", "1h")
        self.assertEqual(self.starts("x"), [self.after(0) + " 09:00"])
        self.assertIn("for files", self.error("calendar", "add", "--writable", "w", "https://example.org/a.ics", status=2))

    def test_wrong_words(self):
        for words in (("x",), ("x", "--at", "tue"), ("x", "--for", "1h"), ("x", "--at", "never", "--for", "1h"),
                      ("x", "--at", "09:00", "--for", "-1h"), ("", "--at", "09:00", "--for", "1h"),
                      ("x", "--at", "09:00", "--for", "1h", "--weekly", "someday")):
            self.error("block", "add", *words, status=2)
        self.assertFalse(os.path.exists(self.path))
        self.assertFalse(os.path.exists(self.log))


class Change(Blocks):
    def check_neighbours(self, before, uid):
        self.assertEqual(self.outside(before, uid), self.outside(self.bytes(), uid))

    def test_single_keeps_what_it_is_written_like(self):
        before = self.strange()
        self.tracker("block", "move", "Single", "--at", str(self.day) + " 10:30")
        after = self.bytes()
        self.check_neighbours(before, "single@x")
        self.assertIn(b'DTSTART;TZID=Europe/Berlin;X-P="a:b":' + self.after(0, "T103000").encode(), after)
        self.assertIn(b"DURATION:PT1H\r\nSEQUENCE:8\r\n", after)
        self.assertIn(b"no content line\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDTSTAMP:20200101T000000Z\r\n", after)
        self.tracker("block", "move", "Single", "--for", "90m")
        self.assertIn(b"DURATION:PT1H30M\r\n", self.bytes())
        self.assertEqual(self.starts("Single"), [self.after(0) + " 10:30"])
        self.tracker("undo", "2")
        self.assertEqual(self.bytes(), before)

    def test_time_alone_is_on_the_blocks_own_day(self):
        self.strange()
        self.tracker("block", "move", "Lower", "--at", "11:15")
        self.assertEqual(self.starts("Lower"), [self.after(0) + " 11:15"])

    def test_one_of_a_series_becomes_an_override_in_the_masters_form(self):
        for title, uid, name, moved in (
            ("Series", "series", b"RECURRENCE-ID;TZID=Europe/Berlin:%sT130000\r\n", "08:00"),
            ("Floating", "float", b"RECURRENCE-ID:%sT160000\r\n", "08:00"),
            ("Universal", "utc", b"RECURRENCE-ID:%sT180000Z\r\n", "08:00"),
        ):
            before = self.strange()
            old = self.starts(title)
            self.tracker("block", "move", title, "--at", str(self.day) + " " + moved)
            self.check_neighbours(before, uid)
            self.assertIn(name % self.after(0).encode(), self.bytes())
            self.assertIn(re.search(rb"BEGIN:VEVENT\r\nUID:" + uid.encode() + rb"\r\n(?s:.)*?END:VEVENT\r\n", before).group(),
                          self.bytes(), "the series itself is as it was")
            self.assertEqual(self.starts(title), [self.after(0) + " " + moved] + old[1:])
            # Once more: the override itself is changed.
            self.tracker("block", "move", title, "--at", str(self.day) + " 07:00")
            self.assertEqual(self.bytes().count(b"RECURRENCE-ID"), 1)
            self.assertEqual(self.starts(title), [self.after(0) + " 07:00"] + old[1:])
            # And out: the override goes and an exception comes.
            self.tracker("block", "remove", title)
            self.assertEqual(self.bytes().count(b"RECURRENCE-ID"), 0)
            self.assertEqual(self.starts(title), old[1:])
            self.tracker("undo", "3")
            self.assertEqual(self.bytes(), before)

    def test_whole_days(self):
        before = self.strange()
        self.tracker("block", "move", "Whole", "--at", self.after(1)[:4] + "-" + self.after(1)[4:6] + "-" + self.after(1)[6:], "--for", "2d")
        self.check_neighbours(before, "days")
        self.assertIn(f"RECURRENCE-ID;VALUE=DATE:{self.after(0)}\r\n".encode(), self.bytes())
        self.assertEqual([row["start"][:10] for row in self.rows("Whole")][0], str(self.day))  # midnight in Berlin, in UTC
        self.tracker("undo")
        self.tracker("block", "remove", "Whole")
        self.assertIn(f"EXDATE;VALUE=DATE:{self.after(0)}\r\n".encode(), self.bytes())
        self.assertEqual(len(self.rows("Whole")), 3)
        self.assertIn("whole days", self.error("block", "move", "Whole", "--for", "90m", status=2))

    def test_whole_series_with_its_exceptions_and_its_end(self):
        for title, uid in (("Series", "series"), ("Floating", "float"), ("Universal", "utc")):
            before = self.strange()
            self.tracker("block", "remove", title, "--on", str(self.day + datetime.timedelta(days=4)))
            self.tracker("block", "move", title, "--at", "06:00", "--on", str(self.day + datetime.timedelta(days=2)))
            old = self.starts(title)
            self.tracker("block", "move", title, "--at", "15:00", "--for", "45m", "--all")
            self.check_neighbours(before, uid)
            self.assertEqual(self.starts(title), [start if start.endswith("06:00") else start[:9] + "15:00" for start in old])
            self.assertEqual(len(self.starts(title)), len(old))
            self.tracker("undo", "3")
            self.assertEqual(self.bytes(), before)

    def test_override_of_words_alone_moves_with_its_series(self):
        for end, longer in (("DTEND;TZID=Europe/London:{}T100000", "DTEND;TZID=Europe/London:{}T113000"),
                            ("DURATION:PT1H", "DURATION:PT2H30M")):
            event = "BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n{}DTSTART;TZID=Europe/London:{}T090000\n{}\nEND:VEVENT\n"
            name = "RECURRENCE-ID;TZID=Europe/London:{}T090000\n"
            before = self.put("BEGIN:VCALENDAR\nVERSION:2.0\n"
                              + event.format("RRULE:FREQ=DAILY;COUNT=4\nSUMMARY:S\n", self.after(0), end.format(self.after(0)))
                              + event.format("SUMMARY:Words\n" + name.format(self.after(1)), self.after(1), end.format(self.after(1)))
                              + event.format("SUMMARY:Long\n" + name.format(self.after(2)), self.after(2), longer.format(self.after(2)))
                              + "END:VCALENDAR\n")
            old = {row["summary"]: row for row in self.rows()}
            self.tracker("block", "move", "S", "--at", "14:00", "--for", "45m", "--all")
            new = {row["summary"]: row for row in self.rows()}
            self.assertEqual({self.local(row)[9:] for row in self.rows()}, {"14:00"})
            length = {name: datetime.datetime.fromisoformat(row["end"].replace("Z", "+00:00"))
                      - datetime.datetime.fromisoformat(row["start"].replace("Z", "+00:00")) for name, row in new.items()}
            self.assertEqual(length["S"], length["Words"])
            self.assertEqual(length["S"], datetime.timedelta(minutes=45))
            self.assertEqual(length["Long"], datetime.timedelta(minutes=150))
            self.assertEqual(len(old), len(new))
            self.tracker("undo")
            self.assertEqual(self.bytes(), before)

    def test_series_in_another_order_of_days_is_refused(self):
        self.put("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n"
                 f"DTSTART:{self.after(0)}T090000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYMONTHDAY={self.day.day}\n"
                 "SUMMARY:Monthly\nEND:VEVENT\nEND:VCALENDAR\n")
        before = self.bytes()
        self.assertIn("names days", self.error("block", "move", "Monthly", "--at", str(self.day + datetime.timedelta(days=1)), "--all", status=1))
        self.assertEqual(self.bytes(), before)

    def test_remove(self):
        before = self.strange()
        self.tracker("block", "remove", "Lower")
        self.assertEqual(self.bytes(), before.replace(re.search(rb"begin:vevent(?s:.)*?end:vevent\r\n", before).group(), b""))
        self.tracker("block", "remove", "Series", "--all")
        self.assertEqual(self.starts("Series"), [])
        self.tracker("undo", "2")
        self.assertEqual(self.bytes(), before)

    def test_others_meetings_keep_their_sequence(self):
        event = ("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nSEQUENCE:3\n"
                 f"ORGANIZER:mailto:boss@example.org\nDTSTART:{self.after(0)}T090000\nDURATION:PT1H\nSUMMARY:Met\nEND:VEVENT\nEND:VCALENDAR\n")
        self.put(event)
        self.tracker("block", "move", "Met", "--at", "10:00")
        self.assertIn(b"SEQUENCE:3\n", self.bytes())
        self.configure(f"[trackerd]\nme = Boss@example.org\n[calendar work]\npath = {self.path}\nwritable = yes\n")
        self.tracker("block", "move", "Met", "--at", "11:00")
        self.assertIn(b"SEQUENCE:4\n", self.bytes())

    def test_which_block(self):
        self.strange()
        self.assertIn("more than one", self.error("block", "remove", "l", status=2))
        self.error("block", "remove", "Nothing of that name", status=4)
        self.tracker("block", "remove", "work/single@x")
        self.tracker("block", "remove", str(self.day) + " 16:00")
        self.assertEqual(self.rows("Single"), [])
        self.assertEqual(len(self.starts("Floating")), 9)

    def test_weekday_is_the_coming_one(self):
        """On a Sunday "wed" is no day of the past: that one's block is over and was kept."""
        self.configure(f"[trackerd]\nstart_of_day = 00:00\n[calendar work]\npath = {self.path}\nwritable = yes\n")
        today = datetime.datetime.now(BERLIN).date()  # also at night, with that start of the day
        first = today - datetime.timedelta(days=14)
        before = self.put(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
                          f"DTSTART;TZID=Europe/Berlin:{first:%Y%m%d}T093000\r\nDURATION:PT15M\r\nRRULE:FREQ=DAILY;COUNT=40\r\n"
                          "SUMMARY:Standup\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        for ahead in range(7):
            day = today + datetime.timedelta(days=ahead)
            listed = json.loads(self.tracker("block", "list", f"{day:%a}".lower(), "--json"))
            self.assertEqual([self.local(row) for row in listed], [f"{day:%Y%m%d} 09:30"])
            for words in (("Standup", "--on", f"{day:%a}".lower()), ("Standup", "--on", f"{day:%A}..{day:%a}"),
                          (f"{day:%a} 09:35",)):
                said = self.tracker("block", "remove", *words)
                self.assertRegex(said, rf"^Removed Standup: {day:%a} {day.day} {day:%b}( \d+)? 09:30–09:45 ")
                self.tracker("undo")
                self.assertEqual(self.bytes(), before)
            said = self.tracker("block", "move", "Standup", "--on", f"{day:%a}", "--at", f"{day} 11:00")
            self.assertRegex(said, rf"^Moved Standup: from \w+ \d+ \w+( \d+)? \d\d:\d\d–\d\d:\d\d "
                                   rf"to {day:%a} {day.day} {day:%b}( \d+)? 11:00–11:15 ")
            self.tracker("undo")
        past = today - datetime.timedelta(days=3)
        for on in (str(past), f"last {past:%A}", f"{past}..{past}"):
            said = self.tracker("block", "remove", "Standup", "--on", on)
            self.assertRegex(said, rf"^Removed Standup: {past:%a} {past.day} {past:%b}( \d+)? 09:30–09:45 ")
            self.tracker("undo")
        self.assertEqual(self.bytes(), before)

    def test_only_read(self):
        before = self.strange()
        self.configure(f"[calendar work]\npath = {self.path}\n")
        for words in (("move", "Single", "--at", "12:00"), ("remove", "Single")):
            self.assertIn("writable = yes below [calendar work]", self.error("block", *words, status=1))
        self.assertEqual(self.bytes(), before)


class Place(Blocks):
    """What the new block has to share its time with is told at once."""

    def setUp(self):
        super().setUp()
        self.put("BEGIN:VCALENDAR\nVERSION:2.0\n"
                 f"BEGIN:VEVENT\nUID:m\nDTSTAMP:20260101T000000Z\nDTSTART:{self.after(0)}T090000\nDURATION:PT1H\n"
                 "SUMMARY:Team meeting\nX-TRACKERD-KIND:meeting\nEND:VEVENT\nEND:VCALENDAR\n")

    def add(self, time, *more, length="1h", day=None):
        said = self.tracker("block", "add", "Deep work", "--kind", "focus", "--at", f"{day or self.day} {time}", "--for",
                            length, *more)
        return said.splitlines()[1:]

    def test_for_itself(self):
        self.assertEqual(self.add("10:00"), [])

    def test_cut(self):
        self.assertEqual(self.add("09:30"), ["It is cut in the plan: 09:30–10:00 goes to Team meeting "
                                             "(meeting goes before focus)"])

    def test_cut_with_what_is_too_short(self):
        self.assertEqual(self.add("08:57"), ["It has no place in the plan: Team meeting has that time "
                                             "(meeting goes before focus; 3 min beside it too short to keep)"])
        self.assertEqual(self.add("08:56", length="90m"),
                         ["It is cut in the plan: 09:00–10:00 goes to Team meeting "
                          "(meeting goes before focus; 4 min beside it too short to keep)"])

    def test_in_two_pieces(self):
        self.assertEqual(self.add("08:00", length="3h"), ["It is cut in the plan: 09:00–10:00 goes to Team meeting "
                                                          "(meeting goes before focus)"])

    def test_no_place(self):
        self.assertEqual(self.add("09:00"), ["It has no place in the plan: Team meeting has that time "
                                             "(meeting goes before focus)"])

    def test_of_a_series(self):
        (said,) = self.add("09:30", "--weekly", "mon-sun")
        self.assertRegex(said, r"^On \w{3} \d+ \w{3}( \d+)? it is cut in the plan: 09:30–10:00 goes to Team meeting")

    def test_moved(self):
        self.add("11:00")
        said = self.tracker("block", "move", "Deep work", "--at", f"{self.day} 09:45").splitlines()
        self.assertEqual(said[1:], ["It is cut in the plan: 09:45–10:00 goes to Team meeting (meeting goes before focus)"])

    def test_of_more_than_a_day(self):
        """The same times come twice: the end and each cut name their day."""
        said = self.tracker("block", "add", "Hackathon", "--at", f"{self.day} 08:00", "--for", "26h")
        last = (self.day + datetime.timedelta(days=1)).strftime("%a %-d %b")
        first, cut = said.splitlines()
        self.assertRegex(first, rf"^Added Hackathon: \w{{3}} \d+ \w{{3}}( \d+)? 08:00–{last}( \d+)? 10:00 in ")
        self.assertRegex(cut, r"^On \w{3} \d+ \w{3}( \d+)? it is cut in the plan: 09:00–10:00 goes to Team meeting")
        self.assertRegex(self.tracker("block", "list", str(self.day)), rf"08:00–{last}( \d+)? 10:00")

    def test_over_already(self):
        before = self.today - datetime.timedelta(days=2)
        (said,) = self.add("09:00", day=before)
        self.assertIn("It is over already: nothing will be announced", said)


class Files(Blocks):
    EVENT = "BEGIN:VEVENT\nUID:{0}\nDTSTAMP:20260101T000000Z\nDTSTART:{1}T090000\nDURATION:PT1H\nSUMMARY:{0}\nEND:VEVENT\n"

    def calendar(self, *names):
        return "BEGIN:VCALENDAR\nVERSION:2.0\n" + "".join(self.EVENT.format(n, self.after(0)) for n in names) + "END:VCALENDAR\n"

    def test_through_a_link_with_mode_kept(self):
        os.mkdir(self.dir + "/real")
        self.put(self.calendar("a"), self.dir + "/real/x.ics")
        os.chmod(self.dir + "/real/x.ics", 0o640)
        os.symlink("real/x.ics", self.path)
        self.tracker("block", "move", "a", "--at", "10:00")
        self.assertTrue(os.path.islink(self.path))
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o640)
        self.assertEqual(self.starts("a"), [self.after(0) + " 10:00"])
        self.assertEqual(os.listdir(self.dir + "/real"), ["x.ics"])

    def test_folder_with_several_events_in_a_file(self):
        folder = self.dir + "/vdir"
        os.mkdir(folder)
        self.put(self.calendar("a", "b"), folder + "/two.ics")
        self.put(self.calendar("c"), folder + "/one.ics")
        self.configure(f"[calendar v]\npath = {folder}\nwritable = yes\n")
        self.tracker("block", "remove", "a")
        self.assertEqual(self.bytes(folder + "/two.ics").decode(), self.calendar("b"))
        self.tracker("block", "remove", "b")
        self.assertEqual(os.listdir(folder), ["one.ics"])
        self.tracker("undo", "2")
        self.assertEqual(self.bytes(folder + "/two.ics").decode(), self.calendar("a", "b"))

    def test_undo_is_refused_when_the_file_has_changed_since(self):
        self.put(self.calendar("a"))
        self.tracker("block", "move", "a", "--at", "10:00")
        self.put(self.calendar("a", "b"))
        before = self.bytes()
        self.assertIn("has changed since", self.error("undo", status=1))
        self.assertEqual(self.bytes(), before)

    def test_undo_of_several_is_all_or_none(self):
        self.put(self.calendar("a"))
        self.tracker("block", "move", "a", "--at", "10:00")
        self.tracker("task", "add", "Something")
        self.tracker("block", "move", "a", "--at", "11:00")
        last = self.bytes()
        self.put(last + b"\n")
        self.error("undo", "3", status=1)
        self.assertEqual(len(self.json("task", "list")), 1)
        self.put(last)
        self.tracker("undo", "3")
        self.assertEqual(self.bytes().decode(), self.calendar("a"))
        self.assertEqual(self.json("task", "list"), [])
        self.tracker("redo", "3")
        self.assertEqual(self.bytes(), last)

    def test_broken_files_are_left_alone(self):
        whole = self.calendar("a")
        for name, content in (
            ("no end", whole.replace("END:VCALENDAR\n", "")),
            ("an event without an end", whole.replace("END:VEVENT\n", "")),
            ("vCalendar 1.0", whole.replace("VERSION:2.0", "VERSION:1.0")),
            ("twice", self.calendar("a", "a")),
            ("UTF-16", whole.encode("utf-16")),
        ):
            before = self.put(content)
            done = self.run_tracker("block", "move", "a", "--at", "10:00")
            self.assertNotEqual(done.returncode, 0, name)
            self.assertEqual(self.bytes(), before, name)
            done = self.run_tracker("block", "add", "b", "--at", str(self.day) + " 10:00", "--for", "1h")
            if name != "twice":
                self.assertNotEqual(done.returncode, 0, name)
                self.assertEqual(self.bytes(), before, name)

    def test_not_a_plain_file(self):
        os.link(self.put(self.calendar("a")) and self.path, self.dir + "/second.ics")
        self.assertIn("second name", self.error("block", "move", "a", "--at", "10:00", status=1))
        os.unlink(self.path)
        os.mkfifo(self.path)
        self.error("block", "add", "b", "--at", "09:00", "--for", "1h", status=1)

    def test_text_is_text(self):
        titles = ["a\\nb;c,d", "END:VEVENT", "x\tBEGIN:VALARM", "ü" * 200, "\"'`$(id)", "%s%n"]
        for title in titles:
            self.tracker("block", "add", "--at", str(self.day) + " 09:00", "--for", "1h", "--", title)
        self.assertEqual(sorted(row["summary"] for row in self.rows()), sorted(t.replace("\t", " ") for t in titles))
        read = icalendar.Calendar.from_ical(self.bytes()).walk("VEVENT")
        # python-icalendar 4 reads an escaped backslash before an n as a line break.
        self.assertEqual(sorted(str(event["SUMMARY"]) for event in read if "b;c" not in event["SUMMARY"]),
                         sorted(t.replace("\t", " ") for t in titles[1:]))


if __name__ == "__main__":
    unittest.main()
