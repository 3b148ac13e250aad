/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-log.h"

/* All that decides what an engine does next, as bytes: engines of the same bytes behave alike, so
 * that orders of events that lead to the same state need to be followed once. A field of the engine
 * that is added and decides something belongs here too; one that is left out can hide an order. */
void engine_state_describe (const TrkEngine *engine, GString *text);
void engine_state_describe_log (const EngineLog *log, GString *text);
