"""What the hub answers, read; what goes wrong, in words. Pure but for the library's types.

No text made here holds an address, a token or a password.
"""

from __future__ import annotations

import ssl
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx2
from pydantic import ValidationError

from app.domain.errors import BadInput
from app.domain.text import Text
from app.formats.sse import SseEvent, SseParser
from app.services.hub_port import Heard, HubFailure, SnapshotPage, Trouble
from app.wire.base import Message, Problem
from app.wire.stream import Frame, Heartbeat, Row, SnapshotHead, SnapshotTail

M = TypeVar("M", bound=Message)

_WORDS = {
    Trouble.UNREACHABLE: Text("허브에 연결할 수 없습니다.", "The hub cannot be reached."),
    Trouble.TIMED_OUT: Text("허브가 응답하지 않습니다.", "The hub does not answer."),
    Trouble.TLS: Text(
        "허브의 인증서를 믿을 수 없습니다. 관리자에게 알리세요.",
        "The hub's certificate is not to be trusted. Tell the administrator.",
    ),
    Trouble.CLOSED: Text("허브와의 연결이 끊어졌습니다.", "The connection to the hub has ended."),
    Trouble.SILENT: Text(
        "허브에 연결되었으나 자료가 오지 않습니다.", "The hub is connected, but nothing arrives."
    ),
    Trouble.BUSY: Text("허브가 바쁩니다. 곧 다시 시도합니다.", "The hub is busy. Trying again."),
    Trouble.SERVER: Text("허브에 장애가 있습니다.", "The hub has an internal error."),
    Trouble.MALFORMED: Text(
        "허브가 알 수 없는 응답을 보냈습니다.", "The hub's answer makes no sense."
    ),
    Trouble.SIGNED_OUT: Text("로그인이 끝났습니다.", "The session has ended. Sign in again."),
    Trouble.FORBIDDEN: Text("권한이 없습니다.", "This account has no right to do that."),
    Trouble.RESYNC: Text("허브의 자료를 처음부터 다시 받습니다.", "Everything is fetched anew."),
    Trouble.UNREADABLE: Text(
        "허브가 요청을 이해하지 못했습니다. 판이 서로 다를 수 있습니다.",
        "The hub does not understand the request; its version may be another.",
    ),
    Trouble.REFUSED: Text("허브가 요청을 거절했습니다.", "The hub refuses the request."),
}
_BY_STATUS = {
    400: Trouble.UNREADABLE, 401: Trouble.SIGNED_OUT, 403: Trouble.FORBIDDEN, 408: Trouble.BUSY,
    410: Trouble.RESYNC, 413: Trouble.UNREADABLE, 422: Trouble.UNREADABLE, 425: Trouble.BUSY,
    429: Trouble.BUSY, 503: Trouble.BUSY,
}  # fmt: skip


def failure(trouble: Trouble, code: str = "") -> HubFailure:
    return HubFailure(trouble, _WORDS[trouble], code)


def failure_of(error: Exception) -> HubFailure:
    """What a failed exchange means. The library's own words name addresses: they stay behind."""
    if _is_tls(error):
        return failure(Trouble.TLS)
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return failure(Trouble.UNREACHABLE)
    if isinstance(error, httpx2.TimeoutException):
        return failure(Trouble.TIMED_OUT)
    if isinstance(error, httpx2.DecodingError | httpx2.LocalProtocolError):
        return failure(Trouble.MALFORMED)
    return failure(Trouble.CLOSED)


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def failure_in(response: httpx2.Response, body: bytes) -> HubFailure:
    """What a status other than 2xx means; the hub's own words where it sent any."""
    status = response.status_code
    trouble = _BY_STATUS.get(status)
    if trouble is None:
        trouble = Trouble.SERVER if response.is_server_error else Trouble.REFUSED
    if not response.is_error:
        trouble = Trouble.MALFORMED  # a redirection: a proxy's sign-in page, not the hub
    asked = retry_after(response.headers)
    try:
        problem = Problem.model_validate_json(body)
    except ValidationError:
        return HubFailure(trouble, _WORDS[trouble], retry_after=asked)
    text = Text(problem.words.ko, problem.words.en)
    return HubFailure(trouble, text, problem.code, asked or problem.retry_after)


def retry_after(headers: httpx2.Headers) -> float | None:
    """Seconds (RFC 9110, 10.2.3). A date counts from the server's own clock, not from ours."""
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    at, now = _date(value), _date(headers.get("Date", ""))
    return max((at - now).total_seconds(), 0.0) if at and now else None


def _date(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None


def is_of(response: httpx2.Response, kind: str) -> bool:
    said: str = response.headers.get("Content-Type", "")
    return said.partition(";")[0].strip().lower() == kind


def message(model: type[M], body: bytes) -> M:
    try:
        return model.model_validate_json(body)
    except ValidationError:
        raise failure(Trouble.MALFORMED) from None


def page(body: bytes) -> SnapshotPage:
    """One page of a snapshot (NDJSON). Raises `HubFailure` where it is not whole."""
    first, _, rest = body.partition(b"\n")
    *lines, last, end = (b"\n" + rest).split(b"\n")
    if end:
        raise failure(Trouble.MALFORMED)
    head = message(SnapshotHead, first)
    rows = tuple(message(Row, line) for line in lines[1:])
    tail = message(SnapshotTail, last)
    if tail.count != len(rows):
        raise failure(Trouble.MALFORMED)
    return SnapshotPage(head, rows, tail.after)


class StreamReader:
    """Pieces of an event stream → what they say. What stood before a mistake still counts."""

    def __init__(self, epoch: str) -> None:
        self._epoch = epoch
        self._parser = SseParser()

    def read(self, chunk: bytes) -> tuple[Heard, HubFailure | None]:
        frames: list[Frame] = []
        heartbeat: Heartbeat | None = None
        try:
            for event in self._parser.feed(chunk):
                match event.event:
                    case "frame":
                        frames.append(self._frame(event))
                    case "hb":
                        heartbeat = message(Heartbeat, event.data.encode())
                    case "resync":
                        raise failure(Trouble.RESYNC)
                    case _:
                        pass  # what a later version brings
        except HubFailure as problem:
            return Heard(tuple(frames), heartbeat), problem
        except BadInput:
            return Heard(tuple(frames), heartbeat), failure(Trouble.MALFORMED)
        return Heard(tuple(frames), heartbeat), None

    def _frame(self, event: SseEvent) -> Frame:
        frame = message(Frame, event.data.encode())
        if event.id:
            epoch, _, seq = event.id.rpartition(":")
            if epoch != self._epoch:
                raise failure(Trouble.RESYNC)
            if seq != str(frame.seq):
                raise failure(Trouble.MALFORMED)
        return frame
