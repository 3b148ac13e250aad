/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report-chart.h"
#include "trk-report-sections.h"

char *
trk_report_week (const TrkReport *report, const TrkStyle *style)
{
  GString *page = g_string_new (NULL);

  trk_section_title (page, report, style);
  trk_section_headline (page, report, style);
  if (!trk_figures_is_empty (report->figures))
    {
      trk_chart (page, report, style);
      g_string_append_c (page, '\n');
      trk_sections (page, report, style);
    }
  return trk_words_finish (page, style);
}
