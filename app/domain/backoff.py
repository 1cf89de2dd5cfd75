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
