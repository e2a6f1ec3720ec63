"""Relaying: from whom to whom a client may send, and for what it must have logged in, as the IP ranges say (object model 12.5, 12.6)."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 - a NamedTuple keeps its annotations
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.directory.ranges import Option
from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from postroom.formats.address import Address
    from postroom.formats.smtp import Reply
    from postroom.servers.smtp.session import Session

PAIRS: Final = {
    (True, True): (Option.LOCAL_TO_LOCAL, Option.LOGIN_LOCAL_TO_LOCAL),
    (True, False): (Option.LOCAL_TO_REMOTE, Option.LOGIN_LOCAL_TO_REMOTE),
    (False, True): (Option.REMOTE_TO_LOCAL, Option.LOGIN_REMOTE_TO_LOCAL),
    (False, False): (Option.REMOTE_TO_REMOTE, Option.LOGIN_REMOTE_TO_REMOTE),
}
"""What allows mail, and what asks for a login, by whether the sender is ours and whether the recipient is."""


class Relaying(NamedTuple):
    """What SMTP asks of the IP ranges: a client's rights (None where ranges don't count), and whether a sender's domain is ours."""

    rights_of: Callable[[str], Option | None]
    is_own: Callable[[str], bool]


def refusal(session: Session, sender: Address | None, *, ours: bool) -> Reply | None:
    """Tell why the client may not send this on to a recipient of ours, or elsewhere; None when it may."""
    rights, relaying = session.rights, session.house.relaying
    assert rights is not None
    assert relaying is not None
    allowed, login = PAIRS[sender is not None and relaying.is_own(sender.domain), ours]
    if not rights & allowed:
        return replies.NO_DELIVERY
    return replies.RELAY_LOGIN if rights & login and session.account is None else None
