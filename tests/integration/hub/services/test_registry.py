"""Cameras, points and sites: app.hub.services.registry, .registry_rows, .keyring, .sites."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from app.domain.account import Role, Subject
from app.domain.errors import BadInput, Failure, Refused, Unavailable
from app.domain.site import SiteId, SiteKind
from app.hub.hub import Hub
from app.hub.services import registry, registry_rows, sites
from app.hub.services.keyring import Keyring
from app.hub.services.registry_rows import CameraSecret
from app.hub.store import queries
from app.hub.store.rows import Entity
from app.wire import access
from app.wire.entities import PointRow, SiteRow
from tests.fakes.hub_site import Clock, a_hub, administrator, camera
from tests.fakes.incidents import DALSEO, subject

HEAD = (
    "관리번호,관리기관명,소재지도로명주소,설치목적구분,카메라대수,위도,경도,main_url,"
    "개방자치단체코드"
)
URL = "rtsp://admin:s3cret@10.0.0.1/main"


def cameras(count: int, changed: int = -1) -> bytes:
    rows = [HEAD]
    for n in range(count):
        purpose = "교통단속" if n == changed else "생활방범"
        place = f"{35.8 + n / 10_000:.5f},{128.5 + n / 10_000:.5f}"
        rows.append(f"D-{n},달서구,대구 달서구 월성로 {n},{purpose},1,{place},{URL},3470000")
    return "\r\n".join(rows).encode("cp949")


async def rows(hub: Hub, kind: str) -> list[Entity]:
    return await hub.reader.read(lambda c: queries.of_kind(c, kind))


async def test_a_list_is_taken_and_a_later_one_changes_only_what_differs(any_hub: Hub) -> None:
    who = administrator(any_hub)
    report = await any_hub.registry.import_file(who, "a.csv", cameras(200), DALSEO)
    assert (report.rows, report.taken) == (200, 200)
    found = await rows(any_hub, registry.CAMERA)
    assert len(found) == 200
    assert {row.d["site"] for row in found} == {DALSEO}
    assert len({row.d["number"] for row in found}) == 200
    head = any_hub.tail.head
    await any_hub.registry.import_file(who, "a.csv", cameras(200), DALSEO)
    assert any_hub.tail.head == head
    await any_hub.registry.import_file(who, "a.csv", cameras(201, changed=7), DALSEO)
    assert any_hub.tail.head == head + 2


async def test_a_list_takes_no_camera_away_from_another_site(hub: Hub) -> None:
    await hub.sites.put([SiteRow(id="other", name="다른 구", kind="centre", parent=hub.sites.top)])
    who = administrator(hub)
    await hub.registry.put_cameras(who, [camera("D-1", site="other")])
    here = subject(Role.ADMINISTRATOR)
    report = await hub.registry.import_file(here, "a.csv", cameras(3), DALSEO)
    assert (report.rows, report.taken, report.skipped) == (3, 2, 1)
    sites_kept = {row.id: row.d["site"] for row in await rows(hub, registry.CAMERA)}
    assert sites_kept == {"D-0": DALSEO, "D-1": "other", "D-2": DALSEO}


async def test_addresses_leave_only_by_the_call_that_asks_for_them(hub: Hub) -> None:
    who = administrator(hub)
    await hub.registry.import_file(who, "a.csv", cameras(1), DALSEO)
    (row,) = await rows(hub, registry.CAMERA)
    assert "s3cret" not in json.dumps(row.d)
    assert [profile["name"] for profile in row.d["profiles"]] == ["main"]
    given = await hub.registry.access(subject(), "D-0")
    assert access.with_secrets(given)["profiles"] == [{"name": "main", "url": URL}]
    assert "s3cret" not in repr(given)
    assert "s3cret" not in repr(CameraSecret({"main": URL}, "a", "s3cret"))
    database = Path(hub.settings.database)
    files = [database, database.with_name(database.name + "-wal")]
    assert not any(b"s3cret" in file.read_bytes() for file in files if file.exists())
    for stranger in (subject(site=SiteId("elsewhere")), subject(Role.AUDITOR)):
        with pytest.raises(Refused):
            await hub.registry.access(stranger, "D-0")
    with pytest.raises(Refused):
        await hub.registry.access(subject(), "no such camera")


async def test_cameras_and_points_are_put_and_taken_away(hub: Hub) -> None:
    who = administrator(hub)
    secret = {"C-1": CameraSecret({"main": "rtsp://10.0.0.1/"}, "u", "p")}
    assert await hub.registry.put_cameras(who, [camera()], secret) == 1
    assert await hub.registry.put_cameras(who, [camera()]) == 0
    given = access.with_secrets(await hub.registry.access(subject(), "C-1"))
    assert given["profiles"] == [{"name": "main", "url": "rtsp://10.0.0.1/"}]
    assert (given["username"], given["password"]) == ("u", "p")
    relayed = camera(media="relay")
    await hub.registry.put_cameras(who, [relayed])
    with pytest.raises(Refused):
        await hub.registry.access(subject(), "C-1")
    point = PointRow(id="b1", kind="bell", name="벨", site=DALSEO)
    assert await hub.registry.put_points(who, [point]) == 1
    for kind, id_ in ((registry.CAMERA, "C-1"), (registry.POINT, "b1")):
        with pytest.raises(Refused):
            await hub.registry.remove(subject(), kind, id_)
        await hub.registry.remove(who, kind, id_)
        assert await rows(hub, kind) == []
    with pytest.raises(Refused):
        await hub.registry.put_cameras(subject(), [camera()])


async def test_bodies_of_a_list_become_sites_below_the_one_it_was_given_for(hub: Hub) -> None:
    who = administrator(hub)
    data = cameras(2).replace("달서구,대구".encode("cp949"), "수성구,대구".encode("cp949"))
    await hub.registry.import_file(who, "a.csv", data, hub.sites.top)
    ((site,),) = [{row.d["site"] for row in await rows(hub, registry.CAMERA)}]
    made = hub.sites.get(SiteId(site))
    assert "수성구" in made.name
    assert made.parent == hub.sites.top
    with pytest.raises(Refused):
        await hub.registry.import_file(subject(), "a.csv", data, DALSEO)
    with pytest.raises(BadInput):
        await hub.registry.import_file(who, "a.csv", b"a,b\r\n1,2", DALSEO)
    with pytest.raises(BadInput):
        await hub.registry.import_file(who, "a.json", b"{}", DALSEO)


async def test_the_tree_of_sites_has_no_circle_and_no_loose_ends(hub: Hub) -> None:
    who = administrator(hub)
    rows_kept = await rows(hub, sites.KIND)
    assert {row.id for row in rows_kept} == {site.id for site in hub.sites.every()}
    assert len(rows_kept) == 3
    circle = [
        SiteRow(id="a", name="a", kind="centre", parent="b"),
        SiteRow(id="b", name="b", kind="centre", parent="a"),
    ]
    bad = [
        circle,
        [SiteRow(id="a", name="a", kind="zoo", parent=DALSEO)],
        [SiteRow(id="a", name="a", kind="centre", parent="none")],
        [SiteRow(id=hub.sites.top, name="a", kind="centre", parent=DALSEO)],
    ]
    for wrong in bad:
        with pytest.raises(BadInput):
            await hub.sites.put(wrong)
    with pytest.raises(Failure):
        await hub.registry.put_sites(subject(), circle)
    await hub.registry.put_sites(
        who, [SiteRow(id="dong", name="동", kind=SiteKind.CENTRE, parent=DALSEO)]
    )
    assert SiteId("dong") in hub.sites.within(DALSEO)


@pytest.mark.allow_logs("app.hub.services.ledger")
async def test_secrets_need_the_key_that_sealed_them(tmp_path: Path, clock: Clock) -> None:
    database = str(tmp_path / "hub.db")
    who: Subject
    async with a_hub(database, tmp_path, clock) as hub:
        who = administrator(hub)
        await hub.registry.put_cameras(who, [camera()], {"C-1": CameraSecret({"main": URL})})
    key = tmp_path / "hub.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert Keyring.of_file(key).key_id == Keyring.of_file(key).key_id
    key.unlink()
    async with a_hub(database, tmp_path, clock) as hub:
        with pytest.raises(Unavailable):
            await hub.registry.access(subject(), "C-1")
    key.write_bytes(b"short")
    with pytest.raises(BadInput):
        Keyring.of_file(key)


@pytest.mark.parametrize(
    ("file", "kind", "least"),
    [
        ("cctv_daejeon_standard_2026.csv", registry.CAMERA, 1_000),
        ("bell_daejeon_standard_2026.csv", registry.POINT, 100),
        ("police_boxes.csv", registry.POINT, 1_000),
    ],
)
async def test_genuine_lists_are_taken(
    hub: Hub, shared_data: Path, file: str, kind: str, least: int
) -> None:
    data = (shared_data / file).read_bytes()
    report = await hub.registry.import_file(administrator(hub), file, data, DALSEO)
    found = await rows(hub, kind)
    assert report.taken == len(found) >= least
    assert report.findings
    sites_named = {row.d["site"] for row in found}
    assert all(SiteId(site) in hub.sites.all for site in sites_named)


def test_a_long_id_of_a_list_is_shortened_to_what_the_wire_carries() -> None:
    assert registry_rows.short_id("D-1") == "D-1"
    long = registry_rows.short_id("가" * 100)
    assert long == registry_rows.short_id("가" * 100)
    assert len(long) <= 80
