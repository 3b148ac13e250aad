# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The index on a disk of its own that is too small for what is to be read."""
import datetime as dt
import json
import os
import subprocess
import unittest

from home import Home

KIB = 1024
EVENT = """BEGIN:VEVENT\r
UID:{uid}\r
DTSTART:{start}\r
DURATION:PT1H\r
SUMMARY:{summary}\r
DESCRIPTION:{description}\r
END:VEVENT\r
"""


class SmallDisk(Home):
    def setUp(self):
        super().setUp()
        self.disk = self.dir + "/cache/trackerd"
        self.index = self.disk + "/index.db"
        self.files = self.dir + "/work"
        os.makedirs(self.disk, mode=0o700)
        os.mkdir(self.files)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "none", self.disk],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise unittest.SkipTest("needs CAP_SYS_ADMIN to mount a small disk: " + done.stderr)
        self.addCleanup(subprocess.run, ["umount", "-l", self.disk], check=False)
        now = dt.datetime.now(dt.timezone.utc)
        self.first = now.replace(hour=6, minute=0, second=0, microsecond=0) - dt.timedelta(days=2)

    def write(self, name, count, summary, size=100):
        """A calendar of @count events, one a day from the day before yesterday on, at its own hour."""
        first = self.first + dt.timedelta(hours="abcd".index(name))
        events = "".join(EVENT.format(uid=f"{name}-{i}", summary=summary, description="d" * size,
                                      start=(first + dt.timedelta(days=i)).strftime("%Y%m%dT%H%M%SZ"))
                         for i in range(count))
        with open(f"{self.files}/{name}.tmp", "w", encoding="utf-8", newline="") as out:
            out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + events + "END:VCALENDAR\r\n")
        os.rename(f"{self.files}/{name}.tmp", f"{self.files}/{name}.ics")

    def free(self):
        disk = os.statvfs(self.disk)
        return disk.f_bavail * disk.f_frsize

    def fill(self, left):
        with open(self.disk + "/filler", "wb") as filler:
            filler.write(bytes(self.free() - left))

    def make_room(self):
        os.unlink(self.disk + "/filler")

    def lies_there(self):
        """What the folder of the index holds, but for what is shared memory and locks."""
        return {name: os.path.getsize(f"{self.disk}/{name}") for name in os.listdir(self.disk)
                if not name.endswith(("-shm", ".lock")) and name != "filler"}

    def agenda(self, full=False):
        """What is today; @full: and it is said that nothing newer could be written."""
        done = self.run_tracker("agenda", "--json")
        self.assertEqual("disk full" in done.stderr, full, done.stderr)
        self.assertIn(done.returncode, (0, 4) if full else (0,), done.stderr)
        return sorted(block["title"] for block in json.loads(done.stdout))

    def live(self):
        """Some days of small changes, which the log holds beside the file."""
        self.write("a", 100, "always")
        self.write("b", 4, "b")
        self.tracker("calendar", "add", "work", self.files)
        self.assertEqual(self.agenda(), ["always", "b"])
        for n in range(8):
            self.write("b", 4 + 6 * n, f"b{n}")
            self.agenda()
        self.assertGreater(self.lies_there()["index.db-wal"], 0)

    def test_a_change_that_is_too_large(self):
        """The plan stays as it was, all that was written of the new one goes, and there is the new
        one as soon as there is room for it."""
        self.live()
        for n, left in enumerate((0, 12, 100, 700)):
            with self.subTest(left=left):
                self.fill(left * KIB)
                self.write("c", 500, "much", 4000)
                before = self.lies_there()
                for _ in range(2):
                    self.assertEqual(self.agenda(full=True), ["always", "b7"])
                    self.assertEqual(self.lies_there(), before)
                    self.assertEqual(self.free(), left * KIB)
                self.make_room()
                self.write("c", 0, "nothing")
                self.assertEqual(self.agenda(), ["always", "b7"])
                self.write("d", 20 + n, "d")
                self.assertEqual(self.agenda(), ["always", "b7", "d"])
                self.write("d", 0, "d")
                self.assertEqual(self.agenda(), ["always", "b7"])

    def test_a_first_index_that_is_too_large(self):
        """Nothing of it is left to take the room of others."""
        self.write("a", 100, "always")
        self.tracker("calendar", "add", "work", self.files)
        self.write("c", 800, "much", 4000)
        free = self.free()
        for _ in range(2):
            self.assertEqual(self.agenda(full=True), [])
            self.assertEqual(self.lies_there(), {})
            self.assertEqual(self.free(), free)
        self.write("c", 0, "nothing")
        self.assertEqual(self.agenda(), ["always"])


if __name__ == "__main__":
    unittest.main()
