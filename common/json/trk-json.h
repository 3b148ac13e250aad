/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-day.h"
#include "trk-instant.h"

G_BEGIN_DECLS

/* A JSON document (RFC 8259) as it is written, value by value. Writing only: a library that reads
 * JSON as well (json-glib, with GIO behind it) costs every start of the program most of a
 * millisecond, and writes 83.200000000000003 for 83.2. */
typedef struct _TrkJson TrkJson;

TrkJson *trk_json_new (void);
/* The same on one line: for readers that take a document a line. */
TrkJson *trk_json_new_line (void);
void trk_json_free (TrkJson *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkJson, trk_json_free)

/* Containers, and the key of the member that comes next. Who writes sees to it that what begins
 * also ends, and that in an object each value has its key. */
void trk_json_begin_object (TrkJson *json);
void trk_json_end_object (TrkJson *json);
void trk_json_begin_array (TrkJson *json);
void trk_json_end_array (TrkJson *json);
void trk_json_name (TrkJson *json, const char *key);

/* Values: elements of an array, or members behind trk_json_name(). The same rules everywhere: text
 * is made valid UTF-8, NULL and a number that is none are null (RFC 8259 section 6 has no
 * infinity), a fraction is the shortest text that reads back as the same double. */
void trk_json_add_string (TrkJson *json, const char *value);
void trk_json_add_int (TrkJson *json, gint64 value);
void trk_json_add_double (TrkJson *json, double value);
void trk_json_add_bool (TrkJson *json, gboolean value);
void trk_json_add_null (TrkJson *json);

/* Members of the object that @json stands in. An instant is "YYYY-MM-DDThh:mm:ssZ", a length is
 * whole seconds, and what does not exist is null. */
void trk_json_string (TrkJson *json, const char *key, const char *value); /* NULL: null */
void trk_json_instant (TrkJson *json, const char *key, TrkInstant at);    /* 0, never: null */
void trk_json_length (TrkJson *json, const char *key, TrkDuration length);
void trk_json_day (TrkJson *json, const char *key, TrkDay day);
void trk_json_int (TrkJson *json, const char *key, gint64 value);
void trk_json_number (TrkJson *json, const char *key, gint64 value); /* 0: null */
void trk_json_double (TrkJson *json, const char *key, double value);
void trk_json_bool (TrkJson *json, const char *key, gboolean value);
void trk_json_strings (TrkJson *json, const char *key, const char *const *values);

/* The finished document, indented or on one line, without a line end. Owned by the caller. */
char *trk_json_text (const TrkJson *json);
/* The same without a copy; borrowed, until something is added. */
const char *trk_json_borrow_text (const TrkJson *json);

G_END_DECLS
