"""What a message is made of, piece by piece: header fields, attached files, recipients (7.5, 7.9, 7.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.editing import LARGEST
from postroom.formats.editing.draft import content_of
from postroom.formats.headers import HeaderError, unfold
from postroom.formats.words import decode_words
from postroom.model import files
from postroom.model.description import Right, getter, method
from postroom.model.errors import BadIndex, Failed
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.object import Object

if TYPE_CHECKING:
    from typing import Self

    from postroom.formats.editing import Draft, Entity
    from postroom.model.caller import Context
    from postroom.model.message import Message
    from postroom.model.sending import Reached

NOT_ATTACHED = "Failed to attach file."


class Pieces(Object):
    """Pieces of a message's content: they act on the draft that the message is held in, and see each other's changes."""

    __slots__ = ("draft", "message")

    def __init__(self, context: Context, message: Any = None, draft: Any = None, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.message: Message = message
        self.draft: Draft = draft

    @classmethod
    async def reach(cls, context: Context, parent: Object) -> Self:
        """Make one for a message."""
        message: Any = parent
        return cls(context, message, await message.draft())

    def changed(self) -> None:
        """Have the message keep what was changed until its Save."""
        self.message.edited(self.draft)


class MessageHeader(Pieces, iid="FF69E250-CBFD-4AB6-9440-39599478365D", clsid="983EE030-380D-4E39-850D-AA543F3C1CB9"):
    """A field of a message's header; changes need the message's Save."""

    __slots__ = ("at", "field")

    def __init__(self, context: Context, message: Any = None, draft: Any = None, at: int = 0, *, standalone: bool = False) -> None:
        super().__init__(context, message, draft, standalone=standalone)
        self.at = at
        self.field: tuple[bytes, bytes] = (b"", b"") if draft is None else draft.fields()[at][:2]

    def place(self) -> int:
        """Find the field again, whatever was put in or taken out above it; raises BadIndex when it is gone."""
        fields = [field[:2] for field in self.draft.fields()]
        if not (self.at < len(fields) and fields[self.at] == self.field):
            if self.field not in fields:
                raise BadIndex
            self.at = fields.index(self.field)
        return self.at

    def written(self) -> None:
        """Take note of what stands there now."""
        self.field = self.draft.fields()[self.at][:2]
        self.changed()

    @getter(1, "The field's name.", Right.NONE)
    def Name(self) -> String:
        return self.field[0].decode("utf-8", "replace")

    @Name.setter(Right.NONE)
    def _set_name(self, value: str) -> None:
        try:
            self.draft.rename_field(self.place(), value)
        except HeaderError as error:
            raise Failed(str(error)) from None
        self.written()

    @getter(2, "The field's value, without folds; decoded unless the message's EncodeFields is off.", Right.NONE)
    def Value(self) -> String:
        raw = unfold(self.field[1])
        return decode_words(raw) if self.message.encode else raw.decode("utf-8", "replace")

    @Value.setter(Right.NONE)
    def _set_value(self, value: str) -> None:
        try:
            self.draft.replace_field(self.place(), self.field[0].decode("latin-1"), value, encode=self.message.encode)
        except HeaderError as error:
            raise Failed(str(error)) from None
        self.written()

    @method(3, "Takes the field out of the header.", Right.NONE)
    def Delete(self) -> None:
        self.draft.remove_field(self.place())
        self.changed()


class MessageHeaders(Pieces, iid="1ADE0B5E-536C-4707-8385-32A7F6F92500", clsid="AE360CD2-BB40-4B39-83A6-84516C865365"):
    """The fields of a message's header as they are at each moment, in their order."""

    __slots__ = ()

    @getter(0, "The field at an index, counted from 0.", Right.NONE)
    def Item(self, Index: Integer) -> MessageHeader:
        if not 0 <= Index < len(self.draft.fields()):
            raise BadIndex
        return MessageHeader(self.context, self.message, self.draft, Index)

    @getter(1, "How many fields there are.", Right.NONE)
    def Count(self) -> Integer:
        return len(self.draft.fields())

    @getter(2, "The first field of a name.", Right.NONE)
    def ItemByName(self, sName: String) -> MessageHeader:
        wanted = sName.lower().encode("utf-8", "replace")
        for at, field in enumerate(self.draft.fields()):
            if field.name.lower() == wanted:
                return MessageHeader(self.context, self.message, self.draft, at)
        raise BadIndex


class Attachment(Pieces, iid="0CD0DDFF-2D30-41BE-9845-D37EADB1A007", clsid="B65A156A-54D1-4803-80CE-273F44AE935F"):
    """A file attached to a message."""

    __slots__ = ("entity",)

    def __init__(self, context: Context, message: Any = None, draft: Any = None, entity: Any = None, *, standalone: bool = False) -> None:
        super().__init__(context, message, draft, standalone=standalone)
        self.entity: Entity = entity

    @getter(1, "The file's name, decoded.")
    def Filename(self) -> String:
        return self.entity.media.filename or ""

    @getter(2, "The file's size in bytes.")
    async def Size(self) -> Integer:
        return len(await self.content())

    async def content(self) -> bytes:
        """Decode the file."""
        return await files.aside(sum(map(len, map(bytes, self.entity.pieces))), content_of, self.entity)

    @method(3, "Writes the file to a path; over the network only into the server's own folders.")
    async def SaveAs(self, sName: String) -> None:
        path = files.admitted(self.context, sName, writing=True)
        try:
            await files.write_file(path, await self.content())
        except OSError as error:
            raise Failed(f"The attachment could not be saved: {error.strerror}.") from None

    @method(4, "Takes the attachment out of the message; needs the message's Save.")
    def Delete(self) -> None:
        self.draft.detach(self.entity)
        self.changed()


class Attachments(Pieces, iid="BED37911-1180-4840-A831-196C6771EF54", clsid="63FF738A-982B-41E6-87C7-BA4AA9622B30"):
    """The files attached to a message as they are at each moment; changes need the message's Save."""

    __slots__ = ()

    @getter(0, "The attachment at an index, counted from 0.")
    def Item(self, Index: Integer) -> Attachment:
        found = self.draft.attachments()
        if not 0 <= Index < len(found):
            raise BadIndex
        return Attachment(self.context, self.message, self.draft, found[Index])

    @getter(1, "How many attachments there are.")
    def Count(self) -> Integer:
        return len(self.draft.attachments())

    @method(2, "Takes all attachments out.")
    def Clear(self) -> None:
        for entity in self.draft.attachments():
            self.draft.detach(entity)
        self.changed()

    @method(3, "Attaches a file by its path; over the network only one in the server's own folders.")
    async def Add(self, sFilename: String) -> None:
        path = files.admitted(self.context, sFilename)
        try:
            content = await files.read_file(path, LARGEST)
        except OSError:
            content = None
        held = sum(len(entity.body) for entity in self.draft.attachments())
        if content is None or len(content) * 4 // 3 + held > LARGEST:
            raise Failed(NOT_ATTACHED)
        await files.aside(len(content), self.draft.attach, path.name, content)
        self.changed()


class Recipient(Object, iid="65D57DF8-68A1-4358-BB98-C3B33595B699", clsid="45B82F51-8445-4F3A-BC9E-137FC04BFE2A"):
    """Somebody whom a message is for."""

    __slots__ = ("reached",)

    def __init__(self, context: Context, reached: Any = None, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.reached: Reached = reached

    @getter(1, "The address that the mail goes to, behind aliases and lists.")
    def Address(self) -> String:
        return self.reached.address

    @getter(2, "Whether an account here gets it.")
    def IsLocalUser(self) -> Boolean:
        return self.reached.local

    @getter(3, "The address that the sender gave.")
    def OriginalAddress(self) -> String:
        return self.reached.original


class Recipients(Object, iid="9B47C955-4462-48E3-91FE-C5E1CFEC80E0", clsid="B5B9C42D-64F1-443F-AA0D-FABB2DD9317B"):
    """Whom a message is for, by its envelope."""

    __slots__ = ("message",)

    def __init__(self, context: Context, message: Any = None, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.message: Message = message

    @classmethod
    async def reach(cls, context: Context, parent: Object) -> Self:
        """Make the ones of a message."""
        message: Any = parent
        await message.resolve()
        return cls(context, message)

    @getter(0, "The recipient at an index, counted from 0.")
    def Item(self, Index: Integer) -> Recipient:
        if not 0 <= Index < len(self.message.reached):
            raise BadIndex
        return Recipient(self.context, self.message.reached[Index])

    @getter(1, "How many recipients there are.")
    def Count(self) -> Integer:
        return len(self.message.reached)
