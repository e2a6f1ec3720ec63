"""Mail that a caller of the model sends: where it goes, in whose name, and what it needs before it leaves."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.delivery.submit import Undeliverable, check_room
from postroom.directory.resolve import NOT_OURS, Refusal, Resolution
from postroom.formats import headers
from postroom.formats.address import Address, AddressError
from postroom.formats.addresslist import addresses
from postroom.log import get_logger
from postroom.mailboxes.folders import PUBLIC
from postroom.model.caller import Level
from postroom.model.errors import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.accounts import Account
    from postroom.directory.directory import Directory
    from postroom.directory.resolve import Answer
    from postroom.model.caller import Context

log = get_logger("model")

NOT_ALLOWED: Final = "5.7."
"""Begins the enhanced codes of refusals that depend on the sender (RFC 3463)."""


class Reached(NamedTuple):
    """A recipient: where the mail goes, the address that the sender gave, and whether an account here gets it."""

    address: str
    original: str
    local: bool


async def where(directory: Directory, sender: str, text: str) -> tuple[Address, list[Reached]] | None:
    """Tell whom an address leads to, as RCPT does; None, and a line in the log, when nobody gets mail at it.

    A list that does not take mail of this sender stands for itself: the sender may be written later, and Save asks again.
    """
    domain = directory.settings.default_domain
    try:
        address = Address.parse(text if "@" in text or not domain else f"{text}@{domain}")
    except AddressError as error:
        log.warning("recipient-left-out", recipient=text[:320], reason=str(error))
        return None
    try:
        by = sender_of(sender)
    except Failed:  # Save will say so
        by = None
    found = await directory.resolve(address, by, authenticated=True)
    if isinstance(found, Refusal) and not found.enhanced.startswith(NOT_ALLOWED):
        log.warning("recipient-left-out", recipient=str(address), reason=found.text)
        return None
    return address, _reached(address, found)


def _reached(address: Address, found: Answer) -> list[Reached]:
    if found is NOT_OURS or isinstance(found, Refusal):
        return [Reached(str(address), str(address), local=False)]
    here = [Reached(str(account.address), str(address), local=True) for account in found.accounts]
    return here + [Reached(str(target), str(address), local=False) for target in found.remote]


def sender_of(text: str) -> Address | None:
    """Read the envelope's sender, None for an empty one; raises Failed."""
    try:
        return Address.read(text) if text else None
    except AddressError as error:
        raise Failed(f"{text[:320]!r} in FromAddress is no address. {error}") from None


def posted(content: bytes, hostname: str) -> bytes:
    """Make a new message fit to leave: a Message-ID where it has none, and no Bcc (RFC 6409 section 8)."""
    content = headers.remove(content, "Bcc", "Resent-Bcc")
    if headers.find(content[: headers.header_end(content)], "Message-ID") is not None:
        return content
    return headers.insert(content, headers.build("Message-ID", f"<{secrets.token_hex(16)}@{hostname}>", structured=True))


async def check_author(context: Context, sender: Address | None, content: bytes) -> None:
    """Hold a user on the network to the own addresses, as submission does: otherwise this would be a way around it. Raises Failed."""
    caller, directory = context.caller, context.house.directory
    if caller.trusted or not directory.settings.check_sender or any(login.level is Level.SERVER for login in caller.logins):
        return
    accounts = [login.account for login in caller.logins if login.account is not None]
    header = content[: headers.header_end(content)]
    try:
        named = [one for name in ("From", "Sender") for value in headers.find_all(header, name) for one in addresses(value)]
    except AddressError:
        raise Failed("The From field holds no address that can be read.") from None
    for address in [*([sender] if sender is not None else []), *named]:
        if not await _is_own(directory, accounts, address):
            raise Failed(f"{address} is not an address of yours: you may not send with it.")


async def _is_own(directory: Directory, accounts: Sequence[Account], address: Address) -> bool:
    for account in accounts:
        if await directory.may_send_as(account, address):
            return True
    return False


async def check_quota(context: Context, account_id: int, size: int) -> None:
    """Refuse what a caller on the network would put beyond a mailbox's quota; programs of this machine may, as with hMailServer. Raises Failed."""
    if context.caller.trusted or account_id == PUBLIC:
        return
    house = context.house
    try:
        await check_room(house.post, [Resolution((await house.directory.accounts.by_id(account_id),))], size)
    except Undeliverable as error:
        raise Failed(str(error)) from None
