"""Domains and their other names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.directory import domains as directory
from postroom.directory.errors import DirectoryError
from postroom.formats.validity import is_domain
from postroom.model.caller import Level
from postroom.model.collection import Collection, RecordCollection, add, by_id, by_key, count, delete_at, delete_by_id, item, refresh
from postroom.model.description import Right, child, getter, method, stored
from postroom.model.enumerations import eDKIMAlgorithm, eDKIMCanonicalizationMethod, eDomainSignatureMethod
from postroom.model.files import may_name
from postroom.model.kinds import Boolean, Int64, Integer, String
from postroom.model.row import FAILED, LONGEST_TEXT, Row, deletes, identity, saves
from postroom.operations.removal import remove_domain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KILOBYTE: Final = 1 << 10
MEGABYTE: Final = 1 << 20

GREYLISTING: Final = "greylisting is not built yet"
WINDOWS: Final = "logins are not asked of a Windows domain yet"
DKIM: Final = "headers and bodies are made canonical the relaxed way, and hashed by SHA-256, whatever this says"


def size(dispid: int, of: str, unit: int, text: str, put: Right, get: Right = Right.DOMAIN) -> Any:
    """Declare a size in a unit of bytes."""
    return stored(Integer, dispid, of, text, put, get, show=lambda number: min(number // unit, 2**31 - 1), take=lambda number: max(number, 0) * unit)


def profile(kind: Any, dispid: int, of: str, text: str, put: Right = Right.DOMAIN, pending: str = "") -> Any:
    """Declare a property of the domain's profile."""
    return stored(kind, dispid, f"profile.{of}", text, put, Right.DOMAIN, pending=pending)


class Domains(Collection, iid="2CDFD68F-62F2-49CF-A14A-505E7F68EE9C", clsid="82AFD03C-58A4-4F04-8277-6B2812780E45"):
    """The domains of the server: all of them for a server administrator, else the caller's own (3.9)."""

    __slots__ = ()
    of = "Domain"

    Item = item(0, Right.AUTHENTICATED)
    Count = count(2, Right.AUTHENTICATED)
    ItemByName = by_key(4, "The domain of a name.", read=Right.AUTHENTICATED)
    ItemByDBID = by_id(5, Right.AUTHENTICATED)
    Refresh = refresh(1, Right.SERVER | Right.AUTHENTICATED)
    Add = add(3, Right.SERVER)
    DeleteByDBID = delete_by_id(7, Right.SERVER)

    async def read(self) -> Sequence[directory.Domain]:
        """Read those that the caller may see."""
        login, known = self.context.login, self.house.directory.domains.list()
        own = login.account.domain_id if login.account else 0
        return known if login.level is Level.SERVER else [one for one in known if one.id == own]

    def blank(self) -> directory.Domain:
        """Give the record of a new domain (5.1)."""
        return directory.Domain(0, "", active=False, plus_addressing=False)

    @getter(6, "A line for each domain: id, tab, name, tab, 1 when it is active.", Right.AUTHENTICATED)
    async def Names(self) -> String:
        return "".join(f"{one.id}\t{one.name}\t{int(one.active)}\r\n" for one in await self.read())


class Domain(Row, iid="3F50C3AF-67C0-4628-91D6-E2EAC7786830", clsid="C535E4AF-9DB3-41FC-B434-FFCDAE0EFBD5"):
    """A domain whose mail this server takes."""

    __slots__ = ()
    prefix = FAILED
    widths: ClassVar[Mapping[str, int]] = {
        "name": 80,
        "catch_all": 80,
        "profile.signature_plain": LONGEST_TEXT,
        "profile.signature_html": LONGEST_TEXT,
        "*": 255,
    }

    Name = stored(String, 1, "name", "The domain, such as example.com; another name renames all addresses in it.", put=Right.DOMAIN)
    ID = identity(3)
    Active = stored(Boolean, 4, "active", "Whether its mail is taken and its accounts may log in.", Right.DOMAIN, Right.DOMAIN)
    Accounts = child(
        "Accounts",
        5,
        "The accounts of the domain; for a user only the own one.",
        Right.DOMAIN,
        rule=lambda domain, _: domain.context.login.level >= Level.USER,
    )
    Aliases = child("Aliases", 7, "The aliases of the domain.", Right.DOMAIN)
    DistributionLists = child("DistributionLists", 9, "The distribution lists of the domain.", Right.DOMAIN)
    DomainAliases = child("DomainAliases", 11, "The other names of the domain.", Right.DOMAIN)
    Postmaster = stored(
        String,
        10,
        "catch_all",
        "The address that gets mail for addresses of the domain that don't exist; empty: such mail is refused.",
        Right.DOMAIN,
        Right.DOMAIN,
        show=lambda address: str(address or ""),
        take=str.strip,
    )
    ADDomainName = profile(String, 12, "ad_domain", "The Windows domain of its users, up to 255 characters.", pending=WINDOWS)
    MaxMessageSize = size(14, "max_message_size", KILOBYTE, "The largest message that its users may send, in kilobytes; 0 is no limit.", Right.SERVER)
    PlusAddressingEnabled = stored(Boolean, 15, "plus_addressing", "Whether alice+lists is another address of alice.", Right.DOMAIN, Right.DOMAIN)
    PlusAddressingCharacter = stored(
        String, 16, "plus_character", "The character that begins the part of an address that does not count.", Right.DOMAIN, Right.DOMAIN
    )
    AntiSpamEnableGreylisting = profile(Boolean, 17, "greylisting", "Whether mail to the domain may be greylisted.", pending=GREYLISTING)
    MaxSize = size(18, "max_size", MEGABYTE, "What the limits of its accounts may add up to, in megabytes; 0 is no limit.", Right.SERVER)
    SignatureEnabled = profile(Boolean, 21, "signature", "Whether a signature is added to mail from the domain.")
    SignatureMethod = profile(
        eDomainSignatureMethod,
        22,
        "signature_method",
        "Whether the signature is added where an account has none (1), instead of the account's (2) or after it (3).",
    )
    SignaturePlainText = profile(String, 23, "signature_plain", "The signature for mail in plain text.")
    SignatureHTML = profile(String, 24, "signature_html", "The signature for mail in HTML; empty: made of the plain one.")
    AddSignaturesToReplies = profile(Boolean, 25, "signature_in_replies", "Whether replies get the signature, too.")
    AddSignaturesToLocalMail = profile(Boolean, 26, "signature_to_local", "Whether mail within the domain gets it, too.")
    MaxNumberOfAccounts = profile(Integer, 27, "max_accounts", "How many accounts it may have, while that limit is on.", Right.SERVER)
    MaxNumberOfAliases = profile(Integer, 28, "max_aliases", "How many aliases it may have, while that limit is on.", Right.SERVER)
    MaxNumberOfDistributionLists = profile(Integer, 29, "max_lists", "How many distribution lists it may have; 0 is no limit.", Right.SERVER)
    MaxNumberOfAccountsEnabled = profile(Boolean, 30, "limit_accounts", "Whether the number of its accounts is limited.", Right.SERVER)
    MaxNumberOfAliasesEnabled = profile(Boolean, 31, "limit_aliases", "Whether the number of its aliases is limited.", Right.SERVER)
    MaxNumberOfDistributionListsEnabled = profile(
        Boolean, 32, "limit_lists", "Whether the number of its lists is limited; any number but 0 limits them all the same.", Right.SERVER
    )
    MaxAccountSize = size(33, "max_account_size", MEGABYTE, "The most that one account may have, in megabytes; 0 is no limit.", Right.SERVER)
    DKIMSignEnabled = profile(Boolean, 34, "dkim", "Whether mail of the domain is signed (DKIM) with the key file instead of the server's own keys.")
    DKIMSelector = profile(String, 35, "dkim_selector", "The selector under which the public key stands in the DNS.")
    DKIMPrivateKeyFile = stored(
        String,
        36,
        "profile.dkim_key_file",
        "The path of the private key, in PEM.",
        Right.DOMAIN,
        Right.DOMAIN,
        write_rule=lambda domain, arguments: domain.context.login.level >= Level.DOMAIN and may_name(domain, arguments),
    )
    DKIMHeaderCanonicalizationMethod = profile(
        eDKIMCanonicalizationMethod, 37, "dkim_header", "How the header is made canonical before it is signed.", pending=DKIM
    )
    DKIMBodyCanonicalizationMethod = profile(
        eDKIMCanonicalizationMethod, 38, "dkim_body", "How the body is made canonical before it is signed.", pending=DKIM
    )
    DKIMSigningAlgorithm = profile(eDKIMAlgorithm, 39, "dkim_algorithm", "The hash of the signature.", pending=DKIM)
    Save = saves(2, Right.DOMAIN, "Stores the domain.")
    Delete = deletes(6, Right.SERVER, "Deletes the domain with everything in it: accounts and their mail, aliases, lists.")

    @getter(19, "What the mail of its accounts weighs, in megabytes.", Right.DOMAIN)
    async def Size(self) -> Integer:
        numbers = await self.house.directory.accounts.ids(self.value("id"))
        return await self.house.mailboxes.weigh(numbers) // MEGABYTE

    @getter(20, "What the limits of its accounts add up to, in megabytes.", Right.DOMAIN)
    async def AllocatedSize(self) -> Int64:
        return await self.house.directory.accounts.booked(self.value("id")) // MEGABYTE

    @method(13, "Does nothing: accounts are not copied from a Windows domain.", ignored=True)
    def SynchronizeDirectory(self) -> None:
        return

    async def store(self) -> directory.Domain:
        """Add it, or store what was changed; another name renames it first (4.13)."""
        self.check()
        domains, edits = self.house.directory.domains, dict(self.edits or {})
        changes = {name: value for name, value in edits.items() if "." not in name}
        changes["profile"] = {name.partition(".")[2]: value for name, value in edits.items() if "." in name}
        name = changes.pop("name", self.record.name)
        if not self.record.id:
            usual = {field: getattr(self.record, field) for field in directory.CHANGEABLE - {"profile"}}
            return await domains.add(name, **{**usual, **changes})
        await domains.rename(self.record.name, name)
        return await domains.set(name, **changes)

    def check(self) -> None:
        """Refuse what 4.6 names, in its order."""
        name = self.value("name").strip()
        known = self._named(name)
        if known is not None and known.id != self.record.id and known.name == directory.hosted_name(name):
            raise self.taken("Another domain with this name already exists.")
        if not is_domain(name) or not _hostable(name):
            raise self.refused("The domain name you have entered is not a valid domain name.")
        if known is not None and known.name != directory.hosted_name(name):
            raise self.taken("A domain alias with this name already exists.")
        if self.value("plus_addressing") and not self.value("plus_character"):
            raise self.refused("A plus addressing character must be selected when enabling plus addressing.")

    def _named(self, name: str) -> directory.Domain | None:
        return self.house.directory.domains.get(directory.hosted_name(name)) if _hostable(name) else None

    async def remove(self) -> None:
        """Remove the domain with everything in it."""
        await remove_domain(self.house.directory, self.house.mailboxes, self.record.name)


class DomainAliases(RecordCollection, iid="E4100C8D-E956-449C-A96D-261DDC33AE4F", clsid="DC25B3AD-0360-49CA-AD4B-06FA42B9DF04"):
    """The other names of a domain."""

    __slots__ = ()
    of = "DomainAlias"
    kind = directory.DomainAlias

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(2)
    Refresh = refresh(3)
    Delete = delete_at(4)
    DeleteByDBID = delete_by_id(5)
    Add = add(6)


class DomainAlias(Row, iid="8FD251D8-AAF1-4143-B185-E6C1BF281826", clsid="D0061C74-5588-4796-B564-FE5DE85495DC"):
    """Another name of a domain: each address at it is the same address at the domain."""

    __slots__ = ()
    prefix = FAILED
    widths: ClassVar[Mapping[str, int]] = {"*": 255}

    ID = identity(1)
    AliasName = stored(String, 2, "name", "The other name, such as example.org.")
    DomainID = stored(Integer, 3, "domain_id", "The number of the domain; writing it is ignored.", ignored=("put",))
    Save = saves(4)
    Delete = deletes(5, Right.DOMAIN)

    async def store(self) -> directory.DomainAlias:
        """Add it, or change it."""
        domains, name = self.house.directory.domains, self.value("name").strip()
        self.check(name)
        domain = domains.by_id(self.record.domain_id)
        if self.record.id:
            await domains.rename_alias(self.record, name)
        else:
            await domains.add_alias(domain.name, name)
        stored_as = directory.hosted_name(name)
        records = await self.house.directory.records.list(directory.DomainAlias, domain.id)
        return next(one for one in records if one.name == stored_as)

    def check(self, name: str) -> None:
        """Refuse what 4.6 names for other names."""
        if not _hostable(name):
            raise self.refused("The domain name you have entered is not a valid domain name.")
        wanted = directory.hosted_name(name)
        known = self.house.directory.domains.get(wanted)
        if known is not None and known.name == wanted:
            raise self.taken("Another domain with this name already exists.")
        if known is not None and wanted != self.record.name:
            raise self.taken("A domain alias with this name already exists.")

    async def remove(self) -> None:
        """Take the name from the domain."""
        await self.house.directory.domains.remove_alias(self.record.name)


def _hostable(name: str) -> bool:
    try:
        directory.hosted_name(name)
    except DirectoryError:
        return False
    return True
