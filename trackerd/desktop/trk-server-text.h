/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-notice.h"

G_BEGIN_DECLS

/* What a notification server says that it can do (Desktop Notifications Specification 1.2, "Server
 * capabilities"), as far as it changes our texts. */
typedef struct
{
  gboolean actions;     /* shows buttons */
  gboolean body;        /* shows a body at all */
  gboolean body_markup; /* reads <b> and &amp; in the body */
} TrkServerCapabilities;

/* The summary: plain, one line, valid UTF-8, bounded, never empty (libnotify asks for that); a
 * server without bodies gets the body here. Owned by the caller. */
char *trk_server_text_summary (const TrkNotice *notice, const TrkServerCapabilities *capabilities);

/* The body, valid and bounded, so that the server shows it as it was typed: escaped where it reads
 * markup; where it does not, "<" and ">" become "‹" and "›", because some drop what looks like a
 * tag without saying that they do. Without buttons it ends in the commands that do the same. Owned
 * by the caller. */
char *trk_server_text_body (const TrkNotice *notice, const TrkServerCapabilities *capabilities);

/* A short name for the notice's key that is safe as a hint: what replaces what on servers that go
 * by tag. Owned by the caller. */
char *trk_server_text_tag (const TrkNotice *notice);

G_END_DECLS
