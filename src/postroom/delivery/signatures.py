"""Signatures: the text below what our users write, of the account, of its domain, or of both (object model 14.11)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.formats import headers
from postroom.formats.editing import LARGEST, Draft
from postroom.formats.editing.draft import HTML, PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from postroom.directory.accounts import Account
    from postroom.directory.domains import Domain

ACCOUNT_FIRST: Final = 1
DOMAIN_ONLY: Final = 2
BOTH: Final = 3
"""How a domain's signature goes with its accounts', by hMailServer's numbers."""

REPLIES: Final = ("References", "In-Reply-To")
SEALED: Final = re.compile(rb"multipart/(?:signed|encrypted)|application/(?:x-)?pkcs7-mime", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class Signature(NamedTuple):
    """A signature as text and as HTML."""

    plain: str
    html: str

    def above(self, other: Signature) -> Signature:
        """Give both, the other one below."""
        return Signature("\r\n".join(filter(None, (self.plain, other.plain))), "<br/>".join(filter(None, (self.html, other.html))))


NOTHING: Final = Signature("", "")


def signature_of(account: Account | None, domain: Domain) -> Signature:
    """Give the signature of mail of an account (None: of an address without one) of a domain, its macros filled in."""
    own, common = NOTHING, NOTHING
    if account is not None and account.profile.signature:
        own = _made(account.profile.signature_plain, account.profile.signature_html)
    if domain.profile.signature:
        common = _made(domain.profile.signature_plain, domain.profile.signature_html)
    method = domain.profile.signature_method
    chosen = own if common == NOTHING else common if method == DOMAIN_ONLY or own == NOTHING else own.above(common) if method == BOTH else own
    return Signature(_filled(chosen.plain, account, _same), _filled(chosen.html, account, html.escape))


def wanted(domain: Domain, recipients: Iterable[str], content: bytes) -> bool:
    """Tell whether mail of a domain's users to these domains is signed: not within the domain, not in replies, unless that is set.

    What is sealed (signed or encrypted by its author) stays as it is.
    """
    profile, header = domain.profile, content[: headers.header_end(content)]
    if not profile.signature_to_local and all(recipient in {domain.name, *domain.aliases} for recipient in recipients):
        return False
    if not profile.signature_in_replies and any(headers.find(header, name) is not None for name in REPLIES):
        return False
    sealed = SEALED.search(headers.find(header, "Content-Type") or b"") or headers.find(header, "DKIM-Signature") is not None
    return not sealed and len(content) <= LARGEST


def signed(content: bytes, signature: Signature) -> bytes:
    """Put a signature below the texts of a message."""
    draft = Draft(content)
    plain, rich = draft.text(PLAIN), draft.text(HTML)
    if plain or not rich:
        draft.set_text(PLAIN, f"{plain}\r\n{signature.plain}")
    if rich:
        draft.set_text(HTML, f"{rich}<br/>{signature.html}")
    return bytes(draft)


def _made(plain: str, rich: str) -> Signature:
    """Give a signature, its HTML made from the plain text where there is none."""
    return Signature(plain, rich or "<br/>".join(map(html.escape, _LINE_END.split(plain))) if plain or rich else "")


def _filled(text: str, account: Account | None, written: Callable[[str], str]) -> str:
    values = ("", "", "") if account is None else (account.first_name, account.last_name, str(account.address))
    for name, value in zip(("FirstName", "LastName", "Address"), values, strict=True):
        text = text.replace(f"%User.{name}%", written(value))
    return text


def _same(text: str) -> str:
    return text
