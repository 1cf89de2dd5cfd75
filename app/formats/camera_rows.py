"""What every camera list gives: cameras, what was wrong with it, and words about both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.camera import Camera
from app.domain.errors import BadInput
from app.domain.text import Text

# The national list (356,000 rows) is about 70 MB; more than this is another kind of file.
MAX_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RowProblem:
    """`line` counts from 1 in the file (0: the whole file); `column` is the header's word or "".

    `reason` never holds a value from the file: it might be a password in the wrong column.
    """

    line: int
    column: str
    reason: Text
    skipped: bool


@dataclass(frozen=True, slots=True)
class CameraList:
    """`lines`: where in the file each of the cameras stands."""

    cameras: tuple[Camera, ...]
    problems: tuple[RowProblem, ...]
    summary: Text
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Problems:
    """Collects what was wrong, in the order it was found."""

    found: list[RowProblem] = field(default_factory=list)

    def tell(self, line: int, column: str, reason: Text) -> None:
        self.found.append(RowProblem(line, column, reason, skipped=False))

    def skip(self, line: int, column: str, reason: Text) -> None:
        self.found.append(RowProblem(line, column, reason, skipped=True))


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list as text by canonical column (see `columns`); absent means blank.

    `words` are the list's own words for the columns.
    """

    line: int
    values: Mapping[str, str]
    words: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def word(self, column: str) -> str:
        return self.words.get(column, "")


def summary_of(cameras: int, problems: tuple[RowProblem, ...]) -> Text:
    skipped = sum(problem.skipped for problem in problems)
    told = len(problems) - skipped
    ko, en = [f"카메라 {cameras:,}대를 읽었습니다"], [f"{cameras:,} cameras read"]
    if skipped:
        ko.append(f"{skipped:,}행을 건너뛰었습니다")
        en.append(f"{skipped:,} rows skipped")
    if told:
        ko.append(f"확인할 내용 {told:,}건")
        en.append(f"{told:,} remarks")
    return Text(" · ".join(ko), " · ".join(en))


def check_size(data: bytes) -> None:
    """Raises BadInput for nothing at all and for more than a list can be."""
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise BadInput(Text("목록 파일이 비어 있습니다.", "The list is empty."))
    if len(data) > MAX_BYTES:
        raise BadInput(
            Text(
                "목록 파일이 100 MB보다 큽니다. 기관별로 나누어 저장하세요.",
                "The list is larger than 100 MB. Save it in parts, by site.",
            )
        )
