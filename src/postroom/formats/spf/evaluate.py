"""The check_host() function (RFC 7208 section 4) with all its limits: 10 lookups, 2 void ones, 10 names of an MX or PTR (section 4.6.4).

The limits stand against records that make us ask for others' sake (section 11.1): all evaluation of one message shares one count.
"""

import enum
import ipaddress
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from postroom.formats.spf import macros
from postroom.formats.spf.record import Directive, Record, SPFError, is_spf

MOST_LOOKUPS = 10
MOST_VOID = 2
MOST_NAMES = 10

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAME = re.compile(r"(?=.{1,253}\Z)(?:[^.]{1,63}\.)+[^.]{1,63}", re.DOTALL)


class NoAnswer(Exception):
    """The DNS could not say (time-out, SERVFAIL): the verdict is a temporary error."""


class Names(Protocol):
    """Who asks the DNS: empty answers when a name does not exist or has no such record; NoAnswer when that can't be known."""

    async def txt(self, name: str) -> Sequence[bytes]:
        """Look up texts, the strings of each record joined."""

    async def addresses(self, name: str, version: int) -> Sequence[str]:
        """Look up the IPv4 (4) or IPv6 (6) addresses of a name."""

    async def mx(self, name: str) -> Sequence[str]:
        """Look up the hosts of the mail exchangers."""

    async def ptr(self, ip: str) -> Sequence[str]:
        """Look up the names of an address."""


class Result(enum.StrEnum):
    """What SPF says (section 2.6)."""

    NONE = "none"
    NEUTRAL = "neutral"
    PASS = "pass"  # noqa: S105 - a result, no password
    FAIL = "fail"
    SOFTFAIL = "softfail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


QUALIFIED = {"+": Result.PASS, "-": Result.FAIL, "~": Result.SOFTFAIL, "?": Result.NEUTRAL}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result with what led to it: the `mechanism` that matched, the `problem` of an error in a sentence, the domain's own `explanation`."""

    result: Result
    mechanism: str = ""
    problem: str = ""
    explanation: str = ""


@dataclass(slots=True)
class Evaluation:
    """One check of one connection: who sends, as whom, and what was counted."""

    names: Names
    ip: IP
    sender: str
    helo: str
    receiver: str = "unknown"
    now: int = 0
    lookups: int = 0
    void: int = 0

    async def check(self, domain: str) -> Verdict:
        """Evaluate the policy of a domain."""
        try:
            return await self._check(domain, top=True)
        except SPFError as error:
            return Verdict(Result.PERMERROR, problem=str(error))
        except NoAnswer as error:
            return Verdict(Result.TEMPERROR, problem=str(error))

    async def _check(self, domain: str, *, top: bool) -> Verdict:
        found = await policies(self.names, domain) if _NAME.fullmatch(domain) else []
        if not found:
            return Verdict(Result.NONE)
        if len(found) > 1:
            raise SPFError(f"{domain} has {len(found)} SPF records: there may be one only.")
        record = Record.parse(found[0])
        for directive in record.directives:
            if await self._matches(directive, domain):
                result = QUALIFIED[directive.qualifier]
                explanation = await self._explain(record, domain) if top and result is Result.FAIL and record.explanation else ""
                return Verdict(result, directive.text, explanation=explanation)
        return await self._redirected(record, domain, top=top) if record.redirect else Verdict(Result.NEUTRAL)

    async def _redirected(self, record: Record, domain: str, *, top: bool) -> Verdict:
        self._count()
        target = await self._target(record.redirect, domain)
        verdict = await self._check(target, top=top)
        if verdict.result is Result.NONE:
            raise SPFError(f"redirect={target[:253]} leads to a domain without SPF record.")
        return verdict

    async def _matches(self, directive: Directive, domain: str) -> bool:
        match directive.mechanism:
            case "all":
                return True
            case "ip4" | "ip6":
                return directive.network is not None and self.ip in directive.network
        self._count()
        target = await self._target(directive.domain, domain)
        mechanisms: dict[str, Callable[[Directive, str], Awaitable[bool]]] = {
            "include": self._include,
            "a": self._a,
            "mx": self._mx,
            "ptr": self._ptr,
            "exists": self._exists,
        }
        return await mechanisms[directive.mechanism](directive, target)

    async def _include(self, directive: Directive, target: str) -> bool:
        verdict = await self._check(target, top=False)
        if verdict.result is Result.NONE:
            raise SPFError(f"{directive.text[:60]} leads to a domain without SPF record.")
        return verdict.result is Result.PASS

    async def _a(self, directive: Directive, target: str) -> bool:
        return self._within(await self._asked(self.names.addresses(target, self.ip.version)), directive)

    async def _mx(self, directive: Directive, target: str) -> bool:
        hosts = await self._asked(self.names.mx(target))
        if len(hosts) > MOST_NAMES:
            raise SPFError(f"{target[:253]} has more than {MOST_NAMES} mail exchangers.")
        for host in hosts:
            if self._within(await self._asked(self.names.addresses(host, self.ip.version)), directive):
                return True
        return False

    async def _exists(self, directive: Directive, target: str) -> bool:
        return bool(await self._asked(self.names.addresses(target, 4)))

    async def _ptr(self, directive: Directive, target: str) -> bool:
        target = target.lower()
        return any(name == target or name.endswith("." + target) for name in await self._validated())

    async def _validated(self) -> list[str]:
        """Give the names of the address that lead back to it (section 5.5); errors make names fewer, never the check fail."""
        try:
            names = await self._asked(self.names.ptr(str(self.ip)))
        except NoAnswer:
            return []
        validated = []
        for name in names[:MOST_NAMES]:
            try:
                if any(ipaddress.ip_address(found) == self.ip for found in await self.names.addresses(name, self.ip.version)):
                    validated.append(name.lower().removesuffix("."))
            except NoAnswer:
                continue
        return validated

    async def _explain(self, record: Record, domain: str) -> str:
        """Fetch the domain's explanation of a failure (section 6.2); anything wrong with it is passed by."""
        try:
            texts = await self.names.txt(await self._target(record.explanation, domain))
            if len(texts) != 1 or not texts[0].isascii():
                return ""
            text = texts[0].decode("ascii")
            return macros.expand(text, await self._values(text, domain), explains=True)
        except (SPFError, NoAnswer):
            return ""

    async def _target(self, spec: str, domain: str) -> str:
        return macros.name(spec, await self._values(spec, domain)) if spec else domain

    async def _values(self, spec: str, domain: str) -> dict[str, str]:
        """Give the values of macros (section 7.2)."""
        local, _, sender_domain = self.sender.rpartition("@")
        local = local or "postmaster"
        values = {
            "s": f"{local}@{sender_domain}",
            "l": local,
            "o": sender_domain,
            "d": domain,
            "i": str(self.ip) if self.ip.version == 4 else ".".join(self.ip.exploded.replace(":", "")).lower(),
            "v": "in-addr" if self.ip.version == 4 else "ip6",
            "h": self.helo,
            "c": str(self.ip),
            "r": self.receiver,
            "t": str(self.now),
        }
        if "p" in macros.letters(spec):
            values["p"] = await self._own_name(domain.lower())
        return values

    async def _own_name(self, domain: str) -> str:
        """Choose the address's name that is nearest to a domain, for `p`."""
        names = await self._validated()
        return min(names, key=lambda name: (name != domain, not name.endswith("." + domain)), default="unknown")

    def _within(self, addresses: Sequence[str], directive: Directive) -> bool:
        bits = directive.bits4 if self.ip.version == 4 else directive.bits6
        return any(self.ip in ipaddress.ip_network(f"{address}/{bits}", strict=False) for address in addresses)

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise SPFError(f"The record needs more than {MOST_LOOKUPS} lookups.")

    async def _asked(self, question: Awaitable[Sequence[str]]) -> Sequence[str]:
        """Await a lookup, and count one that finds nothing."""
        found = await question
        if not found:
            self.void += 1
            if self.void > MOST_VOID:
                raise SPFError(f"More than {MOST_VOID} lookups of the record find nothing.")
        return found


async def policies(names: Names, domain: str) -> list[bytes]:
    """Look up the SPF records of a domain: one, if all is well (section 4.5). Raises NoAnswer."""
    return [text for text in await names.txt(domain) if is_spf(text)]


async def evaluate(names: Names, ip: str, sender: str, helo: str, *, receiver: str = "unknown", now: int = 0) -> Verdict:
    """Tell whether an address may send as `sender` ("" is the null sender: then HELO's name stands for it). ValueError when `ip` is none."""
    address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    identity = sender if "@" in sender else f"postmaster@{sender or helo}"
    return await Evaluation(names, address, identity, helo, receiver, now).check(identity.rpartition("@")[2])
