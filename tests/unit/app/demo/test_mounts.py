from __future__ import annotations

from pathlib import Path

import pytest

from app.demo import recipes
from app.demo.cameras import Difficulty, generate
from app.demo.clips import Clip
from app.demo.encoding import unit_count
from app.demo.mounts import (
    PASSWORD,
    USER,
    Stream,
    Style,
    file_address,
    rtsp_address,
    streams_of,
    with_streams,
)
from app.demo.recipes import RECIPES
from app.domain.camera import ProfileName

CODECS = {"libx264": "h264", "libx265": "h265", "mjpeg": "mjpeg"}


def clips() -> dict[str, Clip]:
    """What a full preparation would give, without its bytes."""
    found = {}
    for recipe in RECIPES:
        count = unit_count(recipe, 20.0)
        found[recipe.name] = Clip(
            recipe.name,
            CODECS[recipe.encoder],
            recipe.width,
            recipe.height,
            (recipe.fps, 1),
            "",
            (0,) * count,
            (1,) * count,
            tuple(range(count)),
            (True,) * count,
            0,
            recipe.frozen,
        )
    return found


def site(count: int = 36, style: Style = Style.FULL) -> tuple[Stream, ...]:
    return streams_of(generate(count, plain=style is not Style.FULL), style, clips())


def of(kind: Difficulty, profile: ProfileName = ProfileName.SUB) -> Stream:
    return next(
        stream
        for stream in site()
        if stream.camera.difficulty is kind and stream.profile is profile
    )


def test_every_camera_has_a_main_and_a_sub_stream() -> None:
    streams = site()
    assert len(streams) == 72
    assert len({stream.mount.path for stream in streams}) == 72


@pytest.mark.parametrize("count", [36, 64, 128])
def test_no_two_plain_cameras_show_the_same_moment_of_a_clip(count: int) -> None:
    subs = [s.mount.steps[0] for s in site(count, Style.PLAIN) if s.profile is ProfileName.SUB]
    assert len({(step.clip, step.start) for step in subs}) == count


def test_both_streams_of_a_camera_show_the_same_scene_at_the_same_share() -> None:
    by_camera: dict[int, list[Stream]] = {}
    for stream in site(style=Style.PLAIN):
        by_camera.setdefault(stream.camera.camera.number, []).append(stream)
    for main, sub in by_camera.values():
        assert main.mount.steps[0].clip.removeprefix("main") == (
            sub.mount.steps[0].clip.removeprefix("sub")
        )
        shares = [s.mount.steps[0].start / len(s.clip.sizes) for s in (main, sub)]
        assert shares[0] == pytest.approx(shares[1], abs=0.01)


def test_a_plain_site_has_equal_sub_streams() -> None:
    subs = [stream.clip for stream in site(64, Style.PLAIN) if stream.profile is ProfileName.SUB]
    assert {(clip.codec, clip.width, clip.height, clip.rate) for clip in subs} == {
        ("h264", 640, 360, (15, 1))
    }


def test_an_overload_site_has_one_large_stream_a_camera() -> None:
    streams = site(64, Style.MAIN_ONLY)
    assert len(streams) == 64
    assert {(s.clip.codec, s.clip.width, s.clip.rate, s.profile) for s in streams} == {
        ("h264", 1280, (25, 1), ProfileName.MAIN)
    }


def test_a_full_site_has_every_codec() -> None:
    assert {stream.clip.codec for stream in site()} == {"h264", "h265", "mjpeg"}


def test_only_the_digest_camera_asks_for_a_log_in_and_its_address_has_it() -> None:
    guarded = [stream for stream in site() if stream.mount.user]
    assert [stream.camera.difficulty for stream in guarded] == [Difficulty.DIGEST] * 2
    assert rtsp_address(guarded[0], 8554) == (
        f"rtsp://{USER}:{PASSWORD}@127.0.0.1:8554{guarded[0].mount.path}"
    )
    assert rtsp_address(of(Difficulty.AUDIO), 8554) == (
        f"rtsp://127.0.0.1:8554{of(Difficulty.AUDIO).mount.path}"
    )


def test_the_difficulties_are_what_they_say() -> None:
    assert of(Difficulty.AUDIO).mount.audio
    assert of(Difficulty.DROPS).mount.drop_seconds == 60.0
    assert of(Difficulty.B_FRAMES).clip.name == recipes.B_FRAMES
    assert of(Difficulty.MJPEG).clip.codec == "mjpeg"
    assert [stream.exists for stream in site()].count(False) == 2


@pytest.mark.parametrize(
    ("profile", "still"),
    [(ProfileName.SUB, recipes.STILL_SUB), (ProfileName.MAIN, recipes.STILL_MAIN)],
)
def test_the_freezing_camera_lives_for_twenty_seconds(profile: ProfileName, still: str) -> None:
    stream = of(Difficulty.FREEZES, profile)
    rate = stream.clip.rate[0]
    names = {
        number: stream.mount.unit_at(number, clips())[0].clip
        for number in (0, 20 * rate - 1, 20 * rate, 1000 * rate)
    }
    assert list(names.values()) == [stream.clip.name, stream.clip.name, still, still]


def test_the_changing_camera_changes_size_every_twenty_seconds() -> None:
    mount = of(Difficulty.RESOLUTION).mount
    found = [clips()[mount.unit_at(second * 15, clips())[0].clip] for second in range(0, 80, 10)]
    assert [clip.height for clip in found] == [360, 360, 272, 272] * 2


def test_without_a_server_the_same_cameras_play_from_files(tmp_path: Path) -> None:
    stream = site(style=Style.PLAIN)[-1]
    address = file_address(stream, tmp_path)
    start = stream.mount.steps[0].start / stream.clip.rate[0]
    assert address == f"{tmp_path.as_uri()}/{stream.clip.name}.mp4#t={start:.1f}"


def test_a_missing_camera_has_no_file_either(tmp_path: Path) -> None:
    address = file_address(of(Difficulty.MISSING), tmp_path)
    assert address.endswith("/no-such-camera.mp4")


def test_a_file_is_frozen_from_its_start(tmp_path: Path) -> None:
    address = file_address(of(Difficulty.FREEZES), tmp_path)
    assert address.endswith(f"/{recipes.STILL_SUB}.mp4#t=0.0")


def test_cameras_get_their_profiles() -> None:
    demos = generate(16)
    pairs = [(s, rtsp_address(s, 1)) for s in streams_of(demos, Style.FULL, clips())]
    cameras = with_streams(demos, pairs)
    assert [camera.id for camera in cameras] == [demo.camera.id for demo in demos]
    for camera in cameras:
        main, sub = camera.profile(ProfileName.MAIN), camera.profile(ProfileName.SUB)
        assert main is not None
        assert sub is not None
        assert main.width > sub.width
        assert main.url.endswith(f"/{camera.number}/main")
        assert sub.fps == 15.0
