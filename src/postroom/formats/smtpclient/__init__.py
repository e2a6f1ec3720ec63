"""The client's side of SMTP without a socket: dialogues say what to send and are told the replies (RFC 5321).

A dialogue is a generator of steps (`Say`, `Pour`, `Think`); whoever drives it owns the socket and the clock. It trusts nothing that it reads:
replies are bounded, what a server says out of turn ends the connection, and nothing goes out that two servers could read as two messages.
"""

from postroom.formats.smtpclient.dialogue import Dialogue, Phase, Pour, Refused, Say, Step, Think
from postroom.formats.smtpclient.extensions import Extensions
from postroom.formats.smtpclient.hello import ehlo, greeted, starttls
from postroom.formats.smtpclient.login import Login, LoginError, log_in
from postroom.formats.smtpclient.octets import BareLineEnd, Chunks, Stuffing
from postroom.formats.smtpclient.reply import Garbled, Replies, Reply
from postroom.formats.smtpclient.transaction import Letter, Transaction

__all__ = [
    "BareLineEnd",
    "Chunks",
    "Dialogue",
    "Extensions",
    "Garbled",
    "Letter",
    "Login",
    "LoginError",
    "Phase",
    "Pour",
    "Refused",
    "Replies",
    "Reply",
    "Say",
    "Step",
    "Stuffing",
    "Think",
    "Transaction",
    "ehlo",
    "greeted",
    "log_in",
    "starttls",
]
