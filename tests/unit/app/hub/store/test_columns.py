from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.hub.store.columns import Encoded, micros, moment, now_us, text_of


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_comes_back_exactly(at: datetime) -> None:
    assert moment(micros(at)) == at


def test_moments_are_of_one_clock() -> None:
    seoul = datetime(2026, 11, 25, 22, 4, 5, 123456, timezone(timedelta(hours=9)))
    assert micros(seoul) == 1_795_611_845_123_456
    assert moment(micros(seoul)).isoformat() == "2026-11-25T13:04:05.123456+00:00"
    assert moment(now_us()) > datetime(2026, 1, 1, tzinfo=UTC)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters()),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_comes_back_and_is_always_utf8(value: object) -> None:
    text = text_of(value)
    assert isinstance(text, Encoded)
    assert json.loads(text.encode()) == value


@pytest.mark.parametrize("value", ["\ud83d", ["ok", "\udc00"], {"\ud800": 1}])
def test_half_a_letter_is_escaped(value: object) -> None:
    assert json.loads(text_of(value).encode()) == value


def test_json_knows_no_nan() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        text_of(float("nan"))
