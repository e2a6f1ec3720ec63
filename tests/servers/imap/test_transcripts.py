"""Nothing is offered without transcripts: each command and each announced extension has one that works, one that is refused, one of interplay."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

import conversation
from postroom.servers.imap.capability import _after, _before
from postroom.servers.imap.commands import COMMANDS

if TYPE_CHECKING:
    from conversation import Conversation

TRANSCRIPTS: Final = conversation.transcripts(Path(__file__).parents[2] / "conversations" / "imap")
_COMMAND: Final = re.compile(r"([A-Za-z0-9.]+) ((?:UID )?[A-Z]+)\b.*", re.IGNORECASE)
_REPLY: Final = re.compile(r"([A-Za-z0-9.]+) (OK|NO|BAD)\b")
_LITERAL: Final = re.compile(r"\{\d+[+-]?\}$")

FRAME: Final = {"LOGIN", "AUTHENTICATE", "CAPABILITY", "SELECT", "NOOP", "LOGOUT"}
COMPANY: Final = 3
"""Interplay is a conversation in which another session, mail that comes or TLS takes part, or in which more commands than so many meet."""

USES: Final = {
    "IMAP4rev1": r"CAPABILITY",
    "LITERAL-": r"\{\d+\+\}",
    "LITERAL+": r"\{\d+\+\}",
    "SASL-IR": r"^AUTHENTICATE \S+ \S+",
    "ID": r"^ID ",
    "ENABLE": r"^ENABLE",
    "IDLE": r"^IDLE",
    "NAMESPACE": r"^NAMESPACE",
    "CHILDREN": r"^LIST\b.*(%|\*)",
    "LIST-EXTENDED": r"^LIST (\(|.* RETURN|\S+ \()",
    "LIST-STATUS": r"^LIST .*RETURN .*STATUS",
    "SPECIAL-USE": r"^LIST .*SPECIAL-USE",
    "CREATE-SPECIAL-USE": r"^CREATE .*USE \(",
    "UIDPLUS": r"^UID EXPUNGE|^(UID )?COPY|^APPEND",
    "MOVE": r"^(UID )?MOVE",
    "UNSELECT": r"^UNSELECT",
    "ESEARCH": r"SEARCH RETURN",
    "WITHIN": r"SEARCH .*(YOUNGER|OLDER)",
    "CONDSTORE": r"CONDSTORE|MODSEQ|CHANGEDSINCE|UNCHANGEDSINCE",
    "STATUS=SIZE": r"STATUS .*\bSIZE",
    "SORT": r"^(UID )?SORT",
    "THREAD=ORDEREDSUBJECT": r"THREAD ORDEREDSUBJECT",
    "THREAD=REFERENCES": r"THREAD REFERENCES",
    "OBJECTID": r"EMAILID|THREADID|MAILBOXID",
    "ACL": r"^(GETACL|MYRIGHTS|LISTRIGHTS|SETACL|DELETEACL)",
    "RIGHTS=kxte": r"^(GETACL|MYRIGHTS|LISTRIGHTS|SETACL)",
    "QUOTA": r"^(GET|SET)QUOTA",
    "QUOTA=RES-STORAGE": r"^GETQUOTA",
    "APPENDLIMIT": r"APPENDLIMIT|^APPEND",
    "STARTTLS": r"^STARTTLS",
    "LOGINDISABLED": r"^LOGIN",
    "AUTH=PLAIN": r"^AUTHENTICATE PLAIN",
}
"""How a client's command shows that it uses an extension."""


ELSEWHERE: Final = {"AUTH=SCRAM-SHA-256": {"works", "refused", "interplay"}, "SETQUOTA": {"works"}, "SETACL": {"works"}, "DELETEACL": {"works"}}
"""What no transcript can say: SCRAM computes its answers (test_imap_session.py has them); nobody sets quotas over IMAP.

Lists of public folders are in tests/runtime/test_public_folders.py.
"""


class Asked(NamedTuple):
    """A command of a transcript, without its tag, and how it was answered."""

    text: str
    reply: str
    place: str


def asked(talk: Conversation) -> list[Asked]:
    """Pair the commands of a transcript with their tagged replies; a literal and what follows it belong to their command."""
    found, open_, literal = [], dict[str, str](), ""
    for step in talk.steps:
        if step.mark == "C:":
            if literal:
                open_[literal] += " " + step.text
                tag = literal
            elif match := _COMMAND.fullmatch(step.text):
                tag = match[1]
                open_[tag] = step.text.partition(" ")[2]
            else:
                continue
            literal = tag if _LITERAL.search(step.text) else ""
        elif step.mark == "C=":
            literal = ""
        elif step.mark == "S:" and (match := _REPLY.match(step.text)) and match[1] in open_:
            found.append(Asked(open_.pop(match[1]), match[2], step.place))
            literal = ""
    return found


def shown() -> dict[str, set[str]]:
    """What the transcripts show of each command and extension: "works", "refused", "interplay"."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in TRANSCRIPTS:
        talk = conversation.read(path)
        used: set[str] = set()
        for one in asked(talk):
            word = next((verb for verb in sorted(COMMANDS, key=len, reverse=True) if re.match(rf"{verb}\b", one.text, re.IGNORECASE)), "")
            names = {word, *(name for name, pattern in USES.items() if re.search(pattern, one.text, re.IGNORECASE))} - {""}
            used |= names
            for name in names:
                found[name].add("works" if one.reply == "OK" else "refused")
        others = sum(step.mark == "!" and step.text.startswith(("other", "deliver", "tls")) for step in talk.steps)
        for name in used if others or len(used & set(COMMANDS) - FRAME) > COMPANY else ():
            found[name].add("interplay")
    return found


def offered() -> set[str]:
    """Every command, and every word of CAPABILITY."""
    before = _before(("PLAIN", "SCRAM-SHA-256"), frozenset(), starttls=True, plain=False)
    words = (before + b" " + _after(1, frozenset())).decode().replace("APPENDLIMIT=1", "APPENDLIMIT").split()
    return set(COMMANDS) | set(words)


@pytest.mark.parametrize("kind", ["works", "refused", "interplay"])
def test_every_command_and_every_extension_has_a_transcript(kind: str) -> None:
    found = shown()
    assert sorted(name for name in offered() if kind not in found[name] | ELSEWHERE.get(name, set())) == []
