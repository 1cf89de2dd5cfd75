from __future__ import annotations

from app.domain.account import Role
from tests.fakes.incidents import subject


def test_every_role_has_words() -> None:
    assert len({role.words for role in Role}) == len(Role)


def test_a_subject_may_watch_every_purpose_unless_limited() -> None:
    assert subject().purposes == frozenset()
    assert not subject().must_change
