from __future__ import annotations

import base64

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.hub_model import NOW
from tests.unit.ui.incidents.test_queue import item
from ui.incidents.facts import MASK, Facts, photo_of, rows
from ui.incidents.log import LogLine
from ui.incidents.paper import page_of

# A picture of one pixel, as PPM.
PIXEL = base64.b64encode(b"P6 1 1 255\nabc").decode()


def test_facts_have_names_and_others_follow_as_their_sender_calls_them() -> None:
    said = rows({"zeta": 1, "plate": "12가3456", "bell": "", "user": "x", "repeats": True})
    assert said == [
        ("plate", "Plate", "12가3456"), ("repeats", "Repeats", "yes"), ("zeta", "zeta", "1"),
    ]  # fmt: skip


def test_personal_facts_are_masked_until_somebody_asks(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    one = item(
        facts={"name": "홍길동", "phone": "010-0000-0000", "bell": "17", "image": PIXEL},
        personal=("name", "phone", "image"),
    )
    asked: list[bool] = []
    facts.reveal_wanted.connect(lambda: asked.append(True))
    facts.render_item(one, revealed=False)
    facts.show()
    assert facts.values["name"].text() == facts.values["phone"].text() == MASK
    assert facts.values["bell"].text() == "17"
    assert not facts.photo.isVisible()
    facts.reveal.click()
    assert asked == [True]
    facts.render_item(one, revealed=True)
    assert facts.values["name"].text() == "홍길동"
    assert facts.photo.isVisible()
    assert not facts.reveal.isVisible()


@pytest.mark.parametrize("said", ["no base64 !", base64.b64encode(b"no picture").decode()])
def test_a_photo_that_is_no_picture_says_so(qtbot: QtBot, said: str) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.render_item(item(facts={"image": said}), revealed=True)
    assert facts.photo.text() == "The photo that came with it is no picture."
    found = photo_of({"image": said})
    assert found is not None
    assert found.isNull()
    assert photo_of({"image": f"data:image/x-portable-pixmap;base64,{PIXEL}"}) is not None
    assert photo_of({}) is None


def test_on_paper_a_sender_writes_no_tags_and_a_mask_stays_a_mask(qtbot: QtBot) -> None:
    one = item(title="<b>굵게</b>", facts={"name": "홍길동", "bell": "<17>"}, personal=("name",))
    line = LogLine(NOW, "안나", "첫 줄\n둘째 줄")
    page = page_of(one, [line], revealed=False)
    assert "<b>굵게" not in page
    assert "&lt;17&gt;" in page
    assert "홍길동" not in page
    assert "첫 줄<br>둘째 줄" in page
    assert "홍길동" in page_of(one, [], revealed=True)
