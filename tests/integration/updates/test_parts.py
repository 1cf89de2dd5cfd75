"""Bundle, test and decision, each by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.adapters.update_bundle import Bundle
from app.adapters.update_records import RefusedVersions
from app.adapters.update_trust import Trust
from app.adapters.version_test import works
from app.adapters.versions import Versions, sound
from app.domain.errors import Refused
from app.domain.update import Edition, NotLater, Release, number
from app.services.updating import Updating
from tests.fakes.updates import Installed, Publisher, install, make_version

HERE = Edition("stable", "win_amd64")


def test_a_bundle_says_what_it_brings_and_gives_exactly_that(
    publisher: Publisher, tmp_path: Path
) -> None:
    root = publisher.start()
    bundle = Bundle(publisher.bundle("1.2.3"), tmp_path / "trust", root, HERE)
    with pytest.raises(Refused, match="not whole"):
        bundle.fetch(tmp_path / "too early")
    release = bundle.release()
    assert release.version == "1.2.3"
    assert release.unpacked > release.size > 0
    bundle.fetch(tmp_path / "packed.zip")
    assert (tmp_path / "packed.zip").stat().st_size == release.size
    bundle.close()


def test_a_place_that_cannot_be_written_is_named(publisher: Publisher, tmp_path: Path) -> None:
    root, taken = publisher.start(), tmp_path / "taken"
    taken.write_text("a file where a folder should be", encoding="utf-8")
    bundle = Bundle(publisher.bundle("1.2.3"), taken, root, HERE)
    with pytest.raises(Refused, match="as an administrator"):
        bundle.release()
    bundle.close()


@pytest.mark.parametrize(
    "version", ["1", "1.2", "../1.2.3", "1.2.3-beta", "1.2.x", "", "1.2.999999"]
)
def test_a_version_is_three_numbers(version: str) -> None:
    with pytest.raises(Refused, match="Not a version"):
        number(version)


def test_a_version_is_asked_whether_it_works(tmp_path: Path) -> None:
    assert works(make_version(tmp_path, "1.0.0")) == ""
    assert works(make_version(tmp_path, "1.0.1", fine=False)) == "decode_h264: no codec"
    silent = make_version(tmp_path, "1.0.2")
    (silent / "program" / "main.py").write_text("", encoding="utf-8")
    assert works(silent) == "no answer"
    (silent / "program" / "main.py").write_text("raise SystemExit('no Qt')", encoding="utf-8")
    assert "no Qt" in works(silent)


def test_a_version_is_whole_or_it_is_not(tmp_path: Path) -> None:
    folder = make_version(tmp_path, "1.0.0")
    assert sound(folder)
    stranger = folder / "lib" / "stranger.dll"
    stranger.write_bytes(b"planted")
    assert not sound(folder)
    stranger.unlink()
    (folder / "lib" / "부품 3.bin").write_bytes(b"altered")
    assert not sound(folder)
    assert not sound(tmp_path / "nothing")


class Offer:
    """A bundle of one version."""

    name = "offer"

    def __init__(self, version: str) -> None:
        self.version = version

    def release(self) -> Release:
        return Release(self.version, 1, 1)

    def fetch(self, to: Path) -> None:
        raise AssertionError(to)


@pytest.mark.parametrize(
    ("version", "later"), [("1.10.0", True), ("1.9.0", False), ("1.2.9", False)]
)
def test_only_what_is_later_is_taken(tmp_path: Path, version: str, later: bool) -> None:
    installed = install(tmp_path, "1.9.0", b"")
    updating = Updating(Versions(installed.root), RefusedVersions(tmp_path / "trust"), works)
    if later:
        assert updating.offered(Offer(version)).version == version
    else:
        with pytest.raises(NotLater):
            updating.offered(Offer(version))


def test_what_is_believed_is_written_when_it_was_used(
    installed: Installed, publisher: Publisher
) -> None:
    trust = Trust(installed.root)
    assert trust.edition() == HERE
    assert trust.lack(publisher.built("1.1.0")) == ""
    with trust.scratch() as scratch:
        bundle = Bundle(publisher.bundle("1.1.0"), scratch, trust.key(), trust.edition())
        bundle.release()
        bundle.close()
        assert not trust.folder.exists()
        trust.believe(scratch)
        seen = (scratch / "timestamp.json").read_bytes()
    assert (trust.folder / "timestamp.json").read_bytes() == seen
    with trust.scratch() as scratch:
        assert (scratch / "root_history" / "1.root.json").read_bytes() == publisher.root()
