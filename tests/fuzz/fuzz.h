/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* What a fuzzer calls with bytes of its own making: libFuzzer's entry point. Anything that it finds
 * goes into corpus/<name>/, which the replay driver feeds as a normal test. Always 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
