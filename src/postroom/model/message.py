"""A message: composing and sending it, and what becomes of it in a mailbox (section 7)."""

from __future__ import annotations

import datetime as dt
import secrets
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, cast

from postroom.delivery import queue
from postroom.delivery.submit import Undeliverable, submit
from postroom.delivery.waiting import changed_one
from postroom.directory.errors import NotFound
from postroom.formats import flags
from postroom.formats.address import Address
from postroom.formats.dates import format_date
from postroom.formats.editing import LARGEST, NEW, Draft
from postroom.formats.editing.draft import HTML, PLAIN
from postroom.formats.editing.fields import with_mailbox
from postroom.formats.headers import HeaderError
from postroom.formats.uidset import UidSet
from postroom.formats.words import decode_words
from postroom.log import get_logger
from postroom.mailboxes import snapshot
from postroom.mailboxes.folders import PUBLIC
from postroom.mailboxes.messages import How
from postroom.mailboxes.placing import NoFolder, Placement
from postroom.mailboxes.snapshot import Listed
from postroom.model import files
from postroom.model.description import child, getter, method, stored
from postroom.model.enumerations import eMessageFlag
from postroom.model.errors import Failed
from postroom.model.kinds import Boolean, Date, Int64, Integer, String
from postroom.model.row import Row
from postroom.model.sending import check_author, check_quota, posted, sender_of, where

if TYPE_CHECKING:
    from typing import Self

    from postroom.events import Mail
    from postroom.mailboxes.contents import NewContent
    from postroom.model.caller import Context
    from postroom.model.messages import Messages
    from postroom.model.sending import Reached

log = get_logger("model")

CREATED: Final = 0
DELIVERING: Final = 1
DELIVERED: Final = 2

MOST_RECIPIENTS: Final = 50_000

UNKNOWN_STATE: Final = "The message could not be saevd. It is in an unknown state."
NOT_SAVED: Final = "Message could not be saved in database."
NOT_WRITTEN: Final = "Unable to write to message file."
NOT_COPIED: Final = "Unable to copy message."

FLAGS: Final = {
    eMessageFlag.eMFSeen: flags.SEEN,
    eMessageFlag.eMFDeleted: flags.DELETED,
    eMessageFlag.eMFFlagged: flags.FLAGGED,
    eMessageFlag.eMFAnswered: flags.ANSWERED,
    eMessageFlag.eMFDraft: flags.DRAFT,
    eMessageFlag.eMFRecent: flags.RECENT,
}
"""The store's bits by hMailServer's; others are kept beside them until Save, which stores what IMAP knows."""


class Message(Row, iid="8C054031-7B42-485C-BF79-3D94A7B9605F", clsid="61B2C7D7-3814-441F-9574-EE2CC9829447"):
    """A message: new, on its way, or in a mailbox. Changes are in the caller's hand until Save."""

    __slots__ = (
        "_draft",
        "_file",
        "_remembered",
        "_sender",
        "_unresolved",
        "attempts",
        "beside",
        "encode",
        "mail",
        "originals",
        "queued",
        "reached",
        "state",
    )
    alone: ClassVar[bool] = True

    def __init__(self, context: Context, record: Listed, owner: Messages | None = None, *, standalone: bool = False) -> None:
        super().__init__(context, record, owner, standalone=standalone)
        self.state = DELIVERED if record.id else CREATED
        self.encode = True
        self.beside = 0  # hMailServer's flag bits that the store has no place for
        self.attempts = 1
        self.queued = 0  # its number in the queue, once it is there
        self.originals: list[Address] = []
        self.reached: list[Reached] = []
        self._draft: Draft | None = None if record.id else Draft(NEW)
        self._remembered: weakref.ref[Draft] | None = None
        self._sender: str | None = None if record.id else ""
        self._file: Path | None = None
        self.mail: Mail | None = None  # what an event is about
        self._unresolved = False  # where its recipients lead was not asked yet

    @classmethod
    def of(cls, context: Context, mail: Mail) -> Self:
        """Stand for the message that an event is about: content and envelope are read when somebody asks, and Save changes what goes on its way."""
        made = cls(context, Listed(id=mail.id, size=mail.size, internaldate=mail.created))
        made.mail, made.state, made.attempts, made.queued = mail, mail.state, mail.attempt, mail.id
        made._sender, made._draft, made._unresolved = mail.sender, None, True
        return made

    @classmethod
    def create(cls, context: Context) -> Self:
        """Make a new one, for a caller of any level: CreateObject("hMailServer.Message")."""
        return cls(context, Listed(), standalone=True)

    # Facts

    ID = stored(Int64, 1, "id", "Its number; 0 until it is saved.", put=None)
    UID = stored(Integer, 28, "uid", "The UID that IMAP clients know it by.", put=None)
    Size = stored(Integer, 14, "size", "Its size in kilobytes, rounded down.", put=None, show=lambda size: size // 1024)

    @getter(13, "0 for a new message, 1 for one on its way, 2 for one in a mailbox.")
    def State(self) -> Integer:
        return self.state

    @getter(25, "Which try to deliver it this is, counted from 1.")
    def DeliveryAttempt(self) -> Integer:
        return self.attempts

    @getter(22, "When the server got it, in local time; empty for a new message.")
    def InternalDate(self) -> Date:
        time = self.record.internaldate
        return dt.datetime.fromtimestamp(time // 1_000_000) if time else None  # noqa: DTZ006 - a VARIANT date is local time

    @getter(21, "Whether a flag (1 seen, 2 deleted, 4 flagged, 8 answered, 16 draft, 32 recent, 64 to be scanned) is set; Save stores it.")
    def Flag(self, iType: eMessageFlag) -> Boolean:
        ours = FLAGS.get(iType)
        return bool(self.value("flags") & ours) if ours is not None else bool(self.beside & iType)

    @Flag.setter()
    def _set_flag(self, iType: eMessageFlag, value: bool) -> None:
        ours = FLAGS.get(iType)
        if ours is None:
            self.beside = self.beside | iType if value else self.beside & ~iType
        else:
            old = self.value("flags")
            self.change("flags", old | ours if value else old & ~ours)

    # Header

    async def draft(self) -> Draft:
        """Give the content taken apart; read when it is asked for, and held while somebody needs it."""
        found = self._draft or (self._remembered() if self._remembered is not None else None)
        if found is None:
            content = await self._content()
            found = await files.aside(len(content), Draft, content)
            self._remembered = weakref.ref(found)
            if self.owner is None:
                self._draft = found
            else:
                cast("Messages", self.owner).recent.append(found)
        return found

    def edited(self, draft: Draft) -> None:
        """Keep a draft that was changed until Save."""
        if self.record.size > LARGEST:
            raise Failed("The message is larger than 80 MB: it can't be changed.")
        self._draft = draft

    async def _content(self) -> bytes:
        """Read the bytes: from the file that a program was given, else from the store; empty when they are too many, or gone."""
        held = await self._file_content()
        if held is not None:
            return held
        if self.mail is not None:
            return await self.mail.read() if self.mail.size <= LARGEST else b""
        if not self.record.id:
            return b""
        if self.state == DELIVERING:
            return b""
        parts = await snapshot.contents(self.house.mailboxes, self.record, LARGEST)
        return b"" if parts is None else parts[0] + parts[1]

    async def _file_content(self) -> bytes | None:
        try:
            return None if self._file is None else await files.read_file(self._file, LARGEST)
        except OSError:
            return None

    def read_field(self, name: str) -> str:
        """Give a field's first value: decoded, or as it stands when EncodeFields is off; at once where the content is at hand, else to be awaited."""
        return self._shown(self._draft, name) if self._draft is not None else self._read_later(name)  # type: ignore[return-value]  # see above

    async def _read_later(self, name: str) -> str:
        return self._shown(await self.draft(), name)

    def _shown(self, draft: Draft, name: str) -> str:
        raw = draft.field(name)
        if raw is None:
            return ""
        return decode_words(raw) if self.encode else raw.decode("utf-8", "replace")

    async def write_field(self, name: str, value: str) -> None:
        """Write the first field of a name, or a new one."""
        draft = await self.draft()
        try:
            draft.set_field(name, value, encode=self.encode)
        except HeaderError as error:
            raise Failed(str(error)) from None
        self.edited(draft)

    @getter(3, "The subject.")
    def Subject(self) -> String:
        return self.read_field("Subject")

    @Subject.setter()
    async def _set_subject(self, value: str) -> None:
        await self.write_field("Subject", value)

    @getter(4, "The From field, such as `Alice <alice@example.com>`; the envelope's sender is FromAddress.")
    def From(self) -> String:
        return self.read_field("From")

    @From.setter()
    async def _set_from(self, value: str) -> None:
        await self.write_field("From", value)

    @getter(5, "The Date field as it is written; Save puts in one that is missing.")
    def Date(self) -> String:
        return self.read_field("Date")

    @Date.setter()
    async def _set_date(self, value: str) -> None:
        await self.write_field("Date", value)

    @getter(10, "The To field; AddRecipient adds to it.")
    def To(self) -> String:
        return self.read_field("To")

    @getter(16, "The Cc field.")
    def CC(self) -> String:
        return self.read_field("Cc")

    @getter(18, "The value of the first header field of a name, empty when there is none; writing replaces it or adds one.")
    def HeaderValue(self, FieldName: String) -> String:
        return self.read_field(FieldName)

    @HeaderValue.setter()
    async def _set_header_value(self, FieldName: str, value: str) -> None:
        await self.write_field(FieldName, value)

    @getter(20, "Whether header fields are read decoded and written encoded (the default), or both as they stand in the message.")
    def EncodeFields(self) -> Boolean:
        return self.encode

    @EncodeFields.setter()
    def _set_encode_fields(self, value: bool) -> None:
        self.encode = value

    @getter(12, "The envelope's sender, to whom reports go; empty for none.")
    def FromAddress(self) -> String:
        return self._sender if self._sender is not None else self._returns()  # type: ignore[return-value]  # to be awaited

    async def _returns(self) -> str:
        """Read the sender of a message in a mailbox."""
        if self._sender is None:
            path = (await self.draft()).field("Return-Path") or b""
            self._sender = path.decode("utf-8", "replace").strip().removeprefix("<").removesuffix(">")
        return self._sender

    @FromAddress.setter()
    async def _set_from_address(self, value: str) -> None:
        value = value.strip()
        if self.state == DELIVERED:  # it stands in the message by now
            await self.write_field("Return-Path", f"<{value}>")
        self._sender = value

    Headers = child("MessageHeaders", 23, "The fields of the header, one by one.")

    # Body

    @getter(6, "The plain text; writing it puts the text where readers look for it, beside HTML and attachments.")
    async def Body(self) -> String:
        return (await self.draft()).text(PLAIN)

    @Body.setter()
    async def _set_body(self, value: str) -> None:
        await self._set_text(PLAIN, value)

    @getter(7, "The HTML text; writing it puts the text where readers look for it, beside plain text and attachments.")
    async def HTMLBody(self) -> String:
        return (await self.draft()).text(HTML)

    @HTMLBody.setter()
    async def _set_html_body(self, value: str) -> None:
        await self._set_text(HTML, value)

    async def _set_text(self, subtype: bytes, text: str) -> None:
        draft = await self.draft()
        await files.aside(self.record.size + len(text), draft.set_text, subtype, text)
        self.edited(draft)

    @getter(26, "The charset of the texts; writing it converts them.")
    async def Charset(self) -> String:
        return (await self.draft()).charset

    @Charset.setter()
    async def _set_charset(self, value: str) -> None:
        draft = await self.draft()
        try:
            draft.set_charset(value)
        except ValueError:
            raise Failed(f"The charset {value[:60]!r} is not known: use utf-8.") from None
        self.edited(draft)

    @method(19, "Tells whether the message or a part of it, down to the second level, has exactly this content type.")
    async def HasBodyType(self, BodyType: String) -> Boolean:
        return (await self.draft()).has_type(BodyType)

    Attachments = child("Attachments", 8, "The attached files.")

    # Recipients

    Recipients = child("Recipients", 17, "Whom the message is for, by its envelope.")

    @method(11, "Adds a recipient: to the envelope all that the address leads to, as when it came by SMTP, and to the To field.")
    async def AddRecipient(self, sName: String, sAddress: String) -> None:
        if len(self.originals) >= MOST_RECIPIENTS:
            raise Failed(f"A message has {MOST_RECIPIENTS} recipients at most.")
        draft = await self.draft()
        try:
            draft.set_field("To", with_mailbox(draft.field("To"), sName, sAddress.strip()))
        except HeaderError as error:
            raise Failed(str(error)) from None
        self.edited(draft)
        await self._reach(sAddress.strip())

    async def resolve(self) -> None:
        """Find out where the recipients of an event's message lead, once."""
        if self._unresolved and self.mail is not None:
            self._unresolved = False
            for text in tuple(self.mail.recipients):
                await self._take(text)

    async def _reach(self, text: str) -> None:
        """Take an address into the envelope, an event's message among them."""
        await self.resolve()
        before = len(self.originals)
        await self._take(text)
        if self.mail is not None:
            self.mail.recipients += [str(address) for address in self.originals[before:]]

    async def _take(self, text: str) -> None:
        """Take an address; one that nobody gets mail at is left out, as hMailServer does, and logged."""
        found = await where(self.house.directory, self._sender or "", text)
        if found is not None:
            address, reached = found
            self.originals.append(address)
            known = {one.address.lower() for one in self.reached}
            self.reached += [one for one in reached if one.address.lower() not in known]

    @method(15, "Takes all recipients out: of the envelope, and the To, Cc and Bcc fields.")
    async def ClearRecipients(self) -> None:
        self.originals, self.reached = [], []
        if self.mail is not None:
            self._unresolved = False
            self.mail.recipients.clear()
        draft = await self.draft()
        draft.remove_fields("To", "Cc", "Bcc")
        self.edited(draft)

    # File

    @getter(2, "The full path of a file with the message, made when asked for; a program may change it, then RefreshContent and Save.")
    async def Filename(self) -> String:
        self._file = self._file or await self._path()
        if not await files.there(self._file):
            await self._write_file(bytes(await self.draft()))
        return str(self._file)

    async def _path(self) -> Path:
        house, record = self.house, self.record
        if self.state == CREATED or (self.state == DELIVERING and not self.queued):
            return self._file or files.queue_path(house, files.file_name(files.NEW, secrets.randbits(60)))
        if self.state == DELIVERING:
            return files.queue_path(house, files.file_name(files.QUEUED, self.queued))
        name = files.file_name(files.MESSAGE, record.id)
        if record.account_id == PUBLIC:
            return files.public_path(house, name)
        try:
            address = (await house.directory.accounts.by_id(record.account_id)).address
        except NotFound:
            raise Failed("The account of the message is gone.") from None
        return files.mailbox_path(house, address.domain, address.local, name)

    async def _write_file(self, data: bytes) -> None:
        if self._file is None or not files.may_fill(self.context):
            return
        try:
            await files.write_file(self._file, data)
        except OSError as error:
            log.warning("message-file-failed", path=str(self._file), reason=str(error))
            raise Failed(NOT_WRITTEN) from None

    @method(24, "Forgets what was read and changed: the next look reads the message's file anew.")
    async def RefreshContent(self) -> None:
        self._draft = self._remembered = None
        if self.state == DELIVERED:
            self._sender = None
        if self._file is None and self.record.id:
            path = await self._path()
            self._file = path if await files.there(path) else None
        if self._file is None and not self.record.id and self.mail is None:
            self._draft = Draft(NEW)

    # Save

    @method(9, "Stores the message: a new one is sent to its recipients, or put into its folder; one in a mailbox is replaced.")
    async def Save(self) -> None:
        if self.mail is not None:
            await self._rewrite_mail(self.mail)
            return
        await self.save()
        if self._file is not None and (path := await self._path()) != self._file:
            await files.remove_file(self._file)
            self._file = path
            await self._write_file(bytes(await self.draft()))

    async def store(self) -> Listed:
        """Send it, file it, or replace what is stored."""
        try:
            if self.state == CREATED:
                return await (self._append() if self.record.folder_id else self._submit())
            if self.state == DELIVERING:
                return await self._rewrite()
            if self.state == DELIVERED:
                return await self._replace()
        except NoFolder:
            raise Failed(NOT_SAVED) from None
        raise Failed(UNKNOWN_STATE)

    async def _submit(self) -> Listed:
        """Hand it to delivery, to all recipients at once."""
        if not self.originals:
            raise Failed(f"{NOT_SAVED} It has no recipients: add them with AddRecipient.")
        sender = sender_of(self._sender or "")
        content = await self._finished()
        await check_author(self.context, sender, content)
        try:
            receipt = await submit(self.house.directory, self.house.post, sender, self.originals, posted(content, self.house.name), filed=False)
        except Undeliverable as error:
            raise Failed(str(error)) from None
        self.state = DELIVERING
        self.queued = receipt.queue_id or 0
        number = self.queued or (receipt.placed[0].message_id if receipt.placed else 0)
        await self._kept(content)
        return Listed(id=number, size=len(content), internaldate=self.house.mailboxes.now())

    async def _append(self) -> Listed:
        """Put it into its folder."""
        content, record = await self._finished(), self._record
        await check_quota(self.context, record.account_id, len(content))
        now = self.house.mailboxes.now()
        placement = Placement(record.account_id, record.folder_id, flags=self.value("flags") & flags.PERMANENT, internaldate=now)
        placed = await self.house.mailboxes.append(await self._spooled(content), placement)
        self.state = DELIVERED
        await self._kept(content)
        return record._replace(id=placed.message_id, uid=placed.uid, flags=placement.flags, size=len(content), internaldate=now)

    async def _rewrite(self) -> Listed:
        """Let what waits in the queue be another content."""
        content, record = await self._changed(), self._record
        if content is None:
            return record
        if not self.queued or not await changed_one(self.house.database, self.queued, queue.rewrite, await self._spooled(content)):
            raise Failed(NOT_SAVED)
        await self._kept(content)
        return record._replace(size=len(content))

    async def _replace(self) -> Listed:
        """Store the content when it was changed, and the flags that were."""
        record, mailboxes = self._record, self.house.mailboxes
        content = await self._changed()
        if content is not None:
            parts = await snapshot.contents(mailboxes, record, LARGEST)
            prefix = parts[0] if parts is not None and content.startswith(parts[0]) else b""
            size = await mailboxes.replace(record.folder_id, record.uid, await self._spooled(content[len(prefix) :]), prefix)
            await self._kept(content)
            record = record._replace(size=size)
        wanted = self.value("flags") & flags.PERMANENT
        uids = UidSet.of_ranges([(record.uid, record.uid)])
        for how, bits in ((How.ADD, wanted & ~record.flags), (How.REMOVE, record.flags & flags.PERMANENT & ~wanted)):
            if bits:
                await mailboxes.store(record.folder_id, uids, how, bits)
        return record._replace(flags=wanted)

    async def _rewrite_mail(self, mail: Mail) -> None:
        """Let the message that an event is about be what was made of it; nobody else can see it yet, so nobody waits to hear of it."""
        content = await self._changed()
        if content is not None:
            await mail.write(content)
            await self._kept(content)
            self.record = self._record._replace(size=mail.size)
        self.edits = None

    @property
    def _record(self) -> Listed:
        found: Listed = self.record
        return found

    async def _changed(self) -> bytes | None:
        """Give the content when it differs from what is stored: as it was changed here, or in the file."""
        draft = self._draft
        if draft is not None and draft.changed:
            return self._dated(draft)
        held = await self._file_content()
        if held is None:
            return None
        if self.mail is not None:
            return None if held == await self.mail.read() else self._dated(Draft(held))
        parts = await snapshot.contents(self.house.mailboxes, self.record, LARGEST) if self.state == DELIVERED else None
        return None if parts is not None and held == parts[0] + parts[1] else self._dated(Draft(held))

    async def _finished(self) -> bytes:
        """Give a new message's content: as it was changed here, or in its file."""
        draft = self._draft
        held = await self._file_content() if draft is None or not draft.changed else None
        return self._dated(Draft(held) if held is not None else await self.draft())

    def _dated(self, draft: Draft) -> bytes:
        """Give the octets, with a Date (7.2)."""
        if draft.field("Date") is None:
            draft.set_field("Date", format_date(self.house.mailboxes.now()), encode=False)
        return bytes(draft)

    async def _kept(self, content: bytes) -> None:
        """Go on with what was stored: the file has it, and nothing is changed any more."""
        if self._draft is not None:
            self._draft.changed = False
        await self._write_file(content)

    async def _spooled(self, content: bytes) -> NewContent:
        """Take a content apart for the store."""
        spool = self.house.post.spool(len(content))
        try:
            if spool.write(content):
                await spool.settle()
            return await spool.finish(self.house.mailboxes.now())
        finally:
            spool.discard()

    # In a mailbox

    @method(27, "Copies the message to another folder of its account, by the folder's id; nothing happens for a message without an account.")
    async def Copy(self, iDestinationFolderID: Integer) -> None:
        if self.state != DELIVERED:
            return
        mailboxes = self.house.mailboxes
        target = await mailboxes.folder_by_id(iDestinationFolderID)
        if target is None or target.account_id != self.record.account_id:
            raise Failed(NOT_COPIED)
        await check_quota(self.context, target.account_id, self.record.size)
        copied = await mailboxes.copy(self.record.folder_id, UidSet.of_ranges([(self.record.uid, self.record.uid)]), target)
        if not copied.source:
            raise Failed(NOT_COPIED)

    async def remove(self) -> None:
        """Take it out of its folder, and its file from the disk."""
        await self.house.mailboxes.expunge(self.record.folder_id, UidSet.of_ranges([(self.record.uid, self.record.uid)]), only_deleted=False)
        await files.remove_file(self._file or await self._path())
