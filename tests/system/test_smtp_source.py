"""Postfix's load generator: many sessions at one time, each message exactly once."""

from collections.abc import Callable

import pytest

from system.client import Client
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

MESSAGES = 200


@pytest.mark.parametrize("words", [(), ("-d",), ("-L",), ("-d", "-L")], ids=["smtp", "smtp-kept-open", "lmtp", "lmtp-kept-open"])
def test_no_message_is_lost_or_doubled(server: Server, program: Callable[[str], Client], alice: Person, words: tuple[str, ...]) -> None:
    port = server.ports["lmtp" if "-L" in words else "smtp"]
    load = ("-s", "10", "-m", str(MESSAGES), "-l", "4096", "-f", "sender@elsewhere.example", "-t", alice.address)
    program("smtp-source")(*words, *load, f"inet:{HOST}:{port}")
    messages = server.mail(alice, MESSAGES)
    assert len({message.split(b"Message-Id: ")[-1].split(b"\r\n")[0] for message in messages}) == MESSAGES
