"""Accounts and sessions as a console meets them."""

from __future__ import annotations

import asyncio
from typing import Any

import pyotp
import pytest

from app.domain.account import Role
from app.hub.services.accounts import one_time_password
from app.hub.services.sessions import End
from tests.fakes.web_hub import PASSWORD, HubSite


async def sign_in(hub: HubSite, username: str, password: str, **more: Any) -> Any:
    async with hub.client() as http:
        asked = {"username": username, "password": password, "client": "pc 1", **more}
        return await http.post("/v1/session", json=asked)


async def test_a_session_tells_who_and_where(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    answer = await sign_in(hub, " Operator ", PASSWORD)
    told = answer.json()
    assert answer.status_code == 200
    assert told["account"]["role"] == "operator"
    assert told["epoch"] == hub.services.epoch
    assert told["server_time"] == "2026-11-25T04:00:00Z"
    async with hub.client(told["token"]) as http:
        again = (await http.get("/v1/session")).json()
    assert again == {k: v for k, v in told.items() if k != "token"} | {"head": again["head"]}


@pytest.mark.parametrize("name", ["operator", "nobody"])
async def test_wrong_passwords_lock_the_name_whoever_has_it(hub: HubSite, name: str) -> None:
    await hub.account(Role.OPERATOR)
    answers = [await sign_in(hub, name, "wrong wrong wrong") for _ in range(7)]
    assert [a.status_code for a in answers] == [401] * 5 + [429] * 2
    assert answers[-1].json()["code"] == "locked-out"
    assert answers[-1].headers["retry-after"] == "30"
    assert (await sign_in(hub, name, PASSWORD)).status_code == 429
    hub.clock.go(31)
    assert (await sign_in(hub, name, PASSWORD)).status_code == (200 if name == "operator" else 429)


async def test_guesses_at_the_same_time_gain_nothing(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    tries = (sign_in(hub, "operator", f"wrong wrong {n}") for n in range(12))
    codes = [answer.status_code for answer in await asyncio.gather(*tries)]
    assert codes.count(401) == 5


async def test_a_password_composed_on_another_keyboard_is_the_same(hub: HubSite) -> None:
    import unicodedata

    await hub.account(Role.OPERATOR)
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert (await sign_in(hub, "operator", decomposed)).status_code == 200


async def test_a_one_time_password_opens_nothing_but_its_own_change(hub: HubSite) -> None:
    await hub.account(Role.ADMINISTRATOR)
    admin = hub.client(await hub.token("administrator"))
    made = await admin.post(
        "/v1/accounts", json={"username": "lee", "role": "operator", "site": "gu"}
    )
    once = made.json()["password"]
    answer = await sign_in(hub, "lee", once)
    assert answer.json()["account"]["must_change"] is True
    async with hub.client(answer.json()["token"]) as http:
        assert (await http.get("/v1/snapshot")).json()["code"] == "must-change"
        easy = await http.post("/v1/password", json={"old": once, "new": "lee lee lee lee"})
        assert easy.status_code == 400
        new = await http.post("/v1/password", json={"old": once, "new": PASSWORD})
        assert new.status_code == 204
        assert (await http.get("/v1/snapshot")).status_code == 200
    await admin.aclose()


async def test_guesses_at_the_old_password_lock_out_as_well(hub: HubSite) -> None:
    http = await hub.signed_in(Role.OPERATOR)
    asked = {"old": "wrong wrong wrong", "new": "다른 새 비밀번호 하나"}
    codes = [(await http.post("/v1/password", json=asked)).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    await http.aclose()


async def test_the_second_factor_is_asked_for_once_it_is_confirmed(hub: HubSite) -> None:
    http = await hub.signed_in(Role.OPERATOR)
    address = (await http.post("/v1/totp")).json()["address"]
    totp = pyotp.parse_uri(address)
    assert isinstance(totp, pyotp.TOTP)
    assert (await sign_in(hub, "operator", PASSWORD)).status_code == 200
    wrong = await http.post("/v1/totp/confirm", json={"code": "000000"})
    assert wrong.status_code == 403
    code = totp.at(hub.clock.now())
    token = (await sign_in(hub, "operator", PASSWORD)).json()["token"]
    async with hub.client(token) as other:
        assert (await other.post("/v1/totp/confirm", json={"code": code})).status_code == 204
        assert (await sign_in(hub, "operator", PASSWORD)).json()["code"] == "code-needed"
        used = await sign_in(hub, "operator", PASSWORD, totp=code)
        assert used.json()["code"] == "wrong-password"
        hub.clock.go(30)
        good = await sign_in(hub, "operator", PASSWORD, totp=totp.at(hub.clock.now()))
        assert good.status_code == 200
    async with hub.client(good.json()["token"]) as other:
        assert (await other.delete("/v1/totp")).status_code == 204
    assert (await sign_in(hub, "operator", PASSWORD)).status_code == 200
    await http.aclose()


async def test_signing_out_ends_the_token_and_the_console(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    token = await hub.token("operator", "pc 7")
    watch = hub.services.sessions.watch(await hub.services.sessions.signed(token))
    async with hub.client(token) as http:
        assert (await http.delete("/v1/session")).status_code == 204
        assert (await http.get("/v1/session")).json()["code"] == "signed-out"
    assert watch.end is End.SIGNED_OUT
    hub.services.sessions.forget(watch)
    rows = await hub.store.reader.read(_consoles)
    assert rows == []


def _consoles(connection: Any) -> list[str]:
    from app.hub.store import queries

    return [one.id for one in queries.of_kind(connection, "console")]


async def test_a_console_has_one_session_of_an_account(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    first = await hub.token("operator", "pc 7")
    second = await hub.token("operator", "pc 7")
    async with hub.client(first) as http:
        assert (await http.get("/v1/session")).status_code == 401
    async with hub.client(second) as http:
        assert (await http.get("/v1/session")).status_code == 200
    assert await hub.store.reader.read(_consoles) == ["pc 7"]


async def test_a_session_expires_and_its_console_is_swept(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    token = await hub.token("operator", "pc 7")
    hub.clock.go(24 * 3600)
    async with hub.client(token) as http:
        assert (await http.get("/v1/session")).status_code == 401
    await hub.services.sessions.sweep()
    assert await hub.store.reader.read(_consoles) == []


async def test_an_administrator_ends_sessions_and_accounts_at_once(hub: HubSite) -> None:
    operator = await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    admin = await hub.signed_in(Role.ADMINISTRATOR)
    async with hub.client(token) as http:
        assert (await admin.delete(f"/v1/accounts/{operator}/sessions")).json() == {"ended": 1}
        assert (await http.get("/v1/session")).status_code == 401
    off = await admin.put(f"/v1/accounts/{operator}", json={"disabled": True})
    assert off.status_code == 204
    assert (await sign_in(hub, "operator", PASSWORD)).status_code == 401
    listed = (await admin.get("/v1/accounts")).json()["rows"]
    assert {row["username"]: row["disabled"] for row in listed} == {
        "administrator": False,
        "operator": True,
    }
    assert "verifier" not in str(listed)
    await admin.aclose()


async def test_an_administrator_of_one_site_does_not_reach_another(hub: HubSite) -> None:
    there = await hub.account(Role.OPERATOR, "dong")
    admin = await hub.signed_in(Role.ADMINISTRATOR)
    assert (await admin.post(f"/v1/accounts/{there}/password")).status_code == 403
    made = await admin.post(
        "/v1/accounts", json={"username": "kim", "role": "operator", "site": "dong"}
    )
    assert made.status_code == 403
    rows = (await admin.get("/v1/accounts")).json()["rows"]
    assert [row["username"] for row in rows] == ["administrator"]
    await admin.aclose()


def test_one_time_passwords_differ() -> None:
    assert len({one_time_password() for _ in range(100)}) == 100
