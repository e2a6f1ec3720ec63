"""Accounts: mailboxes and logins."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.directory import accounts as directory
from postroom.directory.credentials import Credentials
from postroom.directory.errors import DirectoryError, NotFound
from postroom.events import ON_CLIENT_VALIDATE_PASSWORD
from postroom.formats.address import Address as MailAddress
from postroom.formats.address import AddressError
from postroom.formats.validity import is_address
from postroom.model.caller import Level
from postroom.model.collection import Collection, add, by_id, by_key, count, delete_at, delete_by_id, item, refresh
from postroom.model.description import CLASSES, Right, child, getter, method, stored
from postroom.model.domains import MEGABYTE, size
from postroom.model.enumerations import eAdminLevel
from postroom.model.errors import BadIndex, Failed
from postroom.model.kinds import Boolean, Date, Float, Integer, String
from postroom.model.names import refuse_elsewhere, refuse_taken
from postroom.model.ranges import local_time
from postroom.model.row import FAILED, LONGEST_TEXT, Row, deletes, saves
from postroom.operations.removal import remove_account

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.directory.domains import Domain

ADMINISTRATOR: Final = directory.Account(0, 0, MailAddress("Administrator", ""), 0, admin_level=directory.SERVER_ADMINISTRATOR)
"""The record of the account that Authenticate gives to Administrator (3.3)."""

PAGE: Final = 10_000
LONGEST_REPLY: Final = 1000

REPLIES: Final = "automatic replies are not sent yet"
FORWARDING: Final = "accounts don't forward mail yet; an alias does"
SIGNATURES: Final = "signatures are not added to mail yet"
WINDOWS: Final = "logins are not asked of a Windows domain yet"
LOGINS: Final = "the time of the last login is not kept yet"


def profile(kind: Any, dispid: int, of: str, text: str, put: Right | None = Right.PARENT, pending: str = "") -> Any:
    """Declare a property of the account's profile."""
    return stored(kind, dispid, f"profile.{of}", text, put, pending=pending)


def shown(address: MailAddress | str) -> str:
    """Show an address, "" for a new account's."""
    return address if isinstance(address, str) else str(address) if address.local else ""


def _nameable(address: str) -> bool:
    try:
        directory.local_part(MailAddress.parse(address).local)
    except (AddressError, DirectoryError):
        return False
    return True


class Accounts(Collection, iid="0AD49AE7-05ED-45F2-8D5A-68FC964EB7EA", clsid="403A75B8-499A-44C1-93D3-6A8A460AA88D"):
    """The accounts of a domain: all of them for an administrator, the own one for a user (3.9)."""

    __slots__ = ()
    of = "Account"

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    ItemByAddress = by_key(6, "The account at an address.", "Address")
    Add = add(2, Right.DOMAIN)
    Delete = delete_at(3, Right.DOMAIN, fails=True)
    Refresh = refresh(4)
    DeleteByDBID = delete_by_id(7, Right.DOMAIN)

    async def read(self) -> Sequence[directory.Account]:
        """Read those that the caller may see."""
        login, accounts = self.context.login, self.house.directory.accounts
        if login.level is Level.USER and login.account is not None:
            try:
                return [await accounts.by_id(login.account.id)]
            except NotFound:  # removed since the login
                return []
        if not self.parent.value("id"):
            return []
        name: str = self.parent.record.name
        found: list[directory.Account] = []
        while page := await accounts.list(name, found[-1].address.key if found else "", PAGE):
            found += page
        return found

    def blank(self) -> directory.Account:
        """Give the record of a new account (5.2)."""
        domain = self.parent.record
        return directory.Account(0, 0, MailAddress("", domain.name), domain.id, active=False)

    def key(self, record: Any) -> str:
        """Give an account's address."""
        return str(record.address)


class Account(Row, iid="E5EDC050-0899-4A3B-BF4C-420212FC3895", clsid="369BE902-9F27-4722-A29F-3059E4D7021D"):
    """A mailbox with its owner's login."""

    __slots__ = ()
    prefix = FAILED
    secrets = frozenset({"password"})
    widths: ClassVar[Mapping[str, int]] = {
        "profile.vacation_subject": 200,
        "first_name": 60,
        "last_name": 60,
        "profile.vacation_text": LONGEST_TEXT,
        "profile.signature_plain": LONGEST_TEXT,
        "profile.signature_html": LONGEST_TEXT,
        "*": 255,
    }

    Active = stored(Boolean, 1, "active", "Whether it takes mail and its owner may log in.")
    ADDomain = profile(String, 2, "ad_domain", "The Windows domain that checks its password.", Right.DOMAIN, WINDOWS)
    Address = stored(String, 3, "address", "The address; changing it renames the mailbox.", Right.DOMAIN, show=shown, take=str.strip)
    DomainID = stored(Integer, 4, "domain_id", "The number of its domain; writing it is ignored.", ignored=("put",))
    ID = stored(Integer, 5, "id", "Its number; 0 until it is saved.", put=None, get=Right.NONE)
    IsAD = profile(Boolean, 6, "is_ad", "Whether a Windows domain checks its password.", Right.DOMAIN, WINDOWS)
    ADUsername = profile(String, 10, "ad_username", "Its name in the Windows domain.", Right.DOMAIN, WINDOWS)
    Messages = child("Messages", 13, "All messages of the account, in all folders.")
    MaxSize = size(15, "max_size", MEGABYTE, "What its mail may weigh, in megabytes; 0 is no limit of its own.", Right.DOMAIN, Right.PARENT)
    VacationMessage = profile(String, 17, "vacation_text", "The text of the automatic reply, up to 1000 characters.", pending=REPLIES)
    VacationSubject = profile(String, 18, "vacation_subject", "The subject of the automatic reply, up to 200 characters.", pending=REPLIES)
    FetchAccounts = child("FetchAccounts", 19, "The mailboxes elsewhere whose mail is fetched into this account.")
    AdminLevel = stored(
        eAdminLevel,
        20,
        "admin_level",
        "How far its owner may administer: 0 not, 1 the domain, 2 the server.",
        Right.SERVER | Right.DOMAIN,
        write_rule=lambda account, arguments: account.may_become(*arguments),
    )
    Rules = child("Rules", 21, "The rules for mail that comes to the account.")
    ForwardEnabled = profile(Boolean, 26, "forward", "Whether its mail is forwarded.", pending=FORWARDING)
    ForwardAddress = profile(String, 27, "forward_address", "Where its mail is forwarded to.", pending=FORWARDING)
    ForwardKeepOriginal = profile(Boolean, 28, "forward_keep", "Whether forwarded mail stays in the account, too.", pending=FORWARDING)
    SignatureEnabled = profile(Boolean, 29, "signature", "Whether a signature is added to mail that its owner sends.", pending=SIGNATURES)
    SignaturePlainText = profile(String, 30, "signature_plain", "The signature for mail in plain text.", pending=SIGNATURES)
    SignatureHTML = profile(String, 31, "signature_html", "The signature for mail in HTML.", pending=SIGNATURES)
    VacationMessageExpires = profile(Boolean, 33, "vacation_expires", "Whether the automatic reply ends on a day.", pending=REPLIES)
    PersonFirstName = stored(String, 35, "first_name", "The first name of its owner, up to 60 characters.")
    PersonLastName = stored(String, 36, "last_name", "The last name of its owner, up to 60 characters.")
    Save = saves(9, Right.SERVER, "Stores the account.")
    Save.rule = lambda account, _: account.may_save()
    Delete = deletes(37, Right.DOMAIN, "Deletes the account with all its mail.")

    @getter(7, "The stored hash of the password (argon2id); writing it sets another password, empty lets nobody log in.")
    async def Password(self) -> String:
        if self.edits and "password" in self.edits:
            return str(self.edits["password"].password)
        return (await self.credentials()).password

    @Password.setter()
    async def set_password(self, value: String) -> None:
        try:
            self.change("password", await self.house.directory.hashing.make(value) if value else Credentials())
        except DirectoryError as error:
            raise Failed(str(error)) from None

    @getter(8, "What its mail weighs, in megabytes with three decimals.")
    async def Size(self) -> Float:
        return round((await self.house.mailboxes.usage(self.record.id))[0] / MEGABYTE, 3)

    @getter(16, "Whether the automatic reply is on; it turns itself off when its last day has passed.", pending=REPLIES)
    async def VacationMessageIsOn(self) -> Boolean:
        if (
            self.record.id
            and self.value("profile.vacation")
            and self.value("profile.vacation_expires")
            and _past(self.value("profile.vacation_until"))
        ):
            self.record = await self.house.directory.accounts.set(self.record.address, profile={"vacation": False})
            (self.edits or {}).pop("profile.vacation", None)
        return bool(self.value("profile.vacation"))

    @VacationMessageIsOn.setter()
    def set_vacation_message_is_on(self, value: Boolean) -> None:
        self.change("profile.vacation", value)

    @getter(24, "The folders of the account.", gives="IMAPFolders")
    async def IMAPFolders(self) -> Any:
        if not self.record.id:
            raise BadIndex
        return await CLASSES["IMAPFolders"].made.reach(self.context, self)

    @getter(25, "What part of its limit its mail takes, in percent; 0 without limit.")
    async def QuotaUsed(self) -> Integer:
        quota = self.value("max_size") or self.record.quota
        return min((await self.house.mailboxes.usage(self.record.id))[0] * 100 // quota, 2**31 - 1) if quota and self.record.id else 0

    @getter(32, "When its owner last logged in, in the server's local time; Empty for never.", pending=LOGINS)
    def LastLogonTime(self) -> Date:
        return local_time(self.value("profile.last_login"))

    @getter(34, "The day on which the automatic reply ends, as YYYY-MM-DD.", pending=REPLIES)
    def VacationMessageExpiresDate(self) -> String:
        return str(self.value("profile.vacation_until"))

    @VacationMessageExpiresDate.setter()
    def set_vacation_message_expires_date(self, value: String) -> None:
        if not value or value.startswith("0000"):
            value = _today().isoformat()
        try:
            if len(value) != 10:
                raise ValueError(value)
            self.change("profile.vacation_until", dt.datetime.strptime(value, "%Y-%m-%d").date().isoformat())  # noqa: DTZ007 - a day only
        except ValueError:
            raise Failed("Invalid auto-reply expiry date") from None

    @method(11, "Deletes all messages and folders of the account; an empty INBOX stays.")
    async def DeleteMessages(self) -> None:
        if self.record.id:
            await self.house.mailboxes.remove_mailbox(self.record.id)
            await self.house.mailboxes.folders(self.record.id)

    @method(22, "Tells whether a password is right.")
    async def ValidatePassword(self, Password: String) -> Boolean:
        directory = self.house.directory
        if self.record.id and ON_CLIENT_VALIDATE_PASSWORD in directory.events.active:
            return await directory.confirm(self.record, Password)
        return await directory.hashing.check(await self.credentials(), Password)

    @method(23, "Does nothing: the lock of a POP3 session ends with the session, so none is ever left behind.")
    def UnlockMailbox(self) -> None:
        return

    async def credentials(self) -> Credentials:
        """Read what the stored password left behind: nothing for an account that is new, or gone."""
        try:
            return await self.house.directory.accounts.credentials(self.record.id) if self.record.id else Credentials()
        except NotFound:
            return Credentials()

    def may_save(self) -> bool:
        """Tell whether the caller may store it: an account of level 2 is a server administrator's to store (3.12)."""
        caller, level = self.context.caller, self.context.login.level
        if level is not Level.SERVER and max(self.record.admin_level, self.value("admin_level")) >= Level.SERVER:
            raise Failed(
                "You do not have access to save the user account. Server administrator accounts can only be updated by server administrators."
            )
        return level > Level.NOBODY or caller.trusted

    def may_become(self, level: int) -> bool:
        """Tell whether the caller may give it an administration level (3.12)."""
        needed = Level.SERVER if level == Level.SERVER and self.value("admin_level") != Level.SERVER else Level.DOMAIN
        return self.context.login.level >= needed

    async def store(self) -> directory.Account:
        """Add it, or store what was changed."""
        await self.check()
        accounts, edits = self.house.directory.accounts, dict(self.edits or {})
        password = edits.pop("password", None)
        changes = {name: value for name, value in edits.items() if "." not in name}
        changes["profile"] = {name.partition(".")[2]: value for name, value in edits.items() if "." in name}
        if not self.record.id:
            return await accounts.add(changes.pop("address"), password, **{"active": False, **changes})
        record = await accounts.set(self.record.address, **changes)
        if password is not None:
            await accounts.set_password(record.address, password)
        return record

    async def check(self) -> None:
        """Refuse what 4.2 names, in its order."""
        domain = self.house.directory.domains.by_id(self.record.domain_id)
        address = shown(self.value("address"))
        if len(self.value("profile.vacation_text")) > LONGEST_REPLY:
            raise self.refused("The auto reply message length exceeds the 1000 character limit.")
        if not is_address(address):
            raise self.refused("The account address is not a valid email address.")
        if " " in address or '"' in address:
            raise self.refused("The account address may not contain spaces or quotes.")
        if not _nameable(address):
            raise self.refused("The account address is not a valid email address.")
        await refuse_taken(self, address)
        refuse_elsewhere(self, address, domain, "The account address domain does not match the owning domain name.")
        most = domain.profile.most("accounts")
        if not self.record.id and most is not None and await self.house.directory.accounts.count(domain.id) >= most:
            raise self.refused("The maximum number of accounts have been created.")
        await self.check_size(domain)

    async def check_size(self, domain: Domain) -> None:
        """Refuse a limit that does not go with the domain's (4.2)."""
        wanted = self.value("max_size")
        if domain.max_account_size and wanted > domain.max_account_size:
            raise self.refused("The account is larger than the maximum account size specified in the domain settings.")
        if not wanted and (domain.max_account_size or domain.max_size):
            raise self.refused(
                "The domain has a maximum account size set. When this is the case, all accounts in the domains must have an account size set."
            )
        others = await self.house.directory.accounts.booked(domain.id) - (self.record.max_size if self.record.id else 0)
        if domain.max_size and others + wanted > domain.max_size:
            raise self.refused(
                "Account could not be saved. The total size of all accounts in the domain would exceed the maximum size for the domain."
            )

    async def remove(self) -> None:
        """Remove the account with its mail."""
        await remove_account(self.house.directory, self.house.mailboxes, str(self.record.address))


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _past(day: str) -> bool:
    return bool(day) and dt.date.fromisoformat(day) <= _today()
