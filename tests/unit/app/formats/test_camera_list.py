from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.formats import camera_list


@pytest.mark.parametrize(
    "data",
    [
        b'[{"name": "a", "main_url": "rtsp://h/1"}]',
        b'\xef\xbb\xbf\n {"cameras": [{"name": "a", "main_url": "rtsp://h/1"}]}',
        b"name,main_url\na,rtsp://h/1\n",
        b"\xef\xbb\xbfname,main_url\r\na,rtsp://h/1\r\n",
    ],
)
def test_the_content_decides_not_the_name(data: bytes) -> None:
    (camera,) = camera_list.parse(data, "list.txt").cameras
    assert camera.name == "a"


@pytest.mark.parametrize("data", [b"", b"[", b"no list"])
def test_bad_input_names_the_file(data: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        camera_list.parse(data, "list.csv")
    assert caught.value.text.en.startswith("list.csv: ")
    assert caught.value.text.ko.startswith("list.csv: ")
