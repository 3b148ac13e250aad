/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How one notification server is asked for do-not-disturb, and told. */
typedef struct
{
  const char *name;   /* the word that stands in the file */
  const char *server; /* what GetServerInformation answers */
  const char *bus_name;
  const char *path;
  const char *interface; /* NULL: it is a setting, not a service (GNOME) */
  const char *ask;       /* method; NULL: what is asked for is ours alone, and ends with us (KDE) */
  GVariant *(*question) (void);
  gboolean (*is_on) (GVariant *reply);
  const char *set_on;
  const char *set_off;
  /* The arguments of both; @known is the reply to ask(), or to set_on where there is no ask. */
  GVariant *(*order) (GVariant *known, gboolean on);
  const char *changes; /* interface whose signals may mean that somebody else changed it; NULL */
} TrkQuietBackend;

/* By what a server calls itself; NULL: it has no do-not-disturb that we know. */
const TrkQuietBackend *trk_quiet_backend_for_server (const char *server);
const TrkQuietBackend *trk_quiet_backend_for_name (const char *name);

G_END_DECLS
