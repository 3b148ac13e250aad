#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says in words what would break the house: includes that go up or sideways, folders that no floor
knows, headers of one name, guarded headers and calls outside their folder, relative timers without a
reason, files without licence lines, files that grew too long.

    floors.py [ROOT]        check a tree
    floors.py --self-test   prove that each rule can fail
"""
import os
import re
import sys
import tempfile

# What each room of the command line may use besides the rooms before it.
CLI_BELOW = ["trackerd/engine", "common/hooks", "common/schedule", "common/ics", "common/subscription", "common/bus",
             "common/report", "common/config", "common/index", "common/store", "common/plan",
             "common/clock", "common/model", "common/json", "common/time", "common/base"]
CLI_ORDER = ["console", "calendar", "day", "worklog", "commands", "demo", ""]
CLI_ROOMS = {os.path.join("tracker-cli", room).rstrip("/"):
             [os.path.join("tracker-cli", below) for below in CLI_ORDER[:place]] + CLI_BELOW
             for place, room in enumerate(CLI_ORDER)}

# Folder → the folders whose headers it may include besides its own. Below is below: what a folder
# may use, its users may use through it, but a pure folder lists only what it may know.
FLOORS = {
    "common/base": [],
    "common/time": ["common/base"],
    "common/clock": ["common/time", "common/base"],
    "common/json": ["common/time", "common/base"],
    "common/model": ["common/time", "common/base"],
    "common/hooks": ["common/model", "common/json", "common/time", "common/base"],
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
    "trackerd/hooks": ["common/clock", "common/model", "common/time", "common/base"],
    "trackerd/indexer": ["common/index", "common/ics", "common/model", "common/db", "common/time", "common/base"],
    "trackerd/sync": ["common/subscription", "common/config", "common/clock", "common/model",
                      "common/time", "common/base"],
    "trackerd/evolution": ["common/base"],
    "trackerd/capture": ["common/base"],
    "trackerd": ["trackerd/engine", "trackerd/desktop", "common/schedule", "common/hooks",
                 "common/bus", "common/config", "common/index", "common/store", "common/plan", "common/clock",
                 "common/model", "common/time", "common/base"],
    **CLI_ROOMS,
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
    "PulseAudio": (r"#\s*include\s*<pulse/", ["trackerd/capture"]),
    "PipeWire": (r"#\s*include\s*<(?:pipewire|spa)/", ["trackerd/capture"]),
    "libnotify": (r"#\s*include\s*<libnotify/", ["trackerd/desktop"]),
    "a clock": (r"\b(?:g_get_real_time|g_get_monotonic_time|g_get_current_time|g_date_time_new_now\w*"
                r"|clock_gettime|gettimeofday|timespec_get|timerfd_create|g_source_get_time|time)"
                r"\s*\(",
                ["common/clock"]),
    "goto": (r"\bgoto\b", []),
    "a shell": (r"\b(?:system|popen|g_spawn_command_line_\w+)\s*\(", []),
    "an unbounded string call": (r"\b(?:strcpy|strcat|sprintf|vsprintf|gets)\s*\(", []),
    "an abort": (r"\b(?:g_error|abort)\s*\(", []),
}

# A timer that counts from now, or a sleep, must not decide when a block begins: it drifts with
# suspend and clock steps. What bounds another process, settles or tries again may be relative.
RELATIVE = re.compile(r"\b(?:g_timeout_add\w*|g_timeout_source_new\w*|g_usleep|usleep|sleep|nanosleep"
                      r"|clock_nanosleep|alarm|ualarm|setitimer|timer_create|timer_settime"
                      r"|g_cond_wait_until|g_async_queue_timeout_pop\w*)"
                      r"\s*\(")

# Folder or file → why it may. A file that needs its exception no more is told.
RELATIVE_ALLOWED = {
    "common/base/trk-atomic-file.c": "waits for another command that holds the folder",
    "common/bus": "bounds how long the daemon may take to answer",
    "common/hooks/trk-hook-call.c": "ends what should have ended a hook at its limit",
    "common/clock/trk-system-clock.c": "lets /etc/localtime settle before the zone is read again",
    "trackerd": "bounds the bus and the disk, tries again, lets calendars settle",
    "trackerd/capture": "bounds a server that does not answer, tries again to reach one",
    "trackerd/desktop": "bounds desktop services, tries again, lets a session settle",
    "trackerd/hooks": "ends a hook at its limit",
    "trackerd/indexer/trk-guard.c": "counts an event's processor time, not the wall's",
    "trackerd/sync": "ends a fetch at its limit",
    "common/store/trk-new-log.c": "waits for a first command, which begins the log",
    "tracker-cli/demo/trk-demo.c": "shows the demo for some seconds",
    "tracker-cli/demo/trk-demo-bus.c": "bounds how long a program of the demo may take to start or end",
}

LONGEST = 600
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
BROKEN_COMMENT = re.compile(r"^ \* -{4,}|^ *\*/$", re.M)
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]', re.M)


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


def folders(root):
    """The folders below the house's three that hold C files."""
    return sorted(os.path.relpath(path, root) for top in ("common", "trackerd", "tracker-cli")
                  for path, _, names in os.walk(os.path.join(root, top))
                  if any(n.endswith((".c", ".h")) for n in names))


def headers(root):
    """Header name → folders that have one of that name."""
    owners = {}
    for folder in FLOORS:
        for path in sources(root, folder):
            if path.endswith(".h"):
                owners.setdefault(os.path.basename(path), []).append(folder)
    return owners


def line_of(text, match):
    return text.count("\n", 0, match.start()) + 1


def wrong_shape(text):
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in text[:300]:
        yield 1, "has no SPDX licence line"
    if text.count("\n") > LONGEST:
        yield LONGEST, f"is longer than {LONGEST} lines: does it hold one thing?"
    for match in BROKEN_COMMENT.finditer(text):
        yield line_of(text, match), "has a comment that clang-format broke: shorten its line"


def wrong_includes(folder, text, owners):
    for match in INCLUDE.finditer(text):
        name = os.path.basename(match.group(1))
        homes = owners.get(name, [])
        if homes and folder not in homes and not any(home in FLOORS[folder] for home in homes):
            yield (line_of(text, match),
                   f"includes {name} of {' and '.join(homes)}, which {folder} must not know")


def wrong_calls(folder, code):
    for what, (pattern, allowed) in GUARDED.items():
        for match in re.finditer(pattern, code) if folder not in allowed else ():
            where = " and ".join(allowed) if allowed else "nowhere"
            yield line_of(code, match), f"uses {what} ({match.group(0).strip()}): allowed {where}"


def wrong_timers(folder, path, code):
    matches = list(RELATIVE.finditer(code))
    if path in RELATIVE_ALLOWED and not matches:
        yield 1, "has no relative timer or sleep any more: take it off RELATIVE_ALLOWED"
    if path in RELATIVE_ALLOWED or folder in RELATIVE_ALLOWED:
        return
    for match in matches:
        yield (line_of(code, match), f"counts from now ({match.group(0).strip()}): use the clock's alarm,"
               " or give RELATIVE_ALLOWED a reason")


def check_file(root, folder, path, owners):
    with open(os.path.join(root, path), encoding="utf-8") as handle:
        text = handle.read()
    code = code_of(text)
    found = [*wrong_shape(text), *wrong_includes(folder, text, owners), *wrong_calls(folder, code),
             *wrong_timers(folder, path, code)]
    return [f"{path}:{line}: {message}" for line, message in found]


def check(root):
    owners = headers(root)
    problems = [f"{folder}:1: is a folder that FLOORS does not know"
                for folder in folders(root) if folder not in FLOORS]
    for name, homes in owners.items():
        problems += [f"{home}/{name}:1: {homes[0]} has a header of this name" for home in homes[1:]]
    for folder in FLOORS:
        for path in sources(root, folder):
            problems += check_file(root, folder, path, owners)
    return problems


SPDX = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
WRONG = {
    "common/plan/a.c": SPDX + '#include "trk-store.h"\n',
    "common/time/b.c": SPDX + "#include <sqlite3.h>\n",
    "common/plan/c.c": SPDX + "#include <libical/ical.h>\n",
    "trackerd/engine/d.c": SPDX + "int f (void) { return g_get_real_time () > 0; }\n",
    "trackerd/engine/e.c": SPDX + "void f (void) { g_timeout_add (1, 0, 0); }\n",
    "common/plan/m.c": SPDX + "void f (void) { g_timeout_source_new_seconds (1); }\n",
    "common/store/n.c": SPDX + "void f (void) { g_usleep (1); }\n",
    "common/index/o.c": SPDX + "void f (void) { nanosleep (0, 0); }\n",
    "tracker-cli/p.c": SPDX + "void f (void) { sleep (1); }\n",
    "common/time/q.c": SPDX + "#include <trk-store.h>\n",
    "common/clock/trk-system-clock.c": SPDX,
    "common/attic/r.c": SPDX,
    "common/report/trk-style.h": SPDX,
    "common/db/s.c": SPDX + "/* -- Values\n * -------- */\n",
    "common/db/t.c": SPDX + "/* A line that was too long.\n */\n",
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
    "common/base/trk-style.h": SPDX,
    "common/bus/c.c": SPDX + "void f (void) { g_timeout_source_new (1); }\n",
    "trackerd/hooks/d.c": SPDX + "void f (void) { g_timeout_add (1, 0, 0); }\n",
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
            where = path if os.path.dirname(path) in FLOORS else os.path.dirname(path)
            assert any(line.startswith(where + ":") for line in told), f"{path} was not told"
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
