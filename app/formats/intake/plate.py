"""Number plates (번호판) as plate readers write them, to one form."""

from __future__ import annotations

import re

# Two or three digits, one syllable, four digits; old ones with the region before.
_PLATE = re.compile(
    r"(서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)?"
    r"\d{1,3}[가-힣]\d{4}",
    re.ASCII,
)


def plate_of(text: str) -> str:
    """Without blanks and hyphens: `12가 3456` and `12가-3456` are the same car."""
    return re.sub(r"[\s·.\-]+", "", text)


def is_plate(text: str) -> bool:
    """Whether it has the form of a Korean plate; diplomats and foreign forces have others."""
    return _PLATE.fullmatch(text) is not None
