# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An X server without a screen, of one test alone."""
import os
import subprocess


def start_display(case, size, *number):
    """Sets DISPLAY of @case's environment, and ends with it. Of a number of its own choice, unless told.

    Without -noreset the server throws everybody out whenever its last client leaves: what polls it (xprop,
    xdotool) would end a program that connects at that moment."""
    read, write = os.pipe()
    display = subprocess.Popen(["Xvfb", *number, "-displayfd", str(write), "-screen", "0", size + "x24",
                                "-nolisten", "tcp", "-noreset"], pass_fds=[write],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    case.addCleanup(display.wait)
    case.addCleanup(display.terminate)
    os.close(write)
    with os.fdopen(read) as pipe:
        case.environment["DISPLAY"] = ":" + pipe.readline().strip()
    return display
