#!/usr/bin/env python3
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tracker hook, and the examples: each is run by it, in a real shell, against what it speaks to."""

import glob
import http.server
import json
import os
import pwd
import shutil
import subprocess
import threading
import time
import unittest

from home import Home

EXAMPLES = os.environ["EXAMPLES"]


class Hooks(Home):
    def folder(self, event):
        path = f"{self.dir}/config/trackerd/hooks/{event}.d"
        os.makedirs(path, mode=0o700, exist_ok=True)
        return path

    def write(self, path, text, mode=0o755):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(path, "w", encoding="utf-8") as handle:
            handle.write(text)
        os.chmod(path, mode)
        return path

    def hook(self, event, name, text, mode=0o755):
        return self.write(f"{self.folder(event)}/{name}", text, mode)

    def read(self, name):
        with open(f"{self.dir}/{name}", encoding="utf-8") as handle:
            return handle.read()


class Command(Hooks):
    def test_nothing(self):
        said = self.tracker("hook", "list")
        self.assertIn("ln -s", said)
        for event in ("focus-start", "focus-end"):
            self.assertRegex(said, rf"ln -s .*/slack-status ~/config/trackerd/hooks/{event}\.d/")
        self.assertEqual(self.json("hook", "list"), [])
        self.assertEqual(self.tracker("hook", "log"), "No program was run.\n")
        self.assertIn("no such program", self.error("hook", "run", "away", status=4))
        self.assertEqual(self.error("hook", "run", "away", "nope", status=4),
                         "there is no such program in ~/config/trackerd/hooks/away.d: nope. Those that there are: "
                         "tracker hook")
        self.assertIn("block-start, block-end", self.error("hook", "run", "lunch", status=2))

    def test_list(self):
        self.hook("away", "one", "#!/bin/sh\n")
        self.hook("away", "two", "#!/bin/sh\n", 0o666)
        self.folder("lunch")
        done = self.run_tracker("hook", "list", "--json")
        self.assertIn("hooks/lunch.d is the folder of no event", done.stderr)
        one, two = json.loads(done.stdout)
        self.assertEqual((one["event"], one["program"], one["refused"], one["last"]), ("away", "one", None, None))
        self.assertIn("others can write", two["refused"])
        said = self.run_tracker("hook", "list").stdout
        self.assertIn("never run", said)
        self.assertIn("not run: others can write", said)
        doctor = {f["part"]: f for f in json.loads(self.run_tracker("doctor", "--json").stdout)}
        self.assertEqual(doctor["hooks"]["state"], "warning")
        for part in ("2 programs", "away.d/two: others can write", "lunch.d"):
            self.assertIn(part, doctor["hooks"]["text"])

    def test_list_where_it_is_narrow(self):
        name = "a-very-long-name-of-a-program-that-goes-on-and-on"
        self.hook("away", name, "#!/bin/sh\n")
        said = self.tracker("hook", "list", env={"COLUMNS": "50"})
        self.assertEqual(said, f" away  {name}\n    never run\n")

    def test_unreadable_log(self):
        """What is not known is not called "never run"."""
        self.hook("away", "one", "#!/bin/sh\n")
        os.makedirs(os.path.dirname(self.log), mode=0o700)
        with open(self.log, "wb") as file:
            file.write(b"no database at all" * 100)
        self.assertIn(os.path.basename(self.log), self.error("hook", "list", status=1))
        self.assertIn(os.path.basename(self.log), self.error("hook", "list", "--json", status=1))
        doctor = {f["part"]: f for f in json.loads(self.run_tracker("doctor", "--json").stdout)}
        self.assertEqual(doctor["hooks"]["state"], "warning")
        self.assertIn("1 program; what they did is not known", doctor["hooks"]["text"])

    def test_run(self):
        self.hook("away", "10-says", "#!/bin/sh\ncat\n")
        self.hook("away", "20-fails", "#!/bin/sh\necho '\033[2Jno' >&2\nexit 3\n")
        done = self.run_tracker("hook", "run", "away")
        self.assertEqual(done.returncode, 1, done)
        event = json.loads(done.stdout.splitlines()[0])
        self.assertEqual((event["event"], event["test"]), ("away", True))
        self.assertIn("away.d/10-says: worked", done.stdout)
        self.assertIn("away.d/20-fails: exit status 3", done.stdout)
        self.assertNotIn("\033", done.stdout)
        self.assertIn("10-says: worked", self.tracker("hook", "run", "away", "10-says"))
        self.assertEqual(self.json("hook", "log"), [])

    def test_limit(self):
        self.write(f"{self.dir}/config/trackerd/trackerd.conf", "[trackerd]\nhook_limit = 1s\n", 0o600)
        self.hook("away", "hangs", "#!/bin/sh\nsleep 1000\n")
        done = self.run_tracker("hook", "run", "away")
        self.assertEqual(done.returncode, 1)
        self.assertIn("did not end by itself", done.stdout)


class Server(http.server.BaseHTTPRequestHandler):
    """Keeps what is posted; /slow never answers, /refuse answers as Slack does."""

    posted = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posted.append((self.path, self.headers.get("Authorization"), json.loads(body)))
        answer = b'{"ok":false,"error":"not_authed"}' if self.path == "/refuse" else b'{"ok":true}'
        self.send_response(500 if self.path == "/broken" else 200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words):
        pass


class Examples(Hooks):
    def setUp(self):
        super().setUp()
        Server.posted = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.config = f"{self.dir}/config/trackerd"
        os.makedirs(self.dir + "/run", mode=0o700)

    def link(self, name, *events):
        """As the README says; the copy, so that the modes of a checkout do not matter."""
        path = shutil.copy(f"{EXAMPLES}/{name}", self.dir)
        os.chmod(path, 0o755)
        for event in events:
            os.symlink(path, f"{self.folder(event)}/{name}")

    def fake(self, name, text):
        self.write(f"{self.dir}/bin/{name}", "#!/bin/sh\n" + text)
        self.env["PATH"] = f"{self.dir}/bin:/usr/bin:/bin"

    def test_webhook(self):
        self.link("webhook", "block-start")
        self.write(self.config + "/webhook-url", self.url + "/here\n", 0o600)
        self.tracker("hook", "run", "block-start")
        (path, _, event), = Server.posted
        self.assertEqual((path, event["event"], event["block"]["kind"]), ("/here", "block-start", "focus"))
        self.write(self.config + "/webhook-url", self.url + "/broken\n", 0o600)
        self.assertIn("500", self.run_tracker("hook", "run", "block-start").stdout)
        os.chmod(self.config + "/webhook-url", 0o644)
        done = self.run_tracker("hook", "run", "block-start")
        self.assertIn("chmod 600", done.stdout)
        self.assertEqual((done.returncode, len(Server.posted)), (1, 2))

    def test_slack(self):
        self.link("slack-status", "focus-start", "focus-end")
        self.write(self.config + "/slack-token", "xoxp-secret\n", 0o600)
        self.write(self.config + "/slack-status.conf", f"url={self.url}/set\n", 0o600)
        self.tracker("hook", "run", "focus-start")
        self.tracker("hook", "run", "focus-end")
        (path, token, begun), (_, _, ended) = Server.posted
        self.assertEqual((path, token), ("/set", "Bearer xoxp-secret"))
        self.assertEqual(begun["profile"]["status_text"], "In focus")
        self.assertGreater(begun["profile"]["status_expiration"], 1700000000)
        self.assertEqual(ended["profile"], {"status_text": "", "status_emoji": "", "status_expiration": 0})
        self.write(self.config + "/slack-status.conf", f"url={self.url}/refuse\n", 0o600)
        self.assertIn("not_authed", self.run_tracker("hook", "run", "focus-start").stdout)
        os.chmod(self.config + "/slack-token", 0o640)
        self.assertIn("chmod 600", self.run_tracker("hook", "run", "focus-start").stdout)
        self.assertEqual(len(Server.posted), 3)

    def test_music(self):
        """Only what played is paused, and only what was paused plays again."""
        self.fake("playerctl", 'echo "$*" >>"$HOME/asked"\ncase $* in *status)'
                  ' printf "mpv Paused\\nspotify Playing\\nfirefox.instance_1 Playing\\n";; esac\n')
        self.link("music-pause", "away", "back", "break-start", "break-end")
        self.tracker("hook", "run", "back")
        self.assertFalse(os.path.exists(self.dir + "/asked"))
        for begin, end in (("away", "back"), ("break-start", "break-end")):
            self.tracker("hook", "run", begin)
            self.tracker("hook", "run", end)
            self.tracker("hook", "run", end)
            asked = self.read("asked").splitlines()
            os.unlink(self.dir + "/asked")
            self.assertEqual(asked[1:], ["--player=spotify pause", "--player=firefox.instance_1 pause",
                                         "--player=spotify play", "--player=firefox.instance_1 play"])

    def test_workspace(self):
        """The window manager's side is a file with the workspace that is seen."""
        self.fake("i3-msg", '''case $* in
*get_workspaces) jq -n --arg name "$(cat "$HOME/seen")" '[{name: "x", focused: false}, {name: $name, focused: true}]';;
*) echo "$*" >>"$HOME/asked"; printf %s "$*" | sed 's/.*"\\(.*\\)"/\\1/' >"$HOME/seen";;
esac
''')
        self.env["I3SOCK"] = self.dir + "/i3"
        self.link("focus-workspace", "focus-start", "focus-end")
        self.write(self.dir + "/seen", '2: a "b"')
        self.tracker("hook", "run", "focus-start")
        self.assertEqual(self.read("seen"), "focus")
        self.tracker("hook", "run", "focus-end")
        self.assertEqual(self.read("asked").splitlines()[1],
                         '-q workspace --no-auto-back-and-forth "2: a \\"b\\""')
        self.tracker("hook", "run", "focus-start")
        self.write(self.dir + "/seen", "elsewhere")
        self.tracker("hook", "run", "focus-end")
        self.assertEqual(self.read("seen"), "elsewhere")
        del self.env["I3SOCK"]
        self.assertIn("neither sway nor i3", self.run_tracker("hook", "run", "focus-start").stdout)

    def start_sway(self):
        """A real compositor without a screen; it refuses to run as root, so then it runs as nobody."""
        folder = self.dir + "/wayland"
        os.mkdir(folder, 0o700)
        self.write(folder + "/config", "xwayland disable\n")
        environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "XDG_RUNTIME_DIR": folder, "LC_ALL": "C.UTF-8",
                       "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
        nobody = {}
        if os.getuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chmod(self.dir, 0o711)
            for path in (folder, folder + "/config"):
                os.chown(path, user.pw_uid, user.pw_gid)
            nobody = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        sway = subprocess.Popen(["sway", "--config", folder + "/config"], env=environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **nobody)
        self.addCleanup(sway.wait)
        self.addCleanup(sway.terminate)
        end = time.monotonic() + 20
        while not glob.glob(folder + "/sway-ipc.*.sock"):
            self.assertLess(time.monotonic(), end, "sway")
            time.sleep(0.02)
        self.env["SWAYSOCK"] = glob.glob(folder + "/sway-ipc.*.sock")[0]

    def workspace(self):
        said = subprocess.run(["swaymsg", "-t", "get_workspaces"], env=self.env, stdout=subprocess.PIPE, check=True)
        return [w["name"] for w in json.loads(said.stdout) if w["focused"]]

    def test_real_sway(self):
        self.start_sway()
        self.link("focus-workspace", "focus-start", "focus-end")
        subprocess.run(["swaymsg", 'workspace "2: it\'s \\"mine\\""'], env=self.env, check=True,
                       stdout=subprocess.DEVNULL)
        before = self.workspace()
        self.tracker("hook", "run", "focus-start")
        self.assertEqual(self.workspace(), ["focus"])
        self.tracker("hook", "run", "focus-end")
        self.assertEqual(self.workspace(), before)

    def test_shellcheck(self):
        names = [n for n in os.listdir(EXAMPLES) if n not in ("README", "meson.build")]
        self.assertEqual(len(names), 4)
        for name in names:
            path = f"{EXAMPLES}/{name}"
            self.assertTrue(os.access(path, os.X_OK), path)
            done = subprocess.run(["shellcheck", path], stdout=subprocess.PIPE, text=True, check=False)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
