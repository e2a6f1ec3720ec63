"""POST /v1/mail/send: a message through the same door as submission, durable and recorded before the answer."""

import asyncio
import base64
import binascii
import secrets
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Final, NamedTuple

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import AwareDatetime, Field

from postroom import metrics
from postroom.delivery.outbound import Outgoing, Record
from postroom.delivery.post import Room
from postroom.directory.accounts import Account
from postroom.directory.keys import SEND
from postroom.directory.resolve import NotOurs, Refusal, Resolution
from postroom.formats.address import Address, AddressError
from postroom.formats.addresslist import parse_list
from postroom.formats.compose import Attachment, Correspondent, compose
from postroom.formats.envelope import Envelope, Recipient
from postroom.formats.headers import HeaderError
from postroom.formats.words import decode_words
from postroom.log import get_logger
from postroom.servers.http.api import outbound
from postroom.servers.http.api.fields import MOST_RECIPIENTS, AddressLine, Given, Line, LongLine, MessageId, Text, example, microseconds
from postroom.servers.http.api.operation import Call, Operation, answer, call_of, needs, too_many

log = get_logger("http")
router = APIRouter(route_class=Operation, tags=["Sending"])

LARGE: Final = 64 * 1024
"""Octets of text and attachments from which on a message is composed in a thread."""

HOUR: Final = 3600 * 1_000_000
FARTHEST: Final = 366 * 24 * HOUR
"""Microseconds that a message may be kept back."""

MOST_REFERENCES: Final = 100
MOST_FIELDS: Final = 50
SAFE_FIELDS: Final = frozenset(
    "auto-submitted comments content-language feedback-id importance keywords list-archive list-help list-id list-owner list-post list-subscribe "
    "list-unsubscribe list-unsubscribe-post organization precedence priority sensitivity".split()
)
"""What may be set besides X- fields: nothing that says who sent the message, where it goes, or how it is read."""

FULL: Final = "452 4.2.2 The mailbox is full."
TOO_SMALL: Final = "552 5.2.2 The message is larger than the mailbox."

Recipients = Annotated[list[AddressLine], Field(max_length=MOST_RECIPIENTS)]


class AttachmentRequest(Given):
    """A file to go with the message, in base64."""

    filename: Annotated[Line, Field(min_length=1, max_length=255, examples=["report.pdf"])]
    content: Annotated[str, Field(json_schema_extra={"contentEncoding": "base64"}, examples=["SGVsbG8="])]
    content_type: Annotated[str, Field(pattern=r"^[A-Za-z0-9.+-]{1,100}/[A-Za-z0-9.+-]{1,100}$")] = "application/octet-stream"


class SendRequest(Given):
    """A message. All that follows `bcc` is more than the original Open Mailserver takes."""

    model_config = example(sender="alice@example.com", recipients=["alice@example.com"], subject="Hello", text_body="Good day.")

    sender: AddressLine
    recipients: Recipients
    subject: LongLine
    text_body: Text | None = None
    html_body: Text | None = None
    cc: Recipients = Field(default_factory=list)
    bcc: Recipients = Field(default_factory=list)
    reply_to: AddressLine | None = None
    in_reply_to: MessageId | None = None
    references: Annotated[list[MessageId], Field(default_factory=list, max_length=MOST_REFERENCES)]
    headers: Annotated[dict[Line, LongLine], Field(default_factory=dict, max_length=MOST_FIELDS, description="X- and List- fields and a few more.")]
    attachments: Annotated[list[AttachmentRequest], Field(default_factory=list, max_length=1000)]
    send_at: Annotated[AwareDatetime | None, Field(description="When it is to go, at most a year from now; until then it can be cancelled.")] = None


class Delivery(NamedTuple):
    """Who gets a message: recipients with their routes, and the words for those who can't."""

    recipients: list[Recipient]
    routes: list[Resolution | NotOurs]
    refused: list[str]


class Draft(NamedTuple):
    """A request read: addresses parsed, attachments decoded."""

    sender: Correspondent
    to: tuple[Correspondent, ...]
    cc: tuple[Correspondent, ...]
    bcc: tuple[Correspondent, ...]
    reply_to: Correspondent | None
    attachments: tuple[Attachment, ...]

    @property
    def recipients(self) -> tuple[Correspondent, ...]:
        """Everybody it goes to, each address once."""
        return tuple({one.address.key: one for one in (*self.to, *self.cc, *self.bcc)}.values())


class Arrival(NamedTuple):
    """The facts that acceptance needs."""

    id: str
    account: Account | None


@router.post("/v1/mail/send", response_model=outbound.OutboundRecord, summary="Send a message", **needs(SEND, large=True))
async def send(given: SendRequest, request: Request) -> Response:
    """Send a message; it is on disk when this answers.

    The record's state is `sent` when all recipients have it, `queued` while one on another server waits (or `send_at` has not come), and `failed`
    when one can't get it: `error` then says who refused in which words, and the others get it all the same.
    """
    call = call_of(request)
    draft = await _draft(call, given)
    account = await _sender(call, draft.sender.address)
    if (known := await _sent_before(call)) is not None:
        return answer(outbound.shown(known))
    await _refuse_over_limit(call, account)
    return answer(outbound.shown(await _send(call, given, draft, account)))


async def _send(call: Call, given: SendRequest, draft: Draft, account: Account | None) -> Record:
    house = call.house
    now = call.claim.time if call.claim else house.now()
    due = _due(given, now)
    unique = call.claim.text("message id")[:24] if call.claim else secrets.token_hex(12)
    message_id = f"<{unique}@{draft.sender.address.domain}>"
    content = await _composed(given, draft, due or now, message_id)
    _refuse_oversized(call, account, len(content))
    delivery = await _route(call, draft, len(content))
    record = Outgoing(
        account.id if account else None,
        call.claim.octets("outbound") if call.claim else None,
        str(draft.sender.address),
        tuple(str(one.address) for one in draft.recipients),
        given.subject,
        message_id,
        tuple(delivery.refused),
        due,
    )
    if not delivery.recipients:
        return await house.post.refuse(record)
    made = await _accept(call, draft, delivery, content, account, record)
    log.info(
        "message-accepted",
        session=f"K{call.key.id}",
        id=made.message_id,
        sender=record.sender,
        recipients=len(delivery.recipients),
        size=len(content),
    )
    metrics.messages_accepted.add("http")
    return made


async def _accept(call: Call, draft: Draft, delivery: Delivery, content: bytes, account: Account | None, record: Outgoing) -> Record:
    post = call.house.post
    utf8 = not all(one.address.ascii for one in (draft.sender, *draft.recipients))
    envelope = Envelope(
        draft.sender.address, tuple(delivery.recipients), "8BITMIME" if not content.isascii() else "7BIT", utf8, release=record.due or 0
    )
    arrival = Arrival(f"A{record.message_id[1:9]}", account)
    spool = post.spool(len(content))
    try:
        if spool.write(content):
            await spool.settle()
        filed = call.house.settings.api_file_into_sent
        receipt = await post.accept(envelope, delivery.routes, spool, arrival, filed=filed, record=record)
    finally:
        spool.discard()
    assert receipt.record is not None, "a record was asked for"
    return receipt.record


async def _sent_before(call: Call) -> Record | None:
    """Find what an earlier try of the same idempotent request sent, whichever shard has it."""
    return await outbound.by_token(call.house, call.claim.octets("outbound")) if call.claim and call.claim.again else None


async def _sender(call: Call, address: Address) -> Account | None:
    """Find whose message this is; a mailbox key sends only as its own addresses. Raises 403."""
    directory = call.house.directory
    if call.account is not None:
        allowed = directory.sends_as(call.account, address)
        if not (await directory.may_send_as(call.account, address) if allowed is None else allowed):
            raise HTTPException(403, "Sender is not permitted for this API key")
        return call.account
    found = directory.cached(address) or await directory.resolve(address)
    accounts = found.accounts if isinstance(found, Resolution) else ()
    return accounts[0] if len(accounts) == 1 else None


async def _refuse_over_limit(call: Call, account: Account | None) -> None:
    """Keep a mailbox to its messages an hour, by its records in all shards, so that it holds over workers and restarts."""
    most = call.house.settings.api_max_sends_per_hour
    if not most or account is None or call.account is None:
        return
    times = await outbound.times_since(call.house, account.id, call.house.now() - HOUR, most)
    if len(times) >= most:
        raise too_many(f"This mailbox may send {most} messages an hour", max((times[-1] + HOUR - call.house.now()) // 1_000_000 + 1, 1))


def _refuse_oversized(call: Call, account: Account | None, size: int) -> None:
    limit = call.house.directory.max_message_size(account)
    if limit and size > limit:
        raise HTTPException(413, f"The message has {size:,} octets, more than the {limit:,} that are allowed.")
    if not call.house.post.reserve():
        raise HTTPException(503, "The server's disk is nearly full: no mail is taken just now.", {"Retry-After": "60"})


def _due(given: SendRequest, now: int) -> int | None:
    if given.send_at is None:
        return None
    due = microseconds(given.send_at)
    if due > now + FARTHEST:
        raise _wrong("send_at", "A message can be kept back a year at most")
    return due if due > now else None


async def _draft(call: Call, given: SendRequest) -> Draft:
    """Read the addresses and attachments of a request; raises RequestValidationError or 413."""
    settings = call.house.settings
    names = ("recipients", "cc", "bcc")
    if not (given.recipients or given.cc or given.bcc):
        raise _wrong("recipients", "A message has at least one recipient")
    if 0 < settings.max_recipients < len(given.recipients) + len(given.cc) + len(given.bcc):
        raise _wrong("recipients", f"A message has {settings.max_recipients} recipients at most")
    sender = _correspondent("sender", given.sender)
    to, cc, bcc = (tuple(_correspondent(name, text, at) for at, text in enumerate(getattr(given, name))) for name in names)
    reply_to = _correspondent("reply_to", given.reply_to) if given.reply_to else None
    for name in given.headers:
        if not (name.lower().startswith("x-") and len(name) > 2) and name.lower() not in SAFE_FIELDS:
            raise _wrong("headers", "Only X- fields, List- fields and a few others can be set", name)
    large = sum(len(one.content) for one in given.attachments) > LARGE
    decode = partial(_attachments, given.attachments, settings.api_max_attachment_size)
    return Draft(sender, to, cc, bcc, reply_to, await asyncio.to_thread(decode) if large else decode())


def _attachments(given: Sequence[AttachmentRequest], most: int) -> tuple[Attachment, ...]:
    return tuple(_attachment(at, one, most) for at, one in enumerate(given))


def _attachment(at: int, given: AttachmentRequest, most: int) -> Attachment:
    if most and len(given.content) > most // 3 * 4 + 4:
        raise HTTPException(413, f"An attachment has {most:,} octets at most.")
    try:
        content = base64.b64decode(given.content, validate=True)
    except (binascii.Error, ValueError):
        raise _wrong("attachments", "The content is base64", at, "content") from None
    return Attachment(given.filename, content, given.content_type)


def _correspondent(name: str, text: str, *at: int) -> Correspondent:
    """Read an address, or a name with an address in angle brackets."""
    try:
        if "<" not in text:
            return Correspondent(Address.parse(text.strip()))
        (entry,) = parse_list(text.encode())
        if not entry.sound or entry.domain is None or entry.local is None:
            raise AddressError("The address can be read in several ways.")
        spelled = text[text.rindex("<") + 1 : text.rindex(">")]
        return Correspondent(Address.parse(spelled.strip()), decode_words(entry.name or b""))
    except (AddressError, ValueError) as error:
        raise _wrong(name, str(error) if isinstance(error, AddressError) else "This is no address", *at) from None


def _wrong(field: str, sentence: str, *at: int | str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", field, *at), "msg": sentence, "type": "value_error"}])


async def _composed(given: SendRequest, draft: Draft, date: int, message_id: str) -> bytes:
    size = len(given.text_body or "") + len(given.html_body or "") + sum(len(one.content) for one in draft.attachments)
    try:
        if size > LARGE:
            return await asyncio.to_thread(_compose, given, draft, date, message_id)
        return _compose(given, draft, date, message_id)
    except HeaderError as error:
        raise _wrong("headers", str(error)) from None


def _compose(given: SendRequest, draft: Draft, date: int, message_id: str) -> bytes:
    references = given.references or ([given.in_reply_to] if given.in_reply_to else [])
    structured = [
        ("Reply-To", str(draft.reply_to or "")),
        ("In-Reply-To", given.in_reply_to or ""),
        ("References", " ".join(references)),
    ]
    return compose(
        sender=draft.sender,
        to=draft.to,
        cc=draft.cc,
        subject=given.subject,
        date=date,
        message_id=message_id,
        text=given.text_body or "",
        html=given.html_body,
        attachments=draft.attachments,
        structured=[(name, value) for name, value in structured if value],
        fields=list(given.headers.items()),
    )


async def _route(call: Call, draft: Draft, size: int) -> Delivery:
    """Find out where the message goes; who can't get it is told in the words that SMTP would use."""
    directory, post = call.house.directory, call.house.post
    delivery = Delivery([], [], [])
    for one in draft.recipients:
        found = await directory.resolve(one.address, draft.sender.address, authenticated=True)
        words = ""
        if isinstance(found, Refusal):
            words = f"{found.code} {found.enhanced} {found.text}"
        elif isinstance(found, Resolution) and found.accounts:
            room = post.room(found.accounts, size)
            if room is None:
                await post.measure(found.accounts)
                room = post.room(found.accounts, size)
            words = FULL if room is Room.FULL else TOO_SMALL if room is Room.NEVER else ""
        if words or isinstance(found, Refusal):
            delivery.refused.append(f"{one.address}: {words}")
        else:
            delivery.recipients.append(Recipient(one.address))
            delivery.routes.append(found)
    return delivery
