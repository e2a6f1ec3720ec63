"""Commands from their lines: the words of RFC 1939, 2449, 2595, 5034 and 6856, each with the shape of its arguments."""

import binascii
from collections.abc import Callable

from postroom.formats.pop3 import events
from postroom.formats.pop3.reply import Refused, Reply

UNKNOWN = Reply.err("This command is not known")
NO_ARGUMENT = Reply.err("This command takes no argument")
NO_NAME = Reply.err("USER takes a name")
NO_PASSWORD = Reply.err("PASS takes a password")
NO_NUMBER = Reply.err("This command takes a message number")
NO_LINES = Reply.err("TOP takes a message number and a number of lines")
NO_MECHANISM = Reply.err("AUTH takes a mechanism and, if wanted, an initial response")
NO_BASE64 = Reply.err("The response is not base64")
NO_TAG = Reply.err("LANG takes one language at most")

DIGITS = 10  # of a number; a maildrop has fewer messages


def read_command(line: bytes) -> events.Event:
    """Read a line without its end; raises Refused. STLS comes out as not injected: only the core knows what is behind."""
    word, _, argument = line.partition(b" ")
    parser = _PARSERS.get(word) or _PARSERS.get(word.upper())
    if parser is None:
        raise Refused(UNKNOWN)
    return parser(argument)


def _alone(event: events.Event) -> Callable[[bytes], events.Event]:
    """Make the parser of a command without arguments; its event never changes, so there is one."""

    def parse(argument: bytes) -> events.Event:
        if argument.strip(b" "):
            raise Refused(NO_ARGUMENT)
        return event

    return parse


def _numbered(make: Callable[[int], events.Event]) -> Callable[[bytes], events.Event]:
    return lambda argument: make(_number(argument.strip(b" ")))


def _perhaps_numbered(make: Callable[[int | None], events.Event]) -> Callable[[bytes], events.Event]:
    def parse(argument: bytes) -> events.Event:
        word = argument.strip(b" ")
        return make(_number(word) if word else None)

    return parse


def _number(word: bytes) -> int:
    if not word.isdigit() or len(word) > DIGITS:
        raise Refused(NO_NUMBER)
    return int(word)


def _user(argument: bytes) -> events.User:
    name = argument.strip(b" ")
    if not name:
        raise Refused(NO_NAME)
    return events.User(_text(name))


def _pass(argument: bytes) -> events.Pass:
    if not argument:
        raise Refused(NO_PASSWORD)
    return events.Pass(_text(argument))


def _top(argument: bytes) -> events.Top:
    words = argument.split()
    if len(words) != 2 or not words[1].isdigit() or len(words[1]) > DIGITS:
        raise Refused(NO_LINES)
    return events.Top(_number(words[0]), int(words[1]))


def _auth(argument: bytes) -> events.Auth | events.Mechanisms:
    words = argument.split()
    if not words:
        return events.Mechanisms()
    if len(words) > 2 or not words[0].isascii():
        raise Refused(NO_MECHANISM)
    mechanism = words[0].decode("ascii").upper()
    if len(words) == 1:
        return events.Auth(mechanism)
    if words[1] == b"=":  # RFC 5034 section 4: an initial response of no bytes
        return events.Auth(mechanism, b"")
    try:
        return events.Auth(mechanism, binascii.a2b_base64(words[1], strict_mode=True))
    except binascii.Error:
        raise Refused(NO_BASE64) from None


def _lang(argument: bytes) -> events.Lang:
    words = argument.split()
    if len(words) > 1:
        raise Refused(NO_TAG)
    return events.Lang(_text(words[0]) if words else None)


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")


_PARSERS: dict[bytes, Callable[[bytes], events.Event]] = {
    b"USER": _user,
    b"PASS": _pass,
    b"AUTH": _auth,
    b"STAT": _alone(events.Stat()),
    b"LIST": _perhaps_numbered(events.List),
    b"RETR": _numbered(events.Retr),
    b"DELE": _numbered(events.Dele),
    b"NOOP": _alone(events.Noop()),
    b"RSET": _alone(events.Rset()),
    b"TOP": _top,
    b"UIDL": _perhaps_numbered(events.Uidl),
    b"QUIT": _alone(events.Quit()),
    b"CAPA": _alone(events.Capa()),
    b"STLS": _alone(events.Stls(injected=False)),
    b"UTF8": _alone(events.Utf8()),
    b"LANG": _lang,
}
