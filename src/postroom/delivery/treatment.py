"""Treatment: what rules, signatures, mirroring, automatic replies and forwarding do with a message before it is acknowledged (14.1, 14.3).

Whether any of it concerns a message is told without waiting, by what every process holds; most mail passes by. What follows from a message is
durable in its own commit, so it is neither lost nor made twice.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.delivery import rules, signatures, vacation
from postroom.delivery.accept import LocalRecipient
from postroom.delivery.extras import Extra
from postroom.delivery.filing import Filing
from postroom.delivery.generated import Generated, counted, header_of
from postroom.delivery.queue import QueueItem, QueueRecipient
from postroom.delivery.rules import Scope
from postroom.directory.resolve import Resolution
from postroom.directory.rules import GLOBAL
from postroom.events import BY_RULE, DeliveryFailed, RuleFunction
from postroom.formats.address import Address, AddressError
from postroom.formats.dkim import author_domain
from postroom.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from postroom.delivery.accept import Delivery
    from postroom.delivery.generated import Once
    from postroom.delivery.rules import Decision
    from postroom.delivery.spool import Spool
    from postroom.directory.accounts import Account
    from postroom.directory.directory import Directory
    from postroom.events import Mail
    from postroom.mailboxes.contents import NewContent
    from postroom.mailboxes.mailboxes import Mailboxes

log = get_logger("delivery")

ANSWERS: Final = frozenset({"vacation", "reply"})
MIRROR: Final = "mirror"
DAEMON: Final = "mailer-daemon"
RULES: Final = "RULES"
MIRRORED: Final = "MIRRORED"
"""The options of a message in the queue that the server's rules have still to judge, and that the mirror is to get: handlers of its delivery are
asked before (events.md 3.9, 3.10)."""
OWED: Final = frozenset({RULES, MIRRORED})
FOLDER: Final = "FOLDER"
"""The option that names the folder in which the server's rules want what waits filed."""
DELETED: Final = "Message delivery cancelled during global rules"
"""What handlers of OnDeliveryFailed are told of a message that the server's rules delete (events.md 3.11)."""


class Reached(NamedTuple):
    """An account that a message reaches, and the address that led there."""

    account: Account
    address: Address


@dataclass(slots=True)
class Treated:
    """What is to be delivered: the content (None: as it came), mailboxes, further recipients elsewhere, envelope options, what follows."""

    content: bytes | None = None
    deleted: bool = False
    local: list[LocalRecipient] = field(default_factory=list)
    remote: list[QueueRecipient] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True)
class Judged:
    """A message in the hands of rules, as functions of event scripts see it: a Mail whose content is in memory."""

    sender: str
    recipients: list[str]
    content: bytes
    created: int
    id: int = 0
    state: int = 1
    attempt: int = 1

    @property
    def size(self) -> int:
        """Octets of the content."""
        return len(self.content)

    async def read(self) -> bytes:
        """Give the content."""
        return self.content

    async def write(self, content: bytes) -> None:
        """Let it be another one for the criteria and actions that follow."""
        self.content = content


class Treatment:
    """Does it, for one process; `spool` makes room for a content."""

    def __init__(self, directory: Directory, mailboxes: Mailboxes, delivery: Delivery, spool: Callable[[int], Spool]) -> None:
        self._directory = directory
        self._mailboxes = mailboxes
        self._delivery = delivery
        self._spool = spool
        self._filing = Filing(directory, mailboxes)

    # Whether there is anything to do

    def concerns(self, reached: Iterable[Reached]) -> bool:
        """Tell whether anything is done with every message, or with one that reaches these accounts."""
        return bool(self.owed()) or self.concerns_accounts(reached)

    def owed(self) -> dict[str, str]:
        """Tell what is done with every message, by the options that put it off."""
        wanted = {RULES: self._directory.standing.of(GLOBAL), MIRRORED: self._directory.settings.mirror_email_address}
        return {name: "1" for name, found in wanted.items() if found}

    def concerns_accounts(self, reached: Iterable[Reached]) -> bool:
        """Tell whether any of these accounts has rules, answers or forwards."""
        of = self._directory.standing.of
        return any(account.profile.vacation or account.profile.forward or of(account.id) for account, _ in reached)

    def signs(self, sender: Address | None, account: Account | None) -> bool:
        """Tell whether mail of a user of ours may get a signature."""
        domain = self._directory.domains.get(sender.domain) if sender is not None else None
        return domain is not None and (domain.profile.signature or (account is not None and account.profile.signature))

    # What is done

    async def sign(self, content: bytes, sender: Address, account: Account | None, recipients: Sequence[Address]) -> bytes:
        """Put the signature below a message of a user of ours, where it is wanted."""
        domain = self._directory.domains.get(sender.domain)
        if domain is None or not signatures.wanted(domain, (recipient.domain for recipient in recipients), content):
            return content
        signature = signatures.signature_of(account, domain)
        return content if signature == signatures.NOTHING else await asyncio.to_thread(signatures.signed, content, signature)

    async def treat(self, content: bytes, sender: Address | None, recipients: Sequence[Address], reached: Sequence[Reached]) -> Treated:
        """Do what the server's rules say, mirror, then do what each account says."""
        treated = Treated()
        content = await self._rule(treated, content, sender, recipients)
        if not treated.deleted:
            await self._mirror(treated, sender, recipients)
            await self._accounts(treated, content, sender, recipients, reached, treated.options.pop(FOLDER, ""))
        return treated

    async def judge(self, mail: Mail) -> Treated:
        """Do what the server's rules say with a message of the queue; raises Unavailable."""
        treated = Treated()
        await self._rule(treated, await mail.read(), _address(mail.sender), _addresses(mail.recipients))
        return treated

    async def mirror(self, mail: Mail) -> Treated:
        """Have the mirror get a message of the queue, as a message of its own; raises Unavailable."""
        treated = Treated()
        mirror = self._mirrored(_address(mail.sender), _addresses(mail.recipients))
        if mirror is not None:
            await self._add(treated, [Generated(MIRROR, await mail.read(), mail.sender, (str(mirror),))])
        return treated

    async def arrive(
        self, content: bytes, sender: Address | None, recipients: Sequence[Address], reached: Sequence[Reached], folder: str = ""
    ) -> Treated:
        """Do what accounts say with a message that was accepted before and comes to them now; `folder` is where the server's rules want it."""
        treated = Treated()
        await self._accounts(treated, content, sender, recipients, reached, folder)
        return treated

    def tell_deleted(self, treated: Treated, sender: Address | None, recipients: Sequence[Address]) -> None:
        """Tell the handlers of OnDeliveryFailed of a message that the server's rules have deleted."""
        mail = Judged(str(sender or ""), list(map(str, recipients)), treated.content or b"", self._mailboxes.now())
        for recipient in mail.recipients:
            self._directory.events.tell(DeliveryFailed(mail, recipient, DELETED))

    async def _rule(self, treated: Treated, content: bytes, sender: Address | None, recipients: Sequence[Address]) -> bytes:
        """Have the server's rules judge a message; gives its content as they have left it."""
        decision = await self._run(GLOBAL, content, self._scope(sender, None, recipients))
        if decision is None:
            return content
        await self._add(treated, decision.generated)
        treated.deleted = decision.deleted
        treated.options = _options(decision)
        if decision.content is not content or treated.deleted:
            treated.content = decision.content
        return decision.content

    async def _accounts(
        self,
        treated: Treated,
        content: bytes,
        sender: Address | None,
        recipients: Sequence[Address],
        reached: Sequence[Reached],
        folder: str,
    ) -> None:
        """Have each account reply, judge and forward (14.3); `folder` is where the server's rules want its mail."""
        done: set[int] = set()
        for account, address in reached:
            recipient = LocalRecipient(account.id, address)
            if account.id not in done:
                done.add(account.id)
                scope = self._scope(sender, account, recipients)
                await self._reply(treated, account, content, scope)
                kept = await self._account(treated, recipient, account, content, scope, folder)
                if kept is not None:
                    treated.local.append(kept)

    async def _account(
        self, treated: Treated, recipient: LocalRecipient, account: Account, content: bytes, scope: Scope, folder: str
    ) -> LocalRecipient | None:
        """Tell where an account's copy goes; None when it keeps none, or one of its own that rules have changed."""
        decision = await self._run(account.id, content, scope)
        mine = content if decision is None else decision.content
        if decision is not None:
            await self._add(treated, decision.generated)
        deleted = decision is not None and decision.deleted
        keeps = deleted or await self._forward(treated, account, mine, scope)
        if deleted or not keeps:
            return None
        own = "" if decision is None else decision.folder
        filed = await self._filing.place(own or folder, account, server=not own)
        placed = recipient if filed is None else recipient._replace(account_id=filed[0], folder=filed[1])
        if mine is content:
            return placed
        treated.extras.append(await self._changed(mine, scope.sender, placed))
        return None

    async def _run(self, owner: int, content: bytes, scope: Scope) -> Decision | None:
        standing = self._directory.standing.of(owner)
        if not standing:
            return None
        steps = rules.run(standing, content, scope)
        decision = await asyncio.to_thread(rules.advance, steps)
        while isinstance(decision, rules.Function):
            decision = await asyncio.to_thread(rules.advance, steps, await self._called(decision, scope))
        if decision.applied:
            account = None if scope.account is None else str(scope.account.address)
            log.info("rules-applied", account=account or "(global)", rules=", ".join(decision.applied)[:200], deleted=decision.deleted)
        return decision

    async def _called(self, function: rules.Function, scope: Scope) -> bytes:
        """Call a rule's function (events.md 4.1); gives the message as it has left it."""
        mail = Judged(str(scope.sender or ""), list(scope.recipients), function.content, scope.now)
        if BY_RULE in self._directory.events.active:
            await self._directory.events.fire(RuleFunction(mail, function.name))
        return mail.content

    async def _reply(self, treated: Treated, account: Account, content: bytes, scope: Scope) -> None:
        if account.profile.vacation and vacation.on(account.profile, time.strftime("%Y-%m-%d", time.localtime(scope.now / 1_000_000))):
            made = vacation.reply(account, content, scope)
            if made is not None and made.once is not None and self._mailboxes.database.shards > 1:
                made = await self._for_the_first_time(made, made.once)
            if made is not None:
                await self._add(treated, [made])

    async def _for_the_first_time(self, made: Generated, once: Once) -> Generated | None:
        """Note in the account's own shard that a sender is answered, for the message may be committed in another; None when it was before.

        Should that commit fail, the sender is not answered by its next message either: once too few is better than twice.
        """
        shard = self._mailboxes.shard_of(once.account_id)
        fresh = await self._mailboxes.database.transact(shard, vacation.first, once, self._mailboxes.now())
        return made._replace(once=None) if fresh else None

    async def _forward(self, treated: Treated, account: Account, content: bytes, scope: Scope) -> bool:
        """Pass an account's mail on; tells whether the account keeps it too. What can't be passed on is kept."""
        profile = account.profile
        if not (profile.forward and profile.forward_address):
            return True
        once_more = counted(content, scope.limit)
        target = _address(profile.forward_address)
        if once_more is None or target is None or target.key == account.address.key:
            log.warning("not-forwarded", account=str(account.address), to=profile.forward_address[:320])
            return True
        await self._add(treated, [Generated("forward", once_more, str(scope.sender or ""), (str(target),))])
        return profile.forward_keep

    async def _mirror(self, treated: Treated, sender: Address | None, recipients: Sequence[Address]) -> None:
        """Have the mirror get a copy of everything but its own mail and reports (14.12)."""
        mirror = self._mirrored(sender, recipients)
        if mirror is None:
            return
        found = await self._directory.resolve(mirror, sender, authenticated=True)
        if isinstance(found, Resolution):
            treated.local += [LocalRecipient(account.id, mirror) for account in found.accounts]
            treated.remote += [QueueRecipient(str(target), self._directory.destination(target), {"NOTIFY": "NEVER"}) for target in found.remote]
        elif self._directory.domains.get(mirror.domain) is None:
            treated.remote.append(QueueRecipient(str(mirror), mirror.domain, {"NOTIFY": "NEVER"}))
        else:
            log.warning("not-mirrored", to=str(mirror))

    def _mirrored(self, sender: Address | None, recipients: Sequence[Address]) -> Address | None:
        """Give the mirror's address, if it gets a copy of a message."""
        mirror = _address(self._directory.settings.mirror_email_address)
        daemon = sender is not None and sender.local.lower() == DAEMON
        return None if daemon or mirror in (sender, *recipients) else mirror

    # What follows

    async def _add(self, treated: Treated, generated: Iterable[Generated]) -> None:
        for made in generated:
            recipients = _addresses(made.recipients)
            if not recipients:
                continue
            asked = {"NOTIFY": "NEVER"} if made.kind == MIRROR else {}
            waiting = tuple(QueueRecipient(str(one), self._destination(one), asked) for one in recipients)
            item = QueueItem(made.sender, None, _body(made.content, recipients), waiting, made.kind, self._signed_for(made))
            treated.extras.append(Extra(await self.stored(made.content), {}, item, made.once))
            log.info("generated", kind=made.kind, sender=made.sender or "<>", recipients=", ".join(map(str, recipients))[:320])

    async def _changed(self, content: bytes, sender: Address | None, recipient: LocalRecipient) -> Extra:
        shares = self._delivery.shares(sender, [recipient])
        return Extra(await self.stored(content), {shard: tuple(share) for shard, share in shares.items()})

    async def stored(self, content: bytes) -> NewContent:
        """Write a content where the commit that refers to it will find it; raises Unavailable."""
        spool = self._spool(len(content))
        try:
            if spool.write(content):
                await spool.settle()
            return await spool.finish(self._mailboxes.now())
        finally:
            spool.discard()

    def _signed_for(self, made: Generated) -> str:
        """Name the domain whose keys sign what a program of ours wrote itself."""
        domain = author_domain(header_of(made.content)) if made.kind in ANSWERS else ""
        return domain if self._directory.domains.get(domain) else ""

    def _destination(self, address: Address) -> str:
        """Name the queue's destination of an address: a domain of ours by its own name."""
        domain = self._directory.domains.get(address.domain)
        return domain.name if domain is not None else address.domain

    def _scope(self, sender: Address | None, account: Account | None, recipients: Sequence[Address]) -> Scope:
        settings = self._directory.settings
        hostname = settings.host_name or (account.address.domain if account is not None else "localhost")
        rewrite = settings.rewrite_envelope_from_when_forwarding
        return Scope(sender, account, tuple(map(str, recipients)), settings.rule_loop_limit, rewrite, hostname, self._mailboxes.now())


def _options(decision: Decision) -> dict[str, str]:
    """Give how a rule wants a message sent and filed, as the queue keeps it."""
    options = {"ROUTE": str(decision.route_id) if decision.route_id else "", "BIND": decision.bind, FOLDER: decision.folder}
    return {name: value for name, value in options.items() if value}


def _body(content: bytes, recipients: Sequence[Address]) -> dict[str, str]:
    options = {} if content.isascii() else {"BODY": "8BITMIME"}
    return options if all(address.ascii for address in recipients) else {**options, "SMTPUTF8": "1"}


def _addresses(texts: Iterable[str]) -> list[Address]:
    return [address for text in texts if (address := _address(text)) is not None]


def _address(text: str) -> Address | None:
    try:
        return Address.parse(text.strip()) if text.strip() else None
    except AddressError:
        return None
