"""From a signed delivery to the screens of those who may see it, and of nobody else."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from app.domain.account import Role
from app.formats.intake import signature
from tests.fakes.web_hub import HubSite

BELL = {
    "specversion": "1.0",
    "id": "bell-1",
    "source": "bells",
    "type": "kr.gwanje.bell.pressed",
    "data": {"bell": "17", "place": "중앙로 1", "latitude": 37.5, "longitude": 127.0},
}


async def until_frames(http: Any, place: str) -> list[dict[str, Any]]:
    answer = await http.get("/v1/changes", params={"since": place, "wait": 5})
    frames: list[dict[str, Any]] = answer.json()["frames"]
    return frames


async def test_a_bell_becomes_one_incident_for_those_in_charge(hub: HubSite) -> None:
    desk = await hub.signed_in(Role.OPERATOR, "gu")
    stranger = await hub.signed_in(Role.AUDITOR, "dong")
    secret = signature.secret(await hub.feed("bells"))
    place = f"{hub.services.epoch}:{hub.store.tail.head}"
    body = json.dumps(BELL).encode()
    await hub.hub.start()
    async with hub.client() as http:
        for delivery in ("d1", "d2"):
            headers = signature.sign(delivery, hub.clock.now(), body, secret)
            headers["Content-Type"] = "application/cloudevents+json"
            answer = await http.post("/v1/intake/webhook?feed=bells", content=body, headers=headers)
            assert answer.status_code == 202
    await hub.hub.intake.work_off()
    assert await hub.quarantined() == []
    async with asyncio.timeout(5):
        frames = await until_frames(desk, place)
    incidents = [frame for frame in frames if frame["t"] == "incident"]
    assert len({frame["id"] for frame in incidents}) == 1
    assert incidents[0]["d"]["number"].startswith("20261125-")
    unseen = (await stranger.get("/v1/changes", params={"since": place})).json()["frames"]
    assert [frame for frame in unseen if frame["t"] == "incident"] == []
    await desk.aclose()
    await stranger.aclose()
