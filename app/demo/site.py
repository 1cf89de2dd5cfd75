"""The demo site as the console and the benches start it: clips, server, camera list, clock."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.demo import cameras, children, clock, footage, mounts
from app.demo.cameras import DemoCamera, Expectation
from app.demo.children import Child
from app.demo.clips import Index, read_index
from app.demo.clock import DemoClock
from app.demo.mounts import Stream, Style
from app.demo.scenes import find_scenery
from app.demo.schedule import lay_out, to_wire
from app.domain.camera import Camera
from app.domain.errors import Unavailable
from app.domain.text import Text
from app.tasks import SerialQueue

_NO_SERVER = Text(
    ko="RTSP 서버를 쓸 수 없어 카메라를 파일로 재생합니다. 데비안에서는 python3-gi와 "
    "gir1.2-gst-rtsp-server-1.0, gstreamer1.0-plugins-good 꾸러미를 설치하세요.",
    en="There is no RTSP server, so the cameras play from files. On Debian, install the packages "
    "python3-gi, gir1.2-gst-rtsp-server-1.0 and gstreamer1.0-plugins-good.",
)


# GStreamer looks through all its plug-ins at its first start after an installation.
_SERVER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What to serve.

    `port` 0 takes a free one. `seconds` is the length of the clips, `mtu` the size of RTP packets
    (bytes), `rtcp_seconds` how often a sender report tells the camera's clock: cameras do it
    every five seconds, a second lets a delay be told sooner. `server` False: from files.
    """

    count: int = 36
    style: Style = Style.FULL
    port: int = 0
    cache: Path = field(default_factory=footage.default_cache)
    seconds: float = footage.FULL_SECONDS
    seed: int = 53
    mtu: int = 1400
    rtcp_seconds: float = 1.0
    server: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """A site that is served.

    `csv` is the camera list with log-ins; `clock`, `clock_folder` and `port` are None where the
    cameras play from files. `notices` tell a person what is less than it could be.
    """

    csv: bytes = field(repr=False)
    cameras: tuple[Camera, ...] = field(repr=False)
    expectations: tuple[Expectation, ...]
    clock: DemoClock | None
    clock_folder: Path | None
    port: int | None
    notices: tuple[Text, ...]


class DemoSite:
    """One site; `start` once. All calls on the loop's thread; what blocks has its own."""

    def __init__(self, options: SiteOptions) -> None:
        self._options = options
        self._queue = SerialQueue("demo site")
        self._run_folder: Path | None = None
        self._starting: Child | None = None
        self._server: Child | None = None
        self._order: dict[str, Any] = {}
        self._clock: DemoClock | None = None
        self._stopped = False

    @property
    def server_pid(self) -> int | None:
        return self._server.pid if self._server else None

    async def start(self, report: Callable[[float], None] = lambda _: None) -> Opened:
        """Prepares clips if they are not there (a minute; `report` gets 0…1) and serves them.

        Raises BadInput (number of cameras) and Unavailable
        (clips cannot be prepared, port taken).
        """
        options = self._options
        loop = asyncio.get_running_loop()
        demo = cameras.generate(options.count, options.seed, plain=options.style is not Style.FULL)
        folder = await self._queue.run(
            self._prepare, lambda fraction: loop.call_soon_threadsafe(report, fraction)
        )
        index = read_index(folder)
        streams = mounts.streams_of(demo, options.style, index.clips)
        limit = loop.call_later(_SERVER_SECONDS, self._give_up)
        try:
            port = await self._queue.run(self._serve, folder, index, streams)
        finally:
            limit.cancel()
        lacks_server = options.server and port is None
        notices = [find_scenery().notice, _NO_SERVER if lacks_server else None]
        return self._opened(demo, streams, folder, port, notices)

    async def stop(self) -> None:
        """Ends both processes and removes what was written for this run. Harmless twice."""
        if self._stopped:
            return
        self._stopped = True
        self._give_up()
        if self._clock is not None:
            self._clock.close()
            self._clock = None
        self._queue.post(self._end)
        await self._queue.close()

    async def kill_server(self) -> None:
        """Ends the server without a word, as a power cut would (fault tests)."""
        await self._queue.run(self._kill_server)

    async def restart_server(self) -> None:
        """Serves the same addresses again. Raises Unavailable."""
        port = await self._queue.run(self._start_server)
        if port is None:
            raise Unavailable(_NO_SERVER)

    def drop_sessions(self, mount: str) -> None:
        """The server ends every session of a mount, such as `/1021/sub`."""
        if self._server is not None:
            self._server.tell({"drop": mount})

    def _give_up(self) -> None:
        """A child that does not come up is heard no longer; from any thread."""
        if (child := self._starting) is not None:
            child.kill()

    def _opened(
        self,
        demo: tuple[DemoCamera, ...],
        streams: tuple[Stream, ...],
        folder: Path,
        port: int | None,
        notices: list[Text | None],
    ) -> Opened:
        pairs = [
            (
                stream,
                mounts.rtsp_address(stream, port) if port else mounts.file_address(stream, folder),
            )
            for stream in streams
        ]
        with_streams = mounts.with_streams(demo, pairs)
        if port and self._run_folder is not None:
            self._clock = DemoClock(self._run_folder)
        return Opened(
            csv=cameras.national_csv(zip(demo, with_streams, strict=True)),
            cameras=with_streams,
            expectations=cameras.expectations(demo),
            clock=self._clock,
            clock_folder=self._run_folder if port else None,
            port=port,
            notices=tuple(notice for notice in notices if notice is not None),
        )

    # The rest runs on the queue's thread.

    def _prepare(self, report: Callable[[float], object]) -> Path:
        ready = footage.prepared(self._options.cache, self._options.seconds)
        if ready is not None:
            return ready
        command = children.prepare_command(self._options.cache, self._options.seconds)
        self._starting = Child(command)
        try:
            return children.prepared(self._starting, report)
        finally:
            self._starting.end()
            self._starting = None

    def _serve(self, folder: Path, index: Index, streams: tuple[Stream, ...]) -> int | None:
        if not self._options.server or not children.SYSTEM_PYTHON.is_file():
            return None
        served = [stream.mount for stream in streams if stream.exists]
        slots, count = lay_out(served, index.clips)
        self._run_folder = Path(tempfile.mkdtemp(prefix="gwanje-demo-"))
        clock.create(self._run_folder, slots, count)
        self._order = {
            "port": self._options.port,
            "clips": str(folder),
            "run": str(self._run_folder),
            "mtu": self._options.mtu,
            "rtcp_seconds": self._options.rtcp_seconds,
            "mounts": [to_wire(mount) for mount in served],
        }
        return self._start_server()

    def _start_server(self) -> int | None:
        """The port; None where the system has no gst-rtsp-server."""
        log = Path(self._order["run"]) / clock.LOG_NAME
        self._starting = server = Child(children.server_command(), log)
        server.tell(self._order)
        answer = server.hear() or {}
        self._starting = None
        if "ready" in answer:
            self._server = server
            # A second start must serve the same addresses.
            self._order["port"] = int(answer["ready"])
            return int(answer["ready"])
        server.end()
        if "taken" in answer:
            raise Unavailable(
                Text(
                    ko=f"포트 {answer['taken']}을(를) 다른 프로그램이 쓰고 있습니다",
                    en=f"Port {answer['taken']} is used by another program",
                )
            )
        return None

    def _kill_server(self) -> None:
        if self._server is not None:
            self._server.kill()
            self._server.end()
            self._server = None

    def _end(self) -> None:
        if self._server is not None:
            self._server.end()
            self._server = None
        if self._run_folder is not None:
            shutil.rmtree(self._run_folder, ignore_errors=True)
