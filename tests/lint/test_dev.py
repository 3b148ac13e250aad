#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When ./dev configures: once, and anew when libraries came or went since.

    test_dev.py ROOT
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(sys.argv.pop())
MESON = '#!/bin/sh\necho "$@" >>calls\nif [ "$1" = setup ]; then mkdir -p build; : >build/build.ninja; fi\n'


class Configuring(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="trackerd-dev-")
        self.addCleanup(shutil.rmtree, self.dir)
        shutil.copy(os.path.join(ROOT, "dev"), self.dir)
        self.put("packaging/debian-packages.txt", "# [build]\n# [test]\n")
        self.put("bin/meson", MESON)
        self.put("bin/ninja", "#!/bin/sh\n")
        self.offer("glib-2.0")

    def put(self, name, text):
        path = os.path.join(self.dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o755)

    def offer(self, *libraries):
        """These are the libraries of the machine."""
        self.put("bin/pkg-config", "#!/bin/sh\nprintf '%s\\n' " + " ".join(libraries) + "\n")

    def build(self):
        """What ./dev build asks of Meson."""
        calls = os.path.join(self.dir, "calls")
        if os.path.exists(calls):
            os.unlink(calls)
        env = {"PATH": self.dir + "/bin:/usr/bin:/bin", "HOME": self.dir}
        subprocess.run(["./dev", "build"], cwd=self.dir, env=env, check=True, capture_output=True, timeout=60)
        if not os.path.exists(calls):
            return []
        with open(calls, encoding="utf-8") as lines:
            return lines.read().splitlines()

    def test_once(self):
        self.assertEqual(self.build(), ["setup build"])
        self.assertEqual(self.build(), [])

    def test_again_when_libraries_came_or_went(self):
        again = ["configure --clearcache build", "setup --reconfigure build"]
        self.build()
        self.offer("glib-2.0", "libsoup-3.0")
        self.assertEqual(self.build(), again)
        self.assertEqual(self.build(), [])
        self.offer("libsoup-3.0", "glib-2.0")
        self.assertEqual(self.build(), [], "the order says nothing")
        self.offer("glib-2.0")
        self.assertEqual(self.build(), again)

    def test_a_folder_of_before(self):
        """Nobody knows what there was when it was configured."""
        self.put("build/build.ninja", "")
        self.assertEqual(self.build(), ["configure --clearcache build", "setup --reconfigure build"])


if __name__ == "__main__":
    unittest.main()
