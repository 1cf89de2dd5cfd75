from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.map_tiles import MBTiles, TileFolder, open_tiles
from app.domain.errors import BadInput, Failure, Unavailable

TILE = b"\x89PNG the tile at level 12, column 3, row 7 from the north"


def mbtiles(path: Path, kind: str = "png", tiles: int = 1) -> Path:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("create table metadata (name text, value text)")
        file.execute(
            "create table tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)"
        )
        file.executemany(
            "insert into metadata values (?, ?)",
            [("format", kind), ("attribution", "© 달서구")],
        )
        for n in range(tiles):
            row = (1 << 12) - 1 - 7
            file.execute("insert into tiles values (12, ?, ?, ?)", (3 + n, row, TILE))
    return path


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[MBTiles]:
    made = MBTiles(mbtiles(tmp_path / "달서구.mbtiles"))
    yield made
    made.close()


def test_rows_are_counted_from_the_north(opened: MBTiles) -> None:
    assert opened.read(12, 3, 7) == TILE
    assert opened.read(12, 3, 8) is None
    assert (opened.least_zoom, opened.most_zoom) == (12, 12)
    assert opened.attribution == "© 달서구"


def test_a_folder_as_vworld_serves_it(tmp_path: Path) -> None:
    file = tmp_path / "12" / "3" / "7.jpeg"
    file.parent.mkdir(parents=True)
    file.write_bytes(TILE)
    (tmp_path / "12" / "notes.txt").write_text("not a column")
    tiles = open_tiles(tmp_path)
    assert tiles.read(12, 3, 7) == TILE
    assert tiles.read(12, 3, 6) is None
    assert tiles.read(11, 3, 7) is None


def test_a_folder_that_counts_from_the_south_says_so(tmp_path: Path) -> None:
    file = tmp_path / "12" / f"{(1 << 12) - 1 - 7}" / "3.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(TILE)
    said = {"pattern": "{z}/{y}/{x}.png", "origin": "south", "attribution": "국토정보플랫폼"}
    (tmp_path / "tiles.json").write_text(json.dumps(said), encoding="utf-8")
    tiles = TileFolder.open(tmp_path)
    assert tiles.read(12, 3, 7) == TILE
    assert tiles.attribution == "국토정보플랫폼"


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "[]",
        '{"origin": "north"}',
        '{"pattern": "{z}/{w}"}',
        '{"pattern": "../{z}/{x}/{y}.png"}',
        '{"pattern": "/etc/{z}"}',
        '{"pattern": "{z}/{x}/{y}.png", "origin": "east"}',
    ],
)
def test_a_wrong_description_is_named(tmp_path: Path, said: str) -> None:
    (tmp_path / "12").mkdir()
    (tmp_path / "tiles.json").write_text(said)
    with pytest.raises(BadInput, match=str(tmp_path / "tiles.json")):
        open_tiles(tmp_path)


def test_what_is_no_base_map_says_what_is_wrong(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mbtiles"
    broken.write_bytes(b"no database " * 200)
    empty = tmp_path / "empty"
    empty.mkdir()
    vector = mbtiles(tmp_path / "vector.mbtiles", "pbf")
    hollow = mbtiles(tmp_path / "hollow.mbtiles", tiles=0)
    for path, kind in (
        (broken, BadInput),
        (empty, BadInput),
        (vector, BadInput),
        (hollow, BadInput),
        (tmp_path / "gone.mbtiles", Unavailable),
    ):
        with pytest.raises(kind, match=path.name):
            open_tiles(path)


def test_a_name_or_a_folder_that_the_system_refuses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unavailable, match="cannot be read"):
        open_tiles(tmp_path / ("m" * 300))

    def refused(path: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(Unavailable, match="Permission denied"):
        open_tiles(tmp_path)


def test_a_damaged_one_and_one_that_went_away_are_told(tmp_path: Path) -> None:
    path = mbtiles(tmp_path / "cut.mbtiles", tiles=4000)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(BadInput, match="cut"):
        MBTiles(path)
    path.write_bytes(whole)
    tiles = MBTiles(path)
    tiles.close()
    with pytest.raises(Failure, match="cut"):
        tiles.read(12, 3, 7)


def test_a_tile_too_large_to_be_one_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "12" / "3" / "7.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(4_000_001))
    assert open_tiles(tmp_path).read(12, 3, 7) is None
