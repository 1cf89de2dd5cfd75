"""A real PostgreSQL server from Debian's package, for one test run; a database for each test."""

from __future__ import annotations

import getpass
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

# PostgreSQL refuses to run as root. Debian's package makes the first of these; every system has
# the other.
_OTHER_USERS = ("postgres", "nobody")
# Not where the tests put theirs: that folder is its owner's alone, and its path too long for a
# socket. There is one on every system that has Debian's package.
_FOR_EVERYBODY = Path("/tmp")
_STOP_SECONDS = 60
# A test run does not outlive a power cut, and other test runs share the machine.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    # Nothing in /dev/shm, where the guards look.
    "dynamic_shared_memory_type": "mmap",
    "max_parallel_workers": "0",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    # Says when it is ready, and hardly anything afterwards: nobody reads on.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}


class NoPostgresError(Exception):
    """There is no server here; the words say why.

    One that is there and does not start is a `RuntimeError`: tests that skip then would be missed
    by nobody.
    """


@dataclass(slots=True)
class Postgres:
    """A running server. `new` makes an empty database and gives its address."""

    folder: Path
    user: str
    pid: int
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def address(self, database: str) -> str:
        return f"postgresql://{self.user}@/{database}?host={self.folder}"

    def new(self) -> str:
        name = f"hub{next(self._numbers)}"
        self.execute(f"create database {name}")
        return self.address(name)

    def drop(self, address: str) -> None:
        name = address.rpartition("@/")[2].partition("?")[0]
        self.execute(f"drop database {name} with (force)")

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def programs() -> Path:
    """The folder of `initdb` and `postgres`; raises `NoPostgresError`."""
    if os.name == "nt":
        raise NoPostgresError("PostgreSQL is not started on Windows")
    if (found := shutil.which("initdb")) and shutil.which("postgres"):
        return Path(found).parent
    # Debian keeps the server's programs out of the path, by version.
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    if newest is None:
        raise NoPostgresError("PostgreSQL is not installed (Debian: postgresql)")
    return newest.parent


@contextmanager
def running() -> Iterator[Postgres]:
    """A server on a Unix socket in a folder of its own; both are gone afterwards."""
    bin_ = programs()
    user = _user()
    with tempfile.TemporaryDirectory(prefix="gwanje-pg-", dir=_FOR_EVERYBODY) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, user)
        data = folder / "data"
        account = user if os.geteuid() == 0 else None
        _initialise(bin_, data, user, account)
        settings = {**_SETTINGS, "unix_socket_directories": str(folder)}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with subprocess.Popen(
            [bin_ / "postgres", "-D", data, *options],
            user=account, cwd="/", stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        ) as server:  # fmt: skip
            try:
                _until_it_is_ready(server)
                yield Postgres(folder, user, server.pid)
            finally:
                # Fast shutdown: clients are sent away.
                server.send_signal(signal.SIGINT)
                server.wait(_STOP_SECONDS)


def _user() -> str:
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in _OTHER_USERS:
        if name in known:
            return name
    raise NoPostgresError("there is no unprivileged user to run PostgreSQL as")


def _initialise(bin_: Path, data: Path, user: str, account: str | None) -> None:
    done = subprocess.run(
        [bin_ / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        user=account, cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr.strip()}")


def _until_it_is_ready(server: subprocess.Popen[str]) -> None:
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        if "ready to accept connections" in line:
            return
        said.append(line)
    raise RuntimeError("".join(said))
