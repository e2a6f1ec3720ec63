"""The doctor against a name server with good and bad zones: each spoilt thing is found, with why it matters and the fix."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from nameserver import NameServer
from operations.conftest import NOW, Outside
from postroom.network.resolver import NameServers
from postroom.operations.diagnostics import PREFLIGHT, Check, World, examine, report
from postroom.operations.site import Port, Site


def signed_by_authority(path: Path, name: str, days: int = 90) -> Path:
    """A certificate that somebody else signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in (name, "Authority")]
    builder = x509.CertificateBuilder(names[1], names[0], key.public_key(), 1, NOW - dt.timedelta(days=100), NOW + dt.timedelta(days=days))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    path.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return path


async def found(site: Site, world: World, name: str) -> list[Check]:
    """The findings of one name."""
    family = "host_name" if name in {"addresses", "reverse_dns"} else name
    return [check for check in await examine(site, world, (family,)) if check.name == name]


async def test_where_all_is_well_every_check_passes(site: Site, world: World, tmp_path: Path) -> None:
    well = dataclasses.replace(site, certificate=signed_by_authority(tmp_path / "signed.pem", "mail.corp.com"))
    checks = await examine(well, world)
    assert [check for check in checks if check.status != "pass"] == []
    assert {check.name for check in checks} == {
        "host_name", "addresses", "reverse_dns", "mx", "spf", "dkim", "dmarc", "certificate", "listeners", "outgoing_smtp", "clock", "disk",
        "blocklists",
    }  # fmt: skip
    assert all(check.details.endswith((".", ").")) for check in checks)


Spoil = Callable[[NameServer], object]

RSA, ED25519 = "202611r._domainkey.corp.com", "202611e._domainkey.corp.com"
DMARC, BACK, LISTED = "_dmarc.corp.com", "10.2.0.192.in-addr.arpa", "10.2.0.192.bl.test"
PUBLISH_MX, PUBLISH_A = "corp.com. IN MX 10 mail.corp.com.", "mail.corp.com. IN A 192.0.2.10"


def put(kind: str, host: str, *records: str) -> Spoil:
    return lambda server: server.zone.update({(host, kind): list(records)})


def text(host: str, *texts: str) -> Spoil:
    return put("TXT", host, *(f'"{it}"' for it in texts))


def gone(*places: tuple[str, str]) -> Spoil:
    return lambda server: [server.zone.pop((host, kind)) for kind, host in places]


def both(one: Spoil, other: Spoil) -> Spoil:
    return lambda server: (one(server), other(server))


def key_of(host: str, more: str = "") -> Spoil:
    """Publish the key that stands at a host at the Ed25519 key's, with more tags."""
    return lambda server: server.zone.update({(ED25519, "TXT"): [f'{server.zone[host, "TXT"][0][:-1]}{more}"']})


BAD_ZONES: list[tuple[str, Spoil, str, str]] = [
    ("mx", gone(("MX", "corp.com")), "no MX", PUBLISH_MX),
    ("mx", put("MX", "corp.com", "0 ."), "null MX", "Remove"),
    ("mx", put("MX", "corp.com", "10 old.test."), "goes to 10 old.test, not", PUBLISH_MX),
    ("mx", put("MX", "corp.com", "5 old.test.", "10 mail.corp.com."), "old.test comes first", "smallest"),
    ("mx", both(put("CNAME", "mail.corp.com", "b.corp.com."), put("A", "b.corp.com", "192.0.2.10")), "is a CNAME", "A and AAAA"),
    ("mx", gone(("A", "mail.corp.com"), ("AAAA", "mail.corp.com")), "has no address", "A and AAAA"),
    ("addresses", gone(("A", "mail.corp.com"), ("AAAA", "mail.corp.com")), "neither", PUBLISH_A),
    ("addresses", put("A", "mail.corp.com", "192.0.2.77"), "not to 192.0.2.10", PUBLISH_A),
    ("reverse_dns", gone(("PTR", BACK)), "no name", f"{BACK}. IN PTR mail.corp.com."),
    ("reverse_dns", put("PTR", BACK, "a.test."), "the name a.test, not", "provider"),
    ("reverse_dns", put("A", "mail.corp.com", "192.0.2.77"), "does not lead back", PUBLISH_A),
    ("spf", gone(("TXT", "corp.com")), "no SPF", '"v=spf1 mx -all"'),
    ("spf", text("corp.com", "v=spf1 mx -all", "v=spf1 -all"), "2 SPF records", "one"),
    ("spf", text("corp.com", "v=spf1 ip4:192.0.2.1 -all"), "fail by -all for 192.0.2.10", "ip4:192.0.2.10"),
    ("spf", text("corp.com", "v=spf1 ip4:192.0.2.10 ~all"), "softfail by ~all for 2001:db8::10", "ip6:2001:db8::10"),
    ("spf", text("corp.com", "v=spf1 mx +all"), "lets every host send", "-all"),
    ("spf", text("corp.com", "v=spf1 mx: -all"), "can't be used", "Mend"),
    ("spf", text("corp.com", "v=spf1 include:corp.com -all"), "more than 10 lookups", "Mend"),
    ("dkim", gone(("TXT", RSA)), "rsa-sha256 key, is not published", f"{RSA}. IN TXT"),
    ("dkim", key_of(RSA), "another key", "Replace"),
    ("dkim", text(ED25519, "v=DKIM1; p="), "revoked", "Replace"),
    ("dkim", text(ED25519, "v=DKIM1; k=rsa; p=MIIB"), "damaged", "Replace"),
    ("dkim", text(ED25519, "v=DKIM1; p=", "v=DKIM1; p=A"), "2 records", "Remove all but ours"),
    ("dkim", key_of(ED25519, "; t=y"), "test mode", "t=y"),
    ("dkim", key_of(ED25519, "; h=sha1"), "sha1", "Replace"),
    ("dmarc", gone(("TXT", DMARC)), "no DMARC", "rua=mailto:postmaster@corp.com"),
    ("dmarc", text(DMARC, "v=DMARC1; p=reject", "v=DMARC1; p=none"), "2 DMARC records", "Keep one"),
    ("dmarc", text(DMARC, "v=DMARC1; p=all"), "not one of", "Replace"),
    ("dmarc", text(DMARC, "v=DMARC1; p=none"), "p=none", "quarantine"),
    ("blocklists", both(put("A", LISTED, "127.0.0.2"), text(LISTED, "spam")), "listed by bl.test (127.0.0.2, spam)", "ask bl.test to remove"),
    ("outgoing_smtp", gone(("A", "mx.big.test")), "no address", "provider"),
]


@pytest.mark.parametrize(("name", "spoil", "details", "fix"), BAD_ZONES, ids=[f"{it[0]}-{it[2]}" for it in BAD_ZONES])
async def test_what_is_wrong_in_the_dns_is_found(
    site: Site, server: NameServer, world: World, name: str, spoil: Spoil, details: str, fix: str
) -> None:
    spoil(server)
    wrong = [check for check in await found(site, world, name) if check.status == "warn"]
    assert any(details in check.details and fix in check.fix and check.why for check in wrong), wrong


@pytest.mark.parametrize(
    ("name", "broken"),
    [("host_name", "mail.corp.com"), ("mx", "corp.com"), ("spf", "corp.com"), ("dkim", "202611r._domainkey.corp.com"), ("dmarc", "_dmarc.corp.com")],
)
async def test_a_dns_failure_is_told_as_such(site: Site, server: NameServer, world: World, name: str, broken: str) -> None:
    server.broken.add(broken)
    assert any("no answer" in check.details for check in await found(site, world, name))


async def test_a_list_that_does_not_answer_is_no_listing(site: Site, server: NameServer, world: World) -> None:
    server.zone["10.2.0.192.bl.test", "A"] = ["127.255.255.254"]
    (check,) = await found(site, world, "blocklists")
    assert (check.status, "dns.servers" in check.details) == ("pass", True)
    server.broken |= {"10.2.0.192.bl.test"}
    world = dataclasses.replace(world, names=NameServers([f"127.0.0.1:{server.port}"], seconds=0.5))
    (check,) = await found(site, world, "blocklists")
    assert (check.status, "gives no answer" in check.details) == ("pass", True)


@pytest.mark.parametrize("name", ["localhost", "mail", "mail.local", "192.0.2.1", "[192.0.2.1]", "mail.corp.test"])
async def test_a_host_name_that_the_world_does_not_know_is_found(site: Site, world: World, name: str) -> None:
    (check,) = await found(dataclasses.replace(site, hostname=name), world, "host_name")
    assert check.status == "warn"
    assert 'hostname = "mail.corp.com"' in check.fix


async def test_without_a_known_address_the_published_ones_are_examined(site: Site, world: World) -> None:
    checks = await examine(dataclasses.replace(site, addresses=()), world)
    assert [check.status for check in checks if check.name in {"addresses", "reverse_dns", "spf", "blocklists"}] == ["pass"] * 6


async def test_without_any_address_nothing_is_claimed(site: Site, server: NameServer, world: World) -> None:
    for kind in ("A", "AAAA"):
        del server.zone["mail.corp.com", kind]
    (check,) = await found(dataclasses.replace(site, addresses=()), world, "spf")
    assert "public_addresses" in check.fix


CERTIFICATES: list[tuple[str, int, str]] = [
    ("other.corp.com", 90, "is for other.corp.com, not for mail.corp.com"),
    ("mail.corp.com", 5, "only"),
    ("mail.corp.com", -1, "expired"),
    ("*.corp.com", 90, ""),
    ("*.com", 90, "is for *.com"),
]


@pytest.mark.parametrize(("name", "days", "details"), CERTIFICATES)
async def test_the_certificate_is_read(site: Site, world: World, tmp_path: Path, name: str, days: int, details: str) -> None:
    path = signed_by_authority(tmp_path / "signed.pem", name, days)
    (check,) = await found(dataclasses.replace(site, certificate=path), world, "certificate")
    assert (check.status, details in check.details) == ("warn" if details else "pass", True)


async def test_a_self_signed_damaged_or_missing_certificate_is_found(site: Site, world: World, tmp_path: Path) -> None:
    (check,) = await found(site, world, "certificate")
    assert "signed by nobody" in check.details
    (tmp_path / "damaged.pem").write_text("no certificate")
    for path in (tmp_path / "damaged.pem", tmp_path / "nowhere.pem", None):
        (check,) = await found(dataclasses.replace(site, certificate=path), world, "certificate")
        assert check.status == "warn"


async def test_listeners_are_reached_with_tls_where_it_begins_at_once(site: Site, world: World, outside: Outside) -> None:
    await found(site, world, "listeners")
    assert {("127.0.0.1", 25, False), ("127.0.0.1", 465, True), ("::1", 993, True), ("127.0.0.1", 110, False)} <= set(outside.asked)


async def test_a_listener_that_does_not_answer_or_is_another_program_is_found(site: Site, world: World, outside: Outside) -> None:
    outside.down.add(993)
    outside.greetings[465] = b"HTTP/1.1 400 Bad Request"
    wrong = {check.details for check in await found(site, world, "listeners") if check.status == "warn"}
    assert wrong == {"imaps at :: port 993 does not answer: connection refused.", "submissions at * port 465 answers HTTP/1.1 400 Bad Request."}


@pytest.mark.parametrize("ports", [(), (Port("smtp", "127.0.0.1", 25),), (Port("smtp", "", 2525),), (Port("imaps", "", 993),)])
async def test_a_server_that_others_can_not_bring_mail_to_is_found(site: Site, world: World, outside: Outside, ports: tuple[Port, ...]) -> None:
    outside.greetings[2525] = b"220 x"
    wrong = [check for check in await found(dataclasses.replace(site, ports=ports), world, "listeners") if check.status == "warn"]
    assert len(wrong) == 1
    assert "listener add smtp 25" in wrong[0].fix


async def test_a_network_that_lets_no_mail_out_is_found(site: Site, world: World, outside: Outside) -> None:
    outside.down.add("192.0.2.99")
    (check,) = await found(site, world, "outgoing_smtp")
    assert "192.0.2.99: connection refused" in check.details
    assert "smart host" in check.fix
    (check,) = await found(dataclasses.replace(site, destination=""), world, "outgoing_smtp")
    assert check.status == "pass"


@pytest.mark.parametrize(
    ("off", "status", "details"),
    [(0.5, "pass", "right to 0.5"), (60.0, "warn", "60 seconds slow"), (-60.0, "warn", "fast"), (None, "warn", "no answer")],
)
async def test_the_clock_is_compared(site: Site, world: World, outside: Outside, off: float | None, status: str, details: str) -> None:
    outside.off = off
    (check,) = await found(site, world, "clock")
    assert (check.status, details in check.details) == (status, True)


async def test_a_full_disk_is_found(site: Site, world: World) -> None:
    (check,) = await found(dataclasses.replace(site, reserve=1 << 60), world, "disk")
    assert (check.status, "free_space_reserve" in check.why) == ("warn", True)


async def test_a_check_that_takes_too_long_is_a_finding(site: Site, world: World) -> None:
    async def never(_server: str) -> float:
        await asyncio.get_running_loop().create_future()
        return 0

    checks = await examine(site, dataclasses.replace(world, clock_offset=never), ("clock",), seconds=0)
    assert "more than 0 seconds" in checks[0].details


async def test_the_report_has_the_shape_of_the_api(site: Site, world: World) -> None:
    told = await report(site, world)
    assert told["status"] == "warn", "the certificate is self-signed"
    assert told.keys() == {"status", "platform", "checks", "dns_plan"}
    assert all({"name", "status", "details"} <= check.keys() and check["status"] in {"pass", "warn"} for check in told["checks"])
    assert told["dns_plan"]["domain"] == "corp.com"


async def test_before_there_is_a_server_its_listeners_and_keys_are_not_examined(site: Site, world: World) -> None:
    names = {check.name for check in await examine(site, world, PREFLIGHT)}
    assert names == {"host_name", "addresses", "reverse_dns", "outgoing_smtp", "clock", "disk", "blocklists"}
