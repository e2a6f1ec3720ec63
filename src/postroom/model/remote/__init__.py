"""The object model over a wire: the remote object protocol, from the bytes of a request to the bytes of its answer, whatever carries them."""

from __future__ import annotations

from postroom.model.remote.protocol import Remote
from postroom.model.remote.session import Bounds

__all__ = ["Bounds", "Remote"]
