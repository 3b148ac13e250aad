# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A home with calendars that a test writes."""

import os

from home import Home

# Fields of an event: they follow its UID.
GOOD = "DTSTART:20261123T090000Z\nDTEND:20261123T100000Z\nSUMMARY:Good"
BAD = "DTSTART:20260230T090000Z\nSUMMARY:Bad"
ODD = "DTSTART;TZID=Nowhere/At_All:20261123T090000\nSUMMARY:Odd"


def ical(*events, head=""):
    """A calendar file of events with the UIDs 1, 2, …"""
    body = "".join(f"BEGIN:VEVENT\nUID:{i}\n{event}\nEND:VEVENT\n" for i, event in enumerate(events, 1))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".replace("\n", "\r\n")


class Calendars(Home):
    def setUp(self):
        super().setUp()
        self.config = self.dir + "/config/trackerd/trackerd.conf"

    def put(self, name, content):
        """Writes a file below the test's folder; its path."""
        path = os.path.join(self.dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def listed(self):
        return {calendar["name"]: calendar for calendar in self.json("calendar", "list")}

    def text_of_config(self):
        with open(self.config, encoding="utf-8") as file:
            return file.read()
