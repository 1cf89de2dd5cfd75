from __future__ import annotations

import numpy as np
import pytest

from tests.bench.fit import fit

TIMES = np.arange(0.0, 600.0, 5.0)
NOISE = np.random.default_rng(7).normal(0.0, 0.5, len(TIMES))


def test_a_line_is_found() -> None:
    slope = fit(list(TIMES), list(100 + 0.02 * TIMES), 30.0)
    assert slope.per_second == pytest.approx(0.02)
    assert slope.error == pytest.approx(0.0, abs=1e-9)
    assert slope.growth == pytest.approx(0.02 * 595)
    assert not slope.is_flat(0.01)


def test_noise_is_flat() -> None:
    assert fit(list(TIMES), list(100 + NOISE), 30.0).is_flat(0.0)


def test_growth_beyond_the_noise_is_not_flat() -> None:
    assert not fit(list(TIMES), list(100 + NOISE + 0.01 * TIMES), 30.0).is_flat(0.01)


def test_two_blocks_make_no_slope() -> None:
    with pytest.raises(ValueError, match="too few"):
        fit([0.0, 31.0], [1.0, 2.0], 30.0)
