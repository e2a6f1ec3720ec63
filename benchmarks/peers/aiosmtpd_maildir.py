"""The program that the aiosmtpd peer runs: `python -m benchmarks.peers.aiosmtpd_maildir MAILDIRS DOMAIN PORT`."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from pathlib import Path

import uvloop
from aiosmtpd.smtp import SMTP, Envelope, Session

SERIAL = itertools.count()


class Maildirs:
    """Writes each message into the maildir of its recipient and syncs it before the reply."""

    def __init__(self, root: Path, domain: str) -> None:
        self.root = root
        self.known = {f"{mailbox.name}@{domain}" for mailbox in root.iterdir()}

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802 - aiosmtpd's name
        """Refuses whom it does not know."""
        if address not in self.known:
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Durable, then 250."""
        await asyncio.get_running_loop().run_in_executor(None, self.write, list(envelope.rcpt_tos), bytes(envelope.original_content or b""))
        return "250 OK"

    def write(self, recipients: list[str], content: bytes) -> None:
        """One file a recipient: tmp, sync, new, sync of the directory."""
        for address in recipients:
            mailbox = self.root / address.partition("@")[0]
            name = f"{os.getpid()}.{next(SERIAL)}.bench"
            with (mailbox / "tmp" / name).open("wb", buffering=0) as file:
                file.write(content)
                os.fsync(file.fileno())
            (mailbox / "tmp" / name).rename(mailbox / "new" / name)
            folder = os.open(mailbox / "new", os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


async def serve(root: Path, domain: str, port: int) -> None:
    """Listens until the process is ended."""
    handler = Maildirs(root, domain)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, hostname="mx.bench.test", data_size_limit=52428800), "127.0.0.1", port, reuse_port=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
