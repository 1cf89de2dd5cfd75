"""`python -m app.updater WHERE`: applies the latest signed bundle of a file or folder.

Exit status: 0 applied, or nothing new · 1 refused, in words · 2 wrong command line, or an
installation that is updated in another way.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

from app import log_setup
from app.adapters.event_log import system_event_log
from app.adapters.versions import of_this_program
from app.domain.errors import BadInput, Failure
from app.domain.text import Text
from app.services.event_port import EventKind
from app.updater.helper import Installation, done
from app.workstation import layers, update_folder

_log = logging.getLogger(__name__)


class _Parser(argparse.ArgumentParser):
    @override
    def error(self, message: str) -> NoReturn:
        raise BadInput(
            Text(f"실행 옵션이 잘못되었습니다: {message}", f"Wrong command line: {message}")
        )


def main(given: Sequence[str]) -> int:
    try:
        asked = _parser().parse_args(given)
        root = asked.installation or of_this_program()
        if root is None:
            raise BadInput(
                Text(
                    "이 설치본은 꾸러미 관리자나 MSI가 버전을 관리합니다.",
                    "This installation's versions are looked after by a package manager or MSI.",
                )
            )
    except Failure as failure:
        sys.stderr.write(f"{failure.text}\n")
        return 2
    stop_log = log_setup.start(asked.log)
    try:
        said = _act(Installation(root), asked)
    except Failure as failure:
        _log.error("%s", failure.text.en)
        if not asked.check:
            _tell(EventKind.UPDATE_REFUSED, failure.text)
        sys.stderr.write(f"{failure.text}\n")
        return 1
    finally:
        stop_log()
    sys.stdout.write(f"{said}\n")
    return 0


def _act(installation: Installation, asked: argparse.Namespace) -> Text:
    if asked.back:
        return _tell(EventKind.UPDATE_APPLIED, done(installation.back()))
    where = asked.where or update_folder(layers())
    if where is None:
        return Text("업데이트를 찾지 않도록 설정되어 있습니다.", "Updates are switched off.")
    if asked.check:
        found = installation.look(where)
        version = found[1].version if found is not None else None
        offered = Text(f"{version} 버전이 있습니다.", f"Version {version} is offered.")
        return _nothing() if version is None else offered
    release = installation.apply(where)
    if release is None:
        return _nothing()
    return _tell(EventKind.UPDATE_APPLIED, done(release.version))


def _tell(kind: EventKind, text: Text) -> Text:
    """To the computer's own log: nobody sits before this program at night."""
    events = system_event_log()
    events.write(kind, text)
    asyncio.run(events.close())
    return text


def _nothing() -> Text:
    return Text("새로운 업데이트가 없습니다.", "There is nothing new.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="gwanje-update", description="Applies a signed update of Gwanje")
    parser.add_argument("where", nargs="?", type=Path, help="a bundle or a folder of them (as set)")
    parser.add_argument("--check", action="store_true", help="only say what is offered")
    parser.add_argument("--back", action="store_true", help="to the version before")
    parser.add_argument("--log", type=Path, metavar="DIR", help="write a log there")
    parser.add_argument("--installation", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
