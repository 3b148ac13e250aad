# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work log by hand: tasks, sprints, metrics, entries, and the way back of each."""

import sqlite3
import unittest

from home import Home

BACK = " — tracker undo takes it back\n"


class Tasks(Home):
    def test_cut_cells_are_plain_where_the_terminal_is(self):
        self.tracker("task", "add", "a title that is far too long for so narrow a terminal as this one is " * 3)
        shown = self.run_tracker("task", env={"LC_ALL": "C", "COLUMNS": "40"}, text=False).stdout
        self.assertIn(b"...", shown)
        shown.decode("ascii")

    def test_a_sprint_that_is_called_by_its_number(self):
        self.tracker("sprint", "start", "Sprint", "1")
        self.assertRegex(self.tracker("sprint"), r"^Sprint 1 · ")

    def test_quick_syntax(self):
        said = self.tracker("task", "add", "PDF invoices: endpoint +billing ~30m @acme ~3p")
        self.assertEqual(said, "added task 1: PDF invoices: endpoint (~0:30  3 p)" + BACK)
        task = self.json("task")[0]
        self.assertEqual(
            {key: task[key] for key in ("number", "title", "state", "project", "tags", "estimate", "points")},
            {"number": 1, "title": "PDF invoices: endpoint", "state": "needs-action", "project": "acme",
             "tags": ["billing"], "estimate": 1800, "points": 3.0})

    def test_tree(self):
        self.tracker("task", "add", "PDF invoices")
        self.tracker("task", "add", "Other")
        self.tracker("task", "add", "Middleware", "--parent", "1")
        self.assertEqual(self.tracker("task"), " 1  ·  PDF invoices\n 3  ·    Middleware\n 2  ·  Other\n")

    def test_done_drop_reopen(self):
        self.tracker("task", "add", "A")
        self.tracker("task", "add", "B")
        self.assertEqual(self.tracker("task", "done", "1", "2"),
                         "done task 1: A" + BACK + "done task 2: B" + BACK)
        self.assertIn("No task is open", self.tracker("task"))
        self.assertEqual(self.error("task", "done", "1", status=1), "task 1 is completed already")
        self.assertEqual(self.tracker("task", "reopen", "1"), "open again: task 1: A" + BACK)
        self.tracker("task", "drop", "1")
        self.assertEqual(self.tracker("task", "list", "--all"), " 1  ×  A\n 2  ✓  B\n")
        self.assertEqual([task["state"] for task in self.json("task", "list", "--all")],
                         ["cancelled", "completed"])

    def test_one_wrong_number_changes_nothing(self):
        self.tracker("task", "add", "A")
        self.error("task", "done", "1", "99", status=4)
        self.assertEqual(self.json("task")[0]["state"], "needs-action")

    def test_state_in_words_and_in_json(self):
        self.tracker("task", "add", "A")
        for verb, word, key in ((None, "open", "needs-action"), ("done", "done", "completed"),
                                ("reopen", "open", "needs-action"), ("drop", "dropped", "cancelled")):
            if verb:
                self.tracker("task", verb, "1")
            self.assertRegex(self.tracker("task", "show", "1"), rf"\n  state     {word}\n")
            self.assertEqual(self.json("task", "show", "1")["state"], key)

    def test_edit(self):
        self.tracker("task", "add", "A +one +two ~30m")
        self.tracker("task", "edit", "1", "--title", "B", "--tag", "three", "--untag", "one",
                     "--estimate", "1h30", "--points", "0.5", "--project", "p", "--note", "n")
        task = self.json("task")[0]
        self.assertEqual((task["title"], task["tags"], task["estimate"], task["points"], task["project"],
                          task["note"]), ("B", ["two", "three"], 5400, 0.5, "p", "n"))
        self.tracker("task", "edit", "1", "--project", "", "--estimate", "0", "--note", "")
        task = self.json("task")[0]
        self.assertEqual((task["project"], task["estimate"], task["note"]), (None, 0, None))

    def test_edit_without_a_change(self):
        """Nothing is called changed, and nothing is there to be undone."""
        self.tracker("task", "add", "A")
        self.assertIn("say what changes: --title", self.error("task", "edit", "1", status=2))
        self.assertEqual(self.tracker("undo"), "undone: task add A — tracker redo brings it back\n")

    def test_no_circles(self):
        self.tracker("task", "add", "A")
        self.tracker("task", "add", "B", "--parent", "1")
        self.assertIn("part of itself", self.error("task", "move", "1", "--parent", "2", status=2))
        self.assertIn("part of itself", self.error("task", "move", "1", "--parent", "1", status=2))

    def test_wrong_words(self):
        self.tracker("task", "add", "A")
        for words in (["task", "add", "+tag", "~30m"], ["task", "add", ""], ["task", "done", "one"],
                      ["task", "edit", "1", "--points", "-3"], ["task", "edit", "1", "--points", "nan"],
                      ["task", "move", "1"], ["task", "add", "x", "--estimate", "soon"]):
            with self.subTest(words):
                self.error(*words, status=2)
        self.assertEqual(len(self.json("task", "list", "--all")), 1)

    def test_time_worked(self):
        self.tracker("task", "add", "A ~1h")
        self.tracker("log", "add", "yesterday", "09:00-09:20", "--task", "1")
        self.tracker("log", "add", "yesterday", "10:00-10:10", "--task", "1", "--kind", "break")
        self.assertEqual(self.json("task", "show", "1")["worked"], 1200)
        self.assertEqual(self.tracker("task"), " 1  ·  A  0:20 of 1:00\n")
        self.assertIn("09:00–09:20  0:20  focus", self.tracker("task", "show", "1"))


class Sprints(Home):
    def start(self):
        self.tracker("task", "add", "A ~2p")
        self.tracker("task", "add", "B ~3p")
        return self.tracker("sprint", "start", "Billing", "--goal", "Invoices leave", "--days", "10")

    def test_start_and_show(self):
        self.assertRegex(self.start(), r"^started sprint 1: Billing, .* \(10 working days\)\n$")
        self.assertEqual(self.tracker("sprint", "add", "1", "2"),
                         "task 1: A is in the sprint\ntask 2: B is in the sprint\n")
        self.tracker("task", "done", "2")
        sprint = self.json("sprint")
        self.assertEqual(
            {key: sprint[key] for key in ("number", "name", "goal", "closed", "working_days", "tasks_done",
                                          "tasks_total", "points_done", "points_total")},
            {"number": 1, "name": "Billing", "goal": "Invoices leave", "closed": None, "working_days": 10,
             "tasks_done": 1, "tasks_total": 2, "points_done": 3.0, "points_total": 5.0})
        text = self.tracker("sprint")
        for part in ("goal    Invoices leave", "tasks   1 of 2 done", "points  3 of 5", "60 %"):
            self.assertIn(part, text)
        self.assertEqual(self.json("task", "list", "--sprint")[0]["title"], "A")

    def test_one_at_a_time(self):
        self.start()
        self.assertIn("still runs; first: tracker sprint close",
                      self.error("sprint", "start", "Other", status=1))

    def test_carry_over(self):
        self.start()
        self.tracker("sprint", "add", "1", "2")
        self.tracker("task", "done", "1")
        self.assertIn("1 open task will be carried", self.tracker("sprint", "close"))
        self.assertIsNone(self.json("task")[0]["sprint"])
        self.assertIn("1 open task carried over", self.tracker("sprint", "start", "Next"))
        sprint = self.json("sprint")
        self.assertEqual(([task["title"] for task in sprint["tasks"]], sprint["tasks_carried_in"]),
                         (["B"], 1))
        before = self.json("sprint", "show", "Billing")
        self.assertEqual((before["tasks_done"], before["tasks_total"], before["tasks_carried_out"]), (1, 2, 1))
        self.assertEqual([sprint["name"] for sprint in self.json("sprint", "list")], ["Billing", "Next"])

    def test_a_task_that_is_done_meanwhile_is_not_carried(self):
        self.start()
        self.tracker("sprint", "add", "1", "2")
        self.tracker("sprint", "close")
        self.tracker("task", "done", "1")
        self.assertIn("1 open task carried over", self.tracker("sprint", "start", "Next"))

    def test_close_is_undone_as_one(self):
        self.start()
        self.tracker("sprint", "add", "1", "2")
        self.tracker("sprint", "close")
        self.tracker("undo")
        sprint = self.json("sprint")
        self.assertEqual((sprint["closed"], sprint["tasks_total"], sprint["tasks_carried_out"]), (None, 2, 0))

    def test_leaving(self):
        self.start()
        self.tracker("task", "move", "1", "--sprint")
        self.tracker("task", "move", "1", "--no-sprint")
        self.assertEqual(self.json("sprint")["tasks_dropped"], 1)
        self.assertIn("is in no sprint", self.error("task", "move", "1", "--no-sprint", status=1))
        self.tracker("task", "add", "C", "--sprint")
        self.assertEqual([task["title"] for task in self.json("sprint")["tasks"]], ["C"])
        self.tracker("task", "drop", "3")
        self.assertEqual(self.json("sprint")["tasks_total"], 0)

    def test_takes_on_only_what_is_open(self):
        self.start()
        self.tracker("task", "done", "1")
        self.tracker("task", "drop", "2")
        for words in (["task", "move", "1", "--sprint"], ["sprint", "add", "1"]):
            self.assertEqual(self.error(*words, status=1), "task 1 is done; first: tracker task reopen 1")
        self.assertEqual(self.error("sprint", "add", "2", status=1), "task 2 is dropped; first: tracker task reopen 2")
        self.assertEqual(self.json("sprint")["tasks_total"], 0)

    def test_needs_a_sprint(self):
        self.assertIn("no sprint runs", self.error("task", "add", "A", "--sprint", status=4))
        self.assertEqual(self.json("task"), [], "nothing was added")
        self.error("sprint", "close", status=4)
        for words in (["--days", "0"], ["--days", "1000"], ["--days", "ten"], ["--from", "someday"]):
            self.error("sprint", "start", "S", *words, status=2)


class Metrics(Home):
    def test_values(self):
        self.assertEqual(self.tracker("metric", "add", "coverage", "83.2", "--unit", "%"),
                         "added metric 1: coverage 83.2 %" + BACK)
        self.tracker("metric", "add", "coverage", "84.7")
        self.tracker("metric", "add", "drift", "-0.5ms", "--at", "yesterday 17:00")
        values = self.json("metric", "list", "coverage")
        self.assertEqual([(value["value"], value["unit"], value["source"]) for value in values],
                         [(83.2, "%", "manual"), (84.7, "%", "manual")])
        self.assertEqual(self.json("metric", "list", "drift")[0]["value"], -0.5)
        self.assertRegex(self.tracker("metric"),
                         r"^ 3  drift     -0\.5 ms .* 1 value\n 2  coverage   84\.7 %  \+1\.5 .* 2 values\n$")

    def test_one_unit(self):
        """A difference between per cent and milliseconds is none."""
        self.tracker("metric", "add", "coverage", "83.2", "--unit", "%")
        self.tracker("metric", "add", "builds", "7")
        for words, told in ((["coverage", "80", "--unit", "ms"], "the values of coverage are kept in %, not in ms"),
                            (["coverage", "80ms"], "not in ms"), (["coverage", "80", "--unit", ""], "not in no unit"),
                            (["builds", "8", "--unit", "h"], "the values of builds have no unit so far")):
            self.assertIn(told, self.error("metric", "add", *words, status=2))
        self.assertEqual(len(self.json("metric", "list")), 2)
        self.tracker("metric", "add", "coverage", "80 %")

    def test_remove_and_undo(self):
        self.tracker("metric", "add", "coverage", "83.2")
        self.assertEqual(self.tracker("metric", "remove", "1"), "removed metric 1: coverage 83.2" + BACK)
        self.assertEqual(self.json("metric"), [])
        self.tracker("undo")
        self.assertEqual(self.json("metric")[0]["value"], 83.2)

    def test_what_is_no_number(self):
        for value in ("inf", "-inf", "nan", "1e999", "0x10", "83,2", "many", "", "--"):
            with self.subTest(value):
                self.assertNotEqual(self.run_tracker("metric", "add", "m", value).returncode, 0)
        self.error("metric", "add", "m", "1", "--at", "tomorrow 10:00", status=2)
        self.assertEqual(self.json("metric"), [])


class Log(Home):
    def entries(self, when="yesterday"):
        return [(entry["start"][11:16], entry["end"][11:16], entry["title"])
                for entry in self.json("log", *when.split())["entries"]]

    def setUp(self):
        super().setUp()
        self.env["TZ"] = "UTC"

    def test_add_in_all_spellings(self):
        self.tracker("log", "add", "yesterday", "09:00-09:30", "A")
        self.tracker("log", "add", "yesterday 09:30 20m", "B", "b")
        self.tracker("log", "add", "yesterday", "10:00..10:05", "C", "--kind=meeting")
        self.tracker("log", "add", "yesterday", "22:00-01:00", "D")
        self.assertEqual(self.entries(), [("09:00", "09:30", "A"), ("09:30", "09:50", "B b"),
                                          ("10:00", "10:05", "C"), ("22:00", "01:00", "D")])
        entry = self.json("log", "yesterday")["entries"][2]
        self.assertEqual((entry["kind"], entry["evidence"], entry["start_reason"], entry["length"],
                          entry["zone"], entry["open"]),
                         ("meeting", "manual", "by-hand", 300, "UTC", False))

    def test_overlap(self):
        self.tracker("log", "add", "yesterday", "14:00-14:45", "A", "--kind", "meeting")
        said = self.error("log", "add", "yesterday", "14:30-15:00", "B", status=1)
        self.assertEqual(said, "entry 1 (14:00–14:45, meeting) overlaps; use --adjust to make it give way, "
                               "or tracker log edit 1")
        self.assertEqual(len(self.entries()), 1)
        said = self.tracker("log", "add", "yesterday", "14:30-15:00", "B", "--adjust")
        self.assertRegex(said, r"\ncut 1: .* 14:00–14:45 \(45 min\) meeting, A: 14:00–14:30 is left\n$")
        self.assertEqual(self.entries(), [("14:00", "14:30", "A"), ("14:30", "15:00", "B")])
        said = self.tracker("log", "add", "yesterday", "14:10-14:20", "C", "--adjust")
        self.assertRegex(said, r"\ncut 1: .* 14:00–14:30 \(30 min\) meeting, A: "
                               r"14:00–14:10 and 14:20–14:30 is left\n$")
        self.assertEqual(self.entries(), [("14:00", "14:10", "A"), ("14:10", "14:20", "C"),
                                          ("14:20", "14:30", "A"), ("14:30", "15:00", "B")])
        said = self.tracker("log", "edit", "2", "--start", "14:15", "--adjust")
        self.assertRegex(said, r"^changed 2: .*\ncut \d: .* 14:10–14:20 .*: 14:10–14:15 is left\n"
                               r"removed 1: .* 14:20–14:30 \(10 min\) meeting, A\n$")
        self.tracker("undo")
        self.tracker("undo", "2")
        self.assertEqual(self.entries(), [("14:00", "14:45", "A")])

    def test_the_future_is_no_log(self):
        self.assertIn("not over yet", self.error("log", "add", "tomorrow", "09:00-10:00", "A", status=2))

    def test_edit(self):
        self.tracker("log", "add", "yesterday", "09:00-10:00", "A")
        self.tracker("log", "edit", "1", "--end", "10:30")
        self.tracker("log", "edit", "1", "--start", "-10m", "--title", "B", "--kind", "shallow")
        self.assertEqual(self.entries(), [("08:50", "10:30", "B")])
        self.tracker("log", "edit", "1", "--end=-5m")
        self.assertEqual(self.entries(), [("08:50", "10:25", "B")])
        self.assertEqual(self.json("log", "yesterday")["entries"][0]["end_reason"], "edit")
        self.error("log", "edit", "1", "--title", "", status=2)
        self.error("log", "edit", "one", status=2)

    def test_edit_without_a_change(self):
        self.tracker("log", "add", "yesterday", "09:00-10:00", "A")
        self.assertIn("say what changes: --end", self.error("log", "edit", "1", status=2))

    def test_edit_over_midnight(self):
        self.tracker("log", "add", "yesterday", "22:00-23:00", "A")
        self.tracker("log", "edit", "1", "--end", "01:00")
        self.assertEqual(self.json("log", "-3d")["entries"][0]["length"], 3 * 3600)

    def test_remove_and_undo(self):
        self.tracker("log", "add", "yesterday", "09:00-10:00", "A")
        self.tracker("log", "add", "yesterday", "10:00-11:00", "B")
        before = self.json("log", "yesterday")
        self.tracker("log", "remove", "1", "2")
        self.assertEqual(self.entries(), [])
        self.assertEqual(self.tracker("undo"), "undone: log remove 1 2 — tracker redo brings it back\n")
        self.assertEqual(self.json("log", "yesterday"), before)
        self.assertEqual(self.tracker("redo"), "done again: log remove 1 2 — tracker undo takes it back\n")
        self.assertEqual(self.entries(), [])

    def test_the_running_entry_is_the_daemons(self):
        self.tracker("task", "add", "x")
        self.tracker("log", "add", "yesterday", "09:00-10:00", "A")
        with sqlite3.connect(self.log) as db:
            db.execute("UPDATE entry SET end = 9223372036854775807, end_reason = NULL")
        for words in (["edit", "1", "--title", "B"], ["remove", "1"]):
            self.assertIn("still running; first: tracker stop", self.error("log", *words, status=1))
        for adjust in ([], ["--adjust"]):
            self.assertIn("first: tracker stop",
                          self.error("log", "add", "yesterday", "11:00-12:00", "C", *adjust, status=1))
        self.assertIn("● running", self.tracker("log", "-2d"))
        self.assertIn("open", self.tracker())

    def test_nth_of_today(self):
        self.assertIn("today has only 0 entries", self.error("log", "edit", "@1", "--title", "x", status=4))
        self.error("log", "remove", "@0", status=2)


class History(Home):
    def test_nothing_yet(self):
        self.assertEqual(self.tracker("history"), "Nothing was changed yet.\n")
        for word in ("undo", "redo"):
            self.assertIn("nothing", self.error(word, status=1))

    def test_what_is_left_out_is_told(self):
        for n in range(20):
            self.tracker("task", "add", f"Task {n}")
        self.assertEqual(self.tracker("history").count("\n"), 20)
        self.tracker("task", "add", "One more")
        lines = self.tracker("history").strip().split("\n")
        self.assertEqual((len(lines), lines[-1]), (21, "Older ones, and what the daemon did: tracker history --all"))
        self.assertIn("task add One more", lines[0].replace("'", "").replace('"', ""))
        self.assertEqual(len(self.json("history")), 20)
        self.assertEqual(self.tracker("history", "--all").count("\n"), 21)

    def test_everything_back_and_again(self):
        steps = (["task", "add", "A ~30m"], ["task", "add", "B"], ["sprint", "start", "S"],
                 ["sprint", "add", "1"], ["task", "done", "1"], ["metric", "add", "m", "1"],
                 ["log", "add", "yesterday", "09:00-10:00", "x", "--task", "2"],
                 ["log", "edit", "1", "--title", "y"], ["sprint", "close"])

        def state():
            return [self.json(*words) for words in (["task", "list", "--all"], ["sprint", "list"],
                                                    ["metric"], ["log", "-3d"])]

        states = []
        for step in steps:
            self.tracker(*step)
            states.append(state())
        self.assertEqual(len(self.json("history")), len(steps))
        for index in range(len(steps) - 1, 0, -1):
            self.tracker("undo")
            self.assertEqual(state()[1:], states[index - 1][1:], steps[index])
        for index in range(1, len(steps)):
            self.tracker("redo")
            self.assertEqual(state(), states[index], steps[index])

    def test_too_many(self):
        self.tracker("task", "add", "A")
        self.tracker("task", "add", "B")
        self.assertEqual(self.error("undo", "3", status=1),
                         "there are only 2 to undo, not 3; nothing was changed")
        self.assertEqual(len(self.json("task")), 2)
        self.assertEqual(self.tracker("undo", "2"),
                         "undone: task add B — tracker redo brings it back\n"
                         "undone: task add A — tracker redo brings it back\n")
        self.assertEqual(self.error("redo", "5", status=1),
                         "there are only 2 to redo, not 5; nothing was changed")
        self.tracker("redo", "2")
        self.assertEqual(len(self.json("task")), 2)

    def test_what_cannot_be_put_back_is_named(self):
        """The daemon has removed since what an edit is to be taken back of: no word of "undone"."""
        self.tracker("log", "add", "yesterday", "09:00-09:30", "fix login")
        self.tracker("log", "edit", "1", "--note", "n")
        log = sqlite3.connect(self.log)
        with log:
            log.execute("DELETE FROM entry")
        log.close()
        done = self.run_tracker("undo")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"^undone in part: log edit 1 --note n — tracker redo brings it back\n$")
        self.assertIn("entry 1 (fix login): it is not there any more", done.stderr)
        self.assertEqual([row["undone"] for row in self.json("history")], [True, False])

    def test_a_failed_command_leaves_no_trace(self):
        self.tracker("task", "add", "A")
        self.error("task", "edit", "1", "--points", "x", status=2)
        self.error("task", "done", "1", "9", status=4)
        self.assertEqual(len(self.json("history")), 1)


if __name__ == "__main__":
    unittest.main()
