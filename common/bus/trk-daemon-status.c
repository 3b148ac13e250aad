/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-status.h"

/* Every property with the place of its value: the one table for both directions. */
typedef struct
{
  const char *name;
  char type; /* s, x or b */
  gsize offset;
} Field;

static const Field fields[] = {
  { "Version", 's', G_STRUCT_OFFSET (TrkDaemonStatus, version) },
  { "State", 's', G_STRUCT_OFFSET (TrkDaemonStatus, state) },
  { "BlockId", 's', G_STRUCT_OFFSET (TrkDaemonStatus, block_id) },
  { "Title", 's', G_STRUCT_OFFSET (TrkDaemonStatus, title) },
  { "Kind", 's', G_STRUCT_OFFSET (TrkDaemonStatus, kind) },
  { "Task", 'x', G_STRUCT_OFFSET (TrkDaemonStatus, task) },
  { "Since", 'x', G_STRUCT_OFFSET (TrkDaemonStatus, since) },
  { "Start", 'x', G_STRUCT_OFFSET (TrkDaemonStatus, start) },
  { "Kept", 'x', G_STRUCT_OFFSET (TrkDaemonStatus, kept) },
  { "Until", 'x', G_STRUCT_OFFSET (TrkDaemonStatus, until) },
  { "NextTitle", 's', G_STRUCT_OFFSET (TrkDaemonStatus, next_title) },
  { "NextKind", 's', G_STRUCT_OFFSET (TrkDaemonStatus, next_kind) },
  { "NextStart", 'x', G_STRUCT_OFFSET (TrkDaemonStatus, next_start) },
  { "Presence", 's', G_STRUCT_OFFSET (TrkDaemonStatus, presence) },
  { "PresenceSource", 's', G_STRUCT_OFFSET (TrkDaemonStatus, presence_source) },
  { "SessionSource", 's', G_STRUCT_OFFSET (TrkDaemonStatus, session_source) },
  { "FocusActive", 'b', G_STRUCT_OFFSET (TrkDaemonStatus, focus_active) },
  { "Notifier", 's', G_STRUCT_OFFSET (TrkDaemonStatus, notifier) },
  { "Evidence", 's', G_STRUCT_OFFSET (TrkDaemonStatus, evidence) },
  { "PausedBy", 's', G_STRUCT_OFFSET (TrkDaemonStatus, paused_by) },
};

TrkDaemonStatus *
trk_daemon_status_new (void)
{
  TrkDaemonStatus *status = g_new0 (TrkDaemonStatus, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].type == 's')
      G_STRUCT_MEMBER (char *, status, fields[i].offset) = g_strdup ("");
  return status;
}

void
trk_daemon_status_free (TrkDaemonStatus *status)
{
  if (status == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].type == 's')
      g_free (G_STRUCT_MEMBER (char *, status, fields[i].offset));
  g_free (status);
}

gboolean
trk_daemon_status_is_away (const TrkDaemonStatus *status)
{
  return g_str_equal (status->state, "paused") && *status->paused_by != '\0'
         && !g_str_equal (status->paused_by, trk_reason_to_string (TRK_REASON_PAUSE));
}

static void
read_field (TrkDaemonStatus *status, const Field *field, GVariantDict *dict)
{
  gboolean flag;

  switch (field->type)
    {
    case 's':
      {
        char *text = NULL;

        if (!g_variant_dict_lookup (dict, field->name, "s", &text))
          return;
        g_free (G_STRUCT_MEMBER (char *, status, field->offset));
        G_STRUCT_MEMBER (char *, status, field->offset) = text;
        return;
      }
    case 'x':
      g_variant_dict_lookup (dict, field->name, "x",
                             &G_STRUCT_MEMBER (gint64, status, field->offset));
      return;
    default:
      if (g_variant_dict_lookup (dict, field->name, "b", &flag))
        G_STRUCT_MEMBER (gboolean, status, field->offset) = flag;
    }
}

void
trk_daemon_status_update (TrkDaemonStatus *status, GVariant *properties)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (properties);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    read_field (status, &fields[i], &dict);
}

TrkDaemonStatus *
trk_daemon_status_from_variant (GVariant *properties)
{
  TrkDaemonStatus *status = trk_daemon_status_new ();

  trk_daemon_status_update (status, properties);
  return status;
}

static GVariant *
field_value (const TrkDaemonStatus *status, const Field *field)
{
  switch (field->type)
    {
    case 's':
      return g_variant_new_string (G_STRUCT_MEMBER (const char *, status, field->offset));
    case 'x':
      return g_variant_new_int64 (G_STRUCT_MEMBER (gint64, status, field->offset));
    default:
      return g_variant_new_boolean (G_STRUCT_MEMBER (gboolean, status, field->offset));
    }
}

GVariant *
trk_daemon_status_to_variant (const TrkDaemonStatus *status)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_variant_dict_insert_value (&dict, fields[i].name, field_value (status, &fields[i]));
  return g_variant_dict_end (&dict);
}
