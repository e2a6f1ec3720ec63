"""Functions that undo one another, and functions that nothing may end but an error of the language."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.languages.vbscript.context import CURRENT, Context
from postroom.languages.vbscript.conversions import to_date, to_text
from postroom.languages.vbscript.dates import general_text, read_date
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions import FUNCTIONS
from postroom.languages.vbscript.locales import LOCALES, named, numbered
from postroom.languages.vbscript.moments import days_of, moment_of, whole_days
from postroom.languages.vbscript.utf16 import from_units, to_units
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Byte, Currency, Date, Long, Single

LAST = 2_958_465
moments = st.builds(days_of, st.integers(-657_434, LAST), st.integers(0, 86_399))


def call(name: str, *arguments: Any) -> Any:
    return FUNCTIONS[name.lower()].function(*arguments)


@given(st.text())
def test_unescape_undoes_escape(text: str) -> None:
    assert from_units(call("Unescape", call("Escape", to_units(text)))) == text


@given(st.text())
def test_escape_writes_ascii_that_a_url_may_hold(text: str) -> None:
    escaped = call("Escape", text)
    assert escaped.isascii()
    assert " " not in escaped


@given(st.integers(-0x80000000, 0x7FFFFFFF))
def test_clng_undoes_hex_and_oct(number: int) -> None:
    assert call("CLng", f"&H{call('Hex', Long(number))}&") == number or -0x8000 <= number <= 0xFFFF
    assert int(call("Oct", Long(number)), 8) == number % (1 << 32)


@given(st.integers(0, 255))
def test_asc_undoes_chr(code: int) -> None:
    assert call("Asc", call("Chr", code)) == code


@given(st.integers(-0x8000, 0x7FFF))
def test_ascw_undoes_chrw(code: int) -> None:
    assert call("AscW", call("ChrW", code)) == code


@given(st.text(), st.integers(1, 50), st.integers(0, 50))
def test_the_byte_functions_cut_where_bytes_are(text: str, start: int, count: int) -> None:
    text = to_units(text)
    cut = call("MidB", text, start, count)
    assert call("LenB", cut) == len(text.encode("utf-16-le", "surrogatepass")[start - 1 : start - 1 + count])
    assert call("LeftB", text, call("LenB", text)) == text


@given(st.integers(100, 9999), st.integers(1, 12), st.integers(1, 28))
def test_the_parts_of_dateserial_are_its_arguments(year: int, month: int, day: int) -> None:
    date = call("DateSerial", year, month, day)
    assert (call("Year", date), call("Month", date), call("Day", date)) == (year, month, day)


@given(moments)
def test_a_moment_put_together_again_is_the_same(days: float) -> None:
    moment = moment_of(days)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    assert days_of(whole_days(moment.year, moment.month, moment.day), seconds) == days


@given(moments, st.sampled_from(LOCALES))
def test_a_date_read_back_from_cstr_is_the_same(days: float, locale: Any) -> None:
    assert read_date(general_text(days, locale), locale) == pytest.approx(days, abs=1e-9)


@given(
    st.builds(days_of, st.integers(100_000, 1_000_000), st.integers(0, 86_399)),
    st.sampled_from(["yyyy", "q", "m", "d", "ww", "h", "n", "s"]),
    st.integers(-2000, 2000),
)
def test_datediff_counts_what_dateadd_added(days: float, interval: str, number: int) -> None:
    later = call("DateAdd", interval, number, Date(days))
    assert call("DateDiff", interval, Date(days), later) == number


LOOKS = [*"/-., :", "1", "2", "13", "31", "99", "2000", "12345", "AM", "pm", "Jan", "März", "de"]


@given(st.lists(st.sampled_from(LOOKS), max_size=9), st.sampled_from(LOCALES))
def test_whatever_looks_like_a_date_is_one_or_none(parts: list[str], locale: Any) -> None:
    days = read_date("".join(parts), locale)
    assert days is None or -657_435 < days < LAST + 1


@given(st.lists(st.text(st.characters(exclude_characters="|"))).filter(lambda parts: parts not in ([], [""])))
def test_split_undoes_join(parts: list[str]) -> None:
    assert call("Split", call("Join", Array.of(list(parts)), "|"), "|").items == parts


@given(st.text(), st.text(min_size=1), st.text())
def test_replace_is_join_of_split(text: str, find: str, by: str) -> None:
    assert call("Replace", text, find, by) == call("Join", call("Split", text, find), by)


@given(st.floats(-1e300, 1e300), st.integers(0, 20))
def test_formatnumber_writes_so_many_places(number: float, places: int) -> None:
    text = call("FormatNumber", number, places, -1, 0, 0)
    assert len(text.partition(".")[2]) == places
    assert float(text) == pytest.approx(number, rel=1e-14, abs=0.5 * 10.0**-places * 1.0000001)


@given(st.text())
def test_strcomp_orders_all_texts(text: str) -> None:
    assert call("StrComp", text, text, 1) == 0
    assert call("StrComp", text, text + "x", 1) == -1 == -call("StrComp", text + "x", text, 1)


def test_every_locale_is_found_by_number_and_by_name() -> None:
    for locale in LOCALES:
        assert numbered(locale.lcid) is locale
        assert named(locale.name.upper()) is locale
        assert [len(names.split()) for names in (locale.months, locale.months_short, locale.days, locale.days_short)] == [12, 12, 7, 7]
        assert len((locale.genitives or locale.months).split()) == 12


def test_a_lone_half_of_a_pair_leaves_as_the_replacement_character() -> None:
    assert from_units("a\ud83d") == "a\ufffd"
    assert from_units("\ud83d\ude00") == "\U0001f600"


SCREENS = {"createobject", "getobject"}
values = st.one_of(
    st.sampled_from([EMPTY, NULL, NOTHING, MISSING, True, False, "", "1", "-1.5", "abc", "1/2/2000", "&HFF", "d", "ww", "1E308", "12:30", "\ud83d"]),
    st.integers(-0x8000, 0x7FFF),
    st.integers(-0x80000000, 0x7FFFFFFF).map(Long),
    st.integers(0, 255).map(Byte),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(Single),
    st.integers(-(1 << 63), (1 << 63) - 1).map(Currency),
    moments.map(Date),
    st.text(max_size=20),
    st.lists(st.sampled_from(["a", 1, NULL, EMPTY, Byte(3)]), max_size=3).map(Array.of),
)


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(values, max_size=6))
def test_any_arguments_end_in_a_value_or_an_error_of_the_language(name: str, arguments: list[Any]) -> None:
    function = FUNCTIONS[name]
    arguments = arguments[: len(arguments) if function.most is None else function.most]
    if len(arguments) < function.least or name in {"space", "string"}:  # those two are asked for gigabytes
        return
    token = CURRENT.set(Context())
    try:
        found = function.function(*arguments)
        if type(found) is Date:
            assert to_date(to_text(found)) is not None
    except VBScriptError:
        pass
    finally:
        CURRENT.reset(token)
