"""LIST (RFC 1939 section 5): the size of one message, or of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.pop3 import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.formats.pop3.events import List
    from postroom.servers.pop3.session import Session


def list_(session: Session, event: List) -> Reply | Iterator[bytes]:
    """Tell the sizes."""
    opened = session.opened_maildrop()
    sizes = opened.drop.sizes
    if event.number is not None:
        return Reply.ok(f"{event.number} {sizes[opened.place(event.number)]}")
    session.put(Reply.ok(f"{opened.count} messages, {opened.octets} octets").wire)
    return opened.listing(lambda place: f"{place + 1} {sizes[place]}\r\n")
