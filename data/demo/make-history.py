#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes history.tsv: eight weeks of a remote backend developer, for `tracker demo`.

It invents what was planned and what happened, never a figure: the reports compute those from the
rows. The same seed gives the same file. Days count from the Monday of the week in which the demo
is shown (-49 is the Monday seven weeks before); the demo leaves out what has not happened yet.
"""

import math
import random

SEED = 48
FIRST_WEEK = -7
NAMES = ["Sprint 21", "Sprint 22", "Sprint 23", "Sprint 24"]
GOALS = [
    "Customers can pay by direct debit",
    "Webhooks survive an outage of the receiver",
    "The orders page answers in 200 ms",
    "Customers download their invoices as PDF",
]
# sprint: (project, tags, title, estimate in minutes, points, parent's title or "")
TASKS = [
    [
        ("billing", "feature", "Direct debit", 0, 0, ""),
        ("billing", "feature", "Direct debit: mandate model", 240, 3, "Direct debit"),
        ("billing", "feature", "Direct debit: bank file export", 300, 5, "Direct debit"),
        ("billing", "test", "Direct debit: rejection cases", 180, 2, "Direct debit"),
        ("api", "bug", "Time zone of the export is wrong", 90, 1, ""),
        ("api", "feature", "Pagination of the customer list", 180, 2, ""),
        ("infra", "chore", "PostgreSQL 15 on staging", 150, 2, ""),
        ("billing", "feature", "Dunning letters by mail", 240, 3, ""),
        ("api", "chore", "Drop the old login endpoint", 90, 1, ""),
    ],
    [
        ("api", "feature", "Webhooks: outbox table", 240, 3, ""),
        ("api", "feature", "Webhooks: retry with back-off", 300, 5, ""),
        ("api", "test", "Webhooks: receiver that hangs", 150, 2, ""),
        ("api", "feature", "Webhooks: signature header", 120, 2, ""),
        ("infra", "chore", "Alert on a growing outbox", 120, 1, ""),
        ("billing", "bug", "Rounding of partial refunds", 120, 2, ""),
        ("api", "feature", "Webhooks: page for the receivers", 240, 3, ""),
        ("infra", "chore", "Trim the log retention", 60, 1, ""),
    ],
    [
        ("api", "perf", "Orders: find the slow queries", 180, 2, ""),
        ("api", "perf", "Orders: index for the status filter", 120, 2, ""),
        ("api", "perf", "Orders: one query instead of N+1", 300, 5, ""),
        ("api", "perf", "Orders: cache of the totals", 240, 3, ""),
        ("infra", "chore", "Load test in the pipeline", 180, 2, ""),
        ("billing", "bug", "Invoice numbers skip at midnight", 90, 1, ""),
        ("api", "test", "Orders: tests with a million rows", 180, 2, ""),
        ("infra", "chore", "Rotate the database passwords", 60, 1, ""),
    ],
    [
        ("billing", "feature", "PDF invoices", 0, 0, ""),
        ("billing", "feature", "PDF invoices: layout", 240, 3, "PDF invoices"),
        ("billing", "feature", "PDF invoices: middleware", 240, 3, "PDF invoices"),
        ("billing", "feature", "PDF invoices: endpoint", 120, 2, "PDF invoices"),
        ("billing", "feature", "Payment retries: idempotency keys", 240, 3, ""),
        ("billing", "test", "PDF invoices: reverse-charge cases", 180, 2, "PDF invoices"),
        ("api", "bug", "Search ignores umlauts", 90, 1, ""),
        ("infra", "chore", "Fonts in the build image", 60, 1, ""),
        ("api", "chore", "Update the HTTP client", 120, 2, ""),
        ("billing", "feature", "PDF invoices: send them monthly", 240, 3, "PDF invoices"),
        ("api", "feature", "API keys per customer", 240, 3, ""),
    ],
]
ADDED = [
    ("api", "bug", "Export times out for large customers", 120, 2, ""),
    ("infra", "bug", "Disk of the queue fills up", 90, 1, ""),
    ("billing", "bug", "Credit notes without a customer", 90, 1, ""),
    ("api", "bug", "Session ends while typing", 120, 2, ""),
]
DAY = [  # start, minutes, kind, title
    ("08:30", 30, "routine", "Plan the day"),
    ("09:00", 90, "focus", "Feature work"),
    ("10:30", 30, "shallow", "Code review"),
    ("11:00", 15, "break", "Away from the screen"),
    ("11:15", 90, "focus", "Feature work"),
    ("12:45", 75, "break", "Lunch"),
    ("14:00", 60, "meeting", "Team meeting"),
    ("15:00", 90, "focus", "Unit tests"),
    ("16:30", 60, "shallow", "Documentation"),
    ("17:30", 20, "routine", "Retrospective"),
    ("18:00", 60, "off", "Disconnect"),
]

random.seed(SEED)
rows = []


def stamp(day, seconds):
    return f"{day} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def clock(text):
    return int(text[:2]) * 3600 + int(text[3:]) * 60


def add(*fields):
    rows.append("\t".join(str(field) for field in fields))


class Task:
    count = 0

    def __init__(self, row, created, parent):
        Task.count += 1
        self.number = Task.count
        self.project, self.tags, self.title, self.estimate, self.points, _ = row
        self.created, self.parent = created, parent
        ratio = math.exp(random.gauss(0.22, 0.3))
        self.left = int(self.estimate * ratio) * 60
        self.state, self.done, self.children = "needs-action", "-", []

    def write(self):
        add("task", self.number, self.created, self.state, self.done, self.estimate, self.points,
            self.parent.number if self.parent else 0, self.project, self.tags, self.title)


class Day:
    """What happened on one day; entries follow one another and never overlap."""

    def __init__(self, day, backlog):
        self.day, self.backlog, self.free = day, backlog, 0

    def entry(self, start, end, kind, block, task, title, begin, finish):
        start = max(start, self.free)
        if end - start < 60:
            return None
        number = task.number if task else 0
        add("entry", stamp(self.day, start), stamp(self.day, end), kind, block, number, "observed",
            begin, finish, title)
        self.free = end
        return start, end

    def task(self):
        return next((task for task in self.backlog if task.left > 0), None)

    def spend(self, task, spent):
        """Counts @spent; says whether the task is done by it."""
        if task is None:
            return False
        task.state = "in-process" if task.state == "needs-action" else task.state
        if task.parent and task.parent.state == "needs-action":
            task.parent.state = "in-process"
        task.left -= spent
        if task.left > 0:
            return False
        task.left, task.state, task.done = 0, "completed", stamp(self.day, self.free)
        family = task.parent.children if task.parent else []
        if family and all(child.left == 0 for child in family):
            task.parent.state, task.parent.done = "completed", task.done
        return True

    def focus(self, start, minutes, block):
        """A focus block in stretches, with what breaks in; the worked part of it."""
        end, worked = start + minutes * 60, 0
        at = start + min(int(random.expovariate(1 / (150 if start < 39600 else 330))), 1500)
        first = True
        while end - at >= 240:
            task = self.task()
            title = task.title if task else "Feature work"
            stretch = int(random.expovariate(1 / 4200)) + 700
            if task:
                stretch = min(stretch, max(task.left, 300))
            stop = min(at + stretch, end)
            over = stop == end
            kind = random.choices(["away", "meeting", "pause", "lock"], [60, 16, 12, 12])[0]
            done = task is not None and stop - max(at, self.free) >= task.left
            reason = "block-end" if over else "done" if done else "switch" if kind == "meeting" else kind
            span = self.entry(at, stop, "focus", block, task, title,
                              "block-start" if first else "done" if done else "back", reason)
            first = False
            if span is None:
                break
            worked += span[1] - span[0]
            at = stop
            if self.spend(task, span[1] - span[0]) or over:
                continue
            pause = min(random.randint(240, 1100), end - stop)
            self.interrupt(stop, stop + pause, kind, block)
            at = stop + pause
        return worked

    def interrupt(self, start, end, kind, block):
        if kind == "meeting":
            self.entry(start, end, "meeting", "-", None, random.choice(
                ["Call with support", "Question about the release", "Incident call"]),
                "by-hand", "stop")
            return
        answer = "none" if kind == "pause" else random.choices(
            ["break", "discard", "none"], [6, 2, 2])[0]
        add("gap", stamp(self.day, start), stamp(self.day, end), kind, answer, block)

    def block(self, number, start, minutes, kind, title):
        block = f"past/{self.day}-{number}"
        outcome, why, snoozed = self.live(start, minutes, kind, title, block)
        add("block", block, stamp(self.day, start), minutes, kind, outcome, why, snoozed, title)

    def live(self, start, minutes, kind, title, block):
        thursday = self.day % 7 == 3
        if kind == "off":
            return "none", "block-end", 0
        if kind == "focus":
            if random.random() < (0.5 if thursday and start > 43200 else 0.04):
                return random.choice([("missed", "late", 0), ("skipped", "skip", 0)])
            worked = self.focus(start, minutes, block)
            if worked >= 0.8 * minutes * 60:
                return "done", "block-end", 0
            return ("partial" if worked else "missed"), "block-end", 0
        if kind == "break":
            return self.rest(start, minutes, block, title)
        late = random.randint(5, 200)
        more = random.randint(300, 900) if kind == "meeting" and random.random() < 0.25 else 0
        if kind in ("shallow", "routine") and random.random() < 0.1:
            return random.choice([("skipped", "skip", 0), ("missed", "block-end", 0)])
        self.entry(start + late, start + minutes * 60 + more, kind, block, None, title,
                   "block-start", "extend" if more else "block-end")
        return "done", "block-end", 0

    def rest(self, start, minutes, block, title):
        chance = random.random()
        if chance < 0.12:
            return "missed", "reminder", 0
        snoozed = 5 if chance > 0.85 else 0
        begin = start + snoozed * 60 + random.randint(0, 120)
        self.entry(begin, start + minutes * 60, "break", block, None, title, "break", "block-end")
        return "done", "away", snoozed

    def evening(self):
        if random.random() < 0.2:
            start = 18 * 3600 + random.randint(300, 1800)
            end = start + random.randint(900, 2700)
            task = self.task() if random.random() < 0.5 else None
            if task is None:
                self.entry(start, end, "shallow", "-", None, "Answering the release channel",
                           "by-hand", "stop")
            elif self.entry(start, end, "focus", "-", task, task.title, "by-hand", "stop"):
                self.spend(task, end - start)


def plan_sprint(index, carried):
    """The tasks of a sprint: what came over, what is committed; and what is added on the way."""
    first = (FIRST_WEEK + 2 * index) * 7
    named, tasks = {}, []
    for row in TASKS[index]:
        parent = named.get(row[5])
        task = Task(row, stamp(first - 3, clock("15:00") + 60 * len(named)), parent)
        if parent:
            parent.children.append(task)
        named[task.title] = task
        tasks.append(task)
    added = Task(ADDED[index], stamp(first + 4, clock("10:40")), None)
    return first, carried, tasks, added


def live_sprint(index, carried):
    first, carried, tasks, added = plan_sprint(index, carried)
    joined = stamp(first, clock("08:40"))
    backlog = carried + tasks
    for task in carried:
        add("member", NAMES[index], task.number, "carried", joined, "-", 0)
    for task in tasks:
        if index != 1 or task is not tasks[-1]:
            continue
        task.state, task.done, task.left = "cancelled", stamp(first + 8, clock("10:45")), 0
    for day in range(first, first + 14):
        if day % 7 > 4:
            continue
        if day == first + 4:
            backlog.insert(0, added)
        life = Day(day, backlog)
        for number, (start, minutes, kind, title) in enumerate(DAY):
            life.block(number, clock(start), minutes, kind, title)
        life.evening()
        measure(day)
    end = stamp(first + 11, clock("17:45"))
    rest = [task for task in backlog if task.left > 0 or
            (task.children and task.state != "completed")]
    closed = index < len(NAMES) - 1
    for task in backlog:
        if task not in carried:
            left = end if closed and task in rest else task.done if task.state == "cancelled" else "-"
            how = "added" if task is added else "committed"
            add("member", NAMES[index], task.number, how,
                stamp(first + 4, clock("10:40")) if task is added else joined, left,
                int(closed and task in rest))
    add("sprint", NAMES[index], first, first + 11, joined, end if closed else "-", GOALS[index])
    return rest, backlog


level = {"coverage": 78.4, "tests": 371, "p95": 412}


def measure(day):
    if day % 7 in (1, 4):
        level["coverage"] += random.uniform(-0.3, 0.7)
        level["tests"] += random.randint(0, 6)
        level["p95"] -= random.randint(-6, 16)
        add("metric", stamp(day, clock("17:20")), "coverage", f"{level['coverage']:.1f}", "%")
        add("metric", stamp(day, clock("17:21")), "tests", level["tests"], "passed")
        add("metric", stamp(day, clock("17:22")), "p95", level["p95"], "ms")


def main():
    carried, everything = [], {}
    for index in range(len(NAMES)):
        carried, backlog = live_sprint(index, carried)
        everything.update({task.number: task for task in backlog})
    for number in sorted(everything):
        everything[number].write()
    order = ["sprint", "task", "member", "block", "entry", "gap", "metric"]
    rows.sort(key=lambda row: order.index(row.split("\t")[0]))
    with open("history.tsv", "w", encoding="utf-8") as out:
        out.write("# SPDX-FileCopyrightText: The trackerd authors\n"
                  "# SPDX-License-Identifier: GPL-3.0-or-later\n"
                  "# Written by make-history.py, which explains it; read by `tracker demo`.\n")
        out.write("\n".join(rows) + "\n")


main()
