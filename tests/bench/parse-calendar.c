/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* parse-calendar FILE: the floor of every first index: libical's parser over the whole file, and
 * nothing done with what it gives. */
#include <glib.h>
#include <libical/ical.h>

int
main (int argc, char **argv)
{
  g_autofree char *text = NULL;
  icalcomponent *calendar;

  if (argc != 2 || !g_file_get_contents (argv[1], &text, NULL, NULL))
    return 2;
  calendar = icalparser_parse_string (text);
  if (calendar == NULL)
    return 1;
  icalcomponent_free (calendar);
  return 0;
}
