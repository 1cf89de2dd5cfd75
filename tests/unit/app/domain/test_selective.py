from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.camera import CameraId
from app.domain.incident_state import State
from app.domain.selective import MOST, TYPES, Seen, box_of, false_alarms, recent
from tests.fakes.incidents import NOON


def event(n: int, camera: str = "", **values: object) -> Seen:
    given: dict[str, object] = {
        "incident": f"i{n}", "type": "fall", "camera": CameraId(camera or f"c{n}"),
        "state": State.RECEIVED, "received_at": NOON + timedelta(seconds=n), "rule": "쓰러짐",
    }  # fmt: skip
    return Seen(**given | values)  # type: ignore[arg-type]


def test_the_newest_that_nobody_has_judged_one_for_each_camera() -> None:
    found = recent(
        [event(1), event(2, "c1"), event(3, state=State.ACKNOWLEDGED), event(4, type="anklet"),
         event(5)]
    )  # fmt: skip
    assert [one.incident for one in found] == ["i5", "i2"]
    assert len(recent([event(n) for n in range(30)])) == MOST
    assert "fall" in TYPES
    assert "anklet" not in TYPES


def test_false_alarms_are_counted_by_camera_and_rule() -> None:
    off = State.CANCELLED
    events = [event(1, "c1", state=off), event(2, "c1", state=off), event(3, "c1"),
              event(4, "c1", state=off, rule="배회")]  # fmt: skip
    assert false_alarms(events) == {("c1", "쓰러짐"): 2, ("c1", "배회"): 1}


@pytest.mark.parametrize(
    ("said", "box"),
    [
        ("0.25,0.5,0.1,0.2", (0.25, 0.5, 0.1, 0.2)),
        ("0.9,0.5,0.4,0.2", (0.9, 0.5, 0.1, 0.2)),
        ("0.1,0.2,0.3", None),
        ("a,b,c,d", None),
        ("2,0,0,0", None),
        (17, None),
        (None, None),
    ],
)
def test_a_box_is_a_part_of_the_picture_or_none(
    said: object, box: tuple[float, ...] | None
) -> None:
    found = box_of({"box": said})
    assert found == (pytest.approx(box) if box is not None else None)
