"""What the core reads from a peer: one small immutable value a command, and the pieces of a message.

They are tuples with names because a busy server makes several for each message.
"""

from typing import NamedTuple

from postroom.formats.address import Address
from postroom.formats.envelope import Body, Notify, Return
from postroom.formats.smtp.reply import Reply


class Hello(NamedTuple):
    """EHLO, HELO or LHLO (`verb`) with the name the client gives itself: a domain or an address literal, not believed."""

    verb: str
    name: str


class Mail(NamedTuple):
    """MAIL FROM; `sender` is None for the null path `<>`. `auth` is RFC 4954's AUTH= (None: not said, "": `<>`), never believed.

    `holdfor` is in seconds, `holduntil` in UTC microseconds (RFC 4865).
    """

    sender: Address | None
    size: int | None = None
    body: Body = "7BIT"
    smtputf8: bool = False
    auth: str | None = None
    ret: Return | None = None
    envid: str | None = None
    holdfor: int | None = None
    holduntil: int | None = None
    requiretls: bool = False


class Rcpt(NamedTuple):
    """RCPT TO; RFC 5321's bare `<postmaster>` has an empty domain."""

    recipient: Address
    notify: tuple[Notify, ...] = ()
    orcpt: str | None = None


class Data(NamedTuple):
    """DATA; the session answers and, with 354, calls `Core.expect_data`."""


class Bdat(NamedTuple):
    """BDAT (RFC 3030): `size` octets follow at once, refused or not, as Chunks and an End."""

    size: int
    last: bool


class Auth(NamedTuple):
    """AUTH with the mechanism in upper case and the initial response, decoded (None: not given)."""

    mechanism: str
    initial: bytes | None


class StartTls(NamedTuple):
    """STARTTLS; `injected` when plain text came behind it: an injection attack, to be refused (CVE-2011-0411 and its many children)."""

    injected: bool


class Rset(NamedTuple):
    """RSET."""


class Noop(NamedTuple):
    """NOOP."""


class Quit(NamedTuple):
    """QUIT."""


class Help(NamedTuple):
    """HELP, perhaps with a word."""

    topic: str


class Vrfy(NamedTuple):
    """VRFY with its text, not parsed: it is never answered from the directory."""

    text: str


class Expn(NamedTuple):
    """EXPN with its text."""

    text: str


class Xclient(NamedTuple):
    """XCLIENT (Postfix's XCLIENT_README): attributes by upper-case name; None for [UNAVAILABLE] and [TEMPUNAVAIL]."""

    attributes: dict[str, str | None]


class Line(NamedTuple):
    """A line that `Core.expect_line` asked for, without its CRLF."""

    text: bytes


class Bad(NamedTuple):
    """A line that is no command, or one with a wrong argument: say `reply`; `fatal` when the connection must end (out of step, HTTP)."""

    reply: Reply
    fatal: bool = False


class Chunk(NamedTuple):
    """Octets of the message, dots unstuffed, lines whole or not; they hold no CR and LF but in pairs."""

    data: bytes


class End(NamedTuple):
    """The end of DATA or of one BDAT chunk (`last`: of the message); `fault` says why the message can't be taken."""

    last: bool
    fault: Reply | None


Command = Hello | Mail | Rcpt | Data | Bdat | Auth | StartTls | Rset | Noop | Quit | Help | Vrfy | Expn | Xclient
Event = Command | Line | Bad | Chunk | End
