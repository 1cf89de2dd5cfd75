"""A camera list from a file: the console without a hub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from app.domain.errors import BadInput, Unavailable
from app.domain.text import Text
from app.formats import camera_list
from app.formats.camera_rows import CameraList
from app.services.camera_source import CameraSource, Listed
from app.services.catalog import CameraSet
from app.tasks import SerialQueue

# A list of the whole country has 356,000 rows and some 90 MB.
_LARGEST = 100_000_000


class ListFile(CameraSource):
    """CSV or JSON, as `app.formats.camera_list` reads them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @override
    async def load(self, progress: Callable[[Text, float], None]) -> Listed:
        progress(Text("카메라 목록을 읽는 중", "Reading the camera list"), 0.0)
        queue = SerialQueue("camera list")
        try:
            return await queue.run(self._read)
        finally:
            await queue.close()

    def _read(self) -> Listed:
        parsed = camera_list.parse(self._bytes(), self._path.name)
        origin = Text(f"카메라 목록 {self._path.name}", f"Camera list {self._path.name}")
        return Listed(CameraSet.of(parsed.cameras), origin, problems_of(parsed, self._path.name))

    def _bytes(self) -> bytes:
        try:
            if self._path.stat().st_size > _LARGEST:
                limit = _LARGEST // 1_000_000
                raise BadInput(
                    Text(
                        f"카메라 목록이 너무 큽니다 (최대 {limit} MB): {self._path}",
                        f"The camera list is larger than {limit} MB: {self._path}",
                    )
                )
            return self._path.read_bytes()
        except OSError as error:
            raise Unavailable(
                Text(
                    f"카메라 목록을 읽을 수 없습니다: {self._path} ({error.strerror})",
                    f"The camera list cannot be read: {self._path} ({error.strerror})",
                )
            ) from error

    @override
    async def close(self) -> None:
        """Nothing is held open."""


def problems_of(parsed: CameraList, name: str) -> tuple[Text, ...]:
    """One line for each row that was skipped or mended."""
    return tuple(
        Text(
            f"{name} {problem.line}행: {problem.reason.ko}",
            f"{name}, line {problem.line}: {problem.reason.en}",
        )
        for problem in parsed.problems
    )
