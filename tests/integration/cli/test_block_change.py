# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blocks that are moved, given other words, and removed: the event's own form and its series stay."""

import datetime
import json
import re
import unittest

from blocks import BERLIN, Blocks


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

    def test_accents_written_otherwise(self):
        """Composed or not, in either case: who types a title reads the same."""
        self.put(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
                 f"DTSTART;TZID=Europe/Berlin:{self.after(0)}T093000\r\nDURATION:PT15M\r\n"
                 "SUMMARY:Cafe\u0301 mit Jose\u0301\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        for typed in ("caf\u00e9", "JOS\u00c9", "cafe\u0301 mit jos\u00e9"):
            with self.subTest(typed):
                self.assertIn("Moved Cafe", self.tracker("block", "move", typed, "--at", f"{self.day} 11:00"))
                self.tracker("undo")
            with self.subTest(typed, command="why"):
                self.assertEqual([one["id"] for one in self.json("why", typed)], ["work/1"])
            with self.subTest(typed, command="history --why"):
                self.assertIn("Jose", self.tracker("history", "--why", typed))
        self.error("block", "remove", "Cafe mit Jose", status=4)

    def test_a_warning_stands_once(self):
        """A date is looked for as that of the calendar and as the day that is lived."""
        self.strange()
        self.configure(f"[calendar work]\npath = {self.path}\nwritable = yes\n"
                       f"[calendar gone]\npath = {self.dir}/gone.ics\n")
        for words, status in ((("zzz",), 4), (("Single",), 0)):
            done = self.run_tracker("block", "move", *words, "--at", "16:00", "--on", str(self.day))
            self.assertEqual(done.returncode, status, done.stderr)
            told = [line for line in done.stderr.split("\n") if "gone.ics" in line]
            self.assertGreater(len(told), 0, done.stderr)
            self.assertEqual(len(told), len(set(told)), done.stderr)

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


if __name__ == "__main__":
    unittest.main()
