# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manners of the command line: help, errors, exit statuses, pipes, full disks, other homes."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import unittest

from home import TRACKER, Home

with open(os.environ["COMMANDS_JSON"], encoding="utf-8") as file:
    COMMANDS = json.load(file)
NAMES = [command["name"] for command in COMMANDS]

# Commands that read and need neither words nor a daemon.
READING = [
    command["name"]
    for command in COMMANDS
    if command["min"] == 0 and any(option["name"] == "json" for option in command["options"])
]


class FirstCommand(Home):
    """What a command finds that is the first of a home, and what it leaves."""

    FAILING = [
        (4, "task", "done", "7"), (4, "task", "edit", "7", "--title", "x"), (4, "task", "add", "x", "--parent", "7"),
        (2, "task", "add", "x", "--estimate", "nonsense"), (4, "task", "add", "x", "--sprint"),
        (4, "log", "remove", "7"), (4, "log", "add", "09:00-09:10", "--task", "7"),
        (2, "log", "add", "09:00-09:10"), (4, "log", "edit", "7", "--title", "x"), (4, "log", "remove", "@1"),
        (2, "log", "add", "2020-01-01T10:00..2020-01-01T09:00", "x"), (4, "fill", "7", "--as", "break"),
        (4, "sprint", "add", "7"), (4, "sprint", "close"), (4, "metric", "remove", "7"), (1, "undo"), (1, "redo"),
    ]

    def files(self):
        return sorted(os.path.join(folder, name) for folder, folders, names in os.walk(self.dir)
                      for name in folders + names)

    def test_one_that_fails_leaves_nothing(self):
        for status, *words in self.FAILING:
            with self.subTest(words):
                before = self.files()
                done = self.run_tracker(*words)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertEqual(self.files(), before)

    def test_after_one_that_failed_the_next_begins_the_log(self):
        self.error("task", "done", "7", status=4)
        self.tracker("task", "add", "One")
        self.assertEqual(os.listdir(os.path.dirname(self.log)), ["trackerd.db"])
        self.assertEqual(os.stat(self.log).st_mode & 0o777, 0o600)
        self.assertEqual(os.stat(os.path.dirname(self.log)).st_mode & 0o777, 0o700)
        self.assertEqual([task["title"] for task in self.json("task", "list")], ["One"])
        self.tracker("undo")
        self.assertEqual(self.json("task", "list"), [])

    def test_leftovers_of_one_that_was_killed(self):
        os.makedirs(os.path.dirname(self.log))
        for name in ("", "-wal", "-shm", "-journal"):
            with open(f"{self.log}.new{name}", "wb") as file:
                file.write(b"half a page")
        self.tracker("task", "add", "One")
        self.assertEqual(os.listdir(os.path.dirname(self.log)), ["trackerd.db"])

    def test_many_at_once_lose_nothing(self):
        running = [subprocess.Popen([TRACKER, *words], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                   for n in range(6) for words in (["task", "add", f"Task {n}"], ["task", "done", "99"])]
        ends = []
        for process in running:
            process.communicate(timeout=120)
            ends.append(process.returncode)
        self.assertEqual(ends, [0, 4] * 6)
        self.assertEqual(sorted(task["title"] for task in self.json("task", "list")), [f"Task {n}" for n in range(6)])
        self.assertFalse([name for name in os.listdir(os.path.dirname(self.log)) if ".new" in name])


class Help(Home):
    def test_every_command_explains_itself_on_stdout(self):
        for name in NAMES:
            with self.subTest(name):
                text = self.tracker(*name.split(), "--help")
                self.assertTrue(text.startswith(f"Usage: tracker {name}"), text)
                self.assertIn("--help", text)
                self.assertEqual(text, self.tracker("help", *name.split()))

    def test_options_stand_before_the_keys_of_json(self):
        for name in NAMES:
            text = self.tracker("help", *name.split())
            before, after = text.split("\nOptions\n")
            self.assertNotRegex(before, r"(?m)^JSON\b", name)
            help = next(command["help"] for command in COMMANDS if command["name"] == name) or ""
            for paragraph in help.split("\n\n"):
                part = after if paragraph.startswith("JSON") else before
                self.assertIn(" ".join(paragraph.split()), " ".join(part.split()), name)

    def test_help_wins_over_missing_words(self):
        self.assertIn("Usage: tracker task done", self.tracker("task", "done", "-h"))

    def test_help_is_within_its_width(self):
        for columns in (50, 80, 200):
            for name in NAMES:
                for line in self.tracker("help", *name.split(), env={"COLUMNS": str(columns)}).split("\n"):
                    if not line.startswith(" tracker") and len(line.split()) > 1:
                        self.assertLessEqual(len(line), min(columns, 80) + 14, f"{name}: {line}")

    def test_examples_are_within_a_manual_of_80_columns(self):
        for command in COMMANDS:
            for line in (command["help"] or "").split("\n"):
                if line.startswith(" "):
                    self.assertLessEqual(len(line.strip()), 80 - 15, line)

    def test_overview_names_every_command(self):
        for words in (["--help"], ["-h"], ["help"]):
            text = self.tracker(*words)
            for name in NAMES:
                self.assertRegex(text, rf"\b{re.escape(name.split()[-1])}\b")

    def test_version(self):
        self.assertRegex(self.tracker("--version"), r"^tracker \d+\.\d+\.\d+\n$")

    def test_manual_and_completions_name_every_command_and_option(self):
        with open(os.environ["MAN_PAGE"], encoding="utf-8") as file:
            manual = re.sub(r"\\f.|\\&|\\", "", file.read())
        folder = os.environ["COMPLETIONS_DIR"]
        shells = {name: open(f"{folder}/{name}", encoding="utf-8").read() for name in os.listdir(folder)
                  if name in ("tracker", "_tracker", "tracker.fish")}
        self.assertEqual(len(shells), 3)
        for command in COMMANDS:
            self.assertIn(f"tracker {command['name']}", manual)
            for word in command["name"].split():
                for shell, text in shells.items():
                    self.assertRegex(text, rf"\b{word}\b", shell)
            for option in command["options"]:
                self.assertIn(f"--{option['name']}", manual)
                self.assertIn(f"--{option['name']}", shells["tracker"])
                self.assertIn(f"--{option['name']}", shells["_tracker"])
                self.assertIn(f"-l {option['name']}", shells["tracker.fish"])

    def test_bash_completion_completes(self):
        script = (
            'source "$COMPLETION"; complete_words () { COMP_WORDS=("$@"); COMP_CWORD=$(($#-1));'
            ' _tracker; echo "${COMPREPLY[@]}"; };'
            "complete_words tracker rep; complete_words tracker task ad;"
            "complete_words tracker task add --par; complete_words tracker start --kind f;"
            "complete_words tracker log yes; complete_words tracker task done '';"
            "complete_words tracker log add 09:00-10:00 x --task 2; complete_words tracker calendar remove w;"
            "complete_words tracker calendar add --template pom; complete_words tracker block move De;"
            "complete_words tracker hook run day; complete_words tracker why Ow; complete_words tracker log edit '';"
            "complete_words tracker log remove '' --; complete_words tracker fill ''; complete_words tracker fill 1 --as w;"
            "complete_words tracker log edit 1 --block Ow; complete_words tracker start Ow; complete_words tracker start 2;"
            "complete_words tracker report week --explain longest; complete_words tracker report --explain burn;"
            "complete_words tracker simulate --presence aw"
        )
        self.plan_and_log()
        self.tracker("task", "add", "first")
        self.tracker("task", "add", "second")
        with open(self.dir + "/w.ics", "w", encoding="utf-8") as file:
            file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\nEND:VCALENDAR\r\n")
        self.run_tracker("calendar", "add", "--writable", "work and play", self.dir + "/w.ics")
        self.tracker("block", "add", "Deep work", "--at", "tomorrow 09:00", "--for", "1h")
        bin_folder = os.path.dirname(TRACKER)
        done = subprocess.run(
            ["bash", "--norc", "-c", script],
            env={**self.env, "COMPLETION": os.environ["COMPLETIONS_DIR"] + "/tracker",
                 "PATH": bin_folder + ":" + self.env["PATH"]},
            capture_output=True, text=True, timeout=20, check=True,
        )
        self.assertEqual(done.stdout.split("\n"), [
            "report", "add", "--parent", "focus", "yesterday", "1 2", "2", "work\\ and\\ play", "pomodoro", "Deep\\ work",
            "day-end", "Owl\\ \\&\\ watch", "1 2", "--help", "3", "worked", "Owl\\ \\&\\ watch", "Owl\\ \\&\\ watch", "2",
            "longest_stretch", "burndown", "away", ""])
        self.assertEqual(done.stderr, "")

    def plan_and_log(self):
        """A block of today, two entries, and gap 3, which nobody answered; another one was."""
        os.makedirs(self.dir + "/config/trackerd")
        day = self.lived_day()
        with open(self.dir + "/day.ics", "w", encoding="utf-8") as file:
            file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
                       f"DTSTART:{day:%Y%m%d}T230000\r\nDURATION:PT4H50M\r\nSUMMARY:Owl & watch\r\nEND:VEVENT\r\n"
                       "END:VCALENDAR\r\n")
        self.tracker("calendar", "add", "nights", self.dir + "/day.ics")
        self.tracker("log", "add", "yesterday", "11:00-12:00", "one")
        self.tracker("log", "add", "yesterday", "13:00-14:00", "two")
        with contextlib.closing(sqlite3.connect(self.log)) as log, log:
            start, = log.execute("SELECT max(start) FROM entry").fetchone()
            for number, answer in ((3, "none"), (4, "break")):
                log.execute("INSERT INTO gap SELECT ?1, 'g' || ?1, id, ?2 + ?1 * 1000000, ?2 + ?1 * 1000000 + 500000, 'away', ?3, NULL"
                            " FROM machine", (number, start + 7200 * 1000000, answer))

    def test_completion_of_a_title_is_the_title(self):
        """As it was typed, not as JSON writes it: each shell asks by the same words."""
        titles = ['Say "hi" \\ there', "Café – Łódź", "it's /etc \\n", "null"]
        with open(self.dir + "/q.ics", "w", encoding="utf-8") as file:
            escaped = [title.replace("\\", "\\\\") for title in titles]
            file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(
                f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:{self.lived_day():%Y%m%d}T{10 + n}0000\r\nDURATION:PT30M\r\n"
                f"SUMMARY:{title}\r\nEND:VEVENT\r\n" for n, title in enumerate(escaped)) + "END:VCALENDAR\r\n")
        self.tracker("calendar", "add", "q", self.dir + "/q.ics")
        script = ('source "$COMPLETION"; COMP_WORDS=(tracker why ""); COMP_CWORD=2; _tracker;'
                  ' eval "printf \'%s\\n\' ${COMPREPLY[*]}"')
        done = subprocess.run(
            ["bash", "--norc", "-c", script],
            env={**self.env, "COMPLETION": os.environ["COMPLETIONS_DIR"] + "/tracker",
                 "PATH": os.path.dirname(TRACKER) + ":" + self.env["PATH"]},
            capture_output=True, text=True, timeout=20, check=True)
        self.assertEqual(sorted(done.stdout.splitlines()), sorted(titles))

    def test_zsh_and_fish_ask_the_same(self):
        folder = os.environ["COMPLETIONS_DIR"]
        for name in ("_tracker", "tracker.fish"):
            with open(f"{folder}/{name}", encoding="utf-8") as file:
                text = file.read()
            for question in ("tracker gaps -14d..today --json", "tracker log yesterday..today --json", "tracker agenda --json"):
                self.assertIn(question, text, name)
        # An action of _arguments is a function's name, and each that is named is there.
        with open(folder + "/_tracker", encoding="utf-8") as file:
            text = file.read()
        self.assertLessEqual(set(re.findall(r"[:; ](_tracker_\w+)[' ]", text)), set(re.findall(r"^(_tracker_\w+) \(\)", text, re.M)))


class Mistakes(Home):
    def test_unknown_commands(self):
        for words, message in (
            (["stauts"], "'stauts' is not a command. Nearest: status"),
            (["task", "ad"], "'task ad' is not a command. Nearest: task add"),
            (["metric", "lst"], "'metric lst' is not a command. Nearest: metric list"),
            (["his"], "'his' is not a command. Nearest: history"),
            (["xylophone"], "'xylophone' is not a command. See: tracker help"),
            (["-7d"], "'-7d' is not a command. See: tracker help"),
            ([""], None),
            (["help", "tsak"], "'tsak' is not a command. Nearest: task"),
        ):
            with self.subTest(words):
                said = self.error(*words, status=2)
                if message:
                    self.assertEqual(said, message)

    def test_an_answer_without_its_option(self):
        said = self.error("fill", "1", "worked", status=2)
        self.assertEqual(said, "fill: 'worked' is one word too many: tracker fill GAP --as WORD")

    def test_a_word_that_was_meant_as_a_command(self):
        """Where a word of its own may stand behind the first one, too."""
        for words, nearest in (
            (["guard", "wrk"], "guard work"),
            (["guard", "alow", "5m"], "guard allow"),
            (["break", "pospone"], "break postpone"),
            (["log", "edt", "7"], "log edit"),
        ):
            with self.subTest(words):
                said = self.error(*words, status=2)
                self.assertIn(f"'{words[1]}", said)
                self.assertTrue(said.endswith(f". Nearest command: {nearest}"), said)
        for words in (["guard", "nonsense"], ["break", "soon"], ["guard", "allow", "wrk"]):
            self.assertNotIn("Nearest command", self.error(*words, status=2))

    def test_every_command_refuses_an_unknown_option(self):
        for name in NAMES:
            with self.subTest(name):
                self.assertIn("has no option --xyzzy", self.error(*name.split(), "--xyzzy", status=2))

    def test_nearest_options(self):
        self.assertEqual(self.error("log", "--jsno", status=2), "log has no option --jsno. Nearest: --json")
        self.assertEqual(self.error("start", "--kidn=focus", status=2),
                         "start has no option --kidn. Nearest: --kind")
        self.assertEqual(self.error("--jsn", status=2), "status has no option --jsn. Nearest: --json")

    def test_options_of_another_command(self):
        """What elsewhere is an option, or in other programs, is told as it is said here."""
        for words, instead in (
            (["log", "add", "--start", "09:00", "--end", "10:00", "Fix"], "tracker log add 09:10-10:00 TITLE"),
            (["log", "add", "--at=09:00", "Fix"], "tracker log add 09:10-10:00 TITLE"),
            (["log", "add", "09:00-10:00", "--title", "Fix"], "tracker log add 09:10-10:00 TITLE"),
            (["log", "edit", "3", "--from", "09:00"], "--start MOMENT"),
            (["log", "edit", "3", "--for", "1h"], "--end MOMENT"),
            (["start", "x", "--since", "09:00"], "--at MOMENT"),
            (["start", "x", "--end", "10:00"], "--for LENGTH"),
            (["start", "--task", "3"], "tracker start 12"),
            (["block", "add", "x", "--start", "09:00"], "--at MOMENT"),
            (["block", "add", "x", "--end", "10:00"], "--for LENGTH"),
            (["block", "move", "x", "--to", "09:00"], "--at MOMENT"),
            (["fill", "@1", "--worked"], "--as worked"),
            (["extend", "--for", "15m"], "tracker extend 15m"),
            (["break", "--for", "5m"], "tracker break 10m"),
            (["snooze", "--until", "10:00"], "tracker snooze until 10:20"),
            (["skip", "--reason", "ill"], "tracker skip WHY"),
            (["agenda", "--from", "mon"], "tracker agenda WHEN, a day or a period: mon, 2026-11-23, -7d, A..B"),
            (["report", "--week"], "tracker report week"),
            (["gaps", "--since", "mon"], "tracker gaps WHEN, a day or a period: mon, 2026-11-23, -7d, A..B"),
        ):
            with self.subTest(words):
                said = self.error(*words, status=2)
                self.assertTrue(said.endswith(". Instead: " + instead), said)
                self.assertRegex(said, r"^[a-z ]+ has no option --\w+\. ")
        for words in (["stop", "--start"], ["log", "add", "--=5"], ["log", "add", "--title name=5"]):
            self.assertNotIn("Instead", self.error(*words, status=2))
        self.assertNotIn("Instead", self.error("start", "x", "--", "--since", "--kind", status=3))

    def test_option_values(self):
        self.assertEqual(self.error("start", "--for", status=2), "start: --for needs a value: --for LENGTH")
        self.assertEqual(self.error("log", "--json=1", status=2), "log: --json takes no value")
        self.assertIn("'lunch' is not a kind", self.error("start", "x", "--kind", "lunch", status=2))
        self.assertIn("Nearest: focus", self.error("start", "x", "--kind", "focsu", status=2))

    def test_number_of_words(self):
        for command in COMMANDS:
            if command["min"] > 0:
                with self.subTest(command["name"]):
                    self.assertIn("needs more words", self.error(*command["name"].split(), status=2))
        self.assertIn("one word too many", self.error("stop", "it", status=2))

    def test_a_negative_period_is_a_word(self):
        self.assertIn("Nothing is logged", self.tracker("log", "-7d"))
        self.assertIn("Nothing is logged", self.tracker("log", "--", "-7d"))

    def test_options_may_stand_anywhere(self):
        for words in (["--json", "log", "-7d"], ["log", "--json", "-7d"], ["log", "-7d", "--json"]):
            self.assertEqual(json.loads(self.tracker(*words))["entries"], [])

    def test_nothing_found_is_four(self):
        self.assertIn("there is no task 7", self.error("task", "show", "7", status=4))
        self.error("log", "edit", "7", "--title", "x", status=4)
        self.error("metric", "list", "coverage", status=4)
        self.error("sprint", status=4)
        self.error("log", "sprint", status=4)


class Output(Home):
    def test_every_reading_command_prints_json_in_an_empty_home(self):
        for name in READING:
            with self.subTest(name):
                done = self.run_tracker(*name.split(), "--json")
                if done.returncode == 4:  # no sprint, say
                    self.assertEqual(done.stdout, "")
                else:
                    json.loads(done.stdout)
        self.assertFalse(os.path.exists(self.log), "reading must not create a log")

    def test_full_disk(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            for words in (["help"], ["--version"], ["log"], ["task", "--json"]):
                done = self.run_tracker(*words, stdout=full)
                self.assertEqual(done.returncode, 1, words)
                self.assertEqual(done.stderr,
                                 "tracker: cannot write the output: No space left on device\n")

    def test_full_disk_after_the_change(self):
        """What was changed is saved, whatever becomes of the answer: that must be said."""
        with open("/dev/full", "w", encoding="utf-8") as full:
            for words in (["task", "add", "x"], ["undo"]):
                done = self.run_tracker(*words, stdout=full)
                self.assertEqual(done.returncode, 1, words)
                self.assertEqual(done.stderr, "tracker: cannot write the output: No space left on "
                                              "device; the change itself is saved\n")
        self.assertTrue(self.json("history")[0]["undone"])

    def test_a_reader_that_leaves_is_no_error(self):
        read, write = os.pipe()
        os.close(read)
        done = self.run_tracker("help", stdout=write)
        os.close(write)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_closed_streams_never_write_into_the_log(self):
        self.tracker("task", "add", "first")
        script = f'"{TRACKER}" task add second >&- 2>&- <&-; "{TRACKER}" task >&-'
        done = subprocess.run(["sh", "-c", script], env=self.env, capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write the output", done.stderr)
        self.assertEqual([task["title"] for task in self.json("task")], ["first", "second"])

    def test_colour_is_for_terminals_alone(self):
        self.tracker("task", "add", "paint")
        self.tracker("task", "done", "1")
        self.assertNotIn("\033", self.tracker("task", "list", "--all"))
        self.assertIn("\033[2m", self.on_terminal("task", "list", "--all"))
        for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertNotIn("\033", self.on_terminal("task", "list", "--all", env=env))
        self.assertIn("\033[2m", self.on_terminal("task", "list", "--all", env={"NO_COLOR": ""}))

    def test_width_is_kept(self):
        self.tracker("task", "add", "A title that is longer than any narrow terminal would show " * 3,
                     "@project", "+tag", "~30m")
        for columns in (40, 50, 80, 120):
            for line in self.tracker("task", env={"COLUMNS": str(columns)}).rstrip("\n").split("\n"):
                self.assertLessEqual(len(line), columns)

    def test_plain_ascii_without_utf8(self):
        self.tracker("task", "add", "Größe")
        for name in READING + ["help"]:
            done = self.run_tracker(*name.split(), env={"LC_ALL": "C"}, text=False)
            self.assertEqual(bytes(b for b in done.stdout if b > 126), b"", name)


class Homes(Home):
    def test_without_bus_or_daemon_the_live_verbs_say_so(self):
        for words in (["start", "x"], ["stop"], ["pause"], ["resume"], ["extend"], ["snooze"], ["skip"],
                      ["break"], ["done"], ["release"], ["answer", "worked"]):
            with self.subTest(words):
                self.assertIn("nobody is keeping time", self.error(*words, status=3))

    def test_status_without_anything(self):
        self.assertIn("Nobody is keeping time", self.tracker())
        status = self.json("status")
        self.assertEqual((status["daemon"], status["state"]), (False, "unknown"))
        self.assertIn("no session bus", status["why_not"])

    def test_without_home(self):
        env = {key: value for key, value in self.env.items() if not key.startswith(("XDG", "HOME"))}
        done = subprocess.run([TRACKER, "--version"], env=env, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0)

    def test_files_are_private_whatever_the_umask(self):
        before = os.umask(0)
        self.addCleanup(os.umask, before)
        self.tracker("task", "add", "private")
        self.assertEqual(os.stat(self.log).st_mode & 0o777, 0o600)
        self.assertEqual(os.stat(os.path.dirname(self.log)).st_mode & 0o777, 0o700)

    def test_relative_folders_are_ignored(self):
        self.tracker("task", "add", "x", env={"XDG_DATA_HOME": "relative"}, cwd=self.dir)
        self.assertFalse(os.path.exists(self.dir + "/relative"))
        self.assertTrue(os.path.exists(self.dir + "/.local/share/trackerd/trackerd.db"))

    def test_an_unknown_zone_is_told_once(self):
        for zone in ("Mars/Olympus", "/etc/hostname", "%s"):
            done = self.run_tracker("agenda", env={"TZ": zone})
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(f"TZ is '{zone}', which is no time zone of this system", done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        for zone in ("", "UTC", ":Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"):
            self.tracker("agenda", env={"TZ": zone})

    def test_a_missing_part_is_named(self):
        """Without the module for buses that are not behind a local socket the rest works, and what is missing is
        told."""
        more = {"TRACKERD_LIBEXEC_DIR": self.dir, "DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=1"}
        done = self.run_tracker("stop", env=more)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("tracker-bus.so", done.stderr)
        local = self.run_tracker("stop", env={**more, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"})
        self.assertEqual(local.returncode, 3, local.stderr)
        self.assertNotIn("tracker-bus.so", local.stderr)
        self.assertIn("tracker-demo", self.run_tracker("demo", env=more).stderr)
        done = self.run_tracker("task", "add", "x", env=more)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("saved, but the running daemon could not be told", done.stderr)

    def test_a_log_that_is_none_is_left_alone(self):
        os.makedirs(os.path.dirname(self.log))
        with open(self.log, "w", encoding="utf-8") as file:
            file.write("my shopping list, by mistake\n" * 100)
        for words in (["log"], ["task"], ["task", "add", "x"], ["undo"]):
            self.assertIn("trackerd.db", self.error(*words, status=1))
        with open(self.log, encoding="utf-8") as file:
            self.assertTrue(file.read().startswith("my shopping list"))

    def test_a_broken_configuration_does_not_stop_the_work_log(self):
        os.makedirs(self.dir + "/config/trackerd")
        with open(self.dir + "/config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            file.write("[trackerd]\nstart_of_day = half past nine\n")
        done = self.run_tracker("log", "add", "yesterday", "09:00-10:00", "work")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("trackerd.conf:2", done.stderr)
        self.assertEqual(len(self.run_tracker("log", "yesterday").stdout.split("\n")), 3)

    def test_a_broken_configuration_is_told_once_and_truthfully(self):
        """What needs the calendars fails and says nothing of defaults; what goes on without says so."""
        os.makedirs(self.dir + "/config/trackerd")
        with open(self.dir + "/config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            file.write("[trackerd]\nstart_of_day = half past nine\n")
        for words in (["agenda"], ["agenda", "week"], ["why", "x"], ["report", "week"], ["simulate"]):
            told = self.error(*words, status=1)
            self.assertIn("trackerd.conf:2", told)
            self.assertNotIn("default", told)
        done = self.run_tracker("status")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr.count("trackerd.conf:2"), 1, done.stderr)
        self.assertIn("default", done.stderr)
        self.assertIn("the plan cannot be read", done.stdout)
        self.assertNotIn("nothing is planned", done.stdout)
        self.assertFalse(json.loads(self.run_tracker("status", "--json").stdout)["plan_known"])

    def test_the_last_good_configuration_holds(self):
        """The copy that the daemon keeps stands in for a broken file, and doctor still finds fault."""
        for path, text in (("config/trackerd/trackerd.conf", "[trackerd]\nstart_of_day = half past nine\n"),
                           ("data/trackerd/trackerd.conf.good",
                            "[trackerd]\nstart_of_day = 05:00\n[calendar gone]\npath = gone.ics\n")):
            os.makedirs(os.path.dirname(f"{self.dir}/{path}"))
            with open(f"{self.dir}/{path}", "w", encoding="utf-8") as file:
                file.write(text)
        done = self.run_tracker("agenda")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr.count("trackerd.conf:2"), 1, done.stderr)
        self.assertIn("the last good configuration is used", done.stderr)
        self.assertIn("config/trackerd/gone.ics", done.stderr)  # relative to the file it was copied from
        self.assertTrue(self.run_tracker("status", "--json").returncode == 0)
        self.assertNotIn("default", self.run_tracker("status").stderr)
        states = {finding["part"]: finding for finding in
                  json.loads(self.run_tracker("doctor", "--json").stdout)}
        self.assertEqual(states["configuration"]["state"], "failed")
        self.assertIn("trackerd.conf:2", states["configuration"]["text"])

    def test_doctor_is_honest(self):
        done = self.run_tracker("doctor", "--json")
        self.assertEqual(done.returncode, 1)
        states = {finding["part"]: finding["state"] for finding in json.loads(done.stdout)}
        self.assertEqual(states["daemon"], "failed")
        self.assertEqual(states["presence"], "warning")
        self.assertEqual(states["log"], "ok")

    def test_doctor_finds_a_damaged_log(self):
        self.tracker("task", "add", "x")
        with open(self.log, "r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 4096)
        states = {finding["part"]: finding["state"]
                  for finding in json.loads(self.run_tracker("doctor", "--json").stdout)}
        self.assertEqual(states["log"], "failed")

    def sandbox(self):
        return next(finding for finding in json.loads(self.run_tracker("doctor", "--json").stdout)
                    if finding["part"] == "sandbox")

    def test_doctor_warns_of_a_sandbox_that_was_refused(self):
        """What the build offers and the kernel or a unit refused is no good news."""
        self.tracker("calendar", "add", "day", "--template", "time-blocked-day")
        if "this build offers none" in self.sandbox()["text"]:
            self.skipTest("built without it")
        path = self.dir + "/cache/trackerd/index.db"
        with contextlib.closing(sqlite3.connect(path)) as index, index:
            changed = index.execute("UPDATE meta SET value = 0 WHERE key = 'confined'").rowcount
        self.assertEqual(changed, 1)
        finding = self.sandbox()
        self.assertEqual(finding["state"], "warning")
        self.assertRegex(finding["text"], "^calendars are read without a sandbox; the rest was refused")


if __name__ == "__main__":
    unittest.main()
