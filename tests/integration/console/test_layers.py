"""The machine's file and the policy reach the console that runs on this computer."""

from __future__ import annotations

from pathlib import Path

from app import composition
from app.adapters.machine_file import FILE_NAME
from app.adapters.policy import FilePolicy
from app.config import parse
from app.console import Console
from app.domain.text import Language, Text
from app.workstation import layers, settled


async def made(folder: Path, *options: str) -> Console:
    found = layers(folder, FilePolicy(folder / "policy.toml"))
    given = ("--profile-dir", str(folder / "profile"), "--decoders", "1", *options)
    return await composition.build(settled(parse(given), found))


async def test_a_policy_counts_from_the_first_moment_and_wrong_lines_are_said(
    tmp_path: Path,
) -> None:
    (tmp_path / FILE_NAME).write_text('language = "en"\ndefault_layout = "16"\nwings = 2\n')
    (tmp_path / "policy.toml").write_text('language = "ko"\nreplay_seconds = 0\n')
    console = await made(tmp_path, "--lang", "en")
    notices: list[Text] = []
    console.notices.connect(notices.append)
    assert console.streams.settings.replay_seconds == 0.0
    await console.start()
    try:
        assert console.preferences.values.language is Language.KO
        assert console.walls.wall(console.walls.windows()[0]).layout.name == "16"
        assert [("wings" in text.en, FILE_NAME in text.ko) for text in notices] == [(True, True)]
    finally:
        await console.stop()


async def test_the_own_setting_lies_over_the_machine_s_and_both_come_back(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("dwell_seconds = 20\n")
    for expected in (20, 30):
        console = await made(tmp_path)
        await console.start()
        try:
            assert console.preferences.values.dwell_seconds == expected
            console.preferences.set("dwell_seconds", 30)
        finally:
            await console.stop()
    console = await made(tmp_path)
    await console.start()
    try:
        console.preferences.reset("dwell_seconds")
        assert console.preferences.values.dwell_seconds == 20
    finally:
        await console.stop()


async def test_a_hub_of_the_machine_that_cannot_be_trusted_leaves_a_console_that_says_so(
    tmp_path: Path,
) -> None:
    text = f'hub = "https://hub.example"\nhub_ca = "{tmp_path / "gone.pem"}"\n'
    (tmp_path / FILE_NAME).write_text(text)
    console = await made(tmp_path)
    notices: list[Text] = []
    console.notices.connect(notices.append)
    await console.start()
    try:
        assert console.hub is None
        assert "gone.pem" in notices[0].en
    finally:
        await console.stop()
