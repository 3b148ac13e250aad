# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shipped day lived through at speed: a quarter of an hour a second, with the real timer and the real log.

The clock waits for the daemon (patient-clock.c), however busy the machine is."""
import calendar
import datetime
import os
import shutil
import signal
import time

import harness
import test_life
from harness import until

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
SCHEDULE = os.path.join(ROOT, "data", "schedules", "time-blocked-day.ics")


ENTRIES = [
    ("Feature focus", 9, 10.5), ("Code review", 10.5, 11), ("Break away from the screen", 11, 11.25),
    ("Query optimisation", 11.25, 12.75), ("Lunch", 12.75, 13.75), ("Team meeting", 14, 15),
    ("Unit tests", 15, 16.25), ("Documentation", 16.5, 17.5),
]
NOTICES = [
    ("lead", "Feature focus"), ("start", "Feature focus"), ("ending", "Feature focus"),
    ("end", "Feature focus"), ("start", "Break away from the screen"),
    ("lead", "Query optimisation"), ("start", "Query optimisation"),
    ("ending", "Query optimisation"), ("start", "Lunch"),
    ("end", "Lunch"), ("lead", "Team meeting"), ("start", "Team meeting"), ("lead", "Unit tests"),
    ("start", "Unit tests"), ("ending", "Unit tests"), ("end", "Unit tests"),
]


def next_monday():
    today = datetime.datetime.now(datetime.timezone.utc).date()  # the test's zone, whatever is the machine's
    return today + datetime.timedelta(days=7 - today.weekday())


class Day(harness.DaemonCase):
    zone = "UTC"

    def read_calendars_in_peace(self):
        """The indexer's limits are of real time; at speed it would meet them."""
        self.start()
        self.stop_cleanly()

    def stand_still(self):
        """A machine that does not let the daemon run for what would be half an hour."""
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        self.daemon.send(signal.SIGSTOP)
        time.sleep(2)
        self.daemon.send(signal.SIGCONT)

    def test_a_day(self):
        shutil.copy(SCHEDULE, self.calendar)
        self.read_calendars_in_peace()
        self.start_server("actions body")
        monday = calendar.timegm(next_monday().timetuple())
        self.start(LD_PRELOAD=os.environ["PATIENT_CLOCK_MODULE"], PATIENT_CLOCK=str(monday + 8 * 3600 + 50 * 60),
                   ASAN_OPTIONS=test_life.asan_after_preload())
        self.stand_still()
        until_over = time.monotonic() + 120
        while self.query("SELECT 1 FROM block_state JOIN block ON id = block WHERE title ="
                         " 'Documentation' AND outcome = 'done'") == []:
            self.assertLess(time.monotonic(), until_over)
            time.sleep(0.2)
        self.stop_cleanly()
        self.assertEqual([(kind, title.split(" — ")[1]) for kind, title in self.query(
            f"SELECT kind, title FROM notice WHERE NOT withheld AND at >= {monday}000000 ORDER BY number")], NOTICES)
        clock = [(title, (start // 1000000 - monday) / 3600, (end // 1000000 - monday) / 3600)
                 for title, start, end in self.query(
                     f"SELECT title, start, end FROM entry WHERE start >= {monday}000000 ORDER BY start")]
        self.assertEqual(clock, ENTRIES, "every block kept from its instant to its instant")
        soonest = self.query("SELECT min (shown - at) FROM notice WHERE shown > 0")[0][0]
        self.assertEqual(self.query("SELECT count(*) FROM notice WHERE NOT withheld AND shown = 0"
                                    f" AND at >= {monday}000000"), [(0,)])
        self.assertGreaterEqual(soonest, 0, "nothing is announced before its instant")
        # The daemon that only read saw today's: on a working day they are missed, or on, and not this day's.
        self.assertEqual(self.query("SELECT DISTINCT outcome FROM block_state JOIN block ON id = block"
                                    f" WHERE block.start >= {monday}000000"), [("done",)])


if __name__ == "__main__":
    harness.main()
