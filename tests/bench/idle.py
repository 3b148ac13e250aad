#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a daemon costs that does nothing: memory, and how often it wakes up, with no entry open and
with one, as strace sees it. Each line says its budget and whether it is kept; none makes this fail.

    idle.py TRACKERD [SECONDS]
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from ratios import heading, say


QUIET = 0.5  # seconds without a system call: it sleeps, and does not wait for the disk


def wakes(pid, seconds):
    """How often it woke up: how many times a system call followed on @QUIET without any. A timer that
    wakes two threads, and the disk that they wait for then, is one."""
    with tempfile.NamedTemporaryFile("r") as trace:
        tracer = subprocess.Popen(["strace", "-f", "-ttt", "-o", trace.name, "-p", str(pid)],
                                  stderr=subprocess.DEVNULL)
        time.sleep(2)  # what its own coming interrupts
        begin = time.time()
        time.sleep(seconds)
        tracer.terminate()
        tracer.wait()
        moments = [float(line.split()[1]) for line in trace if begin <= float(line.split()[1])
                   < begin + seconds]
    return sum(later - earlier > QUIET for earlier, later in zip([begin] + moments, moments))


def say_wakes(work, pid, seconds, budget):
    if shutil.which("strace") is None:
        print(f"{work}: not measured, there is no strace")
    else:
        say(work, wakes(pid, seconds) * 60 / seconds, budget)


def memory(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as handle:
        text = handle.read()
    return {k: int(re.search(rf"^{k}:\s+(\d+)", text, re.M).group(1))
            for k in ("Rss", "Anonymous", "Private_Dirty")}


def inside(trackerd, seconds):
    """On a bus of its own."""
    daemon = subprocess.Popen([trackerd], stderr=subprocess.DEVNULL)
    call = ["gdbus", "call", "--session", "-d", "org.trackerd.Tracker1", "-o",
            "/org/trackerd/Tracker1", "-m"]
    try:
        subprocess.run(["gdbus", "wait", "--session", "--timeout", "20", "org.trackerd.Tracker1"],
                       check=True)
        time.sleep(20)  # threads that only start-up needed are gone
        used = memory(daemon.pid)
        heading(f"a daemon at rest, over {seconds} s")
        say("memory, resident", used["Rss"] / 1024, 8, " MiB")
        say("memory, of its own and dirty", used["Private_Dirty"] / 1024, 1.5, " MiB")
        say_wakes("wake-ups a minute, nothing open", daemon.pid, seconds, 0)
        subprocess.run(call + ["org.trackerd.Tracker1.Start", "work", "0", "", "0", "0"],
                       check=True, stdout=subprocess.DEVNULL)
        time.sleep(20)
        # The mark of when it was last known awake.
        say_wakes("wake-ups a minute, an entry open", daemon.pid, seconds, 1)
    finally:
        daemon.terminate()
        daemon.wait()


def main():
    if os.environ.get("TRACKERD_BENCH_INSIDE"):
        inside(sys.argv[1], int(sys.argv[2]))
        return
    home = tempfile.mkdtemp(prefix="trackerd-bench-")
    environment = {"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8",
                   "TRACKERD_BENCH_INSIDE": "1",
                   "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/system-bus"}
    for name, folder in (("CONFIG_HOME", "config"), ("DATA_HOME", "data"), ("CACHE_HOME", "cache"),
                         ("RUNTIME_DIR", "run")):
        os.mkdir(os.path.join(home, folder), 0o700)
        environment["XDG_" + name] = os.path.join(home, folder)
    try:
        subprocess.run(["dbus-run-session", "--", sys.executable, __file__, sys.argv[1],
                        sys.argv[2] if len(sys.argv) > 2 else "120"], env=environment, check=True)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
