"""Fills a data directory directly through the storage: as much mail and as many accounts as a benchmark wants, in minutes instead of hours."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from postroom.formats.mime import scan
from postroom.mailboxes.contents import NewContent
from postroom.mailboxes.placing import Placement, place
from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.storage.database import Transaction

MESSAGE_BYTES = 1024
VARIANTS = 500
MESSAGES_AT_ONCE = 5_000
ACCOUNTS_AT_ONCE = 5_000
WORDS = ("invoice", "meeting", "report", "schedule", "Grüße", "straße", "budget", "holiday", "review", "contract", "delivery", "summer", "問題")


def fill(data: Path, domain: str, folders: Mapping[str, int], accounts: int, password: str) -> None:
    """Makes a data directory with `accounts` accounts, all with `password`; those of `folders` have that many messages in INBOX."""
    asyncio.run(fill_house(Configuration(data=data, logs=data / "logs", workers=1), domain, folders, accounts, password))


async def fill_house(
    config: Configuration, domain: str, folders: Mapping[str, int], accounts: int, password: str, told: Callable[[str], None] = lambda _line: None
) -> None:
    """The same, on the loop that runs; `told` hears how far it is."""
    house = await House.enter(config)
    try:
        await house.directory.domains.add(domain)
        credentials = await house.directory.hashing.make(password)
        names = [*folders, *(f"user{number}" for number in range(accounts - len(folders)))]
        for start in range(0, len(names), ACCOUNTS_AT_ONCE):
            await house.directory.accounts.add_many(domain, names[start : start + ACCOUNTS_AT_ONCE], credentials)
        told(f"{accounts:,} accounts made")
        contents = [rendered(number) for number in range(VARIANTS)]
        for name, count in folders.items():
            account = await house.directory.accounts.get(f"{name}@{domain}")
            await fill_inbox(house, account.id, count, contents, told)
    finally:
        await house.close()


async def fill_inbox(house: House, account_id: int, count: int, contents: list[NewContent], told: Callable[[str], None]) -> None:
    """Delivers `count` messages to an INBOX, thousands in a transaction."""
    prefix = b"Return-Path: <sender@remote.test>\r\nDelivered-To: somebody@example.test\r\n"
    placement = Placement(account_id, prefix=prefix)
    for done in range(0, count, MESSAGES_AT_ONCE):
        many = min(MESSAGES_AT_ONCE, count - done)
        await house.database.transact(house.mailboxes.shard_of(account_id), place_many, contents, placement, done, many)
        if done % 100_000 == 0:
            told(f"{done:,} of {count:,} messages placed")


def place_many(transaction: Transaction, contents: list[NewContent], placement: Placement, first: int, many: int) -> None:
    for number in range(first, first + many):
        place(transaction, contents[number % len(contents)], (placement,))


def message(number: int) -> bytes:
    """A message of 1 KB; each number's is another one."""
    chosen = [WORDS[(number * 7 + step * step) % len(WORDS)] for step in range(200)]
    head = (
        f"Received: from client.remote.test by mail.example.test with ESMTP id {number:x}; Wed, 18 Nov 2026 12:00:00 +0000\r\n"
        f"From: Sender {number} <sender{number}@remote.test>\r\nTo: somebody@example.test\r\nSubject: {chosen[0].title()} {number}\r\n"
        f"Date: Wed, 18 Nov 2026 12:00:00 +0000\r\nMessage-ID: <{number}@remote.test>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    body = "\r\n".join(" ".join(chosen[at : at + 8]) for at in range(0, len(chosen), 8))
    whole = (head + f"mark{number:06} " + body).encode()[: MESSAGE_BYTES - 2]
    return whole.decode("utf-8", "ignore").encode() + b"\r\n"


def rendered(number: int, now: int = 1_795_000_000_000_000) -> NewContent:
    """The content of `message(number)`."""
    data = message(number)
    seen: Any = scan(data)
    return NewContent(
        seen.size,
        seen.header_size,
        now,
        hashlib.sha256(data).digest(),
        seen.envelope,
        seen.bodystructure,
        seen.fields,
        seen.offsets,
        seen.preview,
        seen.text,
        data,
        None,
    )
