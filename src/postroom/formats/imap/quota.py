"""GETQUOTA and SETQUOTA (RFC 9208 section 4.1); GETQUOTAROOT takes a mailbox."""

from dataclasses import dataclass

from postroom.formats.imap.arguments import MAX_MODSEQ, Arguments


@dataclass(frozen=True, slots=True)
class SetQuota:
    """New limits of a quota root: (resource, limit) in the resource's unit, STORAGE in units of 1024 bytes."""

    root: str
    limits: tuple[tuple[str, int], ...]


def parse_getquota(arguments: bytes) -> str:
    """Read the quota root of GETQUOTA."""
    reader = Arguments(arguments)
    root = reader.expect_astring().decode("utf-8", "replace")
    reader.expect_end()
    return root


def parse_setquota(arguments: bytes) -> SetQuota:
    """Read the arguments of SETQUOTA; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    root = reader.expect_astring().decode("utf-8", "replace")
    reader.expect_space()
    limits: tuple[tuple[str, int], ...] = ()
    if not reader.try_token(b"()"):
        limits = reader.expect_list(lambda: _expect_limit(reader), 16)
    reader.expect_end()
    return SetQuota(root, limits)


def _expect_limit(reader: Arguments) -> tuple[str, int]:
    resource = reader.expect_word()
    reader.expect_space()
    return resource, reader.expect_number(MAX_MODSEQ)
