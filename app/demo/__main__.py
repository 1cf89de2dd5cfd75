"""The demo site by itself: `python -m app.demo --cameras 36 --port 8554 --write-list list.csv`.

Prints one JSON line when it serves, then serves until Ctrl+C or, with `--until-input-ends`, until
its standard input ends.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from pathlib import Path

from app.demo.footage import FULL_SECONDS, default_cache
from app.demo.mounts import Style
from app.demo.site import DemoSite, Opened, SiteOptions
from app.domain.errors import Failure
from app.tasks import Reader


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m app.demo", description=__doc__)
    parser.add_argument("--cameras", type=int, default=36, metavar="N", help="1 to 128")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--write-list", type=Path, metavar="FILE", help="camera list as CSV")
    style = parser.add_mutually_exclusive_group()
    style.add_argument("--only-plain", action="store_true", help="no difficult cameras")
    style.add_argument("--main-only", action="store_true", help="one 1280×720@25 stream a camera")
    parser.add_argument("--files", action="store_true", help="file: addresses, no server")
    parser.add_argument("--cache", type=Path, default=default_cache(), metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=FULL_SECONDS, help="length of the clips")
    parser.add_argument("--mtu", type=int, default=1400, help="bytes in an RTP packet")
    parser.add_argument("--rtcp-seconds", type=float, default=1.0, help="between sender reports")
    parser.add_argument("--until-input-ends", action="store_true")
    return parser.parse_args()


def _options(arguments: argparse.Namespace) -> SiteOptions:
    style = Style.PLAIN if arguments.only_plain else Style.FULL
    return SiteOptions(
        count=arguments.cameras,
        style=Style.MAIN_ONLY if arguments.main_only else style,
        port=arguments.port,
        cache=arguments.cache,
        seconds=arguments.seconds,
        mtu=arguments.mtu,
        rtcp_seconds=arguments.rtcp_seconds,
        server=not arguments.files,
    )


async def _serve(arguments: argparse.Namespace) -> None:
    over = asyncio.Event()
    _watch(over, until_input_ends=arguments.until_input_ends)
    site = DemoSite(_options(arguments))
    try:
        opened = await site.start(_show_progress)
        if arguments.write_list:
            arguments.write_list.write_bytes(opened.csv)
        _say(opened, arguments.write_list)
        await over.wait()
    finally:
        await site.stop()


def _watch(over: asyncio.Event, *, until_input_ends: bool) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl+C cancels the main task.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, over.set)
    if until_input_ends:
        Reader("input", _read_input, lambda _: None, over.set)


def _read_input() -> bytes:
    line = sys.stdin.buffer.readline()
    if not line:
        raise EOFError
    return line


def _show_progress(fraction: float) -> None:
    end = "\n" if fraction >= 1.0 else ""
    sys.stderr.write(f"\r시연 영상 준비 / preparing footage {fraction:4.0%}{end}")
    sys.stderr.flush()


def _say(opened: Opened, written: Path | None) -> None:
    for notice in opened.notices:
        sys.stderr.write(f"{notice}\n")
    message = {
        "cameras": len(opened.cameras),
        "port": opened.port,
        "list": str(written) if written else None,
        "clock": str(opened.clock_folder) if opened.clock_folder else None,
        "expected_live": sum(expected.live for expected in opened.expectations),
    }
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main() -> int:
    try:
        asyncio.run(_serve(_arguments()))
    except Failure as failure:
        sys.stderr.write(f"{failure.text}\n")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
