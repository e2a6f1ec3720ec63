"""The types of COM values as annotations of members: `Integer` is an int to Python and "integer" to the description.

Enumerations and classes of the model stand for themselves.
"""

from __future__ import annotations

import datetime as dt
import enum
import types
from typing import Annotated, Any, Union, get_args, get_origin

String = Annotated[str, "string"]
"""A BSTR."""
Integer = Annotated[int, "integer"]
"""A 32-bit signed number."""
Int64 = Annotated[int, "int64"]
"""A hyper: a 64-bit signed number."""
Boolean = Annotated[bool, "boolean"]
"""A VARIANT_BOOL."""
Float = Annotated[float, "float"]
"""A 32-bit floating point number."""
Date = Annotated[dt.datetime | None, "variant"]
"""A VARIANT that holds a DATE in the server's local time, or VT_EMPTY (None)."""


def name_of(annotation: Any) -> str:
    """Name a type as the reference does: string, integer, enum:eDBtype, object:Domain ...; "" for None."""
    if annotation is None or annotation is type(None):
        return ""
    if get_origin(annotation) is Annotated:
        return str(get_args(annotation)[1])
    if get_origin(annotation) in {Union, types.UnionType}:  # an object, or Nothing
        return next(name_of(one) for one in get_args(annotation) if one is not type(None))
    if get_origin(annotation) is tuple:  # the value, then out-parameters
        return name_of(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, enum.IntEnum):
        return f"enum:{annotation.__name__}"
    return f"object:{annotation.__name__}"
