"""AUTH as a client speaks it to a smart host: RFC 4954 with SCRAM (RFC 5802, 7677), PLAIN (RFC 4616), LOGIN and XOAUTH2."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from postroom.formats import scram
from postroom.formats.smtpclient.dialogue import Dialogue, Phase, Refused, Say, Think
from postroom.formats.smtpclient.reply import Reply

MECHANISMS: Final = ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "PLAIN", "LOGIN")
"""Those that are tried when none is named, the best first. XOAUTH2 takes a token for a password, so it must be named."""

OPEN: Final = frozenset({"PLAIN", "LOGIN", "XOAUTH2"})
"""Those that tell the server the password, or what is as good."""


class LoginError(Exception):
    """There is no logging in here; the sentence is for the administrator."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who we are to a smart host. `mechanism` is one of MECHANISMS or XOAUTH2 (the password is then an access token), "" for the best offered."""

    name: str
    password: str = field(repr=False)
    mechanism: str = ""


def log_in(login: Login, offered: frozenset[str], *, encrypted: bool, bindings: Mapping[str, bytes] | None = None) -> Dialogue[None]:
    """Log in; raises LoginError, or Refused with the server's reply. Without TLS no password is told.

    `bindings` is channel binding data of the TLS connection by name, for the -PLUS mechanisms.
    """
    bound = {kind: data for kind, data in (bindings or {}).items() if kind in ("tls-exporter", "tls-unique")}
    mechanism = _chosen(login, offered, encrypted=encrypted, bound=bool(bound))
    if mechanism.startswith("SCRAM"):
        yield from _scram(login, mechanism, bound)
    elif mechanism == "LOGIN":
        yield from _login(login)
    else:
        yield from _at_once(mechanism, _xoauth2(login) if mechanism == "XOAUTH2" else _plain(login))


def _chosen(login: Login, offered: frozenset[str], *, encrypted: bool, bound: bool) -> str:
    wanted = [login.mechanism] if login.mechanism else MECHANISMS
    possible = [name for name in wanted if name in offered and (bound or not name.endswith("-PLUS"))]
    if not possible:
        raise LoginError(f"it offers no way to log in that can be used (AUTH {' '.join(sorted(offered))[:200] or 'is not offered'})")
    if not encrypted and possible[0] in OPEN:
        raise LoginError("it offers no TLS, and the password is not sent in clear text")
    return possible[0]


def _plain(login: Login) -> bytes:
    return f"\0{login.name}\0{login.password}".encode()


def _xoauth2(login: Login) -> bytes:
    return f"user={login.name}\1auth=Bearer {login.password}\1\1".encode()


def _at_once(mechanism: str, response: bytes) -> Dialogue[None]:
    reply: Reply = yield Say(b"AUTH %b %b\r\n" % (mechanism.encode(), base64.b64encode(response)), Phase.AUTH)
    if reply.code == 334:  # XOAUTH2's error comes as a challenge: an empty answer brings the refusal
        reply = yield Say(b"\r\n" if mechanism == "XOAUTH2" else b"*\r\n", Phase.AUTH)
    _end(reply)


def _login(login: Login) -> Dialogue[None]:
    reply: Reply = yield Say(b"AUTH LOGIN\r\n", Phase.AUTH)
    for word in (login.name, login.password):
        if reply.code != 334:
            break
        reply = yield Say(base64.b64encode(word.encode()) + b"\r\n", Phase.AUTH)
    _end(reply)


def _scram(login: Login, mechanism: str, bound: Mapping[str, bytes]) -> Dialogue[None]:
    binding = next(iter(bound)) if mechanism.endswith("-PLUS") else ""
    try:
        client = scram.Client(mechanism, login.name, login.password, binding=binding, data=bound.get(binding, b""))
        first = base64.b64encode(client.first())
        reply: Reply = yield Say(b"AUTH %b %b\r\n" % (mechanism.encode(), first), Phase.AUTH)
        final: bytes = yield Think(partial(client.final, _challenge(reply)))
        reply = yield Say(base64.b64encode(final) + b"\r\n", Phase.AUTH)
        if reply.done:
            raise LoginError("the login failed: it did not prove that it knows the password")
        client.finish(_challenge(reply))
    except (scram.ScramError, ValueError) as error:
        raise LoginError(f"the login failed: {error}") from error
    reply = yield Say(b"\r\n", Phase.AUTH)
    _end(reply)


def _challenge(reply: Reply) -> bytes:
    if reply.code != 334:
        raise Refused(Phase.AUTH, reply)
    return binascii.a2b_base64(reply.lines[0].strip(), strict_mode=True)


def _end(reply: Reply) -> None:
    if reply.code != 235:
        raise Refused(Phase.AUTH, reply)
