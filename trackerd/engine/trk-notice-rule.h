/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"
#include "trk-notice.h"
#include "trk-policy.h"

G_BEGIN_DECLS

/* What decides that a notice of that kind about @block (nullable) is given, or is not: the key of
 * the configuration with the value that holds ("[policy focus] lead = 5m"), an alarm of the
 * calendar's, or what cannot be set, in words. Owned by the caller. */
char *trk_notice_rule (const TrkPolicies *policies, const TrkBlock *block, TrkNoticeKind kind);

G_END_DECLS
