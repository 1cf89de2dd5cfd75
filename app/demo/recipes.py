"""The handful of clips that the demo site's cameras are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """A filter of libavfilter each: what makes two cameras on one scene look different."""

    DAY = "null"
    WARM = "lutyuv=u=val-7:v=val+6"
    COOL = "lutyuv=u=val+7:v=val-4"
    HAZE = "lutyuv=y=val*0.72+52"
    NIGHT = "lutyuv=y=val*0.62+4:u=128:v=128"  # infrared light: no colour


@dataclass(frozen=True, slots=True)
class View:
    """A 16:9 piece of the 768×576 scene: left, top and width in pixels; `start` in pictures."""

    left: int
    top: int
    width: int
    tone: Tone
    start: int
    mirrored: bool = False

    @property
    def height(self) -> int:
        return self.width * 9 // 16


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one clip is encoded: `kilobits` a second, a key frame each `gop_seconds`.

    `share` of the site's clip length: H.265 takes long to encode and may go round sooner.
    """

    name: str
    view: int
    width: int
    height: int
    fps: int
    encoder: str
    kilobits: int
    gop_seconds: float
    b_frames: int = 0
    frozen: bool = False
    share: float = 1.0


VIEWS = (
    View(0, 112, 768, Tone.DAY, 0),
    View(0, 200, 640, Tone.COOL, 97, mirrored=True),
    View(208, 240, 560, Tone.WARM, 205),
    View(128, 64, 640, Tone.NIGHT, 311),
    View(0, 144, 768, Tone.HAZE, 402, mirrored=True),
    View(0, 128, 528, Tone.DAY, 523),
    View(240, 224, 512, Tone.NIGHT, 611, mirrored=True),
    View(64, 168, 704, Tone.WARM, 702, mirrored=True),
)
# Which views have their main stream in what; the rest is H.264 at 1280×720.
HEVC_MAIN_VIEWS = (2,)
FULL_HD_VIEW = 7
AVC_MAIN_VIEWS = tuple(
    view for view in range(len(VIEWS)) if view not in {*HEVC_MAIN_VIEWS, FULL_HD_VIEW}
)
HEVC_SUB_VIEW = 5
AUDIO = "audio"


def sub(view: int) -> str:
    return f"sub-{view}"


def main(view: int) -> str:
    return f"main-{view}"


def _sub(name: str, view: int, **changes: object) -> Recipe:
    fields: dict[str, object] = {
        "name": name,
        "view": view,
        "width": 640,
        "height": 360,
        "fps": 15,
        "encoder": "libx264",
        "kilobits": 600,
        "gop_seconds": 1.0,
    }
    return Recipe(**(fields | changes))  # type: ignore[arg-type]


def _main(view: int) -> Recipe:
    if view == FULL_HD_VIEW:
        return Recipe(main(view), view, 1920, 1080, 30, "libx264", 4000, 2.0)
    if view in HEVC_MAIN_VIEWS:
        return Recipe(main(view), view, 1280, 720, 25, "libx265", 1200, 2.0, share=0.5)
    return Recipe(main(view), view, 1280, 720, 25, "libx264", 2000, 2.0)


STILL_SUB, STILL_MAIN = "still-sub", "still-main"
SUB_HEVC, B_FRAMES, JPEG, SMALL = "sub-hevc", "b-frames", "mjpeg", "small"
STILL_VIEW, SMALL_VIEW, B_FRAMES_VIEW, JPEG_VIEW = 1, 2, 0, 4

RECIPES = (
    *(_sub(sub(view), view) for view in range(len(VIEWS))),
    *(_main(view) for view in range(len(VIEWS))),
    _sub(SUB_HEVC, HEVC_SUB_VIEW, encoder="libx265", kilobits=400, share=0.5),
    _sub(B_FRAMES, B_FRAMES_VIEW, b_frames=2),
    _sub(JPEG, JPEG_VIEW, encoder="mjpeg", kilobits=3000),
    _sub(SMALL, SMALL_VIEW, width=480, height=272, kilobits=400),
    _sub(STILL_SUB, STILL_VIEW, frozen=True),
    Recipe(STILL_MAIN, STILL_VIEW, 1280, 720, 25, "libx264", 2000, 2.0, frozen=True),
)
