"""A file that a person asked for is there whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from app.domain.errors import Unavailable
from app.domain.text import Text


def write_whole(path: Path, data: bytes) -> None:
    """Blocks. Raises Unavailable that names the file."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        # Where nothing can be written, nothing may be unlinked either.
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Unavailable(
            Text(
                f"파일을 저장할 수 없습니다: {path.name} ({error.strerror})",
                f"The file cannot be saved: {path.name} ({error.strerror})",
            )
        ) from error
