# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the focus guard have in common."""
import json
import subprocess

import harness
import test_life
from harness import until

ASKED = "is in front — is it work?"


class GuardCase(harness.DaemonCase):
    def setUp(self):
        super().setUp()
        self.guard("chess; org.example.Mail")
        self.start_server()

    def guard(self, programs, more=""):
        self.configure(f"[calendar work]\npath = {self.calendar}\n[guard]\nprograms = {programs}\n{more}")

    def focus(self, start=None):
        """By hand, which tells nothing: the question has no other notice to wait for."""
        self.plan()
        (start or self.start)()
        self.begin("Payment")
        until(lambda: str(self.status()["State"]) == "running", "time is kept")

    def start_fast(self):
        """Ten times: a notice a minute is the most there may be, and nobody is to wait for it."""
        self.start(LD_PRELOAD=test_life.harness_faketime(), FAKETIME="+0 x10", FAKETIME_NO_CACHE="1",
                   DONT_FAKE_MONOTONIC="1", ASAN_OPTIONS=test_life.asan_after_preload())

    def rows(self):
        return self.query("SELECT program, answer, note FROM interruption ORDER BY number")

    def tracker(self, *words):
        return subprocess.run([harness.TRACKER, *words], env=self.environment, check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    def probe(self):
        return tuple(str(word) for word in self.call("ProbePrograms"))

    def doctor(self):
        said = subprocess.run([harness.TRACKER, "doctor", "--json"], env=self.environment, check=False,
                              stdout=subprocess.PIPE, text=True).stdout
        return [(part["state"], part["text"]) for part in json.loads(said) if part["part"] == "focus guard"][0]
