"""The frame counter that every demo picture carries, for eyes that count pixels.

Two rows of thirteen cells near the top-left corner. The first column is white over black and
gives the levels; the other 24 cells are 16 bits of counter and 8 bits of checksum, most
significant first, white for one. All sizes are fractions of the picture, so the mark survives
scaling: a cell is 1/60 of the width, 10.7 px at 640 and 4 px at 240.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COUNTERS = 1 << 16

_ACROSS = 60.0
_DOWN = 33.75  # square cells in a 16:9 picture
_ROWS = 2
_COLUMNS = 13
_ORIGIN = 1.0  # cells from the corner: a resampler mixes the outermost pixels with nothing
_FRAME = 0.5  # cells of black around, so that a bright scene does not bleed in
_WHITE, _BLACK = 235, 16  # video range
# Noise at 600 kbit/s stays far below this; ordinary scenes rarely show such a pair of cells.
_LEAST_CONTRAST = 60.0
# A cell nearer to the middle than this share of the contrast is mixed with its neighbour.
_LEAST_MARGIN = 0.12
_LEAST_CELL = 2.0  # pixels
_COLOUR_AXES = 3
_CHECK_START = 0xA7  # neither all black nor all white passes
_CHECK_POLYNOMIAL = 0x07


def draw(luma: NDArray[np.uint8], counter: int) -> None:
    """Draws `counter` (modulo 65536) into the Y plane `luma` (rows, columns), in place."""
    height, width = luma.shape
    across, down = width / _ACROSS, height / _DOWN
    luma[
        round((_ORIGIN - _FRAME) * down) : round((_ORIGIN + _FRAME + _ROWS) * down),
        round((_ORIGIN - _FRAME) * across) : round((_ORIGIN + _FRAME + _COLUMNS) * across),
    ] = _BLACK
    for row, cells in enumerate(_cells(counter % COUNTERS)):
        top, bottom = round((_ORIGIN + row) * down), round((_ORIGIN + row + 1) * down)
        for column in np.flatnonzero(cells):
            left = round((_ORIGIN + column) * across)
            luma[top:bottom, left : round((_ORIGIN + column + 1) * across)] = _WHITE


def read(picture: NDArray[np.uint8]) -> int | None:
    """The counter of a grey (rows, columns) or BGRX (rows, columns, 4) picture.

    None where there is no mark or where it cannot be read without doubt.
    """
    levels = _levels(picture)
    if levels is None:
        return None
    white, black = levels[0, 0], levels[1, 0]
    contrast = white - black
    if contrast < _LEAST_CONTRAST:
        return None
    shares = (levels[:, 1:].ravel() - black) / contrast - 0.5
    if np.abs(shares).min() < _LEAST_MARGIN:
        return None
    word = int("".join("1" if share > 0 else "0" for share in shares), 2)
    counter, check = word >> 8, word & 0xFF
    return counter if check == _checksum(counter) else None


def _levels(picture: NDArray[np.uint8]) -> NDArray[np.float64] | None:
    """Mean brightness of the middle of each cell (rows × columns of the mark)."""
    height, width = picture.shape[:2]
    across, down = width / _ACROSS, height / _DOWN
    if min(across, down) < _LEAST_CELL:
        return None
    is_grey = picture.ndim < _COLOUR_AXES
    levels = np.empty((_ROWS, _COLUMNS))
    for row in range(_ROWS):
        rows = _middle((_ORIGIN + row) * down, down)
        for column in range(_COLUMNS):
            cell = picture[rows, _middle((_ORIGIN + column) * across, across)]
            levels[row, column] = cell.mean() if is_grey else _brightness(cell)
    return levels


def _middle(start: float, size: float) -> slice:
    """The pixels of a cell that a resampler has not mixed with its neighbours; at least one."""
    first = round(start + size * 0.3)
    return slice(first, max(first + 1, round(start + size * 0.7)))


def _brightness(cell: NDArray[np.uint8]) -> float:
    blue, green, red = cell[..., :3].reshape(-1, 3).mean(axis=0)
    # BT.601: the chroma of the scene around, which the mark leaves alone, cancels out.
    return float(0.114 * blue + 0.587 * green + 0.299 * red)


def _cells(counter: int) -> NDArray[np.bool_]:
    word = counter << 8 | _checksum(counter)
    bits = [word >> place & 1 for place in range(23, -1, -1)]
    half = _COLUMNS - 1
    return np.array([[1, *bits[:half]], [0, *bits[half:]]], dtype=np.bool_)


def _checksum(counter: int) -> int:
    """CRC-8 (polynomial x^8 + x^2 + x + 1) over the two bytes of the counter."""
    check = _CHECK_START
    for byte in counter.to_bytes(2, "big"):
        check ^= byte
        for _ in range(8):
            check = (check << 1 ^ _CHECK_POLYNOMIAL) & 0xFF if check & 0x80 else check << 1
    return check
