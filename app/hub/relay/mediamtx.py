"""The relay for production and Windows: MediaMTX, which asks us about each reader.

Written after its published description (mediamtx.org: configuration, control API v3, HTTP
authentication) and tested against a double that follows it. It does not end the session of a
reader whose right has gone, so we do (control API, kick). A reader's token stands in the query as
well, so that sessions can be told apart.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, quote

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from app.domain.errors import Unavailable
from app.domain.text import Text
from app.hub.relay.gst_engine import Listening, ended
from app.hub.services.relay_port import Event, Hear, Pass, Session, Source, Told
from app.hub.tasks import cancel, spawn

_log = logging.getLogger(__name__)

CONFIG_NAME: Final = "mediamtx.yml"
# Whoever asks the control API says this name; only the hub knows the password.
API_USER: Final = "hub"
_LOOK_SECONDS: Final = 0.5
_PAUSE_SECONDS: Final = 1.0
_ANSWER_SECONDS: Final = 5.0
_FIRST_ERROR: Final = 400
_NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True)
class Program:
    """`binary`: of MediaMTX. `folder`: for its settings. `ask`: our address that it asks.

    `trusted`: the fingerprint of our certificate there, None for plain HTTP.
    """

    binary: Path
    folder: Path
    ask: str
    api_port: int
    trusted: str | None = None


class MediaMtxRelay:
    """A `relay_port.Relay`. `key`: what our own answers are asked with."""

    def __init__(self, listening: Listening, program: Program) -> None:
        self.hear: Hear = lambda _told: None
        self.renewed: Callable[[], None] = lambda: None
        self.key = secrets.token_urlsafe(24)
        self.starts = 0
        self._listening, self._program = listening, program
        self._client = httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{program.api_port}", auth=(API_USER, self.key),
            trust_env=False, timeout=_ANSWER_SECONDS,
        )  # fmt: skip
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._sessions: dict[str, Session] = {}
        self._paths: set[str] = set()
        self._problem = "not started"

    @property
    def up(self) -> bool:
        return self._ready.is_set()

    @property
    def problem(self) -> str:
        return "" if self.up else self._problem

    def address(self, path: str, token: str = "") -> str:
        where = self._listening
        scheme = "rtsp" if where.certificate is None else "rtsps"
        query = f"?t={token}" if token else ""
        return f"{scheme}://{where.host}:{where.port}{path}{query}"

    async def start(self) -> None:
        """Does not wait: its first answer comes once our own web side serves, which it asks."""
        self._task = spawn(self._keep_running(), "relay")

    async def stop(self) -> None:
        await cancel(self._task)
        self._task = None
        await self._client.aclose()
        (self._program.folder / CONFIG_NAME).unlink(missing_ok=True)

    async def put(self, source: Source) -> None:
        """Raises Unavailable."""
        name = source.path.lstrip("/")
        known = name in self._paths
        verb = "patch" if known else "add"
        await self._ask(
            "PATCH" if known else "POST", f"/v3/config/paths/{verb}/{name}", path_of(source)
        )
        self._paths.add(name)

    async def forget(self, path: str) -> None:
        name = path.lstrip("/")
        if name in self._paths:
            self._paths.discard(name)
            await self._ask("DELETE", f"/v3/config/paths/delete/{name}")

    async def allow(self, one: Pass) -> None:
        """Nothing to be told: it asks us about each reader."""

    async def revoke(self, ids: Sequence[str]) -> None:
        gone = set(ids)
        if not gone or not self.up:
            return
        for session in await self._listed():
            if token_of(session) in gone:
                await self._kick(str(session["id"]))

    def sessions(self) -> Sequence[Session]:
        return list(self._sessions.values())

    # ----------------------------------------------------------------------------------- inside

    async def _keep_running(self) -> None:
        while True:
            if not await self._run():
                _log.error("there is no relay: %s", self._problem)
                return
            self._ready.clear()
            self._sessions.clear()
            self._paths.clear()
            _log.warning("the relay ended; it is started again")
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _run(self) -> bool:
        """One life of the process. Whether another one may do better."""
        config = self._program.folder / CONFIG_NAME
        try:
            _write(config, settings(self._listening, self._program, self.key))
            process = await asyncio.create_subprocess_exec(
                str(self._program.binary), str(config), stdin=DEVNULL, stdout=DEVNULL,
                stderr=DEVNULL,
            )  # fmt: skip
        except OSError as error:
            self._problem = f"{self._program.binary.name}: {error.strerror}"
            return False
        self._process = process
        self.starts += 1
        watching = spawn(self._watch(), "relay: sessions")
        try:
            await process.wait()
        finally:
            self._process = None
            await cancel(watching)
            await _stopped(process)
        return True

    async def _watch(self) -> None:
        """Who watches now; the first answer says that it serves."""
        while True:
            try:
                found = await self._listed()
            except Unavailable:
                await asyncio.sleep(_LOOK_SECONDS)
                continue
            if not self._ready.is_set():
                self._ready.set()
                self.renewed()
            self._follow(found)
            await asyncio.sleep(_LOOK_SECONDS)

    def _follow(self, found: Sequence[Mapping[str, Any]]) -> None:
        now = {
            str(one["id"]): Session(
                token_of(one), f"/{one['path']}", str(one["remoteAddr"]).rpartition(":")[0]
            )
            for one in found
            if one.get("state") == "read"
        }
        for id_, session in now.items():
            if id_ not in self._sessions:
                self.hear(Told(Event.OPENED, session.path, session.id, session.address))
        for id_, session in self._sessions.items():
            if id_ not in now:
                self.hear(Told(Event.CLOSED, session.path, session.id, session.address))
        self._sessions = now

    async def _listed(self) -> list[Mapping[str, Any]]:
        answer = await self._ask("GET", f"/v3/{self._kind}/list?itemsPerPage=1000")
        return list(answer.get("items") or [])

    async def _kick(self, session: str) -> None:
        await self._ask("POST", f"/v3/{self._kind}/kick/{session}")

    @property
    def _kind(self) -> str:
        return "rtspsessions" if self._listening.certificate is None else "rtspssessions"

    async def _ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """Raises Unavailable; what is gone already is no trouble."""
        try:
            answer = await self._client.request(method, path, json=body)
        except httpx2.HTTPError as error:
            raise Unavailable(_away(type(error).__name__)) from None
        if answer.status_code >= _FIRST_ERROR and answer.status_code != _NOT_FOUND:
            raise Unavailable(_away(str(answer.status_code)))
        found: Mapping[str, Any] = answer.json() if answer.content else {}
        return found


async def _stopped(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    await ended(process)


def settings(listening: Listening, program: Program, key: str) -> dict[str, Any]:
    """Its whole configuration; JSON is YAML, too."""
    secure = listening.certificate is not None
    address = f"{listening.bind}:{listening.port}"
    return {
        "logLevel": "warn",
        "logDestinations": ["stdout"],
        "authMethod": "http",
        "authHTTPAddress": f"{program.ask}?key={key}",
        "authHTTPExclude": [],
        "authHTTPFingerprint": program.trusted or "",
        "api": True,
        "apiAddress": f"127.0.0.1:{program.api_port}",
        "rtsp": True,
        "rtspTransports": ["tcp"],
        "rtspEncryption": "strict" if secure else "no",
        "rtspAddress": "127.0.0.1:0" if secure else address,
        "rtspsAddress": address if secure else "127.0.0.1:0",
        "rtspServerCert": str(listening.certificate) if secure else "",
        "rtspServerKey": str(listening.key) if secure else "",
        "rtmp": False, "hls": False, "webrtc": False, "srt": False,
        "paths": {},
    }  # fmt: skip


def fingerprint(certificate: Path) -> str:
    """SHA-256 of the first certificate of a PEM file, in hexadecimal."""
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    return found.fingerprint(hashes.SHA256()).hex()


def path_of(source: Source) -> dict[str, Any]:
    """One camera: pulled while anybody watches it."""
    url = source.url
    if source.user:
        scheme, _, rest = url.partition("://")
        user, password = (quote(part, safe="") for part in (source.user, source.password))
        url = f"{scheme}://{user}:{password}@{rest}"
    return {
        "source": url,
        "sourceOnDemand": True,
        "sourceOnDemandCloseAfter": "5s",
        "rtspTransport": "tcp",
    }


def token_of(session: Mapping[str, Any]) -> str:
    """The token that stands in the query of a session; "" for none."""
    return next(iter(parse_qs(str(session.get("query") or "")).get("t", ())), "")


def _write(path: Path, value: Mapping[str, Any]) -> None:
    """For nobody but us: it holds the key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(value, file)


def _away(why: str) -> Text:
    return Text(f"중계 서버가 답하지 않습니다 ({why})", f"the relay gives no answer ({why})")
