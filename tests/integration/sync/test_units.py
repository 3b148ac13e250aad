# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The units of trackerd-sync as systemd reads them; no systemd has to run."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

UNITS = os.environ["UNITS"].split(":")  # where the service was made, and where the timer lies


class Units(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="trackerd-units-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        with open(UNITS[0] + "/trackerd-sync.service", encoding="utf-8") as file:
            self.service = file.read()
        with open(self.dir + "/trackerd-sync.service", "w", encoding="utf-8") as file:
            # Where it will be installed nothing is yet, and no manual either.
            file.write(re.sub(r"ExecStart=.*", "ExecStart=" + os.environ["TRACKERD_SYNC"],
                              re.sub(r"Documentation=.*\n", "", self.service)))
        with open(UNITS[1] + "/trackerd-sync.timer", encoding="utf-8") as file:
            timer = re.sub(r"Documentation=.*\n", "", file.read())
        with open(self.dir + "/trackerd-sync.timer", "w", encoding="utf-8") as file:
            file.write(timer)

    def run_analyze(self, *words):
        return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, timeout=60, check=False,
                              env={"PATH": "/usr/bin:/bin", "HOME": self.dir, "XDG_RUNTIME_DIR": self.dir})

    def test_systemd_understands_them(self):
        for name in ("trackerd-sync.service", "trackerd-sync.timer"):
            done = self.run_analyze("verify", "--user", f"{self.dir}/{name}")
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_the_network_is_here_and_not_in_the_daemon(self):
        with open(UNITS[0] + "/trackerd.service", encoding="utf-8") as file:
            daemon = file.read()
        self.assertIn("RestrictAddressFamilies=AF_UNIX\n", daemon)
        self.assertIn("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n", self.service)
        for setting in ("NoNewPrivileges=yes", "MemoryDenyWriteExecute=yes", "SystemCallFilter=@system-service",
                        "UMask=0077", "Type=oneshot"):
            self.assertIn(setting + "\n", self.service)

    def test_the_indexer_may_confine_itself(self):
        """The daemon's unit allows what its child calls, by name: @system-service of systemd 252 lacks it."""
        with open(UNITS[0] + "/trackerd.service", encoding="utf-8") as file:
            allowed = {word for line in re.findall(r"^SystemCallFilter=(.*)$", file.read(), re.M) for word in line.split()}
        self.assertEqual({"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"} - allowed,
                         set())

    def test_the_daemons_filter_is_understood(self):
        with open(UNITS[0] + "/trackerd.service", encoding="utf-8") as file:
            text = re.sub(r"(Documentation|After|PartOf)=.*\n", "", file.read())
        with open(self.dir + "/trackerd.service", "w", encoding="utf-8") as file:
            file.write(re.sub(r"ExecStart=.*", "ExecStart=" + os.environ["TRACKERD_SYNC"],
                              re.sub(r"ExecReload=.*\n", "", text)))
        done = self.run_analyze("verify", "--user", self.dir + "/trackerd.service")
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_exposure(self):
        """No worse than it was when it was written: 6.4 of 10, without a namespace of its own."""
        done = self.run_analyze("security", "--offline=true", "--threshold=65", self.dir + "/trackerd-sync.service")
        self.assertEqual(done.returncode, 0, done.stdout[-300:] + done.stderr)


if __name__ == "__main__":
    unittest.main()
