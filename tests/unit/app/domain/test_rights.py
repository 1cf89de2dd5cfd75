"""Every role and act, written out once more by role and compared with the table."""

from __future__ import annotations

import pytest

from app.domain.account import Role
from app.domain.rights import RIGHTS, Action, Scope

SEEN_BY_STAFF = {
    "site", "camera", "camera_status", "point", "incident", "history", "note", "attachment", "wall",
    "console", "account", "share", "unit",
}  # fmt: skip
INCIDENT_ACTS = {
    Action.CREATE, Action.ACKNOWLEDGE, Action.RESPOND, Action.RELEASE, Action.CLOSE, Action.CANCEL,
    Action.REOPEN, Action.MERGE, Action.ASSIGN, Action.CHANGE, Action.NOTE,
}  # fmt: skip
WALLS = {Action.SAVE_WALL, Action.DELETE_WALL}
WATCHING = {Action.SEE, Action.CAMERA_ACCESS, Action.REPORT_STATUS}
PASSWORD = {Action.CHANGE_PASSWORD}
SHARING = {Action.PROPOSE_SHARE, Action.END_SHARE}
RECEIVING = {Action.WATCH_SHARE, Action.ASK_SHARE, Action.END_SHARE}
ACTS: dict[Role, set[Action]] = {
    Role.ADMINISTRATOR: WATCHING | WALLS | PASSWORD | {Action.IMPORT, Action.MANAGE, Action.AUDIT},
    Role.SUPERVISOR: WATCHING
    | INCIDENT_ACTS
    | WALLS
    | PASSWORD
    | SHARING
    | {Action.SEE_PERSON, Action.SEND_WALL, Action.AUDIT, Action.APPROVE_SHARE, Action.RESTRICT},
    Role.OPERATOR: WATCHING
    | INCIDENT_ACTS
    | WALLS
    | PASSWORD
    | SHARING
    | {Action.SEE_PERSON, Action.SEND_WALL},
    Role.OFFICER: WATCHING
    | (INCIDENT_ACTS - {Action.CLOSE, Action.CANCEL, Action.REOPEN, Action.MERGE})
    | WALLS
    | PASSWORD
    | SHARING
    | RECEIVING
    | {Action.SEE_PERSON, Action.SEND_WALL},
    Role.RECEIVER: {Action.SEE, Action.SEE_PERSON} | RECEIVING | PASSWORD,
    Role.AUDITOR: {Action.SEE, Action.AUDIT} | PASSWORD,
    Role.FEED: {Action.INTAKE},
}
KINDS: dict[Action, set[str]] = {
    Action.SEE: SEEN_BY_STAFF,
    Action.SEND_WALL: {"console"},
    Action.SAVE_WALL: {"wall"},
    Action.DELETE_WALL: {"wall"},
    Action.CAMERA_ACCESS: {"camera"},
    Action.RESTRICT: {"camera"},
    Action.PROPOSE_SHARE: {"share"},
    Action.APPROVE_SHARE: {"share"},
    Action.END_SHARE: {"share"},
    Action.ASK_SHARE: {"share"},
    Action.WATCH_SHARE: {"share"},
    Action.REPORT_STATUS: {"camera"},
    Action.IMPORT: {"site"},
    Action.MANAGE: {"site", "camera", "point", "account", "feed", "setting"},
    Action.AUDIT: {"ledger", "log", "quarantine", "metrics"},
    Action.INTAKE: {"feed"},
    Action.CHANGE_PASSWORD: {"account"},
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_every_role_and_act(role: Role, action: Action) -> None:
    held = {kind for (act, kind), scopes in RIGHTS[role].items() if act is action and scopes}
    assert bool(held) is (action in ACTS[role])
    assert held <= KINDS.get(action, {"incident"})


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR, Role.OFFICER])
def test_who_works_at_the_centre_sees_everything_there(role: Role) -> None:
    seen = {kind for (act, kind), scopes in RIGHTS[role].items() if act is Action.SEE and scopes}
    assert seen == SEEN_BY_STAFF


def test_a_receiver_reaches_only_what_was_shared_or_is_its_own() -> None:
    scopes = {scope for held in RIGHTS[Role.RECEIVER].values() for scope in held}
    assert scopes == {Scope.HERE, Scope.SHARED, Scope.RECEIVER, Scope.OWN}
    here = [what for what, held in RIGHTS[Role.RECEIVER].items() if Scope.HERE in held]
    assert here == [(Action.SEE, "site")]


def test_who_is_shared_with_may_look_ask_and_give_back_and_nothing_else() -> None:
    for rights in RIGHTS.values():
        for (action, _), scopes in rights.items():
            if {Scope.SHARED, Scope.RECEIVER} & set(scopes):
                assert action in {Action.SEE, Action.SEE_PERSON} | RECEIVING


def test_every_cell_of_the_table_was_read() -> None:
    assert set(RIGHTS) == set(Role)
    rows = {what for rights in RIGHTS.values() for what in rights}
    assert all(set(rights) == rows for rights in RIGHTS.values())
    assert {action for action, _ in rows} == set(Action)
