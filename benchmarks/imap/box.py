"""What the mailbox must answer: the facts that every answer is checked against, and the mailbox itself as maildir files."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.imap.letters import letter

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.imap.letters import Letter

READER = "reader"
"""The account with the large INBOX; its password is everybody's."""
WHOLE = 2000
"""Messages at the beginning whose bodies are fetched whole."""
MIXED = tuple(f"{number}mixed" for number in range(4))
MIXED_MESSAGES = 500
"""The accounts of the mixed load: each INBOX holds the first so many messages."""
SIGNERS = tuple(f"{number}signer" for number in range(40))
"""Accounts without mail, which only log in."""
PASSWORD = "secret-1"


@dataclass(slots=True)
class Box:
    """INBOX of READER: what it holds, by position. `bodies` is the SHA-256 of the first WHOLE messages, one after the other."""

    sizes: list[int] = field(default_factory=list)
    message_ids: list[bytes] = field(default_factory=list)
    wanted: list[int] = field(default_factory=list)
    rare: list[int] = field(default_factory=list)
    seen: int = 0
    bodies: bytes = b""

    def __len__(self) -> int:
        return len(self.sizes)


def make_box(count: int, folder: Path) -> Box:
    """Make `count` messages, write them as maildirs `reader` and those of MIXED below `folder`, tell what they are."""
    box, digest = Box(), hashlib.sha256()
    for name in (READER, *MIXED, *SIGNERS):
        for part in ("cur", "new", "tmp"):
            (folder / name / part).mkdir(parents=True)
    for number in range(count):
        one = letter(number, count)
        _note(box, number, one)
        if number < WHOLE:
            digest.update(one.data)
        for name in (READER, *(MIXED if number < MIXED_MESSAGES else ())):
            _write(folder / name / "cur", number, one)
    box.bodies = digest.digest()
    return box


def _note(box: Box, number: int, one: Letter) -> None:
    box.sizes.append(len(one.data))
    box.message_ids.append(one.message_id)
    box.seen += "S" in one.flags
    if one.wanted:
        box.wanted.append(number + 1)
    if one.rare:
        box.rare.append(number + 1)


def _write(folder: Path, number: int, one: Letter) -> None:
    """Write a message as Dovecot itself would: bare LF, both sizes in the name, the time of arrival as the file's."""
    octets = one.data.replace(b"\r\n", b"\n")
    path = folder / f"{one.received}.M{number:06}P1.bench,S={len(octets)},W={len(one.data)}:2,{one.flags}"
    path.write_bytes(octets)
    os.utime(path, (one.received, one.received))
