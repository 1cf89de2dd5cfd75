"""What went wrong, as `app.wire.base.Problem`: never a traceback, never a secret."""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.domain.errors import BadInput, Failure, Refused, Unavailable
from app.domain.text import Text
from app.hub.services.accesses import PurposeNeeded
from app.hub.services.sessions import SignedOut
from app.hub.services.sign_in import CodeNeeded, LockedOut, WrongPassword
from app.hub.store.commands import OutOfTurn
from app.hub.store.errors import AlreadyThere, Resync
from app.wire.base import Problem, Words

MEDIA_TYPE = "application/problem+json"
# A database that is away is back after a restart; sooner would only be in its way.
_AWAY_SECONDS = 2.0


class Denied(Refused):
    """A refusal with a status and a code of its own."""

    def __init__(
        self, status: int, code: str, text: Text, retry_after: float | None = None
    ) -> None:
        super().__init__(text)
        self.problem = problem(status, code, text, retry_after)


def forbidden() -> Denied:
    return Denied(
        HTTPStatus.FORBIDDEN, "forbidden", Text("권한이 없습니다.", "You have no right to do this.")
    )


def not_found() -> Denied:
    return Denied(
        HTTPStatus.NOT_FOUND, "not-found", Text("없는 것입니다.", "There is no such thing.")
    )


def problem(status: int, code: str, text: Text, retry_after: float | None = None) -> Problem:
    words = Words(ko=text.ko, en=text.en)
    return Problem(status=status, code=code, words=words, retry_after=retry_after)


# The first that fits counts: the special before the general.
_TABLE: tuple[tuple[type[Failure], int, str], ...] = (
    (SignedOut, HTTPStatus.UNAUTHORIZED, "signed-out"),
    (WrongPassword, HTTPStatus.UNAUTHORIZED, "wrong-password"),
    (CodeNeeded, HTTPStatus.UNAUTHORIZED, "code-needed"),
    (Resync, HTTPStatus.GONE, "resync"),
    (AlreadyThere, HTTPStatus.CONFLICT, "already-there"),
    (OutOfTurn, HTTPStatus.CONFLICT, "out-of-turn"),
    (PurposeNeeded, HTTPStatus.FORBIDDEN, "purpose-needed"),
    (BadInput, HTTPStatus.BAD_REQUEST, "bad-input"),
    (Refused, HTTPStatus.FORBIDDEN, "refused"),
)


def problem_of(failure: Failure) -> Problem:
    if isinstance(failure, Denied):
        return failure.problem
    if isinstance(failure, LockedOut):
        status = HTTPStatus.TOO_MANY_REQUESTS
        return problem(status, "locked-out", failure.text, failure.seconds)
    if isinstance(failure, Unavailable):
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return problem(status, "unavailable", failure.text, _AWAY_SECONDS)
    for kind, status_, code in _TABLE:
        if isinstance(failure, kind):
            return problem(status_, code, failure.text)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "failed", failure.text)


def answer(told: Problem) -> Response:
    headers: dict[str, str] = {}
    if told.retry_after is not None:
        headers["Retry-After"] = str(math.ceil(told.retry_after))
    if told.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    content = told.model_dump_json()
    return Response(content, told.status, headers, media_type=MEDIA_TYPE)


async def _failed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Failure)  # noqa: S101 - it is registered for nothing else
    return answer(problem_of(error))


async def _malformed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    where = ", ".join(_place(one) for one in error.errors()[:5])
    text = Text(f"형식이 올바르지 않습니다: {where}", f"Malformed: {where}")
    return answer(problem(HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", text))


def _place(error: Mapping[str, Any]) -> str:
    """Where and what kind; never the value, which may be a password."""
    return f"{'.'.join(str(part)[:40] for part in error['loc'])} ({error['type']})"


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    status = HTTPStatus(error.status_code)
    code = status.name.lower().replace("_", "-")
    words = {
        HTTPStatus.NOT_FOUND: Text("없는 주소입니다.", "There is no such address."),
        HTTPStatus.METHOD_NOT_ALLOWED: Text(
            "이 주소에서 쓸 수 없는 방식입니다.", "This address does not take that method."
        ),
    }.get(status, Text("요청을 읽을 수 없습니다.", "The request cannot be read."))
    return answer(problem(status, code, words))


async def _bug(_request: Request, _error: Exception) -> Response:
    text = Text(
        "허브 안에서 오류가 났습니다. 허브의 로그를 보세요.",
        "Something went wrong inside the hub. Its log tells more.",
    )
    return answer(problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", text))


def install(app: FastAPI) -> None:
    app.add_exception_handler(Failure, _failed)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _bug)
