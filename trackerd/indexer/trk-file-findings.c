/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file-findings.h"

#include "trk-text.h"

enum
{
  MAX_FINDINGS = 100,
  MAX_REASON = 300 /* characters */
};

TrkFileFindings *
trk_file_findings_new (const char *calendar, const char *file)
{
  TrkFileFindings *findings = g_new0 (TrkFileFindings, 1);

  findings->calendar = g_strdup (calendar);
  findings->file = g_strdup (file);
  findings->list = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_diagnostic_free);
  findings->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return findings;
}

void
trk_file_findings_free (TrkFileFindings *findings)
{
  if (findings == NULL)
    return;
  g_free (findings->calendar);
  g_free (findings->file);
  g_ptr_array_unref (findings->list);
  g_hash_table_unref (findings->seen);
  g_free (findings);
}

static TrkDiagnostic *
diagnostic_new (const TrkFileFindings *findings, guint line, const char *reason, guint left_out)
{
  TrkDiagnostic *diagnostic = g_new0 (TrkDiagnostic, 1);

  diagnostic->calendar = g_strdup (findings->calendar);
  diagnostic->file = g_strdup (findings->file);
  diagnostic->line = line;
  diagnostic->reason = trk_text_line (reason, MAX_REASON);
  diagnostic->left_out = left_out;
  return diagnostic;
}

void
trk_file_findings_add (TrkFileFindings *findings,
                       guint line,
                       const char *property,
                       guint left_out,
                       const char *format,
                       ...)
{
  g_autofree char *reason = NULL;
  TrkDiagnostic *diagnostic;
  va_list arguments;

  if (findings->list->len >= MAX_FINDINGS)
    {
      if (findings->more++ == 0)
        findings->more_line = line;
      findings->more_left_out += left_out;
      return;
    }
  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (!g_hash_table_add (findings->seen,
                         g_strdup_printf ("%u %s %s", line, property ? property : "", reason)))
    return;
  diagnostic = diagnostic_new (findings, line, reason, left_out);
  diagnostic->property = g_strdup (property);
  g_ptr_array_add (findings->list, diagnostic);
}

guint
trk_file_findings_count (const TrkFileFindings *findings)
{
  return findings->list->len + findings->more;
}

/* "1,234" whatever the locale. */
static char *
grouped (guint number)
{
  if (number < 1000)
    return g_strdup_printf ("%u", number);
  if (number < 1000000)
    return g_strdup_printf ("%u,%03u", number / 1000, number % 1000);
  return g_strdup_printf ("%u,%03u,%03u", number / 1000000, number / 1000 % 1000, number % 1000);
}

TrkDiagnostic *
trk_file_findings_rest (const TrkFileFindings *findings)
{
  g_autofree char *more = grouped (findings->more);
  g_autofree char *left_out = grouped (findings->more_left_out);
  g_autofree char *reason =
      g_strdup_printf ("and %s more from here on, %s left out", more, left_out);

  if (findings->more == 0)
    return NULL;
  return diagnostic_new (findings, findings->more_line, reason, findings->more_left_out);
}
