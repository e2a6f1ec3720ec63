"""Utilities: small functions for scripts, and what an administrator does to all mailboxes (8.4 to 8.8)."""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
import socket
import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from postroom.delivery.submit import Undeliverable, submit
from postroom.errors import Unavailable
from postroom.formats import oldsecrets, validity
from postroom.formats.address import Address, AddressError, canonical_domain
from postroom.formats.compose import Correspondent, compose
from postroom.formats.criteria import matches, matches_wildcard
from postroom.formats.headers import HeaderError
from postroom.mailboxes.folders import INBOX, mend_uids
from postroom.model.description import Right, method
from postroom.model.enumerations import eMaintenanceOperation, eRuleMatchType
from postroom.model.errors import Failed
from postroom.model.importing import import_file, stored_id
from postroom.model.kinds import Boolean, Int64, Integer, String
from postroom.model.object import Object
from postroom.network.resolver import NameNotFoundError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from postroom.network.resolver import Answer

MOST_EXCHANGERS: Final = 20
PAGE: Final = 1000
PHRASE: Final = "I know what I am doing."
LONGEST_SECRET: Final = 64 * 1024


class Utilities(Object, iid="F6BB0F43-EDEE-49A8-8166-672F3017426F", clsid="E116DCB7-7FEC-4540-BEA1-FA1B19D05B5F"):
    """Small functions that scripts need; most work without any login."""

    __slots__ = ()
    alone: ClassVar[bool] = True

    # For everybody

    @method(1, "The IP addresses of the servers that take an address's mail, the best first, parted by commas.", Right.NONE, logged_in=True)
    async def GetMailServer(self, EMailAddress: String) -> String:
        try:
            domain = canonical_domain(EMailAddress.rpartition("@")[2])
        except AddressError:
            return ""
        found: list[str] = []
        for host in await self._exchangers(domain):
            found += [ip for ip in await self._addresses(host) if ip not in found]
        return ",".join(found)

    async def _exchangers(self, domain: str) -> list[str]:
        """Name the hosts for a domain: those of its MX records, or itself without any (RFC 5321 section 5.1)."""
        resolver = self.house.resolver
        if resolver is None:
            return []
        try:
            records = (await resolver.mx(domain)).values
        except NameNotFoundError:
            return []
        except Unavailable as error:
            raise Failed(str(error)) from None
        return [host for _, host in records[:MOST_EXCHANGERS] if host] if records else [domain]

    async def _addresses(self, host: str) -> list[str]:
        resolver = self.house.resolver
        return [] if resolver is None else [*await _found(resolver.a(host)), *await _found(resolver.aaaa(host))]

    @method(2, "Tells whether a text can be an e-mail address.", Right.NONE)
    def IsValidEmailAddress(self, EMailAddress: String) -> Boolean:
        return validity.is_address(EMailAddress)

    @method(3, "Tells whether a text can be a domain.", Right.NONE)
    def IsValidDomainName(self, sDomainName: String) -> Boolean:
        return validity.is_domain(sDomainName)

    @method(18, "Tells whether a text is an IP address, IPv4 or IPv6.", Right.NONE)
    def IsValidIPAddress(self, IPAddress: String) -> Boolean:
        return validity.is_ip(IPAddress)

    @method(4, "The MD5 of a text in 32 hex digits; for old data only, it protects nothing.", Right.NONE)
    def MD5(self, Input: String) -> String:
        return oldsecrets.md5(Input)

    @method(15, "The SHA-256 of a text with a new salt of 6 hex digits before it, 70 characters in all.", Right.NONE)
    def SHA256(self, Input: String) -> String:
        return oldsecrets.salted_sha256(Input)

    @method(5, "Encrypts a text with Blowfish under hMailServer's key, which is public: hidden from a glance, not protected.", Right.NONE)
    def BlowfishEncrypt(self, Input: String) -> String:
        if len(Input) > LONGEST_SECRET:
            raise Failed("The text is too long.")
        return oldsecrets.encrypt(Input)

    @method(6, "Decrypts what BlowfishEncrypt gave.", Right.NONE)
    def BlowfishDecrypt(self, Input: String) -> String:
        try:
            return oldsecrets.decrypt(Input.strip())
        except ValueError:
            raise Failed("The text is not one that BlowfishEncrypt gave.") from None

    @method(10, "A new GUID, such as {0F8FAD5B-D9CB-469F-A165-70867728950E}.", Right.NONE)
    def GenerateGUID(self) -> String:
        return f"{{{str(uuid.uuid4()).upper()}}}"

    @method(14, "Tells whether a password is not part of the user's name, not short and not one of the usual ones.", Right.NONE)
    def IsStrongPassword(self, Username: String, Password: String) -> Boolean:
        return validity.is_strong(Username, Password)

    @method(12, "Tells whether a host's name or address is of this machine.", Right.NONE)
    async def IsLocalHost(self, sHostname: String) -> Boolean:
        name = sHostname.strip().lower().removesuffix(".")
        if name in {"localhost", self.house.name.lower(), socket.gethostname().lower()}:
            return True
        if validity.is_ip(name):
            return await asyncio.to_thread(_is_here, name)
        try:
            name = canonical_domain(name)
        except AddressError:
            return False
        for ip in await self._addresses(name):
            if await asyncio.to_thread(_is_here, ip):
                return True
        return False

    @method(16, "Tells whether a value fits, by a match type of rules; MatchValue is what is looked for, TestValue where.", Right.NONE)
    async def CriteriaMatch(self, MatchValue: String, arg2: eRuleMatchType, TestValue: String) -> Boolean:
        return await asyncio.to_thread(matches, TestValue, int(arg2), MatchValue)

    # For a server administrator

    @method(7, "Makes the Windows service depend on another; this server is no Windows service, so it refuses.", Right.SERVER)
    def MakeDependent(self, OtherService: String) -> None:
        raise Failed(f"This server is no Windows service: let your service manager start it after {OtherService[:100]}.")

    @method(11, "Does nothing without the right phrase; the tests are not part of an installed server.", Right.SERVER)
    def RunTestSuite(self, sTestPassword: String) -> None:
        if sTestPassword == PHRASE:
            raise Failed("The test suite is not part of an installed server: run postroom smoke-test, or make test in the source.")

    @method(8, "Takes a file of the data directory into an account's INBOX, or with account 0 into the queue; false when it can't.", Right.SERVER)
    async def ImportMessageFromFile(self, sFilename: String, iAccountID: Integer) -> Boolean:
        return await import_file(self.house, sFilename, iAccountID)

    @method(13, "Takes a file of the data directory into a folder of an account, which is made when it is missing.", Right.SERVER)
    async def ImportMessageFromFileToIMAPFolder(self, sFilename: String, iAccountID: Integer, sIMAPFolder: String) -> Boolean:
        return await import_file(self.house, sFilename, iAccountID, sIMAPFolder or INBOX) if iAccountID else False

    @method(17, "The number of the message that a file is of, 0 when it is of none.", Right.SERVER)
    async def RetrieveMessageID(self, sFilename: String) -> Int64:
        return await stored_id(self.house, PurePath(sFilename.replace("\\", "/")).name)

    @method(9, "Sends one message to all active accounts whose address matches a wildcard; false when there are none.", Right.SERVER)
    async def EmailAllAccounts(self, sRecipientWildcard: String, sFromAddress: String, sFromName: String, sSubject: String, sBody: String) -> Boolean:
        recipients = await self._matching(sRecipientWildcard)
        if not recipients:
            return False
        try:
            sender = Address.read(sFromAddress.strip())
            content = compose(
                sender=Correspondent(sender, sFromName),
                to=(),
                subject=sSubject,
                date=self.house.mailboxes.now(),
                message_id=f"<{secrets.token_hex(16)}@{self.house.name}>",
                text=sBody,
            )
            await submit(self.house.directory, self.house.post, sender, recipients, content, filed=False)
        except (AddressError, HeaderError, Undeliverable) as error:
            raise Failed(str(error)) from None
        return True

    async def _matching(self, wildcard: str) -> list[Address]:
        """Find the active accounts of active domains whose address matches."""
        directory, found, after = self.house.directory, [], ""
        active = {domain.id for domain in directory.domains.list() if domain.active}
        while page := await directory.accounts.list(after=after, limit=PAGE):
            after = page[-1].address.key
            found += [one.address for one in page if one.active and one.domain_id in active and matches_wildcard(str(one.address), wildcard)]
        return found

    @method(19, "Maintains the server: 1 puts each folder's next UID above those of its messages.", Right.SERVER)
    async def PerformMaintenance(self, operation: eMaintenanceOperation) -> None:
        if operation != eMaintenanceOperation.eUpdateIMAPFolderUID:
            raise Failed("Unknown maintenance operation.")
        database = self.house.database
        try:
            for shard in range(database.shards):
                await database.transact(shard, mend_uids)
        except Unavailable as error:
            raise Failed(f"The maintenance operation failed. {error}") from None


async def _found(asked: Awaitable[Answer[str]]) -> tuple[str, ...]:
    """Give the answer's values; none for a name that has none, or no answer."""
    try:
        return (await asked).values
    except (NameNotFoundError, Unavailable):
        return ()


def _is_here(ip: str) -> bool:
    """Tell whether an address is of this machine: one that it can bind a socket to."""
    address = ipaddress.ip_address(ip)
    if address.is_loopback:
        return True
    if address.is_multicast or address.is_unspecified:
        return False
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((ip, 0))
    except OSError:
        return False
    return True
