/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* What the hash of the machine's identifier is about: the identifier itself is not to be shown
 * (machine-id(5)), and another program's hash of it is another. */
#define MACHINE_PURPOSE "org.trackerd.log"

static guint64
random_number (void)
{
  guint64 number = 0;
  gsize done = 0;

  while (done < sizeof number)
    {
      gssize got = getrandom ((guint8 *) &number + done, sizeof number - done, 0);

      if (got > 0)
        done += (gsize) got;
      else if (errno != EINTR)
        return (guint64) g_random_int () << 32 | g_random_int ();
    }
  return number;
}

/* RFC 9562, 5.7 with 6.2: 48 bits of milliseconds, 12 bits with the microseconds below them
 * (method 3), 62 random bits that only grow within one microsecond (method 2). */
char *
trk_store_new_id (TrkStore *store)
{
  TrkInstant now = MAX (store->now, 0);
  guint64 ms = (guint64) now / 1000;
  guint64 fraction = (guint64) now % 1000 * 4096 / 1000;
  guint64 random = random_number ();

  /* The highest bit stays free for the growth. */
  if (now == store->last_now)
    random = store->last_random + 1 + (random & 0xffffffff);
  else
    random >>= 3;
  store->last_now = now;
  store->last_random = random;
  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%012" G_GINT64_MODIFIER "x",
                          (guint) (ms >> 16 & 0xffffffff), (guint) (ms & 0xffff), (guint) fraction,
                          (guint) (0x8000 | (random >> 48 & 0x3fff)),
                          random & G_GUINT64_CONSTANT (0xffffffffffff));
}

char *
trk_store_id_for (TrkStore *store, const char *id)
{
  return id != NULL ? g_strdup (id) : trk_store_new_id (store);
}

void
trk_store_take_id (TrkStore *store, char *made, char **id, gint64 *number)
{
  *number = trk_db_last_rowid (store->db);
  g_free (*id);
  *id = made;
}

/* The system's identifier, hashed, or NULL where it has none (some containers). */
static char *
machine_of_system (void)
{
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;

  if (!g_file_get_contents ("/etc/machine-id", &text, NULL, NULL)
      || strlen (g_strstrip (text)) != 32)
    return NULL;
  hash = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) text, strlen (text),
                                    MACHINE_PURPOSE, -1);
  hash[32] = '\0';
  return g_steal_pointer (&hash);
}

/* The random name in the log; NULL without @error when it has none and @make is FALSE. */
static char *
machine_of_log (TrkStore *store, gboolean make, GError **error)
{
  g_autofree char *name = NULL;
  TrkQuery *query;

  if (make)
    {
      g_autofree char *fresh =
          g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", random_number (),
                           random_number ());

      if (!trk_db_run (store->db, error,
                       "INSERT INTO meta VALUES ('machine', ?1) ON CONFLICT DO NOTHING", "s",
                       fresh))
        return NULL;
    }
  query = trk_db_query (store->db, error, "SELECT value FROM meta WHERE name = 'machine'", "");
  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    name = trk_query_dup (query, 0);
  return trk_query_end (query, error) ? g_steal_pointer (&name) : NULL;
}

const char *
trk_store_machine (TrkStore *store, gboolean make, GError **error)
{
  g_autofree char *machine = NULL;
  g_autoptr (GError) failure = NULL;

  if (store->machine != NULL)
    return store->machine;
  machine = machine_of_system ();
  if (machine == NULL)
    machine = machine_of_log (store, make, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (machine == NULL)
    return ""; /* a log that is only read and has no rows of ours */
  store->machine = g_steal_pointer (&machine);
  store->machine_is_new = store->open;
  return store->machine;
}

gboolean
trk_store_add_machine (TrkStore *store, GError **error)
{
  const char *machine = trk_store_machine (store, TRUE, error);

  return machine != NULL
         && trk_db_run (store->db, error,
                        "INSERT INTO machine (id) VALUES (?1) ON CONFLICT DO NOTHING", "s",
                        machine);
}
