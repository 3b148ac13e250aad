/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-diagnostic-text.h"

#include "trk-calendar-url.h"

#include <string.h>

char *
trk_diagnostic_text (const TrkDiagnostic *diagnostic)
{
  const char *name = diagnostic->calendar, *file = diagnostic->file;
  g_autofree char *whole = trk_diagnostic_format (diagnostic);

  if (name == NULL || !trk_calendar_url_is_copy (file))
    return g_steal_pointer (&whole);
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return g_strdup_printf ("%s: nothing has been fetched yet; to try it: tracker calendar sync %s",
                            name, name);
  return g_strconcat (name, whole + strlen (file), NULL);
}
