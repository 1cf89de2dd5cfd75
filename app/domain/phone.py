"""Telephone numbers of Korea (전기통신번호관리세칙): where the hyphens stand."""

from __future__ import annotations

import re
from typing import Final

_COUNTRY: Final = re.compile(r"^\+820?")
# Seoul; mobile, regions, internet and personal numbers; numbers of firms without an area.
_FORMS: Final = (
    re.compile(r"^(02)(\d{3,4})(\d{4})$"),
    re.compile(r"^(050\d)(\d{3,4})(\d{4})$"),
    re.compile(r"^(0\d{2})(\d{3,4})(\d{4})$"),
    re.compile(r"^(1[5-9]\d{2})(\d{4})$"),
)
_BETWEEN: Final = re.compile(r"[\s().-]")


def phone_form(given: str) -> str:
    """With hyphens as people write them; what is no number of this country stays as it came."""
    digits = _COUNTRY.sub("0", _BETWEEN.sub("", given))
    for form in _FORMS:
        if (found := form.match(digits)) is not None:
            return "-".join(found.groups())
    return given
