/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Zones with every habit that there is: both halves of the earth, half hours, negative summer
 * times, midnights, a changed date line, none at all. */
static const char *const zones[] = {
  "Europe/Berlin",       "Europe/Dublin",     "Europe/London",
  "Europe/Lisbon",       "America/New_York",  "America/St_Johns",
  "America/Havana",      "America/Santiago",  "America/Sao_Paulo",
  "America/Nuuk",        "America/Adak",      "Australia/Lord_Howe",
  "Australia/Sydney",    "Pacific/Auckland",  "Pacific/Chatham",
  "Pacific/Apia",        "Pacific/Kwajalein", "Pacific/Kiritimati",
  "Antarctica/Troll",    "Africa/Casablanca", "Africa/Cairo",
  "Asia/Beirut",         "Asia/Gaza",         "Asia/Tehran",
  "Asia/Kathmandu",      "Asia/Jerusalem",    "Europe/Chisinau",
  "Asia/Pyongyang",      "Etc/GMT+12",        "Etc/UTC",
  "America/Los_Angeles", "Antarctica/Casey",
};
