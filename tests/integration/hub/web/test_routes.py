"""Routes beside signing in: each answer, each refusal, in words."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from app.domain.account import Role
from app.formats.intake import signature
from app.hub.services.registry_rows import CameraSecret
from app.hub.web import (
    account_routes,
    down_routes,
    errors,
    health_routes,
    intake_routes,
    registry_routes,
    session_routes,
    up_routes,
)
from app.hub.web.limits import limit_of
from app.wire.entities import CameraRow
from tests.fakes.web_hub import HubSite, put, put_many


def camera(id_: str, site: str = "gu") -> dict[str, Any]:
    return {"id": id_, "number": 1, "name": f"카메라 {id_}", "site": site}


# The first line of the national list, and one camera of it.
LIST = (
    "관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,"
    "보관일수,설치년월,관리기관전화번호,WGS84위도,WGS84경도,데이터기준일자\n"
    "구청,중앙로 1,중앙동 1,생활방범,1,200,360도,30,2020-01,02-120,37.5,127.0,2026-01-01\n"
).encode()
TYPE = "emergency_video"


async def camera_at(hub: HubSite) -> None:
    """A camera with an address and a password, put by an administrator."""
    await hub.account(Role.ADMINISTRATOR, username="keeper")
    keeper = await hub.services.sessions.signed(await hub.token("keeper"))
    secret = CameraSecret({"main": "rtsp://192.0.2.1/main"}, "viewer", "camera password")
    row = CameraRow.model_validate(camera("c1"))
    await hub.hub.registry.put_cameras(keeper.subject, [row], {"c1": secret})


async def act(http: Any, n: int, type_: str, target: str, **args: Any) -> Any:
    command = {
        "cmd_id": f"act {n}", "client": "pc operator", "n": n, "type": type_, "target": target,
        "at": "2026-11-25T04:00:00Z", "args": args,
    }  # fmt: skip
    answer = await http.post("/v1/commands", json={"commands": [command]})
    assert answer.status_code == 200, answer.text
    outcome = answer.json()["outcomes"][0]
    assert outcome["status"] == "applied", outcome
    return outcome


def rows_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


async def test_a_snapshot_holds_what_may_be_seen_hot_kinds_first(hub: HubSite) -> None:
    ids = [f"c{n:04}" for n in range(1_200)]
    await put_many(hub.store, {i: camera(i, "dong" if i == ids[0] else "gu") for i in ids})
    http = await hub.signed_in(Role.OPERATOR)
    await act(http, 1, "incident.create", "i1", type=TYPE)
    answer = await http.get("/v1/snapshot", headers={"Accept-Encoding": "gzip"})
    lines = rows_of(answer.text)
    assert answer.headers["content-encoding"] == "gzip"
    assert lines[0]["snap_seq"] == hub.store.tail.head
    assert [line["t"] for line in lines[1:3]] == ["incident", "site"]
    assert lines[-1]["count"] == len(lines) - 2
    seen = {line["id"] for line in lines if line.get("t") == "camera"}
    rest = rows_of((await http.get("/v1/snapshot", params={"after": lines[-1]["after"]})).text)
    assert rest[-1]["after"] is None
    others = {line["id"] for line in rest if line.get("t") == "camera"}
    assert not seen & others
    assert len(seen | others) == 1_199
    assert len(others) == rest[-1]["count"] - 1, "the console itself is the last one"
    await http.aclose()


async def test_a_snapshot_without_gzip_and_of_one_kind(hub: HubSite) -> None:
    http = await hub.signed_in(Role.OPERATOR)
    answer = await http.get(
        "/v1/snapshot", params={"types": "site"}, headers={"Accept-Encoding": "identity"}
    )
    assert "content-encoding" not in answer.headers
    assert [line.get("t") for line in rows_of(answer.text)] == [None, "site", None]
    assert (await http.get("/v1/snapshot", params={"types": "secret"})).status_code == 400
    assert (await http.get("/v1/snapshot", params={"after": "nowhere"})).status_code == 400
    await http.aclose()


async def test_changes_tell_the_same_as_the_stream(hub: HubSite) -> None:
    http = await hub.signed_in(Role.OPERATOR)
    place = f"{hub.services.epoch}:{hub.store.tail.head}"
    first = hub.store.tail.head
    await put(hub.store, "camera", "c1", camera("c1"))
    await put(hub.store, "camera", "d1", camera("d1", "dong"))
    seq = await put(hub.store, "camera", "c1", camera("c1"))
    told = (await http.get("/v1/changes", params={"since": place})).json()
    assert [(f["seq"], f["prev"], f["ver"]) for f in told["frames"]] == [
        (first + 1, first, 1),
        (seq, first + 1, 2),
    ]
    assert told["head"] == seq
    none = await http.get("/v1/changes", params={"since": f"{told['epoch']}:{seq}", "wait": 0})
    assert none.json()["frames"] == []
    await http.aclose()


async def test_what_leaves_ones_sight_is_deleted(hub: HubSite) -> None:
    http = await hub.signed_in(Role.OPERATOR)
    place = f"{hub.services.epoch}:{hub.store.tail.head}"
    await put(hub.store, "camera", "c1", camera("c1"))
    await put(hub.store, "camera", "c1", camera("c1", "dong"))
    await put(hub.store, "camera", "d1", camera("d1", "dong"))
    await hub.store.writer.do(lambda tx: tx.delete("camera", "d1"))
    frames = (await http.get("/v1/changes", params={"since": place})).json()["frames"]
    assert [(f["id"], f["op"], f["d"]) for f in frames] == [
        ("c1", "put", camera("c1")),
        ("c1", "del", {}),
    ]
    await http.aclose()


@pytest.mark.parametrize("since", ["other:1", "{epoch}:999999", "{epoch}:x", "nothing"])
async def test_a_place_that_is_not_there_needs_a_snapshot(hub: HubSite, since: str) -> None:
    http = await hub.signed_in(Role.OPERATOR)
    place = since.format(epoch=hub.services.epoch)
    for path in ("/v1/changes", "/v1/stream"):
        answer = await http.get(path, params={"since": place})
        assert (answer.status_code, answer.json()["code"]) == (410, "resync")
    await http.aclose()


async def test_acts_and_camera_states_go_down(hub: HubSite) -> None:
    http = await hub.signed_in(Role.OPERATOR)
    first = await act(http, 1, "incident.create", "i1", type=TYPE)
    assert await act(http, 1, "incident.create", "i1", type=TYPE) == first
    await camera_at(hub)
    row = {"id": "c1", "state": "live", "since": "2026-11-25T04:00:00Z"}
    assert (await http.post("/v1/camera-status", json={"rows": [row]})).status_code == 204
    assert await hub.hub.statuses.flush() == 1
    access = await http.post("/v1/cameras/c1/access")
    assert access.json()["profiles"] == [{"name": "main", "url": "rtsp://192.0.2.1/main"}]
    assert access.json()["password"] == "camera password"
    assert access.headers["cache-control"] == "no-store"
    snapshot = (await http.get("/v1/snapshot")).text
    assert "192.0.2.1" not in snapshot
    assert "camera password" not in snapshot
    await http.aclose()


async def test_sites_are_listed_and_put(hub: HubSite) -> None:
    http = await hub.signed_in(Role.ADMINISTRATOR)
    assert [row["id"] for row in (await http.get("/v1/sites")).json()["rows"]] == ["gu"]
    row = {"id": "p", "name": "경찰서", "kind": "police", "parent": "gu"}
    assert (await http.put("/v1/sites", json={"rows": [row]})).status_code == 204
    assert {r["id"] for r in (await http.get("/v1/sites")).json()["rows"]} == {"gu", "p"}
    await http.aclose()


async def test_imports_go_to_ones_own_sites(hub: HubSite) -> None:
    http = await hub.signed_in(Role.ADMINISTRATOR)
    ask = {"site": "gu", "name": "cctv.csv"}
    assert (await http.post("/v1/import", params=ask, content=LIST)).json()["taken"] == 1
    ask["site"] = "dong"
    assert (await http.post("/v1/import", params=ask, content=LIST)).status_code == 403
    await http.aclose()


async def test_an_attachment_is_kept_once_and_only_for_those_who_may_see(hub: HubSite) -> None:
    http = await hub.signed_in(Role.OPERATOR)
    await act(http, 1, "incident.create", "i1", type=TYPE)
    path, jpeg = "/v1/incidents/i1/attachments/a1", {"Content-Type": "image/jpeg"}
    for status in (201, 200):
        answer = await http.put(path, params={"name": "사진 1.jpg"}, content=b"x", headers=jpeg)
        assert answer.status_code == status
    assert (await http.put(path, content=b"y", headers=jpeg)).status_code == 403
    page = await http.put(f"{path}2", content=b"y", headers={"Content-Type": "text/html"})
    assert page.status_code == 400
    got = await http.get(path)
    assert (got.content, got.headers["content-type"]) == (b"x", "image/jpeg")
    assert (await http.get(f"{path}9")).status_code == 403
    other = await hub.signed_in(Role.SUPERVISOR, "dong")
    assert (await other.get(path)).status_code == 404
    assert (await other.put(path, content=b"y", headers=jpeg)).status_code == 404
    entity = await hub.store.reader.read(_count)
    assert entity == 1
    await http.aclose()
    await other.aclose()


def _count(connection: Any) -> int:
    from app.hub.store import queries

    found = queries.get(connection, "incident", "i1")
    assert found is not None
    return int(found.d["attachments"])


async def deliver(hub: HubSite, secret: str, body: bytes, name: str = "bells", **more: Any) -> Any:
    at = hub.clock.now() + more.get("skew", timedelta())
    headers = signature.sign(more.get("id", "d1"), at, body, signature.secret(secret))
    async with hub.client() as http:
        path = f"/v1/intake/{more.get('door', 'webhook')}"
        return await http.post(
            path, params={"feed": name}, content=more.get("sent", body), headers=headers
        )


async def test_a_signed_delivery_is_kept_once(hub: HubSite) -> None:
    secret = await hub.feed()
    first = await deliver(hub, secret, b"{}")
    assert first.status_code == 202
    again = await deliver(hub, secret, b"{}")
    assert again.json() == first.json()
    waiting = await hub.waiting()
    assert [(raw.id, raw.source, raw.body) for raw in waiting] == [
        (first.json()["id"], "bells", b"{}")
    ]
    assert "webhook-signature" not in waiting[0].headers


@pytest.mark.parametrize(
    "more",
    [
        {"sent": b"[]"},
        {"skew": timedelta(minutes=6)},
        {"skew": timedelta(minutes=-6)},
        {"name": "nobody"},
        {"door": "cap"},
    ],
)
async def test_a_wrong_signature_leaves_nothing(hub: HubSite, more: dict[str, Any]) -> None:
    secret = await hub.feed()
    answer = await deliver(hub, secret, b"{}", **more)
    assert (answer.status_code, answer.json()["code"]) == (401, "bad-signature")
    assert await hub.waiting() == []


async def test_a_new_secret_ends_the_former_one(hub: HubSite) -> None:
    http = await hub.signed_in(Role.ADMINISTRATOR)
    former = await hub.feed()
    given = {"kind": "webhook", "site": "gu"}
    secret = (await http.put("/v1/feeds/bells", json=given)).json()["secret"]
    assert (await deliver(hub, former, b"{}")).status_code == 401
    assert (await deliver(hub, secret, b"{}")).status_code == 202
    assert (await http.put("/v1/feeds/bells", json=given | {"kind": "x"})).status_code == 400
    assert secret not in (await http.get("/v1/feeds")).text
    await http.aclose()


async def test_quarantine_tells_the_reason_and_not_the_body(hub: HubSite) -> None:
    from app.domain.text import Text
    from app.hub.store import intake
    from app.hub.store.intake import Verdict

    secret = await hub.feed()
    id_ = (await deliver(hub, secret, b"secret body")).json()["id"]
    verdict = Verdict(id_, reason=Text("왜", "why"))
    await hub.store.writer.do(lambda tx: intake.settle(tx, [verdict]))
    http = await hub.signed_in(Role.AUDITOR)
    rows = (await http.get("/v1/quarantine")).json()["rows"]
    assert (rows[0]["id"], rows[0]["reason"]["en"]) == (id_, "why")
    assert "secret" not in str(rows)
    assert (await http.post(f"/v1/quarantine/{id_}/retry")).status_code == 202
    assert len(await hub.waiting()) == 1
    await http.aclose()


async def test_too_large_a_body_is_refused_before_anybody_reads_it(hub: HubSite) -> None:
    async with hub.client() as http:
        big = await http.post("/v1/intake/webhook", content=b"x" * (2**20 + 1))

        async def parts() -> Any:
            for _ in range(20):
                yield b"x" * 2**16

        streamed = await http.post("/v1/session", content=parts())
    for answer in (big, streamed):
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert limit_of("/v1/import") > limit_of("/v1/incidents/i/attachments/a") > limit_of("/x")


async def test_malformed_is_told_without_what_was_said(hub: HubSite) -> None:
    async with hub.client() as http:
        answer = await http.post("/v1/session", json={"username": "kim", "password": ["geheim"]})
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
        assert "geheim" not in answer.text
        assert "body.password" in answer.json()["words"]["en"]
        assert (await http.get("/v2")).json()["code"] == "not-found"
        assert (await http.patch("/v1/session")).json()["code"] == "method-not-allowed"


async def test_a_bug_says_nothing_of_itself(hub: HubSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        message = "rtsp://admin:geheim@192.0.2.1"
        raise ValueError(message)

    http = await hub.signed_in(Role.OPERATOR)
    monkeypatch.setattr(hub.hub.accesses, "of", broken)
    answer = await http.post("/v1/cameras/c1/access")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "geheim" not in answer.text
    await http.aclose()


async def test_health_and_figures(hub: HubSite) -> None:
    async with hub.client() as stranger:
        assert (await stranger.get("/healthz")).json() == {"ok": True}
        api = (await stranger.get("/openapi.json")).json()
    assert "/v1/stream" in api["paths"]
    http = await hub.signed_in(Role.AUDITOR)
    text = (await http.get("/metrics")).text
    assert f"gwanje_hub_head {float(hub.store.tail.head)}" in text
    await http.aclose()


def test_each_part_has_its_routes() -> None:
    parts = (
        account_routes, down_routes, health_routes, intake_routes, registry_routes,
        session_routes, up_routes,
    )  # fmt: skip
    paths = {route.path for part in parts for route in part.router.routes if hasattr(route, "path")}
    assert len(paths) >= 20
    assert errors.problem_of(errors.not_found()).status == 404


async def test_a_part_that_has_stopped_by_itself_is_told(hub: HubSite) -> None:
    async with hub.client() as stranger:
        await hub.hub.rounds.start()
        assert (await stranger.get("/healthz")).status_code == 200
        task = hub.hub.rounds._task
        assert task is not None
        task.cancel()
        await asyncio.wait([task])
        answer = await stranger.get("/healthz")
        assert (answer.status_code, answer.json()["stopped"]) == (503, ["rounds"])
        await hub.hub.rounds.stop()
