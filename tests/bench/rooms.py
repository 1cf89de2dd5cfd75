"""Receivers without a screen: the console's own way to the hub, and real streams of the relay."""

from __future__ import annotations

import asyncio
import statistics
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import av
import av.error
from pydantic import SecretStr

from app.adapters.hub_client import HttpHub
from app.domain.errors import Failure
from app.services.hub_port import Place
from app.tasks import spawn
from app.wire.access import AccessAsk, with_secrets
from app.wire.session import SignIn
from app.wire.stream import Op

# A frame that is so many times later than the last one was, by its own stamp, has lost one between.
_GAP = 1.6


@dataclass
class Watching:
    """One stream. Times are of `time.monotonic`; None until it happened."""

    share: str
    camera: str
    begun: float
    picture: float | None = None
    ended: float | None = None
    error: str = ""
    packets: int = 0
    # Between one frame and the next, by their own stamps.
    steps: list[int] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self, url: str) -> None:
        try:
            with av.open(url, options={"rtsp_transport": "tcp"}, timeout=8) as container:
                self._read(container)
        except av.error.FFmpegError as error:
            self.error = type(error).__name__
        finally:
            self.ended = time.monotonic()

    @property
    def gaps(self) -> int:
        usual = statistics.median(self.steps) if self.steps else 0
        return sum(step > _GAP * usual for step in self.steps)

    def stop(self) -> None:
        self._stop.set()

    def _read(self, container: Any) -> None:
        stream = container.streams.video[0]
        before: int | None = None
        for packet in container.demux(stream):
            if self._stop.is_set():
                return
            if packet.pts is None:
                continue
            self.packets += 1
            if self.picture is None and packet.decode():
                self.picture = time.monotonic()
            if before is not None:
                self.steps.append(packet.pts - before)
            before = packet.pts


class Room:
    """Signed in as a receiver; opens everything that is shared with it as soon as it hears of it.

    `texts`: all that the hub ever told it, for who looks for secrets.
    """

    def __init__(self, address: str, username: str, password: str, client: str = "") -> None:
        self._hub = HttpHub(address)
        self._username, self._password = username, password
        self._client = client or f"room {username}"
        self.site = ""
        self.watching: defaultdict[str, list[Watching]] = defaultdict(list)
        self.texts: list[str] = []
        self.refusals: list[str] = []
        self._threads: list[threading.Thread] = []
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        asked = SignIn(
            username=self._username, password=SecretStr(self._password),
            client=self._client,
        )  # fmt: skip
        session = await self._hub.sign_in(asked)
        self.site = session.account.site
        page = await self._hub.snapshot(None)
        self.texts += [row.model_dump_json() for row in page.rows]
        place = Place(page.head.epoch, page.head.snap_seq, page.head.view)
        self._task = spawn(self._follow(place), f"room {self._username}")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        for some in self.watching.values():
            for one in some:
                one.stop()
        await self._hub.sign_out()
        await self._hub.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    async def _follow(self, place: Place) -> None:
        async for heard in self._hub.stream(place):
            for frame in heard.frames:
                self.texts.append(frame.model_dump_json())
                if frame.t == "share" and frame.op is Op.PUT and frame.d["state"] == "active":
                    known = {one.camera for one in self.watching[frame.id]}
                    for camera in frame.d["cameras"]:
                        if camera not in known:
                            self.open(frame.id, camera)

    def open(self, share: str, camera: str) -> None:
        one = Watching(share, camera, time.monotonic())
        self.watching[share].append(one)
        _ = spawn(self._ask(one), "room opens")

    async def _ask(self, one: Watching) -> None:
        try:
            access = await self._hub.share_access(one.share, one.camera, AccessAsk())
        except Failure as failure:
            self.refusals.append(failure.text.en)
            one.error, one.ended = "refused", time.monotonic()
            return
        told = with_secrets(access)
        self.texts.append(str(told))
        user, password = quote(told["username"]), quote(told["password"])
        url = told["profiles"][0]["url"].replace("://", f"://{user}:{password}@")
        thread = threading.Thread(target=one.run, args=(url,), daemon=True)
        thread.start()
        self._threads.append(thread)
