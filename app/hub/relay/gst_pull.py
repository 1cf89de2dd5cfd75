"""One connection of the relay to a camera. For the system's Python, which alone has gi."""

from __future__ import annotations

import importlib
import time
from typing import Any

# Without a packet for so long the camera is taken for gone; all who watch come again.
_STALL_SECONDS = 6.0
# Of key frames only: cameras send one every ten seconds at worst.
_THIN_STALL_SECONDS = 30.0
_CAMERA_TIMEOUT_US = 5_000_000
_DEPAY = {"H264": "rtph264depay", "H265": "rtph265depay", "JPEG": "rtpjpegdepay"}
_PAY = {"H264": "rtph264pay", "H265": "rtph265pay", "JPEG": "rtpjpegpay"}
# Payload types: a dynamic one; RFC 3551 has one for JPEG.
_DYNAMIC, _STATIC = 96, {"JPEG": 26}


class Gi:
    """GStreamer's modules. gi makes them at run time: a type checker can know nothing of them.

    Raises ImportError or ValueError where a part is not installed.
    """

    def __init__(self) -> None:
        gi: Any = importlib.import_module("gi")
        for namespace in ("Gst", "GstRtsp", "GstRtspServer"):
            gi.require_version(namespace, "1.0")
        self.gio: Any = importlib.import_module("gi.repository.Gio")
        self.glib: Any = importlib.import_module("gi.repository.GLib")
        self.gst: Any = importlib.import_module("gi.repository.Gst")
        self.rtsp: Any = importlib.import_module("gi.repository.GstRtsp")
        self.server: Any = importlib.import_module("gi.repository.GstRtspServer")
        self.gst.init(None)


class Pull:
    """The one connection to a camera, as long as anybody watches it."""

    def __init__(self, gi: Gi, source: dict[str, Any], lost: Any) -> None:
        self._gi = gi
        self._source = source
        self._lost = lost
        self.pay: Any = None
        self._seen = (-1, time.monotonic())

    def element(self) -> Any:
        """What the media is made of. The codec is found when the camera says it."""
        gst = self._gi.gst
        top, inner = gst.Bin.new(None), gst.Bin.new("dynpay0")
        camera = gst.ElementFactory.make("rtspsrc", None)
        camera.set_property("location", self._source["url"])
        camera.set_property("latency", 0)
        camera.set_property("protocols", self._gi.rtsp.RTSPLowerTrans.TCP)
        camera.set_property("tcp-timeout", _CAMERA_TIMEOUT_US)
        camera.set_property("timeout", _CAMERA_TIMEOUT_US)
        # Cameras have certificates of their own making; they are behind this relay, not before it.
        camera.set_property("tls-validation-flags", self._gi.gio.TlsCertificateFlags.NO_FLAGS)
        if self._source.get("user"):
            camera.set_property("user-id", self._source["user"])
            camera.set_property("user-pw", self._source.get("password") or "")
        inner.add(camera)
        top.add(inner)
        camera.connect("select-stream", self._wanted)
        camera.connect("pad-added", self._pad_added, inner)
        camera.connect("no-more-pads", lambda _: inner.no_more_pads())
        return top

    def stalled(self, now: float) -> bool:
        """Whether packets have stopped coming."""
        if self.pay is None:
            return False
        stats = self.pay.get_property("stats")
        found, number = stats.get_uint("seqnum") if stats is not None else (False, 0)
        if not found or number != self._seen[0]:
            self._seen = (number, now)
            return False
        patience = _THIN_STALL_SECONDS if self._source.get("thin") else _STALL_SECONDS
        return now - self._seen[1] > patience

    def _wanted(self, _camera: Any, _number: int, caps: Any) -> bool:
        # No sound of a camera is passed on: PIPA, Art. 25(5).
        return bool(caps.get_structure(0).get_string("media") == "video")

    def _pad_added(self, _camera: Any, pad: Any, inner: Any) -> None:
        gst = self._gi.gst
        caps = pad.get_current_caps() or pad.query_caps(None)
        codec = caps.get_structure(0).get_string("encoding-name")
        if codec not in _PAY or self.pay is not None:
            return
        depay = gst.ElementFactory.make(_DEPAY[codec], None)
        pay = gst.ElementFactory.make(_PAY[codec], "pay")
        if pay.find_property("config-interval") is not None:
            pay.set_property("config-interval", -1)
        pay.set_property("pt", _STATIC.get(codec, _DYNAMIC))
        for element in (depay, pay):
            inner.add(element)
            element.sync_state_with_parent()
        if self._source.get("thin"):
            depay.get_static_pad("src").add_probe(gst.PadProbeType.BUFFER, self._key_only)
        pad.link(depay.get_static_pad("sink"))
        depay.link(pay)
        out = gst.GhostPad.new("src_0", pay.get_static_pad("src"))
        out.set_active(True)
        inner.add_pad(out)
        pay.get_static_pad("src").add_probe(gst.PadProbeType.EVENT_DOWNSTREAM, self._event)
        self.pay = pay

    def _key_only(self, _pad: Any, info: Any) -> Any:
        gst = self._gi.gst
        delta = info.get_buffer().has_flags(gst.BufferFlags.DELTA_UNIT)
        return gst.PadProbeReturn.DROP if delta else gst.PadProbeReturn.OK

    def _event(self, _pad: Any, info: Any) -> Any:
        if info.get_event().type == self._gi.gst.EventType.EOS:
            self._gi.glib.idle_add(self._lost)
        return self._gi.gst.PadProbeReturn.OK
