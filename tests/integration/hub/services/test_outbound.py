"""What leaves: app.hub.services.notices, .outbound, .senders."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from app.domain.account import Role
from app.domain.errors import BadInput, Refused, Unavailable
from app.domain.intake import IntakeEvent
from app.formats.intake import platform_socket, signature
from app.hub.hub import Hub
from app.hub.services import notices, outbound
from app.hub.services.notices import Route, RouteKind
from app.hub.services.senders import Senders
from app.hub.store.outbox import Letter, State
from tests.fakes.hub_site import Clock, Console, administrator, incidents
from tests.fakes.incidents import NOON, STATION, subject

SECRET = "whsec_" + "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0"
HOOK = Route("112", RouteKind.WEBHOOK, "https://112.example/hook", states=frozenset({10, 20}))
BELL: dict[str, Any] = {
    "type": "emergency_bell",
    "emd_code": "2729010700",
    "person": {"name": "홍길동"},
}

Answer = Callable[[httpx2.Request], httpx2.Response]


def answering(hub: Hub, answer: Answer) -> list[httpx2.Request]:
    """The other side; what it was asked."""
    asked: list[httpx2.Request] = []

    def reply(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return answer(request)

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(reply))
    hub.outbound._senders = Senders(client)
    return asked


async def states(hub: Hub, incident: str = "i1") -> list[State]:
    return [letter.state for letter in await hub.outbound.letters(incident)]


async def test_a_notice_is_signed_delivered_and_seen_in_the_history(
    any_hub: Hub, clock: Clock
) -> None:
    await any_hub.outbound.put_route(administrator(any_hub), HOOK, SECRET)
    asked = answering(any_hub, lambda _: httpx2.Response(202))
    console = Console(any_hub, clock)
    await console.do("incident.create", "i1", **BELL)
    await console.do("incident.note", "i1", id="n1", text="x")
    assert await any_hub.outbound.work_off() == 1
    (request,) = asked
    signature.check(request.headers, request.content, [signature.secret(SECRET)], clock.now)
    told = json.loads(request.content)
    assert (told["subject"], told["data"]["state"]) == ("20261125-0001", 10)
    assert "홍길동" not in request.content.decode()
    assert await states(any_hub) == [State.DELIVERED]
    (one,) = await incidents(any_hub)
    assert one.history[-1].facts["state"] == "delivered"
    await console.do("incident.acknowledge", "i1")
    await console.do("incident.respond", "i1")
    assert await states(any_hub) == [State.DELIVERED, State.WAITING]


async def test_what_does_not_arrive_is_tried_again_later_and_later(hub: Hub, clock: Clock) -> None:
    await hub.outbound.put_route(administrator(hub), HOOK, SECRET)
    asked = answering(hub, lambda _: httpx2.Response(503))
    await Console(hub, clock).do("incident.create", "i1", **BELL)
    head = hub.tail.head
    for _ in range(3):
        await hub.outbound.work_off()
        assert await hub.outbound.work_off() == 0
        clock.pass_(minutes=1)
    assert len(asked) == 3
    entries = hub.tail.since(head, 10)
    assert entries is not None
    assert [(e.op, e.d["event"], e.d["attempts"]) for e in entries] == [
        ("evt", "notice", 1), ("evt", "notice", 2), ("evt", "notice", 3),
    ]  # fmt: skip
    answering(hub, lambda _: httpx2.Response(200))
    await hub.outbound.work_off()
    assert await states(hub) == [State.DELIVERED]
    assert [outbound.pause_us(n) // 1_000_000 for n in (1, 2, 8, 99)] == [5, 10, 640, 900]


async def test_a_no_is_not_asked_again_and_stands_in_the_history(hub: Hub, clock: Clock) -> None:
    await hub.outbound.put_route(administrator(hub), HOOK, SECRET)
    answering(hub, lambda _: httpx2.Response(410))
    await Console(hub, clock).do("incident.create", "i1", **BELL)
    await hub.outbound.work_off()
    assert await states(hub) == [State.GIVEN_UP]
    (one,) = await incidents(hub)
    assert "410" in one.history[-1].words.ko


async def test_a_network_that_is_away_is_no_no(hub: Hub, clock: Clock) -> None:
    mail = Route("sms", RouteKind.MAIL, "https://gateway.example/send", to="010-0000-0000")
    await hub.outbound.put_route(administrator(hub), mail, "token")

    def broken(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no route", request=request)

    answering(hub, broken)
    await Console(hub, clock).do("incident.create", "i1", **BELL)
    await hub.outbound.work_off()
    assert await states(hub) == [State.WAITING]
    asked = answering(hub, lambda _: httpx2.Response(200))
    clock.pass_(minutes=1)
    await hub.outbound.work_off()
    (request,) = asked
    assert request.headers["Authorization"] == "Bearer token"
    assert json.loads(request.content)["to"] == "010-0000-0000"
    hub.notices.routes = hub.notices.routes[:0]
    assert await states(hub) == [State.DELIVERED]


async def test_only_who_is_meant_is_told(hub: Hub, clock: Clock) -> None:
    who = administrator(hub)
    address = "https://x.example/"
    routes: dict[str, Route] = {
        "its place": Route("its place", RouteKind.MAIL, address, police=STATION),
        "its sender": Route("its sender", RouteKind.MAIL, address, sender="119"),
        "its type": Route("its type", RouteKind.MAIL, address, types=frozenset({"fire"})),
    }
    for route in routes.values():
        await hub.outbound.put_route(who, route, "x")
    assert notices.route_of(notices.json_of(HOOK)) == HOOK
    console = Console(hub, clock)
    await console.do("incident.create", "i1", **BELL)
    await console.do("incident.create", "i2", **{**BELL, "emd_code": "", "type": "fire"})
    assert [one.target for one in await hub.outbound.letters("i1")] == ["its place"]
    assert [one.target for one in await hub.outbound.letters("i2")] == ["its type"]
    hub.notices.routes = hub.notices.routes[:0]
    await hub.outbound.work_off()
    assert await states(hub) == [State.GIVEN_UP]
    await hub.outbound.load()
    assert {route.name for route in hub.notices.routes} == set(routes)


async def test_who_sets_it_up_must_be_allowed_to(hub: Hub) -> None:
    with pytest.raises(Refused):
        await hub.outbound.put_route(subject(Role.OPERATOR), HOOK, SECRET)
    with pytest.raises(BadInput):
        await hub.outbound.put_route(administrator(hub), HOOK, "not a secret")
    with pytest.raises(BadInput):
        await hub.outbound.put_route(administrator(hub), Route("", RouteKind.MAIL, ""), "")
    assert "112.example" not in repr(HOOK)


LETTER = Letter(
    "l1", "socket", "room",
    {
        "state": 50, "external": "", "number": "20261125-0001", "place": "월성동", "emd_code": "",
        "grade": 10, "latitude": 35.8, "longitude": 128.5, "facts": {}, "person": {},
    },
)  # fmt: skip


@pytest.mark.parametrize(("status", "error"), [("00", None), ("90", Refused), ("", Unavailable)])
async def test_the_platform_socket_logs_in_tells_and_waits_for_the_answer(
    status: str, error: type[Exception] | None
) -> None:
    got: list[platform_socket.Received] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while frame := (await reader.readuntil(b";"))[:-1]:
            received = platform_socket.receive(frame, NOON)
            got.append(received)
            answer = platform_socket.answer(received, NOON)
            if len(got) > 1:
                answer = answer.replace(b"00|", status.encode() + b"|", 1) if status else b""
            writer.write(answer)
            if len(got) > 1:
                break
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    route = Route("room", RouteKind.SOCKET, f"127.0.0.1:{port}", to="112")
    async with server, httpx2.AsyncClient() as client:
        send = Senders(client).send(route, b"gwanje", LETTER, NOON)
        if error is None:
            assert await send == {"answer": "정상"}
        else:
            with pytest.raises(error):
                await send
    assert isinstance(got[0].content, platform_socket.Login)
    told = got[1].content
    assert isinstance(told, IntakeEvent)
    assert (told.kind, told.external, told.place) == ("released", "20261125-0001", "월성동")
