"""The server of the tests: one that is there and does not start is not passed over in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fakes import postgres


def programs(folder: Path, initdb: str) -> Path:
    for name, text in {"initdb": initdb, "postgres": "#!/bin/sh\necho no such lock >&2\n"}.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("initdb", "words"),
    [
        ("#!/bin/sh\necho no access >&2\nexit 1\n", "no access"),
        ("#!/bin/sh\nexit 0\n", "no such lock"),
    ],
)
def test_one_that_does_not_start_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, initdb: str, words: str
) -> None:
    monkeypatch.setattr(postgres, "programs", lambda: programs(tmp_path, initdb))
    # The scripts lie where nobody else can enter.
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(RuntimeError, match=words), postgres.running():
        pass
