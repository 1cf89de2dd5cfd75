"""The national standard list of cameras (전국CCTV표준데이터) as CSV, read and written."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping

from app.domain.camera import Camera, Profile, ProfileName
from app.formats import columns, table
from app.formats.build import build
from app.formats.camera_rows import CameraList, Problems

# A tenth of a metre.
_DECIMALS = 6

Fill = Callable[[Camera], Mapping[str, str]]


class _Lines:
    """As much of a file as csv needs."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line)


def parse(data: bytes) -> CameraList:
    """Reads the forms with 13 and with 18 columns, and others with the same words as headers.

    Encoding UTF-8 (with or without mark) or cp949. Beyond the national columns: `main_url`,
    `sub_url`, `azimuth`, `fov`, `number`, `name`, `pole`, and per stream `main_size` ("1280x720")
    and `main_fps`. One row is one camera, whatever its 카메라대수; without an address it has no
    stream. Rows that cannot be used are reported and skipped. Raises BadInput only for a file
    that is no camera list.
    """
    problems = Problems()
    rows = table.read(data, problems)
    return build(rows, problems)


def write(
    cameras: Iterable[Camera], *, fill: Fill | None = None, encoding: str = "utf-8-sig"
) -> bytes:
    """The 18 national columns and ours; `parse` gives the same cameras back.

    `fill` may add values for national columns that a camera does not hold (카메라화소수 …).
    The result holds the cameras' addresses with their log-ins.
    """
    out = _Lines()
    header = [*columns.NATIONAL, *columns.EXTRA, *columns.EXTRA_SIZES]
    writer = csv.DictWriter(out, header, restval="", lineterminator="\r\n")
    writer.writeheader()
    for camera in cameras:
        writer.writerow({**(fill(camera) if fill else {}), **_row(camera)})
    return "".join(out.lines).encode(encoding)


def _row(camera: Camera) -> dict[str, str]:
    row = {
        "관리번호": camera.id,
        "관리기관명": camera.site,
        "소재지도로명주소": camera.address,
        "설치목적구분": camera.purpose,
        "카메라대수": "1",
        "WGS84위도": _degrees(camera.latitude),
        "WGS84경도": _degrees(camera.longitude),
        "number": str(camera.number),
        "name": camera.name,
        "azimuth": _number(camera.azimuth),
        "fov": _number(camera.fov),
        "pole": camera.pole,
    }
    for name in ProfileName:
        row.update(_stream(name, camera.profile(name)))
    return row


def _stream(name: ProfileName, profile: Profile | None) -> dict[str, str]:
    if profile is None:
        return {}
    size = f"{profile.width}x{profile.height}" if profile.width and profile.height else ""
    fps = _number(profile.fps or None)
    return {f"{name}_url": profile.url, f"{name}_size": size, f"{name}_fps": fps}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _degrees(value: float | None) -> str:
    """Always with enough decimals, so that 37.5 is not taken for a cut coordinate."""
    if value is None:
        return ""
    exact = repr(float(value))
    return exact if len(exact.partition(".")[2]) >= _DECIMALS else f"{value:.{_DECIMALS}f}"
