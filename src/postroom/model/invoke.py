"""The one gate to the model: coercion of arguments, the check of rights, then the member. No member checks rights by itself."""

from __future__ import annotations

import enum
import inspect
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from postroom.errors import PostroomError, Unavailable
from postroom.log import get_logger
from postroom.model.caller import Level
from postroom.model.collection import Collection
from postroom.model.description import CLASSES, Right, description_of
from postroom.model.errors import AccessRefused, BadParameterCount, ComError, Deferred, Failed, NotAvailableYet, TypeMismatch, UnknownMember
from postroom.model.object import Object
from postroom.model.variant import coerce

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from postroom.model.caller import Caller, Context
    from postroom.model.description import Description, Member, Parameter

PLAIN: Final = frozenset({str, int, bool})
Found = TypeVar("Found")
log = get_logger("model")


class How(enum.Enum):
    """What a caller does with a member."""

    GET = enum.auto()
    """Read a property; a method of the name without parameters is called instead."""
    PUT = enum.auto()
    """Write a property: the last argument is the value."""
    CALL = enum.auto()
    """Call a method."""
    ANY = enum.auto()
    """Call a method if there is one, else read a property, as late binding does (DISPATCH_METHOD | DISPATCH_PROPERTYGET)."""


class Answer(NamedTuple):
    """What a call gives: its value, and the out-parameters by name."""

    value: Any = None
    outs: dict[str, Any] | None = None


async def invoke(caller: Caller, target: Object, name: str, arguments: Sequence[Any] = (), how: How = How.ANY) -> Answer:
    """Call a member for a caller; raises ComError. What else goes wrong inside is logged and told as hMailServer tells it (1.2)."""
    try:
        member = target.description.member(name)
        if member.at_once and not arguments and (how is How.GET or how is How.ANY):
            return Answer(await _settled(read_at_once(caller, target, member)))
        if how is How.PUT:
            return await _put(caller, target, member, arguments)
        if member.is_method:
            return await _call(caller, target, member, arguments)
        if how is How.CALL:
            raise UnknownMember(name)
        return await _get(caller, target, member, arguments)
    except ComError:
        raise
    except Unavailable as error:
        log.warning("call-deferred", member=f"{target.description.name}.{name[:100]}", cause=str(error))
        raise Deferred from None
    except PostroomError as error:  # what the object stood for is gone, or was changed meanwhile
        raise Failed(str(error)) from None
    except Exception as error:
        log.exception("unhandled-exception", member=f"{target.description.name}.{name[:100]}")
        raise ComError("An error occurred processing the request.") from error


def read_at_once(caller: Caller, target: Object, member: Member) -> Any:
    """Read a property that is `Member.at_once`: what `invoke` answers, without a wait. Raises whatever the member raises, and ComError."""
    assert member.get is not None
    _check(caller, target, member, member.read, member.rule, ())
    return member.get(target)


def not_yet(value: Any) -> bool:
    """Tell whether what was read at once has to be waited for nevertheless, and don't."""
    if inspect.iscoroutine(value):
        value.close()
        return True
    return inspect.isawaitable(value)


@cache
def open_members(description: Description, level: int) -> frozenset[str]:
    """Name, in lower case, the plain properties that are open to each trusted caller of a level on an object that another handed out."""
    plain = {name: one for name, one in description.members.items() if one.at_once and one.rule is None}
    return frozenset(name for name, one in plain.items() if level >= _least(one.read))


def may_read(caller: Caller, target: Object, member: Member) -> bool:
    """Tell whether a caller may read a property without indexes, without reading it."""
    try:
        _check(caller, target, member, member.read, member.rule, ())
    except ComError:
        return False
    return True


async def seek(caller: Caller, target: Object, member: Member, key: str | None) -> Object | None:
    """Reach the collection that a property gives, with no more in it than the item of a key, where its class can find one without reading all.

    Without a key nothing is in it, for one whose class can read a part. None where that can't be. Raises ComError.
    """
    made = CLASSES[member.type.removeprefix("object:")].made
    if not issubclass(made, Collection) or (made.part is Collection.part if key is None else made.seek is Collection.seek):
        return None
    _check(caller, target, member, member.read, member.rule, ())
    collection = made(target.context, target)
    if key is not None:
        collection.items = list(await reading(collection.seek(key)))
    return collection


async def reading(found: Awaitable[Found]) -> Found:
    """Read something of a collection; what is out of order for now is told as such."""
    try:
        return await found
    except Unavailable as error:
        log.warning("call-deferred", member="collection", cause=str(error))
        raise Deferred from None


def create(context: Context, progid: str) -> Object:
    """Make an object alone by its ProgID; raises UnknownClass."""
    return description_of(progid).made.create(context)


async def _get(caller: Caller, target: Object, member: Member, arguments: Sequence[Any]) -> Answer:
    if member.get is None:
        raise UnknownMember(member.name)
    if arguments and not member.parameters and member.type.startswith("object:"):
        inner = (await _get(caller, target, member, ())).value  # app.Domains(0) is app.Domains.Item(0)
        if not isinstance(inner, Object):
            raise TypeMismatch("object")
        return await invoke(caller, inner, "", arguments, How.GET)
    taken = _taken(member, member.parameters, arguments)
    _check(caller, target, member, member.read, member.rule, taken)
    return Answer(await _settled(member.get(target, *taken)))


async def _put(caller: Caller, target: Object, member: Member, arguments: Sequence[Any]) -> Answer:
    if member.put is None or member.write is None:
        raise UnknownMember(member.name)
    if not arguments:
        raise BadParameterCount(member.name, len(member.parameters) + 1, 0)
    taken = (*_taken(member, member.parameters, arguments[:-1]), coerce(arguments[-1], member.type))
    _check(caller, target, member, member.write, member.write_rule, taken)
    await _settled(member.put(target, *taken))
    return Answer()


async def _call(caller: Caller, target: Object, member: Member, arguments: Sequence[Any]) -> Answer:
    assert member.call is not None
    taken = _taken(member, [one for one in member.parameters if not one.out], arguments)
    try:
        _check(caller, target, member, member.read, member.rule, taken)
    except AccessRefused:
        if member.refused is None or target.standalone:
            raise
        if member.refused:
            raise Failed(member.refused) from None
        return Answer()
    if member.pending:
        raise NotAvailableYet
    value = await _settled(member.call(target, *taken))
    if not member.outs:
        return Answer(value)
    value, *outs = value
    return Answer(value, dict(zip(member.outs, outs, strict=True)))


def _taken(member: Member, parameters: Sequence[Parameter], arguments: Sequence[Any]) -> tuple[Any, ...]:
    if len(arguments) != len(parameters):
        raise BadParameterCount(member.name, len(parameters), len(arguments))
    return tuple(coerce(value, one.type) for one, value in zip(parameters, arguments, strict=True))


def _check(caller: Caller, target: Object, member: Member, right: Right, rule: Any, arguments: tuple[Any, ...]) -> None:
    """Refuse a caller whose level does not reach: the only place where rights are judged."""
    if target.standalone and not target.alone:
        raise AccessRefused
    guarded = member.logged_in or (target.standalone and target.description.name != "Application" and right is not Right.NONE)
    if guarded and not caller.trusted and not caller.logged_in:
        raise AccessRefused  # made for callers on the same machine: nobody on the network composes mail or runs SQL without a login
    level = target.context.login.level
    if not (rule(target, arguments) if rule is not None else level >= _least(right)):
        raise AccessRefused


@cache
def _least(right: Right) -> Level:
    """Give the level that a right asks for at least."""
    if Right.SERVER in right:
        return Level.SERVER
    if Right.DOMAIN in right:
        return Level.DOMAIN
    return Level.USER if Right.AUTHENTICATED in right else Level.NOBODY


async def _settled(value: Any) -> Any:
    return value if type(value) in PLAIN or not inspect.isawaitable(value) else await value
