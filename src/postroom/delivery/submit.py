"""Mail that this server's own programs hand in (commands, the object model): the same way in as a user's, without a connection."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

from postroom.delivery.post import Room
from postroom.directory.resolve import Refusal
from postroom.errors import PostroomError
from postroom.formats.envelope import Envelope, Recipient
from postroom.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.delivery.post import Post, Receipt
    from postroom.directory.accounts import Account
    from postroom.directory.directory import Directory
    from postroom.directory.resolve import NotOurs, Resolution
    from postroom.formats.address import Address

log = get_logger("delivery")


class Undeliverable(PostroomError):
    """The message can't be taken; the sentence says why and what to do."""


class Arrival(NamedTuple):
    """The facts of a message that a program hands in."""

    id: str
    account: Account | None


async def submit(
    directory: Directory,
    post: Post,
    sender: Address | None,
    recipients: Sequence[Address],
    content: bytes,
    *,
    account: Account | None = None,
    filed: bool | None = None,
) -> Receipt:
    """Resolve the recipients as RCPT does, and make the message durable for all of them. Raises Undeliverable, Unavailable.

    `account` is in whose name it comes; `filed` as in `Post.accept`.
    """
    limit = directory.settings.max_message_size
    if limit and len(content) > limit:
        raise Undeliverable(f"The message has {len(content):,} bytes, more than the {limit:,} that max_message_size allows.")
    routes = [await resolved(directory, address, sender) for address in recipients]
    await check_room(post, routes, len(content))
    envelope = Envelope(
        sender,
        tuple(map(Recipient, recipients)),
        "7BIT" if content.isascii() else "8BITMIME",
        smtputf8=not all(address.ascii for address in recipients) or not (sender is None or sender.ascii),
    )
    arrival = Arrival(f"C{secrets.token_hex(4).upper()}", account)
    spool = post.spool(len(content))
    try:
        if spool.write(content):
            await spool.settle()
        receipt = await post.accept(envelope, routes, spool, arrival, filed=filed, ours=True)
    finally:
        spool.discard()
    facts = {"sender": str(sender or "<>"), "recipients": len(recipients), "size": len(content)}
    log.info("message-accepted", session=receipt.id, id=receipt.id, **facts)
    return receipt


async def resolved(directory: Directory, address: Address, sender: Address | None) -> Resolution | NotOurs:
    """Tell where mail to an address goes, from a sender of this server's own; raises Undeliverable."""
    answer = await directory.resolve(address, sender, authenticated=True)
    if isinstance(answer, Refusal):
        raise Undeliverable(f"{address}: {answer.text}")
    return answer


async def check_room(post: Post, routes: Sequence[Resolution | NotOurs], size: int) -> None:
    """Refuse what does not fit on the disk or into a mailbox; raises Undeliverable."""
    if not post.reserve():
        raise Undeliverable("The disk is nearly full (see the setting free_space_reserve): no mail is accepted.")
    accounts = [account for route in routes for account in getattr(route, "accounts", ())]
    await post.measure(accounts)
    if post.room(accounts, size) is not Room.ENOUGH:
        raise Undeliverable("The message does not fit into a recipient's mailbox: its quota is used up.")
