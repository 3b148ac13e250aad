/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar.h"

TrkCalendar *
trk_calendar_new (const char *name, const char *path)
{
  TrkCalendar *calendar = g_new0 (TrkCalendar, 1);

  calendar->name = g_strdup (name);
  calendar->path = g_strdup (path);
  return calendar;
}

void
trk_calendar_free (TrkCalendar *calendar)
{
  if (calendar == NULL)
    return;
  g_free (calendar->name);
  g_free (calendar->path);
  g_free (calendar->url);
  g_free (calendar->user);
  g_free (calendar->password_file);
  g_free (calendar->ca_file);
  g_free (calendar);
}

void
trk_diagnostic_free (TrkDiagnostic *diagnostic)
{
  if (diagnostic == NULL)
    return;
  g_free (diagnostic->calendar);
  g_free (diagnostic->file);
  g_free (diagnostic->property);
  g_free (diagnostic->reason);
  g_free (diagnostic);
}

char *
trk_diagnostic_format (const TrkDiagnostic *diagnostic)
{
  GString *out = g_string_new (diagnostic->file);

  if (diagnostic->line > 0)
    g_string_append_printf (out, ":%u", diagnostic->line);
  if (diagnostic->property != NULL)
    g_string_append_printf (out, ": %s", diagnostic->property);
  g_string_append_printf (out, ": %s", diagnostic->reason);
  if (diagnostic->left_out == 1) /* of more the reason tells the number */
    g_string_append (out,
                     diagnostic->line > 0 ? "; this event is left out" : "; nothing of it is read");
  return g_string_free (out, FALSE);
}
