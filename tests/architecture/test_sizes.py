from __future__ import annotations

import ast

from tests.architecture.sources import ROOT, Source, sources

FILE_LINES = 400
FUNCTION_LINES = 40


def test_no_file_is_too_long() -> None:
    files = (*sources("app", "ui", "packaging", "tests"), Source(ROOT / "main.py"))
    long = {f.name: n for f in files if (n := len(f.text.splitlines())) > FILE_LINES}
    assert long == {}, f"split by what changes together: at most {FILE_LINES} lines a file"


def test_no_function_is_too_long() -> None:
    functions = [
        (source.at(node), node.name, (node.end_lineno or 0) - node.lineno + 1)
        for source in sources("app", "ui", "packaging")
        for node in source.nodes
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    long = [function for function in functions if function[2] > FUNCTION_LINES]
    assert long == [], f"name the steps: at most {FUNCTION_LINES} lines a function"
    assert len(functions) > 300
