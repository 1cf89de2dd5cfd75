"""What the tiles of figures say, derived from the last seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from PySide6.QtCore import QCoreApplication

from app.domain.figures import Sample
from ui.health import words

translate = QCoreApplication.translate

# A figure for a person: the mean of ten seconds does not jump.
CALM_SAMPLES = 10
# DESIGN §8: what the console promises, and so where a figure begins to matter.
_LEAST_SHOWN = 0.98
_MOST_BUSY = 0.95
_MOST_AGE = 1.0
_MOST_DELAY = 1.0
_MOST_BLOCKED = 0.050


@dataclass(frozen=True, slots=True)
class Total:
    """`warning`: beyond what the console promises."""

    title: str
    value: str
    note: str = ""
    warning: bool = False


def totals(history: Sequence[Sample]) -> tuple[Total, ...]:
    """Eight figures, always in the same order; dashes while nothing is measured."""
    recent = list(history)[-CALM_SAMPLES:]
    last = recent[-1] if recent else Sample(0.0)
    return (
        _live(last, measured=bool(recent)),
        _shown(recent),
        _cpu(recent),
        _memory(last),
        _age(last),
        _delay(last),
        _blocked(last),
        Total(
            translate("Health", "Reconnects"),
            str(last.reconnects) if recent else words.NOTHING,
            translate("Health", "since the start"),
        ),
    )


def _live(last: Sample, *, measured: bool) -> Total:
    missing = last.tiles - last.tiles_live
    if not measured or last.tiles == 0:
        note = translate("Health", "no camera on a tile")
    elif missing:
        note = translate("Health", "{count} not live").format(count=missing)
    else:
        note = translate("Health", "all tiles live")
    value = f"{last.tiles_live} / {last.tiles}" if measured else words.NOTHING
    return Total(translate("Health", "Live tiles"), value, note, warning=missing > 0)


def _shown(recent: Sequence[Sample]) -> Total:
    decoded = sum(sample.decoded_per_second for sample in recent)
    shown = sum(sample.shown_per_second for sample in recent)
    share = min(1.0, shown / decoded) if decoded > 0 else None
    note = translate("Health", "{count} a second").format(
        count=f"{shown / len(recent) if recent else 0:.0f}"
    )
    warning = share is not None and share < _LEAST_SHOWN
    return Total(translate("Health", "Pictures shown"), words.percent(share), note, warning)


def _cpu(recent: Sequence[Sample]) -> Total:
    title = translate("Health", "CPU")
    if not recent:
        return Total(title, words.NOTHING)
    cores = recent[-1].cores
    own = fmean(sample.cpu_ui + sample.cpu_decoders for sample in recent) / cores
    busy = fmean(sample.busy for sample in recent)
    note = translate("Health", "whole machine {share}").format(share=f"{busy * 100:.0f}%")
    return Total(title, f"{own * 100:.0f}%", note, warning=busy > _MOST_BUSY)


def _memory(last: Sample) -> Total:
    whole = last.memory_ui_mb + last.memory_decoders_mb
    value = translate("Health", "{size} MB").format(size=f"{whole:.0f}") if whole else words.NOTHING
    note = translate("Health", "screens {ui} · decoders {decoders}").format(
        ui=f"{last.memory_ui_mb:.0f}", decoders=f"{last.memory_decoders_mb:.0f}"
    )
    return Total(translate("Health", "Memory"), value, note)


def _age(last: Sample) -> Total:
    return Total(
        translate("Health", "Age of pictures"),
        words.milliseconds(_ms(last.age_p95)),
        translate("Health", "95 of 100 are newer"),
        warning=last.age_p95 is not None and last.age_p95 > _MOST_AGE,
    )


def _delay(last: Sample) -> Total:
    note = (
        translate("Health", "no camera tells its time")
        if last.latency_p95 is None
        else translate("Health", "camera to screen, 95 of 100")
    )
    warning = last.latency_p95 is not None and last.latency_p95 > _MOST_DELAY
    delay = words.milliseconds(_ms(last.latency_p95))
    return Total(translate("Health", "Delay"), delay, note, warning)


def _blocked(last: Sample) -> Total:
    note = translate("Health", "longest {time} in a minute").format(
        time=words.milliseconds(last.block_largest * 1000)
    )
    return Total(
        translate("Health", "Screen blocked"),
        words.milliseconds(_ms(last.block_p99)),
        note,
        warning=last.block_p99 is not None and last.block_p99 > _MOST_BLOCKED,
    )


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000
