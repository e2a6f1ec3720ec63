"""Rules at work: what a message must be like, and what is done with it then (object model section 11). Nothing here waits or touches a disk."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.delivery.generated import LIMIT_FIELD, Generated, answers, copied, counted, replied, with_field
from postroom.formats import headers
from postroom.formats.criteria import matches
from postroom.formats.editing import LARGEST, Draft
from postroom.formats.editing.draft import HTML, PLAIN
from postroom.formats.headers import HeaderError
from postroom.formats.words import decode_words

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from postroom.directory.accounts import Account
    from postroom.directory.rules import Action, Criterion
    from postroom.directory.standing import Standing
    from postroom.formats.address import Address

ORIGINAL: Final = "%MACRO_ORIGINAL_HEADER%"
COPY_FIELD: Final = "X-CopyRule"


class Do(enum.IntEnum):
    """What an action does, by hMailServer's numbers."""

    DELETE = 1
    FORWARD = 2
    REPLY = 3
    MOVE = 4
    CALL = 5
    STOP = 6
    SET_FIELD = 7
    ROUTE = 8
    COPY = 9
    BIND = 10


class Scope(NamedTuple):
    """What rules know besides the message; `account` is whose rules they are, None for the server's. `recipients` are those of the envelope.

    `limit` is how often mail may be passed on by itself, `rewrite` that what an account forwards has the account as sender.
    """

    sender: Address | None
    account: Account | None
    recipients: tuple[str, ...]
    limit: int
    rewrite: bool
    hostname: str
    now: int


class Reading:
    """A message as criteria read it, each piece when it is asked for."""

    def __init__(self, content: bytes, scope: Scope) -> None:
        self.content = content
        self._scope = scope

    @cached_property
    def header(self) -> bytes:
        """The header, its empty line included."""
        return self.content[: headers.header_end(self.content)]

    def field(self, name: str) -> str:
        """Give the first field of a name, decoded; "" without one."""
        value = headers.find(self.header, name) if name else None
        return "" if value is None else decode_words(value)

    @cached_property
    def body(self) -> str:
        """Plain text and HTML text, joined; of a message over 80 MB nothing is read."""
        if len(self.content) > LARGEST:
            return ""
        draft = Draft(self.content)
        return draft.text(PLAIN) + draft.text(HTML)

    def value(self, criterion: Criterion) -> str:
        """Give what a criterion looks at (11.3)."""
        if not criterion.predefined:
            return self.field(criterion.header)
        look = _FIELDS.get(criterion.field)
        return "" if look is None else look(self)

    @property
    def recipients(self) -> str:
        """The envelope's recipients."""
        return ";".join(self._scope.recipients)


_FIELDS: Final[Mapping[int, Callable[[Reading], str]]] = {
    1: lambda reading: reading.field("From"),
    2: lambda reading: reading.field("To"),
    3: lambda reading: reading.field("Cc"),
    4: lambda reading: reading.field("Subject"),
    5: lambda reading: reading.body,
    6: lambda reading: str(len(reading.content)),
    7: lambda reading: reading.recipients,
    8: lambda _: "1",  # rules run once, before a message is acknowledged
}


@dataclass(slots=True)
class Decision:
    """What rules want: the message changed, deleted, elsewhere, or further messages of it. `folder` is a path as it was written in the rule."""

    content: bytes
    deleted: bool = False
    folder: str = ""
    route_id: int = 0
    bind: str = ""
    generated: list[Generated] = field(default_factory=list)
    applied: list[str] = field(default_factory=list)
    """The names of the rules whose criteria were met."""


class Function(NamedTuple):
    """A function of the event scripts that a rule calls, and the message as it is then."""

    name: str
    content: bytes


def run(rules: Sequence[Standing], content: bytes, scope: Scope) -> Generator[Function, bytes, Decision]:
    """Let rules look at a message, in their order (11.2); asks for the functions that they call, and is sent the message that those leave."""
    decision = Decision(content)
    reading = Reading(content, scope)
    for standing in rules:
        if not met(standing, reading):
            continue
        decision.applied.append(standing.rule.name)
        for action in standing.actions:
            if action.type == Do.CALL:
                decision.content = yield Function(action.script_function, decision.content)
            elif not _act(action, standing, decision, scope):
                return decision
        if decision.content is not reading.content:
            reading = Reading(decision.content, scope)
    return decision


def advance(steps: Generator[Function, bytes, Decision], content: bytes | None = None) -> Function | Decision:
    """Let rules go on, with what a function has left, to the next function or to the end."""
    try:
        return next(steps) if content is None else steps.send(content)
    except StopIteration as end:
        decision: Decision = end.value
        return decision


def met(standing: Standing, reading: Reading) -> bool:
    """Tell whether a message meets a rule: all of its criteria, or the first that fits; a rule without criteria never acts."""
    fits = (matches(reading.value(one), one.match, one.value) for one in standing.criteria)
    return bool(standing.criteria) and (all(fits) if standing.rule.every else any(fits))


def _act(action: Action, standing: Standing, decision: Decision, scope: Scope) -> bool:
    """Take an action; False when no further rule is to be looked at."""
    match action.type:
        case Do.DELETE:
            decision.deleted = True
        case Do.FORWARD:
            _forward(action, decision, scope)
        case Do.REPLY:
            _reply(action, decision, scope)
        case Do.MOVE:
            decision.folder = action.folder
        case Do.SET_FIELD:
            decision.content = _with_field(action, decision.content)
        case Do.COPY:
            _copy(standing, decision, scope)
        case Do.ROUTE if scope.account is None:
            decision.route_id = action.route_id
        case Do.BIND if scope.account is None:
            decision.bind = action.value
        case Do.STOP:
            return False
    return True


def _forward(action: Action, decision: Decision, scope: Scope) -> None:
    content = counted(decision.content, scope.limit)
    if content is None or not action.recipient:
        return
    rewritten = scope.account.address if scope.account is not None and scope.rewrite else scope.sender
    decision.generated.append(Generated("forward", content, str(rewritten or ""), (action.recipient,)))


def _reply(action: Action, decision: Decision, scope: Scope) -> None:
    if scope.sender is None or not answers(decision.content, scope.limit):
        return
    made = replied(action, decision.content, scope.sender, scope.hostname, scope.now)
    if made is not None:
        sender = "" if scope.account is None else str(scope.account.address)
        decision.generated.append(Generated("reply", made, sender, (str(scope.sender),)))


def _copy(standing: Standing, decision: Decision, scope: Scope) -> None:
    content = copied(decision.content, scope.limit, COPY_FIELD, standing.rule.name)
    recipients = scope.recipients if scope.account is None else (str(scope.account.address),)
    if content is not None:
        decision.generated.append(Generated("copy", content, str(scope.sender or ""), recipients))


def _with_field(action: Action, content: bytes) -> bytes:
    """Set a field; one that can't be (a name that is none, a line end) leaves the message as it is."""
    if action.header.lower() == LIMIT_FIELD.lower():  # it keeps mail from going round
        return content
    value = action.value
    if ORIGINAL in value:
        old = headers.find(content[: headers.header_end(content)], action.header) or b""
        value = value.replace(ORIGINAL, old.decode("utf-8", "replace"))
    try:
        return with_field(content, action.header, value)
    except HeaderError:
        return content
