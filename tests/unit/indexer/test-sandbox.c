/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process of its own enters the sandbox and then tries one thing; how that ended is its exit
 * status: 0 or an errno. */

typedef struct
{
  char *folder;  /* (owned) */
  char *file;    /* a calendar in it, (owned) */
  char *link;    /* in the folder, to a file elsewhere that is readable by it (owned) */
  char *other;   /* a file that was not named (owned) */
  char *cache;   /* the folder that may be written (owned) */
  char *written; /* a file in it (owned) */
} Fixture;

typedef int (*Attempt) (const Fixture *fixture);

enum
{
  NOT_HELD = 200 /* the kernel offers no such confinement */
};

static int
result_of (gboolean good)
{
  return good ? 0 : errno;
}

static int
open_and_close (const char *path, int flags)
{
  int fd = open (path, flags | O_CLOEXEC, 0600);
  int result = result_of (fd >= 0);

  if (fd >= 0)
    close (fd);
  return result;
}

static int
read_named (const Fixture *fixture)
{
  return open_and_close (fixture->file, O_RDONLY);
}

static int
read_by_link (const Fixture *fixture)
{
  return open_and_close (fixture->link, O_RDONLY);
}

static int
read_zone (const Fixture *fixture)
{
  return open_and_close ("/usr/share/zoneinfo/UTC", O_RDONLY);
}

static int
write_cache (const Fixture *fixture)
{
  return open_and_close (fixture->written, O_RDWR | O_CREAT);
}

static int
read_other (const Fixture *fixture)
{
  return open_and_close (fixture->other, O_RDONLY);
}

static int
read_password_file (const Fixture *fixture)
{
  return open_and_close ("/etc/passwd", O_RDONLY);
}

static int
write_named (const Fixture *fixture)
{
  return open_and_close (fixture->file, O_WRONLY);
}

static int
create_beside (const Fixture *fixture)
{
  g_autofree char *path = g_strconcat (fixture->file, ".new", NULL);

  return open_and_close (path, O_WRONLY | O_CREAT);
}

static int
remove_named (const Fixture *fixture)
{
  return result_of (unlink (fixture->file) == 0);
}

static int
link_in_cache (const Fixture *fixture)
{
  g_autofree char *path = g_strconcat (fixture->written, ".link", NULL);

  return result_of (symlink ("/etc/passwd", path) == 0);
}

static int
make_socket (const Fixture *fixture)
{
  return result_of (socket (AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static int
make_internet_socket (const Fixture *fixture)
{
  return result_of (socket (AF_INET, SOCK_DGRAM, 0) >= 0);
}

static int
run_program (const Fixture *fixture)
{
  char *const none[] = { NULL };

  return result_of (execve ("/bin/true", none, none) == 0);
}

#if !defined(__SANITIZE_ADDRESS__)
static int
make_process (const Fixture *fixture)
{
  pid_t child = fork ();

  if (child == 0)
    _exit (0);
  return result_of (child > 0);
}

static int
make_executable (const Fixture *fixture)
{
  void *page =
      mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return result_of (page != MAP_FAILED);
}
#endif

typedef struct
{
  const char *name;
  Attempt attempt;
  TrkIndexConfined by; /* what must hold for this to be asked */
  gboolean refused;
} Case;

static const Case cases[] = {
  { "named-file", read_named, TRK_INDEX_CONFINED_FILES, FALSE },
  { "link-to-named-file", read_by_link, TRK_INDEX_CONFINED_FILES, FALSE },
  { "zone-data", read_zone, TRK_INDEX_CONFINED_FILES, FALSE },
  { "write-cache", write_cache, TRK_INDEX_CONFINED_FILES, FALSE },
  { "other-file", read_other, TRK_INDEX_CONFINED_FILES, TRUE },
  { "etc-passwd", read_password_file, TRK_INDEX_CONFINED_FILES, TRUE },
  { "write-calendar", write_named, TRK_INDEX_CONFINED_FILES, TRUE },
  { "create-beside-calendar", create_beside, TRK_INDEX_CONFINED_FILES, TRUE },
  { "remove-calendar", remove_named, TRK_INDEX_CONFINED_FILES, TRUE },
  { "link-in-cache", link_in_cache, TRK_INDEX_CONFINED_FILES, TRUE },
  { "socket", make_socket, TRK_INDEX_CONFINED_CALLS, TRUE },
  { "internet", make_internet_socket, TRK_INDEX_CONFINED_CALLS, TRUE },
  { "program", run_program, TRK_INDEX_CONFINED_CALLS, TRUE },
#if !defined(__SANITIZE_ADDRESS__)
  { "process", make_process, TRK_INDEX_CONFINED_CALLS, TRUE },
  { "executable-memory", make_executable, TRK_INDEX_CONFINED_CALLS, TRUE },
#endif
};

static void
set_up (Fixture *fixture)
{
  g_autofree char *target = NULL;

  fixture->folder = g_dir_make_tmp ("test-sandbox-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->folder, "a.ics", NULL);
  fixture->link = g_build_filename (fixture->folder, "link.ics", NULL);
  fixture->other = g_build_filename (fixture->folder, "other", NULL);
  fixture->cache = g_build_filename (fixture->folder, "cache", NULL);
  fixture->written = g_build_filename (fixture->cache, "index.db", NULL);
  target = g_build_filename (fixture->folder, "target", NULL);
  g_assert_true (g_file_set_contents (fixture->file, "x", 1, NULL));
  g_assert_true (g_file_set_contents (fixture->other, "x", 1, NULL));
  g_assert_true (g_file_set_contents (target, "x", 1, NULL));
  g_assert_cmpint (symlink ("target", fixture->link), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->cache, 0700), ==, 0);
}

static void
tear_down (Fixture *fixture)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);

  g_unlink (fixture->written);
  g_unlink (fixture->file);
  g_unlink (fixture->link);
  g_unlink (fixture->other);
  g_unlink (target);
  g_rmdir (fixture->cache);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->file);
  g_free (fixture->link);
  g_free (fixture->other);
  g_free (fixture->cache);
  g_free (fixture->written);
}

/* In the child: no more than asked, and out without the parent's clean-up. */
static void
try (const Fixture *fixture, const Case *the_case)
{
  g_autoptr (GPtrArray) readable = g_ptr_array_new ();

  g_ptr_array_add (readable, fixture->file);
  g_ptr_array_add (readable, fixture->link);
  if ((trk_sandbox_enter (readable, fixture->cache) & the_case->by) == 0)
    _exit (NOT_HELD);
  _exit (the_case->attempt (fixture));
}

/* Landlock's answer, or seccomp's, which is asked first. Another failure is neither. */
static gboolean
is_refusal (int result)
{
  g_assert_true (result == 0 || result == EACCES || result == EPERM);
  return result != 0;
}

static void
test_case (gconstpointer data)
{
  const Case *the_case = data;
  Fixture fixture;
  int status = 0;
  pid_t child;

  set_up (&fixture);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    try (&fixture, the_case);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  tear_down (&fixture);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == NOT_HELD)
    g_test_skip ("this kernel does not offer it");
  else
    g_assert_cmpint (is_refusal (WEXITSTATUS (status)), ==, the_case->refused);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/indexer/sandbox/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
