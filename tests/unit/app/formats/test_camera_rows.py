from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.domain.text import Text
from app.formats.camera_rows import Problems, check_size, summary_of

WHY = Text("까닭", "why")


def test_problems_keep_their_order_and_kind() -> None:
    problems = Problems()
    problems.skip(3, "a", WHY)
    problems.tell(2, "", WHY)
    assert [(p.line, p.skipped) for p in problems.found] == [(3, True), (2, False)]


def test_the_summary_says_only_what_there_is() -> None:
    problems = Problems()
    assert summary_of(1234, ()).en == "1,234 cameras read"
    problems.skip(1, "", WHY)
    problems.tell(2, "", WHY)
    problems.tell(3, "", WHY)
    said = summary_of(0, tuple(problems.found))
    assert said.en == "0 cameras read · 1 rows skipped · 2 remarks"
    assert said.ko == "카메라 0대를 읽었습니다 · 1행을 건너뛰었습니다 · 확인할 내용 2건"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="empty"):
        check_size(data)


def test_something_is_not() -> None:
    check_size(b"x")
