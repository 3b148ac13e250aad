# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""trackerd-sync against a real HTTPS server that is honest, in trouble, or hostile: only a whole
calendar ever replaces the last good copy."""

import base64
import configparser
import glob
import gzip
import http.server
import os
import resource
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
import unittest

from https_server import Authority, Server

SYNC = os.environ["TRACKERD_SYNC"]
SECRET = "s3cret-address"


def ical(*uids, end="END:VCALENDAR\r\n"):
    events = "".join(f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20261123T090000Z\r\n"
                     f"DTEND:20261123T100000Z\r\nSUMMARY:{uid}\r\nEND:VEVENT\r\n" for uid in uids)
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + end).encode()


class Subscribed(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.mkdtemp(prefix="trackerd-ca-")
        cls.addClassCleanup(shutil.rmtree, cls.shared, ignore_errors=True)
        cls.authority = Authority(cls.shared)
        cls.server = Server(*cls.authority.issue("server", "IP:127.0.0.1"))
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="trackerd-sync-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.env = {
            "PATH": "/usr/bin:/bin",
            "HOME": self.dir,
            "XDG_RUNTIME_DIR": self.dir + "/run",
            "LC_ALL": "C.UTF-8",
            "G_DEBUG": "fatal-criticals",
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")},
        }
        self.server.requests.clear()
        self.url = f"{self.server.url}/{SECRET}/team.ics"
        self.configure()

    def configure(self, url=None, ca_file=None, **keys):
        keys = {"url": url or self.url, "ca_file": ca_file or self.authority.cert, **keys}
        os.makedirs(self.dir + "/.config/trackerd", exist_ok=True)
        with open(self.dir + "/.config/trackerd/trackerd.conf", "w", encoding="utf-8") as file:
            file.write("[calendar team]\n" + "".join(f"{k} = {v}\n" for k, v in keys.items() if v != "-"))

    def run_sync(self, *words, **more):
        done = subprocess.run([SYNC, *words], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=60, check=False, **more)
        self.assertNotIn(SECRET, done.stdout + done.stderr, "the address is a secret")
        return done

    def sync(self, answer, *words, status=0):
        """What is told of the calendar when the server answers so."""
        self.server.answer = answer
        done = self.run_sync("--now", *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertTrue(done.stdout.startswith("team: "), done.stdout)
        return done.stdout[len("team: "):-1]

    def good(self, body=ical("a"), **headers):
        return lambda handler: handler.reply(200, body, **{"Content_Type": "text/calendar", **headers})

    def subscribe(self, body=ical("a"), **headers):
        self.assertEqual(self.sync(self.good(body, **headers)), "new copy")
        self.server.requests.clear()

    def copies(self):
        return glob.glob(self.dir + "/.local/share/trackerd/subscriptions/*.ics")

    def copy(self):
        (path,) = self.copies()
        with open(path, "rb") as file:
            return file.read()

    def state(self):
        (path,) = self.copies() or [None]
        keys = configparser.RawConfigParser()
        keys.read(path + ".state", encoding="utf-8")
        return dict(keys["subscription"])

    def leftovers(self):
        return glob.glob(self.dir + "/.local/share/trackerd/subscriptions/*.part")

    def assert_kept(self, answer, reason, *words, body=ical("a")):
        """An answer of that kind is told, and the copy of before stays to the byte."""
        told = self.sync(answer, *words, status=1)
        self.assertIn(reason, told)
        self.assertIn("; the copy of ", told)
        self.assertEqual(self.copy(), body)
        self.assertEqual(self.leftovers(), [])
        self.assertIn(reason, self.state()["problem"])


class Honest(Subscribed):
    def test_subscribe_and_change(self):
        self.subscribe(ETag='"1"')
        self.assertEqual(self.copy(), ical("a"))
        self.assertEqual(self.sync(self.good(ical("a", "b"), ETag='"2"')), "new copy")
        self.assertEqual(self.copy(), ical("a", "b"))
        self.assertEqual(self.state()["etag"], '"2"')

    def test_files_are_private_and_named_by_a_hash(self):
        before = os.umask(0)
        self.addCleanup(os.umask, before)
        self.subscribe()
        folder = self.dir + "/.local/share/trackerd/subscriptions"
        self.assertEqual(stat.S_IMODE(os.stat(folder).st_mode), 0o700)
        for name in os.listdir(folder):
            self.assertEqual(stat.S_IMODE(os.stat(f"{folder}/{name}").st_mode), 0o600, name)
            self.assertRegex(name, r"^[0-9a-f]{32}\.ics(\.state|\.lock)?$")

    def test_not_modified(self):
        date = "Mon, 23 Nov 2026 09:00:00 GMT"
        self.subscribe(ETag='W/"x y"', Last_Modified=date)
        before = os.stat(self.copies()[0])
        self.assertEqual(self.sync(lambda handler: handler.reply(304)), "unchanged")
        headers = self.server.requests[0][1]
        self.assertEqual((headers["If-None-Match"], headers["If-Modified-Since"]), ('W/"x y"', date))
        self.assertEqual(os.stat(self.copies()[0]).st_mtime_ns, before.st_mtime_ns)
        self.assertEqual(self.state()["etag"], 'W/"x y"', "a 304 without validators keeps them")

    def test_the_same_again_is_no_change(self):
        self.subscribe()
        before = os.stat(self.copies()[0])
        self.assertEqual(self.sync(self.good(ETag='"new"')), "unchanged")
        after = os.stat(self.copies()[0])
        self.assertEqual((after.st_ino, after.st_mtime_ns), (before.st_ino, before.st_mtime_ns))
        self.assertEqual(self.state()["etag"], '"new"')

    def test_a_lost_or_altered_copy_is_asked_for_without_condition(self):
        for spoil in (os.unlink, lambda path: open(path, "ab").close() or os.truncate(path, 3)):
            self.sync(self.good(ETag='"1"'))
            spoil(self.copies()[0])
            self.server.requests.clear()
            self.assertEqual(self.sync(self.good(ETag='"1"')), "new copy")
            self.assertNotIn("If-None-Match", self.server.requests[0][1])
            self.assertEqual(self.copy(), ical("a"))

    def test_304_to_an_unconditional_question_is_an_error(self):
        self.assertIn("the server answered 304", self.sync(lambda handler: handler.reply(304), status=1))

    def test_content_type_does_not_matter(self):
        for kind in ("text/plain", "application/octet-stream", "text/html", "nonsense"):
            body = ical(kind)
            self.assertEqual(self.sync(self.good(body, Content_Type=kind)), "new copy")
            self.assertEqual(self.copy(), body)

    def test_what_may_stand_around_it(self):
        for body in (b"\xef\xbb\xbf" + ical("bom"), b"\r\n \t" + ical("blank") + b"\n\n \r\n" * 100,
                     ical("x").lower(), ical("bare", end="END:VCALENDAR"), ical("1") + ical("2")):
            self.assertEqual(self.sync(self.good(body)), "new copy")
            self.assertEqual(self.copy(), body)

    def test_compressed_on_the_way(self):
        self.assertEqual(self.sync(self.good(gzip.compress(ical("z")), Content_Encoding="gzip")), "new copy")
        self.assertEqual(self.copy(), ical("z"))

    def test_http_1_from_a_server_that_offers_both(self):
        spoken = []

        def answer(handler):
            spoken.append(handler.connection.selected_alpn_protocol())
            self.good()(handler)

        self.assertEqual(self.sync(answer), "new copy")
        self.assertEqual(spoken, ["http/1.1"])

    def test_in_pieces(self):
        body = ical(*range(2000))

        def drip(handler):
            handler.send_response(200)
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            for i in [0, *range(1, 40), *range(40, len(body), 997)]:
                end = i + 1 if i < 40 else i + 997
                piece = body[i:end]
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            handler.wfile.write(b"0\r\n\r\n")

        self.assertEqual(self.sync(drip), "new copy")
        self.assertEqual(self.copy(), body)

    def test_webcal(self):
        self.configure(url=self.url.replace("https://", "webcal://"))
        self.subscribe()

    def test_another_address_is_another_copy(self):
        self.subscribe(ETag='"1"')
        self.configure(url=self.url + "?other")
        self.sync(self.good(ical("other")))
        self.assertEqual(len(self.copies()), 2)
        self.assertNotIn("If-None-Match", self.server.requests[0][1])


class Redirects(Subscribed):
    def redirect(self, location, status=302):
        return lambda handler: (
            self.good()(handler) if handler.path == "/there" else handler.reply(status, Location=location))

    def test_followed(self):
        for status in (301, 302, 303, 307, 308):
            for location in ("/there", "../there", self.server.url + "/there"):
                shutil.rmtree(self.dir + "/.local", ignore_errors=True)
                self.assertEqual(self.sync(self.redirect(location, status)), "new copy")

    def test_loop(self):
        self.subscribe()
        self.assert_kept(lambda handler: handler.reply(302, Location=handler.path), "from one address to the next")
        self.assertEqual(len(self.server.requests), 6)

    def test_endless_chain(self):
        self.subscribe()
        self.assert_kept(lambda handler: handler.reply(302, Location=handler.path + "x"), "more than 5 times")

    def test_never_to_anything_but_https(self):
        self.subscribe()
        self.assert_kept(self.redirect("http://127.0.0.1:9/"), "plain http")
        for location in ("file:///etc/passwd", "ftp://x/", "https://", "https://u:p@127.0.0.1/", "https:"):
            with self.subTest(location):
                self.assert_kept(self.redirect(location), "no https address")
        self.assert_kept(lambda handler: handler.reply(302), "no https address")

    def test_to_a_login_page(self):
        self.subscribe()
        self.assert_kept(
            lambda handler: handler.reply(200, b"<!DOCTYPE html><title>Log in</title>")
            if handler.path == "/login" else handler.reply(302, Location="/login"),
            "does the address need a login?")


class Trouble(Subscribed):
    def setUp(self):
        super().setUp()
        self.subscribe(ETag='"1"')

    def test_statuses(self):
        for status in (204, 206, 400, 401, 403, 404, 410, 418, 429, 500, 502, 503, 599):
            self.assert_kept(lambda handler, status=status: handler.reply(status, ical("error")), f"answered {status}")

    def test_never_a_calendar(self):
        for body, reason in ((b"", "it is empty"), (b" \r\n" * 300, "it is empty"), (b"<html>", "web page"),
                             (b"\n <!DOCTYPE html>" + ical("x"), "web page"), (b"{}", "does not begin"),
                             (b"BEGIN:VCARD\r\nEND:VCALENDAR\r\n", "does not begin"), (b"BEGIN", "does not begin"),
                             (gzip.compress(ical("x")), "compressed"), (ical("x").decode().encode("utf-16"), "begin"),
                             (b"\0" + ical("x"), "does not begin"), (os.urandom(5000), "")):
            self.assert_kept(self.good(body), reason)

    def test_half_a_calendar(self):
        whole = ical("x", "y")
        for length in (15, 16, 40, len(whole) // 2, len(whole) - 16, len(whole) - 3):
            self.assert_kept(self.good(whole[:length]), "its end is missing")
        self.assert_kept(self.good(whole + b"BEGIN:VEVENT\r\n"), "its end is missing")

    def test_cut_connection(self):
        whole = ical(*range(5000))
        for sent in (0, 10, 100_000, len(whole) - 1):
            self.assert_kept(
                lambda handler, sent=sent: handler.reply(200, whole[:sent], Content_Length=str(len(whole))),
                "cut before the end")

    def test_cut_between_two_calendars(self):
        """Looks whole, but the server had announced more."""
        self.assert_kept(self.good(ical("x"), Content_Length="100000"), "cut before the end")
        squeezed = gzip.compress(ical("x"))
        self.assert_kept(self.good(squeezed, Content_Encoding="gzip", Content_Length=str(len(squeezed) + 1)),
                         "cut before the end")

    def test_cut_in_pieces(self):
        """Of pieces (chunked) libsoup 3.2 takes a cut for the end, so that it has to be seen by what is missing."""
        body = ical("x", "y")
        half = len(body) // 2

        def cut(piece, rest=b""):
            head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            return lambda handler: handler.wfile.write(head + b"%x\r\n%s\r\n" % (len(piece), piece) + rest)

        for rest in (b"", b"5\r\nBEG", b"5\r\n", b"5", b"banana\r\n", b"ffffffffffffffffffff\r\nx"):
            self.assert_kept(cut(body[:half], rest), "")
        self.assert_kept(cut(body, b"5\r\nBEG"), "")
        self.assert_kept(cut(body, b"banana\r\n"), "")

    def test_cut_in_the_head(self):
        self.assert_kept(lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-"), "")
        self.assert_kept(lambda handler: None, "")

    def test_nonsense_for_an_answer(self):
        for bytes_ in (b"\0" * 1000, b"SSH-2.0-OpenSSH\r\n", b"HTTP/9.9 banana\r\n\r\n", b"\r\n" * 1000):
            self.assert_kept(lambda handler, bytes_=bytes_: handler.wfile.write(bytes_), "")

    def test_nobody_there(self):
        self.configure(url=f"https://127.0.0.1:1/{SECRET}")
        self.assertIn("there is no copy yet", self.sync(None, status=1))

    def test_no_such_host(self):
        self.configure(url=f"https://nowhere.invalid/{SECRET}")
        self.assertIn("there is no copy yet", self.sync(None, status=1))


class Hostile(Subscribed):
    def setUp(self):
        super().setUp()
        self.subscribe()

    def test_endless_body(self):
        line = b"X-FILL:" + b"x" * 60 + b"\r\n"

        def endless(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\n")
            while True:
                handler.wfile.write(line * 4096)

        self.assert_kept(endless, "larger than 64 MiB")

    def test_memory(self):
        """A body is never held as a whole."""
        started, sizes = threading.Event(), []

        def answer(handler):
            started.wait(30)
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\n")
            for i in range(60):
                handler.wfile.write(b"X-FILL:x\r\n" * 100_000)
                if i in (5, 59):
                    with open(f"/proc/{child.pid}/status", encoding="ascii") as file:
                        sizes.extend(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))
            handler.wfile.write(b"END:VCALENDAR\r\n")

        self.server.answer = answer
        # The address sanitizer would keep 256 MB of what was freed.
        env = {**self.env, "ASAN_OPTIONS": self.env.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"}
        child = subprocess.Popen([SYNC, "--now"], env=env, stdout=subprocess.PIPE, text=True)
        started.set()
        self.assertEqual(child.communicate(timeout=60)[0], "team: new copy\n")
        self.assertLess(sizes[1] - sizes[0], 8 << 10, "KiB for 60 MB more")

    def test_compression_bomb(self):
        bomb = gzip.compress(b"BEGIN:VCALENDAR\r\n" + b"x" * (70 << 20), 9)
        self.assert_kept(self.good(bomb, Content_Encoding="gzip"), "larger than 64 MiB")

    def test_announced_size_is_not_believed(self):
        self.assert_kept(self.good(ical("x"), Content_Length=str(1 << 62)), "cut before the end")

    def test_endless_patience_is_not_ours(self):
        """A body that comes a byte at a time would never be silent."""

        def drip(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\n")
            while True:
                handler.wfile.write(b"x")
                time.sleep(0.05)

        self.assert_kept(drip, "it was not all there after 2 s", "--patience", "2")

    def test_silence(self):
        self.assert_kept(lambda handler: time.sleep(4), "it was not all there after 1 s", "--patience", "1")

    def test_endless_head(self):
        def endless(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                handler.wfile.write(b"X-Fill: " + b"x" * 8000 + b"\r\n")

        self.assert_kept(endless, "", "--patience", "20")

    def test_headers_do_not_reach_our_files(self):
        """What cannot be sent back as it is, is not kept."""
        self.sync(self.good(ical("b"), ETag="x" * 2000, Last_Modified="\x1b[31m\x07"))
        state = self.state()
        self.assertNotIn("etag", state)
        self.assertNotIn("last_modified", state)
        evil = '"]\\n[subscription]\\nnext = 2000-01-01T00:00:00Z = ; # %s%n'
        self.sync(self.good(ical("c"), ETag=evil))
        self.sync(lambda handler: handler.reply(304))
        self.assertEqual(self.server.requests[-1][1]["If-None-Match"], evil)

    def test_cookies_are_not_kept(self):
        self.sync(self.good(ical("b"), Set_Cookie="who=you; Path=/"))
        self.sync(lambda handler: handler.reply(302, Location="/there", Set_Cookie="who=you")
                  if handler.path != "/there" else self.good(ical("c"))(handler))
        for _, headers in self.server.requests:
            self.assertNotIn("Cookie", headers)


class Passwords(Subscribed):
    PASSWORD = "correct: horse ü"

    def setUp(self):
        super().setUp()
        self.file = self.dir + "/password"
        self.write(self.PASSWORD + "\nsecond line\n")
        self.configure(user="ada", password_file=self.file)

    def write(self, text, mode=0o600):
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(self.file, mode)

    def wants_login(self, handler):
        token = base64.b64encode(f"ada:{self.PASSWORD}".encode()).decode()
        if handler.headers.get("Authorization") == "Basic " + token:
            self.good()(handler)
        else:
            handler.reply(401, WWW_Authenticate='Basic realm="x", charset="UTF-8"')

    def test_login(self):
        self.assertEqual(self.sync(self.wants_login), "new copy")

    def test_wrong_password(self):
        self.write("wrong")
        self.assertIn("the server answered 401: it wants a user", self.sync(self.wants_login, status=1))
        self.assertEqual(len(self.server.requests), 2, "tried once")

    def test_no_user(self):
        self.configure()
        self.assertIn("the server answered 401: it wants a user", self.sync(self.wants_login, status=1))

    def test_not_volunteered(self):
        self.assertEqual(self.sync(self.good()), "new copy")
        self.assertNotIn("Authorization", self.server.requests[0][1])

    def test_not_for_another_server(self):
        other = Server(*self.authority.issue("other", "IP:127.0.0.1"))
        self.addCleanup(other.close)
        other.answer = self.wants_login
        for first in (lambda handler: handler.reply(302, Location=other.url),
                      lambda handler: self.wants_login(handler) if "Authorization" not in handler.headers
                      else handler.reply(302, Location=other.url)):
            self.assertIn("answered 401", self.sync(first, status=1))
            self.assertTrue(other.requests)
            for _, headers in other.requests:
                self.assertNotIn("Authorization", headers)

    def test_file_that_others_can_read(self):
        for mode in (0o640, 0o604, 0o666, 0o620):
            self.write(self.PASSWORD, mode)
            self.assertIn("can be read by others: chmod 600", self.sync(self.wants_login, status=1))
        self.assertEqual(self.server.requests, [])

    def test_file_that_is_none(self):
        self.write("")
        self.assertIn("is empty", self.sync(self.wants_login, status=1))
        os.unlink(self.file)
        self.assertIn("the password file ~/password cannot be opened: No such file",
                      self.sync(self.wants_login, status=1))
        os.mkfifo(self.file, 0o600)
        self.assertIn("is no file", self.sync(self.wants_login, status=1))

    def test_secrets_are_nowhere(self):
        """Not in what the process list shows, nor in the configuration, nor in any file of ours."""
        seen = []

        def look(handler):
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    with open(path, "rb") as file:
                        words = file.read()
                except OSError:
                    continue
                if b"trackerd-sync" in words:
                    seen.append(words)
            self.wants_login(handler)

        self.sync(look)
        self.assertTrue(seen)
        for words in seen:
            self.assertNotIn(SECRET.encode(), words)
            self.assertNotIn(b"horse", words)
        for folder in (self.dir + "/.local", self.dir + "/.config"):
            for path in glob.glob(folder + "/**", recursive=True):
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        self.assertNotIn(b"horse", file.read(), path)


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
        self.subscribe()
        self.sync(lambda handler: handler.reply(503, Retry_After="7200"), status=1)
        state = self.state()
        tried, after = (time.mktime(time.strptime(state[name], "%Y-%m-%dT%H:%M:%SZ")) for name in ("tried", "next"))
        self.assertEqual(after - tried, 7200)

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


class Here(Subscribed):
    """Plain http, which never leaves this machine."""

    def setUp(self):
        super().setUp()
        self.plain = Server()
        self.addCleanup(self.plain.close)
        self.configure(url=f"{self.plain.url}/{SECRET}", ca_file="-")

    def sync(self, answer, *words, status=0):
        self.plain.answer = answer
        return super().sync(None, *words, status=status)

    def test_fetched(self):
        self.assertEqual(self.sync(self.good(ETag='"1"')), "new copy")
        self.assertEqual(self.sync(lambda handler: handler.reply(304)), "unchanged")
        self.assertEqual(self.copy(), ical("a"))

    def test_no_proxy_sees_it(self):
        proxy = Server()
        self.addCleanup(proxy.close)
        proxy.answer = self.good(ical("proxy"))
        self.env.update(http_proxy=proxy.url, https_proxy=proxy.url, no_proxy="")
        self.assertEqual(self.sync(self.good()), "new copy")
        self.assertEqual(proxy.requests, [])

    def test_redirects(self):
        there = self.plain.url.replace("127.0.0.1", "localhost") + "/there"
        self.assertEqual(self.sync(lambda handler: self.good()(handler) if handler.path == "/there"
                                   else handler.reply(302, Location=there)), "new copy")
        self.assert_kept(lambda handler: handler.reply(302, Location="http://nowhere.invalid/"), "plain http")


class Certificates(Subscribed):
    def refused(self, reason, **keys):
        self.configure(**keys)
        self.server.answer = self.good()
        told = self.run_sync("--now").stdout
        self.assertIn(reason, told)
        self.assertEqual(self.copies(), [])
        self.assertEqual(self.server.requests, [], "nothing was asked over it")

    def serve(self, *certificate):
        server = Server(*certificate)
        server.answer = self.good()
        self.addCleanup(server.close)
        return f"{server.url}/{SECRET}"

    def test_authority_that_nobody_knows(self):
        self.refused("nobody that we trust has signed it", ca_file="-")
        self.refused("nobody that we trust has signed it", ca_file=Authority(self.dir, "stranger").cert)

    def test_of_another_host(self):
        url = self.serve(*self.authority.issue("other", "DNS:calendar.example.org"))
        self.refused("it belongs to another host", url=url)

    def test_expired(self):
        url = self.serve(*self.authority.issue("old", "IP:127.0.0.1", fake_time="-20 days", days=10))
        self.refused("it has expired", url=url)

    def test_self_signed(self):
        lone = Authority(self.dir, "lone")
        self.refused("nobody that we trust has signed it", url=self.serve(lone.cert, lone.key))

    def test_redirect_to_a_bad_one(self):
        url = self.serve(*self.authority.issue("other", "DNS:calendar.example.org"))
        self.assertIn("belongs to another host", self.sync(lambda handler: handler.reply(302, Location=url), status=1))

    def test_ca_file_that_is_none(self):
        self.refused("cannot read the CA file ~/missing.pem: No such file or directory",
                     ca_file=self.dir + "/missing.pem")
        with open(self.dir + "/words.pem", "w", encoding="utf-8") as file:
            file.write("no certificate\n")
        self.refused("cannot read the CA file ~/words.pem as certificates (PEM): ",
                     ca_file=self.dir + "/words.pem")

    def test_plain_http_server_behind_https(self):
        plain = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
        plain.handle_error = lambda *words: None
        threading.Thread(target=plain.serve_forever, args=(0.05,), daemon=True).start()
        self.addCleanup(plain.server_close)
        self.addCleanup(plain.shutdown)
        self.refused("no safe connection", url=f"https://127.0.0.1:{plain.server_address[1]}/{SECRET}")


if __name__ == "__main__":
    unittest.main()
