"""Bad ends, figures and settings as pieces of a bundle: what is known, without anybody's name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.domain.bad_ends import BadEnd
from app.domain.preferences import PreferenceValues
from app.domain.scrub import scrub
from app.services.care_port import Piece
from app.services.hub_link import Link
from app.services.report import Report

# Of these only whether they are set: a name, and folders that may hold one.
_PRIVATE = ("operator", "stills_folder", "clips_folder", "base_map")


def ends_piece(ends: Sequence[BadEnd]) -> Piece:
    return piece("runs.json", [asdict(end) for end in ends], "runs that ended badly")


def figures_piece(report: Report) -> Piece:
    """The figures of the health screen; cameras by their numbers."""
    told: dict[str, Any] = json.loads(report.to_json())
    for row in told["cameras"]:
        del row["camera"], row["name"]
        row["last_error"] = scrub(row["last_error"])
    for error in told["errors"]:
        del error["camera"]
        error["text"] = scrub(error["text"])
    return piece("figures.json", told, "figures and states of every tile")


def settings_piece(values: PreferenceValues) -> Piece:
    told = asdict(values)
    for name in _PRIVATE:
        told[name] = "set" if told[name] else "not set"
    return piece("settings.json", told, "settings without names and folders")


def link_facts(link: Link, waiting: int, troubled: int) -> Mapping[str, object]:
    """How it stands with the hub; acts that wait are counted."""
    told = asdict(link)
    told["state"] = link.state.value
    told["reason"] = scrub(link.reason.en) if link.reason is not None else None
    return told | {"acts_waiting": waiting, "acts_troubled": troubled}


def piece(name: str, value: object, about: str) -> Piece:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=_plain)
    return Piece(name, text + "\n", about)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
