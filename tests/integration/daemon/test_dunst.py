# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real notification server under a display of its own: what people see, and a real click.

With SCREENSHOT=FILE the notification is photographed, for the README."""
import json
import os
import subprocess
import time

import harness
import test_life
from harness import soon, until
from virtual_display import start_display

# With several buttons dunst asks a menu program which one; this one takes the first.
LOOK = """[global]
width = 460
height = 200
offset = 20x20
origin = top-right
font = DejaVu Sans 11
frame_width = 1
padding = 14
horizontal_padding = 16
corner_radius = 8
idle_threshold = 0
dmenu = /usr/bin/head -n 1
"""


class Dunst(harness.DaemonCase):
    def setUp(self):
        super().setUp()
        start_display(self, "640x240")
        config = os.path.join(self.home, "dunstrc")
        with open(config, "w", encoding="utf-8") as handle:
            handle.write(LOOK)
        self.spawn("dunst", "dunst", "-config", config)
        until(lambda: self.owner(harness.NOTIFICATIONS), "dunst")

    def dunstctl(self, *words):
        return subprocess.run(["dunstctl", *words], env=self.environment, check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    def displayed(self):
        return int(self.dunstctl("count", "displayed"))

    def waiting(self):
        return int(self.dunstctl("count", "waiting"))

    def keep_ignoring(self):
        """A start that nobody answers, in focus, until it has become critical."""
        self.configure(f"[calendar work]\npath = {self.calendar}\n[policy focus]\ndo_not_disturb = yes\n"
                       "unmissable = yes\nremind_every = 1m\nremind_times = 5\n")
        self.plan(("one", "Feature", soon(20), soon(5400), "CATEGORIES:Focus"))
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME="+0 x10", FAKETIME_NO_CACHE="1",
                   DONT_FAKE_MONOTONIC="1", ASAN_OPTIONS=test_life.asan_after_preload())
        until(lambda: self.dunstctl("is-paused").strip() == "true", "do-not-disturb in focus")
        until(lambda: self.query("SELECT 1 FROM notice WHERE urgent AND shown > 0"), "critical by now")

    def history(self):
        data = json.loads(self.dunstctl("history"))
        return [(n["summary"]["data"], n["body"]["data"]) for n in data["data"][0]]

    def photograph(self):
        if "SCREENSHOT" in os.environ:
            time.sleep(0.5)
            subprocess.run(["import", "-window", "root", "-crop", "498x92+132+10", "+repage",
                            os.environ["SCREENSHOT"]],
                           env=self.environment, check=True)

    def test_click_stops(self):
        self.plan(("one", "Payment retries: idempotency keys", soon(2), soon(5400),
                   "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        until(lambda: str(self.status()["Notifier"]).startswith("dunst "), "dunst took it")
        until(lambda: self.displayed() == 1, "one notification, the pre-warning replaced")
        self.photograph()
        self.dunstctl("action", "0")
        until(lambda: self.query("SELECT 1 FROM block_state WHERE start > 0"),
              "its first button snoozes")
        self.assertEqual(str(self.status()["State"]), "idle")
        self.stop_cleanly()

    def test_hostile_text_is_text(self):
        self.plan(("one", "<b>&amp; <i>half", soon(2), soon(5400), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        until(lambda: self.displayed() >= 1, "shown")
        self.dunstctl("close-all")
        summaries = [s for s, _ in until(self.history, "the history")]
        self.assertIn("Focus — <b>&amp; <i>half", summaries)
        self.stop_cleanly()

    def test_dismissed_is_not_done(self):
        self.plan(("one", "Feature", soon(2), soon(5400), "CATEGORIES:Focus"))
        self.start()
        until(lambda: str(self.status()["State"]) == "running", "time is kept")
        until(lambda: self.displayed() == 1, "shown")
        self.dunstctl("close")
        time.sleep(0.5)
        self.assertEqual(str(self.status()["State"]), "running")
        self.stop_cleanly()

    def test_paused_holds_back_what_is_critical_too(self):
        """As trackerd.conf(5) says; its pause knows no exception."""
        self.keep_ignoring()
        self.assertEqual((self.displayed(), self.waiting()), (0, 1))
        self.stop_cleanly()


if __name__ == "__main__":
    harness.main()
