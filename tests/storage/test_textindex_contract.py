"""What every text index promises. A second engine has to pass all of this."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postroom.errors import Unavailable
from postroom.storage.sqlite.textindex import SQLiteTextIndex, question
from postroom.storage.textindex import Entry, TextIndex

LETTERS = 'aab\u00e4\u00df\u4e2d\U0001f600 "\x00\r\n*^'


@pytest.fixture(params=["sqlite"])
async def texts(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[TextIndex]:
    made = SQLiteTextIndex(tmp_path)
    yield made
    await made.close()


async def found(texts: TextIndex, group: int, needle: str) -> list[int]:
    narrowed = await texts.narrow(0, group, needle)
    assert narrowed is not None
    return list(narrowed.numbers)


async def test_a_needle_finds_the_entries_of_its_group_only(texts: TextIndex) -> None:
    await texts.add(0, 7, [Entry(1, b"hello world"), Entry(2, b"other")], 30)
    await texts.add(0, 8, [Entry(1, b"hello there")], 1)
    assert await found(texts, 7, "hello") == [1]
    assert await found(texts, 8, "hello") == [1]
    assert await found(texts, 9, "hello") == []
    assert await texts.marks(0) == {7: 30, 8: 1}
    assert await texts.marks(1) == {}


async def test_what_lies_above_the_mark_of_its_group_is_not_known_yet(texts: TextIndex) -> None:
    await texts.add(0, 7, [Entry(1, b"one"), Entry(5, b"two")], 7)
    narrowed = await texts.narrow(0, 7, "abc")
    assert narrowed is not None
    assert narrowed.upto == 7
    empty = await texts.narrow(0, 8, "abc")
    assert empty is not None
    assert empty.upto == 0


async def test_an_entry_added_twice_is_found_once(texts: TextIndex) -> None:
    for _ in range(2):
        await texts.add(0, 7, [Entry(1, b"hello"), Entry(2, None)], 30)
    assert sorted(await found(texts, 7, "hello")) == [1, 2]


async def test_an_unreadable_text_is_always_a_candidate(texts: TextIndex) -> None:
    await texts.add(0, 7, [Entry(1, None)], 30)
    assert await found(texts, 7, "anything") == [1]
    await texts.remove(0, 7, 1, 1)
    assert await found(texts, 7, "anything") == []


async def test_removed_entries_are_found_no_more_and_others_are(texts: TextIndex) -> None:
    await texts.add(0, 7, [Entry(number, b"hello") for number in range(1, 1201)], 30)
    await texts.remove(0, 7, 2, 1199)
    await texts.remove(0, 7, 2, 1199)
    assert await found(texts, 7, "hello") == [1, 1200]


async def test_needles_too_short_and_indexes_not_there_say_nothing(texts: TextIndex) -> None:
    assert await texts.narrow(0, 7, "hello") is None
    await texts.add(0, 7, [Entry(1, b"hello")], 30)
    assert await texts.narrow(0, 7, "he") is None


async def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    said: list[str] = []
    texts = SQLiteTextIndex(tmp_path, said.append)
    await texts.add(0, 7, [Entry(1, b"hello")], 30)
    await texts.close()
    (tmp_path / "text-00.db").write_bytes(b"no database at all" * 1000)
    texts = SQLiteTextIndex(tmp_path, said.append)
    assert await texts.narrow(0, 7, "hello") is None
    with pytest.raises(Unavailable):
        await texts.marks(0)
    assert await texts.marks(0) == {}
    assert "made anew" in said[0]
    await texts.close()


def test_a_long_needle_asks_for_some_of_its_trigrams() -> None:
    assert question("abcd") == '"abc" AND "bcd"'
    assert question('a"b"') == '"a""b" AND """b"""'
    assert question("".join(map(chr, range(1000, 2000)))).count(" AND ") <= 15


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(st.text(LETTERS, max_size=30).map(str.encode), st.binary(max_size=20)), min_size=1, max_size=5),
    st.text(LETTERS.replace("\0", ""), min_size=3, max_size=6),
)
async def test_every_text_with_the_needle_is_named(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], needle: str) -> None:
    texts = SQLiteTextIndex(tmp_path_factory.mktemp("texts"))
    whole = [*bodies, b"\xe4" + needle.encode() + b"\xb0", b"x".join(bodies) + needle.encode()]
    await texts.add(0, 7, [Entry(number, text) for number, text in enumerate(whole, 1)], 30)
    named = set(await found(texts, 7, needle))
    await texts.close()
    assert {number for number, text in enumerate(whole, 1) if needle.encode() in text} <= named
