"""The whole API, fuzzed from its own description, by every role: no 5xx, nothing of others.

What belongs to the site "dong" carries a mark; nobody of the site "gu" may ever be answered with
it. Deterministic: the same requests every time.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case

from app.domain.account import Role
from app.domain.ledger.entry import Deed, Kind
from app.domain.site import SiteId
from app.hub.services.registry_rows import CameraSecret
from app.wire import acts
from tests.fakes.hub_site import Clock as Hands
from tests.fakes.hub_site import Console, camera
from tests.fakes.incidents import subject
from tests.fakes.web_hub import START, HubSite

MARK, SECRET = "DONG-MARK", "geheim"
EXAMPLES = 4
# A stream has no end; its snapshot and its long poll give the same rows.
ENDLESS = {"/v1/stream"}
# What a request may well name: half of them must hit something.
KNOWN = {
    "camera": ("C-gu", "C-dong"), "id_": ("C-gu", "C-dong", "i-gu", "i-dong"),
    "share": ("s-gu", "s-dong"), "month": ("2026-03", "2026-11"), "incident": ("i-gu", "i-dong"),
    "site": ("gu", "dong", "do"), "account": ("operator", "kim"),
}  # fmt: skip
# Long polls would take their time.
QUICK = {"wait": "0"}
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Request:
    """One of schemathesis' cases, ready to be sent."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    content: bytes


def requests_of(app: Any) -> tuple[Request, ...]:
    """A few of each operation, half of them with ids that exist."""
    return _drawn_once(json.dumps(app.openapi()))


@cache
def _drawn_once(description: str) -> tuple[Request, ...]:
    """To draw them takes longer than to send them, and they are the same for every role."""
    return tuple(_requests(json.loads(description)))


def _requests(description: dict[str, Any]) -> Iterator[Request]:
    schema = schemathesis.openapi.from_dict(description)
    chance = random.Random(7)
    for result in schema.get_all_operations():
        operation = result.ok()  # type: ignore[union-attr]  # an Err raises here, as it should
        if operation.path not in ENDLESS:
            yield from (_request(case, chance) for case in drawn(operation.as_strategy()))


def drawn(strategy: Any) -> list[Case[Any]]:
    cases: list[Case[Any]] = []

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=strategy)
    def draw(case: Case[Any]) -> None:
        cases.append(case)

    draw()
    return cases


def _request(case: Case[Any], chance: random.Random) -> Request:
    path = case.path
    for name, value in (case.path_parameters or {}).items():
        known = chance.choice(KNOWN[name]) if name in KNOWN and chance.random() < 0.5 else value
        path = path.replace(f"{{{name}}}", _quoted(str(known)))
    query = {str(n): str(v) for n, v in (case.query or {}).items()}
    query |= {name: value for name, value in QUICK.items() if name in query}
    body = case.body
    headers = {}
    content = b""
    if isinstance(body, bytes):
        content = body
    elif not isinstance(body, schemathesis.core.NotSet):
        content = json.dumps(body, default=str).encode()
        headers["Content-Type"] = case.media_type or "application/json"
    return Request(case.method, path, query, headers, content)


def _quoted(text: str) -> str:
    return (
        httpx2.URL("http://hub", path=f"/{text or '-'}").raw_path.decode()[1:].replace("/", "%2F")
    )


async def fill(hub: HubSite) -> None:
    """Cameras, incidents, shares, walls and ledger entries of two sites that are strangers."""
    every = frozenset({SiteId("do"), SiteId("gu"), SiteId("dong")})
    who = subject(Role.ADMINISTRATOR, site=SiteId("do"), within=every)
    secret = CameraSecret({"main": f"rtsp://10.0.0.1/{SECRET}"}, "root", SECRET)
    rows = [camera("C-gu", 1, site="gu"), camera("C-dong", 2, site="dong", purpose=MARK)]
    await hub.hub.registry.put_cameras(who, rows, {row.id: secret for row in rows})
    for site, title in (("gu", "비상벨"), ("dong", MARK)):
        here = subject(site=SiteId(site), within=frozenset({SiteId(site)}))
        console = Console(hub.hub, Hands(), here, f"c-{site}")
        made: dict[str, Any] = {"type": "emergency_bell", "title": title, "person": {"name": title}}
        await console.do("incident.create", f"i-{site}", **made)
        await console.do("wall.save", f"w-{site}", name=title, wall={}, shared=True)
    person = {"name": MARK, "account": "kim"}
    await hub.hub.ledger.keep(Deed(Kind.VIEW, START, "dong", "C-dong", person=person))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FEED])
async def test_nothing_breaks_and_nothing_of_others_is_told(hub: HubSite, role: Role) -> None:
    await fill(hub)
    await hub.account(role)
    statuses: Counter[int] = Counter()
    for request in requests_of(hub.app):
        # A token of its own: one of the requests signs out, another changes the password.
        async with hub.client(await hub.token(role.value)) as http:
            answer = await sent(http, request)
        _check(request, answer)
        statuses[answer.status_code] += 1
    assert statuses[200] > EXAMPLES, statuses


async def test_a_feed_and_a_stranger(hub: HubSite) -> None:
    await fill(hub)
    for token in (await hub.feed(), "", "no token"):
        async with hub.client(token) as http:
            for request in requests_of(hub.app):
                _check(request, await sent(http, request))


async def sent(http: httpx2.AsyncClient, request: Request) -> httpx2.Response:
    return await http.request(
        request.method, request.path, params=request.query, headers=request.headers,
        content=request.content,
    )  # fmt: skip


def _json(commands: list[dict[str, Any]]) -> bytes:
    """With everything that JSON can say, half a surrogate pair included."""
    return json.dumps({"commands": commands}).encode()


def _check(request: Request, answer: httpx2.Response) -> None:
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (request, answer.text)
    assert MARK not in answer.text, (request, answer.text[:500])


WILD: tuple[Any, ...] = (
    10**30, -1, "", "x" * 20_000, None, [], {}, True, 1e308, "2026-13-45T99:99", "\x00", "\ud83d",
    ["\ud800"], {"a": {"b": ["c"] * 50}}, "C-dong", ["C-dong"], "i-dong",
)  # fmt: skip
SOUND: Mapping[str, Any] = {
    "reason": "x", "type": "emergency_bell", "receiver": "dong", "incident": "i-gu", "minutes": 5,
    "cameras": ["C-gu"], "name": "w", "wall": {}, "into": "i-dong", "text": "t", "grant": True,
    "role": "operator", "id": "a1", "ask": "a1", "step": "call", "how": "done", "sent": "w1",
}  # fmt: skip
FIELDS = sorted(
    {name for model in vars(acts).values() for name in getattr(model, "model_fields", {})}
)
ROUNDS = 5


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR, Role.RECEIVER])
async def test_commands_with_wild_arguments(hub: HubSite, role: Role) -> None:
    """Every type of command, sound but for one argument, which is anything at all."""
    await fill(hub)
    chance = random.Random(11)
    seen: Counter[str] = Counter()
    n = 0
    async with await hub.signed_in(role) as http:
        for kind in hub.hub.commands.kinds * ROUNDS:
            commands = []
            for value in WILD:
                n += 1
                target = chance.choice(("i-gu", "i-dong", "C-gu", f"new-{n}"))
                args = {**SOUND, chance.choice(FIELDS): value}
                commands.append(
                    {"cmd_id": f"w{n}", "client": f"pc {role}", "n": n, "type": kind,
                     "target": target, "at": START.isoformat(), "args": args}
                )  # fmt: skip
            answer = await http.post("/v1/commands", content=_json(commands), headers=JSON)
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (kind, answer.text)
            assert MARK not in answer.text, (kind, answer.text)
            n = answer.json().get("next_n", n + 1) - 1
            seen.update(one["status"] for one in answer.json().get("outcomes", ()))
    # Not everything was refused at the door.
    assert seen["refused"] > 100, seen
    assert role is Role.RECEIVER or seen["applied"] > 10, seen
