"""Opens a camera's address with FFmpeg's libraries and says in our words why it would not."""

from __future__ import annotations

import errno
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

import av
import av.error
from av.container import InputContainer

from app.domain.redact import redact
from app.domain.stream import Fault
from app.video.messages import DecoderOptions

# A 12-megapixel fisheye (4000 × 3000) is the largest camera seen in Korean centres; 8K would take
# 50 MB for each of up to 16 reference pictures of one stream.
LARGEST_PIXELS = 4096 * 3072
# Enough for one key frame of a 4K stream; FFmpeg's own 5 MB and 5 s delay each opening by seconds.
_PROBE_BYTES = 500_000
_ANALYZE_MICROSECONDS = 200_000

_SCHEMES = frozenset({"rtsp", "rtsps", "http", "https", "file"})


class StreamFault(Exception):  # noqa: N818 - the glossary's word
    """The stream gives no picture; `detail` is redacted and for the details panel."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.detail = redact(detail)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the pictures come from. A file is looped and paced by its own time stamps."""

    url: str
    is_file: bool


def source(url: str) -> Source:
    """Checks the address before FFmpeg sees it: it would open far more than cameras."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise StreamFault(Fault.BAD_ADDRESS, "not an address") from None
    if parts.scheme not in _SCHEMES:
        raise StreamFault(Fault.BAD_ADDRESS, f"scheme {parts.scheme or '(none)'}")
    if parts.scheme == "file":
        return Source(url, is_file=True)
    if not parts.hostname:
        raise StreamFault(Fault.BAD_ADDRESS, "no host")
    return Source(url, is_file=False)


def _options(url: str, options: DecoderOptions) -> dict[str, str]:
    scheme = urlsplit(url).scheme
    chosen = {"probesize": str(_PROBE_BYTES), "analyzeduration": str(_ANALYZE_MICROSECONDS)}
    if scheme in {"rtsp", "rtsps"}:
        chosen |= {
            "rtsp_transport": "tcp",
            # PIPA Art. 25(5): no sound of a camera is even asked for.
            "allowed_media_types": "video",
            "timeout": str(int(options.read_timeout * 1e6)),
        }
    if scheme in {"http", "https"}:
        chosen["timeout"] = str(int(options.read_timeout * 1e6))
    if scheme in {"rtsps", "https"}:
        # FFmpeg does not verify unless it is told to (mediamtx #863).
        chosen |= {"tls_verify": "1", "verify": "1"}
        authority = options.ca_file or ssl.get_default_verify_paths().cafile or ""
        if authority:
            chosen["ca_file"] = authority
    return chosen


def open_container(where: Source, options: DecoderOptions) -> InputContainer:
    """Connects. Raises `StreamFault`; blocks for at most the time-outs of `options`."""
    try:
        return av.open(
            where.url,
            options=_options(where.url, options),
            timeout=(options.open_timeout, options.read_timeout),
        )
    except av.error.FFmpegError as error:
        raise _about(where, translated(error)) from None
    except (OSError, ValueError, UnicodeError) as error:
        raise StreamFault(Fault.BAD_ADDRESS, str(error)) from None


def _about(where: Source, fault: StreamFault) -> StreamFault:
    # FFmpeg says "input/output error" both for a name that no server knows and for other trouble.
    if fault.fault is Fault.UNREACHABLE and not where.is_file:
        try:
            socket.getaddrinfo(urlsplit(where.url).hostname, None)
        except OSError:
            return StreamFault(Fault.NO_SUCH_HOST, fault.detail)
    return fault


_BY_TYPE: tuple[tuple[type[BaseException], Fault], ...] = (
    (av.error.HTTPUnauthorizedError, Fault.UNAUTHORISED),
    (av.error.HTTPForbiddenError, Fault.FORBIDDEN),
    (av.error.HTTPNotFoundError, Fault.NOT_FOUND),
    (av.error.HTTPClientError, Fault.SESSION_LOST),
    (av.error.HTTPServerError, Fault.UNREACHABLE),
    (av.error.ExitError, Fault.TIMED_OUT),
    (av.error.TimeoutError, Fault.TIMED_OUT),
    (av.error.ConnectionRefusedError, Fault.REFUSED),
    (av.error.ConnectionResetError, Fault.ENDED),
    (av.error.BrokenPipeError, Fault.ENDED),
    (av.error.EOFError, Fault.ENDED),
    (av.error.FileNotFoundError, Fault.NOT_FOUND),
    (av.error.PermissionError, Fault.FORBIDDEN),
    (av.error.DecoderNotFoundError, Fault.UNKNOWN_CODEC),
    (av.error.ProtocolNotFoundError, Fault.BAD_ADDRESS),
    (av.error.InvalidDataError, Fault.GARBAGE),
)
_BY_ERRNO = {
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
