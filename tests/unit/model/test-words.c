/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notice.h"
#include "trk-policy.h"
#include "trk-reason-words.h"
#include "trk-words.h"
#include "trk-work.h"

#include <string.h>

/* Every value has a word of its own that leads back to it; what is no value has none. */
#define TEST_WORDS(prefix, Type, last)                                                             \
  static void test_##prefix (void)                                                                 \
  {                                                                                                \
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);                      \
    Type back;                                                                                     \
    for (int i = 0; i <= (int) (last); i++)                                                        \
      {                                                                                            \
        const char *word = prefix##_to_string ((Type) i);                                          \
        back = (Type) (i == 0 ? 1 : 0);                                                            \
        g_assert_true (g_hash_table_add (seen, (gpointer) word));                                  \
        g_assert_true (prefix##_from_string (word, &back));                                        \
        g_assert_cmpint ((int) back, ==, i);                                                       \
      }                                                                                            \
    back = (Type) 1;                                                                               \
    g_assert_cmpstr (prefix##_to_string ((Type) ((int) (last) + 1)), ==, "unknown");               \
    g_assert_false (prefix##_from_string ("", &back));                                             \
    g_assert_false (prefix##_from_string (NULL, &back));                                           \
    g_assert_false (prefix##_from_string ("no such word", &back));                                 \
    g_assert_cmpint ((int) back, ==, 1);                                                           \
  }

TEST_WORDS (trk_kind, TrkKind, TRK_KIND_OFF)
TEST_WORDS (trk_outcome, TrkOutcome, TRK_OUTCOME_CANCELLED)
TEST_WORDS (trk_evidence, TrkEvidence, TRK_EVIDENCE_PLAN)

static void
test_presence_is_told (void)
{
  g_assert_cmpstr (trk_presence_to_string (TRK_PRESENCE_UNKNOWN), ==, "unknown");
  g_assert_cmpstr (trk_presence_to_string (TRK_PRESENCE_ACTIVE), ==, "active");
  g_assert_cmpstr (trk_presence_to_string (TRK_PRESENCE_AWAY), ==, "away");
}

TEST_WORDS (trk_reason, TrkReason, TRK_REASON_TURN)
TEST_WORDS (trk_answer, TrkAnswer, TRK_ANSWER_DISCARD)
TEST_WORDS (trk_task_state, TrkTaskState, TRK_TASK_CANCELLED)
TEST_WORDS (trk_status, TrkStatus, TRK_STATUS_CANCELLED)
TEST_WORDS (trk_notice_kind, TrkNoticeKind, TRK_NOTICE_GUARD)
TEST_WORDS (trk_button, TrkButton, TRK_BUTTON_WORK)
TEST_WORDS (trk_join, TrkJoin, TRK_JOIN_CARRIED)

static void
test_policies (void)
{
  TrkPolicies policies;
  guint named = 0;

  trk_policies_init (&policies);
  for (guint i = 0; i < TRK_N_KINDS; i++)
    {
      named |= 1u << policies.precedence[i];
      g_assert_cmpint (policies.of[i].away_limit, ==, 5 * TRK_MINUTE);
      /* time is kept by itself for work only */
      if (policies.of[i].auto_start)
        g_assert_true (trk_kind_is_work ((TrkKind) i));
    }
  g_assert_cmphex (named, ==, (1u << TRK_N_KINDS) - 1);
  g_assert_false (policies.of[TRK_KIND_MEETING].away_pauses);
}

/* Every reason has words for people: whole ones, and in a column few. */
static void
test_reason_said (void)
{
  for (guint i = 0; i <= TRK_REASON_TURN; i++)
    {
      const char *said = trk_reason_said ((TrkReason) i);
      const char *brief = trk_reason_short ((TrkReason) i);

      g_test_message ("%s: %s, %s", trk_reason_to_string ((TrkReason) i), said, brief);
      g_assert_nonnull (said);
      g_assert_nonnull (strchr (said, ' '));
      g_assert_null (strchr (said, '-'));
      g_assert_null (strchr (brief, '-'));
      g_assert_cmpuint (strlen (brief), <=, strlen ("not running"));
      g_assert_cmpstr (trk_reason_short_of (trk_reason_to_string ((TrkReason) i)), ==, brief);
    }
  g_assert_cmpstr (trk_reason_said ((TrkReason) 99), ==, "unknown");
  g_assert_cmpstr (trk_reason_short_of ("meeting"), ==, "meeting");
}

/* What was worked on by hand takes the place of a block without a word about it. */
static void
test_outcome_reason_said (void)
{
  g_assert_cmpstr (trk_outcome_reason_said (TRK_OUTCOME_MISSED, TRK_REASON_BY_HAND), ==,
                   "other work by hand took its place");
  g_assert_cmpstr (trk_outcome_reason_said (TRK_OUTCOME_DONE, TRK_REASON_BY_HAND), ==,
                   "you said so");
  g_assert_cmpstr (trk_outcome_reason_said (TRK_OUTCOME_MISSED, TRK_REASON_REMINDER), ==,
                   "it was not answered");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/kind", test_trk_kind);
  g_test_add_func ("/words/outcome", test_trk_outcome);
  g_test_add_func ("/words/evidence", test_trk_evidence);
  g_test_add_func ("/words/presence", test_presence_is_told);
  g_test_add_func ("/words/reason", test_trk_reason);
  g_test_add_func ("/words/reason-said", test_reason_said);
  g_test_add_func ("/words/outcome-reason-said", test_outcome_reason_said);
  g_test_add_func ("/words/answer", test_trk_answer);
  g_test_add_func ("/words/task-state", test_trk_task_state);
  g_test_add_func ("/words/status", test_trk_status);
  g_test_add_func ("/words/notice-kind", test_trk_notice_kind);
  g_test_add_func ("/words/button", test_trk_button);
  g_test_add_func ("/words/join", test_trk_join);
  g_test_add_func ("/policies/defaults", test_policies);
  return g_test_run ();
}
