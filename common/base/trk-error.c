/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"

/* A name with dashes, no subtraction. */
/* clang-format off */
G_DEFINE_QUARK (trk-error-quark, trk_error)
/* clang-format on */

int
trk_error_exit_status (const GError *error)
{
  if (error == NULL || error->domain != TRK_ERROR)
    return 1;
  switch ((TrkErrorCode) error->code)
    {
    case TRK_ERROR_USAGE:
      return 2;
    case TRK_ERROR_UNREACHABLE:
      return 3;
    case TRK_ERROR_NOT_FOUND:
      return 4;
    default:
      return 1;
    }
}
