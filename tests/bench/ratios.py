#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures whole commands against the floor built beside them, and says whether each keeps its budget.

    ratios.py --bin BUILD_DIR [--runs N] [--sizes 1000,10000] [--wall]

Every round runs each command right after its floor, so that drift of the machine's speed hits both
alike; the median of the rounds' ratios counts, of processor time with that of children: others who
use the machine change it little. Where waiting for the disk is the point it is wall time. With --wall
it is so everywhere: the budgets were set by it, and it is the milder measure, since both sides wait
for their process to be made; but it needs a machine that does nothing else. A single figure says
little, and no budget missed makes this fail: it is read, not enforced.
"""
import argparse
import contextlib
import datetime as dt
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

EVENT = """BEGIN:VEVENT\r
UID:bench-{i}@example.org\r
DTSTAMP:20240101T000000Z\r
DTSTART;TZID=Europe/Berlin:{start}\r
DURATION:PT45M\r
{rule}SUMMARY:Work on part {part}\r
CATEGORIES:{category}\r
END:VEVENT\r
"""


def calendar(n, now):
    """@n events over three years around @now, one in ten of them weekly."""
    first = now - dt.timedelta(days=550)
    out = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//trackerd//bench//EN\r\n"]
    for i in range(n):
        start = first + dt.timedelta(minutes=1100 * 1440 // n * i // 1)
        rule = "RRULE:FREQ=WEEKLY;COUNT=20\r\n" if i % 10 == 0 else ""
        out.append(EVENT.format(i=i, start=start.strftime("%Y%m%dT%H%M00"), rule=rule, part=i % 40,
                                category=["Focus", "Meeting", "Break", "Admin"][i % 4]))
    out.append("END:VCALENDAR\r\n")
    return "".join(out)


def run(command, env):
    """Wall seconds of one run."""
    return measured(command, env)[0]


def processor(command, env):
    """Processor seconds of one run, with what it waited for."""
    return measured(command, env)[1]


def measured(command, env):
    """(wall seconds, processor seconds, peak KiB) of one run."""
    with tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 4):
            errors.seek(0)
            sys.exit(f"{' '.join(command)}: exit {process.returncode}: "
                     f"{errors.read().decode()[-400:]}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss


def apart(work, *arguments):
    """Does it in a process of its own: a program begins with the memory of the one that starts it, and
    what this one needs to write 100,000 events would be measured as the program's."""
    pid = os.fork()
    if pid == 0:
        work(*arguments)
        os._exit(0)
    if os.waitpid(pid, 0)[1] != 0:
        sys.exit("the calendars to measure with could not be written")


def say(work, value, budget, unit=""):
    """A line of the result: what was measured, and whether it keeps its budget."""
    verdict = "" if budget is None else "kept" if value <= budget else "MISSED"
    wanted = "" if budget is None else f"{budget:g}{unit}"
    print(f"{work:<44} {value:>8.2f}{unit:<4} {wanted:>9} {verdict}", flush=True)


def heading(title):
    print(f"\n{title:<44} {'measured':>12} {'budget':>9}", flush=True)


def replace(path):
    """A new version by rename, as calendar programs do."""
    with open(path, encoding="utf-8", newline="") as old:
        text = old.read()
    with open(path + ".tmp", "w", encoding="utf-8", newline="") as new:
        new.write(text.replace("SUMMARY:", "SUMMARY:x", 1))
    os.replace(path + ".tmp", path)


def ratio(command, floor, env, runs, before=None, cost=processor):
    """The median of how many times @floor's cost @command has, each right after the other."""
    found = []
    for number in range(runs + 1):
        if before is not None:
            before()
        base, taken = cost(floor, env), cost(command, env)
        if number > 0:
            found.append(taken / base)
    return statistics.median(found)


def home(root, name):
    """An environment with a home of its own."""
    base = os.path.join(root, name)
    env = {k: v for k, v in os.environ.items() if k != "DBUS_SESSION_BUS_ADDRESS"}
    env.update(HOME=base, TZ="Europe/Berlin", LC_ALL="C.UTF-8", XDG_CONFIG_HOME=base + "/config",
               XDG_DATA_HOME=base + "/data", XDG_CACHE_HOME=base + "/cache",
               XDG_RUNTIME_DIR=base + "/run")
    for path in (base, env["XDG_RUNTIME_DIR"]):
        os.makedirs(path, mode=0o700, exist_ok=True)
    return env


DAY = {10000: 1.35, 100000: 2.3}
WEEK = {10000: 1.7, 100000: 5}


class Bench:
    def __init__(self, build, root, runs, now, cost):
        self.cost = cost
        self.tracker = os.path.join(build, "tracker-cli", "tracker")
        self.here = os.path.join(build, "tests", "bench")
        self.root, self.runs, self.now = root, runs, now

    def ratio(self, work, arguments, floor, env, budget, before=None, cost=None):
        value = ratio([self.tracker] + arguments, floor, env, self.runs, before, cost or self.cost)
        say(work, value, budget, " x")
        return value

    def with_bare(self, work, arguments, floor, env, budget):
        """The same, and a line for what the command's statements take by themselves: a budget below it
        is out of reach for whatever reads that much of these databases."""
        value = self.ratio(work, arguments, floor, env, budget)
        record = os.path.join(env["HOME"], "statements")
        run([self.tracker] + arguments,
            dict(env, LD_PRELOAD=self.here + "/record-statements.so", TRACKERD_STATEMENTS=record))
        say("  its statements alone",
            ratio([self.here + "/bare", record], floor, env, self.runs, cost=self.cost), None, " x")
        return value

    def start(self):
        env = home(self.root, "start")
        heading("beside an empty program")
        self.ratio("tracker --version", ["--version"], [self.here + "/empty"], env, 2)

    def index_floor(self, env):
        """The floor over a copy of the index: its own may have a log, which costs the floor as well."""
        own = os.path.join(env["XDG_CACHE_HOME"], "trackerd", "index.db")
        copy = os.path.join(env["HOME"], "floor.db")
        with contextlib.closing(sqlite3.connect(own)) as index, \
                contextlib.closing(sqlite3.connect(copy)) as still:
            index.backup(still)
        return [self.here + "/floor", copy]

    def calendars(self, sizes):
        for n in sizes:
            env = home(self.root, f"calendar-{n}")
            path = os.path.join(env["HOME"], "bench.ics")
            apart(write_file, path, n, self.now)
            run([self.tracker, "calendar", "add", "bench", path], env)
            heading(f"{n} events in one file")
            self.first_index(n, path, env)
            floor = self.index_floor(env)
            self.with_bare("agenda of a day", ["agenda"], floor, env, DAY.get(n))
            self.with_bare("agenda of a week", ["agenda", "week"], floor, env, WEEK.get(n))

    def first_index(self, n, path, env):
        """Making the index beside libical's bare parse of the same file."""
        ratios, peak = [], 0
        for _ in range(5):
            shutil.rmtree(os.path.join(env["XDG_CACHE_HOME"], "trackerd"), ignore_errors=True)
            parse = processor([self.here + "/parse-calendar", path], env)
            _, taken, kib = measured([self.tracker, "agenda"], env)
            ratios.append(taken / parse)
            peak = max(peak, kib)
        say("first index, beside a bare parse", statistics.median(ratios), 1.5, " x")
        say("first index, peak memory", peak / 1024, 64 if n >= 100000 else None, " MiB")

    def folder(self, n):
        """One event a file, as synchronisers keep them."""
        env = home(self.root, f"folder-{n}")
        path = os.path.join(env["HOME"], "bench")
        apart(write_folder, path, n, self.now)
        run([self.tracker, "calendar", "add", "bench", path], env)
        run([self.tracker, "agenda"], env)
        floor = self.index_floor(env)
        heading(f"a folder of {n} files, no daemon")
        self.ratio("agenda of a day, nothing changed", ["agenda"], floor, env, None)
        self.ratio("agenda of a day, one file replaced", ["agenda"], floor, env, 13,
                   lambda: replace(os.path.join(path, f"{n // 2}.ics")))

    def logs(self, sizes):
        weeks = []
        for n in sizes:
            env = home(self.root, f"log-{n}")
            os.makedirs(env["XDG_DATA_HOME"] + "/trackerd", mode=0o700)
            log = os.path.join(env["XDG_DATA_HOME"], "trackerd", "trackerd.db")
            run([self.here + "/fill-log", log, str(n), self.now.strftime("%Y-%m-%dT%H:%M:%SZ")], env)
            floor = [self.here + "/floor", log]
            year = (self.now - dt.timedelta(days=364)).strftime("%Y-%m-%d..today")
            heading(f"{n} entries")
            weeks.append(self.with_bare("report of a week", ["report", "week"], floor, env, 1.5))
            self.with_bare("report of a year", ["report", year], floor, env, 3 if n > 4380 else None)
            self.ratio("log of today", ["log"], floor, env, None)
            self.ratio("metric add, without a daemon, wall time", ["metric", "add", "x", "1"], floor,
                       env, None, cost=run)
        if len(weeks) > 1:
            say(f"\nweek, {sizes[-1]} beside {sizes[0]} entries", weeks[-1] / weeks[0], 1.1, " x")


def write_file(path, n, now):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(calendar(n, now))


def write_folder(path, n, now):
    os.mkdir(path, 0o700)
    for i, event in enumerate(calendar(n, now).split("BEGIN:VEVENT")[1:]):
        with open(os.path.join(path, f"{i}.ics"), "w", encoding="utf-8", newline="") as out:
            out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//trackerd//bench//EN\r\n"
                      "BEGIN:VEVENT" + event.split("END:VCALENDAR", maxsplit=1)[0]
                      + "END:VCALENDAR\r\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--wall", action="store_true")
    args = parser.parse_args()
    sizes = [int(s) for s in args.sizes.split(",")]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    now = dt.datetime.now(dt.timezone.utc).replace(microsecond=0)
    with tempfile.TemporaryDirectory() as root:
        bench = Bench(os.path.abspath(args.bin), root, args.runs, now,
                      run if args.wall else processor)
        bench.start()
        bench.calendars(sizes)
        bench.folder(min(10000, sizes[-1]))
        bench.logs(sizes)


if __name__ == "__main__":
    main()
