"""A wall made with GStreamer's compositor, for the system's Python.

The one argument is JSON: [[url, x, y, width, height], …].
"""

from __future__ import annotations

import importlib
import json
import signal
import sys
from typing import Any

gi: Any = importlib.import_module("gi")
gi.require_version("Gst", "1.0")
Gst: Any = importlib.import_module("gi.repository.Gst")
GLib: Any = importlib.import_module("gi.repository.GLib")

_INPUT = (
    "rtspsrc location={url} protocols=tcp latency=50 ! rtph264depay !"
    " avdec_h264 max-threads=1 ! queue max-size-buffers=3 ! mix.sink_{place}"
)
_OUTPUT = (
    "compositor name=mix background=black latency=100000000 {pads} !"
    " video/x-raw,format=BGRx,width=1920,height=1080,framerate=15/1 ! ximagesink sync=false"
)
_PAD = (
    "sink_{place}::xpos={x} sink_{place}::ypos={y}"
    " sink_{place}::width={width} sink_{place}::height={height}"
)


def main() -> None:
    Gst.init(None)
    tiles = json.loads(sys.argv[1])
    pads = " ".join(
        _PAD.format(place=place, x=x, y=y, width=width, height=height)
        for place, (_, x, y, width, height) in enumerate(tiles)
    )
    inputs = [_INPUT.format(url=tile[0], place=place) for place, tile in enumerate(tiles)]
    pipeline = Gst.parse_launch("  ".join([_OUTPUT.format(pads=pads), *inputs]))
    loop = GLib.MainLoop()
    GLib.unix_signal_add(GLib.PRIORITY_HIGH, signal.SIGTERM, loop.quit)
    pipeline.set_state(Gst.State.PLAYING)
    loop.run()
    pipeline.set_state(Gst.State.NULL)


if __name__ == "__main__":
    main()
