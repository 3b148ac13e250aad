/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-fetch.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What to make of the head of a server's answer. */

gboolean trk_fetch_answer_is_redirect (SoupMessage *message);

/* Where a redirect leads; refused when it leaves https or is no address. Owned by the caller. */
GUri *trk_fetch_answer_location (SoupMessage *message, GError **error);

/* Takes 200, and 304 when @asked with a condition, and notes in @result what came with it. */
gboolean trk_fetch_answer_check (SoupMessage *message,
                                 gboolean asked,
                                 TrkFetchResult *result,
                                 GError **error);

/* Did all of the body come that was announced? libsoup (3.2) takes an early end for the end. For a
 * message with SOUP_MESSAGE_COLLECT_METRICS, when its body was read. */
gboolean trk_fetch_answer_is_whole (SoupMessage *message, GError **error);

/* @failure of the transport in words for people; those of ours are passed on. Never NULL. */
GError *trk_fetch_answer_error (SoupMessage *message,
                                GCancellable *cancellable,
                                guint patience,
                                const GError *failure);

G_END_DECLS
