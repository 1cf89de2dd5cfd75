"""A centre's own base map: an MBTiles file, or a folder of tiles as VWorld exports them."""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from typing_extensions import override

from app.adapters.sqlite_reading import unchanged
from app.adapters.store_errors import is_damage
from app.domain.errors import BadInput, Failure, Unavailable
from app.domain.text import Text
from app.services.map_ports import TilePictures

_RASTER: Final = ("png", "jpg", "jpeg", "webp")
_LARGEST: Final = 4_000_000
# Describes a folder of tiles where its order is not the usual one.
FOLDER_FILE: Final = "tiles.json"


def open_tiles(path: Path) -> TilePictures:
    """Raises `BadInput` with what is wrong with the file, `Unavailable` where there is none."""
    try:
        if path.is_dir():
            return TileFolder.open(path)
        if not path.exists():
            raise Unavailable(_text("배경지도가 없습니다", "There is no base map", path))
        return MBTiles(path)
    except OSError as error:
        # A folder without rights, a name that is none.
        raise _refused(path, error) from error


class MBTiles(TilePictures):
    """MBTiles 1.3 (github.com/mapbox/mbtiles-spec): rows are counted from the south."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._file = unchanged(path, one_thread=False)
        except sqlite3.Error as error:
            raise _unreadable(path, error) from error
        try:
            about = dict(self._file.execute("select name, value from metadata"))
            least, most = self._file.execute(
                "select min(zoom_level), max(zoom_level) from tiles"
            ).fetchone()
        except sqlite3.Error as error:
            self.close()
            raise _unreadable(path, error) from error
        kind = str(about.get("format", "png")).lower()
        if kind not in _RASTER or least is None:
            self.close()
            raise BadInput(
                _text(
                    f"그림 타일이 없는 배경지도입니다 (형식 {kind}, 필요 png·jpg·webp)",
                    f"The base map has no pictures (format {kind}, needed png, jpg or webp)",
                    path,
                )
            )
        self.attribution = str(about.get("attribution", ""))
        self.least_zoom, self.most_zoom = int(least), int(most)

    @override
    def read(self, zoom: int, column: int, row: int) -> bytes | None:
        try:
            with self._lock:
                found = self._file.execute(
                    "select tile_data from tiles"
                    " where zoom_level = ? and tile_column = ? and tile_row = ?",
                    (zoom, column, (1 << zoom) - 1 - row),
                ).fetchone()
        except sqlite3.Error as error:
            raise _unreadable(self._path, error) from error
        return bytes(found[0]) if found is not None else None

    def close(self) -> None:
        with self._lock:
            self._file.close()


@dataclass(frozen=True, slots=True)
class _Order:
    """`pattern` with {z}, {x} and {y}; `from_south`: rows are counted from there."""

    pattern: str
    from_south: bool
    attribution: str


class TileFolder(TilePictures):
    """Folders level/column/row or level/row/column, rows from the north or the south.

    `tiles.json` beside the levels says which: {"pattern": "{z}/{x}/{y}.png", "origin": "north",
    "attribution": "…"}. Without it: level/column/row from the north, as VWorld serves them.
    """

    def __init__(self, path: Path, order: _Order) -> None:
        self._path, self._order = path, order
        self.attribution = order.attribution
        levels = [int(f.name) for f in path.iterdir() if f.is_dir() and f.name.isdigit()]
        if not levels:
            raise BadInput(
                _text(
                    "배경지도 폴더에 축척 단계 폴더(예: 12)가 없습니다",
                    "The folder holds no levels (folders named by a number, such as 12)",
                    path,
                )
            )
        self.least_zoom, self.most_zoom = min(levels), max(levels)

    @classmethod
    def open(cls, path: Path) -> TileFolder:
        return cls(path, _order(path))

    @override
    def read(self, zoom: int, column: int, row: int) -> bytes | None:
        counted = (1 << zoom) - 1 - row if self._order.from_south else row
        name = self._order.pattern.format(z=zoom, x=column, y=counted)
        file = self._path / name
        try:
            if file.stat().st_size > _LARGEST:
                return None
            return file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _refused(file, error) from error


def _order(path: Path) -> _Order:
    file = path / FOLDER_FILE
    if not file.exists():
        return _Order("{z}/{x}/{y}" + _ending(path), from_south=False, attribution="")
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        pattern = str(said["pattern"])
        origin = str(said.get("origin", "north"))
        pattern.format(z=0, x=0, y=0)
        attribution = str(said.get("attribution", ""))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadInput(
            _text(
                f"배경지도 설명 파일이 잘못되었습니다 ({type(error).__name__})",
                f"The description of the base map is wrong ({type(error).__name__})",
                file,
            )
        ) from error
    if origin not in ("north", "south") or ".." in Path(pattern).parts or pattern.startswith("/"):
        raise BadInput(
            _text(
                "배경지도 설명의 origin은 north 또는 south, pattern은 폴더 안이어야 합니다",
                "origin must be north or south, and pattern must stay within the folder",
                file,
            )
        )
    return _Order(pattern, origin == "south", attribution)


def _ending(path: Path) -> str:
    """Of the first tile found: one folder has one kind of picture."""
    for level in sorted(path.iterdir()):
        if level.is_dir() and level.name.isdigit():
            for column in level.iterdir():
                for tile in column.iterdir() if column.is_dir() else ():
                    return tile.suffix
    return ".png"


def _unreadable(path: Path, error: sqlite3.Error) -> Failure:
    if is_damage(error) or isinstance(error, sqlite3.OperationalError):
        return BadInput(
            _text(
                f"배경지도 파일이 손상되었거나 MBTiles가 아닙니다 ({error})",
                f"The base map is damaged or no MBTiles file ({error})",
                path,
            )
        )
    return Unavailable(
        _text(
            f"배경지도를 읽을 수 없습니다 ({error})", f"The base map cannot be read ({error})", path
        )
    )


def _refused(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        _text(
            f"배경지도를 읽을 수 없습니다 ({error.strerror})",
            f"The base map cannot be read ({error.strerror})",
            path,
        )
    )


def _text(ko: str, en: str, path: Path) -> Text:
    return Text(f"{ko}: {path}", f"{en}: {path}")
