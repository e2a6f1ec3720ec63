"""The commands of SMTP and LMTP, each read from its argument: RFC 5321 section 4.1.1, RFC 2033, RFC 3030, RFC 3207, RFC 4954."""

import binascii
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType

from postroom.formats.address import Address, AddressError
from postroom.formats.smtp import parameters, xtext
from postroom.formats.smtp.events import (
    Auth,
    Bdat,
    Command,
    Data,
    Expn,
    Hello,
    Help,
    Mail,
    Noop,
    Quit,
    Rcpt,
    Rset,
    StartTls,
    Vrfy,
    Xclient,
)
from postroom.formats.smtp.parameters import Known
from postroom.formats.smtp.reply import refused

Parser = Callable[[str], Command]

_NAME = re.compile(r"[\w.:\[\]-]{1,255}")  # domains, literals, and the NetBIOS names with underscores that arrive
# A path up to its ">", quoted strings whole; possessive, so that no input makes it try twice.
_PATH = re.compile(r' *<((?:[^"<>\s]++|"(?:[^"\\]++|\\.)*+")*+)>(?: +(.*))?')
_ROUTE = re.compile(r"@(?:[^\s:\[\]\",@]+|\[[^\]\s]*\])(?:,@(?:[^\s:\[\]\",@]+|\[[^\]\s]*\]))*:")
_BDAT = re.compile(r"([0-9]{1,20})(?: +(LAST))?", re.IGNORECASE)
_AUTH = re.compile(r"([A-Za-z0-9_-]{1,20})(?: +(\S+))?")
_XCLIENT_NAMES = frozenset({"NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT"})
_UNAVAILABLE = frozenset({"[UNAVAILABLE]", "[TEMPUNAVAIL]"})

# The same mailboxes come again and again; the values are immutable and the memory is bounded (4,096 short ones).
_address = lru_cache(4096)(Address.parse)
_sender = lru_cache(4096)(Address.read)


def hello(verb: str, argument: str) -> Hello:
    """EHLO, HELO or LHLO with one domain or address literal."""
    if not _NAME.fullmatch(argument):
        raise refused(501, "5.5.4", f"{verb} needs the name of your host")
    return Hello(verb, argument)


def mail(known: Known, argument: str) -> Mail:
    """MAIL FROM:<reverse-path> with parameters; a source route is read and forgotten (RFC 5321 section 4.1.1.3, appendix C)."""
    mailbox, rest = _path("FROM:", argument)
    sender = _read_address(mailbox, "5.1.7", _sender) if mailbox else None
    event = Mail(sender, **parameters.read(rest, known)) if rest else Mail(sender)
    if not (event.smtputf8 or mailbox.isascii()):
        raise refused(553, "5.6.7", "This address needs SMTPUTF8")
    return event


def rcpt(known: Known, argument: str) -> Rcpt:
    """RCPT TO:<forward-path> with parameters; `<postmaster>` may stand without a domain (RFC 5321 section 4.1.1.3)."""
    mailbox, rest = _path("TO:", argument)
    recipient = Address("postmaster", "") if mailbox.lower() == "postmaster" else _read_address(mailbox, "5.1.3")
    return Rcpt(recipient, **parameters.read(rest, known)) if rest else Rcpt(recipient)


def bdat(argument: str) -> Bdat:
    """BDAT size [LAST] (RFC 3030 section 2); without a size nobody knows where the next command begins."""
    match = _BDAT.fullmatch(argument)
    if match is None:
        raise OutOfStep
    return Bdat(int(match[1]), match[2] is not None)


def auth(argument: str) -> Auth:
    """AUTH mechanism [initial-response]; `=` is the empty response (RFC 4954 section 4)."""
    match = _AUTH.fullmatch(argument)
    if match is None:
        raise refused(501, "5.5.4", "AUTH needs a mechanism")
    initial = match[2]
    try:
        response = None if initial is None else b"" if initial == "=" else binascii.a2b_base64(initial.encode(), strict_mode=True)
    except ValueError:
        raise refused(501, "5.5.2", "The initial response is not valid base64") from None
    return Auth(match[1].upper(), response)


def xclient(argument: str) -> Xclient:
    """XCLIENT name=value ..., values in xtext."""
    attributes: dict[str, str | None] = {}
    for word in argument.split():
        name, equals, value = word.partition("=")
        if not equals or name.upper() not in _XCLIENT_NAMES:
            raise refused(501, "5.5.4", "XCLIENT attribute not known")
        try:
            attributes[name.upper()] = None if value.upper() in _UNAVAILABLE else xtext.decode(value)
        except ValueError:
            raise refused(501, "5.5.4", "XCLIENT value not valid") from None
    if not attributes:
        raise refused(501, "5.5.4", "XCLIENT needs attributes")
    return Xclient(attributes)


def text(event: Callable[[str], Command], argument: str) -> Command:
    """VRFY and EXPN: they need some text."""
    if not argument:
        raise refused(501, "5.5.4", "An argument is missing")
    return event(argument)


def alone(event: Command, argument: str) -> Command:
    """Read DATA, RSET, QUIT or STARTTLS: an argument is an error."""
    if argument:
        raise refused(501, "5.5.4", "No argument is allowed here")
    return event


class OutOfStep(Exception):
    """BDAT without a readable size: the connection can't go on."""


def verbs(*, lmtp: bool = False, dsn: bool = False) -> Mapping[str, Parser]:
    """Give the parsers by upper-case verb; `dsn` offers RFC 3461's parameters."""
    hellos = ("LHLO",) if lmtp else ("EHLO", "HELO")
    table: dict[str, Parser] = {verb: partial(hello, verb) for verb in hellos}
    table |= {
        "MAIL": partial(mail, parameters.MAIL_DSN if dsn else parameters.MAIL),
        "RCPT": partial(rcpt, parameters.RCPT_DSN if dsn else parameters.RCPT),
        "DATA": partial(alone, Data()),
        "BDAT": bdat,
        "AUTH": auth,
        "STARTTLS": partial(alone, StartTls(injected=False)),
        "RSET": partial(alone, Rset()),
        "NOOP": lambda _: Noop(),
        "QUIT": partial(alone, Quit()),
        "HELP": Help,
        "VRFY": partial(text, Vrfy),
        "EXPN": partial(text, Expn),
        "XCLIENT": xclient,
    }
    return MappingProxyType(table)


def _path(word: str, argument: str) -> tuple[str, str | None]:
    match = _PATH.fullmatch(argument, len(word)) if argument[: len(word)].upper() == word else None
    if match is None:
        raise refused(501, "5.5.4", f"Say {word}<address>")
    mailbox, rest = match.groups()
    if mailbox.startswith("@"):
        mailbox = _ROUTE.sub("", mailbox, count=1)
    return mailbox, rest


def _read_address(mailbox: str, enhanced: str, read: Callable[[str], Address] = _address) -> Address:
    try:
        return read(mailbox)
    except AddressError as error:
        raise refused(553 if enhanced == "5.1.3" else 501, enhanced, str(error)) from None
