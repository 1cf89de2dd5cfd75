"""Brings a signed bundle into use: checked, unpacked beside, tested, switched; else nothing.

Run by the helper program with an administrator's rights (`app.updater`), never by the console.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.domain.errors import Failure, Refused
from app.domain.text import Text
from app.domain.update import Release, failed_test, not_later, number, refused_before

_log = logging.getLogger(__name__)


class Bundle(Protocol):
    """`app.adapters.update_bundle.Bundle`."""

    name: str

    def release(self) -> Release: ...
    def fetch(self, to: Path) -> None: ...


class Versions(Protocol):
    """`app.adapters.versions.Versions`."""

    def current(self) -> str: ...
    def previous(self) -> str: ...
    def has(self, version: str) -> bool: ...
    def folder(self, version: str) -> Path: ...
    def room_for(self, size: int) -> None: ...
    def archive(self, version: str) -> Path: ...
    def unpack(self, version: str) -> None: ...
    def switch(self, version: str) -> None: ...
    def remove(self, version: str) -> None: ...
    def tidy(self) -> list[str]: ...


class Refusals(Protocol):
    """Versions that failed here twice, or were left by hand: they do not come again."""

    def why(self, version: str) -> str | None:
        """None: it may come."""
        ...

    def tries(self, version: str) -> None:
        """Before the test: a computer that does not outlive it has failed as well."""
        ...

    def failed(self, version: str, why: str) -> None: ...
    def passed(self, version: str) -> None: ...
    def never(self, version: str, why: str) -> None: ...


# What is wrong with the version in a folder; "" if it works.
Test = Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Updating:
    versions: Versions
    refusals: Refusals
    test: Test

    def offered(self, bundle: Bundle, *, by_hand: bool = False) -> Release:
        """What it would bring. Raises Refused, in words for a person.

        `by_hand`: somebody named this very bundle, and may try again what failed here.
        """
        release = bundle.release()
        installed = self.versions.current()
        if installed and number(release.version) <= number(installed):
            raise not_later(bundle.name, release.version, installed)
        why = None if by_hand else self.refusals.why(release.version)
        if why is not None:
            raise refused_before(bundle.name, release.version, why)
        return release

    def apply(self, bundle: Bundle, *, by_hand: bool = False) -> Release:
        """The next start is of the new version. Raises Refused: then the present one stays."""
        release = self.offered(bundle, by_hand=by_hand)
        self.versions.tidy()
        self.versions.room_for(release.unpacked + release.size)
        bundle.fetch(self.versions.archive(release.version))
        self.versions.unpack(release.version)
        self.refusals.tries(release.version)
        if wrong := self.test(self.versions.folder(release.version)):
            raise self._given_up(release.version, wrong)
        self.refusals.passed(release.version)
        before = self.versions.current()
        self.versions.switch(release.version)
        _log.info("%s follows %s at the next start", release.version, before)
        return release

    def back(self) -> str:
        """To the version before; its name. Raises Refused where there is none."""
        version = self.versions.previous()
        left = self.versions.current()
        there = version not in ("", left) and self.versions.has(version)
        if not there or self.refusals.why(version) is not None:
            raise Refused(
                Text("돌아갈 이전 버전이 없습니다.", "There is no version before to go back to.")
            )
        self.versions.switch(version)
        # Otherwise the bundle on the share would bring it again tonight.
        self.refusals.never(left, "went back by hand")
        return version

    def _given_up(self, version: str, wrong: str) -> Failure:
        self.refusals.failed(version, wrong)
        self.versions.remove(version)
        return failed_test(version, wrong)
