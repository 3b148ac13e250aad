// SPDX-FileCopyrightText: The trackerd authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads lines "DTSTART FROM TO RULE" and answers each with a line of instances, "refused" where the
// peer throws. The peer (rrule-temporal, ical.js) is the first argument; run where npm put it.
import { createInterface } from "node:readline";

const iso = (s) => s.replace(/^(....)(..)(..T..)(..)(..)$/, "$1-$2-$3:$4:$5");
const stamp = (ms) => new Date(ms).toISOString().replace(/[-:]|\.000Z/g, "");

async function temporal() {
  const { RRuleTemporal } = await import("rrule-temporal");
  return ([start, from, to, rule]) => {
    const set = new RRuleTemporal({ rruleString: `DTSTART:${start}Z\nRRULE:${rule}` });
    const all = set.between(new Date(iso(from) + "Z"), new Date(iso(to) + "Z"), true);
    return all.map((at) => stamp(at.epochMilliseconds));
  };
}

async function ical() {
  const { default: ICAL } = await import("ical.js");
  return ([start, from, to, rule]) => {
    const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateTimeString(iso(start)));
    const all = [];
    for (let at = iterator.next(); at && at.toICALString() < to; at = iterator.next())
      if (at.toICALString() >= from) all.push(at.toICALString());
    return all;
  };
}

const expand = await { "rrule-temporal": temporal, "ical.js": ical }[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin })) {
  const words = line.split(" ");
  try {
    console.log(expand(words).filter((at) => at >= words[1] && at < words[2]).join(" "));
  } catch {
    console.log("refused");
  }
}
