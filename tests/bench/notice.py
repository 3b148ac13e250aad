#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon after its alarm a notice is called: from the clock's alarm in the daemon over the engine,
the log and libnotify's thread to a notification server on the bus. Says whether the budget is kept;
a budget missed makes nothing fail.

    notice.py NOTICE_LATENCY [--blocks 1000]
"""
import argparse
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile

from ratios import heading, home, say

FIRST = dt.datetime(2026, 3, 2, 9)
STEP = 30  # minutes
A_DAY = 16

EVENT = """BEGIN:VEVENT\r
UID:block-{i}@example.org\r
DTSTAMP:20260101T000000Z\r
DTSTART:{start}Z\r
DURATION:PT25M\r
SUMMARY:Block {i}\r
CATEGORIES:Focus\r
END:VEVENT\r
"""


def calendar(n):
    out = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//trackerd//bench//EN\r\n"]
    for i in range(n):
        start = FIRST + dt.timedelta(days=i // A_DAY, minutes=i % A_DAY * STEP)
        out.append(EVENT.format(i=i, start=start.strftime("%Y%m%dT%H%M00")))
    out.append("END:VCALENDAR\r\n")
    return "".join(out)


def lines(program, root, n):
    """What @program prints: µs, or "-"."""
    env = home(root, "notice")
    env.update(TZ="UTC", DBUS_SYSTEM_BUS_ADDRESS="unix:path=/nonexistent/system-bus")
    path = os.path.join(env["HOME"], "bench.ics")
    folder = os.path.join(env["XDG_CONFIG_HOME"], "trackerd")
    os.makedirs(folder, mode=0o700)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(calendar(n))
    with open(os.path.join(folder, "trackerd.conf"), "w", encoding="utf-8") as out:
        out.write(f"[calendar bench]\npath = {path}\n")
    done = subprocess.run(["dbus-run-session", "--", program, FIRST.isoformat() + "Z", str(STEP),
                           str(A_DAY), str(n)], env=env, stdout=subprocess.PIPE, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"{program}: exit {done.returncode}")
    return done.stdout.split()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--blocks", type=int, default=1000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        found = lines(args.program, root, args.blocks)
    took = sorted(int(line) / 1000 for line in found if line != "-")
    heading(f"from the alarm to Notify, {args.blocks} blocks")
    if took:
        say("half of them within", statistics.median(took), None, " ms")
        say("99 of 100 within", took[len(took) * 99 // 100 - (len(took) * 99 % 100 == 0)], 20, " ms")
        say("the last within", took[-1], None, " ms")
    say("notices that did not come in 5 s", found.count("-"), 0)


if __name__ == "__main__":
    main()
