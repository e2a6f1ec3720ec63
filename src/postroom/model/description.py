"""How a class of the model is described: its members with dispid, types, rights and text, once, in the class itself.

Clients, manual, REST, type library and the gate all read the same description; the reference's object-model.json is what a test
holds it against.
"""

from __future__ import annotations

import enum
import inspect
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, get_type_hints

from postroom.model import kinds
from postroom.model.errors import UnknownClass, UnknownMember

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.model.object import Object


class Right(enum.Flag):
    """What a caller needs for a member: the kinds of check that the reference names; a member with several has a `rule` that weighs them."""

    NONE = 0
    PARENT = 1
    """An object that was handed out by another, not made alone."""
    AUTHENTICATED = 2
    DOMAIN = 4
    """At least a domain administrator."""
    SERVER = 8
    """A server administrator."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a method or an index of a property: `type` as in object-model.json."""

    name: str
    type: str
    out: bool = False


@dataclass(slots=True)
class Member:
    """A property or a method. Made by `stored`, `getter` and `method`; name and types are filled in when its class is made.

    `pending` says what of it waits for a later issue ("" for nothing): then a property is stored only, a method raises NotAvailableYet.
    `logged_in`: over the network only for a session with a login. `refused`: what a caller hears whose level does not reach, where that is
    not the usual refusal: "" nothing at all, the call does nothing (1.5). `ignored`: what hMailServer accepts and ignores ("get", "put", "call").
    """

    dispid: int
    text: str
    get: Callable[..., Any] | None = None
    put: Callable[..., Any] | None = None
    call: Callable[..., Any] | None = None
    read: Right = Right.PARENT
    write: Right | None = None
    rule: Callable[[Any, tuple[Any, ...]], bool] | None = None
    write_rule: Callable[[Any, tuple[Any, ...]], bool] | None = None
    pending: str = ""
    logged_in: bool = False
    refused: str | None = None
    ignored: tuple[str, ...] = ()
    outs: tuple[str, ...] = ()
    name: str = ""
    type: str = ""
    parameters: tuple[Parameter, ...] = ()
    at_once: bool = False
    """Whether it is a property without indexes that is read without waiting, and gives a plain value."""

    @property
    def is_method(self) -> bool:
        """Whether it is a method."""
        return self.call is not None

    def __set_name__(self, owner: Any, name: str) -> None:
        self.name = self.name or name

    def __get__(self, instance: Any, owner: Any) -> Any:
        """Give the member itself for a class; for an object call the getter, or bind the method: inside the model no gate is asked."""
        if instance is None:
            return self
        if self.call is not None:
            return self.call.__get__(instance)
        assert self.get is not None
        return self.get(instance) if not self.parameters else self.get.__get__(instance)

    def __set__(self, instance: Any, value: Any) -> None:
        """Refuse: a value is written through the gate, or by the model's own words for it."""
        raise AttributeError(self.name)

    def setter(self, right: Right = Right.PARENT, rule: Callable[[Any, tuple[Any, ...]], bool] | None = None) -> Callable[[Callable[..., Any]], Any]:
        """Make the decorated function the writer of this property: it takes the index arguments, then the value."""

        def takes(function: Callable[..., Any]) -> Callable[..., Any]:
            self.put, self.write, self.write_rule = function, right, rule
            return function

        return takes


def stored(
    kind: Any,
    dispid: int,
    of: str,
    text: str,
    put: Right | None = Right.PARENT,
    get: Right = Right.PARENT,
    *,
    show: Callable[[Any], Any] = lambda value: value,
    take: Callable[[Any], Any] = lambda value: value,
    pending: str = "",
    ignored: tuple[str, ...] = (),
    rule: Callable[[Any, tuple[Any, ...]], bool] | None = None,
    write_rule: Callable[[Any, tuple[Any, ...]], bool] | None = None,
) -> Any:
    """Declare a property that is a field of the object's record: `of` names it (dotted for a part), `show` and `take` convert it.

    Writing it changes the object only; its Save stores it. `put=None` makes it read-only.
    """

    def read(instance: Any) -> Any:
        return show(instance.value(of))

    def write(instance: Any, value: Any) -> None:
        if "put" not in ignored:
            instance.change(of, take(value))

    return Member(
        dispid,
        text,
        get=read,
        put=write if put is not None else None,
        read=get,
        write=put,
        type=kinds.name_of(kind),
        pending=pending,
        ignored=ignored,
        rule=rule,
        write_rule=write_rule,
    )


def getter(
    dispid: int,
    text: str,
    right: Right = Right.PARENT,
    *,
    rule: Callable[[Any, tuple[Any, ...]], bool] | None = None,
    pending: str = "",
    logged_in: bool = False,
    ignored: tuple[str, ...] = (),
    gives: str = "",
) -> Callable[[Callable[..., Any]], Member]:
    """Declare a property by the function that reads it, async or not; its parameters are the property's indexes.

    `gives` names the class of the object that it gives, where the annotation can't (a property may have the name of its class).
    """
    kind = f"object:{gives}" if gives else ""

    def declared(function: Callable[..., Any]) -> Member:
        return Member(dispid, text, get=function, read=right, rule=rule, pending=pending, logged_in=logged_in, ignored=ignored, type=kind)

    return declared


def child(of: str, dispid: int, text: str, right: Right = Right.PARENT, *, rule: Callable[[Any, tuple[Any, ...]], bool] | None = None) -> Any:
    """Declare a property that gives another object of the tree, by its class's name: a collection is read anew each time (2.3)."""

    def reach(instance: Any) -> Any:
        return CLASSES[of].made.reach(instance.context, instance)

    return Member(dispid, text, get=reach, read=right, rule=rule, type=f"object:{of}")


def method(
    dispid: int,
    text: str,
    right: Right = Right.PARENT,
    *,
    rule: Callable[[Any, tuple[Any, ...]], bool] | None = None,
    pending: str = "",
    logged_in: bool = False,
    ignored: bool = False,
    outs: tuple[str, ...] = (),
    gives: str = "",
    refused: str | None = None,
) -> Callable[[Callable[..., Any]], Any]:
    """Declare a method by the function that does it, async or not.

    `outs` names its out-parameters, all strings; `gives` as in `getter`, `refused` as in `Member`. A function with out-parameters returns a
    tuple: the value, then each of them.
    """
    noop = ("call",) if ignored else ()
    kind = f"object:{gives}" if gives else ""

    def declared(function: Callable[..., Any]) -> Member:
        return Member(
            dispid,
            text,
            call=function,
            read=right,
            rule=rule,
            pending=pending,
            logged_in=logged_in,
            refused=refused,
            ignored=noop,
            outs=outs,
            type=kind,
        )

    return declared


class Description:
    """A class of the model as everybody sees it: its members, and its identifiers in COM."""

    def __init__(self, made: type[Object], iid: str, clsid: str) -> None:
        self.made = made
        self.name = made.__name__
        self.iid = iid
        self.clsid = clsid
        self.text = inspect.getdoc(made) or ""

    @property
    def progid(self) -> str:
        """The name by which COM makes it."""
        return f"hMailServer.{self.name}"

    @cached_property
    def members(self) -> dict[str, Member]:
        """The members by name in lower case, by dispid; the types of functions' parameters are read when they are first asked for."""
        found = {name: one for made in reversed(self.made.__mro__) for name, one in vars(made).items() if isinstance(one, Member)}
        for one in found.values():
            _read_annotations(one, self.made)
            plain = one.get is not None and not one.parameters and not one.type.startswith("object:")
            one.at_once = plain and not inspect.iscoroutinefunction(one.get)
        return {one.name.lower(): one for one in sorted(found.values(), key=attrgetter("dispid"))}

    @cached_property
    def default(self) -> Member | None:
        """The default member: the one with dispid 0 (1.11)."""
        return next((one for one in self.members.values() if one.dispid == 0), None)

    def outline(self) -> dict[str, Any]:
        """Tell what programs elsewhere need to know of the class: plain values, as com.describe gives them (remote-object-protocol section 3)."""
        members = {
            name: {
                "name": member.name,
                "get": member.get is not None,
                "put": member.put is not None,
                "call": member.is_method,
                "params": [{"name": given.name, "type": given.type, "out": given.out} for given in member.parameters],
                "type": member.type,
            }
            for name, member in self.members.items()
        }
        return {"class": self.name, "default": self.default.name if self.default else None, "members": members}

    def member(self, name: str) -> Member:
        """Find a member by its name, whatever its case (1.8); "" and "[default]" are the default member. Raises UnknownMember."""
        found = self.default if name in {"", "[default]"} else self.members.get(name.lower())
        if found is None:
            raise UnknownMember(name)
        return found


CLASSES: Final[dict[str, Description]] = {}
"""Every class of the model by name, in the order of their making."""


def described(made: type[Object], iid: str, clsid: str) -> Description:
    """Take a class into the model."""
    CLASSES[made.__name__] = Description(made, iid, clsid)
    return CLASSES[made.__name__]


def description_of(progid: str) -> Description:
    """Find a class by its ProgID: a missing `hMailServer.` and a `.1` behind it don't matter. Raises UnknownClass."""
    wanted = progid.lower().removeprefix("hmailserver.").removesuffix(".1")
    for name, found in CLASSES.items():
        if name.lower() == wanted:
            return found
    raise UnknownClass(progid)


def _read_annotations(member: Member, made: type[Object]) -> None:
    """Fill in what the function of a member says by its annotations: the types of its parameters and of what it gives."""
    if member.type == "object:":  # an item, of a member that all collections share
        member.type += made.of  # type: ignore[attr-defined]  # only collections have such
    function = member.call or member.get
    if member.parameters or not getattr(function, "__annotations__", None) or function is None:
        return
    names = {name: one.made for name, one in CLASSES.items()}
    hints = get_type_hints(function, localns={**vars(kinds), **names}, include_extras=True)
    member.type = member.type or kinds.name_of(hints.get("return"))
    taken = tuple(Parameter(name, kinds.name_of(hints[name])) for name in list(inspect.signature(function).parameters)[1:])
    member.parameters = taken + tuple(Parameter(name, "string", out=True) for name in member.outs)
