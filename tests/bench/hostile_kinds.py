# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calendars that mean harm: KINDS maps a name to a function of a size in bytes.

Each begins with one honest event, "Neighbour", which must stay whatever follows it (but for the
kinds in FOREIGN, which are no calendars). hostile.py measures them at 16 MB; a test asks small ones.
"""
import itertools
import random

NEIGHBOUR = (b"BEGIN:VEVENT\r\nUID:neighbour\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260706T090000Z\r\n"
             b"DTEND:20260706T100000Z\r\nSUMMARY:Neighbour\r\nEND:VEVENT\r\n")
HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n" + NEIGHBOUR
TAIL = b"END:VCALENDAR\r\n"
DAY = b"DTSTART:20260701T080000Z\r\n"
SECONDS = ",".join(str(n) for n in range(60))
HOURS = ",".join(str(n) for n in range(24))


def filled(size, pieces, head=HEAD, tail=TAIL):
    """@head, as many of @pieces (an endless iterator of bytes) as fit into @size, @tail."""
    out, length = [head], len(head) + len(tail)
    for piece in pieces:
        length += len(piece)
        if length > size:
            break
        out.append(piece)
    out.append(tail)
    return b"".join(out)


def events(size, form, **around):
    """Events whose inner lines are @form, with {i} their number; each has a UID of its own."""
    text = "BEGIN:VEVENT\r\nUID:{i}\r\n" + form + "END:VEVENT\r\n"
    return filled(size, (text.replace("{i}", str(i)).encode() for i in itertools.count()), **around)


def one_event(size, pieces, inner=DAY + b"DURATION:PT1H\r\n"):
    """One event that holds all of @pieces."""
    return filled(size, pieces, head=HEAD + b"BEGIN:VEVENT\r\nUID:one\r\n" + inner,
                  tail=b"\r\nEND:VEVENT\r\n" + TAIL)


def date(i):
    """A day and second of @i, never the same twice for long."""
    return f"2026{i // 86400 % 12 + 1:02}{i // 7 % 28 + 1:02}T{i // 3600 % 24:02}{i // 60 % 60:02}{i % 60:02}"


def rules(rule, start="20260101T000000Z"):
    return lambda size: events(size, f"DTSTART:{start}\r\nRRULE:{rule}\r\n")


def same(line):
    return lambda size: one_event(size, itertools.repeat(line))


def list_of(name, item):
    """One event with one line of @name, folded, holding items."""
    def make(size):
        return one_event(size, ((name if i == 0 else b"\r\n ,") + item(i).encode() for i in itertools.count()))
    return make


def lines_of(form):
    return lambda size: one_event(size, (form(i).encode() for i in itertools.count()))


def folded_by_one(size):
    return one_event(size, itertools.chain([b"DESCRIPTION:x"], itertools.repeat(b"\r\n y")))


def soft_breaks(size):
    head = HEAD.replace(b"VERSION:2.0", b"VERSION:1.0")
    return filled(size, itertools.chain([b"BEGIN:VEVENT\r\nUID:q\r\n" + DAY + b"SUMMARY;ENCODING=QUOTED-PRINTABLE:"],
                                        itertools.repeat(b"=41=\r\n")), head=head)


def zone_rules(size):
    start = b"BEGIN:VTIMEZONE\r\nTZID:Own\r\n"
    part = (b"BEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
            b"RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=1,2,3,4,5,6\r\nEND:STANDARD\r\n")
    tail = b"END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:z\r\nDTSTART;TZID=Own:20260701T080000\r\nEND:VEVENT\r\n" + TAIL
    return filled(size, itertools.repeat(part), head=HEAD + start, tail=tail)


def zones(size):
    form = ("BEGIN:VTIMEZONE\r\nTZID:Own {i}\r\nBEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nTZOFFSETFROM:+0100\r\n"
            "TZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
            "BEGIN:VEVENT\r\nUID:{i}\r\nDTSTART;TZID=Own {i}:20260701T080000\r\nEND:VEVENT\r\n")
    return filled(size, (form.replace("{i}", str(i)).encode() for i in itertools.count()))


def overrides(extra=""):
    """A daily series of one UID, and nothing but exceptions to it."""
    def make(size):
        master = b"BEGIN:VEVENT\r\nUID:one\r\nDTSTART:20260101T000000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"
        form = "BEGIN:VEVENT\r\nUID:one\r\nRECURRENCE-ID{}:{}Z\r\nDTSTART:{}Z\r\nEND:VEVENT\r\n"
        return filled(size, (form.format(extra, date(i), date(i + 1)).encode() for i in itertools.count()),
                      head=HEAD + master)
    return make


def masters_of_one_uid(size):
    form = "BEGIN:VEVENT\r\nUID:one\r\nDTSTART:{}Z\r\nRRULE:FREQ=DAILY;COUNT=9\r\nEND:VEVENT\r\n"
    return filled(size, (form.format(date(i)).encode() for i in itertools.count()))


def calendars(size):
    form = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:{i}\r\nDTSTART:20260701T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    return filled(size, (form.replace("{i}", str(i)).encode() for i in itertools.count()), head=HEAD + TAIL, tail=b"")


def nested(word):
    return lambda size: filled(size, itertools.repeat(b"BEGIN:" + word + b"\r\n"),
                               head=HEAD + b"BEGIN:VEVENT\r\nUID:deep\r\n" + DAY)


def random_bytes(size):
    return HEAD + random.Random(7).randbytes(size - len(HEAD))


def random_lines(size):
    source = random.Random(11)
    words = [b"BEGIN:VEVENT", b"END:VEVENT", b"BEGIN:VALARM", b"END:VALARM", b"BEGIN:VCALENDAR", b"END:VCALENDAR",
             b"DTSTART:20260701T080000Z", b"RRULE:FREQ=DAILY", b"RRULE:FREQ=SECONDLY;COUNT=9", b"UID:a", b"UID:b",
             b"RECURRENCE-ID:20260702T080000Z", b"EXDATE:20260703T080000Z", b"TRIGGER:-PT5M", b" folded", b"", b":", b";",
             b"DTSTART;TZID=Nowhere:20260701T080000", b"DURATION:PT1H", b"BEGIN:VTIMEZONE", b"END:VTIMEZONE", b"\x00\xff"]
    return filled(size, (source.choice(words) + b"\r\n" for _ in itertools.count()))


def wide(size):
    return b"\xff\xfe" + events(size // 2, "DTSTART:20260701T080000Z\r\n").decode().encode("utf-16-le")


def bare_cr(size):
    return events(size, "DTSTART:20260701T080000Z\r\nSUMMARY:x\r\n").replace(b"\r\n", b"\r")


def many_cr(size):
    return filled(size, itertools.repeat(b"\r\r\r\r\r\r\r\n"))


FOREIGN = {
    "gzip": lambda size: b"\x1f\x8b" + b"\x00" * (size - 2),
    "HTML": lambda size: b"<html>" + b"<p>" * (size // 3),
    "nothing but NULs": lambda size: b"\x00" * size,
    "nothing but blanks": lambda size: b" " * size,
}

KINDS = {
    "one long line": lambda size: one_event(size, itertools.chain([b"SUMMARY:"], itertools.repeat(b"x" * 1000))),
    "one long line of a date": lambda size: one_event(size, itertools.chain([b"EXDATE:"], itertools.repeat(b"2026" * 250))),
    "folded after each byte": folded_by_one,
    "broken softly after each byte": soft_breaks,
    "base64 ATTACH": lambda size: one_event(
        size, itertools.chain([b"ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD"], itertools.repeat(b"\r\n " + b"QUJD" * 18))),
    "deep nesting": nested(b"X"),
    "alarms within alarms": nested(b"VALARM"),
    "nothing but beginnings": lambda size: filled(size, itertools.repeat(b"BEGIN:VEVENT\r\n")),
    "nothing but ends": lambda size: filled(size, itertools.repeat(b"END:VEVENT\r\n")),
    "events that never end": lambda size: filled(
        size, (b"BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:20260701T080000Z\r\n" % i for i in itertools.count()), tail=b""),
    "many small events": lambda size: events(size, "DTSTART:20260701T080000Z\r\n"),
    "many events without UID": lambda size: filled(size, itertools.repeat(b"BEGIN:VEVENT\r\nDTSTART:20260701T080000Z\r\nEND:VEVENT\r\n")),
    "many events without DTSTART": lambda size: events(size, ""),
    "many calendars": calendars,
    "a faulty line in each event": lambda size: events(size, "DTSTART:20260701T080000Z\r\nRRULE:FREQ={i}\r\n"),
    "unknown zones": lambda size: events(size, "DTSTART;TZID=Nowhere/{i}:20260701T080000\r\n"),
    "unknown zones, long names": lambda size: events(size, "DTSTART;TZID=" + "Nowhere " * 22 + "{i}:20260701T080000\r\n"),
    "unknown zones with prefixes": lambda size: events(size, "DTSTART;TZID=/a.b" + "/c" * 80 + "/{i}:20260701T080000\r\n"),
    "unknown lists of cities": lambda size: events(size, "DTSTART;TZID=\"(GMT) " + "a," * 80 + "{i}\":20260701T080000\r\n"),
    "many zones": zones,
    "a zone of many rules": zone_rules,
    "parameters": same(b"X-A" + b";B=C" * 5000 + b":d\r\n"),
    "quotes that nobody closes": same(b"X-A;B=\"" + b"C" * 2000 + b":d\r\n"),
    "many alarms": same(b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n"),
    "alarms in each event": lambda size: events(
        size, "DTSTART:20260701T080000Z\r\n" + "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n" * 20),
    "attendees": lines_of(lambda i: f"ATTENDEE;PARTSTAT=DECLINED:mailto:{i}@example.org\r\n"),
    "categories": list_of(b"CATEGORIES:", lambda i: f"c{i}"),
    "addresses in a text": list_of(b"DESCRIPTION:", lambda i: f"https://example.org/{i} "),
    "backslashes": list_of(b"DESCRIPTION:", lambda i: "\\" * 70),
    "EXDATEs in one line": list_of(b"EXDATE:", lambda i: date(i) + "Z"),
    "EXDATEs in many lines": lines_of(lambda i: f"EXDATE:{date(i)}Z\r\n"),
    "RDATEs that are periods": lines_of(lambda i: f"RDATE;VALUE=PERIOD:{date(i)}Z/PT5M\r\n"),
    "events with a hundred RDATEs": lambda size: events(
        size, "DTSTART:20260701T080000Z\r\nRDATE:" + ",".join(date(i * 977) + "Z" for i in range(100)) + "\r\n"),
    "many RRULEs": lines_of(lambda i: f"RRULE:FREQ=DAILY;INTERVAL={i + 1}\r\n"),
    "many EXRULEs": lines_of(lambda i: f"EXRULE:FREQ=DAILY;INTERVAL={i + 1}\r\n"),
    "overrides of one UID": overrides(),
    "overrides for the future": overrides(";RANGE=THISANDFUTURE"),
    "masters of one UID": masters_of_one_uid,
    "rules: daily": rules("FREQ=DAILY"),
    "rules: secondly": rules("FREQ=SECONDLY"),
    "rules: hourly that never match": rules("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"),
    "rules: secondly that never match": rules("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
    "rules: yearly that never match": rules("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "00010101T000000Z"),
    "rules: the sixth Monday": rules("FREQ=MONTHLY;BYDAY=6MO"),
    "rules: far count": rules("FREQ=DAILY;COUNT=999999", "00010101T000000Z"),
    "rules: yearly positions": rules("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1,-1,100,-100,366"),
    "rules: positions of seconds": rules(f"FREQ=YEARLY;BYHOUR={HOURS};BYMINUTE={SECONDS};BYSECOND={SECONDS};BYSETPOS=-1"),
    "rules: monthly positions of minutes": rules(f"FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR={HOURS};BYMINUTE={SECONDS};BYSETPOS=-1"),
    "rules: weeks and days of the year": rules("FREQ=YEARLY;BYWEEKNO=" + ",".join(str(n) for n in range(1, 54))
                                             + ";BYYEARDAY=" + ",".join(str(n) for n in range(1, 367))),
    "rules of vCalendar 1.0": lambda size: events(size, "DTSTART:20260701T080000Z\r\nRRULE:MP1 1+ 2- MO TU WE #0\r\n"),
    "Latin-1": lambda size: filled(size, (b"BEGIN:VEVENT\r\nUID:%d\r\n" % i + DAY + b"SUMMARY:" + b"\xe9" * 60 + b"\r\nEND:VEVENT\r\n"
                                          for i in itertools.count())),
    "UTF-16": wide,
    "NULs": lambda size: filled(size, itertools.repeat(b"SUMMARY:\x00\x00\x00\r\n")),
    "bare CRs": bare_cr,
    "CRs before each LF": many_cr,
    "random bytes": random_bytes,
    "random lines": random_lines,
}
