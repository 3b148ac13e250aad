/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-locale.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

const char *
trk_locale_name (const char *category)
{
  const char *const variables[] = { "LC_ALL", category, "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && *value != '\0')
        return value;
    }
  return "C";
}

/* "de_DE" alone, "de_DE@euro". */
static gboolean
is_utf8_by_itself (const char *name)
{
  locale_t locale = newlocale (LC_CTYPE_MASK, name, (locale_t) 0);
  gboolean utf8 = locale != (locale_t) 0 && g_str_equal (nl_langinfo_l (CODESET, locale), "UTF-8");

  if (locale != (locale_t) 0)
    freelocale (locale);
  return utf8;
}

gboolean
trk_locale_is_utf8 (void)
{
  const char *name = trk_locale_name ("LC_CTYPE");
  const char *charset = strchr (name, '.');
  gsize length = charset != NULL ? strcspn (charset + 1, "@") : 0;

  if (charset == NULL)
    return is_utf8_by_itself (name);
  return (length == 5 && g_ascii_strncasecmp (charset + 1, "UTF-8", length) == 0)
         || (length == 4 && g_ascii_strncasecmp (charset + 1, "UTF8", length) == 0);
}
