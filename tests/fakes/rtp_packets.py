"""Pictures as RTP packets inside an RTSP connection, and the SDP that announces them."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator

from tests.fakes.encoded_video import Clip, Unit

_LARGEST = 1200
_TYPE = 96
_SSRC = 0x47574A
CLOCK = 90_000
# Seconds from 1900 (NTP) to 1970.
_NTP = 2_208_988_800


def interleaved(channel: int, packet: bytes) -> bytes:
    return struct.pack(">cBH", b"$", channel, len(packet)) + packet


def rtp(payload: bytes, sequence: int, stamp: int, *, last: bool) -> bytes:
    head = struct.pack(
        ">BBHII", 0x80, _TYPE | (0x80 if last else 0), sequence & 0xFFFF, stamp & 0xFFFFFFFF, _SSRC
    )
    return head + payload


def sender_report(wall: float, stamp: int) -> bytes:
    """Tells that RTP time `stamp` is the wall-clock second `wall`."""
    seconds = int(wall)
    fraction = int((wall - seconds) * 2**32)
    return struct.pack(
        ">BBHIIIIII", 0x80, 200, 6, _SSRC, seconds + _NTP, fraction, stamp & 0xFFFFFFFF, 0, 0
    )


def payloads(codec: str, unit: Unit) -> list[bytes]:
    """RFC 6184 (H.264) and RFC 7798 (H.265): small NAL units whole, large ones in fragments."""
    return [part for nal in unit.nals for part in _of_nal(codec, nal)]


def _of_nal(codec: str, nal: bytes) -> Iterator[bytes]:
    if len(nal) <= _LARGEST:
        yield nal
        return
    if codec == "H265":
        head, kind, body = bytes([nal[0] & 0x81 | 49 << 1, nal[1]]), nal[0] >> 1 & 0x3F, nal[2:]
    else:
        head, kind, body = bytes([nal[0] & 0xE0 | 28]), nal[0] & 0x1F, nal[1:]
    for at in range(0, len(body), _LARGEST):
        first, last = at == 0, at + _LARGEST >= len(body)
        yield head + bytes([first << 7 | last << 6 | kind]) + body[at : at + _LARGEST]


def described(*media: str) -> str:
    return "\r\n".join(["v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=camera", "t=0 0", *media, ""])


_SOUND = ("m=audio 0 RTP/AVP 8", "a=rtpmap:8 PCMA/8000/1", "a=control:sound")
AUDIO_ONLY = described(*_SOUND)


def sdp(clip: Clip, *, audio: bool = False) -> str:
    """What DESCRIBE says of a camera with this clip; `audio`: and with a microphone."""
    sets = [base64.b64encode(s).decode() for s in clip.parameter_sets]
    known = ""
    if clip.codec == "H264":
        known = f"packetization-mode=1;sprop-parameter-sets={','.join(sets)}"
    elif clip.codec == "H265":
        names = zip(("vps", "sps", "pps"), sets, strict=True)
        known = ";".join(f"sprop-{name}={value}" for name, value in names)
    return described(*(_SOUND if audio else ()), *video(clip.codec, known))


def video(codec: str, known: str = "") -> tuple[str, ...]:
    """The lines of a video stream; `known`: what its fmtp line holds."""
    return (
        f"m=video 0 RTP/AVP {_TYPE}",
        f"a=rtpmap:{_TYPE} {codec}/{CLOCK}",
        *([f"a=fmtp:{_TYPE} {known}"] if known else []),
        "a=control:picture",
    )
