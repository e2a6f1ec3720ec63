"""Tutorials, as a reader follows them: files are written, commands given, and what is printed is held against the page."""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from house.repository import ROOT
from runtime.commandline import PATIENCE, Postroom

GUIDE = ROOT / "docs" / "guide"
FENCED = re.compile(r"^```(vb|js|python|eml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENDINGS = {"vb": "vbs", "js": "js", "python": "py"}


@dataclass(frozen=True)
class Reader:
    """Somebody who follows a tutorial in a folder; `play` there is the data directory of the server."""

    postroom: Postroom
    folder: Path
    data: Path

    def follow(self, page: str) -> Iterator[tuple[str, str]]:
        """Do what a page says; gives what stands there for each command, and what came. `...` stands for what differs each time."""
        for kind, text in FENCED.findall((GUIDE / page).read_text(encoding="utf-8")):
            if kind == "console":
                for step in re.split(r"^(?=\$ )", text, flags=re.MULTILINE)[1:]:
                    command, _, wanted = step.removeprefix("$ ").partition("\n")
                    yield wanted, self.given(command, wanted)
            elif kind == "eml":
                (self.folder / "message.eml").write_text(text, encoding="utf-8")
            else:
                (self.data / "Events").mkdir(exist_ok=True)
                (self.data / "Events" / f"EventHandlers.{ENDINGS[kind]}").write_text(text, encoding="utf-8")

    def given(self, command: str, wanted: str) -> str:
        """Give a command, again while mail is on its way; gives what it prints, or what is wanted if that is the same."""
        program, *words = shlex.split(command)
        assert program == "postroom", command
        words = [word.replace("message.eml", str(self.folder / "message.eml")).replace("play/", f"{self.data}/") for word in words]
        pattern = re.compile(".*".join(map(re.escape, wanted.split("..."))))
        end = time.monotonic() + PATIENCE
        while True:
            done = self.postroom.start(*words)
            came = "".join(line.rstrip() + "\n" for line in (done.stdout + done.stderr).replace(str(self.data), "play").splitlines())
            if pattern.fullmatch(came):
                return wanted
            if words[0] != "receive" or time.monotonic() > end:
                return came
