"""Every transcript of POP3, in memory, byte by byte, and over a real socket."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from certificates import made
from conversation import play, read, transcripts
from network.house import Clock, trusting
from network.wire import MemoryWire, SocketWire
from postroom.network.connection import Terms
from postroom.network.connections import Connections
from postroom.network.tls import CertificateFiles, ServerTLS
from postroom.servers.pop3 import Door, Sessions
from servers.pop3.house import MAIL, Town

FOLDER = Path(__file__).parents[2] / "conversations" / "pop3"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> CertificateFiles:
    return made(tmp_path_factory.mktemp("certificate") / "cert.pem", "mail.example.test")


def town_of(facts: dict[str, str]) -> Town:
    """Build what the facts of a transcript ask for: `plus` (how many messages more), `piece` (bytes a read), `scram: none`."""
    town = Town(MAIL + [b"Subject: more\r\n\r\nmore\r\n"] * int(facts.get("plus", "0")), int(facts.get("piece", "65536")))
    if facts.get("scram") == "none":
        town.directory.scram_mechanisms = ()
    if facts.get("maildrop") == "in use":
        town.mailboxes.held.add(1)
    town.directory.ban = facts.get("client") == "banned"
    return town


def terms_of(town: Town, files: CertificateFiles) -> tuple[Terms, Clock]:
    clock = Clock()
    connections = Connections(clock=clock, period=3600)
    return Terms(Sessions(town.house, Door(starttls=True)), connections, "pop3", ServerTLS(files)), clock


@pytest.fixture(params=["whole", "byte by byte", "socket"])
def way(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.mark.parametrize("path", transcripts(FOLDER), ids=lambda path: path.stem)
async def test_a_conversation(path: Path, way: str, files: CertificateFiles) -> None:
    conversation = read(path)
    town = town_of(conversation.facts)
    terms, clock = terms_of(town, files)
    context: ssl.SSLContext = trusting(files)
    if way == "socket":
        if conversation.facts.get("peer"):
            pytest.skip("a socket's peer is on loopback")
        async with SocketWire(terms, clock, context) as wire:
            await play(conversation, wire)
    else:
        memory = MemoryWire(terms, clock, context, conversation.facts.get("peer", "127.0.0.1"))
        await play(conversation, memory, byte_by_byte=way == "byte by byte")
        memory.gone()
        await terms.connections.drain(1)
    assert town.log.unhandled == []
    assert town.mailboxes.held == ({1} if conversation.facts.get("maildrop") == "in use" else set())
    left = conversation.facts.get("left")
    assert left is None or len(town.inbox.mail) == int(left)
