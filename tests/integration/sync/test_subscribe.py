# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tracker calendar add https://…, list, sync, remove: subscriptions as a person meets them."""

import json
import os
import pty
import re
import shlex
import subprocess
import time
import unittest

from subscribed import SECRET, Subscribed, ical

TRACKER = os.environ["TRACKER"]


class Commands(Subscribed):
    def setUp(self):
        super().setUp()
        self.env["TZ"] = "Europe/Berlin"
        self.config = self.dir + "/.config/trackerd/trackerd.conf"
        os.unlink(self.config)
        self.server.answer = self.good(ical("a", "b"), ETag='"1"')

    def run_tracker(self, *words, **more):
        more.setdefault("stdin", subprocess.DEVNULL)
        if "input" in more:
            del more["stdin"]
        return subprocess.run([TRACKER, *words], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=60, check=False, **more)

    def tracker(self, *words, status=0, **more):
        done = self.run_tracker(*words, **more)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout if status == 0 else done.stderr

    def add(self, *words, status=0, url=None, **more):
        ca = ["--ca-file", self.authority.cert]
        return self.tracker("calendar", "add", *ca, *words, url or self.url, status=status, **more)

    def listed(self):
        return {row["name"]: row for row in json.loads(self.tracker("calendar", "list", "--json"))}

    def text_of_config(self):
        with open(self.config, encoding="utf-8") as file:
            return file.read()


class Add(Commands):
    def test_add_and_read(self):
        said = self.add("team", "--every", "15m", "--kind", "focus")
        self.assertIn("Added team: 2 events from https://127.0.0.1\n", said)
        self.assertIn("without systemd nothing asks by itself: run tracker calendar sync", said)
        self.assertNotIn(SECRET, said)
        self.assertEqual(self.text_of_config(),
                         f"[calendar team]\nurl = {self.url}\nevery = 15m\nca_file = {self.authority.cert}\n"
                         "kind = focus\n")
        self.assertEqual(os.stat(self.config).st_mode & 0o777, 0o600)
        rows = json.loads(self.tracker("agenda", "2026-11-23", "--json"))
        self.assertIn("2026-11-23T09:00:00Z", json.dumps(rows))

    def test_name_comes_from_the_host(self):
        """Not from the path, which may be the secret."""
        self.add()
        self.assertEqual(list(self.listed()), ["127.0.0.1"])

    def test_the_same_twice_is_told(self):
        self.assertNotIn("reads the same", self.add("team"))
        self.assertIn("\nteam reads the same", self.add("again"))
        self.assertEqual(list(self.listed()), ["team", "again"])

    def test_address_from_standard_input(self):
        self.tracker("calendar", "add", "team", "-", "--ca-file", self.authority.cert, input=self.url + "\n")
        self.assertEqual(list(self.listed()), ["team"])

    def test_what_cannot_be_fetched_is_not_added(self):
        for answer, reason in (
            (lambda handler: handler.reply(404), "the server answered 404: there is no calendar at this address;"),
            (self.good(b""), "it is empty"),
            (self.good(b"<html>login</html>"), "does the address need a login?"),
            (self.good(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" * 2 + b"x"), "its end is missing"),
        ):
            self.server.answer = answer
            told = self.add("team", status=1)
            self.assertIn(reason, told)
            self.assertIn("; it was not added\n", told)
            self.assertEqual(told.count("\n"), 1)
            self.assertFalse(os.path.exists(self.config))
            self.assertEqual(os.listdir(self.dir + "/.local/share/trackerd/subscriptions"), [])

    def test_findings_are_told_by_the_calendars_name(self):
        """Its file has a name that nobody chose, and its address is a secret."""
        bad = b"BEGIN:VEVENT\r\nUID:9\r\nDTSTART:20260230T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"
        self.server.answer = self.good(ical("a").replace(b"END:VCALENDAR", bad))
        done = self.run_tracker("calendar", "add", "--ca-file", self.authority.cert, "team", self.url)
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"^team:11: DTSTART: .*; this event is left out\n$")
        self.assertRegex(self.run_tracker("calendar", "check").stdout, r"^team:11: DTSTART: ")

    def test_before_the_first_fetch(self):
        self.add("team")
        subprocess.run(["rm", "-rf", self.dir + "/.local", self.dir + "/.cache"], check=True)
        told = "team: nothing has been fetched yet; to try it: tracker calendar sync team\n"
        self.assertEqual(self.run_tracker("agenda").stderr, "tracker: " + told)
        self.assertEqual(self.run_tracker("calendar", "check").stdout, told)
        self.assertIn("nothing has been fetched yet", " ".join(self.run_tracker("doctor").stdout.split()))

    def test_nothing_usable_in_it(self):
        bad = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260230T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        self.server.answer = self.good(bad)
        self.assertIn("no event in it that can be used", self.add("team", status=1))
        self.assertFalse(os.path.exists(self.config))
        self.assertEqual(self.copies(), [])

    def test_untrusted_certificate_says_what_to_do(self):
        told = self.tracker("calendar", "add", "team", self.url, status=1)
        self.assertIn("--ca-file", told)

    def test_refused_addresses(self):
        for url, reason in (("https://me:hush@h/", "--user NAME"), ("https://me@h/", "--user NAME"),
                            ("http://h/hush", "try it with https://"), ("http://h/hush", "localhost"), ("ftp://h/", "expected https://"),
                            ("https://h/ hush", "%20"), ("evolution:", "tracker init")):
            told = self.tracker("calendar", "add", "team", url, status=2)
            self.assertIn(reason, told)
            self.assertNotIn("hush", told)

    def test_wrong_options(self):
        self.assertIn("at least 5m", self.add("team", "--every", "1m", status=2))
        self.add("team", "--every", "often", status=2)
        self.add("team", "--template", "pomodoro", status=2)
        self.add("team", "--password-file", "/x", status=2)
        for option in ("--every", "--user", "--password-file", "--ca-file"):
            self.assertIn("is for an address", self.tracker("calendar", "add", "a", "/a.ics", option, "1h", status=2))
        for name in ("a]", "a\nb", "a\n[calendar b]\nurl = https://h/", "", " a", "a/b"):
            self.add("--", name, status=2)
        for option, value in (("--user", "ada\nurl = https://h/"), ("--ca-file", "x\nuser = y"), ("--user", "\x1b")):
            self.tracker("calendar", "add", "a", self.url, option, value, status=2)
        self.assertEqual(self.server.requests, [])
        self.assertFalse(os.path.exists(self.config))

    def test_same_name_twice(self):
        self.add("team")
        self.server.requests.clear()
        self.assertIn("already", self.add("team", status=1))
        self.assertEqual(self.server.requests, [])


class Living(Commands):
    def setUp(self):
        super().setUp()
        self.add("team", "--every", "15m")
        self.server.requests.clear()

    def test_list(self):
        row = self.listed()["team"]
        self.assertEqual((row["source"], row["problem"]), ("https://127.0.0.1", None))
        self.assertLess(row["fetched"], row["next"])
        self.assertNotIn(SECRET, json.dumps(row))
        self.assertRegex(self.tracker("calendar"), r"^ team  2 events  https://127\.0\.0\.1, (just now|\d+ min ago)\n$")

    def test_sync(self):
        self.server.answer = self.good(ical("c"))
        self.assertEqual(self.tracker("calendar", "sync"), "team: new copy\n")
        self.assertEqual(self.tracker("calendar", "sync", "team"), "team: unchanged\n")
        self.assertIn("'other'", self.tracker("calendar", "sync", "other", status=4))

    def test_trouble_is_shown_and_the_day_goes_on(self):
        self.server.answer = lambda handler: handler.reply(500)
        done = self.run_tracker("calendar", "sync")
        self.assertEqual(done.returncode, 1)
        self.assertIn("team: the server answered 500", done.stdout)
        self.assertEqual(done.stderr, "tracker: 1 of 1 calendars could not be fetched\n")
        self.assertIn("the server answered 500", self.listed()["team"]["problem"])
        self.assertRegex(self.tracker("calendar"), r"copy of (just now|.* ago): the server answered 500")
        findings = json.loads(self.run_tracker("doctor", "--json").stdout)
        (finding,) = [f for f in findings if f["part"] == "subscriptions"]
        self.assertEqual(finding["state"], "warning")
        self.assertRegex(finding["text"], r"^team: https://127\.0\.0\.1, copy of (just now|.* ago): the server answered 500: .*; "
                                          r"to try again: tracker calendar sync team$")
        self.assertIn("2026-11-23T09:00:00Z", self.tracker("agenda", "2026-11-23", "--json"))

    def test_doctor_when_all_is_well(self):
        findings = json.loads(self.run_tracker("doctor", "--json").stdout)
        (finding,) = [f for f in findings if f["part"] == "subscriptions"]
        self.assertEqual(finding["state"], "ok")

    def test_a_copy_that_nobody_renews(self):
        (path,) = self.copies()
        with open(path + ".state", encoding="utf-8") as file:
            text = file.read()
        with open(path + ".state", "w", encoding="utf-8") as file:
            file.write(re.sub(r"(fetched|tried|next)=.*", r"\1=2026-01-01T00:00:00Z", text))
        self.assertIn("nothing has asked since", self.tracker("calendar"))
        findings = json.loads(self.run_tracker("doctor", "--json").stdout)
        self.assertEqual([f["state"] for f in findings if f["part"] == "subscriptions"], ["warning"])

    def test_remove_keeps_the_copy(self):
        said = self.tracker("calendar", "remove", "team")
        self.assertIn("its last copy stays", said)
        self.assertEqual(self.copy(), ical("a", "b"))
        self.assertEqual(self.listed(), {})
        self.server.answer = lambda handler: handler.reply(304)
        self.tracker(*shlex.split(said.split("To add it again: ")[1])[1:])
        row = self.listed()["team"]
        self.assertEqual(row["source"], "https://127.0.0.1")
        self.assertIn("every = 15m", self.text_of_config())

    def test_undo_and_a_history_without_secrets(self):
        before = self.text_of_config()
        self.tracker("calendar", "remove", "team")
        self.tracker("undo")
        self.assertEqual(self.text_of_config(), before)
        (added,) = [change["command"] for change in json.loads(self.tracker("history", "--json")) if "add" in change["command"]]
        self.assertEqual(added, "calendar add team https://127.0.0.1")

    def test_a_cleared_cache_loses_nothing(self):
        subprocess.run(["rm", "-rf", self.dir + "/.cache"], check=True)
        self.assertIn("2026-11-23T09:00:00Z", self.tracker("agenda", "2026-11-23", "--json"))


class Timer(Commands):
    """A systemctl of the test's stands for the user manager: what it is asked for is what counts."""

    def setUp(self):
        super().setUp()
        os.makedirs(self.dir + "/bin")
        os.makedirs(self.env["XDG_RUNTIME_DIR"] + "/systemd/private")
        self.env["PATH"] = self.dir + "/bin:" + self.env["PATH"]

    def systemctl(self, status):
        with open(self.dir + "/bin/systemctl", "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\necho "$@" >> {self.dir}/asked\nexit {status}\n')
        os.chmod(self.dir + "/bin/systemctl", 0o755)

    def asked(self):
        with open(self.dir + "/asked", encoding="utf-8") as file:
            return file.read()

    def test_enabled_with_the_first_subscription(self):
        self.systemctl(0)
        self.assertEqual(self.add("team", "--every", "15m"),
                         "Added team: 2 events from https://127.0.0.1, asked again every 15 min\n")
        self.assertEqual(self.asked(), "--user --quiet enable --now trackerd-sync.timer\n")

    def test_not_installed(self):
        self.systemctl(1)
        self.assertIn("trackerd-sync.timer is not installed here", self.add("team"))

    def test_not_for_what_was_refused(self):
        self.systemctl(0)
        self.server.answer = self.good(b"<html>")
        self.add("team", status=1)
        self.assertFalse(os.path.exists(self.dir + "/asked"))


class Sync(Commands):
    def test_nothing_is_elsewhere(self):
        self.assertIn("To subscribe to one", self.tracker("calendar", "sync"))


@unittest.skipUnless(os.environ.get("TRACKERD_SECRETS"), "built without libsecret")
class Secrets(Commands):
    """Against the real secret store (gnome-keyring) on a bus of its own."""

    def setUp(self):
        super().setUp()
        os.makedirs(self.dir + "/run", mode=0o700)
        self.env["XDG_RUNTIME_DIR"] = self.dir + "/run"
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1",
                                "--address=unix:path=" + self.dir + "/run/bus"], env=self.env,
                               stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.end, bus)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                   env=self.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, keyring)
        keyring.stdin.write(b"login")
        keyring.stdin.close()
        subprocess.run(["gdbus", "wait", "--session", "--timeout", "30", "org.freedesktop.secrets"], env=self.env,
                       check=True)
        self.server.answer = self.wants_login
        # At the end of a program that spoke to the store, a thread of GIO's goes while the leak
        # checker stops all threads, and now and then it falls over that.
        self.env["ASAN_OPTIONS"] = self.env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"

    @staticmethod
    def end(process):
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()

    def wants_login(self, handler):
        if handler.headers.get("Authorization") == "Basic YWRhOmhvcnNl":  # ada:horse
            self.good()(handler)
        else:
            handler.reply(401, WWW_Authenticate='Basic realm="x"')

    def test_password_is_kept_there(self):
        self.add("team", "--user", "ada", input="horse\n")
        self.assertIn("user = ada\n", self.text_of_config())
        self.assertNotIn("horse", self.text_of_config())
        self.assertEqual(self.tracker("calendar", "sync"), "team: unchanged\n")
        found = subprocess.run(["secret-tool", "lookup", "application", "trackerd", "host", "127.0.0.1", "user", "ada"],
                               env=self.env, capture_output=True, text=True, timeout=30, check=True)
        self.assertEqual(found.stdout, "horse")

    def test_password_that_secret_tool_wrote(self):
        self.add("team", "--user", "ada", input="horse\n")
        words = ["application", "trackerd", "host", "127.0.0.1", "user", "ada"]
        subprocess.run(["secret-tool", "clear", *words], env=self.env, timeout=30, check=True)
        done = self.run_tracker("calendar", "sync")
        self.assertIn("holds no password of ada", done.stdout)
        subprocess.run(["secret-tool", "store", "--label=x", *words], env=self.env, input=b"horse", timeout=30, check=True)
        self.assertEqual(self.tracker("calendar", "sync"), "team: unchanged\n")

    def test_wrong_password_is_not_kept(self):
        self.assertIn("answered 401", self.add("team", "--user", "ada", input="cow\n", status=1))
        self.assertFalse(os.path.exists(self.config))
        found = subprocess.run(["secret-tool", "search", "--all", "application", "trackerd"], env=self.env,
                               capture_output=True, timeout=30, check=False)
        self.assertEqual(found.stdout, b"")

    def test_no_secret_store(self):
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        told = self.add("team", "--user", "ada", input="horse\n", status=1)
        self.assertIn("the secret store cannot be used", told)
        self.assertIn("--password-file", told)
        self.assertFalse(os.path.exists(self.config))

    def test_typed_without_echo(self):
        main, side = pty.openpty()
        child = subprocess.Popen([TRACKER, "calendar", "add", "team", self.url, "--user", "ada", "--ca-file",
                                  self.authority.cert], env=self.env, stdin=side, stdout=side, stderr=side)
        os.close(side)
        seen = b""
        while b"Password of ada for https://127.0.0.1:" not in seen:
            seen += os.read(main, 1000)
        time.sleep(0.2)
        os.write(main, b"horse\n")
        try:
            while piece := os.read(main, 1000):
                seen += piece
        except OSError:
            pass
        self.assertEqual(child.wait(30), 0, seen)
        self.assertNotIn(b"horse", seen)
        self.assertIn(b"Added team", seen)
        os.close(main)


if __name__ == "__main__":
    unittest.main()
