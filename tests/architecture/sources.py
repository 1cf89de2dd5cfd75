"""The source files, parsed once, for the rules that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A scan that sees fewer files than this has lost its way and would pass on nothing.
FEWEST = {"app": 30, "ui": 20, "tests": 20, "packaging": 3}


@dataclass(frozen=True)
class Source:
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with the last part of what is called: `self.label.setText(x)` → setText."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield last_name(node.func), node

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def last_name(node: ast.expr) -> str:
    match node:
        case ast.Attribute():
            return node.attr
        case ast.Name():
            return node.id
        case _:
            return ""


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an expression made of names only, else what is known of its end."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


@lru_cache
def sources(*folders: str) -> tuple[Source, ...]:
    found: list[Source] = []
    for folder in folders:
        files = [
            Source(path)
            for path in sorted((ROOT / folder).rglob("*.py"))
            if "__pycache__" not in path.parts
        ]
        assert len(files) >= FEWEST[folder], f"only {len(files)} files in {folder}/ were seen"
        found += files
    return tuple(found)


# What these give is not the text that stands in them.
_OPAQUE = (ast.Call, ast.FormattedValue, ast.Compare, ast.Subscript, ast.Lambda, ast.Attribute)


def text_constants(node: ast.AST) -> Iterator[ast.Constant]:
    """The literal texts that become part of `node`'s value; calls in it answer for themselves."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif not isinstance(node, _OPAQUE):
        for child in ast.iter_child_nodes(node):
            yield from text_constants(child)


def docstrings(source: Source) -> set[int]:
    """Ids of the constants that are documentation."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in source.nodes
        if isinstance(node, kinds) and node.body and isinstance(node.body[0], ast.Expr)
    }
