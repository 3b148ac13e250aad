# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calendars that are there already: khal's, vdirsyncer's with a real Radicale server, calcurse's with the
real program, Evolution's with the real Evolution Data Server."""

import base64
import json
import os
import pty
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from https_server import Authority

TRACKER = os.environ["TRACKER"]
EVENT = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
         "DTSTAMP:20261101T000000Z\r\nDTSTART:20261123T{hour:02}0000Z\r\nDTEND:20261123T{end:02}0000Z\r\n"
         "SUMMARY:{title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")


def event(uid, hour, title):
    return EVENT.format(uid=uid, hour=hour, end=hour + 1, title=title)


class Home(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="trackerd-found-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        os.mkdir(self.dir + "/run", 0o700)
        self.env = {"PATH": "/usr/bin:/bin", "HOME": self.dir, "XDG_RUNTIME_DIR": self.dir + "/run", "TZ": "UTC",
                    "LC_ALL": "C.UTF-8", "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local",
                    **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}

    def put(self, name, text):
        path = f"{self.dir}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return path

    def tracker(self, *words, status=0, **more):
        done = subprocess.run([TRACKER, *words], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, text=True, timeout=90, check=False, **more)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout if status == 0 else done.stdout + done.stderr

    def found(self):
        return [(row["program"], row["name"], row["place"].replace(self.dir, "~"))
                for row in json.loads(self.tracker("init", "--json"))]

    def planned(self):
        """Start and title of what is planned on 23 November."""
        return sorted((row["start"][11:16], row["title"]) for row in
                      json.loads(self.tracker("agenda", "2026-11-23", "--json")))


class Folders(Home):
    def setUp(self):
        super().setUp()
        self.put("cal/one/a.ics", event("a", 9, "A"))
        self.put("cal/two/displayname", "Büro [x] / Süd\n")
        self.put("cal/two/color", "#AABBCC\n")
        self.put("cal/two/b.ics", event("b", 11, "B"))
        self.put("cal/.hidden/c.ics", event("c", 13, "C"))
        self.put("cal/notes/readme.txt", "no calendar")

    def test_a_folder_of_collections(self):
        said = self.tracker("calendar", "add", self.dir + "/cal")
        self.assertEqual(said, "Added one: 1 event in ~/cal/one\nAdded Büro x Süd: 1 event in ~/cal/two\n")
        rows = json.loads(self.tracker("calendar", "--json"))
        self.assertEqual([(row["title"], row["color"]) for row in rows],
                         [(None, None), ("Büro [x] / Süd", "#aabbcc")])
        self.assertEqual(self.planned(), [("09:00", "A"), ("11:00", "B")])
        self.assertEqual(self.tracker("calendar", "add", self.dir + "/cal").count("is read already"), 2)

    def test_a_collection_by_its_displayname(self):
        self.tracker("calendar", "add", self.dir + "/cal/two")
        self.assertEqual(json.loads(self.tracker("calendar", "--json"))[0]["title"], "Büro [x] / Süd")

    def test_hostile_names_and_colours(self):
        for text, color in (("\x1b[31m\x07red\u202e", "red"), ("x" * 5000, "#12345"), ("..", "#gggggg"), ("\n", "")):
            self.put("cal/two/displayname", text)
            self.put("cal/two/color", color)
            rows = json.loads(self.tracker("init", "--json"))
            self.assertEqual(rows, [])
            self.tracker("calendar", "add", self.dir + "/cal/two")
            (row,) = json.loads(self.tracker("calendar", "--json"))
            self.assertIsNone(row["color"])
            self.assertLessEqual(len(row["name"]), 64)
            self.assertNotIn("\x1b", row["name"])
            self.tracker("calendar", "remove", "--", row["name"])
        os.unlink(self.dir + "/cal/two/displayname")
        os.mkfifo(self.dir + "/cal/two/displayname")
        self.tracker("calendar", "add", self.dir + "/cal/two")

    def test_khal(self):
        self.put(".config/khal/config",
                 "[calendars]\n[[mine]]\npath = ~/cal/one  # the first\ncolor = 'dark green'\n"
                 "[[all]]\n  path = \"~/cal/*\"\n  type = discover\n[[b]]\npath = ~/cal\ntype = birthdays\n"
                 "[[gone]]\npath = ~/nowhere\n[[var]]\npath = $HOME/cal\n[locale]\npath = /etc\n")
        self.assertEqual(sorted(self.found()), [("khal", "Büro x Süd", "~/cal/two"), ("khal", "mine", "~/cal/one"),
                                                ("khal", "notes", "~/cal/notes")])

    def test_vdirsyncer(self):
        config = ('[general]\nstatus_path = "~/.status/"\n[pair p]\na = "x"\nb = "y"\n'
                  '[storage x]\ntype = "filesystem"\npath = "~/cal/"\nfileext = ".ics"\n'
                  '[storage y]\ntype = "caldav"\nurl = "https://x/"\npassword = "hush"\n'
                  '[storage z]\ntype = "filesystem"\npath = "~/contacts/"\nfileext = ".vcf"\n'
                  '[storage s]\ntype = "singlefile"\npath = "~/single/%s.ics"\n')
        self.put("single/s.ics", event("s", 15, "S"))
        self.put("contacts/p/x.vcf", "")
        expected = [("vdirsyncer", "one", "~/cal/one"), ("vdirsyncer", "Büro x Süd", "~/cal/two"),
                    ("vdirsyncer", "s", "~/single/s.ics")]
        for place in (".config/vdirsyncer/config", ".vdirsyncer/config"):
            path = self.put(place, config)
            self.assertEqual(self.found(), expected)
            os.unlink(path)
        self.env["VDIRSYNCER_CONFIG"] = self.put("elsewhere", config)
        self.assertEqual(self.found(), expected)
        self.assertIn("Nothing was changed", self.tracker("init"))
        self.assertFalse(os.path.exists(self.dir + "/.config/trackerd"))
        self.tracker("init", "--yes")
        self.assertEqual(self.planned(), [("09:00", "A"), ("11:00", "B"), ("15:00", "S")])
        self.assertEqual(self.tracker("init", "--yes").count("read already"), 3)

    def test_broken_configurations(self):
        for text in ("[", "]]]", "[[x]]\n= =\n[calendars]\n[[\npath", "\0" * 10, "path = /etc\n[[[", "[calendars]\n[[a]]\npath =\n",
                     "[storage ]\ntype = \"filesystem\"\npath = \"\n", "\udcff"):
            for place in (".config/khal/config", ".config/vdirsyncer/config", ".config/evolution/sources/x.source"):
                path = self.put(place, "")
                with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
                    file.write(text)
            self.assertEqual(self.found(), [])
        os.unlink(self.dir + "/.config/khal/config")
        os.mkfifo(self.dir + "/.config/khal/config")
        self.assertEqual(self.found(), [])

    def test_nothing(self):
        self.assertIn("To begin: tracker calendar add", self.tracker("init"))

    def test_asked_on_a_terminal(self):
        self.put(".config/khal/config", "[calendars]\n[[one]]\npath=~/cal/one\n[[two]]\npath=~/cal/two\n")
        main, side = pty.openpty()
        child = subprocess.Popen([TRACKER, "init"], env=self.env, stdin=side, stdout=side, stderr=side)
        os.close(side)
        seen = b""
        for question, answer in ((b"Add one (khal, ~/cal/one)? [Y/n/q]", b"n\n"), (b"Add two (khal,", b"y\n")):
            while question not in seen:
                seen += os.read(main, 1000)
            os.write(main, answer)
        self.assertEqual(child.wait(60), 0)
        os.close(main)
        self.assertEqual(self.planned(), [("11:00", "B")])


class Calcurse(Home):
    def test_its_appointments(self):
        self.assertEqual(self.found(), [])
        apts = self.put(".local/share/calcurse/apts",
                        "11/23/2026 @ 09:00 -> 11/23/2026 @ 10:00 |Stand-up\n")
        self.assertEqual(self.found(), [("calcurse", "calcurse", "calcurse:")])
        self.tracker("init", "--yes")
        self.assertEqual(self.planned(), [("09:00", "Stand-up")])
        with open(apts, "a", encoding="utf-8") as file:
            file.write("11/23/2026 @ 12:00 -> 11/23/2026 @ 13:00 |Lunch\n")
        self.assertEqual(self.tracker("calendar", "sync"), "calcurse: new copy\n")
        self.assertEqual(self.planned(), [("09:00", "Stand-up"), ("12:00", "Lunch")])


    def test_a_failing_program_whose_child_holds_the_pipe(self):
        """It has ended, but its own child keeps standard error open: nobody waits for that."""
        self.put(".local/share/calcurse/apts", "11/23/2026 @ 09:00 -> 11/23/2026 @ 10:00 |Stand-up\n")
        self.tracker("init", "--yes")
        program = self.put("bin/calcurse", "#!/bin/sh\nsleep 300 >/dev/null &\n"
                           f"echo $! >'{self.dir}/child'\nexit 3\n")
        os.chmod(program, 0o755)
        env = {**self.env, "PATH": self.dir + "/bin:" + self.env["PATH"]}
        try:
            done = subprocess.run([os.environ["TRACKERD_SYNC"], "--now", "--patience", "2"], env=env,
                                  capture_output=True, text=True, timeout=120, check=False)
        finally:
            with open(self.dir + "/child", encoding="ascii") as file:
                os.kill(int(file.read()), signal.SIGTERM)
        self.assertEqual(done.returncode, 1)
        self.assertIn("the program that exports it failed: it does not say why", done.stdout + done.stderr)
        self.assertEqual(self.planned(), [("09:00", "Stand-up")])


class Radicale(Home):
    """A server with TLS and a login, and vdirsyncer between it and us."""

    def setUp(self):
        super().setUp()
        os.mkdir(self.dir + "/ca")
        self.authority = Authority(self.dir + "/ca")
        cert, key = self.authority.issue("server", "IP:127.0.0.1")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"https://127.0.0.1:{port}/ada/"
        config = self.put("radicale.conf",
                          f"[server]\nhosts = 127.0.0.1:{port}\nssl = True\ncertificate = {cert}\nkey = {key}\n"
                          f"[auth]\ntype = htpasswd\nhtpasswd_filename = {self.put('users', 'ada:hush' + chr(10))}\n"
                          "htpasswd_encryption = plain\n[rights]\ntype = owner_only\n"
                          f"[storage]\nfilesystem_folder = {self.dir}/collections\n[logging]\nlevel = error\n")
        server = subprocess.Popen(["radicale", "--config", config], env=self.env, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        self.addCleanup(lambda: (server.kill(), server.wait()))
        self.context = ssl.create_default_context(cafile=self.authority.cert)
        self.wait_for_server()
        self.ask("MKCALENDAR", "work/", "<?xml version='1.0'?><C:mkcalendar xmlns='DAV:' "
                 "xmlns:C='urn:ietf:params:xml:ns:caldav' xmlns:I='http://apple.com/ns/ical/'><set><prop>"
                 "<displayname>Team work</displayname><I:calendar-color>#00ff7fff</I:calendar-color>"
                 "</prop></set></C:mkcalendar>")
        self.ask("PUT", "work/a.ics", event("a", 9, "Stand-up"))

    def wait_for_server(self):
        for _ in range(300):
            try:
                self.ask("PROPFIND", "")
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.fail("radicale does not answer")

    def ask(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, body.encode() if body else None, method=method)
        request.add_header("Authorization", "Basic " + base64.b64encode(b"ada:hush").decode())
        request.add_header("Content-Type", "text/calendar" if method == "PUT" else "application/xml")
        with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
            return answer.read()

    def vdirsyncer(self, *words):
        done = subprocess.run(["vdirsyncer", *words], env=self.env, input="y\n" * 10, capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_through_vdirsyncer(self):
        self.put(".config/vdirsyncer/config",
                 '[general]\nstatus_path = "~/.vdirsyncer-status/"\n'
                 '[pair p]\na = "here"\nb = "there"\ncollections = ["from b"]\nmetadata = ["displayname", "color"]\n'
                 'conflict_resolution = "b wins"\n'
                 '[storage here]\ntype = "filesystem"\npath = "~/calendars/"\nfileext = ".ics"\n'
                 f'[storage there]\ntype = "caldav"\nurl = "{self.url}"\nusername = "ada"\npassword = "hush"\n'
                 f'verify = "{self.authority.cert}"\n')
        self.vdirsyncer("discover")
        self.vdirsyncer("sync")
        self.vdirsyncer("metasync")
        self.assertEqual(self.found(), [("vdirsyncer", "Team work", "~/calendars/work")])
        self.tracker("init", "--yes")
        self.assertEqual(self.planned(), [("09:00", "Stand-up")])
        (row,) = json.loads(self.tracker("calendar", "--json"))
        self.assertEqual((row["title"], row["color"], row["left_out"]), ("Team work", "#00ff7f", 0))
        self.ask("PUT", "work/a.ics", event("a", 10, "Stand-up later"))
        self.ask("PUT", "work/b.ics", event("b", 14, "Review"))
        self.vdirsyncer("sync")
        self.assertEqual(self.planned(), [("10:00", "Stand-up later"), ("14:00", "Review")])
        self.ask("DELETE", "work/a.ics")
        self.vdirsyncer("sync")
        self.assertEqual(self.planned(), [("14:00", "Review")])
        self.assertEqual(self.tracker("calendar", "check"), "Nothing is wrong.\n")

    def test_subscribed_directly(self):
        password = self.put("password", "hush\n")
        os.chmod(password, 0o600)
        self.tracker("calendar", "add", "team", self.url + "work/", "--user", "ada", "--password-file", password,
                     "--ca-file", self.authority.cert)
        self.assertEqual(self.planned(), [("09:00", "Stand-up")])
        self.assertEqual(self.tracker("calendar", "sync"), "team: unchanged\n")
        self.ask("PUT", "work/b.ics", event("b", 14, "Review"))
        self.assertEqual(self.tracker("calendar", "sync"), "team: new copy\n")
        self.assertEqual(self.planned(), [("09:00", "Stand-up"), ("14:00", "Review")])
        self.ask("DELETE", "work/")
        self.assertIn("answered 404", self.tracker("calendar", "sync", status=1))
        self.assertEqual(self.planned(), [("09:00", "Stand-up"), ("14:00", "Review")])


@unittest.skipUnless(os.environ.get("TRACKERD_EVOLUTION"), "built without libecal")
class Evolution(Home):
    """The real Evolution Data Server on a bus of its own."""

    def setUp(self):
        super().setUp()
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1",
                                "--address=unix:path=" + self.dir + "/run/bus"], env=self.env,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(lambda: (bus.kill(), bus.wait(), bus.stdout.close()))
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        # Threads of GIO's that end while the leak checker stops all threads make it fall over.
        self.env["ASAN_OPTIONS"] = self.env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        self.source("ours", "Ours")

    def source(self, uid, name, backend="local", enabled="true"):
        self.put(f".config/evolution/sources/{uid}.source",
                 f"[Data Source]\nDisplayName={name}\nEnabled={enabled}\nParent=local-stub\n\n"
                 f"[Calendar]\nBackendName={backend}\n")

    def fill(self, uid, text):
        return self.put(f".local/share/evolution/calendar/{uid}/calendar.ics", text)

    def test_found_without_asking_the_server(self):
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        self.source("off", "Off", enabled="false")
        self.source("birthdays", "Birthdays", backend="contacts")
        self.put(".config/evolution/sources/mail.source", "[Data Source]\nDisplayName=Mail\n[Mail Account]\nBackendName=imapx\n")
        self.put(".cache/evolution/sources/1f2a.source",
                 "[Data Source]\nDisplayName=At work\nDisplayName[de]=Arbeit\nEnabled=true\n[Calendar]\nBackendName=caldav\n")
        self.fill("system", event("p", 9, "P"))
        self.assertEqual(self.found(), [("Evolution", "Personal", "evolution:system-calendar"),
                                        ("Evolution", "Ours", "evolution:ours"),
                                        ("Evolution", "At work", "evolution:1f2a")])

    def test_exported(self):
        zoned = event("a", 9, "Stand-up").replace(
            "DTSTART:20261123T090000Z", "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261123T090000").replace(
            "DTEND:20261123T100000Z", "DTEND;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261123T100000")
        self.fill("ours", zoned)
        self.assertIn("Added Ours: 1 event from evolution:ours", self.tracker("init", "--yes"))
        self.assertEqual(self.planned(), [("08:00", "Stand-up")])
        self.assertEqual(self.tracker("calendar", "check"), "Nothing is wrong.\n")
        self.assertEqual(self.tracker("calendar", "sync"), "Ours: unchanged\n")
        self.assertTrue(os.path.isdir(self.dir + "/.cache/trackerd/exports"))

    def test_a_user_means_nothing_here(self):
        self.fill("ours", event("a", 9, "Stand-up"))
        self.put(".config/trackerd/trackerd.conf", "[calendar x]\nurl = evolution:ours\nuser = ada\n")
        self.assertEqual(self.tracker("calendar", "sync"), "x: new copy\n")

    def test_gone(self):
        self.assertIn("Evolution has no calendar nope any more",
                      self.tracker("calendar", "add", "x", "evolution:nope", status=1))

    def test_server_that_is_not_there(self):
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        self.assertIn("it was not added", self.tracker("calendar", "add", "x", "evolution:ours", status=1))


if __name__ == "__main__":
    unittest.main()
