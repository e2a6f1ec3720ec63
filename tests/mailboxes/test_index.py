"""The text index behind SEARCH: with it and without it a search finds the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postroom.errors import Unavailable
from postroom.formats.imap.search import Body, Text
from postroom.formats.uidset import UidSet
from postroom.mailboxes import index
from postroom.mailboxes.folders import Folder
from postroom.mailboxes.index import forget_gone, index_new
from postroom.mailboxes.search import Scope, search
from postroom.storage.textindex import Entry
from store import House, opened

WORDS = ("apple", "\u00c4pfel", "stra\u00dfe", "\u4e2d\u6587\u5b57", "na\u00efve", "caf\u00e9", "\U0001f600\U0001f600", "pineapple")


@pytest.fixture(autouse=True)
def always_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "WORTH", 1)


def message(text: str, subject: str = "hello") -> bytes:
    head = f"From: alice@example.test\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    return head.encode() + b"\r\n" + text.encode() + b"\r\n"


async def index_all(house: House, *folders: Folder) -> int:
    """Have INBOX of the first account and these folders searched, then index all there is to index."""
    done = 0
    inbox = await house.mailboxes.folder(1, "INBOX")
    assert inbox is not None
    for folder in (inbox, *folders):
        await index.narrow(house.mailboxes, folder.id, UidSet.of_ranges([(1, 10)]), ["first"])
    for shard in range(house.database.shards):
        while count := await index_new(house.mailboxes, shard):
            done += count
        while await forget_gone(house.mailboxes, shard):
            pass
    return done


async def find(house: House, key: Body | Text, account: int = 1) -> list[int]:
    folder = await house.mailboxes.folder(account, "INBOX")
    assert folder is not None
    known = UidSet.of_ranges([(1, folder.uidnext)])
    return await search(house.mailboxes, folder.id, key, Scope(known, UidSet(), lambda _numbers: known, 0))


async def candidates(house: House, needle: str) -> list[int] | None:
    folder = await house.mailboxes.folder(1, "INBOX")
    assert folder is not None
    narrowed = await house.database.texts.narrow(house.mailboxes.shard_of(1), folder.id, needle)
    return None if narrowed is None else sorted(narrowed.numbers)


async def test_a_search_looks_only_at_what_the_index_names_and_at_what_came_since(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        for text in ("apple pie", "nothing", "pineapple"):
            await house.deliver(message(text), 1, 2)
        await house.delivery.close()  # the second account lies in the other shard
        assert await index_all(house) == 3
        assert await candidates(house, "apple") == [1, 3]
        await house.deliver(message("late apple"), 1)
        assert await find(house, Body("APPLE")) == [1, 3, 4]
        assert await index_all(house) == 1
        assert await index_all(house) == 0
        assert await candidates(house, "apple") == [1, 3, 4]


async def test_the_index_only_narrows(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        await house.deliver(message("xabc abcd bcde"), 1)  # all trigrams of the needle, not the needle
        await house.deliver(message("body", subject="abcde"), 1)
        await index_all(house)
        assert await candidates(house, "abcde") == [1, 2]
        assert await find(house, Body("abcde")) == []
        assert await find(house, Text("abcde")) == [2]


async def test_large_bodies_are_indexed_from_their_blobs(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        await house.deliver(message("x" * 50_000 + " needle"), 1)
        await index_all(house)
        assert await candidates(house, "needle") == [1]


async def test_a_folder_is_indexed_once_somebody_has_searched_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        await house.deliver(message("apple"), 1)
        shard = house.mailboxes.shard_of(1)
        assert await index_new(house.mailboxes, shard) == 0
        assert await find(house, Body("ap")) == [1]  # too short for an index to help
        assert await index_new(house.mailboxes, shard) == 0
        assert await find(house, Body("apple")) == [1]
        assert await index_new(house.mailboxes, shard) == 1
        assert await index_new(house.mailboxes, shard) == 0


async def test_a_search_goes_on_while_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as house:
        await house.deliver(message("apple"), 1)

        async def full(*_: object) -> None:
            raise Unavailable("the disk is full")

        monkeypatch.setattr(house.database, "transact", full)
        assert await find(house, Body("apple")) == [1]


async def test_expunged_messages_and_removed_folders_leave_the_index(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        for _ in range(3):
            await house.deliver(message("apple"), 1)
        folder = await house.mailboxes.folder(1, "INBOX")
        assert folder is not None
        await index_all(house)
        trash = await house.mailboxes.create_folder(1, "Old")
        await house.mailboxes.move(folder.id, UidSet([2]), trash)
        await index_all(house, trash)
        assert await candidates(house, "apple") == [1, 3]
        assert await find(house, Body("apple")) == [1, 3]
        await house.mailboxes.delete_folder(1, "Old")
        await index_all(house)
        narrowed = await house.database.texts.narrow(house.mailboxes.shard_of(1), trash.id, "apple")
        assert narrowed is not None
        assert list(narrowed.numbers) == []
        for table in ("unindexed", "searched WHERE folder_id NOT IN (SELECT id FROM folder)"):
            assert await house.database.read(house.mailboxes.shard_of(1), f"SELECT * FROM {table}") == []


async def test_a_run_that_was_cut_off_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as house:
        await house.deliver(message("apple"), 1)
        shard, texts = house.mailboxes.shard_of(1), house.database.texts
        add = texts.add

        async def fail(shard: int, group: int, entries: list[Entry], upto: int) -> None:
            raise Unavailable("pulled the plug")

        assert await find(house, Body("apple")) == [1]
        with monkeypatch.context() as patched:
            patched.setattr(texts, "add", fail)
            with pytest.raises(Unavailable):
                await index_new(house.mailboxes, shard)
        assert await find(house, Body("apple")) == [1]

        async def forgetful(shard: int, group: int, entries: list[Entry], upto: int) -> None:
            await add(shard, group, entries, 0)  # as if the mark had been lost with a power cut

        with monkeypatch.context() as patched:
            patched.setattr(texts, "add", forgetful)
            await index_new(house.mailboxes, shard)
        await index_all(house)
        assert await candidates(house, "apple") == [1]


@pytest.mark.long
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), min_size=1, max_size=6),
    st.sampled_from(WORDS),
    st.data(),
)
async def test_with_and_without_the_index_a_search_finds_the_same(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], word: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(word) - 1))
    needle = word[start:] + data.draw(st.sampled_from(["", " ", " a"]))
    async with opened(tmp_path_factory.mktemp("house")) as house:
        for body in bodies:
            await house.deliver(message(body), 1)
        plain = [await find(house, key) for key in (Body(needle), Text(needle), Body(needle.upper()))]
        await index_all(house)
        assert [await find(house, key) for key in (Body(needle), Text(needle), Body(needle.upper()))] == plain
