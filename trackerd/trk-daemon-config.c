/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-config-last.h"
#include "trk-paths.h"

/* What was good is kept for the next start; that it cannot be is no reason to stop. Whoever has not
 * the log's lock yet may be one of several. */
void
trk_daemon_keep_config (TrkDaemon *daemon)
{
  g_autofree char *path = trk_path_config_file ();
  g_autofree char *copy = trk_path_config_kept ();
  g_autoptr (GError) error = NULL;

  if (daemon->config_unkept && !trk_config_keep (path, copy, &error))
    g_message ("%s", error->message);
  daemon->config_unkept = FALSE;
}

/* A broken file leaves what there was. */
static gboolean
read_config (TrkDaemon *daemon, GError **error)
{
  g_autofree char *path = trk_path_config_file ();
  TrkConfig *config = trk_config_load (path, error);

  if (config == NULL)
    return FALSE;
  for (guint i = 0; i < config->warnings->len; i++)
    g_warning ("%s", (const char *) g_ptr_array_index (config->warnings, i));
  g_clear_pointer (&daemon->config, trk_config_unref);
  daemon->config = config;
  daemon->config_broken = FALSE;
  daemon->config_unkept = TRUE;
  return TRUE;
}

/* At the start there is nothing in memory yet: then what the daemon before has kept. */
void
trk_daemon_begin_config (TrkDaemon *daemon)
{
  g_autofree char *path = trk_path_config_file ();
  g_autofree char *copy = trk_path_config_kept ();
  g_autoptr (GError) error = NULL;

  if (read_config (daemon, &error))
    return;
  daemon->config = trk_config_load_kept (path, copy);
  daemon->config_broken = daemon->config == NULL;
  g_warning ("%s; until it is mended %s", error->message,
             daemon->config_broken ? "the plan is what the log has of today"
                                   : "the last good configuration holds");
  if (daemon->config_broken)
    daemon->config = trk_config_new_default ();
}

void
trk_daemon_read_again (TrkDaemon *daemon, gboolean log)
{
  TrkAlmanac almanac;
  g_autoptr (GError) error = NULL;

  if (!read_config (daemon, &error))
    g_warning ("%s; the configuration stays as it was", error->message);
  trk_daemon_keep_config (daemon);
  almanac = trk_daemon_almanac (daemon);
  trk_engine_set_policies (daemon->engine, &daemon->config->policies);
  trk_engine_set_almanac (daemon->engine, &almanac);
  trk_daemon_watch (daemon);
  if (log && daemon->plan != NULL)
    trk_daemon_follow_log (daemon);
  trk_daemon_replan (daemon);
}

/* At the end, while hooks are waited for, a signal may still ask for it. */
void
trk_daemon_reload (TrkDaemon *daemon)
{
  if (daemon->ended)
    return;
  if (daemon->plan != NULL)
    trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  trk_daemon_read_again (daemon, TRUE);
}
