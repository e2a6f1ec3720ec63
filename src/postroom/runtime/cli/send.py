"""`postroom send`: a test message through the server's own delivery."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config

To = Annotated[list[str], typer.Argument(metavar="TO...", help="The recipients.")]
Sender = Annotated[str, typer.Option("--from", metavar="ADDRESS", help="The sender. Usually the first recipient.")]
Subject = Annotated[str, typer.Option("--subject", metavar="TEXT", help="The subject.")]
Text = Annotated[str | None, typer.Option("--text", metavar="TEXT", help="The text; '-' reads it from standard input.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="A file with the same in HTML.")]
Attach = Annotated[list[Path] | None, typer.Option("--attach", metavar="FILE", help="A file to go with it; may be repeated.")]


def send(
    to: To,
    sender: Sender = "",
    subject: Subject = "A test message",
    text: Text = None,
    html: Html = None,
    attach: Attach = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Send a test message.

    Its id is told once it is on disk for all its recipients.
    """
    found = ask(
        config,
        "mail.send",
        sender=sender or to[0],
        recipients=to,
        subject=subject,
        text=_text(text),
        html=html.read_text(encoding="utf-8", errors="replace") if html else None,
        attachments=[_attachment(file) for file in attach or ()],
    )
    show.done(found, f"Accepted as {found['id']}: {show.octets(found['size'])} to {', '.join(to)}.", as_json=as_json)


def _text(text: str | None) -> str:
    if text == "-":
        return sys.stdin.read()
    return "A test message of `postroom send`.\n" if text is None else text


def _attachment(file: Path) -> dict[str, str]:
    import base64  # noqa: PLC0415 - few messages have one
    import mimetypes  # noqa: PLC0415 - likewise

    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return {"name": file.name, "type": kind, "content": base64.b64encode(file.read_bytes()).decode()}
