"""What the helper program does, on the real files of an installation."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.adapters.update_bundle import SUFFIX, Bundle
from app.adapters.update_records import LastAct, RefusedVersions, alone, tell
from app.adapters.update_trust import Trust
from app.adapters.version_test import works
from app.adapters.versions import Step, Versions
from app.clock import Clock, SystemClock
from app.domain.errors import BadInput, Failure, Unavailable
from app.domain.text import Text
from app.domain.update import NotForHere, NotLater, Release, number
from app.services.updating import Test, Updating

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Installation:
    """`root` has `current` in it. `test`, `step`: for tests of this program itself."""

    root: Path
    test: Test = works
    step: Step = lambda _: None
    clock: Clock = field(default_factory=SystemClock)

    @property
    def trust(self) -> Trust:
        return Trust(self.root)

    def updating(self) -> Updating:
        def test(version: Path) -> str:
            return self.trust.lack(version) or self.test(version)

        refusals = RefusedVersions(self.trust.folder)
        return Updating(Versions(self.root, self.step), refusals, test)

    def look(self, where: Path) -> tuple[Path, Release] | None:
        """The latest that `where` (a bundle, or a folder of them) offers; changes nothing.

        None: nothing new there. Raises Failure where what is there is refused. A share keeps old
        bundles and those of other channels: beside one that is in use already they are no news.
        """
        found: list[tuple[Path, Release]] = []
        refusals: list[Failure] = []
        known = False
        for file in bundles(where):
            try:
                with self.trust.scratch() as scratch, self._open(file, scratch) as bundle:
                    release = self.updating().offered(bundle, by_hand=file == where)
                    found.append((file, release))
            except NotLater:
                known = True
            except Failure as failure:
                _log.warning("%s", failure.text.en)
                refusals.append(failure)
        if found:
            return max(found, key=lambda each: number(each[1].version))
        wrong = [one for one in refusals if not (known and isinstance(one, NotForHere))]
        if wrong:
            raise wrong[0]
        return None

    def apply(self, where: Path) -> Release | None:
        """None: nothing new. Raises Failure; the present version stays then. Told in a file."""
        with alone(self.root):
            try:
                with _translated():
                    return self._applied(where)
            except Failure as failure:
                self._tell(where, "", failure.text)
                raise

    def back(self) -> str:
        with alone(self.root), _translated():
            version = self.updating().back()
        self._tell(self.root, version, done(version))
        return version

    def _applied(self, where: Path) -> Release | None:
        chosen = self.look(where)
        if chosen is None:
            return None
        with self.trust.scratch() as scratch, self._open(chosen[0], scratch) as bundle:
            release = self.updating().apply(bundle, by_hand=chosen[0] == where)
            self._tell(chosen[0], release.version, done(release.version))
            self.trust.believe(scratch)
        return release

    @contextmanager
    def _open(self, file: Path, scratch: Path) -> Iterator[Bundle]:
        trust = self.trust
        with _translated(), closing(Bundle(file, scratch, trust.key(), trust.edition())) as bundle:
            yield bundle

    def _tell(self, bundle: Path, version: str, text: Text) -> None:
        """For the console. What was done is done, whether it can be told or not."""
        at = self.clock.now().isoformat(timespec="seconds")
        try:
            tell(self.root, LastAct(at, bundle.name, version, text.ko, text.en))
        except Failure as failure:
            _log.warning("%s", failure.text.en)


@contextmanager
def _translated() -> Iterator[None]:
    """What the disk or the share says, in words."""
    try:
        yield
    except OSError as error:
        name = error.filename or "-"
        raise Unavailable(
            Text(
                f"업데이트를 끝내지 못했습니다: {name} ({error.strerror}). "
                "공유 폴더의 권한과 디스크를 확인하세요.",
                f"The update could not be finished: {name} ({error.strerror}). "
                "Look at the rights of the share, and at the disk.",
            )
        ) from error


def bundles(where: Path) -> list[Path]:
    """Raises BadInput where there is nothing of that name, Unavailable where it may not look."""
    with _translated():
        return _bundles(where)


def _bundles(where: Path) -> list[Path]:
    # Not is_file(): it takes a share that refuses us for one that is empty.
    if stat.S_ISREG(_mode(where)):
        return [where]
    if stat.S_ISDIR(_mode(where)):
        return sorted(file for file in where.iterdir() if file.name.endswith(SUFFIX))
    raise BadInput(
        Text(f"업데이트 파일이나 폴더가 없습니다: {where}", f"No such bundle or folder: {where}")
    )


def _mode(where: Path) -> int:
    try:
        return where.stat().st_mode
    except FileNotFoundError:
        return 0


def done(version: str) -> Text:
    return Text(
        f"다음에 시작할 때 {version} 버전이 실행됩니다.",
        f"Version {version} runs from the next start on.",
    )
