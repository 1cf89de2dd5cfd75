"""Any bytes at all: a list or words for a person, never another error, never a secret."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.errors import BadInput
from app.formats import camera_csv, camera_list
from app.formats.camera_rows import CameraList

HEADER = "관리번호,name,소재지도로명주소,위도,경도,main_url,azimuth,fov,number,PASSWD"
CELLS = st.one_of(
    st.text(st.characters(blacklist_characters="\0"), max_size=12),
    st.sampled_from(['"', '""', "rtsp://h/1", "rtsp://u:p@h", "128.5123", "35.8123", "1e5", "7"]),
)
LINES = st.lists(st.lists(CELLS, max_size=12).map(",".join), max_size=8)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
KEYS = st.sampled_from(
    ["id", "number", "name", "address", "latitude", "longitude", "main_url", "profiles", "fov"]
)


def read(data: bytes) -> CameraList | None:
    try:
        return camera_list.parse(data, "list")
    except BadInput as error:
        told = error.text
    assert told.ko
    assert told.en
    return None


@given(st.binary())
@example(b"[")
@example(b'{"cameras":')
@example(b'name,main_url\n"')
def test_any_bytes(data: bytes) -> None:
    read(data)


@given(LINES, st.sampled_from(["utf-8", "cp949", "utf-8-sig"]))
def test_any_rows_below_a_header(lines: list[str], encoding: str) -> None:
    text = "\n".join((HEADER, *lines))
    result = read(text.encode(encoding, "replace"))
    assert result is not None
    assert len({camera.id for camera in result.cameras}) == len(result.cameras)
    assert len({camera.number for camera in result.cameras}) == len(result.cameras)
    assert all(
        1 <= problem.line <= text.count("\n") + text.count("\r") + 1 for problem in result.problems
    )
    for camera in result.cameras:
        assert camera.name
        assert camera.number >= 1
        assert camera.latitude is None or 33 <= camera.latitude <= 39


@given(st.lists(st.dictionaries(KEYS, VALUES) | VALUES, max_size=5))
def test_any_json(entries: list[object]) -> None:
    result = read(json.dumps(entries).encode())
    assert result is not None
    for camera in result.cameras:
        camera.name.encode()


NAMES = st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=12)


@given(
    st.lists(
        st.builds(
            Camera,
            id=NAMES.map(CameraId),
            number=st.integers(1, 999_999),
            name=NAMES,
            site=NAMES,
            purpose=NAMES,
            profiles=st.sampled_from(
                [(), (Profile(ProfileName.SUB, "rtsp://u:p,@h/1", 640, 360, 14.9),)]
            ),
            address=NAMES,
            latitude=st.floats(33, 39),
            longitude=st.floats(124, 132),
            azimuth=st.none() | st.floats(0, 359.9),
            fov=st.none() | st.floats(0.1, 360),
        ),
        unique_by=(lambda camera: camera.id, lambda camera: camera.number),
        max_size=5,
    )
)
def test_what_is_written_is_read_back(cameras: list[Camera]) -> None:
    result = camera_csv.parse(camera_csv.write(cameras))
    assert result.cameras == tuple(cameras)
