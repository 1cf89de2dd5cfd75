"""`--self-test FILE`: whether every part of an installed program works on this machine.

For installers and administrators: no camera, hub or account is needed. What has no screen is
tried here; `ui.self_test` tries the rest and writes the file.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import av
import keyring
import numpy as np

from app.adapters.boundaries import KoreanBoundaries
from app.adapters.hub_client import HttpHub
from app.adapters.libvlc import library, load, new_instance
from app.adapters.store import LocalStore
from app.clock import SystemClock
from app.domain.camera import CameraId, ProfileName
from app.domain.stream import DecodeMode, StreamPlan, Tier
from app.services.hub_port import HubFailure, Trouble
from app.services.whole_file import write_whole
from app.tasks import SerialQueue
from app.video.engine import Engine

_log = logging.getLogger(__name__)

# A word of a part that works, and of one that is not there and need not be.
OK: Final = "ok"
ABSENT: Final = "absent"

_SECONDS: Final = 30.0
_LOOK_S: Final = 0.05
_SIZE: Final = (320, 180)
_COLOUR: Final = (40, 120, 200)
# Lossy codecs and the way through YUV change a colour a little.
_NEAR: Final = 24
_ENTRY: Final = "관제 자체 점검"
_SIGNED_OUT: Final = (
    b"HTTP/1.1 401 Unauthorized\r\nContent-Type: application/problem+json\r\n"
    b"Content-Length: 2\r\nConnection: close\r\n\r\n{}"
)

_QUIET: Final = {"libx265": {"x265-params": "log-level=none"}}


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a part is tried: an empty folder, and a thread for what blocks."""

    folder: Path
    work: SerialQueue


Check = Callable[[Bench], Awaitable[str]]


async def run(folder: Path) -> dict[str, str]:
    """By part: `OK`, `ABSENT`, or what is wrong. `folder` is empty and may be thrown away."""
    found, bench = {}, Bench(folder, SerialQueue("self-test"))
    for name, check in CHECKS.items():
        try:
            async with asyncio.timeout(_SECONDS):
                found[name] = await check(bench)
        except Exception as error:  # noqa: BLE001 - whatever it is: the part does not work
            _log.warning("self-test: %s", name, exc_info=True)
            found[name] = f"{type(error).__name__}: {error}"
    await bench.work.close()
    return found


async def write(file: Path, text: str) -> None:
    work = SerialQueue("self-test file")
    await work.run(write_whole, file, text.encode())
    await work.close()


async def _store(bench: Bench) -> str:
    """sqlite-utils on a real file, opened twice."""
    clock, path = SystemClock(), bench.folder / "self-test.db"
    for wanted in (False, True):
        store = await LocalStore.open(path, clock)
        try:
            if wanted:
                loaded = await store.load_preferences()
                return OK if loaded.value.get("operator") == _ENTRY else "what was kept is gone"
            await store.keep_preferences({"operator": _ENTRY})
        finally:
            await store.close()
    return "never read"


async def _secrets(bench: Bench) -> str:
    """The system's keyring (Windows: Credential Manager), with Hangul in name and value."""
    value = f"비밀 {secrets.token_hex(8)}"

    def there_and_back() -> str:
        service = f"gwanje self-test {secrets.token_hex(4)}"
        try:
            keyring.set_password(service, _ENTRY, value)
            return OK if keyring.get_password(service, _ENTRY) == value else "not what was kept"
        except keyring.errors.NoKeyringError:
            return ABSENT
        finally:
            try:
                keyring.delete_password(service, _ENTRY)
            except keyring.errors.KeyringError:
                _log.info("self-test: there was nothing to take away")

    return await bench.work.run(there_and_back)


async def _hub_client(_: Bench) -> str:
    """A hub that says that nobody is signed in, on this machine."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_SIGNED_OUT)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    client = HttpHub(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    try:
        await client.session()
    except HubFailure as failure:
        return OK if failure.trouble is Trouble.SIGNED_OUT else str(failure.text.en)
    finally:
        await client.close()
        server.close()
        await server.wait_closed()
    return "a hub that refuses was believed"


def _decode(codec: str) -> Check:
    """Through a decoder process (spawn) and shared memory, as every camera's picture comes."""

    async def check(bench: Bench) -> str:
        file = bench.folder / f"{codec}.mp4"
        await bench.work.run(_film, file, codec)
        engine, camera = Engine(1), CameraId("self-test")
        await engine.start()
        try:
            tier = Tier(ProfileName.MAIN, DecodeMode.FULL)
            engine.apply({camera: StreamPlan(file.as_uri(), tier, *_SIZE, 0.0)})
            while True:
                with engine.newest(camera) as picture:
                    if picture is not None:
                        return _judged(picture)
                await asyncio.sleep(_LOOK_S)
        finally:
            engine.apply({})
            await engine.stop()

    return check


def _judged(picture: Any) -> str:
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.stride)
    middle = rows[picture.height // 2].reshape(-1, 4)[picture.width // 2, :3]
    # BGRX in memory.
    far = np.abs(middle[::-1].astype(int) - np.array(_COLOUR)).max()
    return OK if far <= _NEAR else f"a wrong colour: {middle.tolist()}"


def _film(file: Path, codec: str) -> None:
    """Two seconds of one colour."""
    with av.open(str(file), "w") as container:
        stream: Any = container.add_stream(codec, rate=15)
        stream.width, stream.height = _SIZE
        stream.pix_fmt = "yuv420p"
        # x265 talks by itself, past every log.
        stream.options = {"preset": "ultrafast"} | _QUIET.get(codec, {})
        still = np.full((_SIZE[1], _SIZE[0], 3), _COLOUR, dtype=np.uint8)
        for _ in range(30):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(still, "rgb24")))
        container.mux(stream.encode(None))


async def _clip_player(bench: Bench) -> str:
    """LibVLC need not be there: the console says what is missing."""

    def look() -> str:
        if library() is None:
            return ABSENT
        vlc = load()
        made = new_instance(vlc, hidden=True) if vlc is not None else None
        return "libVLC does not start" if made is None else OK

    return await bench.work.run(look)


async def _boundaries(bench: Bench) -> str:
    places = await bench.work.run(lambda: KoreanBoundaries().places())
    return OK if len(places) > 1000 else f"only {len(places)} places"  # noqa: PLR2004 - 5,000 emds


CHECKS: Final[Mapping[str, Check]] = {
    "store": _store,
    "secrets": _secrets,
    "hub_client": _hub_client,
    "decode_h264": _decode("libx264"),
    "decode_h265": _decode("libx265"),
    "clip_player": _clip_player,
    "boundaries": _boundaries,
}
