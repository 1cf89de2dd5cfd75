"""The hub's settings: who goes before whom, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import BadInput
from app.hub.config import Config, is_loopback, load


def test_defaults_serve_this_machine_over_tls(tmp_path: Path) -> None:
    config = load(None, {}, {"data": tmp_path})
    assert config == Config(data=tmp_path)
    assert config.database_url == str(tmp_path / "hub.db")
    assert config.tls


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    tmp_path: Path,
) -> None:
    (tmp_path / "hub.toml").write_text('port = 1\nlog_days = 7\nnames = ["a"]\ncentre = "구"\n')
    environment = {"GWANJE_HUB_PORT": "2", "GWANJE_HUB_LOG_DAYS": "8", "HOME": "/"}
    config = load(None, environment, {"data": tmp_path, "port": 3, "host": None})
    assert (config.port, config.log_days, config.names, config.centre) == (3, 8, ("a",), "구")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("prot = 1", "prot"),
        ("port = 70000", "port"),
        ('port = "x"', "port"),
        ("port = true", "port"),
        ("tls = 3", "tls"),
        ("host = 1", "host"),
        ("names = 1", "names"),
        ("log_days = 0", "log_days"),
        ("offline_hours = -1", "offline_hours"),
        ('tls_key = "/no/such/file"', "tls_key"),
        ('tls = "no"\nhost = "0.0.0.0"', "tls"),
        ('tls_certificate = "{file}"', "tls_key"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, line: str, key: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(line.replace("{file}", str(path)))
    with pytest.raises(BadInput) as raised:
        load(path, {}, {"data": tmp_path})
    assert f'"{key}"' in raised.value.text.en
    assert f"‘{key}’" in raised.value.text.ko


def test_a_secret_in_a_wrong_setting_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        load(None, {"GWANJE_HUB_LOG_DAYS": "postgresql://u:geheim@h/d"}, {"data": tmp_path})
    assert "geheim" not in str(raised.value.text)
    config = load(None, {"GWANJE_HUB_DATABASE": "postgresql://u:geheim@h/d"}, {"data": tmp_path})
    assert "geheim" not in repr(config)
    assert config.database_url.startswith("postgresql://")


@pytest.mark.parametrize("content", [b"port = ", b"\xff"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(BadInput, match=r"x\.toml"):
        load(tmp_path / "x.toml", {}, {"data": tmp_path})


def test_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "10.0.0.1", "hub.example", "::")))  # noqa: S104


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("its_area", "128.45,35.75,128.60"),
        ("its_area", "35.75,128.45,35.90,128.60"),
        ("its_area", 5),
        ("disaster_url", "https://x/?serviceKey=1"),
        ("its_url", "ftp://x"),
        ("poll_seconds", 0),
    ],
)
def test_what_is_to_be_fetched_and_cannot_be(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(BadInput) as caught:
        load(None, {}, {"data": tmp_path, key: value})
    assert key in caught.value.text.en
    assert "serviceKey" not in caught.value.text.en


def test_roads_are_fetched_of_an_area_only(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="its_area"):
        load(None, {}, {"data": tmp_path, "its_key": "k"})
    given = {"data": tmp_path, "its_key": "k", "its_area": "128.45,35.75,128.60,35.90"}
    config = load(None, {}, given)
    assert config.its_area == (128.45, 35.75, 128.60, 35.90)
    assert "its_key" not in repr(config)
