/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

#include <errno.h>

/* The system's file layer with a memory: SQLite forgets why a write failed when what it does next
 * to clean up fails or asks the system something else, and to a person a used up quota is not a
 * failing disk. Each connection has one of its own, registered under a name of its own while it
 * lives. */

struct _TrkDbVfs
{
  sqlite3_vfs base; /* the system's, but for what is overridden */
  sqlite3_vfs *system;
  int failure; /* the system's number of the first failure since it was forgotten; 0 none */
  char name[32];
};

typedef struct
{
  sqlite3_file base;
  TrkDbVfs *vfs;
  sqlite3_io_methods methods; /* as many of ours as the system's file has */
  sqlite3_file system[];      /* as large as the system's layer wants it */
} File;

/* @code as it came; called right after the system's layer, while errno is still of it. */
static int
remember (TrkDbVfs *vfs, int code)
{
  int number = errno;

  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ && (code & 0xff) != SQLITE_BUSY
      && vfs->failure == 0)
    vfs->failure = number;
  return code;
}

#define SYSTEM(file) (((File *) (file))->system)
#define CALL(file, method) SYSTEM (file)->pMethods->method
#define NOTED(file, result) remember (((File *) (file))->vfs, result)

static int
file_close (sqlite3_file *file)
{
  return NOTED (file, CALL (file, xClose) (SYSTEM (file)));
}

static int
file_read (sqlite3_file *file, void *buffer, int size, sqlite3_int64 at)
{
  return NOTED (file, CALL (file, xRead) (SYSTEM (file), buffer, size, at));
}

static int
file_write (sqlite3_file *file, const void *buffer, int size, sqlite3_int64 at)
{
  return NOTED (file, CALL (file, xWrite) (SYSTEM (file), buffer, size, at));
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return NOTED (file, CALL (file, xTruncate) (SYSTEM (file), size));
}

static int
file_sync (sqlite3_file *file, int flags)
{
  return NOTED (file, CALL (file, xSync) (SYSTEM (file), flags));
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return NOTED (file, CALL (file, xFileSize) (SYSTEM (file), size));
}

static int
file_lock (sqlite3_file *file, int level)
{
  return CALL (file, xLock) (SYSTEM (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return CALL (file, xUnlock) (SYSTEM (file), level);
}

static int
file_check_reserved_lock (sqlite3_file *file, int *reserved)
{
  return CALL (file, xCheckReservedLock) (SYSTEM (file), reserved);
}

static int
file_control (sqlite3_file *file, int what, void *argument)
{
  return CALL (file, xFileControl) (SYSTEM (file), what, argument);
}

static int
file_sector_size (sqlite3_file *file)
{
  return CALL (file, xSectorSize) (SYSTEM (file));
}

static int
file_device (sqlite3_file *file)
{
  return CALL (file, xDeviceCharacteristics) (SYSTEM (file));
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **region)
{
  return NOTED (file, CALL (file, xShmMap) (SYSTEM (file), page, size, extend, region));
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return CALL (file, xShmLock) (SYSTEM (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  CALL (file, xShmBarrier) (SYSTEM (file));
}

static int
file_shm_unmap (sqlite3_file *file, int and_delete)
{
  return CALL (file, xShmUnmap) (SYSTEM (file), and_delete);
}

static int
file_fetch (sqlite3_file *file, sqlite3_int64 at, int size, void **page)
{
  return CALL (file, xFetch) (SYSTEM (file), at, size, page);
}

static int
file_unfetch (sqlite3_file *file, sqlite3_int64 at, void *page)
{
  return CALL (file, xUnfetch) (SYSTEM (file), at, page);
}

/* Of all versions: 2 adds shared memory, 3 the pages that are mapped. */
static const sqlite3_io_methods all_methods = {
  .iVersion = 3,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
  .xFetch = file_fetch,
  .xUnfetch = file_unfetch,
};

/* Our methods above the system's: SQLite calls no more of them than the version says. Without the
 * shared memory it keeps no write-ahead log. */
static void
set_methods (File *file)
{
  const sqlite3_io_methods *system = file->system->pMethods;

  file->methods = all_methods;
  if (system != NULL)
    file->methods.iVersion = MIN (system->iVersion, all_methods.iVersion);
  file->base.pMethods = system != NULL ? &file->methods : NULL;
}

static int
vfs_open (sqlite3_vfs *base, const char *name, sqlite3_file *opened, int flags, int *given)
{
  TrkDbVfs *vfs = (TrkDbVfs *) base;
  File *file = (File *) opened;
  int code;

  file->vfs = vfs;
  file->system->pMethods = NULL;
  code = remember (vfs, vfs->system->xOpen (vfs->system, name, file->system, flags, given));
  set_methods (file);
  return code;
}

TrkDbVfs *
trk_db_vfs_new (void)
{
  TrkDbVfs *vfs = g_new0 (TrkDbVfs, 1);

  vfs->system = sqlite3_vfs_find (NULL);
  vfs->base = *vfs->system;
  g_snprintf (vfs->name, sizeof vfs->name, "trackerd-%p", (void *) vfs);
  vfs->base.zName = vfs->name;
  vfs->base.pNext = NULL;
  vfs->base.szOsFile = (int) sizeof (File) + vfs->system->szOsFile;
  vfs->base.xOpen = vfs_open;
  sqlite3_vfs_register (&vfs->base, FALSE);
  return vfs;
}

void
trk_db_vfs_free (TrkDbVfs *vfs)
{
  sqlite3_vfs_unregister (&vfs->base);
  g_free (vfs);
}

const char *
trk_db_vfs_name (const TrkDbVfs *vfs)
{
  return vfs->name;
}

int
trk_db_vfs_failure (const TrkDbVfs *vfs)
{
  return vfs->failure;
}

void
trk_db_vfs_forget (TrkDbVfs *vfs)
{
  vfs->failure = 0;
}
