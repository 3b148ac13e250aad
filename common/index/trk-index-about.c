/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-about.h"

#include <string.h>

/* What of it is kept: the numbers, as they lie in memory. Behind them lie the leads, and then the
 * strings, each with its end. */
#define HEAD_SIZE (G_STRUCT_OFFSET (TrkIndexAbout, n_leads) + sizeof (guint16))

/* Of days that are added to a wall clock. */
#define MOST_DAYS (G_MAXINT64 / (24 * TRK_HOUR))

static const gsize texts[TRK_INDEX_TEXTS] = {
  G_STRUCT_OFFSET (TrkOccurrence, summary),  G_STRUCT_OFFSET (TrkOccurrence, description),
  G_STRUCT_OFFSET (TrkOccurrence, location), G_STRUCT_OFFSET (TrkOccurrence, link),
  G_STRUCT_OFFSET (TrkOccurrence, kind),
};

static const gsize lists[TRK_INDEX_LISTS] = {
  G_STRUCT_OFFSET (TrkOccurrence, categories),
  G_STRUCT_OFFSET (TrkOccurrence, attendees),
  G_STRUCT_OFFSET (TrkOccurrence, declined),
};

/* -- Writing ----------------------------------------------------------------------------------- */

static void
add_string (GByteArray *value, const char *string)
{
  g_byte_array_append (value, (const guint8 *) string, (guint) strlen (string) + 1);
}

static guint16
add_text (GByteArray *value, const char *text)
{
  if (text == NULL)
    return 0;
  add_string (value, text);
  return 1;
}

static guint16
add_list (GByteArray *value, const GStrv list)
{
  guint16 n = 0;

  for (; list != NULL && list[n] != NULL && n < G_MAXUINT16; n++)
    add_string (value, list[n]);
  return n;
}

static guint16
add_leads (GByteArray *value, const GArray *leads)
{
  const guint n = leads != NULL ? MIN (leads->len, G_MAXUINT16) : 0;

  if (n > 0)
    g_byte_array_append (value, (const guint8 *) leads->data, n * (guint) sizeof (TrkDuration));
  return (guint16) n;
}

GByteArray *
trk_index_about_write (const TrkIndexEvent *event)
{
  const TrkOccurrence *of = event->about;
  GByteArray *value = g_byte_array_sized_new (512);
  TrkIndexAbout about = { .anchor = event->anchor,
                          .exact = event->exact,
                          .days = event->days,
                          .by_date = event->by_date != 0,
                          .all_day = of->all_day != 0,
                          .floating = of->floating != 0,
                          .transparent = of->transparent != 0,
                          .is_private = of->is_private != 0,
                          .status = (guint8) of->status };

  g_byte_array_set_size (value, HEAD_SIZE);
  about.n_leads = add_leads (value, of->leads);
  for (guint i = 0; i < TRK_INDEX_TEXTS; i++)
    about.counts[i] = add_text (value, G_STRUCT_MEMBER (const char *, of, texts[i]));
  for (guint i = 0; i < TRK_INDEX_LISTS; i++)
    about.counts[TRK_INDEX_TEXTS + i] = add_list (value, G_STRUCT_MEMBER (GStrv, of, lists[i]));
  memcpy (value->data, &about, HEAD_SIZE);
  return value;
}

/* -- Reading ----------------------------------------------------------------------------------- */

gboolean
trk_index_about_read (gconstpointer value, gsize size, TrkIndexAbout *about)
{
  gsize leads;

  if (value == NULL || size <= HEAD_SIZE)
    return FALSE;
  memcpy (about, value, HEAD_SIZE);
  leads = about->n_leads * sizeof (TrkDuration);
  about->behind = (const guint8 *) value + HEAD_SIZE;
  about->size = size - HEAD_SIZE;
  return about->size > leads && about->behind[about->size - 1] == '\0'
         && about->status <= TRK_STATUS_CANCELLED && about->counts[0] == 1
         && about->days <= MOST_DAYS && about->days >= -MOST_DAYS;
}

/* A piece of memory for strings, and for the pointers of lists. */
typedef struct
{
  char *at;
  char **pointers;
  const char *end;
} Room;

static char *
put (Room *room, const char *string)
{
  char *begin = room->at;

  if (string == NULL)
    return NULL;
  room->at = stpcpy (begin, string) + 1;
  return begin;
}

/* The next of the strings that lie there already; NULL when there is none. */
static char *
next (Room *room)
{
  char *begin = room->at;

  if (begin >= room->end)
    return NULL;
  room->at = begin + strlen (begin) + 1;
  return begin;
}

static gboolean
take_texts (TrkOccurrence *occurrence, const guint16 *counts, Room *room)
{
  for (guint i = 0; i < TRK_INDEX_TEXTS; i++)
    if (counts[i] > 0 && (G_STRUCT_MEMBER (char *, occurrence, texts[i]) = next (room)) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
take_lists (TrkOccurrence *occurrence, const guint16 *counts, Room *room)
{
  for (guint i = 0; i < TRK_INDEX_LISTS; i++)
    {
      if (counts[i] == 0)
        continue;
      G_STRUCT_MEMBER (GStrv, occurrence, lists[i]) = room->pointers;
      for (guint k = 0; k < counts[i]; k++)
        if ((*room->pointers++ = next (room)) == NULL)
          return FALSE;
      *room->pointers++ = NULL;
    }
  return TRUE;
}

static GArray *
take_leads (const TrkIndexAbout *about)
{
  GArray *leads = NULL;

  if (about->n_leads > 0)
    {
      leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
      g_array_append_vals (leads, about->behind, about->n_leads);
    }
  return leads;
}

/* How many pointers its lists are. */
static gsize
pointers_of (const TrkIndexAbout *about)
{
  gsize n = 0;

  for (guint i = TRK_INDEX_TEXTS; i < G_N_ELEMENTS (about->counts); i++)
    n += about->counts[i] > 0 ? about->counts[i] + 1u : 0;
  return n;
}

static gsize
size_of (const char *string)
{
  return string != NULL ? strlen (string) + 1 : 0;
}

static void
take_flags (TrkOccurrence *occurrence, const TrkIndexAbout *about)
{
  occurrence->all_day = about->all_day;
  occurrence->floating = about->floating;
  occurrence->transparent = about->transparent;
  occurrence->is_private = about->is_private;
  occurrence->status = about->status;
}

TrkOccurrence *
trk_index_about_occurrence (const TrkIndexAbout *about,
                            gint64 event,
                            const char *calendar,
                            const char *uid,
                            const char *recurrence_id,
                            gint64 **number)
{
  const gsize n_pointers = pointers_of (about), leads = about->n_leads * sizeof (TrkDuration);
  const gsize said = about->size - leads;
  g_autoptr (TrkOccurrence) occurrence = NULL;
  gpointer memory;
  Room room;

  occurrence = trk_occurrence_new_with_room (sizeof event + n_pointers * sizeof (char *) + said
                                                 + size_of (calendar) + size_of (uid)
                                                 + size_of (recurrence_id),
                                             &memory);
  *number = memory;
  **number = event;
  room.pointers = (char **) (*number + 1);
  room.at = (char *) (room.pointers + n_pointers);
  room.end = room.at + said;
  memcpy (room.at, about->behind + leads, said);
  if (!take_texts (occurrence, about->counts, &room)
      || !take_lists (occurrence, about->counts + TRK_INDEX_TEXTS, &room) || room.at != room.end)
    return NULL;
  occurrence->calendar = put (&room, calendar);
  occurrence->uid = put (&room, uid);
  occurrence->recurrence_id = put (&room, recurrence_id);
  occurrence->leads = take_leads (about);
  take_flags (occurrence, about);
  return g_steal_pointer (&occurrence);
}
