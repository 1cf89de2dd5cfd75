"""A camera list of either kind, told apart by what is in it, not by its name."""

from __future__ import annotations

from app.domain.errors import BadInput
from app.domain.text import Text
from app.formats import camera_csv, camera_json
from app.formats.camera_rows import CameraList


def parse(data: bytes, name: str) -> CameraList:
    """JSON if it begins like JSON, else CSV. `name` (the file's own, without folder) is for words.

    Raises BadInput, naming the file.
    """
    begin = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    parse_kind = camera_json.parse if begin in (b"[", b"{") else camera_csv.parse
    try:
        return parse_kind(data)
    except BadInput as error:
        text = Text(f"{name}: {error.text.ko}", f"{name}: {error.text.en}")
        raise BadInput(text) from error
