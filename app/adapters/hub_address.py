"""Where the hub is: the address, and whom to believe there."""

from __future__ import annotations

import ipaddress
import ssl
from pathlib import Path

import httpx2

from app.domain.errors import BadInput
from app.domain.text import Text

_LAST_PORT = 65_535


def checked(address: str) -> str:
    """`scheme://host[:port]`, fit for requests.

    Raises `BadInput`: no https (plain http only to this computer itself), a user or password in
    it, a path, no host.
    """
    try:
        url = httpx2.URL(address.strip())
        port = url.port
        if port is not None and not 0 < port <= _LAST_PORT:
            raise ValueError  # noqa: TRY301 - the same words
    except (httpx2.InvalidURL, ValueError, TypeError):
        raise _bad("주소를 읽을 수 없습니다", "it is no address") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise _bad("https://서버 형식이어야 합니다", "write https://server")
    if url.userinfo:
        raise _bad("사용자 이름과 암호를 주소에 넣지 마세요", "leave user and password out of it")
    if url.path not in {"", "/"} or url.query or url.fragment:
        raise _bad("서버 이름까지만 적으세요", "end it after the server's name")
    if url.scheme == "http" and not _is_here(url.host):
        raise _bad(
            "다른 컴퓨터의 허브에는 https로만 연결합니다", "only https leads to another computer"
        )
    name = f"[{url.host}]" if ":" in url.host else url.host
    return f"{url.scheme}://{name}" + (f":{port}" if port else "")


def host(address: str | None) -> list[str]:
    """Its name or number, for whoever must not tell it; none where there is no address."""
    try:
        found = httpx2.URL(address or "").host
    except (httpx2.InvalidURL, ValueError):
        return []
    return [found] if found else []


def believed(authority: Path | str | None) -> ssl.SSLContext:
    """Certificates of this authority only, or those that the operating system trusts.

    A centre's private authority is a PEM file that its hub made, or its text. Raises `BadInput`.
    """
    if authority is None:
        context = httpx2.create_ssl_context(trust_env=False)
    else:
        try:
            context = (
                ssl.create_default_context(cadata=authority)
                if isinstance(authority, str)
                else ssl.create_default_context(cafile=str(authority))
            )
        except (OSError, ValueError):
            what = authority if isinstance(authority, Path) else "PEM"
            raise BadInput(
                Text(
                    f"허브의 인증기관 파일을 읽을 수 없습니다: {what}",
                    f"The file of the hub's authority cannot be read: {what}",
                )
            ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _is_here(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _bad(ko: str, en: str) -> BadInput:
    return BadInput(Text(f"허브 주소: {ko}.", f"Address of the hub: {en}."))
