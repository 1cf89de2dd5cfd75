"""A piece of memory that two processes share and nobody has to clean up.

Linux: a memfd, passed as a file descriptor; it has no name and goes when the last holder goes,
be it by kill -9. Windows: a section backed by the page file under a random name, which the kernel
drops with its last handle. See docs/adr/0002.
"""

from __future__ import annotations

import mmap
import os
import secrets
import sys
from dataclasses import dataclass
from multiprocessing import reduction
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

PAGE = mmap.PAGESIZE


AnyConnection: TypeAlias = "Connection[Any, Any]"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A section on its way to another process."""

    name: str | None
    size: int
    fd: int

    def send(self, connection: AnyConnection, pid: int) -> None:
        connection.send((self.name, self.size))
        if self.fd >= 0:
            reduction.send_handle(connection, self.fd, pid)

    def close(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)


def _rounded(size: int) -> int:
    return (size + PAGE - 1) // PAGE * PAGE


class Section:
    """Shared memory of `size` bytes, zeroed when new. `view` is readable and writable."""

    def __init__(self, memory: mmap.mmap, handle: int | str) -> None:
        self._memory = memory
        self._handle = handle
        self.view = memoryview(memory)
        self.size = len(memory)

    @classmethod
    def create(cls, size: int) -> Section:
        size = _rounded(size)
        if sys.platform == "win32":
            name = f"gwanje-{secrets.token_hex(16)}"
            return cls(mmap.mmap(-1, size, tagname=name), name)
        fd = os.memfd_create("gwanje-frames", os.MFD_CLOEXEC)
        os.ftruncate(fd, size)
        return cls(mmap.mmap(fd, size), fd)

    def parcel(self) -> Parcel:
        """A copy of the handle, to be sent later, even after this section was closed here."""
        if isinstance(self._handle, str):
            return Parcel(self._handle, self.size, -1)
        return Parcel(None, self.size, os.dup(self._handle))

    @classmethod
    def receive(cls, connection: AnyConnection) -> Section:
        """Takes what a `Parcel` sent from the other end."""
        name, size = connection.recv()
        if sys.platform == "win32":
            return cls(mmap.mmap(-1, size, tagname=name), name)
        fd = reduction.recv_handle(connection)
        return cls(mmap.mmap(fd, size), fd)

    def close(self) -> None:
        """Gives the memory back; a view that somebody still holds keeps it until it goes."""
        self.view.release()
        if isinstance(self._handle, int) and self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        try:
            self._memory.close()
        except BufferError:
            # A painter still holds a row: the mapping ends with that view.
            return
