"""The package itself, by dpkg-deb; the same bytes from the same tree."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from shared.product import EPOCH, WrongInput, set_times, sha256

_PROGRAMS = ("usr/bin/*", "usr/sbin/*", "usr/lib/*/backup", "DEBIAN/p[ro]*")


def make(root: Path, output: Path, *, solid: bool = False) -> Path:
    """`root` holds DEBIAN/. `solid`: smaller, in four times the time: a release.

    Raises WrongInput.
    """
    set_modes(root)
    set_times(root)
    done = subprocess.run(
        [
            "dpkg-deb", "--root-owner-group", "-Zxz", "-z6" if solid else "-z1", "--build",
            str(root), str(output),
        ],
        capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    if done.returncode:
        message = f"dpkg-deb: 꾸러미를 만들지 못했습니다 / it failed:\n{done.stderr[-2000:]}"
        raise WrongInput(message)
    return output


def set_modes(root: Path) -> None:
    """Whatever the umask of whoever builds: read by all, written by root, run where meant."""
    programs = {path for pattern in _PROGRAMS for path in root.glob(pattern)}
    root.chmod(0o755)
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in programs else 0o644)


def index(folder: Path) -> Path:
    """`Packages`: makes a folder (a stick, a share) a source for apt, of all packages in it."""
    found = []
    for file in sorted(folder.glob("*.deb")):
        fields = subprocess.run(
            ["dpkg-deb", "--field", str(file)], capture_output=True, text=True, check=True
        ).stdout
        size = file.stat().st_size
        found.append(f"{fields}Filename: ./{file.name}\nSize: {size}\nSHA256: {sha256(file)}\n")
    listed = folder / "Packages"
    listed.write_text("\n".join(found), encoding="utf-8")
    return listed
