"""The stop-watch's SMTP, against a server that notes what it hears."""

import asyncio
import os
from pathlib import Path

import pytest
from benchmarks.loads.prober import Prober
from benchmarks.loads.smtp_source import LoadFailed, Mail
from benchmarks.peers import maildirs

from serving import serving

ANSWERS = {b"HELO": b"250-mx\r\n250 end\r\n", b"MAIL": b"250 ok\r\n", b"RCPT": b"250 ok\r\n", b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n"}


class Listener:
    """Greets, answers ANSWERS, takes content up to the dot."""

    def __init__(self, **answers: bytes) -> None:
        self.answers = {**ANSWERS, **{verb.encode(): answer for verb, answer in answers.items()}}
        self.connections = 0
        self.recipients: list[str] = []
        self.contents: list[bytes] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        writer.write(b"220 mx\r\n")
        while line := await reader.readline():
            writer.write(self.answers[line[:4]])
            if line.startswith(b"RCPT"):
                self.recipients.append(line.split(b"<")[1].split(b"@")[0].decode())
            if line.startswith(b"DATA"):
                self.contents.append(await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"250 stored\r\n")
        writer.close()


async def probed(listener: Listener, mail: Mail, times: int) -> list[float]:
    async with serving(listener.talk) as port:
        prober = Prober(mail, port, first=98)
        await prober.run(lambda: len(prober.latencies) < times)
        return prober.latencies


async def test_each_message_goes_to_the_next_account_and_is_timed() -> None:
    listener = Listener()
    latencies = await probed(listener, Mail(4096, 10), 3)
    assert listener.recipients == ["99user", "100user", "1user"]
    assert len(latencies) == 3
    assert min(latencies) > 0
    assert listener.connections == 1


async def test_the_content_has_the_size_of_the_load() -> None:
    listener = Listener()
    await probed(listener, Mail(4096, 1), 1)
    assert len(listener.contents[0].partition(b"\r\n\r\n")[2].removesuffix(b".\r\n")) == 4096


async def test_a_connection_a_message_is_made_where_the_load_does_so() -> None:
    listener = Listener()
    await probed(listener, Mail(4096, 1, kept=False), 3)
    assert listener.connections == 3


async def test_a_refusal_ends_the_probe_with_the_servers_words() -> None:
    with pytest.raises(LoadFailed, match="550 nobody"):
        await probed(Listener(RCPT=b"550 nobody\r\n"), Mail(4096, 1), 1)


def test_mail_in_new_and_in_cur_counts_but_not_in_tmp(tmp_path: Path) -> None:
    root = tmp_path / "mail"
    maildirs.make(root, ("a", "b"), os.getuid(), os.getgid())
    for place in ("a/new/1", "a/cur/2", "a/tmp/3", "b/new/4"):
        (root / place).write_text("x")
    assert maildirs.count(root) == 3
    assert maildirs.last_delivery(root) == (root / "b" / "new").stat().st_mtime
