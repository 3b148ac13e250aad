/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-subscription-state.h"

#include "trk-atomic-file.h"
#include "trk-text.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define GROUP "subscription"

enum
{
  MAX_FILE = 64 * 1024,
  MAX_PROBLEM = 300, /* characters */
  MAX_DOUBLINGS = 20
};

static const TrkDuration first_retry = 15 * TRK_MINUTE;
static const TrkDuration longest_retry = 6 * TRK_HOUR;
static const TrkDuration most_patience = 24 * TRK_HOUR; /* with a server that says when */
static const TrkDuration slack = TRK_MINUTE;            /* the timer is not to the second */

static char *
path_of (const char *copy)
{
  return g_strconcat (copy, ".state", NULL);
}

void
trk_subscription_state_free (TrkSubscriptionState *state)
{
  if (state == NULL)
    return;
  g_free (state->from);
  g_free (state->etag);
  g_free (state->last_modified);
  g_free (state->hash);
  g_free (state->stamp);
  g_free (state->problem);
  g_free (state);
}

/* -- The file ---------------------------------------------------------------------------------- */

static GKeyFile *
read_keys (const char *path)
{
  GKeyFile *keys = g_key_file_new ();
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize length;

  if (g_stat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size <= MAX_FILE
      && g_file_get_contents (path, &text, &length, NULL))
    g_key_file_load_from_data (keys, text, length, G_KEY_FILE_NONE, NULL);
  return keys;
}

static TrkInstant
get_instant (GKeyFile *keys, const char *key)
{
  g_autofree char *text = g_key_file_get_string (keys, GROUP, key, NULL);
  TrkInstant at = 0;

  if (text != NULL)
    trk_instant_from_iso (text, &at, NULL);
  return at;
}

TrkSubscriptionState *
trk_subscription_state_load (const char *copy)
{
  TrkSubscriptionState *state = g_new0 (TrkSubscriptionState, 1);
  g_autofree char *path = path_of (copy);
  g_autoptr (GKeyFile) keys = read_keys (path);

  state->from = g_key_file_get_string (keys, GROUP, "from", NULL);
  state->etag = g_key_file_get_string (keys, GROUP, "etag", NULL);
  state->last_modified = g_key_file_get_string (keys, GROUP, "last_modified", NULL);
  state->hash = g_key_file_get_string (keys, GROUP, "sha256", NULL);
  state->stamp = g_key_file_get_string (keys, GROUP, "stamp", NULL);
  state->problem = g_key_file_get_string (keys, GROUP, "problem", NULL);
  state->fetched = get_instant (keys, "fetched");
  state->changed = get_instant (keys, "changed");
  state->tried = get_instant (keys, "tried");
  state->next = get_instant (keys, "next");
  state->failures = (guint) CLAMP (g_key_file_get_integer (keys, GROUP, "failures", NULL), 0, 1000);
  return state;
}

static void
set_text (GKeyFile *keys, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (keys, GROUP, key, text);
}

static void
set_instant (GKeyFile *keys, const char *key, TrkInstant at)
{
  g_autofree char *text = at != 0 ? trk_instant_to_iso (at) : NULL;

  set_text (keys, key, text);
}

gboolean
trk_subscription_state_save (const TrkSubscriptionState *state, const char *copy, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *path = path_of (copy);
  g_autofree char *text = NULL;
  gsize length;

  set_text (keys, "from", state->from);
  set_text (keys, "etag", state->etag);
  set_text (keys, "last_modified", state->last_modified);
  set_text (keys, "sha256", state->hash);
  set_text (keys, "stamp", state->stamp);
  set_instant (keys, "fetched", state->fetched);
  set_instant (keys, "changed", state->changed);
  set_instant (keys, "tried", state->tried);
  set_instant (keys, "next", state->next);
  g_key_file_set_integer (keys, GROUP, "failures", (int) MIN (state->failures, 1000));
  set_text (keys, "problem", state->problem);
  text = g_key_file_to_data (keys, &length, NULL);
  return trk_atomic_file_save (path, text, length, error);
}

/* -- The copy that it is about ----------------------------------------------------------------- */

static char *
stamp_of (const char *copy)
{
  struct stat status;

  if (stat (copy, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
                          (gint64) status.st_ino, (gint64) status.st_size,
                          (gint64) status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

gboolean
trk_subscription_state_fits (const TrkSubscriptionState *state, const char *copy)
{
  g_autofree char *stamp = stamp_of (copy);

  return stamp != NULL && g_strcmp0 (stamp, state->stamp) == 0;
}

void
trk_subscription_state_stamp (TrkSubscriptionState *state, const char *copy)
{
  g_free (state->stamp);
  state->stamp = stamp_of (copy);
}

/* -- When to ask ------------------------------------------------------------------------------- */

gboolean
trk_subscription_state_due (const TrkSubscriptionState *state, TrkInstant now, TrkDuration every)
{
  TrkInstant wanted = trk_instant_add (state->tried, every);
  TrkInstant next = state->failures == 0 ? MIN (state->next, wanted) : state->next;

  return now < state->tried || now >= next - slack;
}

void
trk_subscription_state_succeed (TrkSubscriptionState *state,
                                TrkInstant now,
                                TrkDuration every,
                                gboolean changed)
{
  state->tried = state->fetched = now;
  if (changed || state->changed == 0)
    state->changed = now;
  state->next = trk_instant_add (now, every);
  state->failures = 0;
  g_clear_pointer (&state->problem, g_free);
}

static TrkDuration
retry_delay (guint failures, TrkDuration every)
{
  TrkDuration delay = MIN (first_retry, every);
  TrkDuration longest = MAX (longest_retry, every);

  for (guint i = 1; i < failures && i < MAX_DOUBLINGS && delay < longest; i++)
    delay *= 2;
  return MIN (delay, longest);
}

void
trk_subscription_state_fail (TrkSubscriptionState *state,
                             TrkInstant now,
                             TrkDuration every,
                             TrkDuration retry_after,
                             const char *problem)
{
  TrkDuration asked = CLAMP (retry_after, 0, most_patience);

  state->tried = now;
  state->failures = MIN (state->failures + 1, 1000);
  state->next = trk_instant_add (now, MAX (retry_delay (state->failures, every), asked));
  g_free (state->problem);
  state->problem = trk_text_line (problem, MAX_PROBLEM);
}
