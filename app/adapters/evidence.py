"""What there is to find out why something went wrong, blanked, as one ZIP."""

from __future__ import annotations

import errno
import json
import logging
import os
import secrets
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from typing_extensions import override

from app import log_setup
from app.adapters import machine_facts
from app.adapters.known_names import known_names
from app.clock import Clock
from app.domain.errors import Unavailable
from app.domain.scrub import scrubber
from app.domain.text import Text
from app.services.care_port import Bundle, Evidence, Piece, Progress

_log = logging.getLogger(__name__)

REPORTS: Final = "reports"
CRASH_FILE: Final = "crash.log"
# The newest says what is wrong now, the others whether it was so before.
KEPT_REPORTS: Final = 5
# A thread's stack is a few kilobytes; a hundred crashes.
_MOST_CRASH: Final = 200_000
# Characters. A regular expression holds the interpreter: 10 ms at a time, so that the wall goes on.
_PART: Final = 20_000

LEFT_OUT: Final[Mapping[str, str]] = {
    "console.db, hub.db": "walls, names and what came from the hub; only counts are here",
    "secrets": "keys, sign-ins and passwords",
    "clips, stills": "pictures",
    "camera list": "names and addresses",
    "in every file": "addresses, all Hangul, words in quotation marks, names of user and computer",
}


class ProfileEvidence(Evidence):
    """Of one profile folder, which may be damaged or missing.

    `hidden` gives words that no bundle may name, beside those of this computer and of the persons
    that its stores know; called on the thread that gathers.
    """

    def __init__(
        self, profile: Path, clock: Clock, hidden: Callable[[], Sequence[str]] = tuple
    ) -> None:
        self._profile, self._clock, self._hidden = profile, clock, hidden

    @override
    def gather(self, progress: Progress, *, most: int | None = None) -> Bundle:
        scrub = scrubber(
            [
                *machine_facts.own_words(self._profile),
                *known_names(self._profile),
                *self._hidden(),
            ]
        )
        pieces = [
            _json("machine.json", machine_facts.facts(self._profile), "computer and system"),
            _json("packages.json", machine_facts.packages(), "versions of every package"),
            _json("installation.json", machine_facts.installation(self._profile), "files, sizes"),
        ]
        left_out = dict(LEFT_OUT)
        files = [(self._profile / CRASH_FILE, _MOST_CRASH), *((log, most) for log in self._logs())]
        for number, (file, limit) in enumerate(files):
            share = number / len(files)

            def part(done: float, share: float = share) -> None:
                progress(share + done / len(files))

            try:
                text = _scrubbed(_newest(file, limit), scrub, part)
            except FileNotFoundError:
                continue
            except OSError as error:
                left_out[file.name] = f"cannot be read: {error.strerror}"
                continue
            pieces.append(Piece(f"logs/{file.name}", text, "blanked"))
        progress(1.0)
        return Bundle(tuple(pieces), left_out)

    def _logs(self) -> list[Path]:
        """The newest first, older ones as they are numbered."""
        first = self._profile / log_setup.FILE_NAME
        older = range(1, log_setup.KEPT_FILES + 1)
        return [first, *(first.with_name(f"{first.name}.{number}") for number in older)]

    @override
    def free_mb(self) -> int | None:
        free = machine_facts.facts(self._profile).get("disk_free_mb")
        return free if isinstance(free, int) else None

    @override
    def write(self, target: Path, bundle: Bundle) -> None:
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        try:
            with part.open("wb") as out:
                _zip(out, bundle, self._clock.now())
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
        except OSError as error:
            raise _not_written(target, error) from error
        finally:
            _away(part)

    @override
    def keep_report(self, bundle: Bundle) -> Path:
        folder = self._profile / REPORTS
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _not_written(folder, error) from error
        target = folder / f"crash-{self._clock.now():%Y%m%d-%H%M%S}.zip"
        self.write(target, bundle)
        for old in sorted(folder.glob("crash-*.zip"))[:-KEPT_REPORTS]:
            _away(old)
        try:
            # Another console may have it open: cut, not deleted.
            (self._profile / CRASH_FILE).write_bytes(b"")
        except OSError as error:
            _log.info("the crash log stays as it is: %s", error.strerror)
        return target


def _zip(out: IO[bytes], bundle: Bundle, now: datetime) -> None:
    manifest = {
        "made": now.isoformat(timespec="seconds"),
        "files": {piece.name: piece.about for piece in bundle.pieces},
        "left_out": dict(bundle.left_out),
    }
    pieces = (_json("manifest.json", manifest, ""), *bundle.pieces)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for piece in pieces:
            # A file name under Linux may hold bytes that are no text.
            archive.writestr(piece.name, piece.text.encode("utf-8", "backslashreplace"))


def _json(name: str, value: object, about: str) -> Piece:
    return Piece(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n", about)


def _newest(file: Path, most: int | None) -> str:
    """The end of the file, whole lines. Raises OSError."""
    with file.open("rb") as source:
        if most is not None and (size := file.stat().st_size) > most:
            source.seek(size - most)
            source.readline()
        return source.read().decode("utf-8", "replace")


def _scrubbed(text: str, scrub: Callable[[str], str], progress: Progress) -> str:
    """In parts that end with a line."""
    done: list[str] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PART)
        end = len(text) if end < 0 else end + 1
        done.append(scrub(text[start:end]))
        start = end
        progress(start / len(text))
    return "".join(done)


def _away(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        _log.info("%s stays: %s", file.name, error.strerror)


def _not_written(target: Path, error: OSError) -> Unavailable:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return Unavailable(
            Text(
                f"디스크에 자리가 없어 저장하지 못했습니다. 공간을 비우거나 다른 곳에 저장하세요: "
                f"{target}",
                f"There is no room to save it. Make room, or choose another place: {target}",
            )
        )
    return Unavailable(
        Text(
            f"여기에는 저장할 수 없습니다({error.strerror}). 다른 폴더를 고르세요: {target}",
            f"It cannot be saved here ({error.strerror}). Choose another folder: {target}",
        )
    )
