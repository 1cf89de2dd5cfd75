"""Why a stream gives no picture: FFmpeg's errors in our words."""

from __future__ import annotations

import errno

import av.error

from app.domain.redact import redact
from app.domain.stream import Fault


class StreamFault(Exception):  # noqa: N818 - the glossary's word
    """The stream gives no picture; `detail` is redacted and for the details panel."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.detail = redact(detail)


_BY_TYPE: tuple[tuple[type[BaseException], Fault], ...] = (
    (av.error.HTTPUnauthorizedError, Fault.UNAUTHORISED),
    (av.error.HTTPForbiddenError, Fault.FORBIDDEN),
    (av.error.HTTPNotFoundError, Fault.NOT_FOUND),
    (av.error.HTTPClientError, Fault.SESSION_LOST),
    (av.error.HTTPServerError, Fault.BUSY),
    (av.error.ExitError, Fault.TIMED_OUT),
    (av.error.TimeoutError, Fault.TIMED_OUT),
    (av.error.ConnectionRefusedError, Fault.REFUSED),
    (av.error.ConnectionResetError, Fault.ENDED),
    (av.error.BrokenPipeError, Fault.ENDED),
    (av.error.EOFError, Fault.ENDED),
    (av.error.FileNotFoundError, Fault.NOT_FOUND),
    (av.error.IsADirectoryError, Fault.NOT_FOUND),
    (av.error.DecoderNotFoundError, Fault.UNKNOWN_CODEC),
    (av.error.ProtocolNotFoundError, Fault.BAD_ADDRESS),
    (av.error.InvalidDataError, Fault.GARBAGE),
)
# EPERM is not here: FFmpeg's RTSP says -1 for what it has no code for.
_BY_ERRNO = {
    errno.EACCES: Fault.FORBIDDEN,
    errno.ETIMEDOUT: Fault.TIMED_OUT,
    errno.EAGAIN: Fault.TIMED_OUT,
    errno.EHOSTUNREACH: Fault.UNREACHABLE,
    errno.ENETUNREACH: Fault.UNREACHABLE,
    errno.ECONNREFUSED: Fault.REFUSED,
}


def translated(error: av.error.FFmpegError) -> StreamFault:
    """FFmpeg's error in our words, without its address."""
    detail = f"{type(error).__name__} {error.strerror or ''}".strip()
    for kind, fault in _BY_TYPE:
        if isinstance(error, kind):
            return StreamFault(fault, detail)
    return StreamFault(_BY_ERRNO.get(error.errno or 0, Fault.UNREACHABLE), detail)
