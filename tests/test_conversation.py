"""The runner of transcripts is itself held against a server that echoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import conversation

if TYPE_CHECKING:
    from pathlib import Path


class Echo:
    """A server that repeats each line and closes at QUIT."""

    def __init__(self) -> None:
        self.heard = b""
        self.said: list[bytes] = [b"ready 42\r\n"]
        self.happened: list[str] = []

    async def send(self, data: bytes) -> None:
        self.heard += data
        while b"\r\n" in self.heard:
            line, _, self.heard = self.heard.partition(b"\r\n")
            self.said.append(b"" if line == b"QUIT" else b"echo " + line + b"\r\n")

    async def receive(self) -> bytes:
        return self.said.pop(0)

    async def happen(self, what: str) -> None:
        self.happened.append(what)


async def held(tmp_path: Path, text: str, *, byte_by_byte: bool = False) -> Echo:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    wire = Echo()
    await conversation.play(conversation.read(path), wire, byte_by_byte=byte_by_byte)
    return wire


@pytest.mark.parametrize("byte_by_byte", [False, True])
async def test_a_conversation_that_goes_as_written_passes(tmp_path: Path, byte_by_byte: bool) -> None:
    text = (
        "# hello\n@ role: any\nS: ready <=number>\nC: a <$number>\nC: b\nS: echo a <re:[0-9]+>\nS: echo <...>\n! bell\n"
        'C= b"x" * 3\nC= b"\\r\\nlast\\r\\n"\nS* echo x<...>\nS? nothing\nS= b"echo la"\nS: st\nC: QUIT\nS.\n'
    )
    wire = await held(tmp_path, text, byte_by_byte=byte_by_byte)
    assert wire.happened == ["bell"]


@pytest.mark.parametrize(
    "text",
    [
        "S: busy <...>\n",
        "S: ready 42\nC: a\nS: echo b\n",
        "S: ready <re:[a-z]+>\n",
        "S: ready 42\nC: a\nC: b\nS= b'echo a\\r\\necho c'\n",
        "S: ready 42\nC: a\nS.\n",
        "hello\n",
    ],
)
async def test_a_conversation_that_goes_otherwise_fails(tmp_path: Path, text: str) -> None:
    with pytest.raises((AssertionError, IndexError)):
        await held(tmp_path, text)
