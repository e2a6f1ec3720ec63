"""Application: the root of the object tree, where a program logs in."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from postroom.directory.errors import LoginRefused
from postroom.model.accounts import ADMINISTRATOR as ADMINISTRATORS_RECORD
from postroom.model.accounts import Account
from postroom.model.caller import Context, Level, Login, Origin
from postroom.model.description import Right, child, getter, method
from postroom.model.kinds import String
from postroom.model.object import Object

if TYPE_CHECKING:
    from typing import Self

ADMINISTRATOR = "administrator"


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
        if context.caller.origin is Origin.LOCAL and not context.house.has_administrator():
            login.level = Level.SERVER
        return cls(Context(context.house, context.caller, login), standalone=True)

    Domains = child("Domains", 4, "The domains that the caller may see.", Right.AUTHENTICATED)

    @method(17, "Logs in by account or as Administrator; gives the account, or Nothing when name or password is wrong.", Right.NONE)
    async def Authenticate(self, Username: String, Password: String) -> Account | None:
        login = self.context.login
        login.level, login.account = Level.NOBODY, None
        if Username.lower() == ADMINISTRATOR:
            if not await self.house.administrator(self.context.caller.ip, Password):
                return None
            login.level = Level.SERVER
            return Account(self.context, ADMINISTRATORS_RECORD)
        try:
            account = await self.house.directory.authenticate(self.context.caller.ip, Username, Password)
        except LoginRefused:
            return None
        login.level, login.account = Level(account.admin_level), account
        return Account(self.context, account)

    @getter(10, "The version of the server.", Right.NONE)
    def Version(self) -> String:
        return version("postroom")

    @getter(20, "The processor that the server was built for: x64 or x86.", Right.NONE)
    def VersionArchitecture(self) -> String:
        return "x86" if platform.architecture()[0] == "32bit" else "x64"
