"""Properties that are settings of the server: applied and stored at once when they are written, for there is no Save (8.19)."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.errors import DirectoryError
from postroom.directory.settings import DECLARED
from postroom.model import kinds
from postroom.model.audit import audit
from postroom.model.description import Member, Right
from postroom.model.enumerations import eConnectionSecurity
from postroom.model.errors import Failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.model.object import Object

KILOBYTE: Final = 1024
STORED_ONLY: Final[dict[str, str]] = {}
"""The settings that are stored and not acted on yet, with the reason."""

SECURITIES: Final = ("none", "tls", "starttls-optional", "starttls")
"""The words for eConnectionSecurity, by its numbers."""


def applied(
    kind: Any,
    dispid: int,
    of: str,
    text: str = "",
    right: Right = Right.PARENT,
    *,
    show: Callable[[Any], Any] = lambda value: value,
    take: Callable[[Any], Any] = lambda value: value,
    pending: str = "",
) -> Any:
    """Declare a property that is the setting `of`; `show` and `take` convert its value, its own sentence stands where no text is given."""
    value_of = attrgetter(of)

    def read(instance: Any) -> Any:
        return show(value_of(instance.house.settings))

    async def write(instance: Any, value: Any) -> None:
        await change(instance, of, take(value))

    if pending:
        STORED_ONLY[of] = pending
    text = text or DECLARED[of].text
    return Member(dispid, text, get=read, put=write, read=right, write=right, type=kinds.name_of(kind), pending=pending)


def in_kilobytes(kind: Any, dispid: int, of: str, text: str, right: Right = Right.PARENT, *, pending: str = "") -> Any:
    """Declare a property in kilobytes of a setting that is held in bytes."""
    return applied(kind, dispid, of, text, right, show=lambda size: size // KILOBYTE, take=lambda size: size * KILOBYTE, pending=pending)


def by_word(kind: Any, dispid: int, of: str, words: tuple[str, ...], right: Right = Right.PARENT, *, first: int = 0, pending: str = "") -> Any:
    """Declare a property of an enumeration whose numbers, from `first`, are words of the setting; others are refused."""

    def take(number: int) -> str:
        if not first <= number < first + len(words):
            raise Failed(f"The value is one of {first} to {first + len(words) - 1}.")
        return words[number - first]

    return applied(kind, dispid, of, "", right, show=lambda word: kind(words.index(word) + first), take=take, pending=pending)


def encrypted_how(dispid: int, of: str) -> Any:
    """Declare a property that tells how a connection is encrypted."""
    return by_word(eConnectionSecurity, dispid, of, SECURITIES)


async def change(target: Object, name: str, value: Any) -> None:
    """Store a setting, wait until every worker uses it, write it to the audit; a pinned one, or a value that won't do, raises Failed."""
    house, old = target.house, attrgetter(name)(target.house.settings)
    try:
        await house.directory.table.set(name, value)
    except DirectoryError as error:
        raise Failed(str(error)) from None
    await house.heard()
    audit(target, "changed", {name: (old, value)})
