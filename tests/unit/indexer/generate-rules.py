#!/usr/bin/python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/recurrence/generated.txt: generated rules and the instances on which independent
implementations agree.

    npm install --prefix FOLDER rrule-temporal ical.js
    generate-rules.py FOLDER [N] > tests/data/recurrence/generated.txt

The implementations are python3-dateutil, rrule-temporal and ical.js; a rule is taken when the first
and another one give the same answer. What they differ in goes to standard error, to be decided by
the RFC and written down in tests/data/README.md. One that takes longer than two seconds over a rule
is started again.
"""
import importlib.util
import os
import random
import select
import shutil
import subprocess
import sys
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = """\
# SPDX-License-Identifier: GPL-3.0-or-later
# Generated rules: DTSTART | rule | from | to | instances. Written by
# tests/unit/indexer/generate-rules.py from the answers of python3-dateutil and of rrule-temporal or
# ical.js, where they are the same; not by hand, and not by the program under test."""


def questions():
    spec = importlib.util.spec_from_file_location("q", os.path.join(HERE, "compare-recurrence.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rng = random.Random(5545)
    while True:
        found = module.question(rng)
        if found is not None and 0 < len(found[1].split()) <= 24:
            yield found


class Peer:
    def __init__(self, name, folder):
        self.name, self.folder, self.process = name, folder, None

    def start(self):
        script = os.path.join(self.folder, "expand-peers.mjs")  # beside its node_modules
        shutil.copy(os.path.join(HERE, "expand-peers.mjs"), script)
        self.process = subprocess.Popen(["node", script, self.name], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def ask(self, line):
        if self.process is None:
            self.start()
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], 2)[0]:
            self.process.kill()
            self.process.wait()
            self.process = None
            return "slow"
        return self.process.stdout.readline().decode().strip()


def main():
    peers = [Peer(name, sys.argv[1]) for name in ("rrule-temporal", "ical.js")]
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    asked, agreed = 0, Counter()
    print(HEAD)
    for line, answer in questions():
        same = [peer.name for peer in peers if peer.ask(line) == answer]
        asked += 1
        agreed.update(same)
        first, start, end, rule = line.split(" ")
        if same:
            print(" | ".join([first, rule, start, end, answer]), flush=True)
            wanted -= 1
        else:
            print("no second:", line, file=sys.stderr)
        if wanted == 0:
            break
    print("%d rules asked; dateutil and %s" % (asked, dict(agreed)), file=sys.stderr)


if __name__ == "__main__":
    main()
