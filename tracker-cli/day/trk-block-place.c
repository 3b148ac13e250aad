/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-block-place.h"

#include "trk-agenda-note.h"
#include "trk-format.h"
#include "trk-paths.h"
#include "trk-schedule.h"

#include <string.h>

/* Is @id that of the event, of an instance of it ("@…"), or of a piece of one ("#2")? */
static gboolean
is_of (const char *id, const char *event)
{
  const char *rest = g_str_has_prefix (id, event) ? id + strlen (event) : NULL;

  return rest != NULL && (*rest == '\0' || *rest == '@' || *rest == '#');
}

/* "It", or @dated "On Mon 23 Nov it". */
static char *
it_of (TrkSession *session, const TrkSqueeze *squeeze, gboolean dated)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  TrkDay day = trk_zone_local (almanac.zone, squeeze->lost.start).day;
  g_autofree char *date = trk_format_day_short (day, today);

  return dated ? g_strdup_printf ("On %s it", date) : g_strdup ("It");
}

static void
say_squeeze (TrkSession *session, const TrkSqueeze *squeeze, gboolean dated)
{
  g_autofree char *taken =
      trk_format_span (trk_session_zone (session), trk_agenda_squeeze_taken (squeeze));
  g_autofree char *reason = trk_agenda_squeeze_reason (squeeze);
  g_autofree char *it = it_of (session, squeeze, dated);

  if (squeeze->whole)
    trk_session_say (session, "%s has no place in the plan: %s has that time (%s)", it,
                     squeeze->by->title, reason);
  else
    trk_session_say (session, "%s is cut in the plan: %s goes to %s (%s)", it, taken,
                     squeeze->by->title, reason);
}

/* The same from the other side: what it takes. */
static void
say_taken (TrkSession *session, const TrkSqueeze *squeeze, gboolean dated)
{
  g_autofree char *taken =
      trk_format_span (trk_session_zone (session), trk_agenda_squeeze_taken (squeeze));
  g_autofree char *reason = trk_agenda_squeeze_reason (squeeze);
  g_autofree char *it = it_of (session, squeeze, dated);

  if (squeeze->whole)
    trk_session_say (session, "%s leaves %s no place in the plan (%s)%s", it, squeeze->block->title,
                     reason, squeeze->owed ? "; that break is owed" : "");
  else
    trk_session_say (session, "%s cuts %s in the plan, which gives way %s (%s)", it,
                     squeeze->block->title, taken, reason);
}

/* What gave way in the plan of @period, read anew: the file has just changed. NULL: not known. */
static GArray *
squeezed_in (TrkSession *session, TrkPeriod period)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *index_path = trk_path_index ();
  TrkConfig *config = trk_session_config (session, NULL);
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL);
  GArray *squeezed = NULL;

  if (config != NULL)
    records =
        trk_schedule_records (config, index_path, store, period, trk_session_zone (session),
                              trk_session_now (session), FALSE, &squeezed, NULL, warnings, NULL);
  return squeezed;
}

void
trk_block_place_say (
    TrkSession *session, const char *calendar, const char *uid, TrkPeriod period, gboolean many)
{
  g_autofree char *event = g_strdup_printf ("%s/%s", calendar, uid);
  g_autoptr (GArray) squeezed = NULL;
  gboolean dated = many || trk_period_length (period) >= 24 * TRK_HOUR;

  if (period.end <= trk_session_now (session) && !many)
    {
      trk_session_say (session, "It is over already: nothing will be announced. What happened "
                                "belongs into the log: tracker log add");
      return;
    }
  squeezed = squeezed_in (session, period);
  for (guint i = 0; squeezed != NULL && i < squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = &g_array_index (squeezed, TrkSqueeze, i);

      if (!trk_period_overlaps (squeeze->lost, period))
        continue;
      if (is_of (squeeze->block->id, event))
        say_squeeze (session, squeeze, dated);
      else if (is_of (squeeze->by->id, event))
        say_taken (session, squeeze, dated);
    }
}
