"""The DNS plan: every record that a domain on this server needs, and how what is published differs from it."""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.directory.signing import RETIRED
from postroom.errors import ConfigurationError
from postroom.formats import mtasts, taglist
from postroom.network.certificates import key_digest
from postroom.network.resolver import LookupFailed, NameNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postroom.network.resolver import Records
    from postroom.operations.site import Site

OK: Final = "ok"
MISSING: Final = "missing"
DIFFERS: Final = "differs"
UNKNOWN: Final = "unknown"

TTL: Final = 3600
AT_ONCE: Final = 8
"""Questions that are asked at the same time."""

TXT_OCTETS: Final = 255
"""RFC 1035 section 3.3: a longer text is written in strings of so many octets."""

SERVICES: Final = {"submissions": 0, "imaps": 0, "pop3s": 10}
"""What mail programs look for (RFC 6186, 8314), with its priority: IMAP before POP3."""


class Planned(NamedTuple):
    """One record: `host` is the full name without its last dot, `value` as a zone file has it, a text bare; `purpose` tells what it is for."""

    type: str
    host: str
    value: str
    purpose: str


class Compared(NamedTuple):
    """A planned record with what is published in its place: `state` is ok, missing, differs, or unknown when the DNS gave no answer."""

    record: Planned
    state: str
    published: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The records of a domain, and what else must be known about them."""

    hostname: str
    domain: str
    records: tuple[Planned, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give it in the shape that Open Mailserver's API answers."""
        records = [{"type": record.type, "host": record.host, "value": record.value} for record in self.records]
        return {"hostname": self.hostname, "domain": self.domain, "records": records}

    def zone(self) -> str:
        """Write it as a zone file: with full names, so that it can be pasted into the zone of any of them. A PTR belongs to the network's owner."""
        lines = [f"; {self.domain} on {self.hostname}", f"$TTL {TTL}"]
        for record in self.records:
            value = quoted(record.value) if record.type == "TXT" else record.value
            line = f"{record.host}.\tIN\t{record.type}\t{value}"
            lines.append(f"; in the zone of whoever gives you the address:\n; {line}" if record.type == "PTR" else line)
        return "\n".join([*lines, *(f"; {note}" for note in self.notes)]) + "\n"


def plan(site: Site) -> Plan:
    """Plan the records of a site's domain."""
    records = (*_host(site), *_domain(site), *_programs(site), *_encryption(site), *_reverse(site))
    return Plan(site.hostname, site.domain, tuple(dict.fromkeys(records)), tuple(_notes(site)))


async def compare(planned: Plan, names: Records) -> list[Compared]:
    """Look up what is published in the place of each record."""
    seats = asyncio.Semaphore(AT_ONCE)

    async def one(record: Planned) -> Compared:
        async with seats:
            try:
                return await _compared(record, names)
            except LookupFailed as error:
                return Compared(record, UNKNOWN, (str(error),))

    return list(await asyncio.gather(*(one(record) for record in planned.records)))


def _host(site: Site) -> Iterator[Planned]:
    for address in site.addresses:
        kind = "A" if ipaddress.ip_address(address).version == 4 else "AAAA"
        yield Planned(kind, site.hostname, address, "where this server is")
    yield Planned("TXT", site.hostname, "v=spf1 a -all", "who may send as this server itself, such as reports (SPF)")


def _domain(site: Site) -> Iterator[Planned]:
    domain = site.domain
    yield Planned("MX", domain, f"10 {site.hostname}.", "which server takes the domain's mail")
    yield Planned("TXT", domain, "v=spf1 mx -all", "which servers send the domain's mail (SPF)")
    for key in site.keys:
        if key.state != RETIRED:
            yield Planned("TXT", key.host(domain), key.record, f"the key that proves its signatures (DKIM, {key.algorithm})")
    dmarc = taglist.write({"v": "DMARC1", "p": "quarantine", "rua": f"mailto:{site.postmaster}"})
    yield Planned("TXT", f"_dmarc.{domain}", dmarc, "what others do with forged mail, and where they report it (DMARC)")


def _programs(site: Site) -> Iterator[Planned]:
    domain, host = site.domain, f"{site.hostname}."
    for name in ("autoconfig", "autodiscover"):
        if f"{name}.{domain}" != site.hostname:
            yield Planned("CNAME", f"{name}.{domain}", host, "how mail programs find their settings")
    for service, priority in SERVICES.items():
        ports = [port.port for port in site.ports if port.protocol == service]
        if ports:
            yield Planned("SRV", f"_{service}._tcp.{domain}", f"{priority} 1 {min(ports)} {host}", "how mail programs find their servers")
    yield Planned("SRV", f"_autodiscover._tcp.{domain}", f"0 0 443 {host}", "how Outlook finds its settings")


def _encryption(site: Site) -> Iterator[Planned]:
    domain = site.domain
    if site.mta_sts != "none":
        policy = mtasts.Policy(site.mta_sts, (site.hostname,))
        yield Planned("CNAME", f"mta-sts.{domain}", f"{site.hostname}.", "where other servers fetch the policy on TLS (MTA-STS)")
        yield Planned("TXT", f"_mta-sts.{domain}", policy.record(), "that there is a policy on TLS (MTA-STS)")
    # RFC 8460 section 3
    report = taglist.write({"v": "TLSRPTv1", "rua": f"mailto:{site.postmaster}"})
    yield Planned("TXT", f"_smtp._tls.{domain}", report, "where others report trouble with TLS (TLS-RPT)")
    if digest := _digest(site):
        yield Planned("TLSA", f"_25._tcp.{site.hostname}", f"3 1 1 {digest}", "which key other servers find here (DANE); it counts with DNSSEC only")


def _reverse(site: Site) -> Iterator[Planned]:
    for address in site.addresses:
        name = ipaddress.ip_address(address).reverse_pointer
        yield Planned("PTR", name, f"{site.hostname}.", "the name of the address; whoever gives you the address sets it")


def _digest(site: Site) -> str:
    """Give the digest of the present certificate's key (RFC 6698 section 2.1), or "" without a certificate."""
    if site.certificate is None:
        return ""
    try:
        return key_digest(site.certificate)
    except ConfigurationError:
        return ""


def _notes(site: Site) -> Iterator[str]:
    if not site.addresses:
        yield "This server's public address is not known, so the plan lacks A, AAAA and PTR: tell it by --public-ip or the setting public_addresses."
    if "." not in site.hostname:
        yield f"The host name {site.hostname} is no full name: set `hostname` in the configuration file, such as mail.{site.domain}."
    if site.mta_sts != "none":
        yield f"MTA-STS needs https://mta-sts.{site.domain}/ on port 443, with a certificate that an authority signed."


def quoted(text: str) -> str:
    """Write a text as zone files have it: in quotation marks, a long one in several strings, which belong together."""
    octets = text.replace("\\", "\\\\").replace('"', '\\"')
    return " ".join(f'"{octets[start : start + TXT_OCTETS]}"' for start in range(0, len(octets), TXT_OCTETS))


async def _compared(record: Planned, names: Records) -> Compared:
    published = await _published(names, record.host, record.type)
    if record.type == "TXT":
        published = [text for text in published if "._domainkey." in record.host or _word(text) == _word(record.value)]
    elif record.type == "CNAME" and not published:
        return await _instead_of_cname(record, names)
    if not published:
        return Compared(record, MISSING, ())
    # Several texts of one kind (two SPF records) are an error, even when the right one is among them.
    alone = record.type != "TXT" or len(published) == 1
    same = any(_same(record, found) for found in published)
    return Compared(record, OK if same and alone else DIFFERS, tuple(published))


async def _instead_of_cname(record: Planned, names: Records) -> Compared:
    """Accept addresses in a CNAME's place, if they are those of its target."""
    kinds = ("A", "AAAA")
    found = [address for kind in kinds for address in await _published(names, record.host, kind)]
    wanted = [address for kind in kinds for address in await _published(names, record.value.removesuffix("."), kind)]
    if not found:
        return Compared(record, MISSING, ())
    return Compared(record, OK if set(found) <= set(wanted) else DIFFERS, tuple(found))


async def _published(names: Records, host: str, kind: str) -> list[str]:
    try:
        return list((await names.records(host, kind)).values)
    except NameNotFoundError:
        return []


def _same(record: Planned, found: str) -> bool:
    match record.type:
        case "TXT":
            return _text(record.value) == _text(found)
        case "MX":  # the number may be another
            return _words(record.value)[1:] == _words(found)[1:]
        case "A" | "AAAA":
            return ipaddress.ip_address(record.value) == ipaddress.ip_address(found)
        case _:
            return _words(record.value) == _words(found)


def _word(text: str) -> str:
    """Give what tells one kind of text from others: its first word."""
    return text.replace(";", " ").lower().replace(" = ", "=").partition(" ")[0]


def _words(text: str) -> Sequence[str]:
    return [word.removesuffix(".") for word in text.lower().split()]


def _text(text: str) -> object:
    """Give a text so that equal ones mean the same: a tag list's tags, keys without blanks, or the words."""
    try:
        tags = taglist.parse(text)
    except taglist.TagListError:
        return text.lower().split()
    return {name: ("" if name == "p" else " ").join(value.split()) for name, value in tags.items()}
