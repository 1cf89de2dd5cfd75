"""The cameras this console knows: by id, by number, by what an operator types, as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain import camera_tree
from app.domain.camera import Camera, CameraId
from app.domain.camera_search import Index
from app.domain.camera_tree import SiteGroup
from app.domain.dragnet import CameraField
from app.domain.geo.camera_map import CameraMap
from app.signals import Signal


@dataclass(frozen=True, slots=True)
class CameraSet:
    """Everything that is derived from a list of cameras. Immutable: may be made on any thread."""

    cameras: tuple[Camera, ...]
    by_id: Mapping[CameraId, Camera]
    by_number: Mapping[int, Camera]
    index: Index
    tree: tuple[SiteGroup, ...]
    places: Mapping[CameraId, tuple[int, int]]
    field: CameraField
    map: CameraMap

    @classmethod
    def of(cls, cameras: Iterable[Camera]) -> CameraSet:
        """About 1 s for 100,000 cameras. Of two with one id or number the first one counts."""
        unique: dict[CameraId, Camera] = {}
        by_number: dict[int, Camera] = {}
        for camera in cameras:
            if unique.setdefault(camera.id, camera) is camera:
                by_number.setdefault(camera.number, camera)
        kept = tuple(unique.values())
        tree = camera_tree.tree(kept)
        places = camera_tree.places(tree)
        return cls(
            kept,
            unique,
            by_number,
            Index(kept),
            tree,
            places,
            CameraField.of(kept),
            CameraMap.of(kept),
        )


class Catalog:
    """The one list of cameras that is open; `changed` after every `load`."""

    def __init__(self) -> None:
        self.changed: Signal[None] = Signal("catalog changed")
        self._set = CameraSet.of(())

    @property
    def cameras(self) -> tuple[Camera, ...]:
        return self._set.cameras

    def load(self, cameras: Iterable[Camera] | CameraSet) -> None:
        """Replaces the list. A large one is best made into a `CameraSet` off the loop's thread."""
        self._set = cameras if isinstance(cameras, CameraSet) else CameraSet.of(cameras)
        self.changed.emit(None)

    def get(self, camera: CameraId) -> Camera | None:
        return self._set.by_id.get(camera)

    def by_number(self, number: int) -> Camera | None:
        return self._set.by_number.get(number)

    def search(self, text: str, limit: int = 200) -> list[Camera]:
        """Best first: by number, by part of name or address, by initial consonants, by site."""
        return self._set.index.search(text, limit)

    def field(self) -> CameraField:
        """Where they stand, for whoever looks for those around a place."""
        return self._set.field

    def map(self) -> CameraMap:
        """Where they stand and look, for the maps."""
        return self._set.map

    def places(self) -> Mapping[CameraId, tuple[int, int]]:
        """Where each camera stands in the tree: see `camera_tree.places`."""
        return self._set.places

    def tree(self) -> tuple[SiteGroup, ...]:
        return self._set.tree
