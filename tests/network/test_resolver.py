"""The resolver against a name server on loopback that answers from a table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from postroom.errors import ConfigurationError
from postroom.network.resolver import LookupFailed, NameNotFoundError, NameServers, server_address

ZONE = {
    ("example.test.", "MX"): ["20 Backup.example.test.", "10 mail.example.test."],
    ("nomail.test.", "MX"): ["0 ."],
    ("mail.example.test.", "A"): ["192.0.2.1", "192.0.2.2"],
    ("mail.example.test.", "AAAA"): ["2001:db8::1"],
    ("example.test.", "TXT"): ['"v=spf1 " "-all"', '"other"'],
    ("1.2.0.192.in-addr.arpa.", "PTR"): ["mail.example.test."],
    ("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.", "PTR"): ["Mail.example.test."],
}


class NameServer(asyncio.DatagramProtocol):
    """Answers from ZONE; "broken.test" fails, "silent.test" is not answered."""

    def __init__(self) -> None:
        self.questions: list[str] = []

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(), question.rdtype.name
        self.questions.append(f"{name} {kind}")
        if name == "silent.test.":
            return
        response = dns.message.make_response(query)
        if name == "broken.test.":
            response.set_rcode(dns.rcode.SERVFAIL)
        elif not any(known == name for known, _ in ZONE):
            response.set_rcode(dns.rcode.NXDOMAIN)
        elif (name, kind) in ZONE:
            response.answer.append(dns.rrset.from_text(question.name, 300, "IN", kind, *ZONE[name, kind]))
            response.flags |= dns.flags.AD
        self.transport.sendto(response.to_wire(), addr)


@pytest.fixture
async def server() -> AsyncIterator[NameServer]:
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(NameServer, local_addr=("127.0.0.1", 0))
    yield protocol
    transport.close()


@pytest.fixture
async def names(server: NameServer) -> NameServers:
    return NameServers([f"127.0.0.1:{server.transport.get_extra_info('sockname')[1]}"], seconds=0.5)


async def test_each_kind_of_record_is_read(names: NameServers) -> None:
    answer = await names.mx("example.test")
    assert answer.values == ((10, "mail.example.test"), (20, "backup.example.test"))
    assert (answer.ttl, answer.secure) == (300, True)
    assert (await names.mx("nomail.test")).values == ((0, ""),)
    assert sorted((await names.a("mail.example.test")).values) == ["192.0.2.1", "192.0.2.2"]
    assert (await names.aaaa("mail.example.test")).values == ("2001:db8::1",)
    assert sorted((await names.txt("example.test")).values) == [b"other", b"v=spf1 -all"]
    assert (await names.ptr("192.0.2.1")).values == ("mail.example.test",)
    assert (await names.ptr("2001:db8::1")).values == ("mail.example.test",)


async def test_an_answer_is_kept_while_it_is_good(names: NameServers, server: NameServer) -> None:
    for _ in range(3):
        await names.a("mail.example.test")
    assert server.questions == ["mail.example.test. A"]


async def test_no_such_name_is_told_from_no_such_record(names: NameServers) -> None:
    assert (await names.aaaa("example.test")).values == ()
    with pytest.raises(NameNotFoundError):
        await names.a("nowhere.test")


@pytest.mark.parametrize("name", ["a" * 64 + ".test", "a." * 128 + "test", "a..test"])
async def test_a_name_that_can_not_exist_is_not_asked_for(names: NameServers, server: NameServer, name: str) -> None:
    with pytest.raises(NameNotFoundError):
        await names.a(name)
    assert server.questions == []


@pytest.mark.parametrize("name", ["broken.test", "silent.test"])
async def test_a_server_without_an_answer_is_a_failure_for_now(names: NameServers, name: str) -> None:
    with pytest.raises(LookupFailed, match=name):
        await names.a(name)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", ("192.0.2.1", 53)),
        ("192.0.2.1:5353", ("192.0.2.1", 5353)),
        ("2001:db8::1", ("2001:db8::1", 53)),
        ("[2001:db8::1]", ("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", ("2001:db8::1", 5353)),
    ],
)
def test_a_server_is_written_with_or_without_port(text: str, address: tuple[str, int]) -> None:
    assert server_address(text) == address


@pytest.mark.parametrize("text", ["dns.example.test", "192.0.2.1:domain", "", "[::1", "1.2.3"])
def test_a_server_that_is_no_address_is_refused(text: str) -> None:
    if text == "[::1":
        assert server_address(text) == ("::1", 53)
        return
    with pytest.raises(ConfigurationError, match="DNS server"):
        server_address(text)


async def test_a_system_without_name_servers_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise dns.resolver.NoResolverConfiguration("cannot open /etc/resolv.conf")  # type: ignore[no-untyped-call]

    monkeypatch.setattr(dns.resolver.BaseResolver, "read_resolv_conf", missing)
    monkeypatch.setattr(dns.resolver.BaseResolver, "read_registry", missing)
    with pytest.raises(LookupFailed):
        await NameServers().mx("remote.test")
