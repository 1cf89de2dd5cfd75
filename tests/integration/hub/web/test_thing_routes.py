"""Single cameras, points and addressees over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from app.domain.account import Role
from app.hub.store import queries
from app.hub.web import outbound_routes, thing_routes
from tests.fakes.hub_site import cloud_event
from tests.fakes.web_hub import HubSite

CAMERA = {
    "number": 7, "name": "네거리", "site": "gu", "azimuth": 90.0, "fov": 70.0, "ptz": True,
    "latitude": 35.82, "longitude": 128.53, "profiles": [{"name": "main"}, {"name": "sub"}],
    "presets": [{"number": 1, "name": "정문", "azimuth": 45.0}],
}  # fmt: skip
ACCESS = {"urls": {"main": "rtsp://10.0.0.1/main"}, "user": "viewer", "password": "p4ss w0rd"}
SECRET = "whsec_" + "QUJD" * 8


@pytest.fixture
async def admin(hub: HubSite) -> AsyncIterator[httpx2.AsyncClient]:
    async with await hub.signed_in(Role.ADMINISTRATOR, "do") as http:
        yield http


@pytest.fixture
async def top(hub: HubSite) -> AsyncIterator[httpx2.AsyncClient]:
    """The administrator of the whole installation."""
    async with await hub.signed_in(Role.ADMINISTRATOR, hub.hub.sites.top) as http:
        yield http


async def kept(hub: HubSite, kind: str, id_: str) -> dict[str, Any] | None:
    row = await hub.store.reader.read(lambda c: queries.get(c, kind, id_))
    return None if row is None or row.deleted else dict(row.d)


async def test_a_camera_is_made_changed_and_taken_away(
    hub: HubSite, admin: httpx2.AsyncClient
) -> None:
    where = "/v1/cameras/c1"
    assert (await admin.put(where, json=CAMERA | {"access": ACCESS})).status_code == 204
    d = await kept(hub, "camera", "c1")
    assert d is not None
    assert (d["id"], d["presets"][0]["azimuth"]) == ("c1", 45.0)
    assert "access" not in d
    async with await hub.signed_in(Role.OPERATOR) as operator:
        told = (await operator.post(f"{where}/access")).json()
        assert "p4ss w0rd" in str(told)
    assert (await admin.put(where, json=CAMERA | {"name": "새 이름"})).status_code == 204
    # Addresses and password were not given again, and stay.
    async with hub.client(await hub.token("operator")) as operator:
        assert "p4ss w0rd" in (await operator.post(f"{where}/access")).text
    assert (await admin.delete(where)).status_code == 204
    assert await kept(hub, "camera", "c1") is None
    assert (await admin.delete(where)).status_code == 403


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"site": "nowhere"}, 422, "site"),
        ({"number": "x"}, 422, "number"),
        ({"name": None}, 422, "name"),
        ({"access": {"urls": {"main": "file:///etc/passwd"}}}, 422, "main"),
    ],
)
async def test_a_camera_that_cannot_be(
    hub: HubSite, admin: httpx2.AsyncClient, changed: dict[str, Any], status: int, words: str
) -> None:
    answer = await admin.put("/v1/cameras/c1", json=CAMERA | changed)
    assert answer.status_code in {status, 400, 403}, answer.text
    assert "passwd" not in answer.text
    assert await kept(hub, "camera", "c1") is None


async def test_a_number_calls_one_camera_only(hub: HubSite, admin: httpx2.AsyncClient) -> None:
    assert (await admin.put("/v1/cameras/c1", json=CAMERA)).status_code == 204
    answer = await admin.put("/v1/cameras/c2", json=CAMERA)
    assert (answer.status_code, "another camera" in answer.text) == (400, True)
    assert (await admin.put("/v1/cameras/c1", json=CAMERA | {"name": "x"})).status_code == 204


async def test_who_is_no_administrator_changes_nothing(hub: HubSite) -> None:
    async with await hub.signed_in(Role.OPERATOR) as http:
        for path in ("/v1/cameras/c1", "/v1/points/p1", "/v1/outbound/x"):
            assert (await http.put(path, json=CAMERA)).status_code == 403
            assert (await http.delete(path)).status_code == 403


async def test_of_another_site_nothing_is_changed(hub: HubSite) -> None:
    async with await hub.signed_in(Role.ADMINISTRATOR, "dong") as http:
        assert (await http.put("/v1/cameras/c1", json=CAMERA)).status_code == 403


async def test_a_point_is_made_and_taken_away(hub: HubSite, admin: httpx2.AsyncClient) -> None:
    bell = {
        "kind": "bell",
        "name": "비상벨 0355",
        "site": "gu",
        "latitude": 35.8,
        "longitude": 128.5,
    }
    assert (await admin.put("/v1/points/b1", json=bell)).status_code == 204
    assert (await kept(hub, "point", "b1") or {})["name"] == "비상벨 0355"
    assert (await admin.delete("/v1/points/b1")).status_code == 204
    assert await kept(hub, "point", "b1") is None


async def test_addressees_are_set_up_listed_without_secrets_and_removed(
    top: httpx2.AsyncClient,
) -> None:
    admin = top
    route = {"kind": "webhook", "address": "https://police.example/in", "secret": SECRET}
    assert (await admin.put("/v1/outbound/station", json=route)).status_code == 204
    listed = await admin.get("/v1/outbound")
    assert [one["name"] for one in listed.json()["rows"]] == ["station"]
    assert SECRET not in listed.text
    again = {"kind": "webhook", "address": "https://police.example/new"}
    assert (await admin.put("/v1/outbound/station", json=again)).status_code == 204
    assert (await admin.put("/v1/outbound/other", json=again)).status_code == 400
    assert (await admin.delete("/v1/outbound/station")).status_code == 204
    assert (await admin.get("/v1/outbound")).json() == {"rows": []}
    assert (await admin.delete("/v1/outbound/station")).status_code == 403


async def test_a_part_of_the_installation_sends_nothing_out(admin: httpx2.AsyncClient) -> None:
    route = {"kind": "webhook", "address": "https://police.example/in", "secret": SECRET}
    assert (await admin.put("/v1/outbound/station", json=route)).status_code == 403
    assert (await admin.delete("/v1/outbound/station")).status_code == 403


async def test_what_became_of_each_notice(hub: HubSite, top: httpx2.AsyncClient) -> None:
    route = {"kind": "webhook", "address": "http://127.0.0.1:1/in", "secret": SECRET}
    await top.put("/v1/outbound/station", json=route)
    await hub.feed()
    body = cloud_event("1", {"bell": "7", "title": "비상벨"})
    await hub.hub.intake.accept(
        "webhook", "bells", {"Content-Type": "application/cloudevents+json"}, body
    )
    await hub.hub.intake.work_off()
    await hub.hub.outbound.work_off()
    async with await hub.signed_in(Role.OPERATOR) as http:
        lines = (await http.get("/v1/snapshot", params={"types": "incident"})).text.splitlines()
        incident = json.loads(lines[1])["id"]
        rows = (await http.get(f"/v1/incidents/{incident}/notices")).json()["rows"]
        assert (await http.get("/v1/incidents/none/notices")).status_code == 404
    assert [(one["to"], one["state"], one["attempts"]) for one in rows] == [
        ("station", "waiting", 1)
    ]
    assert rows[0]["last_error"]["en"]


def test_the_routes_have_names() -> None:
    assert thing_routes.router.routes
    assert outbound_routes.router.routes
