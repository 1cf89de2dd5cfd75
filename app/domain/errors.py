"""Whose fault it is: the world's (Failure) or ours (anything else).

Failure
├── BadInput        a file, an argument or a setting that a person can mend
├── Unavailable     something outside is not there now; trying again may help
└── Refused         something outside said no
"""

from __future__ import annotations

from app.domain.text import Text


class Failure(Exception):  # noqa: N818 - "failure" is the word for what the world did
    """The world failed; `text` tells the operator what, where and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class BadInput(Failure):
    """A file, argument or setting that a person can mend."""


class Unavailable(Failure):
    """Something outside is missing at the moment."""


class Refused(Failure):
    """Something outside said no; asking again without a change will not help."""
