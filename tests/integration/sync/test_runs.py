# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of trackerd-sync: the timer, several at once, killed ones, and a disk that is full."""

import configparser
import email.utils
import glob
import os
import resource
import shutil
import signal
import subprocess
import threading
import time
import unittest

from subscribed import SECRET, SYNC, Subscribed, ical


class Timer(Subscribed):
    """Without words: what is due, and nothing but exit status 0, since the state tells how it stands."""

    def fire(self, now=None):
        done = subprocess.run([*(["faketime", "-f", now] if now else []), SYNC], env=self.env, timeout=60,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def set_state(self, **times):
        (path,) = self.copies()
        keys = configparser.RawConfigParser()
        keys.read(path + ".state", encoding="utf-8")
        for name, seconds in times.items():
            stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))
            keys["subscription"][name] = stamp
        with open(path + ".state", "w", encoding="utf-8") as file:
            keys.write(file)

    def test_only_what_is_due(self):
        self.server.answer = self.good()
        self.configure(every="15m")
        self.assertEqual(self.fire(), "team: new copy\n")
        self.assertEqual(self.fire(), "")
        self.set_state(tried=-1200, next=-300)
        self.assertEqual(self.fire(), "team: unchanged\n")
        self.assertEqual(len(self.server.requests), 2)

    def test_backs_off_after_failures(self):
        self.subscribe()
        self.server.answer = lambda handler: handler.reply(500)
        self.set_state(tried=-4000, next=-300)
        self.assertIn("answered 500", self.fire())
        self.assertEqual(self.fire(), "")
        self.assertEqual(self.state()["failures"], "1")
        self.set_state(tried=-4000, next=-300)
        self.fire()
        self.assertEqual(self.state()["failures"], "2")
        self.assertEqual(self.sync(self.good()), "unchanged")
        self.assertEqual(self.state()["failures"], "0")
        self.assertNotIn("problem", self.state())

    def test_no_network_is_not_the_servers_fault(self):
        """After a night without it the first look with it brings the calendar."""
        self.configure(url=f"https://nowhere.invalid/{SECRET}")
        for _ in range(5):
            self.run_sync("--now")
        (path,) = glob.glob(self.dir + "/.local/share/trackerd/subscriptions/*.state")
        keys = configparser.RawConfigParser()
        keys.read(path, encoding="utf-8")
        self.assertEqual(keys["subscription"]["failures"], "1")

    def test_a_server_that_asks_for_patience(self):
        """Of more than a day a day is given; what is neither seconds nor a date is not understood."""
        self.subscribe()
        for asked, waited in (("7200", 7200), ("1209600", 86400), ("4294967295", 86400),
                              ("18446744073709551615", 86400), ("9" * 40, 86400)):
            self.sync(lambda handler, asked=asked: handler.reply(503, Retry_After=asked), status=1)
            state = self.state()
            tried, after = (time.mktime(time.strptime(state[name], "%Y-%m-%dT%H:%M:%SZ"))
                            for name in ("tried", "next"))
            self.assertEqual(after - tried, waited)
        for asked in ("-1", "soon"):
            self.sync(lambda handler, asked=asked: handler.reply(503, Retry_After=asked), status=1)
            self.assertNotEqual(self.state()["next"], state["next"])

    def test_a_server_that_names_a_date(self):
        """By its own clock, which is a year behind ours here; a date that is past asks for nothing."""
        self.subscribe()
        year_ago = time.time() - 365 * 86400
        for asked, least, most in ((-7200, 900, 901), (7200, 7200, 7201), (10 * 86400, 86400, 86401)):

            def answer(handler, asked=asked):
                handler.date_time_string = lambda timestamp=None: email.utils.formatdate(year_ago, usegmt=True)
                handler.reply(503, Retry_After=email.utils.formatdate(year_ago + asked, usegmt=True))

            self.configure(every="15m")
            self.sync(answer, status=1)
            state = self.state()
            tried, after = (time.mktime(time.strptime(state[name], "%Y-%m-%dT%H:%M:%SZ"))
                            for name in ("tried", "next"))
            self.assertTrue(least <= after - tried <= most, (asked, after - tried))

    def test_nothing_to_do(self):
        for text in ("", "[calendar a]\npath = /a.ics\n"):
            with open(self.dir + "/.config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
                file.write(text)
            self.assertEqual(self.fire(), "")
        self.assertFalse(os.path.exists(self.dir + "/.local"))

    def test_names(self):
        self.server.answer = self.good()
        self.assertEqual(self.run_sync("team").returncode, 0)
        for name in ("other", ""):
            done = self.run_sync("--", name)
            self.assertEqual(done.returncode, 4)
            self.assertIn("there is no subscribed calendar", done.stderr)

    def test_several_at_once(self):
        """One that hangs does not hold the others up."""
        with open(self.dir + "/.config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            for name in ("slow", "b", "c"):
                file.write(f"[calendar {name}]\nurl = {self.server.url}/{name}\nca_file = {self.authority.cert}\n")
        others_are_done = threading.Event()

        def answer(handler):
            if handler.path == "/slow":
                others_are_done.wait(60)
            self.good()(handler)

        self.server.answer = answer
        with subprocess.Popen([SYNC, "--now"], env=self.env, stdout=subprocess.PIPE, text=True) as child:
            lines = sorted([child.stdout.readline(), child.stdout.readline()])
            others_are_done.set()
            self.assertEqual(lines, ["b: new copy\n", "c: new copy\n"])
            self.assertEqual(child.stdout.read(), "slow: new copy\n")

    def test_two_runs_at_once(self):
        self.subscribe()
        entered, leave = threading.Event(), threading.Event()

        def hold(handler):
            entered.set()
            leave.wait(20)
            self.good(ical("held"))(handler)

        self.server.answer = hold
        first = subprocess.Popen([SYNC, "--now"], env=self.env, stdout=subprocess.PIPE, text=True)
        self.assertTrue(entered.wait(20))
        self.assertIn("fetched by another run", self.run_sync("--now").stdout)
        leave.set()
        self.assertEqual(first.communicate(timeout=30)[0], "team: new copy\n")
        self.assertEqual(self.copy(), ical("held"))

    def test_killed_at_any_write(self):
        """kill -9 at each call that changes a file, until a run survives: the old copy or the new, and what
        is known of it never about the other."""
        bodies = [ical("a"), ical("b")]
        # The leak checker cannot work under strace.
        env = {**self.env, "ASAN_OPTIONS": self.env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
        for call in ("fsync", "renameat", "unlink", "unlinkat", "fchmod"):
            for n in range(1, 20):
                self.sync(self.good(bodies[0], ETag='"a"'))
                self.server.answer = self.good(bodies[1], ETag='"b"')
                done = subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:signal=KILL:when={n}",
                                       SYNC, "--now"], env=env, timeout=60, capture_output=True, check=False)
                left = self.copy()
                self.assertIn(left, bodies)
                self.server.requests.clear()
                self.sync(self.good(bodies[1], ETag='"b"'))
                asked = self.server.requests[0][1].get("If-None-Match")
                self.assertIn(asked, (None, '"a"' if left == bodies[0] else '"b"'))
                self.assertEqual(self.copy(), bodies[1])
                if done.returncode == 0:
                    break
            self.assertEqual(done.returncode, 0, call)

    def test_killed_at_any_time(self):
        """What a killed run leaves is the old copy or the new one."""
        bodies = [ical("a"), ical(*range(20000))]
        self.subscribe(bodies[0])
        for i in range(12):
            self.server.answer = self.good(bodies[(i + 1) % 2], ETag=f'"{i}"')
            child = subprocess.Popen([SYNC, "--now"], env=self.env, stdout=subprocess.DEVNULL)
            time.sleep(0.02 * i)
            child.kill()
            child.wait()
            self.assertIn(self.copy(), bodies)
        for body in bodies:
            self.sync(self.good(body, ETag='"last"'))
            self.assertEqual(self.copy(), body)
        self.assertEqual(self.leftovers(), [])


class Disk(Subscribed):
    def test_no_room(self):
        """A limit on the size of files stands for a disk that is full."""
        self.subscribe()
        self.server.answer = self.good(ical(*range(5000)))

        def small():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        done = self.run_sync("--now", preexec_fn=small)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write ~/.local/share/trackerd/subscriptions/", done.stdout)
        self.assertEqual(self.copy(), ical("a"))
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(self.sync(self.server.answer), "new copy")

    def test_folder_that_cannot_be_written(self):
        self.subscribe()
        folder = self.dir + "/.local/share/trackerd"
        shutil.rmtree(folder)
        with open(folder, "w", encoding="utf-8"):
            pass
        self.server.answer = self.good()
        done = self.run_sync("--now")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot create the folder", done.stdout)


if __name__ == "__main__":
    unittest.main()
