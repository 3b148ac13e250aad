/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-report-words.h"
#include "trk-report.h"

G_BEGIN_DECLS

/* The parts of a page that day and week share; each adds nothing where there is nothing to say. */
void trk_section_title (GString *page, const TrkReport *report, const TrkStyle *style);
/* What is unverified or unknown, and since when time is kept: nothing where there is nothing to
 * say. The headline has it. */
void trk_section_caveats (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_headline (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_time (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_blocks (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_stretches (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_breaks (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_tasks (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_projects (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_metrics (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_goals (GString *page, const TrkReport *report, const TrkStyle *style);
void trk_section_findings (GString *page, const TrkReport *report, const TrkStyle *style);

/* All of them from time to findings. */
void trk_sections (GString *page, const TrkReport *report, const TrkStyle *style);

G_END_DECLS
