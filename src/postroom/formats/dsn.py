"""Delivery status notifications: which of them a sender wants (RFC 3461) and their machine-readable part (RFC 3464, addresses of RFC 6533)."""

import enum
import re
from dataclasses import dataclass
from typing import Final

from postroom.errors import PostroomError
from postroom.formats import headers
from postroom.formats.dates import format_date, parse_date

MOST_OCTETS: Final = 1 << 20
MOST_RECIPIENTS: Final = 10_000

_BLOCKS = re.compile(rb"\r?\n(?:[ \t]*\r?\n)+")
_EMBEDDED = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")
_HIDDEN = re.compile(r"[^!-*,-<>-\[\]-~\u00a0-\U0010ffff]")  # what RFC 6533 section 3 has no plain form for: controls, blank, "+", "=", "\"
_HIDDEN_IN_ASCII = re.compile(r"[^!-*,-<>-\[\]-~]")
_LONG = re.compile(r"[^ ]{225,}")  # 225 characters are 900 octets at most
_ENVID = re.compile(r"(?:[!-~](?:[ -~]{0,98}[!-~])?)?")
_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")


class DSNError(PostroomError):
    """The octets are no delivery status of RFC 3464."""


class Action(enum.StrEnum):
    """What became of a message for one recipient (RFC 3464 section 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


def wanted(notify: str, action: Action) -> bool:
    """Tell whether NOTIFY=`notify` asks for such a report (RFC 3461 section 4.1); '' is not said: failures and delays."""
    words = notify.upper().split(",") if notify else ["FAILURE", "DELAY"]
    return {Action.FAILED: "FAILURE", Action.DELAYED: "DELAY"}.get(action, "SUCCESS") in words


@dataclass(frozen=True, slots=True)
class Status:
    """What a report says of one recipient: its address, what became of it and RFC 3463's code.

    `original` is what its sender called it, in the form of ORCPT (`rfc822;a@b`); `remote` is the server that `diagnostic` (`450 4.2.0 busy`)
    comes from. Times are UTC microseconds, told to the second, None when not said.
    """

    final: str
    action: Action
    status: str
    original: str = ""
    remote: str = ""
    diagnostic: str = ""
    last_attempt: int | None = None
    retry_until: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The machine-readable part: who reports, the sender's ENVID, when the message arrived (UTC microseconds), a status for each recipient."""

    reporting: str
    recipients: tuple[Status, ...]
    envid: str = ""
    arrival: int | None = None


def serialise(report: Report, *, utf8: bool = False) -> bytes:
    """Write message/delivery-status, in `utf8` message/global-delivery-status (RFC 6533): blocks of fields, an empty line between them."""
    blocks = [_of_message(report, utf8), *(_of_recipient(status, utf8) for status in report.recipients)]
    return b"\r\n".join(b"".join(headers.build(name, value, structured=True) for name, value in block if value) for block in blocks)


def _of_message(report: Report, utf8: bool) -> list[tuple[str, str]]:
    return [
        ("Original-Envelope-Id", report.envid if _ENVID.fullmatch(report.envid) else _text(report.envid, utf8)),  # in its very spelling
        ("Reporting-MTA", f"dns; {_text(report.reporting, utf8)}"),
        ("Arrival-Date", _date(report.arrival)),
    ]


def _of_recipient(status: Status, utf8: bool) -> list[tuple[str, str]]:
    kind, _, value = status.original.partition(";")
    original = f"{kind.strip()};{_text(value, utf8)}" if kind.strip().lower() != "utf-8" or utf8 else f"utf-8;{_ascii(value)}"
    return [
        ("Original-Recipient", original if status.original else ""),
        ("Final-Recipient", typed(status.final, utf8=utf8)),
        ("Action", status.action.value),
        ("Status", status.status),
        ("Remote-MTA", f"dns; {_text(status.remote, utf8)}" if status.remote else ""),
        ("Diagnostic-Code", f"smtp; {_text(status.diagnostic, utf8)}" if status.diagnostic else ""),
        ("Last-Attempt-Date", _date(status.last_attempt)),
        ("Will-Retry-Until", _date(status.retry_until)),
    ]


def typed(address: str, *, utf8: bool = True) -> str:
    """Write an address with its type: `rfc822; a@b`, or `utf-8; ...` in the form that the report has room for (RFC 6533 section 3)."""
    if address.isascii():
        return f"rfc822; {address}"
    hidden = _HIDDEN if utf8 else _HIDDEN_IN_ASCII
    return f"utf-8; {hidden.sub(_embed, address)}"


def parse(data: bytes) -> Report:
    """Read what `serialise` writes, and what other servers do; raises DSNError. At most 1 MB and 10,000 recipients are read."""
    if len(data) > MOST_OCTETS:
        raise DSNError("The delivery status is larger than 1 MB.")
    blocks = [block + b"\r\n" for block in _BLOCKS.split(data.strip(b"\r\n")) if block.strip()]
    if not 2 <= len(blocks) <= MOST_RECIPIENTS + 1:
        raise DSNError("A delivery status has fields of the message, then those of each recipient.")
    first = _fields(blocks[0])
    if "reporting-mta" not in first:
        raise DSNError("The delivery status names no reporting server.")
    return Report(
        _value(first["reporting-mta"]),
        tuple(_status(_fields(block)) for block in blocks[1:]),
        first.get("original-envelope-id", ""),
        parse_date(first.get("arrival-date", "")),
    )


def _status(fields: dict[str, str]) -> Status:
    code = _STATUS.match(fields.get("status", ""))
    try:
        action = Action(fields.get("action", "").lower())
    except ValueError:
        raise DSNError("The action of a recipient is not one of RFC 3464's.") from None
    if code is None or "final-recipient" not in fields:
        raise DSNError("A recipient has no address or no status code.")
    return Status(
        _address(fields["final-recipient"]),
        action,
        code[0],
        fields.get("original-recipient", ""),
        _value(fields.get("remote-mta", "")),
        _value(fields.get("diagnostic-code", "")),
        parse_date(fields.get("last-attempt-date", "")),
        parse_date(fields.get("will-retry-until", "")),
    )


def _fields(block: bytes) -> dict[str, str]:
    return {field.name.decode("latin-1").lower(): headers.unfold(field.value).decode("utf-8", "replace") for field in headers.parse(block)}


def _value(text: str) -> str:
    """Give what stands behind the type of a typed value."""
    kind, semicolon, value = text.partition(";")
    return value.strip() if semicolon else kind.strip()


def _address(text: str) -> str:
    kind = text.partition(";")[0].strip().lower()
    value = _value(text)
    return _EMBEDDED.sub(_disclose, value) if kind == "utf-8" else value


def _disclose(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _embed(match: re.Match[str]) -> str:
    return f"\\x{{{ord(match[0]):X}}}"


def _ascii(text: str) -> str:
    """Hide what is not ASCII; the rest is in its form already."""
    return re.sub(r"[^ -~]", _embed, text)


def _text(text: str, utf8: bool) -> str:
    """Give text of a peer as a field may hold it: no control character, words that fit a line, ASCII but in a report of RFC 6533."""
    clean = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    clean = clean if utf8 else _ascii(clean)
    return _LONG.sub(lambda match: " ".join(re.findall(".{1,200}", match[0])), clean)


def _date(time: int | None) -> str:
    return "" if time is None else format_date(time)
