#!/usr/bin/python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calendars written by commands: one event's bytes change, everything else stays, and other programs
read the same instants."""

import datetime
import os
import re
import subprocess
import unittest
from zoneinfo import ZoneInfo

import icalendar

from blocks import BERLIN, STRANGE, Blocks


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
