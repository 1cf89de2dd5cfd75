"""Files of incidents: pictures and papers that people add, and what others have added."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.errors import BadInput, Unavailable
from app.domain.text import Text
from app.services.hub_port import HubClient, Upload
from app.services.hub_rows import HubRows
from app.services.whole_file import write_whole
from app.tasks import SerialQueue, cancel
from app.wire.entities import IncidentRow

# What the hub takes.
MIMES: Final[Mapping[str, str]] = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
    ".pdf": "application/pdf", ".txt": "text/plain", ".mp4": "video/mp4",
}  # fmt: skip
PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})
MOST_BYTES: Final = 20 * 1024 * 1024
# How long a new incident may take to the hub, which has to know it first.
_PATIENCE_S: Final = 15.0

_KIND = Text(
    "첨부할 수 있는 파일은 사진(JPG, PNG, WEBP), PDF, TXT, MP4입니다",
    "pictures (JPG, PNG, WEBP), PDF, TXT and MP4 can be attached",
)
_LARGE = Text("첨부 파일은 20 MiB까지입니다", "an attachment has at most 20 MiB")
_EMPTY = Text("빈 파일입니다", "the file is empty")
_NOT_YET = Text(
    "허브가 아직 이 사건을 모릅니다. 허브와 연결된 뒤 다시 첨부하세요.",
    "The hub does not know this incident yet. Attach the file once the hub is back.",
)


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of an incident, as its history names it."""

    id: str
    name: str
    by: str
    at: datetime

    @property
    def picture(self) -> bool:
        return Path(self.name).suffix.lower() in PICTURES


def of_incident(row: IncidentRow) -> list[Attached]:
    """The oldest first."""
    return [
        Attached(line.facts["attachment"], line.facts.get("name", ""), line.by, line.at)
        for line in row.history
        if line.facts.get("attachment")
    ]


class Attachments:
    """Nothing is kept here: files are read from the hub when somebody opens them."""

    def __init__(self, hub: HubClient, rows: HubRows, new_id: Callable[[], str]) -> None:
        self._hub, self._rows, self._new_id = hub, rows, new_id
        self._files = SerialQueue("attachments")
        self._waiting: set[asyncio.Task[object]] = set()

    async def add(self, incident: str, file: Path) -> None:
        """Raises BadInput (no such kind, too large), Unavailable, HubFailure."""
        upload = await self._files.run(_read, file, self._new_id())
        if self._rows.get("incident", incident) is None:
            await self._known(incident)
        await self._hub.attach(incident, upload)

    async def read(self, incident: str, id_: str) -> bytes:
        """Raises HubFailure."""
        return await self._hub.attachment(incident, id_)

    async def save(self, incident: str, id_: str, to: Path) -> None:
        """Whole or not at all. Raises HubFailure, Unavailable."""
        await self._files.run(write_whole, to, await self.read(incident, id_))

    async def stop(self) -> None:
        """What still waits for the hub to know its incident is given up: the file is here."""
        await cancel(*self._waiting)
        await self._files.close()

    async def _known(self, incident: str) -> None:
        """One that was opened here a moment ago is still on its way."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - within a coroutine there is one
        self._waiting.add(task)
        news = asyncio.Event()
        disconnect = self._rows.changed.connect(lambda _: news.set())
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while self._rows.get("incident", incident) is None:
                    news.clear()
                    await news.wait()
        except TimeoutError:
            raise Unavailable(_NOT_YET) from None
        finally:
            disconnect()
            self._waiting.discard(task)


def _read(file: Path, id_: str) -> Upload:
    mime = MIMES.get(file.suffix.lower())
    if mime is None:
        raise BadInput(_named(file, _KIND))
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise BadInput(_named(file, _LARGE))
        data = file.read_bytes()
    except OSError as error:
        why = Text(f"읽을 수 없습니다 ({error.strerror})", f"cannot be read ({error.strerror})")
        raise Unavailable(_named(file, why)) from None
    if not data:
        raise BadInput(_named(file, _EMPTY))
    return Upload(id_, file.name[:200], mime, data)


def _named(file: Path, why: Text) -> Text:
    return Text(f"{file.name}: {why.ko}", f"{file.name}: {why.en}")
