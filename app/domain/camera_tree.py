"""Cameras by site, then by purpose, in the order a person expects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.camera import Camera, CameraId

_DIGITS = re.compile(r"[0-9]+")
# Longer than any number in a name; makes 2 come before 10 in a plain comparison of text.
_WIDTH = 12


@dataclass(frozen=True, slots=True)
class PurposeGroup:
    """`name` is the list's word, "" where it says none."""

    name: str
    cameras: tuple[Camera, ...]


@dataclass(frozen=True, slots=True)
class SiteGroup:
    """`name` is the list's word, "" where it says none."""

    name: str
    purposes: tuple[PurposeGroup, ...]

    @property
    def count(self) -> int:
        return sum(len(purpose.cameras) for purpose in self.purposes)


def natural_key(text: str) -> str:
    """For sorting: "문 2" before "문 10", upper and lower case alike."""
    return _DIGITS.sub(lambda digits: digits.group().zfill(_WIDTH), text.casefold())


def tree(cameras: Iterable[Camera]) -> tuple[SiteGroup, ...]:
    """Sites and purposes by name, those without a name last; cameras by name, then number."""
    sites: dict[str, dict[str, list[Camera]]] = {}
    for camera in cameras:
        sites.setdefault(camera.site, {}).setdefault(camera.purpose, []).append(camera)
    return tuple(
        SiteGroup(
            site,
            tuple(
                PurposeGroup(purpose, tuple(sorted(sites[site][purpose], key=_by_name)))
                for purpose in sorted(sites[site], key=_named_first)
            ),
        )
        for site in sorted(sites, key=_named_first)
    )


def places(sites: Iterable[SiteGroup]) -> dict[CameraId, tuple[int, int]]:
    """Of each camera: the place of its purpose among all purposes, and its row there."""
    purposes = (purpose for site in sites for purpose in site.purposes)
    return {
        camera.id: (flat, row)
        for flat, group in enumerate(purposes)
        for row, camera in enumerate(group.cameras)
    }


def _by_name(camera: Camera) -> tuple[str, int]:
    return natural_key(camera.name), camera.number


def _named_first(name: str) -> tuple[bool, str]:
    return not name, natural_key(name)
