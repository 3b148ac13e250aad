/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-status.h"
#include "trk-tracker1.h"

/* Every property of the XML is in the struct and the other way round: a property that is added in
 * one place only shows here. */
static void
test_same_as_xml (void)
{
  const GDBusInterfaceInfo *info = trk_tracker1_interface_info ();
  g_autoptr (TrkDaemonStatus) status = trk_daemon_status_new ();
  g_autoptr (GVariant) dict = g_variant_ref_sink (trk_daemon_status_to_variant (status));
  guint properties = 0;

  for (; info->properties[properties] != NULL; properties++)
    {
      const GDBusPropertyInfo *property = info->properties[properties];
      g_autoptr (GVariant) value =
          g_variant_lookup_value (dict, property->name, G_VARIANT_TYPE (property->signature));

      g_assert_nonnull (value);
    }
  g_assert_cmpuint (g_variant_n_children (dict), ==, properties);
}

static void
test_round_trip (void)
{
  g_autoptr (TrkDaemonStatus) status = trk_daemon_status_new ();
  g_autoptr (TrkDaemonStatus) back = NULL;
  g_autoptr (GVariant) dict = NULL;

  g_free (status->title);
  status->title = g_strdup ("Retries <b>&</b> ☃");
  status->task = 12;
  status->since = 1795510800000000;
  status->until = TRK_NEVER;
  status->focus_active = TRUE;
  dict = g_variant_ref_sink (trk_daemon_status_to_variant (status));
  back = trk_daemon_status_from_variant (dict);
  g_assert_cmpstr (back->title, ==, "Retries <b>&</b> ☃");
  g_assert_cmpstr (back->kind, ==, "");
  g_assert_cmpint (back->task, ==, 12);
  g_assert_cmpint (back->since, ==, 1795510800000000);
  g_assert_cmpint (back->until, ==, TRK_NEVER);
  g_assert_true (back->focus_active);
}

/* An older or newer daemon: what is missing or of another type is empty, the rest is read. */
static void
test_other_version (void)
{
  g_autoptr (GVariant) dict = g_variant_ref_sink (g_variant_new_parsed (
      "{'State': <'running'>, 'Since': <'yesterday'>, 'Title': <uint32 7>, 'Mood': <'good'>}"));
  g_autoptr (TrkDaemonStatus) status = trk_daemon_status_from_variant (dict);

  g_assert_cmpstr (status->state, ==, "running");
  g_assert_cmpint (status->since, ==, 0);
  g_assert_cmpstr (status->title, ==, "");
  g_assert_cmpstr (status->notifier, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/daemon-status/same-as-xml", test_same_as_xml);
  g_test_add_func ("/daemon-status/round-trip", test_round_trip);
  g_test_add_func ("/daemon-status/other-version", test_other_version);
  return g_test_run ();
}
