"""JSON in the one form that is hashed (RFC 8785), of what a ledger entry may hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

# Beyond that a reader with doubles would read another number.
_LARGEST = (1 << 53) - 1


def canonical(value: Mapping[str, object]) -> bytes:
    """UTF-8. Raises ValueError for what has no such form here.

    Names are ASCII and numbers whole: for those Python's own order and digits are the RFC's.
    """
    for leaf in _leaves(value):
        if isinstance(leaf, float) or (isinstance(leaf, int) and abs(leaf) > _LARGEST):
            message = f"not a whole number that every reader reads alike: {leaf}"
            raise ValueError(message)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if not str(name).isascii():
                message = f"a name must be ASCII: {name!r}"
                raise ValueError(message)
            yield from _leaves(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
