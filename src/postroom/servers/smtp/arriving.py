"""A message that has come and is not durable yet, in the hands of OnAcceptMessage: handlers may change whom it is for and what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postroom.directory.resolve import Refusal
from postroom.events import AcceptMessage
from postroom.formats.address import Address, AddressError
from postroom.formats.envelope import Recipient
from postroom.servers.smtp import handlers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.resolve import NotOurs, Resolution
    from postroom.formats.envelope import Envelope
    from postroom.servers.smtp.ports import Arrival
    from postroom.servers.smtp.session import Session
    from postroom.servers.smtp.transaction import Transaction


class Arriving:
    """A Mail whose content lies in the spool."""

    id = 0
    state = 0
    attempt = 1

    def __init__(self, session: Session, transaction: Transaction) -> None:
        self._session = session
        self._transaction = transaction
        self.sender = str(transaction.mail.sender or "")
        self.recipients = [str(recipient.address) for recipient in transaction.recipients]
        self.created = transaction.arrival.time if transaction.arrival is not None else 0

    @property
    def size(self) -> int:
        """Octets of the content as it is to be kept."""
        return self._transaction.spool.size

    async def read(self) -> bytes:
        """Give the content as it is to be kept; raises Unavailable."""
        return await self._transaction.spool.whole()

    async def write(self, content: bytes) -> None:
        """Keep another content; raises Unavailable, and then the old one is kept."""
        self._transaction.keep_instead(await self._transaction.spool.replaced(content))


async def asked(session: Session, transaction: Transaction, arrival: Arrival) -> tuple[Envelope, Sequence[Resolution | NotOurs]]:
    """Let handlers see and change a message with its signature; gives whom it is for now, and where that leads. Raises Refused when they refuse."""
    signed = await session.house.post.signed(transaction.envelope(), transaction.spool, arrival)
    if signed is not transaction.spool:
        transaction.keep_instead(signed)
    mail = Arriving(session, transaction)
    before = list(mail.recipients)
    await handlers.ask(session, AcceptMessage(handlers.client(session), mail))
    if mail.recipients == before:
        return transaction.envelope(), transaction.routes
    return await _readdressed(session, transaction, mail.recipients)


async def _readdressed(session: Session, transaction: Transaction, wanted: Sequence[str]) -> tuple[Envelope, list[Resolution | NotOurs]]:
    """Find where the recipients that handlers want lead; who was there already stays with its options, who gets no mail is left out."""
    known = {str(one.address): (one, route) for one, route in zip(transaction.recipients, transaction.routes, strict=True)}
    found: dict[str, tuple[Recipient, Resolution | NotOurs]] = {}
    for text in wanted:
        one = known.get(text) or await _found(session, transaction, text)
        if one is not None:
            found.setdefault(one[0].address.key, one)
    envelope = replace(transaction.envelope(), recipients=tuple(recipient for recipient, _ in found.values()))
    return envelope, [route for _, route in found.values()]


async def _found(session: Session, transaction: Transaction, text: str) -> tuple[Recipient, Resolution | NotOurs] | None:
    log, name = session.house.log, session.connection.id
    try:
        address = Address.parse(text)
    except AddressError as error:
        log.warning("recipient-left-out", session=name, recipient=text[:320], reason=str(error))
        return None
    route = await session.house.directory.resolve(address, transaction.mail.sender, authenticated=True)
    if isinstance(route, Refusal):
        log.warning("recipient-left-out", session=name, recipient=str(address), reason=route.text)
        return None
    return Recipient(address), route
