"""The scripts of examples/, with other settings than those that stand in them, and the mail that they are tried with."""

from __future__ import annotations

import asyncio
import json
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from doorhouse import PATIENCE, Client
from handlerhouse import Server
from house.repository import ROOT
from modelhouse import texts

FOLDER = ROOT / "examples"
LANGUAGES = {".vbs": "VBScript", ".js": "JScript", ".py": "Python"}
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in LANGUAGES)


class Literal(str):
    """A value as the language writes it."""

    __slots__ = ()


def written(value: Any, ending: str) -> str:
    """Write a value as a language has it."""
    if isinstance(value, Literal):
        return value
    if ending == ".vbs":
        return '"' + value.replace('"', '""') + '"' if isinstance(value, str) else str(value)
    return json.dumps(value) if ending == ".js" else repr(value)


def changed(name: str, **settings: Any) -> str:
    """Read an example, with other values for settings at its top; a setting that is not there is a mistake of the test."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    ending = Path(name).suffix
    before = {".vbs": "Const ", ".js": "var ", ".py": ""}[ending]
    for setting, value in settings.items():
        line = re.compile(rf"^{before}{setting} = .*$", re.MULTILINE)
        assert len(line.findall(text)) == 1, f"{name} has no setting {setting}"
        new = f"{before}{setting} = {written(value, ending)}" + (";" if ending == ".js" else "")
        text = text.replace(line.findall(text)[0], new)
    return text


async def use(server: Server, name: str, **settings: Any) -> None:
    """Let an example be the server's handlers file, loaded as an administrator would."""
    house = server.events
    await house.set(language=LANGUAGES[Path(name).suffix])
    house.lines.clear()
    house.file.parent.mkdir(exist_ok=True)
    house.file.write_text(changed(name, **settings), encoding="utf-8")
    await house.scripts.reload()
    assert [line for line in house.lines if line["level"] == "error"] == []


def letter(text: str = "body", *, subject: str = "hello", sender: str = "Carol <a@remote.test>", html: str = "", **fields: str) -> EmailMessage:
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["Subject"] = sender, subject
    for name, value in fields.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def with_file(name: str, made: EmailMessage | None = None) -> EmailMessage:
    made = made or letter()
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename=name)
    return made


async def from_outside(server: Server, made: EmailMessage | None = None, *to: str, sender: str = "a@remote.test") -> str:
    client = await server.doors.smtp()
    answer = await client.mail(*(to or ("alice@example.test",)), sender=sender, content=(made or letter()).as_bytes().decode())
    client.close()
    return answer


async def logged_in(server: Server) -> Client:
    client = await server.doors.client("submission", "EHLO pc.test")
    assert (await client.log_in()).startswith("235")
    return client


async def from_alice(server: Server, made: EmailMessage | None = None, *to: str) -> str:
    client = await logged_in(server)
    content = (made or letter(sender="alice@example.test")).as_bytes().decode()
    answer = await client.mail(*(to or ("bob@example.test",)), sender="alice@example.test", content=content)
    client.close()
    return answer


async def one(server: Server, name: str = "alice") -> EmailMessage:
    """The only message that has come since somebody looked."""
    [found] = await server.new(name)
    return message_from_bytes(found, policy=policy.default)


def text_of(made: EmailMessage, kind: str = "plain") -> str:
    part = made.get_body((kind,))
    assert part is not None
    return str(part.get_content())


async def logged(server: Server, than: int = 0) -> list[str]:
    """What the event log has, once it has more lines than so many."""
    async with asyncio.timeout(PATIENCE):
        await server.events.written_more(than)
    return server.events.written()


async def folder(server: Server, name: str, account: str = "alice@example.test") -> list[str]:
    """The subjects of a folder of an account, of the object model."""
    app = await server.doors.model.login()
    domain = await app("Domains.ItemByName", "example.test")
    folders = await (await domain("Accounts.ItemByAddress", account))("IMAPFolders")
    *above, last = name.split(".")
    for level in above:
        folders = await (await folders("ItemByName", level))("SubFolders")
    return [str(subject) for subject in await texts(await (await folders("ItemByName", last))("Messages"), "Subject")]
