"""What a call of the object model may end with: a COM error with its HRESULT, source and text (object-model-behaviour 1.2 to 1.4)."""

from __future__ import annotations

from typing import Final

from postroom.errors import PostroomError

SOURCE: Final = "hMailServer COM library"

FAILED: Final = 0x800403E9
BAD_INDEX: Final = 0x8002000B
UNKNOWN_NAME: Final = 0x80020006
BAD_PARAMETER_COUNT: Final = 0x8002000E
TYPE_MISMATCH: Final = 0x80020005
OVERFLOW: Final = 0x8002000A
UNKNOWN_CLASS: Final = 0x800401F3
OUT_OF_MEMORY: Final = 0x8007000E
DISCONNECTED: Final = 0x80010108

SEE_LOG: Final = "The operation failed. Please check the hMailServer log for details."


class ComError(PostroomError):
    """A call that failed: `hresult` as an unsigned number, the text that the caller is shown, and the source it names."""

    hresult: int = FAILED

    def __init__(self, text: str, hresult: int | None = None) -> None:
        super().__init__(text or SEE_LOG)
        if hresult is not None:
            self.hresult = hresult
        self.source = SOURCE


class Failed(ComError):
    """The server's own refusal, with its reason: a validation of Save, a thing that can't be done."""


class Taken(Failed):
    """Something of the same name is there already."""


class Deferred(Failed):
    """Something that the server needs is out of order for now; the log says what. The caller may try again."""

    def __init__(self) -> None:
        super().__init__("")


class NotAvailableYet(Failed):
    """The member's machinery is not built yet; such members are listed in docs/reference/pending.md."""

    def __init__(self) -> None:
        super().__init__("Not available yet")


class AccessRefused(ComError):
    """The caller's level does not reach (1.3)."""

    def __init__(self) -> None:
        super().__init__(
            "You do not have access to this property / method. Ensure that hMailServer.Application.Authenticate() is called with proper "
            "login credentials."
        )


class BadIndex(ComError):
    """Nothing at this index, or by this name or id (1.4)."""

    hresult = BAD_INDEX

    def __init__(self) -> None:
        super().__init__("Invalid index.")


class UnknownMember(ComError):
    """The class has no member of this name."""

    hresult = UNKNOWN_NAME

    def __init__(self, name: str) -> None:
        super().__init__(f"Unknown name: {name[:100]}.")


class BadParameterCount(ComError):
    """Too many arguments or too few."""

    hresult = BAD_PARAMETER_COUNT

    def __init__(self, name: str, wanted: int, given: int) -> None:
        super().__init__(f"Invalid number of parameters: {name} takes {wanted}, not {given}.")


class TypeMismatch(ComError):
    """An argument that can't be taken for the type wanted."""

    hresult = TYPE_MISMATCH

    def __init__(self, wanted: str) -> None:
        super().__init__(f"Type mismatch: a value of type {wanted} was expected.")


class Overflowed(ComError):
    """A number too large for the type wanted."""

    hresult = OVERFLOW

    def __init__(self, wanted: str) -> None:
        super().__init__(f"Overflow: the number is too large for the type {wanted}.")


class UnknownClass(ComError):
    """There is no such ProgID."""

    hresult = UNKNOWN_CLASS

    def __init__(self, progid: str) -> None:
        super().__init__(f"Invalid class string: {progid[:100]}.")
