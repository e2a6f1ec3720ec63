"""`postroom receive`: what is in a mailbox."""

import base64
import sys
from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import Ask, ask, asking
from postroom.runtime.cli.frame import AsJson, Config, printable

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The account's address.")]
Uid = Annotated[int | None, typer.Argument(metavar="[UID]", help="The message to print, by its uid.", show_default=False)]
Folder = Annotated[str, typer.Option("--folder", metavar="NAME", help="The folder.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many of the newest messages.")]


def receive(address: Address, uid: Uid = None, folder: Folder = "INBOX", limit: Limit = 50, config: Config = None, as_json: AsJson = False) -> None:
    """List the newest messages of a mailbox, or print one.

    A message is printed as it is stored. No flag is changed.
    """
    if uid is not None:
        _print(asking(config, lambda asked: _whole(asked, address, uid, folder)), uid, as_json=as_json)
        return
    found = ask(config, "mail.list", address=address, folder=folder, limit=limit)
    if as_json:
        show.document(found)
        return
    rows = ((it["uid"], show.moment(it["date"]), it["from"], it["subject"], show.octets(it["size"]), it["flags"]) for it in found)
    show.table(("Uid#", "Arrived (UTC)", "From", "Subject", "Size#", "Flags"), rows, f"{folder} of {address} is empty.")


async def _whole(asked: Ask, address: str, uid: int, folder: str) -> bytes:
    """Read a message piece by piece: an answer through the control socket is bounded."""
    pieces: list[bytes] = []
    size, read = 1, 0
    while read < size:
        piece: dict[str, Any] = await asked("mail.read", {"address": address, "uid": uid, "folder": folder, "offset": read})
        pieces.append(base64.b64decode(piece["content"]))
        size = piece["size"]
        read += len(pieces[-1])
        if not pieces[-1]:
            break
    return b"".join(pieces)


def _print(content: bytes, uid: int, *, as_json: bool) -> None:
    """Print a message: its bytes into a pipe, without what a terminal would obey on a terminal."""
    if as_json:
        show.document({"uid": uid, "size": len(content), "content": content.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()})
    elif sys.stdout.isatty():
        typer.echo("\n".join(printable(line.replace("\t", "    ")) for line in content.decode("utf-8", "replace").splitlines()))
    else:
        typer.get_binary_stream("stdout").write(content)
