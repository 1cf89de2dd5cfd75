"""What a clip player owes its callers: the same tests for libVLC and for the fake."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.adapters import libvlc
from app.adapters.vlc_player import VlcPlayer
from app.clock import SystemClock
from app.domain.errors import Failure
from app.services.clip_player import ClipPlayer, ClipState
from tests.fakes.clip import make_clip
from tests.fakes.clip_player import FakePlayer
from tests.fakes.waiting import until

FRAME = 1 / 15


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "가나.mp4")


@pytest.fixture(
    params=[
        "fake",
        pytest.param(
            "libVLC",
            marks=[
                pytest.mark.real_vlc,
                pytest.mark.skipif(libvlc.library() is None, reason="no libVLC here"),
            ],
        ),
    ]
)
async def player(request: pytest.FixtureRequest) -> AsyncIterator[ClipPlayer]:
    clock = SystemClock()
    made: ClipPlayer = (
        FakePlayer(clock) if request.param == "fake" else VlcPlayer(clock, hidden=True)
    )
    yield made
    await made.stop()


async def paused(player: ClipPlayer, clip: Path, at: float) -> None:
    await player.open(clip, None)
    await player.pause()
    await player.seek(at)


async def test_it_can_play_here(player: ClipPlayer) -> None:
    assert await player.missing() is None


async def test_it_plays_from_the_beginning(player: ClipPlayer, clip: Path) -> None:
    heard: list[ClipState] = []
    player.changed.connect(heard.append)
    await player.open(clip, None)
    assert player.state.playing
    assert player.state.length == pytest.approx(2.0, abs=0.001)
    await until(lambda: player.state.position > 0.2)
    assert heard[0].playing


async def test_it_stays_on_the_last_picture(player: ClipPlayer, clip: Path) -> None:
    await player.open(clip, None)
    await player.set_speed(8.0)
    await until(lambda: player.state.ended)
    assert not player.state.playing
    assert player.state.position == pytest.approx(2.0, abs=0.001)


async def test_after_the_end_it_plays_from_the_beginning(player: ClipPlayer, clip: Path) -> None:
    await player.open(clip, None)
    await player.seek(1.9)
    await until(lambda: player.state.ended)
    await player.play()
    assert player.state.playing
    assert player.state.position < 1.0
    await player.set_speed(8.0)
    await until(lambda: player.state.ended)


async def test_pause_holds_and_play_goes_on(player: ClipPlayer, clip: Path) -> None:
    await paused(player, clip, 0.8)
    held = player.state
    assert not held.playing
    assert held.position == pytest.approx(0.8)
    await player.play()
    assert player.state.playing
    await until(lambda: player.state.position > 0.9)


async def test_a_paused_seek_shows_the_picture_of_that_moment(
    player: ClipPlayer, clip: Path
) -> None:
    await paused(player, clip, 0.99)
    assert player.state.position == pytest.approx(14 * FRAME)


async def test_steps_go_one_picture_on_and_back(player: ClipPlayer, clip: Path) -> None:
    await paused(player, clip, 1.0)
    await player.step(1)
    assert player.state.position == pytest.approx(16 * FRAME)
    await player.step(-2)
    assert player.state.position == pytest.approx(14 * FRAME)


@pytest.mark.parametrize(("at", "frames", "stays"), [(0.0, -1, 0.0), (1.95, 1, 29 * FRAME)])
async def test_steps_stop_at_the_ends(
    player: ClipPlayer, clip: Path, at: float, frames: int, stays: float
) -> None:
    await paused(player, clip, at)
    await player.step(frames)
    assert player.state.position == pytest.approx(stays)


async def test_a_step_pauses(player: ClipPlayer, clip: Path) -> None:
    await player.open(clip, None)
    await player.step(1)
    assert not player.state.playing


async def test_every_speed_is_told_and_kept_over_a_pause(player: ClipPlayer, clip: Path) -> None:
    await paused(player, clip, 0.5)
    await player.set_speed(0.25)
    assert player.state.speed == 0.25
    assert player.state.position == pytest.approx(7 * FRAME)
    await player.play()
    assert player.state.speed == 0.25


async def test_a_closed_clip_can_be_deleted_and_does_nothing_more(
    player: ClipPlayer, tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "c.mp4", 1.0)
    await player.open(clip, None)
    await player.close()
    clip.unlink()
    await player.play()
    await player.step(1)
    await player.seek(0.5)
    await player.set_speed(2.0)
    assert player.state == ClipState()


async def test_another_clip_takes_the_place_of_the_first(
    player: ClipPlayer, clip: Path, tmp_path: Path
) -> None:
    second = make_clip(tmp_path / "second.mp4")
    await player.open(clip, None)
    await player.open(second, None)
    assert player.state.playing
    await player.set_speed(8.0)
    await until(lambda: player.state.ended)


async def test_what_is_no_clip_is_refused_in_words(player: ClipPlayer, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b" ")
    with pytest.raises(Failure) as caught:
        await player.open(broken, None)
    assert caught.value.text.ko
    assert caught.value.text.en
    assert player.state == ClipState()
