from __future__ import annotations

from app.services.layers import Layers


def test_only_preferences_reach_the_preferences() -> None:
    layers = Layers(
        machine={"hub": "https://hub.example", "tile_gap": 4},
        policy={"updates": False, "lock_minutes": 5},
    )
    assert layers.defaults() == {"tile_gap": 4}
    assert layers.fixed() == {"lock_minutes": 5}
