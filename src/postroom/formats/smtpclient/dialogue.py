"""The steps that dialogues are made of: what is sent, and how long its reply may take (RFC 5321 section 4.5.3.2)."""

import enum
from collections.abc import Callable, Generator
from typing import Any, NamedTuple, TypeVar

from postroom.formats.smtpclient.reply import Reply


class Phase(enum.Enum):
    """What a reply is waited for: each has a time of its own."""

    GREETING = "its greeting"
    HELLO = "the answer to EHLO"
    STARTTLS = "the answer to STARTTLS"
    AUTH = "the answer to AUTH"
    MAIL = "the answer to MAIL"
    RCPT = "the answer to RCPT"
    DATA = "the answer to DATA"
    BLOCK = "the taking of a piece of the message"
    END = "the answer to the message"
    RSET = "the answer to RSET"
    QUIT = "the answer to QUIT"


class Say(NamedTuple):
    """Send bytes (none: the command went out before), then wait for one reply; the dialogue goes on with the Reply."""

    data: bytes
    phase: Phase


class Pour(NamedTuple):
    """Send the message piece by piece, by BDAT if `chunked`, else by DATA; the dialogue goes on with the Reply that settles it.

    With `pipelined` the chunks need not wait for each other's replies.
    """

    chunked: bool
    pipelined: bool = True


class Think(NamedTuple):
    """Do work that takes long (key derivation) off the loop; the dialogue goes on with its result."""

    work: Callable[[], bytes]


Step = Say | Pour | Think
ResultT = TypeVar("ResultT")
Dialogue = Generator[Step, Any, ResultT]


class Refused(Exception):
    """The server would not do what the connection needs; `reply` has its words, `phase` says what it was asked."""

    def __init__(self, phase: Phase, reply: Reply) -> None:
        super().__init__(str(reply))
        self.phase = phase
        self.reply = reply
