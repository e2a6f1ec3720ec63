"""APPEND (RFC 3501 section 6.3.11) with APPENDUID (RFC 4315) and APPENDLIMIT (RFC 7889): the message is spooled while it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom import metrics
from postroom.delivery.spool import MessageTooLarge, Spool
from postroom.formats.imap.response import CONTINUE, appenduid
from postroom.formats.uidset import UidSet
from postroom.mailboxes.placing import NoFolder, Placement
from postroom.servers.imap import replies, shared
from postroom.servers.imap.copy import target_of
from postroom.servers.imap.failures import failure
from postroom.servers.imap.quota import require_room

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.imap.errors import CommandRefused
    from postroom.formats.imap.events import Append, AppendEnd, LiteralChunk
    from postroom.mailboxes.folders import Folder
    from postroom.servers.imap.session import Session

MOST: Final = 0xFFFFFFFF
"""Octets, where no limit is set: what RFC 3501's `number` can say, so that an absurd size is never invited by a `+`."""


class Appending:
    """A message that is coming: the command, where it goes, and its octets; `failure` once it can't be stored any more."""

    __slots__ = ("command", "failure", "folder", "spool")

    def __init__(self, command: Append, folder: Folder, spool: Spool) -> None:
        self.command = command
        self.folder = folder
        self.spool = spool
        self.failure: Exception | None = None

    def discard(self) -> None:
        """Let go of the octets."""
        self.spool.discard()


def append(session: Session, event: Append) -> bytes | Coroutine[Any, Any, bytes | None] | None:
    """Decide whether the message may come."""
    session.tag = event.tag
    if session.account is None:
        return _refuse(session, replies.LOGIN_FIRST)
    return _append(session, event)


async def _append(session: Session, event: Append) -> bytes | None:
    try:
        folder = await target_of(session, event.mailbox)
        most = session.house.directory.max_message_size(session.account) or MOST
        if event.size > most:
            raise replies.no("The message is larger than this server takes", b"TOOBIG")
        if not event.size:
            raise replies.no("The message is empty")
        if not session.house.reserve():
            raise replies.no("Not enough space at present", b"UNAVAILABLE")
        rights = await shared.rights_of(session, folder)
        needed = shared.for_flags(event.flags.bits, event.flags.keywords, whole=False)
        if rights & needed != needed:
            raise shared.refused()
        if folder.account_id == session.user.id:
            await require_room(session, event.size)
    except Exception as error:  # noqa: BLE001 - the message may be on its way: the core must know that nobody wants it
        return _refuse(session, failure(session, error))
    session.appending = Appending(event, folder, Spool(session.house.mailboxes.blobs, most, session.rules.mime))
    session.core.accept_literal()
    if event.synchronising:
        session.say(CONTINUE)
    return None


def _refuse(session: Session, answer: bytes) -> bytes | None:
    """Refuse the message; one that comes unasked is thrown away as it comes, a large one ends the connection."""
    if session.core.refuse_literal():
        return answer
    session.part(b"%b %b" % (session.tag, answer) + replies.LOST_COUNT)
    return None


def append_chunk(session: Session, event: LiteralChunk) -> Coroutine[Any, Any, None] | None:
    """Keep a piece; once the message can't be stored the rest is only read."""
    appending = session.appending
    if appending is None or appending.failure is not None:
        return None
    try:
        return _settle(appending) if appending.spool.write(event.data) else None
    except MessageTooLarge:
        appending.failure = replies.no("The message is larger than this server takes", b"TOOBIG")
        return None


async def _settle(appending: Appending) -> None:
    try:
        await appending.spool.settle()
    except Exception as error:  # noqa: BLE001 - the client is still speaking: it gets its answer at the end
        appending.failure = error


def append_end(session: Session, event: AppendEnd) -> Coroutine[Any, Any, bytes]:
    """Store the message."""
    session.tag = event.tag
    appending, session.appending = session.appending, None
    assert appending is not None, "the core told of an end that has no beginning"
    return _store(session, appending)


async def _store(session: Session, appending: Appending) -> bytes:
    mailboxes, command, folder = session.house.mailboxes, appending.command, appending.folder
    try:
        if appending.failure is not None:
            raise appending.failure
        content = await appending.spool.finish(mailboxes.now())
        words = " ".join(sorted(command.flags.keywords))
        placement = Placement(folder.account_id, folder.id, "", b"", command.flags.bits, words, command.internal_date or 0)
        placed = await mailboxes.append(content, placement)
    except NoFolder:
        raise _gone() from None
    finally:
        appending.discard()
    metrics.messages_accepted.add("imap")
    return replies.reply(b"OK", "Stored", appenduid(placed.uidvalidity, UidSet([placed.uid])))


def _gone() -> CommandRefused:
    return replies.no("The mailbox was deleted meanwhile", b"TRYCREATE")


def append_failed(session: Session) -> None:
    """Give up the message that was coming, if one was: its command turned out wrong."""
    if session.appending is not None:
        session.appending.discard()
        session.appending = None


def append_without_message(_session: Session, _arguments: bytes) -> bytes:
    """Refuse APPEND that announces no message."""
    return replies.reply(b"BAD", "APPEND ends with a literal")
