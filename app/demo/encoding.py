"""From pictures to a clip on disk: encodes to MP4 and notes where its access units lie."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from app.demo import mark
from app.demo.clips import Clip
from app.demo.recipes import AUDIO, VIEWS, Recipe
from app.demo.scenes import SCENE_FPS, Scenery, pictures, seen_from

_CODECS = {"libx264": "h264", "libx265": "h265", "mjpeg": "mjpeg"}
# The frozen clip: a fine key frame (four doublings finer than the rest: 22), then nothing.
# Coarse as the others are, not even the rows outside the picture leave them anything to correct.
_STILL_QUANTISER, _STILL_DOUBLINGS = 46, 4
# Above this a preset that is careful takes too long for a first start.
_SMALL_HEIGHT = 480
_AUDIO_RATE = 16_000
_AUDIO_FRAME = 1024  # samples in an AAC access unit


def unit_count(recipe: Recipe, seconds: float) -> int:
    """Whole GOPs only, so that a clip can begin again without a seam in decoding."""
    gop = _gop(recipe)
    if recipe.frozen:
        return gop
    return max(1, round(seconds * recipe.share / recipe.gop_seconds)) * gop


def encode(
    recipe: Recipe, scenery: Scenery, folder: Path, seconds: float, first_counter: int
) -> Iterator[None]:
    """Writes `<name>.mp4`; yields after each picture, so that the caller can tell the progress."""
    frames = _frames(recipe, scenery, first_counter)
    with av.open(str(folder / f"{recipe.name}.mp4"), "w") as container:
        stream = _add_stream(container, recipe)
        for number, frame in enumerate(itertools.islice(frames, unit_count(recipe, seconds))):
            frame.pts = number
            frame.time_base = Fraction(1, recipe.fps)
            container.mux(stream.encode(frame))
            yield
        container.mux(stream.encode(None))


def encode_audio(folder: Path, seconds: float) -> None:
    """A quiet hiss as AAC, 16 kHz mono: the track exists so that it can be left alone."""
    noise = np.random.default_rng(119)
    with av.open(str(folder / f"{AUDIO}.mp4"), "w") as container:
        stream = container.add_stream("aac", rate=_AUDIO_RATE, layout="mono")
        for number in range(round(seconds * _AUDIO_RATE / _AUDIO_FRAME)):
            samples = noise.normal(0.0, 0.01, (1, _AUDIO_FRAME)).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
            frame.sample_rate = _AUDIO_RATE
            frame.pts = number * _AUDIO_FRAME
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def describe(recipe: Recipe, folder: Path, first_counter: int) -> Clip:
    """Where in `<name>.mp4` everything lies."""
    units, codec_data = _units(folder, recipe.name)
    shown = sorted(unit.stamp for unit in units)
    return Clip(
        name=recipe.name,
        codec=_CODECS[recipe.encoder],
        width=recipe.width,
        height=recipe.height,
        rate=(recipe.fps, 1),
        codec_data=codec_data,
        positions=tuple(unit.position for unit in units),
        sizes=tuple(unit.size for unit in units),
        order=tuple(shown.index(unit.stamp) for unit in units),
        keys=tuple(unit.is_key for unit in units),
        first_counter=first_counter,
        frozen=recipe.frozen,
    )


def describe_audio(folder: Path) -> Clip:
    units, codec_data = _units(folder, AUDIO)
    rate = Fraction(_AUDIO_RATE, _AUDIO_FRAME)
    return Clip(
        name=AUDIO,
        codec="aac",
        width=0,
        height=0,
        rate=(rate.numerator, rate.denominator),
        codec_data=codec_data,
        positions=tuple(unit.position for unit in units),
        sizes=tuple(unit.size for unit in units),
        order=tuple(range(len(units))),
        keys=(True,) * len(units),
        first_counter=0,
        frozen=True,
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    stamp: int
    position: int
    size: int
    is_key: bool


def _units(folder: Path, name: str) -> tuple[list[_Unit], str]:
    """The access units in sending order, and the codec's record in hex."""
    with av.open(str(folder / f"{name}.mp4"), "r") as container:
        stream = container.streams[0]
        units = [
            _Unit(packet.pts, packet.pos, packet.size, packet.is_keyframe)
            for packet in container.demux(stream)
            if packet.size and packet.pts is not None and packet.pos is not None
        ]
        codec_data = stream.codec_context.extradata or b""
    return units, codec_data.hex()


def _gop(recipe: Recipe) -> int:
    return round(recipe.fps * recipe.gop_seconds)


def _frames(recipe: Recipe, scenery: Scenery, first_counter: int) -> Iterator[VideoFrame]:
    view = VIEWS[recipe.view]
    scene = pictures(scenery, view.start)
    paced = _repeated(scene, recipe.fps) if recipe.fps > SCENE_FPS else scene
    seen = seen_from(view, recipe.width, recipe.height, paced)
    if recipe.frozen:
        marked = _marked(next(seen), first_counter)
        return itertools.chain([marked], itertools.repeat(_as_decoded(recipe, marked)))
    return (_marked(frame, first_counter + number) for number, frame in enumerate(seen))


def _repeated(frames: Iterator[VideoFrame], fps: int) -> Iterator[VideoFrame]:
    """The scene's pictures at a higher rate; each still gets noise of its own."""
    frame = next(frames)
    shown = 0
    for number in itertools.count():
        while shown < number * SCENE_FPS // fps:
            frame = next(frames)
            shown += 1
        yield frame


def _marked(frame: VideoFrame, counter: int) -> VideoFrame:
    frame.make_writable()
    plane = frame.planes[0]
    luma = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    mark.draw(luma[:, : plane.width], counter)
    # The footage's own picture types would be orders to the encoder.
    frame.pict_type = PictureType.NONE
    return frame


def _as_decoded(recipe: Recipe, frame: VideoFrame) -> VideoFrame:
    """The picture as a decoder gets it: encoding that again leaves nothing to correct."""
    with io.BytesIO() as file:
        with av.open(file, "w", format="mp4") as container:
            stream = _add_stream(container, recipe)
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        file.seek(0)
        with av.open(file, "r") as source:
            decoded = next(source.decode(video=0))
    decoded.pict_type = PictureType.NONE
    return decoded


def _add_stream(container: OutputContainer, recipe: Recipe) -> VideoStream:
    stream = container.add_stream(recipe.encoder, rate=recipe.fps, options=_options(recipe))
    if not isinstance(stream, VideoStream):
        raise TypeError(recipe.encoder)
    stream.width, stream.height = recipe.width, recipe.height
    stream.pix_fmt = "yuvj420p" if recipe.encoder == "mjpeg" else "yuv420p"
    if not recipe.frozen:
        stream.bit_rate = recipe.kilobits * 1000
    return stream


def _options(recipe: Recipe) -> dict[str, str]:
    """Settings of a camera: constant key frame distance, one slice, a bounded bit rate."""
    if recipe.encoder == "mjpeg":
        # RFC 2435 carries no Huffman tables: only the standard ones may be used.
        return {"huffman": "default"}
    gop = _gop(recipe)
    if recipe.encoder == "libx265":
        return {
            "preset": "ultrafast",
            "x265-params": f"keyint={gop}:min-keyint={gop}:scenecut=0:open-gop=0"
            f":bframes=0:vbv-maxrate={recipe.kilobits}:vbv-bufsize={recipe.kilobits}"
            ":subme=0:max-merge=1:rd=1:early-skip=1:pools=1:frame-threads=1"
            ":info=0:log-level=error",
        }
    shared = {
        # Fast, but with what makes a real camera's stream cost its decoder: CABAC, loop filter.
        "preset": "superfast" if recipe.height <= _SMALL_HEIGHT else "ultrafast",
        "g": str(gop),
        "keyint_min": str(gop),
        "sc_threshold": "0",
        "bf": str(recipe.b_frames),
        "threads": "1",
    }
    if recipe.frozen:
        return shared | {
            "qp": str(_STILL_QUANTISER),
            "x264-params": f"aq-mode=0:ipratio={2**_STILL_DOUBLINGS}:weightp=0",
        }
    limit = f"{recipe.kilobits}k"
    return shared | {
        "maxrate": limit,
        "bufsize": limit,
        "x264-params": "cabac=1:no-deblock=0:rc-lookahead=0:b-adapt=0:b-pyramid=none",
    }
