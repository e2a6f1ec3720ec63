"""Mail for tests of the object model: collections of an account reached without the members that lead there."""

from __future__ import annotations

from typing import Any

from modelhouse import Hand, ModelHouse
from postroom.formats.uidset import UidSet
from postroom.model.description import CLASSES

LETTER = (
    b"Received: from a by b; Fri, 20 Nov 2026 10:00:00 +0000\r\nFrom: =?utf-8?q?J=C3=BCrgen?= <j@remote.test>\r\nTo: alice@example.test\r\n"
    b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nDate: Fri, 20 Nov 2026 09:00:00 +0000\r\nMessage-ID: <1@remote.test>\r\n\r\nhello\r\n"
)


async def account(house: ModelHouse, name: str = "alice", app: Hand | None = None) -> Hand:
    """Give an account of example.test, to an administrator unless another's Application is given."""
    app = app or await house.login()
    found: Hand = await app("Domains.ItemByName", "example.test")
    return await found("Accounts.ItemByAddress", f"{name}@example.test")  # type: ignore[no-any-return]


async def reached(hand: Hand, name: str) -> Hand:
    """Give the object of a class that a parent gives."""
    return Hand(hand.caller, await CLASSES[name].made.reach(hand.object.context, hand.object))


async def folders(house: ModelHouse, name: str = "alice") -> Hand:
    """Give the top folders of an account."""
    return await reached(await account(house, name), "IMAPFolders")


async def inbox(house: ModelHouse, name: str = "alice") -> Hand:
    """Give an account's INBOX."""
    found: Hand = await (await folders(house, name))("ItemByName", "INBOX")
    return found


async def delivered(house: ModelHouse, *letters: bytes, name: str = "alice") -> None:
    """Deliver messages to an account."""
    found = await house.house.directory.accounts.get(f"{name}@example.test")
    for letter in letters or (LETTER,):
        await house.town.house.deliver(letter, found.id)


async def stored(house: ModelHouse, folder: Hand) -> list[bytes]:
    """Read all messages of a folder as they are in the store."""
    record: Any = folder.object
    found = []
    async for rows in house.house.mailboxes.fetch(record.record.id, UidSet.of_ranges([(1, 1 << 31)]), ("size", "prefix", "data", "blob")):
        found += [await house.house.mailboxes.read(prefix, data, blob, 0, size) for size, prefix, data, blob in rows]
    return found
