"""MessageIndexing: the index of the messages' text, which makes searches quick and changes nothing else (18.7)."""

from __future__ import annotations

from postroom.mailboxes.index import forget_all, index_new, indexed
from postroom.model.applied import applied
from postroom.model.audit import audit
from postroom.model.description import Right, getter, method
from postroom.model.kinds import Boolean, Integer
from postroom.model.object import Object


class MessageIndexing(Object, iid="3C58B6AD-48CC-4775-B283-53C77F717EB9", clsid="5F414F73-8E29-4E51-86F2-13C12EF9227A"):
    """The index of the messages' text; a folder is in it from its first search on."""

    __slots__ = ()

    Enabled = applied(Boolean, 3, "message_indexing.enabled")

    @getter(1, "How many messages lie in all mailboxes.", Right.SERVER)
    async def TotalMessageCount(self) -> Integer:
        database = self.house.database
        counts = [await database.read(shard, "SELECT coalesce(sum(messages), 0) FROM mailbox") for shard in range(database.shards)]
        return sum(int(rows[0][0]) for rows in counts)

    @getter(2, "How many of them are in the index.", Right.SERVER)
    async def TotalIndexedCount(self) -> Integer:
        return sum([await indexed(self.house.mailboxes, shard) for shard in range(self.house.database.shards)])

    @method(4, "Forgets the index; folders come into it again with their next search.", Right.SERVER)
    async def Clear(self) -> None:
        for shard in range(self.house.database.shards):
            await forget_all(self.house.mailboxes, shard)
        audit(self, "cleared", {})

    @method(5, "Indexes now what is not indexed yet of the folders that were searched.", Right.SERVER)
    async def Index(self) -> None:
        for shard in range(self.house.database.shards):
            while await index_new(self.house.mailboxes, shard):
                pass
