"""Cards, words and lists of shares: ui.sharing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.wire.entities import AskRow, ShareRow
from tests.fakes.hub_desk_site import AT
from ui.sharing import given, received, words
from ui.sharing.card import ShareCard
from ui.sharing.cards import ShareCards
from ui.theme import Theme


def share(id_: str = "s1", **values: Any) -> ShareRow:
    given_: dict[str, Any] = {
        "id": id_, "site": "c", "site_name": "달서구", "receiver": "p",
        "receiver_name": "달서경찰서", "receiver_kind": "police", "incident": "i1",
        "number": "20260302-0001", "type": "emergency_bell", "cameras": ("c1", "c2"),
        "basis": {"ko": "제18조", "en": "Art. 18"},
        "state": "active", "starts_at": AT, "ends_at": AT + timedelta(hours=2),
    }  # fmt: skip
    return ShareRow.model_validate(given_ | values)


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "2:00:00"), (61, "59:00"), (119.5, "00:30"), (130, "00:00")]
)
def test_the_time_that_is_left(minutes: float, said: str) -> None:
    assert words.left_words(share(), AT + timedelta(minutes=minutes)) == said


def test_what_is_said_of_one(qtbot: QtBot) -> None:
    assert words.title_words(share()) == "emergency bell · 20260302-0001"
    assert words.title_words(share(type="picnic", number="")) == "picnic"
    assert words.receiver_words(share()) == "달서경찰서 (police)"
    assert words.receiver_words(share(receiver_kind="?", receiver_name="")) == "p"
    assert words.count_words(share()) == "2 cameras"
    assert words.count_words(share(cameras=["c1"])) == "1 camera"
    assert words.basis_words(share()) == "Art. 18"
    assert words.left_words(share(state="proposed"), AT) == "waits for approval"
    assert words.left_words(share(state="ended"), AT) == "ended"
    assert words.ending_words(share(ending="person")) == "the centre ended it"
    assert words.ending_words(share(ending="?")) == words.ending_words(share())
    ask = AskRow(id="a", at=AT, by="박경위", minutes=30)
    assert words.ask_words(ask) == "박경위 asks for 30 minutes more"
    ask = AskRow(id="a", at=AT, by="박경위", place="북쪽")
    assert words.ask_words(ask) == "박경위 asks for another camera: 북쪽"
    assert (given.LONGER_MINUTES, received.ASKED_MINUTES) == (30, 30)


def test_a_card_is_chosen_by_hand_and_by_key(qtbot: QtBot) -> None:
    card = ShareCard(Theme())
    qtbot.addWidget(card)
    chosen: list[str] = []
    card.chosen.connect(chosen.append)
    QTest.keyClick(card, Qt.Key.Key_Return)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    card.tick(AT)
    assert chosen == []
    card.render_share(share(), "비상벨", "달서구", lit=True)
    QTest.keyClick(card, Qt.Key.Key_Return)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    QTest.keyClick(card, Qt.Key.Key_A)
    assert chosen == ["s1", "s1"]
    card.tick(AT)
    assert card.left.text() == "2:00:00"
    theme = Theme()
    card.tick(AT + timedelta(minutes=118))
    assert card.left.palette().color(card.left.foregroundRole()) == theme.color("normal")


def test_cards_are_used_again(qtbot: QtBot) -> None:
    cards = ShareCards(Theme(), lambda one: (one.id, ""))
    qtbot.addWidget(cards)
    cards.render_shares([share("a"), share("b")], [share("c", state="ended")], "b", AT)
    first = list(cards.cards)
    assert [card.title.text() for card in cards.cards] == ["a", "b", "c"]
    assert [card.isEnabled() for card in cards.cards] == [True, True, False]
    assert [card.property("chosen") for card in cards.cards] == [False, True, False]
    cards.render_shares([share("b")], [], "b", AT)
    assert cards.cards == first
    assert [card.isHidden() for card in cards.cards] == [False, True, True]
    cards.tick(AT + timedelta(hours=1))
    assert cards.cards[0].left.text() == "1:00:00"
