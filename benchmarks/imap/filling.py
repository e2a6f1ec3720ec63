"""Fills Postroom's directory with the mailbox: `python -m benchmarks.imap.filling CONFIGURATION MESSAGES`."""

import asyncio
import sys
from pathlib import Path

from benchmarks.imap.box import MIXED, MIXED_MESSAGES, PASSWORD, READER, SIGNERS
from benchmarks.imap.letters import RARE, letter
from benchmarks.peers.peer import DOMAIN
from postroom.delivery.spool import Spool
from postroom.formats.flags import ANSWERED, FLAGGED, SEEN
from postroom.formats.uidset import UidSet
from postroom.mailboxes.contents import NewContent
from postroom.mailboxes.folders import INBOX
from postroom.mailboxes.index import index_new, narrow
from postroom.mailboxes.placing import Placement, place
from postroom.runtime.config import load
from postroom.runtime.house import House
from postroom.runtime.orders import account, domain
from postroom.storage.database import Transaction

BITS = {"S": SEEN, "R": ANSWERED, "F": FLAGGED}
AT_ONCE = 500


async def fill(file: Path, count: int) -> None:
    """Make the accounts, store the mail, index it."""
    house = await House.enter(load(file))
    try:
        await domain.add(house, DOMAIN)
        await account.add_many(house, DOMAIN, [READER, *MIXED, *SIGNERS], PASSWORD)
        ids = {name: (await house.directory.accounts.get(f"{name}@{DOMAIN}")).id for name in (READER, *MIXED)}
        for first in range(0, count, AT_ONCE):
            await _store(house, ids, first, min(AT_ONCE, count - first), count)
        await _index(house, ids[READER], count)
    finally:
        await house.close()


async def _index(house: House, account_id: int, count: int) -> None:
    """Search the INBOX, so that it is indexed from now on, and index it."""
    inbox = await house.mailboxes.folder(account_id, INBOX)
    assert inbox is not None
    await narrow(house.mailboxes, inbox.id, UidSet.of_ranges([(1, count)]), [RARE.lower()])
    while await index_new(house.mailboxes, house.mailboxes.shard_of(account_id)):
        pass


async def _store(house: House, ids: dict[str, int], first: int, many: int, count: int) -> None:
    """Store a run of messages, a transaction for each account."""
    letters = [letter(number, count) for number in range(first, first + many)]
    contents = await asyncio.gather(*(_content(house, one.data, one.received) for one in letters))
    for name in (READER, *(MIXED if first < MIXED_MESSAGES else ())):
        placements = [Placement(ids[name], flags=sum(BITS[flag] for flag in one.flags), internaldate=one.received * 1_000_000) for one in letters]
        await house.database.transact(house.mailboxes.shard_of(ids[name]), _place_all, list(zip(contents, placements, strict=True)))


async def _content(house: House, data: bytes, received: int) -> NewContent:
    spool = Spool(house.blobs, len(data))
    if spool.write(data):
        await spool.settle()
    return await spool.finish(received * 1_000_000)


def _place_all(transaction: Transaction, pairs: list[tuple[NewContent, Placement]]) -> None:
    for content, placement in pairs:
        place(transaction, content, (placement,))


if __name__ == "__main__":
    asyncio.run(fill(Path(sys.argv[1]), int(sys.argv[2])))
