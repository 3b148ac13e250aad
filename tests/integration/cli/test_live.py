# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The live verbs on a private bus, against a daemon that notes what it is told."""

import contextlib
import datetime as dt
import json
import os
import socket
import subprocess
import threading
import time
import unittest
import zoneinfo

import dbus
import dbusmock

from home import Home

NAME = "org.trackerd.Tracker1"
PATH = "/org/trackerd/Tracker1"
MINUTE = 60 * 1000000
NEVER = 9223372036854775807

METHODS = {
    "Start": "sxsxx", "Stop": "", "Pause": "", "Resume": "", "Extend": "x", "Snooze": "xx", "Skip": "s",
    "Break": "x", "Done": "", "Release": "", "Answer": "s", "Reload": "",
    "Postpone": "x", "Guard": "sxs",
}


class Live(Home):
    @classmethod
    def setUpClass(cls):
        dbusmock.DBusTestCase.start_session_bus()
        cls.bus = dbusmock.DBusTestCase.get_dbus()

    @classmethod
    def tearDownClass(cls):
        dbusmock.DBusTestCase.tearDownClass()

    def setUp(self):
        super().setUp()
        self.env["DBUS_SESSION_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
        self.server = None
        self.lunch = time.time_ns() // 1000 // MINUTE * MINUTE + 5 * MINUTE

    def start_daemon(self, **properties):
        now = time.time_ns() // 1000
        values = {
            "Version": "0.1.0", "State": "running", "BlockId": "", "Title": "fix login", "Kind": "focus",
            "Task": dbus.Int64(0), "Since": dbus.Int64(now - 10 * MINUTE),
            "Until": dbus.Int64(now + 50 * MINUTE + MINUTE // 2), "NextTitle": "", "NextKind": "",
            "NextStart": dbus.Int64(0), "Presence": "active", "FocusActive": False, "Notifier": "mock 1",
            "Evidence": "manual", **properties,
        }
        self.server = dbusmock.DBusTestCase.spawn_server(NAME, PATH, NAME, system_bus=False,
                                                         stdout=subprocess.DEVNULL)
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.terminate)
        mock = dbus.Interface(self.bus.get_object(NAME, PATH), dbusmock.MOCK_IFACE)
        mock.AddProperties(NAME, dbus.Dictionary(values, signature="sv"))
        mock.AddMethods(NAME, [(name, types, "", "") for name, types in METHODS.items()])
        mock.AddMethod(NAME, "Postpone", "x", "uusx",
                       f"ret = (dbus.UInt32(1), dbus.UInt32(3), 'Lunch', dbus.Int64({self.lunch}))")
        mock.AddMethod(NAME, "TestNotice", "", "su", 'ret = ("mock 1", 7)')
        mock.AddMethod(NAME, "ProbePrograms", "", "sss", 'ret = ("X11", "Editor", "systemd")')
        self.mock = mock

    def calls(self):
        """(method, arguments) of everything but property reads since the last time."""
        made = [(str(name), list(args)) for _, name, args in self.mock.GetCalls()]
        self.mock.ClearCalls()
        return [call for call in made if call[0] in METHODS]

    def test_verbs_and_their_arguments(self):
        self.start_daemon()
        for words, expected in (
            (["start"], ("Start", ["", 0, "", 0, 0])),
            (["start", "fix", "login"], ("Start", ["fix login", 0, "", 0, 0])),
            (["start", "x", "--for", "50m", "-k", "meeting"], ("Start", ["x", 0, "meeting", 50 * MINUTE, 0])),
            (["pause"], ("Pause", [])), (["resume"], ("Resume", [])),
            (["extend"], ("Extend", [0])), (["extend", "15m"], ("Extend", [15 * MINUTE])),
            (["extend", "1", "h"], ("Extend", [60 * MINUTE])),
            (["snooze"], ("Snooze", [0, 0])), (["snooze", "10m"], ("Snooze", [10 * MINUTE, 0])),
            (["break"], ("Break", [0])), (["break", "10"], ("Break", [10 * MINUTE])),
            (["release"], ("Release", [])),
            (["answer", "worked"], ("Answer", ["worked"])),
        ):
            with self.subTest(words):
                said = self.tracker(*words)
                self.assertEqual(self.calls(), [expected])
                less = r"(  no longer .*\n)?" if words[0] == "extend" else "" # this daemon moves nothing
                self.assertRegex(said, rf"^● Focus  fix login   until .*, 50 min left\n{less}$")

    def test_answers_to_the_focus_guard(self):
        self.start_daemon()
        for words, expected in (
            (["guard", "back"], ["back", 0, ""]), (["guard", "allow"], ["allow", 0, ""]),
            (["guard", "allow", "10m"], ["allow", 10 * MINUTE, ""]),
            (["guard", "work", "a", "customer"], ["work", 0, "a customer"]),
        ):
            with self.subTest(words):
                self.tracker(*words)
                self.assertEqual(self.calls(), [("Guard", expected)])
        self.error("guard", "allow", "soon", status=2)
        self.assertEqual(self.calls(), [])

    def test_what_ends_says_what_it_ended(self):
        self.start_daemon(State="idle", Title="", NextTitle="Code review",
                          NextStart=dbus.Int64(time.time_ns() // 1000 + MINUTE))
        self.assertRegex(self.tracker("skip", "no", "time"),
                         r"^· Skipped Code review · reason: no time   next: .*Code review\n$")
        self.assertEqual(self.calls(), [("Skip", ["no time"])])
        self.mock.UpdateProperties(NAME, {"State": "running", "Title": "fix login"})
        for words, expected, said in ((["stop"], ("Stop", []), "Stopped"), (["skip"], ("Skip", [""]), "Skipped")):
            answer = self.tracker(*words).split("\n")
            self.assertEqual(self.calls(), [expected])
            self.assertEqual(answer[0], f"· {said} fix login")
            self.assertTrue(answer[1].startswith("● Focus  fix login"), "what still runs is said")

    def test_done_names_what_is_done(self):
        """What the daemon says that it was, whatever the log had last and whatever comes next."""
        self.start_daemon(State="idle", Title="", NextTitle="Lunch", NextStart=dbus.Int64(time.time_ns() // 1000 + MINUTE))
        self.tracker("task", "add", "PDF invoices")
        self.tracker("log", "add", "yesterday", "09:00-09:40", "Retries", "--task", "1")
        self.tracker("log", "add", "yesterday", "10:00-10:40", "Mail")
        self.calls()
        for answer, said in (("('fix login', '', 0)", "Done fix login"),
                             ("('Retries', '', 1)", r"Done Retries \(kept 40 min\), and task 1 · PDF invoices"),
                             ("('Focus', 'work/1', 7)", "Done Focus, and task 7")):
            self.mock.AddMethod(NAME, "Done", "", "ssx", "ret = " + answer)
            self.assertRegex(self.tracker("done"), rf"^· {said}\n· Nothing runs   next: .*Lunch\n$")
            self.assertEqual(self.calls(), [("Done", [])])

    def test_an_older_daemon_does_not_say_what_is_done(self):
        self.start_daemon()
        self.assertRegex(self.tracker("done"), r"^· Done\n● Focus  fix login   until ")
        self.assertEqual(self.calls(), [("Done", [])])

    def test_snooze_says_what_comes_later(self):
        at = dbus.Int64(time.time_ns() // 1000 + MINUTE)
        self.start_daemon(State="idle", Title="", NextTitle="Code review", NextStart=at)
        self.assertRegex(self.tracker("snooze"), r"^Snoozed to .*\d\d:\d\d  Code review\n$")
        self.assertEqual(self.calls(), [("Snooze", [0, 0])])

    def test_extend_says_when_it_gave_less_and_why(self):
        """A meeting begins all the same; no length is the configured one."""
        now = time.time_ns() // 1000 // MINUTE * MINUTE
        end = now + 10 * MINUTE
        at = dt.datetime.fromtimestamp((end + 4 * MINUTE) // 1000000, zoneinfo.ZoneInfo(self.env["TZ"]))
        self.start_daemon(Until=dbus.Int64(end), NextTitle="Code review", NextKind="meeting",
                          NextStart=dbus.Int64(end + 4 * MINUTE))
        for words, given, said in (
            (["5m"], 5, None), (["5m"], 4, f"only 4 min of 5 min: Code review begins at {at:%H:%M}"),
            ([], 4, f"only 4 min of 15 min: Code review begins at {at:%H:%M}"),
            (["5m"], 3, "only 3 min of 5 min"), (["5m"], 0, "no longer than it was"),
        ):
            self.mock.AddMethod(NAME, "Extend", "x", "", f"""
self.UpdateProperties({NAME!r}, {{"Until": dbus.Int64({end + given * MINUTE})}})""")
            self.mock.UpdateProperties(NAME, {"Until": dbus.Int64(end)})
            with self.subTest(words=words, given=given):
                lines = self.tracker("extend", *words).splitlines()
                self.assertRegex(lines[0], r"^● Focus  fix login   until .* left$")
                self.assertEqual(lines[1:], ["  " + said] if said else [])

    def test_a_log_that_cannot_be_read_is_told(self):
        """What is done is done, and what was kept is not passed over; what needs the log is not begun."""
        self.start_daemon()
        os.makedirs(os.path.dirname(self.log))
        with open(self.log, "wb") as log:
            log.write(b"no database" * 1000)
        done = self.run_tracker("stop")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(done.stdout.startswith("· Stopped fix login\n"), done.stdout)
        self.assertIn("it ended, but the time that was kept cannot be read: ", done.stderr)
        self.assertEqual(self.calls(), [("Stop", [])])
        self.assertIn("not a database", self.error("answer", "worked", status=1))
        self.assertEqual(self.calls(), [])

    def test_a_block_that_does_not_run(self):
        self.start_daemon(State="idle")
        self.assertRegex(self.tracker(), r"^· Not running: Focus  fix login +to begin: tracker start\n")
        self.assertNotIn("left", self.tracker().split("\n")[0])
        self.assertEqual(self.tracker("pause"), "· Not running: Focus  fix login\n")

    def test_an_empty_title_is_refused(self):
        self.start_daemon()
        self.error("start", "", status=2)
        self.assertEqual(self.calls(), [])

    def test_snooze_until(self):
        self.start_daemon()
        self.tracker("snooze", "until", "+20m")
        (name, (length, until)), = self.calls()
        self.assertEqual((name, length), ("Snooze", 0))
        self.assertAlmostEqual(until, time.time_ns() // 1000 + 20 * MINUTE, delta=MINUTE)

    def test_start_at(self):
        self.start_daemon()
        self.tracker("start", "x", "--at", "-10m")
        (_, arguments), = self.calls()
        self.assertAlmostEqual(arguments[4], time.time_ns() // 1000 - 10 * MINUTE, delta=MINUTE)
        self.error("start", "x", "--at", "+10m", status=2)
        self.assertEqual(self.calls(), [])

    def test_tasks_by_number_and_by_the_beginning_of_a_title(self):
        self.start_daemon()
        for title in ("Fix login", "Fix logout", "Überweisung", "Dropped"):
            self.tracker("task", "add", title)
        self.tracker("task", "drop", "4")
        self.calls()
        for words, expected in (
            (["2"], ["", 2, "", 0, 0]), (["#2"], ["", 2, "", 0, 0]),
            (["fix", "logi"], ["", 1, "", 0, 0]), (["fix"], ["fix", 0, "", 0, 0]),
            (["über"], ["", 3, "", 0, 0]), (["u\u0308b"], ["", 3, "", 0, 0]), (["drop"], ["drop", 0, "", 0, 0]),
        ):
            with self.subTest(words):
                self.tracker("start", *words)
                self.assertEqual(self.calls(), [("Start", expected)])
        self.tracker("task", "start", "2")
        self.assertEqual(self.calls(), [("Start", ["", 2, "", 0, 0])])
        self.error("start", "99", status=4)
        self.error("task", "start", "fix", status=2)
        self.assertEqual(self.calls(), [])

    def test_wrong_words_reach_nobody(self):
        self.start_daemon()
        for words in (["start", "x", "--for", "soon"], ["extend", "soon"], ["snooze", "until", "whenever"],
                      ["answer", "maybe"], ["answer", "none"], ["break", "-5m"]):
            with self.subTest(words):
                self.error(*words, status=2)
        self.assertEqual(self.calls(), [])

    def test_every_change_of_the_log_is_told(self):
        self.start_daemon()
        for words in (["task", "add", "A"], ["task", "done", "1"], ["sprint", "start", "S"],
                      ["metric", "add", "m", "1"], ["log", "add", "yesterday", "09:00-10:00", "x"], ["undo"],
                      ["redo"]):
            self.tracker(*words)
            self.assertEqual(self.calls(), [("Reload", [])], words)
        self.tracker("task")
        self.tracker("log", "yesterday")
        self.assertEqual(self.calls(), [])

    def test_what_the_daemon_refuses(self):
        self.start_daemon()
        self.mock.AddMethod(NAME, "Resume", "", "", 'raise dbus.exceptions.DBusException('
                            '"nothing is paused", name="org.trackerd.Error.State")')
        self.assertEqual(self.error("resume", status=1), "nothing is paused")

    def test_status(self):
        self.start_daemon()
        text = self.tracker()
        self.assertRegex(text, r"^● Focus  fix login +\d\d:\d\d–\d\d:\d\d   50 min left\n")
        self.assertIn("manual", text)
        status = self.json("status")
        self.assertEqual(
            {key: status[key] for key in ("daemon", "state", "title", "kind", "task", "presence", "evidence",
                                          "version", "why_not")},
            {"daemon": True, "state": "running", "title": "fix login", "kind": "focus", "task": None,
             "presence": "active", "evidence": "manual", "version": "0.1.0", "why_not": None})

    def test_status_of_other_states(self):
        self.start_daemon(State="idle", Title="", Kind="", Evidence="", Since=dbus.Int64(0),
                          Until=dbus.Int64(0))
        self.assertIn("· Nothing runs", self.tracker())
        self.assertIsNone(self.json("status")["title"])

    def test_postpone_names_the_break_its_time_and_how_often(self):
        """Whatever comes next by then: another break, or a meeting."""
        clock = dt.datetime.fromtimestamp(self.lunch // 1_000_000, zoneinfo.ZoneInfo(self.env["TZ"])).strftime("%H:%M")
        self.start_daemon(NextTitle="Stand-up", NextKind="meeting", NextStart=dbus.Int64(self.lunch - MINUTE))
        for words, length in ((["break", "postpone"], 0), (["break", "postpone", "10m"], 10 * MINUTE)):
            self.assertRegex(self.tracker(*words), rf"^Postponed to (?:tomorrow )?{clock}  Lunch   1 of 3 times today\n$")
            self.assertEqual(self.calls(), [("Postpone", [length])])

    def test_postpone_by_a_daemon_of_before_an_upgrade(self):
        """It runs on until it is started again, and answers less: how often, not what nor until when."""
        self.start_daemon()
        for types, answer in (("uu", "(dbus.UInt32(2), dbus.UInt32(3))"), ("", ""), ("s", "'?'")):
            with self.subTest(types):
                self.mock.AddMethod(NAME, "Postpone", "x", types, f"ret = {answer}" if answer else "")
                said = "Postponed   2 of 3 times today\n" if types == "uu" else "Postponed\n"
                self.assertEqual(self.tracker("break", "postpone"), said)
                self.assertEqual(self.calls(), [("Postpone", [0])])

    def test_paused_without_a_title(self):
        self.start_daemon(State="paused", Title="", Kind="", Evidence="", Since=dbus.Int64(0),
                          Until=dbus.Int64(0))
        self.assertEqual(self.tracker("pause"), "◐ Paused   to go on: tracker resume\n")
        self.assertIn("◐ Paused  ", self.tracker())

    def test_away_is_not_paused(self):
        """It goes on by itself: nothing is to be typed."""
        self.start_daemon(State="paused", PausedBy="away", Until=dbus.Int64(0), Since=dbus.Int64(0))
        self.assertEqual(self.tracker("pause"), "◐ Away: Focus  fix login\n")
        self.assertNotIn("resume", self.tracker())

    def test_doctor_when_nobody_shows_notices(self):
        self.start_daemon()
        self.mock.AddMethod(NAME, "TestNotice", "", "su", 'ret = ("failed: no notification server", 2)')
        done = self.run_tracker("doctor")
        self.assertEqual(done.returncode, 1)
        self.assertIn("✗ notifications  failed: no notification server;", done.stdout)

    def test_status_with_hostile_titles(self):
        self.start_daemon(Title="\033[2J" + "<b>x</b>\u202e" * 100000, State="paused",
                          Until=dbus.Int64(NEVER))
        text = self.tracker()
        self.assertNotIn("\033", text)
        self.assertNotIn("\u202e", text)
        self.assertTrue(all(len(line) <= 80 for line in text.split("\n")), text[:500])
        self.assertIn("◐ Paused: Focus  ", text)
        self.assertLess(len(self.tracker("resume")), 500)

    def test_doctor(self):
        self.start_daemon()
        self.capture("printf 'microphone\\tfree\\tPulseAudio\\ncamera\\tblind\\tno PipeWire\\n'")
        findings = {finding["part"]: finding for finding in self.json("doctor")}
        self.assertRegex(findings["daemon"]["text"], r"^running since .*, [\d.]+ MiB, version 0\.1\.0$")
        self.assertEqual(findings["notifications"]["text"], "mock 1: a test notice was shown in 7 ms")
        self.assertEqual(findings["focus guard"]["text"], "X11 tells what comes to the front; now it is Editor; "
                         "of starts tells systemd; [guard] lists no program yet")
        self.assertEqual({finding["state"] for part, finding in findings.items() if part != "calendars"}, {"ok"})

    def capture(self, script):
        """Puts @script in the place of the program that tells who records; what doctor says then."""
        path = self.dir + "/libexec/trackerd-capture"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write("#!/bin/sh\n" + script)
        os.chmod(path, 0o700)
        self.env["TRACKERD_LIBEXEC_DIR"] = os.path.dirname(path)
        found = json.loads(self.run_tracker("doctor", "--json").stdout)
        return [(part["state"], part["text"]) for part in found if part["part"] == "calls"][0]

    def test_doctor_tells_of_calls(self):
        waits = "breaks wait for the end of a call"
        only = waits + " only where the plan or a program that keeps the screen awake says so"
        seen = "microphone\\tfree\\tPulseAudio\\n"
        used = "camera\\tused\\tFirefox\\n"
        none = "microphone\\tblind\\tno sound server\\n"
        blind = "camera\\tblind\\tno PipeWire\\n"
        for script, expected in (
            (f"printf '{seen}{used}'",
             ("ok", f"microphone: not in use, says PulseAudio; camera: in use by Firefox; {waits}")),
            (f"printf '{seen}{blind}'",
             ("ok", f"microphone: not in use, says PulseAudio; camera: no PipeWire; {waits}")),
            (f"printf '{none}{blind}'",
             ("warning", f"microphone: no sound server; camera: no PipeWire; {only}")),
            (f"printf '{seen}'",
             ("warning", f"microphone: not in use, says PulseAudio; the other did not answer; {waits}")),
            ("exit 1", ("warning", f"nothing tells who records: trackerd-capture did not answer; {only}")),
        ):
            with self.subTest(script):
                self.assertEqual(self.capture(script), expected)

    def test_doctor_says_what_is_not_known(self):
        self.start_daemon(Presence="unknown", Version="9.9.9")
        self.mock.AddMethod(NAME, "TestNotice", "", "su", 'raise dbus.exceptions.DBusException('
                            '"no notification server", name="org.trackerd.Error.Failed")')
        done = self.run_tracker("doctor")
        self.assertEqual(done.returncode, 1)
        self.assertIn("! presence", done.stdout)
        self.assertIn("9.9.9", done.stdout)
        self.assertIn("✗ notifications  no notification server", done.stdout)

    def test_a_bus_without_a_daemon(self):
        for words in (["start", "x"], ["stop"]):
            self.error(*words, status=3)
        self.assertIn("Nobody is keeping time", self.tracker())

    def test_on_a_narrow_terminal(self):
        """No word is broken by the terminal's edge, and none is lost."""
        title = "Payment retries and their idempotency keys"
        self.start_daemon(Title=title)
        for words in (["start", title], ["pause"], ["resume"], ["snooze"], ["extend"], ["done"], ["break"], ["release"]):
            said = self.on_terminal(*words, env={"COLUMNS": "40"}).replace("\r", "")
            self.assertLessEqual(max(map(len, said.split("\n"))), 40, said)
            self.assertIn(title, " ".join(said.split()))

    def test_who_has_the_daemons_name_and_is_not_it(self):
        self.start_daemon()
        self.mock.AddMethod("org.freedesktop.DBus.Properties", "GetAll", "s", "s", "ret = 'what?'")
        said = " ".join(self.tracker().split())
        self.assertTrue(said.startswith("· Nobody is keeping time as far as can be told: who answers as "
                                        f"{NAME} is not this program's daemon to begin: "), said)


class BrokenBus(Home):
    """Bare tracker tells what is wrong with the bus that it was told of, and what the log knows."""

    def told(self, address):
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        first, found, _ = self.tracker().partition("\n  to begin: ")
        self.assertTrue(found, first)
        return " ".join(first.split())

    def path(self):
        return os.path.join(self.dir, "bus")

    def serve(self, answer):
        """Somebody at the socket who says @answer to whoever comes, and hangs up if that is None."""
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        listener.bind(self.path())
        listener.listen()

        def talk():
            with contextlib.suppress(OSError):
                while True:
                    peer, _ = listener.accept()
                    with peer:
                        peer.recv(1000)
                        peer.sendall(answer or b"")
        threading.Thread(target=talk, daemon=True).start()

    def assertTold(self, why):
        self.assertEqual(self.told("unix:path=" + self.path()),
                         f"· Nobody is keeping time, and the session bus at unix:path={self.path()} cannot be reached: {why}")

    def test_no_socket(self):
        self.assertTold("no session bus (No such file or directory)")

    def test_nobody_listens(self):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.path())
        self.assertTold("no session bus (Connection refused)")

    def test_not_let_in(self):
        self.serve(b"REJECTED EXTERNAL\r\n")
        self.assertTold(f"the session bus does not let user {os.geteuid()} in")

    def test_another_protocol(self):
        self.serve(b"HTTP/1.0 400 Bad Request\r\n")
        self.assertTold("what answers there is no session bus")

    def test_hangs_up(self):
        self.serve(None)
        self.assertTold("the session bus went away")

    def test_no_address(self):
        first = self.told("nonsense")
        self.assertRegex(first, "^· Nobody is keeping time, and the session bus at nonsense cannot be reached: .*nonsense")
        self.assertNotIn("Reports and the log", first)

    def test_none_is_named(self):
        self.assertEqual(self.told(""), "· Nobody is keeping time")


if __name__ == "__main__":
    unittest.main()
