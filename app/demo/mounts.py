"""Turns demo cameras into streams: what the server shall play, and the addresses to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.demo import recipes
from app.demo.cameras import DemoCamera, Difficulty
from app.demo.clips import Clip
from app.demo.recipes import AVC_MAIN_VIEWS, VIEWS
from app.demo.schedule import Mount, Step
from app.domain.camera import Camera, Profile, ProfileName

USER, PASSWORD = "gwanje", "demo-1234"
_DROP_SECONDS = 60.0
_CHANGE_SECONDS = 20.0
# Spreads the moments at which cameras send over the 67 ms between two pictures.
_PHASE_STEP = 0.0137
_SUB_CLIPS = {
    Difficulty.B_FRAMES: recipes.B_FRAMES,
    Difficulty.MJPEG: recipes.JPEG,
    Difficulty.RESOLUTION: recipes.sub(recipes.SMALL_VIEW),
    Difficulty.FREEZES: recipes.sub(recipes.STILL_VIEW),
}


class Style(StrEnum):
    """Which streams a site has.

    `PLAIN`: every sub stream 640×360@15 H.264 and nothing difficult. `MAIN_ONLY`: one stream a
    camera, 1280×720@25 H.264, more than a small machine can decode.
    """

    FULL = "full"
    PLAIN = "plain"
    MAIN_ONLY = "main only"


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream of one camera: the clip it begins with and what the server plays."""

    camera: DemoCamera
    profile: ProfileName
    clip: Clip
    mount: Mount

    @property
    def exists(self) -> bool:
        return self.camera.difficulty is not Difficulty.MISSING


def streams_of(
    cameras: Iterable[DemoCamera], style: Style, clips: Mapping[str, Clip]
) -> tuple[Stream, ...]:
    found = []
    for place, demo in enumerate(cameras):
        for profile, name in _clip_names(demo, style).items():
            clip = clips[name]
            path = f"/{demo.camera.number}/{profile}"
            found.append(Stream(demo, profile, clip, _mount(path, demo, clip, clips, place)))
    return tuple(found)


def rtsp_address(stream: Stream, port: int) -> str:
    login = f"{USER}:{PASSWORD}@" if stream.mount.user else ""
    return f"rtsp://{login}127.0.0.1:{port}{stream.mount.path}"


def file_address(stream: Stream, folder: Path) -> str:
    """For machines without the RTSP server.

    `#t=` (W3C media fragments) is where to begin (s): two cameras on one clip do not look alike.
    """
    if not stream.exists:
        return (folder / "no-such-camera.mp4").as_uri()
    start = stream.mount.steps[0].start * stream.clip.seconds_per_unit
    # A file cannot freeze on its way: that camera is frozen from the start.
    frozen = stream.camera.difficulty is Difficulty.FREEZES
    name = stream.mount.steps[-1].clip if frozen else stream.clip.name
    return f"{(folder / name).with_suffix('.mp4').as_uri()}#t={0.0 if frozen else start:.1f}"


def with_streams(
    cameras: Iterable[DemoCamera], addresses: Iterable[tuple[Stream, str]]
) -> tuple[Camera, ...]:
    """The cameras with their profiles."""
    by_camera: dict[str, list[Profile]] = {}
    for stream, address in addresses:
        clip = stream.clip
        fps = clip.rate[0] / clip.rate[1]
        profile = Profile(stream.profile, address, clip.width, clip.height, fps)
        by_camera.setdefault(stream.camera.camera.id, []).append(profile)
    return tuple(
        replace(demo.camera, profiles=tuple(by_camera[demo.camera.id])) for demo in cameras
    )


def _clip_names(demo: DemoCamera, style: Style) -> dict[ProfileName, str]:
    if style is Style.MAIN_ONLY:
        number = AVC_MAIN_VIEWS[demo.view % len(AVC_MAIN_VIEWS)]
        return {ProfileName.MAIN: recipes.main(number)}
    view = _view(demo)
    sub = _SUB_CLIPS.get(demo.difficulty, recipes.sub(view))
    is_hevc = view == recipes.HEVC_SUB_VIEW and demo.difficulty is Difficulty.NONE
    if is_hevc and style is Style.FULL:
        sub = recipes.SUB_HEVC
    return {ProfileName.MAIN: recipes.main(view), ProfileName.SUB: sub}


def _view(demo: DemoCamera) -> int:
    """Both streams of a camera see the same scene, also where only one view has its clips."""
    views = {
        Difficulty.FREEZES: recipes.STILL_VIEW,
        Difficulty.RESOLUTION: recipes.SMALL_VIEW,
        Difficulty.B_FRAMES: recipes.B_FRAMES_VIEW,
        Difficulty.MJPEG: recipes.JPEG_VIEW,
    }
    return views.get(demo.difficulty, demo.view % len(VIEWS))


def _mount(path: str, demo: DemoCamera, clip: Clip, clips: Mapping[str, Clip], place: int) -> Mount:
    rate = clip.rate[0] / clip.rate[1]
    change = round(_CHANGE_SECONDS * rate)
    is_sub = path.endswith(ProfileName.SUB)
    mount = Mount(path, (_whole(clip, demo.offset),), phase=place * _PHASE_STEP % (1 / rate))
    match demo.difficulty:
        case Difficulty.DIGEST:
            return replace(mount, user=USER, password=PASSWORD)
        case Difficulty.AUDIO:
            return replace(mount, audio=True)
        case Difficulty.DROPS:
            return replace(mount, drop_seconds=_DROP_SECONDS)
        case Difficulty.FREEZES:
            still = clips[recipes.STILL_SUB if is_sub else recipes.STILL_MAIN]
            steps = (Step(clip.name, 0, change), _whole(still, 0.0))
            return replace(mount, steps=steps, repeat_from=1)
        case Difficulty.RESOLUTION if is_sub:
            return replace(
                mount, steps=(Step(clip.name, 0, change), Step(recipes.SMALL, 0, change))
            )
        case _:
            return mount


def _whole(clip: Clip, offset: float) -> Step:
    """The whole clip from a share (0…1) of it on."""
    count = len(clip.sizes)
    return Step(clip.name, int(offset * count), count)
