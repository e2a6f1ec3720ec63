"""Reports to senders: failures, delays, successes that they asked for (RFC 3461, 3464, 6533). Each is made once.

What is owed stands in the queue's rows, written by the commit of what it reports; the commit that files the report takes it back. A crash in
between leaves it owed, and it is made at the next start. Reports have the null sender, and nobody reports to that one: they can't go round.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
import textwrap
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom import metrics
from postroom.delivery import queue
from postroom.delivery.accept import LocalRecipient, deliver
from postroom.delivery.advice import advice
from postroom.delivery.notices import Notice, notice, texts
from postroom.delivery.plan import read_options
from postroom.delivery.queue import QueueItem, QueueRecipient
from postroom.delivery.retries import returned_at
from postroom.delivery.spool import Spool
from postroom.directory.resolve import NOT_OURS, Refusal
from postroom.errors import Unavailable
from postroom.formats import headers
from postroom.formats.address import Address, AddressError
from postroom.formats.compose import Correspondent, Part, compose_report
from postroom.formats.dates import format_date
from postroom.formats.dsn import Action, Report, Status, serialise
from postroom.formats.words import decode_words
from postroom.log import get_logger
from postroom.storage.database import SHARD_STRIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from postroom.delivery.accept import Accepted, Delivery
    from postroom.directory.directory import Directory
    from postroom.mailboxes.contents import NewContent
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.mailboxes.placing import Placement
    from postroom.storage.database import Transaction

log = get_logger("queue")

RUN: Final = 1000
"""Recipients that one report tells of; for more there are several."""

AGAIN_SECONDS: Final = 30.0
MOST_HEADER: Final = 64 * 1024
"""Bytes of the original header that a report returns."""

LINE_OCTETS: Final = headers.LINE_OCTETS
WIDTH: Final = 76

MARK: Final = ("Auto-Submitted", "auto-replied")
"""What keeps programs that answer by themselves from answering a report (RFC 3834 section 5)."""

SUCCESSES: Final = frozenset({Action.DELIVERED, Action.RELAYED, Action.EXPANDED})
SUBJECTS: Final = {Action.FAILED: "Not delivered", Action.DELAYED: "Not delivered yet"}
OPENINGS: Final = {
    Action.FAILED: "Your message could not be delivered to:",
    Action.DELAYED: "Your message could not be delivered yet. You need not send it again: this server goes on trying. It waits for:",
}
DELIVERED: Final = "You asked to be told: your message has arrived at its destination, or went as far as this server can tell:"
FATES: Final = {
    Action.DELIVERED: "It is in the mailbox.",
    Action.RELAYED: "It was handed to the next server, which does not report whether it arrives.",
    Action.EXPANDED: "It went on to the addresses behind this one, which do not report whether it arrives.",
}


class Letter(NamedTuple):
    """A message of the queue, as far as reports tell about it."""

    queue_id: int
    content_id: int
    sender: str
    created: int
    size: int
    receipt: str
    options: Mapping[str, str]


class Owed(NamedTuple):
    """A recipient whose fate its sender has to be told."""

    id: int
    address: str
    action: Action
    status: str
    host: str
    reply: str
    reason: str
    tried: int
    since: int
    options: Mapping[str, str]


class Original(NamedTuple):
    """The message that is reported about: its header, and all of it where that is returned."""

    header: bytes
    whole: bytes | None


class Reports:
    """Makes the reports that are owed: `owe` says that there is one."""

    def __init__(self, directory: Directory, mailboxes: Mailboxes, delivery: Delivery, hostname: Callable[[], str]) -> None:
        """`hostname` tells this server's name."""
        self._directory = directory
        self._mailboxes = mailboxes
        self._database = mailboxes.database
        self._delivery = delivery
        self._hostname = hostname
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def owe(self, shard: int, queue_id: int) -> None:
        """Make what a message owes, soon; not twice at one time."""
        before = self._tasks.get(queue_id)
        task = self._tasks[queue_id] = asyncio.create_task(self._make(shard, queue_id, before))
        task.add_done_callback(lambda done: self._tasks.pop(queue_id, None) if self._tasks.get(queue_id) is done else None)

    async def look(self, shard: int, worker: int, workers: int) -> None:
        """Make what is owed in a shard since before; raises Unavailable."""
        after, sql = -1, f"SELECT DISTINCT queue_id FROM queue_recipient WHERE owed <> '' AND queue_id > ? ORDER BY queue_id LIMIT {RUN}"
        while rows := await self._database.read(shard, sql, (after,)):
            for (after,) in rows:
                if after // SHARD_STRIDE % workers == worker:
                    await self._make(shard, after, None)

    async def close(self) -> None:
        """Give up what is being made; it stays owed."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def settled(self) -> None:
        """Wait until nothing is being made."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks.values()))

    async def _make(self, shard: int, queue_id: int, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        while True:
            try:
                while await self._make_one(shard, queue_id):
                    pass
            except Unavailable as error:
                log.warning("report-waits", queue=queue_id, reason=str(error))
                await asyncio.sleep(AGAIN_SECONDS)
            except Exception:  # what is owed stays owed, and is tried at the next start
                log.exception("unhandled-exception", queue=queue_id)
                return
            else:
                return

    async def _make_one(self, shard: int, queue_id: int) -> bool:
        """Make one report of those that a message owes; False when it owes none."""
        letter, owed = await self._read(shard, queue_id)
        if letter is None or not owed:
            return False
        owed = _of_one_kind(owed)
        to, why = await self._recipient(letter.sender)
        if to is None:
            await self._database.transact(shard, clear, queue_id, tuple(item.id for item in owed))
            log.info("report-dropped", id=letter.receipt, recipient=letter.sender, reason=why)
            return True
        content = await self._compose(shard, letter, owed, to)
        accepted = await self._file(shard, letter, owed, to, content)
        if accepted is not None:
            metrics.reports.add(_kind(owed))
            log.info("report-made", id=letter.receipt, recipient=letter.sender, kind=_kind(owed), recipients=len(owed))
        return True

    async def _read(self, shard: int, queue_id: int) -> tuple[Letter | None, list[Owed]]:
        sql = "SELECT id, content_id, sender, created, size, receipt, options FROM queue WHERE id = ?"
        rows = await self._database.read(shard, sql, (queue_id,))
        if not rows:
            return None, []
        letter = Letter._make([*rows[0][:6], read_options(rows[0][6])])
        sql = (
            "SELECT id, address, owed, status, host, reply, reason, tried, since, options FROM queue_recipient"
            f" WHERE queue_id = ? AND owed <> '' ORDER BY owed, id LIMIT {RUN}"
        )
        rows = await self._database.read(shard, sql, (queue_id,))
        return letter, [Owed._make([*row[:2], Action(row[2]), *row[3:9], read_options(row[9])]) for row in rows]

    async def _recipient(self, sender: str) -> tuple[Address | None, str]:
        """Find where a report goes, or why it can't go anywhere."""
        try:
            address = Address.parse(sender)
        except AddressError as error:
            return None, str(error)
        found = await self._directory.resolve(address)
        return (None, found.text) if isinstance(found, Refusal) else (address, "")

    async def _file(self, shard: int, letter: Letter, owed: Sequence[Owed], to: Address, content: bytes) -> Accepted | None:
        """File a report at its recipient's, and take back what was owed, in one commit; None when it was made meanwhile."""
        found = await self._directory.resolve(to)
        new = self._directory.events.delivering  # handlers see it first
        local = [] if new else [LocalRecipient(account.id, to) for account in getattr(found, "accounts", ())]
        remote = (to,) if new or found is NOT_OURS else getattr(found, "remote", ())
        options = {} if content.isascii() else {"BODY": "8BITMIME"}
        options |= {} if to.ascii else {"SMTPUTF8": "1"}
        options |= {"REQUIRETLS": "1"} if letter.options.get("REQUIRETLS") else {}  # RFC 8689 section 5
        recipients = tuple(QueueRecipient(str(address), address.domain, {"NOTIFY": "NEVER"}) for address in remote)
        item = QueueItem("", None, options, recipients, letter.receipt, self._domain(letter.sender), new=new) if recipients else None
        spool = Spool(self._mailboxes.blobs, len(content) + 1)
        if spool.write(content):
            await spool.settle()
        accepted: Accepted | None = await self._delivery.store(
            shard, await spool.finish(self._mailboxes.now()), None, local, item, file_report, letter.queue_id, tuple(item.id for item in owed)
        )
        return accepted

    def _domain(self, sender: str) -> str:
        """Tell for which of our domains a report speaks: the sender's own, or the server's."""
        own = self._directory.domains.get(sender.rpartition("@")[2])
        settings = self._directory.settings
        return own.name if own else settings.default_domain if self._directory.domains.get(settings.default_domain) else ""

    async def _compose(self, shard: int, letter: Letter, owed: Sequence[Owed], to: Address) -> bytes:
        original = await self._original(shard, letter, whole=owed[0].action is Action.FAILED)
        now, host = self._mailboxes.now(), self._hostname()
        utf8 = not to.ascii
        statuses = tuple(self._status(item, now) for item in owed)
        report = Report(host, statuses, letter.options.get("ENVID", ""), letter.created)
        kind = "message/global-delivery-status" if utf8 else "message/delivery-status"
        subject, text = await self._words(letter, owed, statuses, original.header)
        return compose_report(
            sender=Correspondent(Address("postmaster", self._domain(letter.sender) or host), "Mail Delivery System"),
            to=[Correspondent(to)],
            subject=subject,
            date=now,
            message_id=f"<report.{letter.queue_id:x}.{secrets.token_hex(8)}@{host}>",
            text=text,
            status=Part(kind, "8bit" if utf8 else "7bit", serialise(report, utf8=utf8)),
            returned=_returned(original, utf8=utf8),
            fields=(MARK, *_references(original.header)),
        )

    async def _words(self, letter: Letter, owed: Sequence[Owed], statuses: Sequence[Status], header: bytes) -> Notice:
        """Write subject and text: of failures in the administrator's words, in hMailServer's mode."""
        if owed[0].action is not Action.FAILED or not self._directory.settings.hmailserver_texts:
            return Notice(_subject(owed, header), _text(self._hostname(), letter, owed, statuses, header))
        return notice(await texts(self._directory.records), header, letter.created, map(_block, owed))

    def _status(self, item: Owed, now: int) -> Status:
        until = returned_at(item.since, self._directory.settings) if item.action is Action.DELAYED else None
        return Status(
            final=item.options.get("ALIAS") or item.address,  # as it was accepted (RFC 3464 section 2.3.2)
            action=item.action,
            status=_code(item),
            original=item.options.get("ORCPT", ""),
            remote=_mta(item.host) if item.reply else "",
            diagnostic=item.reply,
            last_attempt=item.tried or (now if item.action is Action.DELIVERED else None),
            retry_until=until,
        )

    async def _original(self, shard: int, letter: Letter, *, whole: bool) -> Original:
        """Read what comes back: the header, of a failure the whole message when its sender asked for it and it is small enough (RFC 3461 4.3)."""
        sql = "SELECT c.header_size, b.data, c.blob FROM content AS c LEFT JOIN body AS b ON b.content_id = c.id WHERE c.id = ?"
        header_size, data, blob = (await self._database.read(shard, sql, (letter.content_id,)))[0]
        # What had to travel encrypted does not come back whole (RFC 8689 section 5).
        asked = letter.options.get("RET") == "FULL" and not letter.options.get("REQUIRETLS")
        full = whole and asked and letter.size <= self._directory.settings.max_returned_size
        content = await self._mailboxes.read(b"", data, blob, 0, letter.size if full else min(header_size, MOST_HEADER))
        fits = max(map(len, content.split(b"\n"))) <= LINE_OCTETS + 1
        return Original(_bounded(content[: min(header_size, MOST_HEADER)]), content if full and fits else None)


def file_report(
    transaction: Transaction,
    content: NewContent,
    placements: tuple[Placement, ...],
    others: Mapping[int, tuple[Placement, ...]],
    item: QueueItem | None,
    now: int,
    queue_id: int,
    recipient_ids: tuple[int, ...],
) -> Accepted | None:
    """Deliver a report and note that it is made; None, and nothing is done, when one that it tells of was reported meanwhile. Runs in the writer."""
    sql = "SELECT 1 FROM queue_recipient WHERE id = ? AND owed <> ''"
    if not all(transaction.execute(sql, (number,)) for number in recipient_ids):
        return None
    clear(transaction, queue_id, recipient_ids)
    return deliver(transaction, content, placements, others, item, now)


def clear(transaction: Transaction, queue_id: int, recipient_ids: Sequence[int]) -> None:
    """Note that nothing is owed about these any more."""
    for number in recipient_ids:
        transaction.execute("UPDATE queue_recipient SET owed = '' WHERE id = ?", (number,))
    queue.retire(transaction, queue_id)


def _kind(owed: Sequence[Owed]) -> str:
    return "success" if owed[0].action in SUCCESSES else owed[0].action.value


def _of_one_kind(owed: Sequence[Owed]) -> list[Owed]:
    """Take those that the first report tells of: failures, delays and successes are told apart."""
    kind = _kind(owed)
    return [item for item in owed if _kind([item]) == kind]


def _block(item: Owed) -> str:
    """Tell of a recipient as hMailServer does (14.10)."""
    if item.reply:
        told = ["Error Type: SMTP", f"Remote server ({item.host}) issued an error.", f"Remote server replied: {item.reply}"]
    else:
        told = [f"Error Description: {item.reason}"]
    return "\n".join([item.address, *(f"   {line}" for line in told), ""])


def _mta(host: str) -> str:
    """Name a server by its name, its address in a comment (RFC 3461 section 9.3)."""
    name, _, place = host.partition(" ")
    return f"{name} ({place})" if place else name


def _code(item: Owed) -> str:
    if item.action in SUCCESSES:
        return item.status if item.status.startswith("2.") else "2.0.0" if item.action is Action.RELAYED else "2.1.5"
    return item.status or ("4.0.0" if item.action is Action.DELAYED else "5.0.0")


def _subject(owed: Sequence[Owed], header: bytes) -> str:
    about = " ".join(decode_words(headers.find(header, "Subject") or b"").split())[:200]
    return f"{SUBJECTS.get(owed[0].action, 'Delivered')}: {about or 'your message'}"


def _text(host: str, letter: Letter, owed: Sequence[Owed], statuses: Sequence[Status], header: bytes) -> str:
    """Write the part for people."""
    opening = OPENINGS.get(owed[0].action, DELIVERED)
    lines = [f"This is the mail server {host}.", "", *textwrap.wrap(opening, WIDTH), ""]
    for item, status in zip(owed, statuses, strict=True):
        lines += [f"  {item.address}", *_behind(item), *_story(item, status), ""]
    subject = " ".join(decode_words(headers.find(header, "Subject") or b"").split())[:200]
    return "\n".join([*lines, f"The message came here on {format_date(letter.created)}.", *([f"Its subject: {subject}"] if subject else [])]) + "\n"


def _behind(item: Owed) -> list[str]:
    """Name the address that the sender wrote, where it led elsewhere."""
    original = item.options.get("ORCPT", "").partition(";")[2] or item.options.get("ALIAS", "")
    return [f"    (you wrote to {original})"] if original and original.casefold() != item.address.casefold() else []


def _story(item: Owed, status: Status) -> list[str]:
    if item.action in FATES:
        return _wrapped(FATES[item.action])
    known = advice(status.status)
    told = [known.happened, *([f"In detail: {item.reason}"] if item.reason else [])]
    if item.action is Action.DELAYED:
        told.append(f"This server goes on trying until {format_date(status.retry_until or 0)}, then it returns the message to you.")
    else:
        told.append(f"What you can do: {known.help}")
    return [line for sentence in told for line in _wrapped(sentence)]


def _wrapped(sentence: str) -> list[str]:
    return textwrap.wrap(sentence, WIDTH, initial_indent="    ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False)


def _references(header: bytes) -> Iterable[tuple[str, str]]:
    """Let the report stand beside what it is about in the sender's program."""
    identifier = (headers.find(header, "Message-ID") or b"").decode("ascii", "ignore")
    return [("References", identifier)] if identifier.startswith("<") and identifier.isprintable() and len(identifier) < 250 else []


def _returned(original: Original, *, utf8: bool) -> Part:
    """Choose the type and the encoding of what comes back: 7-bit where it can be, RFC 6533's types where a header is UTF-8."""
    content = original.header if original.whole is None else original.whole
    plain = "text/rfc822-headers" if original.whole is None else "message/rfc822"
    if content.isascii():
        return Part(plain, "7bit", content)
    if original.header.isascii() or not _is_utf8(original.header):
        return Part(plain, "8bit", content)
    kind = "message/global-headers" if original.whole is None else "message/global"
    return Part(kind, "8bit", content) if utf8 else Part(kind, "base64", base64.encodebytes(content).replace(b"\n", b"\r\n"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _bounded(header: bytes) -> bytes:
    """Cut lines that no mail may have, so that the report is one; what was cut within a field ends with it."""
    lines: list[Any] = [line.rstrip(b"\r")[:LINE_OCTETS] for line in header.split(b"\n")]
    return b"\r\n".join(line for line in lines if line) + b"\r\n"
