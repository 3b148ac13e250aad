# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the completion of one shell from the table of commands: complete.py SHELL TABLE.json."""

import json
import os
import re
import sys

# What stands for itself where an option or a command takes one of a few words.
KINDS = "focus shallow meeting break routine off"
WHENS = "today yesterday tomorrow week month sprint"
SCHEDULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "schedules")
TEMPLATES = " ".join(sorted(n[:-4] for n in os.listdir(SCHEDULES) if n.endswith(".ics")))
VALUES = {"--kind": KINDS, "--template": TEMPLATES, "--as": "break worked discard",
          "--presence": "plan active away unknown"}
# The same where the option means something else in another command.
VALUES_OF = {("status", "--format"): "text json waybar i3blocks polybar tmux"}
# What the log, the plan and the configuration name: a reading command, the key of its JSON that is
# wanted, and the key at which what follows is of another kind.
TASKS, CALENDARS = ("task", "number", None), ("calendar list", "name", None)
METRICS, SPRINTS = ("metric list", "name", None), ("sprint list", "name", None)
BLOCKS, PLANNED = ("block list", "summary", None), ("agenda", "title", None)
ENTRIES, GAPS = ("log yesterday..today", "number", "gaps"), ("gaps -14d..today", "number", None)
SOURCES = (TASKS, CALENDARS, METRICS, SPRINTS, BLOCKS, PLANNED, ENTRIES, GAPS)
ASKED_OF_OPTIONS = {"--parent": TASKS, "--task": TASKS, "--calendar": CALENDARS, "--block": PLANNED}
ASKED = {
    "log edit": ENTRIES, "log remove": ENTRIES, "fill": GAPS, "why": PLANNED,
    "calendar remove": CALENDARS, "calendar check": CALENDARS, "calendar show": CALENDARS, "calendar sync": CALENDARS,
    "block move": BLOCKS, "block remove": BLOCKS,
    "metric list": METRICS, "metric add": METRICS, "sprint show": SPRINTS,
}
# One key a line is how the JSON is printed; what JSON writes with a backslash is what stands behind
# it. [\] is a backslash in all three shells, fish's quotes too, which would take one of a pair.
PICK = """sed -n '%s/^ *"%s" : /{ s///; s/,$//; /^null$/d; s/^"\\(.*\\)"$/\\1/; s|[\\]\\(["\\]\\)|\\1|g; p; }'"""
HOOKS = "block-start block-end focus-start focus-end break-start break-end day-end away back"
WORDS = {"history": WHENS, "hook run": HOOKS, "answer": "break worked discard", "report": "day week month sprint focus yesterday"}


def words_of(command):
    """Words that may follow the command's name."""
    if command["name"] in WORDS:
        return WORDS[command["name"]]
    return WHENS if "[WHEN]" in command["arguments"] else ""


def asked_of(command):
    """What tracker is asked for when a word of @command is completed; as a rule one thing, or none."""
    words = command["arguments"].strip("[]").split("|")
    if words[0].rstrip("…") == "TASK":
        return [TASKS, PLANNED] if "TITLE" in words else [TASKS]
    return [ASKED[command["name"]]] if command["name"] in ASKED else []


def question(source):
    """The shell's words that print one value a line; what goes wrong is nobody's matter here."""
    command, key, end = source
    stop = f"/^ *\"{end}\" :/q; " if end else ""
    return f"tracker {command} --json 2>/dev/null | {PICK % (stop, key)} | sort -u"


def values_of(command, option):
    """The few words that the option of that long name takes, or None."""
    return VALUES_OF.get((command["name"], option), VALUES.get(option))


def options_of(command):
    return ["--" + option["name"] for option in command["options"]] + ["--help"]


def first_words(commands):
    return list(dict.fromkeys(command["name"].split()[0] for command in commands))


def second_words(commands, first):
    pairs = (command["name"].split() for command in commands)
    return [pair[1] for pair in pairs if len(pair) == 2 and pair[0] == first]


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def bash(commands):
    lines = [
        "# bash completion of tracker; written by complete.py from the table of commands",
        "_tracker_among ()",
        "{",
        "  local value typed=${1//\\\\/}",
        "  while IFS= read -r value; do",
        "    [[ $value == \"$typed\"* ]] && COMPREPLY+=(\"$(printf %q \"$value\")\")",
        "  done",
        "}",
        "_tracker ()",
        "{",
        "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}",
        "  local first=${COMP_WORDS[1]} pair=\"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" words='' options=''",
        "  COMPREPLY=()",
        "  case $previous in",
    ]
    for option, values in VALUES.items():
        lines.append(f"    {option}) COMPREPLY=($(compgen -W '{values}' -- \"$current\")); return ;;")
    for (name, option), values in VALUES_OF.items():
        lines.append(f"    {option}) [[ $first == {name} ]] &&"
                     f" {{ COMPREPLY=($(compgen -W '{values}' -- \"$current\")); return; }} ;;")
    for option, source in ASKED_OF_OPTIONS.items():
        lines.append(f"    {option}) _tracker_among \"$current\" < <({question(source)}); return ;;")
    lines += ["  esac", "  if ((COMP_CWORD == 1)); then"]
    starts = " ".join(first_words(commands))
    lines += [
        f"    COMPREPLY=($(compgen -W '{starts} --help --version' -- \"$current\"))",
        "    return",
        "  fi",
        "  case $first in",
    ]
    for first in first_words(commands):
        seconds = " ".join(second_words(commands, first))
        if seconds:
            lines.append(f"    {first}) ((COMP_CWORD == 2)) && words='{seconds}' ;;")
    lines += [f"    help) ((COMP_CWORD == 2)) && words='{starts}' ;;", "  esac", "  case $pair in"]
    for command in sorted(commands, key=lambda c: -len(c["name"].split())):
        pattern = f"'{command['name']}'" if " " in command["name"] else f"'{command['name']} '*"
        asked = "".join(f" _tracker_among \"$current\" < <({question(source)}) ;" for source in asked_of(command))
        ask = f" [[ $current == -* ]] || {{{asked} }} ;" if asked else ""
        lines.append(
            f"    {pattern}) options='{' '.join(options_of(command))}'"
            f" words+=' {words_of(command)}' ;{ask};"
        )
    lines += [
        "  esac",
        "  [[ $current == -* ]] && words=$options",
        "  COMPREPLY+=($(compgen -W \"$words\" -- \"$current\"))",
        "}",
        "complete -F _tracker tracker",
    ]
    return lines


def zsh_text(text):
    return text.replace("\\", "\\\\").replace(":", "\\:").replace("[", "\\[").replace("]", "\\]")


def zsh_action(source):
    """A function's name: an action of _arguments may not hold the colons of the question itself."""
    return "_tracker_" + re.sub(r"\W+", "_", source[0])


def zsh_words(command):
    """The rest of the line: an action, or one for each kind of thing that may stand there."""
    sources = asked_of(command)
    if not sources:
        return f" '*:word:({words_of(command) or ' '})'"
    if len(sources) == 1:
        return " " + quoted("*:word:" + zsh_action(sources[0]))
    return " " + quoted("*:word:{ " + "; ".join(zsh_action(source) for source in sources) + " }")


def zsh_functions():
    """They add the values one by one, blanks and all."""
    return [
        f"{zsh_action(source)} () {{ local -a values; values=(${{(f)\"$({question(source)})\"}});"
        " compadd -a values }"
        for source in SOURCES
    ]


def zsh_option(command, option):
    text = zsh_text(option["help"])
    value = ""
    if option["arg"]:
        choices = values_of(command, "--" + option["name"])
        source = ASKED_OF_OPTIONS.get("--" + option["name"])
        value = f":{option['arg'].lower()}:" + (f"({choices})" if choices else " ")
        if source:
            value = f":{option['arg'].lower()}:" + zsh_action(source)
    long = "--" + option["name"]
    if option["letter"]:
        short = "-" + option["letter"]
        return quoted(f"({short} {long})") + "{" + f"{short},{long}" + "}" + quoted(f"[{text}]{value}")
    return quoted(f"{long}[{text}]{value}")


def zsh(commands):
    lines = [
        "#compdef tracker",
        "# zsh completion of tracker; written by complete.py from the table of commands",
        *zsh_functions(),
        "_tracker () {",
        "  local -a commands",
        "  if ((CURRENT == 2)); then",
        "    commands=(",
    ]
    for first in first_words(commands):
        row = next(c for c in commands if c["name"].split()[0] == first)
        lines.append("      " + quoted(f"{first}:{zsh_text(row['summary'])}"))
    lines += ["    )", "    _describe command commands", "    return", "  fi"]
    lines += ["  if ((CURRENT == 3)) && [[ $words[3] != -* ]]; then", "    case $words[2] in"]
    for first in first_words(commands):
        rows = [c for c in commands if c["name"].startswith(first + " ")]
        if rows:
            items = " ".join(
                quoted(f"{c['name'].split()[1]}:{zsh_text(c['summary'])}") for c in rows
            )
            lines.append(f"      {first}) commands=({items}); _describe command commands ;;")
    lines += ["    esac", "  fi", "  case \"$words[2] $words[3]\" in"]
    for command in sorted(commands, key=lambda c: -len(c["name"].split())):
        pattern = quoted(command["name"]) if " " in command["name"] else quoted(command["name"]) + "*"
        options = " ".join(zsh_option(command, option) for option in command["options"])
        rest = zsh_words(command)
        # _arguments must not see the command's own words as arguments.
        gone = len(command["name"].split())
        lines.append(
            f"    {pattern}) shift {gone} words; ((CURRENT -= {gone}));"
            f" _arguments {options} '--help[Show help]'{rest} ;;"
        )
    lines += ["  esac", "}", "_tracker \"$@\""]
    return lines


def fish(commands):
    lines = [
        "# fish completion of tracker; written by complete.py from the table of commands",
        "complete -c tracker -f",
        "complete -c tracker -n __fish_use_subcommand -l version -d 'Show the version'",
        "complete -c tracker -s h -l help -d 'Show help'",
    ]
    for first in first_words(commands):
        row = next(c for c in commands if c["name"].split()[0] == first)
        lines.append(
            f"complete -c tracker -n __fish_use_subcommand -a {first} -d {quoted(row['summary'])}"
        )
    for command in commands:
        name = command["name"].split()
        if len(name) == 2:
            others = " ".join(second_words(commands, name[0]))
            seen = f"__fish_seen_subcommand_from {name[0]}; and not __fish_seen_subcommand_from {others}"
            lines.append(
                f"complete -c tracker -n {quoted(seen)} -a {name[1]} -d {quoted(command['summary'])}"
            )
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in name)
        for source in asked_of(command):
            lines.append(f"complete -c tracker -n {quoted(seen)} -a {quoted('(' + question(source) + ')')}")
        if words_of(command):
            lines.append(f"complete -c tracker -n {quoted(seen)} -a {quoted(words_of(command))}")
        for option in command["options"]:
            line = f"complete -c tracker -n {quoted(seen)} -l {option['name']}"
            if option["letter"]:
                line += f" -s {option['letter']}"
            if option["arg"]:
                long = "--" + option["name"]
                values = values_of(command, long)
                line += " -x" if values or long in ASKED_OF_OPTIONS else " -r"
                if values:
                    line += f" -a {quoted(values)}"
                if long in ASKED_OF_OPTIONS:
                    line += f" -a {quoted('(' + question(ASKED_OF_OPTIONS[long]) + ')')}"
            lines.append(f"{line} -d {quoted(option['help'])}")
    return lines


def main():
    shell, table = sys.argv[1:]
    with open(table, encoding="utf-8") as file:
        commands = json.load(file)
    for option in (option for command in commands for option in command["options"] if "values" in option):
        VALUES["--" + option["name"]] = " ".join(dict.fromkeys(option["values"]))
    print("\n".join({"bash": bash, "zsh": zsh, "fish": fish}[shell](commands)))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
