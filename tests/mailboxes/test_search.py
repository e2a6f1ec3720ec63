"""SEARCH on stored messages: each key finds what RFC 3501 6.4.4 says, alone and below NOT and OR."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from postroom.formats.flags import FLAGGED, SEEN
from postroom.formats.imap.search import parse_search
from postroom.formats.uidset import UidSet
from postroom.mailboxes import search as searching
from postroom.mailboxes.messages import How
from postroom.mailboxes.search import Candidate, Scope, search, written_day
from store import House, opened

NOW = 1_795_000_000.0  # 2026-11-18
HTML = b"""From: carol@example.test
Subject: long
 folded line
Date: Tue, 3 Nov 2026 00:30:00 +0000
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+w4RwZmVsIDxiPnVuZDwvYj4gQmlybmVuPC9wPg==
""".replace(b"\n", b"\r\n")
MESSAGES = (
    b"From: Alice <alice@example.test>\r\nTo: bob@example.test\r\nSubject: Hello\r\nDate: Mon, 02 Nov 2026 23:30:00 -0500\r\n\r\nplain apple\r\n",
    b"From: Bob <bob@example.test>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nX-Odd: value\r\n\r\nnothing\r\n",
    HTML,
    b"From: dave@example.test\r\nSubject: large\r\n\r\n" + b"x" * 50_000 + b" needle\r\n",
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path, lambda: NOW) as made:
        for message in MESSAGES:
            await made.deliver(message, 1)
        folder = await made.mailboxes.folder(1, "INBOX")
        assert folder is not None
        await made.mailboxes.store(folder.id, UidSet.parse(b"1:2"), How.ADD, SEEN, ["$Work"])
        await made.mailboxes.store(folder.id, UidSet.parse(b"2"), How.ADD, FLAGGED)
        yield made


FOUND = {
    "ALL": [1, 2, 3, 4],
    "SEEN": [1, 2],
    "UNSEEN FLAGGED": [],
    "SEEN NOT FLAGGED": [1],
    "OR FLAGGED UNSEEN": [2, 3, 4],
    "RECENT": [4],
    "OLD SEEN": [1, 2],
    "NEW": [4],
    "KEYWORD $work": [1, 2],
    "UNKEYWORD $Work": [3, 4],
    "2:3": [2, 3],
    "UID 4,1 SEEN": [1],
    "NOT 2:3": [1, 4],
    "LARGER 40000": [4],
    "SMALLER 40000": [1, 2, 3],
    "OR LARGER 40000 FROM alice": [1, 4],
    "SINCE 18-Nov-2026": [1, 2, 3, 4],
    "BEFORE 18-Nov-2026": [],
    "ON 18-Nov-2026 SEEN": [1, 2],
    "NOT (ON 18-Nov-2026 FROM bob)": [1, 3, 4],
    "SENTON 2-Nov-2026": [1],
    "SENTSINCE 3-Nov-2026": [3],
    "SENTBEFORE 3-Nov-2026": [1],
    "YOUNGER 3600": [1, 2, 3, 4],
    "OLDER 3600": [],
    "OR OLDER 3600 FROM BOB": [2],
    "MODSEQ 1": [1, 2, 3, 4],
    "OR MODSEQ 999999 FROM bob": [2],
    "FROM ALICE": [1],
    "TO bob": [1],
    "SUBJECT grüsse": [2],
    "SUBJECT grüße": [2],
    'SUBJECT "long folded"': [3],
    "HEADER X-Odd value": [2],
    'HEADER X-Odd ""': [2],
    'HEADER X-Even ""': [],
    "BODY apple": [1],
    "BODY alice": [],
    "TEXT alice": [1],
    "BODY äpfel": [3],
    "BODY birnen": [3],
    "BODY <b>": [],
    "BODY needle": [4],
    "TEXT NEEDLE UNSEEN": [4],
    "EMAILID M999": [],
    "THREADID T1": [],
}


async def test_each_key_finds_its_messages(house: House) -> None:
    folder = await house.mailboxes.folder(1, "INBOX")
    assert folder is not None
    known = UidSet.parse(b"1:4")
    scope = Scope(known, UidSet.parse(b"4"), lambda numbers: numbers.numbers.resolve(4), house.mailboxes.now())
    wrong = {}
    for text, expected in FOUND.items():
        search_ = parse_search(b"CHARSET UTF-8 " + _quoted(text))
        found = await search(house.mailboxes, folder.id, search_.key, scope)
        if found != expected:
            wrong[text] = found
    assert wrong == {}


async def test_messages_that_the_session_does_not_know_yet_are_not_found(house: House) -> None:
    folder = await house.mailboxes.folder(1, "INBOX")
    assert folder is not None
    scope = Scope(UidSet.parse(b"2:3"), UidSet(), lambda numbers: numbers.numbers.resolve(4), house.mailboxes.now())
    assert await search(house.mailboxes, folder.id, parse_search(b"ALL").key, scope) == [2, 3]


async def test_messages_that_lie_in_files_are_held_a_few_at_a_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may bring 1 MiB: a folder of large plain texts is an attack on the memory."""
    for _ in range(5):
        await house.deliver(MESSAGES[3], 1)
    folder = await house.mailboxes.folder(1, "INBOX")
    assert folder is not None
    held: list[int] = []
    matching = searching._matching

    def noted(candidates: Sequence[Candidate], predicates: Any) -> list[int]:
        held.append(sum(len(candidate.octets or b"") for candidate in candidates))
        return matching(candidates, predicates)

    monkeypatch.setattr(searching, "RUN_BYTES", 60_000)
    monkeypatch.setattr(searching, "_matching", noted)
    scope = Scope(UidSet.parse(b"1:9"), UidSet(), lambda numbers: numbers.numbers.resolve(9), house.mailboxes.now())
    assert await search(house.mailboxes, folder.id, parse_search(b"NOT BODY apple").key, scope) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert max(held) < 60_000 + len(MESSAGES[3]) + 1000


@pytest.mark.parametrize(
    ("value", "day"),
    [(b" Mon, 02 Nov 2026 23:30:00 -0500", "2026-11-02"), (b" 3 Nov 2026 00:30:00 +0000 (UTC)", "2026-11-03"), (b"soon", "None")],
)
def test_the_day_is_the_one_written_whatever_the_zone(value: bytes, day: str) -> None:
    assert str(written_day(value)) == day


def _quoted(text: str) -> bytes:
    """Put words with characters beyond ASCII into quotes, as a client has to."""
    return b" ".join(word.encode() if word.isascii() else b'"' + word.encode() + b'"' for word in text.split(" "))
