/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-fingerprint.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

struct _TrkFingerprint
{
  XXH3_state_t state;
};

guint64
trk_fingerprint (const char *bytes, gsize length)
{
  return MAX (XXH3_64bits (bytes, length), 1);
}

TrkFingerprint *
trk_fingerprint_new (void)
{
  TrkFingerprint *print = g_aligned_alloc0 (1, sizeof *print, G_ALIGNOF (TrkFingerprint));

  XXH3_64bits_reset (&print->state);
  return print;
}

void
trk_fingerprint_add (TrkFingerprint *print, const char *bytes, gsize length)
{
  XXH3_64bits_update (&print->state, bytes, length);
}

guint64
trk_fingerprint_end (TrkFingerprint *print)
{
  guint64 number = XXH3_64bits_digest (&print->state);

  g_aligned_free (print);
  return MAX (number, 1);
}
