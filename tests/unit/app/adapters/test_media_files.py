from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.adapters import media_files
from app.adapters.media_files import FolderFiles
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.file_names import candidates
from app.services.media_ports import Still

STILL = Still(os.urandom(64 * 64 * 4), 64, 64, 256, 0.0)
FILES = FolderFiles()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def full_disk() -> Iterator[None]:
    """The kernel takes 4 KiB of a file and then refuses, as a full disk does.

    Only around the call: the tests' own output may be a file that is longer already.
    """
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_still_has_its_name(tmp_path: Path) -> None:
    target = FILES.save_png(tmp_path, "1417_죽전", STILL, {"Operator": "관제 2"})
    assert target == tmp_path / "1417_죽전.png"
    assert target.read_bytes().startswith(b"\x89PNG")
    assert names(tmp_path) == ["1417_죽전.png"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("older")
    targets = [FILES.save_png(tmp_path, "a", STILL, {}).name for _ in range(2)]
    assert targets == ["a_2.png", "a_3.png"]
    assert (tmp_path / "a.png").read_text() == "older"


def test_without_hard_links_nothing_is_written_over_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no hard links on this file system")

    monkeypatch.setattr(os, "link", no_links)
    targets = [FILES.save_png(tmp_path, "a", STILL, {}).name for _ in range(2)]
    assert targets == ["a.png", "a_2.png"]
    assert names(tmp_path) == targets


def test_a_full_disk_is_told_in_words_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught, full_disk():
        FILES.save_png(tmp_path, "a", STILL, {})
    assert "가득" in caught.value.text.ko
    assert "full" in caught.value.text.en
    assert str(tmp_path) in caught.value.text.ko
    assert names(tmp_path) == []


def test_a_copy_to_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    clip = Path(sys.executable)  # some file larger than the limit
    with pytest.raises(Unavailable, match="full"), full_disk():
        FILES.save_copy(tmp_path, "a", clip, lambda share: None)
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        FILES.save_png(tmp_path / "없음", "a", STILL, {})
    assert "폴더가 없어" in caught.value.text.ko
    assert not (tmp_path / "없음").exists()


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(Unavailable, match="no folder"):
        FILES.save_png(tmp_path / "f", "a", STILL, {})


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.EACCES, Refused, "no right"),
        (errno.EROFS, Refused, "no right"),
        (errno.ENOSPC, Unavailable, "full"),
        (errno.EDQUOT, Unavailable, "full"),
        (errno.EIO, Unavailable, "Input/output error"),
    ],
)
def test_every_refusal_has_its_words(number: int, kind: type[Failure], words: str) -> None:
    told = media_files.failure(OSError(number, os.strerror(number)), Path("/d"))
    assert type(told) is kind
    assert words in told.text.en
    assert "/d" in told.text.ko


def test_a_read_only_folder_is_refused() -> None:
    # Root may write anywhere but into the kernel's own tree.
    with pytest.raises(Failure, match="Not saved"):
        FILES.save_png(Path("/proc/self"), "a", STILL, {})


def test_a_copy_tells_how_far_it_is(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(os.urandom(3_500_000))
    shares: list[float] = []
    target = FILES.save_copy(tmp_path, "1417", clip, shares.append)
    assert target.name == "1417.mp4"
    assert target.read_bytes() == clip.read_bytes()
    assert shares == sorted(shares)
    assert len(shares) == 4
    assert shares[-1] == 1.0


def test_a_clip_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no longer there"):
        FILES.save_copy(tmp_path, "a", tmp_path / "gone.mp4", lambda share: None)


def test_a_finished_file_gets_its_name(tmp_path: Path) -> None:
    part = tmp_path / ".x.part.mp4"
    part.write_bytes(b"clip")
    assert FILES.publish(part, tmp_path, "1417").name == "1417.mp4"
    assert names(tmp_path) == ["1417.mp4"]


def test_a_finished_file_that_gets_no_name_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(source: Path, target: Path) -> None:
        raise OSError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "link", denied)
    part = tmp_path / ".x.part.mp4"
    part.write_bytes(b"clip")
    with pytest.raises(Refused):
        FILES.publish(part, tmp_path, "1417")
    assert names(tmp_path) == []


def test_a_thousand_files_of_one_second_are_enough(tmp_path: Path) -> None:
    for name in candidates("a", ".png"):
        (tmp_path / name).touch()
    with pytest.raises(Unavailable, match="too many"):
        FILES.save_png(tmp_path, "a", STILL, {})
