"""Keys and bundles: what a publisher may do wrong, and how keys are changed."""

from __future__ import annotations

import json
import zipfile

import pytest

from app.domain.errors import Refused
from app.updater.helper import Installation
from tests.fakes.updates import Installed, Publisher, make_version, refused

pytestmark = pytest.mark.allow_logs("app.updater")


def test_two_bundles_of_one_number_are_told_from_each_other(
    installed: Installed, publisher: Publisher
) -> None:
    first = publisher.bundle("1.1.0")
    publisher.forget_numbers()
    second = publisher.bundle("1.2.0")
    assert Installation(installed.root).apply(first) is not None
    with pytest.raises(Refused, match="number of another update"):
        Installation(installed.root).apply(second)


def test_what_would_be_the_last_update_is_not_published(publisher: Publisher) -> None:
    publisher.start()
    wrong = publisher.modules["keys"].WrongKeys
    orphan = make_version(publisher.folder / "built", "1.1.0")
    with pytest.raises(wrong, match="without --trust"):
        publisher.pack(orphan)
    with pytest.raises(wrong, match="another --channel"):
        publisher.pack(publisher.built("1.1.0"), channel="trial")
    with pytest.raises(wrong, match="no version"):
        publisher.pack(publisher.folder)


@pytest.mark.parametrize("lack", ["key", "channel"])
def test_what_would_be_the_last_update_is_not_used_either(
    installed: Installed, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, lack: str
) -> None:
    monkeypatch.setattr(publisher.modules["bundle"], "_look", lambda _: None)
    if lack == "key":
        said = refused(installed, publisher.pack(make_version(publisher.folder / "b", "1.1.0")))
        assert "knows no key of updates" in said
    else:
        said = refused(installed, publisher.pack(publisher.built("1.1.0", channel="trial")))
        assert "leaves the channel stable" in said


@pytest.mark.parametrize("replaced", [[], ["release"], ["release", "root-1"], ["root-1", "root-2"]])
def test_keys_are_renewed_and_installations_follow(
    installed: Installed, publisher: Publisher, replaced: list[str]
) -> None:
    Installation(installed.root).apply(publisher.bundle("1.1.0"))
    publisher.modules["keys"].renew(publisher.keys, replaced)
    later = publisher.bundle("1.2.0")
    assert Installation(installed.root).apply(later) is not None
    # The thief of the old key signs something.
    if "release" in replaced:
        (publisher.keys / "release-1.pem").replace(publisher.keys / "release.pem")
        with pytest.raises(Refused, match="signature is not right"):
            Installation(installed.root).apply(publisher.bundle("1.3.0"))


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
