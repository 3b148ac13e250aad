#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which skips of a test log the summary lets pass."""
import io
import unittest

import summary


def told(verbosity, *reasons):
    """What unittest itself writes of tests that are skipped for @reasons."""
    def skipping(reason):
        return unittest.FunctionTestCase(lambda: None, setUp=lambda: skip(reason), description="a test")

    def skip(reason):
        raise unittest.SkipTest(reason)

    stream = io.StringIO()
    tests = [unittest.FunctionTestCase(lambda: None), *map(skipping, reasons)]
    unittest.TextTestRunner(stream, verbosity=verbosity).run(unittest.TestSuite(tests))
    return stream.getvalue()


class Skips(unittest.TestCase):
    def blind(self, stderr="", stdout="", result="OK"):
        return summary.blind_skips({"name": "x", "result": result, "stdout": stdout, "stderr": stderr})

    def test_nothing_skipped(self):
        self.assertEqual(self.blind(told(2)), [])
        self.assertEqual(self.blind(stdout="ok 1 /a\n"), [])

    def test_unittest(self):
        self.assertEqual(self.blind(told(2, "built without libecal")), ["built without libecal"])
        self.assertEqual(self.blind(told(2, "needs CAP_SYS_ADMIN")), [])
        self.assertEqual(self.blind(told(2, "needs CAP_SYS_ADMIN", "isn't there")), ["isn't there"])
        self.assertEqual(self.blind(told(2, "")), ["(no reason)"])

    def test_unittest_that_only_counts(self):
        self.assertEqual(self.blind(told(1, "needs CAP_SYS_ADMIN", "b")), ["(no reason)"] * 2)
        self.assertEqual(self.blind("FAILED (failures=1, skipped=1)\n"), ["(no reason)"])

    def test_tap(self):
        self.assertEqual(self.blind(stdout="ok 3 /a # SKIP no bus\nok 4 /b # SKIP CAP_KILL\n"), ["no bus"])

    def test_whole(self):
        self.assertEqual(self.blind(stdout="no bus\n", result="SKIP"), ["no bus"])
        self.assertEqual(self.blind(stdout="needs CAP_SYS_TIME\n", result="SKIP"), [])

    def test_form(self):
        told = "NOT CHECKED: the form is that of clang-format 14; this machine has version 19"
        self.assertEqual(self.blind(stdout=told + "\n", result="SKIP"), [])
        self.assertEqual(self.blind(stdout="no clang-format\n", result="SKIP"), ["no clang-format"])
        test = {"name": "x", "result": "SKIP", "stdout": told, "stderr": ""}
        self.assertEqual(summary.skips(test), [told])


if __name__ == "__main__":
    unittest.main()
