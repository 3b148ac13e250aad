/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The smallest program: what starting any process costs. */
int
main (void)
{
  return 0;
}
