"""The machine-readable part of delivery reports, as written and as read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.dsn import Action, DSNError, Report, Status, parse, serialise, typed, wanted

GOLDEN = Report(
    "mail.example.test",
    (
        Status(
            "bob@remote.test",
            Action.FAILED,
            "5.1.1",
            "rfc822;Bob@Remote.Test",
            "mx.remote.test",
            "550 5.1.1 User unknown",
            1_795_000_000_000_000,
        ),
        Status("eve@else.test", Action.DELAYED, "4.2.0", retry_until=1_795_432_000_000_000),
    ),
    "envelope-7",
    1_794_999_000_000_000,
)
GOLDEN_OCTETS = b"""\
Original-Envelope-Id: envelope-7
Reporting-MTA: dns; mail.example.test
Arrival-Date: Wed, 18 Nov 2026 10:50:00 +0000

Original-Recipient: rfc822;Bob@Remote.Test
Final-Recipient: rfc822; bob@remote.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.remote.test
Diagnostic-Code: smtp; 550 5.1.1 User unknown
Last-Attempt-Date: Wed, 18 Nov 2026 11:06:40 +0000

Final-Recipient: rfc822; eve@else.test
Action: delayed
Status: 4.2.0
Will-Retry-Until: Mon, 23 Nov 2026 11:06:40 +0000
""".replace(b"\n", b"\r\n")


def test_an_envelope_id_keeps_its_very_spelling() -> None:
    assert serialise(Report("mx.test", GOLDEN.recipients, "a  B+c")).startswith(b"Original-Envelope-Id: a  B+c\r\n")
    assert parse(serialise(Report("mx.test", GOLDEN.recipients, "a  B+c"))).envid == "a  B+c"


WORD = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=";"), min_size=1, max_size=30)
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
SECONDS = st.none() | st.integers(0, 4_000_000_000).map(lambda seconds: seconds * 1_000_000)
LOCAL = st.text(st.characters(categories=("L", "N"), max_codepoint=0x2FFFF), min_size=1, max_size=20)
STATUSES = st.builds(
    Status,
    LOCAL.map(lambda local: f"{local}@remote.test"),
    st.sampled_from(Action),
    st.sampled_from(["2.0.0", "4.4.1", "5.1.10"]),
    st.just("") | WORD.map(lambda word: f"rfc822;{word}"),
    st.just("") | WORD,
    st.just("") | WORDS,
    SECONDS,
    SECONDS,
)


def test_a_report_is_written_as_rfc_3464_has_it() -> None:
    assert serialise(GOLDEN) == GOLDEN_OCTETS
    assert parse(GOLDEN_OCTETS) == GOLDEN
    assert parse(GOLDEN_OCTETS.replace(b"\r\n", b"\n")) == GOLDEN


@given(st.builds(Report, WORD, st.lists(STATUSES, min_size=1, max_size=4).map(tuple), st.just("") | WORDS, SECONDS), st.booleans())
def test_what_is_written_is_read_back(report: Report, utf8: bool) -> None:
    octets = serialise(report, utf8=utf8)
    assert parse(octets) == report
    assert utf8 or octets.isascii()
    assert max(map(len, octets.split(b"\r\n"))) <= 998


@given(st.text(max_size=3000), st.text(max_size=300))
def test_whatever_a_peer_says_a_report_stays_one(said: str, name: str) -> None:
    report = Report("here", (Status("a@b.test", Action.FAILED, "5.0.0", f"rfc822;{name}", name, said),), name)
    for utf8 in (False, True):
        octets = serialise(report, utf8=utf8)
        assert len(parse(octets).recipients) == 1
        assert octets.count(b"\r\n\r\n") == 1
        assert max(map(len, octets.split(b"\r\n"))) <= 998


@given(st.binary(max_size=500))
def test_garbage_is_no_report(data: bytes) -> None:
    try:
        parse(data)
    except DSNError:
        return


@pytest.mark.parametrize(
    ("octets", "sentence"),
    [
        (b"", "has fields"),
        (b"Reporting-MTA: dns; a\r\n", "has fields"),
        (b"X: y\r\n\r\nFinal-Recipient: rfc822; a\r\nAction: failed\r\nStatus: 5.0.0\r\n", "names no reporting server"),
        (b"Reporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; a\r\nAction: lost\r\nStatus: 5.0.0\r\n", "not one of"),
        (b"Reporting-MTA: dns; a\r\n\r\nAction: failed\r\nStatus: 5.0.0\r\n", "no address"),
        (b"Reporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; a\r\nAction: failed\r\nStatus: bad\r\n", "no status code"),
        (b"x" * (1 << 20 | 1), "larger"),
    ],
)
def test_what_lacks_something_is_refused(octets: bytes, sentence: str) -> None:
    with pytest.raises(DSNError, match=sentence):
        parse(octets)


@pytest.mark.parametrize(
    ("address", "ascii_form", "utf8_form"),
    [
        ("bob@remote.test", "rfc822; bob@remote.test", "rfc822; bob@remote.test"),
        ("žofie@remote.test", r"utf-8; \x{17E}ofie@remote.test", "utf-8; žofie@remote.test"),
        ("ž+a=b@remote.test", r"utf-8; \x{17E}\x{2B}a\x{3D}b@remote.test", r"utf-8; ž\x{2B}a\x{3D}b@remote.test"),
    ],
)
def test_addresses_beyond_ascii_are_of_rfc_6533s_type(address: str, ascii_form: str, utf8_form: str) -> None:
    assert typed(address, utf8=False) == ascii_form
    assert typed(address) == utf8_form


NOTIFY = {
    #                  failed delayed delivered relayed expanded
    "": (True, True, False, False, False),
    "NEVER": (False, False, False, False, False),
    "FAILURE": (True, False, False, False, False),
    "DELAY": (False, True, False, False, False),
    "SUCCESS": (False, False, True, True, True),
    "SUCCESS,FAILURE": (True, False, True, True, True),
    "success,failure,delay": (True, True, True, True, True),
}


@pytest.mark.parametrize("notify", NOTIFY)
def test_what_notify_asks_for(notify: str) -> None:
    assert tuple(wanted(notify, action) for action in Action) == NOTIFY[notify]
