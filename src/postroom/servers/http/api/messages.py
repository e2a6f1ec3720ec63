"""GET /v1/mailboxes/{address}/messages and /v1/messages/{id}: lists, search and waiting; one message read, changed, removed."""

from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from pydantic import Field

from postroom.directory.accounts import Account
from postroom.directory.keys import READ, SEND
from postroom.formats.flags import ANSWERED, FLAGGED, SEEN, FlagError, Flags, parse_flags
from postroom.formats.imap import search as keys
from postroom.formats.uidset import UidSet
from postroom.mailboxes import listing
from postroom.mailboxes.folders import INBOX
from postroom.mailboxes.listing import Line
from postroom.mailboxes.messages import How
from postroom.mailboxes.placing import NoFolder
from postroom.mailboxes.search import Scope, search
from postroom.servers.http.api.fields import FolderName, Given, Identifier, Mailbox, Model
from postroom.servers.http.api.fields import Line as OneLine
from postroom.servers.http.api.house import House
from postroom.servers.http.api.operation import Call, Operation, answer, call_of, needs
from postroom.servers.http.api.reading import FullMessage, read_full
from postroom.servers.http.api.summary import NOT_FOUND, MessageSummary, folder_of, id_of, mailbox_of, place_of, stored_name, summary
from postroom.servers.http.api.waiting import wait_for_mail

router = APIRouter(route_class=Operation, tags=["Reading"])

USUAL: Final = 100
MOST: Final = 1000
LONGEST_WAIT: Final = 120
LONGEST_QUESTION: Final = 500
MOST_WORDS: Final = 20
_SPELLED: Final = {"from": "from", "to": "to", "cc": "cc", "subject": "subject"}

InMailbox = Annotated[str | None, Query(max_length=400, pattern=r"^[^\r\n\x00]*$", description="The mailbox; a mailbox key's own when absent.")]
Folder = Annotated[FolderName, Query(description="The folder; levels are parted by `/`.")]
Id = Annotated[Identifier, Path(description="A message's id, as lists give it.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many, at most.")]
Before = Annotated[Identifier | None, Query(description="Only messages older than the one with this id.")]
After = Annotated[Identifier | None, Query(description="Only messages newer than the one with this id; `0` is before all.")]
Wait = Annotated[
    int,
    Query(ge=0, le=LONGEST_WAIT, description="Wait so many seconds for a message newer than `after` (absent: than the newest now), then answer."),
]
Question = Annotated[
    OneLine | None, Query(max_length=LONGEST_QUESTION, description='Words that all occur; also `from:`, `to:`, `subject:`, and "quoted phrases".')
]


class Changes(Given):
    """What becomes of a message; what is absent stays. `folder` moves it, which gives it another id."""

    seen: bool | None = None
    flagged: bool | None = None
    answered: bool | None = None
    add_flags: Annotated[list[Annotated[str, Field(max_length=255)]], Field(default_factory=list, max_length=50)]
    remove_flags: Annotated[list[Annotated[str, Field(max_length=255)]], Field(default_factory=list, max_length=50)]
    folder: FolderName | None = None


class Deleted(Model):
    """A message that is gone."""

    id: str
    status: str = "deleted"


@router.get("/v1/mailboxes/{address}/messages", response_model=list[MessageSummary], summary="List messages", **needs(READ))
async def list_messages(
    address: Annotated[Mailbox, Path()],
    request: Request,
    limit: Limit = USUAL,
    before: Before = None,
    after: After = None,
    wait: Wait = 0,
    folder: Folder = INBOX,
    q: Question = None,
) -> Response:
    """List the messages of a folder, the newest first; no body is read for it.

    With `wait` the answer comes as soon as there is a newer message, or when the time is over. Pass the newest id that you know as `after`,
    and none is missed in between.
    """
    call = call_of(request)
    account = await mailbox_of(call, address)
    name = stored_name(folder)
    low, high = (None if text is None else place_of(text).uid for text in (after, before))
    if wait:
        await wait_for_mail(call.house, await folder_of(call.house, account, name), low, wait, request)
    if q is not None and q.strip():
        lines = await _found(call.house, account, name, q, limit, high, low)
    else:
        lines = await listing.newest(call.house.mailboxes, account.id, name, limit, high, low)
    if not lines and name != INBOX:
        await folder_of(call.house, account, name)
    return answer([summary(line, line.fields or await usual_fields(call.house, account, line)) for line in lines])


async def usual_fields(house: House, account: Account, line: Line) -> bytes:
    """Give the usual header fields of a message: those kept apart, else the header as it is."""
    if line.fields is not None:
        return line.fields
    stored = await listing.stored(house.mailboxes, account.id, line.folder_id, line.uid)
    return await house.mailboxes.read(b"", stored.data, stored.blob, 0, stored.header_size) if stored else b""


async def _found(house: House, account: Account, name: str, question: str, limit: int, before: int | None, after: int | None) -> list[Line]:
    folder = await folder_of(house, account, name)
    view = await house.mailboxes.open(folder)
    uids = view.uids.copy()
    if before is not None:
        uids.remove_range(max(before, 1), (1 << 32) - 1)
    if after:
        uids.remove_range(1, after)
    scope = Scope(uids, UidSet(), lambda _numbers: UidSet(), house.now())
    found = await search(house.mailboxes, folder.id, question_key(question), scope)
    chosen = found[:limit] if after is not None and before is None else found[-limit:]
    return await listing.some(house.mailboxes, account.id, name, chosen)


def question_key(question: str) -> keys.Key:
    """Read a search as people type it: words and quoted phrases that all occur, `subject:word` in that field only."""
    words: list[keys.Key] = []
    for word in _words(question)[:MOST_WORDS]:
        field, colon, rest = word.partition(":")
        if colon and rest and field.lower() in _SPELLED:
            words.append(keys.Header(_SPELLED[field.lower()], rest))
        else:
            words.append(keys.Text(word))
    return keys.And(tuple(words))


def _words(question: str) -> list[str]:
    """Part at white space, but not within quotation marks; the marks go."""
    words: list[str] = []
    for at, piece in enumerate(question.split('"')):
        if at % 2 == 0:
            words += piece.split()
        elif words and words[-1].endswith(":") and words[-1][:-1].lower() in _SPELLED:
            words[-1] += piece.strip()
        elif piece.strip():
            words.append(piece.strip())
    return words


@router.get("/v1/messages/{id}", response_model=FullMessage, summary="Read a message", **needs(READ))
async def read_message(id: Id, request: Request, address: InMailbox = None) -> Response:  # noqa: A002 - the path's own word
    """Read a message: its text parts, its HTML, what its sender wrote anew, and its attachments' ids."""
    call = call_of(request)
    account = await mailbox_of(call, address)
    found = await stored_message(call.house, account, id)
    return answer(await read_full(call.house, found))


async def stored_message(house: House, account: Account, text: str) -> listing.Stored:
    """Find a message by its id; raises 404."""
    place = place_of(text)
    found = await listing.stored(house.mailboxes, account.id, place.folder_id, place.uid)
    if found is None:
        raise HTTPException(404, NOT_FOUND)
    return found


@router.patch("/v1/messages/{id}", response_model=MessageSummary, summary="Change a message", **needs(SEND))
async def change_message(id: Id, given: Changes, request: Request, address: InMailbox = None) -> Response:  # noqa: A002 - likewise
    """Change flags, or move the message to another folder. A key that may only read (without mail:send) changes nothing."""
    call = call_of(request)
    account = await mailbox_of(call, address)
    line = (await stored_message(call.house, account, id)).line
    for how, flags in _flags(given):
        await call.house.mailboxes.store(line.folder_id, one(line), how, flags.bits, sorted(flags.keywords))
    if given.folder is not None and stored_name(given.folder) != line.folder:
        line = await _moved(call, account, line, stored_name(given.folder))
    lines = await listing.some(call.house.mailboxes, account.id, line.folder, [line.uid])
    if not lines:
        raise HTTPException(404, NOT_FOUND)
    return answer(summary(lines[0], await usual_fields(call.house, account, lines[0])))


def _flags(given: Changes) -> list[tuple[How, Flags]]:
    """Give what is added and what is removed; raises 422 for a flag that IMAP doesn't know."""
    switches = ((given.seen, SEEN), (given.flagged, FLAGGED), (given.answered, ANSWERED))
    try:
        more, less = (parse_flags([name.encode() for name in names]) for names in (given.add_flags, given.remove_flags))
    except FlagError as error:
        raise HTTPException(422, f"{error}.") from None
    on, off = (sum(bit for value, bit in switches if value is wanted) for wanted in (True, False))
    found = ((How.ADD, Flags(more.bits | on, more.keywords)), (How.REMOVE, Flags(less.bits | off, less.keywords)))
    return [(how, flags) for how, flags in found if flags.bits or flags.keywords]


async def _moved(call: Call, account: Account, line: Line, name: str) -> Line:
    target = await folder_of(call.house, account, name)
    try:
        copied = await call.house.mailboxes.move(line.folder_id, one(line), target)
    except NoFolder:
        raise HTTPException(404, "Folder not found") from None
    if not copied.target:
        raise HTTPException(404, NOT_FOUND)
    return line._replace(folder_id=target.id, folder=target.name, uid=copied.target[0][0])


def one(line: Line) -> UidSet:
    """Give the set that a message's uid is."""
    return UidSet.of_ranges([(line.uid, line.uid)])


@router.delete("/v1/messages/{id}", response_model=Deleted, summary="Delete a message", **needs(SEND))
async def delete_message(id: Id, request: Request, address: InMailbox = None) -> Response:  # noqa: A002 - likewise
    """Delete a message for good; move it to the folder Trash with PATCH to keep it for a while."""
    call = call_of(request)
    account = await mailbox_of(call, address)
    line = (await stored_message(call.house, account, id)).line
    await call.house.mailboxes.expunge(line.folder_id, one(line), only_deleted=False)
    return answer(Deleted(id=id_of(line)))
