#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures whole commands against the floor built beside them, and prints ratios.

    ratios.py --bin BUILD_DIR [--runs N] [--sizes 1000,10000]

Every round runs each command once, in turn, so that drift of the machine's speed hits all alike;
medians over the rounds are compared. A single time says little; only ratios of one run count, and
nothing here passes or fails.
"""
import argparse
import datetime as dt
import os
import resource
import shutil
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
    """(wall seconds, peak KiB of the largest child so far) of one run."""
    begin = time.perf_counter()
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=False)
    wall = time.perf_counter() - begin
    if done.returncode not in (0, 4):
        sys.exit(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.decode()[-400:]}")
    return wall


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


class Bench:
    def __init__(self, build, root, runs, now):
        self.tracker = os.path.join(build, "tracker-cli", "tracker")
        self.here = os.path.join(build, "tests", "bench")
        self.root, self.runs, self.now = root, runs, now
        self.jobs = []

    def calendars(self, sizes):
        for n in sizes:
            env = home(self.root, f"calendar-{n}")
            path = os.path.join(env["HOME"], "bench.ics")
            with open(path, "w", encoding="utf-8", newline="") as out:
                out.write(calendar(n, self.now))
            run([self.tracker, "calendar", "add", "bench", path], env)
            self.first_index(n, path, env)
            index = os.path.join(env["XDG_CACHE_HOME"], "trackerd", "index.db")
            self.jobs.append((f"floor ({n} events)", [self.here + "/floor", index], env, None))
            self.jobs.append((f"agenda of a day, {n} events", [self.tracker, "agenda"], env, len(self.jobs) - 1))

    def first_index(self, n, path, env):
        """Making the index beside libical's bare parse of the same file: median of five in turn."""
        parse, index = [], []
        for _ in range(5):
            shutil.rmtree(os.path.join(env["XDG_CACHE_HOME"], "trackerd"), ignore_errors=True)
            parse.append(run([self.here + "/parse-calendar", path], env))
            index.append(run([self.tracker, "agenda"], env))
        parse, index = statistics.median(parse), statistics.median(index)
        print(f"first index of {n} events: {index:.2f} s, {index / parse:.2f} times a bare parse",
              flush=True)

    def logs(self, sizes):
        for n in sizes:
            env = home(self.root, f"log-{n}")
            os.makedirs(env["XDG_DATA_HOME"] + "/trackerd", mode=0o700)
            log = os.path.join(env["XDG_DATA_HOME"], "trackerd", "trackerd.db")
            run([self.here + "/fill-log", log, str(n), self.now.strftime("%Y-%m-%dT%H:%M:%SZ")], env)
            floor = len(self.jobs)
            self.jobs.append((f"floor ({n} entries)", [self.here + "/floor", log], env, None))
            self.jobs.append((f"report week, {n} entries", [self.tracker, "report", "week"], env, floor))
            self.jobs.append((f"log of today, {n} entries", [self.tracker, "log"], env, floor))
            self.jobs.append((f"metric add, {n} entries", [self.tracker, "metric", "add", "x", "1"], env, floor))

    def start(self):
        env = home(self.root, "start")
        self.jobs.append(("empty program", [self.here + "/empty"], env, None))
        self.jobs.append(("tracker --version", [self.tracker, "--version"], env, len(self.jobs) - 1))

    def measure(self):
        times = [[] for _ in self.jobs]
        for number in range(self.runs + 1):
            for taken, (_, command, env, _) in zip(times, self.jobs):
                wall = run(command, env)
                if number > 0:
                    taken.append(wall)
        medians = [statistics.median(t) for t in times]
        print(f"\n{'work':<34} {'median':>9} {'ratio':>7}")
        for (name, _, _, floor), median in zip(self.jobs, medians):
            ratio = "" if floor is None else f"{median / medians[floor]:.2f}"
            print(f"{name:<34} {median * 1000:>6.2f} ms {ratio:>7}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--sizes", default="1000,10000")
    args = parser.parse_args()
    sizes = [int(s) for s in args.sizes.split(",")]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    now = dt.datetime.now(dt.timezone.utc).replace(microsecond=0)
    with tempfile.TemporaryDirectory() as root:
        bench = Bench(os.path.abspath(args.bin), root, args.runs, now)
        bench.start()
        bench.calendars(sizes)
        bench.logs(sizes)
        bench.measure()


if __name__ == "__main__":
    main()
