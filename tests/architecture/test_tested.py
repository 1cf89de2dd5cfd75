from __future__ import annotations

import ast

from tests.architecture.sources import Source, sources


def imported(source: Source) -> set[str]:
    """The modules that `source` imports itself."""
    names: set[str] = set()
    for node in source.nodes:
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_every_module_has_a_test_that_imports_it() -> None:
    tests = [source for source in sources("tests") if source.path.name.startswith("test_")]
    seen = set[str]().union(*map(imported, tests))
    untested = [
        source.name
        for source in sources("app", "ui")
        if source.path.name != "__init__.py" and source.module not in seen
    ]
    assert untested == [], "each needs a test module that imports it and looks at what it does"
