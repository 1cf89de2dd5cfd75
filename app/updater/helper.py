"""What the helper program does, on the real files of an installation."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.adapters.update_bundle import SUFFIX, Bundle
from app.adapters.update_records import LastAct, RefusedVersions, alone, tell
from app.adapters.version_test import works
from app.adapters.versions import Step, Versions
from app.clock import Clock, SystemClock
from app.domain.errors import BadInput, Failure, Refused
from app.domain.text import Text
from app.domain.update import Edition, NotLater, Release, number
from app.services.updating import Test, Updating

_log = logging.getLogger(__name__)

TRUST: Final = "trust"
# In each version's folder: what it believes, and which channel it follows.
KEYS: Final = "updates"
ROOT: Final = "root.json"
CHANNEL: Final = "channel"
SYSTEM: Final = "win_amd64"


@dataclass(frozen=True, slots=True)
class Installation:
    """`root` has `current` in it. `test`, `step`: for tests of this program itself."""

    root: Path
    test: Test = works
    step: Step = lambda _: None
    clock: Clock = field(default_factory=SystemClock)

    @property
    def trust(self) -> Path:
        return self.root / TRUST

    def versions(self) -> Versions:
        return Versions(self.root, self.step)

    def updating(self) -> Updating:
        return Updating(self.versions(), RefusedVersions(self.trust), self.test)

    def look(self, where: Path) -> tuple[Path, Release] | None:
        """The latest that `where` (a bundle, or a folder of them) offers; changes nothing.

        None: nothing new there. Raises Failure where what is there is refused.
        """
        found: list[tuple[Path, Release]] = []
        refusals: list[Failure] = []
        for file in bundles(where):
            try:
                with self._peek(file) as bundle:
                    found.append((file, self.updating().offered(bundle)))
            except NotLater:
                continue
            except Failure as failure:
                _log.warning("%s", failure.text.en)
                refusals.append(failure)
        if not found and refusals:
            raise refusals[0]
        return max(found, key=lambda each: number(each[1].version), default=None)

    def apply(self, where: Path) -> Release | None:
        """None: nothing new. Raises Failure; the present version stays then. Told in a file."""
        with alone(self.root):
            try:
                chosen = self.look(where)
                if chosen is None:
                    return None
                with self._open(chosen[0], self.trust) as bundle:
                    release = self.updating().apply(bundle)
            except Failure as failure:
                self._tell(where, "", failure.text)
                raise
            self._tell(chosen[0], release.version, done(release.version))
            return release

    def back(self) -> str:
        with alone(self.root):
            version = self.updating().back()
            self._tell(self.root, version, done(version))
            return version

    @contextmanager
    def _open(self, file: Path, trust: Path) -> Iterator[Bundle]:
        with closing(Bundle(file, trust, self._key(), self._edition())) as bundle:
            yield bundle

    @contextmanager
    def _peek(self, file: Path) -> Iterator[Bundle]:
        """What is only looked at does not change what is believed."""
        with tempfile.TemporaryDirectory(prefix="gwanje-trust-") as name:
            copy = Path(name) / TRUST
            if self.trust.is_dir():
                # Contents only; Windows' own copying (CopyFile2) is not there under Wine.
                shutil.copytree(self.trust, copy, copy_function=shutil.copyfile)
            with self._open(file, copy) as bundle:
                yield bundle

    def _key(self) -> bytes:
        try:
            return (self._keys() / ROOT).read_bytes()
        except OSError:
            raise Refused(
                Text(
                    "이 설치본에는 업데이트 서명 키가 없습니다. 설치 파일로 업데이트하세요.",
                    "This installation knows no key of updates. Update it by an installer.",
                )
            ) from None

    def _edition(self) -> Edition:
        try:
            channel = (self._keys() / CHANNEL).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            channel = "stable"
        return Edition(channel, SYSTEM)

    def _keys(self) -> Path:
        """A newer version may bring a newer key: what is believed is that of the present one."""
        versions = self.versions()
        return versions.folder(versions.current()) / KEYS

    def _tell(self, bundle: Path, version: str, text: Text) -> None:
        at = self.clock.now().isoformat(timespec="seconds")
        tell(self.root, LastAct(at, bundle.name, version, text.ko, text.en))


def bundles(where: Path) -> list[Path]:
    """Raises BadInput where there is nothing of that name."""
    if where.is_file():
        return [where]
    if where.is_dir():
        return sorted(where.glob(f"*{SUFFIX}"))
    raise BadInput(
        Text(f"업데이트 파일이나 폴더가 없습니다: {where}", f"No such bundle or folder: {where}")
    )


def done(version: str) -> Text:
    return Text(
        f"다음에 시작할 때 {version} 버전이 실행됩니다.",
        f"Version {version} runs from the next start on.",
    )
