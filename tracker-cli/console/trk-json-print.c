/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-json-print.h"

void
trk_json_print (TrkSession *session, TrkJson *builder)
{
  fputs (trk_json_borrow_text (builder), trk_session_out (session));
  fputc ('\n', trk_session_out (session));
}
