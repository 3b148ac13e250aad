/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Recurrence rules of vCalendar 1.0 (versit, 1996), which phones and old organisers wrote: "W2 TU
 * TH #8", "MP1 1+ FR 20261231T000000Z". They are told from RFC 5545's by their form. */
gboolean trk_vcal_rule_is (const char *text);

/* The same as a rule of RFC 5545, owned by the caller. "#8" becomes COUNT=8, as every program that
 * wrote such rules meant it, "#0" for ever, and nothing at all COUNT=2 (the specification's
 * default). Rules in rules ("MP1 1+ FR D1 #5") and times of day that are no product of hours and
 * minutes are TRK_ERROR_INVALID, in words. */
char *trk_vcal_rule_translate (const char *text, GError **error);

G_END_DECLS
