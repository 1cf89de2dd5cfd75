from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import incident_number, uuid7
from app.domain.korea import KST

TIMES = st.integers(0, 2**48 - 1)
NOISE = st.binary(min_size=10, max_size=10)


@given(TIMES, NOISE)
def test_an_id_is_a_uuid_of_version_7(at_ms: int, noise: bytes) -> None:
    parsed = uuid.UUID(uuid7(at_ms, noise))
    assert str(parsed) == uuid7(at_ms, noise)
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == at_ms


@given(st.tuples(TIMES, NOISE), st.tuples(TIMES, NOISE))
def test_ids_sort_by_time(one: tuple[int, bytes], other: tuple[int, bytes]) -> None:
    if one[0] < other[0]:
        assert uuid7(*one) < uuid7(*other)


@given(TIMES, NOISE, st.integers(0, 79))
def test_all_but_six_bits_of_the_noise_count(at_ms: int, noise: bytes, bit: int) -> None:
    other = (int.from_bytes(noise, "big") ^ (1 << bit)).to_bytes(10, "big")
    told_apart = uuid7(at_ms, noise) != uuid7(at_ms, other)
    assert told_apart == (bit not in {62, 63, 76, 77, 78, 79})


def test_the_example_of_the_standard() -> None:
    # RFC 9562, appendix A.6: rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    noise = (0xCC3 << 64 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
    assert uuid7(0x017F22E279B0, noise) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@pytest.mark.parametrize(("at_ms", "noise"), [(-1, bytes(10)), (2**48, bytes(10)), (0, bytes(9))])
def test_what_is_no_time_and_noise(at_ms: int, noise: bytes) -> None:
    with pytest.raises(ValueError, match="ten random bytes"):
        uuid7(at_ms, noise)


def test_a_number_names_the_day_in_korea() -> None:
    late = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert incident_number(late, 7) == "20261125-0007"
    assert incident_number(late - timedelta(seconds=1), 12345) == "20261124-12345"
    assert late.astimezone(KST).hour == 0


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None), 1),
        (datetime(2026, 1, 1, tzinfo=UTC), 0),
    ],
)
def test_what_gives_no_number(at: datetime, count: int) -> None:
    with pytest.raises(ValueError, match="from 1"):
        incident_number(at, count)
