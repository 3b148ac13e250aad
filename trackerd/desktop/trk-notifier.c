/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notifier.h"

G_DEFINE_INTERFACE (TrkNotifier, trk_notifier, G_TYPE_OBJECT)

static void
add_signal (const char *name, guint n, GType first, GType second)
{
  g_signal_new (name, TRK_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n,
                first, second);
}

static void
trk_notifier_default_init (TrkNotifierInterface *iface)
{
  add_signal ("shown", 2, G_TYPE_UINT64, G_TYPE_STRING);
  add_signal ("pressed", 2, G_TYPE_STRING, G_TYPE_UINT);
  add_signal ("dismissed", 1, G_TYPE_STRING, G_TYPE_NONE);
  add_signal ("lost", 0, G_TYPE_NONE, G_TYPE_NONE);
  add_signal ("found", 1, G_TYPE_STRING, G_TYPE_NONE);
}

void
trk_notifier_show (TrkNotifier *notifier, const TrkNotice *notice, guint64 ticket)
{
  TRK_NOTIFIER_GET_IFACE (notifier)->show (notifier, notice, ticket);
}

void
trk_notifier_withdraw (TrkNotifier *notifier, const char *key)
{
  TRK_NOTIFIER_GET_IFACE (notifier)->withdraw (notifier, key);
}

void
trk_notifier_emit_shown (TrkNotifier *notifier, guint64 ticket, const char *backend)
{
  g_signal_emit_by_name (notifier, "shown", ticket, backend);
}

void
trk_notifier_emit_pressed (TrkNotifier *notifier, const char *key, TrkButton button)
{
  g_signal_emit_by_name (notifier, "pressed", key, (guint) button);
}

void
trk_notifier_emit_dismissed (TrkNotifier *notifier, const char *key)
{
  g_signal_emit_by_name (notifier, "dismissed", key);
}

void
trk_notifier_emit_lost (TrkNotifier *notifier)
{
  g_signal_emit_by_name (notifier, "lost");
}

void
trk_notifier_emit_found (TrkNotifier *notifier, const char *backend)
{
  g_signal_emit_by_name (notifier, "found", backend);
}
