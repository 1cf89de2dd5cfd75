"""A release of the program, and what is said of one that may not be installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Refused
from app.domain.text import Text

_NUMBER = re.compile(r"\d{1,5}(\.\d{1,5}){2}")


class NotForHere(Refused):
    """Nothing is wrong with it; it is an older one, another channel's, or one that failed here."""


class NotLater(NotForHere):
    """It brings nothing new."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What an installation takes: its channel (`stable`, `trial` …) and its system."""

    channel: str
    system: str

    @property
    def path(self) -> str:
        """The name of its releases in a bundle."""
        return f"{self.channel}/{self.system}/gwanje.zip"


@dataclass(frozen=True, slots=True)
class Release:
    """`size` in bytes, packed; `unpacked` in bytes on disk."""

    version: str
    size: int
    unpacked: int


class Keeper(StrEnum):
    """Who looks after the versions of this installation."""

    OWN = "own"  # signed bundles, by the helper program
    MSI = "msi"  # group policy
    PACKAGE = "package"  # the system's packages, or a working copy


@dataclass(frozen=True, slots=True)
class Standing:
    """`running` is what this console is; `next` what starts the next time, empty if unknown.

    `last`: what the helper program did last, `last_at` when (ISO 8601), `applied` whether it
    brought something.
    """

    running: str
    keeper: Keeper
    next: str = ""
    last: Text | None = None
    last_at: str = ""
    applied: bool = False

    @property
    def waits(self) -> bool:
        """Another version is there and has not been started yet."""
        return self.next not in ("", self.running)


def number(version: str) -> tuple[int, ...]:
    """1.10.0 is later than 1.9.2. Raises Refused: the version becomes a folder's name."""
    if not is_number(version):
        raise Refused(
            Text(
                f"버전이 아닙니다: {version[:40]!r} (예: 1.2.0)",
                f"Not a version: {version[:40]!r} (such as 1.2.0)",
            )
        )
    return tuple(int(part) for part in version.split("."))


def is_number(version: str) -> bool:
    return _NUMBER.fullmatch(version) is not None


def not_signed(name: str) -> Refused:
    return Refused(
        Text(
            f"{name}: 서명이 맞지 않습니다. 바뀌었거나 다른 곳에서 만든 업데이트입니다. "
            "배포처에서 다시 받으세요.",
            f"{name}: the signature is not right. It was altered, or made by somebody else. "
            "Get it again from where it is published.",
        )
    )


def damaged(name: str) -> Refused:
    return Refused(
        Text(
            f"{name}: 업데이트 파일이 온전하지 않습니다. 다시 복사하세요.",
            f"{name}: the update is not whole. Copy it again.",
        )
    )


def expired(name: str) -> Refused:
    """A freeze: an old bundle is offered for ever, so that a mended fault stays open."""
    return Refused(
        Text(
            f"{name}: 서명의 유효 기간이 지났습니다. 최신 업데이트를 받으세요. "
            "이 컴퓨터의 날짜도 확인하세요.",
            f"{name}: its signature has expired. Get the newest update, "
            "and look whether this computer's date is right.",
        )
    )


def reused_number(name: str) -> Refused:
    """Two copies of the publisher's keys: each has signed another bundle under one number."""
    return Refused(
        Text(
            f"{name}: 이미 쓴 다른 업데이트와 번호가 같습니다. 배포처에 알리세요.",
            f"{name}: it has the number of another update that was used here. "
            "Tell who publishes them.",
        )
    )


def older_than_trusted(name: str) -> NotForHere:
    """A roll-back: signed once, but this computer has used a later bundle."""
    return NotForHere(
        Text(
            f"{name}: 이미 쓴 것보다 오래된 업데이트입니다.",
            f"{name}: this computer has used a later update than this one.",
        )
    )


def other_channel(name: str, wanted: Edition, found: list[str]) -> NotForHere:
    there = ", ".join(found) or "-"
    return NotForHere(
        Text(
            f"{name}: 이 설치본({wanted.channel}, {wanted.system})의 업데이트가 아닙니다. "
            f"들어 있는 것: {there}",
            f"{name}: no update of this installation ({wanted.channel}, {wanted.system}). "
            f"It holds: {there}",
        )
    )


def not_later(name: str, offered: str, installed: str) -> NotLater:
    return NotLater(
        Text(
            f"{name}: {offered} 버전은 설치된 {installed}보다 새롭지 않습니다.",
            f"{name}: version {offered} is not later than {installed}, which is installed.",
        )
    )


def refused_before(name: str, version: str, why: str) -> NotForHere:
    return NotForHere(
        Text(
            f"{name}: {version} 버전은 이 컴퓨터에서 쓰지 않기로 했습니다({why}). "
            "다른 업데이트를 받으세요.",
            f"{name}: version {version} is not used on this computer any more ({why}). "
            "Get another update.",
        )
    )


def failed_test(version: str, what: str) -> Refused:
    return Refused(
        Text(
            f"{version} 버전이 자체 점검을 통과하지 못했습니다. 지금 버전을 계속 씁니다: {what}",
            f"Version {version} failed its self-test and is not used. "
            f"The present one stays: {what}",
        )
    )


def no_space(needed: int, free: int, folder: str) -> Refused:
    return Refused(
        Text(
            f"{folder}에 {needed // 1_000_000} MB가 필요하지만 "
            f"{free // 1_000_000} MB만 남았습니다.",
            f"{folder} needs {needed // 1_000_000} MB, and only {free // 1_000_000} MB are free.",
        )
    )
