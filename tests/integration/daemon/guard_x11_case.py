# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An X server with a window manager, and windows to bring to the front."""
import subprocess

from guard_case import GuardCase
from harness import until
from virtual_display import start_display


class X11Case(GuardCase):
    def setUp(self):
        super().setUp()
        self.display = start_display(self, "640x480")

    def start_manager(self):
        self.spawn("openbox", "openbox", "--sm-disable")
        until(self.manager_is_there, "the window manager")

    def window(self, name):
        """A window of that class, in front once it is there."""
        self.spawn(name, "xterm", "-class", name, "-e", "sleep", "600")
        until(lambda: self.active() == name, name + " in front")

    def ids(self, name):
        found = subprocess.run(["xdotool", "search", "--class", f"^{name}$"], env=self.environment, check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return found.stdout.split()

    def active(self):
        shown = subprocess.run(["xdotool", "getactivewindow", "getwindowclassname"], env=self.environment,
                               check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        if shown:
            return shown.strip()
        window = subprocess.run(["xdotool", "getactivewindow"], env=self.environment, check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()
        return next((name for name in ("Editor", "Chess") if window and window in self.ids(name)), None)

    def raise_window(self, name):
        subprocess.run(["xdotool", "windowactivate", self.ids(name)[0]], env=self.environment, check=True)

    def manager_is_there(self):
        shown = subprocess.run(["xprop", "-root", "_NET_SUPPORTED"], env=self.environment, check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        return "_NET_ACTIVE_WINDOW" in shown
