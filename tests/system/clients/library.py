"""What every IMAP library of the tests can do, whatever language it is written for."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any, Protocol

from system.client import Client, node_packages
from system.server import HOST

if TYPE_CHECKING:
    from pathlib import Path

    from system.server import Person, Server


class Library(Protocol):
    """A library at work on one person's mailbox; folders are named as people write them, messages by UID."""

    def folders(self) -> set[str]:
        """Name all folders."""

    def create(self, folder: str) -> None:
        """Make a folder."""

    def rename(self, folder: str, new: str) -> None:
        """Give a folder another name."""

    def remove(self, folder: str) -> None:
        """Remove a folder."""

    def read(self, folder: str) -> dict[bytes, frozenset[str]]:
        r"""Read all messages with their flags, without \\Recent, and leave the flags as they are."""

    def file(self, folder: str, message: bytes, flags: tuple[str, ...]) -> None:
        """Put a message into a folder."""

    def find(self, folder: str, word: str) -> list[int]:
        """Look for messages by their subject."""

    def mark(self, folder: str, uid: int, flag: str) -> None:
        """Set a flag."""

    def move(self, folder: str, uid: int, target: str) -> None:
        """Move a message to another folder."""

    def delete(self, folder: str, uid: int) -> None:
        """Delete a message for good."""


class Script:
    """A library of another language: a script that is started for each verb, and answers in JSON."""

    def __init__(self, client: Client, script: Path, server: Server, person: Person) -> None:
        self._client = client
        self.command = (client.program, str(script))
        self.surroundings = {
            "HOST": HOST,
            "PORT": str(server.ports["imaps"]),
            "ADDRESS": person.address,
            "PASSWORD": person.password,
            "SSL_CERT_FILE": str(server.tls.certificate),
            "NODE_EXTRA_CA_CERTS": str(server.tls.certificate),
        }
        if script.suffix == ".cjs":
            self.surroundings["NODE_PATH"] = node_packages(script.stem)

    def _do(self, verb: str, *words: str | int, say: bytes = b"") -> Any:
        said = self._client(*self.command[1:], verb, *map(str, words), say=say, variables=self.surroundings)
        return json.loads(said)

    def folders(self) -> set[str]:
        """Name all folders."""
        return set(self._do("folders"))

    def create(self, folder: str) -> None:
        """Make a folder."""
        self._do("create", folder)

    def rename(self, folder: str, new: str) -> None:
        """Give a folder another name."""
        self._do("rename", folder, new)

    def remove(self, folder: str) -> None:
        """Remove a folder."""
        self._do("remove", folder)

    def read(self, folder: str) -> dict[bytes, frozenset[str]]:
        """Read all messages with their flags."""
        return {b64decode(message): frozenset(flags) - {"\\Recent"} for message, flags in self._do("read", folder)}

    def file(self, folder: str, message: bytes, flags: tuple[str, ...]) -> None:
        """Put a message into a folder."""
        self._do("file", folder, " ".join(flags), say=message)

    def find(self, folder: str, word: str) -> list[int]:
        """Look for messages by their subject."""
        return [int(uid) for uid in self._do("find", folder, word)]

    def mark(self, folder: str, uid: int, flag: str) -> None:
        """Set a flag."""
        self._do("mark", folder, uid, flag)

    def move(self, folder: str, uid: int, target: str) -> None:
        """Move a message to another folder."""
        self._do("move", folder, uid, target)

    def delete(self, folder: str, uid: int) -> None:
        """Delete a message for good."""
        self._do("delete", folder, uid)
