"""The installer, by NSIS; the same bytes from the same tree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import inputs
from shared.icon import ico, side_bmp
from shared.product import EPOCH, WrongInput, version
from signing import Signer
from terms import terms

# Room for the rest of the computer.
_SPARE_MB = 200
# NSIS cannot write longer paths (MAX_PATH, the backslash between and the end counted), and while it
# unpacks the version's folder is `.1.2.0.part`.
_MOST_LETTERS = 258 - len("..part")

# Before it an installer that the system's own account runs unpacks its plugins where others may
# have put theirs.
_SAFE_NSIS = (3, 11)


def make(
    tree: Path,
    output: Path,
    *,
    solid: bool = False,
    number: str | None = None,
    signer: Signer | None = None,
) -> Path:
    """`output` is the file. `solid`: lzma, for a release. `number`: another version, for tests.

    Raises WrongInput.
    """
    if shutil.which("makensis") is None:
        message = "makensis is missing: install nsis"
        raise WrongInput(message)
    if solid or signer is not None:
        _warn_of_an_old_nsis()
    lists = output.parent / f"{output.stem}-lists"
    number = version() if number is None else number
    _put_lists(tree, lists, tree / "versions" / number)
    defines = {
        "VERSION": number, "NUMBER": f"{number}.0", "TREE": str(tree), "LISTS": str(lists),
        "OUTPUT": str(output), "SIZE_KB": str(_bytes(tree) // 1024),
        "NEEDED_MB": str(_megabytes(tree) + _SPARE_MB),
        "MOST_LETTERS": str(_MOST_LETTERS - _longest(tree)),
    }  # fmt: skip
    if solid:
        defines["SOLID"] = "1"
    if signer is not None:
        defines["SIGN"] = signer.command()
    try:
        _pack(defines)
    finally:
        shutil.rmtree(lists)
    if signer is not None:
        signer.sign(output)
    return output


def _put_lists(tree: Path, lists: Path, version_folder: Path) -> None:
    """What installer.nsi includes."""
    shutil.rmtree(lists, ignore_errors=True)
    lists.mkdir(parents=True)
    (lists / "gwanje.ico").write_bytes(ico())
    (lists / "side.bmp").write_bytes(side_bmp())
    (lists / "terms.txt").write_text(terms(version_folder), encoding="utf-8-sig", newline="\r\n")
    (lists / "remove.nsh").write_text(_remove(tree), encoding="utf-8-sig")
    (lists / "launchers.nsh").write_text(_launchers(tree), encoding="utf-8-sig")


def _warn_of_an_old_nsis() -> None:
    said = subprocess.run(["makensis", "-VERSION"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", said.stdout)
    if found is None or (int(found[1]), int(found[2])) < _SAFE_NSIS:
        print(
            f"[gwanje] makensis {said.stdout.strip()}: a release wants NSIS 3.11 or later"
            " (CVE-2025-43715)",
            file=sys.stderr,
        )


def _pack(defines: Mapping[str, str]) -> None:
    done = subprocess.run(
        [
            "makensis", "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8",
            *(f"-D{name}={value}" for name, value in defines.items()),
            str(inputs.HERE / "installer.nsi"),
        ],
        capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    if done.returncode:
        message = f"makensis failed:\n{(done.stdout + done.stderr)[-3000:]}"
        raise WrongInput(message)


def _megabytes(tree: Path) -> int:
    return _bytes(tree) // 1_000_000


def _bytes(tree: Path) -> int:
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())


def _longest(tree: Path) -> int:
    return max((len(_name(path, tree)) for path in tree.rglob("*")), default=0)


def _remove(tree: Path) -> str:
    """Exactly what was brought, the deepest folders first; what others put there stays."""
    paths = sorted(tree.rglob("*"), key=lambda path: (-len(path.parts), str(path)))
    files = [f'Delete "$INSTDIR\\{_name(p, tree)}"' for p in paths if p.is_file()]
    folders = [f'RMDir "$INSTDIR\\{_name(p, tree)}"' for p in paths if p.is_dir()]
    return "\n".join([*files, *folders, ""])


def _launchers(tree: Path) -> str:
    """Each is replaced in one step (steps.nsh)."""
    programs = sorted(path.name for path in tree.glob("*.exe"))
    return "".join(f'!insertmacro Launcher "{name}"\n' for name in programs)


def _name(path: Path, tree: Path) -> str:
    return str(path.relative_to(tree)).replace("/", "\\").replace("$", "$$")
