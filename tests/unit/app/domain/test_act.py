from __future__ import annotations

from datetime import UTC, datetime

from app.domain.act import Act, ActKind


def test_an_act_without_more_words() -> None:
    act = Act("1", datetime(2026, 1, 1, tzinfo=UTC), ActKind.SNAPSHOT, None, "김관제")
    assert act.detail == {}
    assert ActKind("clip") is ActKind.CLIP
