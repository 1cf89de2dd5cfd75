"""Steps, personal facts and telling others, as consoles send them."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.account import Role
from app.domain.incident_steps import How, ticks
from app.hub.hub import Hub
from app.hub.services.incident_json import row_of
from app.hub.services.notices import Route, RouteKind
from app.wire.commands import Outcome, Status
from app.wire.entities import IncidentRow
from tests.fakes.hub_site import Clock, Console, incidents
from tests.fakes.incidents import subject

BELL: dict[str, Any] = {"type": "emergency_bell", "title": "벨 17"}


@pytest.fixture
def console(hub: Hub, clock: Clock) -> Console:
    return Console(hub, clock)


async def test_steps_are_ticked_and_skipped_by_the_book(any_hub: Hub, clock: Clock) -> None:
    console = Console(any_hub, clock)
    await console.do("incident.create", "i1", **BELL)
    done = await console.do("incident.step", "i1", step="video", how="done")
    assert done.status is Status.APPLIED, done
    skipped = await console.do(
        "incident.step", "i1", step="officer", how="skipped", reason="필요 없음"
    )
    assert skipped.status is Status.APPLIED, skipped
    (one,) = await incidents(any_hub)
    row = IncidentRow.model_validate(row_of(one))
    found = ticks((line.kind, line.at, line.by, line.facts) for line in row.history)
    assert {key: tick.how for key, tick in found.items()} == {
        "video": How.DONE, "officer": How.SKIPPED,
    }  # fmt: skip
    assert found["officer"].reason == "필요 없음"


@pytest.mark.parametrize(
    "args",
    [
        {"step": "video", "how": "perhaps"},
        {"step": "none such", "how": "done"},
        {"step": "officer", "how": "skipped"},
        {"how": "done"},
    ],
)
async def test_a_wrong_step_is_refused_with_what_is_wrong(
    console: Console, args: dict[str, Any]
) -> None:
    await console.do("incident.create", "i1", **BELL)
    outcome: Outcome = await console.do("incident.step", "i1", 0, **args)
    assert outcome.status is Status.REFUSED
    assert outcome.reason is not None


async def test_whoever_looks_at_personal_facts_stands_in_the_history(
    console: Console, hub: Hub
) -> None:
    await console.do("incident.create", "i1", **BELL, person={"name": "홍길동"})
    assert (await console.do("incident.reveal", "i1")).status is Status.APPLIED
    (one,) = await incidents(hub)
    assert one.history[-1].kind == "reveal"
    row = IncidentRow.model_validate(row_of(one))
    assert row.personal == ("name",)
    assert row.facts["name"] == "홍길동"


async def test_nobody_looks_at_what_he_may_not_see_or_what_is_not_there(
    hub: Hub, clock: Clock
) -> None:
    console = Console(hub, clock)
    await console.do("incident.create", "i1", **BELL)
    assert (await console.do("incident.reveal", "i1")).status is Status.REFUSED
    auditor = Console(hub, clock, subject(Role.AUDITOR), "c2")
    assert (await auditor.do("incident.reveal", "i1")).status is Status.REFUSED


async def test_those_who_are_to_be_told_are_told_when_a_person_wants_it(
    console: Console, hub: Hub
) -> None:
    await console.do("incident.create", "i1", **BELL)
    assert (await console.do("incident.notify", "i1")).status is Status.REFUSED
    hub.notices.routes = (
        Route("119", RouteKind.WEBHOOK, "https://localhost:1/x", states=frozenset({91})),
        Route("다른 유형", RouteKind.WEBHOOK, "https://localhost:1/x", types=frozenset({"fall"})),
    )
    assert (await console.do("incident.notify", "i1")).status is Status.APPLIED
    (one,) = await incidents(hub)
    assert one.history[-1].kind == "notify"
    assert one.history[-1].words.en.endswith("119")
