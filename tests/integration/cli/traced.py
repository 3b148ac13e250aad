# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A home whose commands are killed, or fail, at a call to the system of one's choice."""

import subprocess

from home import TRACKER, Home


def may_trace():
    """Has the system given us the right?"""
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


class Traced(Home):
    """Runs tracker under strace, which injects the fault."""

    def traced(self, inject, *words, only=()):
        return subprocess.run(
            ["strace", *only, "-o", "/dev/null", "-e", "trace=" + inject.split(":")[0], "-e", "inject=" + inject, TRACKER, *words],
            env={**self.env, "ASAN_OPTIONS": "detect_leaks=0"}, capture_output=True, text=True, timeout=60, check=False)

    def killed_at_each(self, calls, *words):
        """Yields after each run of @words that was killed, and says so: at every n-th call of a kind, until one
        is not; then that run, too, which was not."""
        for call, step in calls.items():
            for n in range(1, 400, step):
                done = self.traced(f"{call}:signal=KILL:when={n}", *words)
                self.assertIn(done.returncode, (0, -9), f"{call} {n}: {done.stderr}")
                yield done.returncode != 0, f"{call} {n}"
                if done.returncode == 0:
                    break
            self.assertEqual(done.returncode, 0, call)
