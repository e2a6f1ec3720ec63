"""SETACL (RFC 4314 section 3.1): an identifier gets rights on a public folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.imap.acl import SetACL, parse_setacl
from postroom.servers.imap import replies
from postroom.servers.imap.access import done, of_letters, reach_list

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.directory.sharing import Right
    from postroom.servers.imap.session import Session


def setacl(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Change somebody's rights."""
    return _setacl(session, parse_setacl(arguments))


async def _setacl(session: Session, asked: SetACL) -> bytes:
    if asked.identifier.startswith("-"):
        raise replies.no("Rights can't be denied, only not given", b"CANNOT")
    chain, lists = await reach_list(session, asked.mailbox)
    named = of_letters(asked.rights)

    def changed(old: Right) -> Right:
        return old | named if asked.change == "+" else old & ~named if asked.change == "-" else named

    return await done(lists.change(chain, asked.identifier, changed))
