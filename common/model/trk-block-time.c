/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-block-time.h"

gboolean
trk_kind_counts_for (TrkKind kept, TrkKind planned)
{
  if (planned == TRK_KIND_BREAK)
    return kept == TRK_KIND_BREAK;
  return trk_kind_is_work (kept) || !trk_kind_is_work (planned);
}
