import email.utils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.dates import SECOND, DateError, format_date, format_internaldate, parse_date, parse_internaldate

NOON = 880127706  # 21 Nov 1997 15:55:06 UTC
DATES = {
    "Fri, 21 Nov 1997 09:55:06 -0600": NOON,
    "Fri, 21 Nov 1997 15:55:06 GMT": NOON,
    "21 Nov 1997 15:55:06 +0000 (UTC)": NOON,
    "Fri, 21 Nov 97 15:55:06 UT": NOON,
    "Fri,21 Nov 1997 10:55:06 EST": NOON,
    "Friday, 21-Nov-97 15:55:06 GMT": NOON,
    "Fri (day), 21 (of) Nov 1997 15:55:06 Z": NOON,
    "Fri, 21 Nov 1997 15:55:06": NOON,
    "Fri, 21 Nov 1997 15:55 +0000": NOON - 6,
    "Fri, 21 Nov 1997 15.55.06 +0000": NOON,
    "  Fri, 21 November 1997  15:55:06.123 +0000 ": NOON,
    "Fri, 21 Nov 097 15:55:06 +0000": NOON,
    "Fri, 21 Nov 1997 15:55:06 XYZ": NOON,
    "Fri, 21 Nov 1997 15:55:06 -00:00": NOON,
    "Fri, 21 Nov 1997 16:55:06 GMT+0100": NOON,
    "29 Feb 2000 00:00:00 +0000": 951782400,
    "31 Dec 1998 23:59:60 +0000": 915148800,
}
NO_DATES = [
    "",
    "yesterday",
    "32 Nov 1997 00:00:00",
    "29 Feb 1900 00:00:00",
    "1 Foo 1997 00:00:00",
    "1 Nov 1997 24:00:00",
    "1 Nov 0000 00:00:00",
    "(" * 99999,
]
times = st.integers(-(10**10), 10**11)
offsets = st.integers(-720, 840)


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_read_as_it_really_arrives(text: str) -> None:
    """RFC 5322 sections 3.3 and 4.3."""
    assert parse_date(text) == DATES[text] * SECOND


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(times, offsets)
def test_a_date_survives_being_written(time: int, offset: int) -> None:
    text = format_date(time * SECOND + 999_999, offset)
    assert parse_date(text) == time * SECOND
    assert int(email.utils.parsedate_to_datetime(text).timestamp()) == time


@given(times, offsets)
def test_an_internaldate_survives_being_written(time: int, offset: int) -> None:
    """RFC 3501 section 9, date-time."""
    assert parse_internaldate(format_internaldate(time * SECOND, offset)) == time * SECOND


def test_an_internaldate_is_imaps() -> None:
    assert format_internaldate(837596665 * SECOND, -420) == "17-Jul-1996 02:44:25 -0700"
    assert format_internaldate(0) == " 1-Jan-1970 00:00:00 +0000"


@pytest.mark.parametrize(
    "text", ["", "17-Jul-1996", "1-Jul-1996 02:44:25 -0700", "32-Jul-1996 02:44:25 -0700", "17-Jux-1996 02:44:25 -0700", "x" * 99]
)
def test_what_is_no_internaldate_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_internaldate(text)


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    parse_date(text)
