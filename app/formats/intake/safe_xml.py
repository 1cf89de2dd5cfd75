"""XML from strangers: no DTD, no entities, nothing fetched, and limits on depth and size."""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from typing_extensions import override

from app.domain.intake import Rejected
from app.domain.text import Text
from app.formats.intake import reading

# An alert has seven levels; one with thousands of elements is none.
MAX_DEPTH: Final = 20
MAX_ELEMENTS: Final = 10_000

NOT_XML = Text("XML로 읽을 수 없습니다", "not readable as XML")
FORBIDDEN = Text(
    "DTD, 개체(entity), 외부 참조가 든 XML은 받지 않습니다",
    "XML with a DTD, entities or external references is not taken",
)
TOO_MANY = Text("XML 요소가 지나치게 많습니다", "too many XML elements")


class _Limit(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class _Builder(TreeBuilder):
    """Counts while it builds, so that a deep or endless document is given up early."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._elements = 0

    @override
    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise _Limit(reading.TOO_DEEP)
        if self._elements > MAX_ELEMENTS:
            raise _Limit(TOO_MANY)
        return super().start(tag, attrs)

    @override
    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def load(data: bytes) -> Element | Rejected:
    """The root of an XML document; Rejected, without a word of it, for anything else."""
    if len(data) > reading.MAX_BODY:
        return Rejected(reading.TOO_LARGE)
    if not data.strip():
        return Rejected(reading.EMPTY)
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    try:
        parser.feed(data)
        root = parser.close()
    except DefusedXmlException:
        return Rejected(FORBIDDEN)
    except _Limit as limit:
        return Rejected(limit.text)
    except (ParseError, ValueError, LookupError):
        # ValueError, LookupError: an encoding that the parser does not know.
        return Rejected(NOT_XML)
    return root if isinstance(root, Element) else Rejected(NOT_XML)
