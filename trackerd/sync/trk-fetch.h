/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-subscription-copy.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One conditional GET over HTTPS (RFC 9110 13.1.2, 13.1.3). The server may be hostile: redirects
 * are bounded and stay with https, the certificate has to be good, the size and the time are
 * limited, and nothing that it sends reaches a message but its status number and the host of a
 * redirect. All strings are borrowed until it is finished. */
typedef struct
{
  const char *url;           /* of trk_calendar_url_read() */
  const char *from;          /* which address the next two are about (nullable): none */
  const char *etag;          /* (nullable) */
  const char *last_modified; /* (nullable) */
  const char *user;          /* (nullable): none is sent; only ever to the host of @url */
  const char *password;      /* (nullable) only with @user */
  const char *ca_file;       /* trusted instead of the system's authorities (nullable) */
  guint patience;            /* seconds for all of it, as is told … */
  GCancellable *deadline;    /* … and cancelled when they are over */
  TrkSubscriptionCopy *copy; /* gets the body */
} TrkFetchRequest;

/* What the server said. */
typedef struct
{
  gboolean unchanged;      /* 304: the copy is the newest; @copy of the request got nothing */
  char *from;              /* the address that answered, behind redirects, as a hash (owned) */
  char *etag;              /* (owned) (nullable) */
  char *last_modified;     /* (owned) (nullable) */
  gboolean offline;        /* with an error: the way to the server is missing, not the server */
  TrkDuration retry_after; /* with an error: it asks not to be asked before; 0: it did not say */
} TrkFetchResult;

void trk_fetch_result_free (TrkFetchResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkFetchResult, trk_fetch_result_free)

/* Never fails at once: @ready is called from the main context. @result is filled until then. */
void trk_fetch_start (const TrkFetchRequest *request,
                      TrkFetchResult *result,
                      GAsyncReadyCallback ready,
                      gpointer data);
gboolean trk_fetch_finish (GAsyncResult *async, GError **error);

G_END_DECLS
