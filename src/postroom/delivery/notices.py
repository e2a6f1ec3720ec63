"""Reports of failures in the administrator's words, the server messages of hMailServer's mode (object model 14.8 to 14.10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.directory.servermessages import ServerMessage
from postroom.formats import headers
from postroom.formats.dates import format_date
from postroom.formats.words import decode_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postroom.directory.records import Records

SUBJECT: Final = "MESSAGE_UNDELIVERABLE"
TEXT: Final = "SEND_FAILED_NOTIFICATION"
_MACRO: Final = re.compile(r"%MACRO_(SENT|SUBJECT|RECIPIENTS|ORIGINAL_HEADER)%")


class Notice(NamedTuple):
    """A subject and a text for people."""

    subject: str
    text: str


async def texts(records: Records) -> dict[str, str]:
    """Read the server messages by name; raises Unavailable."""
    return {one.name: one.text for one in await records.list(ServerMessage)}


def notice(words: Mapping[str, str], header: bytes, sent: int, blocks: Iterable[str]) -> Notice:
    """Write one about a message with this header, that came at a time; each of `blocks` tells of a recipient. Macros are filled in once."""
    about = " ".join(decode_words(headers.find(header, "Subject") or b"").split())[:200]
    values = {
        "SENT": format_date(sent),
        "SUBJECT": about,
        "RECIPIENTS": "\n".join(blocks),
        "ORIGINAL_HEADER": header.decode("utf-8", "replace").replace("\r\n", "\n").rstrip(),
    }
    text = _MACRO.sub(lambda macro: values[macro[1]], words.get(TEXT, "%MACRO_RECIPIENTS%").replace("\r\n", "\n"))
    return Notice(f"{words.get(SUBJECT) or 'Message undeliverable'}: {about}", text.rstrip() + "\n")
