"""The ledger for those who answer for it: app.hub.web.book_routes, .services.ledger_reading."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.domain.account import Role
from app.domain.ledger.entry import Deed, Kind
from app.domain.ledger.record import KOREA
from app.hub.services import ledger_reading
from app.hub.web import book_routes
from tests.fakes.web_hub import START, HubSite

PERIOD = {
    "since": (START - timedelta(days=1)).isoformat(),
    "until": (START + timedelta(days=1)).isoformat(),
}
MONTH = f"{START.astimezone(KOREA):%Y-%m}"
SHARE = {"receiver": "station", "cameras": "C-1", "basis": "법 제18조"}


async def put(hub: HubSite, *deeds: Deed) -> None:
    for deed in deeds:
        await hub.hub.ledger.keep(deed)


def view(who: str, n: int, site: str = "gu") -> Deed:
    person = {"account": who, "name": f"{who} 님", "address": "10.0.0.1"}
    at = START + timedelta(seconds=n)
    return Deed(Kind.VIEW, at, site, f"C-{n}", person=person, begun=at)


async def test_it_is_searched_by_what_one_knows(hub: HubSite) -> None:
    await put(hub, view("kim", 1), view("lee", 2), view("kim", 3, site="dong"))
    async with await hub.signed_in(Role.AUDITOR) as http:

        async def found(**asked: Any) -> list[int]:
            rows = (await http.get("/v1/ledger", params=asked)).json()["rows"]
            return [int(row["camera"][2:]) for row in rows if row["camera"]]

        # Of the own site alone, the newest first.
        assert await found() == [2, 1]
        assert await found(who="kim") == [1]
        assert await found(who="%") == []
        assert await found(camera="C-2") == [2]
        assert await found(account="lee") == [2]
        assert await found(kind="view", until=START.isoformat()) == []
        assert (await http.get("/v1/ledger", params={"since": "gestern"})).status_code == 422


async def test_the_books_of_the_law(hub: HubSite) -> None:
    until = START + timedelta(minutes=5)
    await put(
        hub,
        Deed(Kind.SHARE_BEGUN, START, "gu", "", "i1", "s1", "긴급", START, facts=SHARE),
        Deed(Kind.SHARE_ENDED, until, "gu", "", "i1", "s1", "", START, until, SHARE),
        Deed(Kind.SHARE_BEGUN, START, "dong", "", "i2", "s2", facts=SHARE),
        Deed(Kind.STILL, START, "gu", "C-1", facts={"file": "a.png"}),
    )
    async with await hub.signed_in(Role.AUDITOR) as http:
        book = (await http.get("/v1/ledger/books/provision", params=PERIOD)).json()
        assert book["title"]["ko"].startswith("개인정보의 목적 외")
        assert len(book["columns"]) == 8
        (row,) = book["rows"]
        assert row[1:4] == ["station", "i1 · 긴급", "법 제18조"]
        assert book["proof"].startswith("gwanje/")
        video = (await http.get("/v1/ledger/books/video", params=PERIOD)).json()
        assert [row[1] for row in video["rows"]] == ["제공", "이용"]
        exports = (await http.get("/v1/ledger", params={"kind": "export"})).json()["rows"]
        assert [row["facts"]["what"] for row in exports] == ["video", "provision"]
        wrong = {"since": PERIOD["until"], "until": PERIOD["since"]}
        assert (await http.get("/v1/ledger/books/video", params=wrong)).status_code == 400
        assert (await http.get("/v1/ledger/books/other", params=PERIOD)).status_code == 422
        long = {**PERIOD, "since": (START - timedelta(days=900)).isoformat()}
        assert (await http.get("/v1/ledger/books/video", params=long)).status_code == 400


async def test_the_month_is_looked_at_and_signed(
    hub: HubSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_reading, "_PAGE", 4)
    await put(hub, *(view("kim", n) for n in range(1, 10)), view("lee", 10))
    async with await hub.signed_in(Role.SUPERVISOR) as http:
        path = f"/v1/ledger/inspections/{MONTH}"
        seen = (await http.get(path)).json()
        views = {row["account"]: row["views"] for row in seen["rows"]}
        assert (views["kim"], views["lee"]) == (9, 1)
        assert seen["signed"] == []
        assert (await http.post(path, json={"note": ""})).status_code == 422
        assert (await http.post(path, json={"note": "이상 없음"})).status_code == 204
        (signed,) = (await http.get(path)).json()["signed"]
        assert (signed["note"], signed["by"]) == ("이상 없음", "supervisor 김")
        assert (await http.get("/v1/ledger/inspections/2026-13")).status_code == 400
        assert (await http.get("/v1/ledger/inspections/november")).status_code == 422


async def test_it_is_for_who_answers_for_it(hub: HubSite) -> None:
    async with await hub.signed_in(Role.OPERATOR) as http:
        for path in ("", "/books/video", f"/inspections/{MONTH}"):
            answer = await http.get(f"/v1/ledger{path}", params=PERIOD)
            assert answer.status_code == 403
        signing = await http.post(f"/v1/ledger/inspections/{MONTH}", json={"note": "x"})
        assert signing.status_code == 403
    assert len(book_routes.router.routes) == 4
