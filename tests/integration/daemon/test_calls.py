# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A break waits while somebody is recorded, as a real sound server of its own tells."""
import os
import signal
import socket
import subprocess
import time

import harness
import test_presence
from harness import soon, until

CAPTURE = os.path.join(os.path.dirname(harness.TRACKERD), "capture", "trackerd-capture")


class Calls(test_presence.PresenceCase):
    def start_pulse(self):
        folder = os.path.join(self.home, "run", "pulse")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        socket = os.path.join(folder, "native")
        server = self.spawn("pulse", "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no",
                            "--exit-idle-time=-1", "-L", "module-null-sink sink_name=out", "-L",
                            "module-null-source source_name=mic", "-L",
                            f"module-native-protocol-unix auth-anonymous=1 socket={socket}")
        until(lambda: os.path.exists(socket), "the sound server")
        return server

    def record(self, source, program="Firefox"):
        return self.spawn("parec", "parec", "-d", source, "--client-name=" + program)

    def starts(self, withheld):
        return self.query("SELECT rule FROM notice WHERE kind = 'start' AND withheld = ?", withheld)

    def plan_break(self):
        self.start_mutter()
        self.plan(("one", "Lunch", soon(4), soon(1800), "CATEGORIES:Break"))
        self.start()
        self.presence("active")

    def wait_for_call(self):
        until(lambda: self.starts(1), "the break waits")
        self.assertEqual(self.starts(1), [("The microphone was in use by Firefox",)])
        self.assertEqual(self.starts(0), [])

    def test_microphone(self):
        """The log says what the break waited for, and it begins when nobody records any more."""
        self.start_pulse()
        call = self.record("mic")
        self.plan_break()
        self.wait_for_call()
        told = subprocess.run([harness.TRACKER, "history", "--why"], env=self.environment, check=True,
                              capture_output=True, text=True).stdout
        self.assertIn("it waits for the end of a call or a presentation: "
                      "The microphone was in use by Firefox", told)
        call.end()
        until(lambda: self.starts(0), "the break is told")
        self.stop_cleanly()

    def once(self):
        return subprocess.run([CAPTURE, "--once"], env=self.environment, check=True, capture_output=True,
                              text=True).stdout

    def pactl(self, *words):
        return subprocess.run(["pactl", *words], env=self.environment, check=False, capture_output=True, text=True)

    def start_media(self):
        """PipeWire and who decides what is linked to what."""
        run = os.path.join(self.home, "run")
        self.spawn("pipewire", "pipewire")
        until(lambda: os.path.exists(os.path.join(run, "pipewire-0")), "PipeWire")
        self.spawn("wireplumber", "wireplumber")
        return run

    def start_pipewire(self):
        """With the sound server that most desktops have by now, who speaks PulseAudio's language."""
        run = self.start_media()
        server = self.spawn("pipewire-pulse", "pipewire-pulse")
        until(lambda: os.path.exists(os.path.join(run, "pulse", "native")), "the sound server")
        for words in (["sink_name=out"], ["media.class=Audio/Source/Virtual", "sink_name=mic", "channel_map=mono"]):
            until(lambda: self.pactl("load-module", "module-null-sink", *words).returncode == 0, "a device")
        until(lambda: "mic" in self.pactl("list", "short", "sources").stdout, "the microphone")
        return server

    def test_pipewire_pulse(self):
        self.start_pipewire()
        call = self.record("mic")
        until(lambda: "microphone\tused" in self.once(), "it records")
        self.plan_break()
        self.wait_for_call()
        call.end()
        until(lambda: self.starts(0), "the break is told")
        self.stop_cleanly()

    def test_pipewire_client(self):
        """Who records without PulseAudio's language is seen all the same."""
        self.start_pipewire()
        call = self.spawn("pw-record", "pw-record", "--target", "mic", os.path.join(self.home, "call.wav"))
        until(lambda: "microphone\tused" in self.once(), "it records")
        self.plan_break()
        until(lambda: self.starts(1), "the break waits")
        self.assertEqual(self.starts(1), [("The microphone was in use by pw-record",)])
        call.end()
        until(lambda: self.starts(0), "the break is told")
        self.stop_cleanly()

    def test_pipewire_pulse_ends_and_returns(self):
        server = self.start_pipewire()
        self.record("mic")
        until(lambda: "microphone\tused" in self.once(), "it records")
        self.plan_break()
        self.wait_for_call()
        server.end(signal.SIGKILL)
        until(lambda: self.starts(0), "the break is told")
        self.stop_cleanly()

    def test_pipewire_plays(self):
        self.start_pipewire()
        self.record("out.monitor")
        self.plan_break()
        until(lambda: self.starts(0), "the break is told")
        self.assertEqual(self.starts(1), [])
        self.stop_cleanly()

    def stream(self, name, *elements):
        """Frames of a size that both ends agree on."""
        return self.spawn(name, "gst-launch-1.0", *elements)

    def test_camera(self):
        """Real frames from a camera to a program: as long as they flow, that is a call."""
        frames = "video/x-raw,format=RGB,width=320,height=240,framerate=10/1"
        self.start_media()
        self.stream("camera", "videotestsrc", "is-live=true", "!", frames, "!", "pipewiresink", "mode=provide",
                    "stream-properties=p,media.class=Video/Source,media.role=Camera,node.name=camera")
        until(lambda: "Video/Source" in subprocess.run(["pw-cli", "ls", "Node"], env=self.environment, check=False,
                                                       capture_output=True, text=True).stdout, "the camera")
        call = self.stream("call", "pipewiresrc", "target-object=camera", "client-name=Firefox", "!", frames, "!",
                           "fakesink")
        if "built without PipeWire" in self.once():
            self.skipTest("built without PipeWire")
        until(lambda: "camera\tused\tFirefox" in self.once(), "frames flow")
        self.plan_break()
        until(lambda: self.starts(1), "the break waits")
        self.assertEqual(self.starts(1), [("The camera was in use by Firefox",)])
        call.end()
        until(lambda: self.starts(0), "the break is told")
        self.stop_cleanly()

    def test_what_is_played_is_no_call(self):
        self.start_pulse()
        self.record("out.monitor")
        self.plan_break()
        until(lambda: self.starts(0), "the break is told")
        self.assertEqual(self.starts(1), [])
        self.stop_cleanly()

    def test_server_ends_during_a_call(self):
        server = self.start_pulse()
        self.record("mic")
        self.plan_break()
        self.wait_for_call()
        server.end(signal.SIGKILL)
        until(lambda: self.starts(0), "the break is told")
        self.stop_cleanly()

    def test_server_comes_later(self):
        self.plan(("one", "Lunch", soon(600), soon(1800), "CATEGORIES:Break"))
        self.start_mutter()
        self.start()
        self.presence("active")
        self.start_pulse()
        self.record("mic")
        self.plan(("one", "Lunch", soon(8), soon(1800), "CATEGORIES:Break"))
        self.call("Reload")
        self.wait_for_call()
        self.stop_cleanly()

    def helper(self):
        """Processes of ours that watch who records: the daemon's children of that name."""
        path = f"/proc/{self.daemon.child.pid}/task/{self.daemon.child.pid}/children"
        with open(path, encoding="ascii") as handle:
            children = handle.read().split()
        found = []
        for child in children:
            with open(f"/proc/{child}/comm", encoding="ascii") as handle:
                if handle.read().startswith("trackerd-captur"):
                    found.append(int(child))
        return found

    @staticmethod
    def is_over(process):
        """Nobody is left, or nobody who has not been waited for."""
        try:
            with open(f"/proc/{process}/status", encoding="ascii") as handle:
                return "State:\tZ" in handle.read()
        except OSError:
            return True

    def test_only_while_a_break_is_ahead(self):
        self.start()
        self.assertEqual(self.helper(), [])
        self.plan(("one", "Lunch", soon(600), soon(1800), "CATEGORIES:Break"))
        self.call("Reload")
        (first,) = until(self.helper, "somebody who watches")
        os.kill(first, signal.SIGKILL)
        until(lambda: self.helper() not in ([], [first]), "another one")
        self.plan()
        self.call("Reload")
        until(lambda: not self.helper(), "nobody watches any more")
        self.stop_cleanly()

    def test_ends_with_a_daemon_that_is_killed(self):
        self.plan(("one", "Lunch", soon(600), soon(1800), "CATEGORIES:Break"))
        self.start()
        (helper,) = until(self.helper, "somebody who watches")
        self.daemon.end(signal.SIGKILL)
        until(lambda: self.is_over(helper), "it has ended too")

    def test_without_pipewire_modules(self):
        """Its plugins are packages apart: what cannot be made is said, and the microphone is heard."""
        self.start_pulse()
        self.record("mic")
        environment = dict(self.environment, SPA_PLUGIN_DIR="/nonexistent", PIPEWIRE_DEBUG="0")

        def once():
            done = subprocess.run([CAPTURE, "--once"], env=environment, check=False,
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            return dict(line.split("\t", 1) for line in done.stdout.splitlines())

        until(lambda: once().get("microphone", "").startswith("used"), "the microphone")
        self.assertTrue(once()["camera"].startswith("blind"))

    def test_server_that_drops_everyone(self):
        """PipeWire that takes every client and drops it at once is asked less and less often: at the
        begin, and 1, 3 and 7 seconds later. No timer of these is early by more than a fraction."""
        if "built without PipeWire" in self.once():
            self.skipTest("built without PipeWire")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(os.path.join(self.home, "run", "pipewire-0"))
            server.listen()
            server.settimeout(120)
            begin = time.monotonic()
            with subprocess.Popen([CAPTURE], env=self.environment, stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as capture:
                for _ in range(4):
                    server.accept()[0].close()
                self.assertGreater(time.monotonic() - begin, 6)
                capture.stdin.close()

    def test_looking_for_a_server_leaves_nothing(self):
        """Without a runtime folder libpulse would make one in the user's configuration."""
        home = os.path.join(self.home, "new")
        os.mkdir(home)
        environment = {name: value for name, value in self.environment.items() if not name.startswith("XDG_")}
        said = subprocess.run([CAPTURE, "--once"], env={**environment, "HOME": home}, check=True, capture_output=True,
                              text=True).stdout
        self.assertRegex(said, r"microphone\tblind\t(no sound server|built without)")
        self.assertNotIn(".config", os.listdir(home))

    def test_doctor(self):
        def calls():
            done = subprocess.run([harness.TRACKER, "doctor"], env=self.environment, check=False,
                                  capture_output=True, text=True)
            return " ".join(done.stdout.split())

        self.assertIn("no sound server", calls())
        self.start_pulse()
        self.record("mic")
        until(lambda: "microphone: in use by Firefox" in calls(), "doctor names it")


if __name__ == "__main__":
    harness.main()
