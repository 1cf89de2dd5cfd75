"""Signed updates on real files: what is applied, what is refused, and in which words."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from app.adapters.update_records import alone, last_act
from app.adapters.versions import of_this_program
from app.domain.errors import BadInput, Failure, Refused, Unavailable
from app.domain.text import Text
from app.services.event_port import EventKind, NoEventLog
from app.services.layers import Layers
from app.updater.__main__ import main
from app.updater.helper import Installation
from tests.fakes.updates import (
    Installed,
    Publisher,
    install,
    make_version,
    resign_for_later,
    scripts,
)

pytestmark = pytest.mark.allow_logs("app.updater")


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    with scripts() as modules:
        yield Publisher(tmp_path / "publisher", modules)


@pytest.fixture
def installed(tmp_path: Path, publisher: Publisher) -> Installed:
    return install(tmp_path / "프로그램 폴더", "1.0.0", publisher.start())


def refused(installed: Installed, where: Path) -> str:
    """The English words; whatever it was, the present version stays, whole."""
    with pytest.raises(Failure) as caught:
        Installation(installed.root).apply(where)
    assert installed.now == "1.0.0"
    assert installed.whole("1.0.0")
    assert caught.value.text.ko != caught.value.text.en
    told = last_act(installed.root)
    assert told is not None
    assert told.version == ""
    assert told.text == caught.value.text
    return caught.value.text.en


def test_a_signed_update_is_used_from_the_next_start(
    installed: Installed, publisher: Publisher
) -> None:
    bundle = publisher.bundle("1.10.0")
    release = Installation(installed.root).apply(bundle.parent)
    assert release is not None
    assert (installed.now, release.version) == ("1.10.0", "1.10.0")
    assert installed.whole("1.10.0")
    # The one that may still run stays, and nothing half done is left.
    left = sorted(path.name for path in (installed.root / "versions").iterdir())
    assert left == ["1.0.0", "1.10.0"]
    told = last_act(installed.root)
    assert told is not None
    assert (told.version, told.bundle) == ("1.10.0", bundle.name)


def test_the_same_share_brings_nothing_new_the_next_day(
    installed: Installed, publisher: Publisher
) -> None:
    bundle = publisher.bundle("1.1.0")
    make_version_keep_key(publisher, installed, bundle)
    assert Installation(installed.root).apply(bundle.parent) is None


def make_version_keep_key(publisher: Publisher, installed: Installed, bundle: Path) -> None:
    """The next version believes the same root, as a built one does."""
    Installation(installed.root).apply(bundle)
    key = (publisher.keys / "metadata" / "1.root.json").read_bytes()
    make_version(installed.root / "versions", installed.now, root=key)


def test_the_latest_of_a_folder_is_taken_and_what_is_older_goes(
    installed: Installed, publisher: Publisher
) -> None:
    publisher.bundle("1.2.0")
    bundle = publisher.bundle("1.1.0")
    release = Installation(installed.root).apply(bundle.parent)
    assert release is not None
    assert installed.now == "1.2.0"


def test_an_altered_bundle_is_refused(installed: Installed, publisher: Publisher) -> None:
    bundle = publisher.bundle("1.1.0")
    altered = bundle.with_name("altered.gwanje-update")
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(altered, "w") as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename.startswith("targets/"):
                data = data[:-1] + bytes([data[-1] ^ 1])
            target.writestr(member, data)
    assert "signature is not right" in refused(installed, altered)


def test_a_bundle_of_somebody_elses_key_is_refused(
    installed: Installed, publisher: Publisher, tmp_path: Path
) -> None:
    bundle = publisher.bundle("1.1.0")
    other = resign_for_later(bundle, publisher, tmp_path / "other.gwanje-update")
    assert "signature is not right" in refused(installed, other)


def test_a_bundle_that_was_cut_is_refused_wherever(
    installed: Installed, publisher: Publisher, tmp_path: Path
) -> None:
    whole = publisher.bundle("1.1.0").read_bytes()
    cut = tmp_path / "cut.gwanje-update"
    for part in (0.0, 0.1, 0.5, 0.9, 0.999):
        cut.write_bytes(whole[: int(len(whole) * part)])
        assert "not whole" in refused(installed, cut)


def test_a_byte_that_flipped_on_a_bad_stick_changes_nothing(
    installed: Installed, publisher: Publisher, tmp_path: Path
) -> None:
    """Refused, or it hit what does not matter: what is used is what was published, to the byte."""
    whole, refusals = publisher.bundle("1.1.0").read_bytes(), 0
    flipped = tmp_path / "flipped.gwanje-update"
    for number in range(1, 20):
        data = bytearray(whole)
        data[len(whole) * number // 20] ^= 0xFF
        flipped.write_bytes(data)
        try:
            Installation(installed.root).apply(flipped)
        except Refused:
            refusals += 1
        assert installed.whole(installed.now)
        (installed.root / "current").write_text("1.0.0\n", encoding="ascii")
    assert refusals > 10


def test_an_old_signature_is_refused_as_a_freeze(
    installed: Installed, publisher: Publisher
) -> None:
    assert "expired" in refused(installed, publisher.expired("1.1.0"))


def test_what_was_signed_before_is_refused_once_something_later_was_seen(
    installed: Installed, publisher: Publisher
) -> None:
    """A roll-back: an attacker offers yesterday's bundle with yesterday's fault in it."""
    publisher.bundle("1.1.0")
    later = publisher.bundle("1.2.0")
    make_version_keep_key(publisher, installed, later)
    publisher.forget_numbers()
    again = publisher.bundle("1.3.0")
    with pytest.raises(Refused, match="seen a later update"):
        Installation(installed.root).apply(again)
    assert installed.now == "1.2.0"


def test_another_channel_is_refused_in_words(installed: Installed, publisher: Publisher) -> None:
    said = refused(installed, publisher.bundle("1.1.0", channel="trial"))
    assert "stable" in said
    assert "trial/win_amd64" in said


def test_what_fails_its_own_test_is_not_used_and_not_tried_again(
    installed: Installed, publisher: Publisher
) -> None:
    broken = publisher.bundle("1.1.0", fine=False)
    assert "decode_h264: no codec" in refused(installed, broken)
    assert not (installed.root / "versions" / "1.1.0").exists()
    assert "failed its self-test on this computer" in refused(installed, broken)
    # The mended one comes.
    assert Installation(installed.root).apply(publisher.bundle("1.1.1")) is not None
    assert installed.now == "1.1.1"


def test_back_to_the_version_before_and_it_does_not_come_again(
    installed: Installed, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = publisher.bundle("1.1.0")
    Installation(installed.root).apply(bundle)
    assert main(["--installation", str(installed.root), "--back"]) == 0
    assert "1.0.0" in capsys.readouterr().out
    assert "failed its self-test" in refused(installed, bundle)
    with pytest.raises(Refused, match="no version before"):
        Installation(installed.root).back()


def test_an_installation_without_a_key_says_so(installed: Installed, publisher: Publisher) -> None:
    bundle = publisher.bundle("1.1.0")
    (installed.root / "versions" / "1.0.0" / "updates" / "root.json").unlink()
    with pytest.raises(Refused, match="knows no key"):
        Installation(installed.root).apply(bundle)


def test_a_name_that_leaves_its_folder_is_refused_although_it_is_signed(
    installed: Installed, publisher: Publisher
) -> None:
    folder = make_version(publisher.folder / "built", "1.1.0")
    bundle_module = publisher.modules["bundle"]
    honest = bundle_module._zip

    def evil(folder: Path, output: Path, how: int) -> int:
        size: int = honest(folder, output, how)
        if how == zipfile.ZIP_DEFLATED:
            with zipfile.ZipFile(output, "a") as packed:
                packed.writestr("../../current", "9.9.9\n")
        return size

    bundle_module._zip = evil
    try:
        bundle = publisher.pack(folder)
    finally:
        bundle_module._zip = honest
    assert "not whole" in refused(installed, bundle)


def test_no_room_is_said_before_anything_is_written(
    installed: Installed, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = publisher.bundle("1.1.0")
    usage = os.statvfs(installed.root)
    monkeypatch.setattr("app.adapters.versions._SPARE_BYTES", usage.f_frsize * usage.f_blocks * 2)
    assert "MB are free" in refused(installed, bundle)


def test_two_at_once_do_not_meet(installed: Installed, publisher: Publisher) -> None:
    bundle = publisher.bundle("1.1.0")
    with (
        alone(installed.root),
        pytest.raises(Unavailable, match="under way"),
        alone(installed.root),
    ):
        raise AssertionError
    assert Installation(installed.root).apply(bundle) is not None


def test_the_computers_own_log_hears_of_it(
    installed: Installed, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    heard: list[EventKind] = []

    class Log(NoEventLog):
        @override
        def write(self, kind: EventKind, text: Text) -> None:
            heard.append(kind)

    monkeypatch.setattr("app.updater.__main__.system_event_log", Log)
    bundle, at = publisher.bundle("1.1.0"), ["--installation", str(installed.root)]
    assert main([*at, str(bundle), "--check"]) == 0
    assert heard == []
    assert main([*at, str(tmp_path / "nowhere")]) == 1
    assert main([*at, str(bundle)]) == 0
    assert main([*at, "--back"]) == 0
    applied = EventKind.UPDATE_APPLIED
    assert heard == [EventKind.UPDATE_REFUSED, applied, applied]


def test_the_command(
    installed: Installed, publisher: Publisher, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    at = ["--installation", str(installed.root)]
    bundle = publisher.bundle("1.1.0")
    assert main([*at, str(bundle), "--check"]) == 0
    assert "1.1.0 is offered" in capsys.readouterr().out
    assert installed.now == "1.0.0"
    assert main([*at, str(tmp_path / "nowhere")]) == 1
    assert "No such bundle" in capsys.readouterr().err
    assert main(["--wrong"]) == 2
    assert main([*at, str(bundle.parent), "--log", str(tmp_path / "log")]) == 0
    assert "1.1.0 runs from the next start" in capsys.readouterr().out
    assert list((tmp_path / "log").iterdir())
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(BadInput):
        Installation(installed.root).apply(tmp_path / "nowhere")
    assert Installation(installed.root).apply(empty) is None


def test_this_program_is_looked_after_in_another_way(capsys: pytest.CaptureFixture[str]) -> None:
    """A working copy, a Debian package: nothing here changes their versions."""
    assert of_this_program() is None
    assert main([]) == 2
    assert "package manager" in capsys.readouterr().err


def test_keys_are_never_overwritten_and_none_is_in_a_bundle(publisher: Publisher) -> None:
    publisher.start()
    with pytest.raises(publisher.modules["keys"].WrongKeys):
        publisher.start()
    with zipfile.ZipFile(publisher.bundle("1.1.0")) as packed:
        names = packed.namelist()
        data = b"".join(packed.read(name) for name in names)
    assert b"PRIVATE" not in data
    assert "metadata/1.root.json" in names
    root = json.loads((publisher.keys / "metadata" / "1.root.json").read_text("utf-8"))
    assert root["signed"]["roles"]["root"]["threshold"] == 2
    assert [oct(path.stat().st_mode)[-3:] for path in publisher.keys.glob("*.pem")] == ["600"] * 3


def test_without_a_folder_in_the_command_the_settings_name_it(
    installed: Installed,
    publisher: Publisher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bundle, at = publisher.bundle("1.1.0"), ["--installation", str(installed.root)]
    folder: dict[str, str | bool] = {"update_folder": str(bundle.parent)}
    for machine, policy, said in (
        ({}, {}, "switched off"),
        (folder, {"updates": False}, "switched off"),
        (folder, {}, "1.1.0 runs"),
    ):
        monkeypatch.setattr(
            "app.updater.__main__.layers", lambda one=machine, two=policy: Layers(one, two)
        )
        assert main(at) == 0
        assert said in capsys.readouterr().out
