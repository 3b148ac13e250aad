/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-idle-memory.h"

#ifdef __GLIBC__
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

/* Was its code changed when it was loaded? Then the file does not have it. Position-independent
 * code, which is all that distributions ship, never is. */
static gboolean
is_changed (const struct dl_phdr_info *object)
{
  for (guint i = 0; i < object->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *part = &object->dlpi_phdr[i];
      const ElfW (Dyn) *entry = (gconstpointer) (object->dlpi_addr + part->p_vaddr);

      if (part->p_type != PT_DYNAMIC)
        continue;
      for (; entry->d_tag != DT_NULL; entry++)
        if (entry->d_tag == DT_TEXTREL
            || (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0))
          return TRUE;
    }
  return FALSE;
}

/* What cannot be written to is as it is in the file. */
static int
drop_pages (struct dl_phdr_info *object, size_t size, void *data)
{
  const guintptr page = (guintptr) sysconf (_SC_PAGESIZE);

  if (is_changed (object))
    return 0;
  for (guint i = 0; i < object->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *part = &object->dlpi_phdr[i];
      guintptr start = object->dlpi_addr + part->p_vaddr;
      guintptr first = start & ~(page - 1);

      if (part->p_type == PT_LOAD && (part->p_flags & PF_W) == 0)
        madvise ((gpointer) first, start + part->p_memsz - first, MADV_DONTNEED);
    }
  return 0;
}
#endif

void
trk_idle_memory_give_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
  dl_iterate_phdr (drop_pages, NULL);
#endif
}
