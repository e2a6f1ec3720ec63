"""IMAP libraries for Python, as people use them: IMAPClient, imap-tools, aioimaplib."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import aioimaplib
import imap_tools
import imapclient

from postroom.formats.imap.utf7 import decode_mailbox
from system.server import HOST, PATIENCE, Person, Server, wire_name

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable


class ImapClient:
    """IMAPClient; it writes names and numbers itself."""

    def __init__(self, server: Server, person: Person) -> None:
        self.session = imapclient.IMAPClient(HOST, server.ports["imaps"], ssl_context=server.trusting(), timeout=PATIENCE)
        self.session.login(person.address, person.password)

    def folders(self) -> set[str]:
        return {name for _, _, name in self.session.list_folders()}

    def create(self, folder: str) -> None:
        self.session.create_folder(folder)

    def rename(self, folder: str, new: str) -> None:
        self.session.rename_folder(folder, new)

    def remove(self, folder: str) -> None:
        self.session.delete_folder(folder)

    def read(self, folder: str) -> dict[bytes, frozenset[str]]:
        self.session.select_folder(folder, readonly=True)
        found = self.session.fetch(self.session.search(), ["BODY.PEEK[]", "FLAGS"])
        return {item[b"BODY[]"]: frozenset(flag.decode() for flag in item[b"FLAGS"]) - {"\\Recent"} for item in found.values()}

    def file(self, folder: str, message: bytes, flags: tuple[str, ...]) -> None:
        self.session.append(folder, message, flags)

    def find(self, folder: str, word: str) -> list[int]:
        self.session.select_folder(folder)
        return list(self.session.search(["SUBJECT", word], "UTF-8"))

    def mark(self, folder: str, uid: int, flag: str) -> None:
        self.session.select_folder(folder)
        self.session.add_flags([uid], [flag])

    def move(self, folder: str, uid: int, target: str) -> None:
        self.session.select_folder(folder)
        self.session.move([uid], target)

    def delete(self, folder: str, uid: int) -> None:
        self.session.select_folder(folder)
        self.session.delete_messages([uid])
        self.session.uid_expunge([uid])

    def close(self) -> None:
        self.session.logout()


class Whole(imap_tools.MailMessage):
    """A message that keeps the bytes it came in."""

    def __init__(self, fetch_data: list[Any]) -> None:
        super().__init__(fetch_data)
        self.octets: bytes = next(item[1] for item in fetch_data if isinstance(item, tuple))


class ImapTools:
    """imap-tools, on top of imaplib."""

    def __init__(self, server: Server, person: Person) -> None:
        self.mailbox = imap_tools.MailBox(HOST, server.ports["imaps"], ssl_context=server.trusting(), timeout=PATIENCE)
        self.mailbox.email_message_class = Whole
        self.mailbox.login(person.address, person.password)

    def folders(self) -> set[str]:
        return {folder.name for folder in self.mailbox.folder.list()}

    def create(self, folder: str) -> None:
        self.mailbox.folder.create(folder)

    def rename(self, folder: str, new: str) -> None:
        self.mailbox.folder.rename(folder, new)

    def remove(self, folder: str) -> None:
        self.mailbox.folder.delete(folder)

    def read(self, folder: str) -> dict[bytes, frozenset[str]]:
        self.mailbox.folder.set(folder, readonly=True)
        found = self.mailbox.fetch(mark_seen=False, bulk=True)
        return {message.octets: frozenset(message.flags) - {"\\Recent"} for message in found if isinstance(message, Whole)}

    def file(self, folder: str, message: bytes, flags: tuple[str, ...]) -> None:
        self.mailbox.append(message, folder, flag_set=flags)

    def find(self, folder: str, word: str) -> list[int]:
        self.mailbox.folder.set(folder)
        return [int(uid) for uid in self.mailbox.uids(imap_tools.AND(subject=word), charset="UTF-8")]

    def mark(self, folder: str, uid: int, flag: str) -> None:
        self.mailbox.folder.set(folder)
        self.mailbox.flag(str(uid), flag, True)

    def move(self, folder: str, uid: int, target: str) -> None:
        self.mailbox.folder.set(folder)
        self.mailbox.move(str(uid), target)

    def delete(self, folder: str, uid: int) -> None:
        self.mailbox.folder.set(folder)
        self.mailbox.delete(str(uid))

    def close(self) -> None:
        self.mailbox.logout()


class AioImapLib:
    """aioimaplib; names and sets are written by whoever uses it."""

    def __init__(self, server: Server, person: Person) -> None:
        self._server = server
        self._person = person

    @asynccontextmanager
    async def session(self, folder: str = "") -> AsyncIterator[aioimaplib.IMAP4_SSL]:
        """Log in, and select a folder if one is named."""
        session = aioimaplib.IMAP4_SSL(HOST, self._server.ports["imaps"], timeout=PATIENCE, ssl_context=self._server.trusting())
        await session.wait_hello_from_server()
        done(await session.login(self._person.address, self._person.password))
        if folder:
            done(await session.select(wire_name(folder)))
        yield session
        done(await session.logout())

    def _do(self, work: Callable[[aioimaplib.IMAP4_SSL], Awaitable[Any]], folder: str = "") -> list[Any]:
        async def run() -> list[Any]:
            async with self.session(folder) as session:
                return done(await work(session))

        return asyncio.run(run())

    def folders(self) -> set[str]:
        lines = self._do(lambda session: session.list('""', "*"))
        names = [line.rpartition(b' "/" ')[2] for line in lines if b' "/" ' in line]
        return {decode_mailbox(name.strip(b'"')) for name in names}

    def create(self, folder: str) -> None:
        self._do(lambda session: session.create(wire_name(folder)))

    def rename(self, folder: str, new: str) -> None:
        self._do(lambda session: session.rename(wire_name(folder), wire_name(new)))

    def remove(self, folder: str) -> None:
        self._do(lambda session: session.delete(wire_name(folder)))

    def read(self, folder: str) -> dict[bytes, frozenset[str]]:
        lines = self._do(lambda session: session.fetch("1:*", "(FLAGS BODY.PEEK[])"), folder)
        found = {}
        for before, line in pairwise(lines):
            if isinstance(line, bytearray):
                flags = before[before.index(b"FLAGS (") + 7 : before.index(b")")].decode().split()
                found[bytes(line)] = frozenset(flags) - {"\\Recent"}
        return found

    def file(self, folder: str, message: bytes, flags: tuple[str, ...]) -> None:
        self._do(lambda session: session.append(message, wire_name(folder), f"({' '.join(flags)})"))

    def find(self, folder: str, word: str) -> list[int]:
        [line, *_] = self._do(lambda session: session.uid_search(f'SUBJECT "{word}"', charset="utf-8"), folder)
        return [int(uid) for uid in line.split()]

    def mark(self, folder: str, uid: int, flag: str) -> None:
        self._do(lambda session: session.uid("store", str(uid), "+FLAGS", f"({flag})"), folder)

    def move(self, folder: str, uid: int, target: str) -> None:
        self._do(lambda session: session.uid("move", str(uid), wire_name(target)), folder)

    def delete(self, folder: str, uid: int) -> None:
        self.mark(folder, uid, r"\Deleted")
        self._do(lambda session: session.uid("expunge", str(uid)), folder)

    def close(self) -> None:
        """Nothing stays open between two verbs."""


def done(answer: Any) -> list[Any]:
    """Give what a command of aioimaplib that is OK answered."""
    assert answer.result == "OK", answer
    return list(answer.lines)
