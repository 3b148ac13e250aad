/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-change.h"

#include "trk-error.h"
#include "trk-ics-times.h"

#include <string.h>

static TrkIcsEdit *
edit_of (const TrkIcsSeries *series)
{
  return trk_ics_edit_new (series->file->bytes, series->file->length);
}

/* The event that holds @occurrence alone: the only one, or its override; NULL: only a rule. */
static TrkIcsMember *
own_event (const TrkIcsSeries *series, const TrkOccurrence *occurrence)
{
  if (occurrence->recurrence_id == NULL)
    return series->master != NULL ? series->master : g_ptr_array_index (series->members, 0);
  return trk_ics_series_instance (series, occurrence->recurrence_id);
}

static gboolean
no_master (GError **error)
{
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_INVALID,
                       "the file does not hold the series that this belongs to; nothing was "
                       "changed");
  return FALSE;
}

/* Changes that hold from an instance on cannot be copied into an override of one. */
static gboolean
has_range (const TrkIcsSeries *series)
{
  for (guint i = 0; i < series->members->len; i++)
    {
      const TrkIcsMember *member = g_ptr_array_index (series->members, i);

      if (member->id != NULL && trk_content_line_param (member->id->content, "RANGE") != NULL)
        return TRUE;
    }
  return FALSE;
}

/* -- One --------------------------------------------------------------------------------------- */

/* Where @occurrence stood by the rule, as the master writes times; in UTC when its clock cannot.
 * "NAME;TZID=Europe/Berlin:20261123T090000", owned by the caller; NULL with @error. */
static char *
original_line (const TrkIcsSeries *series,
               const TrkOccurrence *occurrence,
               const char *name,
               GError **error)
{
  const TrkIcsClock *clock = series->clock;
  g_autofree char *head = trk_ics_clock_head (clock, name);
  g_autofree char *value = NULL;
  TrkIcsTime time;

  if (!trk_ics_time_read (occurrence->recurrence_id, &time))
    {
      trk_ics_refuse (series->master, "its instances cannot be named", error);
      return NULL;
    }
  if (time.form != TRK_ICS_UTC) /* floating or a date, as the master is */
    return g_strconcat (head, ":", occurrence->recurrence_id, NULL);
  value = trk_ics_clock_write (clock, trk_local_to_wall (time.local));
  if (value != NULL && clock->form != TRK_ICS_DATE)
    return g_strconcat (head, ":", value, NULL);
  return g_strconcat (name, ":", occurrence->recurrence_id, NULL);
}

/* The master's event as that of one instance: without its rules, at another time. */
static GString *
override_text (const TrkIcsSeries *series,
               const TrkOccurrence *occurrence,
               TrkPeriod wanted,
               GError **error)
{
  static const char *const gone[] = { "RRULE", "RDATE", "EXDATE", "EXRULE", NULL };
  const TrkIcsMember *master = series->master;
  const TrkIcsMember as_instance = { master->event, master->lines,
                                     trk_ics_line_named (master->lines, "DTSTART") };
  g_autoptr (TrkIcsEdit) edit = edit_of (series);
  g_autofree char *id = original_line (series, occurrence, "RECURRENCE-ID", error);

  if (id == NULL)
    return NULL;
  for (guint i = 0; i < master->lines->len; i++)
    {
      const TrkIcsLine *line = g_ptr_array_index (master->lines, i);

      if (line->content != NULL && g_strv_contains (gone, line->content->name))
        trk_ics_edit_replace (edit, line->offset, line->behind - line->offset, "");
    }
  if (!trk_ics_set_times (series, edit, &as_instance, occurrence->period, wanted, error))
    return NULL;
  trk_ics_set_line (series, edit, NULL, as_instance.id, id);
  trk_ics_set_stamps (series, edit, &as_instance);
  return trk_ics_edit_apply (edit, master->event->begin, master->event->behind);
}

static GString *
add_override (const TrkIcsSeries *series,
              const TrkOccurrence *occurrence,
              TrkPeriod wanted,
              GError **error)
{
  g_autoptr (TrkIcsEdit) edit = edit_of (series);
  g_autoptr (GString) text = NULL;

  if (has_range (series))
    {
      trk_ics_refuse (series->master,
                      "the series was changed from one instance on "
                      "(RANGE=THISANDFUTURE), which is not copied",
                      error);
      return NULL;
    }
  text = override_text (series, occurrence, wanted, error);
  if (text == NULL)
    return NULL;
  trk_ics_edit_insert (edit, series->master->event->behind, text);
  return trk_ics_finish (series, edit, error);
}

GString *
trk_ics_move (const TrkIcsSeries *series,
              const TrkOccurrence *occurrence,
              TrkPeriod wanted,
              GError **error)
{
  const TrkIcsMember *own = own_event (series, occurrence);
  g_autoptr (TrkIcsEdit) edit = edit_of (series);

  if (own == NULL && series->master == NULL)
    return no_master (error), NULL;
  if (own == NULL)
    return add_override (series, occurrence, wanted, error);
  if (own->id != NULL && trk_content_line_param (own->id->content, "RANGE") != NULL)
    return trk_ics_refuse (own, "it changes all that follow (RANGE=THISANDFUTURE)", error), NULL;
  if (!trk_ics_set_times (series, edit, own, occurrence->period, wanted, error))
    return NULL;
  trk_ics_set_stamps (series, edit, own);
  return trk_ics_finish (series, edit, error);
}

/* -- Removing ---------------------------------------------------------------------------------- */

static void
cut_event (TrkIcsEdit *edit, const TrkIcsMember *member)
{
  const TrkIcsEvent *event = member->event;

  trk_ics_edit_replace (edit, event->begin, event->behind - event->begin, "");
}

/* The last line that says when the series happens, behind which an EXDATE stands well. */
static const TrkIcsLine *
last_of_rules (const TrkIcsMember *master)
{
  static const char *const names[] = { "DTSTART", "RRULE", "RDATE", "EXDATE", NULL };
  const TrkIcsLine *last = NULL;

  for (guint i = 0; i < master->lines->len; i++)
    {
      const TrkIcsLine *line = g_ptr_array_index (master->lines, i);

      if (line->content != NULL && g_strv_contains (names, line->content->name))
        last = line;
    }
  return last;
}

GString *
trk_ics_remove (const TrkIcsSeries *series, const TrkOccurrence *occurrence, GError **error)
{
  TrkIcsMember *own = own_event (series, occurrence);
  g_autoptr (TrkIcsEdit) edit = edit_of (series);
  g_autofree char *exception = NULL;

  if (own == NULL && series->master == NULL)
    return no_master (error), NULL;
  if (own != NULL && own->id != NULL && trk_content_line_param (own->id->content, "RANGE") != NULL)
    return trk_ics_refuse (own, "it changes all that follow (RANGE=THISANDFUTURE)", error), NULL;
  if (own != NULL)
    cut_event (edit, own);
  if (series->master == NULL || own == series->master)
    return trk_ics_finish (series, edit, error);
  exception = original_line (series, occurrence, "EXDATE", error);
  if (exception == NULL)
    return NULL;
  trk_ics_set_line (series, edit, NULL, last_of_rules (series->master), exception);
  trk_ics_set_stamps (series, edit, series->master);
  return trk_ics_finish (series, edit, error);
}

GString *
trk_ics_remove_all (const TrkIcsSeries *series, GError **error)
{
  g_autoptr (TrkIcsEdit) edit = edit_of (series);

  for (guint i = 0; i < series->members->len; i++)
    cut_event (edit, g_ptr_array_index (series->members, i));
  return trk_ics_finish (series, edit, error);
}
