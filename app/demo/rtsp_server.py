"""The RTSP server of the demo site: a program of its own for the system's Python.

Only that has gst-rtsp-server (through gi). Nothing is encoded here; prepared access units are
sent on time.

Protocol: JSON lines. First line in: {"port", "clips", "run", "mtu", "rtcp_seconds", "mounts"}.
Out: {"ready": port} or {"taken": port} or {"missing": why}. Then in: {"drop": path} ends the
sessions of a mount, {"stop": true} ends the program. So does the end of the input, which comes
when the parent dies, however it dies; then the run folder, which nobody else will, is removed.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import mmap
import os
import sys
import time
from pathlib import Path
from typing import Any

from app.demo.clips import Clip, Index, read_index
from app.demo.clock import CLOCK_NAME, LOG_NAME, TIMES_NAME
from app.demo.pacing import Feed, Pacer
from app.demo.recipes import AUDIO
from app.demo.schedule import Mount, Slots, Step, from_wire, lay_out

# Frames due within one tick go out together: a hundred wake-ups a second instead of a thousand.
# Times of sending are written down exactly, so a measured delay does not suffer.
_TICK_MS = 10
_CLIENT_THREADS = 32
_ANYONE, _USER = "anyone", "user"
_CAPS = {
    "h264": "video/x-h264,stream-format=avc,alignment=au",
    "h265": "video/x-h265,stream-format=hvc1,alignment=au",
    "mjpeg": "image/jpeg",
    "aac": "audio/mpeg,mpegversion=4,stream-format=raw,rate=16000,channels=1",
}
_PAYLOADERS = {
    "h264": "rtph264pay config-interval=-1",
    "h265": "rtph265pay config-interval=-1",
    "mjpeg": "rtpjpegpay",
    "aac": "rtpmp4gpay",
}
# No signals: each would take Python's lock in a streaming thread. A client that never plays must
# not fill the memory.
_SOURCE = (
    "appsrc is-live=true format=time emit-signals=false"
    " max-bytes=0 max-time=3000000000 leaky-type=downstream"
)
_NANOSECONDS = 1_000_000_000


class Gi:
    """GStreamer's modules. gi makes them at run time: a type checker can know nothing of them.

    Raises ImportError or ValueError where a part is not installed.
    """

    def __init__(self) -> None:
        gi: Any = importlib.import_module("gi")
        for namespace in ("Gst", "GstApp", "GstRtsp", "GstRtspServer"):
            gi.require_version(namespace, "1.0")
        self.glib: Any = importlib.import_module("gi.repository.GLib")
        self.gst: Any = importlib.import_module("gi.repository.Gst")
        self.rtsp: Any = importlib.import_module("gi.repository.GstRtsp")
        self.server: Any = importlib.import_module("gi.repository.GstRtspServer")
        importlib.import_module("gi.repository.GstApp")
        self.gst.init(None)


class ClipStore:
    """Gst buffers of the access units, made once a clip and shared by all cameras that play it."""

    def __init__(self, gi: Gi, folder: Path, index: Index) -> None:
        self._gi = gi
        self._folder = folder
        self.clips = index.clips
        self._buffers: dict[str, list[Any]] = {}

    def buffers(self, name: str) -> list[Any]:
        if name not in self._buffers:
            self._buffers[name] = self._read(self.clips[name])
        return self._buffers[name]

    def _read(self, clip: Clip) -> list[Any]:
        content = (self._folder / f"{clip.name}.mp4").read_bytes()
        units = (
            self._gi.glib.Bytes.new(content[position : position + size])
            for position, size in zip(clip.positions, clip.sizes, strict=True)
        )
        return [self._gi.gst.Buffer.new_wrapped_bytes(unit) for unit in units]

    def caps(self, clip: Clip) -> Any:
        described = _CAPS[clip.codec]
        if clip.width:
            numerator, denominator = clip.rate
            described += f",width={clip.width},height={clip.height}"
            described += f",framerate={numerator}/{denominator}"
        if clip.codec_data:
            described += f",codec_data=(buffer){clip.codec_data}"
        return self._gi.gst.Caps.from_string(described)


class AppSource:
    """An appsrc as a `pacing.Sink`."""

    def __init__(self, gi: Gi, source: Any, store: ClipStore) -> None:
        self._playing = gi.gst.State.PLAYING
        self._source = source
        self._store = store
        self._buffers: list[Any] = []

    def base(self) -> float | None:
        _, state, _ = self._source.get_state(0)
        # The pipeline's clock is the monotonic one: its time stamps are Python's `monotonic`, and
        # the sender reports turn them into the wall-clock time of capture.
        return self._source.get_base_time() / _NANOSECONDS if state == self._playing else None

    def change(self, clip: Clip) -> None:
        self._buffers = self._store.buffers(clip.name)
        self._source.set_property("caps", self._store.caps(clip))

    def send(self, clip: Clip, unit: int, stamp: float) -> None:  # noqa: ARG002 - a Sink's
        # A copy of the buffer shares its memory.
        buffer = self._buffers[unit].copy()
        buffer.pts = int(stamp * _NANOSECONDS)
        self._source.push_buffer(buffer)


class Site:
    """The server with its mounts."""

    def __init__(self, gi: Gi, order: dict[str, Any]) -> None:
        self._gi = gi
        folder = Path(order["clips"])
        self._store = ClipStore(gi, folder, read_index(folder))
        mounts = [from_wire(entry) for entry in order["mounts"]]
        self._slots, _ = lay_out(mounts, self._store.clips)
        self.pacer = Pacer(time.monotonic(), _map_times(Path(order["run"]) / TIMES_NAME))
        self._mtu = int(order["mtu"])
        self._rtcp_nanoseconds = int(order["rtcp_seconds"] * _NANOSECONDS)
        self._clients: dict[str, set[Any]] = {}
        self._drop_after = {m.path: m.drop_seconds for m in mounts if m.drop_seconds}
        self._server = gi.server.RTSPServer()
        self._server.set_address("127.0.0.1")
        self._server.set_service(str(order["port"]))
        self._server.set_backlog(256)
        # Describing a stream waits for its first key frame. With the usual one thread for all
        # clients a wall of cameras would open one after the other, a second each.
        self._server.get_thread_pool().set_max_threads(_CLIENT_THREADS)
        self._server.set_auth(_authentication(gi, mounts))
        self._server.connect("client-connected", self._client_connected)
        points = self._server.get_mount_points()
        for mount in mounts:
            points.add_factory(mount.path, self._factory(mount))

    def listen(self) -> int:
        """The port that is served; 0 if it is taken."""
        return int(self._server.get_bound_port()) if self._server.attach(None) else 0

    def drop(self, path: str) -> None:
        """Ends every session of a mount, as a camera that starts anew would."""
        for client in self._clients.pop(path, set()):
            client.close()

    def _factory(self, mount: Mount) -> Any:
        factory = self._gi.server.RTSPMediaFactory()
        codec = self._store.clips[mount.steps[0].clip].codec
        launch = f"{_SOURCE} name=video ! {_PAYLOADERS[codec]} name=pay0 pt=96 mtu={self._mtu}"
        if mount.audio:
            launch += f" {_SOURCE} name=audio ! {_PAYLOADERS['aac']} name=pay1 pt=97"
        factory.set_launch(f"( {launch} )")
        factory.set_shared(True)
        factory.set_latency(0)
        factory.set_protocols(self._gi.rtsp.RTSPLowerTrans.TCP)
        factory.set_suspend_mode(self._gi.server.RTSPSuspendMode.NONE)
        factory.set_permissions(_permissions(self._gi, needs_user=bool(mount.user)))
        factory.connect("media-configure", self._configure, mount)
        return factory

    def _configure(self, _factory: Any, media: Any, mount: Mount) -> None:
        element = media.get_element()
        feeds = [self._feed(element.get_by_name("video"), mount, self._slots[mount.path])]
        if mount.audio:
            units = len(self._store.clips[AUDIO].sizes)
            sound = Mount(mount.path, (Step(AUDIO, 0, units),), phase=mount.phase)
            feeds.append(self._feed(element.get_by_name("audio"), sound, None))
        media.connect("unprepared", self._unprepared, feeds)
        element.get_parent().connect("deep-element-added", self._element_added)
        for feed in feeds:
            self.pacer.add(feed)

    def _feed(self, source: Any, mount: Mount, slots: Slots | None) -> Feed:
        return Feed(AppSource(self._gi, source, self._store), mount, self._store.clips, slots)

    def _element_added(self, _pipeline: Any, _bin: Any, element: Any) -> None:
        """Reports soon and often: a delay can be told only after the first sender report."""
        if element.get_factory().get_name() == "rtpsession":
            session = element.get_property("internal-session")
            session.set_property("rtcp-min-interval", self._rtcp_nanoseconds)

    def _unprepared(self, _media: Any, feeds: list[Feed]) -> None:
        for feed in feeds:
            feed.gone = True

    def _client_connected(self, _server: Any, client: Any) -> None:
        client.connect("play-request", self._playing)
        client.connect("closed", self._client_closed)

    def _playing(self, client: Any, context: Any) -> None:
        # A client plays the whole media or one stream of it: /1021/sub or /1021/sub/stream=0.
        path = context.uri.abspath.partition("/stream=")[0].rstrip("/")
        self._clients.setdefault(path, set()).add(client)
        if path in self._drop_after:
            milliseconds = int(self._drop_after[path] * 1000)
            self._gi.glib.timeout_add(milliseconds, self._drop_one, path, client)

    def _drop_one(self, path: str, client: Any) -> bool:
        if client in self._clients.get(path, set()):
            self._clients[path].discard(client)
            client.close()
        return False

    def _client_closed(self, client: Any) -> None:
        for clients in self._clients.values():
            clients.discard(client)


def _permissions(gi: Gi, *, needs_user: bool) -> Any:
    """Anyone may ask for the media; what needs a log-in is built for its user only."""
    permissions = gi.server.RTSPPermissions()
    for role in (_ANYONE, _USER):
        may_play = role == _USER or not needs_user
        permissions.add_permission_for_role(role, "media.factory.access", True)  # noqa: FBT003
        permissions.add_permission_for_role(role, "media.factory.construct", may_play)
    return permissions


def _authentication(gi: Gi, mounts: list[Mount]) -> Any:
    """Digest for the mounts that have a user, nothing for the others."""
    auth = gi.server.RTSPAuth()
    auth.set_supported_methods(gi.rtsp.RTSPAuthMethod.DIGEST)
    auth.set_default_token(_token(gi, _ANYONE))
    for user, password in {(mount.user, mount.password) for mount in mounts if mount.user}:
        auth.add_digest(user, password, _token(gi, _USER))
    return auth


def _token(gi: Gi, role: str) -> Any:
    token = gi.server.RTSPToken()
    token.set_string("media.factory.role", role)
    return token


def _map_times(path: Path) -> Any:
    with path.open("r+b") as file:
        return memoryview(mmap.mmap(file.fileno(), 0)).cast("d")


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _obey(site: Site, loop: Any, run_folder: Path) -> bool:
    # Past Python's buffer, which would hide a second line from the main loop.
    received = os.read(sys.stdin.fileno(), 1 << 16)
    if not received:
        _remove(run_folder)
    commands: list[dict[str, Any]] = [json.loads(line) for line in received.splitlines()]
    for command in commands:
        if "drop" in command:
            site.drop(command["drop"])
    if not received or any("stop" in command for command in commands):
        loop.quit()
        return False
    return True


def _remove(run_folder: Path) -> None:
    for name in (TIMES_NAME, CLOCK_NAME, LOG_NAME):
        (run_folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        run_folder.rmdir()


def _serve(gi: Gi, site: Site, run_folder: Path) -> None:
    glib = gi.glib
    loop = glib.MainLoop()

    def tick() -> bool:
        site.pacer.tick(time.monotonic())
        return True

    glib.timeout_add(_TICK_MS, tick)
    readable = glib.IOCondition.IN | glib.IOCondition.HUP
    glib.io_add_watch(
        sys.stdin.fileno(),
        glib.PRIORITY_DEFAULT,
        readable,
        lambda *_: _obey(site, loop, run_folder),
    )
    loop.run()


def main() -> None:
    order = json.loads(sys.stdin.readline())
    try:
        gi = Gi()
    except (ImportError, ValueError) as error:
        _say({"missing": str(error)})
        return
    site = Site(gi, order)
    port = site.listen()
    if not port:
        _say({"taken": order["port"]})
        return
    _say({"ready": port})
    _serve(gi, site, Path(order["run"]))
    # Sessions end with their connections; taking the pipelines down one by one takes seconds.
    os._exit(0)


if __name__ == "__main__":
    main()
