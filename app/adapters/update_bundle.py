"""One file with everything that a closed network needs for an update: a TUF repository in a zip.

metadata/   what The Update Framework calls root, timestamp, snapshot and targets
targets/    one packed version a channel and system

Checked by python-tuf, the framework's own client (docs/adr/0018-updates.md): signatures, expiry
(freeze), version numbers (roll-back) and the hash of what is unpacked.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    RepositoryError,
)
from tuf.api.metadata import Metadata, TargetFile, Targets
from tuf.ngclient import FetcherInterface, Updater
from typing_extensions import override

from app.domain.errors import Refused
from app.domain.text import Text
from app.domain.update import (
    Edition,
    Release,
    damaged,
    expired,
    not_signed,
    number,
    older_than_trusted,
    other_channel,
    reused_number,
)

SUFFIX: Final = ".gwanje-update"
_HERE: Final = "https://bundle.invalid/"
_CHUNK: Final = 1 << 20
_NOT_FOUND: Final = 404
_STAMP: Final = "timestamp.json"
# What zipfile says of a byte that flipped, wherever it was.
_BROKEN: Final = (
    zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error,
    struct.error,
)  # fmt: skip


class Bundle:
    """`trust`: the folder in which the framework remembers what it has seen; `root`: the first key.

    All block. Used by one thread, `close` it.
    """

    def __init__(self, file: Path, trust: Path, root: bytes, edition: Edition) -> None:
        """Raises Refused: a file that is no bundle, or one that was cut; OSError: not readable."""
        self.name = file.name
        self._edition = edition
        self._target: TargetFile | None = None
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN:
            raise damaged(self.name) from None
        self._trust = trust
        self._root = root

    def close(self) -> None:
        self._zip.close()

    def release(self) -> Release:
        """What it brings for this edition, believed. Raises Refused."""
        before = self._stamp()
        try:
            self._trust.mkdir(parents=True, exist_ok=True)
            client = self._client(self._trust)
            client.refresh()
            self._target = client.get_targetinfo(self._edition.path)
        except (RepositoryError, DownloadError, OSError) as error:
            raise self._refusal(error) from error
        # The framework takes an equal number for the same thing and keeps what it had.
        if before == self._stamp() and before != self._zip.read(f"metadata/{_STAMP}"):
            raise reused_number(self.name)
        if self._target is None:
            raise other_channel(self.name, self._edition, self._paths())
        custom = self._target.custom or {}
        version = str(custom.get("version", ""))
        number(version)
        unpacked = custom.get("unpacked", 0)
        size = unpacked if isinstance(unpacked, int) else 0
        return Release(version, self._target.length, max(size, self._target.length))

    def fetch(self, to: Path) -> None:
        """The packed version, whole and of the signed hash. After `release`. Raises Refused."""
        if self._target is None:
            raise damaged(self.name)
        try:
            self._client(self._trust).download_target(self._target, str(to))
        except (RepositoryError, DownloadError) as error:
            raise self._refusal(error) from error

    def _stamp(self) -> bytes:
        """What was used last; empty before the first time."""
        try:
            return (self._trust / _STAMP).read_bytes()
        except OSError:
            return b""

    def _client(self, trust: Path) -> Updater:
        return Updater(
            metadata_dir=str(trust),
            metadata_base_url=f"{_HERE}metadata/",
            target_base_url=f"{_HERE}targets/",
            fetcher=_FromZip(self._zip),
            bootstrap=self._root,
        )

    def _refusal(self, error: Exception) -> Refused:
        if isinstance(error, ExpiredMetadataError):
            return expired(self.name)
        if isinstance(error, BadVersionNumberError):
            return older_than_trusted(self.name)
        if isinstance(error, RepositoryError):
            return not_signed(self.name)
        if isinstance(error, DownloadError):
            return damaged(self.name)
        return Refused(
            Text(
                f"{self._trust}에 쓸 수 없습니다: {error}. 관리자 권한으로 실행하세요.",
                f"{self._trust} cannot be written: {error}. Run it as an administrator.",
            )
        )

    def _paths(self) -> list[str]:
        whole: Metadata[Targets] = Metadata.from_bytes((self._trust / "targets.json").read_bytes())
        return sorted(path.removesuffix("/gwanje.zip") for path in whole.signed.targets)


class _FromZip(FetcherInterface):
    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed

    @override
    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            member: Any = self._packed.open(url.removeprefix(_HERE))
        except KeyError:
            raise DownloadHTTPError("not in the bundle", _NOT_FOUND) from None
        except (OSError, *_BROKEN) as error:
            raise DownloadError(str(error)) from error
        return _chunks(member)


def _chunks(member: Any) -> Iterator[bytes]:
    with member:
        try:
            while chunk := member.read(_CHUNK):
                yield chunk
        except (OSError, *_BROKEN) as error:
            raise DownloadError(str(error)) from error
