"""Where patrol cars are, as senders tell it: app.formats.intake.units."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.intake import IntakeEvent, Kind
from app.domain.unit import UNIT, UnitKind, unit_kind
from app.formats.intake.units import UNIT_TYPE
from tests.unit.app.formats.intake.test_webhook import NOW, event, reason
from tests.unit.app.formats.intake.test_webhook import body as body_of

HERE = {"latitude": 35.83, "longitude": 128.53}


def unit(**data: Any) -> IntakeEvent:
    return event("unit.position", {"unit": "12", **HERE, **data})


def test_a_patrol_car_says_where_it_is() -> None:
    found = unit(kind="patrol_car", name="순12호", heading=90, speed="36.5")
    assert (found.type, found.kind, found.external) == (UNIT, Kind.POSITION, "12")
    assert found.facts == {
        "kind": "patrol_car", "name": "순12호", "heading": "90", "speed": "36.5",
    }  # fmt: skip
    assert (found.latitude, found.longitude) == (35.83, 128.53)
    assert UNIT_TYPE == "kr.gwanje.unit.position"


def test_what_is_not_known_is_left_out() -> None:
    found = unit(kind="tank", heading=361, speed="fast")
    assert found.facts == {"kind": "other", "name": "12"}
    assert unit_kind("ambulance") is UnitKind.AMBULANCE


@pytest.mark.parametrize("speed", ["nan", "inf", -1, 301, {"a": 1}])
def test_a_speed_that_is_none_is_left_out(speed: object) -> None:
    assert "speed" not in unit(speed=speed).facts


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({**HERE}, "unit is blank"),
        ({"unit": "12"}, "no position"),
        ({"unit": "12", "latitude": 0, "longitude": 0}, "no position"),
    ],
)
def test_one_that_is_nowhere_is_quarantined(data: dict[str, Any], said: str) -> None:
    assert said in reason(body_of("unit.position", data))


def test_a_geojson_point_is_a_place_too_and_a_future_time_is_none() -> None:
    data = {"unit": "12", "location": {"type": "Point", "coordinates": [128.53, 35.83]}}
    found = event("unit.position", data, time="2030-01-01T00:00:00Z")
    assert (found.latitude, found.occurred_at) == (35.83, None)
    assert NOW.year < 2030
