"""What the server was asked, what it acknowledged, and what of that must therefore be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

Stream = tuple[int, int, int]
"""A connection: the server's port, the client's, and which of the connections between these two (from 0)."""

DELETED: Final = "\\Deleted"
MOST_ALTERNATIVES: Final = 64


class Verb(Enum):
    """What was asked."""

    DELIVER = "deliver"
    APPEND = "append"
    COPY = "copy"
    MOVE = "move"
    STORE = "store"
    EXPUNGE = "expunge"


class Answer(Enum):
    """What the client read: DONE is a promise, REFUSED a 4xx, 5xx, NO or BAD; NONE, that the connection ended before."""

    NONE = 0
    DONE = 1
    REFUSED = 2


class Fate(Enum):
    """What must have become of a request: carried out, either of the two, or not carried out."""

    DONE = 1
    MAYBE = 2
    NOT = 3


@dataclass(slots=True, eq=False)
class Request:
    """One thing asked: DELIVER of one token to several accounts, or a command of an account's only IMAP client.

    `offset` counts the bytes that the client had read of its stream when the answer was complete.
    """

    verb: Verb
    accounts: tuple[str, ...]
    tokens: tuple[str, ...]
    stream: Stream
    folder: str = "INBOX"
    target: str = ""
    flags: frozenset[str] = frozenset()
    add: bool = True
    answer: Answer = Answer.NONE
    offset: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A client has read that this uid is this message: from now on it is no other."""

    account: str
    folder: str
    validity: int
    uid: int
    token: str
    stream: Stream
    offset: int


@dataclass(frozen=True, slots=True)
class Held:
    """A message in a folder: its flags, and whether it must be there (else it may be)."""

    flags: frozenset[str]
    needed: bool = True


Mailbox = dict[str, dict[str, Held]]
"""An account's folders, each with its messages by token."""


@dataclass(slots=True)
class Ledger:
    """The requests of one round in the order in which they were sent, on top of what was found before."""

    settled: dict[str, Mailbox] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)

    def ask(self, request: Request) -> Request:
        """Write a request down before its last byte is sent."""
        self.requests.append(request)
        return request

    def counts(self) -> dict[Answer, int]:
        """Count the requests by their answers."""
        return {answer: sum(request.answer is answer for request in self.requests) for answer in Answer}

    def fates(self, answered: Callable[[Request], bool], refused: Fate = Fate.NOT, *, rolled_back: bool = False) -> dict[Request, Fate]:
        """Tell what must have become of every request, by which of them were answered before the end.

        `refused` is the fate of the refused; with `rolled_back` only of the last of an account's reader: the write-ahead log goes on where
        a refused commit stood, so the next one that is acknowledged has overwritten it.

        A client waits for an answer before it asks again: what an account's reader asked after a request whose answer came too late, it had
        not asked yet. A request without any answer doesn't say so: its client may have connected anew.
        """
        fates: dict[Request, Fate] = {}
        over: set[str] = set()
        undone = self._followed(answered) if rolled_back else set()
        for request in self.requests:
            if request in undone:
                fates[request] = Fate.NOT
            elif request.answer is not Answer.NONE and answered(request):
                fates[request] = Fate.DONE if request.answer is Answer.DONE else refused
            elif request.verb is Verb.DELIVER:
                fates[request] = Fate.MAYBE
            else:
                fates[request] = Fate.NOT if request.accounts[0] in over else Fate.MAYBE
                if request.answer is not Answer.NONE:
                    over.add(request.accounts[0])
        return fates

    def _followed(self, answered: Callable[[Request], bool]) -> set[Request]:
        """Find the refused requests of readers that asked something later that was acknowledged."""
        found: set[Request] = set()
        followed: set[str] = set()
        for request in reversed(self.requests):
            if request.verb is Verb.DELIVER:
                continue
            if request.answer is Answer.DONE and answered(request):
                followed.add(request.accounts[0])
            elif request.answer is Answer.REFUSED and request.accounts[0] in followed:
                found.add(request)
        return found

    def expect(self, fates: dict[Request, Fate]) -> dict[str, list[Mailbox]]:
        """Tell for each account the mailboxes of which one must be found; more than 64 are cut to 64."""
        expected = {account: [_copy(mailbox)] for account, mailbox in self.settled.items()}
        for request in self.requests:
            outcome = fates[request]
            if outcome is Fate.NOT:
                continue
            for account in request.accounts:
                expected[account] = _carry_out(expected.get(account, [{}]), request, outcome)
        return expected


def _copy(mailbox: Mailbox) -> Mailbox:
    return {folder: dict(messages) for folder, messages in mailbox.items()}


def _carry_out(alternatives: list[Mailbox], request: Request, outcome: Fate) -> list[Mailbox]:
    if request.verb is Verb.DELIVER:
        for mailbox in alternatives:
            mailbox.setdefault("INBOX", {}).setdefault(request.tokens[0], Held(frozenset(), needed=outcome is Fate.DONE))
        return alternatives
    untouched = [_copy(mailbox) for mailbox in alternatives] if outcome is Fate.MAYBE else []
    for mailbox in alternatives:
        _STEPS[request.verb](mailbox, request)
    return (alternatives + [mailbox for mailbox in untouched if mailbox not in alternatives])[:MOST_ALTERNATIVES]


def _append(mailbox: Mailbox, request: Request) -> None:
    mailbox.setdefault(request.folder, {})[request.tokens[0]] = Held(request.flags)


def _copy_messages(mailbox: Mailbox, request: Request) -> None:
    source = mailbox.setdefault(request.folder, {})
    for token in request.tokens:
        source[token] = Held(source[token].flags if token in source else frozenset())
        mailbox.setdefault(request.target, {})[token] = source[token]


def _move(mailbox: Mailbox, request: Request) -> None:
    _copy_messages(mailbox, request)
    for token in request.tokens:
        del mailbox[request.folder][token]


def _store(mailbox: Mailbox, request: Request) -> None:
    messages = mailbox.setdefault(request.folder, {})
    for token in request.tokens:
        flags = messages[token].flags if token in messages else frozenset()
        messages[token] = Held(flags | request.flags if request.add else flags - request.flags)


def _expunge(mailbox: Mailbox, request: Request) -> None:
    messages = mailbox.setdefault(request.folder, {})
    for token in [token for token, held in messages.items() if DELETED in held.flags]:
        del messages[token]


_STEPS: Final[dict[Verb, Callable[[Mailbox, Request], None]]] = {
    Verb.APPEND: _append,
    Verb.COPY: _copy_messages,
    Verb.MOVE: _move,
    Verb.STORE: _store,
    Verb.EXPUNGE: _expunge,
}
