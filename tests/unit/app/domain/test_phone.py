from __future__ import annotations

import pytest

from app.domain.phone import phone_form


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("01012345678", "010-1234-5678"), ("010 1234 5678", "010-1234-5678"),
        ("0111234567", "011-123-4567"), ("+82 10-1234-5678", "010-1234-5678"),
        ("+82(0)53-667-2114", "053-667-2114"), ("0536672114", "053-667-2114"),
        ("027318111", "02-731-8111"), ("0221331234", "02-2133-1234"),
        ("15881234", "1588-1234"), ("07012345678", "070-1234-5678"),
        ("050712345678", "0507-1234-5678"),
    ],
)  # fmt: skip
def test_hyphens_stand_where_people_write_them(given: str, said: str) -> None:
    assert phone_form(given) == said
    assert phone_form(said) == said


@pytest.mark.parametrize(
    "given", ["", "112", "+1 212 555 0100", "비공개", "010-1234", "12345678901"]
)
def test_what_is_no_number_of_this_country_stays(given: str) -> None:
    assert phone_form(given) == given
