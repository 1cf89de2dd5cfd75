"""What only the real player has; what every player owes is in tests/contracts."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from app.adapters import libvlc
from app.adapters.vlc_player import VlcPlayer
from app.clock import SystemClock
from app.domain.errors import Unavailable
from app.services.clip_player import ClipState
from tests.fakes.clip import make_clip
from tests.fakes.clock import HandClock


def nothing() -> None:
    return None


async def test_without_libvlc_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libvlc, "load", nothing)
    player = VlcPlayer(SystemClock())
    assert await player.missing() == libvlc.missing_words()
    with pytest.raises(Unavailable, match="libvlc5"):
        await player.open(tmp_path / "c.mp4", None)
    await player.stop()


async def test_without_plugins_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_instance(vlc: object, *, hidden: bool) -> None:
        return None

    monkeypatch.setattr(libvlc, "new_instance", no_instance)
    player = VlcPlayer(SystemClock())
    assert await player.missing() == libvlc.missing_words()
    await player.stop()


async def test_a_player_that_was_never_used_stops() -> None:
    before = threading.active_count()
    player = VlcPlayer(SystemClock())
    await player.stop()
    assert threading.active_count() == before
    assert player.state == ClipState()


@pytest.mark.real_vlc
@pytest.mark.skipif(libvlc.library() is None, reason="no libVLC here")
class TestPlayHead:
    """The events of libVLC, pushed in by hand while a real clip is open."""

    async def opened(self, tmp_path: Path) -> tuple[VlcPlayer, HandClock]:
        clock = HandClock()
        player = VlcPlayer(clock, hidden=True)
        await player.open(make_clip(tmp_path / "c.mp4"), None)
        await player.pause()
        # From here on the events are the test's own.
        player._vlc._post = lambda *event: None
        player._pauses_asked = 0
        return player, clock

    def event(self, player: VlcPlayer, what: Any, seconds: float = 0.0) -> None:
        player._happened(player._opening, what, seconds)

    async def test_small_drift_is_left_alone_and_large_drift_followed(self, tmp_path: Path) -> None:
        player, clock = await self.opened(tmp_path)
        await player.play()
        clock.at += 1.0
        self.event(player, "time", 0.9)
        assert player.state.position == pytest.approx(1.0)
        self.event(player, "time", 0.5)
        assert player.state.position == pytest.approx(0.5)
        await player.stop()

    async def test_a_time_from_before_a_seek_is_ignored(self, tmp_path: Path) -> None:
        player, clock = await self.opened(tmp_path)
        await player.play()
        clock.at += 1.0
        await player.seek(0.2)
        clock.at += 0.1
        self.event(player, "time", 1.0)
        assert player.state.position == pytest.approx(0.3)
        await player.stop()

    async def test_a_pause_that_nobody_asked_for_is_the_end(self, tmp_path: Path) -> None:
        player, _ = await self.opened(tmp_path)
        await player.play()
        self.event(player, "paused")
        assert player.state.ended
        assert player.state.problem is None
        await player.stop()

    async def test_a_failure_in_the_middle_is_told(self, tmp_path: Path) -> None:
        player, _ = await self.opened(tmp_path)
        await player.play()
        self.event(player, "failed")
        assert player.state.problem is not None
        assert not player.state.playing
        await player.stop()

    async def test_events_of_a_closed_clip_change_nothing(self, tmp_path: Path) -> None:
        player, _ = await self.opened(tmp_path)
        opening = player._opening
        await player.close()
        player._happened(opening, "time", 1.0)
        player._happened(opening, "paused", 0.0)
        assert player.state == ClipState()
        await player.stop()
