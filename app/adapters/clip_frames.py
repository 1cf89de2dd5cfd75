"""When each picture of a clip begins, read from its index without decoding."""

from __future__ import annotations

from pathlib import Path

from app.domain.clip_time import FrameTimes
from app.domain.errors import Failure, Unavailable
from app.domain.text import Text


def frame_times(clip: Path) -> FrameTimes:
    """Seconds from the first picture on. Raises `Failure` for a file that is no clip."""
    # Only who replays needs the codecs in this process: the console starts without them.
    import av

    try:
        with av.open(str(clip)) as container:
            if not container.streams.video:
                raise not_playable()
            stream = container.streams.video[0]
            base = stream.time_base
            stamps = [p.pts for p in container.demux(stream) if p.pts is not None]
    except (av.FFmpegError, OSError) as error:
        raise not_playable() from error
    if not stamps or base is None:
        raise not_playable()
    first = min(stamps)
    return FrameTimes.of([float((stamp - first) * base) for stamp in stamps])


def not_playable() -> Failure:
    return Unavailable(
        Text(
            "클립을 재생하지 못했습니다. 저장은 할 수 있습니다.",
            "The clip cannot be played. It can still be saved.",
        )
    )
