/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* The user's own calendar, as the demo finds it before it starts anything. */
typedef struct
{
  char *path;        /* absolute (owned) */
  gboolean has_next; /* something with a time of day is to come within a month */
  TrkDay next;       /* the first such day, from today on */
} TrkDemoCalendar;

/* Looks into the file or folder at @path; what is wrong with it goes to the session's err.
 * NOT_FOUND when there is none, FAILED when nothing in it can be used. */
TrkDemoCalendar *trk_demo_calendar_new (TrkSession *session, const char *path, GError **error);
void trk_demo_calendar_free (TrkDemoCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkDemoCalendar, trk_demo_calendar_free)

G_END_DECLS
