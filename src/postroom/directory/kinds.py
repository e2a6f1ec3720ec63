"""The kinds of values that settings have: each reads what people write ("50 MB", "30 minutes", "yes") and writes it back the same way."""

from __future__ import annotations

import ipaddress
import re
import ssl
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol

from postroom.directory.errors import DirectoryError
from postroom.formats.address import Address, AddressError, canonical_domain

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_AMOUNT = re.compile(r"(\d{1,18})\s*([a-z]*)", re.ASCII)
_SIZES: Final = {"": 1, "b": 1, "bytes": 1, "kb": 1 << 10, "mb": 1 << 20, "gb": 1 << 30, "tb": 1 << 40}
_SPANS: Final = {
    name: seconds
    for seconds, names in {1: "s sec second seconds", 60: "m min minute minutes", 3600: "h hour hours", 86400: "d day days"}.items()
    for name in names.split()
}
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_YES: Final = {"yes", "true", "on", "1"}
_NO: Final = {"no", "false", "off", "0"}


class Kind(Protocol):
    """Reads and writes the values of a setting; `parse(format(value)) == value`."""

    label: ClassVar[str]

    def parse(self, text: str) -> Any:
        """Read a value; raises DirectoryError with a sentence that says what would do."""

    def format(self, value: Any) -> str:
        """Write a value as people read it and as it is stored."""

    def describe(self) -> str:
        """Tell what may be written, for the reference."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Yes or no."""

    label: ClassVar[str] = "yes or no"

    def parse(self, text: str) -> bool:
        """Read yes, true, on, 1 or their opposites."""
        word = text.strip().lower()
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise DirectoryError('is "yes" or "no"')

    def format(self, value: bool) -> str:
        """Write yes or no."""
        return "yes" if value else "no"

    def describe(self) -> str:
        """Tell what may be written."""
        return self.label


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number in a range."""

    low: int = 0
    high: int = 1_000_000_000
    label: ClassVar[str] = "number"

    def parse(self, text: str) -> int:
        """Read decimal digits; `_` and spaces may group them."""
        digits = text.strip().replace("_", "").replace(" ", "")
        if not re.fullmatch(r"-?[0-9]{1,15}" if self.low < 0 else r"[0-9]{1,15}", digits):
            raise DirectoryError("is a whole number")
        return in_range(int(digits), self.low, self.high, str)

    def format(self, value: int) -> str:
        """Write decimal digits."""
        return str(value)

    def describe(self) -> str:
        """Tell what may be written."""
        return f"{self.label}, {self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of any text; may be empty."""

    longest: int = 4000
    ascii_only: bool = False
    label: ClassVar[str] = "text"

    def parse(self, text: str) -> str:
        """Read text as it is; control characters could forge lines of a protocol or of the log."""
        if len(text) > self.longest:
            raise DirectoryError(f"has at most {self.longest} characters")
        if any(ord(character) < 0x20 or ord(character) == 0x7F for character in text):
            raise DirectoryError("is one line without control characters")
        if self.ascii_only and not text.isascii():
            raise DirectoryError("is ASCII text")
        return text

    def format(self, value: str) -> str:
        """Write the text."""
        return value

    def describe(self) -> str:
        """Tell what may be written."""
        return f"{'ASCII ' * self.ascii_only}{self.label}, up to {self.longest} characters"


@dataclass(frozen=True, slots=True)
class Size:
    """A number of bytes; KB, MB, GB and TB are powers of 1024."""

    low: int = 0
    high: int = 1 << 50
    label: ClassVar[str] = "size"

    def parse(self, text: str) -> int:
        """Read "50 MB", "512 KB" or a number of bytes."""
        match = _AMOUNT.fullmatch(text.strip().lower().replace("ib", "b"))
        if not match or match[2] not in _SIZES:
            raise DirectoryError('is a size such as "50 MB"')
        return in_range(int(match[1]) * _SIZES[match[2]], self.low, self.high, self.format)

    def format(self, value: int) -> str:
        """Write the largest unit that leaves a whole number."""
        for unit in ("TB", "GB", "MB", "KB"):
            factor = _SIZES[unit.lower()]
            if value and value % factor == 0:
                return f"{value // factor} {unit}"
        return f"{value} bytes"

    def describe(self) -> str:
        """Tell what may be written."""
        return f"{self.label}, {self.format(self.low)} to {self.format(self.high)}"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, held in seconds, or in minutes where the setting's name says so."""

    low: int = 0
    high: int = 86400 * 365
    unit: int = 1
    label: ClassVar[str] = "time"

    def parse(self, text: str) -> int:
        """Read "30 minutes", "1 hour", or a number of the setting's own unit."""
        match = _AMOUNT.fullmatch(text.strip().lower())
        if not match or (match[2] and match[2] not in _SPANS):
            raise DirectoryError('is a time such as "30 minutes"')
        seconds = int(match[1]) * _SPANS.get(match[2], self.unit)
        if seconds % self.unit:
            raise DirectoryError("is a whole number of minutes")
        return in_range(seconds // self.unit, self.low, self.high, self.format)

    def format(self, value: int) -> str:
        """Write the largest unit that leaves a whole number."""
        seconds = value * self.unit
        for name in ("day", "hour", "minute"):
            if seconds and seconds % _SPANS[name] == 0:
                return _counted(seconds // _SPANS[name], name)
        return _counted(seconds, "second")

    def describe(self) -> str:
        """Tell what may be written."""
        return f"{self.label}, {self.format(self.low)} to {self.format(self.high)}"


@dataclass(frozen=True, slots=True)
class Spans:
    """Lengths of time one after the other, held in seconds."""

    label: ClassVar[str] = "times, parted by commas"

    def parse(self, text: str) -> tuple[int, ...]:
        """Read "1 minute, 5 minutes"."""
        return tuple(Span(1).parse(part) for part in text.split(",") if part.strip())

    def format(self, value: tuple[int, ...]) -> str:
        """Write them parted by commas."""
        return ", ".join(map(Span().format, value))

    def describe(self) -> str:
        """Tell what may be written."""
        return self.label


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]
    label: ClassVar[str] = "choice"

    def parse(self, text: str) -> str:
        """Read one of the words."""
        word = text.strip().lower()
        if word not in self.words:
            raise DirectoryError(f"is {self.describe()}")
        return word

    def format(self, value: str) -> str:
        """Write the word."""
        return value

    def describe(self) -> str:
        """Tell what may be written."""
        return " or ".join(f'"{word}"' for word in self.words)


@dataclass(frozen=True, slots=True)
class DomainName:
    """A domain, held as A-label in lower case; may be empty."""

    label: ClassVar[str] = "domain name"

    def parse(self, text: str) -> str:
        """Read a domain in either spelling."""
        try:
            return canonical_domain(text.strip()) if text.strip() else ""
        except AddressError:
            raise DirectoryError("is a domain name such as mail.example.com") from None

    def format(self, value: str) -> str:
        """Write the A-label."""
        return value

    def describe(self) -> str:
        """Tell what may be written."""
        return self.label


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail address; may be empty."""

    label: ClassVar[str] = "address"

    def parse(self, text: str) -> Address | None:
        """Read an address."""
        try:
            return Address.parse(text.strip()) if text.strip() else None
        except AddressError:
            raise DirectoryError("is a mail address such as postmaster@example.com") from None

    def format(self, value: Address | None) -> str:
        """Write the address."""
        return str(value) if value else ""

    def describe(self) -> str:
        """Tell what may be written."""
        return self.label


@dataclass(frozen=True, slots=True)
class Networks:
    """Addresses and networks of clients, parted by commas."""

    label: ClassVar[str] = "networks"

    def parse(self, text: str) -> tuple[Network, ...]:
        """Read "10.0.0.0/8, 2001:db8::1"."""
        try:
            return tuple(ipaddress.ip_network(part) for part in text.replace(",", " ").split())
        except ValueError:
            raise DirectoryError('is a list of networks such as "10.0.0.0/8, ::1"') from None

    def format(self, value: tuple[Network, ...]) -> str:
        """Write them parted by commas."""
        return ", ".join(map(str, value))

    def describe(self) -> str:
        """Tell what may be written."""
        return "addresses and networks, parted by commas"


@dataclass(frozen=True, slots=True)
class Addresses:
    """IP addresses, parted by commas."""

    label: ClassVar[str] = "addresses"

    def parse(self, text: str) -> tuple[str, ...]:
        """Read "192.0.2.1, 2001:db8::1"."""
        try:
            return tuple(str(ipaddress.ip_address(part)) for part in text.replace(",", " ").split())
        except ValueError:
            raise DirectoryError('is a list of IP addresses such as "192.0.2.1, 2001:db8::1"') from None

    def format(self, value: tuple[str, ...]) -> str:
        """Write them parted by commas."""
        return ", ".join(value)

    def describe(self) -> str:
        """Tell what may be written."""
        return "IP addresses, parted by commas"


@dataclass(frozen=True, slots=True)
class DomainNames:
    """Names in the DNS, parted by commas."""

    label: ClassVar[str] = "domains"

    def parse(self, text: str) -> tuple[str, ...]:
        """Read "example.com, example.net"."""
        return tuple(DomainName().parse(part) for part in text.replace(",", " ").split())

    def format(self, value: tuple[str, ...]) -> str:
        """Write them parted by commas."""
        return ", ".join(value)

    def describe(self) -> str:
        """Tell what may be written."""
        return "domain names, parted by commas"


@dataclass(frozen=True, slots=True)
class Origins:
    """Origins of web pages (RFC 6454): scheme, host and port, parted by commas."""

    label: ClassVar[str] = "origins"

    def parse(self, text: str) -> tuple[str, ...]:
        """Read "https://admin.example.com, http://localhost:8080"."""
        found = tuple(text.replace(",", " ").split())
        for origin in found:
            if not re.fullmatch(r"https?://[a-z0-9.\-]{1,253}(:[0-9]{1,5})?|https?://\[[0-9a-f:.]{2,45}\](:[0-9]{1,5})?", origin):
                raise DirectoryError("is origins such as https://admin.example.com, parted by commas")
        return found

    def format(self, value: tuple[str, ...]) -> str:
        """Write them parted by commas."""
        return ", ".join(value)

    def describe(self) -> str:
        """Tell what may be written."""
        return "origins such as https://admin.example.com, parted by commas"


@dataclass(frozen=True, slots=True)
class Ciphers:
    """Ciphers of TLS 1.2 in OpenSSL's words; "" for the usual ones."""

    label: ClassVar[str] = "ciphers"

    def parse(self, text: str) -> str:
        """Read "ECDHE+AESGCM:!aNULL", and see whether OpenSSL knows any of them."""
        try:
            if text:
                ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).set_ciphers(text)
        except (ssl.SSLError, ValueError):
            raise DirectoryError("is a list of ciphers that OpenSSL knows, such as ECDHE+AESGCM:!aNULL") from None
        return text

    def format(self, value: str) -> str:
        """Write them as they are."""
        return value

    def describe(self) -> str:
        """Tell what may be written."""
        return "ciphers in OpenSSL's words, such as ECDHE+AESGCM:!aNULL"


@dataclass(frozen=True, slots=True)
class Folders:
    """Folders of this machine and the Windows paths by which scripts know them, parted by semicolons."""

    label: ClassVar[str] = "folders"

    def parse(self, text: str) -> tuple[tuple[str, str], ...]:
        r"""Read `D:\Archive = /srv/archive; /srv/lists`: without a Windows path, a folder is found on drive C: by its own."""
        return tuple(_folder(part.strip()) for part in text.split(";") if part.strip())

    def format(self, value: tuple[tuple[str, str], ...]) -> str:
        """Write them parted by semicolons."""
        return "; ".join(f"{windows} = {native}" for windows, native in value)

    def describe(self) -> str:
        """Tell what may be written."""
        return r"folders such as D:\Archive = /srv/archive, parted by semicolons"


def _folder(text: str) -> tuple[str, str]:
    windows, equals, native = (part.strip() for part in text.partition("="))
    native = native if equals else windows
    if not equals:
        windows = native if _DRIVE.match(native) else "C:" + native.replace("/", "\\")
    absolute = native.startswith("/") or _DRIVE.match(native)
    if not absolute or not _DRIVE.match(windows) or re.search(r'[<>|"*?\0-\x1f]|:.*:', windows) or ".." in re.split(r"[\\/]", windows):
        raise DirectoryError(r"is folders such as D:\Archive = /srv/archive; /srv/lists")
    return windows.replace("/", "\\"), native


@dataclass(frozen=True, slots=True)
class Locale:
    """A locale that VBScript knows, by Windows' name."""

    label: ClassVar[str] = "locale"

    def parse(self, text: str) -> str:
        """Read a name such as en-US or de-DE, or a language alone."""
        from postroom.languages.vbscript.locales import named  # noqa: PLC0415 - a hundredth of a second that start-up should not pay

        found = named(text)
        if found is None:
            raise DirectoryError("is a locale such as en-US, en-GB, de-DE or fr-FR")
        language, _, region = found.name.partition("-")
        return f"{language}-{region.upper()}"

    def format(self, value: str) -> str:
        """Write its name."""
        return value

    def describe(self) -> str:
        """Tell what may be written."""
        return "locale such as en-US, en-GB or de-DE"


@dataclass(frozen=True, slots=True)
class FieldName:
    """The name of a header field."""

    label: ClassVar[str] = "name of a header field"

    def parse(self, text: str) -> str:
        """Read a token (RFC 9110 section 5.1)."""
        if not re.fullmatch(r"[A-Za-z0-9-]{1,60}", text.strip()):
            raise DirectoryError("is the name of a header field such as X-Api-Key")
        return text.strip()

    def format(self, value: str) -> str:
        """Write the name."""
        return value

    def describe(self) -> str:
        """Tell what may be written."""
        return self.label


def in_range(value: int, low: int, high: int, show: Any) -> int:
    """Return the value; raises DirectoryError outside the range."""
    if not low <= value <= high:
        raise DirectoryError(f"is {show(low)} to {show(high)}")
    return value


def as_text(value: object) -> str:
    """Write what a TOML file or a program gives for a setting (text, number, true, list) as the text to parse."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
