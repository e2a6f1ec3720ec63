"""Application: the root of the object tree, where a program logs in."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from postroom.directory.errors import LoginRefused
from postroom.errors import PostroomError
from postroom.model.accounts import ADMINISTRATOR as ADMINISTRATORS_RECORD
from postroom.model.accounts import Account
from postroom.model.audit import audit
from postroom.model.caller import Context, Level, Login
from postroom.model.description import Right, child, getter, method
from postroom.model.enumerations import eServerState
from postroom.model.errors import Failed
from postroom.model.kinds import String
from postroom.model.object import Object

if TYPE_CHECKING:
    from typing import Self

ADMINISTRATOR = "administrator"
START_FAILED = "Server start failed. Please check the hMailServer error log."


class Application(Object, iid="2C1A3EF1-115F-4029-BB33-D9CCA4BB0DE8", clsid="D6567EF8-0A6C-48E7-9288-A2463123C2F3"):
    """The server as a program sees it: it logs in here and reaches everything else from here.

    The login belongs to this object and to all that is reached from it.
    """

    __slots__ = ()
    alone = True

    @classmethod
    def create(cls, context: Context) -> Self:
        """Make one with a login of its own; while no administrator password is set, a local caller's is the administrator's (3.4)."""
        login = Login()
        context.caller.logins.append(login)
        if context.caller.trusted and not context.house.has_administrator():
            login.level = Level.SERVER
        return cls(Context(context.house, context.caller, login), standalone=True)

    Settings = child("Settings", 3, "The settings of the server.", Right.SERVER)
    Domains = child("Domains", 4, "The domains that the caller may see.", Right.AUTHENTICATED)
    Database = child("Database", 6, "The database of the users' own, with the server's data to read.", Right.NONE)
    Utilities = child("Utilities", 7, "Tools that need no server.", Right.NONE)
    Status = child("Status", 9, "What the server does and has done.", Right.SERVER)
    Rules = child("Rules", 14, "The rules for all mail.", Right.SERVER)
    BackupManager = child("BackupManager", 15, "Makes and opens backups.", Right.SERVER)
    GlobalObjects = child("GlobalObjects", 16, "The queue and the languages.", Right.NONE)
    Links = child("Links", 18, "Objects by their database ids.", Right.SERVER)
    Diagnostics = child("Diagnostics", 19, "Tests of the server's surroundings.", Right.SERVER)

    @getter(5, "Whether the server runs: 1 stopped, 2 starting, 3 running, 4 stopping.", Right.SERVER)
    def ServerState(self) -> eServerState:
        return eServerState(self.house.server.state)

    @getter(12, "The configuration file.", Right.SERVER)
    def InitializationFile(self) -> String:
        return str(self.house.places.initialization)

    @method(1, "Opens the ports as they are configured now and goes on with the mail; does nothing while the server runs.", Right.SERVER)
    async def Start(self) -> None:
        try:
            await self.house.server.start()
        except PostroomError as error:
            raise Failed(START_FAILED) from error
        audit(self, "started", {})

    @method(2, "Closes the ports of mail, ends its sessions and lets the queue rest; this login and remote sessions stay.", Right.SERVER)
    async def Stop(self) -> None:
        await self.house.server.stop()
        audit(self, "stopped", {})

    @method(13, "Stops, reads certificates and ports anew, and starts.", Right.SERVER)
    async def Reinitialize(self) -> None:
        await self.house.server.stop()
        try:
            await self.house.server.reload()
            await self.house.server.start()
        except PostroomError as error:
            raise Failed(str(error)) from error
        audit(self, "reinitialized", {})

    @method(8, "Begins to deliver what waits; here a message does so by itself from the moment that it is stored.", Right.NONE, logged_in=True)
    async def SubmitEMail(self) -> None:
        """Do nothing: the queue sleeps for no message whose time has come."""

    @method(11, "Tells whether the server could start; fails with the reason when it could not.", Right.NONE)
    async def Connect(self) -> None:
        if self.house.server.trouble:
            raise Failed(self.house.server.trouble)

    @method(17, "Logs in by account or as Administrator; gives the account, or Nothing when name or password is wrong.", Right.NONE)
    async def Authenticate(self, Username: String, Password: String) -> Account | None:
        login = self.context.login
        login.level, login.account = Level.NOBODY, None
        if Username.lower() == ADMINISTRATOR:
            if not await self.is_administrator(Password):
                return None
            login.level = Level.SERVER
            return Account(self.context, ADMINISTRATORS_RECORD)
        try:
            account = await self.house.directory.authenticate(self.context.caller.ip, Username, Password)
        except LoginRefused:
            return None
        login.level, login.account = Level(account.admin_level), account
        return Account(self.context, account)

    async def is_administrator(self, password: str) -> bool:
        """Tell whether a password is Administrator's; where there is none, the empty one is, for callers on this machine (3.4)."""
        if self.house.has_administrator():
            return await self.house.administrator(self.context.caller.ip, password)
        return self.context.caller.trusted and not password

    @getter(10, "The version of the server, or the one that the setting `reported_version` names.", Right.NONE)
    def Version(self) -> String:
        return self.house.settings.reported_version or version("postroom")

    @getter(20, "The processor that the server was built for: x64 or x86.", Right.NONE)
    def VersionArchitecture(self) -> String:
        return "x86" if platform.architecture()[0] == "32bit" else "x64"
