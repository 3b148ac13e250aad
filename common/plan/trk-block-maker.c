/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-block-maker.h"

#include "trk-text.h"

#include <string.h>

#define MAX_TITLE_CHARS 200
#define MAX_LOCATION_CHARS 200
#define MAX_CHECKLIST_CHARS 4000
#define MAX_LINK_BYTES 2000
#define MAX_UID_BYTES 255
#define MAX_LEADS 8

static gboolean
is_printable (const char *text)
{
  while (*text >= ' ' && *text <= '~') /* nearly all are nothing else */
    text++;
  if (*text == '\0')
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isprint (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* A UID is any text. One that would make a bad key stands as its hash. */
static gboolean
is_key (const char *uid)
{
  return uid != NULL && strlen (uid) <= MAX_UID_BYTES && is_printable (uid);
}

char *
trk_block_id_for (const TrkOccurrence *occurrence)
{
  const char *calendar = occurrence->calendar != NULL ? occurrence->calendar : "";
  const char *uid = occurrence->uid != NULL ? occurrence->uid : "";
  const char *instance = occurrence->recurrence_id != NULL ? occurrence->recurrence_id : "";
  g_autofree char *hash =
      is_key (uid) ? NULL : g_compute_checksum_for_string (G_CHECKSUM_SHA256, uid, -1);
  char *id, *end;

  if (hash != NULL)
    uid = hash;
  /* g_strconcat() would take twice as long, of thousands in a busy week. */
  id = g_malloc (strlen (calendar) + strlen ("/") + strlen (uid) + strlen ("@") + strlen (instance)
                 + 1);
  end = stpcpy (stpcpy (stpcpy (id, calendar), "/"), uid);
  if (occurrence->recurrence_id != NULL)
    stpcpy (stpcpy (end, "@"), instance);
  return id;
}

/* Where the number of a piece begins in @id: its end when there is none. */
static gsize
whole_length (const char *id)
{
  const char *mark = strrchr (id, '#');
  gsize digits = mark != NULL ? strspn (mark + 1, "0123456789") : 0;

  return digits > 0 && mark[1 + digits] == '\0' ? (gsize) (mark - id) : strlen (id);
}

gboolean
trk_block_id_is_of (const char *id, const char *whole)
{
  gsize length = strlen (whole);

  return strncmp (id, whole, length) == 0
         && (id[length] == '\0' || (id[length] == '#' && whole_length (id) == length));
}

char *
trk_block_id_whole (const char *id)
{
  return g_strndup (id, whole_length (id));
}

gboolean
trk_blocks_are_of_one_event (const TrkBlock *a, const TrkBlock *b)
{
  gsize length = whole_length (a->id);

  /* Events that share a UID are numbered as pieces are, and lie elsewhere. */
  return a->planned.start == b->planned.start && a->planned.end == b->planned.end
         && whole_length (b->id) == length && strncmp (a->id, b->id, length) == 0;
}

/* @text cleaned by @clean, NULL when nothing is left. */
static char *
clean_or_null (const char *text, gsize max_chars, char *(*clean) (const char *, gsize))
{
  g_autofree char *cleaned = text != NULL ? clean (text, max_chars) : NULL;

  return cleaned != NULL && cleaned[0] != '\0' ? g_steal_pointer (&cleaned) : NULL;
}

/* The summary itself where it is safe already, as nearly all are; @made owns what it is not. */
static char *
safe_title (const TrkOccurrence *occurrence, char **made)
{
  char *summary = occurrence->summary;

  if (trk_text_is_line (summary, MAX_TITLE_CHARS) && *summary != '\0')
    return summary;
  *made = clean_or_null (summary, MAX_TITLE_CHARS, trk_text_line);
  if (*made == NULL)
    *made = g_strdup ("(no title)");
  return *made;
}

/* @link when it is an address that Join may open: http or https, with a host. */
static char *
safe_link (const char *link)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  if (link == NULL || strlen (link) > MAX_LINK_BYTES || !g_utf8_validate (link, -1, NULL))
    return NULL;
  uri = g_uri_parse (link, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0')
    return NULL;
  scheme = g_uri_get_scheme (uri);
  if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
    return NULL;
  return g_uri_to_string (uri);
}

static gint
compare_durations (gconstpointer a, gconstpointer b)
{
  TrkDuration x = *(const TrkDuration *) a, y = *(const TrkDuration *) b;

  return (x < y) - (x > y);
}

/* The alarms at or before the start, earliest first, each once; NULL when there is none. */
static GArray *
leads_of (const GArray *alarms)
{
  g_autoptr (GArray) leads = NULL;

  if (alarms == NULL)
    return NULL;
  leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  for (guint i = 0; i < alarms->len; i++)
    if (g_array_index (alarms, TrkDuration, i) >= 0)
      g_array_append_val (leads, g_array_index (alarms, TrkDuration, i));
  g_array_sort (leads, compare_durations);
  for (guint i = 1; i < leads->len;)
    if (g_array_index (leads, TrkDuration, i) == g_array_index (leads, TrkDuration, i - 1))
      g_array_remove_index (leads, i);
    else
      i++;
  /* Of too many the last ones before the start are kept. */
  if (leads->len > MAX_LEADS)
    g_array_remove_range (leads, 0, leads->len - MAX_LEADS);
  return leads->len > 0 ? g_steal_pointer (&leads) : NULL;
}

/* What @block has of its occurrence and not of its event. */
static void
place (TrkBlock *block, const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  block->id = trk_block_id_for (occurrence);
  block->period = input->almanac != NULL ? trk_occurrence_time (occurrence, input->almanac)
                                         : occurrence->period;
  block->planned = occurrence->period;
}

/* What the block has of the event. */
static TrkBlock *
block_of (const TrkOccurrence *occurrence, const TrkVerdict *verdict)
{
  g_autofree char *title = NULL;
  g_autofree char *checklist =
      clean_or_null (occurrence->description, MAX_CHECKLIST_CHARS, trk_text_block);
  g_autofree char *location =
      clean_or_null (occurrence->location, MAX_LOCATION_CHARS, trk_text_line);
  g_autofree char *link = safe_link (occurrence->link);
  TrkBlock *block = trk_block_new_with_texts (&(TrkBlock){
      .calendar = occurrence->calendar,
      .title = safe_title (occurrence, &title),
      .checklist = checklist,
      .location = location,
      .link = link,
      .kind = verdict->kind,
      .kind_why = verdict->why,
  });

  block->leads = leads_of (occurrence->leads);
  return block;
}

TrkBlock *
trk_block_make (const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  g_auto (TrkVerdict) verdict = trk_verdict (occurrence, input);
  TrkBlock *block = verdict.makes_block ? block_of (occurrence, &verdict) : NULL;

  if (block != NULL)
    place (block, occurrence, input);
  return block;
}

TrkBlock *
trk_block_make_again (TrkBlock *block, const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  TrkBlock *again;

  if (trk_period_is_empty (occurrence->period)) /* all else of the verdict is the event's */
    return NULL;
  again = trk_block_again (block);
  place (again, occurrence, input);
  return again;
}
