from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr, ValidationError

from app.wire import VERSION, base, commands, entities, session, stream

NOW = datetime(2026, 11, 25, 13, 4, 5, tzinfo=UTC)


def frame(**changed: object) -> dict[str, object]:
    return {"seq": 7, "prev": 5, "t": "camera", "id": "c1", "ver": 2, "op": "put"} | changed


def test_a_frame_survives_the_way_over_the_wire() -> None:
    sent = stream.Frame.model_validate(frame(d={"name": "달서구청 앞"}))
    assert stream.Frame.model_validate_json(sent.model_dump_json()) == sent


def test_members_of_a_newer_hub_are_ignored() -> None:
    assert stream.Frame.model_validate(frame(colour="red")) == stream.Frame.model_validate(frame())


@pytest.mark.parametrize("bad", ["", "a\nb", "x" * 81, "\x00"])
def test_an_id_is_short_and_breaks_no_line(bad: str) -> None:
    with pytest.raises(ValidationError):
        stream.Frame.model_validate(frame(id=bad))


@pytest.mark.parametrize("bad", [-1, 2**63])
def test_a_place_in_the_log_is_a_positive_64_bit_number(bad: int) -> None:
    with pytest.raises(ValidationError):
        stream.Frame.model_validate(frame(seq=bad))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        stream.Heartbeat.model_validate({"head": 1, "prev": 0, "at": "2026-11-25T13:04:05"})


def test_a_refused_sign_in_tells_no_password() -> None:
    with pytest.raises(ValidationError) as caught:
        session.SignIn.model_validate({"username": "", "password": "hunter2", "client": "c"})
    assert "hunter2" not in str(caught.value)
    asked = session.SignIn(username="a", password=SecretStr("hunter2"), client="c")
    assert "hunter2" not in repr(asked)


def test_a_batch_holds_one_to_a_hundred_commands() -> None:
    one = {"cmd_id": "a", "client": "c", "n": 1, "type": "incident.note", "target": "i", "at": NOW}
    many = [one | {"n": n + 1} for n in range(commands.MOST)]
    assert len(commands.Batch.model_validate({"commands": many}).commands) == commands.MOST
    for wrong in ([], [*many, one]):
        with pytest.raises(ValidationError):
            commands.Batch.model_validate({"commands": wrong})


def test_what_comes_first_after_a_pause_is_a_kind_that_exists() -> None:
    assert entities.KINDS.keys() > entities.HOT


def test_no_row_of_a_camera_has_room_for_an_address_or_a_password() -> None:
    members = entities.CameraRow.model_fields.keys() | entities.ProfileRow.model_fields.keys()
    assert not members & {"url", "password", "user", "secret", "host"}
    assert "words" in base.Problem.model_fields
    assert VERSION == 1
