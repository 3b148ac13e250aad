#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which C files are not in the form that .clang-format gives them (`./dev format` mends it).

    form.py CLANG_FORMAT ROOT

Versions of clang-format differ in small things, so only the one of Debian 12 (14) decides.
"""
import os
import subprocess
import sys


def sources(root):
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith((".", "build"))]
        yield from (os.path.join(folder, f) for f in sorted(files) if f.endswith((".c", ".h")))


def main(program, root):
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    if " 14." not in version.stdout:
        print(f"not checked by {version.stdout.strip()}: the form is that of version 14")
        return 0
    told = subprocess.run([program, "--dry-run", "--Werror", *sources(root)], capture_output=True,
                          text=True, check=False, cwd=root)
    wrong = sorted({line.split(":")[0] for line in told.stderr.splitlines() if ": error:" in line})
    for path in wrong:
        print(f"{os.path.relpath(path, root)}: not in form; ./dev format")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
