"""What the tree is as REST: which members of a class are properties, links, actions, and the places at which its objects stand.

`/api/domains/example.test/accounts/alice@example.test`: names of members, whatever their case, and keys or ids of items by turns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from postroom.model.row import Row
from postroom.model.tree import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.model.description import Description, Member

ROOT: Final = "/api"
VERBS: Final = frozenset({"add", "save", "delete", "refresh", "deletebydbid", "authenticate"})
"""Methods that HTTP's own do, or its Authorization field."""
ASKED: Final = frozenset({("Message", "filename"), ("Logging", "livelog")})
"""Properties whose reading does something (a file is made, lines are taken out): they are given only to who names them."""
CREATED: Final = ("Message", "FetchAccount")
"""Classes whose objects are made without a parent: POST /api/message composes and sends."""


def class_of(member: Member) -> Description:
    """Give the class of the object that a member gives."""
    return CLASSES[member.type.removeprefix("object:")]


def is_collection(one: Description) -> bool:
    """Tell whether a class is a collection: it has Item."""
    return "item" in one.members


def items_of(one: Description) -> Description:
    """Give the class of a collection's items."""
    return class_of(one.members["item"])


def key_of(one: Description) -> Member | None:
    """Give the member that finds a collection's item by its name, if there is one."""
    return next((member for name, member in one.members.items() if name.startswith("itemby") and name != "itembydbid"), None)


def properties(one: Description) -> list[Member]:
    """List the plain properties of an object; secrets too."""
    return [member for member in one.members.values() if member.get is not None and not member.parameters and not _gives_object(member)]


def readable(one: Description) -> list[Member]:
    """List the plain properties that an answer has: a secret is only written."""
    return [member for member in properties(one) if not is_secret(one, member)]


def is_secret(one: Description, member: Member) -> bool:
    """Tell whether a property is a secret: a password, or its hash."""
    return issubclass(one.made, Row) and member.name.lower() in one.made.secrets


def indexed(one: Description) -> list[Member]:
    """List the properties with an index."""
    return [member for member in one.members.values() if member.get is not None and member.parameters and not _finds(member)]


def children(one: Description) -> list[Member]:
    """List the properties that give another object."""
    return [member for member in one.members.values() if member.get is not None and not member.parameters and _gives_object(member)]


def actions(one: Description) -> list[Member]:
    """List the methods that are called by POST."""
    return [member for name, member in one.members.items() if member.is_method and name not in VERBS]


def plain(name: str) -> str:
    """Take the prefix off a parameter's name: sFilename is Filename."""
    bare = name.lstrip("abcdefghijklmnopqrstuvwxyz")
    return bare or name


def _gives_object(member: Member) -> bool:
    return member.type.startswith("object:")


def _finds(member: Member) -> bool:
    return member.name.lower().startswith("item") and _gives_object(member)


@dataclass(frozen=True, slots=True)
class Place:
    """Where objects of a class stand: a path with `{names}` for keys, and the collection that they are items of, if they are."""

    path: str
    of: Description
    collection: Description | None = None

    @property
    def keys(self) -> list[str]:
        """The names of the keys in the path."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]


def places() -> Iterator[Place]:
    """List all places, each class once on every way: folders in folders and the like go on as their first level does."""
    yield from _below(Place(ROOT, CLASSES["Application"]), ())
    for name in CREATED:
        yield Place(f"{ROOT}/{name.lower()}", CLASSES[name])


def _below(place: Place, way: tuple[Description, ...]) -> Iterator[Place]:
    yield place
    way = (*way, place.of)
    if is_collection(place.of):
        item = items_of(place.of)
        if item not in way:
            yield from _below(Place(f"{place.path}/{{{item.name.lower()}}}", item, place.of), way)
        return
    for member in children(place.of):
        of = class_of(member)
        below = Place(f"{place.path}/{member.name.lower()}", of)
        if issubclass(of.made, Row):  # somebody else's item, which has its own place
            yield below
        elif of not in way:
            yield from _below(below, way)
    for member in indexed(place.of):
        if _gives_object(member):
            yield Place(f"{place.path}/{member.name.lower()}/{{{member.name.lower()}}}", class_of(member))
