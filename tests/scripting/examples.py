"""The scripts of examples/, with other settings than those that stand in them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from handlerhouse import Server
from house.repository import ROOT

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
