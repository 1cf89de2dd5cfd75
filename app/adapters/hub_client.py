"""The hub over HTTP: protocol v1 (`app.wire`).

On the loop's thread; large answers are parsed off it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import httpx2
from pydantic import SecretStr
from typing_extensions import override

from app.adapters.hub_address import believed, checked
from app.adapters.hub_answers import (
    StreamReader,
    failure,
    failure_in,
    failure_of,
    is_of,
    message,
    page,
)
from app.services.hub_port import (
    Heard,
    HubClient,
    HubFailure,
    Place,
    SnapshotPage,
    Trouble,
    Upload,
)
from app.tasks import SerialQueue
from app.wire.access import AccessAsk, CameraAccess
from app.wire.base import Message
from app.wire.commands import Batch, Outcomes
from app.wire.ledger import (
    Asked,
    Book,
    Deeds,
    Inspection,
    Lines,
    Proofs,
    Signed,
    SignInspection,
    Taken,
)
from app.wire.session import Session, SignIn
from app.wire.status import StatusReport
from app.wire.stream import Changes

M = TypeVar("M", bound=Message)

_JSON = "application/json"
_NDJSON = "application/x-ndjson"
_EVENTS = "text/event-stream"
# A thousand cameras are some 600 KB; a page beyond this is not from our hub.
_LONGEST_ANSWER = 64 * 2**20
# Parsing this much takes about a millisecond: less is not worth a change of threads.
_PARSED_HERE = 16_384
_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 20.0
# A month of a large centre is a million entries to be read.
_REPORT_SECONDS = 120.0
# The stream's own limits (first byte, dead-timer) are the sync service's; this one only frees a
# socket that nobody reads any more.
_STREAM_SECONDS = 60.0
_SIGN_OUT_SECONDS = 3.0
_WORLD = (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError)


class HttpHub(HubClient):
    """`close` it in the end. Raises `BadInput` for an address or an authority that cannot serve."""

    def __init__(self, address: str, authority: Path | str | None = None) -> None:
        # Their INFO and DEBUG lines hold addresses and headers.
        for name in ("httpx2", "httpcore2"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._client = httpx2.AsyncClient(
            base_url=checked(address),
            verify=believed(authority),
            trust_env=False,
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=8, max_keepalive_connections=4),
            timeout=httpx2.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS),
        )
        self._token: SecretStr | None = None
        self._parser = SerialQueue("hub parser")

    @property
    @override
    def signed_in(self) -> bool:
        return self._token is not None

    @override
    async def sign_in(self, asked: SignIn) -> Session:
        value = asked.model_dump(mode="json", exclude={"password", "totp"})
        value["password"] = asked.password.get_secret_value()
        value["totp"] = asked.totp.get_secret_value() if asked.totp else None
        body = await self._ask("POST", "/v1/session", json.dumps(value).encode())
        session = message(Session, body)
        if session.token is None:
            raise failure(Trouble.MALFORMED)
        self._token = session.token
        return session

    @override
    async def sign_out(self) -> None:
        if self._token is None:
            return
        with suppress(HubFailure):
            await self._ask("DELETE", "/v1/session", kind=None, seconds=_SIGN_OUT_SECONDS)
        self._token = None

    @override
    async def session(self) -> Session:
        return message(Session, await self._ask("GET", "/v1/session"))

    @override
    async def snapshot(self, after: str | None) -> SnapshotPage:
        where = {} if after is None else {"after": after}
        body = await self._ask("GET", "/v1/snapshot", where=where, kind=_NDJSON)
        return await self._parser.run(page, body)

    @override
    async def changes(self, since: Place, wait: float) -> Changes:
        where = {"since": str(since), "wait": f"{wait:g}"}
        body = await self._ask("GET", "/v1/changes", where=where, seconds=wait + _ANSWER_SECONDS)
        if len(body) <= _PARSED_HERE:
            return message(Changes, body)
        return await self._parser.run(message, Changes, body)

    @override
    async def stream(self, since: Place) -> AsyncGenerator[Heard, None]:
        # Compressed, events would wait in a buffer until there are enough of them.
        headers = {"Accept": _EVENTS, "Accept-Encoding": "identity"}
        request = self._request("GET", "/v1/stream", {"since": str(since)}, headers)
        request.extensions["timeout"]["read"] = _STREAM_SECONDS
        async with self._sent(request, _EVENTS) as response:
            reader = StreamReader(since.epoch)
            async for chunk in _pieces(response):
                if len(chunk) <= _PARSED_HERE:
                    heard, problem = reader.read(chunk)
                else:
                    heard, problem = await self._parser.run(reader.read, chunk)
                if heard.frames or heard.heartbeat:
                    yield heard
                if problem is not None:
                    raise problem
        raise failure(Trouble.CLOSED)

    @override
    async def commands(self, batch: Batch) -> Outcomes:
        body = await self._ask("POST", "/v1/commands", batch.model_dump_json().encode())
        return message(Outcomes, body)

    @override
    async def camera_access(self, camera: str, asked: AccessAsk) -> CameraAccess:
        path = f"/v1/cameras/{quote(camera, safe='')}/access"
        body = await self._ask("POST", path, asked.model_dump_json().encode())
        return message(CameraAccess, body)

    @override
    async def share_access(self, share: str, camera: str, asked: AccessAsk) -> CameraAccess:
        path = f"/v1/shares/{quote(share, safe='')}/cameras/{quote(camera, safe='')}/access"
        body = await self._ask("POST", path, asked.model_dump_json().encode())
        return message(CameraAccess, body)

    @override
    async def write_ledger(self, deeds: Deeds) -> Taken:
        body = await self._ask("POST", "/v1/ledger", deeds.model_dump_json().encode())
        return message(Taken, body)

    @override
    async def checkpoint(self, since: int) -> Signed:
        where = {"since": str(since)}
        return message(Signed, await self._ask("GET", "/v1/ledger/checkpoint", where=where))

    @override
    async def proofs(self, client: str, first: int, last: int) -> Proofs:
        where = {"client": client, "first": str(first), "last": str(last)}
        return message(Proofs, await self._ask("GET", "/v1/ledger/proofs", where=where))

    @override
    async def ledger_lines(self, asked: Asked) -> Lines:
        # Times in JSON's form; a URL has no null.
        given = asked.model_dump(mode="json", exclude_defaults=True)
        where = {name: str(value) for name, value in given.items()}
        return message(Lines, await self._ask("GET", "/v1/ledger", where=where))

    @override
    async def ledger_book(self, name: str, since: datetime, until: datetime) -> Book:
        where = {"since": since.isoformat(), "until": until.isoformat()}
        path = f"/v1/ledger/books/{quote(name, safe='')}"
        body = await self._ask("GET", path, where=where, seconds=_REPORT_SECONDS)
        return await self._parser.run(message, Book, body)

    @override
    async def inspection(self, month: str) -> Inspection:
        path = f"/v1/ledger/inspections/{quote(month, safe='')}"
        return message(Inspection, await self._ask("GET", path, seconds=_REPORT_SECONDS))

    @override
    async def sign_inspection(self, month: str, note: str) -> None:
        path = f"/v1/ledger/inspections/{quote(month, safe='')}"
        body = SignInspection(note=note).model_dump_json().encode()
        await self._ask("POST", path, body, kind=None, seconds=_REPORT_SECONDS)

    @override
    async def attach(self, incident: str, file: Upload) -> None:
        path = _attachment_path(incident, file.id)
        headers = {"Accept": _JSON, "Content-Type": file.mime}
        request = self._request("PUT", path, {"name": file.name}, headers, file.data)
        request.extensions["timeout"]["read"] = _REPORT_SECONDS
        async with self._sent(request, None) as response:
            await _whole(response)

    @override
    async def attachment(self, incident: str, id_: str) -> bytes:
        path = _attachment_path(incident, id_)
        return await self._ask("GET", path, kind=None, seconds=_REPORT_SECONDS)

    @override
    async def report_statuses(self, report: StatusReport) -> None:
        body = report.model_dump_json().encode()
        await self._ask("POST", "/v1/camera-status", body, kind=None)

    @override
    async def change_password(self, old: SecretStr, new: SecretStr) -> None:
        value = {"old": old.get_secret_value(), "new": new.get_secret_value()}
        await self._ask("POST", "/v1/password", json.dumps(value).encode(), kind=None)

    @override
    async def close(self) -> None:
        self._token = None
        await self._client.aclose()
        await self._parser.close()

    # inside

    async def _ask(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        *,
        where: Mapping[str, str] | None = None,
        kind: str | None = _JSON,
        seconds: float = _ANSWER_SECONDS,
    ) -> bytes:
        headers = {"Accept": kind or _JSON}
        if content is not None:
            headers["Content-Type"] = _JSON
        request = self._request(method, path, where, headers, content)
        request.extensions["timeout"]["read"] = seconds
        async with self._sent(request, kind) as response:
            return await _whole(response)

    def _request(
        self,
        method: str,
        path: str,
        where: Mapping[str, str] | None,
        headers: dict[str, str],
        content: bytes | None = None,
    ) -> httpx2.Request:
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token.get_secret_value()}"
        return self._client.build_request(
            method, path, params=where, headers=headers, content=content
        )

    @asynccontextmanager
    async def _sent(
        self, request: httpx2.Request, kind: str | None
    ) -> AsyncIterator[httpx2.Response]:
        """The answer, begun; every way in which it can fail is a `HubFailure`."""
        try:
            response = await self._client.send(request, stream=True)
        except _WORLD as error:
            raise failure_of(error) from None
        try:
            if not response.is_success:
                raise failure_in(response, await _whole(response))
            if kind is not None and not is_of(response, kind):
                raise failure(Trouble.MALFORMED)
            yield response
        finally:
            await response.aclose()


def _attachment_path(incident: str, id_: str) -> str:
    return f"/v1/incidents/{quote(incident, safe='')}/attachments/{quote(id_, safe='')}"


async def _pieces(response: httpx2.Response) -> AsyncIterator[bytes]:
    try:
        async for chunk in response.aiter_bytes():
            yield chunk
    except _WORLD as error:
        raise failure_of(error) from None


async def _whole(response: httpx2.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for chunk in _pieces(response):
        size += len(chunk)
        if size > _LONGEST_ANSWER:
            raise failure(Trouble.MALFORMED)
        parts.append(chunk)
    return b"".join(parts)
