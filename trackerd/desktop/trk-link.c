/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-link.h"

#define SYSTEMD "org.freedesktop.systemd1"

enum
{
  ANSWER_WITHIN = 5000, /* ms */
};

gboolean
trk_link_is_web (const char *link)
{
  const char *scheme = link != NULL ? g_uri_peek_scheme (link) : NULL;

  return scheme != NULL && (g_str_equal (scheme, "http") || g_str_equal (scheme, "https"));
}

typedef struct
{
  char *link;
  TrkProblem problem;
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->link);
  g_free (opening);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
on_launched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    return;
  message = g_strconcat ("the link cannot be opened: ", error->message, NULL);
  opening->problem (message);
}

static void
launch (Opening *opening)
{
  g_app_info_launch_default_for_uri_async (opening->link, NULL, NULL, on_launched, opening);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    return;
  g_debug ("systemd does not open the link: %s", error->message);
  launch (g_steal_pointer (&opening));
}

/* systemd puts variables of the environment into arguments; a calendar's link must not get any. */
static char *
without_variables (const char *link)
{
  GString *text = g_string_new (link);

  g_string_replace (text, "$", "$$", 0);
  return g_string_free (text, FALSE);
}

/* Properties of a service that runs @program once (systemd.service(5), org.freedesktop.systemd1(5),
 * StartTransientUnit). */
static GVariant *
describe_unit (const char *program, const char *link)
{
  g_autofree char *argument = without_variables (link);
  const char *argv[] = { program, argument, NULL };
  g_autofree char *name = NULL;
  g_autofree char *random = g_uuid_string_random ();
  GVariantBuilder properties;

  name = g_strdup_printf ("trackerd-open-%s.service", random);
  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a(sv)"));
  g_variant_builder_add (&properties, "(sv)", "Description",
                         g_variant_new_string ("Opens a link for trackerd"));
  g_variant_builder_add (&properties, "(sv)", "CollectMode",
                         g_variant_new_string ("inactive-or-failed"));
  g_variant_builder_add (&properties, "(sv)", "KillMode", g_variant_new_string ("process"));
  g_variant_builder_open (&properties, G_VARIANT_TYPE ("(sv)"));
  g_variant_builder_add (&properties, "s", "ExecStart");
  g_variant_builder_open (&properties, G_VARIANT_TYPE ("v"));
  g_variant_builder_add_value (&properties,
                               g_variant_new_parsed ("[(%s, %^as, false)]", program, argv));
  g_variant_builder_close (&properties);
  g_variant_builder_close (&properties);
  return g_variant_new ("(ssa(sv)a(sa(sv)))", name, "fail", &properties, NULL);
}

void
trk_link_open (GDBusConnection *connection, const char *link, TrkProblem problem)
{
  g_autofree char *program =
      g_getenv ("INVOCATION_ID") != NULL ? g_find_program_in_path ("xdg-open") : NULL;
  Opening *opening = g_new0 (Opening, 1);

  opening->link = g_strdup (link);
  opening->problem = problem;
  if (program == NULL || connection == NULL)
    {
      launch (opening);
      return;
    }
  g_dbus_connection_call (connection, SYSTEMD, "/org/freedesktop/systemd1", SYSTEMD ".Manager",
                          "StartTransientUnit", describe_unit (program, link),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN,
                          NULL, on_started, opening);
}
