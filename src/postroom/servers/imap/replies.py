"""Replies that are said in many places, made once: what stands behind the tag, with CRLF (RFC 3501 section 7.1, codes of RFC 5530)."""

from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.response import status


def reply(condition: bytes, text: str, code: bytes = b"") -> bytes:
    """Write what stands behind a tag: condition is OK, NO or BAD, `code` a response code without its brackets."""
    return status(b"", condition, text, code)[1:]


def no(text: str, code: bytes = b"") -> CommandRefused:
    """Make the refusal of a command that can't be carried out."""
    return CommandRefused(text, b"NO", code)


DONE = reply(b"OK", "Done")
GONE_MEANWHILE = reply(b"OK", "Some of the messages are gone", b"EXPUNGEISSUED")
LOGGED_OUT = reply(b"OK", "Goodbye")
UNKNOWN = reply(b"BAD", "Unknown command")
NOT_NOW = reply(b"BAD", "Not in this state")
LOGIN_FIRST = reply(b"BAD", "Log in first")
SELECT_FIRST = reply(b"BAD", "Select a mailbox first")
LOGIN_WRONG = reply(b"NO", "Authentication failed", b"AUTHENTICATIONFAILED")
TRY_LATER = reply(b"NO", "Something is out of order here; try again later", b"UNAVAILABLE")
OUR_FAULT = reply(b"NO", "Something went wrong here; it was logged", b"SERVERBUG")

BYE = status(b"*", b"BYE", "Goodbye")
TIMED_OUT = status(b"*", b"BYE", "Nothing was heard for too long; closing")
LOGIN_TOOK_TOO_LONG = status(b"*", b"BYE", "Logging in took too long; closing")
LOGIN_ENDED = status(b"*", b"BYE", "The login was ended by an administrator: log in again")
STOPPING = status(b"*", b"BYE", "The server is stopping; come back later", b"UNAVAILABLE")
TOO_MANY_ERRORS = status(b"*", b"BYE", "Too many errors; closing")
TOO_MANY_LOGINS = status(b"*", b"BYE", "Too many failed logins; closing")
TOO_MANY_CONNECTIONS = status(b"*", b"BYE", "Too many connections; try again later", b"UNAVAILABLE")
INJECTED = status(b"*", b"BYE", "Plain text behind STARTTLS; closing")
LOST_COUNT = status(b"*", b"BYE", "What follows can't be understood any more; closing")
