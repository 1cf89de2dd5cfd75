"""The command line of `python -m app.hub`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

import app
from app.domain.errors import BadInput
from app.domain.text import Text


class _Parser(argparse.ArgumentParser):
    @override
    def error(self, message: str) -> NoReturn:
        raise BadInput(
            Text(f"실행 옵션이 잘못되었습니다: {message}", f"Wrong command line: {message}")
        )


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """`command` is serve where none is named. Raises `BadInput`; `--help` prints and exits."""
    known = {
        "serve", "backup", "restore", "check", "import", "reset-password", "renew-certificate",
        "ledger",
    }  # fmt: skip
    given = list(arguments)
    if not known & set(given) and not {"-h", "--help", "--version"} & set(given):
        given.insert(0, "serve")
    return _parser().parse_args(given)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m app.hub", description="Gwanje (관제), the hub of a centre")
    parser.add_argument("--version", action="version", version=app.__version__)
    common = _Parser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR", help="database, keys, log (hub-data)")
    common.add_argument("--config", type=Path, metavar="FILE", help="settings (DIR/hub.toml)")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    _serve(commands.add_parser("serve", parents=[common], help="run the hub (the default)"))
    backup = commands.add_parser("backup", parents=[common], help="copy the store to a new file")
    backup.add_argument("file", type=Path)
    restore = commands.add_parser("restore", parents=[common], help="fill the store from a backup")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="also where the store holds data")
    commands.add_parser("check", parents=[common], help="look whether the store is sound")
    import_ = commands.add_parser("import", parents=[common], help="cameras, bells, police boxes")
    import_.add_argument("file", type=Path)
    import_.add_argument("--site", metavar="ID", help="where they belong (the top site)")
    reset = commands.add_parser("reset-password", parents=[common], help="a one-time password")
    reset.add_argument("name")
    _ledger(commands.add_parser("ledger", help="export, check and prove the ledger"), common)
    commands.add_parser("renew-certificate", parents=[common], help="of the same private CA")
    return parser


def _ledger(parser: argparse.ArgumentParser, common: _Parser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, parser_class=_Parser)
    export = acts.add_parser("export", parents=[common], help="to a file for the auditor")
    export.add_argument("file", type=Path)
    acts.add_parser("key", parents=[common], help="the key that checkpoints are signed with")
    verify = acts.add_parser(
        "verify", parents=[common], help="check an exported file; needs no hub"
    )
    verify.add_argument("file", type=Path)
    verify.add_argument("--key", default="", metavar="NAME+ID+KEY", help="got by another way")
    verify.add_argument("--remembered", type=Path, nargs="*", default=[], metavar="FILE")


def _serve(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--host", metavar="ADDRESS", help="address to listen on (127.0.0.1)")
    add("--port", type=int, metavar="N", help="port, 0 for any free one (8443)")
    add("--socket-port", type=int, metavar="N", help="port of the platform socket (none)")
    add("--plain", action="store_true", help="HTTP without TLS, on loopback only")
    add("--run-for", type=float, metavar="SECONDS", help="end by itself")
    add("--until-input-ends", action="store_true", help="end with whoever started it")
