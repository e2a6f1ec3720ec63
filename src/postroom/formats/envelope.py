"""The envelope of a message: what SMTP and LMTP say about it (RFC 5321 section 2.3.1; parameters of RFC 1870, 3461, 6152, 6531)."""

from dataclasses import dataclass
from typing import Literal

from postroom.formats.address import Address

Body = Literal["7BIT", "8BITMIME", "BINARYMIME"]
Notify = Literal["NEVER", "SUCCESS", "FAILURE", "DELAY"]
Return = Literal["FULL", "HDRS"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One RCPT TO: where to, the notifications asked for (empty: not said, RFC 3461 4.1) and ORCPT, decoded from xtext (`rfc822;a@b`)."""

    address: Address
    notify: tuple[Notify, ...] = ()
    orcpt: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail transaction: the sender (None for `<>`), the recipients in the order given, and MAIL FROM's parameters.

    `size` is what the client declared, in octets (RFC 1870); `ret` and `envid` are for delivery notifications (RFC 3461), envid decoded;
    `requiretls` forbids a way without TLS (RFC 8689), `release` is when it is to be sent (RFC 4865), UTC microseconds, 0 for at once.
    """

    sender: Address | None
    recipients: tuple[Recipient, ...]
    body: Body = "7BIT"
    smtputf8: bool = False
    size: int | None = None
    ret: Return | None = None
    envid: str | None = None
    requiretls: bool = False
    release: int = 0
