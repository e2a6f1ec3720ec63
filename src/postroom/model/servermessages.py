"""Server messages: the texts that the server writes to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from postroom.directory import servermessages as directory
from postroom.model.collection import RecordCollection, by_id, by_key, count, item, refresh
from postroom.model.description import stored
from postroom.model.kinds import String
from postroom.model.row import LONGEST_TEXT, RecordRow, identity, saves

if TYPE_CHECKING:
    from collections.abc import Mapping

PENDING: Final = "reports of failures are written in these words in hMailServer's mode; virus and attachment notices come with the filters"


class ServerMessages(RecordCollection, iid="0E90D7D8-0144-4021-9240-8CB9CC6F7628", clsid="379F1428-A4C9-4D43-9745-AEABF8950755"):
    """The texts of the server: there are always the same ones."""

    __slots__ = ()
    of = "ServerMessage"
    kind = directory.ServerMessage

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(2)
    ItemByName = by_key(3, "The text of a name.", "sName")
    Refresh = refresh(4)


class ServerMessage(RecordRow, iid="6F7C0387-1AC5-466B-9068-67D659D57A86", clsid="561076C6-9174-43D3-B889-CFCC42E3AE5E"):
    """A text of the server."""

    __slots__ = ()
    widths: ClassVar[Mapping[str, int]] = {"name": 255, "text": LONGEST_TEXT}

    ID = identity(1)
    Name = stored(String, 2, "name", "The name under which the server knows the text.")
    Text = stored(String, 4, "text", "The text; words such as %MACRO_SUBJECT% are filled in.", pending=PENDING)
    Save = saves(3)
