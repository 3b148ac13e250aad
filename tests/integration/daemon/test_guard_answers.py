# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the three buttons of the focus guard do, and their commands."""
import time

import harness
from guard_case import ASKED
from guard_x11_case import X11Case
from harness import until


class Asked(X11Case):
    """Chess came to the front of a focus, and the question is there."""

    def ask(self, start=None):
        self.start_manager()
        self.focus(start)
        self.window("Chess")
        self.wait_notice(ASKED)
        until(lambda: self.query("SELECT 1 FROM notice WHERE kind = 'guard' AND shown > 0"), "the log knows")


class Answers(Asked):
    def setUp(self):
        super().setUp()
        self.ask()

    def test_allow(self):
        before = time.time()
        self.click(1, "allow")
        until(lambda: self.rows() == [("chess", "allow", None)], "the answer")
        until_at = self.query("SELECT until FROM interruption")[0][0] / 1e6
        self.assertAlmostEqual(until_at - before, 300, delta=harness.PATIENCE)
        self.stop_cleanly()

    def test_work_with_a_reason_and_undo(self):
        self.assertEqual(self.tracker("guard", "work", "a", "customer"), "chess: it is work\n")
        self.assertEqual(self.rows(), [("chess", "work", "a customer")])
        self.assertEqual(self.query("SELECT answer FROM notice WHERE kind = 'guard'"), [("work",)])
        self.assertEqual(self.closed(), [1], "the question goes")
        self.assertIn("guard work a customer", self.tracker("history"))
        self.tracker("undo")
        self.assertEqual(self.rows(), [("chess", "none", None)])
        self.assertEqual(self.tracker("guard", "allow", "1m"), "chess: allowed until "
                         + self.tracker("guard").split("until ")[1].split()[0] + "\n")
        self.stop_cleanly()

    def test_restart_does_not_ask_again(self):
        self.tracker("guard", "work")
        self.daemon.end(9)
        self.start()
        until(lambda: self.probe()[:2] == ("X11", "Chess"), "it is still in front")
        time.sleep(1)
        self.assertEqual(self.rows(), [("chess", "work", None)])
        self.stop_cleanly()

    def test_killed_before_the_answer(self):
        """The question stays one, without its buttons, and is answered by the command."""
        self.daemon.end(9)
        self.start()
        until(lambda: self.probe()[:2] == ("X11", "Chess"), "it is still in front")
        until(lambda: 1 in self.closed(), "buttons that would do nothing go")
        self.assertEqual(self.rows(), [("chess", "none", None)])
        self.assertEqual(self.tracker("guard", "back"), "chess: back to work\n")
        time.sleep(1)
        self.assertEqual(self.rows(), [("chess", "back", None)], "asked once")
        self.assertIn("chess  back to work", self.tracker("guard"))
        self.stop_cleanly()


class Again(Asked):
    def asked_twice(self):
        """When it was due; None before both were shown. How soon the server shows it is not ours."""
        rows = self.query("SELECT at FROM notice WHERE kind = 'guard' AND shown > 0 ORDER BY number")
        return [row[0] for row in rows] if len(rows) == 2 else None

    def test_asked_again(self):
        """After the allowance, still in front; a minute after the last notice."""
        self.ask(self.start_fast)
        self.tracker("guard", "allow", "1s")
        until(lambda: [row[1] for row in self.rows()] == ["allow", "none"], "asked once more")
        first, second = until(self.asked_twice, "told once more")
        self.assertGreaterEqual(second - first, 60 * 1000000, "never more than one a minute")
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
