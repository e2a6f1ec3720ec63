"""SETACL, DELETEACL, GETACL, MYRIGHTS and LISTRIGHTS with their answers (RFC 4314); rights are letters, in the order of `RIGHTS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.response import untagged
from postroom.formats.imap.strings import astring
from postroom.formats.imap.strings import mailbox as mailbox_name

if TYPE_CHECKING:
    from collections.abc import Iterable

RIGHTS: Final = "lrswipkxtea"
"""Lookup, read, seen, write, insert, post, create, delete mailbox, delete messages, expunge, administer."""

OLD: Final = {"c": "kx", "d": "te"}
"""What RFC 2086 had one letter for (RFC 4314 section 2.1.1)."""

LONGEST_IDENTIFIER: Final = 320


class SetACL(NamedTuple):
    """New rights for an identifier: `change` is "+" to add, "-" to take away, "" for these and no others."""

    mailbox: str
    identifier: str
    change: str
    rights: str


class Named(NamedTuple):
    """A mailbox and an identifier, for DELETEACL and LISTRIGHTS."""

    mailbox: str
    identifier: str


def parse_setacl(arguments: bytes) -> SetACL:
    """Read the arguments of SETACL; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    mailbox, identifier = _expect_named(reader)
    reader.expect_space()
    written = reader.expect_astring().decode("ascii", "replace")
    reader.expect_end()
    change = written[:1] if written[:1] in {"+", "-"} else ""
    return SetACL(mailbox, identifier, change, _rights(written[len(change) :]))


def parse_named(arguments: bytes) -> Named:
    """Read the arguments of DELETEACL or LISTRIGHTS; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    named = _expect_named(reader)
    reader.expect_end()
    return named


def acl_line(name: str, entries: Iterable[tuple[str, str]]) -> bytes:
    """Write an ACL response: identifiers with their rights."""
    return untagged(b" ".join([b"ACL", mailbox_name(name), *(b"%b %b" % (_string(identifier), _string(rights)) for identifier, rights in entries)]))


def myrights_line(name: str, rights: str) -> bytes:
    """Write a MYRIGHTS response."""
    return untagged(b"MYRIGHTS %b %b" % (mailbox_name(name), _string(rights)))


def listrights_line(name: str, identifier: str, required: str, optional: Iterable[str]) -> bytes:
    """Write a LISTRIGHTS response: the rights that an identifier always has, and those that can be given to it one by one."""
    return untagged(b" ".join([b"LISTRIGHTS", mailbox_name(name), _string(identifier), _string(required), *map(_string, optional)]))


def _expect_named(reader: Arguments) -> Named:
    mailbox = reader.expect_mailbox()
    reader.expect_space()
    try:
        identifier = reader.expect_astring().decode()
    except UnicodeDecodeError:
        raise CommandRefused("An identifier is UTF-8") from None
    if not identifier or len(identifier) > LONGEST_IDENTIFIER or not identifier.isprintable():
        raise CommandRefused("This is no identifier")
    return Named(mailbox, identifier)


def _rights(letters: str) -> str:
    """Read rights, old ones as what they mean now; CommandRefused for a letter that is none."""
    found = {now for letter in letters for now in OLD.get(letter, letter)}
    if len(letters) > 2 * len(RIGHTS) or not found <= set(RIGHTS):
        raise CommandRefused("There is no such right")
    return "".join(letter for letter in RIGHTS if letter in found)


def _string(text: str) -> bytes:
    return astring(text.encode())
