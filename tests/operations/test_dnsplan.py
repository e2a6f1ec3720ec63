"""The DNS plan, and what is published compared with it."""

import dataclasses

import dns.zone
import pytest

from nameserver import NameServer
from postroom.network.certificates import key_digest
from postroom.operations.diagnostics import World
from postroom.operations.dnsplan import DIFFERS, MISSING, OK, UNKNOWN, compare, plan
from postroom.operations.site import Port, Site


async def states(site: Site, world: World) -> dict[tuple[str, str], str]:
    return {(it.record.type, it.record.host): it.state for it in await compare(plan(site), world.names)}


def test_every_record_is_planned(site: Site) -> None:
    planned = [(record.type, record.host, record.value) for record in plan(site).records]
    assert site.certificate is not None
    for record in [
        ("A", "mail.corp.com", "192.0.2.10"),
        ("AAAA", "mail.corp.com", "2001:db8::10"),
        ("MX", "corp.com", "10 mail.corp.com."),
        ("CNAME", "autoconfig.corp.com", "mail.corp.com."),
        ("CNAME", "autodiscover.corp.com", "mail.corp.com."),
        ("CNAME", "mta-sts.corp.com", "mail.corp.com."),
        ("TXT", "corp.com", "v=spf1 mx -all"),
        ("TXT", "mail.corp.com", "v=spf1 a -all"),
        ("TXT", "202611r._domainkey.corp.com", site.keys[0].record),
        ("TXT", "202611e._domainkey.corp.com", site.keys[1].record),
        ("TXT", "_dmarc.corp.com", "v=DMARC1; p=quarantine; rua=mailto:postmaster@corp.com"),
        ("TXT", "_smtp._tls.corp.com", "v=TLSRPTv1; rua=mailto:postmaster@corp.com"),
        ("SRV", "_imaps._tcp.corp.com", "0 1 993 mail.corp.com."),
        ("SRV", "_submissions._tcp.corp.com", "0 1 465 mail.corp.com."),
        ("SRV", "_autodiscover._tcp.corp.com", "0 0 443 mail.corp.com."),
        ("TLSA", "_25._tcp.mail.corp.com", f"3 1 1 {key_digest(site.certificate)}"),
        ("PTR", "10.2.0.192.in-addr.arpa", "mail.corp.com."),
        ("PTR", "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "mail.corp.com."),
    ]:
        assert record in planned
    assert any(host == "_mta-sts.corp.com" and value.startswith("v=STSv1; id=") for _, host, value in planned)


def test_what_is_not_offered_is_not_planned(site: Site) -> None:
    hosts = {record.host for record in plan(dataclasses.replace(site, ports=(Port("imaps", "", 993),), mta_sts="none", certificate=None)).records}
    assert "_imaps._tcp.corp.com" in hosts
    assert not hosts & {"_pop3s._tcp.corp.com", "_submissions._tcp.corp.com", "_mta-sts.corp.com", "mta-sts.corp.com", "_25._tcp.mail.corp.com"}


def test_another_policy_gets_another_id(site: Site) -> None:
    def announced(mode: str) -> list[str]:
        return [it.value for it in plan(dataclasses.replace(site, mta_sts=mode)).records if it.host == "_mta-sts.corp.com"]

    assert announced("testing") == announced("testing") != announced("enforce")


def test_a_retired_key_is_not_planned_and_a_waiting_one_is(site: Site) -> None:
    retired, waiting = (dataclasses.replace(key, state=state) for key, state in zip(site.keys, ("retired", "waiting"), strict=True))
    hosts = {record.host for record in plan(dataclasses.replace(site, keys=(retired, waiting))).records}
    assert retired.host("corp.com") not in hosts
    assert waiting.host("corp.com") in hosts


def test_what_is_not_known_is_told(site: Site) -> None:
    notes = plan(dataclasses.replace(site, addresses=(), hostname="mail")).notes
    assert any("--public-ip" in note for note in notes)
    assert any("hostname" in note for note in notes)


def test_the_zone_file_is_one(site: Site) -> None:
    text = "corp.com. 3600 IN SOA a.b. c.d. 1 2 3 4 5\ncorp.com. IN NS a.b.\n" + plan(site).zone()
    zone = dns.zone.from_text(text, origin="corp.com.", relativize=False)
    key = zone.find_rdataset("202611r._domainkey.corp.com.", "TXT")[0]
    assert b"".join(key.strings).decode() == site.keys[0].record
    assert len(key.strings) == 2
    assert zone.find_rdataset("_25._tcp.mail.corp.com.", "TLSA")
    assert "; 10.2.0.192.in-addr.arpa.\tIN\tPTR\tmail.corp.com." in text


def test_the_api_is_told_type_host_and_value(site: Site) -> None:
    told = plan(site).as_json()
    assert (told["hostname"], told["domain"]) == ("mail.corp.com", "corp.com")
    assert {"type": "MX", "host": "corp.com", "value": "10 mail.corp.com."} in told["records"]


async def test_what_is_published_as_planned_is_in_order(site: Site, world: World) -> None:
    assert set((await states(site, world)).values()) == {OK}


async def test_what_is_not_published_is_missing(site: Site, server: NameServer, world: World) -> None:
    server.zone.clear()
    assert set((await states(site, world)).values()) == {MISSING}


@pytest.mark.parametrize(
    ("place", "published", "state"),
    [
        (("MX", "corp.com"), ["20 MAIL.corp.com."], OK),
        (("MX", "corp.com"), ["10 other.test."], DIFFERS),
        (("A", "mail.corp.com"), ["192.0.2.11"], DIFFERS),
        (("AAAA", "mail.corp.com"), ["2001:0db8:0:0::10"], OK),
        (("TXT", "corp.com"), ['"v=spf1   mx -all"', '"other"'], OK),
        (("TXT", "corp.com"), ['"v=spf1 mx -all"', '"v=spf1 a -all"'], DIFFERS),
        (("TXT", "corp.com"), ['"v=spf1 include:x.test -all"'], DIFFERS),
        (("TXT", "corp.com"), ['"other"'], MISSING),
        (("TXT", "_dmarc.corp.com"), ['"v=DMARC1;p=quarantine;rua=mailto:postmaster@corp.com;"'], OK),
        (("TXT", "_dmarc.corp.com"), ['"v=DMARC1; p=none"'], DIFFERS),
        (("TXT", "202611e._domainkey.corp.com"), ['"k=ed25519; p=AAAA"'], DIFFERS),
        (("SRV", "_imaps._tcp.corp.com"), ["0 1 143 mail.corp.com."], DIFFERS),
        (("TLSA", "_25._tcp.mail.corp.com"), ["3 1 1 " + "00" * 32], DIFFERS),
        (("CNAME", "autoconfig.corp.com"), ["other.test."], DIFFERS),
        (("PTR", "10.2.0.192.in-addr.arpa"), ["host-10.provider.test."], DIFFERS),
    ],
)
async def test_what_differs_is_told_with_both_values(
    site: Site, server: NameServer, world: World, place: tuple[str, str], published: list[str], state: str
) -> None:
    server.zone[place[1], place[0]] = published
    (found,) = [it for it in await compare(plan(site), world.names) if (it.record.type, it.record.host) == place]
    assert found.state == state
    assert bool(found.published) == (state != MISSING)


async def test_addresses_may_stand_in_a_cnames_place(site: Site, server: NameServer, world: World) -> None:
    del server.zone["autoconfig.corp.com", "CNAME"]
    server.zone["autoconfig.corp.com", "A"] = ["192.0.2.10"]
    del server.zone["autodiscover.corp.com", "CNAME"]
    server.zone["autodiscover.corp.com", "A"] = ["192.0.2.77"]
    found = await states(site, world)
    assert (found["CNAME", "autoconfig.corp.com"], found["CNAME", "autodiscover.corp.com"]) == (OK, DIFFERS)


async def test_where_the_dns_gives_no_answer_nothing_is_claimed(site: Site, server: NameServer, world: World) -> None:
    server.broken.add("_dmarc.corp.com")
    assert (await states(site, world))["TXT", "_dmarc.corp.com"] == UNKNOWN
