"""Acts ↔ commands and outcomes; what an answer makes of an act. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pydantic import ValidationError

from app.domain.errors import BadInput
from app.domain.hub_act import ActState, HubAct
from app.domain.text import Text
from app.wire.commands import Command, Outcome


def command(act: HubAct) -> Command:
    """Raises `BadInput` for what no hub would take."""
    try:
        return Command(
            cmd_id=act.cmd_id,
            client=act.client,
            n=act.n,
            type=act.type,
            target=act.target,
            base_ver=act.base_ver,
            at=act.at,
            args=dict(act.args),
        )
    except ValidationError:
        raise BadInput(
            Text("허브로 보낼 수 없는 내용입니다.", "The hub would not take that.")
        ) from None


def settled(act: HubAct, outcome: Outcome, at: datetime) -> HubAct:
    reason = outcome.reason
    return replace(
        act,
        state=ActState(outcome.status.value),
        settled_at=at,
        seq=outcome.seq,
        ver=outcome.ver,
        reason=None if reason is None else Text(reason.ko, reason.en),
        current=outcome.current,
    )


def refused(act: HubAct, reason: Text, at: datetime) -> HubAct:
    return replace(act, state=ActState.REFUSED, settled_at=at, reason=reason)


def renumbered(acts: Sequence[HubAct], next_n: int) -> list[HubAct]:
    """Those of `acts` whose number must change so that they go on from `next_n` without a gap.

    `cmd_id` tells acts apart; the number only lets the hub see that none is missing.
    """
    numbered = ((act, next_n + place) for place, act in enumerate(acts))
    return [replace(act, n=n) for act, n in numbered if act.n != n]
