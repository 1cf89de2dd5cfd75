"""Where the list of cameras comes from when there is no hub."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from typing_extensions import override

from app.domain.text import Text
from app.services.catalog import CameraSet


@dataclass(frozen=True, slots=True)
class Listed:
    """Cameras ready for the catalogue, where they came from, and what was wrong with the list.

    `origin` is for the status line; `problems` are one line each, the worst first.
    """

    cameras: CameraSet
    origin: Text
    problems: tuple[Text, ...] = ()


class CameraSource(Protocol):
    """A list file, the demo site, later the hub."""

    async def load(self, progress: Callable[[Text, float], None]) -> Listed:
        """Reads the list, off the loop's thread; `progress` (words, 0…1) on the loop's thread.

        Raises `app.domain.errors.Failure` if there is none to be had.
        """
        ...

    async def close(self) -> None: ...


@runtime_checkable
class Stepped(Protocol):
    """A source whose story can be gone through step by step: the demo's."""

    async def step(self) -> None:
        """The next thing happens."""
        ...


class NoCameras(CameraSource):
    """Started without a list: the wall says how to open one."""

    @override
    async def load(self, progress: Callable[[Text, float], None]) -> Listed:
        return Listed(CameraSet.of(()), Text("카메라 목록 없음", "No camera list"))

    @override
    async def close(self) -> None:
        """Nothing is held open."""
