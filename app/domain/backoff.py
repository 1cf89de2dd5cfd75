"""When to try again."""

from __future__ import annotations

# DESIGN §3: the first retry at once (most cameras drop a session and are there again), then
# exponential with jitter, never more than five seconds: an operator waits for that picture.
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 5.0


def pause(attempt: int, jitter: float) -> float:
    """Seconds before attempt number `attempt` (1 = the first retry).

    `jitter` in 0…1 spreads the cameras of a switch that comes back over half of the pause.
    """
    if attempt <= 1:
        return 0.0
    full = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempt - 2, 10))
    return full * (0.5 + 0.5 * jitter)


# DESIGN §4: a console is current again soon after the network is back, and 500 of them do not
# knock at the same moment (full jitter).
FIRST_HUB_PAUSE = 0.25
LONGEST_HUB_PAUSE = 2.0
# A hub that asks for more than this is broken or lies: an operator does not wait an hour.
LONGEST_RETRY_AFTER = 120.0


def hub_pause(attempt: int, jitter: float, retry_after: float | None = None) -> float:
    """Seconds before attempt number `attempt` (1 = the first retry) to reach the hub.

    `retry_after` is what the hub asked for; the jitter (0…1) then comes on top of it.
    """
    full = min(LONGEST_HUB_PAUSE, FIRST_HUB_PAUSE * 2.0 ** min(max(attempt - 1, 0), 10))
    asked = min(max(retry_after or 0.0, 0.0), LONGEST_RETRY_AFTER)
    return asked + full * jitter
