/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The floor of every reading command: the smallest program linked with SQLite that opens a database
 * and steps one SELECT. */
#include <sqlite3.h>
#include <stddef.h>

int
main (int argc, char **argv)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  int ok =
      argc == 2 && sqlite3_open_v2 (argv[1], &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (db, "SELECT count(*) FROM sqlite_schema", -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW;

  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return ok ? 0 : 1;
}
