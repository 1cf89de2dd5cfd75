from __future__ import annotations

from app.services.layers import Layers


def test_only_preferences_reach_the_preferences() -> None:
    layers = Layers(
        machine={"hub": "https://hub.example", "dwell_seconds": 4},
        policy={"updates": False, "lock_minutes": 5},
    )
    assert layers.defaults() == {"dwell_seconds": 4}
    assert layers.fixed() == {"lock_minutes": 5}
