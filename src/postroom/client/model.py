"""The names of the classes for annotations: their types stand in model.pyi, at run time all of them are one class.

from postroom.client.model import Domain
"""

from __future__ import annotations

from postroom.client.objects import Object


def __getattr__(name: str) -> type[Object]:
    if name.startswith("_"):
        raise AttributeError(name)
    return Object
