#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configures the tree without any optional library, and says what of them is installed or left
untested in silence all the same.

    features.py ROOT
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(sys.argv.pop())
sys.path.insert(0, os.path.join(ROOT, "tests", "lib"))
import summary  # noqa: E402


class WithoutAny(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.build = os.path.join(folder, "build")
        env = {name: value for name, value in os.environ.items() if not name.startswith("MESON")}
        subprocess.run(["meson", "setup", cls.build, ROOT, "--auto-features=disabled"], check=True,
                       stdout=subprocess.DEVNULL, env=env)

    def introspect(self, what):
        done = subprocess.run(["meson", "introspect", "--" + what, self.build], check=True, capture_output=True)
        return json.loads(done.stdout)

    def test_nothing_of_them_is_installed(self):
        installed = self.introspect("installed").values()
        names = {os.path.basename(path) for path in installed}
        self.assertIn("trackerd.service", names)
        self.assertEqual([name for name in names if "sync" in name or "evolution" in name], [])

    def test_what_is_not_tested_says_so(self):
        """Each is registered, skips, and is no skip that the summary lets pass."""
        tests = [test for test in self.introspect("tests") if test["name"].startswith("sync-")]
        self.assertEqual(sorted(test["name"] for test in tests),
                         ["sync-" + what for what in ("day", "fetch", "found", "hostile", "password", "runs",
                                                      "subscribe", "units", "ways")])
        for test in tests:
            done = subprocess.run(test["cmd"], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 77)
            log = {"name": test["name"], "result": "SKIP", "stdout": done.stdout, "stderr": ""}
            self.assertEqual(summary.blind_skips(log), [done.stdout.strip()])
            self.assertIn("libsoup", done.stdout)


if __name__ == "__main__":
    unittest.main()
