from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage

from app.adapters.png_writer import write_png
from app.services.media_ports import Still

TEXTS = {"Camera Name": "죽전네거리 동", "Operator": "관제 2", "Empty": ""}


def still(width: int, height: int, padding: int = 0) -> tuple[Still, npt.NDArray[np.uint8]]:
    """A picture of noise with `padding` bytes after each row; its RGB beside it."""
    rows = np.random.default_rng(7).integers(
        0, 255, (height, width * 4 + padding), np.uint8, endpoint=True
    )
    rgb = rows[:, : width * 4].reshape(height, width, 4)[:, :, 2::-1]
    return Still(rows.tobytes(), width, height, width * 4 + padding, 0.0), rgb


def written(picture: Still, texts: dict[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    write_png(out, picture, texts or {})
    return out.getvalue()


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """Kind and data of every chunk, each checked against its CRC."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", png, at + 8 + length)
        assert crc == zlib.crc32(kind + data)
        found.append((kind, data))
        at += 12 + length
    return found


@pytest.mark.parametrize(("width", "height", "padding"), [(1, 1, 0), (3, 2, 8), (641, 359, 28)])
def test_another_reader_sees_the_same_pixels(
    tmp_path: Path, width: int, height: int, padding: int
) -> None:
    picture, rgb = still(width, height, padding)
    file = tmp_path / "still.png"
    file.write_bytes(written(picture, TEXTS))
    with av.open(str(file)) as container:
        read = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert np.array_equal(read, rgb)


def test_texts_are_utf_8() -> None:
    found = [data for kind, data in chunks(written(still(2, 2)[0], TEXTS)) if kind == b"iTXt"]
    assert found[0] == b"Camera Name\0\0\0\0\0" + "죽전네거리 동".encode()
    assert len(found) == 3


def test_a_large_picture_is_whole() -> None:
    kinds = [kind for kind, _ in chunks(written(still(1280, 720)[0]))]
    assert kinds[0] == b"IHDR"
    assert kinds.count(b"IDAT") > 1
    assert kinds[-1] == b"IEND"


@pytest.mark.parametrize("key", ["", "x" * 80])
def test_keys_that_the_format_does_not_allow_are_a_bug(key: str) -> None:
    with pytest.raises(ValueError, match="keyword"):
        written(still(1, 1)[0], {key: "x"})


def test_a_nul_does_not_cut_a_text_short() -> None:
    found = chunks(written(still(1, 1)[0], {"Operator": "관\0제"}))
    assert (b"iTXt", b"Operator\0\0\0\0\0" + "관제".encode()) in found


def test_another_reader_sees_the_texts(tmp_path: Path) -> None:
    file = tmp_path / "still.png"
    file.write_bytes(written(still(4, 4)[0], TEXTS))
    read = QImage(str(file))
    assert {key: read.text(key) for key in read.textKeys()} == TEXTS
