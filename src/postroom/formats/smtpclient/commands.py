"""MAIL and RCPT as a client writes them: RFC 5321 section 4.1.1, with the parameters of RFC 1870, 3461, 6152, 6531, 6533 and 8689."""

import re
from collections.abc import Mapping
from functools import lru_cache

from postroom.formats.address import Address, AddressError
from postroom.formats.dsn import typed
from postroom.formats.smtp import xtext
from postroom.formats.smtpclient.extensions import Extensions

UNICODE_TYPE = "utf-8"  # of ORCPT (RFC 6533 section 3)
_NO_ADDRESSES = frozenset({"", "postmaster"})  # the null path, and RFC 5321's bare postmaster
_WORDS = re.compile(r"[A-Za-z0-9,-]{1,100}")
_address = lru_cache(4096)(Address.parse)


def mail(sender: str, peer: Extensions, options: Mapping[str, str], *, size: int, eightbit: bool, utf8: bool) -> bytes:
    """Write MAIL FROM; `options` are RET, ENVID and REQUIRETLS by name, each said only where the server offers it.

    Raises AddressError for a sender that would break the line.
    """
    words = [f"MAIL FROM:<{_path(sender)}>"]
    if peer.size is not None:
        words.append(f"SIZE={size}")
    if peer.eightbit and (eightbit or utf8):
        words.append("BODY=8BITMIME")
    if utf8:
        words.append("SMTPUTF8")
    if options.get("REQUIRETLS") and peer.requiretls:
        words.append("REQUIRETLS")
    if peer.dsn and options.get("RET"):
        words.append(f"RET={_word(options['RET'])}")
    if peer.dsn and options.get("ENVID"):
        words.append(f"ENVID={xtext.encode(options['ENVID'])}")
    return (" ".join(words) + "\r\n").encode()


def rcpt(recipient: str, peer: Extensions, options: Mapping[str, str], *, utf8: bool) -> bytes:
    """Write RCPT TO with NOTIFY and ORCPT where the server offers DSN; raises AddressError for a recipient that would break the line.

    Without an ORCPT of the sender's it is ALIAS, the address that was accepted, where there is one (RFC 3461 section 5.2.1).
    """
    words = [f"RCPT TO:<{_path(recipient)}>"]
    if peer.dsn and options.get("NOTIFY"):
        words.append(f"NOTIFY={_word(options['NOTIFY'])}")
    original = options.get("ORCPT") or (typed(options["ALIAS"]).replace("; ", ";", 1) if options.get("ALIAS") else "")
    if peer.dsn and original:
        words.append(f"ORCPT={_orcpt(original, utf8=utf8)}")
    return (" ".join(words) + "\r\n").encode()


def _path(address: str) -> str:
    """Guard against command injection: stored addresses were parsed once, but here a line end or a `>` would begin a command."""
    return str(_address(address)) if address not in _NO_ADDRESSES else address


def _word(text: str) -> str:
    if not _WORDS.fullmatch(text):
        raise AddressError("A parameter of the address can't be written in a command.")
    return text


def _orcpt(original: str, *, utf8: bool) -> str:
    r"""Write `type;address`: in xtext, but RFC 6533's utf-8 type (kept as it came) in UTF-8 where that can be read, else with \x{...}."""
    kind, _, address = original.partition(";")
    if kind.lower() != UNICODE_TYPE:
        return f"{_word(kind)};{xtext.encode(address)}"
    if not utf8:
        address = "".join(letter if letter.isascii() else f"\\x{{{ord(letter):X}}}" for letter in address)
    if not address.isprintable() or " " in address:
        raise AddressError("The original address can't be written in a command.")
    return f"{kind};{address}"
