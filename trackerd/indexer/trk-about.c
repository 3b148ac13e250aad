/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-about.h"

#include "trk-conference.h"

#include <string.h>

/* -- Texts ------------------------------------------------------------------------------------- */

char *
trk_about_text (const TrkContentLine *line)
{
  g_autofree char *whole = NULL;

  if (line == NULL || *line->value == '\0')
    return NULL;
  whole = trk_content_unescape (line->value);
  if (strlen (whole) <= TRK_CONTENT_MAX_TEXT)
    return g_steal_pointer (&whole);
  whole[TRK_CONTENT_MAX_TEXT] = '\0';
  return g_utf8_make_valid (whole, -1);
}

/* Some programs put spaces behind a value. */
static gboolean
is_value (const TrkContentLine *line, const char *word)
{
  gsize n = strlen (word);

  return line != NULL && g_ascii_strncasecmp (line->value, word, n) == 0
         && strspn (line->value + n, " \t") == strlen (line->value + n);
}

/* STATUS; where it is missing Outlook's word for how busy it makes. */
static TrkStatus
status (const TrkComponent *component)
{
  const TrkContentLine *line = trk_component_line (component, "STATUS");

  if (line == NULL)
    line = trk_component_line (component, "X-MICROSOFT-CDO-BUSYSTATUS");
  if (is_value (line, "CANCELLED"))
    return TRK_STATUS_CANCELLED;
  return is_value (line, "TENTATIVE") ? TRK_STATUS_TENTATIVE : TRK_STATUS_CONFIRMED;
}

/* TRANSP; Outlook and Exchange say it again, and sometimes only, in words of their own. */
static gboolean
transparent (const TrkComponent *component)
{
  const TrkContentLine *transp = trk_component_line (component, "TRANSP");

  if (transp != NULL && *transp->value != '\0')
    return is_value (transp, "TRANSPARENT") || is_value (transp, "1");
  return is_value (trk_component_line (component, "X-MICROSOFT-CDO-BUSYSTATUS"), "FREE");
}

static GStrv
categories (const TrkComponent *component)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  guint n = 0;

  if (trk_component_line (component, "CATEGORIES") == NULL)
    return NULL;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < component->lines->len; i++)
    {
      const TrkContentLine *line = g_ptr_array_index (component->lines, i);
      g_auto (GStrv) words = NULL;

      if (!g_str_equal (line->name, "CATEGORIES") || n >= TRK_ABOUT_MAX_LIST)
        continue;
      words = trk_content_unescape_list (line->value, TRK_ABOUT_MAX_LIST - n);
      n += g_strv_length (words);
      g_strv_builder_addv (builder, (const char **) words);
    }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

/* -- People ------------------------------------------------------------------------------------ */

static char *
address (const TrkContentLine *line)
{
  const char *email = trk_content_line_param (line, "EMAIL");

  if (g_ascii_strncasecmp (line->value, "mailto:", 7) == 0)
    return g_strstrip (g_strdup (line->value + 7));
  return g_strdup (email != NULL ? email : line->value);
}

static void
people (TrkOccurrence *about, const TrkComponent *component)
{
  g_autoptr (GStrvBuilder) all = NULL;
  g_autoptr (GStrvBuilder) declined = NULL;
  guint n = 0, n_declined = 0;

  if (trk_component_line (component, "ATTENDEE") == NULL)
    return;
  all = g_strv_builder_new ();
  declined = g_strv_builder_new ();
  for (guint i = 0; i < component->lines->len && n < TRK_ABOUT_MAX_LIST; i++)
    {
      const TrkContentLine *line = g_ptr_array_index (component->lines, i);
      const char *answer = trk_content_line_param (line, "PARTSTAT");
      g_autofree char *who = NULL;

      if (!g_str_equal (line->name, "ATTENDEE"))
        continue;
      who = address (line);
      g_strv_builder_add (all, who);
      n++;
      if (answer == NULL || g_ascii_strcasecmp (answer, "DECLINED") != 0)
        continue;
      g_strv_builder_add (declined, who);
      n_declined++;
    }
  about->attendees = n > 0 ? g_strv_builder_end (all) : NULL;
  about->declined = n_declined > 0 ? g_strv_builder_end (declined) : NULL;
}

/* -- Alarms ------------------------------------------------------------------------------------ */

/* How long before the start a TRIGGER is due. FALSE: it cannot be told, or is unreadable. */
static gboolean
lead_of (const TrkContentLine *trigger, TrkLength length, TrkInstant start, TrkDuration *lead)
{
  const char *related = trk_content_line_param (trigger, "RELATED");
  TrkLength offset;
  TrkDateValue at;

  if (!trk_length_parse (trigger->value, &offset, NULL))
    {
      /* an instant (RFC 5545 3.8.6.3: always UTC) */
      if (start == TRK_NEVER || !trk_date_value_parse (trigger->value, &at, NULL) || !at.is_utc)
        return FALSE;
      *lead = start - at.wall;
      return TRUE;
    }
  *lead = -(offset.days * 24 * TRK_HOUR + offset.exact);
  if (related != NULL && g_ascii_strcasecmp (related, "END") == 0)
    *lead -= length.days * 24 * TRK_HOUR + length.exact;
  return TRUE;
}

static GArray *
leads (const TrkComponent *component, TrkLength length, TrkInstant start)
{
  g_autoptr (GArray) list = NULL;

  if (component->children->len == 0)
    return NULL;
  list = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  for (guint i = 0; i < component->children->len && list->len < TRK_ABOUT_MAX_ALARMS; i++)
    {
      const TrkComponent *alarm = g_ptr_array_index (component->children, i);
      const TrkContentLine *trigger = trk_component_line (alarm, "TRIGGER");
      TrkDuration lead;

      if (g_str_equal (alarm->name, "VALARM") && trigger != NULL
          && is_value (trk_component_line (alarm, "ACTION"), "DISPLAY")
          && lead_of (trigger, length, start, &lead))
        g_array_append_val (list, lead);
    }
  return list->len > 0 ? g_steal_pointer (&list) : NULL;
}

void
trk_about_fill (TrkOccurrence *about,
                const TrkComponent *component,
                TrkLength length,
                TrkInstant start)
{
  const TrkContentLine *class_line = trk_component_line (component, "CLASS");

  about->summary = trk_about_text (trk_component_line (component, "SUMMARY"));
  if (about->summary == NULL)
    about->summary = g_strdup ("");
  about->description = trk_about_text (trk_component_line (component, "DESCRIPTION"));
  about->location = trk_about_text (trk_component_line (component, "LOCATION"));
  about->kind = trk_about_text (trk_component_line (component, "X-TRACKERD-KIND"));
  about->categories = categories (component);
  about->transparent = transparent (component);
  about->is_private = is_value (class_line, "PRIVATE") || is_value (class_line, "CONFIDENTIAL");
  about->status = status (component);
  about->link = trk_conference_find (component);
  about->leads = leads (component, length, start);
  people (about, component);
}
