"""A camera's address, checked and written the way FFmpeg and the camera's server understand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from app.domain.stream import Fault
from app.video.faults import StreamFault

_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
# What has a meaning in an address stays as it is; so does what is encoded already.
_MEANT = "%/:=&?~#+!$,;'@()*[]"
_LOGIN_MEANT = "%:!$&'()*+,;=~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_END_OF_AUTHORITY = re.compile(r"[/?#]|$")
_DRIVE = re.compile(r"/[A-Za-z]:")
# W3C media fragments: where to begin, in seconds.
_START = re.compile(r"#t=(\d+(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the pictures come from. `url` may hold credentials.

    A file is looped and paced by its own time stamps, from `start` (s) on the first time.
    """

    url: str = field(repr=False)
    scheme: str
    host: str = ""
    port: int = 0
    start: float = 0.0

    @property
    def is_file(self) -> bool:
        return self.scheme == "file"

    @property
    def is_http(self) -> bool:
        """Comes in bursts and with invented time stamps."""
        return self.scheme in {"http", "https"}

    @property
    def is_encrypted(self) -> bool:
        return self.scheme in {"rtsps", "https"}


def source(url: str) -> Source:
    """Checks the address before FFmpeg sees it: it would open far more than cameras.

    Raises `StreamFault`.
    """
    scheme, separator, rest = url.strip().partition(":")
    scheme = scheme.lower()
    if scheme == "file" and separator:
        return _file(rest)
    if scheme not in _PORTS or not rest.startswith("//"):
        # Not a word of the address: without a scheme its beginning may be a password.
        raise StreamFault(Fault.BAD_ADDRESS, "no scheme that a camera has")
    rest = rest[2:]
    end = _authority(rest)
    login, _, where = rest[:end].rpartition("@")
    host, port = _host(where)
    if not host:
        raise StreamFault(Fault.BAD_ADDRESS, "no host")
    port = port or _PORTS[scheme]
    known = f"{_encoded(login, _LOGIN_MEANT)}@" if login else ""
    written = f"[{host}]" if ":" in host else host
    target = _encoded(rest[end:], _MEANT)
    return Source(f"{scheme}://{known}{written}:{port}{target}", scheme, host, port)


def _encoded(text: str, meant: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=meant)


def _authority(rest: str) -> int:
    """Where the path begins. Lists hold passwords with "/", "?" and "#" that nobody encoded."""
    for match in _END_OF_AUTHORITY.finditer(rest):
        end = match.start()
        _, at, where = rest[:end].rpartition("@")
        if _host(where)[0] and not ("@" in rest[end:] and _is_login(where, match[0], at, rest)):
            return end
    raise StreamFault(Fault.BAD_ADDRESS, "no host")


def _is_login(where: str, mark: str, at: str, rest: str) -> bool:
    """Whether what looks like a host is the beginning of a login: an "@" comes later.

    No camera's address has a fragment; and "admin:12/34@…" is a login, "cctv.example:554/" a host.
    Behind an "@" a name without a full stop is one where the later "@" has an address behind it:
    "admin:p@1/2@10.0.0.7/live".
    """
    name, colon, _ = where.partition(":")
    plain = "." not in name and name != "localhost" and not where.startswith("[")
    if not at or not plain:
        return mark == "#" or (not at and bool(colon) and plain)
    later = _END_OF_AUTHORITY.split(rest.rpartition("@")[2], maxsplit=1)[0]
    return mark == "#" or ("." in later and bool(_host(later)[0]))


def _host(where: str) -> tuple[str, int]:
    """Host and port (0 where it is the usual one); an empty host where there is none."""
    try:
        parts = urlsplit(f"//{where}")
        host = parts.hostname or ""
        return (host if ":" in host else host.encode("idna").decode()), parts.port or 0
    except (ValueError, UnicodeError):
        return "", 0


def _file(written: str) -> Source:
    """FFmpeg takes what follows "file:" as it stands; a proper URI is percent-encoded."""
    start = _START.search(written)
    if start:
        written = written[: start.start()]
    if written.startswith("//"):
        written = "/" + written[2:].partition("/")[2]
    if _DRIVE.match(written):
        written = written[1:]
    decoded = unquote(written)
    path = written if decoded == written or Path(written).exists() else decoded
    return Source(f"file:{path}", "file", start=float(start[1]) if start else 0.0)
