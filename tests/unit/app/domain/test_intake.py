from __future__ import annotations

from app.domain.intake import Kind, Rejected
from app.domain.text import Text
from tests.fakes.incidents import event


def test_kinds_carry_the_progress_codes_of_the_platform() -> None:
    codes = {kind.name: kind.code for kind in Kind}
    assert codes == {"OCCURRED": 10, "CHANGED": 40, "RELEASED": 50, "ENDED": 91, "POSITION": None}


def test_who_somebody_is_stays_out_of_what_is_printed() -> None:
    told = event(person={"name": "홍길동"}, facts={"bell": "17"})
    assert "홍길동" not in repr(told)
    assert "'17'" in repr(told)


def test_what_was_not_understood_says_why() -> None:
    assert Rejected(Text("모름", "unknown")).at == 0
