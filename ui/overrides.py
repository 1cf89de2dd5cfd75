"""Keeps an error in a Qt virtual from ending the process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from PySide6.QtCore import QObject

_GUARDED = "_guarded_override"


def guard_overrides(package: str = "ui") -> int:
    """Wraps every method of `package` that is marked `@override`; how many there were.

    Shiboken 6.11 on Python 3.11 ends the process when an exception that C code raised with mere
    words (int("x"), no running loop) leaves a virtual which Python called into Qt for. An
    exception that was caught once and raised again is whole, and safe to hand on.
    """
    count = 0
    for made in _classes(package):
        for name, method in tuple(vars(made).items()):
            marked = getattr(method, "__override__", False)
            if marked and callable(method) and not hasattr(method, _GUARDED):
                setattr(made, name, _whole(method))
                count += 1
    return count


def _classes(package: str) -> Iterator[type]:
    for name, module in tuple(sys.modules.items()):
        if name == package or name.startswith(f"{package}."):
            for found in tuple(vars(module).values()):
                if isinstance(found, type) and issubclass(found, QObject):
                    yield found


def _whole(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except Exception:  # noqa: TRY203 - catching is what makes it whole
            raise

    setattr(call, _GUARDED, True)
    return call
