"""CREATE (RFC 3501 section 6.3.3) with special uses (RFC 6154 section 3) and the new mailbox's id (RFC 8474 section 4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.imap.create import parse_create
from postroom.mailboxes.folders import PUBLIC
from postroom.servers.imap import names, replies, shared
from postroom.servers.imap.status import mailbox_id

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.imap.create import Create
    from postroom.servers.imap.session import Session


def create(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Make a mailbox; a separator at the end only says that others will come below it."""
    asked = parse_create(arguments)
    if len(asked.uses) > 1:
        raise replies.no("A mailbox has one special use at most", b"USEATTR")
    return _create(session, asked)


async def _create(session: Session, asked: Create) -> bytes:
    name = names.stored(session, asked.mailbox.removesuffix(session.rules.separator))
    owner, name = shared.owner(session, name)
    if owner == PUBLIC and not await shared.rights(session, name) & Right.CREATE:
        raise shared.refused()
    folder = await session.house.mailboxes.create_folder(owner, name, asked.uses[0] if asked.uses else "")
    return replies.reply(b"OK", "Created", b"MAILBOXID " + mailbox_id(folder))
