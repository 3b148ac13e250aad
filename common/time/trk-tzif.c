/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-tzif.h"

#include "trk-tz-rule.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  HEADER_LENGTH = 44,
  MAX_FILE = 256 * 1024, /* the largest of today are 4 KiB */
  LEAST_OFFSET = -26 * 3600,
  MOST_OFFSET = 26 * 3600,
};

typedef struct
{
  gint64 from; /* seconds since 1970, of UTC */
  gint32 offset;
} Change;

struct _TrkTzif
{
  Change *changes; /* ascending; the first stands for all time before (owned) */
  guint n;         /* at least 1, unless the rule is everything */
  gboolean has_rule;
  TrkTzRule rule; /* after the last change */
};

/* The counts of a TZif header, in its order. */
typedef struct
{
  guint version; /* 1, 2 … */
  guint32 ut_marks, standard_marks, leaps, times, types, characters;
} Header;

static gint64
read_number (const guint8 *bytes, gsize width)
{
  guint64 value = bytes[0] & 0x80 ? G_MAXUINT64 : 0;

  for (gsize i = 0; i < width; i++)
    value = value << 8 | bytes[i];
  return (gint64) value;
}

static gboolean
read_header (const guint8 *bytes, gsize length, Header *header)
{
  guint32 *counts[] = { &header->ut_marks, &header->standard_marks, &header->leaps,
                        &header->times,    &header->types,          &header->characters };

  if (length < HEADER_LENGTH || memcmp (bytes, "TZif", 4) != 0)
    return FALSE;
  header->version = bytes[4] == '\0' ? 1 : bytes[4] - '0';
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      *counts[i] = (guint32) read_number (bytes + 20 + 4 * i, 4);
      if (*counts[i] > MAX_FILE)
        return FALSE;
    }
  return header->types > 0;
}

static gsize
data_length (const Header *header, gsize width)
{
  return header->times * (width + 1) + header->types * 6 + header->characters
         + header->leaps * (width + 4) + header->standard_marks + header->ut_marks;
}

/* The offset of one of the types. */
static gboolean
read_type (const guint8 *types, const Header *header, guint index, gint32 *offset)
{
  if (index >= header->types)
    return FALSE;
  *offset = (gint32) read_number (types + index * 6, 4);
  return *offset >= LEAST_OFFSET && *offset <= MOST_OFFSET;
}

/* @width: of a time, 4 in the data of version 1, else 8. */
static gboolean
read_changes (TrkTzif *tzif, const guint8 *data, const Header *header, gsize width)
{
  const guint8 *indices = data + header->times * width;
  const guint8 *types = indices + header->times;

  tzif->n = header->times + 1;
  tzif->changes = g_new (Change, tzif->n);
  tzif->changes[0].from = G_MININT64;
  if (!read_type (types, header, 0, &tzif->changes[0].offset))
    return FALSE;
  for (guint i = 0; i < header->times; i++)
    {
      Change *change = &tzif->changes[i + 1];

      change->from = read_number (data + i * width, width);
      if (i > 0 && change->from <= change[-1].from)
        return FALSE;
      if (!read_type (types, header, indices[i], &change->offset))
        return FALSE;
    }
  return TRUE;
}

/* The last line, between two newlines; an empty one says nothing about the future. */
static gboolean
read_footer (TrkTzif *tzif, const guint8 *footer, gsize length)
{
  const guint8 *end = length > 1 ? memchr (footer + 1, '\n', length - 1) : NULL;
  g_autofree char *rule = NULL;

  if (end == NULL || footer[0] != '\n')
    return FALSE;
  if (end == footer + 1)
    return TRUE;
  rule = g_strndup ((const char *) footer + 1, end - footer - 1);
  tzif->has_rule = trk_tz_rule_parse (rule, &tzif->rule);
  return tzif->has_rule;
}

static gboolean
read_all (TrkTzif *tzif, const guint8 *bytes, gsize length)
{
  Header header;
  gsize skip;

  if (!read_header (bytes, length, &header))
    return FALSE;
  skip = HEADER_LENGTH + data_length (&header, 4);
  if (skip > length)
    return FALSE;
  if (header.version < 2)
    return read_changes (tzif, bytes + HEADER_LENGTH, &header, 4);
  bytes += skip;
  length -= skip;
  if (!read_header (bytes, length, &header))
    return FALSE;
  skip = HEADER_LENGTH + data_length (&header, 8);
  return skip <= length && read_changes (tzif, bytes + HEADER_LENGTH, &header, 8)
         && read_footer (tzif, bytes + skip, length - skip);
}

TrkTzif *
trk_tzif_new (const guint8 *bytes, gsize length)
{
  g_autoptr (TrkTzif) tzif = g_new0 (TrkTzif, 1);

  return read_all (tzif, bytes, length) ? g_steal_pointer (&tzif) : NULL;
}

TrkTzif *
trk_tzif_new_from_file (const char *path)
{
  g_autofree guint8 *bytes = NULL;
  TrkTzif *tzif = NULL;
  struct stat status;
  /* O_NONBLOCK: TZ may name a FIFO. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_size <= MAX_FILE)
    {
      bytes = g_malloc ((gsize) status.st_size + 1);
      if (read (fd, bytes, (gsize) status.st_size) == status.st_size)
        tzif = trk_tzif_new (bytes, (gsize) status.st_size);
    }
  close (fd);
  return tzif;
}

TrkTzif *
trk_tzif_new_from_rule (const char *rule)
{
  g_autoptr (TrkTzif) tzif = g_new0 (TrkTzif, 1);

  tzif->has_rule = trk_tz_rule_parse (rule, &tzif->rule);
  return tzif->has_rule ? g_steal_pointer (&tzif) : NULL;
}

void
trk_tzif_free (TrkTzif *tzif)
{
  if (tzif == NULL)
    return;
  g_free (tzif->changes);
  g_free (tzif);
}

/* The last change at or before @seconds. */
static guint
find_change (const TrkTzif *tzif, gint64 seconds)
{
  guint low = 0, high = tzif->n;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (tzif->changes[middle].from <= seconds)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* The offset in force at @instant, and before @until. */
static TrkDuration
offset_until (const TrkTzif *tzif, TrkInstant instant, TrkInstant *until)
{
  gint64 seconds = instant / TRK_SECOND - (instant % TRK_SECOND < 0 ? 1 : 0);
  guint found = tzif->n > 0 ? find_change (tzif, seconds) : 0;

  if (tzif->has_rule && found + 1 >= tzif->n)
    return trk_tz_rule_offset (&tzif->rule, instant, until);
  if (found + 1 == tzif->n
      || __builtin_mul_overflow (tzif->changes[found + 1].from, TRK_SECOND, until))
    *until = TRK_NEVER;
  return tzif->changes[found].offset * TRK_SECOND;
}

TrkDuration
trk_tzif_offset (const TrkTzif *tzif, TrkInstant instant)
{
  TrkInstant until;

  return offset_until (tzif, instant, &until);
}

gboolean
trk_tzif_is_steady (const TrkTzif *tzif, TrkPeriod period, TrkDuration *offset)
{
  TrkInstant until;

  *offset = offset_until (tzif, period.start, &until);
  return period.end <= until;
}
