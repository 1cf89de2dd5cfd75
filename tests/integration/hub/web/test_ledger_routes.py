"""The ledger over HTTP: app.hub.web.ledger_routes, app.hub.services.ledger_export."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.domain.account import Role
from app.domain.ledger import merkle
from app.domain.ledger.checkpoint import VerifierKey, opened
from app.hub import ledger_verifier
from app.hub.cli import arguments, commands
from app.hub.services import ledger_export
from app.hub.services.ledger import verifies
from app.hub.web import ledger_routes
from app.wire.ledger import Proofs, Signed
from tests.fakes.web_hub import START, HubSite


def deed(n: int, **values: Any) -> dict[str, Any]:
    return {"n": n, "kind": "view", "at": START.isoformat(), "camera": f"C-{n}", **values}


async def test_what_a_console_writes_is_proved_to_it(hub: HubSite) -> None:
    async with await hub.signed_in(Role.OPERATOR) as http:
        batch = {"client": "pc operator", "deeds": [deed(1), deed(2, purpose="순찰")]}
        stranger = await http.post("/v1/ledger", json=batch | {"client": "nobody's"})
        assert stranger.status_code == 403
        answer = await http.post("/v1/ledger", json=batch)
        assert answer.json() == {"next_n": 3}
        assert (await http.get("/v1/ledger/proofs?first=1&last=9")).json()["note"] is None
        await hub.hub.ledger.checkpoint()
        told = Signed.model_validate((await http.get("/v1/ledger/checkpoint")).json())
        key = VerifierKey.of(told.key)
        point = opened(told.note, key, lambda s, m: verifies(key, s, m))
        proofs = Proofs.model_validate((await http.get("/v1/ledger/proofs?first=1&last=9")).json())
        assert [one.n for one in proofs.proofs] == [1, 2]
        for one in proofs.proofs:
            path = [bytes.fromhex(part) for part in one.path]
            leaf = merkle.leaf_hash(one.entry.encode())
            assert merkle.included(leaf, one.index, point.size, path, point.root)
            assert json.loads(one.entry)["client"] == "pc operator"
        again = (await http.get(f"/v1/ledger/checkpoint?since={point.size}")).json()
        assert again["path"] == []
        ahead = await http.get(f"/v1/ledger/checkpoint?since={point.size + 1}")
        assert ahead.status_code == 400
        wrong: list[list[dict[str, Any]]] = [[], [deed(3, kind="sign_in")], [deed(0)]]
        for deeds in wrong:
            answer = await http.post("/v1/ledger", json={"client": "pc operator", "deeds": deeds})
            assert answer.status_code in {400, 422}
        assert (await http.get("/v1/ledger")).status_code == 403


async def test_signing_in_and_failing_to_stand_in_it(hub: HubSite) -> None:
    async with await hub.signed_in(Role.AUDITOR, "do") as http:
        wrong = {"username": "auditor", "password": "wrong", "client": "pc"}
        async with hub.client() as stranger:
            assert (await stranger.post("/v1/session", json=wrong)).status_code == 401
        rows = (await http.get("/v1/ledger")).json()["rows"]
        assert [row["kind"] for row in rows] == ["sign_in_failed", "sign_in"]
        assert rows[0]["person"]["name"] == "auditor"
        assert "wrong" not in json.dumps(rows[0]).replace("password is wrong", "")
        assert rows[1]["person"]["name"] == "auditor 김"
        found = (await http.get("/v1/ledger", params={"kind": "sign_in"})).json()["rows"]
        assert len(found) == 1
        late = (START + timedelta(hours=1)).isoformat()
        assert (await http.get("/v1/ledger", params={"since": late})).json()["rows"] == []
        early = {"until": late, "below": "2", "limit": "1"}
        assert len((await http.get("/v1/ledger", params=early)).json()["rows"]) == 1
        await http.delete("/v1/session")
    async with hub.client(await hub.token("auditor")) as http:
        rows = (await http.get("/v1/ledger")).json()["rows"]
        assert [row["kind"] for row in rows[:2]] == ["sign_in", "sign_out"]


async def test_an_export_that_anybody_can_check(hub: HubSite, tmp_path: Path) -> None:
    async with await hub.signed_in(Role.OPERATOR) as http:
        batch = {"client": "pc operator", "deeds": [deed(n) for n in range(1, 151)]}
        await http.post("/v1/ledger", json=batch)
    async with await hub.signed_in(Role.AUDITOR, "do") as http:
        answer = await http.get("/v1/ledger/export")
        assert answer.status_code == 200
        path = tmp_path / "ledger.jsonl"
        path.write_bytes(answer.content)
        verdict = ledger_verifier.verify(path, hub.hub.ledger.key.text)
        assert verdict.sound, verdict.problems
        # The two sign-ins, the views, the export itself.
        assert (verdict.entries, verdict.size, verdict.beyond) == (153, 153, 0)
        assert "김" not in answer.text
        found = (await http.get("/v1/ledger", params={"kind": "export"})).json()["rows"]
        assert len(found) == 1


async def test_a_long_export_comes_in_parts_that_fit(hub: HubSite, monkeypatch: Any) -> None:
    monkeypatch.setattr(ledger_routes, "_LINES_AT_ONCE", 7)
    monkeypatch.setattr(ledger_export, "_PAGE", 3)
    async with await hub.signed_in(Role.OPERATOR) as http:
        batch = {"client": "pc operator", "deeds": [deed(n) for n in range(1, 40)]}
        await http.post("/v1/ledger", json=batch)
    async with await hub.signed_in(Role.AUDITOR, "do") as http:
        lines = (await http.get("/v1/ledger/export")).text.splitlines()
    # A head, the entries, one checkpoint.
    assert len(lines) == 1 + 42 + 1


async def test_the_command_line_exports_and_checks_while_the_hub_runs(
    hub: HubSite, tmp_path: Path
) -> None:
    async with await hub.signed_in(Role.OPERATOR) as http:
        await http.post("/v1/ledger", json={"client": "pc operator", "deeds": [deed(1)]})
    await hub.hub.ledger.checkpoint()
    file = tmp_path / "out.jsonl"

    def run(*words: str) -> commands.Outcome:
        given = arguments.parse(["ledger", *words])
        return commands.run(given, commands.config_of(given, {"GWANJE_HUB_DATA": str(tmp_path)}))

    key = run("key", "--data", str(tmp_path)).lines[0]
    assert key == hub.hub.ledger.key.text
    assert run("export", str(file), "--data", str(tmp_path)).good
    assert run("verify", str(file), "--key", key).good
    file.write_bytes(file.read_bytes().replace(b"C-1", b"C-2"))
    outcome = run("verify", str(file), "--key", key)
    assert not outcome.good
    assert outcome.lines[-1].startswith("NOT SOUND")


async def test_erasing_is_the_administrators_and_is_written_down(hub: HubSite) -> None:
    async with await hub.signed_in(Role.OPERATOR) as http:
        await http.post("/v1/ledger", json={"client": "pc operator", "deeds": [deed(1)]})
        own = (await http.get("/v1/session")).json()["account"]["id"]
        refused = await http.post("/v1/ledger/erase", json={"account": own})
        assert refused.status_code == 403
    async with await hub.signed_in(Role.ADMINISTRATOR, "do") as http:
        answer = await http.post("/v1/ledger/erase", json={"account": own})
        assert answer.json() == {"entries": 2}
        rows = (await http.get("/v1/ledger", params={"camera": "C-1"})).json()["rows"]
        assert rows[0]["person"] == {}
        newest = (await http.get("/v1/ledger", params={"limit": "1"})).json()["rows"]
        assert newest[0]["kind"] == "erasure"


async def test_nobody_writes_into_the_line_of_another_console(hub: HubSite) -> None:
    operator = await hub.signed_in(Role.OPERATOR)
    receiver = await hub.signed_in(Role.RECEIVER)
    async with operator, receiver:
        for http, client, by in (
            (receiver, "pc operator", ""),
            (receiver, "pc receiver", "somebody"),
            (operator, "pc operator", "somebody"),
        ):
            batch = {"client": client, "deeds": [deed(1, by=by)]}
            answer = await http.post("/v1/ledger", json=batch)
            assert answer.status_code == 403, (client, by)
        batch = {"client": "pc operator", "deeds": [deed(1)]}
        assert (await operator.post("/v1/ledger", json=batch)).json() == {"next_n": 2}


async def test_a_deed_that_makes_no_sense_is_refused_in_words(hub: HubSite) -> None:
    async with await hub.signed_in(Role.OPERATOR) as http:
        for wrong in (
            {"facts": {"파일": "x"}},
            {"facts": {"file": "x" * 2_000}},
            {"begun": "0001-01-01T00:00:00+09:00"},
            {"ended": "9999-12-31T23:59:59-09:00"},
        ):
            batch = {"client": "pc operator", "deeds": [deed(1, **wrong)]}
            answer = await http.post("/v1/ledger", json=batch)
            assert answer.status_code in {400, 422}, wrong
