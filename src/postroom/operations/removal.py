"""Removing what has mail: an account with its mailbox, a domain with everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postroom.directory.accounts import Account
    from postroom.directory.directory import Directory
    from postroom.mailboxes.mailboxes import Mailboxes


async def remove_account(directory: Directory, mailboxes: Mailboxes, address: str) -> Account:
    """Remove an account and all its mail; raises NotFound."""
    account = await directory.accounts.remove(address)
    await mailboxes.remove_mailbox(account.id)
    return account


async def remove_domain(directory: Directory, mailboxes: Mailboxes, name: str) -> None:
    """Remove a domain with its accounts and their mail, its aliases and lists; raises NotFound.

    First it takes no mail any more; what is cut short can be done again.
    """
    domain = await directory.domains.set(name, active=False)
    while accounts := await directory.accounts.list(domain.name):
        for account in accounts:
            await remove_account(directory, mailboxes, str(account.address))
    while aliases := await directory.aliases.list(domain.name):
        for alias in aliases:
            await directory.aliases.remove(alias.address)
    for one in await directory.lists.list(domain.id):
        await directory.lists.remove(one.id)
    await directory.domains.remove(domain.name)
