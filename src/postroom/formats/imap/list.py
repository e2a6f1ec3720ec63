"""LIST and LSUB (RFC 3501 sections 6.3.8 and 6.3.9), LIST-EXTENDED (RFC 5258), LIST-STATUS (RFC 5819), SPECIAL-USE (RFC 6154)."""

from dataclasses import dataclass

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.status import StatusItem, expect_status_items

SPECIAL_USES = ("\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash")
"""The special uses of RFC 6154 section 2."""
MOST_PATTERNS = 20
"""How many patterns one LIST may have: each costs a pass over all mailboxes."""

_SELECTIONS = frozenset({"SUBSCRIBED", "REMOTE", "RECURSIVEMATCH", "SPECIAL-USE"})
_RETURNS = frozenset({"SUBSCRIBED", "CHILDREN", "SPECIAL-USE"})


@dataclass(frozen=True, slots=True)
class List:
    """A LIST. `select` says which mailboxes count, `returns` what is told about them, in upper case; `status` the STATUS items.

    `extended` is true when the client used the extended form at all: then `patterns` may be several, and one empty pattern doesn't
    ask for the separator (RFC 5258 section 3).
    """

    reference: str
    patterns: tuple[str, ...]
    select: frozenset[str] = frozenset()
    returns: frozenset[str] = frozenset()
    status: tuple[StatusItem, ...] = ()
    extended: bool = False


def parse_list(arguments: bytes) -> List:
    """Read the arguments of LIST; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    extended = reader.at(b"(")
    select: frozenset[str] = frozenset()
    if extended:
        select = _expect_selections(reader)
        reader.expect_space()
    reference = reader.expect_mailbox()
    reader.expect_space()
    if reader.at(b"("):
        extended = True
        patterns = reader.expect_list(reader.expect_list_mailbox, MOST_PATTERNS)
    else:
        patterns = (reader.expect_list_mailbox(),)
    returns: frozenset[str] = frozenset()
    status: tuple[StatusItem, ...] = ()
    if reader.try_token(b" "):
        extended = True
        returns, status = _expect_returns(reader)
    reader.expect_end()
    return List(reference, patterns, select, returns, status, extended)


def parse_lsub(arguments: bytes) -> List:
    """Read the arguments of LSUB."""
    reader = Arguments(arguments)
    reference = reader.expect_mailbox()
    reader.expect_space()
    pattern = reader.expect_list_mailbox()
    reader.expect_end()
    return List(reference, (pattern,))


def _expect_selections(reader: Arguments) -> frozenset[str]:
    if reader.try_token(b"()"):
        return frozenset()
    select = frozenset(reader.expect_list(reader.expect_word, 2 * len(_SELECTIONS)))
    if select - _SELECTIONS:
        raise CommandRefused("Unknown LIST selection option")
    # RFC 5258 section 3.1: RECURSIVEMATCH needs an option that is not REMOTE to recur on.
    if "RECURSIVEMATCH" in select and not select & {"SUBSCRIBED", "SPECIAL-USE"}:
        raise CommandRefused("RECURSIVEMATCH needs another selection option")
    return select


def _expect_returns(reader: Arguments) -> tuple[frozenset[str], tuple[StatusItem, ...]]:
    if reader.expect_word() != "RETURN":
        raise CommandRefused("Expected RETURN")
    reader.expect_space()
    status: list[StatusItem] = []
    if reader.try_token(b"()"):
        return frozenset(), ()
    returns = frozenset(reader.expect_list(lambda: _expect_return(reader, status), 2 * len(_RETURNS)))
    return returns - {"STATUS"}, tuple(dict.fromkeys(status))


def _expect_return(reader: Arguments, status: list[StatusItem]) -> str:
    option = reader.expect_word()
    if option == "STATUS":
        reader.expect_space()
        status.extend(expect_status_items(reader))
    elif option not in _RETURNS:
        raise CommandRefused("Unknown LIST return option")
    return option
