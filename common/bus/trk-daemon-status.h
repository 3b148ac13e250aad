/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-words.h"

#include "trk-instant.h"

G_BEGIN_DECLS

/* What is now, as the daemon publishes it: the properties of org.trackerd.Tracker1, one for one.
 * Texts are never NULL ("" is none). */
typedef struct
{
  char *version;         /* (owned) */
  char *state;           /* idle, running, paused, break, off (owned) */
  char *block_id;        /* (owned) */
  char *title;           /* (owned) */
  char *kind;            /* (owned) */
  gint64 task;           /* 0 none */
  TrkInstant since;      /* the present state's begin; 0 none */
  TrkInstant start;      /* of the time of what runs or is paused; 0 none, or not told */
  TrkDuration kept;      /* of it before @since */
  TrkInstant until;      /* 0 none, TRK_NEVER open-ended */
  char *next_title;      /* (owned) */
  char *next_kind;       /* (owned) */
  TrkInstant next_start; /* 0 none */
  char *presence;        /* (owned) */
  char *presence_source; /* "x11" …, or "none: " and why (owned) */
  char *session_source;  /* "logind", or "none: " and why (owned) */
  gboolean focus_active;
  char *notifier;  /* who shows notices, or "failed: …" (owned) */
  char *evidence;  /* (owned) */
  char *paused_by; /* the reason of the gap while paused; "pause": the user's (owned) */
} TrkDaemonStatus;

TrkDaemonStatus *trk_daemon_status_new (void); /* all empty */
void trk_daemon_status_free (TrkDaemonStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkDaemonStatus, trk_daemon_status_free)
/* Is it paused because nobody is there, so that it goes on by itself? */
gboolean trk_daemon_status_is_away (const TrkDaemonStatus *status);

/* From and to the dictionary a{sv} of org.freedesktop.DBus.Properties.GetAll. A property that is
 * missing or of another type is left empty: the other side may be older or newer. */
TrkDaemonStatus *trk_daemon_status_from_variant (GVariant *properties);
/* Takes over what the dictionary of PropertiesChanged has; the rest stays. */
void trk_daemon_status_update (TrkDaemonStatus *status, GVariant *properties);
GVariant *trk_daemon_status_to_variant (const TrkDaemonStatus *status); /* floating */

G_END_DECLS
