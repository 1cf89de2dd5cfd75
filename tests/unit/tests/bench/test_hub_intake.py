from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import islice

from app.domain.intake import IntakeEvent, Kind
from app.hub.services import doors
from app.hub.store.intake import Raw
from tests.bench.hub_intake import Run, as_table, plan_of
from tests.bench.intake_mix import messages, ten

NOW = int(datetime(2026, 11, 25, 4, 5, tzinfo=UTC).timestamp() * 1_000_000)


def test_the_plan_of_the_command_line() -> None:
    plan = plan_of(["--events", "300", "--seconds", "0"])
    assert (plan.events, plan.rate, plan.seconds, plan.address) == (300, 500, 0.0, "")


def test_every_message_is_understood_at_its_door() -> None:
    items = [
        item
        for n, one in enumerate(islice(messages(), 50))
        for item in doors.read(
            Raw(str(n), one.door, one.source, NOW, str(hash(one.body)), one.headers, one.body)
        )
    ]
    events = [item.content for item in items if isinstance(item.content, IntakeEvent)]
    assert len(events) == len(items) == 50
    assert Counter(event.kind for event in events) == {
        Kind.OCCURRED: 25, Kind.CHANGED: 5, Kind.POSITION: 10, Kind.RELEASED: 5, Kind.ENDED: 5,
    }  # fmt: skip
    assert not any(event.problems for event in events)
    # Only what was sent again has the key of another.
    assert len({item.key for item in items}) == 45


def test_ten_make_four_incidents_through_three_doors() -> None:
    assert sum(one.makes for one in ten(0)) == sum(one.makes for one in ten(1)) == 4
    assert {one.door for one in ten(0)} == {doors.WEBHOOK, doors.PLATFORM, doors.CAP}


def test_the_table_names_what_was_measured() -> None:
    run = Run("burst of 10", 10, 512.4, 1.25, 3, 0.5, 1.0, 2.0, 0.1, 0)
    head, _, line = as_table([run]).splitlines()
    assert head.split()[:3] == ["intake", "events", "a"]
    assert line.split()[-2:] == ["s", "0"]
    assert "1.25 ms" in line
