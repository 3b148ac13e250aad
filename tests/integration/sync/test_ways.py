# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Over which ways trackerd-sync fetches: redirects, certificates, and plain http on this machine."""

import http.server
import shutil
import threading
import unittest

from https_server import Authority, Server
from subscribed import SECRET, Subscribed, ical


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

    def test_hosts_that_are_none(self):
        """What the server puts there would stand in our messages, and in what a proxy is asked."""
        self.subscribe()
        for host in ("%1b]0;x%07.invalid", "a%0d%0aX-Evil:%20y.invalid", "a%20b", "%2f", "a" * 300, "[::1%25lo%1b]"):
            with self.subTest(host):
                self.assert_kept(self.redirect(f"https://{host}/"), "no https address")

    def test_what_is_known_of_one_address_is_not_asked_of_another(self):
        """The second may be older than the first (If-Modified-Since), or use the same words (ETag)."""
        place = ["/old"]

        def answer(handler):
            if handler.path not in ("/old", "/new"):
                handler.reply(302, Location=place[0])
            elif {"If-None-Match", "If-Modified-Since"} & set(handler.headers):
                handler.reply(304)
            else:
                self.good(ical(handler.path), ETag='"1"', Last_Modified="Mon, 23 Nov 2026 09:00:00 GMT")(handler)

        self.assertEqual(self.sync(answer), "new copy")
        self.server.requests.clear()
        self.assertEqual(self.sync(answer), "unchanged")
        first, last = (headers for _, headers in self.server.requests)
        self.assertNotIn("If-None-Match", first)
        self.assertEqual(last["If-None-Match"], '"1"')
        place[0] = "/new"
        self.assertEqual(self.sync(answer), "new copy")
        self.assertEqual(self.copy(), ical("/new"))
        self.assertEqual(self.sync(answer), "unchanged")

    def test_to_a_login_page(self):
        self.subscribe()
        self.assert_kept(
            lambda handler: handler.reply(200, b"<!DOCTYPE html><title>Log in</title>")
            if handler.path == "/login" else handler.reply(302, Location="/login"),
            "does the address need a login?")


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


if __name__ == "__main__":
    unittest.main()
