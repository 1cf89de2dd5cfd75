"""What is hashed, and what stands in it of a person: app.domain.ledger.entry, .canonical."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest

from app.domain.ledger.canonical import canonical
from app.domain.ledger.entry import FIRST_PREV, Deed, Kind, hidden, written
from tests.fakes.incidents import NOON, minutes

PERSON = {"account": "kim", "name": "김관제"}
SALTS = {"account": "0" * 32, "name": "f" * 32}


def test_an_entry_in_its_one_form() -> None:
    deed = Deed(
        Kind.VIEW_END, minutes(3), "dalseo", "C-1", "i1", purpose="순찰", begun=NOON,
        ended=minutes(3), person=PERSON, client="pc-1", client_n=7, facts={"tile": "1"},
    )  # fmt: skip
    raw = written(deed, 12, FIRST_PREV, SALTS)
    value = json.loads(raw)
    assert (
        raw == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert value["n"] == 12
    assert (value["from"], value["to"]) == ("2026-11-25T03:00:00.000Z", "2026-11-25T03:03:00.000Z")
    assert (value["client"], value["client_n"]) == ("pc-1", 7)
    assert "김관제" not in raw.decode()
    assert value["person"]["name"] == hidden(SALTS["name"], "김관제")


def test_what_is_empty_is_left_out() -> None:
    value = json.loads(written(Deed(Kind.SIGN_OUT, NOON), 1, FIRST_PREV, {}))
    assert sorted(value) == ["at", "kind", "n", "prev", "v"]


def test_a_moment_is_the_same_wherever_it_is_told() -> None:
    korea = datetime(2026, 11, 25, 12, 0, tzinfo=timezone(timedelta(hours=9)))
    here = Deed(Kind.STILL, korea)
    assert written(here, 1, FIRST_PREV, {}) == written(Deed(Kind.STILL, NOON), 1, FIRST_PREV, {})


def test_the_same_person_looks_different_each_time() -> None:
    assert hidden("a", "kim") != hidden("b", "kim")
    assert len(hidden("a", "kim")) == 64


@pytest.mark.parametrize("value", [1.5, 1 << 53, float("nan"), {"이름": 1}, [{"ä": 1}]])
def test_what_has_no_one_form_is_not_written(value: object) -> None:
    with pytest.raises(ValueError, match=r"number|ASCII"):
        canonical({"a": value})


def test_the_form_of_the_rfc() -> None:
    given = {"b": [True, None, '\u20ac$\u000f\nA\'B"\\\\"/'], "a": {"z": 1, "y": -2}}
    assert canonical(given) == (
        b'{"a":{"y":-2,"z":1},"b":[true,null,"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"]}'
    )


def test_every_kind_has_words() -> None:
    for kind in Kind:
        assert kind.words.ko
        assert kind.words.en
