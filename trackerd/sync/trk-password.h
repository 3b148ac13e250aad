/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"

G_BEGIN_DECLS

/* Where passwords come from: a file that only the user can read, or the desktop's secret store
 * (org.freedesktop.Secret.Service), where they stand under application=trackerd, host and user, as
 * `secret-tool` can write them too. They are never an argument, in the configuration, or in a
 * message. */

/* The password of @calendar, which has a user. @may_ask: a locked store may show its own question
 * (never when a timer started us). Owned by the caller, to be freed with trk_password_free(). */
char *trk_password_find (const TrkCalendar *calendar, gboolean may_ask, GError **error);

/* Puts it into the secret store. */
gboolean trk_password_store (const TrkCalendar *calendar, const char *password, GError **error);

/* Overwrites it first. */
void trk_password_free (char *password);

G_END_DECLS
