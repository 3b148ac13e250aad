# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A home with a calendar that commands may write, and events of every kind to put into it."""

import datetime
import json
import os
import re
from zoneinfo import ZoneInfo

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
