"""What the console was started with: the command line, checked."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import platformdirs
from typing_extensions import override

import app
from app.domain.errors import BadInput
from app.domain.layout import LAYOUTS
from app.domain.text import Language, Text
from app.domain.wall import WindowId
from app.services.layers import Layers

MOST_CAMERAS = 128
# Never on the command line: every user of the machine can read that of every process.
PASSWORD_VARIABLE = "GWANJE_HUB_PASSWORD"  # noqa: S105 - a name, not a password
_MOST_DECODERS = 16
_LONGEST_RUN = 366 * 86_400.0


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that is settled before the first window. None: as the preferences say."""

    profile_dir: Path
    cache_dir: Path
    cameras: Path | None = None
    demo: bool = False
    demo_cameras: int = 36
    demo_main_only: bool = False
    demo_pace: int | None = None
    demo_hub: bool = False
    demo_station: bool = False
    until_input_ends: bool = False
    layout: str | None = None
    language: Language | None = None
    run_for: float | None = None
    settle: float = 0.0
    report: Path | None = None
    screenshot: Path | None = None
    full_screen: bool = False
    kiosk: bool = False
    decoders: int | None = None
    tls_ca: Path | None = None
    report_every: float | None = None
    mark_clock: Path | None = None
    self_test: Path | None = None
    diagnostics: Path | None = None
    safe: bool = False
    keep_alive: bool = False
    hub: str | None = None
    hub_ca: Path | str | None = None
    """The file of the hub's own authority, or the certificate itself (PEM)."""
    hub_user: str | None = None
    hub_password: str = field(default="", repr=False)
    provision: Path | None = None
    check: bool = False
    site: str = ""
    monitors: Mapping[WindowId, str] = field(default_factory=dict)
    layers: Layers = field(default_factory=Layers)


def parse(arguments: Sequence[str]) -> Config:
    """Raises `BadInput` with what is wrong; `--help` and `--version` print and exit."""
    given = _parser().parse_args(arguments)
    return Config(
        profile_dir=given.profile_dir or own_profile_dir(),
        cache_dir=Path(platformdirs.user_cache_dir("gwanje", appauthor=False)),
        cameras=_file(given.cameras, "--cameras"),
        demo=given.demo,
        demo_cameras=_between(given.demo_cameras, 1, MOST_CAMERAS, "--demo-cameras"),
        demo_main_only=given.demo_main_only,
        demo_pace=_pace(given.demo_pace),
        demo_hub=given.demo and not given.no_hub and given.hub is None and given.cameras is None,
        demo_station=given.demo_station,
        # The keeper's child is no keeper, however the option was shortened.
        until_input_ends=given.until_input_ends or given.kept,
        keep_alive=given.keep_alive and not given.kept,
        layout=_layout(given.layout),
        language=_language(given.lang),
        run_for=_seconds(given.run_for, "--run-for"),
        settle=_seconds(given.settle, "--settle") or 0.0,
        report=given.report,
        screenshot=given.screenshot,
        full_screen=given.full_screen,
        kiosk=given.kiosk,
        decoders=given.decoders and _between(given.decoders, 1, _MOST_DECODERS, "--decoders"),
        tls_ca=_file(given.tls_ca, "--tls-ca"),
        report_every=_seconds(given.report_every, "--report-every"),
        mark_clock=given.mark_clock,
        self_test=given.self_test,
        diagnostics=given.diagnostics,
        safe=given.safe,
        hub=_hub(given.hub, given.cameras, given.hub_ca),
        hub_ca=given.hub_ca,
        hub_user=given.hub_user,
        hub_password=os.environ.get(PASSWORD_VARIABLE, ""),
        provision=_file(given.provision, "--provision"),
        check=_check(given.provision, check=given.check),
    )


class _Parser(argparse.ArgumentParser):
    @override
    def error(self, message: str) -> NoReturn:
        raise BadInput(
            Text(f"실행 옵션이 잘못되었습니다: {message}", f"Wrong command line: {message}")
        )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="main.py", description="Gwanje (관제), the video wall of a control room")
    add = parser.add_argument
    add("--version", action="version", version=app.__version__)
    add("--cameras", type=Path, metavar="FILE", help="camera list (CSV or JSON); no hub needed")
    add("--hub", metavar="URL", help="hub to sign in to (https://server)")
    add("--hub-ca", type=Path, metavar="FILE", help="the hub's own authority (PEM)")
    add("--hub-user", metavar="NAME", help=f"sign in by itself, password in {PASSWORD_VARIABLE}")
    add("--demo", action="store_true", help="a demo: cameras, a hub, incidents")
    add("--demo-cameras", type=int, default=36, metavar="N", help=f"1 to {MOST_CAMERAS} (36)")
    add(
        "--demo-pace",
        type=int,
        metavar="N",
        help="incidents' messages a minute in the demo; 0: only with Ctrl+Alt+N (6)",
    )
    add("--demo-main-only", action="store_true", help="demo cameras without a sub stream")
    add("--demo-station", action="store_true", help="a police station's console beside the demo")
    add("--no-hub", action="store_true", help="the demo's cameras only: no hub, no incidents")
    add("--layout", metavar="NAME", help="1, 4, 9, 16, 25, 36, 49, 64, 1+5, 1+7, 1+12, 2+8")
    add("--lang", metavar="ko|en", help="language of this run")
    add("--full-screen", action="store_true", help="start with the wall on the whole screen")
    add("--kiosk", action="store_true", help="full screen, without a way out by accident")
    add("--run-for", type=float, metavar="SECONDS", help="end by itself")
    add("--settle", type=float, metavar="SECONDS", help="leave the start out of the report")
    add("--report", type=Path, metavar="FILE", help="write the figures as JSON at the end")
    add("--report-every", type=float, metavar="SECONDS", help="write it again and again")
    add("--screenshot", type=Path, metavar="FILE", help="save the screen as PNG at the end")
    add("--profile-dir", type=Path, metavar="DIR", help="settings and walls of this run")
    add("--decoders", type=int, metavar="N", help="decoder processes (one a core)")
    add("--tls-ca", type=Path, metavar="FILE", help="root certificates of the cameras (PEM)")
    add("--provision", type=Path, metavar="FILE", help="settings of this workstation; then end")
    add("--check", action="store_true", help="with --provision: only look at the file")
    add("--until-input-ends", action="store_true", help="end with whoever started it")
    _add_care(parser)
    add("--mark-clock", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    return parser


def _add_care(parser: argparse.ArgumentParser) -> None:
    """For when something went wrong."""
    add = parser.add_argument
    add("--self-test", type=Path, metavar="FILE", help="try every part, write what works as JSON")
    add("--diagnostics", type=Path, metavar="FILE", help="write logs and facts as a ZIP, end")
    add("--safe", action="store_true", help="without the wall's cameras, map, automatic dragnets")
    add("--keep-alive", action="store_true", help="start it again whenever it ended badly")
    add("--kept", action="store_true", help=argparse.SUPPRESS)


def _file(path: Path | None, option: str) -> Path | None:
    if path is not None and not is_file(path):
        raise BadInput(
            Text(f"{option}: 파일이 없습니다: {path}", f"{option}: there is no file {path}")
        )
    return path


def is_file(path: Path) -> bool:
    """One that can be seen from here: not in a folder without rights, not under a wild name."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _between(value: int, low: int, high: int, option: str) -> int:
    if not low <= value <= high:
        raise BadInput(
            Text(
                f"{option}: {low}부터 {high}까지의 수를 쓰세요 (지금: {value})",
                f"{option}: give a number from {low} to {high}, not {value}",
            )
        )
    return value


def _pace(value: int | None) -> int | None:
    return None if value is None else _between(value, 0, 600, "--demo-pace")


def _seconds(value: float | None, option: str) -> float | None:
    if value is not None and not 0 <= value <= _LONGEST_RUN:
        raise BadInput(
            Text(
                f"{option}: 0 이상의 초를 쓰세요 (지금: {value})",
                f"{option}: give seconds of 0 or more, not {value}",
            )
        )
    return value


def _layout(name: str | None) -> str | None:
    known = [layout.name for layout in LAYOUTS]
    if name is not None and name not in known:
        choices = ", ".join(known)
        raise BadInput(
            Text(
                f"--layout: ‘{name}’ 화면분할은 없습니다. 가능한 값: {choices}",
                f"--layout: there is no layout “{name}”. Choose one of: {choices}",
            )
        )
    return name


def _language(code: str | None) -> Language | None:
    if code is None:
        return None
    try:
        return Language(code)
    except ValueError:
        raise BadInput(
            Text(f"--lang: ko 또는 en (지금: {code})", f"--lang: ko or en, not {code}")
        ) from None


def _hub(url: str | None, cameras: Path | None, authority: Path | None) -> str | None:
    if url is None:
        return None
    if cameras is not None:
        raise BadInput(
            Text(
                "--hub 와 --cameras 는 함께 쓸 수 없습니다. 허브가 카메라 목록을 줍니다.",
                "--hub and --cameras exclude each other: the hub gives the list of cameras.",
            )
        )
    # Loads the HTTP library: not for a console that needs none.
    from app.adapters.hub_address import believed, checked

    believed(authority)  # a file that is no authority is told now, not at the sign-in
    return checked(url)


def _check(file: Path | None, *, check: bool) -> bool:
    if check and file is None:
        raise BadInput(
            Text("--check 는 --provision 과 함께 씁니다.", "--check goes with --provision FILE.")
        )
    return check


def own_profile_dir() -> Path:
    return Path(platformdirs.user_data_dir("gwanje", appauthor=False))
