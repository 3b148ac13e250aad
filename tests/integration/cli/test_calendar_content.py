# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tracker calendar check and show, and the agenda: what is in calendars, the odd and the broken too."""

import json
import os
import re
import unittest

from calendars import BAD, GOOD, ODD, Calendars, ical

FINDING = re.compile(r"^(?P<file>/[^:]+)(:(?P<line>\d+))?(: (?P<property>[A-Z-]+))?: (?P<reason>.+)$")
KEYS = ["uid", "recurrence_id", "summary", "start", "end", "all_day", "status", "kind", "calendar"]


class Check(Calendars):
    def check(self, *words, status):
        done = self.run_tracker("calendar", "check", *words)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def test_nothing_wrong(self):
        done = self.check(self.put("a.ics", ical(GOOD)), status=0)
        self.assertEqual((done.stdout, done.stderr), ("Nothing is wrong.\n", ""))

    def test_form_and_status(self):
        path = self.put("a.ics", ical(GOOD, BAD, ODD))
        done = self.check(path, status=1)
        found = [FINDING.match(line) for line in done.stdout.splitlines()]
        self.assertEqual([(m["file"], m["line"], m["property"]) for m in found],
                         [(path, "11", "DTSTART"), (path, "16", "DTSTART")])
        self.assertTrue(found[0]["reason"].endswith("there is no such day; this event is left out"))
        self.assertTrue(found[1]["reason"].endswith("is not known; read as your own"))
        self.assertEqual(done.stderr, "tracker: 1 event or file is left out, 2 others are used\n")

    def test_a_warning_is_no_failure(self):
        self.assertIn("is not known", self.check(self.put("a.ics", ical(ODD)), status=0).stdout)

    def test_by_name_and_all(self):
        self.tracker("calendar", "add", "good", self.put("good.ics", ical(GOOD)))
        self.run_tracker("calendar", "add", "mixed", self.put("mixed.ics", ical(GOOD, BAD)))
        self.check("good", status=0)
        for words in ([], ["mixed"], ["good", "mixed"]):
            self.assertIn("mixed.ics:11: DTSTART", self.check(*words, status=1).stdout)
        self.assertIn("there is no such file or folder", self.check("nobody", status=1).stdout)

    def test_many_faults_are_bounded_and_counted(self):
        path = self.put("many.ics", ical(GOOD, *[BAD] * 3000, *[ODD] * 34))
        lines = self.check(path, status=1).stdout.splitlines()
        self.assertEqual(len(lines), 101)
        self.assertTrue(lines[-1].endswith("and 2,934 more from here on, 2,900 left out"), lines[-1])
        self.assertIn("3000 events or files are left out, 35 others are used", self.check(path, status=1).stderr)

    def test_json(self):
        path = self.put("a.ics", ical(GOOD, BAD, ODD))
        done = self.check(path, "--json", status=1)
        found = json.loads(done.stdout)
        self.assertEqual([{key: row[key] for key in ("calendar", "file", "line", "property", "left_out")} for row in found],
                         [{"calendar": path, "file": path, "line": line, "property": "DTSTART", "left_out": out}
                          for line, out in ((11, 1), (16, 0))])
        self.assertTrue(found[0]["reason"].endswith("there is no such day"), found[0])
        self.assertEqual(done.stderr, "tracker: 1 event or file is left out, 2 others are used\n")
        self.assertEqual(json.loads(self.check(self.put("b.ics", ical(GOOD)), "--json", status=0).stdout), [])
        missing = json.loads(self.check("nobody", "--json", status=1).stdout)
        self.assertEqual([(row["line"], row["property"], row["left_out"]) for row in missing], [(None, None, 1)])

    def test_text_of_strangers(self):
        path = self.put("a.ics", ical(GOOD, "DTSTART:\x1b[2J<b>%n%s", "DTSTART;TZID=\x1b]0;x\x07%n:20261123T090000"))
        done = self.check(path, status=1)
        self.assertFalse(re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.stdout + done.stderr), done.stdout)


class Show(Calendars):
    """The contract for scripts of calendar show --json, a test a sentence."""

    def show(self, *words, start="2026-11-23T00:00:00Z", end="2026-11-24T00:00:00Z", tz="UTC"):
        return self.json("calendar", "show", *words, "--from", start, "--to", end, "--tz", tz)

    def shown(self, *events, **more):
        return [(o["summary"], o["start"], o["end"]) for o in self.show(self.put("a.ics", ical(*events)), **more)]

    def test_a_calendar_by_its_name_where_no_file_is(self):
        self.tracker("calendar", "add", "work", self.put("work.ics", ical(GOOD)))
        named = self.show("work")
        self.assertEqual([row["calendar"] for row in named], ["work"])
        with open(self.dir + "/work", "w", encoding="utf-8") as file:
            file.write(ical(GOOD.replace("SUMMARY:", "SUMMARY:The file's ")))
        here = json.loads(self.tracker("calendar", "show", "work", "--from", "2026-11-23", "--json", cwd=self.dir))
        self.assertTrue(here[0]["summary"].startswith("The file's "), here)

    def test_keys_and_utc(self):
        path = self.put("a.ics", ical("DTSTART;TZID=Europe/Berlin:20261123T090000\nDURATION:PT90M\nSUMMARY:a\\, b\n"
                                      "RRULE:FREQ=DAILY\nSTATUS:TENTATIVE\nCATEGORIES:Deep Work"))
        shown = self.show(path)
        self.assertEqual(list(shown[0]), KEYS)
        self.assertEqual(shown, [{
            "uid": "1", "recurrence_id": "20261123T080000Z", "summary": "a, b", "start": "2026-11-23T08:00:00Z",
            "end": "2026-11-23T09:30:00Z", "all_day": False, "status": "tentative", "kind": "focus",
            "calendar": path}])

    def test_sorted_by_start_over_files_and_folders(self):
        one = self.put("one.ics", ical(GOOD.replace("T090", "T110").replace("T100", "T120")))
        self.put("dir/two.ics", ical(GOOD))
        self.put("dir/three.ics", ical(GOOD.replace("T09", "T06")).replace("UID:1", "UID:3"))
        shown = self.show(one, self.dir + "/dir")
        self.assertEqual([o["start"][11:13] for o in shown], ["06", "09", "11"])
        self.assertEqual([os.path.basename(o["calendar"]) for o in shown], ["dir", "dir", "one.ics"])

    def test_overlap_is_half_open(self):
        hour = "DTSTART:20261123T090000Z\nDTEND:20261123T100000Z\nSUMMARY:h"
        for start, end, count in (("08", "09", 0), ("08", "10", 1), ("09", "10", 1), ("10", "11", 0)):
            self.assertEqual(len(self.shown(hour, start=f"2026-11-23T{start}:00:00Z", end=f"2026-11-23T{end}:00:00Z")),
                             count, (start, end))
        self.assertEqual(len(self.shown(hour, start="2026-11-23T09:59:59Z", end="2026-11-23T12:00:00Z")), 1)

    def test_all_day_is_the_local_midnights(self):
        day = "DTSTART;VALUE=DATE:20261123\nSUMMARY:d"
        self.assertEqual(self.shown(day, tz="America/New_York"),
                         [("d", "2026-11-23T05:00:00Z", "2026-11-24T05:00:00Z")])
        self.assertEqual(self.shown(day, tz="Asia/Kolkata"), [("d", "2026-11-22T18:30:00Z", "2026-11-23T18:30:00Z")])
        spring = "DTSTART;VALUE=DATE:20260329\nSUMMARY:d"
        self.assertEqual(self.shown(spring, start="2026-03-29", end="2026-03-30", tz="Europe/Berlin"),
                         [("d", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")])
        self.assertTrue(self.show(self.dir + "/a.ics", start="2026-03-29", end="2026-03-30")[0]["all_day"])

    def test_without_length_counts_inside(self):
        moment = "DTSTART:20261123T090000Z\nSUMMARY:m"
        for start, end, count in (("08", "09", 0), ("09", "10", 1), ("08", "10", 1)):
            self.assertEqual(len(self.shown(moment, start=f"2026-11-23T{start}:00:00Z", end=f"2026-11-23T{end}:00:00Z")),
                             count, (start, end))

    def test_listed_and_left_out(self):
        self.assertEqual([s[0] for s in self.shown(
            GOOD.replace("Good", "free") + "\nTRANSP:TRANSPARENT", GOOD.replace("Good", "own") + "\nCLASS:PRIVATE",
            "DTSTART;VALUE=DATE:20261123\nSUMMARY:day", GOOD.replace("Good", "gone") + "\nSTATUS:CANCELLED")],
            ["day", "free", "own"])
        path = self.put("cancel.ics", ical(GOOD, head="METHOD:CANCEL\n"))
        self.assertEqual(self.show(path), [])

    def test_nothing_usable(self):
        for name, content in (("bad.ics", ical(BAD)), ("empty.ics", ""), ("page.ics", "<html>"),
                              ("endless.ics", ical("DTSTART:20200101T090000Z\nRRULE:FREQ=SECONDLY"))):
            path = self.put(name, content)
            done = self.run_tracker("calendar", "show", path, "--json")
            self.assertEqual((done.returncode, json.loads(done.stdout)), (1, []), name)
            first, *_, last = done.stderr.splitlines()
            self.assertTrue(first.startswith(path), first)
            self.assertTrue(last.startswith(f"tracker: {path}: there is no event that can be used"), last)

    def test_one_of_several_has_nothing_usable(self):
        good = self.put("good.ics", ical(GOOD))
        done = self.run_tracker("calendar", "show", self.dir + "/missing.ics", good, "--json", "--from", "2026-11-23")
        self.assertEqual((done.returncode, len(json.loads(done.stdout))), (1, 1))
        self.assertIn("there is no such file or folder", done.stderr)

    def test_some_unusable(self):
        path = self.put("a.ics", ical(GOOD, BAD))
        done = self.run_tracker("calendar", "show", path, "--json", "--from", "2026-11-23", "--to", "2026-11-24")
        self.assertEqual((done.returncode, len(json.loads(done.stdout))), (0, 1))
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertTrue(done.stderr.startswith(path + ":11: DTSTART: "), done.stderr)

    def test_no_configuration_and_no_trace(self):
        self.put("config/trackerd/trackerd.conf", "[trackerd]\nstart_of_day = soon\n")
        path = self.put("a.ics", ical(GOOD))
        done = self.run_tracker("calendar", "show", path, "--json", "--from", "2026-11-23", "--to", "2026-11-24")
        self.assertEqual((done.returncode, len(json.loads(done.stdout))), (0, 1))
        self.assertRegex(done.stderr, r"\Atracker: .*start_of_day.*; kinds are told without it\n\Z")
        self.assertEqual(sorted(os.listdir(self.dir)), ["a.ics", "config"])

    def test_the_kinds_that_the_plan_gives(self):
        """By the calendar's own kind, by the rules and by who the user is, as agenda and why tell them."""
        events = [("Deep", ""), ("Rest", "CATEGORIES:Quiet\n"), ("Other", "CATEGORIES:Nothing\n"),
                  ("Declined", "ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org\n")]
        content = ical(*(f"DTSTART:20261123T{hour:02}0000Z\nDURATION:PT30M\n{more}SUMMARY:{title}"
                         for hour, (title, more) in enumerate(events, 9)))
        path = self.put("work.ics", content)
        self.put("config/trackerd/trackerd.conf", f"[trackerd]\nme = me@example.org\n[calendar work]\npath = {path}\nkind = focus\n"
                 "[rule quiet]\ncategory = quiet\nkind = break\n[rule none]\ncalendar = work\ncategory = nothing\nkind = ignore\n")
        planned = {"Deep": "focus", "Rest": "break", "Other": None, "Declined": None}
        for word in ("work", path):
            rows = self.show(word)
            self.assertEqual({row["summary"]: row["kind"] for row in rows}, planned)
            self.assertEqual({row["calendar"] for row in rows}, {"work"})
        self.assertEqual({row["title"]: row["kind"] for row in self.json("agenda", "2026-11-23") if row["type"] == "block"},
                         {title: kind for title, kind in planned.items() if kind})
        self.assertRegex(self.tracker("calendar", "show", "work", "--from", "2026-11-23", "--to", "2026-11-24"), "Deep +focus ")
        self.assertNotIn("Declined", self.tracker("agenda", "2026-11-23"))
        listed = self.tracker("agenda", "2026-11-23", "--why")
        self.assertIn(" 13:00       Declined: you declined it", listed)
        self.assertIn(" 12:00       Other: the rule [rule none] ignores it", listed)
        # A file that is no calendar of the user's is still read by his rules.
        other = self.show(self.put("other.ics", content))
        self.assertEqual({row["summary"]: row["kind"] for row in other},
                         {"Deep": "shallow", "Rest": "break", "Other": "shallow", "Declined": None})

    def test_questions_that_make_no_sense(self):
        path = self.put("a.ics", ical(GOOD))
        for words in (["--from", "never"], ["--to", "2026-13-01"],
                      ["--from", "2026-11-24", "--to", "2026-11-23"], ["--from", "2026-11-24", "--to", "2026-11-24"]):
            self.error("calendar", "show", path, *words, status=2)
        self.error("calendar", "show", path, "--tz", "Nowhere/At_All", status=2)
        self.error("calendar", "show", status=2)


class Corners(Calendars):
    """The whole way, from a file over the index to the plan."""

    def plan(self, *events, day="2026-11-23", **more):
        """Titles and times of a day's blocks."""
        self.run_tracker("calendar", "add", "c", self.put("c.ics", more.get("content", ical(*events))))
        done = self.run_tracker("agenda", day, "--json", env=more.get("env", {}))
        self.assertEqual(done.returncode, 0, done.stderr)
        return [(row["title"], row["start"], row["end"]) for row in self.rows(json.loads(done.stdout))]

    @staticmethod
    def rows(agenda):
        return agenda["rows"] if isinstance(agenda, dict) else agenda

    def test_spring_forward_and_doubled_hour(self):
        event = "DTSTART;TZID=Europe/Berlin:{}T023000\nDURATION:PT30M\nSUMMARY:n"
        self.assertEqual(self.plan(event.format("20260329"), event.format("20261025"), day="2026-03-28"),
                         [("n", "2026-03-29T01:30:00Z", "2026-03-29T02:00:00Z")])
        self.assertEqual(self.plan(day="2026-10-24", content=ical(event.format("20260329"), event.format("20261025"))),
                         [("n", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z")])

    def test_over_midnight_and_the_start_of_day(self):
        night = "DTSTART;TZID=Europe/Berlin:20261123T220000\nDTEND;TZID=Europe/Berlin:20261124T060000\nSUMMARY:night"
        whole = [("night", "2026-11-23T21:00:00Z", "2026-11-24T05:00:00Z")]
        for day, blocks in (("2026-11-22", []), ("2026-11-23", whole), ("2026-11-24", whole), ("2026-11-25", []),
                            ("2026-11-23..2026-11-24", whole * 2)):
            self.assertEqual(self.plan(night, day=day), blocks, day)
        parts = [(row["day"], row["begun"], row["planned_seconds"]) for row in self.json("agenda", "2026-11-23..2026-11-24")]
        self.assertEqual(parts, [("2026-11-23", "2026-11-23", 6 * 3600), ("2026-11-24", "2026-11-23", 2 * 3600)])
        self.assertIn("2 h of it on Tue 24 Nov", " ".join(self.tracker("agenda", "2026-11-23").split()))
        self.assertIn("begun Mon 23 Nov (6 h of it there)", " ".join(self.tracker("agenda", "2026-11-24").split()))

    def test_a_night_that_a_holiday_cuts(self):
        """What cut it lies in the next day: the agenda of its own day says so all the same."""
        night = "DTSTART:20261125T220000\nDTEND:20261126T060000\nSUMMARY:On call\nX-TRACKERD-KIND:shallow"
        off = "DTSTART;VALUE=DATE:20261126\nSUMMARY:Holiday\nX-TRACKERD-KIND:off"
        self.put("c.ics", ical(night, off))
        self.tracker("calendar", "add", "c", self.dir + "/c.ics")
        self.assertIn("cut 04:00–06:00 by Holiday", self.tracker("agenda", "2026-11-25"))
        (row,) = self.json("agenda", "2026-11-25")
        self.assertEqual([cut["title"] for cut in row["squeezed_by"]], ["Holiday"])

    def test_a_holiday_of_days_names_its_last_one(self):
        """Its end is the midnight behind it: nobody is away on that day."""
        off = "DTSTART;VALUE=DATE:20261126\nDTEND;VALUE=DATE:20261129\nSUMMARY:Holiday\nX-TRACKERD-KIND:off"
        one = "DTSTART;VALUE=DATE:20261201\nSUMMARY:Advent\nX-TRACKERD-KIND:off"
        self.tracker("calendar", "add", "c", self.put("c.ics", ical(off, one)))
        said = self.tracker("agenda", "2026-11-26")
        self.assertRegex(said, r"(?m)^ all day off Holiday +to Sat 28 Nov$")
        self.assertNotIn("04:00", said)
        self.assertRegex(self.tracker("agenda", "2026-12-01"), r"(?m)^ all day off Advent$")
        days = "Thu 26 Nov – Sat 28 Nov" if self.lived_day().year == 2026 else "Thu 26 Nov 2026 – Sat 28 Nov 2026"
        lines = self.tracker("why", "holiday", "--on", "2026-11-26").splitlines()
        self.assertEqual(lines[0], f"Holiday  {days} all day")
        self.assertEqual([line for line in lines if "04:00" in line or "29 Nov" in line], [])
        self.assertIn(f" plan      all of {days}", lines)
        lines = self.tracker("why", "advent", "--on", "2026-12-01").splitlines()
        self.assertRegex(lines[0], r"^Advent  Tue 1 Dec( 2026)? all day$")
        shown = self.tracker("calendar", "show", "c", "--from", "2026-11-25", "--to", "2026-12-05")
        self.assertRegex(shown, r"all day +Holiday \(to Sat 28 Nov( 2026)?\) +off")
        self.assertRegex(shown, r"all day +Advent +off")

    def test_a_day_with_nothing_says_which(self):
        told = self.tracker("agenda", "2026-11-25")
        self.assertIn("Nothing is planned or kept on Wednesday 25 November", told)

    def test_a_holiday_that_leaves_the_time_free(self):
        """It makes no block, and does not vanish: it is told, and following what is told makes it off."""
        holiday = "DTSTART;VALUE=DATE:20261126\nSUMMARY:St. Martin's (observed)\nTRANSP:TRANSPARENT"
        self.assertEqual(self.plan(holiday, GOOD, day="2026-11-26"),
                         [("St. Martin's (observed)", "2026-11-25T23:00:00Z", "2026-11-26T23:00:00Z")])
        row, = self.json("agenda", "2026-11-26")
        self.assertEqual((row["type"], row["kind"], row["all_day"], row["planned_seconds"]), ("free", None, True, 0))
        self.assertIn(" all day  St. Martin's (observed) (free, no block)\n", self.tracker("agenda", "2026-11-26"))
        self.assertEqual(self.json("agenda", "2026-11-25"), [])
        why, = self.json("why", "martin", "--on", "2026-11-26")
        self.assertFalse(why["makes_block"])
        self.assertIn("TRANSPARENT", why["why"])
        self.assertIn("[rule", self.tracker("why", "martin", "--on", "2026-11-26"))
        with open(self.dir + "/config/trackerd/trackerd.conf", "a", encoding="utf-8") as file:
            file.write("\n" + why["to_make_it_off"] + "\n")
        row, = self.json("agenda", "2026-11-26")
        self.assertEqual((row["type"], row["kind"], row["all_day"]), ("block", "off", True))
        self.assertEqual(row["day"], row["begun"])
        self.assertIsNone(self.json("why", "martin", "--on", "2026-11-26")[0]["to_make_it_off"])

    def test_why_of_what_is_cancelled(self):
        single = GOOD.replace("Good", "Review") + "\nSTATUS:CANCELLED"
        series = "DTSTART:20261123T130000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:Standup"
        moved = ("DTSTART:20261124T130000Z\nDURATION:PT1H\nRECURRENCE-ID:20261124T130000Z\n"
                 "SUMMARY:Standup\nSTATUS:CANCELLED\nEND:VEVENT\nBEGIN:VEVENT\nUID:4\nDTSTART;VALUE=DATE:20261124\n"
                 "SUMMARY:Fair\nSTATUS:CANCELLED")
        content = ical(single, series, moved, GOOD).replace("UID:3", "UID:2")
        self.tracker("calendar", "add", "work", self.put("work.ics", content))
        self.assertEqual([row["title"] for row in self.json("agenda", "2026-11-23") if row["type"] == "block"],
                         ["Good", "Standup"])
        for event, day, titles in (("review", "2026-11-23", ["Review"]), ("standup", "2026-11-24", ["Standup"]),
                                   ("2026-11-24 14:30", "2026-11-24", ["Fair", "Standup"])):
            self.assertEqual([(row["title"], row["makes_block"], row["why"], row["pieces"], row["to_make_it_off"])
                              for row in self.json("why", event, "--on", day)],
                             [(title, False, "it is cancelled", [], None) for title in titles])
            self.assertEqual(self.tracker("why", event, "--on", day).count("it is cancelled"), len(titles))
        # Where another is meant, that one alone is told.
        row, = self.json("why", "standup", "--on", "2026-11-23..2026-11-25")
        self.assertTrue(row["makes_block"])
        row, = self.json("why", "2026-11-23 10:30", "--on", "2026-11-23")
        self.assertEqual((row["title"], row["makes_block"]), ("Good", True))
        self.error("why", "nothing", "--on", "2026-11-24", status=4)

    def test_one_uid_in_two_calendars(self):
        self.tracker("calendar", "add", "other", self.put("o.ics", ical(GOOD.replace("T09", "T11").replace("T10", "T12"))))
        self.assertEqual([row[1] for row in self.plan(GOOD)], ["2026-11-23T09:00:00Z", "2026-11-23T11:00:00Z"])

    def test_without_length_and_end_before_start(self):
        crooked = ("DTSTART:20261123T090000Z\nSUMMARY:moment",
                   "DTSTART:20261123T100000Z\nDTEND:20261123T100000Z\nSUMMARY:zero",
                   "DTSTART:20261123T110000Z\nDTEND:20261123T080000Z\nSUMMARY:back",
                   "DTSTART:20261123T120000Z\nDURATION:-PT1H\nSUMMARY:minus",
                   "DTSTART:20261123T120000\nDTEND:20261123T080000Z\nSUMMARY:mixed",
                   "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261120\nSUMMARY:day\nX-TRACKERD-KIND:off",
                   "DTSTART:20261120T110000Z\nDTEND:20261120T080000Z\nRRULE:FREQ=DAILY\nSUMMARY:every day")
        good = GOOD.replace("T09", "T07").replace("T10", "T08")
        self.assertEqual([row[0] for row in self.plan(*crooked, good)], ["Good"])
        for words in (["agenda", "2026-11-23"], ["simulate", "2026-11-23"], ["simulate", "2026-11-23", "--json"],
                      ["report", "week"], ["why", "back"], ["status"]):
            self.assertIn(self.run_tracker(*words).returncode, (0, 4), words)
        for line in self.tracker("simulate", "2026-11-23").splitlines():
            self.assertFalse(any(title in line for title in ("back", "minus", "mixed", "zero")), line)

    def test_bytes_of_every_kind(self):
        def event(uid, hour, field):
            return (b"BEGIN:VEVENT\r\nUID:%s\r\nDTSTART:20261123T%s0000Z\r\nDURATION:PT1H\r\n%s\r\nEND:VEVENT\r\n"
                    % (uid, hour, field))
        content = (b"BEGIN:VCALENDAR\r\n" + event(b"1", b"08", b"SUMMARY:" + b"0123456789" * 1000000)
                   + event(b"2", b"09", b"SUMMARY:a\0b") + event(b"3", b"10", b"SUMMARY:caf\xe9 \xff\xfe")
                   + event(b"4", b"11", b"SUMMARY:<b>bold</b> & %n") + b"END:VCALENDAR\r\n")
        titles = [row[0] for row in self.plan(content=content)]
        self.assertEqual(len(titles), 4)
        self.assertLessEqual(len(titles[0]), 200)
        self.assertTrue(titles[1].startswith("a") and titles[1].endswith("b"), titles[1])
        self.assertEqual(titles[3], "<b>bold</b> & %n")
        for title in titles:
            self.assertTrue(title.isprintable(), repr(title))

    def test_endless_rules(self):
        events = ("DTSTART:20000103T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nSUMMARY:for ever",
                  "DTSTART:20200101T090000Z\nRRULE:FREQ=SECONDLY\nSUMMARY:seconds",
                  "DTSTART:20200101T090000Z\nRRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:never")
        self.assertEqual([row[0] for row in self.plan(*events)], ["for ever"])
        said = self.run_tracker("calendar", "check").stdout
        self.assertRegex(said, r"c\.ics:\d+: RRULE: .*this event is left out")

    def test_folder_vanishes(self):
        self.put("team/a.ics", ical(GOOD))
        self.tracker("calendar", "add", "team", self.dir + "/team")
        before = self.rows(self.json("agenda", "2026-11-23"))
        os.rename(self.dir + "/team", self.dir + "/away")
        done = self.run_tracker("agenda", "2026-11-23", "--json")
        self.assertEqual((done.returncode, self.rows(json.loads(done.stdout))), (0, before))
        self.assertTrue(before)


if __name__ == "__main__":
    unittest.main()
