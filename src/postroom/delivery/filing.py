"""Filing: the folder that a rule moves a message to, by its path (object model 11.9). One that is missing is made, and nobody subscribes to it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from postroom.directory.sharing import Right
from postroom.errors import Unavailable
from postroom.formats.imap.utf7 import decode_mailbox
from postroom.log import get_logger
from postroom.mailboxes.folders import INBOX, LEVEL, PUBLIC, FolderError

if TYPE_CHECKING:
    from postroom.directory.accounts import Account
    from postroom.directory.directory import Directory
    from postroom.mailboxes.mailboxes import Mailboxes

log = get_logger("delivery")


class Filing:
    """Finds and makes folders for rules."""

    def __init__(self, directory: Directory, mailboxes: Mailboxes) -> None:
        self._directory = directory
        self._mailboxes = mailboxes

    async def place(self, path: str, account: Account, *, server: bool = False) -> tuple[int, str] | None:
        """Give whose folder a path means for an account's mail, and its stored name; None: INBOX. With `server` the server's rule says so."""
        if not path:
            return None
        name = self._name(path)
        public = LEVEL.join(self._directory.settings.imap_public_folder_name.split(self._separator)) + LEVEL
        try:
            if name.startswith(public):
                return await self._in_public(name.removeprefix(public), account, server=server)
            return account.id, await self._made(account.id, name)
        except (FolderError, Unavailable) as error:
            log.warning("folder-not-made", account=str(account.address), folder=path[:200], reason=str(error))
            return None

    @property
    def _separator(self) -> str:
        return self._directory.settings.imap_hierarchy_delimiter

    def _name(self, path: str) -> str:
        """Read a path as it is stored; the modified UTF-7 that hMailServer writes is decoded."""
        with suppress(ValueError):  # or it is written in plain characters
            path = decode_mailbox(path.encode("ascii"))
        levels = [level for level in path.split(self._separator) if level]
        if levels and levels[0].upper() == INBOX:
            levels[0] = INBOX
        return LEVEL.join(levels)

    async def _made(self, owner: int, name: str) -> str:
        if await self._mailboxes.folder(owner, name) is None:
            levels = name.split(LEVEL)
            whole = [LEVEL.join(levels[: depth + 1]) for depth in range(len(levels))]
            missing = [one for one in whole if await self._mailboxes.folder(owner, one) is None]
            await self._mailboxes.create_folder(owner, name)
            for one in missing:
                await self._mailboxes.subscribe(owner, one, on=False)
        return name

    async def _in_public(self, name: str, account: Account, *, server: bool) -> tuple[int, str] | None:
        """Find a public folder: the account needs the right to insert, or to create where there is none and the server's rule does not ask."""
        levels = name.split(LEVEL)
        found = [await self._mailboxes.folder(PUBLIC, LEVEL.join(levels[:depth])) for depth in range(len(levels), 0, -1)]
        rights = self._directory.sharing.rights(account.id, [folder.id for folder in found if folder is not None])
        missing = found[0] is None
        if not rights & (Right.CREATE if missing else Right.INSERT) and not (server and missing):
            return None
        return PUBLIC, await self._made(PUBLIC, name)
