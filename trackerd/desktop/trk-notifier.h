/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-notice.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRK_TYPE_NOTIFIER (trk_notifier_get_type ())
G_DECLARE_INTERFACE (TrkNotifier, trk_notifier, TRK, NOTIFIER, GObject)

/* What "shown" says instead of a server's name begins with this. */
#define TRK_NOTIFIER_FAILED "failed: "

/* Who shows notices. Calls return at once, whatever the server does; signals arrive on the main
 * context of the thread that made it.
 *
 * "shown" (guint64 ticket, const char *backend): the server took it ("dunst 1.9.0"), or could not
 *   ("failed: no notification server"). A late answer may correct a failure: the same ticket comes
 *   a second time then.
 * "pressed" (const char *key, guint button): a TrkButton of the live notification of that key.
 * "dismissed" (const char *key): closed by the user; dismissed is not done.
 * "lost" (): the server went away; live notifications are gone.
 * "found" (const char *backend): a server is there (again); what is still due can be shown. */
struct _TrkNotifierInterface
{
  GTypeInterface parent;

  void (*show) (TrkNotifier *notifier, const TrkNotice *notice, guint64 ticket);
  void (*withdraw) (TrkNotifier *notifier, const char *key);
};

/* Shows @notice, in place of the live one with the same key. @ticket comes back in "shown". */
void trk_notifier_show (TrkNotifier *notifier, const TrkNotice *notice, guint64 ticket);
void trk_notifier_withdraw (TrkNotifier *notifier, const char *key);

/* For implementations: emit the signals. */
void trk_notifier_emit_shown (TrkNotifier *notifier, guint64 ticket, const char *backend);
void trk_notifier_emit_pressed (TrkNotifier *notifier, const char *key, TrkButton button);
void trk_notifier_emit_dismissed (TrkNotifier *notifier, const char *key);
void trk_notifier_emit_lost (TrkNotifier *notifier);
void trk_notifier_emit_found (TrkNotifier *notifier, const char *backend);

G_END_DECLS
