"""Alerts in the Common Alerting Protocol, 1.1 (in Korea KS X ITUT X1303) and 1.2 (OASIS).

An Update or Cancel belongs to the alert it refers to: the event's number is that of the first one
referred to, so that the incident stays one. Exercises and tests are events like others, marked in
title and facts; nobody practises on a channel of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.domain.text import Text
from app.formats.fields import number_of
from app.formats.intake import reading, safe_xml
from app.formats.intake.reading import Told, key_of, moment_of, text_of

NAMESPACES = (
    "urn:oasis:names:tc:emergency:cap:1.2",
    "urn:oasis:names:tc:emergency:cap:1.1",
)
_KINDS = {"Alert": Kind.OCCURRED, "Update": Kind.CHANGED, "Cancel": Kind.ENDED}
_HEAD = ("identifier", "sender", "sent", "status", "msgType")
_NO_EVENT = frozenset({"Ack", "Error"})
_MARKS = {"Exercise": "훈련", "Test": "시험", "System": "시스템", "Draft": "초안"}
_INFO_FACTS = (
    "category", "event", "urgency", "certainty", "effective", "onset", "expires", "senderName",
    "instruction", "description", "web", "contact",
)  # fmt: skip
_LONG = 2000
_PAIR = 2
_CORNERS = 3

_NOT_CAP = Text("CAP 1.1 또는 1.2의 경보가 아닙니다", "not an alert of CAP 1.1 or 1.2")
_INCOMPLETE = Text(
    "identifier, sender, sent, status, msgType 가운데 빠진 것이 있습니다",
    "one of identifier, sender, sent, status and msgType is missing",
)
_ACK = Text("경보가 아니라 수신 확인입니다", "an acknowledgement, not an alert")
_NO_REFERENCE = Text(
    "references가 없어 어느 경보를 고치는지 알 수 없습니다",
    "no references: which alert it changes is not said",
)
_EXERCISE = Text("실제 상황이 아닙니다(훈련·시험)", "not an actual alert (exercise or test)")
_NO_AREA = Text("위치가 없는 경보입니다", "the alert has no place on the map")


def events(data: bytes, now: datetime) -> list[IntakeEvent | Rejected]:
    """The one event of an alert message."""
    root = safe_xml.load(data)
    return [root if isinstance(root, Rejected) else _event(root, now)]


class _Reader:
    """Children by name, in the namespace of the root."""

    def __init__(self, namespace: str) -> None:
        self._prefix = f"{{{namespace}}}"

    def all(self, parent: Element | None, name: str) -> list[Element]:
        return [] if parent is None else parent.findall(self._prefix + name)

    def text(self, parent: Element | None, name: str, limit: int = reading.MAX_TEXT) -> str:
        return next((text_of(one.text or "", limit) for one in self.all(parent, name)), "")


def _event(root: Element, now: datetime) -> IntakeEvent | Rejected:
    namespace = next((n for n in NAMESPACES if root.tag == f"{{{n}}}alert"), None)
    if namespace is None:
        return Rejected(_NOT_CAP)
    read = _Reader(namespace)
    head = {name: read.text(root, name) for name in _HEAD}
    if not all(head.values()):
        return Rejected(_INCOMPLETE)
    if head["msgType"] in _NO_EVENT:
        return Rejected(_ACK)
    kind = _KINDS.get(head["msgType"])
    if kind is None:
        return Rejected(Text("알 수 없는 msgType입니다", "unknown msgType"))
    return _known(read, root, head, kind, now)


def _known(
    read: _Reader, root: Element, head: Mapping[str, str], kind: Kind, now: datetime
) -> IntakeEvent:
    told = Told()
    info = _info(read, root)
    first = None
    if kind is not Kind.OCCURRED:
        first = _first_reference(read.text(root, "references", _LONG), told)
    sender, number = first or (head["sender"], head["identifier"])
    place, codes, points = _areas(read, info)
    latitude, longitude = _centre(points, told)
    title = read.text(info, "headline") or read.text(info, "event")
    if mark := _MARKS.get(head["status"], ""):
        told.tell(_EXERCISE)
    return IntakeEvent(
        source=key_of(sender),
        external=key_of(number),
        kind=kind,
        type=TypeKey.DISASTER,
        occurred_at=told.moment(head["sent"], now),
        title=f"[{mark}] {title}" if mark else title,
        place=place,
        latitude=latitude,
        longitude=longitude,
        emd_code=next(filter(None, map(reading.emd_code_of, codes)), ""),
        facts=_facts(read, root, info),
        severity=read.text(info, "severity"),
        problems=tuple(told.problems),
    )


def _facts(read: _Reader, root: Element, info: Element | None) -> dict[str, str]:
    facts = {name: read.text(root, name) for name in ("status", "msgType", "scope", "note")}
    facts |= {name: read.text(info, name, _LONG) for name in _INFO_FACTS}
    facts["identifier"] = read.text(root, "identifier")
    return {name: text for name, text in facts.items() if text}


def _first_reference(references: str, told: Told) -> tuple[str, str] | None:
    """Sender and number of the earliest alert among `sender,identifier,sent sender,…`."""
    found: list[tuple[float, str, str]] = []
    for reference in references.split():
        sender, _, rest = reference.partition(",")
        own, _, sent = rest.partition(",")
        if sender and own:
            at = moment_of(sent)
            found.append((at.timestamp() if at else float("inf"), sender, own))
    if not found:
        told.tell(_NO_REFERENCE)
        return None
    _, sender, own = min(found, key=lambda one: one[0])
    return sender, own


def _info(read: _Reader, root: Element) -> Element | None:
    """The Korean words if there are any, else the first: one message may say it in several."""
    infos = read.all(root, "info")
    korean = (i for i in infos if read.text(i, "language").lower().startswith("ko"))
    return next(korean, infos[0] if infos else None)


def _areas(read: _Reader, info: Element | None) -> tuple[str, list[str], list[tuple[str, str]]]:
    """Words, geocodes, and the corners (or the centre) of the first shape."""
    areas = read.all(info, "area")
    words = ", ".join(filter(None, (read.text(area, "areaDesc") for area in areas)))
    codes = [read.text(code, "value") for area in areas for code in read.all(area, "geocode")]
    for shape in _shapes(read, areas):
        if shape:
            return words[: reading.MAX_TEXT], codes, shape
    return words[: reading.MAX_TEXT], codes, []


def _shapes(read: _Reader, areas: Sequence[Element]) -> Iterator[list[tuple[str, str]]]:
    for area in areas:
        for circle in read.all(area, "circle"):
            # "latitude,longitude radius"
            yield _pairs((circle.text or "").split()[:1])
        for polygon in read.all(area, "polygon"):
            yield _pairs((polygon.text or "").split()[:1000])


def _pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    parts = (word.split(",") for word in words)
    return [(part[0], part[1]) for part in parts if len(part) == _PAIR]


def _centre(points: Sequence[tuple[str, str]], told: Told) -> tuple[float | None, float | None]:
    if not points:
        told.tell(_NO_AREA)
        return None, None
    if len(points) < _CORNERS:
        return told.position(*points[0])
    numbers = [(number_of(a), number_of(b)) for a, b in points]
    known = [(a, b) for a, b in numbers if a is not None and b is not None]
    if len(known) != len(points):
        return told.position("?", "?")
    # The last corner repeats the first one.
    corners = known[:-1] if known[0] == known[-1] else known
    return told.position(*_centroid(corners))


def _centroid(corners: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Centre of area; the mean of the corners where they enclose none."""
    area = first = second = 0.0
    # Relative to one corner: far from zero the differences would drown.
    origin = corners[0]
    moved = [(a - origin[0], b - origin[1]) for a, b in corners]
    for (a, b), (c, d) in zip(moved, [*moved[1:], moved[0]], strict=True):
        cross = a * d - c * b
        area += cross
        first += (a + c) * cross
        second += (b + d) * cross
    if abs(area) < 1e-12:  # noqa: PLR2004 - a hundredth of a square metre, in square degrees
        count = len(corners)
        return sum(a for a, _ in corners) / count, sum(b for _, b in corners) / count
    return origin[0] + first / (3 * area), origin[1] + second / (3 * area)
