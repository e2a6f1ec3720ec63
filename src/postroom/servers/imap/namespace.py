"""NAMESPACE (RFC 2342): one personal namespace, at the root, and one for public folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.imap.mailbox import parse_nothing
from postroom.formats.imap.response import namespace_line
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from postroom.servers.imap.session import Session


def namespace(session: Session, arguments: bytes) -> bytes:
    """Tell the namespace and its separator."""
    parse_nothing(arguments)
    public = session.rules.public and session.rules.public + session.rules.separator
    session.say(namespace_line("", session.rules.separator, public))
    return replies.DONE
