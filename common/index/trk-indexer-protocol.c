/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-indexer-protocol.h"

#include "trk-error.h"

#include <string.h>

static void
append_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text) + 1);
}

static void
append_number (GByteArray *out, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  append_text (out, text);
}

GBytes *
trk_indexer_request_encode (const TrkIndexRequest *request)
{
  GByteArray *out = g_byte_array_new ();

  append_text (out, request->index_path);
  append_number (out, request->window.start);
  append_number (out, request->window.end);
  for (guint i = 0; i < request->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (request->calendars, i);

      append_text (out, calendar->name);
      append_text (out, calendar->path);
    }
  return g_byte_array_free_to_bytes (out);
}

/* The texts that the NULs end. */
static GPtrArray *
split (const char *bytes, gsize length)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  gsize at = 0;

  while (at < length)
    {
      gsize n = strnlen (bytes + at, length - at);

      g_ptr_array_add (texts, g_strndup (bytes + at, n));
      at += n + 1;
    }
  return texts;
}

TrkIndexerJob *
trk_indexer_request_decode (const char *bytes, gsize length, GError **error)
{
  g_autoptr (GPtrArray) texts = split (bytes, length);
  TrkIndexerJob *job;

  if (texts->len < 3 || texts->len % 2 == 0)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                   "this program is started by trackerd and tracker, with its request on standard "
                   "input");
      return NULL;
    }
  job = g_new0 (TrkIndexerJob, 1);
  job->index_path = g_strdup (g_ptr_array_index (texts, 0));
  job->window.start = g_ascii_strtoll (g_ptr_array_index (texts, 1), NULL, 10);
  job->window.end = g_ascii_strtoll (g_ptr_array_index (texts, 2), NULL, 10);
  job->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
  for (guint i = 3; i < texts->len; i += 2)
    g_ptr_array_add (job->calendars, trk_calendar_new (g_ptr_array_index (texts, i),
                                                       g_ptr_array_index (texts, i + 1)));
  return job;
}

void
trk_indexer_job_free (TrkIndexerJob *job)
{
  if (job == NULL)
    return;
  g_free (job->index_path);
  g_ptr_array_unref (job->calendars);
  g_free (job);
}
