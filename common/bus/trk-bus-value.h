/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values as they lie in D-Bus messages (D-Bus specification, "Marshaling"): each aligned to its own
 * size, counted from the first byte of the message. GIO does the same, but takes most of a
 * millisecond to load, and a live verb has not much more. */

/* Bytes that came from somebody else: nothing in them is believed. */
typedef struct
{
  const guint8 *bytes;
  gsize length;
  gsize at;
  gboolean little; /* the order of bytes of whoever wrote them */
  guint depth;     /* of what is being read */
} TrkBusReader;

/* A list of complete types as D-Bus has them: no "maybe", no empty structure. */
gboolean trk_bus_is_signature (const char *text);

/* The next value, which must be of @type: a type of D-Bus, definite. NULL when the bytes are no
 * such value, or too few. The order is the machine's own afterwards. Floating. */
GVariant *trk_bus_read_value (TrkBusReader *reader, const GVariantType *type);
/* Skips padding up to the next multiple of @alignment; FALSE when it is not all zeroes. */
gboolean trk_bus_read_padding (TrkBusReader *reader, gsize alignment);

/* Appends @value, in the machine's own order of bytes. @value is of types that D-Bus has. */
void trk_bus_put_value (GByteArray *bytes, GVariant *value);
void trk_bus_put_padding (GByteArray *bytes, gsize alignment);

G_END_DECLS
