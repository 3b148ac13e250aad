/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-component.h"

G_BEGIN_DECLS

/* The http(s) address at which the people of @component (a VEVENT) meet: what CONFERENCE (RFC 7986
 * 5.11), Google, Teams or Skype name, else the first address of a known service in LOCATION, URL,
 * DESCRIPTION and Outlook's HTML. Addresses that Outlook rewrote for its protection are read back.
 * NULL: none. Owned by the caller. */
char *trk_conference_find (const TrkComponent *component);

G_END_DECLS
