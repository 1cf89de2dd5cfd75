"""What the status line says, derived from the figures."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.figures import Sample
from app.services.hub_link import Link
from ui.widgets.link_words import link_mark, link_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class StatusState:
    """`source` names the camera list in use, empty without one; `saving` is the local store's.

    `link`: None without a hub. `waiting`, `troubled`: acts for the hub without an answer, and those
    that need a decision.
    """

    sample: Sample | None
    source: str = ""
    operator: str = ""
    saving: bool = True
    link: Link | None = None
    waiting: int = 0
    troubled: int = 0


@dataclass(frozen=True, slots=True)
class StatusPart:
    """A faint name and a bright value; `mark` is an icon and a colour of the theme, or nothing."""

    name: str
    value: str
    mark: tuple[str, str] | None = None


def parts(state: StatusState) -> list[StatusPart]:
    """The left side, in order."""
    found = _hub(state) if state.link is not None else [_source(state)]
    if not state.saving:
        found.append(
            StatusPart(translate("StatusLine", "Nothing is saved"), "", ("warning", "normal"))
        )
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
    """Without a hub, what there is instead is named."""
    return StatusPart(translate("StatusLine", "No hub"), state.source, ("point", "faint"))


def _hub(state: StatusState) -> list[StatusPart]:
    """In words; the sign only says it again."""
    assert state.link is not None, "asked for with a hub only"  # noqa: S101 - for mypy
    name = translate("StatusLine", "Hub")
    found = [StatusPart(name, link_words(state.link), link_mark(state.link))]
    if state.waiting:
        name = translate("StatusLine", "Acts waiting")
        found.append(StatusPart(name, _acts(state.waiting), ("ring", "normal")))
    if state.troubled:
        value = _acts(state.troubled)
        found.append(
            StatusPart(translate("StatusLine", "Acts not taken"), value, ("diamond", "urgent"))
        )
    return found


def _acts(count: int) -> str:
    return translate("StatusLine", "{count}").format(count=count)
