"""FFmpeg's errors in our words."""

from __future__ import annotations

import errno

import av.error
import pytest

from app.domain.stream import Fault
from app.video.faults import StreamFault, translated

URL = "rtsp://operator:Sesame@10.0.0.7/live"


def said(number: int) -> StreamFault:
    with pytest.raises(av.error.FFmpegError) as raised:
        av.error.err_check(-number, URL)
    return translated(raised.value)


@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        (b"\xf8401", Fault.UNAUTHORISED),
        (b"\xf8403", Fault.FORBIDDEN),
        (b"\xf8404", Fault.NOT_FOUND),
        (b"\xf84XX", Fault.SESSION_LOST),
        (b"\xf85XX", Fault.BUSY),
        (b"EXIT", Fault.TIMED_OUT),
        (b"EOF ", Fault.ENDED),
        (b"\xf8DEC", Fault.UNKNOWN_CODEC),
        (b"\xf8PRO", Fault.BAD_ADDRESS),
        (b"INDA", Fault.GARBAGE),
    ],
)
def test_codes_of_ffmpeg(tag: bytes, fault: Fault) -> None:
    assert said(int.from_bytes(tag, "little")).fault is fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ECONNREFUSED, Fault.REFUSED),
        (errno.ETIMEDOUT, Fault.TIMED_OUT),
        (errno.EAGAIN, Fault.TIMED_OUT),
        (errno.EHOSTUNREACH, Fault.UNREACHABLE),
        (errno.ENETUNREACH, Fault.UNREACHABLE),
        (errno.ECONNRESET, Fault.ENDED),
        (errno.EPIPE, Fault.ENDED),
        (errno.ENOENT, Fault.NOT_FOUND),
        (errno.EISDIR, Fault.NOT_FOUND),
        (errno.EACCES, Fault.FORBIDDEN),
        (errno.EIO, Fault.UNREACHABLE),
        (errno.EPERM, Fault.UNREACHABLE),
    ],
)
def test_codes_of_the_system(number: int, fault: Fault) -> None:
    assert said(number).fault is fault


def test_the_detail_names_the_error_and_never_the_address() -> None:
    detail = said(errno.ECONNREFUSED).detail
    assert "refused" in detail
    assert "Sesame" not in detail
    assert "10.0.0.7" not in detail


def test_whatever_comes_as_a_detail_is_redacted() -> None:
    fault = StreamFault(Fault.GARBAGE, f"ValueError: cannot open {URL}")
    assert "Sesame" not in fault.detail
    assert "Sesame" not in str(fault)
    assert "ValueError" in fault.detail
