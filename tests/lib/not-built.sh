#!/bin/sh
# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Stands for a test whose subject was not built: a skip that is told, and that `./dev test` counts as
# a failure, where a test that is not registered would be missed by nobody.
#
#     not-built.sh LIBRARY
echo "built without $1: nothing of this was tested"
exit 77
