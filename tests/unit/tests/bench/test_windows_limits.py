"""What the Windows installer may weigh and take."""

from __future__ import annotations

from tests.bench import windows_limits

FITS = {"size_mb": 120.0, "solid_mb": 85.5, "build_s": 35.0, "install_s": 14.0}


def test_what_fits_is_no_fault() -> None:
    assert windows_limits.faults(FITS) == []
    assert "over the limit" not in windows_limits.compared(FITS)


def test_a_size_over_its_limit_is_a_fault() -> None:
    (small, solid) = windows_limits.faults({**FITS, "size_mb": 120.1, "solid_mb": 90.1})
    assert "120.1 MB, at most 120" in small
    assert "90.1 MB, at most 90" in solid


def test_a_time_over_its_limit_is_only_marked() -> None:
    """It is the machine's as well."""
    slow = {**FITS, "build_s": 301.0, "install_s": 60.5}
    assert windows_limits.faults(slow) == []
    marked = [line for line in windows_limits.compared(slow).splitlines() if "over" in line]
    assert [line.split("  ")[0] for line in marked] == ["build", "installed"]


def test_what_was_not_measured_is_not_judged() -> None:
    assert windows_limits.faults({"size_mb": 1.0}) == []
    assert len(windows_limits.compared({"size_mb": 1.0}).splitlines()) == 3
