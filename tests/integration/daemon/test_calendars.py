# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan follows the calendars, and survives what happens to them."""
import os
import shutil
import subprocess
import time

import harness
from harness import ical, soon, until


class Calendars(harness.DaemonCase):
    def next_title(self):
        return str(self.status()["NextTitle"])

    def wait_next(self, title):
        until(lambda: self.next_title() == title, f"next is {title}, not {self.next_title()}")

    def test_edit_is_followed(self):
        self.plan(("one", "First", soon(3600), soon(7200)))
        self.start()
        self.wait_next("First")
        self.plan(("one", "Renamed", soon(3600), soon(7200)))
        self.wait_next("Renamed")
        self.plan(("one", "Renamed", soon(3600), soon(7200)), ("two", "Before", soon(900), soon(1800)))
        self.wait_next("Before")
        self.plan(("one", "Renamed", soon(3600), soon(7200)))
        self.wait_next("Renamed")
        self.assertEqual(self.query("SELECT title FROM block"), [("Renamed",)])
        self.stop_cleanly()

    def test_many_saves_settle(self):
        self.plan(("one", "0", soon(3600), soon(7200)))
        self.start()
        for i in range(1, 200):
            self.plan(("one", str(i), soon(3600), soon(7200)))
            time.sleep(0.005)
        self.wait_next("199")
        self.assertEqual(self.query("SELECT title FROM block"), [("199",)])
        self.stop_cleanly()

    def test_broken_file_keeps_the_plan(self):
        self.plan(("one", "Kept", soon(3600), soon(7200)), ("now", "Runs", soon(-5), soon(3600)))
        self.start()
        self.wait_next("Kept")
        for garbage in (b"", b"<html>no</html>", os.urandom(2000), b"BEGIN:VCALENDAR\r\n"):
            with open(self.calendar, "wb") as handle:
                handle.write(garbage)
            time.sleep(1.0)
            self.assertEqual(self.next_title(), "Kept", garbage[:20])
            self.assertEqual(str(self.status()["State"]), "running", garbage[:20])
        self.plan(("one", "Mended", soon(3600), soon(7200)), ("now", "Runs", soon(-5), soon(3600)))
        self.wait_next("Mended")
        self.stop_cleanly()

    def test_broken_configuration_keeps_the_old(self):
        self.plan(("one", "Kept", soon(3600), soon(7200)))
        self.start()
        self.wait_next("Kept")
        self.configure("[calendar work]\npath = " + self.calendar + "\n[policy focus]\nlead = often\n")
        until(lambda: "stays as it was" in self.daemon.output(), "it is told")
        self.assertEqual(self.next_title(), "Kept")
        other = os.path.join(self.home, "other.ics")
        with open(other, "w", encoding="utf-8") as handle:
            handle.write(ical(("two", "Other", soon(1800), soon(2400))))
        self.configure(f"[calendar work]\npath = {self.calendar}\n[calendar other]\npath = {other}\n")
        self.wait_next("Other")
        self.stop_cleanly()

    def test_broken_configuration_at_the_start(self):
        """There is no old one then: what the log has of today goes on, nothing is cancelled."""
        self.plan(("one", "Kept", soon(3600), soon(7200)))
        self.start()
        self.wait_next("Kept")
        self.stop_cleanly()
        self.configure("[policy focus]\nlead = often\n")
        os.unlink(os.path.join(self.home, "data", "trackerd", "trackerd.conf.good"))
        self.start()
        self.wait_next("Kept")
        self.configure("[calendar work]\npath = " + self.calendar + "\n")
        time.sleep(1.0)
        self.assertEqual(self.next_title(), "Kept")
        self.stop_cleanly()

    def test_last_good_configuration_at_the_start(self):
        """What the daemon before had read goes on: calendars are watched, the day begins when it did."""
        self.plan(("one", "Kept", soon(3600), soon(7200)))
        self.start()
        self.wait_next("Kept")
        self.stop_cleanly()
        self.configure("[policy focus]\nlead = often\n")
        self.start()
        until(lambda: "the last good configuration holds" in self.daemon.output(), "it is told")
        self.plan(("two", "Sooner", soon(1800), soon(2400)))
        self.wait_next("Sooner")
        self.stop_cleanly()

    def test_folder_vanishes_and_returns(self):
        folder = os.path.join(self.home, "collection")
        os.makedirs(folder)
        with open(os.path.join(folder, "one.ics"), "w", encoding="utf-8") as handle:
            handle.write(ical(("one", "Inside", soon(3600), soon(7200))))
        self.configure("[calendar folder]\npath = " + folder + "\n")
        self.start()
        self.wait_next("Inside")
        shutil.move(folder, folder + ".away")
        time.sleep(1.5)
        self.assertEqual(self.next_title(), "Inside", "a folder that vanished is not: all cancelled")
        with open(os.path.join(folder + ".away", "two.ics"), "w", encoding="utf-8") as handle:
            handle.write(ical(("two", "Added", soon(1800), soon(2400))))
        shutil.move(folder + ".away", folder)
        self.wait_next("Added")
        self.stop_cleanly()

    def test_another_uid(self):
        """What runs goes on in one entry, and stands in the day once, whatever UID its event has by now."""
        past, now = (soon(-3600), soon(-1800), "CATEGORIES:Focus"), (soon(-5), soon(3600), "CATEGORIES:Focus")
        self.plan(("past", "Past", *past), ("now", "Runs", *now))
        self.start()
        until(lambda: str(self.status()["Title"]) == "Runs", "it runs")
        self.plan(("past-2", "Past", *past), ("now-2", "Runs", *now), ("next", "Next", soon(7200), soon(9000)))
        self.wait_next("Next")
        self.assertEqual(str(self.status()["BlockId"]), "work/now")
        self.assertEqual(self.query("SELECT count(*) FROM entry"), [(1,)])
        self.assertEqual(self.query("SELECT id, title FROM block WHERE title <> 'Next' ORDER BY start"),
                         [("work/past", "Past"), ("work/now", "Runs")])
        self.stop_cleanly()

    def test_another_uid_and_then_a_snooze(self):
        """What was put off has begun before, and will again, under the ID that it has in the log."""
        now = soon(-5), soon(3600), "CATEGORIES:Focus"
        self.plan(("now", "Runs", *now))
        self.start()
        until(lambda: str(self.status()["Title"]) == "Runs", "it runs")
        self.plan(("now-2", "Runs", *now), ("next", "Next", soon(7200), soon(9000)))
        self.wait_next("Next")
        self.call("Snooze", harness.dbus.Int64(30 * 60 * 1000000), harness.dbus.Int64(0))
        self.plan(("now-2", "Runs", *now), ("later", "Later", soon(5400), soon(7000)))
        until(lambda: self.query("SELECT 1 FROM block WHERE title = 'Later'"), "the new plan")
        self.assertEqual(self.query("SELECT id FROM block WHERE title = 'Runs'"), [("work/now",)])
        agenda = subprocess.run([harness.TRACKER, "agenda"], env=self.environment, capture_output=True, text=True,
                                timeout=harness.PATIENCE, check=True).stdout
        self.assertEqual(agenda.count("Runs"), 1, agenda)
        self.stop_cleanly()

    def test_another_title_without_a_uid(self):
        """An event that has no UID gets another one with each text: what runs goes on."""
        now = soon(-5), soon(3600), "CATEGORIES:Focus"
        self.plan(("", "Runs", *now))
        self.start()
        until(lambda: str(self.status()["Title"]) == "Runs", "it runs")
        block = str(self.status()["BlockId"])
        self.plan(("", "Renamed", *now), ("next", "Next", soon(7200), soon(9000)))
        self.wait_next("Next")
        self.assertEqual(str(self.status()["BlockId"]), block)
        self.assertEqual(self.query("SELECT count(*) FROM entry"), [(1,)])
        self.assertEqual(self.query("SELECT id, title FROM block WHERE title <> 'Next'"), [(block, "Renamed")])
        self.stop_cleanly()

    def test_another_event_at_the_same_time(self):
        """It is no other name of what is deleted: that keeps its time and its title."""
        now = soon(-5), soon(3600), "CATEGORIES:Meeting"
        self.plan(("retro", "Retro", *now), ("vendor", "Vendor call", *now))
        self.start()
        until(lambda: str(self.status()["Title"]) == "Retro", "it runs")
        self.plan(("vendor", "Vendor call", *now), ("next", "Next", soon(7200), soon(9000)))
        self.wait_next("Next")
        self.assertEqual(self.query("SELECT id, title FROM block WHERE title <> 'Next' ORDER BY id"),
                         [("work/retro", "Retro"), ("work/vendor", "Vendor call")])
        self.stop_cleanly()

    def test_added_in_the_middle(self):
        """What a new calendar had planned before it came was not late and is not missed; neither now nor later."""
        self.plan()
        self.start()
        until(lambda: "plan" in str(self.query("SELECT text FROM command")) or self.query("SELECT 1 FROM daemon_run"),
              "the log")
        time.sleep(1)
        focus, began = "CATEGORIES:Focus", soon(-1200)
        self.plan(("over", "Over", soon(-7200), soon(-3600), focus), ("now", "Runs", began, soon(3600), focus))
        until(lambda: str(self.status()["Title"]) == "Runs", "it runs")
        entry, = self.query("SELECT start FROM entry")
        rows = dict((row[0], row[1:]) for row in self.query("SELECT title, start, planned_start, known FROM block"))
        start, planned, known = rows["Runs"]
        self.assertEqual(planned, int(began.timestamp() * 1e6))
        self.assertEqual(start, known)
        self.assertLess(abs(entry[0] - start), 2000000)
        self.assertGreater(rows["Over"][2], rows["Over"][0])
        self.assertEqual(self.query("SELECT count(*) FROM block_state WHERE outcome <> 'none'"), [(0,)])
        self.plan(("now", "Renamed", began, soon(3600), focus), ("next", "Next", soon(7200), soon(9000)))
        self.wait_next("Next")
        self.assertEqual(self.query("SELECT start, known FROM block WHERE title = 'Renamed'"), [(start, known)])
        self.stop_cleanly()

    def test_moved_before_its_start(self):
        """Announced, then cancelled: no start notice, and no time is kept for it."""
        self.start_server()
        self.plan(("one", "Moved away", soon(5), soon(3600), "CATEGORIES:Focus"))
        self.start()
        self.wait_notice("Moved away")
        self.plan()
        until(lambda: self.next_title() == "", "it is gone")
        time.sleep(5)
        self.assertEqual([n for n in self.notices() if n[1].startswith("Focus — ")], [])
        self.assertEqual(self.query("SELECT count(*) FROM entry"), [(0,)])
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
