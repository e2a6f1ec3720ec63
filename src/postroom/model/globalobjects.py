"""GlobalObjects: what belongs to the whole server and is no setting."""

from __future__ import annotations

from postroom.model.description import Right, child
from postroom.model.object import Object


class GlobalObjects(Object, iid="F0FE3307-66D9-480D-B1B5-3AF6CD3C0C8A", clsid="D8CC854E-F6F6-402C-ADF7-73F4569B9F8B"):
    """The queue and the languages."""

    __slots__ = ()

    DeliveryQueue = child("DeliveryQueue", 1, "The mail that waits to be sent.", Right.SERVER)
    Languages = child("Languages", 2, "The languages of administration programs.")
