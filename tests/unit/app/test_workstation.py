from __future__ import annotations

from pathlib import Path

import pytest

from app.adapters.machine_file import FILE_NAME
from app.adapters.policy import FilePolicy, RegistryPolicy
from app.config import Config, parse
from app.domain.errors import BadInput
from app.domain.settings import Value
from app.services.layers import Layers
from app.workstation import authority_of, layers, settled, update_folder
from tests.fakes.certificates import server_tls
from tests.fakes.settings import FakeRegistry

Values = dict[str, Value]
HUB = "https://hub.example"


def console(*options: str, machine: Values, policy: Values) -> Config:
    return settled(parse(options), Layers(machine, policy))


def test_the_machine_lies_under_the_command_line_and_the_policy_over_it(tmp_path: Path) -> None:
    machine: Values = {"hub": HUB, "layout": "16", "site": "가람시"}
    assert console(machine=machine, policy={}).hub == HUB
    given = console("--hub", "https://other.example", "--layout", "4", machine=machine, policy={})
    assert (given.hub, given.layout, given.site) == ("https://other.example", "4", "가람시")
    fixed = console(
        "--hub", "https://other.example", "--layout", "4",
        machine=machine, policy={"hub": "https://fixed.example", "layout": "9", "kiosk": True},
    )  # fmt: skip
    assert (fixed.hub, fixed.layout, fixed.kiosk) == ("https://fixed.example", "9", True)
    assert "administrator" in fixed.layers.problems[0].en
    assert not console("--kiosk", machine={}, policy={"kiosk": False}).kiosk


def test_a_list_of_cameras_takes_the_place_of_the_hub(tmp_path: Path) -> None:
    cameras = tmp_path / "cameras.csv"
    cameras.write_text("")
    listed = console("--cameras", str(cameras), machine={"hub": HUB}, policy={})
    assert (listed.hub, listed.cameras) == (None, cameras)
    fixed = console("--cameras", str(cameras), machine={}, policy={"hub": HUB})
    assert (fixed.hub, fixed.cameras) == (HUB, None)
    own = console(machine={"cameras": str(cameras)}, policy={})
    assert own.cameras == cameras
    gone = console(machine={"cameras": str(tmp_path / "gone.csv")}, policy={})
    assert gone.cameras is None
    assert "gone.csv" in gone.layers.problems[0].ko


@pytest.mark.parametrize(
    "line",
    [
        "cameras = '/tmp/" + "a" * 300 + "'",
        "cameras = 'x\\u0000y'",
        "format = 0x" + "f" * 6000,
        "lock_minutes = 0x" + "f" * 6000,
        "layout = 0x" + "f" * 6000,
        "theme = 0x" + "f" * 6000,
        "operator = 0x" + "f" * 6000,
        "operator = " + "[" * 200 + "]" * 200,
    ],
)
def test_nothing_in_a_file_keeps_it_from_starting(tmp_path: Path, line: str) -> None:
    policy = FilePolicy(tmp_path / "policy.toml")
    for file in (FILE_NAME, "policy.toml"):
        (tmp_path / file).write_text(line)
    made = settled(parse([]), layers(tmp_path, policy))
    assert made.cameras is None
    assert made.layers.problems
    assert all(len(problem.en) < 400 for problem in made.layers.problems)


def test_a_wild_name_on_the_command_line_is_said() -> None:
    with pytest.raises(BadInput):
        parse(["--cameras", "a" * 300])


def test_the_demo_stays_the_demo() -> None:
    demo = console("--demo", machine={"hub": HUB}, policy={"hub": HUB, "site": "가람시"})
    assert (demo.hub, demo.demo_hub, demo.site) == (None, True, "가람시")


def test_the_demo_is_no_way_round_the_policy(tmp_path: Path) -> None:
    cameras = tmp_path / "cameras.csv"
    cameras.write_text("")
    for given in (("--hub", "https://other.example"), ("--cameras", str(cameras))):
        made = console("--demo", *given, machine={}, policy={"hub": HUB})
        assert (made.hub, made.cameras, made.demo_hub) == (HUB, None, False)
        free = console("--demo", *given, machine={"hub": HUB}, policy={})
        assert free.hub != HUB
    assert console("--demo", "--no-hub", machine={"hub": HUB}, policy={"hub": HUB}).hub is None


def test_the_rest_of_the_workstation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMEBODY", "kim")
    machine: Values = {
        "monitors": "main=1, 2=DP-2", "update_folder": r"\\server\gwanje", "updates": False,
        "profile_dir": f"{tmp_path}/$SOMEBODY",
    }  # fmt: skip
    made = console(machine=machine, policy={})
    assert made.monitors == {"main": "1", "2": "DP-2"}
    assert update_folder(made.layers) is None
    assert made.profile_dir == tmp_path / "kim"
    named = console("--profile-dir", str(tmp_path), machine=machine, policy={"updates": True})
    assert named.profile_dir == tmp_path
    # Switched off by the machine, on by the policy.
    assert update_folder(named.layers) == Path(r"\\server\gwanje")
    plain = console(machine={}, policy={})
    assert (update_folder(plain.layers), plain.monitors, plain.site) == (None, {}, "")
    # On where nobody said anything about it.
    silent = Layers({"update_folder": "/share"}, {})
    assert update_folder(silent) == Path("/share")


@pytest.mark.parametrize(
    "machine", [{"hub": HUB, "hub_ca": "gone.pem"}, {"hub": "http://hub.example"}]
)
def test_a_hub_that_cannot_be_trusted_is_none_and_said(machine: Values) -> None:
    made = console(machine=machine, policy={})
    assert (made.hub, made.hub_ca) == (None, None)
    assert len(made.layers.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        "hub_ca = 5",
        "[preferences]\nhub_ca = 'ca.pem'",
        "[workstation]\nhub_ca = 'ca.pem'",
        "preferences.hub_ca = 'ca.pem'",
        "hub_ca = ''",
        "hub_ca = 'ca.pem",
    ],
)
def test_an_authority_that_was_rejected_leaves_no_hub(tmp_path: Path, text: str) -> None:
    policy = FilePolicy(tmp_path / "policy.toml")
    (tmp_path / "policy.toml").write_text(f'hub = "{HUB}"\n')
    assert settled(parse([]), layers(tmp_path, policy)).hub == HUB
    (tmp_path / FILE_NAME).write_text(f"{text}\n")
    made = settled(parse([]), layers(tmp_path, policy))
    assert made.hub is None
    assert "hub_ca" in made.layers.problems[-1].en


@pytest.mark.parametrize(
    ("value", "kind"), [(["-----BEGIN CERTIFICATE-----"], 7), (r"%ProgramData%\ca.pem", 2)]
)
def test_an_authority_of_a_wrong_type_in_the_policy_leaves_no_hub(
    tmp_path: Path, value: object, kind: int
) -> None:
    given: list[tuple[str, object, int]] = [("hub", HUB, 1), ("hub_ca", value, kind)]
    person: list[tuple[str, object, int]] = [("hub_ca", "mine.pem", 1)]
    registry = FakeRegistry(
        {FakeRegistry.HKEY_LOCAL_MACHINE: given, FakeRegistry.HKEY_CURRENT_USER: person}
    )
    found = layers(tmp_path, RegistryPolicy(registry))
    assert settled(parse([]), found).hub is None
    _, certificate = server_tls(tmp_path)
    given[1] = ("hub_ca", str(certificate), 1)
    person[0] = ("hub_ca", 5, 4)
    assert settled(parse([]), layers(tmp_path, RegistryPolicy(registry))).hub == HUB


def test_the_authority_as_text_or_as_a_file_beside(tmp_path: Path) -> None:
    _, certificate = server_tls(tmp_path)
    pem = certificate.read_text()
    made = console(machine={"hub": HUB, "hub_ca": pem}, policy={})
    assert (made.hub, made.hub_ca) == (HUB, pem)
    assert console(machine={"hub": HUB, "hub_ca": str(certificate)}, policy={}).hub_ca == (
        certificate
    )
    assert authority_of(None) is None
    assert authority_of("ca.pem", tmp_path) == tmp_path / "ca.pem"


def test_an_authority_of_the_command_line_and_one_of_the_policy(tmp_path: Path) -> None:
    _, certificate = server_tls(tmp_path)
    given = ("--hub-ca", str(certificate))
    made = console(*given, machine={"hub": HUB, "hub_ca": "gone.pem"}, policy={})
    assert (made.hub, made.hub_ca) == (HUB, certificate)
    pem = certificate.read_text()
    fixed = console("--hub", HUB, *given, machine={}, policy={"hub_ca": pem})
    assert (fixed.hub, fixed.hub_ca) == (HUB, pem)
    none = console("--hub", HUB, machine={}, policy={"hub_ca": "gone.pem"})
    assert (none.hub, len(none.layers.problems)) == (None, 1)


def test_what_this_computer_says_is_read_from_both(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("dwell_seconds = 3\nodd = 1\n")
    policy = tmp_path / "policy.toml"
    policy.write_text("lock_minutes = 5\nodd = 1\n")
    found = layers(tmp_path, FilePolicy(policy))
    assert (found.machine, found.policy) == ({"dwell_seconds": 3}, {"lock_minutes": 5})
    assert len(found.problems) == 2


def test_only_look_needs_something_to_look_at(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        parse(["--check"])
    file = tmp_path / "gwanje-provision.toml"
    file.write_text("")
    config = parse(["--provision", str(file), "--check"])
    assert (config.provision, config.check) == (file, True)
    with pytest.raises(BadInput):
        parse(["--provision", str(tmp_path / "gone.toml")])
