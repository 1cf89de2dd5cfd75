"""A camera that does exactly what a test scripts: RTSP 1.0 over TCP, and pictures over HTTP.

One thread with a loop of its own; every request that came is written down.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import random
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote, urlsplit

from tests.fakes.encoded_video import Clip, Unit, encoded
from tests.fakes.rtp_packets import CLOCK, interleaved, payloads, rtp, sdp, sender_report

REALM, NONCE = "camera", "b1946ac92492d2347c6235b4d2611184"
_REASONS = {200: "OK", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    url: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


class Playing:
    """What a script does with one client after PLAY (or a GET)."""

    def __init__(self, mount: Mount, writer: asyncio.StreamWriter) -> None:
        self.mount = mount
        self.sequence = random.randrange(1 << 16)
        self._writer = writer

    async def unit(self, unit: Unit, stamp: int) -> None:
        """A picture with the RTP time stamp `stamp` (90 kHz)."""
        parts = payloads(self.mount.clip.codec, unit)
        for n, part in enumerate(parts):
            await self.packet(part, stamp, last=n == len(parts) - 1)

    async def packet(self, payload: bytes, stamp: int, *, last: bool = True) -> None:
        await self.raw(interleaved(0, rtp(payload, self.sequence, stamp, last=last)))
        self.sequence += 1

    async def clock(self, wall: float, stamp: int) -> None:
        await self.raw(interleaved(1, sender_report(wall, stamp)))

    async def raw(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def clip(self, start: int = 0, clip: Clip | None = None) -> int:
        """The clip once, at its pace, from the time stamp `start` on; the stamp after it."""
        clip = clip or self.mount.clip
        began = time.monotonic()
        step = round(CLOCK / clip.fps)
        for n, unit in enumerate(clip.units):
            await self.unit(unit, start + unit.pts * step)
            await asyncio.sleep(max(0.0, began + (n + 1) / clip.fps - time.monotonic()))
        return start + len(clip.units) * step

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def hang_up(self) -> None:
        self._writer.close()


Script = Callable[[Playing], Awaitable[None]]


async def for_ever(play: Playing) -> None:
    stamp = 0
    while True:
        stamp = await play.clip(stamp)


async def jpegs(play: Playing) -> None:
    """HTTP: one JPEG after the other, as old cameras do."""
    head = "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n"
    await play.raw(head.encode())
    while True:
        for unit in play.mount.clip.units:
            (jpeg,) = unit.nals
            part = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            await play.raw(part.encode() + jpeg + b"\r\n")
            await asyncio.sleep(1 / play.mount.clip.fps)


def sending(body: bytes) -> Script:
    """HTTP: a file."""

    async def send(play: Playing) -> None:
        await play.raw(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    return send


@dataclass(slots=True)
class Mount:
    """One camera. `answers`: status per method instead of the right answer; a 0 is silence.

    `login`: user and password, asked for by `scheme` (Digest or Basic). `alive`: seconds for
    which a session lasts without a word of the client. `played`: how often PLAY was granted.
    """

    clip: Clip = field(default_factory=encoded)
    script: Script = for_ever
    answers: dict[str, int] = field(default_factory=dict)
    login: tuple[str, str] | None = None
    scheme: str = "Digest"
    sdp: str = ""
    alive: int = 60
    played: int = 0

    def challenge(self) -> str:
        nonce = f', nonce="{NONCE}", algorithm=MD5' if self.scheme == "Digest" else ""
        return f'{self.scheme} realm="{REALM}"{nonce}'

    def admits(self, request: Request) -> bool:
        if self.login is None:
            return True
        given = request.headers.get("authorization", "")
        if self.scheme == "Basic":
            return given == "Basic " + base64.b64encode(":".join(self.login).encode()).decode()
        return self._digest(request) in given

    def _digest(self, request: Request) -> str:
        assert self.login is not None
        user, password = self.login
        given = request.headers.get("authorization", "")
        uri = given.partition('uri="')[2].partition('"')[0]
        own = _md5(f"{user}:{REALM}:{password}")
        asked = _md5(f"{request.method}:{uri}")
        return f'response="{_md5(f"{own}:{NONCE}:{asked}")}"'


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


class RtspScript:
    """`with RtspScript() as server: server.mounts["/a"] = Mount(); server.url("/a")`."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.mounts: dict[str, Mount] = {}
        self.requests: list[Request] = []
        self.port = 0
        self.open = 0
        self._tls = tls
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ending: asyncio.Event | None = None
        self._ready = threading.Event()
        self._clients: set[asyncio.Task[None]] = set()

    def url(self, path: str, user: str = "", password: str = "", scheme: str = "") -> str:
        scheme = scheme or ("rtsps" if self._tls else "rtsp")
        login = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
        return f"{scheme}://{login}127.0.0.1:{self.port}{path}"

    def asked(self, method: str, path: str) -> int:
        """How often a client sent this; `path` also stands for what is below it."""
        return sum(
            1
            for r in tuple(self.requests)
            if r.method == method and (r.path == path or r.path.startswith(path + "/"))
        )

    def start(self) -> None:
        """Also after `stop`, on the same port."""
        self._ready.clear()
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),), name="rtsp")
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        """As if the plug had been pulled: every connection breaks."""
        assert self._loop is not None
        assert self._thread is not None
        assert self._ending is not None
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _serve(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(
            self._accepted, "127.0.0.1", self.port, ssl=self._tls, backlog=256
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._ending.wait()
        server.close()
        for client in self._clients:
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        await server.wait_closed()

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._clients.add(task)
        self.open += 1
        client = _Client(self, reader, writer)
        try:
            await client.talk()
        except OSError:
            client.hear_the_rest()
        except (asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            await client.end()
            self.open -= 1
            self._clients.discard(task)


class _Client:
    def __init__(
        self, server: RtspScript, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._playing: asyncio.Task[None] | None = None

    async def end(self) -> None:
        if self._playing is not None:
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)
        self._writer.transport.abort()
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await self._writer.wait_closed()

    async def talk(self) -> None:
        while True:
            request = await self._request()
            self._server.requests.append(request)
            mount = self._find(request.path)
            if request.method == "GET":
                await self._get(mount, request)
            elif not await self._answer(mount, request):
                return

    def hear_the_rest(self) -> None:
        """What came before a reset: asyncio tells of the reset first, and keeps the rest back.

        A client that closes while a picture is on its way to it resets the connection, right
        after its TEARDOWN.
        """
        kept = bytes(self._reader._buffer)  # type: ignore[attr-defined]
        at = kept.find(b"TEARDOWN ")
        if at >= 0:
            method, url, _ = kept[at:].partition(b"\r\n")[0].decode().split(" ")
            self._server.requests.append(Request(method, url, {}))

    def _find(self, path: str) -> Mount | None:
        found = self._server.mounts.get(path)
        return found or self._server.mounts.get(path.rpartition("/")[0])

    async def _request(self) -> Request:
        while True:
            first = await self._reader.readexactly(1)
            if first == b"$":
                # RTCP of the client.
                head = await self._reader.readexactly(3)
                await self._reader.readexactly(int.from_bytes(head[1:], "big"))
                continue
            lines = (first + await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            if lines[0].startswith("RTSP/"):
                continue  # garbage may look like a request, and FFmpeg answers
            method, url, _ = lines[0].split(" ")
            pairs = (line.partition(":") for line in lines[1:] if line)
            return Request(method, url, {name.lower(): value.strip() for name, _, value in pairs})

    async def _answer(self, mount: Mount | None, request: Request) -> bool:
        """False when the conversation is over."""
        status = 200 if mount is not None else 404
        headers: dict[str, str] = {}
        body = ""
        if mount is not None:
            status = mount.answers.get(request.method, 200)
            if status == 0:
                await asyncio.Event().wait()
            if status == 200 and request.method != "OPTIONS" and not mount.admits(request):
                status, headers = 401, {"WWW-Authenticate": mount.challenge()}
        if status == 200 and mount is not None:
            headers, body = self._right_answer(mount, request)
        await self._send(request, status, headers, body)
        if status == 200 and mount is not None and request.method == "PLAY":
            self._play(mount)
        return request.method != "TEARDOWN"

    @staticmethod
    def _right_answer(mount: Mount, request: Request) -> tuple[dict[str, str], str]:
        if request.method == "DESCRIBE":
            base = {"Content-Type": "application/sdp", "Content-Base": request.url + "/"}
            return base, mount.sdp or sdp(mount.clip)
        if request.method == "SETUP":
            transport = request.headers["transport"]
            return {"Transport": transport, "Session": f"4711;timeout={mount.alive}"}, ""
        if request.method == "OPTIONS":
            return {"Public": "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"}, ""
        return {"Session": "4711"}, ""

    async def _send(
        self, request: Request, status: int, headers: Mapping[str, str], body: str
    ) -> None:
        protocol = "HTTP/1.1" if request.method == "GET" else "RTSP/1.0"
        lines = [f"{protocol} {status} {_REASONS.get(status, 'Other')}"]
        lines.append(f"CSeq: {request.headers.get('cseq', '0')}")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines.append(f"Content-Length: {len(body)}")
        self._writer.write("\r\n".join([*lines, "", body]).encode())
        await self._writer.drain()

    async def _get(self, mount: Mount | None, request: Request) -> None:
        status = mount.answers.get("GET", 200) if mount is not None else 404
        if status == 200 and mount is not None and not mount.admits(request):
            await self._send(request, 401, {"WWW-Authenticate": mount.challenge()}, "")
        elif status == 200 and mount is not None:
            await mount.script(Playing(mount, self._writer))
        else:
            await self._send(request, status, {}, "")

    def _play(self, mount: Mount) -> None:
        mount.played += 1

        async def run() -> None:
            with contextlib.suppress(OSError):
                await mount.script(Playing(mount, self._writer))

        self._playing = asyncio.get_running_loop().create_task(run())
