# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""trackerd-sync against a real HTTPS server that is honest or in trouble: only a whole calendar ever
replaces the last good copy."""

import gzip
import os
import stat
import unittest

from subscribed import SECRET, Subscribed, ical


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


class Trouble(Subscribed):
    def setUp(self):
        super().setUp()
        self.subscribe(ETag='"1"')

    def test_statuses(self):
        for status in (204, 206, 400, 401, 403, 404, 410, 418, 429, 500, 502, 503, 599):
            self.assert_kept(lambda handler, status=status: handler.reply(status, ical("error")), f"answered {status}")

    def test_gone(self):
        """There was one, as its ETag says."""
        for status in (404, 410):
            self.assert_kept(lambda handler, status=status: handler.reply(status, b""),
                             f"answered {status}: there is no calendar at this address any more")

    def test_a_calendar_without_events_is_told(self):
        """It may be so on the server, and it may be a fault there: it is taken, and not in silence."""
        self.assertEqual(self.sync(self.good(ical())), "new copy; it holds no events")
        self.assertEqual(self.copy(), ical())
        self.assertEqual(self.sync(self.good(ical())), "unchanged")
        self.assertEqual(self.sync(self.good(ical("b"))), "new copy")
        folded = ical("b").replace(b"BEGIN:VEVENT", b"BEGIN:VE\r\n VENT")
        self.assertEqual(self.sync(self.good(folded)), "new copy")

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


if __name__ == "__main__":
    unittest.main()
