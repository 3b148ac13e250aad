# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The focus guard under a real X server with a window manager."""
import json
import os
import time

import harness
from guard_case import ASKED
from guard_x11_case import X11Case
from harness import until


class X11(X11Case):
    def test_two_windows(self):
        self.start_manager()
        self.window("Chess")
        self.window("Editor")
        self.focus()
        until(lambda: self.probe()[:2] == ("X11", "Editor"), "what is in front is seen")
        state, text = self.doctor()
        self.assertEqual((state, text), ("ok", "X11 tells what comes to the front; now it is Editor"))
        self.assertEqual(self.rows(), [])
        self.raise_window("Chess")
        notice = self.wait_notice(ASKED)
        self.assertEqual(notice[1], "chess " + ASKED, "the user's own word, not the window's")
        self.assertEqual(notice[3], ["back", "Back to work", "allow", "Allow 5 min", "work", "It is work"])
        until(lambda: self.rows() == [("chess", "none", None)], "it is in the log")
        self.click(len(self.notices()), "back")  # behind doctor's test notice
        until(lambda: self.rows() == [("chess", "back", None)], "the answer is in the log")
        self.raise_window("Editor")
        self.raise_window("Chess")
        time.sleep(1)
        self.assertEqual(len(self.rows()), 1, "asked once")
        self.assertIn("chess  back to work", self.tracker("guard"))
        self.why_by_hand()
        self.stop_cleanly()

    def why_by_hand(self):
        """No block was planned, and yet somebody was asked; named by the day and by the title of what ran."""
        asked = r"  without a block\n  \d\d:\d\d asked about chess: back to work, at \d\d:\d\d\n"
        for words in ([], ["payment"]):
            self.assertRegex(self.tracker("history", "--why", *words), asked)
        (row,) = json.loads(self.tracker("history", "--why", "--json"))
        self.assertEqual((row["block"], row["notices"]), (None, []))
        self.assertEqual([(one["program"], one["answer"]) for one in row["asked"]], [("chess", "back")])
        self.assertEqual(self.tracker("history", "--why", "tomorrow"), "Nothing was planned: tomorrow.\n")

    def test_planned_block(self):
        """What is asked in a planned block stands below it, and nowhere else."""
        self.guard("chess", "[policy focus]\nnotify_start = no\n")
        self.plan(("a", "Retries", harness.soon(2), harness.soon(1200), "CATEGORIES:focus"))
        self.start_manager()
        self.start_fast()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        self.window("Chess")
        self.wait_notice(ASKED)
        self.assertEqual(self.tracker("guard", "work", "a", "customer"), "chess: it is work\n")
        text = self.tracker("history", "--why")
        self.assertRegex(text, r"focus Retries\n(  .*\n)*  \d\d:\d\d asked about chess: it is work,"
                               r" at \d\d:\d\d — a customer\n")
        self.assertNotIn("without a block", text)
        (row,) = json.loads(self.tracker("history", "--why", "Retries", "--json"))
        self.assertEqual([(one["program"], one["note"], one["block"]) for one in row["asked"]],
                         [("chess", "a customer", row["block"])])
        self.stop_cleanly()

    def test_command_name(self):
        """Neither the class nor the instance is listed, but the process is."""
        self.guard("xterm")
        self.start_manager()
        self.focus()
        self.spawn("Editor", "xterm", "-class", "Editor", "-name", "editor", "-e", "sleep", "600")
        until(lambda: [row[0] for row in self.rows()] == ["xterm"], "its command")
        self.stop_cleanly()

    def test_manager_comes_later(self):
        self.focus()
        state, text = self.doctor()
        self.assertEqual(state, "warning")
        self.assertIn("cannot see anything here", text)
        self.assertIn("the window manager does not say which window is in front", text)
        self.start_manager()
        self.window("Chess")
        self.wait_notice(ASKED)
        self.stop_cleanly()

    def test_server_goes(self):
        self.start_manager()
        self.focus()
        until(lambda: self.probe()[0] == "X11", "it is seen")
        self.display.kill()
        until(lambda: self.probe()[0].startswith("none: "), "nobody tells any more")
        self.assertTrue(self.daemon.alive())
        self.stop_cleanly()

    def sockets(self):
        folder = f"/proc/{self.daemon.child.pid}/fd"
        kinds = []
        for number in os.listdir(folder):
            try:
                kinds.append(os.readlink(os.path.join(folder, number)))
            except FileNotFoundError:
                pass
        return sum(kind.startswith("socket:") for kind in kinds)

    def test_nobody_watches_outside_of_focus(self):
        """No connection to the X server but that of presence."""
        self.start_manager()
        self.plan()
        self.start()
        until(lambda: str(self.status()["PresenceSource"]) == "x11", "presence")
        until(lambda: str(self.status()["Notifier"]) != "", "the notification server")
        quiet = self.sockets()
        self.begin("Payment")
        until(lambda: self.sockets() == quiet + 1, "the guard watches")
        self.call("Stop")
        until(lambda: self.sockets() == quiet, "and stops")
        self.guard("")
        self.call("Reload")
        self.begin("Payment")
        time.sleep(1)
        self.assertEqual(self.sockets(), quiet, "without a list nobody watches")
        self.guard("chess")
        self.call("Reload")
        until(lambda: self.sockets() == quiet + 1, "a list that comes is taken up")
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
