/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sandbox.h"

#include "trk-sandbox-config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#if HAVE_LANDLOCK
#include <linux/landlock.h>
#endif
#if HAVE_SECCOMP
#include <seccomp.h>
#include <sys/mman.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#else
#define UNDER_SANITIZER 0
#endif

/* -- Files ------------------------------------------------------------------------------------- */

#if HAVE_LANDLOCK

#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

/* The rights of the first version, in the order of its header; the last is MAKE_SYM. */
#define ALL_OF_VERSION_1 ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define TO_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define TO_WRITE                                                                                   \
  (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE    \
   | LANDLOCK_ACCESS_FS_TRUNCATE)
/* What a right to a file, not a folder, may consist of. */
#define OF_A_FILE                                                                                  \
  (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE)

/* All that this kernel can forbid; 0: it knows no Landlock. */
static guint64
known_rights (void)
{
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  guint64 rights = version >= 1 ? ALL_OF_VERSION_1 : 0;

  if (version >= 2)
    rights |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3)
    rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
  return rights;
}

/* What is not there needs no right. */
static void
grant (int ruleset, const char *path, guint64 rights)
{
  int fd = open (path, O_PATH | O_CLOEXEC);
  struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = fd };
  struct stat status;

  if (fd < 0)
    return;
  if (fstat (fd, &status) == 0 && !S_ISDIR (status.st_mode))
    rule.allowed_access &= OF_A_FILE;
  syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close (fd);
}

static void
grant_all (int ruleset, guint64 known, const GPtrArray *readable, const char *writable)
{
  const char *zones = g_getenv ("TZDIR");

  for (guint i = 0; i < readable->len; i++)
    grant (ruleset, g_ptr_array_index (readable, i), TO_READ);
  grant (ruleset, zones != NULL ? zones : "/usr/share/zoneinfo", TO_READ);
  grant (ruleset, "/dev/urandom", TO_READ); /* SQLite's */
  if (UNDER_SANITIZER)                      /* it looks at its own process when it ends */
    grant (ruleset, "/proc", TO_READ);
  grant (ruleset, writable, (TO_READ | TO_WRITE) & known);
}

static gboolean
confine_files (const GPtrArray *readable, const char *writable)
{
  const guint64 known = known_rights ();
  const struct landlock_ruleset_attr attributes = { .handled_access_fs = known };
  gboolean confined;
  int ruleset;

  if (known == 0)
    return FALSE;
  ruleset = (int) syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (ruleset < 0)
    return FALSE;
  grant_all (ruleset, known, readable, writable);
  confined = syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);
  return confined;
}

#else

static gboolean
confine_files (const GPtrArray *readable, const char *writable)
{
  return FALSE;
}

#endif

/* -- Calls ------------------------------------------------------------------------------------- */

#if HAVE_SECCOMP

/* What reading files, SQLite and the C library do; the rest answers EPERM. */
static const int allowed[] = {
  SCMP_SYS (read),
  SCMP_SYS (write),
  SCMP_SYS (pread64),
  SCMP_SYS (pwrite64),
  SCMP_SYS (readv),
  SCMP_SYS (writev),
  SCMP_SYS (lseek),
  SCMP_SYS (_llseek),
  SCMP_SYS (open),
  SCMP_SYS (openat),
  SCMP_SYS (close),
  SCMP_SYS (stat),
  SCMP_SYS (fstat),
  SCMP_SYS (lstat),
  SCMP_SYS (stat64),
  SCMP_SYS (fstat64),
  SCMP_SYS (lstat64),
  SCMP_SYS (newfstatat),
  SCMP_SYS (fstatat64),
  SCMP_SYS (statx),
  SCMP_SYS (statfs),
  SCMP_SYS (fstatfs),
  SCMP_SYS (statfs64),
  SCMP_SYS (fstatfs64),
  SCMP_SYS (access),
  SCMP_SYS (faccessat),
  SCMP_SYS (faccessat2),
  SCMP_SYS (readlink),
  SCMP_SYS (readlinkat),
  SCMP_SYS (getdents),
  SCMP_SYS (getdents64),
  SCMP_SYS (getcwd),
  SCMP_SYS (fcntl),
  SCMP_SYS (fcntl64),
  SCMP_SYS (flock),
  SCMP_SYS (ftruncate),
  SCMP_SYS (ftruncate64),
  SCMP_SYS (fallocate),
  SCMP_SYS (fsync),
  SCMP_SYS (fdatasync),
  SCMP_SYS (fchmod),
  SCMP_SYS (chmod),
  SCMP_SYS (fchmodat),
  SCMP_SYS (fchown),
  SCMP_SYS (fchown32),
  SCMP_SYS (unlink),
  SCMP_SYS (unlinkat),
  SCMP_SYS (rename),
  SCMP_SYS (renameat),
  SCMP_SYS (renameat2),
  SCMP_SYS (mkdir),
  SCMP_SYS (mkdirat),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (madvise),
  SCMP_SYS (brk),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigreturn),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (setitimer),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_gettime64),
  SCMP_SYS (clock_getres),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (nanosleep),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (clock_nanosleep_time64),
  SCMP_SYS (futex),
  SCMP_SYS (futex_time64),
  SCMP_SYS (sched_yield),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (getrandom),
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (getuid),
  SCMP_SYS (getuid32),
  SCMP_SYS (geteuid),
  SCMP_SYS (geteuid32),
  SCMP_SYS (getgid),
  SCMP_SYS (getegid),
  SCMP_SYS (getrusage),
  SCMP_SYS (sysinfo),
  SCMP_SYS (uname),
  SCMP_SYS (umask),
  SCMP_SYS (tgkill),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  SCMP_SYS (restart_syscall),
};

/* A sanitizer traces its own process with a helper of its own when it ends; there only what would
 * lead out is forbidden. */
static const int forbidden_under_sanitizer[] = {
  SCMP_SYS (socket), SCMP_SYS (socketpair), SCMP_SYS (connect), SCMP_SYS (bind),
  SCMP_SYS (execve), SCMP_SYS (execveat),   SCMP_SYS (fork),    SCMP_SYS (vfork),
};

/* Memory may be had, but not to run. */
static gboolean
allow_memory (scmp_filter_ctx filter)
{
  const struct scmp_arg_cmp not_executable =
      SCMP_A2 (SCMP_CMP_MASKED_EQ, (scmp_datum_t) PROT_EXEC, 0);

  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, not_executable) == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap2), 1, not_executable) == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, not_executable) == 0;
}

static gboolean
fill_filter (scmp_filter_ctx filter)
{
  gboolean good = TRUE;

  if (UNDER_SANITIZER)
    for (guint i = 0; good && i < G_N_ELEMENTS (forbidden_under_sanitizer); i++)
      good =
          seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), forbidden_under_sanitizer[i], 0) == 0;
  else
    for (guint i = 0; good && i < G_N_ELEMENTS (allowed); i++)
      good = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
  return good && (UNDER_SANITIZER || allow_memory (filter));
}

static gboolean
confine_calls (void)
{
  scmp_filter_ctx filter = seccomp_init (UNDER_SANITIZER ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO (EPERM));
  gboolean confined = filter != NULL && fill_filter (filter) && seccomp_load (filter) == 0;

  seccomp_release (filter);
  return confined;
}

#else

static gboolean
confine_calls (void)
{
  return FALSE;
}

#endif

TrkIndexConfined
trk_sandbox_enter (const GPtrArray *readable, const char *writable)
{
  TrkIndexConfined held = 0;

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return held;
  if (confine_files (readable, writable))
    held |= TRK_INDEX_CONFINED_FILES;
  if (confine_calls ())
    held |= TRK_INDEX_CONFINED_CALLS;
  return held;
}
