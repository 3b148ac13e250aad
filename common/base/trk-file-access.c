/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file-access.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACCESS_LIST "system.posix_acl_access" /* acl(5), as the kernel names it */

/* Those names decide who may read; the kernel keeps its access lists below "system.". */
static gboolean
is_access (const char *name)
{
  return g_str_has_prefix (name, "system.");
}

static gboolean
is_unsupported (int reason)
{
  return reason == EOPNOTSUPP || reason == ENOSYS;
}

/* The names of @fd's attributes, each with its NUL, one NUL more behind them; NULL with errno.
 * Owned by the caller. */
static char *
list_attributes (int fd)
{
  ssize_t room = flistxattr (fd, NULL, 0);
  g_autofree char *names = room >= 0 ? g_malloc0 ((gsize) room + 1) : NULL;

  if (room < 0)
    return is_unsupported (errno) ? g_strdup ("") : NULL;
  if (room > 0 && flistxattr (fd, names, (gsize) room) != room) /* changed in this moment */
    return NULL;
  return g_steal_pointer (&names);
}

static gboolean
copy_attribute (int from, int to, const char *name)
{
  ssize_t length = fgetxattr (from, name, NULL, 0);
  g_autofree char *value = g_malloc ((gsize) MAX (length, 0) + 1);

  if (length < 0 || fgetxattr (from, name, value, (gsize) length) != length)
    return FALSE;
  return fsetxattr (to, name, value, (gsize) length, 0) == 0;
}

/* What the folder gives to all new files, and the old file does not have. */
static gboolean
drop_access_list (int fd)
{
  return fremovexattr (fd, ACCESS_LIST) == 0 || errno == ENODATA || is_unsupported (errno);
}

static gboolean
copy_attributes (int from, int to)
{
  g_autofree char *names = list_attributes (from);

  if (names == NULL || !drop_access_list (to))
    return FALSE;
  for (const char *name = names; *name != '\0'; name += strlen (name) + 1)
    if (!copy_attribute (from, to, name) && is_access (name))
      return FALSE;
  return TRUE;
}

gboolean
trk_file_access_copy (int from, int to)
{
  struct stat old, new;

  if (fstat (from, &old) != 0 || fstat (to, &new) != 0)
    return FALSE;
  if ((old.st_uid != new.st_uid || old.st_gid != new.st_gid)
      && fchown (to, old.st_uid, old.st_gid) != 0)
    return FALSE;
  return copy_attributes (from, to) && fchmod (to, old.st_mode & 07777) == 0;
}
