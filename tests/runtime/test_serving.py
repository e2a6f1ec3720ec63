"""The server stops and begins to serve as the object model says; its ports and limits are those that are configured then."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from certificates import made
from directory.workers import CHEAP
from modelhouse import Hand
from nameserver import name_server
from ports import free_ports
from postroom.directory.certificates import Certificate
from postroom.directory.errors import DirectoryError
from postroom.directory.listeners import Port
from postroom.errors import PostroomError
from postroom.model.caller import Caller, Context, Login, Origin
from postroom.model.invoke import create
from postroom.network.listener import Listener, open_socket
from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.runtime.listening import listeners
from postroom.runtime.model import alone
from postroom.runtime.worker import Worker
from postroom.scripting.helpers.desk import facts


def configured(folder: Path) -> Configuration:
    return Configuration(data=folder, logs=folder / "logs", workers=1, pins=CHEAP, pinned_by="the test", dns_servers=("127.0.0.1:9",))


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[tuple[Worker, House]]:
    """Serve in this process, with one port of SMTP that the database names."""
    house = await House.enter(configured(folder))
    worker = Worker(house)
    place = Listener("smtp", "127.0.0.1", port=free_ports(1)[0])
    await house.directory.listeners.add("smtp", place.port, "127.0.0.1")
    await worker.open([(found, open_socket(found)) for found in await listeners(house)])
    try:
        yield worker, house
    finally:
        await worker.close()


async def greeting(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await reader.readline()
    finally:
        writer.close()


async def test_changed_ports_open_with_the_next_start_and_those_of_before_close(tmp_path: Path) -> None:
    async with serving(tmp_path) as (worker, house):
        [before] = await house.directory.listeners.list()
        assert (await greeting(before.port)).startswith(b"220 ")
        [after] = free_ports(1)
        await house.directory.listeners.remove(before.id)
        await house.directory.listeners.add("imap", after, "127.0.0.1")
        await worker.model.server.stop()
        with pytest.raises(ConnectionRefusedError):
            await greeting(before.port)
        await worker.model.server.start()
        await worker.model.server.start()
        assert (await greeting(after)).startswith(b"* OK ")
        with pytest.raises(ConnectionRefusedError):
            await greeting(before.port)
        assert 'postroom_connections_open{protocol="imap"}' in await worker.model.server.counters()


async def test_model_8_2_http_goes_on_while_the_server_does_not_serve_mail(tmp_path: Path) -> None:
    async with serving(tmp_path) as (worker, house):
        await worker.model.server.stop()
        [port] = free_ports(1)
        await house.directory.listeners.add("http", port, "127.0.0.1")
        await worker.model.server.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for act in (worker.model.server.stop, worker.model.server.start):
            await act()
            writer.write(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line.partition(b":")[2]) for line in head.lower().splitlines() if line.startswith(b"content-length"))
            await reader.readexactly(length)
        writer.close()


async def test_model_4_9_a_port_shows_its_own_certificate_and_the_server_s_when_that_can_not_be_used(tmp_path: Path, unhandled: list[str]) -> None:
    async with serving(tmp_path) as (worker, house):
        files = made(tmp_path / "own.pem", "imap.example.test")
        named = await house.directory.records.save(Certificate(name="own", certificate_file=str(files.certificate), key_file=str(files.key)))
        port = await house.directory.listeners.save(Port(0, "imaps", "127.0.0.1", free_ports(1)[0], 1, named.id))
        shown = []
        for usable in (True, True, False):
            if not usable:
                files.key.write_text("no key")
            await worker.model.server.stop()
            await worker.model.server.start()
            worker.doors.told_to_reload()
            shown.append(await asyncio.to_thread(ssl.get_server_certificate, ("127.0.0.1", port.port)))
        own = (tmp_path / "tls" / "self-signed.pem").read_text()
        assert len(set(shown[:2])) == 1
        assert shown[0].strip() not in own
        assert shown[2].strip() in own
        assert unhandled == []


async def test_ciphers_of_tls_hold_from_the_next_reload_on(tmp_path: Path) -> None:
    async with serving(tmp_path) as (worker, house):
        await house.directory.table.set("ssl_cipher_list", "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384")
        worker.doors.reload()
        names = {cipher["name"] for cipher in worker.doors.tls.context().get_ciphers() if cipher["protocol"] == "TLSv1.2"}
        assert names == {"ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384"}
        with pytest.raises(DirectoryError, match="ciphers that OpenSSL knows"):
            await house.directory.table.set("ssl_cipher_list", "nonsense")


async def test_a_service_that_is_switched_off_has_no_ports(tmp_path: Path) -> None:
    async with serving(tmp_path) as (_, house):
        await house.directory.listeners.add("imaps", free_ports(1)[0], "127.0.0.1")
        assert {place.protocol for place in await listeners(house)} == {"smtp", "imaps"}
        await house.directory.table.set("service_smtp", False)
        assert {place.protocol for place in await listeners(house)} == {"imaps"}


async def test_a_greeting_and_a_limit_of_connections_hold_at_once(tmp_path: Path) -> None:
    async with serving(tmp_path) as (_, house):
        [port] = await house.directory.listeners.list()
        for welcome in ("mx.example.test hello", "mx.example.test hello ESMTP"):
            await house.directory.table.set("welcome_smtp", welcome)
            assert await greeting(port.port) == b"220 mx.example.test hello ESMTP\r\n"
        await house.directory.table.set("max_smtp_connections", 1)
        _, writer = held = await asyncio.open_connection("127.0.0.1", port.port)
        await held[0].readline()
        assert not (await greeting(port.port)).startswith(b"220 ")
        await house.directory.table.set("max_smtp_connections", 0)
        assert (await greeting(port.port)).startswith(b"220 ")
        writer.close()


async def test_what_smtp_offers_and_takes_follows_the_settings(tmp_path: Path) -> None:
    async with serving(tmp_path) as (_, house):
        [port] = await house.directory.listeners.list()
        await house.directory.table.set("deny_mail_from_null", True)
        reader, writer = await asyncio.open_connection("127.0.0.1", port.port)
        writer.write(b"HELO client.test\r\nMAIL FROM:<>\r\nQUIT\r\n")
        said = await reader.read()
        assert b"\r\n550 5.7.1 Mail with an empty sender is not taken here\r\n" in said
        writer.close()


async def test_a_command_on_the_store_has_a_model_without_a_server(tmp_path: Path) -> None:
    house = await House.enter(configured(tmp_path))
    try:
        model = alone(house)
        assert model.server.state == 1
        await model.server.stop()
        await model.server.reload()
        await model.heard()
        assert await model.server.counters()
        with pytest.raises(PostroomError, match="No server runs here"):
            await model.server.start()
    finally:
        await house.close()


async def test_the_model_and_scripts_ask_the_name_servers_of_the_configuration(tmp_path: Path) -> None:
    async with name_server({("remote.test", "MX"): ["10 mx.remote.test."], ("mx.remote.test", "A"): ["192.0.2.7"]}) as zone:
        house = await House.enter(replace(configured(tmp_path), dns_servers=(f"127.0.0.1:{zone.port}",)))
        try:
            model = alone(house)
            caller = Caller(Origin.LOCAL)
            utilities = Hand(caller, create(Context(model, caller, Login()), "hMailServer.Utilities"))
            assert await utilities("GetMailServer", "x@remote.test") == "192.0.2.7"
            assert facts(model, tmp_path)["name_servers"] == [["127.0.0.1", zone.port]]
        finally:
            await house.close()
