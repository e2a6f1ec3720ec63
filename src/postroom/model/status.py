"""Status of the server and its delivery queue (8.1, 8.10)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from postroom.delivery import queue
from postroom.delivery.waiting import changed, changed_one, waiting
from postroom.model import files
from postroom.model.description import Right, getter, method
from postroom.model.enumerations import eSessionType
from postroom.model.folders import local_time
from postroom.model.kinds import Int64, Integer, String
from postroom.model.object import Object

if TYPE_CHECKING:
    from postroom.delivery.waiting import Waiting
    from postroom.model.house import House

PROTOCOLS: Final = {
    eSessionType.eSTSMTP: ("smtp", "submission", "submissions", "lmtp"),
    eSessionType.eSTPOP3: ("pop3", "pop3s"),
    eSessionType.eSTIMAP: ("imap", "imaps"),
}
"""Our listeners' protocols by hMailServer's."""

NEEDS_ADMINISTRATOR: Final = "Server admin privileges are required to clear queue."
SPAM: Final = "The server counts spam once it looks for it"
VIRUSES: Final = "The server counts viruses once it looks for them"


class Status(Object, iid="C3E2DFFB-BE53-4BE6-BE57-7C5609938CEB", clsid="ADD8B04F-F7A0-4C73-8B0B-E53B3077F052"):
    """What the server does at the moment, and has done since it started; all of its processes together."""

    __slots__ = ()

    @getter(1, "A line for each message in the queue: id, created, from, to, next try, file, locked, tries; parted by tabs, ended by CRLF.")
    async def UndeliveredMessages(self) -> String:
        return "".join([_line(self.house, one) for one in await waiting(self.house.database)])

    @getter(2, "When the server started, in local time, such as 2026-11-21 09:30:00.")
    def StartTime(self) -> String:
        return local_time(self.house.started)

    @getter(3, "Messages taken in since the server started.")
    async def ProcessedMessages(self) -> Integer:
        counters = await self.house.server.counters()
        return int(sum(value for name, value in counters.items() if name.startswith("postroom_messages_accepted")))

    @getter(4, "Messages found to hold a virus since the server started.", pending=VIRUSES)
    def RemovedViruses(self) -> Integer:
        return 0

    @getter(5, "Messages found to be spam since the server started.", pending=SPAM)
    def RemovedSpamMessages(self) -> Integer:
        return 0

    @getter(6, "How many sessions of a kind are open: 1 SMTP, 3 POP3, 5 IMAP; 0 for all others.")
    async def SessionCount(self, iType: eSessionType) -> Integer:
        counters = await self.house.server.counters()
        names = PROTOCOLS.get(iType, ())
        return int(sum(counters.get(f'postroom_connections_open{{protocol="{name}"}}', 0) for name in names))

    @getter(7, "The number of the thread that answers.")
    def ThreadID(self) -> Integer:
        return threading.get_native_id() & 0x7FFFFFFF


class DeliveryQueue(Object, iid="B870F27A-CA77-473C-8106-A9F296F342A5", clsid="27473BB7-4272-4693-ACA6-FD9D4C9C3FC5"):
    """The messages that wait to be sent to other servers."""

    __slots__ = ()

    @method(1, "Takes all messages out of the queue without sending them.", Right.SERVER, refused=NEEDS_ADMINISTRATOR)
    async def Clear(self) -> None:
        await self._all(queue.remove)

    @method(2, "Has a message tried at once; does nothing for one that is not in the queue.", Right.SERVER, refused="")
    async def ResetDeliveryTime(self, iMessageID: Int64) -> None:
        await changed_one(self.house.database, iMessageID, queue.retry, self.house.mailboxes.now())

    @method(3, "Has everything that waits tried at once.", Right.SERVER, refused="")
    async def StartDelivery(self) -> None:
        await self._all(queue.retry)

    @method(4, "Takes a message out of the queue without sending it; does nothing for one that is not there.", Right.SERVER, refused="")
    async def Remove(self, iMessageID: Int64) -> None:
        await changed_one(self.house.database, iMessageID, queue.remove, self.house.mailboxes.now())

    async def _all(self, function: object) -> None:
        database = self.house.database
        for shard in range(database.shards):
            await changed(database, shard, "", function, self.house.mailboxes.now())


def _line(house: House, message: Waiting) -> str:
    path = files.queue_path(house, files.file_name(files.QUEUED, message.id))
    facts = (message.id, local_time(message.created), message.sender, message.recipients, local_time(message.due), path, 0, message.attempts)
    return "\t".join(map(str, facts)) + "\r\n"
