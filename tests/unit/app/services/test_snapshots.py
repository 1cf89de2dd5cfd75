from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.adapters.media_files import FolderFiles
from app.domain.act import ActKind
from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.errors import Unavailable
from app.domain.stream import Fault
from app.domain.tile import TileState, TileTruth
from app.services.acts import Acts
from app.services.media_ports import Still
from app.services.ports import WholePicture
from app.services.snapshots import Snapshots, still_texts
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine
from tests.fakes.store import DISK_FULL, MemoryStore

CAMERA = Camera(
    CameraId("c1"),
    1417,
    "죽전네거리 동/2",
    "달서구",
    "생활방범",
    (Profile(ProfileName.SUB, "rtsp://admin:s3cret@10.0.0.7/live"),),
)
LIVE = TileTruth(TileState.LIVE, 0.05)
# 2026-11-22 05:07:32 UTC
NOON = 1795324052.0


@dataclass
class Console:
    engine: FakeEngine
    store: MemoryStore
    snapshots: Snapshots
    acts: Acts
    clock: HandClock


@pytest.fixture
async def console() -> AsyncIterator[Console]:
    engine, store, clock = FakeEngine(), MemoryStore(), HandClock(1000.0, NOON - 1000.0)
    acts = Acts(store, clock)
    snapshots = Snapshots(engine, FolderFiles(), acts, clock)
    yield Console(engine, store, snapshots, acts, clock)
    await snapshots.stop()
    await acts.stop()


async def test_a_still_holds_who_where_and_when(console: Console, tmp_path: Path) -> None:
    console.engine.shows(CAMERA.id, 7, arrived=998.5)
    target = await console.snapshots.take(CAMERA, LIVE, "관제 2", tmp_path)
    local = datetime.fromtimestamp(NOON - 1.5, UTC).astimezone()
    assert target.name == f"1417_죽전네거리 동-2_{local:%Y%m%d-%H%M%S}.png"
    read = QImage(str(target))
    assert (read.width(), read.height()) == (4, 2)
    assert read.pixelColor(1, 1).name() == "#5c5b5a"
    assert read.text("Camera Number") == "1417"
    assert read.text("Camera Name") == "죽전네거리 동/2"
    assert read.text("Site") == "달서구"
    assert read.text("Operator") == "관제 2"
    assert read.text("Time UTC") == "2026-11-22T05:07:30.500+00:00"
    assert datetime.fromisoformat(read.text("Time")) == local
    assert read.text("Source State") == "live"
    assert read.text("Software").startswith("Gwanje ")


async def test_it_goes_to_the_log_of_acts(console: Console, tmp_path: Path) -> None:
    console.engine.shows(CAMERA.id, 7, arrived=1000.0)
    target = await console.snapshots.take(CAMERA, LIVE, "관제 2", tmp_path)
    (act,) = console.store.acts.values()
    assert (act.kind, act.camera, act.operator) == (ActKind.SNAPSHOT, CAMERA.id, "관제 2")
    assert act.detail["file"] == str(target)


async def test_without_a_picture_there_is_no_still(console: Console, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        await console.snapshots.take(CAMERA, LIVE, "관제 2", tmp_path)
    assert "영상이 아직 없습니다" in caught.value.text.ko
    assert console.store.acts == {}


async def test_what_is_not_saved_is_no_act(console: Console, tmp_path: Path) -> None:
    console.engine.shows(CAMERA.id, 7, arrived=1000.0)
    with pytest.raises(Unavailable):
        await console.snapshots.take(CAMERA, LIVE, "관제 2", tmp_path / "없음")
    assert console.store.acts == {}


async def test_a_still_is_saved_even_if_the_act_must_wait(console: Console, tmp_path: Path) -> None:
    console.store.refuses = DISK_FULL
    console.engine.shows(CAMERA.id, 7, arrived=1000.0)
    target = await console.snapshots.take(CAMERA, LIVE, "관제 2", tmp_path)
    assert target.exists()
    assert console.acts.waiting == 1
    console.store.refuses = None


async def test_a_copy_outlives_the_engines_picture(console: Console) -> None:
    console.engine.shows(CAMERA.id, 7, arrived=1000.0)
    still = console.snapshots.copy(CAMERA.id)
    console.engine.pictures.clear()
    assert (still.width, still.height, still.stride, len(still.pixels)) == (4, 2, 20, 40)


@pytest.mark.parametrize(
    ("truth", "words"),
    [
        (LIVE, "live"),
        (TileTruth(TileState.LIVE, 0.05, suspect=True), "live, picture unchanged (suspect)"),
        (TileTruth(TileState.FROZEN, 14.04), "frozen, picture 14.0 s old"),
        (TileTruth(TileState.UNREACHABLE, None, Fault.TIMED_OUT), "unreachable"),
    ],
)
def test_an_old_picture_says_so(truth: TileTruth, words: str) -> None:
    still = Still(b"", 0, 0, 0, NOON)
    assert still_texts(CAMERA, still, truth, "")["Source State"] == words


def test_the_sources_own_clock_is_kept_where_there_is_one() -> None:
    texts = still_texts(CAMERA, Still(b"", 0, 0, 0, NOON, NOON - 0.2), LIVE, "")
    taken, captured = (datetime.fromisoformat(texts[key]) for key in ("Time", "Source Time"))
    assert (taken - captured).total_seconds() == pytest.approx(0.2)


def test_no_address_of_the_camera_is_in_the_file() -> None:
    texts = still_texts(CAMERA, Still(b"", 0, 0, 0, NOON, NOON), LIVE, "관제 2")
    assert not [text for text in texts.values() if "10.0.0.7" in text or "s3cret" in text]


async def test_a_still_has_the_size_of_the_camera_not_of_its_tile(
    console: Console, tmp_path: Path
) -> None:
    console.engine.shows(CAMERA.id, 7, arrived=998.5)
    console.engine.whole[CAMERA.id] = WholePicture(bytes([10, 20, 30, 0] * 8 * 4), 8, 4, 32)
    read = QImage(str(await console.snapshots.take(CAMERA, LIVE, "관제 2", tmp_path)))
    assert (read.width(), read.height()) == (8, 4)
    assert read.pixelColor(1, 1).name() == "#1e140a"
    assert read.text("Time UTC") == "2026-11-22T05:07:30.500+00:00"
