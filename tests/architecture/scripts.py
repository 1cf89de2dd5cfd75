"""Loads a script of packaging/ by its path: the folder's name is also that of a library."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from tests.architecture.sources import ROOT


def script(name: str) -> ModuleType:
    known = sys.modules.get(f"gwanje_{name}")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(
        f"gwanje_{name}", ROOT / "packaging" / f"{name}.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
