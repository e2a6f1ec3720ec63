"""DELETEACL (RFC 4314 section 3.2): an identifier is taken off the list of a public folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.imap.acl import Named, parse_named
from postroom.servers.imap.access import done, reach_list

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session


def deleteacl(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Take somebody's rights away."""
    return _deleteacl(session, parse_named(arguments))


async def _deleteacl(session: Session, asked: Named) -> bytes:
    chain, lists = await reach_list(session, asked.mailbox)
    return await done(lists.remove(chain, asked.identifier))
