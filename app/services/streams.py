"""What all viewers together ask of the engine, and the truth of every tile."""

from __future__ import annotations

# written with the engine; the interface that the screens use:
#
# class Streams:
#     truth_changed: Signal[CameraId]
#     def declare(self, viewer: str, wants: Mapping[CameraId, Want]) -> None
#     def withdraw(self, viewer: str) -> None
#     def truth(self, camera: CameraId) -> TileTruth
#     def status(self, camera: CameraId) -> StreamStatus
#     engine: VideoEngine   (picture_number / newest / picture_age / save_clip / load)
