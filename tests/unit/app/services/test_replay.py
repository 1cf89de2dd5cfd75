from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typing_extensions import override

from app.adapters.clip_folder import PrivateClips
from app.adapters.media_files import FolderFiles
from app.domain.act import ActKind
from app.domain.camera import Camera, CameraId
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.stream import ClipProgress
from app.domain.text import Text
from app.services.acts import Acts
from app.services.replay import MASKED, Replay, ReplayParts, ReplayPhase, ReplayState
from tests.fakes.clip_player import MISSING, FakePlayer
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine
from tests.fakes.store import DISK_FULL, MemoryStore
from tests.fakes.waiting import until

CAMERA = Camera(CameraId("c1"), 1417, "죽전네거리 동", "달서구", "생활방범")
OTHER = Camera(CameraId("c2"), 1021, "월성네거리 북", "달서구", "생활방범")
NOON = 1795324052.0
NOTHING_KEPT = Unavailable(Text("다시 볼 영상이 없습니다.", "Nothing is kept yet."))


class SlowEngine(FakeEngine):
    """Writes a clip only when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()
        self.go.set()

    @override
    async def save_clip(
        self,
        camera: CameraId,
        target: Path,
        seconds: float,
        progress: Callable[[ClipProgress], None],
    ) -> ClipProgress:
        progress(ClipProgress(0.25, 1.0))
        await self.go.wait()
        return await super().save_clip(camera, target, seconds, progress)


@dataclass
class Console:
    replay: Replay
    engine: SlowEngine
    player: FakePlayer
    store: MemoryStore
    clips: Path
    folder: Path
    heard: list[ReplayState] = field(default_factory=list)

    def kept(self) -> list[Path]:
        return list(self.clips.rglob("*.mp4"))

    def acts(self) -> list[ActKind]:
        return [act.kind for act in self.store.acts.values()]


@pytest.fixture
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    clock = HandClock(1000.0, NOON - 1000.0)
    engine, player, store = SlowEngine(), FakePlayer(clock), MemoryStore()
    acts = Acts(store, clock)
    clips, folder = tmp_path / "run", tmp_path / "saved"
    folder.mkdir()
    parts = ReplayParts(engine, player, PrivateClips(clips), FolderFiles(), acts)
    replay = Replay(parts, clock, lambda: 60.0)
    made = Console(replay, engine, player, store, clips, folder)
    replay.changed.connect(made.heard.append)
    yield made
    engine.go.set()
    await replay.stop()
    assert player.stopped
    assert made.kept() == []
    await acts.stop()


async def test_the_last_minute_is_fetched_and_played(console: Console) -> None:
    await console.replay.open(CAMERA, 77, "관제 2")
    state = console.replay.state
    assert state.phase is ReplayPhase.PLAYING
    assert state.camera is CAMERA
    assert state.seconds == 23.0
    assert state.began == datetime.fromtimestamp(NOON - 23.0, UTC)
    assert console.engine.asked == [(CAMERA.id, 60.0)]
    assert console.player.window == 77
    assert console.player.state.playing


async def test_the_writing_is_told_as_it_goes(console: Console) -> None:
    await console.replay.open(CAMERA, None, "관제 2")
    told = [state.written for state in console.heard if state.phase is ReplayPhase.WRITING]
    assert told[:3] == [0.0, 0.25, 0.5]


async def test_watching_is_an_act(console: Console) -> None:
    await console.replay.open(CAMERA, None, "관제 2")
    (act,) = console.store.acts.values()
    assert (act.kind, act.camera, act.operator) == (ActKind.REPLAY, CAMERA.id, "관제 2")
    assert act.detail["seconds"] == 23.0


async def test_back_to_live_deletes_the_clip(console: Console) -> None:
    await console.replay.open(CAMERA, None, "관제 2")
    assert len(console.kept()) == 1
    await console.replay.back_to_live()
    assert console.kept() == []
    assert console.replay.state == ReplayState()
    assert console.player.clip is None


async def test_back_to_live_while_it_is_written(console: Console) -> None:
    console.engine.go.clear()
    opening = asyncio.ensure_future(console.replay.open(CAMERA, None, "관제 2"))
    await until(lambda: console.replay.state.written > 0)
    await console.replay.back_to_live()
    console.engine.go.set()
    await opening
    assert console.replay.state == ReplayState()
    assert console.kept() == []
    assert console.acts() == []


async def test_another_camera_takes_over(console: Console) -> None:
    console.engine.go.clear()
    first = asyncio.ensure_future(console.replay.open(CAMERA, None, "관제 2"))
    await until(lambda: console.replay.state.written > 0)
    second = asyncio.ensure_future(console.replay.open(OTHER, None, "관제 2"))
    await until(lambda: console.replay.state.camera is OTHER)
    console.engine.go.set()
    await asyncio.gather(first, second)
    assert console.replay.state.camera is OTHER
    assert console.replay.state.phase is ReplayPhase.PLAYING
    assert len(console.kept()) == 1


async def test_of_cameras_asked_for_in_a_hurry_only_the_last_is_fetched(console: Console) -> None:
    await console.replay.open(CAMERA, None, "관제 2")
    await asyncio.gather(
        console.replay.open(CAMERA, None, "관제 2"), console.replay.open(OTHER, None, "관제 2")
    )
    assert console.replay.state.camera is OTHER
    assert [camera for camera, _ in console.engine.asked] == [CAMERA.id, OTHER.id]
    assert len(console.kept()) == 1


async def test_nothing_kept_is_said_in_words(console: Console) -> None:
    console.engine.refuses = NOTHING_KEPT
    await console.replay.open(CAMERA, None, "관제 2")
    assert console.replay.state.phase is ReplayPhase.FAILED
    assert console.replay.state.problem == NOTHING_KEPT.text
    await console.replay.back_to_live()
    assert console.replay.state == ReplayState()


async def test_without_a_player_the_clip_can_still_be_saved(console: Console) -> None:
    console.player.lacks = MISSING
    await console.replay.open(CAMERA, None, "관제 2")
    assert console.replay.state.phase is ReplayPhase.UNPLAYABLE
    assert console.replay.state.problem == MISSING
    await console.replay.save(console.folder, "관제 2")
    assert console.replay.state.saved is not None


async def test_a_saved_clip_is_the_one_that_was_watched(console: Console) -> None:
    await console.replay.open(CAMERA, None, "관제 2")
    await console.replay.save(console.folder, "관제 2")
    saved = console.replay.state.saved
    assert saved is not None
    began = datetime.fromtimestamp(NOON - 23.0, UTC).astimezone()
    assert saved.name == f"1417_죽전네거리 동_{began:%Y%m%d-%H%M%S}.mp4"
    assert saved.read_bytes() == console.engine.clip
    assert console.acts() == [ActKind.REPLAY, ActKind.CLIP]
    await console.replay.back_to_live()
    assert saved.exists()


async def test_saving_tells_how_far_it_is(console: Console) -> None:
    console.engine.clip = bytes(3_000_000)
    await console.replay.open(CAMERA, None, "관제 2")
    await console.replay.save(console.folder, "관제 2")
    told = [state.saving for state in console.heard if state.saving is not None]
    assert told[0] == 0.0
    assert told == sorted(told)
    assert console.replay.state.saving is None


async def test_what_cannot_be_saved_is_told_and_playing_goes_on(console: Console) -> None:
    await console.replay.open(CAMERA, None, "관제 2")
    await console.replay.save(console.folder / "없음", "관제 2")
    state = console.replay.state
    assert state.problem is not None
    assert "폴더가 없어" in state.problem.ko
    assert (state.phase, state.saving, state.saved) == (ReplayPhase.PLAYING, None, None)
    assert console.acts() == [ActKind.REPLAY]


async def test_there_is_nothing_to_save_before_a_replay(console: Console) -> None:
    await console.replay.save(console.folder, "관제 2")
    assert console.heard == []


async def test_an_act_that_must_wait_does_not_stop_the_replay(console: Console) -> None:
    console.store.refuses = DISK_FULL
    await console.replay.open(CAMERA, None, "관제 2")
    assert console.replay.state.phase is ReplayPhase.PLAYING
    console.store.refuses = None


async def test_saving_without_watching(console: Console) -> None:
    shares: list[float] = []
    target = await console.replay.save_unseen(CAMERA, console.folder, "관제 2", shares.append)
    assert list(console.folder.iterdir()) == [target]
    assert target.read_bytes() == console.engine.clip
    assert shares == [0.25, 0.5]
    assert console.acts() == [ActKind.CLIP]
    assert console.replay.state == ReplayState()


async def test_saving_without_watching_fails_in_words(console: Console) -> None:
    console.engine.refuses = NOTHING_KEPT
    with pytest.raises(Failure, match="Nothing is kept"):
        await console.replay.save_unseen(CAMERA, console.folder, "관제 2", lambda share: None)
    assert list(console.folder.iterdir()) == []


async def test_starting_clears_what_a_crash_left(console: Console) -> None:
    left = console.clips / "1-1.00"
    left.mkdir(parents=True)
    (left / "x.mp4").write_bytes(b"x")
    await console.replay.start()
    assert not left.exists()


async def test_a_camera_with_masks_has_no_clip(console: Console) -> None:
    masked = replace(CAMERA, masks=(((0.0, 0.0), (0.5, 0.0), (0.5, 0.5)),))
    await console.replay.open(masked, None, "kim")
    assert console.replay.state.phase is ReplayPhase.FAILED
    assert console.replay.state.problem == MASKED
    assert console.kept() == []
    with pytest.raises(Refused):
        await console.replay.save_unseen(masked, console.folder, "kim", lambda _: None)
