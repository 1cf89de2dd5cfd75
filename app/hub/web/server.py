"""uvicorn inside a loop that is ours: started, and stopped in stages with a limit each."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import Final

import uvicorn
from fastapi import FastAPI

from app.domain.errors import BadInput, Unavailable
from app.domain.text import Text
from app.hub.tasks import spawn
from app.hub.tls import Material

_DRAIN_SECONDS: Final = 5
_BACKLOG: Final = 2_048


def listen(host: str, port: int) -> socket.socket:
    """Raises `Unavailable` where the address is taken or not of this machine."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, socket.SOCK_STREAM)
        try:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind(address)
        except OSError:
            found.close()
            raise
    except OSError as error:
        raise Unavailable(
            Text(
                f"{host}:{port} 주소를 열 수 없습니다 ({error.strerror}).",
                f"The address {host}:{port} cannot be opened ({error.strerror}).",
            )
        ) from error
    return found


class WebServer:
    """`tls` None: plain HTTP, which the settings allow on loopback only."""

    def __init__(self, app: FastAPI, listening: socket.socket, tls: Material | None) -> None:
        self.port: int = listening.getsockname()[1]
        self._socket = listening
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            backlog=_BACKLOG,
            # The hub's version is told to those who sign in, not to every scanner.
            server_header=False,
            timeout_graceful_shutdown=_DRAIN_SECONDS,
            ssl_certfile=None if tls is None else tls.certificate,
            ssl_keyfile=None if tls is None else tls.key,
        )
        self._server = uvicorn.Server(config)
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Raises `BadInput` where the certificate or its key cannot be used."""
        try:
            self._server.config.load()
        except (ssl.SSLError, OSError) as error:
            raise BadInput(_BAD_TLS) from error
        self._server.lifespan = self._server.config.lifespan_class(self._server.config)
        await self._server.startup(sockets=[self._socket])
        self._running = spawn(self._server.main_loop(), "web server")

    async def stop(self) -> None:
        """Answers what was asked, at most for some seconds; then closes every connection."""
        self._server.should_exit = True
        if self._running is not None:
            await self._running
            await self._server.shutdown(sockets=[self._socket])
        self._socket.close()


_BAD_TLS = Text(
    "허브 설정 ‘tls_certificate’, ‘tls_key’: 서로 맞는 PEM 파일이 아닙니다.",
    'Settings of the hub "tls_certificate", "tls_key": not PEM files that belong together.',
)
