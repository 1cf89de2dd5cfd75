"""Signed updates on real files: what is applied, what is refused, and in which words."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from typing_extensions import override

from app.adapters.update_records import alone, last_act
from app.adapters.versions import of_this_program
from app.domain.errors import BadInput, Refused, Unavailable
from app.domain.text import Text
from app.services.event_port import EventKind, NoEventLog
from app.services.layers import Layers
from app.updater.__main__ import main
from app.updater.helper import Installation
from tests.fakes.updates import (
    Installed,
    Publisher,
    refused,
    resign_for_later,
)

pytestmark = pytest.mark.allow_logs("app.updater")


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
    Installation(installed.root).apply(bundle)
    assert Installation(installed.root).apply(bundle.parent) is None


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
    Installation(installed.root).apply(later)
    publisher.forget_numbers()
    again = publisher.bundle("1.3.0")
    with pytest.raises(Refused, match="used a later update"):
        Installation(installed.root).apply(again)
    assert installed.now == "1.2.0"


def test_another_channel_is_refused_in_words(installed: Installed, publisher: Publisher) -> None:
    said = refused(installed, publisher.bundle("1.1.0", channel="trial"))
    assert "stable" in said
    assert "trial/win_amd64" in said


def test_what_fails_its_own_test_is_not_used_and_after_twice_not_tried_again(
    installed: Installed, publisher: Publisher
) -> None:
    """The first time may have been a slow disk; nights go by, and it is not unpacked for ever."""
    share = publisher.bundle("1.1.0", fine=False).parent
    for _ in range(2):
        assert "failed its self-test and is not used" in refused(installed, share)
        assert not (installed.root / "versions" / "1.1.0").exists()
    assert "any more (decode_h264: no codec)" in refused(installed, share)
    # Who names the very file wants it tried again; and the mended one comes.
    assert "failed its self-test" in refused(installed, next(share.iterdir()))
    publisher.bundle("1.1.1")
    assert Installation(installed.root).apply(share) is not None
    assert installed.now == "1.1.1"


def test_a_computer_that_does_not_outlive_the_test_is_not_asked_for_ever(
    installed: Installed, publisher: Publisher
) -> None:
    class Dead(Exception):  # noqa: N818
        """The machine went away."""

    def dies(_: Path) -> str:
        raise Dead

    share = publisher.bundle("1.1.0").parent
    for _ in range(2):
        with pytest.raises(Dead):
            Installation(installed.root, test=dies).apply(share)
    with pytest.raises(Refused, match="did not come back"):
        Installation(installed.root, test=dies).apply(share)
    # By hand, and it was another cause.
    assert Installation(installed.root).apply(next(share.iterdir())) is not None


def test_back_to_the_version_before_and_it_does_not_come_again(
    installed: Installed, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = publisher.bundle("1.1.0")
    Installation(installed.root).apply(bundle)
    assert main(["--installation", str(installed.root), "--back"]) == 0
    assert "1.0.0" in capsys.readouterr().out
    assert "went back by hand" in refused(installed, bundle.parent)
    with pytest.raises(Refused, match="no version before"):
        Installation(installed.root).back()


def test_a_share_that_keeps_what_was_used_is_not_refused_every_night(
    installed: Installed, publisher: Publisher
) -> None:
    publisher.bundle("1.1.0")
    publisher.bundle("1.3.0", channel="trial")
    share = publisher.bundle("1.2.0").parent
    assert Installation(installed.root).apply(share) is not None
    assert Installation(installed.root).apply(share) is None
    told = last_act(installed.root)
    assert told is not None
    assert told.version == "1.2.0"


def test_a_bundle_that_fails_changes_nothing_of_what_is_believed(
    installed: Installed, publisher: Publisher
) -> None:
    """The later one is broken: the one before it is still welcome."""
    good = publisher.bundle("1.1.0")
    refused(installed, publisher.bundle("1.2.0", fine=False))
    assert Installation(installed.root).apply(good) is not None


def test_a_disk_or_a_share_that_says_no_is_told_in_words(
    installed: Installed, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = publisher.bundle("1.1.0")

    def says_no(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "\\\\server\\share")

    for what in ("app.adapters.versions._extract", "app.adapters.update_bundle.zipfile.ZipFile"):
        with monkeypatch.context() as patch:
            patch.setattr(what, says_no)
            said = refused(installed, bundle)
        assert "rights of the share" in said
        assert "server" in said
    assert Installation(installed.root).apply(bundle) is not None


def test_where_current_cannot_be_read_the_one_before_is_believed(
    installed: Installed, publisher: Publisher
) -> None:
    bundle = publisher.bundle("1.1.0")
    (installed.root / "previous").write_text("1.0.0\n", encoding="ascii")
    (installed.root / "current").write_text("", encoding="ascii")
    assert Installation(installed.root).apply(bundle) is not None
    assert installed.now == "1.1.0"


def test_what_others_put_beside_the_versions_stays(
    installed: Installed, publisher: Publisher
) -> None:
    versions = installed.root / "versions"
    (versions / "memo").mkdir()
    (versions / "note.txt").write_text("mine", encoding="utf-8")
    (versions / "0.9.0").mkdir()
    Installation(installed.root).apply(publisher.bundle("1.1.0"))
    assert {path.name for path in versions.iterdir()} == {"1.0.0", "1.1.0", "memo", "note.txt"}


def test_an_installation_without_a_key_says_so(installed: Installed, publisher: Publisher) -> None:
    bundle = publisher.bundle("1.1.0")
    (installed.root / "versions" / "1.0.0" / "updates" / "root.json").unlink()
    with pytest.raises(Refused, match="knows no key"):
        Installation(installed.root).apply(bundle)


def test_a_name_that_leaves_its_folder_is_refused_although_it_is_signed(
    installed: Installed, publisher: Publisher
) -> None:
    folder = publisher.built("1.1.0")
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
