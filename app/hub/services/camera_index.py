"""All cameras by place, in memory, for the hub's own dragnets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.domain.camera import Camera, CameraId, Preset
from app.domain.dragnet import CameraField
from app.hub.store import queries
from app.hub.store.rows import Entry
from app.hub.store.store import Store
from app.wire.stream import Op

KIND = "camera"


class CameraIndex:
    """Read once, then kept up by what the log's tail tells. On the loop's thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cameras: dict[str, Camera] = {}
        self._field: CameraField | None = None
        self._place = -1

    async def field(self) -> CameraField:
        tail = self._store.tail
        entries = None if self._place < 0 else tail.since(self._place, tail.head - self._place)
        if entries is None:
            self._place = tail.head
            found = await self._store.reader.read(partial(queries.of_kind, kind=KIND))
            self._cameras = {row.id: camera_of(row.d) for row in found}
            self._field = None
        else:
            self._place += len(entries)
            for entry in entries:
                if entry.t == KIND:
                    self._change(entry)
        if self._field is None:
            self._field = CameraField.of(list(self._cameras.values()))
        return self._field

    def _change(self, entry: Entry) -> None:
        before = self._cameras.get(entry.id)
        after = camera_of(entry.d) if entry.op is Op.PUT else None
        # A share changes the row and not the camera: the arrays stay.
        if after == before:
            return
        self._field = None
        if after is None:
            self._cameras.pop(entry.id, None)
        else:
            self._cameras[entry.id] = after


def camera_of(d: Mapping[str, Any]) -> Camera:
    """Without its profiles: an address has no place here."""
    return Camera(
        CameraId(d["id"]), int(d["number"]), str(d["name"]), str(d["site"]),
        str(d.get("purpose", "")), (), str(d.get("address", "")), str(d.get("pole", "")),
        d.get("latitude"), d.get("longitude"), d.get("azimuth"), d.get("fov"),
        bool(d.get("ptz")),
        tuple(
            Preset(one["number"], one["name"], one.get("azimuth"), one.get("fov"))
            for one in d.get("presets", ())
        ),
        bool(d.get("approximate")),
    )  # fmt: skip
