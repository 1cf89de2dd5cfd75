"""Shared memory that nobody has to clean up."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

import pytest

from app.video.section import PAGE, Section


def test_a_section_is_zeroed_and_whole_pages() -> None:
    section = Section.create(PAGE + 1)
    assert section.size == 2 * PAGE
    assert not any(section.view)
    section.close()


def test_both_ends_see_the_same_memory_even_when_it_was_closed_before_it_was_sent() -> None:
    ours, theirs = multiprocessing.Pipe()
    section = Section.create(PAGE)
    section.view[0] = 42
    parcel = section.parcel()
    section.close()
    parcel.send(ours, os.getpid())
    parcel.close()
    received = Section.receive(theirs)
    assert received.view[0] == 42
    received.close()
    ours.close()
    theirs.close()


@pytest.mark.skipif(sys.platform != "linux", reason="names of shared memory are a Linux matter")
def test_nothing_appears_under_a_name() -> None:
    before = set(Path("/dev/shm").iterdir())
    section = Section.create(PAGE)
    assert set(Path("/dev/shm").iterdir()) == before
    section.close()


def test_closing_while_somebody_still_paints_is_harmless() -> None:
    section = Section.create(PAGE)
    view = section.view[:10]
    section.close()
    assert view[0] == 0
    view.release()
