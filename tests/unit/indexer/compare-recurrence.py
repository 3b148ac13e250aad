#!/usr/bin/python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds our expansion of generated rules against python3-dateutil's.

    compare-recurrence.py EXPAND-RULE [N]

Left out are the rules on which the two differ by decision: DTSTART outside its rule is an instance
for us and counts (RFC 5545 3.8.5.3), so it is taken from the rule's own instances here; BYWEEKNO
without BYDAY takes DTSTART's weekday for us (3.3.10) and all seven for dateutil; BYSETPOS in a WEEKLY
rule counts within the whole week for us, and for dateutil's first week only from DTSTART on.
"""
import datetime as module
import random
import subprocess
import sys
import types
from datetime import datetime, timedelta

import dateutil.rrule
from dateutil.rrule import rrulestr

# A rule that never matches is walked to MAXYEAR, UNTIL or not.
dateutil.rrule.datetime = types.SimpleNamespace(**{**vars(module), "MAXYEAR": 2036})

FORMAT = "%Y%m%dT%H%M%S"


def some(rng, values, most):
    return ",".join(str(v) for v in rng.sample(values, rng.randint(1, most)))


def weekdays(rng, numbered):
    names = rng.sample(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], rng.randint(1, 3))
    if numbered:
        names = [str(rng.choice([1, 2, 3, 4, 5, -1, -2])) + n for n in names]
    return ",".join(names)


def day_parts(rng, freq):
    parts = []
    if rng.random() < 0.3:
        parts.append("BYMONTH=" + some(rng, range(1, 13), 4))
    if freq in ("MONTHLY", "YEARLY") and rng.random() < 0.4:
        days = list(range(1, 32)) + list(range(-31, 0))
        parts.append("BYMONTHDAY=" + some(rng, days, 4))
    elif freq == "DAILY" and rng.random() < 0.2:
        parts.append("BYMONTHDAY=" + some(rng, range(-31, 0), 4))
    if freq == "YEARLY" and rng.random() < 0.25:
        parts.append("BYYEARDAY=" + some(rng, list(range(1, 367)) + list(range(-366, 0)), 5))
    elif freq == "YEARLY" and rng.random() < 0.3:
        parts.append("BYWEEKNO=" + some(rng, list(range(1, 54)) + list(range(-53, 0)), 4))
        parts.append("BYDAY=" + weekdays(rng, False))
        return parts
    if rng.random() < 0.4:
        parts.append("BYDAY=" + weekdays(rng, freq in ("MONTHLY", "YEARLY") and rng.random() < 0.5))
    return parts


def limits(rng):
    """Days that a rule finer than a day is limited to."""
    parts = []
    if rng.random() < 0.2:
        parts.append("BYMONTHDAY=" + some(rng, list(range(1, 32)) + list(range(-31, 0)), 12))
    if rng.random() < 0.3:
        parts.append("BYDAY=" + weekdays(rng, False))
    return parts


def time_parts(rng):
    parts = []
    if rng.random() < 0.25:
        parts.append("BYHOUR=" + some(rng, range(24), 3))
    if rng.random() < 0.2:
        parts.append("BYMINUTE=" + some(rng, range(60), 3))
    return parts


def rule(rng):
    freq = rng.choice(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"])
    days = limits(rng) if freq in ("HOURLY", "MINUTELY") else day_parts(rng, freq)
    parts = ["FREQ=" + freq] + days + time_parts(rng)
    if freq != "MINUTELY" and rng.random() < 0.5:
        parts.append("INTERVAL=%d" % rng.randint(1, 5 if freq in ("YEARLY", "MONTHLY") else 40))
    if rng.random() < 0.3:
        parts.append("WKST=" + rng.choice(["MO", "SU", "WE"]))
    if freq == "MINUTELY":
        parts.append("INTERVAL=%d" % rng.randint(7, 300))
        return ";".join(parts)
    if len(parts) > 1 and freq != "WEEKLY" and rng.random() < 0.25:
        parts.append("BYSETPOS=" + some(rng, [1, 2, 3, -1, -2], 2))
    if rng.random() < 0.3:
        parts.append("COUNT=%d" % rng.randint(1, 40))
    return ";".join(parts)


def instances(text, start, until):
    try:
        return list(rrulestr("%s;UNTIL=%s" % (text, until.strftime(FORMAT)), dtstart=start))
    except ValueError:  # hours or minutes that INTERVAL never meets
        return []


def question(rng):
    """A start that is an instance of its rule, a window, and what dateutil says."""
    text = rule(rng)
    endless, _, count = text.partition(";COUNT=")
    seed = datetime(2020, 1, 1) + timedelta(minutes=rng.randint(0, 5 * 525600))
    short = 15 if "HOURLY" in text else 4 if "MINUTELY" in text else 0
    first = next(iter(instances(endless, seed, seed + timedelta(days=short or 3000))), None)
    if first is None:
        return None
    start = first + timedelta(days=rng.choice([0, 5, 9] if short else [0, 0, 100, 1000]))
    end = start + timedelta(days=short or 1000)
    answer = []
    for n, at in enumerate(instances(endless, first, end)):
        if (count and n >= int(count)) or at >= end or len(answer) > 3000:
            break
        if at >= start:
            answer.append(at.strftime(FORMAT))
    if len(answer) > 3000:
        return None
    line = " ".join([first.strftime(FORMAT), start.strftime(FORMAT), end.strftime(FORMAT), text])
    return line, " ".join(answer)


def main():
    rng = random.Random(20261123)
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    questions = []
    while len(questions) < wanted:
        found = question(rng)
        if found is not None:
            questions.append(found)
    lines = "\n".join(q for q, _ in questions) + "\n"
    result = subprocess.run([sys.argv[1]], input=lines, capture_output=True, text=True, check=True)
    answers = result.stdout.split("\n")
    wrong = 0
    for (line, want), got in zip(questions, answers):
        if want != got:
            wrong += 1
            mine, theirs = set(got.split()), set(want.split())
            print("%s\n  missing %s\n  extra   %s" % (line, sorted(theirs - mine)[:4],
                                                     sorted(mine - theirs)[:4]))
    print("%d of %d rules agree" % (len(questions) - wrong, len(questions)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
