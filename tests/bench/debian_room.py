"""A fresh Debian in a folder, with its own systemd: where packages are tried, and nothing else.

Made by debootstrap, entered and booted by systemd-nspawn, which is the room's own. Booted it has a
network of its own with a loopback only; before that it sees the host's, so that apt may fetch.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

SUITE: Final = "bookworm"
_MIRROR: Final = "http://deb.debian.org/debian"
_SECURITY: Final = "http://deb.debian.org/debian-security"
_SOURCES: Final = f"deb {_MIRROR} {SUITE} main\ndeb {_SECURITY} {SUITE}-security main\n"
_OWN: Final = ("systemd", "systemd-sysv", "systemd-container", "dbus")
# What systemd-nspawn says in the end where no systemd made its folder in /run; nothing is lost.
_NOISE: Final = "Attempted to remove disk file system"
_BOOT_SECONDS: Final = 60.0
_LOOK_SECONDS: Final = 0.2
_ENVIRONMENT: Final = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
# On its own in a cgroup of version 2, also where the host keeps version 1 in its usual place.
_BOOT: Final = """
set -e
own=$(findmnt -n -o TARGET -t cgroup2 | head -n 1)/gwanje-room-$$
mkdir "$own"
echo $$ > "$own/cgroup.procs"
exec unshare --mount --propagation private sh -c '
    umount -R /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup
    exec "$@"' sh "$@"
"""


class Room:
    """`make` it, `boot` it where wanted, `close` it in the end."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._running: subprocess.Popen[bytes] | None = None
        self._first: int | None = None

    def make(self) -> None:
        """Raises CalledProcessError."""
        _checked(["debootstrap", "--variant=minbase", SUITE, str(self.root), _MIRROR])
        self.sources()
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        chroot = ["chroot", str(self.root), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        _checked([*chroot, "-q", "update"])
        _checked([*chroot, "-q", "install", "-y", "--no-install-recommends", *_OWN])

    def sources(self, text: str = _SOURCES) -> None:
        """Where apt looks from now on."""
        (self.root / "etc/apt/sources.list").write_text(text)

    def run(self, command: Sequence[str], seconds: float = 600.0, **more: str) -> tuple[int, str]:
        """Status and words of a command: in the booted room, or in one that is there for it."""
        environment = [f"{name}={value}" for name, value in (_ENVIRONMENT | more).items()]
        if self._first is None:
            prefix = [*self._nspawn(), "--pipe", "--", "env", "-i", *environment]
        else:
            enter = ["nsenter", "--target", str(self._first), "--all", "--root", "--wd"]
            prefix = [*enter, "env", "-i", *environment]
        done = subprocess.run(
            [*prefix, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=seconds, check=False,
            env=self._libraries() if self._first is None else None,
        )  # fmt: skip
        lines = done.stdout.splitlines(keepends=True)
        return done.returncode, "".join(line for line in lines if not line.startswith(_NOISE))

    @contextlib.contextmanager
    def booted(self) -> Iterator[None]:
        """Raises TimeoutError."""
        own = [*self._nspawn(), "--private-network", "--boot", "--console=pipe"]
        self._running = subprocess.Popen(
            ["sh", "-c", _BOOT, "sh", *own], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=self._libraries(),
        )  # fmt: skip
        try:
            self._first = self._wait_for_init()
            yield
        finally:
            self.close()

    def close(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        if self._first is not None:
            self.run(["systemctl", "poweroff"])
            self._first = None
        try:
            running.wait(_BOOT_SECONDS)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        _forget_cgroup(running.pid)

    def _wait_for_init(self) -> int:
        assert self._running is not None
        deadline = time.monotonic() + _BOOT_SECONDS
        while time.monotonic() < deadline and self._running.poll() is None:
            self._first = _child(self._running.pid)
            if self._first is not None:
                _, said = self.run(["systemctl", "is-system-running"])
                if said.strip() in {"running", "degraded"}:
                    return self._first
            time.sleep(_LOOK_SECONDS)
        message = "the room's systemd did not come up"
        raise TimeoutError(message)

    def _nspawn(self) -> list[str]:
        program = str(self.root / "usr/bin/systemd-nspawn")
        return [program, "--quiet", "--register=no", "--keep-unit", f"--directory={self.root}"]

    def _libraries(self) -> dict[str, str]:
        own = self.root / "usr/lib/x86_64-linux-gnu/systemd"
        return {**os.environ, "LD_LIBRARY_PATH": str(own), "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}


def missing() -> list[str]:
    """What this machine lacks for it."""
    found = [name for name in ("debootstrap", "nsenter", "unshare") if not shutil.which(name)]
    return [*found, *(["root"] if os.geteuid() else [])]


def _child(parent: int) -> int | None:
    """The room's systemd, once it is one: the first process below that is called so."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(parent)],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    for line in listed.splitlines():
        pid, _, words = line.strip().partition(" ")
        if words.strip().endswith("lib/systemd/systemd"):
            return int(pid)
    return None


def _forget_cgroup(number: int) -> None:
    """Empty folders by now; the innermost first."""
    listed = subprocess.run(
        ["findmnt", "-n", "-o", "TARGET", "-t", "cgroup2"],
        capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    for mount in listed[:1]:
        own = Path(mount) / f"gwanje-room-{number}"
        for folder in sorted(own.glob("**/"), key=lambda path: -len(path.parts)):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _checked(command: list[str]) -> None:
    subprocess.run(
        command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
