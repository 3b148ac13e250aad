# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clocks that are set, days that roll over, zones that change, days without the daemon. The daemon's clock is
libfaketime's; only it moves, and never by speed."""
import datetime
import os
import time

import harness
import test_life
from harness import until

UTC = datetime.timezone.utc
MONDAY = datetime.datetime(2027, 3, 1, tzinfo=UTC)


def at(hour, minute=0, second=0, day=0):
    return MONDAY + datetime.timedelta(days=day, hours=hour, minutes=minute, seconds=second)


def micros(moment):
    return int(moment.timestamp()) * 1000000


class Clock(harness.DaemonCase):
    zone = "UTC"

    def set_clock(self, moment):
        """What the daemon reads from now on; its clock goes on from there."""
        path = os.path.join(self.home, "clock")
        with open(path + ".new", "w", encoding="ascii") as handle:
            handle.write(f"{moment.timestamp() - time.time():+.3f}\n")
        os.replace(path + ".new", path)

    def start_at(self, moment, **more):
        self.set_clock(moment)
        return self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME_NO_CACHE="1",
                          FAKETIME_TIMESTAMP_FILE=os.path.join(self.home, "clock"),
                          DONT_FAKE_MONOTONIC="1", NO_FAKE_STAT="1",
                          ASAN_OPTIONS=test_life.asan_after_preload(), **more)

    def notices_in_log(self, kind):
        return [title for title, in self.query("SELECT title FROM notice WHERE kind = ? AND NOT withheld"
                                              " ORDER BY at", kind)]

    def test_back_over_an_announced_block(self):
        self.start_server()
        self.plan(("one", "Payment retries", at(9, 0, 3), at(10), "CATEGORIES:Focus"))
        self.start_at(at(8, 59, 58))
        self.wait_notice("Focus — Payment retries")
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        self.set_clock(at(8, 0, 4))
        self.call("Reload")
        time.sleep(1)
        self.set_clock(at(9, 0, 0))
        self.call("Reload")
        until(lambda: str(self.status()["State"]) == "running", "time is kept again")
        time.sleep(4)
        self.assertEqual(self.notices_in_log("start"), ["Focus — Payment retries"])
        self.assertEqual(len(self.notices_in_log("lead")), 1)
        self.assertEqual(len([n for n in self.notices() if n[1].startswith("Focus — ")]), 1)
        self.stop_cleanly()

    def test_day_rolls_over(self):
        """At 04:00 the next day is planned; what runs over it stays one entry."""
        self.plan(("night", "Release", at(3), at(5), "CATEGORIES:Focus"),
                  ("day", "Review", at(10), at(11)))
        self.start_at(at(3, 59, 55))
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        self.assertEqual(self.query("SELECT title FROM block ORDER BY start"), [("Release",)])
        until(lambda: ("Review",) in self.query("SELECT title FROM block"), "the new day is there")
        time.sleep(1)
        self.assertEqual(self.query("SELECT title, end FROM entry"), [("Release", harness.FOREVER)])
        self.assertEqual(str(self.status()["NextTitle"]), "Review")
        self.stop_cleanly()

    def test_off_for_days(self):
        """One digest, for today only; the days before are logged as missed, with the reason."""
        self.start_server()
        self.plan(("early", "Planning", at(9), at(9, 30), "RRULE:FREQ=DAILY", "CATEGORIES:Focus"),
                  ("late", "Tests", at(11), at(12), "RRULE:FREQ=DAILY", "CATEGORIES:Focus"))
        self.start_at(at(8))
        self.stop_cleanly()
        self.start_at(at(12, 30, day=3))
        until(lambda: self.notices_in_log("digest"), "the digest")
        outcomes = self.query("SELECT block.title, outcome, outcome_reason FROM block_state JOIN block"
                              " ON block.id = block_state.block ORDER BY block.start")
        self.assertEqual(outcomes, [("Planning", "missed", "late"), ("Tests", "missed", "late")] * 4)
        body, = self.query("SELECT body FROM notice WHERE kind = 'digest'")[0]
        self.assertEqual(body, "missed: Planning, Tests")
        self.assertEqual(self.query("SELECT count(*) FROM notice WHERE NOT withheld"), [(1,)])
        self.assertEqual(self.query("SELECT count(*) FROM entry"), [(0,)])
        self.stop_cleanly()

    def floating_and_zoned(self):
        self.plan(("fixed", "Call", at(13), at(14), "CATEGORIES:Meeting"),
                  ("float", "Lunch walk", at(12), at(12, 45), "CATEGORIES:Focus"),
                  ("now", "Writing", at(9), at(11), "CATEGORIES:Focus"))
        with open(self.calendar, encoding="utf-8", newline="") as handle:
            text = handle.read()
        for day_time in ("T120000", "T124500", "T090000", "T110000"):
            text = text.replace(day_time + "Z", day_time)
        with open(self.calendar + ".new", "w", encoding="utf-8", newline="") as handle:
            handle.write(text)
        os.replace(self.calendar + ".new", self.calendar)

    def starts(self):
        return dict(self.query("SELECT title, start FROM block"))

    def test_zone_changes(self):
        """Floating blocks move, zoned ones stay, nothing is announced twice."""
        link = os.path.join(self.home, "localtime")
        os.symlink("/usr/share/zoneinfo/Europe/Berlin", link)
        self.start_server()
        self.floating_and_zoned()
        self.start_at(at(7, 59, 57), TZ=":" + link)
        self.wait_notice("Focus — Writing")
        self.assertEqual(self.starts(), {"Call": micros(at(13)), "Lunch walk": micros(at(11)),
                                         "Writing": micros(at(8))})
        os.symlink("/usr/share/zoneinfo/Europe/London", link + ".new")
        os.replace(link + ".new", link)
        until(lambda: self.starts()["Lunch walk"] == micros(at(12)), "the floating one moved")
        self.assertEqual(self.starts()["Call"], micros(at(13)))
        self.assertIn("the time zone is Europe/London now", self.daemon.output())
        time.sleep(1)
        self.assertEqual(self.notices_in_log("start"), ["Focus — Writing"])
        self.stop_cleanly()

    def test_zone_file_turns_to_garbage(self):
        link = os.path.join(self.home, "localtime")
        os.symlink("/usr/share/zoneinfo/Europe/Berlin", link)
        self.floating_and_zoned()
        self.start_at(at(7), TZ=":" + link)
        before = self.starts()
        with open(link + ".new", "wb") as handle:
            handle.write(os.urandom(3000))
        os.replace(link + ".new", link)
        time.sleep(1.5)
        self.call("Reload")
        time.sleep(1)
        self.assertEqual(self.starts(), before, "the last zone is kept")
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
