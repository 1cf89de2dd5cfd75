"""Who may call a route. Every route declares one guard, as a dependency (a test looks)."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request

from app.domain.account import Subject
from app.domain.permit import Thing, permit
from app.domain.rights import Action
from app.domain.text import Text
from app.hub.services.sessions import Signed, SignedOut
from app.hub.web.errors import Denied, forbidden
from app.hub.web.services import services_of

_SCHEME = "bearer"


class Guard:
    """`why`: what makes it enough."""

    why = ""


class Anyone(Guard):
    """No session is needed."""

    def __init__(self, why: str) -> None:
        self.why = why

    async def __call__(self) -> None:
        """Lets everybody through."""


class SignedIn(Guard):
    """Any session, also one whose password must be changed first."""

    def __init__(self, why: str) -> None:
        self.why = why

    async def __call__(self, request: Request) -> Signed:
        return await _signed(request)


class Member(Guard):
    """A session with a password of its own; `why` says where `permit` is asked for each thing."""

    def __init__(self, why: str) -> None:
        self.why = why

    async def __call__(self, request: Request) -> Signed:
        signed = await _signed(request)
        if signed.subject.must_change:
            raise _must_change()
        return signed


class Permitted(Guard):
    """The right to `action` for things of `kind` at one's own site at least.

    The route asks again for the very thing where it is another site's.
    """

    def __init__(self, action: Action, kind: str) -> None:
        self.action = action
        self.kind = kind
        self.why = f"{action.value} {kind}"

    async def __call__(self, request: Request) -> Signed:
        signed = await _signed(request)
        subject = signed.subject
        if subject.must_change and self.action is not Action.CHANGE_PASSWORD:
            raise _must_change()
        thing = Thing(self.kind, subject.site, subject.account)
        if not permit(subject, self.action, thing, services_of(request).now()):
            raise forbidden()
        return signed


def address_of(request: Request) -> str:
    """Where it came from, as the nearest machine says; "" where nobody says."""
    return "" if request.client is None else request.client.host


def demand(request: Request, subject: Subject, action: Action, thing: Thing) -> None:
    """Raises `Denied` without the right to this very thing."""
    if not permit(subject, action, thing, services_of(request).now()):
        raise forbidden()


async def _signed(request: Request) -> Signed:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != _SCHEME or not token:
        raise SignedOut
    return await services_of(request).sessions.signed(token.strip())


def _must_change() -> Denied:
    return Denied(
        HTTPStatus.FORBIDDEN,
        "must-change",
        Text("먼저 비밀번호를 바꾸세요.", "Change the password first."),
    )
