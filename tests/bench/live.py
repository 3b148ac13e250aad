#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a command costs that the daemon answers, beside the floor, and whether it keeps its budget:
wall time, for the daemon works too and waits for the disk. So quiet machines only.

    live.py --bin BUILD_DIR [--runs N] [--files 10000]
"""
import argparse
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time

from ratios import heading, home, replace, run, say, write_folder


class Live:
    def __init__(self, build, env, runs):
        self.tracker = os.path.join(build, "tracker-cli", "tracker")
        self.env, self.runs = env, runs
        self.floor = os.path.join(build, "tests", "bench", "floor")
        self.log = os.path.join(env["XDG_DATA_HOME"], "trackerd", "trackerd.db")
        self.index = os.path.join(env["XDG_CACHE_HOME"], "trackerd", "index.db")

    def ratios(self, database, *commands, before=None):
        """A list of ratios for each of @commands, which run in turn, each after its floor."""
        found = [[] for _ in commands]
        for number in range(self.runs + 1):
            for ratios, arguments in zip(found, commands):
                if before is not None:
                    before()
                base = run([self.floor, database], self.env)
                wall = run([self.tracker] + arguments, self.env)
                if number > 0:
                    ratios.append(wall / base)
        return [statistics.median(ratios) for ratios in found]

    def verbs(self):
        start, stop = self.ratios(self.log, ["start", "bench"], ["stop"])
        status, = self.ratios(self.log, ["status"])
        heading("with a daemon, beside the floor")
        say("start", start, 1.5, " x")
        say("stop", stop, 1.5, " x")
        say("status", status, None, " x")

    def replaced(self, path, n):
        """The agenda after the daemon has seen the change, as a person would ask."""
        def before():
            replace(path)
            time.sleep(1)

        value, = self.ratios(self.index, ["agenda"], before=before)
        say(f"agenda, one of {n} files replaced a second ago", value, 3, " x")


def inside(build, root, runs, files):
    """On a bus of its own."""
    env = home(root, "live")
    env["DBUS_SESSION_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
    folder = os.path.join(env["HOME"], "bench")
    live = Live(build, env, runs)
    now = dt.datetime.now(dt.timezone.utc).replace(microsecond=0)

    write_folder(folder, files, now - dt.timedelta(days=1200))  # nothing of it is due now
    run([live.tracker, "calendar", "add", "bench", folder], env)
    run([live.tracker, "agenda"], env)
    daemon = subprocess.Popen([os.path.join(build, "trackerd", "trackerd")], env=env,
                              stderr=subprocess.DEVNULL)
    try:
        subprocess.run(["gdbus", "wait", "--session", "--timeout", "20", "org.trackerd.Tracker1"],
                       check=True)
        time.sleep(3)  # its first plan is made
        live.verbs()
        live.replaced(os.path.join(folder, f"{files // 2}.ics"), files)
    finally:
        daemon.terminate()
        daemon.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--files", type=int, default=10000)
    args = parser.parse_args()
    if os.environ.get("TRACKERD_BENCH_INSIDE"):
        with tempfile.TemporaryDirectory() as root:
            inside(os.path.abspath(args.bin), root, args.runs, args.files)
        return
    subprocess.run(["dbus-run-session", "--", sys.executable] + sys.argv, check=True,
                   env=dict(os.environ, TRACKERD_BENCH_INSIDE="1",
                            DBUS_SYSTEM_BUS_ADDRESS="unix:path=/nonexistent/system-bus"))


if __name__ == "__main__":
    main()
