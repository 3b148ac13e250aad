# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tracker calendar: which calendars are read, and the contract for scripts."""

import os
import shlex
import subprocess
import unittest

from calendars import BAD, GOOD, Calendars, ical
from home import TRACKER

TEMPLATES = ("time-blocked-day", "daily-routine", "meals-and-breaks", "pomodoro")


class Add(Calendars):
    def test_name_and_file(self):
        path = self.put("mine/work.ics", ical(GOOD, GOOD))
        self.assertEqual(self.tracker("calendar", "add", "job", path), "Added job: 2 events in ~/mine/work.ics\n")
        self.assertEqual(self.listed()["job"]["path"], path)
        self.assertEqual(self.text_of_config(), "[calendar job]\npath = ~/mine/work.ics\n")
        self.assertEqual(os.stat(self.config).st_mode & 0o777, 0o600)

    def test_one_that_is_not_there_any_more_is_told(self):
        path = self.put("work.ics", ical(GOOD))
        self.tracker("calendar", "add", "work", path)
        self.assertNotIn("not there", self.tracker("calendar"))
        self.tracker("agenda")
        os.remove(path)
        self.assertIn("~/work.ics: not there, what it last held is used", self.tracker("calendar"))

    def test_file_alone_gives_the_name(self):
        self.tracker("calendar", "add", self.put("mine/work.ics", ical(GOOD)))
        self.tracker("calendar", "add", os.path.dirname(self.put("team/a.ics", ical(GOOD))))
        self.assertEqual(list(self.listed()), ["work", "team"])

    def test_folder(self):
        for name in ("a", "b", "c"):
            self.put(f"team/{name}.ics", ical(GOOD.replace("Good", name)).replace("UID:1", "UID:" + name))
        self.put("team/notes.txt", "no calendar")
        self.assertIn("3 events", self.tracker("calendar", "add", "team", self.dir + "/team"))

    def test_relative_path_and_home(self):
        self.put("mine/work.ics", ical(GOOD))
        self.tracker("calendar", "add", "one", "mine/../mine/work.ics", cwd=self.dir)
        self.tracker("calendar", "add", "two", "~/mine/work.ics", cwd="/")
        for name in ("one", "two"):
            self.assertEqual(self.listed()[name]["path"], self.dir + "/mine/work.ics")

    def test_every_template(self):
        for name in TEMPLATES:
            self.assertRegex(self.tracker("calendar", "add", "--template", name), rf"^Added {name}: \d+ events in ")
            copy = f"{self.dir}/data/trackerd/calendars/{name}.ics"
            self.assertEqual(os.stat(copy).st_mode & 0o777, 0o600)
            self.assertGreater(len(self.json("calendar", "show", copy, "--from", "2026-11-23", "--to", "2026-11-24")), 2)
        self.assertEqual(self.tracker("calendar", "check"), "Nothing is wrong.\n")
        rows = self.json("agenda", "2026-11-23")
        self.assertTrue(rows)

    def test_template_under_another_name_keeps_the_users_copy(self):
        copy = self.put("data/trackerd/calendars/pomodoro.ics", ical(GOOD))
        self.assertIn("Added tomato: 1 event in", self.tracker("calendar", "add", "tomato", "--template", "pomodoro"))
        self.assertEqual(self.listed()["tomato"]["path"], copy)

    def test_no_such_template(self):
        for name in ("nope", "../pomodoro", "", "pomodoro.ics", "/etc/passwd"):
            self.assertIn("there are time-blocked-day", self.error("calendar", "add", "--template", name, status=4))
        self.assertFalse(os.path.exists(self.config))

    def test_same_name_twice_changes_nothing(self):
        path = self.put("a.ics", ical(GOOD))
        self.tracker("calendar", "add", "work", path)
        before = self.text_of_config()
        self.assertIn("there is a calendar 'work' already", self.error("calendar", "add", "work", path, status=1))
        self.assertIn("already", self.error("calendar", "add", "work", "--template", "pomodoro", status=1))
        self.assertEqual(self.text_of_config(), before)
        self.assertFalse(os.path.exists(self.dir + "/data/trackerd/calendars"), "no template was copied")

    def test_nothing_usable_is_refused_and_said(self):
        for name, content, reason in (
            ("empty.ics", "", "the file is empty"),
            ("page.ics", "<html>404</html>", "HTML"),
            ("noise.ics", os.urandom(3000).replace(b"\0", b"."), "no iCalendar data"),
            ("bad.ics", ical(BAD), "there is no such day"),
        ):
            done = self.run_tracker("calendar", "add", "x", self.put(name, content))
            self.assertEqual((done.returncode, done.stdout), (1, ""), name)
            self.assertIn(reason, done.stderr)
            self.assertIn("tracker: there is no event in it that can be used; it was not added", done.stderr)
        self.assertFalse(os.path.exists(self.config))

    def test_a_missing_file_can_be_begun(self):
        """By the command that the refusal names."""
        said = self.error("calendar", "add", "x", self.dir + "/missing.ics", status=1)
        self.assertRegex(said, r"^there is no ~/missing\.ics, and nothing was added; ")
        self.assertFalse(os.path.exists(self.config))
        self.assertTrue(said.endswith(": tracker calendar add --writable x ~/missing.ics"), said)
        self.assertEqual(self.tracker("calendar", "add", "--writable", "x", self.dir + "/missing.ics"),
                         "Added x: 0 events in ~/missing.ics\n")

    def test_some_unusable_is_added_with_a_warning(self):
        done = self.run_tracker("calendar", "add", "x", self.put("a.ics", ical(GOOD, BAD)))
        self.assertEqual((done.returncode, done.stdout), (0, "Added x: 1 event in ~/a.ics\n"))
        self.assertIn("a.ics:11: DTSTART: ", done.stderr)

    def test_nothing_yet_is_no_fault(self):
        """A new calendar, or a folder that something will synchronise into."""
        self.assertIn("0 events", self.tracker("calendar", "add", "new", self.put("new.ics", ical())))
        os.mkdir(self.dir + "/team")
        self.assertIn("0 events", self.tracker("calendar", "add", "team", self.dir + "/team"))

    def test_kind(self):
        path = self.put("a.ics", ical(GOOD.replace("Good", "Something")))
        self.assertIn("'nap' is not a kind", self.error("calendar", "add", "a", path, "--kind", "nap", status=2))
        self.tracker("calendar", "add", "a", path, "--kind", "focus")
        self.assertEqual(self.listed()["a"]["kind"], "focus")
        self.assertIn("kind = focus\n", self.text_of_config())

    def test_names_that_a_key_file_cannot_hold(self):
        path = self.put("a.ics", ical(GOOD))
        for name in ("a]b", "[x]", "a\nb", "a\nb = c", "a/b", " a", "a ", "", "x" * 65, "\x1b[31m"):
            self.error("calendar", "add", "--", name, path, status=2)
        self.assertFalse(os.path.exists(self.config))

    def test_names_that_look_like_syntax(self):
        path = self.put("a.ics", ical(GOOD))
        names = ['a = b; # "c"', "#x", "--kind", "$(id) `id` 'q'", "%s%n", "Büro", "a  b", "\\n", "=", ";", "<b>&"]
        for name in names:
            self.tracker("calendar", "add", "--", name, path)
        self.assertEqual(list(self.listed()), names)
        for name in names:
            said = self.tracker("calendar", "remove", "--", name)
            self.assertNotIn(name, self.listed())
            again = shlex.split(said.split("To add it again: ")[1])
            self.assertEqual(again[0], "tracker")
            self.tracker(*again[1:])
            self.assertIn(name, self.listed())

    def test_path_with_odd_characters(self):
        for i, name in enumerate(("a b.ics", "#x.ics", "ü ; = [y].ics", "'q' \"r\".ics", "$(id).ics")):
            path = self.put("odd/" + name, ical(GOOD))
            self.tracker("calendar", "add", f"c{i}", path)
            self.assertEqual(self.listed()[f"c{i}"]["path"], path)
        before = self.text_of_config()
        self.error("calendar", "add", "broken", self.put("odd/line\nbreak.ics", ical(GOOD)), status=2)
        self.assertEqual(self.text_of_config(), before)

    def test_comments_and_order_stay(self):
        text = "# mine\n\n[trackerd]\nstart_of_day = 05:00\n\n# the team's\n[calendar team]\npath = ~/t.ics\n"
        self.put("config/trackerd/trackerd.conf", text)
        self.put("t.ics", ical(GOOD))
        self.tracker("calendar", "add", "a", self.put("a.ics", ical(GOOD)))
        self.assertTrue(self.text_of_config().startswith(text))
        self.tracker("calendar", "remove", "a")
        self.assertEqual(self.text_of_config().rstrip(), text.rstrip())

    def test_many_at_once_lose_none(self):
        names = [f"c{i}" for i in range(12)]
        paths = [self.put(f"{name}.ics", ical(GOOD)) for name in names]
        running = [subprocess.Popen([TRACKER, "calendar", "add", *pair], env=self.env, stdout=subprocess.DEVNULL)
                   for pair in zip(names, paths)]
        self.assertEqual([process.wait(60) for process in running], [0] * len(names))
        self.assertEqual(sorted(self.listed()), sorted(names))

    def test_killed_at_any_call_is_all_or_nothing(self):
        if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("strace needs the right to trace (CAP_SYS_PTRACE)")
        self.tracker("calendar", "add", "a", self.put("a.ics", ical(GOOD)))
        second = self.put("b.ics", ical(GOOD))
        for call in ("fchmod", "write", "fsync", "renameat"):
            rounds = 0
            while self.killed_at(call, rounds + 1, "calendar", "add", "b", second):
                rounds += 1
                self.assertIn(sorted(self.listed()), (["a"], ["a", "b"]), call)
                left = set(os.listdir(os.path.dirname(self.config))) - {"trackerd.conf"}
                self.assertLessEqual(len(left), 1, "the draft of the last kill alone")
                self.assertRegex("".join(left), r"^(\.trackerd-\w{6})?$", call)
                if "b" in self.listed():
                    self.tracker("calendar", "remove", "b")
            self.assertGreater(rounds, 0, call)
            self.tracker("calendar", "remove", "b")
        self.assertEqual(os.listdir(os.path.dirname(self.config)), ["trackerd.conf"])

    def killed_at(self, call, n, *words):
        """Runs the words, killed at the n-th call of that name; was it?"""
        inject = ["strace", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={n}"]
        env = {**self.env, "ASAN_OPTIONS": "detect_leaks=0"}
        done = subprocess.run([*inject, TRACKER, *words], env=env, capture_output=True, timeout=60, check=False)
        self.assertIn(done.returncode, (0, -9, 137), done.stderr)
        return done.returncode != 0

    def test_broken_configuration_is_left_alone(self):
        self.put("config/trackerd/trackerd.conf", "[trackerd]\nstart_of_day = soon\n")
        self.error("calendar", "add", "a", self.put("a.ics", ical(GOOD)), status=1)
        self.assertEqual(self.text_of_config(), "[trackerd]\nstart_of_day = soon\n")

    def test_how_it_is_called(self):
        for words in ([], ["a", "b", "c"], ["--template", "pomodoro", "a", "b"]):
            self.error("calendar", "add", *words, status=2)


class ListAndRemove(Calendars):
    def test_empty(self):
        self.assertIn("tracker calendar add", self.tracker("calendar"))
        self.assertEqual(self.json("calendar"), [])

    def test_the_same_twice_is_told(self):
        path = self.put("a.ics", ical(GOOD))
        os.symlink(path, self.dir + "/link.ics")
        self.assertNotIn("same", self.tracker("calendar", "add", "a", path))
        self.assertNotIn("same", self.tracker("calendar", "add", "other", self.put("b.ics", ical(GOOD))))
        for name, place in (("b", path), ("c", self.dir + "/link.ics")):
            said = self.tracker("calendar", "add", name, place)
            self.assertIn(f"Added {name}: 1 event in ~/", said)
            self.assertIn("\na reads the same, so that each of its events stands twice", said)
            self.tracker("undo")
        self.assertEqual(list(self.listed()), ["a", "other"])

    def test_what_is_not_read_yet_is_not_zero(self):
        path = self.put("a.ics", ical(GOOD, BAD))
        self.run_tracker("calendar", "add", "a", path)
        expected = {"name": "a", "path": path, "kind": None, "writable": False, "events": None, "left_out": None,
                    "title": None, "color": None, "source": None, "fetched": None, "next": None, "problem": None}
        self.assertEqual(self.json("calendar"), [expected])
        self.assertEqual(self.tracker("calendar", "list"), " a  1 event  1 left out  ~/a.ics\n")
        self.tracker("agenda")
        self.assertEqual(self.json("calendar"), [{**expected, "events": 1, "left_out": 1}])
        self.assertEqual(self.tracker("calendar", "list"), " a  1 event  1 left out  ~/a.ics\n")

    def test_remove(self):
        path = self.put("it's a.ics", ical(GOOD))
        self.tracker("calendar", "add", "a", path, "--kind", "break")
        said = self.tracker("calendar", "remove", "a")
        self.assertTrue(os.path.exists(path))
        self.assertEqual(self.json("calendar"), [])
        again = shlex.split(said.split("To add it again: ")[1])
        self.assertEqual(again, ["tracker", "calendar", "add", "--kind", "break", "--", "a", path])
        self.assertIn("there is no calendar 'a'", self.error("calendar", "remove", "a", status=4))


class Narrow(Calendars):
    """What somebody may want to copy is neither cut nor broken, however narrow it is."""

    def test_paths_are_whole(self):
        path = self.put("a/quite long/folder/with calendars/of the year/" + "x" * 40 + ".ics", ical(GOOD))
        self.tracker("calendar", "add", "a", path)
        self.tracker("calendar", "add", "b", self.put("b.ics", ical(GOOD)))
        for columns in (30, 50, 80):
            lines = self.tracker("calendar", "list", env={"COLUMNS": str(columns)}).splitlines()
            self.assertIn(path.replace(self.dir, "~"), [line.strip() for line in lines])
            self.assertTrue(lines[-1].endswith("~/b.ics"), lines)

    def test_which_may_be_changed(self):
        self.tracker("calendar", "add", "a", self.put("a.ics", ical(GOOD)))
        self.tracker("calendar", "add", "--writable", "mine", self.dir + "/mine.ics")
        self.assertEqual(self.tracker("calendar", "list"), " a                1 event  ~/a.ics\n"
                         " mine  writable  0 events  ~/mine.ics\n")


class Undo(Calendars):
    """calendar add and remove are changes like all others."""

    MINE = ("# mine\n[trackerd]\nstart_of_day = 05:00\n\n[calendar a]\n# the team's\npath = ~/a.ics\n\n"
            "[calendar b]\npath = ~/b.ics\n")

    def setUp(self):
        super().setUp()
        for name in "abc":
            self.put(name + ".ics", ical(GOOD))

    def mine(self):
        self.put("config/trackerd/trackerd.conf", self.MINE)

    def test_add_and_back(self):
        self.tracker("calendar", "add", "c", self.dir + "/c.ics", "--kind", "focus")
        added = self.text_of_config()
        self.assertIn(f"undone: calendar add c {self.dir}/c.ics", self.tracker("undo"))
        self.assertFalse(os.path.exists(self.config), "there was none before")
        self.tracker("redo")
        self.assertEqual(self.text_of_config(), added)
        self.assertEqual(os.stat(self.config).st_mode & 0o777, 0o600)

    def test_remove_and_back_to_the_byte(self):
        self.mine()
        self.assertIn("tracker undo takes it back", self.tracker("calendar", "remove", "a"))
        removed = self.text_of_config()
        self.tracker("calendar", "remove", "b")
        self.tracker("undo", "2")
        self.assertEqual(self.text_of_config(), self.MINE)
        self.tracker("redo")
        self.assertEqual(self.text_of_config(), removed)

    def test_what_was_edited_since_stays(self):
        self.mine()
        self.tracker("calendar", "remove", "a")
        self.put("config/trackerd/trackerd.conf", self.text_of_config() + "kind = focus\n# new\n")
        self.tracker("undo")
        text = self.text_of_config()
        self.assertIn("kind = focus\n# new\n", text)
        self.assertTrue(text.endswith("\n[calendar a]\n# the team's\npath = ~/a.ics\n"), text)
        self.assertEqual(sorted(self.listed()), ["a", "b"])
        self.tracker("redo")
        self.assertEqual(sorted(self.listed()), ["b"])
        self.assertIn("kind = focus\n# new\n", self.text_of_config())

    def test_a_section_that_was_edited_since_is_kept(self):
        self.tracker("calendar", "add", "c", self.dir + "/c.ics")
        self.put("config/trackerd/trackerd.conf", self.text_of_config() + "writable = yes\n")
        before = self.text_of_config()
        self.assertIn("[calendar c] in ~/config/trackerd/trackerd.conf has changed since", self.error("undo", status=1))
        self.assertEqual(self.text_of_config(), before)
        self.assertFalse(self.json("history")[0]["undone"])

    def test_a_configuration_that_was_broken_since_is_left_alone(self):
        self.tracker("calendar", "add", "c", self.dir + "/c.ics")
        self.put("config/trackerd/trackerd.conf", self.text_of_config() + "[trackerd]\nstart_of_day = soon\n")
        before = self.text_of_config()
        self.assertIn("start_of_day", self.error("undo", status=1))
        self.assertEqual(self.text_of_config(), before)
        self.assertFalse(self.json("history")[0]["undone"])
        self.put("config/trackerd/trackerd.conf", before.replace("soon", "05:00"))
        self.tracker("undo")
        self.assertEqual(self.text_of_config().strip(), "[trackerd]\nstart_of_day = 05:00")

    def test_nothing_behind_a_nul_byte_is_lost(self):
        self.tracker("calendar", "add", "c", self.dir + "/c.ics")
        with open(self.config, "ab") as file:
            file.write(b"# before\0\n# after\n")
        with open(self.config, "rb") as file:
            before = file.read()
        self.assertIn("holds a NUL byte", self.error("undo", status=1))
        with open(self.config, "rb") as file:
            self.assertEqual(file.read(), before)
        self.assertFalse(self.json("history")[0]["undone"])

    def test_with_other_changes_all_or_none(self):
        self.mine()
        self.tracker("task", "add", "Something")
        self.tracker("calendar", "remove", "a")
        self.tracker("task", "add", "More")
        self.tracker("undo", "3")
        self.assertEqual(self.text_of_config(), self.MINE)
        self.assertEqual(self.json("task", "list"), [])

    def test_each_of_a_folder_by_its_name(self):
        for name in "xy":
            self.put(f"all/{name}/1.ics", ical(GOOD))
        self.tracker("calendar", "add", self.dir + "/all")
        self.assertEqual(sorted(self.listed()), ["x", "y"])
        last, first = [change["command"] for change in self.json("history")]
        self.assertEqual({last, first}, {f"calendar add {name} {self.dir}/all/{name}" for name in "xy"})
        self.assertIn(last, self.tracker("undo"))
        self.assertEqual(list(self.listed()), [first.split()[2]])

    def test_through_a_link(self):
        self.put("dotfiles.conf", self.MINE)
        os.makedirs(os.path.dirname(self.config))
        os.symlink("../../dotfiles.conf", self.config)
        self.tracker("calendar", "remove", "b")
        self.tracker("undo")
        self.assertTrue(os.path.islink(self.config))
        self.assertEqual(self.text_of_config(), self.MINE)

    def test_one_that_failed_is_no_change(self):
        self.put("broken.ics", "nothing")
        self.run_tracker("calendar", "add", "broken", self.dir + "/broken.ics")
        self.error("calendar", "remove", "nobody", status=4)
        self.assertEqual(self.json("history"), [])
        self.assertFalse(os.path.exists(self.log))

    def test_a_broken_log_says_so_and_changes_nothing(self):
        self.mine()
        self.tracker("task", "add", "Something")
        with open(self.log, "r+b") as file:
            file.write(b"no database at all" * 10)
        self.assertIn("trackerd.db", self.error("calendar", "remove", "a", status=1))
        self.assertEqual(self.text_of_config(), self.MINE)


if __name__ == "__main__":
    unittest.main()
