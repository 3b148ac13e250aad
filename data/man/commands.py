# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the list of commands into a manual page: commands.py TEMPLATE.scd.in TABLE.json.

The line @COMMANDS@ becomes one section per heading, one entry per command, in scdoc(5)."""

import json
import re
import sys


def escaped(text):
    """Signs that scdoc reads as markup, made plain."""
    return re.sub(r"([\\_*#<~])", r"\\\1", text)


def paragraphs(text):
    """The help of a command: paragraphs, and lines that begin with a space kept as they are."""
    literal = False
    for line in text.split("\n"):
        if line.startswith(" ") != literal:
            literal = not literal
            yield "\t```" if literal else "\t```"
        if line == "":
            yield ""
        else:
            yield "\t" + (line.strip() if literal else escaped(line))
    if literal:
        yield "\t```"


def option_line(option):
    names = (f"*-{option['letter']}*, " if option["letter"] else "") + f"*--{option['name']}*"
    value = f" _{escaped(option['arg'])}_" if option["arg"] else ""
    return f"\t\t{names}{value}: {escaped(option['help'])}."


def entry(command):
    arguments = f" {escaped(command['arguments'])}" if command["arguments"] else ""
    yield f"*tracker {command['name']}*{arguments}"
    yield f"\t{escaped(command['summary'])}."
    yield ""
    if command["help"]:
        yield from paragraphs(command["help"])
        yield ""
    for option in command["options"]:
        yield option_line(option)
        yield ""


def sections(commands):
    heading = None
    for command in commands:
        if command["heading"] != heading:
            heading = command["heading"]
            yield f"## {heading.upper()}"
            yield ""
        yield from entry(command)


def main():
    template, table = sys.argv[1:]
    with open(table, encoding="utf-8") as file:
        commands = json.load(file)
    with open(template, encoding="utf-8") as file:
        for line in file:
            if line.strip() == "@COMMANDS@":
                print("\n".join(sections(commands)))
            else:
                print(line, end="")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
