"""SMTP, submission and LMTP without a socket: a core that turns bytes into events, replies, and what is judged of content on its way in.

Trusts nothing that it reads. RFC 5321, 2033, 1870, 2034, 3030, 3207, 3461, 4954, 6152 and 6531, each named where it acts.
"""

from postroom.formats.smtp.core import Core
from postroom.formats.smtp.events import Command, Event
from postroom.formats.smtp.header import Gate
from postroom.formats.smtp.limits import Limits
from postroom.formats.smtp.reply import Refused, Reply, refused

__all__ = ["Command", "Core", "Event", "Gate", "Limits", "Refused", "Reply", "refused"]
