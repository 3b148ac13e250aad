# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An HTTPS server on loopback that answers as a test tells it, and the authority behind it."""

import http.server
import os
import ssl
import subprocess
import threading


class Authority:
    """A certificate authority of our own in @folder, made by openssl."""

    def __init__(self, folder, name="authority"):
        self.folder = folder
        self.key, self.cert = self.path(name + ".key"), self.path(name + ".pem")
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                     "-keyout", self.key, "-out", self.cert, "-days", "3650", "-subj", "/CN=" + name,
                     "-addext", "basicConstraints=critical,CA:TRUE")

    def path(self, name):
        return os.path.join(self.folder, name)

    @staticmethod
    def openssl(*words, fake_time=None):
        command = ["openssl", *words]
        if fake_time:
            command = ["faketime", fake_time, *command]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def issue(self, name, san, fake_time=None, days=3650):
        """(certificate, key) for the subject alternative name @san."""
        key, request, cert, extra = (self.path(name + end) for end in (".key", ".csr", ".pem", ".ext"))
        with open(extra, "w", encoding="utf-8") as file:
            file.write(f"subjectAltName={san}\n")
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                     "-out", request, "-subj", "/CN=" + name)
        self.openssl("x509", "-req", "-in", request, "-CA", self.cert, "-CAkey", self.key, "-CAcreateserial",
                     "-out", cert, "-days", str(days), "-extfile", extra, fake_time=fake_time)
        return cert, key


class Server:
    """Answers with `answer(handler)`, without a certificate over plain HTTP; `requests` are the header sets of what was asked."""

    def __init__(self, cert=None, key=None):
        self.requests = []
        self.answer = None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def do_GET(self):
                self.close_connection = True
                outer.requests.append((self.path, dict(self.headers)))
                try:
                    outer.answer(self)
                except OSError:
                    pass  # the client left, as it should

            do_CONNECT = do_GET  # as a proxy is asked

            def log_message(self, *words):
                pass

            def reply(self, status, body=b"", **headers):
                """A whole answer; underscores in header names become dashes."""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                if "Content_Length" not in headers and status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

        class Listener(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass  # a client that does not trust us ends the handshake

            def get_request(self):
                plain, address = super().get_request()
                if cert is None:
                    return plain, address
                return context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address

        if cert is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(cert, key)
            context.set_alpn_protocols(["h2", "http/1.1"])
        self.listener = Listener(("127.0.0.1", 0), Handler)
        self.port = self.listener.server_address[1]
        self.url = f"{'http' if cert is None else 'https'}://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.listener.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def close(self):
        self.listener.shutdown()
        self.listener.server_close()
        self.thread.join(10)
