/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-json.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* Writes the finished document to the session's out, indented, with a line end. */
void trk_json_print (TrkSession *session, TrkJson *builder);

G_END_DECLS
