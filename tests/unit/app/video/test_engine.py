"""The engine on files: streams spread over decoders, plans followed, nothing left behind."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.camera import CameraId, ProfileName
from app.domain.errors import Unavailable
from app.domain.stream import DecodeMode, Phase, StreamPlan, StreamStatus, Tier
from app.video.engine import Engine
from app.video.messages import DecoderOptions
from tests.fakes.clip import make_clip
from tests.fakes.waiting import until

FULL = Tier(ProfileName.SUB, DecodeMode.FULL)
CAMERAS = [CameraId(str(n)) for n in range(6)]


@pytest.fixture
async def engine() -> AsyncIterator[Engine]:
    made = Engine(2, DecoderOptions("decoder", open_timeout=2.0, read_timeout=2.0))
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def plan(tmp_path: Path) -> StreamPlan:
    return StreamPlan(make_clip(tmp_path / "clip.mp4").as_uri(), FULL, 160, 96)


def counts(engine: Engine) -> list[int]:
    return sorted(Counter(id(s.link) for s in engine._streams.values()).values())


async def test_streams_are_spread_evenly_and_stay_where_they_are(
    engine: Engine, plan: StreamPlan
) -> None:
    engine.apply(dict.fromkeys(CAMERAS, plan))
    assert counts(engine) == [3, 3]
    engine.apply(dict.fromkeys(CAMERAS[:4], plan))
    engine.apply(dict.fromkeys([*CAMERAS[:4], CameraId("new")], plan))
    assert sum(counts(engine)) == 5
    assert max(counts(engine)) == 3


async def test_a_picture_is_leased_with_its_number_and_age(
    engine: Engine, plan: StreamPlan
) -> None:
    camera = CAMERAS[0]
    assert engine.picture_number(camera) == 0
    assert engine.picture_age(camera) is None
    engine.apply({camera: plan})
    assert engine.status(camera).phase is Phase.CONNECTING
    with engine.newest(camera) as nothing:
        assert nothing is None
    await until(lambda: engine.picture_number(camera) > 2)
    with engine.newest(camera) as picture:
        assert picture is not None
        assert (picture.width, picture.height) == (160, 90)
        assert len(picture.pixels) >= picture.height * picture.stride
        assert 2 < picture.number <= engine.picture_number(camera)
    age = engine.picture_age(camera)
    assert age is not None
    assert 0.0 <= age < 10.0
    await until(lambda: engine.status(camera).phase is Phase.PLAYING)
    await until(lambda: engine.status(camera).frames_decoded > 2)


async def test_a_still_has_the_cameras_size_and_none_of_what_is_not_kept(
    engine: Engine, plan: StreamPlan
) -> None:
    camera = CAMERAS[0]
    assert await engine.whole_picture(camera, 1.0) is None
    engine.apply({camera: replace(plan, width=80, height=45)})
    await until(lambda: engine.picture_number(camera) > 2)
    with engine.newest(camera) as picture:
        assert picture is not None
        assert (picture.width, picture.height) == (80, 45)
        arrived = picture.arrived
    whole = await engine.whole_picture(camera, arrived)
    assert whole is not None
    assert (whole.width, whole.height) == (320, 180)
    assert len(whole.pixels) >= whole.height * whole.stride
    assert await engine.whole_picture(camera, 0.0) is None


async def test_what_is_no_longer_named_is_off(engine: Engine, plan: StreamPlan) -> None:
    heard: list[StreamStatus] = []
    engine.status_changed.connect(heard.append)
    engine.apply(dict.fromkeys(CAMERAS[:2], plan))
    engine.apply({CAMERAS[0]: plan})
    assert heard[-1] == StreamStatus(CAMERAS[1])
    assert engine.status(CAMERAS[1]).phase is Phase.OFF
    assert engine.picture_age(CAMERAS[1]) is None
    with engine.newest(CAMERAS[1]) as nothing:
        assert nothing is None
    await until(lambda: engine.picture_number(CAMERAS[0]) > 0)
    # What the decoder said before it heard of the end changes nothing.
    assert not any(
        s.camera == CAMERAS[1] for s in heard[heard.index(StreamStatus(CAMERAS[1])) + 1 :]
    )


async def test_a_stream_that_is_off_keeps_its_last_picture_and_comes_back(
    engine: Engine, plan: StreamPlan
) -> None:
    camera = CAMERAS[0]
    engine.apply({camera: plan})
    await until(lambda: engine.picture_number(camera) > 2)
    engine.apply({camera: replace(plan, tier=replace(FULL, mode=DecodeMode.OFF))})
    await until(lambda: engine.status(camera).phase is Phase.OFF)
    seen = engine.picture_number(camera)
    assert seen > 2
    engine.apply({camera: plan})
    await until(lambda: engine.picture_number(camera) > seen)


async def test_the_load_counts_the_decoders(engine: Engine, plan: StreamPlan) -> None:
    engine.apply({CAMERAS[0]: plan})
    await until(lambda: engine.load().decoder_cpu_seconds > 0)
    load = engine.load()
    assert (load.decoder_processes, load.decoder_restarts) == (2, 0)


async def test_a_clip_that_was_being_written_when_its_decoder_died_is_refused(
    engine: Engine, plan: StreamPlan, tmp_path: Path
) -> None:
    camera = CAMERAS[0]
    engine.apply({camera: plan})
    await until(lambda: engine.status(camera).replay_seconds > 0.2)
    link = engine._streams[camera].link
    link.kill()
    with pytest.raises(Unavailable) as told:
        await asyncio.wait_for(
            engine.save_clip(camera, tmp_path / "a.mp4", 10.0, lambda _: None), 20.0
        )
    assert "디코더" in told.value.text.ko
    await until(lambda: engine.status(camera).phase is Phase.PLAYING)
    await until(lambda: engine.status(camera).replay_seconds > 0.2)
    done = await engine.save_clip(camera, tmp_path / "b.mp4", 10.0, lambda _: None)
    assert done.seconds > 0


async def test_after_the_stop_nothing_starts_again(plan: StreamPlan) -> None:
    engine = Engine(1)
    await engine.start()
    engine.apply({CAMERAS[0]: plan})
    await engine.stop()
    engine.apply({CAMERAS[1]: plan})
    assert engine.status(CAMERAS[0]).phase is Phase.OFF
    assert engine.status(CAMERAS[1]).phase is Phase.OFF
