"""Objects of the model: what a handle, a script's variable or a Python name stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from postroom.model.description import Description, described

if TYPE_CHECKING:
    from typing import Self

    from postroom.model.caller import Context
    from postroom.model.house import House


class Object:
    """An object of the model in the hands of a caller.

    A subclass with an `iid` is a class of the model. `standalone` objects were made by CreateObject: inert (3.15), unless their class is `alone`.
    """

    __slots__ = ("context", "standalone")
    description: ClassVar[Description]
    alone: ClassVar[bool] = False
    """Whether it works when it was made alone, without any login."""

    def __init_subclass__(cls, *, iid: str = "", clsid: str = "", **kwargs: Any) -> None:
        """Describe a class of the model."""
        super().__init_subclass__(**kwargs)
        if iid:
            cls.description = described(cls, iid, clsid)

    def __init__(self, context: Context, *, standalone: bool = False) -> None:
        self.context = context
        self.standalone = standalone

    @classmethod
    def create(cls, context: Context) -> Self:
        """Make one alone, as CreateObject does."""
        return cls(context, standalone=True)

    @classmethod
    async def reach(cls, context: Context, _parent: Object) -> Self:
        """Make the one that a parent's property gives."""
        return cls(context)

    @property
    def house(self) -> House:
        """The house that it works on."""
        return self.context.house
