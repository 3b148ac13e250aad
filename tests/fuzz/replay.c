/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include <glib.h>

/* Feeds every file of the folder in argv[1] as it is, cut at every place of a short one, and with
 * single bytes changed: no fuzzer, but a crash that was found once stays found. */
static void
feed_variants (const uint8_t *bytes, gsize length)
{
  /* Under valgrind, where each takes some fifty times as long, every eighth variant. */
  const gsize step = g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? 8 : 1;
  g_autofree uint8_t *copy = g_memdup2 (bytes, length);

  LLVMFuzzerTestOneInput (bytes, length);
  LLVMFuzzerTestOneInput ((const uint8_t *) "", 0);
  for (gsize cut = 1; cut < MIN (length, 4096); cut += step)
    {
      g_autofree uint8_t *part =
          g_memdup2 (bytes, cut); /* of its own, so that reading on is seen */

      LLVMFuzzerTestOneInput (part, cut);
    }
  for (gsize i = 0; i < MIN (length, 4096); i += step)
    {
      static const uint8_t odd[] = { 0, ' ', '-', '.', '9', '\n', 0x80, 0xFF };

      for (gsize n = 0; n < G_N_ELEMENTS (odd); n++)
        {
          copy[i] = odd[n];
          LLVMFuzzerTestOneInput (copy, length);
        }
      copy[i] = bytes[i];
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (argv[1], 0, &error);
  guint fed = 0;
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
      feed_variants ((const uint8_t *) bytes, length);
      fed++;
    }
  g_print ("%u files and their variants\n", fed);
  g_assert_cmpuint (fed, >, 0);
  return 0;
}
