"""The hub's store on both engines: every test that asks for `address` runs on each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.hub.store.store import Store
from tests.fakes import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    """One server for the whole run; skips where there is none."""
    try:
        with postgres.running() as server:
            yield server
    except postgres.NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> postgres.Postgres | None:
    """None where the engine needs none."""
    if request.param == "sqlite":
        return None
    found: postgres.Postgres = request.getfixturevalue("postgres_server")
    return found


@pytest.fixture
def address(server: postgres.Postgres | None, tmp_path: Path) -> Iterator[str]:
    """Of an empty store."""
    if server is None:
        yield str(tmp_path / "hub.db")
        return
    database = server.new()
    yield database
    server.drop(database)


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    opened = await Store.open(address, hot={"incident", "note"})
    yield opened
    await opened.close()
