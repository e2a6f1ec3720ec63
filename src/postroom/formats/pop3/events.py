"""What the core reads from a client: one small immutable value a command."""

from dataclasses import dataclass, field
from typing import NamedTuple

from postroom.formats.pop3.reply import Reply


@dataclass(frozen=True, slots=True)
class Bad:
    """What came is no command that can be obeyed; `fatal`: the connection must end after this reply."""

    reply: Reply
    fatal: bool = False


class User(NamedTuple):
    """USER name (RFC 1939 section 7)."""

    name: str


@dataclass(frozen=True, slots=True)
class Pass:
    """PASS string (RFC 1939 section 7): all of the rest of the line, spaces too; bytes that are no UTF-8 are kept as surrogates."""

    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Auth:
    """AUTH mechanism [initial-response] (RFC 5034); `initial` is decoded, None when there is none."""

    mechanism: str
    initial: bytes | None = field(default=None, repr=False)


class Mechanisms(NamedTuple):
    """AUTH alone: the client asks what there is (RFC 1734 knew no CAPA, and clients still ask so)."""


@dataclass(frozen=True, slots=True)
class Line:
    """The client's answer to a challenge, still in base64."""

    data: bytes = field(repr=False)


class Stat(NamedTuple):
    """STAT (RFC 1939 section 5)."""


class List(NamedTuple):
    """LIST [msg] (RFC 1939 section 5)."""

    number: int | None


class Retr(NamedTuple):
    """RETR msg (RFC 1939 section 5)."""

    number: int


class Dele(NamedTuple):
    """DELE msg (RFC 1939 section 5)."""

    number: int


class Noop(NamedTuple):
    """NOOP (RFC 1939 section 5)."""


class Rset(NamedTuple):
    """RSET (RFC 1939 section 5)."""


class Top(NamedTuple):
    """TOP msg n (RFC 1939 section 7)."""

    number: int
    lines: int


class Uidl(NamedTuple):
    """UIDL [msg] (RFC 1939 section 7)."""

    number: int | None


class Quit(NamedTuple):
    """QUIT (RFC 1939 sections 4 and 6)."""


class Capa(NamedTuple):
    """CAPA (RFC 2449 section 5)."""


class Stls(NamedTuple):
    """STLS (RFC 2595 section 4); `injected`: plain text came behind it in the same breath."""

    injected: bool


class Utf8(NamedTuple):
    """UTF8 (RFC 6856 section 2)."""


class Lang(NamedTuple):
    """LANG [tag] (RFC 6856 section 3)."""

    tag: str | None


Event = Auth | Bad | Capa | Dele | Lang | Line | List | Mechanisms | Noop | Pass | Quit | Retr | Rset | Stat | Stls | Top | Uidl | User | Utf8
