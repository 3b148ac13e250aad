#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says in words what would break the house: includes that go up or sideways, guarded headers and
calls outside their folder, files without licence lines, files that grew too long.

    floors.py [ROOT]        check a tree
    floors.py --self-test   prove that each rule can fail
"""
import os
import re
import sys
import tempfile

# Folder → the folders whose headers it may include besides its own. Below is below: what a folder
# may use, its users may use through it, but a pure folder lists only what it may know.
FLOORS = {
    "common/base": [],
    "common/time": ["common/base"],
    "common/clock": ["common/time", "common/base"],
    "common/json": ["common/time", "common/base"],
    "common/model": ["common/time", "common/base"],
    "common/ics": ["common/model", "common/time", "common/base"],
    "common/db": ["common/base"],
    "common/config": ["common/model", "common/time", "common/base"],
    "common/subscription": ["common/model", "common/time", "common/base"],
    "common/index": ["common/model", "common/db", "common/time", "common/base"],
    "common/store": ["common/model", "common/db", "common/time", "common/base"],
    "common/plan": ["common/model", "common/time", "common/base"],
    "common/report": ["common/model", "common/json", "common/time", "common/base"],
    "common/schedule": ["common/config", "common/index", "common/store", "common/plan",
                        "common/model", "common/time", "common/base"],
    "common/bus": ["common/model", "common/clock", "common/time", "common/base"],
    "trackerd/engine": ["common/plan", "common/model", "common/time", "common/base"],
    "trackerd/desktop": ["common/model", "common/clock", "common/time", "common/base"],
    "trackerd/indexer": ["common/index", "common/ics", "common/model", "common/db", "common/time", "common/base"],
    "trackerd/sync": ["common/subscription", "common/config", "common/clock", "common/model",
                      "common/time", "common/base"],
    "trackerd/evolution": ["common/base"],
    "trackerd": ["trackerd/engine", "trackerd/desktop", "common/schedule", "common/bus",
                 "common/config", "common/index", "common/store", "common/plan", "common/clock",
                 "common/model", "common/time", "common/base"],
    "tracker-cli": ["trackerd/engine", "common/schedule", "common/ics", "common/subscription", "common/bus",
                    "common/report", "common/config", "common/index", "common/store", "common/plan",
                    "common/clock", "common/model", "common/json", "common/time", "common/base"],
}

# What is guarded → (pattern, the folders that may). Patterns see code without comments and strings,
# but for #include lines.
GUARDED = {
    "libical": (r"#\s*include\s*<(?:libical/|ical)", ["trackerd/indexer"]),
    "SQLite": (r"#\s*include\s*[<\"]sqlite3\.h", ["common/db"]),
    "ICU": (r"#\s*include\s*<unicode/", ["trackerd/indexer"]),
    "libsoup": (r"#\s*include\s*<libsoup/", ["trackerd/sync"]),
    "libsecret": (r"#\s*include\s*<libsecret/", ["trackerd/sync"]),
    "libecal": (r"#\s*include\s*<(?:libecal|libedataserver)/", ["trackerd/evolution"]),
    "libnotify": (r"#\s*include\s*<libnotify/", ["trackerd/desktop"]),
    "a clock": (r"\b(?:g_get_real_time|g_get_monotonic_time|g_get_current_time|g_date_time_new_now\w*"
                r"|clock_gettime|gettimeofday|timespec_get|timerfd_create|g_timeout_add\w*"
                r"|g_source_get_time|time)\s*\(",
                ["common/clock"]),
    "goto": (r"\bgoto\b", []),
    "a shell": (r"\b(?:system|popen|g_spawn_command_line_\w+)\s*\(", []),
    "an unbounded string call": (r"\b(?:strcpy|strcat|sprintf|vsprintf|gets)\s*\(", []),
    "an abort": (r"\b(?:g_error|abort)\s*\(", []),
}

# Debouncing and back-off are timers of the desktop's kind, not of the plan's: they may not decide
# when a block begins, so they may be relative.
RELATIVE_TIMERS = re.compile(r"\bg_timeout_add\w*\s*\(|\bg_timeout_source_new\w*\s*\(")
RELATIVE_ALLOWED = ["trackerd", "trackerd/desktop", "trackerd/sync", "common/clock", "tracker-cli"]

LONGEST = 600
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def blank(match):
    """Keeps line numbers while taking the words out."""
    text = match.group(0)
    return "\n" * text.count("\n") if text.startswith("/") else '""'


def code_of(text):
    """@text without comments and strings; include lines keep their names."""
    kept = []
    for line in text.split("\n"):
        kept.append("\0" + line if re.match(r"\s*#\s*include", line) else line)
    includes = {i: line[1:] for i, line in enumerate(kept) if line.startswith("\0")}
    bare = COMMENT_OR_STRING.sub(blank, text).split("\n")
    return "\n".join(includes.get(i, line) for i, line in enumerate(bare))


def sources(root, folder):
    """C files directly in @folder."""
    path = os.path.join(root, folder)
    if not os.path.isdir(path):
        return []
    return sorted(os.path.join(folder, n) for n in os.listdir(path) if n.endswith((".c", ".h")))


def headers(root):
    """Header name → folder that owns it."""
    return {os.path.basename(f): folder for folder in FLOORS for f in sources(root, folder)
            if f.endswith(".h")}


def check_file(root, folder, path, owner):
    with open(os.path.join(root, path), encoding="utf-8") as handle:
        text = handle.read()
    code = code_of(text)
    found = []
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in text[:300]:
        found.append((1, "has no SPDX licence line"))
    if text.count("\n") > LONGEST:
        found.append((LONGEST, f"is longer than {LONGEST} lines: does it hold one thing?"))
    for match in INCLUDE.finditer(text):
        name = os.path.basename(match.group(1))
        home = owner.get(name)
        line = text.count("\n", 0, match.start()) + 1
        if home is not None and home != folder and home not in FLOORS[folder]:
            found.append((line, f"includes {name} of {home}, which {folder} must not know"))
    for what, (pattern, allowed) in GUARDED.items():
        for match in re.finditer(pattern, code):
            relative = RELATIVE_TIMERS.match(match.group(0)) and folder in RELATIVE_ALLOWED
            if folder not in allowed and not relative:
                line = code.count("\n", 0, match.start()) + 1
                where = " and ".join(allowed) if allowed else "nowhere"
                found.append((line, f"uses {what} ({match.group(0).strip()}): allowed {where}"))
    return [f"{path}:{line}: {message}" for line, message in found]


def check(root):
    owner = headers(root)
    problems = []
    for folder in FLOORS:
        for path in sources(root, folder):
            problems += check_file(root, folder, path, owner)
    return problems


SPDX = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
WRONG = {
    "common/plan/a.c": SPDX + '#include "trk-store.h"\n',
    "common/time/b.c": SPDX + "#include <sqlite3.h>\n",
    "common/plan/c.c": SPDX + "#include <libical/ical.h>\n",
    "trackerd/engine/d.c": SPDX + "int f (void) { return g_get_real_time () > 0; }\n",
    "trackerd/engine/e.c": SPDX + "void f (void) { g_timeout_add (1, 0, 0); }\n",
    "common/base/f.c": SPDX + "void f (void) { goto out; out:; }\n",
    "common/base/g.c": "int x;\n",
    "common/base/h.c": SPDX + "\n" * (LONGEST + 1),
    "trackerd/j.c": SPDX + "#include <libsoup/soup.h>\n",
    "trackerd/sync/k.c": SPDX + "#include <libecal/libecal.h>\n",
    "tracker-cli/l.c": SPDX + "#include <libsecret/secret.h>\n",
    "tracker-cli/i.c": SPDX + 'int f (void) { return system ("ls"); }\n',
}
RIGHT = {
    "common/store/trk-store.h": SPDX,
    "common/schedule/a.c": SPDX + '#include "trk-store.h"\n/* g_get_real_time () in words, goto */\n',
    "trackerd/b.c": SPDX + 'void f (void) { g_timeout_add (1, 0, 0); puts ("goto system ("); }\n',
}


def write(root, tree):
    for path, text in tree.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as handle:
            handle.write(text)


def self_test():
    with tempfile.TemporaryDirectory() as root:
        write(root, RIGHT)
        assert check(root) == [], check(root)
        write(root, WRONG)
        told = check(root)
        for path in WRONG:
            assert any(line.startswith(path + ":") for line in told), f"{path} was not told"
        assert len(told) == len(WRONG), told


def main(arguments):
    if arguments == ["--self-test"]:
        self_test()
        return 0
    root = arguments[0] if arguments else "."
    problems = check(root)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
