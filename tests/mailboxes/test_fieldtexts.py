"""SEARCH in header fields: what is kept of a folder's fields finds the same messages as looking at each."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.imap.search import parse_search
from postroom.formats.uidset import UidSet
from postroom.mailboxes import fieldtexts
from postroom.mailboxes.fieldtexts import FieldText, FieldTexts, sayings
from postroom.mailboxes.search import Scope, search
from store import House, opened

WORDS = st.text("abß", min_size=1, max_size=6).map(lambda text: text.encode())


@given(st.lists(WORDS, max_size=20), st.lists(WORDS, max_size=20), WORDS)
def test_a_text_is_found_in_the_messages_that_have_it_and_in_no_others(first: list[bytes], later: list[bytes], wanted: bytes) -> None:
    kept, lines = FieldText(), [*first, *later]
    kept.add(enumerate(first, 1), len(first))
    kept.add(enumerate(later, len(first) + 1), len(lines))
    assert list(kept.find(wanted)) == [uid for uid, line in enumerate(lines, 1) if wanted in line]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (b" Alice <A@example.test>", [b" alice <a@example.test>"]),
        (b" long\r\n folded", [b" long folded"]),
        (b" =?utf-8?q?Gr=C3=BC=C3=9Fe?=", [b" =?utf-8?q?gr=c3=bc=c3=9fe?=", " grüsse".encode()]),
        (" GRÜSSE".encode(), [" grÜsse".encode(), " grüsse".encode()]),
    ],
)
def test_a_field_is_searched_as_it_stands_and_decoded(value: bytes, said: list[bytes]) -> None:
    assert sayings([value]) == said


def letter(number: int) -> bytes:
    sender = "=?utf-8?q?J=C3=BCrgen?= <j@example.test>" if number % 10 == 3 else f"Person {number} <p{number % 7}@example.test>"
    return f"From: {sender}\r\nSubject: about\r\n {'apples' if number % 4 else 'pears'}\r\n\r\nbody {number}\r\n".encode()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as made:
        for number in range(1, 71):
            await made.deliver(letter(number), 1)
        yield made


async def found(house: House, criteria: bytes, known: int) -> list[int]:
    folder = await house.mailboxes.folder(1, "INBOX")
    assert folder is not None
    uids = UidSet.of_ranges([(1, known)])
    return await search(house.mailboxes, folder.id, parse_search(criteria).key, Scope(uids, UidSet(), lambda _: uids, 0))


CASES: dict[bytes, Callable[[int], bool]] = {
    b"FROM p3@": lambda number: number % 7 == 3 and number % 10 != 3,
    b"FROM j\xc3\xbcRGEN": lambda number: number % 10 == 3,
    b"SUBJECT pears": lambda number: number % 4 == 0,
    b'SUBJECT "about pears"': lambda number: number % 4 == 0,
    b"FROM p3@ SUBJECT apples": lambda number: number % 7 == 3 and number % 10 != 3 and number % 4 != 0,
    b"FROM p3@ UNSEEN": lambda number: number % 7 == 3 and number % 10 != 3,
    b"TO nobody": lambda _: False,
}


async def test_what_is_kept_finds_what_looking_at_each_message_does_also_after_more_came(house: House) -> None:
    for upto in (40, 60, 70):  # below 50 each message is looked at
        for criteria, matches in CASES.items():
            spoken = b"CHARSET UTF-8 " + re.sub(rb"FROM (j\S+)", lambda one: b'FROM "%b"' % one[1], criteria)
            assert await found(house, spoken, upto) == [number for number in range(1, upto + 1) if matches(number)], (criteria, upto)


async def test_messages_that_are_gone_are_not_found(house: House) -> None:
    folder = await house.mailboxes.folder(1, "INBOX")
    assert folder is not None
    view = await house.mailboxes.open(folder)
    view.listen(lambda _change: None)
    assert 8 in await found(house, b"SUBJECT pears", 70)
    await house.mailboxes.expunge(folder.id, UidSet([8]), only_deleted=False)
    assert 8 not in await found(house, b"SUBJECT pears", 70)


async def test_a_search_in_few_messages_does_not_hide_the_others_from_the_next(house: House) -> None:
    assert await found(house, b"SUBJECT pears", 10) == [4, 8]
    assert len(await found(house, b"SUBJECT pears", 70)) == 17


async def test_the_fields_searched_longest_ago_go_when_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fieldtexts, "MOST_BYTES", 100)
    texts, read = FieldTexts(), []

    async def lines(uids: UidSet) -> list[tuple[int, bytes]]:
        read.append(list(uids))
        return [(uid, b"x" * 60) for uid in uids]

    for field in ("from", "to", "to", "from"):
        assert list(await texts.find(1, field, "x", UidSet([1]), lines)) == [1]
    assert read == [[1], [1], [1]]
