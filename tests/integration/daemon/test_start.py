# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tracker start with a title that the plan has: the block itself, which is said, and no unplanned work."""
import datetime
import json
import subprocess

from harness import PATIENCE, TRACKER, DaemonCase, main, soon, until


class Start(DaemonCase):
    def setUp(self):
        super().setUp()
        self.times = [soon(-60), soon(1200), soon(3600), soon(5400)]
        begin, end, later, last = self.times
        self.plan(("one", "Payment retries", begin, end, "CATEGORIES:Focus"),
                  ("two", "Code review", later, last, "X-TRACKERD-KIND:shallow"))
        before = soon(0)
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "the block runs")
        self.came = (before, soon(0))  # into the plan: nobody knew the block before

    def tracker(self, *words, status=0):
        done = subprocess.run([TRACKER, *words], env=self.environment, capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        self.assertEqual((done.returncode, done.stderr), (status, ""), words)
        return done.stdout

    def span(self, first, last):
        """As the daemon's zone has it."""
        zone = datetime.timezone(datetime.timedelta(hours=-int(self.environment["TZ"][len("Etc/GMT"):])))
        return "–".join(f"{time.astimezone(zone):%H:%M}" for time in (first, last))

    def running(self):
        found = [e for e in json.loads(self.tracker("log", "--json"))["entries"] if e["open"]]
        return [(e["title"], e["kind"], e["block"]) for e in found]

    def unplanned(self):
        return [row["title"] for row in json.loads(self.tracker("agenda", "--json")) if row["type"] == "unplanned"]

    def test_the_block_that_is_on(self):
        self.tracker("stop")
        said = self.tracker("start", "payment retries").splitlines()
        self.assertRegex(said[0], r"^● Focus  Payment retries +until \d\d:\d\d, (19|20) min left$")
        self.assertIn(said[1:], [["  the block of the plan, " + self.span(came, self.times[1])] for came in self.came])
        self.assertEqual(self.running(), [("Payment retries", "focus", "work/one")])
        self.assertEqual(self.unplanned(), [])
        self.stop_cleanly()

    def test_the_first_words_of_the_one_that_is_on(self):
        self.tracker("stop")
        said = self.tracker("start", "payment").splitlines()
        self.assertRegex(said[0], r"^● Focus  Payment retries +until \d\d:\d\d, (19|20) min left$")
        self.assertIn(said[1:], [["  the block of the plan, " + self.span(came, self.times[1])] for came in self.came])
        self.assertEqual(self.running(), [("Payment retries", "focus", "work/one")])
        self.stop_cleanly()

    def test_the_first_words_of_one_to_come(self):
        said = self.tracker("start", "code").splitlines()
        self.assertRegex(said[0], r"^● Focus  code +since ")
        at = self.span(*self.times[2:])[:5]
        self.assertEqual(said[1:], [f"  work of its own; for the block of {at}: tracker start 'Code review'"])
        self.assertEqual(self.running(), [("code", "focus", None)])
        self.stop_cleanly()

    def test_one_of_today_early(self):
        said = self.tracker("start", "Code review").splitlines()
        self.assertRegex(said[0], r"^● Shallow  Code review +until ")
        self.assertEqual(said[1:], ["  the block of the plan, " + self.span(*self.times[2:]) + ", begun early"])
        self.assertEqual(self.running(), [("Code review", "shallow", "work/two")])
        self.assertEqual(self.unplanned(), [])
        self.stop_cleanly()

    def test_work_of_its_own(self):
        for words, kind in ((["Pay"], "focus"), (["Code review", "--kind", "meeting"], "meeting"),
                            (["Code review", "--for", "10m"], "focus")):
            said = self.tracker("start", *words)
            self.assertNotIn("the block of the plan", said)
            self.assertEqual(self.running(), [(words[0], kind, None)])
        self.stop_cleanly()


if __name__ == "__main__":
    main()
