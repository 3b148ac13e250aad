# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No command lets a stranger's text reach the terminal as anything but text: whatever stands in a
calendar, in a file's name, or in a log that another program wrote."""

import datetime
import json
import os
import sqlite3
import unittest

from home import Home

# What terminals obey: escape sequences of 7 and of 8 bits, a bell, a line of its own, and the
# characters that reorder what is read.
SEQUENCE = "\033[2J\033]0;owned\007\u009b31m\r\b\u202etxt\u2066\u200f\u061c\x7f"
MARKUP = "<b>&amp;%{A1:id:}#(id)#[bold]%s%n%1$n$(id)`id`"
HOSTILE = SEQUENCE + MARKUP
REORDERING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff")

FORMATS = ("waybar", "i3blocks", "polybar", "tmux")
READING = [
    ["status"], ["agenda"], ["agenda", "-1d"], ["why", "hostile"], ["simulate"], ["calendar", "list"],
    ["calendar", "check"], ["calendar", "check", "evil"], ["calendar", "show", "evil", "--from", "DAY", "--to", "NEXT"],
    ["block", "list"], ["log", "-3d..today"], ["gaps", "-3d..today"], ["guard", "-1d"], ["task"], ["task", "list", "--all"],
    ["task", "show", "1"], ["sprint"], ["sprint", "list"], ["metric"], ["report", "-1d"], ["report", "week"],
    ["report", "month"], ["report", "sprint"], ["report", "focus"], ["report", "-1d", "--explain", "focus"],
    ["history"], ["history", "-1d", "--why"], ["doctor"], ["init"],
]
# Columns of the log that hold words, and may hold any.
WORDS = {
    "command": ("text",), "sprint": ("name", "goal"), "task": ("title", "project", "tags", "note"),
    "metric": ("name", "unit", "source"), "entry": ("title", "project", "tags", "note", "zone"),
    "block": ("calendar", "title", "checklist", "location", "link", "kind_why"),
    "block_state": ("note",),
    "notice": ("backend", "key", "title", "body", "link", "buttons", "rule", "answer"),
    "hook_run": ("hook", "program", "output"), "interruption": ("program", "note"),
}
# Columns that triggers keep to the words we know.
KNOWN_WORDS = {"entry": ("start_reason", "end_reason"), "gap": ("reason",), "block_state": ("outcome_reason",),
               "notice": ("kind", "reason")}
HOUR = 3600 * 1000000
# What only the daemon writes, about the hour that begins at ?1.
ROWS = (
    "INSERT INTO block VALUES ('b', 'c', 't', 'l', 'o', 'k', 'focus', 'w', ?1, ?1 + ?2, ?1, ?1 + ?2, NULL, 0)",
    "INSERT INTO block_state VALUES (NULL, 'b', ?1, ?1 + ?2, 'partial', 'stop', 'n', 1, 0, 0)",
    "INSERT INTO gap SELECT NULL, 'g', id, ?1, ?1 + ?2 / 2, 'away', 'none', 'b' FROM machine",
    "INSERT INTO notice VALUES (NULL, ?1, ?1, 'x', 'block-start', 'k', 'start', 't', 'b', 'l', 'u', 0, 0, 'b', 'r', 0, ?1 + 1, 'a', 0)",
    "INSERT INTO notice VALUES (NULL, ?1, 0, 'x', 'block-start', 'k', 'start', 't', 'b', 'l', 'u', 0, 0, 'b', 'r', 1, 0, NULL, 0)",
    "INSERT INTO interruption SELECT NULL, 'i', id, ?1, 'p', 'b', 'back', ?1 + 1, 'n', 0 FROM machine",
    "INSERT INTO hook_run VALUES (NULL, ?1, 'h', 'p', 'b', 1, 'exit', 1, 'o')",
)


def event(uid, *lines):
    return ["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"]


def ical(day, text):
    """A calendar in which every word is @text: a block an hour, and events that are wrong in it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"X-WR-CALNAME:{text}", f"X-WR-TIMEZONE:{text}"]
    for hour in range(24):
        lines += event(
            f"{hour}{text}", f"DTSTART:{day}T{hour:02}0000Z", "DURATION:PT55M", f"SUMMARY:hostile {text}",
            f"LOCATION:{text}", f"DESCRIPTION:- [ ] {text}", f"CATEGORIES:focus,{text}", f"STATUS:{text}",
            f"URL:https://meet.example.org/{text}", f"X-TRACKERD-PROJECT:{text}", f"X-TRACKERD-TASK:{text}",
            f"X-TRACKERD-KIND:{text if hour % 2 else 'focus'}", f"CLASS:{text}", f"TRANSP:{text}")
    at = f"DTSTART:{day}T000000Z"
    for number, bad in enumerate(([f"DTSTART:{text}"], [f"DTSTART;TZID={text}:{day}T000000"], [at, f"RRULE:{text}"],
                                  [at, f"DURATION:{text}"], [at, f"RRULE:FREQ=DAILY;{text}=1"], [f"{text}:{text}"],
                                  [at, f"EXDATE:{text}"], [at, f"RECURRENCE-ID:{text}"]), 1):
        lines += event(f"bad {number}", f"SUMMARY:{text}", *bad)
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


class Terminal(Home):
    def setUp(self):
        super().setUp()
        today = self.lived_day()
        self.words = {"DAY": str(today), "NEXT": str(today + datetime.timedelta(1))}
        self.folder = os.path.join(self.dir, "evil" + SEQUENCE)
        os.makedirs(self.folder)
        for name, content in (("a", ical(f"{today:%Y%m%d}", HOSTILE)), ("b" + SEQUENCE, HOSTILE.encode())):
            with open(os.path.join(self.folder, name + ".ics"), "wb") as file:
                file.write(content)
        self.tracker("sprint", "start", "S", "--goal", "g")
        self.tracker("task", "add", "one +tag @p", "--note", "n", "--sprint")
        self.tracker("log", "add", "yesterday", "11:00-12:00", "one", "--note", "n", "--tag", "t", "--project", "p")
        self.tracker("metric", "add", "m", "1", "--unit", "%")
        self.read("calendar", "add", "evil", self.folder)

    def assertHarmless(self, words, data):
        text = data.decode("utf-8")
        bad = {c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160 or c in REORDERING)}
        self.assertFalse(bad, (words, [line for line in text.split("\n") if bad & set(line)][:3]))

    def read(self, *words):
        done = self.run_tracker(*(self.words.get(word, word) for word in words), text=False)
        self.assertIn(done.returncode, (0, 1), (words, done.stderr))
        self.assertHarmless(words, done.stdout)
        self.assertHarmless(words, done.stderr)
        return done.stdout.decode()

    def read_everything(self):
        """All that was printed, as text and as JSON."""
        shown, values = "", []
        for words in READING:
            shown += self.read(*words)
            values.append(json.loads(self.read(*words, "--json")))
        for name in FORMATS:
            line = self.read("status", "--format", name)
            self.assertEqual(line.count("\n"), 1, line)
        return shown, json.dumps(values, ensure_ascii=False)

    def test_a_calendar_and_its_files_names(self):
        shown, values = self.read_everything()
        self.assertIn(MARKUP, shown)  # text is kept as text, and a name of a file is not made another
        self.assertIn(json.dumps(self.folder, ensure_ascii=False)[1:-1], values)
        self.assertGreaterEqual(len(json.loads(self.read("agenda", "--json"))), 20, "they are today's")

    def test_a_log_that_another_program_wrote(self):
        self.write_log(WORDS)
        shown, _ = self.read_everything()
        self.assertIn(MARKUP, shown)

    def test_words_that_we_do_not_know(self):
        self.write_log({**WORDS, **KNOWN_WORDS})
        for words in READING:
            self.read(*words)
            self.read(*words, "--json")

    def write_log(self, columns_of):
        """Puts HOSTILE into those columns, in rows of every table."""
        with sqlite3.connect(self.log) as log:
            for (trigger,) in log.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                log.execute(f'DROP TRIGGER "{trigger}"')
            start, = log.execute("SELECT max(start) FROM entry").fetchone()
            for row in ROWS:
                log.execute(row, (start, HOUR) if "?2" in row else (start,))
            for table, columns in columns_of.items():
                self.assertTrue(log.execute(f"SELECT 1 FROM {table}").fetchone(), table)
                for column in columns:
                    log.execute(f"UPDATE {table} SET {column} = ? || rowid WHERE {column} IS NOT NULL", (HOSTILE,))
        log.close()


if __name__ == "__main__":
    unittest.main()
