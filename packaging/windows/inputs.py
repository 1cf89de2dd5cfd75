"""What a build for Windows takes in from outside: named, sized and hashed in `inputs.lock`.

The cache (`GWANJE_INPUTS`, else ~/.cache/gwanje/inputs) may be filled by hand in a closed network:
whatever lies there under the right name and hash is taken, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "inputs.lock"
WHEELS_LOCK = HERE / "requirements.lock"
PYTHON = "3.13"


class WrongInput(Exception):  # noqa: N818 - a person has to do something
    """What, where, and what to do."""


@dataclass(frozen=True)
class Input:
    name: str
    size: int
    sha256: str
    requirement: str
    origin: str


def cache() -> Path:
    named = os.environ.get("GWANJE_INPUTS")
    folder = Path(named) if named else Path.home() / ".cache" / "gwanje" / "inputs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def inputs() -> list[Input]:
    return [Input(**one) for one in json.loads(LOCK.read_text(encoding="utf-8"))["inputs"]]


def need(one: Input) -> Path:
    """The file, checked; fetched where it is not there. Raises WrongInput."""
    path = cache() / one.name
    if not path.exists():
        _pip(
            ["--no-deps", "--no-binary", ":all:", "--dest", str(cache())],
            f"{one.requirement} --hash=sha256:{one.sha256}\n",
        )
    check(one, path)
    return path


def check(one: Input, path: Path) -> None:
    if not path.exists():
        message = f"{one.name}: not there. Put it into {path.parent} ({one.origin})"
        raise WrongInput(message)
    if path.stat().st_size != one.size or sha256(path) != one.sha256:
        message = f"{path}: not the file that inputs.lock names. Delete it and build again."
        raise WrongInput(message)


def wheels() -> list[Path]:
    """All packages of the product for Windows, checked against their lock by pip."""
    folder = cache() / "wheels" / sha256(WHEELS_LOCK)[:16]
    done = folder / ".complete"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _pip(
            [
                "--no-deps", "--only-binary", ":all:", "--platform", "win_amd64",
                "--python-version", PYTHON, "--dest", str(folder),
            ],
            WHEELS_LOCK.read_text(encoding="utf-8"),
        )  # fmt: skip
        done.touch()
    return sorted(folder.glob("*.whl"))


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pip(options: list[str], requirements: str) -> None:
    wanted = cache() / ".wanted.txt"
    wanted.write_text(requirements, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes",
            "--requirement", str(wanted), *options,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    wanted.unlink()
    if done.returncode:
        message = f"what inputs.lock names could not be fetched:\n{done.stderr[-2000:]}"
        raise WrongInput(message)
