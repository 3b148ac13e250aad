/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"

G_BEGIN_DECLS

/* A new copy on its way in. It is written beside the old one and takes its place only when all of
 * it has come and it looks like a whole calendar: it begins with BEGIN:VCALENDAR and ends with
 * END:VCALENDAR (RFC 5545 3.4), so that an empty answer, a login page or half a file never replaces
 * a good copy. Nothing between the two is looked at: that is the indexer's. */
typedef struct _TrkSubscriptionCopy TrkSubscriptionCopy;

/* Waits for nobody: TRK_ERROR_BUSY when another process is at this copy. Its folder is made. */
TrkSubscriptionCopy *trk_subscription_copy_new (const char *path, GError **error);

/* TRK_ERROR_INVALID as soon as it cannot become a calendar, or is larger than
 * TRK_CALENDAR_MAX_FILE. */
gboolean trk_subscription_copy_append (TrkSubscriptionCopy *copy,
                                       gconstpointer bytes,
                                       gsize length,
                                       GError **error);

/* The old copy is replaced at once and durably (file mode 0600), unless its hash is @old_hash
 * (nullable) and nothing would change: then FALSE in @changed. The new hash in @hash, owned by the
 * caller. On an error the old copy is as it was. */
gboolean trk_subscription_copy_commit (TrkSubscriptionCopy *copy,
                                       const char *old_hash,
                                       gboolean *changed,
                                       char **hash,
                                       GError **error);

/* Does an event begin in what has come (a line BEGIN:VEVENT)? A calendar may hold none, and may
 * have been emptied by mistake. */
gboolean trk_subscription_copy_has_events (const TrkSubscriptionCopy *copy);

/* What was not committed is gone. */
void trk_subscription_copy_free (TrkSubscriptionCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSubscriptionCopy, trk_subscription_copy_free)

G_END_DECLS
