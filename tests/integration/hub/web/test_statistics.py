"""What analytics got wrong: app.hub.services.statistics, app.hub.web.statistics_routes."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.account import Role
from app.hub.services import statistics
from app.hub.services.incident_json import stamp
from app.hub.web import statistics_routes
from app.wire.statistics import FalseAlarms
from tests.fakes.hub_site import WEBHOOK, cloud_event, incidents
from tests.fakes.web_hub import START, HubSite


async def seen(hub: HubSite, id_: str, camera: str, rule: str) -> None:
    """An event of analytics, through the door."""
    await hub.feed("vca")
    body = cloud_event(id_, {"camera": camera, "rule": rule}, "kr.gwanje.analytics.intrusion")
    await hub.hub.intake.accept("webhook", "vca", WEBHOOK, body)
    await hub.hub.intake.work_off()


async def cancel(hub: HubSite, http: Any, count: int) -> None:
    """The first so many were mistaken."""
    rows = await incidents(hub.hub)
    for number, row in enumerate(rows[:count], 1):
        act = {
            "cmd_id": f"0{number}000000-0000-4000-8000-000000000000", "client": "pc", "n": number,
            "type": "incident.cancel", "target": row.id, "base_ver": 1, "at": stamp(START),
            "args": {"reason": "오경보"},
        }  # fmt: skip
        answer = await http.post("/v1/commands", json={"commands": [act]})
        assert answer.status_code == 200, answer.text


async def told(http: Any, **where: Any) -> list[tuple[str, str, int, int]]:
    answer = await http.get("/v1/statistics/false-alarms", params=where)
    assert answer.status_code == 200, answer.text
    found = FalseAlarms.model_validate_json(answer.content)
    return [(row.camera, row.rule, row.events, row.false_alarms) for row in found.rows]


async def test_they_are_counted_by_camera_and_rule(hub: HubSite) -> None:
    for number, (camera, rule) in enumerate(
        [("C-1", "a"), ("C-1", "a"), ("C-1", "b"), ("C-2", "")]
    ):
        await seen(hub, f"e{number}", camera, rule)
    async with await hub.signed_in(Role.OPERATOR) as http:
        before = await told(http)
        assert {row[3] for row in before} == {0}
        await cancel(hub, http, 1)
        after = await told(http)
        assert after[0][3] == 1
        assert sum(row[3] for row in after) == 1
        assert sum(row[2] for row in after) == sum(row[2] for row in before)


@pytest.mark.parametrize(("role", "rows"), [(Role.AUDITOR, 1), (Role.RECEIVER, 0)])
async def test_only_what_one_may_see_is_counted(hub: HubSite, role: Role, rows: int) -> None:
    await seen(hub, "e1", "C-1", "a")
    async with await hub.signed_in(role) as http:
        answer = await http.get("/v1/statistics/false-alarms")
        found = answer.json().get("rows", []) if answer.status_code == 200 else []
        assert len(found) == rows


async def test_old_ones_are_left_out_and_nonsense_is_refused(hub: HubSite) -> None:
    await seen(hub, "e1", "C-1", "a")
    hub.clock.go(3 * 24 * 3600)
    async with await hub.signed_in(Role.AUDITOR) as http:
        assert len(await told(http, days=7)) == 1
        assert await told(http, days=2) == []
        assert (await http.get("/v1/statistics/false-alarms?days=0")).status_code == 422
    assert isinstance(hub.hub.statistics, statistics.Statistics)
    assert len(statistics_routes.router.routes) == 1
