"""POP3 without I/O: commands from bytes (`Core`), replies, and messages as they cross the wire (`Stuffing`, `Top`). RFC 1939 and 2449."""

from postroom.formats.pop3.core import Core
from postroom.formats.pop3.events import Bad, Event
from postroom.formats.pop3.reply import Refused, Reply
from postroom.formats.pop3.stuffing import Stuffing, Top

__all__ = ["Bad", "Core", "Event", "Refused", "Reply", "Stuffing", "Top"]
