"""SCRAM: a login in which neither the password nor anything equal to it crosses the wire or lies on disk.

RFC 5802 (SHA-1), RFC 7677 (SHA-256), RFC 4013 (SASLprep); channel binding by RFC 9266 (tls-exporter) and RFC 5929 (tls-unique).
Both sides are here, the server's and the client's; `sasl` puts the server's beside the other mechanisms.
"""

import base64
import hashlib
import hmac
import re
import secrets
import stringprep
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

ITERATIONS = 4096  # of new keys (RFC 7677 section 4 asks for at least these); the argon2id hash is what guards the password at rest
MOST_ITERATIONS = 600_000  # that our client accepts: a server could keep it busy for ever
SALT_OCTETS = 16
MESSAGE_OCTETS = 2048
HASHES: Mapping[str, str] = {"SCRAM-SHA-256": "sha256", "SCRAM-SHA-1": "sha1"}

_ATTRIBUTES = re.compile(r"([A-Za-z])=([^,]*+)")
_PROHIBITED = (
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


class ScramError(Exception):
    """The other side broke the protocol or gave no valid proof; the text is for the log only."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a server keeps of a password: enough to verify it, not enough to log in."""

    mechanism: str  # "SCRAM-SHA-256" or "SCRAM-SHA-1"
    salt: bytes
    iterations: int
    stored_key: bytes
    server_key: bytes


def derive(password: str, mechanism: str, salt: bytes | None = None, iterations: int = ITERATIONS) -> Keys:
    """Make the keys of a password (RFC 5802 section 3), with a new salt if none is given; ValueError when SASLprep forbids it.

    Takes about 2 ms of CPU with 4,096 iterations: not for the loop.
    """
    salt = secrets.token_bytes(SALT_OCTETS) if salt is None else salt
    name = HASHES[mechanism]
    salted = hashlib.pbkdf2_hmac(name, saslprep(password).encode(), salt, iterations)
    client_key = hmac.digest(salted, b"Client Key", name)
    return Keys(mechanism, salt, iterations, hashlib.new(name, client_key).digest(), hmac.digest(salted, b"Server Key", name))


def false_keys(secret: bytes, name: str, mechanism: str, iterations: int = ITERATIONS) -> Keys:
    """Make keys for a user who does not exist: the same ones each time, and no password fits, so names can't be tried out."""
    seed = f"{mechanism}\0{name}".encode()
    kind = HASHES[mechanism]
    salt, stored, server = (hmac.digest(secret, purpose + seed, kind) for purpose in (b"salt\0", b"stored\0", b"server\0"))
    return Keys(mechanism, salt[:SALT_OCTETS], iterations, stored, server)


def saslprep(text: str) -> str:
    """Prepare a user name or password (RFC 4013), so that the same word typed on two keyboards is one; ValueError for what it forbids."""
    if text.isascii() and text.isprintable():
        return text
    mapped = "".join(" " if stringprep.in_table_c12(c) else c for c in text if not stringprep.in_table_b1(c))
    normal = unicodedata.normalize("NFKC", mapped)
    if any(forbids(character) for character in normal for forbids in _PROHIBITED):
        raise ValueError("The text holds a character that SASLprep forbids.")
    right_to_left = [stringprep.in_table_d1(character) for character in normal]
    if any(right_to_left) and (any(map(stringprep.in_table_d2, normal)) or not (right_to_left[0] and right_to_left[-1])):
        raise ValueError("The text mixes directions in a way that SASLprep forbids.")
    return normal


@dataclass(frozen=True, slots=True)
class ClientFirst:
    """The client's first message: `binding` is the channel binding's name, "" for none, and `bare` what the proof is made over."""

    flag: str  # n: the client knows no channel binding, y: it thinks that the server does not, p: used
    binding: str
    authzid: str
    authcid: str
    nonce: str
    gs2: str
    bare: str


def read_client_first(message: bytes) -> ClientFirst:
    """Read client-first-message (RFC 5802 section 7); raises ScramError."""
    text = _text(message)
    parts = text.split(",", 2)
    if len(parts) < 3:
        raise ScramError("client-first-message has no gs2 header")
    flag, authzid, bare = parts
    kind, _, binding = flag.partition("=")
    if kind not in {"n", "y", "p"} or (kind == "p") != bool(binding) or (authzid and not authzid.startswith("a=")):
        raise ScramError("the gs2 header is not valid")
    attributes = _attributes(bare, "nr")
    return ClientFirst(
        kind, binding, _name(authzid[2:]), _prepared(_name(attributes["n"])), attributes["r"], text[: -len(bare)] if bare else text, bare
    )


class Server:
    """The server's side: `challenge` once the keys are known, then `verify`; `binding` is the channel binding's data, or b""."""

    def __init__(self, first: ClientFirst, keys: Keys, binding: bytes = b"", nonce: str | None = None) -> None:
        self._first = first
        self._keys = keys
        self._binding = binding
        self._nonce = first.nonce + (nonce or secrets.token_urlsafe(18))

    def challenge(self) -> bytes:
        """Give server-first-message."""
        return f"r={self._nonce},s={base64.b64encode(self._keys.salt).decode()},i={self._keys.iterations}".encode()

    def verify(self, message: bytes) -> bytes:
        """Check client-final-message and give server-final-message; raises ScramError when the proof is wrong."""
        text = _text(message)
        attributes = _attributes(text, "crp")
        if not hmac.compare_digest(attributes["r"].encode(), self._nonce.encode()):
            raise ScramError("the nonce is not ours")
        if not hmac.compare_digest(_octets(attributes["c"]), self._first.gs2.encode() + self._binding):
            raise ScramError("the channel binding does not fit")
        without_proof = text[: text.rindex(",p=")]
        auth_message = f"{self._first.bare},{self.challenge().decode()},{without_proof}".encode()
        name = HASHES[self._keys.mechanism]
        signature = hmac.digest(self._keys.stored_key, auth_message, name)
        proof = _octets(attributes["p"])
        if len(proof) != len(signature):
            raise ScramError("the proof has the wrong length")
        client_key = bytes(a ^ b for a, b in zip(proof, signature, strict=True))
        if not hmac.compare_digest(hashlib.new(name, client_key).digest(), self._keys.stored_key):
            raise ScramError("the proof is wrong")
        return b"v=" + base64.b64encode(hmac.digest(self._keys.server_key, auth_message, name))


class Client:
    """The client's side: `first`, then `final` for the server's challenge, then `finish` for its signature."""

    def __init__(
        self, mechanism: str, name: str, password: str, *, nonce: str | None = None, binding: str = "", data: bytes = b"", authzid: str = ""
    ) -> None:
        self._mechanism = mechanism.removesuffix("-PLUS")
        self._password = password
        self._nonce = nonce or secrets.token_urlsafe(18)
        self._gs2 = f"{f'p={binding}' if binding else 'n'},{f'a={_escape(authzid)}' if authzid else ''},"
        self._data = data
        self._bare = f"n={_escape(saslprep(name))},r={self._nonce}"
        self._signature = b""

    def first(self) -> bytes:
        """Give client-first-message."""
        return f"{self._gs2}{self._bare}".encode()

    def final(self, challenge: bytes) -> bytes:
        """Answer server-first-message; raises ScramError when it is not an answer to ours or asks for absurd work."""
        text = _text(challenge)
        attributes = _attributes(text, "rsi")
        if not attributes["r"].startswith(self._nonce) or attributes["r"] == self._nonce:
            raise ScramError("the server's nonce does not extend ours")
        if not re.fullmatch(r"[1-9][0-9]{0,6}", attributes["i"]) or int(attributes["i"]) > MOST_ITERATIONS:
            raise ScramError("the iteration count is not acceptable")
        salt, rounds, name = _octets(attributes["s"]), int(attributes["i"]), HASHES[self._mechanism]
        bound = base64.b64encode(self._gs2.encode() + self._data).decode()
        without_proof = f"c={bound},r={attributes['r']}"
        auth_message = f"{self._bare},{text},{without_proof}".encode()
        salted = hashlib.pbkdf2_hmac(name, saslprep(self._password).encode(), salt, rounds)
        client_key = hmac.digest(salted, b"Client Key", name)
        signature = hmac.digest(hashlib.new(name, client_key).digest(), auth_message, name)
        self._signature = hmac.digest(hmac.digest(salted, b"Server Key", name), auth_message, name)
        proof = bytes(a ^ b for a, b in zip(client_key, signature, strict=True))
        return f"{without_proof},p={base64.b64encode(proof).decode()}".encode()

    def finish(self, message: bytes) -> None:
        """Check server-final-message: a server that does not know the password can't make it; raises ScramError."""
        if not message.startswith(b"v=") or not self._signature or not hmac.compare_digest(_octets(_text(message[2:])), self._signature):
            raise ScramError("the server's signature is wrong")


def _text(message: bytes) -> str:
    if len(message) > MESSAGE_OCTETS:
        raise ScramError("a message is too long")
    try:
        return message.decode()
    except UnicodeDecodeError:
        raise ScramError("a message is not UTF-8") from None


def _attributes(text: str, wanted: str) -> dict[str, str]:
    """Read `r=...,s=...`: the wanted attributes come first and in order, extensions may stand between the last two (RFC 5802 section 7)."""
    found = {}
    for part in text.split(","):
        match = _ATTRIBUTES.fullmatch(part)
        if match is None or match[1] in found:
            raise ScramError("an attribute is not valid")
        found[match[1]] = match[2]
    if "m" in found:  # mandatory extensions: none is known
        raise ScramError("a mandatory extension is not supported")
    if not all(found.get(letter) for letter in wanted) or [letter for letter in found if letter in wanted] != list(wanted):
        raise ScramError("an attribute is missing or out of place")
    if wanted == "crp" and next(reversed(found)) != "p":
        raise ScramError("the proof is not last")
    return found


def _octets(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode(), validate=True)
    except ValueError:
        raise ScramError("an attribute is not base64") from None


def _name(text: str) -> str:
    """Read a saslname, in which `,` and `=` are written =2C and =3D."""
    if re.search(r"=(?!2C|3D)", text):
        raise ScramError("the name is not a saslname")
    return text.replace("=2C", ",").replace("=3D", "=")


def _escape(name: str) -> str:
    return name.replace("=", "=3D").replace(",", "=2C")


def _prepared(name: str) -> str:
    try:
        return saslprep(name)
    except ValueError as error:
        raise ScramError("the name can't be prepared") from error
