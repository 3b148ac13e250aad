/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers that stand for bytes of a calendar: other bytes, another number (but for one chance in
 * 2⁶⁴). XXH3, not a cryptographic hash: it is computed of every byte of every calendar, and one who
 * may write an event that is taken for another of its file could as well write that one. */

/* Never 0. */
guint64 trk_fingerprint (const char *bytes, gsize length);

/* The same of bytes that do not lie together. */
typedef struct _TrkFingerprint TrkFingerprint;

TrkFingerprint *trk_fingerprint_new (void);
void trk_fingerprint_add (TrkFingerprint *print, const char *bytes, gsize length);
/* Frees @print (taken). Never 0. */
guint64 trk_fingerprint_end (TrkFingerprint *print);

G_END_DECLS
