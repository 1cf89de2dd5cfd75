"""All secrets of the console in one file, encrypted with the one key (`secret_key`)."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from typing_extensions import override

from app.adapters.sealing import Sealer, derived
from app.adapters.secret_key import Key, Ring, choose, key_id, read_ring, write_private
from app.clock import Clock
from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services.secrets_port import Secrets
from app.tasks import SerialQueue

FILE_NAME = "secrets.bin"
_MAGIC = b"gwanje-secrets"
_VERSION = 1
_ID_BYTES = 8
_HEADER = len(_MAGIC) + 1 + _ID_BYTES
_PURPOSE = "secrets file"
# A keyring that asks for its own password may wait for ever; the wall must not.
_RING_SECONDS = 15.0


@dataclass(frozen=True, slots=True, repr=False)
class _Opened:
    key: Key
    values: dict[str, str]
    notices: tuple[Text, ...] = ()
    lasting: bool = True


class SealedSecrets(Secrets):
    """Made by `open`, which never fails; `close` it in the end."""

    def __init__(self, queue: SerialQueue, path: Path, opened: _Opened) -> None:
        self._queue = queue
        self._path = path
        self._opened = opened
        self._values = opened.values
        self._sealer = Sealer(derived(opened.key.value, _PURPOSE))
        self._turn = asyncio.Lock()

    @classmethod
    async def open(
        cls, folder: Path, clock: Clock, ring_seconds: float = _RING_SECONDS
    ) -> SealedSecrets:
        now = clock.now()
        ring = await _ring(ring_seconds)
        queue = SerialQueue("secrets")
        path = folder / FILE_NAME
        return cls(queue, path, await queue.run(_open, path, ring, now))

    @property
    @override
    def notices(self) -> tuple[Text, ...]:
        return (*self._opened.key.notices, *self._opened.notices)

    @property
    @override
    def lasting(self) -> bool:
        return self._opened.lasting and self._opened.key.lasting

    @override
    def key(self, purpose: str) -> bytes:
        return derived(self._opened.key.value, purpose)

    @override
    def get(self, name: str) -> str | None:
        return self._values.get(name)

    @override
    async def put(self, name: str, value: str) -> None:
        async with self._turn:
            await self._keep({**self._values, name: value})

    @override
    async def forget(self, name: str) -> None:
        async with self._turn:
            if name in self._values:
                await self._keep({key: v for key, v in self._values.items() if key != name})

    @override
    async def close(self) -> None:
        await self._queue.close()

    async def _keep(self, values: dict[str, str]) -> None:
        if self.lasting:
            try:
                await self._queue.run(self._write, values)
            except OSError as error:
                raise _not_kept(error) from error
        self._values = values

    def _write(self, values: dict[str, str]) -> None:
        header = _MAGIC + bytes([_VERSION]) + key_id(self._opened.key.value)
        plain = json.dumps(values, ensure_ascii=False).encode()
        write_private(self._path, header + self._sealer.seal(plain, _PURPOSE))


async def _ring(seconds: float) -> tuple[Ring, bytes | None]:
    queue = SerialQueue("keyring")
    try:
        return await asyncio.wait_for(queue.run(read_ring), seconds)
    except TimeoutError:
        return Ring.SHUT, None
    finally:
        # The thread of one that hangs is left behind: it is a daemon.
        await queue.close(seconds=0.5)


def _open(path: Path, ring: tuple[Ring, bytes | None], now: datetime) -> _Opened:
    content = _content(path)
    if content is None:
        return _Opened(choose(path.parent, ring, None), {})
    if content[: len(_MAGIC)] != _MAGIC or len(content) < _HEADER:
        return _anew(path, ring, now)
    key = choose(path.parent, ring, content[_HEADER - _ID_BYTES : _HEADER])
    if content[len(_MAGIC)] > _VERSION:
        return _Opened(key, {}, (_newer(path),), lasting=False)
    return _read(path, content, key, now) or _anew(path, ring, now)


def _read(path: Path, content: bytes, key: Key, now: datetime) -> _Opened | None:
    """None if the file is damaged."""
    if not key.lasting:
        return _Opened(key, {}, lasting=False)
    if key_id(key.value) != content[_HEADER - _ID_BYTES : _HEADER]:
        return _Opened(key, {}, (_lost(_put_aside(path, "lost-key", now)),))
    try:
        plain = Sealer(derived(key.value, _PURPOSE)).open(content[_HEADER:], _PURPOSE)
        return _Opened(key, _values(plain))
    except (ValueError, TypeError):
        return None


def _anew(path: Path, ring: tuple[Ring, bytes | None], now: datetime) -> _Opened:
    aside = _put_aside(path, "damaged", now)
    return _Opened(choose(path.parent, ring, None), {}, (_damaged(aside),))


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b""  # a folder of that name, or no right to read it


def _values(plain: bytes) -> dict[str, str]:
    values = json.loads(plain)
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        raise TypeError
    return values


def _put_aside(path: Path, mark: str, now: datetime) -> Path:
    """Renames the file, so that nothing is lost for good; where that fails it is written over."""
    aside = path.with_name(f"{path.stem}.{mark}-{now:%Y%m%d-%H%M%S}{path.suffix}")
    try:
        path.rename(aside)
    except OSError:
        return path
    return aside


def _damaged(aside: Path) -> Text:
    return Text(
        "저장된 로그인 정보 파일이 손상되어 새로 시작했습니다. 허브에 연결된 상태에서 다시 "
        f"로그인하세요. 손상된 파일: {aside}",
        "The file of sign-ins was damaged and begun anew. Sign in again while the hub can be "
        f"reached. The damaged file: {aside}",
    )


def _lost(aside: Path) -> Text:
    return Text(
        "암호화 키가 없어져 저장된 로그인 정보를 읽을 수 없습니다. 허브에 연결된 상태에서 다시 "
        f"로그인하세요. 이전 파일: {aside}",
        "The key is gone and the sign-ins cannot be read. Sign in again while the hub can be "
        f"reached. The former file: {aside}",
    )


def _newer(path: Path) -> Text:
    return Text(
        f"더 새로운 판의 관제가 만든 로그인 정보 파일입니다. 그대로 두었습니다: {path}",
        f"The file of sign-ins was made by a newer version and was left as it is: {path}",
    )


def _not_kept(error: OSError) -> Unavailable:
    return Unavailable(
        Text(
            f"로그인 정보를 저장하지 못했습니다 ({error.strerror}).",
            f"The sign-in could not be kept ({error.strerror}).",
        )
    )
