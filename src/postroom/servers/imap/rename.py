"""RENAME (RFC 3501 section 6.3.5): a mailbox with all below it; of INBOX only its messages go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.imap.mailbox import parse_rename
from postroom.servers.imap import names, replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session


def rename(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Give a mailbox another name."""
    old, new = parse_rename(arguments)
    return _rename(session, names.stored(session, old), names.stored(session, new.removesuffix(session.rules.separator)))


async def _rename(session: Session, old: str, new: str) -> bytes:
    await names.find(session, "INBOX")  # so that the standard folders are there
    await session.house.mailboxes.rename_folder(session.user.id, old, new)
    return replies.DONE
