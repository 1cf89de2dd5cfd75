from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.updates import Installed, Publisher, install, scripts


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    with scripts() as modules:
        yield Publisher(tmp_path / "publisher", modules)


@pytest.fixture
def installed(tmp_path: Path, publisher: Publisher) -> Installed:
    return install(tmp_path / "프로그램 폴더", "1.0.0", publisher.start())
