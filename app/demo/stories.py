"""What happens in the demo's district: incidents of every type, told as they go on.

Deterministic: the same seed, run and times give the same messages.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.demo import messages, plots
from app.demo.messages import CAP_SENDER, Scene, Telling
from app.demo.plots import PLOTS, Door, Plot
from app.domain.camera import Camera
from app.domain.incident_type import TypeKey
from app.domain.intake import Kind

# Now and then, as in life: a sender that repeats itself, and one that cannot write.
_AGAIN_EVERY = 9
_BROKEN_EVERY = 23
# Some thirty metres around a camera.
_SPREAD = 0.0003


class News(StrEnum):
    """What a message is for the hub."""

    OPENS = "opens"
    FOLLOWS = "follows"
    AGAIN = "again"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one door of the hub.

    `id` of the delivery; `source` and `external` as the hub knows the incident. Opened by hand it
    has no source, and `external` is its id.
    """

    door: Door
    feed: str
    body: bytes = field(repr=False)
    id: str
    news: News
    type: TypeKey
    source: str
    external: str


@dataclass(slots=True)
class _Incident:
    plot: Plot
    number: str
    scene: Scene
    begun: datetime
    values: dict[str, str]


Telling_ = Callable[[datetime], Delivery]


class Stories:
    """`next` tells what happens now; `run` keeps two runs of the same seed apart."""

    def __init__(self, cameras: Sequence[Camera], seed: int = 53, run: str = "1") -> None:
        self._cameras = [c for c in cameras if c.latitude is not None and c.longitude is not None]
        self._chance = random.Random(seed)  # noqa: S311 - invented incidents are no secret
        self._run = run
        self._step = 0
        self._count = 0
        self._bag: list[Plot] = []
        self._free: dict[TypeKey, list[Camera]] = {}
        self._due: list[tuple[int, Telling_]] = []
        self._last: Delivery | None = None

    def next(self, now: datetime) -> Delivery:
        self._step += 1
        if self._last is not None and self._step % _BROKEN_EVERY == 0:
            return self._broken()
        if self._last is not None and self._step % _AGAIN_EVERY == 0:
            return _again(self._last)
        told = self._follow(now) or self._open(now)
        if told.door is not Door.HAND:
            self._last = told
        return told

    def _open(self, now: datetime) -> Delivery:
        if not self._bag:
            self._bag = list(PLOTS)
            self._chance.shuffle(self._bag)
        return self._begin(self._bag.pop(), now)

    def _begin(self, plot: Plot, now: datetime, values: dict[str, str] | None = None) -> Delivery:
        self._count += 1
        number = f"{plot.prefix}{self._run}-{self._count:04d}"
        values = plots.values_of(plot, self._chance) if values is None else values
        incident = _Incident(plot, number, self._scene(plot), now, values)
        for after, kind in plot.course:
            self._later(after, incident, kind)
        if plot.second_hit and not values.get("again"):
            again = {**values, "again": "1"}
            due = self._step + plot.second_hit
            self._due.append((due, lambda at: self._begin(plot, at, again)))
        return self._told(incident, Kind.OCCURRED, now)

    def _later(self, after: int, incident: _Incident, kind: Kind) -> None:
        self._due.append((self._step + after, lambda now: self._told(incident, kind, now)))

    def _follow(self, now: datetime) -> Delivery | None:
        """At most every other message: new incidents must not wait for ever."""
        ready = [one for one in self._due if one[0] <= self._step]
        if not ready or self._step % 2:
            return None
        chosen = min(ready, key=lambda one: one[0])
        self._due.remove(chosen)
        return chosen[1](now)

    def _told(self, incident: _Incident, kind: Kind, now: datetime) -> Delivery:
        plot = incident.plot
        if kind is Kind.POSITION:
            incident.scene = self._moved(incident.scene)
        values = {k: v for k, v in incident.values.items() if k != "again"}
        told = Telling(incident.number, kind, incident.scene, plots.words(plot, kind, values))
        id_ = f"{incident.number}-{kind.value}-{self._step}"
        body, source, external = self._body(incident, told, id_, now)
        news = News.OPENS if kind is Kind.OCCURRED else News.FOLLOWS
        return Delivery(plot.door, plot.feed, body, id_, news, plot.type, source, external)

    def _body(
        self, incident: _Incident, told: Telling, id_: str, now: datetime
    ) -> tuple[bytes, str, str]:
        """The body, and by what source and number the hub knows the incident."""
        plot, number = incident.plot, incident.number
        match plot.door:
            case Door.PLATFORM:
                return messages.platform(plot.feed, told, now), plot.feed, number
            case Door.CAP:
                id_ = number if told.kind is Kind.OCCURRED else id_
                return messages.cap(id_, told, now), CAP_SENDER, number
            case Door.DISASTER:
                return messages.disaster(told, now), "safetydata", number
            case Door.ITS:
                body = messages.traffic(told, incident.begun, now)
                return body, "its", messages.traffic_number(body, now)
            case Door.HAND:
                return messages.by_hand(plot.type, f"hand-{number}", told), "", f"hand-{number}"
            case _:
                source = f"urn:gwanje:demo:{plot.feed}"
                return messages.webhook(source, plot.type, id_, told, now), source, number

    def _broken(self) -> Delivery:
        """The first half of a message: nothing that the hub could read, and nothing to drop."""
        last = self._last
        assert last is not None  # noqa: S101 - asked before
        body = last.body[: len(last.body) // 2]
        if last.door is Door.PLATFORM:
            body += b";"
        id_ = f"{last.id}-broken-{self._step}"
        return Delivery(
            last.door, last.feed, body, id_, News.BROKEN, last.type, last.source, last.external
        )

    def _scene(self, plot: Plot) -> Scene:
        """Not where the same was told of before, as long as there are other places.

        From one place a device that repeats itself would be one incident for the hub.
        """
        left = self._free.setdefault(plot.type, [])
        if not left:
            left += self._cameras
            self._chance.shuffle(left)
        camera = left.pop()
        where = (camera.latitude or 0.0, camera.longitude or 0.0)
        spread = (self._chance.uniform(-_SPREAD, _SPREAD) for _ in where)
        latitude, longitude = (round(a + b, 6) for a, b in zip(where, spread, strict=True))
        dong = camera.address.rpartition("(")[2].rstrip(")")
        return Scene(f"{camera.address} {camera.name}", dong, latitude, longitude, camera.id)

    def _moved(self, scene: Scene) -> Scene:
        step = self._chance.uniform(-_SPREAD, _SPREAD)
        return Scene(
            scene.place, scene.dong, round(scene.latitude + step, 6),
            round(scene.longitude + _SPREAD, 6), scene.camera,
        )  # fmt: skip


def _again(last: Delivery) -> Delivery:
    return Delivery(
        last.door, last.feed, last.body, f"{last.id}-again", News.AGAIN, last.type, last.source,
        last.external,
    )  # fmt: skip
