"""The end of every login, by whichever command: the account is known, now its maildrop is taken (RFC 1939 section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.events import ON_CLIENT_LOGON, ClientLogon
from postroom.formats.pop3 import Reply
from postroom.servers.peer import peer
from postroom.servers.pop3 import replies
from postroom.servers.pop3.maildrop import Opened

if TYPE_CHECKING:
    from postroom.directory.errors import LoginRefused
    from postroom.servers.pop3.ports import Account
    from postroom.servers.pop3.session import Session


async def open_maildrop(session: Session, account: Account) -> Reply:
    """Lock and read the maildrop; without it the session stays where it was, and the client may try again."""
    mailboxes, facts = session.house.mailboxes, {"session": session.connection.id, "client": session.client_ip}
    lock = await mailboxes.lock(account.id)
    if lock is None:
        session.house.log.info("maildrop-in-use", **facts, account=str(account.address))
        return replies.IN_USE
    try:
        opened = Opened(await mailboxes.maildrop(account.id), lock)
    except BaseException:
        lock.release()
        raise
    if session.closing:  # the client went away meanwhile: nobody else would give the lock back
        opened.release()
        return replies.BYE
    session.maildrop = opened
    session.connection.expect(session.rules.command_time)
    session.house.log.info("login", **facts, account=str(account.address))
    return Reply.ok(f"{opened.count} messages, {opened.octets} octets")


async def tell(session: Session, name: str, *, authenticated: bool) -> None:
    """Tell handlers of a password that was tried, before the client is told."""
    events = session.house.events
    if ON_CLIENT_LOGON in events.active:
        await events.fire(ClientLogon(peer(session.connection, username=name, authenticated=authenticated)))


def refused(session: Session, error: LoginRefused) -> Reply:
    """Refuse with one text for every reason, so that nothing is learnt from it; count it."""
    session.failed_logins += 1
    session.house.log.warning("login-refused", session=session.connection.id, client=session.client_ip, reason=error.reason)
    return replies.LOGIN_BANNED if error.banned else replies.LOGIN_WRONG
