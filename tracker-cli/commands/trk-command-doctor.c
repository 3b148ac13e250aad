/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-doctor.h"
#include "trk-error.h"
#include "trk-json-print.h"
#include "trk-text.h"
#include "trk-wrap.h"

/* tracker doctor: names each part and proves that it works. */

enum
{
  TEXT_AT = 18,    /* column at which the texts begin */
  LEAST_TEXT = 24, /* columns that they need there */
  MARK_AT = 4      /* else they stand below their part */
};

static void
print_json (TrkSession *session, const GPtrArray *findings)
{
  static const char *const states[] = { "ok", "warning", "failed" };
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const TrkFinding *finding = g_ptr_array_index (findings, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "part", finding->part);
      trk_json_string (builder, "state", states[finding->health]);
      trk_json_string (builder, "text", finding->text);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

static void
print_finding (TrkSession *session, const TrkFinding *finding)
{
  static const char *const marks[] = { "✓", "!", "✗" };
  static const TrkPaint paints[] = { TRK_PAINT_GOOD, TRK_PAINT_WARN, TRK_PAINT_BAD };
  const TrkStyle *style = trk_session_style (session);
  gboolean wide = style->columns >= TEXT_AT + LEAST_TEXT;
  g_autofree char *wrapped =
      trk_wrap (finding->text, MIN (style->columns, 100), wide ? TEXT_AT : MARK_AT);
  g_autofree char *text = trk_style_text (style, wrapped);
  g_autofree char *sign = trk_style_text (style, marks[finding->health]);
  g_autofree char *mark = trk_text_fit (sign, style->unicode ? 1 : 2);
  g_autofree char *painted = trk_style_paint (style, paints[finding->health], mark);

  if (wide)
    fprintf (trk_session_out (session), " %s %-*s%s", painted, TEXT_AT - 3, finding->part,
             text + TEXT_AT);
  else
    fprintf (trk_session_out (session), " %s %s\n%s", painted, finding->part, text);
}

static gboolean
run_doctor (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) findings = trk_doctor_examine (session);
  guint bad = 0;

  for (guint i = 0; i < findings->len; i++)
    bad += ((TrkFinding *) g_ptr_array_index (findings, i))->health == TRK_HEALTH_BAD;
  if (trk_session_json (session))
    print_json (session, findings);
  else
    for (guint i = 0; i < findings->len; i++)
      print_finding (session, g_ptr_array_index (findings, i));
  if (bad == 0)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "%u of %u parts do not work", bad,
               findings->len);
  return FALSE;
}

static const TrkOption options[] = { TRK_OPTION_JSON, { NULL } };

const TrkCommand trk_commands_doctor[] = {
  { "doctor", "", 0, 0, "Try every part and say what works",
    "Reads the configuration and the calendars, asks the daemon, shows a test notice, checks the "
    "log. ✓ works, ! could be better, ✗ does not work; then the exit status is 1.\n\n"
    "JSON: an array of part, state (ok, warning, failed), text.",
    options, run_doctor },
  { NULL },
};
