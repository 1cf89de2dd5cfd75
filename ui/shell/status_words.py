"""What the status line says, derived from the figures."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.figures import Sample

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class StatusState:
    """`source` names the camera list in use, empty without one; `saving` is the local store's."""

    sample: Sample | None
    source: str = ""
    operator: str = ""
    saving: bool = True


@dataclass(frozen=True, slots=True)
class StatusPart:
    """A faint name and a bright value; `shape` is a colour of the theme, empty for none."""

    name: str
    value: str
    shape: str = ""


def parts(state: StatusState) -> list[StatusPart]:
    """The left side, in order."""
    found = [_source(state)]
    if not state.saving:
        found.append(StatusPart(translate("StatusLine", "Nothing is saved"), "", "normal"))
    sample = state.sample
    if sample is None:
        return found
    pictures = f"{sample.tiles_live}/{sample.tiles}"
    found.append(StatusPart(translate("StatusLine", "Pictures"), pictures))
    delay = sample.latency_p95 if sample.latency_p95 is not None else sample.age_p95
    if delay is not None:
        name = (
            translate("StatusLine", "Delay")
            if sample.latency_p95 is not None
            else translate("StatusLine", "Age")
        )
        found.append(
            StatusPart(name, translate("StatusLine", "{seconds} s").format(seconds=f"{delay:.2f}"))
        )
    found.append(StatusPart(translate("StatusLine", "CPU"), f"{100 * min(sample.busy, 1.0):.0f}%"))
    return found


def _source(state: StatusState) -> StatusPart:
    """There is no hub in this version: what there is instead is named."""
    return StatusPart(translate("StatusLine", "No hub"), state.source, "faint")
