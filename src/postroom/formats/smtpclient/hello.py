"""How a connection begins: the greeting, EHLO or HELO (RFC 5321 sections 3.1, 3.2), STARTTLS (RFC 3207)."""

from typing import TYPE_CHECKING

from postroom.formats.smtpclient.dialogue import Dialogue, Phase, Refused, Say
from postroom.formats.smtpclient.extensions import Extensions

if TYPE_CHECKING:
    from postroom.formats.smtpclient.reply import Reply


def greeted(name: str) -> Dialogue[Extensions]:
    """Hear the greeting and say hello; raises Refused."""
    greeting: Reply = yield Say(b"", Phase.GREETING)
    if greeting.code != 220:
        raise Refused(Phase.GREETING, greeting)
    return (yield from ehlo(name))


def ehlo(name: str) -> Dialogue[Extensions]:
    """Say EHLO, and HELO to a server that does not know it; raises Refused."""
    host = name.encode("ascii", "replace")
    reply: Reply = yield Say(b"EHLO %b\r\n" % host, Phase.HELLO)
    if reply.done:
        return Extensions.read(reply)
    if not reply.lasting:
        raise Refused(Phase.HELLO, reply)
    reply = yield Say(b"HELO %b\r\n" % host, Phase.HELLO)
    if not reply.done:
        raise Refused(Phase.HELLO, reply)
    return Extensions()


def starttls() -> Dialogue[None]:
    """Ask for TLS; raises Refused. What comes behind the 220 must not be read as replies: the driver sees to it (CVE-2011-0411)."""
    reply: Reply = yield Say(b"STARTTLS\r\n", Phase.STARTTLS)
    if reply.code != 220:
        raise Refused(Phase.STARTTLS, reply)
