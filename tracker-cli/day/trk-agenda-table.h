/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-agenda.h"

G_BEGIN_DECLS

/* The rows of an agenda for a terminal, as far as that is wide: columns stand below each other over
 * all of its days, and what has no room goes below its row. */
typedef struct _TrkAgendaTable TrkAgendaTable;

/* Measures all rows. What is added goes to @out; all three are borrowed and must outlive it. */
TrkAgendaTable *trk_agenda_table_new (const TrkAgenda *agenda, const TrkStyle *style, GString *out);
void trk_agenda_table_free (TrkAgendaTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkAgendaTable, trk_agenda_table_free)

/* The column at which titles begin, from 0. */
gsize trk_agenda_table_title_at (const TrkAgendaTable *table);

/* A day's name and what the columns are. */
void trk_agenda_table_add_heading (TrkAgendaTable *table, TrkDay day);

/* That of the agenda's rows, with its note. */
void trk_agenda_table_add_row (TrkAgendaTable *table, guint row);

/* @lines (not painted, as @style can show them) below each other, each at column @at. */
void
trk_agenda_add_lines (GString *out, const TrkStyle *style, char **lines, gsize at, TrkPaint paint);

G_END_DECLS
