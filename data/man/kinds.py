# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the words that say a kind into a manual page: kinds.py PAGE.scd trk-kind-words.c.

They are read from the tables of the program, so that the page cannot say others."""

import re
import sys


def table(source, name):
    """The initialiser of the table @name, without its comments."""
    body = re.search(rf"\b{name}\[\] = \{{\n(.*?)\n\}};", source, re.S).group(1)
    return re.sub(r"/\*.*?\*/", "", body, flags=re.S)


def words(text):
    found = re.findall(r'"([^"]*)"', text)
    assert found, "a table without words"
    return ", ".join(f"_{word}_" for word in found)


def summary_words(source):
    """An entry of scdoc for each kind."""
    parts = re.split(r"TRK_KIND_(\w+)", table(source, "summaries"))
    for kind, phrases in zip(parts[1::2], parts[2::2]):
        yield f"*{kind.lower()}*\n\t{words(phrases)}\n"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        page = file.read()
    with open(sys.argv[2], encoding="utf-8") as file:
        source = file.read()
    page = page.replace("@SUMMARY_WORDS@", "\n".join(summary_words(source)))
    sys.stdout.write(page.replace("@NO_KIND_WORDS@", words(table(source, "no_kind"))))


main()
