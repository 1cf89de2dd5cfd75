"""The pictures that clips are made from: genuine footage, or a drawn scene where there is none."""

from __future__ import annotations

import functools
import gzip
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from app.demo.recipes import View
from app.domain.text import Text

# Public surveillance footage (PETS 2009, a university campus) that Debian ships with OpenCV.
_FOOTAGE = Path("/usr/share/doc/opencv-doc/examples/data/vtest.avi")
_WIDTH, _HEIGHT = 768, 576
# The footage has 10 pictures a second and is played at 15: each sub picture is a new one, as
# from a real camera; repeated pictures would make decoding look cheaper than it is.
SCENE_FPS = 15


@dataclass(frozen=True, slots=True)
class Scenery:
    """Where pictures come from; `path` None means drawn. `notice` tells a person why."""

    path: Path | None
    notice: Text | None = None

    @property
    def name(self) -> str:
        return self.path.name if self.path else "drawn"


def find_scenery(footage: Path = _FOOTAGE) -> Scenery:
    for path in (footage, footage.with_name(footage.name + ".gz")):
        if path.is_file():
            return Scenery(path)
    return Scenery(
        None,
        Text(
            ko="실제 영상이 없어 그린 장면을 씁니다. 데비안에서는 opencv-doc 꾸러미를 설치하세요.",
            en="Genuine footage is missing, a drawn scene is used. "
            "On Debian, install the package opencv-doc.",
        ),
    )


def pictures(scenery: Scenery, start: int) -> Iterator[VideoFrame]:
    """Endless yuv420p pictures of 768×576 from picture `start` on, going round at the end."""
    if scenery.path is None:
        return (_drawn(number) for number in itertools.count(start))
    return itertools.islice(_decoded(scenery.path), start, None)


def seen_from(
    view: View, width: int, height: int, frames: Iterator[VideoFrame]
) -> Iterator[VideoFrame]:
    """The scene as a camera with this view sees it, `width` × `height`, one picture for one."""
    graph = Graph()
    source = graph.add_buffer(
        width=_WIDTH,
        height=_HEIGHT,
        format=VideoFormat("yuv420p"),
        time_base=Fraction(1, SCENE_FPS),
    )
    tone, _, values = view.tone.value.partition("=")
    graph.link_nodes(
        source,
        graph.add("crop", f"{view.width}:{view.height}:{view.left}:{view.top}"),
        graph.add("hflip" if view.mirrored else "null"),
        graph.add("scale", f"{width}:{height}:flags=bicubic"),
        graph.add(tone, values),
        # A sensor's noise: without it, still parts of the scene would cost nothing at all.
        graph.add("noise", "c0s=5:c0f=t"),
        graph.add("format", "yuv420p"),
        graph.add("buffersink"),
    ).configure()
    for number, frame in enumerate(frames):
        frame.pts = number
        graph.push(frame)
        seen = graph.pull()
        if isinstance(seen, VideoFrame):
            yield seen


def _decoded(path: Path) -> Iterator[VideoFrame]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    while True:
        with av.open(io.BytesIO(content), "r") as container:
            for frame in container.decode(video=0):
                yield frame.reformat(format="yuv420p")


def _drawn(number: int) -> VideoFrame:
    """A street at dusk with people and cars on it, by numpy alone."""
    scene = _street().copy()
    for lane in range(6):
        speed = 2 + lane
        top = 150 + 60 * lane
        left = (number * speed + 131 * lane) % (_WIDTH + 80) - 40
        size = (44, 18) if lane % 2 else (22, 64)
        scene[top : top + size[0], max(left, 0) : max(left + size[1], 0)] = 200 - 24 * lane
    chroma = np.full((_HEIGHT // 2, _WIDTH), 126, dtype=np.uint8)
    return VideoFrame.from_ndarray(np.concatenate([scene, chroma]), format="yuv420p")


@functools.cache
def _street() -> NDArray[np.uint8]:
    """The part of the drawn scene that stands still: sky, walls with windows, a road."""
    rows, columns = np.mgrid[0:_HEIGHT, 0:_WIDTH]
    scene = 60 + 90 * rows // _HEIGHT
    storey, bay = rows // 45, columns // 70
    # The upper four storeys' walls, each with its windows; lane markings below.
    windows = (storey <= 3) & (rows // 15 % 3 == 1) & (columns // 14 % 5 > 1)  # noqa: PLR2004
    scene = np.where(windows, 190 - bay * 37 % 90, scene)
    lanes = (storey > 3) & ((rows + columns // 3) // 4 % 24 == 0)  # noqa: PLR2004
    return np.where(lanes, 210, scene).astype(np.uint8)
