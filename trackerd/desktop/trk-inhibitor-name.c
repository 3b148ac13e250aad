/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-inhibitor-name.h"

#include "trk-dbus-answer.h"
#include "trk-text.h"

#define INHIBITOR "org.gnome.SessionManager.Inhibitor"

enum
{
  ANSWER_WITHIN = 2000, /* ms: the name is of no use when the break is over */
  MOST = 16,            /* inhibitors that are looked at */
  LONGEST = 60,         /* characters of a name or a reason */
};

typedef struct
{
  GDBusConnection *bus;
  GCancellable *ending;
  TrkInhibitorNamed named;
  gpointer data;
  GStrv paths;   /* (owned) (nullable) */
  guint next;    /* of them */
  char *program; /* (owned) (nullable) */
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->bus);
  g_object_unref (search->ending);
  g_strfreev (search->paths);
  g_free (search->program);
  g_free (search);
}

static void
end (Search *search, const char *program, const char *reason)
{
  search->named (program, reason, search->data);
  search_free (search);
}

static void
call (Search *search,
      const char *path,
      const char *interface,
      const char *method,
      const char *reply,
      GAsyncReadyCallback done)
{
  g_dbus_connection_call (search->bus, TRK_GNOME_SESSION, path, interface, method, NULL,
                          G_VARIANT_TYPE (reply), G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN,
                          search->ending, done, search);
}

/* NULL: it failed. @over: nobody is there any more to take it, and @search is gone. */
static GVariant *
finish (Search *search, GObject *bus, GAsyncResult *result, gboolean *over)
{
  GVariant *reply = trk_dbus_answer (bus, result, over, NULL);

  if (*over)
    search_free (search);
  return reply;
}

/* Owned by the caller; NULL without a reply. */
static char *
text_of (GVariant *reply)
{
  const char *text;

  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(&s)", &text);
  return trk_text_line (text, LONGEST);
}

char *
trk_inhibitor_sentence (const char *program, const char *reason)
{
  g_autofree char *who = program != NULL ? trk_text_line (program, LONGEST) : NULL;
  g_autofree char *why = reason != NULL ? trk_text_line (reason, LONGEST) : NULL;

  if (who == NULL || *who == '\0')
    return g_strdup ("A program kept the screen awake");
  if (why == NULL || *why == '\0')
    return g_strdup_printf ("%s kept the screen awake", who);
  return g_strdup_printf ("%s kept the screen awake (%s)", who, why);
}

static void try_next (Search *search);

static void
on_reason (GObject *bus, GAsyncResult *result, gpointer data)
{
  gboolean over;
  g_autoptr (GVariant) reply = finish (data, bus, result, &over);
  g_autofree char *reason = text_of (reply);
  Search *search = data;

  if (!over)
    end (search, search->program, reason != NULL ? reason : "");
}

static void
on_program (GObject *bus, GAsyncResult *result, gpointer data)
{
  gboolean over;
  g_autoptr (GVariant) reply = finish (data, bus, result, &over);
  Search *search = data;

  if (over)
    return;
  search->program = text_of (reply);
  if (search->program == NULL || *search->program == '\0')
    end (search, NULL, NULL);
  else
    call (search, search->paths[search->next - 1], INHIBITOR, "GetReason", "(s)", on_reason);
}

static void
on_flags (GObject *bus, GAsyncResult *result, gpointer data)
{
  gboolean over;
  g_autoptr (GVariant) reply = finish (data, bus, result, &over);
  Search *search = data;
  guint flags = 0;

  if (over)
    return;
  if (reply != NULL)
    g_variant_get (reply, "(u)", &flags);
  if ((flags & TRK_GNOME_IDLE) != 0)
    call (search, search->paths[search->next - 1], INHIBITOR, "GetAppId", "(s)", on_program);
  else
    try_next (search);
}

static void
try_next (Search *search)
{
  const char *path = search->next < MOST ? search->paths[search->next] : NULL;

  if (path == NULL)
    {
      end (search, NULL, NULL);
      return;
    }
  search->next++;
  call (search, path, INHIBITOR, "GetFlags", "(u)", on_flags);
}

static void
on_list (GObject *bus, GAsyncResult *result, gpointer data)
{
  gboolean over;
  g_autoptr (GVariant) reply = finish (data, bus, result, &over);
  Search *search = data;

  if (over)
    return;
  if (reply == NULL)
    {
      end (search, NULL, NULL);
      return;
    }
  g_variant_get (reply, "(^ao)", &search->paths);
  try_next (search);
}

void
trk_inhibitor_name_find (GDBusConnection *bus,
                         GCancellable *ending,
                         TrkInhibitorNamed named,
                         gpointer data)
{
  Search *search = g_new0 (Search, 1);

  search->bus = g_object_ref (bus);
  search->ending = g_object_ref (ending);
  search->named = named;
  search->data = data;
  call (search, "/org/gnome/SessionManager", TRK_GNOME_SESSION, "GetInhibitors", "(ao)", on_list);
}
