"""The parameters of MAIL and RCPT: RFC 5321 section 4.1.2 (syntax), RFC 1870, 3461, 4865, 4954, 6152, 6531 and 8689 (keywords)."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from postroom.formats.smtp import xtext
from postroom.formats.smtp.reply import refused

Reader = Callable[[str | None], Any]  # reads the value (None: no `=value`), raises ValueError
Known = Mapping[str, tuple[str, Reader]]  # by upper-case keyword: the field's name and how it is read

_PARAMETER = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*+)(?:=([^=\s]++))?")
_BODIES = frozenset({"7BIT", "8BITMIME"})  # BINARYMIME waits for IMAP's BINARY
_NOTIFIES = frozenset({"SUCCESS", "FAILURE", "DELAY"})
_ORCPT = re.compile(r"[A-Za-z0-9-]{1,64};.*", re.DOTALL)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)  # RFC 3339 section 5.6
ENVID_CHARACTERS = 100  # RFC 3461 section 4.4
ORCPT_CHARACTERS = 500  # RFC 3461 section 4.2


def read(text: str, readers: Known) -> dict[str, Any]:
    """Read `SIZE=1 BODY=7BIT` into values by field name; raises Refused: 555 for a keyword that is not offered, 501 for a wrong one."""
    values: dict[str, Any] = {}
    for word in text.split():
        match = _PARAMETER.fullmatch(word)
        if match is None:
            raise refused(501, "5.5.4", "Syntax error in the parameters")
        keyword, value = match.groups()
        known = readers.get(keyword) or readers.get(keyword.upper())
        if known is None:
            raise refused(555, "5.5.4", f"Parameter {keyword[:40]} is not offered")
        name, reader = known
        if name in values:
            raise refused(501, "5.5.4", f"Parameter {keyword} is given twice")
        try:
            values[name] = reader(value)
        except ValueError:
            raise refused(501, "5.5.4", f"The value of {keyword} is not valid") from None
    return values


def size(value: str | None) -> int:
    """SIZE=n, up to 20 digits (RFC 1870 section 3)."""
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 20:
        raise ValueError
    return int(value)


def body(value: str | None) -> str:
    """BODY=7BIT or 8BITMIME (RFC 6152)."""
    word = (value or "").upper()
    if word == "BINARYMIME":
        raise refused(555, "5.5.4", "BODY=BINARYMIME is not offered")
    if word not in _BODIES:
        raise ValueError
    return word


def flag(value: str | None) -> bool:
    """Read a keyword without a value, such as SMTPUTF8."""
    if value is not None:
        raise ValueError
    return True


def auth(value: str | None) -> str:
    """AUTH=<> or a mailbox in xtext (RFC 4954 section 5); "" for `<>`."""
    if value is None:
        raise ValueError
    return "" if value == "<>" else xtext.decode(value)


def ret(value: str | None) -> str:
    """RET=FULL or HDRS (RFC 3461 section 4.3)."""
    word = (value or "").upper()
    if word not in {"FULL", "HDRS"}:
        raise ValueError
    return word


def envid(value: str | None) -> str:
    """ENVID=xtext, up to 100 characters (RFC 3461 section 4.4)."""
    if value is None or len(value) > ENVID_CHARACTERS:
        raise ValueError
    return _ascii(xtext.decode(value))


def notify(value: str | None) -> tuple[str, ...]:
    """NOTIFY=NEVER, or a list of SUCCESS, FAILURE and DELAY without doubles (RFC 3461 section 4.1)."""
    words = tuple((value or "").upper().split(","))
    if words == ("NEVER",):
        return words
    if len(set(words)) != len(words) or not _NOTIFIES.issuperset(words):
        raise ValueError
    return words


def orcpt(value: str | None) -> str:
    """ORCPT=type;address in xtext (RFC 3461 section 4.2), or as it is for the utf-8 type (RFC 6533 section 3)."""
    if value is None or len(value) > ORCPT_CHARACTERS or not _ORCPT.fullmatch(value):
        raise ValueError
    kind, _, address = value.partition(";")
    return f"{kind};{address if kind.lower() == 'utf-8' else _ascii(xtext.decode(address))}"


def _ascii(text: str) -> str:
    """Pass only what a report has room for (RFC 3461 sections 4.2 and 4.4)."""
    if not text.isascii():
        raise ValueError
    return text


def holdfor(value: str | None) -> int:
    """HOLDFOR=seconds, 1 to 9 digits (RFC 4865 section 4)."""
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 9:
        raise ValueError
    return int(value)


def holduntil(value: str | None) -> int:
    """HOLDUNTIL=date-time of RFC 3339 (RFC 4865 section 4); UTC microseconds."""
    if value is None or not _MOMENT.fullmatch(value.upper()):
        raise ValueError
    return int(datetime.fromisoformat(value.upper()).timestamp() * 1_000_000)


MAIL: Known = {
    "SIZE": ("size", size),
    "BODY": ("body", body),
    "SMTPUTF8": ("smtputf8", flag),
    "AUTH": ("auth", auth),
    "HOLDFOR": ("holdfor", holdfor),
    "HOLDUNTIL": ("holduntil", holduntil),
    "REQUIRETLS": ("requiretls", flag),
}
MAIL_DSN: Known = {**MAIL, "RET": ("ret", ret), "ENVID": ("envid", envid)}
RCPT: Known = {}
RCPT_DSN: Known = {"NOTIFY": ("notify", notify), "ORCPT": ("orcpt", orcpt)}
