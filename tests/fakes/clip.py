"""A short real MP4 whose white bar grows with every frame, so that a picture tells its number."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

WIDTH, HEIGHT, FPS = 320, 180, 15


def make_clip(path: Path, seconds: float = 2.0) -> Path:
    """H.264, a key frame a second. Frame n (of `seconds` × 15) has a bar n + 1 steps wide."""
    frames = round(seconds * FPS)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"preset": "ultrafast", "g": str(FPS), "threads": "1"}
        for n in range(frames):
            picture = np.full((HEIGHT, WIDTH, 3), 16, np.uint8)
            picture[:, : WIDTH * (n + 1) // frames] = 235
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    return path
