"""One COMMIT for several jobs, without a loop: app.hub.store.committer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import Refused
from app.domain.text import Text
from app.hub.store.committer import Committer
from app.hub.store.store import Prepared, prepare


def refuse(_tx: Any) -> None:
    raise Refused(Text("아니요", "no"))


def test_of_a_group_only_the_job_that_failed_is_undone(tmp_path: Path) -> None:
    prepared: Prepared = prepare(str(tmp_path / "hub.db"))
    committer: Committer = prepared.committer
    try:
        done = committer.commit(
            [
                lambda tx: tx.put("site", "a", {}).seq,
                refuse,
                lambda tx: tx.put("site", "b", {}).seq,
            ]
        )
        assert [one.seq for one in done.entries] == [1, 2]
        assert [result.value for result in done.results if result.error is None] == [1, 2]
        with pytest.raises(Refused):
            raise next(result.error for result in done.results if result.error)
        assert committer.commits >= 1
    finally:
        committer.close()
        prepared.engines.close()
        prepared.release()
