"""The command line."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from app.hub import log_setup
from app.hub.cli import arguments


def test_serving_is_what_it_does_by_default() -> None:
    assert arguments.parse([]).command == "serve"
    given = arguments.parse(["--data", "x", "--port", "0", "--plain"])
    assert (given.command, given.data, given.port, given.plain) == ("serve", Path("x"), 0, True)
    assert arguments.parse(["import", "f.csv", "--site", "gu"]).site == "gu"


@pytest.mark.parametrize("given", [["--nonsense"], ["backup"], ["--port", "x"]])
def test_a_wrong_line_is_told_in_both_languages(given: list[str]) -> None:
    with pytest.raises(BadInput, match="Wrong command line"):
        arguments.parse(given)


def test_no_credential_reaches_the_log() -> None:
    line = log_setup.Redacting("%(message)s").format(
        logging.LogRecord("x", logging.INFO, "", 0, "at %s", ("rtsp://kim:geheim@h/1",), None)
    )
    assert "geheim" not in line
