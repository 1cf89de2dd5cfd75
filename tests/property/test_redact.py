"""No credential that is put into a text comes out of `redact`."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.domain.redact import redact, redact_url

SCHEMES = st.sampled_from(["rtsp", "rtsps", "http", "https", "file", "rtmp", "RTSP", "onvif"])
HOSTS = st.sampled_from(["10.20.30.40", "camera7.example.kr", "[2001:db8::7]", "nvr"])
PATHS = st.sampled_from(["", "/", "/Streaming/Channels/101", "/live.sdp?channel=1&subtype=0"])
# A list refuses addresses with white space, so that no such password is ever in use.
SECRET = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20
)
# What may stand around an address in a log line, a traceback or a repr.
BEFORE = st.sampled_from(["", "open ", "[rtsp @ 0x55] ", "url='", '{"main_url": "', "(", "주소: "])
AFTER = st.sampled_from(["", " failed", "'", '", "fps": 15}', ")", ": 401 Unauthorized", "\nnext"])


def distinct(secret: str, *texts: str) -> None:
    """Leaves out secrets that the rest of the text would hold anyway."""
    assume(all(secret not in text for text in (*texts, "***")))


@given(SCHEMES, SECRET, SECRET, HOSTS, PATHS, BEFORE, AFTER)
@example("rtsp", "admin", "p@ss/w:rd?x#y", "nvr", "/", "", "")
@example("rtsp", "u", "'", "10.20.30.40", "", "url='", "'")
@example("rtsp", "token", "0", "nvr", "/", "", "")
@example("rtsp", "u", "/key=", "nvr", "/", "", "")
@example("http", "u", "1/2", "10.20.30.40", "", "", "")
def test_no_user_and_no_password_survives(  # noqa: PLR0913, PLR0917 - the parts of an address
    scheme: str, user: str, password: str, host: str, path: str, before: str, after: str
) -> None:
    assume(not set(user) & set("/?#"))  # a user name like a host is no password
    distinct(user, scheme, host, path, before, after, "://@")
    distinct(password, scheme, host, path, before, after, "://@")
    said = redact(f"{before}{scheme}://{user}:{password}@{host}{path}{after}")
    assert user not in said
    assert password not in said
    assert said.startswith(f"{before}{scheme}://***")
    # "/key=…" in a password reads like a path with a secret of its own: more is blanked.
    assert set(password) & set("/?") or said.endswith(f"@{host}{path}{after}")
    assert redact(said) == said


@given(SCHEMES, st.text(min_size=1), st.text(min_size=1), HOSTS, PATHS)
def test_encoded_credentials_do_not_survive(
    scheme: str, user: str, password: str, host: str, path: str
) -> None:
    user, password = (quote(part, safe="", errors="replace") for part in (user, password))
    distinct(user, scheme, host, path, "://@")
    distinct(password, scheme, host, path, "://@")
    said = redact(f"x {scheme}://{user}:{password}@{host}{path} y")
    assert said == f"x {scheme}://***@{host}{path} y"


@given(st.text(min_size=1), st.text(min_size=1), HOSTS)
def test_a_whole_address_may_hold_anything(user: str, password: str, host: str) -> None:
    assume(not set(user) & set("/?#"))
    said = redact_url(f"rtsp://{user}:{password}@{host}/live")
    assert said.startswith("rtsp://***")
    assert set(password) & set("/?") or said == f"rtsp://***@{host}/live"


@given(
    st.sampled_from(["token", "password", "pwd", "key", "auth", "serviceKey", "access_token"]),
    SECRET.filter(lambda s: "&" not in s),
    HOSTS,
)
def test_no_secret_of_a_query_survives(name: str, secret: str, host: str) -> None:
    distinct(secret, "http://", host, f"/x?{name}=", "&page=2 done")
    said = redact(f"http://{host}/x?{name}={secret}&page=2 done")
    assert secret not in said
    assert said.endswith(" done")


@given(st.sampled_from(["Basic", "Digest", "Bearer"]), SECRET)
def test_no_header_survives(scheme: str, secret: str) -> None:
    distinct(secret, f"Authorization: {scheme} \nCSeq: 3")
    said = redact(f"Authorization: {scheme} {secret}\nCSeq: 3")
    assert secret not in said
    assert said.endswith("\nCSeq: 3")


@given(st.text())
def test_it_never_fails_and_repeats_itself(text: str) -> None:
    once = redact(text)
    assert redact(once) == once
