/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

/* Version 11: the walls around words, cheaper to read. SQLite parses the whole schema whenever the
 * log is opened, and twelve triggers that looked into the table of words were much of it. Each
 * class of words has a table of its own now, so that a trigger only has to name it, and one trigger
 * looks at all words of a row. */

#define DROP_WALLS(table, column)                                                                  \
  "DROP TRIGGER " table "_i_" column "; DROP TRIGGER " table "_u_" column ";"

static const char old_walls_sql[] =
    DROP_WALLS ("entry", "start_reason") DROP_WALLS ("entry", "end_reason")
        DROP_WALLS ("gap", "reason") DROP_WALLS ("block_state", "outcome_reason")
            DROP_WALLS ("notice", "reason") DROP_WALLS ("notice", "kind");

static const char words_sql[] =
    "CREATE TABLE reason (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "INSERT INTO reason SELECT word FROM word WHERE class = 'reason';"
    "CREATE TABLE notice_kind (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "INSERT INTO notice_kind SELECT word FROM word WHERE class = 'notice';"
    "DROP TABLE word;";

/* No word at all is the column's own matter: NULL is neither in the table nor not in it. */
#define REFUSE(column, words, refusal)                                                             \
  " SELECT RAISE (ABORT, '" refusal "') WHERE NEW." column " NOT IN " words ";"
#define WALLS(table, columns, refusals)                                                            \
  "CREATE TRIGGER " table "_insert_words BEFORE INSERT ON " table " BEGIN" refusals " END;"        \
  "CREATE TRIGGER " table "_update_words BEFORE UPDATE OF " columns " ON " table " BEGIN" refusals \
  " END;"

static const char walls_sql[] =
    WALLS ("entry",
           "start_reason, end_reason",
           REFUSE ("start_reason", "reason", "unknown reason for an entry''s start")
               REFUSE ("end_reason", "reason", "unknown reason for an entry''s end"))
        WALLS ("gap", "reason", REFUSE ("reason", "reason", "unknown reason of a gap"))
            WALLS ("block_state",
                   "outcome_reason",
                   REFUSE ("outcome_reason", "reason", "unknown reason of a block''s outcome"))
                WALLS ("notice",
                       "reason, kind",
                       REFUSE ("reason", "reason", "unknown reason of a notice")
                           REFUSE ("kind", "notice_kind", "unknown kind of a notice"));

gboolean
trk_store_schema_11 (TrkDb *db, GError **error)
{
  return trk_db_exec (db, old_walls_sql, error) && trk_db_exec (db, words_sql, error)
         && trk_db_exec (db, walls_sql, error);
}
