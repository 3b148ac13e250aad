#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which C files are not in the form that .clang-format gives them (`./dev format` mends it).

    form.py ROOT            check a tree
    form.py --self-test     prove that each way out can be taken

Versions of clang-format differ in small things, so only one decides: 14, which is Debian 12's.
Elsewhere the check is a skip that is counted and named; on Debian 12 there is no excuse.
"""
import os
import shutil
import stat
import subprocess
import sys
import tempfile

VERSION = "14"
SKIPPED = 77  # for Meson


def find_program(path):
    """The clang-format of our version, and what there is when that is missing."""
    other = "no clang-format"
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name, path=path)
        if program is None:
            continue
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        if f" {VERSION}." in told.stdout:
            return program, None
        other = told.stdout.strip()
    return None, other


def has_our_version(os_release):
    """Does the system that @os_release tells of have clang-format 14 as its own?"""
    try:
        with open(os_release, encoding="utf-8") as lines:
            words = {line.strip().replace('"', "") for line in lines}
    except OSError:
        return False
    return {"ID=debian", "VERSION_ID=12"} <= words


def sources(root):
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith((".", "build"))]
        yield from (os.path.join(folder, f) for f in sorted(files) if f.endswith((".c", ".h")))


def check(program, root):
    told = subprocess.run([program, "--dry-run", "--Werror", *sources(root)], capture_output=True,
                          text=True, check=False, cwd=root)
    wrong = sorted({line.split(":")[0] for line in told.stderr.splitlines() if ": error:" in line})
    for path in wrong:
        print(f"{os.path.relpath(path, root)}: not in form; ./dev format")
    if told.returncode != 0 and not wrong:
        print(told.stderr)
    return 1 if told.returncode != 0 else 0


def main(root, path=None, os_release="/etc/os-release"):
    program, other = find_program(path)
    if program is not None:
        return check(program, root)
    print(f"NOT CHECKED: the form is that of clang-format {VERSION}; this machine has {other}")
    return 1 if has_our_version(os_release) else SKIPPED


def pretend(folder, version):
    """A clang-format in @folder that finds nothing and calls itself @version."""
    path = os.path.join(folder, "clang-format")
    with open(path, "w", encoding="utf-8") as script:
        script.write(f"#!/bin/sh\n[ $1 != --version ] || echo 'clang-format version {version}.0.6'\n")
    os.chmod(path, stat.S_IRWXU)


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        release = os.path.join(folder, "os-release")
        with open(release, "w", encoding="utf-8") as handle:
            handle.write('NAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n')
        assert main(folder, folder, "/nonexistent") == SKIPPED
        assert main(folder, folder, release) == 1
        pretend(folder, "19")
        assert main(folder, folder, "/nonexistent") == SKIPPED
        assert main(folder, folder, release) == 1
        pretend(folder, "14")
        assert main(folder, folder, release) == 0
    if find_program(None)[0] is not None:
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "a.c"), "w", encoding="utf-8") as handle:
                handle.write("int  f(void){return 1;}\n")
            assert main(folder) == 1
    return 0


if __name__ == "__main__":
    sys.exit(self_test() if sys.argv[1:] == ["--self-test"] else main(*sys.argv[1:]))
