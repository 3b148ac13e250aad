/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-kind-words.h"

#include <string.h>

typedef struct
{
  TrkKind kind;
  const char *phrases[32]; /* lower case, words separated by one space, ends with NULL */
} Row;

/* CATEGORIES: a kind's own name, and other words for it. */
static const Row categories[] = {
  { TRK_KIND_FOCUS,
    { "focus", "deep work", "deepwork", "focus time", "focus work", "coding", "programming",
      "development", "pomodoro", "fokus", "fokuszeit", "concentration", "concentración" } },
  { TRK_KIND_SHALLOW,
    { "shallow", "shallow work", "admin", "administration", "code review", "email", "e mail",
      "emails", "documentation", "chores", "errands", "support" } },
  { TRK_KIND_MEETING,
    { "meeting", "meetings", "call", "calls", "appointment", "conference", "standup", "stand up",
      "interview", "besprechung", "termin", "réunion", "reunión" } },
  { TRK_KIND_BREAK,
    { "break", "breaks", "lunch", "meal", "meals", "breakfast", "dinner", "rest", "coffee",
      "coffee break", "pause", "mittagspause", "mittagessen", "déjeuner", "descanso", "almuerzo",
      "comida" } },
  { TRK_KIND_ROUTINE,
    { "routine", "routines", "daily routine", "habit", "habits", "ritual", "planning", "checklist",
      "gewohnheit", "habitude", "rutina" } },
  { TRK_KIND_OFF,
    { "off",          "out of office", "outofoffice", "ooo",      "oof",        "vacation",
      "holiday",      "holidays",      "day off",     "time off", "off work",   "leave",
      "annual leave", "sick",          "sick leave",  "pto",      "urlaub",     "feiertag",
      "feierabend",   "krank",         "vacances",    "congé",    "vacaciones", "festivo" } },
};

/* Words of a summary. Fewer than the categories: a word in a title proves little, and a wrong "off"
 * would silence a day. */
static const Row summaries[] = {
  { TRK_KIND_FOCUS,
    { "focus", "deep work", "coding", "programming", "implementation", "refactoring", "debugging",
      "optimisation", "optimization", "unit tests", "pomodoro", "fokus", "fokuszeit",
      "programmieren" } },
  { TRK_KIND_SHALLOW,
    { "code review", "documentation", "email", "emails", "e mail", "inbox", "admin", "triage",
      "expenses", "timesheet", "dokumentation" } },
  { TRK_KIND_MEETING,
    { "meeting",
      "standup",
      "stand up",
      "daily scrum",
      "sprint planning",
      "sprint review",
      "sprint retrospective",
      "retrospective",
      "retro",
      "refinement",
      "1:1",
      "one on one",
      "call",
      "sync",
      "interview",
      "all hands",
      "kick off",
      "workshop",
      "focus group",
      "coffee chat",
      "lunch and learn",
      "lunch talk",
      "webinar",
      "besprechung",
      "jour fixe",
      "réunion",
      "reunión",
      "entretien",
      "entrevista" } },
  { TRK_KIND_BREAK, { "break",          "lunch",       "breakfast", "dinner",     "supper",
                      "coffee",         "tea",         "walk",      "meal",       "pause",
                      "mittagspause",   "mittagessen", "frühstück", "abendessen", "déjeuner",
                      "petit déjeuner", "dîner",       "descanso",  "almuerzo",   "comida",
                      "desayuno",       "cena" } },
  { TRK_KIND_ROUTINE,
    { "plan the day", "daily planning", "day planning", "daily review", "weekly review",
      "shutdown routine", "check ci", "checking ci", "routine", "tagesplanung" } },
  { TRK_KIND_OFF,
    { "out of office", "ooo", "vacation", "annual leave", "sick leave", "day off", "pto",
      "public holiday", "bank holiday", "disconnect", "feierabend", "urlaub", "feiertag", "congés",
      "vacances", "vacaciones" } },
};

/* In these a word of the summaries means something else: they are no kind, and the rest of the
 * title decides. A title that only mentions a call is no call. */
static const char *const no_kind[] = {
  /* readiness, often for a whole night */
  "on call",
  /* papers and code */
  "call for papers",
  "call for proposals",
  "call for speakers",
  "call for participation",
  "system call",
  "function call",
  "api call",
  "call stack",
  "call graph",
  "call site",
  "sync engine",
  "sync service",
  "sync protocol",
  "sync server",
  "sync code",
  "sync bug",
  "data sync",
  "file sync",
  "calendar sync",
  "tree walk",
  "directory walk",
  "random walk",
  "break down",
  "break up",
  "break even",
  "break glass",
  "pause button",
  "pause menu",
  "focus bug",
  "focus ring",
  "focus trap",
  "input focus",
  "keyboard focus",
  "admin page",
  "admin panel",
  "admin ui",
  "coffee machine",
  /* about a thing, not the thing */
  "walk through",
  "interview prep",
  "interview preparation",
  "interview notes",
  "meeting notes",
  "meeting minutes",
  "meeting prep",
  "meeting preparation",
  "vacation request",
  "vacation planning",
  "pto request",
  "fix disconnect",
  "on disconnect",
  "after disconnect",
  "disconnect bug",
};

/* Is @p a character of a word? A colon between digits is one too: "1:1". */
static gboolean
in_word (const char *text, const char *p)
{
  gunichar c;

  if (*p == ':' && p > text)
    return g_ascii_isdigit (p[-1]) && g_ascii_isdigit (p[1]);
  if ((guchar) *p < 0x80)
    return g_ascii_isalnum (*p);
  c = g_utf8_get_char (p);
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static char *
fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (composed, -1);
}

/* @text as lower-case words with one space before and after each: " stand up ". */
static char *
words_of (const char *text)
{
  g_autofree char *folded = g_str_is_ascii (text) ? NULL : fold (text);
  const char *from = folded != NULL ? folded : text, *next;
  char *words = g_malloc (strlen (from) + 3), *end = words;

  *end++ = ' ';
  for (const char *p = from; *p != '\0'; p = next)
    {
      next = g_utf8_next_char (p);
      if (in_word (from, p))
        while (p < next)
          *end++ = g_ascii_tolower (*p++);
      else if (end[-1] != ' ')
        *end++ = ' ';
    }
  if (end[-1] != ' ')
    *end++ = ' ';
  *end = '\0';
  return words;
}

/* What words begin with, by two letters: most phrases begin otherwise, and are not looked for. Two
 * beginnings may share a place; that costs no more than a look in vain. */
typedef struct
{
  guint8 noted[256];
} Beginnings;

static guint8
place_of (const char *word)
{
  return (guint8) ((guchar) word[0] * 37 + (guchar) word[1]);
}

static Beginnings
beginnings_of (const char *words)
{
  Beginnings beginnings = { { 0 } };

  for (; words[1] != '\0'; words++)
    if (words[0] == ' ')
      beginnings.noted[place_of (words + 1)] = TRUE;
  return beginnings;
}

/* Where @phrase stands in @words, as whole words, or NULL. */
static char *
place_in (char *words, const char *phrase, gsize length)
{
  for (char *p = strstr (words, phrase); p != NULL; p = strstr (p + 1, phrase))
    if (p[-1] == ' ' && p[length] == ' ')
      return p;
  return NULL;
}

/* Makes what stands in @words without a kind into what no phrase has. */
static void
strike (char *words, const Beginnings *beginnings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_kind); i++)
    {
      gboolean may_be = beginnings->noted[place_of (no_kind[i])];
      gsize length = may_be ? strlen (no_kind[i]) : 0;
      char *p = may_be ? place_in (words, no_kind[i], length) : NULL;

      for (; p != NULL; p = place_in (p + 1, no_kind[i], length))
        memset (p, '-', length);
    }
}

/* The longest phrase of the summaries that stands in @words, or NULL. */
static const char *
longest_in (char *words, const Beginnings *beginnings, TrkKind *kind)
{
  const char *best = NULL;
  gsize longest = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (summaries); i++)
    for (const char *const *phrase = summaries[i].phrases; *phrase != NULL; phrase++)
      {
        gsize length = beginnings->noted[place_of (*phrase)] ? strlen (*phrase) : 0;

        if (length <= longest || place_in (words, *phrase, length) == NULL)
          continue;
        best = *phrase;
        longest = length;
        *kind = summaries[i].kind;
      }
  return best;
}

/* Is @phrase all that @words are? */
static gboolean
is_whole (const char *words, const char *phrase)
{
  gsize length = words[1] == phrase[0] ? strlen (phrase) : 0;

  return length > 0 && strncmp (words + 1, phrase, length) == 0
         && strcmp (words + 1 + length, " ") == 0;
}

gboolean
trk_kind_from_category (const char *category, TrkKind *kind)
{
  g_autofree char *words = words_of (category);

  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    for (const char *const *phrase = categories[i].phrases; *phrase != NULL; phrase++)
      if (is_whole (words, *phrase))
        {
          *kind = categories[i].kind;
          return TRUE;
        }
  return FALSE;
}

gboolean
trk_kind_from_summary (const char *summary, TrkKind *kind, const char **phrase)
{
  g_autofree char *words = words_of (summary);
  Beginnings beginnings = beginnings_of (words);
  const char *found;

  strike (words, &beginnings);
  found = longest_in (words, &beginnings, kind);
  if (found != NULL && phrase != NULL)
    *phrase = found;
  return found != NULL;
}
