"""A site of cameras with real streams above an engine that the test drives."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.clock import SystemClock
from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.stream import Fault, Phase, StreamStatus, Want
from app.services.catalog import Catalog
from app.services.streams import Streams
from tests.fakes.engine import FakeEngine

URL = "rtsp://kim:geheim@10.0.0.1/live"


def camera(number: int, name: str, site: str = "달서구청", purpose: str = "생활방범") -> Camera:
    """A camera with one stream; its id is "c" and the number."""
    profiles = (Profile(ProfileName.SUB, URL, 640, 360, 15.0),)
    address = f"대구 달서구 월배로 {number}"
    return Camera(CameraId(f"c{number}"), number, name, site, purpose, profiles, address)


CAMERAS = (
    camera(1021, "월성네거리 북"),
    camera(1044, "상인역 4번출구"),
    camera(1203, "두류공원 정문", purpose="어린이보호"),
    camera(2001, "대명시장 입구", site="남구청"),
    Camera(CameraId("c2002"), 2002, "봉덕 주소 없음", "남구청", "생활방범"),
)


@dataclass
class CameraSite:
    cameras: tuple[Camera, ...] = CAMERAS
    engine: FakeEngine = field(default_factory=FakeEngine)
    catalog: Catalog = field(default_factory=Catalog)

    def __post_init__(self) -> None:
        self.catalog.load(self.cameras)
        self.streams = Streams(self.engine, self.catalog.get, SystemClock())

    def shows(self, *numbers: int) -> None:
        """What a wall has on it from now on."""
        self.streams.declare("wall", {CameraId(f"c{n}"): Want(480, 270) for n in numbers})

    def plays(self, number: int, *, age: float = 0.0) -> None:
        """The camera has sent a picture `age` seconds ago."""
        self.engine.ages[CameraId(f"c{number}")] = age
        self._says(StreamStatus(CameraId(f"c{number}"), Phase.PLAYING, source_fps=15.0))

    def fails(self, number: int, fault: Fault = Fault.UNAUTHORISED) -> None:
        self._says(StreamStatus(CameraId(f"c{number}"), Phase.WAITING, fault=fault))

    def stops(self, number: int) -> None:
        self._says(StreamStatus(CameraId(f"c{number}")))

    def _says(self, status: StreamStatus) -> None:
        self.engine.statuses[status.camera] = status
        self.engine.status_changed.emit(status)
