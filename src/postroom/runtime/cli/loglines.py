"""Lines of the log, read back: those for people and those for programs, which a file may mix."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LONGEST: Final = 1 << 20
"""Bytes of one line; what is longer is cut, since no line of ours is."""

_FOR_PEOPLE: Final = re.compile(r"([0-9:]{8}\.[0-9]{3}) (\S+) +('(?:[^'\\]|\\.)*'|\S+) +(?:(WARNING|ERROR) +)?([a-z][a-z0-9-]*)((?:  |$).*)?")
_FACT: Final = re.compile(r"""  ([a-z_0-9]+)=('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s"'=]+)""")
SEVERITIES: Final = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the lines of a traceback below it: as it stands in the file, and what it says."""

    text: str
    level: str
    session: str
    event: str
    facts: dict[str, Any]

    @property
    def place(self) -> tuple[str, str]:
        """Protocol and session: doors of different protocols count their sessions each for itself."""
        return str(self.facts.get("protocol", "")), self.session

    def about(self, word: str) -> bool:
        """Tell whether the line is of this session, or has a fact of this value: a message's id, an address, a client."""
        folded = word.casefold()
        return self.session.casefold() == folded or any(str(fact).casefold() == folded for fact in self.facts.values())


def parse(text: str) -> Line | None:
    """Read one line; None for the continuation of the one before (a traceback)."""
    if text.startswith("{"):
        return _for_programs(text)
    found = _FOR_PEOPLE.fullmatch(text)
    if found is None:
        return None
    _, protocol, session, level, event, facts = found.groups()
    return Line(text, (level or "info").lower(), "" if session == "-" else session, event, {"protocol": protocol, **_facts(facts or "")})


def _facts(text: str) -> dict[str, Any]:
    return {name: value[1:-1] if value[0] in "'\"" else value for name, value in _FACT.findall(text)}


def _for_programs(text: str) -> Line | None:
    try:
        facts: dict[str, Any] = json.loads(text)
    except ValueError:
        return None
    return Line(text, str(facts.pop("level", "info")), str(facts.pop("session", "") or ""), str(facts.pop("event", "")), facts)


def files(logs: Path) -> list[Path]:
    """Give the log files of a directory, the oldest day first, today's last."""
    return [*sorted(logs.glob("postroom-[0-9]*.log")), *logs.glob("postroom.log")]


def read(file: Path) -> Iterator[Line]:
    """Read the lines of a file, tracebacks with the line they belong to."""
    with file.open(encoding="utf-8", errors="backslashreplace") as stream:
        yield from gathered(iter(lambda: stream.readline(LONGEST), ""))


def gathered(texts: Iterator[str]) -> Iterator[Line]:
    """Put continuations to the line before them."""
    held: Line | None = None
    for text in texts:
        line = parse(text.rstrip("\n"))
        if line is not None:
            if held is not None:
                yield held
            held = line
        elif held is not None and len(held.text) < LONGEST:
            held = Line(f"{held.text}\n{text.rstrip()}", held.level, held.session, held.event, held.facts)
    if held is not None:
        yield held


def followed(file: Path, seconds: float = 0.3) -> Iterator[Line]:
    """Give the lines that are written from now on, also when the file is put away for a new day; never ends."""
    stream = file.open(encoding="utf-8", errors="backslashreplace")
    stream.seek(0, 2)
    rest = ""
    while True:
        text = stream.read(LONGEST)
        if text:
            *whole, rest = (rest + text).split("\n")
            yield from gathered(iter(whole))
        else:
            time.sleep(seconds)
            if not file.exists() or file.stat().st_ino == _number(stream):
                continue
            stream.close()
            stream = file.open(encoding="utf-8", errors="backslashreplace")


def _number(stream: Any) -> int:
    import os  # noqa: PLC0415 - only when a log is followed

    return os.fstat(stream.fileno()).st_ino
