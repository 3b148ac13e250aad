# SPDX-FileCopyrightText: The trackerd authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of the log when its writer is killed or its disk fails.

store_faults.py WRITER CASE: runs one case; exit 77 names the kernel right that is missing.
After each fault: the database is whole, every command that was said to be saved is there, and no
command is there by half.
"""

import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

WRITER = sys.argv[1]
# Leaks cannot be looked for in a traced program.
TRACED = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")


def skip(reason):
    print("SKIP:", reason)
    sys.exit(77)


def run(*arguments, prefix=(), env=None):
    return subprocess.run([*prefix, WRITER, *map(str, arguments)], capture_output=True, text=True,
                          env=env, timeout=60)


class Told:
    """What the writers said, over all rounds."""

    def __init__(self):
        self.saved, self.undoing, self.undone = set(), set(), set()

    def hear(self, output):
        # A line that was cut off was not said.
        for line in output.split("\n")[:-1]:
            word, name = line.split()
            getattr(self, word).add(name)

    def compare(self, path):
        if not os.path.exists(path) or os.path.getsize(path) == 0:
            assert not self.saved, "the log is gone"
            return
        database = sqlite3.connect(path, timeout=10)
        try:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            if database.execute("PRAGMA user_version").fetchone() == (0,):
                assert not self.saved, "the log is empty"
                return
            self.compare_rows(database)
        finally:
            database.close()

    def compare_rows(self, database):
        def column(sql):
            return {row[0] for row in database.execute(sql)}

        tasks, entries = column("SELECT title FROM task"), column("SELECT title FROM entry")
        standing = column("SELECT text FROM command WHERE act = 'do' AND state = 'done'")
        assert tasks == entries == standing, f"half a command: {tasks ^ entries ^ standing}"
        lost = self.saved - self.undoing - tasks
        assert not lost, f"saved, but lost: {lost}"
        back = self.undone & tasks
        assert not back, f"undone, but there: {back}"


def usable(path, told, lane):
    """The log is written and checked again after the fault."""
    result = run(path, lane, 2)
    assert result.returncode == 0, result.stderr
    told.hear(result.stdout)
    told.compare(path)
    result = run(path, "check")
    assert result.returncode == 0, result.stderr


def case_kill(folder):
    """kill -9 at any time, 200 times, on one log."""
    path, told = folder / "log.db", Told()
    saved_before, rounds_that_saved = 0, 0
    for lane in range(200):
        writer = subprocess.Popen([WRITER, path, str(lane), "0", "undo"], text=True,
                                  stdout=subprocess.PIPE)
        # Half the time is counted from the start, half from the first command that was saved.
        first = writer.stdout.readline() if lane % 2 else ""
        time.sleep(random.uniform(0, 0.03))
        writer.kill()
        told.hear(first + writer.communicate()[0])
        told.compare(path)
        rounds_that_saved += len(told.saved) > saved_before
        saved_before = len(told.saved)
    assert rounds_that_saved >= 100, "most rounds must have written something"
    print(f"{len(told.saved)} commands saved over 200 kills, {len(told.undone)} undone")
    usable(path, told, 200)


def strace(inject):
    return ["strace", "-f", "-o", "/dev/null", "-e", "trace=" + inject.split(":")[0],
            "-e", "inject=" + inject]


def need_strace():
    if shutil.which("strace") is None:
        sys.exit("strace is not installed")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        skip("strace needs the right to trace (CAP_SYS_PTRACE)")


def case_kill_at_call(folder):
    """Killed at the n-th call of each kind that changes the disk, until a run survives."""
    need_strace()
    for call in ("pwrite64", "fdatasync", "fsync", "unlink", "ftruncate"):
        for n in range(1, 400):
            path, told = folder / f"{call}-{n}.db", Told()
            result = run(path, 1, 2, "undo", env=TRACED,
                         prefix=strace(f"{call}:signal=KILL:when={n}"))
            told.hear(result.stdout)
            told.compare(path)
            if n % 16 == 0:
                usable(path, told, 2)
            if result.returncode == 0:
                break
        assert result.returncode == 0, f"no run survived {call}"
        assert len(told.saved) == 2 and len(told.undone) == 1
        print(f"{call}: {n - 1} places")


def make_old_log(path):
    """Of the first version, with a day's work in it."""
    result = run(path, "version", 1)
    assert result.returncode == 0, result.stderr
    database = sqlite3.connect(path)
    database.execute("PRAGMA foreign_keys = ON")
    with database:
        database.execute("INSERT INTO machine (id, mark) VALUES ('m', 8000000)")
        database.executemany(
            "INSERT INTO task (id, title, state, estimate, points, created)"
            " VALUES (?1, 'old ' || ?1, 'needs-action', 0, 0, 0)",
            [(n,) for n in range(1, 8)])
        database.executemany(
            "INSERT INTO entry (id, machine, start, end, kind, title, evidence, start_reason, end_reason, task)"
            " VALUES (?1, 'm', ?1 * 1000000, (?1 + 1) * 1000000, 'focus', 'old ' || ?1, 'manual', 'by-hand',"
            "  'stop', ?1)",
            [(n,) for n in range(1, 8)])
        database.execute(
            "INSERT INTO notice (at, reason, key, kind, title, body, transient, urgent)"
            " VALUES (1000000, 'block-start', 'b', 'start', 'Focus', '', 0, 0)")
    database.close()


def old_rows(path):
    """Its version, and what the user has in it."""
    database = sqlite3.connect(path, timeout=10)
    try:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return (database.execute("PRAGMA user_version").fetchone()[0],
                database.execute("SELECT id, start, end, title, task FROM entry ORDER BY start").fetchall()
                + database.execute("SELECT at, key, title FROM notice").fetchall())
    finally:
        database.close()


def case_upgrade_killed_at_call(folder):
    """An upgrade over all versions, killed at each call that changes the disk: each step is there or
    not, no row is lost, a copy stands beside what was upgraded, and the next run ends it."""
    need_strace()
    old = folder / "old.db"
    make_old_log(old)
    versions = set()
    for call in ("pwrite64", "fdatasync", "fsync", "rename", "unlink", "ftruncate"):
        step = 3 if call == "pwrite64" else 1  # pages of one commit are many
        for n in range(1, 2000, step):
            place = folder / f"{call}-{n}"
            place.mkdir()
            path = place / "log.db"
            shutil.copy(old, path)
            killed = run(path, "check", env=TRACED, prefix=strace(f"{call}:signal=KILL:when={n}")).returncode != 0
            reached, rows = old_rows(path)
            versions.add(reached)
            assert rows == old_rows(old)[1], (call, n)
            if reached > 1:
                assert old_rows(f"{path}.before-upgrade-from-1") == old_rows(old), (call, n)
            result = run(path, "check")
            assert result.returncode == 0, (call, n, result.stderr)
            last, rows = old_rows(path)
            assert last >= 9 and rows == old_rows(old)[1], (call, n, last)
            shutil.rmtree(place)
            if not killed:
                break
        assert not killed, f"no upgrade survived {call}"
        print(f"{call}: {n - 1} places")
    assert versions == set(range(1, last + 1)), f"not killed between all versions: {versions}"


def case_disk_errors(folder):
    """The disk is full or fails from the n-th call on: an error in words, and nothing lost."""
    need_strace()
    cases = [("pwrite64", "ENOSPC", "disk full"), ("pwrite64", "EIO", "the disk failed"),
             ("pwrite64", "EDQUOT", "your quota"), ("fdatasync", "EIO", "did not confirm")]
    for call, error, words in cases:
        failures = 0
        for n in (1, 2, 3, 5, 8, 13, 20, 30, 45, 60, 80, 100):
            path, told = folder / f"{call}-{error}-{n}.db", Told()
            result = run(path, 1, 4, "undo", env=TRACED,
                         prefix=strace(f"{call}:error={error}:when={n}+"))
            told.hear(result.stdout)
            told.compare(path)
            if result.returncode != 0:
                failures += 1
                assert result.returncode == 1, result.stderr
                assert words in result.stderr, (n, result.stderr)
                # The last thing that was tried is the one that failed: no success was said of it.
                assert len(told.saved) < 4 or told.undoing - told.undone
            usable(path, told, 2)
        assert failures > 2, f"{call} {error}: the fault was not met"


def case_writers(folder):
    """Several programs write at once, from the first moment of the log: none fails, none loses."""
    path, told = folder / "log.db", Told()
    writers = [subprocess.Popen([WRITER, path, str(lane), "40"], text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE) for lane in range(6)]
    for writer in writers:
        output, errors = writer.communicate()
        assert writer.returncode == 0, errors
        told.hear(output)
    assert len(told.saved) == 6 * 40
    told.compare(path)


def case_locked(folder):
    """Somebody holds the log: a known wait, then words, and no half."""
    path, told = folder / "log.db", Told()
    usable(path, told, 1)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert run(path, "read").returncode == 0, "reading does not wait"
    result = run(path, 2, 1)
    assert result.returncode == 1
    assert "another program is writing" in result.stderr, result.stderr
    assert "BUSY" not in result.stderr and "locked" not in result.stderr
    holder.execute("ROLLBACK")
    holder.close()
    usable(path, told, 2)


def mount(*arguments):
    result = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True)
    if result.returncode != 0:
        skip("mounting a small disk needs CAP_SYS_ADMIN")


def case_small_disk(folder):
    """A disk of 256 KiB fills, is emptied, and becomes read-only."""
    disk = folder / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", disk)
    try:
        fill_and_free(disk)
        read_only(disk)
    finally:
        subprocess.run(["umount", disk], check=True)


def fill_and_free(disk):
    path, told = disk / "log.db", Told()
    (disk / "ballast").write_bytes(bytes(40 * 1024))
    result = run(path, 1, 0)
    told.hear(result.stdout)
    assert result.returncode == 1 and told.saved
    assert "disk full" in result.stderr and "KiB free" in result.stderr, result.stderr
    assert str(path) in result.stderr
    fill(disk / "ballast")
    before = path.read_bytes()
    result = run(path, 2, 1)
    assert result.returncode == 1 and "disk full" in result.stderr, result.stderr
    assert path.read_bytes() == before
    assert run(path, "read").returncode == 0, "a full disk is read"
    (disk / "ballast").unlink()
    usable(path, told, 3)


def case_full_disk_recovers(folder):
    """The disk fills while one program keeps the log open. A little space is enough to go on: the
    write-ahead log gives back what it took."""
    disk = folder / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", disk)
    try:
        recover(disk, disk / "log.db")
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def tasks_in(path):
    database = sqlite3.connect(path, timeout=10)
    try:
        return database.execute("SELECT count(*) FROM task").fetchone()[0]
    finally:
        database.close()


def recover(disk, path):
    told = Told()
    told.hear(run(path, 1, 5).stdout)
    (disk / "ballast").write_bytes(bytes(48 * 1024))
    free = os.statvfs(disk)
    (disk / "more").write_bytes(bytes(free.f_bavail * free.f_frsize - 160 * 1024))
    writer = subprocess.Popen([WRITER, path, "2", "400", "retry"], text=True, bufsize=1,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert "disk full" in writer.stderr.readline()
        assert os.path.getsize(f"{path}-wal") > 100 * 1024, "the write-ahead log has the space"
        before = tasks_in(path)
        (disk / "ballast").unlink()
        output, errors = writer.communicate("again\n")
    finally:
        writer.kill()
    told.hear(output)
    told.compare(path)
    assert tasks_in(path) >= before + 3, errors
    (disk / "more").unlink()
    usable(path, told, 3)


def case_nameless_machine(folder):
    """Where the system has no identifier, the log keeps a name of the machine: also when what would
    have given it first was rolled back by a full disk."""
    need_strace()
    disk = folder / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", disk)
    try:
        name_machine(disk / "log.db", disk / "ballast")
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def name_machine(path, ballast):
    nameless = strace("openat:error=ENOENT") + ["-P", "/etc/machine-id"]
    result = run(path, "check", env=TRACED)
    assert result.returncode == 0, result.stderr
    told = Told()
    # Some space, which the first commit finds gone.
    with open(ballast, "wb") as file:
        free = os.statvfs(path.parent)
        file.write(bytes(free.f_bavail * free.f_frsize - 40 * 1024))
    writer = subprocess.Popen([*nameless, WRITER, path, "1", "1", "retry"], text=True, bufsize=1, env=TRACED,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert "disk full" in writer.stderr.readline()
        ballast.unlink()
        told.hear(writer.communicate("again\n")[0])
    finally:
        writer.kill()
    told.hear(run(path, 2, 1, env=TRACED, prefix=nameless).stdout)
    assert len(told.saved) == 2
    told.compare(path)
    database = sqlite3.connect(path, timeout=10)
    names = database.execute("SELECT DISTINCT machine FROM entry").fetchall()
    kept = database.execute("SELECT value FROM meta WHERE name = 'machine'").fetchall()
    database.close()
    assert names == kept and len(names) == 1, (names, kept)


def fill(ballast):
    with open(ballast, "ab", buffering=0) as file:
        try:
            while file.write(bytes(512)):
                pass
        except OSError:
            pass


def read_only(disk):
    path = disk / "log.db"
    mount("-o", "remount,ro", disk)
    assert run(path, "read").returncode == 0, "a read-only disk is read"
    result = run(path, 4, 1)
    assert result.returncode == 1 and "read-only" in result.stderr, result.stderr
    mount("-o", "remount,rw", disk)
    leave_log_without_memory(path)
    mount("-o", "remount,ro", disk)
    result = run(path, "read")
    assert result.returncode == 0, result.stderr
    mount("-o", "remount,rw", disk)


def leave_log_without_memory(path):
    """As after a power loss: changes stand in the -wal file, and there is no -shm file."""
    writer = subprocess.Popen([WRITER, path, "5", "0"], stdout=subprocess.PIPE)
    writer.stdout.readline()
    writer.kill()
    writer.communicate()
    pathlib.Path(f"{path}-shm").unlink()
    assert os.path.getsize(f"{path}-wal") > 0


def main():
    case = globals()["case_" + sys.argv[2].replace("-", "_")]
    seed = random.randrange(1 << 32)
    print("seed", seed)
    random.seed(seed)
    with tempfile.TemporaryDirectory() as folder:
        case(pathlib.Path(folder))


main()
