"""CDO.Message: mail that scripts compose, written into a message of this server and queued by it."""

from collections.abc import Iterator, Mapping
from email.utils import getaddresses
from typing import Any, ClassVar, Final

from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, Object, Value
from postroom.scripting.helpers.component import Component, assignment, member, stored
from postroom.scripting.helpers.desk import Desk

_TEXTS: Final = ("bcc", "cc", "from_", "html_body", "reply_to", "sender", "subject", "text_body", "to")
_HEADERS: Final = {"urn:schemas:mailheader", "urn:schemas:httpmail"}


class Fields(Component):
    """Named values: header fields of a message, or what a Configuration says."""

    __slots__ = ("_values",)

    type_name = "Fields"

    def __init__(self) -> None:
        self._values: dict[str, Field] = {}

    @member(default=True)
    def item(self, name: str) -> Object:
        """Give the field of a name; it is made at first use."""
        return self._values.setdefault(name.lower(), Field(name))

    @member()
    def update(self) -> None:
        """Keep what was assigned; it is kept already."""

    @member()
    def count(self) -> int:
        """How many there are."""
        return len(self._values)

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return iter(list(self._values.values()))

    def named(self) -> dict[str, Value]:
        """Give all by their names."""
        return {field.name: field.content for field in self._values.values()}


class Field(Component):
    """A named value."""

    __slots__ = ("content", "name")

    type_name = "Field"
    FACTS: ClassVar[tuple[str, ...]] = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name
        self.content: Value = EMPTY

    @member(default=True)
    def value(self) -> Value:
        """The value."""
        return self.content

    @assignment(default=True)
    def put_value(self, value: Value) -> None:
        """Set the value."""
        self.content = stored(value)


class Configuration(Component):
    """How mail would be sent; here this server sends it, whatever is said."""

    __slots__ = ("_fields",)

    type_name = "IConfiguration"

    def __init__(self) -> None:
        self._fields = Fields()

    @member(default=True)
    def fields(self) -> Object:
        """What is said: server, port, user ..."""
        return self._fields

    @member()
    def load(self, _source: Value = MISSING, _url: Value = MISSING) -> None:
        """Do nothing: there is one way to send."""


class Message(Component):
    """A message that is composed; Send queues it."""

    __slots__ = (
        "_attachments",
        "_configuration",
        "_desk",
        "_fields",
        "bcc",
        "cc",
        "from_",
        "html_body",
        "reply_to",
        "sender",
        "subject",
        "text_body",
        "to",
    )

    type_name = "IMessage"
    VARIABLES: ClassVar[Mapping[str, type]] = dict.fromkeys(_TEXTS, str)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._attachments: list[str] = []
        self._configuration: Value = Configuration()
        self._fields = Fields()
        self.bcc = self.cc = self.from_ = self.html_body = self.reply_to = self.sender = self.subject = self.text_body = self.to = ""

    @member()
    def configuration(self) -> Value:
        """How it would be sent."""
        return self._configuration

    @assignment()
    def put_configuration(self, configuration: Value) -> None:
        """Take another configuration."""
        self._configuration = configuration

    @member()
    def fields(self) -> Object:
        """Header fields by `urn:schemas:mailheader:name`."""
        return self._fields

    @member()
    def add_attachment(self, path: str, _user: Value = MISSING, _password: Value = MISSING) -> Value:
        """Attach a file of the folders that scripts may see; raises 53, 70, 76."""
        place = self._desk.paths.find(path.removeprefix("file://"))
        if not place.is_file:
            raise VBScriptError(53)
        self._attachments.append(str(place.existing()))
        return NOTHING

    @member()
    def send(self) -> None:
        """Queue it; raises what hMailServer.Message raises."""
        message = self._desk.compose()
        for name, text in (("from", self.from_ or self.sender), ("subject", self.subject), ("body", self.text_body), ("htmlbody", self.html_body)):
            if text:
                message.put(name, [], text, by_set=False)
        sender = next(iter(addresses(self.sender or self.from_)), ("", ""))[1]
        message.put("fromaddress", [], sender, by_set=False)
        for name, address in addresses(f"{self.to},{self.cc},{self.bcc}"):
            message.call("addrecipient", [name, address])
        for name, text in self._headers():  # after the recipients, which all stand in To until then
            message.put("headervalue", [name], text, by_set=False)
        attachments: Any = message.get("attachments", []) if self._attachments else None
        for path in self._attachments:
            attachments.call("add", [path])
        message.call("save", [])

    def _headers(self) -> Iterator[tuple[str, str]]:
        """Give the header fields that the message has no property for. To and Cc are shown as they were written; Bcc is not."""
        yield "To", self.to or "undisclosed-recipients:;"
        yield from ((name, text) for name, text in (("CC", self.cc), ("Reply-To", self.reply_to)) if text)
        for name, value in self._fields.named().items():
            prefix, _, header = name.rpartition(":")
            if prefix.lower() in _HEADERS:
                yield header, to_text(value)


def addresses(text: str) -> list[tuple[str, str]]:
    """Read names and addresses; Outlook's semicolons part them too."""
    return [(name, address) for name, address in getaddresses([from_units(text).replace(";", ",")]) if address]
