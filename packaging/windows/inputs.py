"""What a build for Windows takes in from outside: named, sized and hashed in `inputs.lock`.

The cache (`GWANJE_INPUTS`, else ~/.cache/gwanje/inputs) may be filled by hand in a closed network:
whatever lies there under the right name and hash is taken, and nothing is fetched.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

# What packages of every system are made with lies beside this folder; whoever needs it imports
# this module first.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from shared.product import WrongInput, cache, sha256
from shared.wheels import download

HERE = Path(__file__).resolve().parent
LOCK = HERE / "inputs.lock"
WHEELS_LOCK = HERE / "requirements.lock"
PYTHON = "3.13"
_PIP = (sys.executable, "-m", "pip")


@dataclass(frozen=True)
class Input:
    name: str
    size: int
    sha256: str
    requirement: str
    origin: str


def inputs() -> list[Input]:
    return [Input(**one) for one in json.loads(LOCK.read_text(encoding="utf-8"))["inputs"]]


def need(one: Input) -> Path:
    """The file, checked; fetched where it is not there. Raises WrongInput."""
    path = cache() / one.name
    if not path.exists():
        download(
            _PIP,
            f"{one.requirement} --hash=sha256:{one.sha256}\n",
            ["--no-deps", "--no-binary", ":all:", "--dest", str(cache())],
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
        download(
            _PIP,
            WHEELS_LOCK.read_text(encoding="utf-8"),
            [
                "--no-deps", "--only-binary", ":all:", "--platform", "win_amd64",
                "--python-version", PYTHON, "--dest", str(folder),
            ],
        )  # fmt: skip
        done.touch()
    return sorted(folder.glob("*.whl"))
