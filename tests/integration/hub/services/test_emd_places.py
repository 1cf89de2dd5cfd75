"""Positions and addresses to the emd they lie in, by the boundaries that are shipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.text import Language
from app.hub.hub import Hub
from app.hub.services.emd_places import EmdPlaces
from tests.fakes.hub_site import administrator, cloud_event, incidents, tell
from tests.fakes.incidents import incident

SANGIN = "2729011500"  # 달서구 상인동


@pytest.fixture(scope="module")
def places() -> EmdPlaces:
    return EmdPlaces()


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (35.8189, 128.5376, SANGIN),
        (36.4800, 127.2890, "3611010900"),  # 세종 has no district
        (35.0, 130.5, ""),  # the sea
        (48.85, 2.35, ""),
    ],
)
def test_a_position_has_its_emd(
    places: EmdPlaces, latitude: float, longitude: float, code: str
) -> None:
    assert places.code_at(latitude, longitude)[:5] == code[:5]
    if code == SANGIN:
        assert places.code_at(latitude, longitude) == code


def test_every_emd_is_found_at_its_own_point(places: EmdPlaces) -> None:
    address = "대구광역시 달서구 월배로 223 (상인동)"
    placed = places.table.find(address)
    assert placed is not None
    assert (placed.code, placed.exact) == (SANGIN, True)
    assert places.code_at(placed.latitude, placed.longitude) == SANGIN


async def test_an_event_with_an_address_only_is_placed_at_its_emd(hub: Hub) -> None:
    await tell(hub, cloud_event("1", {"bell": "0355", "place": "대구광역시 달서구 상인동 1502-3"}))
    (one,) = await incidents(hub)
    assert one.approximate
    assert one.emd_code == SANGIN
    assert hub.emds.code_at(one.latitude or 0.0, one.longitude or 0.0) == SANGIN


async def test_an_event_with_a_position_gets_the_emd_that_decides_who_is_in_charge(
    hub: Hub,
) -> None:
    await tell(hub, cloud_event("1", {"bell": "0355", "latitude": 35.8189, "longitude": 128.5376}))
    (one,) = await incidents(hub)
    assert (one.approximate, one.emd_code) == (False, SANGIN)


def test_what_moves_changes_its_emd_unless_it_was_named(
    places: EmdPlaces,
) -> None:
    there = incident(latitude=35.8189, longitude=128.5376, emd_code=SANGIN)
    moved = replace(there, latitude=35.8506, longitude=128.5379)
    assert places.settled(there, moved).emd_code not in {SANGIN, ""}
    assert places.settled(there, replace(there, title="x")).emd_code == SANGIN
    named = replace(moved, emd_code="2729010100")
    assert places.settled(there, named).emd_code == "2729010100"


async def test_a_list_with_addresses_only_is_put_on_the_map(hub: Hub) -> None:
    head = "관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,위도,경도"
    row = "대구광역시 달서구청,,대구광역시 달서구 상인동 1502-3,생활방범,1,,"
    report = await hub.registry.import_file(
        administrator(hub), "list.csv", f"{head}\n{row}\n".encode(), hub.sites.top
    )
    assert "읍면동" in report.table(Language.KO)
