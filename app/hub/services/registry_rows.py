"""What a list says of cameras and points, as rows of the wire; addresses of streams lie apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s

from app.domain.errors import BadInput
from app.domain.site import SiteId
from app.formats.registry import bells_csv, its_cameras, national_cleaning, police_boxes
from app.formats.registry.emd_placing import EmdTable
from app.formats.registry.entries import CameraEntry, CameraImport, PointEntry, PointImport
from app.wire.entities import CameraRow, PointRow, ProfileRow

_LONGEST_ID = 80
_JSON = (b"{", b"[")


@dataclass(frozen=True, slots=True)
class CameraSecret:
    """How to reach a camera. `urls` by name of the profile; they may hold a log-in themselves."""

    urls: Mapping[str, str] = field(repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def read(name: str, data: bytes, emds: EmdTable) -> CameraImport | PointImport:
    """Whatever list it is: traffic cameras (JSON), police boxes, bells, or cameras (CSV).

    What has only an address is placed at its emd.

    Raises BadInput with what a list of cameras must have, if it is none of them.
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in _JSON or name.lower().endswith(".json"):
        return its_cameras.clean(data)
    for points in (police_boxes.clean, bells_csv.clean):
        try:
            return points(data, emds)
        except BadInput:
            continue
    return national_cleaning.clean(data, emds)


def camera_row(entry: CameraEntry, site: SiteId, number: int) -> CameraRow:
    camera = entry.camera
    profiles = tuple(
        ProfileRow(name=p.name.value, width=p.width, height=p.height, fps=p.fps)
        for p in camera.profiles
    )
    return CameraRow(
        id=short_id(camera.id), number=number, name=camera.name, site=site,
        department=entry.department, purpose=camera.purpose, address=camera.address,
        pole=camera.pole, latitude=camera.latitude, longitude=camera.longitude,
        approximate=entry.approximate, azimuth=camera.azimuth, fov=camera.fov, profiles=profiles,
    )  # fmt: skip


def secret_of(entry: CameraEntry) -> CameraSecret | None:
    urls = {profile.name.value: profile.url for profile in entry.camera.profiles}
    return CameraSecret(urls) if urls else None


def point_row(entry: PointEntry, site: SiteId) -> PointRow:
    facts = dict(entry.facts)
    if entry.department:
        facts["department"] = entry.department
    return PointRow(
        id=short_id(entry.id), kind=entry.kind, name=entry.name, site=site,
        latitude=entry.latitude, longitude=entry.longitude, approximate=entry.approximate,
        address=entry.address, phone=entry.phone, facts=facts,
    )  # fmt: skip


def short_id(given: str) -> str:
    """The list's own where the wire can carry it."""
    if len(given) <= _LONGEST_ID and given.isprintable():
        return given
    return "long-" + blake2s(given.encode(), digest_size=16).hexdigest()
