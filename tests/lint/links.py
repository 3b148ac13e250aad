#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which libraries a program is linked with beyond those that every start may pay for.

    links.py PROGRAM LIBRARY…   fails when PROGRAM needs another one

A library at start costs each command its loading: GObject 0.3 ms, GIO 0.8 ms. What needs one is a
module that is loaded late (common/bus) or a program of its own (tracker-demo).
"""
import re
import subprocess
import sys

# What a compiler adds by itself.
ALWAYS = ["libc", "libm", "libasan", "libubsan", "liblsan", "libtsan", "libgcov"]


def needed(program):
    dump = subprocess.run(["readelf", "-dW", program], capture_output=True, text=True, check=True)
    return re.findall(r"\(NEEDED\).*\[(\S+?)\.so", dump.stdout)


def main(program, *allowed):
    libraries = needed(program)
    assert "libc" in libraries, libraries
    wrong = [name for name in libraries if name not in ALWAYS and name not in allowed]
    for name in wrong:
        print(f"{program} is linked with {name}, which every command would load at its start")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
