"""Rows of text to cameras, the same for every kind of list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.text import Text
from app.formats import fields, identity
from app.formats.camera_rows import CameraList, Problems, Row, summary_of

_PLACE = ("id", "name", "road_address", "lot_address", "main_url", "sub_url", "latitude", "number")
_PROVINCE = re.compile(r"\S+(특별시|광역시|특별자치시|특별자치도|도)$")
_DISTRICT = re.compile(r"\S+[시군구]$")
_NOTHING = Text(
    "카메라를 알 수 있는 내용이 없어 건너뜁니다", "nothing that names a camera; skipped"
)
_NO_STREAM = Text("; 이 행을 건너뜁니다", "; the row is skipped")


@dataclass(frozen=True, slots=True)
class _Draft:
    row: Row
    number: int | None
    profiles: tuple[Profile, ...]


def build(rows: Sequence[Row], problems: Problems) -> CameraList:
    """Cameras in the order of the rows; what was wrong is added to `problems`, by line."""
    drafts = [draft for row in rows if (draft := _draft(row, problems)) is not None]
    kept = [draft.row for draft in drafts]
    ids = identity.ids(kept, problems)
    numbers = identity.numbers(kept, [draft.number for draft in drafts], problems)
    cameras = tuple(
        _camera(draft, CameraId(own), number, problems)
        for draft, own, number in zip(drafts, ids, numbers, strict=True)
    )
    found = tuple(sorted(problems.found, key=lambda problem: problem.line))
    return CameraList(
        cameras, found, summary_of(len(cameras), found), tuple(row.line for row in kept)
    )


def _draft(row: Row, problems: Problems) -> _Draft | None:
    if not any(row[column] for column in _PLACE):
        problems.skip(row.line, "", _NOTHING)
        return None
    profiles: list[Profile] = []
    faults: list[tuple[str, Text]] = []
    for name in ProfileName:
        column = f"{name}_url"
        if not row[column]:
            continue
        fault = fields.stream_address(row[column])
        if fault is None:
            width, height = fields.size(row, f"{name}_size", problems)
            fps = fields.rate(row, f"{name}_fps", problems)
            profiles.append(Profile(name, row[column], width, height, fps))
        else:
            faults.append((row.word(column), fault))
    if faults and not profiles:
        for word, fault in faults:
            problems.skip(row.line, word, Text(fault.ko + _NO_STREAM.ko, fault.en + _NO_STREAM.en))
        return None
    for word, fault in faults:
        problems.tell(row.line, word, fault)
    return _Draft(row, fields.camera_number(row, problems), tuple(profiles))


def _camera(draft: _Draft, own: CameraId, number: int, problems: Problems) -> Camera:
    row = draft.row
    place = fields.position(row, problems)
    road, lot = row["road_address"], row["lot_address"]
    name = row["name"] or short_address(lot) or short_address(road) or row["id"] or str(number)
    return Camera(
        id=own,
        number=number,
        name=name,
        site=row["site"] or region(road or lot),
        purpose=row["purpose"],
        profiles=draft.profiles,
        address=full_address(road, lot),
        pole=row["pole"],
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        azimuth=fields.azimuth(row, problems),
        fov=fields.field_of_view(row, problems),
    )


def _split(address: str) -> tuple[list[str], list[str]]:
    words = address.split(" ")
    end = 0
    if words and _PROVINCE.match(words[0]):
        end = 1
    # 경기도 성남시 분당구: a city may be divided once more.
    while end < min(len(words), 3) and _DISTRICT.match(words[end]):
        end += 1
    return words[:end], words[end:]


def region(address: str) -> str:
    """대구광역시 달서구 of 대구광역시 달서구 월성동 1; "" where the address has none."""
    return " ".join(_split(address)[0])


def short_address(address: str) -> str:
    """The address as people of the place say it: without province and district."""
    head, rest = _split(address)
    return " ".join(rest or head)


def full_address(road: str, lot: str) -> str:
    """Both addresses as Korean letters write them: road (dong and lot)."""
    if not road or not lot or road == lot:
        return road or lot
    short = short_address(lot)
    return road if short in road else f"{road} ({short})"
