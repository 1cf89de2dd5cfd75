"""Which packages a part of the product needs: what it imports, and what that asks for in turn.

Of the wheels that the lock brought, so that nothing is resolved a second time.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from shared.product import ROOT, WrongInput

_OURS = frozenset({"app", "ui"})
# From the system's packages: no wheel brings it (docs/adr/0011-relay.md).
_OF_THE_SYSTEM = frozenset({"gi"})
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?[^;]*(?:;\s*(.*))?$")
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class Requirement:
    """`extras`: what is asked for of the project. `only_for`: an extra of who asks, or nothing."""

    project: str
    extras: frozenset[str]
    only_for: str

    @classmethod
    def of(cls, line: str) -> Requirement:
        found = _REQUIREMENT.match(line.strip())
        if found is None:
            message = f"no requirement: {line}"
            raise WrongInput(message)
        name, extras, marker = found.groups()
        asked = frozenset(one.strip() for one in (extras or "").split(",") if one.strip())
        only = _EXTRA.search(marker or "")
        return cls(normal(name), asked, only[1] if only else "")


def needed(folders: Iterable[Path], wheels: Sequence[Path]) -> list[Path]:
    """Raises WrongInput where something is imported that no wheel has.

    A requirement of another system or Python is one whose wheel is not there: the lock was judged
    by who fetched it.
    """
    by_project = {project_of(wheel): wheel for wheel in wheels}
    extras = _extras_of_the_product()
    todo = [(project, extras.get(project, frozenset())) for project in roots(folders, wheels)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        one = todo.pop()
        if one in seen or one[0] not in by_project:
            continue
        seen.add(one)
        todo += [
            (asked.project, asked.extras)
            for asked in requirements(by_project[one[0]])
            if not asked.only_for or asked.only_for in one[1]
        ]
    return sorted(by_project[project] for project in {project for project, _ in seen})


def roots(folders: Iterable[Path], wheels: Sequence[Path]) -> list[str]:
    """The projects whose modules are imported there, however late."""
    owners = {module: project_of(wheel) for wheel in wheels for module in modules_of(wheel)}
    found: set[str] = set()
    for module in sorted(set(imported(folders))):
        if module in sys.stdlib_module_names or module in _OURS | _OF_THE_SYSTEM:
            continue
        if module not in owners:
            message = (
                f"{module}: 잠금 파일의 어느 꾸러미에도 없습니다\n"
                f"{module} is imported, and no package of the lock has it"
            )
            raise WrongInput(message)
        found.add(owners[module])
    return sorted(found)


def imported(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
                if isinstance(node, ast.Import):
                    yield from (alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    yield node.module.split(".")[0]


def modules_of(wheel: Path) -> set[str]:
    """The names that can be imported once it is unpacked."""
    with zipfile.ZipFile(wheel) as packed:
        tops = {name.split("/")[0] for name in packed.namelist()}
    return {top.split(".")[0] for top in tops if not top.endswith((".dist-info", ".data"))}


def requirements(wheel: Path) -> list[Requirement]:
    with zipfile.ZipFile(wheel) as packed:
        name = next(n for n in packed.namelist() if n.endswith(".dist-info/METADATA"))
        fields = HeaderParser().parsestr(packed.read(name).decode("utf-8"))
    return [Requirement.of(line) for line in fields.get_all("Requires-Dist") or []]


def project_of(wheel: Path) -> str:
    return normal(wheel.name.split("-")[0])


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _extras_of_the_product() -> dict[str, frozenset[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement.of(line) for line in project["dependencies"]]
    return {one.project: one.extras for one in asked if one.extras}
