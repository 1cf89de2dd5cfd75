"""Opens a camera's address with FFmpeg's libraries and says in our words why it would not."""

from __future__ import annotations

import socket
import ssl
import time

import av
import av.error
from av.container import InputContainer

from app.domain.stream import Fault
from app.video.address import Source
from app.video.faults import StreamFault, translated
from app.video.messages import DecoderOptions

# Enough for one key frame of a 4K stream; FFmpeg's own 5 MB and 5 s delay each opening by seconds.
_PROBE_BYTES = 500_000
_ANALYZE_MICROSECONDS = 200_000
# FFmpeg's clock and ours need not agree to the millisecond.
_NEARLY = 0.95


def open_container(where: Source, options: DecoderOptions) -> InputContainer:
    """Connects. Raises `StreamFault`; blocks for at most the time-outs of `options`."""
    began = time.monotonic()
    try:
        return av.open(
            where.url,
            options=_options(where, options),
            timeout=(options.open_timeout, options.read_timeout),
        )
    except av.error.FFmpegError as error:
        # A conversation that was broken off has many names in FFmpeg; a refusal is an answer.
        late = time.monotonic() - began > options.open_timeout * _NEARLY
        if late and not isinstance(error, (av.error.HTTPClientError, av.error.HTTPServerError)):
            raise StreamFault(Fault.TIMED_OUT, "no answer") from None
        fault = translated(error)
    except (OSError, ValueError, UnicodeError) as error:
        raise StreamFault(Fault.BAD_ADDRESS, str(error)) from None
    raise _explained(where, fault, options)


def _options(where: Source, options: DecoderOptions) -> dict[str, str]:
    chosen = {"probesize": str(_PROBE_BYTES), "analyzeduration": str(_ANALYZE_MICROSECONDS)}
    if where.is_file:
        return chosen
    chosen["timeout"] = str(int(options.read_timeout * 1e6))
    if where.scheme in {"rtsp", "rtsps"}:
        # PIPA Art. 25(5): no sound of a camera is even asked for.
        chosen |= {"rtsp_transport": "tcp", "allowed_media_types": "video"}
    if where.is_encrypted:
        # FFmpeg does not verify unless it is told to (mediamtx #863).
        chosen["tls_verify"] = "1"
        authority = options.ca_file or ssl.get_default_verify_paths().cafile or ""
        if authority:
            chosen["ca_file"] = authority
    return chosen


def _explained(where: Source, fault: StreamFault, options: DecoderOptions) -> StreamFault:
    """A second look, where FFmpeg says "input/output error" for very different troubles."""
    if fault.fault is not Fault.UNREACHABLE or where.is_file:
        return fault
    try:
        socket.getaddrinfo(where.host, None)
    except OSError:
        return StreamFault(Fault.NO_SUCH_HOST, fault.detail)
    mistrust = _mistrust(where, options) if where.is_encrypted else ""
    return StreamFault(Fault.BAD_CERTIFICATE, mistrust) if mistrust else fault


def _mistrust(where: Source, options: DecoderOptions) -> str:
    """What is wrong with the server's certificate; empty where nothing is, or it is not known."""
    try:
        context = ssl.create_default_context(cafile=options.ca_file or None)
        address = (where.host, where.port)
        with (
            socket.create_connection(address, options.open_timeout) as plain,
            context.wrap_socket(plain, server_hostname=where.host),
        ):
            return ""
    except ssl.SSLCertVerificationError as error:
        return error.verify_message or "not trusted"
    except (OSError, ValueError):
        return ""
