"""Which passwords are accepted. Nothing here repeats one, not even in part."""

from __future__ import annotations

import unicodedata

from app.domain.errors import BadInput
from app.domain.text import Text

# NIST SP 800-63B and OWASP ASVS 5 ask for length and a list of common ones instead of character
# classes; ten, because the guesses at a stolen hash go on for years. The top is argon2's cost.
SHORTEST = 10
LONGEST = 256
_FEWEST_CHARACTERS = 5
# A name of one or two letters is in half of all good passwords by chance.
_SHORTEST_NAME = 3

# Of the lists of leaked passwords, ten characters and longer once repeated or numbered, and what
# Korean words become on a keyboard that stands on English (qlalfqjsgh = 비밀번호).
_COMMON = (
    "1q2w3e4r5t", "1q2w3e4r5t6y", "qwer1234", "asdf1234",
    "password", "passw0rd", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r", "1qaz2wsx",
    "q1w2e3r4", "qazwsx", "letmein", "welcome", "iloveyou", "administrator", "admin", "operator",
    "changeme", "default", "superman", "sunshine", "football", "baseball", "trustno1", "abcd",
    "qlalfqjsgh", "dkssud", "dkssudgktpdy", "tkfkdgo", "tkfkdgody", "gksrnr", "eogksalsrnr",
    "rhkswp", "rhkswptpsxj", "비밀번호", "안녕하세요", "사랑해요", "대한민국", "관제센터", "관제",
    "gwanje", "cctv", "police112", "fire119", "smartcity", "seoul", "korea",
)  # fmt: skip
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "가나다라마바사아자차카타파하",
)


def normalised(password: str) -> str:
    """The same characters however the keyboard composed them (RFC 8265): hash and compare this."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, username: str) -> None:
    """Raises BadInput with the first rule that the password breaks."""
    password = normalised(password)
    if len(password) < SHORTEST:
        raise BadInput(_SHORT)
    if len(password) > LONGEST:
        raise BadInput(_LONG)
    folded = unicodedata.normalize("NFKC", password).casefold()
    if _names(folded, username):
        raise BadInput(_NAMED)
    if _common(folded) or _monotonous(folded):
        raise BadInput(_EASY)


def _names(folded: str, username: str) -> bool:
    name = unicodedata.normalize("NFKC", username).casefold()
    return len(name) >= _SHORTEST_NAME and (name in folded or name[::-1] in folded)


def _common(folded: str) -> bool:
    """A common word with nothing around it but digits and marks, or written again and again."""
    letters = "".join(c for c in folded if c.isalnum())
    core = letters.strip("0123456789")
    return any(
        word in {core, letters} or not letters.replace(word, "").strip("0123456789")
        for word in _COMMON
        if word in letters
    )


def _monotonous(folded: str) -> bool:
    """Few different characters, or a walk along a row of the keyboard or the alphabet."""
    if len(set(folded)) < _FEWEST_CHARACTERS:
        return True
    rows = (*_ROWS, *(row[::-1] for row in _ROWS))
    return any(folded in row for row in rows)


_SHORT = Text(
    f"비밀번호는 {SHORTEST}자 이상이어야 합니다",
    f"a password has at least {SHORTEST} characters",
)
_LONG = Text(
    f"비밀번호는 {LONGEST}자를 넘을 수 없습니다", f"a password has at most {LONGEST} characters"
)
_NAMED = Text(
    "비밀번호에 사용자 이름을 쓸 수 없습니다", "a password does not contain the user name"
)
_EASY = Text(
    "너무 쉬운 비밀번호입니다. 관계없는 낱말 여러 개를 이어 쓰십시오",
    "this password is too easy to guess; put several unrelated words together",
)
