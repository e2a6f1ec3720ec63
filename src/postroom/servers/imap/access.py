"""What the commands of ACL (RFC 4314) share: which folder is meant, who may look at its list, and rights as letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postroom.directory.errors import DirectoryError
from postroom.directory.sharing import EVERYTHING, Right
from postroom.formats.imap.acl import RIGHTS
from postroom.formats.imap.errors import CommandRefused
from postroom.mailboxes.folders import PUBLIC
from postroom.servers.imap import names, replies, shared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from postroom.directory.accesslists import AccessLists
    from postroom.servers.imap.session import Session

OWN = "Only public folders have lists; a folder of your own is yours"


class Reached(NamedTuple):
    """A folder: what the user may do with it; a public one's id and those above it, and the lists (else none)."""

    rights: Right
    chain: Sequence[int]
    lists: AccessLists | None


async def reach(session: Session, name: str, needed: Right) -> Reached:
    """Find a folder by the name that clients see; raises CommandRefused when it is not there, or the user lacks all the needed rights."""
    if "ACL" in session.rules.hidden:
        raise CommandRefused("ACL is switched off")
    folder = await names.find(session, name)
    if folder is None:
        raise replies.no("There is no such mailbox", b"NONEXISTENT")
    if folder.account_id != PUBLIC:
        return Reached(EVERYTHING, (), None)
    own = shared.below(session, folder.name) or ""
    rights = await shared.rights(session, own)
    if not rights & needed:
        raise shared.refused()
    return Reached(rights, await shared.chain(session, own), session.house.access)


async def reach_list(session: Session, name: str) -> tuple[Sequence[int], AccessLists]:
    """Find a public folder whose list the user may change."""
    reached = await reach(session, name, Right.ADMINISTER)
    if reached.lists is None:
        raise replies.no(OWN, b"CANNOT")
    return reached.chain, reached.lists


async def done(change: Awaitable[None]) -> bytes:
    """Carry out a change of a list; an identifier that nobody has is refused."""
    try:
        await change
    except DirectoryError as error:
        raise replies.no(str(error), b"CANNOT") from None
    return replies.DONE


def letters(rights: Right) -> str:
    """Write rights as letters."""
    return "".join(letter for place, letter in enumerate(RIGHTS) if rights >> place & 1)


def of_letters(written: str) -> Right:
    """Read rights from letters, which are known."""
    return Right(sum(1 << RIGHTS.index(letter) for letter in set(written)))
