/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-demo.h"
#include "trk-dispatch.h"
#include "trk-system-time.h"

enum
{
  TRACKER = 1,
  SECONDS,
  KEEP,
  CALENDAR,
};

/* tracker-demo TRACKER SECONDS keep|remove [CALENDAR]: run by `tracker demo`, which has checked the
 * words; not for people. */
int
main (int argc, char **argv)
{
  g_autoptr (TrkSession) session = trk_session_new (trk_system_time (), NULL, stdout, stderr);
  g_autoptr (GError) error = NULL;
  TrkDemoRequest request;

  if (argc <= KEEP)
    {
      trk_session_warn (session, "this is a part of: tracker demo");
      return 2;
    }
  request = (TrkDemoRequest){
    .tracker = argv[TRACKER],
    .calendar = argv[CALENDAR],
    .seconds = (guint) g_ascii_strtoull (argv[SECONDS], NULL, 10),
    .keep = g_str_equal (argv[KEEP], "keep"),
  };
  trk_demo_run (session, &request, &error);
  return trk_dispatch_end (session, error);
}
