/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-config.h"

/* Each test has a folder of its own, and a home in it. */
typedef struct
{
  char *dir;
  char *path; /* of the configuration, which is not there yet */
} ConfigFixture;

void config_set_up (ConfigFixture *fixture, gconstpointer data);
void config_tear_down (ConfigFixture *fixture, gconstpointer data);
void config_write (ConfigFixture *fixture, const char *text);
void config_assert_file (ConfigFixture *fixture, const char *expected);
