/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar.h"
#include "trk-kind-words.h"
#include "trk-plan.h"
#include "trk-text.h"

/* Text that a regular expression is tried on: bounded, so that a hostile summary costs little. */
#define MAX_MATCHED_CHARS 1000

static TrkVerdict
no_block (TrkNoBlock what, const char *why)
{
  return (TrkVerdict){ .no_block = what, .why = g_ref_string_new (why) };
}

/* What a decider says: a block of @kind. Takes @why. */
static gboolean
block_of (TrkVerdict *verdict, TrkKind kind, char *why)
{
  *verdict = (TrkVerdict){ .makes_block = TRUE, .kind = kind, .why = g_ref_string_new (why) };
  g_free (why);
  return TRUE;
}

void
trk_verdict_clear (TrkVerdict *verdict)
{
  g_clear_pointer (&verdict->why, g_ref_string_release);
}

/* -- The user's rules -------------------------------------------------------------------------- */

static gboolean
holds (const GStrv list, const char *word)
{
  for (char **item = list; item != NULL && *item != NULL; item++)
    if (g_ascii_strcasecmp (*item, word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_category (const TrkOccurrence *occurrence, const char *category)
{
  g_autofree char *wanted = g_utf8_casefold (category, -1);

  for (char **item = occurrence->categories; item != NULL && *item != NULL; item++)
    {
      g_autofree char *valid = g_utf8_make_valid (*item, -1);
      g_autofree char *folded = g_utf8_casefold (g_strstrip (valid), -1);

      if (g_str_equal (folded, wanted))
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches (const GRegex *regex, const char *text)
{
  g_autofree char *line = trk_text_line (text, MAX_MATCHED_CHARS);

  return g_regex_match (regex, line, 0, NULL);
}

static guint
n_attendees (const TrkOccurrence *occurrence)
{
  return occurrence->attendees != NULL ? g_strv_length (occurrence->attendees) : 0;
}

static gboolean
rule_holds (const TrkRule *rule, const TrkOccurrence *occurrence)
{
  if (rule->calendar != NULL && g_strcmp0 (rule->calendar, occurrence->calendar) != 0)
    return FALSE;
  if (rule->category != NULL && !has_category (occurrence, rule->category))
    return FALSE;
  if (rule->summary != NULL && !matches (rule->summary, occurrence->summary))
    return FALSE;
  if (rule->location != NULL && !matches (rule->location, occurrence->location))
    return FALSE;
  if (rule->attendee != NULL && !holds (occurrence->attendees, rule->attendee))
    return FALSE;
  return n_attendees (occurrence) >= rule->min_attendees;
}

/* The words for each condition of @rule when all of them hold; else NULL. */
static char *
rule_reason (const TrkRule *rule, const TrkOccurrence *occurrence)
{
  g_autoptr (GPtrArray) words = NULL;

  if (!rule_holds (rule, occurrence))
    return NULL;
  words = g_ptr_array_new_with_free_func (g_free);
  if (rule->calendar != NULL)
    g_ptr_array_add (words, g_strdup_printf ("calendar is %s", rule->calendar));
  if (rule->category != NULL)
    g_ptr_array_add (words, g_strdup_printf ("category is %s", rule->category));
  if (rule->summary != NULL)
    g_ptr_array_add (words,
                     g_strdup_printf ("summary matches /%s/", g_regex_get_pattern (rule->summary)));
  if (rule->location != NULL)
    g_ptr_array_add (
        words, g_strdup_printf ("location matches /%s/", g_regex_get_pattern (rule->location)));
  if (rule->attendee != NULL)
    g_ptr_array_add (words, g_strdup_printf ("%s attends", rule->attendee));
  if (rule->min_attendees > 0)
    g_ptr_array_add (words, g_strdup_printf ("at least %u attendees", rule->min_attendees));
  if (words->len == 0)
    g_ptr_array_add (words, g_strdup ("matches everything"));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (GStrv) words->pdata);
}

static gboolean
by_rules (const TrkOccurrence *occurrence, const GPtrArray *rules, TrkVerdict *verdict)
{
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const TrkRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *reason = rule_reason (rule, occurrence);

      if (reason == NULL)
        continue;
      if (rule->ignore)
        {
          g_autofree char *why =
              g_strdup_printf ("the rule [rule %s] ignores it: %s", rule->name, reason);

          *verdict = no_block (TRK_NO_BLOCK_CALLED_OFF, why);
          return TRUE;
        }
      return block_of (verdict, rule->kind,
                       g_strdup_printf ("the rule [rule %s]: %s", rule->name, reason));
    }
  return FALSE;
}

/* -- The deciders, in their order: each fills in the verdict or says no ------------------------ */

/* What a user wrote and no kind is must not vanish in silence: `tracker why` names it. */
static void
add_unknown_property (TrkVerdict *verdict, const TrkOccurrence *occurrence)
{
  g_autofree char *word = NULL;
  g_autofree char *why = NULL;
  TrkKind kind;

  if (occurrence->kind == NULL || trk_kind_from_string (occurrence->kind, &kind))
    return;
  word = trk_text_line (occurrence->kind, 30);
  why = g_strdup_printf ("%s (its X-TRACKERD-KIND '%s' is no kind)", verdict->why, word);
  g_ref_string_release (verdict->why);
  verdict->why = g_ref_string_new (why);
}

static gboolean
by_property (const TrkOccurrence *occurrence, const TrkPlanInput *input, TrkVerdict *verdict)
{
  TrkKind kind;

  if (!trk_kind_from_string (occurrence->kind, &kind))
    return FALSE;
  return block_of (verdict, kind, g_strdup ("the event says so (X-TRACKERD-KIND)"));
}

static gboolean
by_rule (const TrkOccurrence *occurrence, const TrkPlanInput *input, TrkVerdict *verdict)
{
  return by_rules (occurrence, input->rules, verdict);
}

/* What @category says of the kind, if anything. */
static TrkVerdict
judge_category (const char *category)
{
  g_autofree char *shown = trk_text_line (category, 60);
  TrkVerdict verdict = { .makes_block = FALSE };
  TrkKind kind;

  if (trk_kind_from_category (category, &kind))
    block_of (&verdict, kind, g_strconcat ("its category ", shown, NULL));
  return verdict;
}

static void
verdict_free (gpointer verdict)
{
  trk_verdict_clear (verdict);
  g_free (verdict);
}

GHashTable *
trk_said_categories_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, verdict_free);
}

/* The same, asked once for each category where @said (nullable) holds what was said. */
static TrkVerdict
verdict_of_category (const char *category, GHashTable *said)
{
  TrkVerdict *known = said != NULL ? g_hash_table_lookup (said, category) : NULL;
  TrkVerdict verdict = known != NULL ? *known : judge_category (category);

  if (said != NULL && known == NULL)
    g_hash_table_insert (said, g_strdup (category), g_memdup2 (&verdict, sizeof verdict));
  if (said != NULL && verdict.why != NULL)
    g_ref_string_acquire (verdict.why);
  return verdict;
}

static gboolean
by_category (const TrkOccurrence *occurrence, const TrkPlanInput *input, TrkVerdict *verdict)
{
  for (char **item = occurrence->categories; item != NULL && *item != NULL; item++)
    {
      *verdict = verdict_of_category (*item, input->said);
      if (verdict->makes_block)
        return TRUE;
    }
  return FALSE;
}

static gboolean
by_company (const TrkOccurrence *occurrence, const TrkPlanInput *input, TrkVerdict *verdict)
{
  guint n = n_attendees (occurrence);

  if (n >= 2)
    return block_of (verdict, TRK_KIND_MEETING, g_strdup_printf ("it has %u attendees", n));
  if (occurrence->link != NULL)
    return block_of (verdict, TRK_KIND_MEETING, g_strdup ("it has a conference link"));
  return FALSE;
}

static gboolean
by_summary (const TrkOccurrence *occurrence, const TrkPlanInput *input, TrkVerdict *verdict)
{
  g_autofree char *line = trk_text_line (occurrence->summary, MAX_MATCHED_CHARS);
  const char *phrase;
  TrkKind kind;

  if (!trk_kind_from_summary (line, &kind, &phrase))
    return FALSE;
  return block_of (verdict, kind, g_strconcat ("its summary says '", phrase, "'", NULL));
}

static gboolean
by_calendar (const TrkOccurrence *occurrence, const TrkPlanInput *input, TrkVerdict *verdict)
{
  for (guint i = 0; input->calendars != NULL && i < input->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (input->calendars, i);

      if (calendar->has_kind && g_strcmp0 (calendar->name, occurrence->calendar) == 0)
        return block_of (verdict, calendar->kind,
                         g_strdup_printf ("the default of the calendar %s", calendar->name));
    }
  return FALSE;
}

typedef gboolean (*Decider) (const TrkOccurrence *, const TrkPlanInput *, TrkVerdict *);

static TrkVerdict
decide_kind (const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  static const Decider deciders[] = { by_property, by_rule,    by_category,
                                      by_company,  by_summary, by_calendar };
  TrkVerdict verdict;

  for (gsize i = 0; i < G_N_ELEMENTS (deciders); i++)
    if (deciders[i](occurrence, input, &verdict))
      return verdict;
  block_of (&verdict, TRK_KIND_SHALLOW, g_strdup ("nothing says otherwise"));
  return verdict;
}

/* Off time that somebody said in so many words: in the event, by a rule, or for its whole calendar.
 * A guess from a title is not meant. A rule that ignores it is such a word too. */
static gboolean
said_off_or_ignored (const TrkOccurrence *occurrence,
                     const TrkPlanInput *input,
                     TrkVerdict *verdict)
{
  static const Decider deciders[] = { by_property, by_rule, by_calendar };

  for (gsize i = 0; i < G_N_ELEMENTS (deciders); i++)
    if (deciders[i](occurrence, input, verdict))
      {
        if (!verdict->makes_block || verdict->kind == TRK_KIND_OFF)
          return TRUE;
        trk_verdict_clear (verdict);
        return FALSE;
      }
  return FALSE;
}

/* -- What makes no block ----------------------------------------------------------------------- */

static gboolean
is_declined (const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  for (const char *const *me = input->me; me != NULL && *me != NULL; me++)
    if (holds (occurrence->declined, *me))
      return TRUE;
  return FALSE;
}

/* Calendars of public holidays mark their days transparent: they say nothing about free and busy.
 * Who gives such a calendar the kind off means these days. The transparent "Ada on vacation" of a
 * colleague, which only sounds like it, silences nothing. */
static TrkVerdict
verdict_of_transparent (const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  TrkVerdict said;

  if (said_off_or_ignored (occurrence, input, &said))
    {
      if (occurrence->all_day || !said.makes_block)
        return said;
      trk_verdict_clear (&said);
    }
  return no_block (TRK_NO_BLOCK_FREE, "it leaves the time free (TRANSP:TRANSPARENT)");
}

TrkVerdict
trk_verdict (const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  TrkVerdict verdict;

  if (occurrence->status == TRK_STATUS_CANCELLED)
    return no_block (TRK_NO_BLOCK_CALLED_OFF, "it is cancelled");
  if (is_declined (occurrence, input))
    return no_block (TRK_NO_BLOCK_CALLED_OFF, "you declined it");
  if (trk_period_is_empty (occurrence->period))
    return no_block (TRK_NO_BLOCK_EMPTY, "it has no length");
  if (occurrence->transparent)
    return verdict_of_transparent (occurrence, input);

  verdict = decide_kind (occurrence, input);
  add_unknown_property (&verdict, occurrence);
  if (!verdict.makes_block || !occurrence->all_day || verdict.kind == TRK_KIND_OFF)
    return verdict;
  trk_verdict_clear (&verdict);
  return no_block (TRK_NO_BLOCK_ALL_DAY,
                   "it is an all-day event, and of those only kind off makes a block");
}
