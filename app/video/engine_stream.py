"""The console's side of one camera: its plan, its memory, the decoder's last word."""

from __future__ import annotations

from dataclasses import replace

from app.domain.camera import CameraId
from app.domain.stream import StreamPlan, StreamStatus
from app.video.decoder_link import DecoderLink
from app.video.section import Section
from app.video.shared_frames import SLOTS, FrameReader, create, slot_bytes

# Sizes are rounded up so that dragging a window's edge does not make new memory for every pixel.
_STEP = 64
# Memory is given back where it is so many times what is needed, and more than a few tiles'.
_WASTE = 4
_GENEROUS = 4 << 20


def _rounded(size: int) -> int:
    return (size + _STEP - 1) // _STEP * _STEP


class EngineStream:
    """Keeps the last picture on the screen while larger memory waits for its first one."""

    def __init__(self, camera: CameraId, plan: StreamPlan, link: DecoderLink) -> None:
        self.camera = camera
        self.plan = plan
        self.link = link
        self.status = StreamStatus(camera)
        self.section: Section = create(_rounded(plan.width), _rounded(plan.height))
        self._reader = FrameReader(self.section)
        self._previous: FrameReader | None = None

    def adopt(self, plan: StreamPlan) -> bool:
        """Takes a new plan; True if it needed other memory, which the decoder must be sent."""
        self.plan = plan
        if self._reader.fits(plan.width, plan.height) and not self._wasteful(plan):
            return False
        self.section = create(_rounded(plan.width), _rounded(plan.height), self.number())
        if self._previous is not None:
            self._reader.close()
        else:
            self._previous = self._reader
        self._reader = FrameReader(self.section)
        return True

    def _wasteful(self, plan: StreamPlan) -> bool:
        """A tile that was enlarged once must not keep the memory of that for the whole shift."""
        needed = SLOTS * slot_bytes(_rounded(plan.width), _rounded(plan.height))
        return self.section.size > _GENEROUS and self.section.size > _WASTE * needed

    def move(self, link: DecoderLink) -> StreamStatus:
        """To another decoder after the death of the first; where its counters go on."""
        self.link = link
        if self._previous is not None:
            self._reader.number_from(self._previous.number)
        return replace(self.status, reconnects=self.status.reconnects + 1)

    def reader(self) -> FrameReader:
        """Where the newest picture is."""
        before = self._previous
        if before is not None and self._reader.has_picture and not before.leased:
            before.close()
            self._previous = None
        return self._previous or self._reader

    def number(self) -> int:
        return self.reader().number

    def close(self) -> None:
        if self._previous is not None:
            self._previous.close()
        self._reader.close()
