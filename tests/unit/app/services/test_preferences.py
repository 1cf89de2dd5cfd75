from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.domain.errors import BadInput
from app.domain.preferences import PreferenceValues, ThemeName
from app.domain.text import Language, Text
from app.services.layers import Layers
from app.services.preferences import Preferences
from tests.fakes.store import DISK_FULL, MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
async def preferences(store: MemoryStore) -> AsyncIterator[Preferences]:
    service = Preferences(store)
    await service.start()
    yield service
    await service.stop()


async def test_a_change_is_told_once_and_kept(store: MemoryStore, preferences: Preferences) -> None:
    told: list[str] = []
    preferences.changed.connect(told.append)
    preferences.set("theme", "light")
    preferences.set("theme", ThemeName.LIGHT)
    assert told == ["theme"]
    assert preferences.values.theme is ThemeName.LIGHT
    await preferences.stop()
    assert store.preferences == {"theme": "light"}


async def test_a_value_that_cannot_be_changes_nothing(preferences: Preferences) -> None:
    with pytest.raises(BadInput):
        preferences.set("replay_seconds", 9999)
    assert preferences.values == PreferenceValues()


async def test_a_setting_for_this_run_only_is_not_kept(
    store: MemoryStore, preferences: Preferences
) -> None:
    preferences.set("language", Language.EN, keep=False)
    preferences.set("tile_gap", 4)
    assert preferences.values.language is Language.EN
    await preferences.stop()
    assert store.preferences == {"tile_gap": 4}


async def test_back_to_the_default(store: MemoryStore, preferences: Preferences) -> None:
    preferences.set("tile_gap", 4)
    preferences.reset("tile_gap")
    assert preferences.values == PreferenceValues()
    preferences.reset("tile_gap")
    await preferences.stop()
    assert store.preferences == {}


async def test_what_was_kept_is_there_again(store: MemoryStore) -> None:
    store.preferences = {"language": "en", "operator": "김관제", "replay_seconds": 30}
    preferences = Preferences(store)
    await preferences.start()
    expected = PreferenceValues(language=Language.EN, operator="김관제", replay_seconds=30)
    assert preferences.values == expected
    await preferences.stop()
    assert store.writes == 0


async def test_settings_of_another_version_are_told_or_kept_but_never_fatal(
    store: MemoryStore,
) -> None:
    store.preferences = {"theme": "sepia", "wings": 2, "odd": [1], "tile_gap": 3}
    preferences = Preferences(store)
    notices: list[Text] = []
    preferences.notices.connect(notices.append)
    await preferences.start()
    assert preferences.values == PreferenceValues(tile_gap=3)
    assert len(notices) == 1
    assert "theme" in notices[0].en
    preferences.set("tile_gap", 5)
    await preferences.stop()
    assert store.preferences == {"wings": 2, "tile_gap": 5}


async def test_an_unreadable_store_leaves_the_defaults(store: MemoryStore) -> None:
    store.refuses = DISK_FULL
    preferences = Preferences(store)
    notices: list[Text] = []
    preferences.notices.connect(notices.append)
    await preferences.start()
    assert notices == [DISK_FULL.text]
    assert preferences.values == PreferenceValues()


LAYERS = Layers(
    machine={
        "dwell_seconds": 4,
        "theme": "light",
        "lock_minutes": 20,
        "hub": "https://hub.example",
    },
    policy={"lock_minutes": 5, "language": "en"},
)


async def test_the_layers_lie_over_each_other(store: MemoryStore) -> None:
    store.preferences = {"theme": "dark", "lock_minutes": 60, "replay_seconds": 30}
    preferences = Preferences(store, LAYERS)
    # Also before it was read: the first window is made with it.
    assert (preferences.values.dwell_seconds, preferences.values.lock_minutes) == (4, 5)
    await preferences.start()
    values = preferences.values
    assert (values.dwell_seconds, values.replay_seconds) == (4, 30)
    assert (values.theme, values.language) == (ThemeName.DARK, Language.EN)
    assert values.lock_minutes == 5
    assert preferences.below("dwell_seconds") == 4
    assert preferences.own() == {"theme": "dark", "lock_minutes": 60, "replay_seconds": 30}
    await preferences.stop()


async def test_what_the_administrator_fixed_nobody_changes(store: MemoryStore) -> None:
    store.preferences = {"lock_minutes": 60}
    preferences = Preferences(store, LAYERS)
    await preferences.start()
    told: list[str] = []
    preferences.changed.connect(told.append)
    assert preferences.fixed("lock_minutes")
    assert not preferences.fixed("dwell_seconds")
    with pytest.raises(BadInput) as caught:
        preferences.set("lock_minutes", 0)
    assert "관리자" in caught.value.text.ko
    with pytest.raises(BadInput):
        preferences.set("lock_minutes", 0, keep=False)
    with pytest.raises(BadInput):
        preferences.reset("lock_minutes")
    assert (told, preferences.values.lock_minutes) == ([], 5)
    preferences.set("dwell_seconds", 6)
    await preferences.stop()
    # Once the policy is gone, the person's own value counts again.
    assert store.preferences == {"lock_minutes": 60, "dwell_seconds": 6}


async def test_back_to_the_layer_below(store: MemoryStore) -> None:
    preferences = Preferences(store, LAYERS)
    await preferences.start()
    preferences.set("dwell_seconds", 3)
    assert preferences.values.dwell_seconds == 3
    preferences.reset("dwell_seconds")
    assert preferences.values.dwell_seconds == 4
    await preferences.stop()
    assert store.preferences == {}


async def test_what_is_put_aside_comes_back_also_what_an_administrator_fixed(
    store: MemoryStore,
) -> None:
    fixed = Preferences(store, Layers(policy={"auto_dragnet": "market_fire"}))
    await fixed.start()
    fixed.put_aside("auto_dragnet")
    assert fixed.values.auto_dragnet == ""
    fixed.restore("auto_dragnet")
    assert fixed.values.auto_dragnet == "market_fire"
    await fixed.stop()
