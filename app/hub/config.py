"""How the hub was set: defaults, then a TOML file, then the environment, then the command line."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from app.domain.errors import BadInput
from app.domain.text import Text

PREFIX: Final = "GWANJE_HUB_"
FILE_NAME: Final = "hub.toml"
_MOST_PORT = 65_535
RELAYS: Final = ("none", "gst", "mediamtx")
_LOCAL_NAME = "localhost"
# Generous bounds of the country: what lies outside has its degrees in another order.
_WEST, _EAST, _SOUTH, _NORTH = 120.0, 135.0, 30.0, 44.0
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that is settled before the hub starts.

    `data`: the folder of the database, the keys and the first password. `tls` False: plain HTTP,
    on loopback only. `socket_port` None: no platform socket. `names`: more host names and
    addresses for the certificate that the hub makes for itself. What is fetched from outside is off
    without its `…_key`; `its_area`: west, south, east, north in degrees.

    `relay`: none, gst (gst-rtsp-server of the system's packages) or mediamtx (its binary lies at
    `mediamtx`). `relay_name`: what receivers call it, `relay_host` unless given. `relay_viewers`:
    so many pictures at a time. `ledger_years`: 1 or 2.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8443
    tls: bool = True
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    names: tuple[str, ...] = ()
    database: str = field(default="", repr=False)
    log_days: int = 30
    session_hours: int = 24
    offline_hours: int = 72
    socket_host: str = "127.0.0.1"
    socket_port: int | None = None
    centre: str = "관제센터"
    disaster_url: str = "https://www.safetydata.go.kr/V2/api/DSSP-IF-00247"
    disaster_key: str = field(default="", repr=False)
    disaster_regions: tuple[str, ...] = ()
    its_url: str = "https://openapi.its.go.kr:9443/eventInfo"
    its_key: str = field(default="", repr=False)
    its_area: tuple[float, float, float, float] | None = None
    poll_seconds: int = 60
    relay: str = "none"
    relay_host: str = "127.0.0.1"
    relay_port: int = 8554
    relay_name: str = ""
    relay_viewers: int = 200
    mediamtx: Path | None = None
    ledger_years: int = 2

    @property
    def database_url(self) -> str:
        """A file in the data folder unless another one was named."""
        return self.database or str(self.data / "hub.db")


def load(path: Path | None, environment: Mapping[str, str], given: Mapping[str, object]) -> Config:
    """Raises `BadInput`, which names the key and what is wrong with it.

    `path` None: `hub.toml` in the data folder, if it is there. `given`: from the command line, by
    key; None counts as not given.
    """
    over: dict[str, object] = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX)
    }
    over |= {key: value for key, value in given.items() if value is not None}
    data = Path(str(over.get("data", "hub-data")))
    values = _of_file(path, data) | over
    checked: dict[str, Any] = {key: _checked(key, value) for key, value in values.items()}
    return _consistent(replace(Config(data=data), **checked))


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == _LOCAL_NAME


def _of_file(path: Path | None, data: Path) -> dict[str, object]:
    found = path or data / FILE_NAME
    if path is None and not found.is_file():
        return {}
    try:
        return tomllib.loads(found.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            Text(
                f"설정 파일을 읽을 수 없습니다: {found} ({error})",
                f"The settings cannot be read: {found} ({error})",
            )
        ) from None


def _checked(key: str, value: object) -> object:
    check = _CHECKS.get(key)
    if check is None:
        known = ", ".join(sorted(_CHECKS))
        raise _wrong(
            key, Text(f"없는 설정입니다. 가능한 설정: {known}", f"no such key; one of: {known}")
        )
    try:
        return check(value)
    except (TypeError, ValueError):
        raise _wrong(key, _WANTED[check]) from None


def _wrong(key: str, what: Text) -> BadInput:
    # The value itself is not repeated: a database's URL holds a password.
    return BadInput(Text(f"허브 설정 ‘{key}’: {what.ko}", f'Setting of the hub "{key}": {what.en}'))


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def _path(value: object) -> Path:
    return value if isinstance(value, Path) else Path(_text(value))


def _file(value: object) -> Path:
    path = _path(value)
    if not path.is_file():
        raise ValueError
    return path


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word not in _TRUTHS:
        raise ValueError
    return _TRUTHS[word]


def _port(value: object) -> int:
    number = _number(value)
    if number > _MOST_PORT:
        raise ValueError
    return number


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise TypeError
    number = int(value)
    if number < 0:
        raise ValueError
    return number


def _some(value: object) -> int:
    if (number := _number(value)) < 1:
        raise ValueError
    return number


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, (list, tuple)):
        raise TypeError
    return tuple(_text(one) for one in value)


def _url(value: object) -> str:
    text = _text(value)
    if not text.startswith(("https://", "http://")) or "?" in text:
        raise ValueError
    return text


def _area(value: object) -> tuple[float, float, float, float]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)):
        raise TypeError
    west, south, east, north = (float(part) for part in parts)
    if not (_WEST <= west < east <= _EAST and _SOUTH <= south < north <= _NORTH):
        raise ValueError
    return west, south, east, north


def _relay(value: object) -> str:
    if (name := _text(value)) not in RELAYS:
        raise ValueError
    return name


def _years(value: object) -> int:
    if (years := _number(value)) not in {1, 2}:
        raise ValueError
    return years


_WORDS = Text("글자를 쓰세요", "give a text")
_CHECKS: Mapping[str, Callable[[object], Any]] = {
    "data": _path,
    "host": _text,
    "port": _port,
    "tls": _truth,
    "tls_certificate": _file,
    "tls_key": _file,
    "names": _texts,
    "database": _text,
    "log_days": _some,
    "session_hours": _some,
    "offline_hours": _number,
    "socket_host": _text,
    "socket_port": _port,
    "centre": _text,
    "disaster_url": _url,
    "disaster_key": _text,
    "disaster_regions": _texts,
    "its_url": _url,
    "its_key": _text,
    "its_area": _area,
    "poll_seconds": _some,
    "relay": _relay,
    "relay_host": _text,
    "relay_port": _port,
    "relay_name": _text,
    "relay_viewers": _some,
    "mediamtx": _file,
    "ledger_years": _years,
}
_WANTED: Mapping[Callable[[object], Any], Text] = {
    _path: Text("경로를 쓰세요", "give a path"),
    _text: _WORDS,
    _file: Text("그런 파일이 없습니다", "there is no such file"),
    _truth: Text("true 또는 false를 쓰세요", "give true or false"),
    _port: Text("0부터 65535까지의 수를 쓰세요", "give a number from 0 to 65535"),
    _number: Text("0 이상의 수를 쓰세요", "give a number of 0 or more"),
    _some: Text("1 이상의 수를 쓰세요", "give a number of 1 or more"),
    _texts: Text("글자의 목록을 쓰세요", "give a list of texts"),
    _url: Text(
        "https:// 또는 http://로 시작하고 ?가 없는 주소를 쓰세요",
        "give an address that begins with https:// or http:// and has no ?",
    ),
    _relay: Text("none, gst, mediamtx 중 하나를 쓰세요", "give none, gst or mediamtx"),
    _years: Text("1 또는 2를 쓰세요", "give 1 or 2"),
    _area: Text(
        "서, 남, 동, 북을 도 단위로 쓰세요. 예: 128.45,35.75,128.60,35.90",
        "give west, south, east, north in degrees, such as 128.45,35.75,128.60,35.90",
    ),
}


def _consistent(config: Config) -> Config:
    if not config.tls and not is_loopback(config.host):
        raise _wrong(
            "tls",
            Text(
                "암호화하지 않은 HTTP는 이 컴퓨터 안(127.0.0.1)에서만 쓸 수 있습니다. "
                "tls를 켜거나 host를 127.0.0.1로 두세요",
                "plain HTTP is for loopback only; turn tls on, or set host to 127.0.0.1",
            ),
        )
    if (config.tls_certificate is None) != (config.tls_key is None):
        missing = "tls_key" if config.tls_key is None else "tls_certificate"
        raise _wrong(
            missing,
            Text("인증서와 키는 함께 주세요", "a certificate and its key are given together"),
        )
    if config.relay == "mediamtx" and config.mediamtx is None:
        raise _wrong("mediamtx", _WANTED[_file])
    if config.relay != "none" and not config.tls and not is_loopback(config.relay_host):
        raise _wrong(
            "relay_host",
            Text(
                "암호화하지 않은 중계는 이 컴퓨터 안(127.0.0.1)에서만 됩니다. tls를 켜세요",
                "an unencrypted relay is for loopback only; turn tls on",
            ),
        )
    if config.its_key and config.its_area is None:
        raise _wrong("its_area", _WANTED[_area])
    return config
