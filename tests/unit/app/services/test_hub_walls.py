from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain import wall as rule
from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW, WallId, empty_wall
from app.formats.wall_json import UNREADABLE, wall_of, wall_value
from app.services.hub_session import HubSession
from app.services.hub_walls import HubWalls, Shown, as_own
from app.services.walls import Walls
from app.wire.stream import Frame, Op
from tests.fakes.hub import PASSWORD, ModelHub
from tests.fakes.hub_console import hand_clock, new_id
from tests.fakes.hub_desk_site import close, hub_session
from tests.fakes.hub_model import HubModel
from tests.fakes.store import MemoryStore
from tests.fakes.waiting import until

WALL = rule.fill(empty_wall(WallId("w"), name="야간"), [CameraId("c1"), CameraId("c2")])


@pytest.fixture
def hub() -> ModelHub:
    model = HubModel()
    model.put("wall", "w1", id="w1", name="야간", site="s", owner=None, wall=wall_value(WALL))
    model.put("wall", "w2", id="w2", name="주간", site="s", owner="anna", wall=wall_value(WALL))
    model.put("wall", "w3", id="w3", name="?", site="s", owner=None, wall={"tiles": 1})
    model.put("console", "other", id="other", name="이관제", workstation="PC-2")
    return ModelHub(model)


@pytest.fixture
async def session(hub: ModelHub, tmp_path: Path) -> AsyncIterator[HubSession]:
    made = await hub_session(hub, tmp_path, hand_clock())
    await made.start()
    await made.sign_in("anna", PASSWORD)
    await until(lambda: len(made.parts.rows.all("wall")) == 3)
    hub.down = True
    yield made
    await close(made)


@pytest.fixture
async def walls() -> AsyncIterator[Walls]:
    made = Walls(MemoryStore())
    yield made
    await made.stop()


@pytest.fixture
def hub_walls(session: HubSession, walls: Walls) -> HubWalls:
    return HubWalls(session.parts.rows, session.parts.outbox, walls, new_id)


def told(hub_walls: HubWalls, id_: str, **d: object) -> None:
    hub_walls._heard([Frame(seq=9, prev=8, t="console", id=id_, ver=0, op=Op.EVT, d=dict(d))])


async def test_walls_of_the_hub_can_be_seen_and_opened(hub_walls: HubWalls) -> None:
    found = hub_walls.all()
    assert [(wall.name, wall.shared) for wall in found] == [("야간", True), ("주간", False)]
    assert as_own(found[0]).tiles == WALL.tiles
    assert [other.words for other in hub_walls.consoles()] == ["이관제 · PC-2"]


async def test_a_shared_wall_is_saved_over_the_version_that_was_seen(hub_walls: HubWalls) -> None:
    act = await hub_walls.save(WALL, "야간", hub_walls.all()[0])
    assert (act.type, act.target, act.base_ver) == ("wall.save", "w1", 1)
    assert act.args["shared"] is True
    new = await hub_walls.save(WALL, " 아침 ")
    assert (new.base_ver, new.args["name"]) == (0, "아침")
    assert wall_of(new.args["wall"]) == WALL  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        await hub_walls.save(WALL, " ")


async def test_what_was_sent_can_be_taken_back(hub_walls: HubWalls, session: HubSession) -> None:
    sent = await hub_walls.send(WALL, "other")
    assert hub_walls.sent == 1
    assert await hub_walls.take_back() == 1
    back = session.parts.outbox.acts()[-1]
    assert (back.type, back.target) == ("wall.take_back", "other")
    assert back.args == {"sent": sent.cmd_id}
    assert await hub_walls.take_back() == 0


async def test_a_wall_of_another_is_shown_with_his_name_until_one_goes_back(
    hub_walls: HubWalls, session: HubSession, walls: Walls
) -> None:
    shown: list[Shown | None] = []
    hub_walls.shown.connect(shown.append)
    client = session.parts.outbox.client
    value = wall_value(WALL)
    told(hub_walls, "another console", event="wall", wall=value)
    told(hub_walls, client, event="wall", wall={})
    assert shown == []
    told(hub_walls, client, event="wall", by="이관제", name="야간", sent="s1", wall=value)
    assert walls.wall(MAIN_WINDOW).tiles == WALL.tiles
    assert hub_walls.here == Shown("이관제", "야간", "s1")
    hub_walls.dismiss()
    assert not walls.covered(MAIN_WINDOW)
    assert shown == [Shown("이관제", "야간", "s1"), None]


async def test_the_sender_takes_it_back_and_a_change_makes_it_one_s_own(
    hub_walls: HubWalls, session: HubSession, walls: Walls
) -> None:
    client, value = session.parts.outbox.client, wall_value(WALL)
    told(hub_walls, client, event="wall", by="이", sent="s1", wall=value)
    told(hub_walls, client, event="take_back", sent="other")
    assert walls.covered(MAIN_WINDOW)
    told(hub_walls, client, event="take_back", sent="s1")
    assert hub_walls.here is None
    told(hub_walls, client, event="wall", by="이", sent="s2", wall=value)
    walls.apply(MAIN_WINDOW, rule.clear(walls.wall(MAIN_WINDOW), 0), Text("비우기", "clear"))
    assert hub_walls.here is None


def test_a_wall_that_is_none_is_not_read() -> None:
    with pytest.raises(UNREADABLE):
        wall_of({"id": "w", "name": "n", "layout": {}, "tiles": []})


async def test_a_wall_is_deleted_over_the_version_that_was_seen(hub_walls: HubWalls) -> None:
    act = await hub_walls.delete(hub_walls.all()[0])
    assert (act.type, act.target, act.base_ver) == ("wall.delete", "w1", 1)


async def test_a_camera_is_shown_elsewhere_as_a_wall_of_one_tile(hub_walls: HubWalls) -> None:
    act = await hub_walls.send_camera(CameraId("c9"), "1021  네거리", "other")
    sent = wall_of(act.args["wall"])  # type: ignore[arg-type]
    assert (sent.layout.name, rule.cameras(sent)) == ("1", ("c9",))
    assert (act.target, act.args["name"]) == ("other", "1021  네거리")
    assert hub_walls.sent == 1
