#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calendars that mean harm, in the small: their honest event stays, and what is no calendar is said
to be none. What large ones cost is measured in tests/bench, with the same kinds."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bench"))
import hostile_kinds

SIZE = 48 << 10


def show(make):
    """(exit status, events or None, errors) of `tracker calendar show` on what @make makes."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "hostile.ics")
        with open(path, "wb") as out:
            out.write(make(SIZE))
        env = dict(os.environ, HOME=folder, TZ="UTC", LC_ALL="C.UTF-8", XDG_CONFIG_HOME=folder + "/config",
                   XDG_DATA_HOME=folder + "/data", XDG_CACHE_HOME=folder + "/cache")
        done = subprocess.run([os.environ["TRACKER"], "calendar", "show", path, "--from", "2026-07-06", "--to",
                               "2026-07-07", "--tz", "UTC", "--json"], env=env, capture_output=True, check=False)
    return done.returncode, json.loads(done.stdout or b"null"), done.stderr.decode()


class Hostile(unittest.TestCase):
    def test_neighbours_stay(self):
        for name, make in hostile_kinds.KINDS.items():
            with self.subTest(name):
                status, events, errors = show(make)
                self.assertIn(status, (0, 4), errors)
                honest = [e for e in events if e["summary"] == "Neighbour"]
                self.assertEqual([(e["start"], e["end"]) for e in honest],
                                 [("2026-07-06T09:00:00Z", "2026-07-06T10:00:00Z")], errors)

    def test_what_is_no_calendar_is_told(self):
        for name, make in hostile_kinds.FOREIGN.items():
            with self.subTest(name):
                status, _, errors = show(make)
                self.assertEqual(status, 1, errors)
                self.assertIn("hostile.ics", errors)


if __name__ == "__main__":
    unittest.main()
