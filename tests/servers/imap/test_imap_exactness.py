"""Several sessions change one folder at random: each picture of it, made of untagged responses alone, must come out as the folder is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from believer import Believer
from imaphouse import LETTERS, Place, placed
from postroom.formats.flags import FLAGGED, SEEN, render_flags
from postroom.formats.uidset import UidSet
from postroom.mailboxes.changes import Change, FlagChange
from postroom.mailboxes.folders import Folder
from postroom.mailboxes.messages import Stored
from postroom.mailboxes.views import View
from postroom.servers.imap.recents import Recents
from postroom.servers.imap.selected import Selected

FLAGS = (r"\Seen", r"\Flagged", r"\Deleted", r"\Deleted", r"\Answered", "$Work", "$Junk")
LITERAL = "APPEND INBOX (\\Draft) {11+}\r\nSubject: x\n"


def command(chance: random.Random, client: Believer) -> str:
    """Make up a command that the client may give, by what it knows."""
    count, uids = len(client.uids), [uid for uid in client.uids if uid] or [1]
    number = chance.randint(1, count) if count else 0
    flag, how, silent = chance.choice(FLAGS), chance.choice(("+", "-", "")), chance.choice(("", ".SILENT"))
    choices = ["NOOP", "EXPUNGE", LITERAL, "UID SEARCH DELETED", f"UID EXPUNGE {chance.choice(uids)}:{chance.choice(uids)}", "UID FETCH 1:* FLAGS"]
    choices += [f"UID COPY {chance.choice(uids)} INBOX", f"UID MOVE {chance.choice(uids)} INBOX", f"UID STORE {chance.choice(uids)} +FLAGS ({flag})"]
    if count:
        some = f"{number}:{chance.randint(1, count)}"
        choices += [f"FETCH {some} (UID FLAGS)", f"FETCH {number} BODY[TEXT]<0.1>", "SEARCH ALL", f"COPY {some} INBOX"]
        choices += [f"STORE {some} {how}FLAGS{silent} ({flag})"] * 3
        choices += [f"UID STORE {chance.choice(uids)} {how}FLAGS{silent} ({flag})"] * 2
    return chance.choice(choices)


async def truth(place: Place) -> list[tuple[int, frozenset[bytes]]]:
    folder = await place.store.mailboxes.folder(16, "INBOX")
    assert folder is not None
    found = []
    async for rows in place.store.mailboxes.fetch(folder.id, UidSet.of_ranges([(1, folder.uidnext)]), ["uid", "flags", "keywords"]):
        found += [(uid, frozenset(render_flags(flags, words.split()).split())) for uid, flags, words in rows]
    return found


@pytest.mark.parametrize("seed", range(10))
async def test_each_session_sees_the_folder_as_it_is(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    async with placed(tmp_path) as place:
        for name in ("apple", "reply", "parts", "bare-lf"):
            await place.store.deliver(LETTERS[name], 16)
        clients = [Believer(place, name) for name in "xyz"[: 2 + seed % 2]]
        for client in clients:
            await client.start()
            await client.do("FETCH 1:* (UID FLAGS)")
        for _ in range(150):
            client = chance.choice(clients)
            if chance.random() < 0.1:
                await place.store.deliver(LETTERS["apple"], 16)
            if chance.random() < 0.1:
                await client.idle()
                continue
            said = command(chance, client)
            if ".SILENT" in said:
                client.assume(said)
            answer = await client.do(said)
            assert answer.startswith(b"OK"), f"{said}: {answer!r}"
        for client in clients:
            await client.do("NOOP")
            told = client.picture()
            is_so = await truth(place)
            assert len(told) == len(is_so)
            for (uid, flags), (true_uid, true_flags) in zip(told, is_so, strict=True):
                assert uid in {None, true_uid}
                assert flags in {None, true_flags}, f"{client.name}: uid {true_uid} has {true_flags}, it was told {flags}"
            await client.do("UID FETCH 1:* (FLAGS)")
            assert client.picture() == is_so
        for client in clients:
            await client.over()
        place.ends_well()


def test_what_another_session_changed_behind_a_store_is_told_after_it() -> None:
    folder = Folder(1, 1, "INBOX", "", 1, 7, uidnext=2, modseq=4, messages=1, unseen=1, deleted=0, size=9, seen_below=1, created=0)
    view = View(folder, UidSet([1]))
    selected = Selected(folder, view, Recents(), read_only=False)
    mine, theirs = FlagChange(1, SEEN, "", 5), FlagChange(1, SEEN | FLAGGED, "", 6)
    for change in (mine, theirs):  # both are heard before the session that stored goes on
        view.apply(Change(1, 1, change.modseq, flags=(change,)))
    selected.settle(Stored(5, [mine], []))
    assert selected.tell(expunges=True) == b"* 1 FETCH (UID 1 FLAGS (\\Seen \\Flagged \\Recent))\r\n"
    assert selected.tell(expunges=True) == b""
