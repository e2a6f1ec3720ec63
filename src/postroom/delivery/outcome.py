"""What goes out in one try and what became of it: the values between the queue, which plans tries, and `remote`, which makes them."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(enum.StrEnum):
    """Where a recipient's mail is; the words stand in the queue's rows."""

    NEW = "new"
    """Handlers of events have not seen its message yet; nobody is to get it before."""
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class JobRecipient(NamedTuple):
    """A recipient of a try: its row, address and options, as in `QueueRecipient`."""

    id: int
    address: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """One message on its way to one destination: recipients of the same next hop, tried together.

    `destination` is the recipients' domain (or address literal); `sign` is the domain that our DKIM keys sign for, or '' for other people's mail.
    `signature` has the DKIM-Signature fields that were made when it came; `message` is the size of a small message's header and all of the
    message, None when it is still to be read.
    """

    queue_id: int
    shard: int
    content_id: int
    size: int
    sender: str
    options: Mapping[str, str]
    destination: str
    recipients: tuple[JobRecipient, ...]
    sign: str = ""
    signature: bytes | None = None
    message: tuple[int, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one recipient: WAITING is tried again, SENT and FAILED end its row.

    `code` and `enhanced` are the reply's (0 and an RFC 3463 code of ours when no server answered), `text` says it in words, a remote server's own
    words first; `host` is who answered or would not; `reports` is true when that server took over the duty to report (RFC 3461 section 5.2.2).
    `destination_down` tells that nothing about this message was said: the destination as a whole could not be reached or put us off;
    `cancelled` that handlers of events have done away with the message, and know it.
    """

    recipient_id: int
    state: State
    code: int
    enhanced: str
    text: str
    host: str = ""
    reports: bool = False
    destination_down: bool = False
    cancelled: bool = False
