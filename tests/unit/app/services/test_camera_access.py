from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from app.adapters.hub_store import LocalHubStore
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.text import Text
from app.services.camera_access import CameraAccesses
from app.services.hub_port import HubFailure, Trouble
from app.services.hub_store_port import AccessCache
from app.services.secrets_port import Secrets
from app.wire.access import CameraAccess
from tests.fakes.hub import ModelHub, trouble
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_model import NOW, HubModel
from tests.fakes.secrets import MemorySecrets


@pytest.fixture
async def store() -> AsyncIterator[LocalHubStore]:
    secrets: Secrets = MemorySecrets()
    made = await LocalHubStore.in_memory(secrets.key("hub store"))
    yield made
    await made.close()


@pytest.fixture
def hub() -> ModelHub:
    made = ModelHub(HubModel())
    made._token = True
    return made


def accesses(hub: ModelHub, store: AccessCache) -> CameraAccesses:
    return CameraAccesses(hub, store, hand_clock())


async def test_the_hub_is_asked_and_its_answer_lasts_without_it(
    hub: ModelHub, store: LocalHubStore
) -> None:
    service = accesses(hub, store)
    first = await service.of("c1")
    hub.down = True
    assert await service.of("c1") == first
    with pytest.raises(HubFailure) as caught:
        await service.of("c2")
    assert caught.value.trouble is Trouble.UNREACHABLE


async def test_a_no_of_the_hub_is_a_no_afterwards_as_well(
    hub: ModelHub, store: LocalHubStore
) -> None:
    service = accesses(hub, store)
    await service.of("c1")
    hub.fails.append(trouble(Trouble.FORBIDDEN))
    for _ in range(2):
        with pytest.raises(Failure):
            await service.of("c1")
        hub.down = True


async def test_what_the_hub_gave_for_a_time_ends_with_it(
    hub: ModelHub, store: LocalHubStore
) -> None:
    await store.keep_access(CameraAccess(id="c1", until=NOW + timedelta(seconds=1)))
    await store.keep_access(CameraAccess(id="c2", until=NOW))
    hub.down = True
    service = accesses(hub, store)
    assert (await service.of("c1")).id == "c1"
    with pytest.raises(Refused):
        await service.of("c2")
    with pytest.raises(HubFailure):
        await service.of("c2")


async def test_a_full_disk_keeps_nobody_from_seeing(
    hub: ModelHub, store: LocalHubStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise Unavailable(Text("가득", "full"))

    monkeypatch.setattr(store, "keep_access", full)
    monkeypatch.setattr(store, "forget_access", full)
    service = accesses(hub, store)
    said: list[Text] = []
    service.notices.connect(said.append)
    assert (await service.of("c1")).id == "c1"
    hub.fails.append(trouble(Trouble.FORBIDDEN))
    with pytest.raises(HubFailure):
        await service.of("c1")
    assert [text.en for text in said] == ["full", "full"]
