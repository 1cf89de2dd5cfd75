"""From one stream of a camera to the other, larger and smaller, and what is kept of it all."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import av
import pytest

from app.domain.camera import CameraId, ProfileName
from app.domain.errors import Unavailable
from app.domain.stream import ClipProgress, DecodeMode, Fault, Importance, Want
from tests.fakes.encoded_video import Clip, encoded
from tests.fakes.rtsp_script import Mount, Playing, RtspScript, for_ever
from tests.integration.video.scene import Scene, scene

pytestmark = pytest.mark.timeout(90)

LARGE = encoded(size=(320, 192))


def announced_once(clip: Clip) -> Clip:
    """As of a camera that sends its parameter sets with DESCRIBE and never again."""
    sets = set(clip.parameter_sets)
    return replace(
        clip,
        units=tuple(
            replace(unit, nals=tuple(nal for nal in unit.nals if nal not in sets))
            for unit in clip.units
        ),
    )


class Gate:
    """A camera that lets its first picture wait until the test says so."""

    def __init__(self) -> None:
        self.is_open = False

    async def __call__(self, play: Playing) -> None:
        while not self.is_open:  # noqa: ASYNC110 - the test runs on another thread
            await asyncio.sleep(0.01)
        await for_ever(play)


def profile(wall: Scene, name: str) -> ProfileName | None:
    tier = wall.status(name).tier
    return tier.profile if tier is not None else None


async def test_the_old_picture_stays_until_the_new_one_is_there() -> None:
    gate = Gate()
    with RtspScript() as server:
        server.mounts = {"/main": Mount(LARGE, script=gate), "/sub": Mount()}
        async with scene() as wall:
            wall.add("camera", server.url("/main"), server.url("/sub"))
            wall.show("camera")
            await wall.until(lambda: wall.live("camera"))
            assert profile(wall, "camera") is ProfileName.SUB
            assert server.asked("DESCRIBE", "/main") == 0
            numbers = [wall.number("camera")]

            def watched(condition: bool) -> bool:
                numbers.append(wall.number("camera"))
                return condition

            wall.show("camera", width=640, height=384, sharp=True)
            await wall.until(lambda: watched(server.mounts["/main"].played > 0))
            seen = wall.number("camera")
            # The new stream is connected and has nothing to show: the old one goes on.
            await wall.until(lambda: watched(wall.number("camera") > seen + 5))
            assert profile(wall, "camera") is ProfileName.SUB
            await wall.until(lambda: watched(wall.live("camera")))
            gate.is_open = True
            await wall.until(lambda: watched(profile(wall, "camera") is ProfileName.MAIN))
            await wall.until(lambda: watched(server.asked("TEARDOWN", "/sub") == 1))
            await wall.until(lambda: watched(wall.live("camera")))
            assert (wall.status("camera").width, wall.status("camera").height) == (320, 192)
            received = wall.status("camera").frames_received
            wall.show("camera")
            await wall.until(lambda: watched(profile(wall, "camera") is ProfileName.SUB))
            await wall.until(lambda: watched(server.asked("TEARDOWN", "/main") == 1))
            assert numbers == sorted(numbers), "numbers only grow"
            assert wall.status("camera").frames_received >= received
            assert wall.status("camera").reconnects == 0


async def test_a_main_stream_that_is_missing_leaves_the_sub_stream() -> None:
    with RtspScript() as server:
        server.mounts = {"/sub": Mount(), "/main": Mount(answers={"DESCRIBE": 404})}
        async with scene() as wall:
            wall.add("camera", server.url("/main"), server.url("/sub"))
            wall.show("camera")
            await wall.until(lambda: wall.live("camera"))
            wall.show("camera", sharp=True)
            await wall.until(lambda: server.asked("DESCRIBE", "/main") > 1)
            seen = wall.number("camera")
            await wall.until(lambda: wall.number("camera") > seen + 5 and wall.live("camera"))
            assert profile(wall, "camera") is ProfileName.SUB
            await wall.until(lambda: wall.status("camera").other_fault is Fault.NOT_FOUND)
            wall.show("camera")
            await wall.until(lambda: wall.status("camera").other_fault is None)


async def test_all_viewers_of_a_camera_share_one_connection_of_the_largest_size() -> None:
    with RtspScript() as server:
        server.mounts = {"/one": Mount(LARGE)}
        async with scene(2) as wall:
            camera = wall.add("one", server.url("/one"))
            for viewer, width in (("main", 160), ("2", 320), ("3", 64)):
                want = Want(width, width * 3 // 5, Importance.FOCUSED)
                wall.streams.declare(viewer, {camera: want})
            size: tuple[int, int] = (0, 0)

            def sized(width: int) -> bool:
                nonlocal size
                size = wall.size("one")
                return size[0] == width

            await wall.until(lambda: sized(320))
            assert size == (320, 192)
            wall.streams.withdraw("2")
            await wall.until(lambda: sized(160))
            wall.streams.withdraw("main")
            wall.streams.withdraw("3")
            last = wall.number("one")
            # Nobody looks and it goes on for a while: who looks back finds its picture.
            await wall.until(lambda: wall.number("one") > last and wall.live("one"))
            wall.show("one")
            await wall.until(lambda: wall.live("one"))
            assert server.asked("PLAY", "/one") == 1
            assert server.asked("TEARDOWN", "/one") == 0


async def test_larger_pictures_come_in_larger_memory_and_are_counted_on() -> None:
    with RtspScript() as server:
        server.mounts = {"/one": Mount(LARGE)}
        async with scene() as wall:
            wall.add("one", server.url("/one"))
            wall.show("one", width=64, height=38)
            await wall.until(lambda: wall.live("one"))
            numbers = [wall.number("one")]
            for width, height in ((320, 192), (640, 384), (100, 60), (1280, 768)):
                wall.show("one", width=width, height=height)

                def arrived(wanted: tuple[int, int] = (width, height)) -> bool:
                    numbers.append(wall.number("one"))
                    return wall.size("one") == wanted

                await wall.until(arrived)
            assert numbers == sorted(numbers)
            assert wall.status("one").reconnects == 0


async def test_a_warm_camera_is_decoded_by_key_frames_and_then_in_full() -> None:
    with RtspScript() as server:
        server.mounts = {"/one": Mount(), "/two": Mount()}
        async with scene() as wall:
            wall.add("one", server.url("/one"))
            wall.add("two", server.url("/two"))
            wall.show("one", "two", importance=Importance.WARM)
            await wall.until(lambda: wall.live("one", "two"))
            status = wall.status("one")
            assert status.tier is not None
            assert status.tier.mode is DecodeMode.KEYFRAMES
            await wall.until(lambda: wall.status("one").frames_received > 30)
            status = wall.status("one")
            assert status.frames_decoded < status.frames_received / 2
            wall.show("one", importance=Importance.SHOWN)
            await wall.until(
                lambda: (
                    (tier := wall.status("one").tier) is not None and tier.mode is DecodeMode.FULL
                )
            )
            assert server.asked("PLAY", "/one") == 1, "the connection is the warm one"


async def test_the_last_seconds_are_saved_also_over_a_change_of_stream(tmp_path: Path) -> None:
    with RtspScript() as server:
        server.mounts = {
            "/main": Mount(announced_once(LARGE)),
            "/sub": Mount(announced_once(encoded())),
        }
        async with scene() as wall:
            camera = wall.add("one", server.url("/main"), server.url("/sub"))
            wall.show("one")
            await wall.until(lambda: wall.status("one").replay_seconds > 1.0)
            wall.show("one", sharp=True)
            await wall.until(lambda: profile(wall, "one") is ProfileName.MAIN)
            await wall.pictures("one", 10)
            wall.show("one")
            await wall.until(lambda: profile(wall, "one") is ProfileName.SUB)
            await wall.pictures("one", 10)
            told: list[ClipProgress] = []
            target = tmp_path / "달서 1.mp4"
            done = await wall.engine.save_clip(camera, target, 60.0, told.append)
            assert done.fraction == 1.0
            assert told
            assert names(tmp_path) == [target.name]
            with av.open(str(target)) as saved:
                video = saved.streams.video[0]
                sizes = [frame.width for frame in saved.decode(video)]
                assert len(sizes) == video.frames
            assert {160, 320} == set(sizes)
            assert done.seconds == pytest.approx(len(sizes) / 15, rel=0.5)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_what_cannot_be_saved_is_told(tmp_path: Path) -> None:
    with RtspScript() as server:
        server.mounts = {"/one": Mount()}
        async with scene() as wall:
            camera = wall.add("one", server.url("/one"))
            missing = wall.add("missing", server.url("/missing"))
            wall.show("one", "missing")
            await wall.until(lambda: wall.live("one") and wall.status("missing").attempt > 0)
            assert wall.status("missing").fault is Fault.NOT_FOUND

            async def refused(name: CameraId, target: Path) -> str:
                with pytest.raises(Unavailable) as told:
                    await wall.engine.save_clip(name, target, 10.0, lambda _: None)
                return told.value.text.ko

            assert "저장된 영상이 없습니다" in await refused(missing, tmp_path / "a.mp4")
            assert "보고 있지 않습니다" in await refused(CameraId("none"), tmp_path / "a.mp4")
            assert "다른 폴더" in await refused(camera, tmp_path / "gone" / "a.mp4")
            assert names(tmp_path) == []
