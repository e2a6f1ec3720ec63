"""hMailServer's own words on the wire (object model 12.3 to 12.15), for its mode: scripts and administrators look for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.formats.smtp import Reply
from postroom.formats.smtp.content import BARE
from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from collections.abc import Mapping

HELLO: Final = Reply.of(250, "", "Hello.")

WORDS: Final[Mapping[Reply, Reply]] = {
    replies.LOGIN_WRONG: Reply.of(535, "", "Authentication failed. Restarting authentication process."),
    replies.LOGIN_FIRST: replies.RELAY_LOGIN,
    replies.NO_RELAYING: replies.NO_DELIVERY,
    replies.TOO_MANY_ERRORS: Reply.of(421, "", "Too many invalid commands. Bye!"),
    BARE: Reply.of(554, "", "Rejected - Message containing bare LF's."),
}
"""What is said instead of our own replies."""


def queued(seconds: float) -> Reply:
    """Say that a message is kept, and how long that took (12.11)."""
    return Reply.of(250, "", f"Queued ({seconds:.3f} seconds)")
