#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads calendars that mean harm, and judges what each costs: CPU time and memory, never the clock.

    hostile.py --tracker PROGRAM [--size BYTES] [--only WORD] [--cpu SECONDS] [--memory MIB]

The promise: a file of 16 MB, whatever is in it, costs a second of CPU time and 64 MiB at most, and
the rest of the calendar is still used. Build without sanitizers; the exit status is 1 when one kind
costs more or loses its neighbour.
"""
import argparse
import json
import os
import sys
import tempfile

import hostile_kinds


def measure(command, env, errors):
    """(exit status, output, CPU seconds, MiB) of @command with all that it starts."""
    out_read, out_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(out_write, 1)
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 2)
        os.execve(command[0], command, env)
    os.close(out_write)
    with os.fdopen(out_read, "rb") as stream:
        output = stream.read()
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), output, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write_apart(path, make, size):
    """In a process of its own, or what follows would count this one's memory as its own."""
    pid = os.fork()
    if pid == 0:
        with open(path, "wb") as out:
            out.write(make(size))
        os._exit(0)
    os.waitpid(pid, 0)


def judge(name, make, args, folder, env):
    """Prints one line; FALSE when the promise is broken."""
    path = os.path.join(folder, "hostile.ics")
    write_apart(path, make, args.size)
    command = [args.tracker, "calendar", "show", path, "--from", "2026-07-06", "--to", "2026-07-07", "--tz", "UTC", "--json"]
    runs = [measure(command, env, os.path.join(folder, "errors")) for _ in range(args.runs)]
    status, output, _, memory = runs[0]
    cpu = min(run[2] for run in runs)
    faults = []
    if status not in ((1,) if name in hostile_kinds.FOREIGN else (0, 4)):
        faults.append(f"exit {status}")
    if name not in hostile_kinds.FOREIGN and not any(e["summary"] == "Neighbour" for e in json.loads(output or b"[]")):
        faults.append("lost its neighbour")
    if cpu > args.cpu:
        faults.append("too slow")
    if memory > args.memory:
        faults.append("too large")
    print(f"{name:<40} {cpu:>6.2f} s {memory:>6.1f} MiB  {', '.join(faults) or 'ok'}", flush=True)
    return not faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tracker", required=True)
    parser.add_argument("--size", type=int, default=16 << 20)
    parser.add_argument("--only", default="")
    parser.add_argument("--runs", type=int, default=1, help="the least CPU time of so many counts")
    parser.add_argument("--cpu", type=float, default=1.0)
    parser.add_argument("--memory", type=float, default=64.0)
    args = parser.parse_args()
    kinds = {**hostile_kinds.KINDS, **hostile_kinds.FOREIGN}
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, HOME=folder, TZ="UTC", LC_ALL="C.UTF-8", XDG_CONFIG_HOME=folder + "/config",
                   XDG_DATA_HOME=folder + "/data", XDG_CACHE_HOME=folder + "/cache")
        bad = [name for name, make in kinds.items()
               if args.only in name and not judge(name, make, args, folder, env)]
    print(f"{len(bad)} over: {', '.join(bad)}" if bad else "all within")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
