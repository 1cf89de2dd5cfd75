"""What is installed: for each package a folder of its own with its Python packages, precompiled.

/usr/lib/NAME/bin/python3    a link to the system's Python; with pyvenv.cfg that makes the folder
                             an environment of its own, whatever else the system's Python has
/usr/lib/NAME/lib/           the packages
/usr/lib/NAME/program/       main.py, app, ui, resources; of the hub its part of app
/usr/lib/NAME/sbom.json SHA256SUMS
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import setup_env
from linux import closure
from linux.inputs import Target
from shared import icon, product, wheels
from shared.bill import bill
from shared.product import EPOCH, ROOT

HERE = Path(__file__).resolve().parent
CONSOLE, HUB = "gwanje", "gwanje-hub"
MAINTAINER = "Gwanje authors <gwanje@localhost>"
_WORDS = ("CHANGELOG.md", "NOTICE", "THIRD_PARTY_NOTICES.md")
# What import-linter lets the hub know (pyproject.toml).
HUB_PARTS = ("app/__init__.py", "app/hub", "app/domain", "app/formats", "app/wire")
_VERIFIER = ROOT / "app" / "hub" / "ledger_verifier.py"
# What the console never loads. Wayland stays out: there no program places its own windows on the
# monitors, and a wall must; through Xwayland it does.
_NOT_SHIPPED = (
    "PySide6/assistant", "PySide6/designer", "PySide6/linguist", "PySide6/lrelease",
    "PySide6/lupdate", "PySide6/qml*", "PySide6/svgtoqml", "PySide6/libpyside6qml*",
    "PySide6/QtQml*", "PySide6/QtQuick*", "PySide6/QtDesigner*", "PySide6/QtSql*",
    "PySide6/QtUiTools*", "PySide6/QtHelp*", "PySide6/QtTest*", "PySide6/QtConcurrent*",
    "PySide6/doc", "PySide6/glue", "PySide6/include", "PySide6/lib", "PySide6/scripts",
    "PySide6/support", "PySide6/typesystems",
    "PySide6/Qt/libexec", "PySide6/Qt/metatypes", "PySide6/Qt/qml",
    "PySide6/Qt/lib/libQt6Qml*", "PySide6/Qt/lib/libQt6Quick*", "PySide6/Qt/lib/libQt6Labs*",
    "PySide6/Qt/lib/libQt6Designer*", "PySide6/Qt/lib/libQt6Lottie*",
    "PySide6/Qt/lib/libQt6Egl*", "PySide6/Qt/lib/libQt6Wayland*", "PySide6/Qt/lib/libQt6Wl*",
    "PySide6/Qt/lib/libQt6Help*", "PySide6/Qt/lib/libQt6Sql*", "PySide6/Qt/lib/libQt6Test*",
    "PySide6/Qt/lib/libQt6UiTools*", "PySide6/Qt/lib/libQt6Concurrent*",
    "PySide6/Qt/plugins/designer", "PySide6/Qt/plugins/egl*", "PySide6/Qt/plugins/generic",
    "PySide6/Qt/plugins/networkinformation", "PySide6/Qt/plugins/qml*",
    "PySide6/Qt/plugins/sqldrivers", "PySide6/Qt/plugins/tls",
    "PySide6/Qt/plugins/vectorimageformats", "PySide6/Qt/plugins/wayland-*",
    "PySide6/Qt/plugins/imageformats/libqpdf*", "PySide6/Qt/plugins/platformthemes/libqgtk3*",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtual*",
    "PySide6/Qt/plugins/platforms/libq[!xo]*",
    "PySide6/Qt/translations/[!q]*", "PySide6/Qt/translations/qt_*",
    "PySide6/Qt/translations/qtbase_[!k]*", "PySide6/Qt/translations/qt[!b]*",
)  # fmt: skip


@dataclass(frozen=True)
class Tree:
    """`root`: as it lies under / afterwards. `wheels`: what was unpacked there."""

    name: str
    root: Path
    wheels: Sequence[Path]

    @property
    def home(self) -> Path:
        return self.root / "usr" / "lib" / self.name


def console(root: Path, target: Target, found: Sequence[Path]) -> Tree:
    """Makes `root` anew. Raises WrongInput."""
    tree = Tree(CONSOLE, root, found)
    setup_env.compile_translations()
    _environment(tree, target)
    product.copy(("main.py", "app", "ui", "resources"), tree.home / "program")
    product.prune(tree.home / target.site_packages, _NOT_SHIPPED)
    _place(tree, "console/gwanje", f"usr/bin/{CONSOLE}")
    _place(tree, "console/gwanje.desktop", "usr/share/applications/gwanje.desktop")
    _place(tree, "console/gwanje-kiosk.desktop", f"usr/share/doc/{CONSOLE}/examples/")
    for size in icon.SIZES:
        folder = root / "usr/share/icons/hicolor" / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        (folder / "gwanje.png").write_bytes(icon.png(size))
    _finish(tree, target)
    return tree


def hub(root: Path, target: Target, found: Sequence[Path]) -> Tree:
    """Without screen and codecs: of `found`, what the hub imports. Raises WrongInput."""
    parts = [ROOT / part for part in HUB_PARTS if (ROOT / part).is_dir()]
    tree = Tree(HUB, root, closure.needed(parts, found))
    _environment(tree, target)
    product.copy(HUB_PARTS, tree.home / "program")
    _place(tree, "hub/backup", f"usr/lib/{HUB}/backup")
    _place(tree, "hub/gwanje-hub", f"usr/sbin/{HUB}")
    _place(tree, "hub/hub.toml", "etc/gwanje/hub.toml")
    for unit in sorted((HERE / "hub").glob(f"{HUB}*.[st]*")):
        _place(tree, f"hub/{unit.name}", f"lib/systemd/system/{unit.name}")
    _place(tree, _VERIFIER, "usr/bin/gwanje-ledger-verify")
    _place(tree, ROOT / "docs" / "hub.md", f"usr/share/doc/{HUB}/")
    _finish(tree, target)
    return tree


def _environment(tree: Tree, target: Target) -> None:
    shutil.rmtree(tree.root, ignore_errors=True)
    (tree.home / "bin").mkdir(parents=True)
    (tree.home / "bin" / "python3").symlink_to(target.path)
    (tree.home / "pyvenv.cfg").write_text(
        f"home = {target.path.parent}\ninclude-system-site-packages = false\n", encoding="utf-8"
    )
    lib = tree.home / target.site_packages
    for wheel in tree.wheels:
        wheels.unpack(wheel, lib)
    product.prune(lib, wheels.NOT_LOADED)
    (lib / "gwanje.pth").write_text("../../../program\n", encoding="utf-8")


def _finish(tree: Tree, target: Target) -> None:
    doc = tree.root / "usr" / "share" / "doc" / tree.name
    product.copy(_WORDS, doc)
    _place(tree, ROOT / "docs" / "linux.md", f"usr/share/doc/{tree.name}/")
    _place(tree, f"copyright.{tree.name}", f"usr/share/doc/{tree.name}/copyright")
    _place(tree, "lintian-overrides", f"usr/share/lintian/overrides/{tree.name}")
    (doc / "changelog.gz").write_bytes(gzip.compress(_changes(tree.name).encode(), mtime=EPOCH))
    _compile(tree, target)
    (tree.home / "sbom.json").write_text(bill(tree.wheels, name=tree.name), encoding="utf-8")
    product.write_sums(tree.home)


def _changes(name: str) -> str:
    """In the one form that Debian's tools read."""
    when = datetime.fromtimestamp(EPOCH, UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"{name} ({product.version()}) stable; urgency=medium\n\n"
        f"  * What is new is told in CHANGELOG.md beside this file.\n\n -- {MAINTAINER}  {when}\n"
    )


def _place(tree: Tree, source: str | Path, target: str) -> None:
    """`source`: within this folder, or a whole path. A target that ends with / is a folder."""
    origin = HERE / source
    path = tree.root / target
    if target.endswith("/"):
        path /= origin.name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(origin, path)


def _compile(tree: Tree, target: Target) -> None:
    """By the same Python, under its later name, so that nothing is written under /usr."""
    for part in (target.site_packages, Path("program")):
        subprocess.run(
            [
                str(target.here), "-m", "compileall", "-q", "-j", "2", "--invalidation-mode",
                "unchecked-hash", "-s", str(tree.root), "-p", "/", str(tree.home / part),
            ],
            check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0",
                 "SOURCE_DATE_EPOCH": str(EPOCH)},
        )  # fmt: skip
