"""UIDL (RFC 1939 section 7): a name for each message that holds for ever, from the folder's uidvalidity and the message's uid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.pop3 import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.formats.pop3.events import Uidl
    from postroom.servers.pop3.session import Session


def uidl(session: Session, event: Uidl) -> Reply | Iterator[bytes]:
    """Tell the names."""
    opened = session.opened_maildrop()
    uids, validity = opened.drop.uids, opened.drop.uidvalidity
    if event.number is not None:
        return Reply.ok(f"{event.number} {validity}.{uids[opened.place(event.number)]}")
    session.put(Reply.ok("Names follow").wire)
    return opened.listing(lambda place: f"{place + 1} {validity}.{uids[place]}\r\n")
