"""Fetch accounts: mailboxes elsewhere whose mail comes into an account here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from postroom.directory import fetchaccounts as directory
from postroom.model.caller import Level
from postroom.model.collection import RecordCollection, add, by_id, count, delete_at, delete_by_id, item, refresh
from postroom.model.connection import connection_security, use_ssl
from postroom.model.description import Right, getter, method, stored
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.ranges import local_time
from postroom.model.row import RecordRow, deletes, identity, saves

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from postroom.model.caller import Context

PENDING: Final = "mail is not fetched from other servers yet"


class FetchAccounts(RecordCollection, iid="1517E0BE-5226-46CC-8C2A-BB16B680FF48", clsid="F17C3A00-A7A0-4519-AEDD-DCC3B8DE6A3D"):
    """The mailboxes elsewhere whose mail comes into an account."""

    __slots__ = ()
    of = "FetchAccount"
    kind = directory.FetchAccount

    Count = count(1)
    ItemByDBID = by_id(2)
    Item = item(3)
    Refresh = refresh(5)
    Delete = delete_at(6)
    DeleteByDBID = delete_by_id(7)
    Add = add(8)


class FetchAccount(RecordRow, iid="752C1F5E-74DD-424F-AB60-07D9ABB5B7A4", clsid="6F5E2977-2F51-40B0-847B-DD44C9ACC5A5"):
    """A mailbox elsewhere, with the login there and what becomes of the messages."""

    __slots__ = ()
    alone = True
    secrets = frozenset({"password"})
    widths: ClassVar[Mapping[str, int]] = {"*": 255}

    ID = identity(1)
    Name = stored(String, 2, "name", "What its owner calls it.")
    ServerAddress = stored(String, 3, "server", "The name or address of the server.", pending=PENDING)
    Port = stored(Integer, 4, "port", "The port of the server; 0 is none set.", pending=PENDING)
    ServerType = stored(Integer, 5, "server_type", "The protocol: 0 is POP3.", pending=PENDING)
    Username = stored(String, 6, "username", "The name of the login there.", pending=PENDING)
    MinutesBetweenFetch = stored(Integer, 8, "minutes", "How many minutes pass between two looks.", pending=PENDING)
    DaysToKeepMessages = stored(
        Integer, 9, "days_to_keep", "For how many days fetched messages stay there: -1 not at all, 0 for ever.", pending=PENDING
    )
    AccountID = stored(
        Integer,
        11,
        "account_id",
        "The number of the account here.",
        write_rule=lambda fetch, arguments: fetch.may_belong(*arguments),
    )
    Enabled = stored(Boolean, 12, "enabled", "Whether mail is fetched.", pending=PENDING)
    ProcessMIMERecipients = stored(
        Boolean, 13, "mime_recipients", "Whether messages go to the accounts named in their header instead of to this one.", pending=PENDING
    )
    ProcessMIMEDate = stored(Boolean, 15, "mime_date", "Whether messages get the date of their first Received field.", pending=PENDING)
    UseSSL = use_ssl(16)
    UseAntiSpam = stored(Boolean, 19, "anti_spam", "Whether fetched messages are tested for spam.", pending=PENDING)
    UseAntiVirus = stored(Boolean, 20, "anti_virus", "Whether fetched messages are scanned for viruses.", pending=PENDING)
    EnableRouteRecipients = stored(
        Boolean, 21, "route_recipients", "Whether recipients in the header may also be addresses of routes.", pending=PENDING
    )
    ConnectionSecurity = connection_security(23, pending=PENDING)
    MIMERecipientHeaders = stored(String, 24, "mime_recipient_headers", "The header fields that name recipients, parted by commas.", pending=PENDING)
    Save = saves(10)
    Delete = deletes(17, Right.DOMAIN)

    @classmethod
    def create(cls, context: Context) -> Self:
        """Make one alone: it works, as in hMailServer (3.15)."""
        return cls(context, directory.FetchAccount(), standalone=True)

    @getter(7, "The password of the login there, in clear.", pending=PENDING)
    def Password(self) -> String:
        return directory.open_password(self.house.directory.datakey, self.value("password"))

    @Password.setter()
    def set_password(self, value: String) -> None:
        self.change("password", directory.seal_password(self.house.directory.datakey, value))

    @getter(18, "When mail is fetched next, as YYYY-MM-DD hh:mm:ss in the server's local time; empty when no time is set.", pending=PENDING)
    def NextDownloadTime(self) -> String:
        time = local_time(self.value("next_try"))
        return time.strftime("%Y-%m-%d %H:%M:%S") if time else ""

    @getter(22, "Whether mail is being fetched right now.", pending=PENDING)
    def IsLocked(self) -> Boolean:
        return False

    @method(14, "Fetches mail at once.", pending=PENDING)
    def DownloadNow(self) -> None:
        return

    def may_belong(self, account_id: int) -> bool:
        """Tell whether the caller may give it to an account: nobody fills another's mailbox."""
        ours = self.standalone and self.context.caller.trusted
        return ours or account_id == self.value("account_id") or self.context.login.level is Level.SERVER
