"""SASL (RFC 4422) as servers speak it: PLAIN (RFC 4616), LOGIN, EXTERNAL (RFC 4422 appendix A) and SCRAM (RFC 5802, 7677), with no I/O.

An exchange is fed the client's responses, decoded, and answers each with what comes next:

    Challenge   send it, feed the next response
    Lookup      fetch the SCRAM keys of this name (false ones if there is no such user), give them to `provide`
    Password    let the directory verify name and password
    Proven      the client has proven who it is
    Failed      say no, with one text for every reason
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from postroom.formats import scram

NAME_OCTETS = 1024
PASSWORD_OCTETS = 4096
BINDINGS = ("tls-exporter", "tls-unique")  # RFC 9266 for TLS 1.3, RFC 5929 below


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the server says next, before base64."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Lookup:
    """SCRAM needs the keys of `authcid`; `mechanism` is without -PLUS."""

    authcid: str
    mechanism: str


@dataclass(frozen=True, slots=True)
class Password:
    """The client says that it is `authcid`; the password is still to be verified. `authzid` is as whom it wants to act ("": itself)."""

    authcid: str
    authzid: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proven:
    """The client is `authcid`: proven by SCRAM or by its certificate."""

    authcid: str
    authzid: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The exchange is over without a login; `cause` is for the log, `authcid` the name that was tried, if one was."""

    cause: str
    authcid: str = ""


Outcome = Challenge | Lookup | Password | Proven | Failed


class Exchange(Protocol):
    """One login under way."""

    prompt: bytes  # what the server says first when there was no initial response

    def step(self, response: bytes) -> Outcome:
        """Take the client's next response."""

    def provide(self, keys: scram.Keys) -> Outcome:
        """Take the keys that `Lookup` asked for."""


def start(mechanism: str, *, bindings: Mapping[str, bytes] | None = None, plus: bool = False, certificate: str = "") -> Exchange | None:
    """Begin an exchange, None for a mechanism that is not known (whether it is offered the caller knows).

    `bindings`: channel binding data of this TLS connection by name. `plus`: a -PLUS mechanism was offered, so a client that saw none is
    being downgraded. `certificate`: the name that the client's verified certificate gives it, for EXTERNAL.
    """
    if mechanism == "PLAIN":
        return Plain()
    if mechanism == "LOGIN":
        return Login()
    if mechanism == "EXTERNAL":
        return External(certificate)
    if mechanism.removesuffix("-PLUS") in scram.HASHES:
        return Scram(mechanism, bindings or {}, plus=plus)
    return None


class Plain:
    """PLAIN: authzid NUL authcid NUL password."""

    prompt = b""

    def step(self, response: bytes) -> Outcome:
        """Take the one message there is."""
        parts = response.split(b"\0")
        if len(parts) != 3:
            return Failed("PLAIN wants two NULs")
        return _password(parts[1], parts[0], parts[2])

    def provide(self, keys: scram.Keys) -> Outcome:
        """Never asked for."""
        return Failed("PLAIN has no keys")


class Login:
    """LOGIN (draft-murchison-sasl-login): not a standard, but what many clients speak."""

    prompt = b"Username:"

    def __init__(self) -> None:
        self._name: bytes | None = None

    def step(self, response: bytes) -> Outcome:
        """Take the name, then the password."""
        if self._name is None:
            self._name = response
            return Challenge(b"Password:")
        return _password(self._name, b"", response)

    def provide(self, keys: scram.Keys) -> Outcome:
        """Never asked for."""
        return Failed("LOGIN has no keys")


class External:
    """EXTERNAL: the client's certificate has said who it is; the response may name as whom it wants to act."""

    prompt = b""

    def __init__(self, certificate: str) -> None:
        self._certificate = certificate

    def step(self, response: bytes) -> Outcome:
        """Take the authorisation identity, often empty."""
        authzid = _decoded(response, NAME_OCTETS)
        if not self._certificate:
            return Failed("no client certificate")
        return Failed("the authorisation identity is not valid") if authzid is None else Proven(self._certificate, authzid)

    def provide(self, keys: scram.Keys) -> Outcome:
        """Never asked for."""
        return Failed("EXTERNAL has no keys")


class Scram:
    """SCRAM-SHA-256 and SCRAM-SHA-1, with -PLUS where the channel binding of the connection is known."""

    prompt = b""

    def __init__(self, mechanism: str, bindings: Mapping[str, bytes], *, plus: bool) -> None:
        self._mechanism = mechanism.removesuffix("-PLUS")
        self._binds = mechanism.endswith("-PLUS")
        self._bindings = bindings
        self._plus = plus
        self._first: scram.ClientFirst | None = None
        self._server: scram.Server | None = None
        self._verified = False

    def step(self, response: bytes) -> Outcome:
        """Take client-first-message, client-final-message, then the empty response to our signature."""
        try:
            if self._first is None:
                return self._begin(scram.read_client_first(response))
            if self._server is None:
                return Failed("the keys were not fetched")
            if not self._verified:
                signature = self._server.verify(response)
                self._verified = True
                return Challenge(signature)
        except scram.ScramError as error:
            return Failed(str(error), self._first.authcid if self._first else "")
        return Failed("the last response is not empty") if response else Proven(self._first.authcid, self._first.authzid)

    def provide(self, keys: scram.Keys) -> Outcome:
        """Take the keys and give the challenge."""
        if self._first is None:
            return Failed("no name was given")
        self._server = scram.Server(self._first, keys, self._bindings.get(self._first.binding, b""))
        return Challenge(self._server.challenge())

    def _begin(self, first: scram.ClientFirst) -> Outcome:
        if self._binds != (first.flag == "p"):
            return Failed("channel binding is for -PLUS, and -PLUS is for channel binding")
        if self._binds and first.binding not in self._bindings:
            return Failed(f"channel binding {first.binding} is not known here")
        if first.flag == "y" and self._plus:
            return Failed("the client saw no -PLUS, yet it was offered: a downgrade (RFC 5802 section 6)")
        self._first = first
        return Lookup(first.authcid, self._mechanism)


def decode(line: bytes) -> bytes | None:
    """Read a response as SMTP, IMAP and POP3 carry it: base64, None for `*` (the client gives up); ValueError when it is neither."""
    if line == b"*":
        return None
    return binascii.a2b_base64(line, strict_mode=True)


def encode(challenge: bytes) -> bytes:
    """Write a challenge in base64."""
    return base64.b64encode(challenge)


def _password(authcid: bytes, authzid: bytes, password: bytes) -> Outcome:
    name, other, word = _decoded(authcid, NAME_OCTETS), _decoded(authzid, NAME_OCTETS), _decoded(password, PASSWORD_OCTETS)
    if not name or not word or other is None:
        return Failed("name or password is missing or not valid")
    return Password(name, other, word)


def _decoded(octets: bytes, limit: int) -> str | None:
    """Read UTF-8 without NUL, None when it is something else or too long."""
    if len(octets) > limit or b"\0" in octets:
        return None
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return None
