from __future__ import annotations

from pathlib import Path

from app.services.hub_points import HubPoints
from tests.fakes.hub import PASSWORD, ModelHub
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import close, hub_session
from tests.fakes.hub_model import HubModel
from tests.fakes.waiting import until


def put_point(model: HubModel, id_: str, kind: str = "bell", **values: object) -> None:
    given: dict[str, object] = {
        "id": id_, "kind": kind, "name": f"벨 {id_}", "site": "site-1",
        "latitude": 35.8, "longitude": 128.5,
    }  # fmt: skip
    model.put("point", id_, **given | values)


async def test_points_come_by_kind_follow_what_changes_and_go_with_the_session(
    tmp_path: Path,
) -> None:
    model = HubModel()
    put_point(model, "p1")
    put_point(model, "p2", "police_box", address="월배로 1")
    put_point(model, "p3", latitude=None)
    session = await hub_session(ModelHub(model), tmp_path, hand_clock())
    parts = session.parts
    points = HubPoints(parts.store, parts.rows, lambda: parts.sign_ins.now is not None)
    told: list[None] = []
    both = {"bell": 1, "police_box": 1}
    points.changed.connect(told.append)
    await session.start()
    assert points.all() == {}
    await session.sign_in("anna", PASSWORD)
    await until(lambda: {k: len(v) for k, v in points.all().items()} == both)
    assert points.all()["police_box"][0].address == "월배로 1"
    put_point(model, "p4")
    await until(lambda: len(points.all()["bell"]) == 2)
    await session.sign_out()
    await until(lambda: points.all() == {})
    assert len(told) >= 3
    await points.close()
    await close(session)
