"""Values of COM as JSON and back, through the JSON itself."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.model.caller import Caller, Context, Login, Origin
from postroom.model.errors import ComError, TypeMismatch
from postroom.model.events import Result
from postroom.model.object import Object
from postroom.model.remote.values import UnknownTag, decoded, encoded

HANDLED = Result(Context(None, Caller(Origin.NETWORK), Login()))  # type: ignore[arg-type]  # nothing is asked of the house

PLAIN = st.one_of(
    st.booleans(),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.binary(),
    st.datetimes(dt.datetime(100, 1, 1), dt.datetime(9999, 12, 31)).map(lambda when: when.replace(microsecond=0)),  # noqa: DTZ001 - COM's dates have no zone
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(["\ud800", "obj", "i8", "date", "bin", "empty"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["$t", "v", "h", "$r", "x"]), inner),
)


def found(given: Any) -> Object:
    assert given["h"] == 7
    return HANDLED


def over_the_wire(value: Any, kind: str) -> Any:
    written = json.dumps(encoded(value, kind, lambda _: 7), allow_nan=False)
    return decoded(json.loads(written), found)


@given(PLAIN)
def test_every_value_comes_back_as_it_was(value: object) -> None:
    back = over_the_wire(value, "variant")
    assert back == value
    assert type(back) is type(value)


def test_objects_nothing_and_empty_come_back() -> None:
    assert over_the_wire(HANDLED, "object") is HANDLED
    assert encoded(None, "object:Account", lambda _: 7) is None
    assert encoded(None, "variant", lambda _: 7) == {"$t": "empty"}
    assert over_the_wire(None, "variant") is None


@pytest.mark.parametrize(("given", "kept"), [("a\ud800b", "a\ufffdb"), ("\udc00", "\ufffd"), ("\ud83d\ude00", "\U0001f600")])
def test_an_unpaired_surrogate_is_replaced_and_a_pair_is_one_character(given: str, kept: str) -> None:
    assert over_the_wire(given, "string") == kept


def test_a_hyper_is_taken_in_both_forms_and_a_date_as_a_text() -> None:
    assert decoded({"$t": "i8", "v": "9223372036854775807"}, found) == decoded((1 << 63) - 1, found)
    assert decoded({"$t": "date", "v": "2026-11-21 01:42:03"}, found) == decoded({"$t": "date", "v": "2026-11-21T01:42:03", "more": 1}, found)
    assert decoded({"h": 7}, found) is HANDLED


@given(JSON)
def test_whatever_json_comes_is_a_value_or_refused(given: Any) -> None:
    def find(wanted: Any) -> Object:
        if wanted.get("h") == 7:
            return HANDLED
        raise TypeMismatch("object")

    try:
        taken = decoded(given, find)
    except (ComError, UnknownTag):
        return
    assert not isinstance(taken, (list, dict))
