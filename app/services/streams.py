"""What all viewers together ask of the engine, and the truth of every tile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from app.clock import Clock
from app.domain.camera import Camera, CameraId, ProfileName
from app.domain.stream import Importance, StreamPlan, StreamStatus, Tier, Want
from app.domain.tiers import Demand, Load, TierState, decide
from app.domain.tile import TileState, TileTruth, truth
from app.services.camera_addresses import Addresses, ListedAddresses
from app.services.ports import VideoEngine
from app.signals import Signal

_log = logging.getLogger(__name__)

# A camera that nobody shows any more stays connected for a moment: an operator who looks back, a
# tour that returns or a wall that is restored has its picture at once.
LINGER = 5.0
# A decoder never scales to more than this; a 4K tile is the largest a screen can show.
_LARGEST = (3840, 2160)


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """Settings that can change while the console runs.

    `replay_seconds` of packets are kept per camera; `budget` is the share (0…1) of all cores that
    the console may use for pictures.
    """

    replay_seconds: float = 60.0
    budget: float = 0.95


class Streams:
    """One per console; on the loop's thread."""

    def __init__(
        self,
        engine: VideoEngine,
        camera: Callable[[CameraId], Camera | None],
        clock: Clock,
        settings: StreamSettings | None = None,
        addresses: Addresses | None = None,
    ) -> None:
        self.engine = engine
        self.settings = settings or StreamSettings()
        self.truth_changed: Signal[CameraId] = Signal("truth_changed")
        self._camera = camera
        self._clock = clock
        self._wants: dict[str, dict[CameraId, Want]] = {}
        self._lingering: dict[CameraId, float] = {}
        self._demands: dict[CameraId, Demand] = {}
        self._tiers = TierState()
        self._truths: dict[CameraId, TileTruth] = {}
        self._cpu_before: tuple[float, float] | None = None
        self._cpu = 0.0
        engine.status_changed.connect(self._status_changed)
        self._addresses = addresses or ListedAddresses()
        self._addresses.arrived.connect(self._address_arrived)

    def declare(self, viewer: str, wants: Mapping[CameraId, Want]) -> None:
        """All that this viewer shows from now on; it replaces what the viewer said before."""
        gone = self._wants.get(viewer, {}).keys() - wants.keys()
        self._wants[viewer] = dict(wants)
        self._part_from(gone)
        self._replan(None)

    def withdraw(self, viewer: str) -> None:
        self._part_from(self._wants.pop(viewer, {}).keys())
        self._replan(None)

    def _part_from(self, cameras: Iterable[CameraId]) -> None:
        until = self._clock.monotonic() + LINGER
        still = {camera for wants in self._wants.values() for camera in wants}
        self._lingering |= {camera: until for camera in cameras if camera not in still}

    def shown(self) -> set[CameraId]:
        """Cameras that some viewer shows now."""
        return {
            camera
            for wants in self._wants.values()
            for camera, want in wants.items()
            if want.importance >= Importance.SHOWN
        }

    def watched(self) -> set[CameraId]:
        """Every camera with a stream: shown, warm or lingering."""
        return set(self._demands)

    def truth(self, camera: CameraId) -> TileTruth:
        found = self._camera(camera)
        if found is not None and not found.profiles:
            return TileTruth(TileState.OFF, None)
        if (missing := self._addresses.truth(camera)) is not None:
            return missing
        return truth(self.engine.status(camera), self.engine.picture_age(camera))

    def is_live(self, camera: CameraId) -> bool:
        return self.truth(camera).state is TileState.LIVE

    def status(self, camera: CameraId) -> StreamStatus:
        return self.engine.status(camera)

    def tick(self, ui_cpu_seconds: float) -> None:
        """Twice a second: measure the load, choose the tiers, notice what has become late.

        `ui_cpu_seconds`: CPU time of this process so far.
        """
        self._replan(self._measure(ui_cpu_seconds))
        for camera in self._demands:
            self._notice(camera)

    def _measure(self, ui_cpu_seconds: float) -> Load:
        now, load = self._clock.monotonic(), self.engine.load()
        used = load.decoder_cpu_seconds + ui_cpu_seconds
        if self._cpu_before is not None and now > self._cpu_before[0]:
            passed = now - self._cpu_before[0]
            share = (used - self._cpu_before[1]) / passed / load.cores
            self._cpu += 0.5 * (share - self._cpu)
        self._cpu_before = (now, used)
        statuses = [self.engine.status(camera) for camera in self._demands]
        lags = sorted(s.lag for s in statuses)
        lag = lags[int(len(lags) * 0.9)] if lags else 0.0
        seen = self.engine.picture_number
        opening = sum(1 for s in statuses if s.attempt == 0 and not seen(s.camera))
        return Load(self._cpu / self.settings.budget, lag, load.busy, opening)

    def _replan(self, load: Load | None) -> None:
        self._demands = self._merged()
        now = self._clock.monotonic()
        before = self._tiers
        self._tiers = decide(before, self._demands, load, now)
        if before.given_up != self._tiers.given_up:
            _log.info("tiers: %d cameras lowered", len(self._tiers.given_up))
        self._addresses.only(self._demands)
        plans = {}
        for camera, demand in self._demands.items():
            if plan := self._plan(camera, demand, self._tiers.tiers[camera]):
                plans[camera] = plan
        self.engine.apply(plans)

    def _plan(self, camera: CameraId, demand: Demand, tier: Tier) -> StreamPlan | None:
        found = self._camera(camera)
        profile = found.nearest_profile(tier.profile) if found is not None else None
        if profile is None:
            return None
        url = self._addresses.url(camera, profile)
        if not url:
            return None
        width = max(2, min(demand.width, _LARGEST[0]))
        height = max(2, min(demand.height, _LARGEST[1]))
        replay = self.settings.replay_seconds
        masks = found.masks if found is not None else ()
        return StreamPlan(url, tier, width, height, replay, masks)

    def _merged(self) -> dict[CameraId, Demand]:
        now = self._clock.monotonic()
        self._lingering = {c: t for c, t in self._lingering.items() if t > now}
        together: dict[CameraId, Want] = {}
        for wants in self._wants.values():
            for camera, want in wants.items():
                together[camera] = _both(together.get(camera), want)
        for camera in self._lingering:
            if camera not in together and (before := self._demands.get(camera)):
                together[camera] = Want(before.width, before.height, Importance.HIDDEN)
        return {
            camera: demand
            for camera, want in together.items()
            if (demand := self._demand(camera, want)) is not None
        }

    def _demand(self, camera: CameraId, want: Want) -> Demand | None:
        found = self._camera(camera)
        if found is None or not found.profiles:
            return None
        sub, main = found.profile(ProfileName.SUB), found.profile(ProfileName.MAIN)
        return Demand(
            want.width,
            want.height,
            want.importance,
            want.sharp,
            has_main=main is not None,
            has_sub=sub is not None,
            sub_height=sub.height if sub is not None else 0,
            main_height=main.height if main is not None else 0,
        )

    def _address_arrived(self, camera: CameraId) -> None:
        self._replan(None)
        self._notice(camera)

    def _status_changed(self, status: StreamStatus) -> None:
        self._notice(status.camera)

    def _notice(self, camera: CameraId) -> None:
        now = self.truth(camera)
        # The age changes all the time; the tile repaints its words once a second by itself.
        said = replace(now, age=None)
        if self._truths.get(camera) != said:
            self._truths[camera] = said
            self.truth_changed.emit(camera)


def _both(first: Want | None, second: Want) -> Want:
    if first is None:
        return second
    return Want(
        max(first.width, second.width),
        max(first.height, second.height),
        max(first.importance, second.importance),
        first.sharp or second.sharp,
    )
