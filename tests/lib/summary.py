#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums up Meson's test logs: one closing line, and no quiet skips.

A skip, whole, of one TAP line or of one of unittest's tests, is a failure unless its reason names
the kernel right that is missing (CAP_...), or the version of clang-format that another distribution
lacks: continuous integration must not go blind without anybody noticing. What is let pass is still
told and counted. unittest tells its reasons with -v alone; a skip that it only counts has named
nothing.
"""
import json
import re
import sys

EXCUSE = re.compile(r"\bCAP_[A-Z_]+\b|^NOT CHECKED: the form is that of clang-format \d+;")
TAP_SKIP = re.compile(r"^ok \d+.*# SKIP\b(.*)$", re.IGNORECASE | re.MULTILINE)
UNITTEST_SKIP = re.compile(r"""\bskipped (?:'(.*)'|"(.*)")$""", re.MULTILINE)
UNITTEST_COUNT = re.compile(r"^(?:OK|FAILED) \(.*?\bskipped=(\d+)", re.MULTILINE)


def unittest_skips(output):
    """The reasons that unittest tells, and one for each that it counts besides."""
    reasons = [single or double for single, double in UNITTEST_SKIP.findall(output)]
    counted = sum(map(int, UNITTEST_COUNT.findall(output)))
    return reasons + [""] * (counted - len(reasons))


def skips(test):
    """Reasons of the skips in @test."""
    output = test.get("stdout", "") + test.get("stderr", "")
    reasons = [r.strip() or "(no reason)" for r in TAP_SKIP.findall(output) + unittest_skips(output)]
    if test["result"] == "SKIP" and not reasons:
        reasons = [output.strip()[-200:] or "(no reason)"]
    return reasons


def blind_skips(test):
    """Those that are no excuse."""
    return [r for r in skips(test) if not EXCUSE.search(r)]


def main(logs):
    passed = failed = skipped = 0
    for log in logs:
        with open(log, encoding="utf-8") as lines:
            tests = [json.loads(line) for line in lines]
        for test in tests:
            blind = blind_skips(test)
            for reason in skips(test):
                why = " without naming a missing kernel right" if reason in blind else ""
                print(f"skipped{why}: {test['name']}: {reason}")
            if blind or test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL"):
                failed += 1
            elif test["result"] == "SKIP":
                skipped += 1
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
