"""Listeners: sockets opened, shared, adopted; UNIX paths; PROXY headers believed and not."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from pathlib import Path

import pytest

from network.house import Diaries, Opening, trusting
from postroom.errors import ConfigurationError
from postroom.formats.proxyprotocol import ProxyHeader, write_binary, write_line
from postroom.network.connection import Terms
from postroom.network.connections import Connections
from postroom.network.endpoint import Endpoint
from postroom.network.listener import Encrypted, Listener, adopt_socket, open_socket, serve
from postroom.network.proxy import Proxies
from postroom.network.tls import CertificateFiles, ServerTLS

unix = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no UNIX sockets")
posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX shares and passes sockets so")
HEADER = ProxyHeader(("192.0.2.7", 4711), ("198.51.100.1", 25))


def test_a_port_in_use_is_refused_with_a_sentence() -> None:
    with open_socket(Listener("smtp", "127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"smtp 127.0.0.1:{port} can't be opened: Address already in use"):
            open_socket(Listener("smtp", "127.0.0.1", port))


@posix
def test_workers_share_a_port_where_asked() -> None:
    first = open_socket(Listener("smtp", "127.0.0.1", 0), shared=True)
    second = open_socket(Listener("smtp", "127.0.0.1", first.getsockname()[1]), shared=True)
    with first, second:
        assert second.getsockname() == first.getsockname()


def test_ipv6_listens_for_itself() -> None:
    with open_socket(Listener("smtp", "::1", 0)) as accepting:
        assert accepting.family == socket.AF_INET6
        assert accepting.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="can't be opened"):
        open_socket(Listener("smtp", "mail.example.test", 0))


def test_a_listener_is_written_as_people_write_it() -> None:
    assert str(Listener("smtp", "127.0.0.1", 25)) == "smtp 127.0.0.1:25"
    assert str(Listener("imaps", "::", 993, tls=Encrypted.IMPLICIT)) == "imaps [::]:993"
    assert str(Listener("lmtp", path="/run/lmtp.sock")) == "lmtp /run/lmtp.sock"


@unix
async def test_a_unix_path_serves_and_a_left_over_socket_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "lmtp.sock"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    diaries = Diaries()
    connections = Connections()
    server = await serve(open_socket(Listener("lmtp", path=str(path))), Terms(diaries, connections))
    reader, writer = await asyncio.open_unix_connection(str(path))
    assert await reader.readline() == b"hello\r\n"
    assert diaries[0].connection.peer == Endpoint("", 0)
    assert diaries[0].connection.peer.loopback
    with pytest.raises(ConfigurationError):  # somebody listens
        open_socket(Listener("lmtp", path=str(path)))
    writer.close()
    await diaries[0].over.wait()
    server.close()
    await connections.drain(1)


@unix
def test_a_file_in_the_way_of_a_unix_path_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("x")
    with pytest.raises(ConfigurationError):
        open_socket(Listener("lmtp", path=str(tmp_path / "precious")))
    assert (tmp_path / "precious").read_text() == "x"


@posix
async def test_a_socket_passed_by_descriptor_is_served() -> None:
    opened = open_socket(Listener("smtp", "127.0.0.1", 0))
    port = opened.getsockname()[1]
    passed = os.dup(opened.fileno())
    opened.close()
    connections = Connections()
    server = await serve(adopt_socket(passed), Terms(Diaries(), connections))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    assert await reader.readline() == b"hello\r\n"
    writer.close()
    server.close()
    await connections.drain(1)


@pytest.mark.parametrize("header", [write_line(HEADER), write_binary(HEADER)])
async def test_a_proxys_header_gives_the_clients_address(house: Opening, header: bytes) -> None:
    place = await house(proxies=Proxies(["127.0.0.0/8"]))
    reader, writer = await place.client()
    for byte in header[:-1]:
        writer.write(bytes([byte]))
        await asyncio.sleep(0)
    writer.write(header[-1:] + b"ECHO behind\r\n")
    assert await reader.readline() == b"hello\r\n"
    assert await reader.readline() == b"behind\r\n"
    assert place.diaries[0].connection.peer == Endpoint("192.0.2.7", 4711)
    assert place.diaries[0].connection.local == Endpoint("198.51.100.1", 25)
    assert not place.diaries[0].connection.peer.loopback


async def test_a_proxy_that_speaks_for_itself_keeps_its_address(house: Opening) -> None:
    place = await house(proxies=Proxies(["127.0.0.1"]))
    reader, writer = await place.client()
    writer.write(b"PROXY UNKNOWN\r\n")
    await reader.readline()
    assert place.diaries[0].connection.peer.ip == "127.0.0.1"


async def test_a_proxy_without_its_header_is_cut(house: Opening) -> None:
    place = await house(proxies=Proxies(["127.0.0.1"]))
    reader, writer = await place.client()
    writer.write(b"EHLO client.example\r\n")
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1)
    assert len(place.diaries) == 0


async def test_a_header_from_elsewhere_is_data_for_the_protocol(house: Opening) -> None:
    place = await house(proxies=Proxies(["192.0.2.1", "2001:db8::/32"]))
    reader, writer = await place.client()
    assert await reader.readline() == b"hello\r\n"
    writer.write(write_line(HEADER) + b"ECHO x\r\n")
    await place.diaries[0].heard.wait()
    assert place.diaries[0].connection.peer.ip == "127.0.0.1"
    assert place.diaries[0].got.startswith(b"PROXY TCP4")


async def test_a_header_before_a_handshake_in_one_segment(house: Opening, tls: ServerTLS, certificates: dict[str, CertificateFiles]) -> None:
    place = await house(proxies=Proxies(["127.0.0.1"]), tls=tls, implicit=True)
    reader, writer = await place.client()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting(certificates["mail.example.test"]).wrap_bio(incoming, outgoing, server_hostname="mail.example.test")
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    writer.write(write_binary(HEADER) + outgoing.read())
    incoming.write(await reader.read(65536))
    client.do_handshake()
    writer.write(outgoing.read())
    diary = await place.diaries.next()
    assert diary.connection.peer.ip == "192.0.2.7"


def test_a_proxy_network_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError):
        Proxies(["everybody"])
    assert Proxies(["unix"]).trust(Endpoint("", 0))
    assert not Proxies(["unix"]).trust(Endpoint("127.0.0.1", 1))
    assert not Proxies(["10.0.0.0/8"]).trust(Endpoint("", 0))
