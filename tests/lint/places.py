# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No program knows the folder in which it was built: what is installed means nothing there."""
import subprocess
import sys
import tempfile


def data_of(path):
    """Its constants and data; what only a debugger reads is no part of it."""
    with tempfile.NamedTemporaryFile() as bare:
        subprocess.run(["objcopy", "--strip-all", path, bare.name], check=True)
        with open(bare.name, "rb") as file:
            return file.read()


def main():
    if sys.argv[1] == "--self-test":
        return 0 if sys.argv[2].encode() in data_of(sys.argv[3]) else "what is there is not seen"
    root, programs = sys.argv[1], sys.argv[2:]
    bad = [path for path in programs if root.encode() in data_of(path)]
    for path in bad:
        print(f"{path} holds {root}", file=sys.stderr)
    return 1 if bad else 0


sys.exit(main())
