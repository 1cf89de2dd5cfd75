"""The table of rights: which role may do what, to which kind of thing, and how far away."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain.account import Role


class Action(StrEnum):
    SEE = "see"
    SEE_PERSON = "see_person"
    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    RELEASE = "release"
    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"
    CREATE = "create"
    ASSIGN = "assign"
    NOTE = "note"
    MERGE = "merge"
    CHANGE = "change"
    SAVE_WALL = "save_wall"
    DELETE_WALL = "delete_wall"
    SEND_WALL = "send_wall"
    CAMERA_ACCESS = "camera_access"
    REPORT_STATUS = "report_status"
    RESTRICT = "restrict"
    PROPOSE_SHARE = "propose_share"
    APPROVE_SHARE = "approve_share"
    END_SHARE = "end_share"
    ASK_SHARE = "ask_share"
    WATCH_SHARE = "watch_share"
    IMPORT = "import"
    MANAGE = "manage"
    AUDIT = "audit"
    INTAKE = "intake"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 - the name of an act


class Scope(StrEnum):
    """How far a right reaches."""

    # At the subject's own site.
    HERE = "H"
    # There or at any site below.
    BELOW = "B"
    # As B, but nobody's own.
    COMMON = "C"
    # As B, and the subject's own.
    OWN = "O"
    # Shared with the subject's site, until the share ends.
    SHARED = "S"
    # As S, and of a type of incident that names this kind of site as a receiver.
    RECEIVER = "R"


# One letter a scope, any of several is enough. Who is who: an administrator answers for the
# installation and for personal data and handles no incidents; an auditor looks at everything but
# persons and changes nothing; a receiver has what was shared with it; a feed delivers.
_TABLE = """
                         administrator supervisor operator officer receiver auditor feed
see site                 B             B          B        BS      HS       B       -
see camera               B             B          B        BS      S        B       -
see camera_status        B             B          B        BS      S        B       -
see point                B             B          B        BS      S        B       -
see unit                 B             B          B        B       -        B       -
see incident             B             B          B        BS      S        B       -
see history              B             B          B        B       -        B       -
see note                 -             B          B        B       -        -       -
see attachment           -             B          B        B       -        -       -
see share                B             B          B        BS      S        B       -
see wall                 CO            CO         CO       CO      -        C       -
see console              B             B          H        H       -        B       -
see account              B             B          O        O       O        B       -
see_person incident      -             B          B        BR      R        -       -

create incident          -             B          B        B       -        -       -
acknowledge incident     -             B          B        B       -        -       -
respond incident         -             B          B        B       -        -       -
release incident         -             B          B        B       -        -       -
close incident           -             B          B        -       -        -       -
cancel incident          -             B          B        -       -        -       -
reopen incident          -             B          B        -       -        -       -
merge incident           -             B          B        -       -        -       -
assign incident          -             B          B        B       -        -       -
change incident          -             B          B        B       -        -       -
note incident            -             B          B        B       -        -       -

save_wall wall           CO            CO         CO       O       -        -       -
delete_wall wall         CO            CO         O        O       -        -       -
send_wall console        -             B          H        H       -        -       -
camera_access camera     B             B          B        B       -        -       -
report_status camera     B             B          B        B       -        -       -
restrict camera          -             B          -        -       -        -       -

propose_share share      -             B          B        B       -        -       -
approve_share share      -             B          -        -       -        -       -
end_share share          -             B          B        BS      S        -       -
ask_share share          -             -          -        S       S        -       -
watch_share share        -             -          -        S       S        -       -

import site              B             -          -        -       -        -       -
manage site              B             -          -        -       -        -       -
manage camera            B             -          -        -       -        -       -
manage point             B             -          -        -       -        -       -
manage account           B             -          -        -       -        -       -
manage feed              B             -          -        -       -        -       -
manage setting           B             -          -        -       -        -       -
audit ledger             B             B          -        -       -        B       -
audit log                B             B          -        -       -        B       -
audit quarantine         B             B          -        -       -        B       -
audit metrics            B             B          -        -       -        B       -

intake feed              -             -          -        -       -        -       O
change_password account  O             O          O        O       O        O       -
"""

Rights = Mapping[tuple[Action, str], tuple[Scope, ...]]


def _read(table: str) -> dict[Role, Rights]:
    header, *lines = (line.split() for line in table.splitlines() if line.strip())
    return {
        Role(role): {
            (Action(action), kind): tuple(map(Scope, cells[column].strip("-")))
            for action, kind, *cells in lines
        }
        for column, role in enumerate(header)
    }


RIGHTS: Mapping[Role, Rights] = MappingProxyType(_read(_TABLE))
