"""What dpkg is told of a package: its fields, its sums, its settings, its scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import setup_env
from linux import inputs
from linux.inputs import Target
from linux.tree import CONSOLE, HERE, HUB, MAINTAINER, Tree
from shared.product import version

_SCRIPTS = ("preinst", "postinst", "prerm", "postrm")
# By what a line of packaging/system_packages.txt says that a package is for.
_SCREEN = "the screen (Qt)"
_CERTIFICATES = "checking certificates of RTSPS and HTTPS cameras"
_LETTERS = "letters for Korean"
_REPLAYS = "playing replays"
_RELAY = "the demo cameras (RTSP server)"
_RELAY_TLS = "passing video on, encrypted (RTSPS)"
_FOOTAGE = "opencv-doc"
# libstdc++6 and zlib1g: of the wheels of both.
_ALWAYS = ("libstdc++6", "zlib1g")

# A place for its key, and printers; it starts without both.
_MORE = ("gnome-keyring", "libcups2 | libcups2t64")


@dataclass(frozen=True)
class Fields:
    """Those that differ; in the order in which Debian writes them."""

    section: str
    depends: Sequence[str]
    recommends: Sequence[str]
    suggests: Sequence[str]
    description: str


_CONSOLE_WORDS = """operator's console of a control room (관제)
 Live cameras on a video wall that tells the truth about its pictures, every
 incident on a map with the cameras around it, video shared for as long as an
 incident lasts, and a ledger of who saw what.
 .
 통합관제센터의 콘솔: 영상벽, 지도와 사건, 투망감시, 영상제공, 대장."""
_HUB_WORDS = """hub of a control room: accounts, incidents, sharing, ledger (관제 허브)
 The central server that consoles of Gwanje sign in to. It takes in what other
 systems send, shares video with other rooms and keeps the ledger. Holds the
 verifier of exported ledgers as well.
 .
 관제 콘솔이 접속하는 중앙 서버와 대장 검증기."""


def of(tree: Tree, target: Target) -> Fields:
    """Of the one package or the other."""
    python = _python(target, tree)
    if tree.name == CONSOLE:
        needs = _for(_SCREEN, _CERTIFICATES, _LETTERS)
        return Fields(
            "video", [*python, *needs], [*_for(_REPLAYS), *_MORE], _for(_RELAY), _CONSOLE_WORDS,
        )  # fmt: skip
    needs = ["adduser", *_for(_CERTIFICATES)]
    relay = [name for name in _for(_RELAY, _RELAY_TLS) if name != _FOOTAGE]
    return Fields("net", [*python, *needs], relay, ["postgresql"], _HUB_WORDS)


def write(tree: Tree, target: Target) -> None:
    """DEBIAN/ in the tree."""
    folder = tree.root / "DEBIAN"
    sums = "".join(f"{_md5(file)}  {file.relative_to(tree.root)}\n" for file in _files(tree.root))
    text = _text(tree, of(tree, target))
    folder.mkdir()
    (folder / "control").write_text(text, encoding="utf-8")
    (folder / "md5sums").write_text(sums, encoding="utf-8")
    if tree.name == HUB:
        (folder / "conffiles").write_text("/etc/gwanje/hub.toml\n", encoding="utf-8")
        for script in _SCRIPTS:
            source = (HERE / "hub" / script).read_text(encoding="utf-8")
            (folder / script).write_text(source.replace("@VERSION@", version()), encoding="utf-8")


def _text(tree: Tree, fields: Fields) -> str:
    lines = [
        ("Package", tree.name),
        ("Version", version()),
        ("Architecture", "amd64"),
        ("Maintainer", MAINTAINER),
        ("Installed-Size", str(_kib(tree.root))),
        ("Depends", ", ".join(fields.depends)),
        ("Recommends", ", ".join(fields.recommends)),
        ("Suggests", ", ".join(fields.suggests)),
        ("Section", fields.section),
        ("Priority", "optional"),
        ("Description", fields.description),
    ]
    return "".join(f"{name}: {value}\n" for name, value in lines)


def _python(target: Target, tree: Tree) -> list[str]:
    """Exactly the Python that the compiled packages are for: the next one cannot load them."""
    major, minor = target.version
    libc = ".".join(map(str, inputs.glibc(list(tree.wheels))))
    return [
        f"python3 (>= {major}.{minor})", f"python3 (<< {major}.{minor + 1})", f"libc6 (>= {libc})",
        *_ALWAYS,
    ]  # fmt: skip


def _for(*purposes: str) -> list[str]:
    table = setup_env.TABLE.read_text(encoding="utf-8")
    return [
        " | ".join(package.names)
        for package in setup_env.packages(table, ["run"])
        if package.why_en in purposes
    ]


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def _kib(root: Path) -> int:
    """As dpkg-gencontrol counts: files by whole KiB, all else as one each."""
    return sum(
        -(-path.stat().st_size // 1024) if path.is_file() and not path.is_symlink() else 1
        for path in root.rglob("*")
    )


def _md5(path: Path) -> str:
    """Dpkg's own word for what has changed (`dpkg --verify`); no protection, SHA256SUMS is."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
