"""Blanks credentials before a text can travel: into a log, a report, an error, a screen.

Errs on the side of blanking. Where a text can be read in two ways ("rtsp://cam:554/live@2": a
camera named cam, or a user named cam with the password "554/live") the reading with a password
wins. A password that holds white space is recognised by its user and colon before it; without
them by `redact_url` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

BLANK = "***"

Span = tuple[int, int]

# Addresses inside one run of text ('url1','url2' or ?next=rtsp://…) are read one by one.
_NEXT_URL = re.compile(
    r"(?<=[\"',;(=<\[{|])(?=(?:rtspu?|rtsps|https?|file|rtmps?|wss?|srt|udp|tcp|ftp)://)",
    re.IGNORECASE,
)
_RUN = re.compile(r"[^ \t\r\n]+")
# What certainly is a host and so cannot be a user with a password: an IP address, or a name
# without a colon, before the first "/" or "?".
_PLAIN_HOST = re.compile(
    r"(?:(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.%]+\]|localhost)(?::\d{1,5})?"
    r"|[\w-]+(?:\.[\w-]+)*)?[/?]",
    re.ASCII,
)
_PATH_OR_QUERY = re.compile(r"[/?]")
# An address written inside another one, percent-encoded once or more often.
_ENCODED = re.compile(r"%(?:25)*3A%(?:25)*2F%(?:25)*2F([^ \t\r\n&]*)", re.IGNORECASE)
_ENCODED_AT = re.compile(r"%(?:25)*40")

_KEY = (
    r"(?:passw(?:or)?d|passphrase|passcode|pwd|token|secret|credential|signature|loginpas)"
    r"[\w-]{0,40}|key|pass|pas|pw|auth|sig|sid|session|psk|cnonce"
    r"|비밀번호|패스워드|암호|인증키"
)
# key=value, key: value, "key": "value"
_KEYED = re.compile(
    rf"(?P<key>{_KEY})"
    r"(?P<quote>\\?[\"'])?(?P<equals>[ \t]*(?:=|:|%3D)[ \t]*)(?=[^ \t\r\n])",
    re.IGNORECASE,
)
# Bare "key:" and the like is prose; these need "=" or quotation marks.
_PROSE_KEY = re.compile(r"(?:key|pass|pas|auth|sig|sid|session)$", re.IGNORECASE)
_HEADER = re.compile(
    r"(?:(?:proxy-)?authorization|(?:set-)?cookie|x-auth-token)"
    r"(?P<quote>\\?[\"'])?[ \t]*[:=][ \t]*(?=[^ \t\r\n])",
    re.IGNORECASE,
)
# The words of an Authorization header, met without its name.
_SCHEME = re.compile(
    r"\b(?i:Basic|Bearer)[ \t]+(?=[\w+/~.-]*[\d=]|[\w+/~.-]+[A-Z])([\w+/=~.-]{6,})", re.ASCII
)
_DIGEST = re.compile(r"\b(?:response|username|cnonce)=\\?\"([^\"]*)\"?", re.IGNORECASE)
# A token that says so itself (RFC 7519: its first part is JSON, which begins with {").
_JWT = re.compile(r"\beyJ[\w-]{6,}\.[\w-]{2,}(?:\.[\w-]*)*", re.ASCII)
# --password hunter2
_OPTION = re.compile(rf"(?<![\w-])--?(?:{_KEY})[ \t]+(?![-=:])([^ \t\r\n]+)", re.IGNORECASE)
# rtsp://admin:my password@host: no port and no "@" before the white space.
_SPACED = re.compile(
    r"://([^\s/@?#\[]{0,100}:(?!\d{1,5}[ \t])[^\s/@?#]{0,100}[ \t][^\r\n]{0,400})@"
)
_CLOSING = "\"'),;]}>\\"
_WORDS = ((_SCHEME, 1), (_DIGEST, 1), (_JWT, 0), (_OPTION, 1))
_TO_SPACE_OR_AMPERSAND = re.compile(r"[^ \t\r\n&]*")
_TO_LINE_END = re.compile(r"[^\r\n]*")
# Longer than any token; bounds the search for a closing mark that is not there.
_LONGEST_QUOTED = 4096
_QUOTE = re.compile(r"\\?[\"']")


def redact(text: str) -> str:
    """The text with `***` in place of every credential that can be told."""
    spaced = [match.span(1) for match in _SPACED.finditer(text)]
    return _redact(text, [*_user_infos(text), *spaced])


def redact_url(url: str) -> str:
    """One address, whole: its user information may hold anything, white space included."""
    start = url.find("://") + len("://")
    length = _user_info(url[start:]) if start >= len("://") else 0
    return _redact(url, [(start, start + length)] if length else [*_user_infos(url)])


def _redact(text: str, users: list[Span]) -> str:
    spans = [*users, *_encoded(text), *_headers(text)]
    spans += (span for span in _keyed(text) if not _within(users, text, span))
    spans += [m.span(group) for rule, group in _WORDS for m in rule.finditer(text)]
    return _blank(text, spans)


def _within(users: list[Span], text: str, span: Span) -> bool:
    """Whether it begins in what can only be user and password: rtsp://token:abc@host."""
    return any(
        first < span[0] <= last and not _PATH_OR_QUERY.search(text, first, last)
        for first, last in users
    )


def _blank(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    at, blanked_to = 0, -1
    for start, end in sorted(spans):
        if start >= end:
            continue
        if start > blanked_to:
            parts += [text[at:start], BLANK]
        at = blanked_to = max(end, blanked_to)
    parts.append(text[at:])
    return "".join(parts)


def _user_infos(text: str) -> Iterator[Span]:
    for run in _RUN.finditer(text):
        word = run.group()
        if "@" not in word:
            continue
        starts = [0, *(match.start() for match in _NEXT_URL.finditer(word)), len(word)]
        for start, end in pairwise(starts):
            for first, last in _of_word(word[start:end]):
                yield run.start() + start + first, run.start() + start + last


def _of_word(word: str) -> Iterator[Span]:
    at = word.find("://")
    if at < 0:
        yield from _bare(word)
    while at >= 0:
        start = at + len("://")
        length = _user_info(word[start:])
        yield start, start + length
        # A plain host may be followed by another address: http://proxy/rtsp://user:password@host
        at = -1 if length else word.find("://", start)


def _bare(word: str) -> Iterator[Span]:
    """`user:password@host` without a scheme."""
    at, colon = word.rfind("@"), word.find(":")
    if 0 < colon < at < len(word) - 1:
        start = max(word.rfind(mark, 0, colon) for mark in "\"'(=<[{,") + 1
        if start < colon and not _PLAIN_HOST.match(word, start):
            yield start, at


def _user_info(rest: str) -> int:
    """How much of what follows "://" is user and password."""
    return 0 if _PLAIN_HOST.match(rest) else max(rest.rfind("@"), 0)


def _encoded(text: str) -> Iterator[Span]:
    for match in _ENCODED.finditer(text):
        ends = [at.start() for at in _ENCODED_AT.finditer(match[1])]
        if ends:
            yield match.start(1), match.start(1) + ends[-1]


def _keyed(text: str) -> Iterator[Span]:
    end = 0
    while match := _KEYED.search(text, end):
        end = match.end()
        prose = ":" in match["equals"] and not match["quote"]
        if not (prose and _PROSE_KEY.match(match["key"])):
            span = _value(text, end, _TO_SPACE_OR_AMPERSAND)
            yield span
            end = span[1]


def _headers(text: str) -> Iterator[Span]:
    end = 0
    while match := _HEADER.search(text, end):
        span = _value(text, match.end(), _TO_LINE_END)
        yield span
        end = span[1]


def _value(text: str, start: int, unquoted: re.Pattern[str]) -> Span:
    """What is inside the quotation marks if it begins with one, else as far as `unquoted` goes."""
    opened = _QUOTE.match(text, start)
    if opened:
        mark = re.escape(opened.group())
        inside = rf"(?:[^\\\r\n]|\\.){{0,{_LONGEST_QUOTED}}}?(?={mark}(?:[\s,;:&)}}\]]|$))"
        if quoted := re.compile(inside).match(text, opened.end()):
            return opened.end(), quoted.end()
    found = unquoted.match(text, start)
    end = found.end() if found else len(text)
    if unquoted is _TO_LINE_END:
        return start, end
    trimmed = start + len(text[start:end].rstrip(_CLOSING))
    # Brackets and quotation marks around the whole stay, unless they are all there is.
    return start, trimmed if trimmed > start else end
