"""The RTSP server of the demo site: a program of its own for the system's Python, which alone
has gst-rtsp-server. Nothing is encoded here; prepared access units are sent on time.

Protocol: JSON lines. First line in: {"port", "clips", "times", "mtu", "rtcp_seconds", "mounts"}.
Out: {"ready": port} or {"taken": port}. Then in: {"drop": path} ends the sessions of a mount, {"stop": true} ends
the program. So does the end of the input, which comes when the parent dies, however it dies.
"""

from __future__ import annotations

import collections
import heapq
import importlib
import json
import mmap
import os
import sys
import time
from pathlib import Path
from typing import Any

from app.demo.clips import Clip, read_index
from app.demo.schedule import Mount, Slots, Step, from_wire, lay_out

# gi makes its modules at run time; there is nothing a type checker could know of them.
gi: Any = importlib.import_module("gi")
for _namespace in ("Gst", "GstApp", "GstRtsp", "GstRtspServer"):
    gi.require_version(_namespace, "1.0")
Gst: Any = importlib.import_module("gi.repository.Gst")
GLib: Any = importlib.import_module("gi.repository.GLib")
GstRtsp: Any = importlib.import_module("gi.repository.GstRtsp")
GstRtspServer: Any = importlib.import_module("gi.repository.GstRtspServer")
importlib.import_module("gi.repository.GstApp")

_ANYONE, _USER = "anyone", "user"
# Frames due within one tick go out together: a hundred wake-ups a second instead of a thousand.
# Times of sending are written down exactly, so the measured delay does not suffer.
_TICK_MS = 10
_CLIENT_THREADS = 32
# A server that was stopped (SIGSTOP, laptop lid) must not send minutes of pictures in a burst.
_LATEST_SECONDS = 1.0
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


class ClipStore:
    """Gst buffers of the access units, made once a clip and shared by all cameras that play it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.clips = read_index(folder).clips
        self._buffers: dict[str, list[Any]] = {}

    def buffers(self, name: str) -> list[Any]:
        if name not in self._buffers:
            self._buffers[name] = self._read(self.clips[name])
        return self._buffers[name]

    def _read(self, clip: Clip) -> list[Any]:
        content = (self._folder / f"{clip.name}.au").read_bytes()
        buffers, start = [], 0
        for size in clip.sizes:
            whole = GLib.Bytes.new(content[start : start + size])
            buffers.append(Gst.Buffer.new_wrapped_bytes(whole))
            start += size
        return buffers

    def caps(self, name: str) -> Any:
        clip = self.clips[name]
        described = _CAPS[clip.codec]
        if clip.width:
            numerator, denominator = clip.rate
            described += f",width={clip.width},height={clip.height}"
            described += f",framerate={numerator}/{denominator}"
        if clip.codec_data:
            described += f",codec_data=(buffer){clip.codec_data}"
        return Gst.Caps.from_string(described)


class Feed:
    """One running media: gives its appsrc each unit when it is due."""

    def __init__(self, source: Any, mount: Mount, store: ClipStore, slots: Slots | None) -> None:
        self._source = source
        self._mount = mount
        self._store = store
        self._slots = slots
        self._clip = store.clips[mount.steps[0].clip]
        self._buffers = store.buffers(self._clip.name)
        self._interval = self._clip.seconds_per_unit
        self._started = False
        self._base = 0
        self._number = 0
        self.gone = False
        source.set_property("caps", store.caps(self._clip.name))

    def begin(self, epoch: float, now: float) -> float | None:
        """When the first unit is due, once the pipeline plays; until then None."""
        _, state, _ = self._source.get_state(0)
        if state != Gst.State.PLAYING:
            return None
        self._base = self._source.get_base_time()
        self._number = int((now - epoch - self._mount.phase) / self._interval) + 1
        return self._due(epoch)

    def _due(self, epoch: float) -> float:
        return epoch + self._mount.phase + self._number * self._interval

    def push(self, epoch: float, now: float, times: memoryview) -> float:
        """Sends what is due and says when the next unit is."""
        due = self._due(epoch)
        if now - due > _LATEST_SECONDS:
            self._number += int((now - due) / self._interval)
            self._started = False
            due = self._due(epoch)
        step, unit = self._mount.unit_at(self._number, self._store.clips)
        if step.clip != self._clip.name:
            self._change(step.clip)
        if self._started or self._clip.keys[unit]:
            self._started = True
            self._send(unit, due, now, times)
        self._number += 1
        return due + self._interval

    def _change(self, name: str) -> None:
        self._clip = self._store.clips[name]
        self._buffers = self._store.buffers(name)
        self._source.set_property("caps", self._store.caps(name))

    def _send(self, unit: int, due: float, now: float, times: memoryview) -> None:
        clip = self._clip
        place = clip.order[unit]
        # The time stamp is the moment the picture was due, on the pipeline's clock, which is the
        # monotonic one: so the sender reports tell the wall-clock time of capture.
        shown = due + (place - unit - clip.lead) * self._interval
        buffer = self._buffers[unit].copy()
        buffer.pts = max(0, int(shown * 1e9) - self._base)
        if self._slots is not None:
            times[self._slots.sent] += 1
            slot = self._slots.of_counter(clip.first_counter + place)
            if slot is not None and not clip.frozen:
                times[slot] = now
        self._source.push_buffer(buffer)


class Pacer:
    """Wakes up a hundred times a second and lets every feed send what is due."""

    def __init__(self, times: memoryview) -> None:
        self.epoch = time.monotonic()
        self._times = times
        self._fresh: collections.deque[Feed] = collections.deque()
        self._waiting: list[Feed] = []
        self._due: list[tuple[float, int, Feed]] = []
        GLib.timeout_add(_TICK_MS, self._tick)

    def add(self, feed: Feed) -> None:
        """From any thread."""
        self._fresh.append(feed)

    def _tick(self) -> bool:
        now = time.monotonic()
        while self._fresh:
            self._waiting.append(self._fresh.popleft())
        if self._waiting:
            self._begin(now)
        due = self._due
        while due and due[0][0] <= now:
            _, key, feed = due[0]
            if feed.gone:
                heapq.heappop(due)
            else:
                heapq.heapreplace(due, (feed.push(self.epoch, now, self._times), key, feed))
        return True

    def _begin(self, now: float) -> None:
        for feed in tuple(self._waiting):
            first = None if feed.gone else feed.begin(self.epoch, now)
            if first is not None:
                heapq.heappush(self._due, (first, id(feed), feed))
            if feed.gone or first is not None:
                self._waiting.remove(feed)


class Site:
    """The server with its mounts."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._store = ClipStore(Path(order["clips"]))
        mounts = [from_wire(entry) for entry in order["mounts"]]
        self._slots, _ = lay_out(mounts, self._store.clips)
        self._pacer = Pacer(_map_times(Path(order["times"])))
        self._mtu = int(order["mtu"])
        self._rtcp_nanoseconds = int(order["rtcp_seconds"] * 1e9)
        self._clients: dict[str, set[Any]] = {}
        self._drop_after = {m.path: m.drop_seconds for m in mounts if m.drop_seconds}
        self._server = GstRtspServer.RTSPServer()
        self._server.set_address("127.0.0.1")
        self._server.set_service(str(order["port"]))
        self._server.set_backlog(256)
        # Describing a stream waits for its first key frame. With the usual one thread for all
        # clients a wall of cameras would open one after the other, a second each.
        self._server.get_thread_pool().set_max_threads(_CLIENT_THREADS)
        self._server.connect("client-connected", self._client_connected)
        _authenticate(self._server, mounts)
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
        factory = GstRtspServer.RTSPMediaFactory()
        codec = self._store.clips[mount.steps[0].clip].codec
        launch = f"{_SOURCE} name=video ! {_PAYLOADERS[codec]} name=pay0 pt=96 mtu={self._mtu}"
        if mount.audio:
            launch += f" {_SOURCE} name=audio ! {_PAYLOADERS['aac']} name=pay1 pt=97"
        factory.set_launch(f"( {launch} )")
        factory.set_shared(True)
        factory.set_latency(0)
        factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP)
        factory.set_suspend_mode(GstRtspServer.RTSPSuspendMode.NONE)
        factory.set_permissions(_permissions(mount))
        factory.connect("media-configure", self._configure, mount)
        return factory

    def _configure(self, _factory: Any, media: Any, mount: Mount) -> None:
        element = media.get_element()
        names = ["video", "audio"] if mount.audio else ["video"]
        feeds = []
        for name in names:
            source = element.get_by_name(name)
            is_video = name == "video"
            what = mount if is_video else _audio_of(mount, self._store)
            slots = self._slots[mount.path] if is_video else None
            feeds.append(Feed(source, what, self._store, slots))
        media.connect("unprepared", self._unprepared, feeds)
        element.get_parent().connect("deep-element-added", self._element_added)
        for feed in feeds:
            self._pacer.add(feed)

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
        path = _mount_path(context.uri.abspath)
        self._clients.setdefault(path, set()).add(client)
        if path in self._drop_after:
            GLib.timeout_add(int(self._drop_after[path] * 1000), self._drop_one, path, client)

    def _drop_one(self, path: str, client: Any) -> bool:
        if client in self._clients.get(path, set()):
            self._clients[path].discard(client)
            client.close()
        return False

    def _client_closed(self, client: Any) -> None:
        for clients in self._clients.values():
            clients.discard(client)


def _mount_path(path: str) -> str:
    """A client plays the whole media or one stream of it: `/1021/sub` or `/1021/sub/stream=0`."""
    return path.split("/stream=")[0].rstrip("/")


def _audio_of(mount: Mount, store: ClipStore) -> Mount:
    count = len(store.clips["audio"].sizes)
    return Mount(mount.path, (Step("audio", 0, count),), phase=mount.phase)


def _permissions(mount: Mount) -> Any:
    """Anyone may ask for the media; what needs a log-in is built for its user only."""
    permissions = GstRtspServer.RTSPPermissions()
    for role in (_ANYONE, _USER):
        may_play = role == _USER or not mount.user
        permissions.add_permission_for_role(role, "media.factory.access", True)  # noqa: FBT003
        permissions.add_permission_for_role(role, "media.factory.construct", may_play)
    return permissions


def _authenticate(server: Any, mounts: list[Mount]) -> None:
    """Digest for the mounts that have a user, nothing for the others."""
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.set_default_token(_token(_ANYONE))
    for user, password in {(m.user, m.password) for m in mounts if m.user}:
        auth.add_digest(user, password, _token(_USER))
    server.set_auth(auth)


def _token(role: str) -> Any:
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", role)
    return token


def _map_times(path: Path) -> memoryview:
    with path.open("r+b") as file:
        return memoryview(mmap.mmap(file.fileno(), 0)).cast("d")


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _obey(site: Site, loop: Any) -> bool:
    line = sys.stdin.readline()
    command = json.loads(line) if line else {"stop": True}
    if "drop" in command:
        site.drop(command["drop"])
    if "stop" in command:
        loop.quit()
        return False
    return True


def main() -> None:
    Gst.init(None)
    order = json.loads(sys.stdin.readline())
    site = Site(order)
    port = site.listen()
    if not port:
        _say({"taken": order["port"]})
        return
    loop = GLib.MainLoop()
    GLib.io_add_watch(
        sys.stdin.fileno(),
        GLib.PRIORITY_DEFAULT,
        GLib.IOCondition.IN | GLib.IOCondition.HUP,
        lambda *_: _obey(site, loop),
    )
    _say({"ready": port})
    loop.run()
    # Sessions end with the connections; taking the pipelines down one by one would take seconds.
    os._exit(0)


if __name__ == "__main__":
    main()
