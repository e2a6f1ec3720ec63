"""The types of paths through the server's objects.

Made by `make clients` of the model's description: change that instead.
"""

from collections.abc import AsyncIterator, Generator
from datetime import datetime as _Date
from types import TracebackType as _TracebackType
from typing import Any, Generic, Self, TypeVar

from postroom.client import aiomodel as _m

_Index = TypeVar("_Index", contravariant=True)
_Value = TypeVar("_Value")
_Item = TypeVar("_Item", covariant=True)

class Read(Generic[_Item]):
    """A value at the end of a path."""

    def __await__(self) -> Generator[Any, Any, _Item]: ...

class Value(Read[_Value]):
    """A value that can be written, too."""

    async def set(self, value: _Value) -> None: ...

class Object:
    """An object, or a path to one: awaited it is the object."""

    def __await__(self) -> Generator[Any, Any, Self]: ...
    async def close(self) -> None: ...

class Collection(Object, Generic[_Item]):
    """An object with items."""

    def __aiter__(self) -> AsyncIterator[_Item]: ...
    def __getitem__(self, index: int) -> _Item: ...

class Account(Object):
    """A mailbox with its owner's login."""
    @property
    def Active(self) -> _m.Value[bool]:
        """Whether it takes mail and its owner may log in."""
    @property
    def ADDomain(self) -> _m.Value[str]:
        """The Windows domain that checks its password."""
    @property
    def Address(self) -> _m.Value[str]:
        """The address; changing it renames the mailbox."""
    @property
    def DomainID(self) -> _m.Value[int]:
        """The number of its domain; writing it is ignored."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def IsAD(self) -> _m.Value[bool]:
        """Whether a Windows domain checks its password."""
    @property
    def Password(self) -> _m.Value[str]:
        """The stored hash of the password (argon2id); writing it sets another password, empty lets nobody log in."""
    @property
    def Size(self) -> _m.Read[float]:
        """What its mail weighs, in megabytes with three decimals."""
    def Save(self) -> _m.Read[None]:
        """Stores the account."""
    @property
    def ADUsername(self) -> _m.Value[str]:
        """Its name in the Windows domain."""
    def DeleteMessages(self) -> _m.Read[None]:
        """Deletes all messages and folders of the account; an empty INBOX stays."""
    @property
    def Messages(self) -> _m.Messages:
        """All messages of the account, in all folders."""
    @property
    def MaxSize(self) -> _m.Value[int]:
        """What its mail may weigh, in megabytes; 0 is no limit of its own."""
    @property
    def VacationMessageIsOn(self) -> _m.Value[bool]:
        """Whether the automatic reply is on; it turns itself off when its last day has passed."""
    @property
    def VacationMessage(self) -> _m.Value[str]:
        """The text of the automatic reply, up to 1000 characters."""
    @property
    def VacationSubject(self) -> _m.Value[str]:
        """The subject of the automatic reply, up to 200 characters."""
    @property
    def FetchAccounts(self) -> _m.FetchAccounts:
        """The mailboxes elsewhere whose mail is fetched into this account."""
    @property
    def AdminLevel(self) -> _m.Value[int]:
        """How far its owner may administer: 0 not, 1 the domain, 2 the server."""
    @property
    def Rules(self) -> _m.Rules:
        """The rules for mail that comes to the account."""
    def ValidatePassword(self, Password: str) -> _m.Read[bool]:
        """Tells whether a password is right."""
    def UnlockMailbox(self) -> _m.Read[None]:
        """Ends the POP3 session that holds the account's mailbox, if there is one, so that another may have it."""
    @property
    def IMAPFolders(self) -> _m.IMAPFolders:
        """The folders of the account."""
    @property
    def QuotaUsed(self) -> _m.Read[int]:
        """What part of its limit its mail takes, in percent; 0 without limit."""
    @property
    def ForwardEnabled(self) -> _m.Value[bool]:
        """Whether its mail is forwarded."""
    @property
    def ForwardAddress(self) -> _m.Value[str]:
        """Where its mail is forwarded to."""
    @property
    def ForwardKeepOriginal(self) -> _m.Value[bool]:
        """Whether forwarded mail stays in the account, too."""
    @property
    def SignatureEnabled(self) -> _m.Value[bool]:
        """Whether a signature is added to mail that its owner sends."""
    @property
    def SignaturePlainText(self) -> _m.Value[str]:
        """The signature for mail in plain text."""
    @property
    def SignatureHTML(self) -> _m.Value[str]:
        """The signature for mail in HTML."""
    @property
    def LastLogonTime(self) -> _m.Read[_Date | None]:
        """When its owner last logged in, in the server's local time; Empty for never."""
    @property
    def VacationMessageExpires(self) -> _m.Value[bool]:
        """Whether the automatic reply ends on a day."""
    @property
    def VacationMessageExpiresDate(self) -> _m.Value[str]:
        """The day on which the automatic reply ends, as YYYY-MM-DD."""
    @property
    def PersonFirstName(self) -> _m.Value[str]:
        """The first name of its owner, up to 60 characters."""
    @property
    def PersonLastName(self) -> _m.Value[str]:
        """The last name of its owner, up to 60 characters."""
    def Delete(self) -> _m.Read[None]:
        """Deletes the account with all its mail."""

class Accounts(Collection[_m.Account]):
    """The accounts of a domain: all of them for an administrator, the own one for a user (3.9)."""
    def Item(self, Index: int) -> _m.Account:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Add(self) -> _m.Account:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def Delete(self, Index: int) -> _m.Read[None]:
        """Deletes the item at an index."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def ItemByDBID(self, DBID: int) -> _m.Account:
        """The item with a database id."""
    def ItemByAddress(self, Address: str) -> _m.Account:
        """The account at an address."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""

class Alias(Object):
    """An address that stands for another one, or for several."""
    @property
    def Active(self) -> _m.Value[bool]:
        """Whether mail to it is taken."""
    @property
    def DomainID(self) -> _m.Value[int]:
        """The number of its domain; writing it is ignored."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> _m.Value[str]:
        """The address of the alias."""
    @property
    def Value(self) -> _m.Value[str]:
        """Where its mail goes: an address here or anywhere, or several parted by commas."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""

class Aliases(Collection[_m.Alias]):
    """The aliases of a domain."""
    def Item(self, Index: int) -> _m.Alias:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Delete(self, Index: int) -> _m.Read[None]:
        """Deletes the item at an index."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Add(self) -> _m.Alias:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.Alias:
        """The item with a database id."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def ItemByName(self, Name: str) -> _m.Alias:
        """The alias at an address."""

class AntiSpam(Object):
    """The spam tests, what each counts, and what becomes of mail that counts too much."""
    @property
    def GreyListingEnabled(self) -> _m.Value[bool]:
        """Whether mail of unknown senders is put off once (greylisting)."""
    @property
    def GreyListingInitialDelay(self) -> _m.Value[int]:
        """The minutes that unknown mail is put off."""
    @property
    def GreyListingInitialDelete(self) -> _m.Value[int]:
        """The hours after which a sender that did not come back is forgotten."""
    @property
    def GreyListingFinalDelete(self) -> _m.Value[int]:
        """The hours for which a sender that came back is known."""
    @property
    def SURBLServers(self) -> _m.SURBLServers:
        """The lists of host names that spam links to."""
    @property
    def CheckHostInHelo(self) -> _m.Value[bool]:
        """Whether the name in HELO must lead to the client's address."""
    @property
    def AddHeaderSpam(self) -> _m.Value[bool]:
        """Whether marked mail gets the field X-hMailServer-Spam."""
    @property
    def AddHeaderReason(self) -> _m.Value[bool]:
        """Whether marked mail gets a field for each test that counted."""
    @property
    def PrependSubject(self) -> _m.Value[bool]:
        """Whether the subject of marked mail begins with a text."""
    @property
    def PrependSubjectText(self) -> _m.Value[str]:
        """The text that the subject of marked mail begins with."""
    @property
    def GreyListingWhiteAddresses(self) -> _m.GreyListingWhiteAddresses:
        """The client addresses whose mail is never put off."""
    @property
    def WhiteListAddresses(self) -> _m.WhiteListAddresses:
        """The client addresses and senders whose mail is not tested."""
    @property
    def CheckHostInHeloScore(self) -> _m.Value[int]:
        """What a name in HELO that leads elsewhere counts."""
    @property
    def SpamMarkThreshold(self) -> _m.Value[int]:
        """The score from which mail is marked as spam; 0: none is."""
    @property
    def SpamDeleteThreshold(self) -> _m.Value[int]:
        """The score from which mail is refused as spam; 0: none is."""
    @property
    def UseSPF(self) -> _m.Value[bool]:
        """Whether the sender's domain is asked who may send for it (SPF)."""
    @property
    def UseMXChecks(self) -> _m.Value[bool]:
        """Whether the sender's domain must have a mail exchanger."""
    @property
    def UseSPFScore(self) -> _m.Value[int]:
        """What a failed SPF test counts."""
    @property
    def UseMXChecksScore(self) -> _m.Value[int]:
        """What a sender's domain without a mail exchanger counts."""
    @property
    def DNSBlackLists(self) -> _m.DNSBlackLists:
        """The lists of client addresses that send spam."""
    @property
    def TarpitDelay(self) -> _m.Value[int]:
        """Accepted and ignored; reads 0."""
    @property
    def TarpitCount(self) -> _m.Value[int]:
        """Accepted and ignored; reads 0."""
    @property
    def SpamAssassinEnabled(self) -> _m.Value[bool]:
        """Whether SpamAssassin is asked."""
    @property
    def SpamAssassinScore(self) -> _m.Value[int]:
        """What counts when SpamAssassin says that it is spam."""
    @property
    def SpamAssassinMergeScore(self) -> _m.Value[bool]:
        """Whether SpamAssassin's own score counts instead."""
    @property
    def SpamAssassinHost(self) -> _m.Value[str]:
        """Where SpamAssassin listens: a name or an address."""
    @property
    def SpamAssassinPort(self) -> _m.Value[int]:
        """The port of SpamAssassin."""
    def ClearGreyListingTriplets(self) -> _m.Read[None]:
        """Forgets all senders that greylisting has met."""
    @property
    def MaximumMessageSize(self) -> _m.Value[int]:
        """The size above which content is not tested, in kilobytes; 0: all is."""
    def DKIMVerify(self, File: str) -> _m.Read[int]:
        """Verifies the signature (DKIM) of a message file in the data folder."""
    @property
    def DKIMVerificationEnabled(self) -> _m.Value[bool]:
        """Whether signatures (DKIM) are verified."""
    @property
    def DKIMVerificationFailureScore(self) -> _m.Value[int]:
        """What a wrong signature counts."""
    @property
    def BypassGreylistingOnSPFSuccess(self) -> _m.Value[bool]:
        """Whether mail that passes SPF is never put off."""
    @property
    def BypassGreylistingOnMailFromMX(self) -> _m.Value[bool]:
        """Whether mail that comes from the sender's own mail exchanger is never put off."""
    def TestSpamAssassinConnection(self, Hostname: str, Port: int) -> _m.Read[tuple[bool, str]]:
        """Tells whether SpamAssassin answers at a host and port, and what it said."""
    @property
    def CheckPTR(self) -> _m.Value[bool]:
        """Whether the client's address must have a name that leads back to it."""
    @property
    def CheckPTRScore(self) -> _m.Value[int]:
        """What an address without such a name counts."""

class AntiVirus(Object):
    """The virus scanners, and what becomes of a find."""
    @property
    def ClamWinEnabled(self) -> _m.Value[bool]:
        """Whether ClamWin scans mail."""
    @property
    def ClamWinExecutable(self) -> _m.Value[str]:
        """ClamWin's program."""
    @property
    def ClamWinDBFolder(self) -> _m.Value[str]:
        """The folder of ClamWin's database."""
    @property
    def Action(self) -> _m.Value[int]:
        """What becomes of mail with a virus."""
    @property
    def NotifyReceiver(self) -> _m.Value[bool]:
        """Whether those whom a virus was sent to are told."""
    @property
    def NotifySender(self) -> _m.Value[bool]:
        """Whether the sender of a virus is told."""
    @property
    def CustomScannerEnabled(self) -> _m.Value[bool]:
        """Whether a program of your own scans mail."""
    @property
    def CustomScannerExecutable(self) -> _m.Value[str]:
        """The program, with %FILE% for the file to scan."""
    @property
    def CustomScannerReturnValue(self) -> _m.Value[int]:
        """The exit status by which the program tells a virus."""
    @property
    def MaximumMessageSize(self) -> _m.Value[int]:
        """The size above which mail is not scanned, in kilobytes; 0: all is."""
    @property
    def BlockedAttachments(self) -> _m.BlockedAttachments:
        """The names of attachments that are taken out."""
    @property
    def EnableAttachmentBlocking(self) -> _m.Value[bool]:
        """Whether attachments with blocked names are taken out."""
    @property
    def ClamAVEnabled(self) -> _m.Value[bool]:
        """Whether ClamAV's daemon scans mail."""
    @property
    def ClamAVHost(self) -> _m.Value[str]:
        """Where ClamAV's daemon listens: a name or an address."""
    @property
    def ClamAVPort(self) -> _m.Value[int]:
        """The port of ClamAV's daemon."""
    def TestCustomerScanner(self, customExecutable: str, virusReturnCode: int) -> _m.Read[tuple[bool, str]]:
        """Scans a test virus by a program of one's own; tells what it said."""
    def TestClamWinScanner(self, clamWinExecutable: str, clamWinDatabase: str) -> _m.Read[tuple[bool, str]]:
        """Scans a test virus by ClamWin; tells what it said."""
    def TestClamAVScanner(self, ClamAVHostName: str, ClamAVPort: int) -> _m.Read[tuple[bool, str]]:
        """Scans a test virus by ClamAV's daemon; tells what it said."""

class Application(Object):
    """The server as a program sees it: it logs in here and reaches everything else from here.  The login belongs to this object and to all that is
    reached from it.
    """
    def Start(self) -> _m.Read[None]:
        """Opens the ports as they are configured now and goes on with the mail; does nothing while the server runs."""
    def Stop(self) -> _m.Read[None]:
        """Closes the ports of mail, ends its sessions and lets the queue rest; this login and remote sessions stay."""
    @property
    def Settings(self) -> _m.Settings:
        """The settings of the server."""
    @property
    def Domains(self) -> _m.Domains:
        """The domains that the caller may see."""
    @property
    def ServerState(self) -> _m.Read[int]:
        """Whether the server runs: 1 stopped, 2 starting, 3 running, 4 stopping."""
    @property
    def Database(self) -> _m.Database:
        """The database of the users' own, with the server's data to read."""
    @property
    def Utilities(self) -> _m.Utilities:
        """Tools that need no server."""
    def SubmitEMail(self) -> _m.Read[None]:
        """Begins to deliver what waits; here a message does so by itself from the moment that it is stored."""
    @property
    def Status(self) -> _m.Status:
        """What the server does and has done."""
    @property
    def Version(self) -> _m.Read[str]:
        """The version of the server, or the one that the setting `reported_version` names."""
    def Connect(self) -> _m.Read[None]:
        """Tells whether the server could start; fails with the reason when it could not."""
    @property
    def InitializationFile(self) -> _m.Read[str]:
        """The configuration file."""
    def Reinitialize(self) -> _m.Read[None]:
        """Stops, reads certificates and ports anew, and starts."""
    @property
    def Rules(self) -> _m.Rules:
        """The rules for all mail."""
    @property
    def BackupManager(self) -> _m.BackupManager:
        """Makes and opens backups."""
    @property
    def GlobalObjects(self) -> _m.GlobalObjects:
        """The queue and the languages."""
    def Authenticate(self, Username: str, Password: str) -> _m.Read[_m.Account | None]:
        """Logs in by account or as Administrator; gives the account, or Nothing when name or password is wrong."""
    @property
    def Links(self) -> _m.Links:
        """Objects by their database ids."""
    @property
    def Diagnostics(self) -> _m.Diagnostics:
        """Tests of the server's surroundings."""
    @property
    def VersionArchitecture(self) -> _m.Read[str]:
        """The processor that the server was built for: x64 or x86."""

class Attachment(Object):
    """A file attached to a message."""
    @property
    def Filename(self) -> _m.Read[str]:
        """The file's name, decoded."""
    @property
    def Size(self) -> _m.Read[int]:
        """The file's size in bytes."""
    def SaveAs(self, sName: str) -> _m.Read[None]:
        """Writes the file to a path; over the network only into the server's own folders."""
    def Delete(self) -> _m.Read[None]:
        """Takes the attachment out of the message; needs the message's Save."""

class Attachments(Collection[_m.Attachment]):
    """The files attached to a message as they are at each moment; changes need the message's Save."""
    def Item(self, Index: int) -> _m.Attachment:
        """The attachment at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many attachments there are."""
    def Clear(self) -> _m.Read[None]:
        """Takes all attachments out."""
    def Add(self, sFilename: str) -> _m.Read[None]:
        """Attaches a file by its path; over the network only one in the server's own folders."""

class Backup(Object):
    """A backup that was opened: what it holds, and what of it is to be restored."""
    def StartRestore(self) -> _m.Read[None]:
        """Starts to restore what is wanted; it goes on in the background."""
    @property
    def ContainsSettings(self) -> _m.Read[bool]:
        """Whether it holds settings."""
    @property
    def ContainsDomains(self) -> _m.Read[bool]:
        """Whether it holds domains."""
    @property
    def ContainsMessages(self) -> _m.Read[bool]:
        """Whether it holds messages."""
    @property
    def RestoreSettings(self) -> _m.Value[bool]:
        """Whether settings are to be restored."""
    @property
    def RestoreDomains(self) -> _m.Value[bool]:
        """Whether domains are to be restored."""
    @property
    def RestoreMessages(self) -> _m.Value[bool]:
        """Whether messages are to be restored."""

class BackupManager(Object):
    """Starts backups, and opens those that were made."""
    def StartBackup(self) -> _m.Read[None]:
        """Starts a backup of what Settings.Backup says; it goes on in the background."""
    def LoadBackup(self, sXMLFile: str) -> _m.Backup:
        """Opens a backup by its file."""

class BackupSettings(Object):
    """What a backup in hMailServer's format holds, and where it is made."""
    @property
    def Destination(self) -> _m.Value[str]:
        """The folder that backups are made in; over the network only one of the server's own."""
    @property
    def BackupSettings(self) -> _m.Value[bool]:
        """Whether such a backup holds the settings."""
    @property
    def BackupDomains(self) -> _m.Value[bool]:
        """Whether such a backup holds the domains."""
    @property
    def BackupMessages(self) -> _m.Value[bool]:
        """Whether such a backup holds the messages."""
    @property
    def CompressDestinationFiles(self) -> _m.Value[bool]:
        """Whether messages lie in the archive rather than beside it."""
    @property
    def LogFile(self) -> _m.Read[str]:
        """The log file of backups."""

class BlockedAttachment(Object):
    """A pattern of file names."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Wildcard(self) -> _m.Value[str]:
        """The pattern, such as *.exe."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def Description(self) -> _m.Value[str]:
        """What files they are, up to 255 characters."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class BlockedAttachments(Collection[_m.BlockedAttachment]):
    """The patterns of file names that are not let through while blocking is on."""
    def Item(self, Index: int) -> _m.BlockedAttachment:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.BlockedAttachment:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.BlockedAttachment:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""

class Cache(Object):
    """What is kept of domains, accounts, aliases and lists; hit rates and sizes are not counted and read 0."""
    @property
    def Enabled(self) -> _m.Value[bool]:
        """Whether there are caches."""
    @property
    def DomainCacheTTL(self) -> _m.Value[int]:
        """The seconds that a domain is kept."""
    @property
    def DomainHitRate(self) -> _m.Read[int]:
        """The percentage of domains found in the cache; not counted, so 0."""
    @property
    def AccountCacheTTL(self) -> _m.Value[int]:
        """The seconds that an account is kept."""
    @property
    def AccountHitRate(self) -> _m.Read[int]:
        """The percentage of accounts found in the cache; not counted, so 0."""
    def Clear(self) -> _m.Read[None]:
        """Forgets what every worker keeps of addresses and logins; it is read again when it is asked for."""
    @property
    def AliasCacheTTL(self) -> _m.Value[int]:
        """The seconds that an alias is kept."""
    @property
    def AliasHitRate(self) -> _m.Read[int]:
        """The percentage of aliases found in the cache; not counted, so 0."""
    @property
    def DistributionListCacheTTL(self) -> _m.Value[int]:
        """The seconds that a list is kept."""
    @property
    def DistributionListHitRate(self) -> _m.Read[int]:
        """The percentage of lists found in the cache; not counted, so 0."""
    @property
    def DomainCacheMaxSizeKb(self) -> _m.Value[int]:
        """The kilobytes that domains may take."""
    @property
    def DomainCacheSizeKb(self) -> _m.Read[int]:
        """The kilobytes that domains take; not counted, so 0."""
    @property
    def AccountCacheMaxSizeKb(self) -> _m.Value[int]:
        """The kilobytes that accounts may take."""
    @property
    def AccountCacheSizeKb(self) -> _m.Read[int]:
        """The kilobytes that accounts take; not counted, so 0."""
    @property
    def AliasCacheMaxSizeKb(self) -> _m.Value[int]:
        """The kilobytes that aliases may take."""
    @property
    def AliasCacheSizeKb(self) -> _m.Read[int]:
        """The kilobytes that aliases take; not counted, so 0."""
    @property
    def DistributionListCacheMaxSizeKb(self) -> _m.Value[int]:
        """The kilobytes that lists may take."""
    @property
    def DistributionListCacheSizeKb(self) -> _m.Read[int]:
        """The kilobytes that lists take; not counted, so 0."""

class Client(Object):
    """The client whose session an event is about."""
    @property
    def Port(self) -> _m.Read[int]:
        """The server's port that it connected to."""
    @property
    def IPAddress(self) -> _m.Read[str]:
        """Its IP address."""
    @property
    def Username(self) -> _m.Read[str]:
        """The name that it logged in with, empty before."""
    @property
    def HELO(self) -> _m.Read[str]:
        """The name that it gave with HELO or EHLO."""
    @property
    def Authenticated(self) -> _m.Read[bool]:
        """Whether it has logged in."""
    @property
    def EncryptedConnection(self) -> _m.Read[bool]:
        """Whether its connection is encrypted."""
    @property
    def CipherVersion(self) -> _m.Read[str]:
        """The version of TLS, such as TLSv1.3."""
    @property
    def CipherName(self) -> _m.Read[str]:
        """The name of the cipher."""
    @property
    def CipherBits(self) -> _m.Read[int]:
        """The bits of the cipher's key."""
    @property
    def SessionID(self) -> _m.Read[int]:
        """The number of its session."""

class DNSBlackList(Object):
    """A list of client addresses in the DNS."""
    @property
    def Active(self) -> _m.Value[bool]:
        """Whether the list is asked."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def DNSHost(self) -> _m.Value[str]:
        """The DNS name of the list, such as zen.spamhaus.org."""
    @property
    def RejectMessage(self) -> _m.Value[str]:
        """What a client on the list is told."""
    @property
    def ExpectedResult(self) -> _m.Value[str]:
        """The answers that count, parted by `|`: addresses, with a range in the last number such as 127.0.0.2-8, or wildcards."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def Score(self) -> _m.Value[int]:
        """What a hit adds to a message's spam score."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class DNSBlackLists(Collection[_m.DNSBlackList]):
    """The lists of client addresses that are asked about a client."""
    def Item(self, Index: int) -> _m.DNSBlackList:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.DNSBlackList:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.DNSBlackList:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def ItemByDNSHost(self, sDNSHost: str) -> _m.DNSBlackList:
        """The list at a DNS name."""

class Database(Object):
    """A database of the users' own, in which the server's data stands as views named like hMailServer's tables (hm_accounts ...).  A transaction
    belongs to this object: its statements are part of it, and it is rolled back after a minute without any, or with the object.
    """
    @property
    def RequiredVersion(self) -> _m.Read[int]:
        """The version of hMailServer's database that its programs expect."""
    @property
    def CurrentVersion(self) -> _m.Read[int]:
        """The version of hMailServer's database that its programs find."""
    def ExecuteSQL(self, sSQLStatement: str) -> _m.Read[None]:
        """Executes a statement; on hm_ tables only SELECT."""
    @property
    def DatabaseType(self) -> _m.Read[int]:
        """The dialect of SQL that ExecuteSQL understands, as the setting database.database_type says."""
    def UtilGetFileNameByMessageID(self, MessageID: int) -> _m.Read[str]:
        """Gives the name that the file of a message has; Message.Filename makes the file."""
    @property
    def RequiresUpgrade(self) -> _m.Read[bool]:
        """Whether the database has to be brought up to date; it never has, since the server does that when it starts."""
    def CreateInternalDatabase(self) -> _m.Read[None]:
        """Refuses: this server has its databases already."""
    def CreateExternalDatabase(self, ServerType: int, ServerName: str, lPort: int, DatabaseName: str, Username: str, Password: str) -> _m.Read[None]:
        """Refuses: this server has its databases already."""
    @property
    def DatabaseExists(self) -> _m.Read[bool]:
        """Whether the database is there."""
    def BeginTransaction(self) -> _m.Read[None]:
        """Begins a transaction of this object; what another object began is waited for, some seconds."""
    def CommitTransaction(self) -> _m.Read[None]:
        """Keeps what was changed since BeginTransaction."""
    def RollbackTransaction(self) -> _m.Read[None]:
        """Takes back what was changed since BeginTransaction."""
    def ExecuteSQLScript(self, sFilename: str) -> _m.Read[None]:
        """Executes the statements of a file, at most 256 KB, parted by semicolons; over the network only of the server's folders."""
    def SetDefaultDatabase(self, ServerType: int, ServerName: str, lPort: int, DatabaseName: str, Username: str, Password: str) -> _m.Read[None]:
        """Refuses: this server has its databases already."""
    @property
    def IsConnected(self) -> _m.Read[bool]:
        """Whether the server has its database."""
    @property
    def ServerName(self) -> _m.Read[str]:
        """The name of the database server; this one has its own, so it is the server's name."""
    @property
    def DatabaseName(self) -> _m.Read[str]:
        """The name of the users' database: its file."""
    def ExecuteSQLWithReturn(self, sSQLStatement: str) -> _m.Read[int]:
        """Executes a statement and gives the id that its INSERT made, else 0."""
    def EnsurePrerequisites(self, DBVersion: int) -> _m.Read[None]:
        """Makes ready for an upgrade of the database; there is nothing to make ready."""

class DeliveryQueue(Object):
    """The messages that wait to be sent to other servers."""
    def Clear(self) -> _m.Read[None]:
        """Takes all messages out of the queue without sending them."""
    def ResetDeliveryTime(self, iMessageID: int) -> _m.Read[None]:
        """Has a message tried at once; does nothing for one that is not in the queue."""
    def StartDelivery(self) -> _m.Read[None]:
        """Has everything that waits tried at once."""
    def Remove(self, iMessageID: int) -> _m.Read[None]:
        """Takes a message out of the queue without sending it; does nothing for one that is not there."""

class DiagnosticResult(Object):
    """What one test found."""
    @property
    def Name(self) -> _m.Read[str]:
        """The test's name."""
    @property
    def Description(self) -> _m.Read[str]:
        """What the test does."""
    @property
    def ExecutionDetails(self) -> _m.Read[str]:
        """What it found, line by line, and what to do."""
    @property
    def Result(self) -> _m.Read[bool]:
        """Whether all is well."""

class DiagnosticResults(Collection[_m.DiagnosticResult]):
    """What the tests found, in the order of the tests."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Item(self, Index: int) -> _m.DiagnosticResult:
        """The item at an index, counted from 0."""

class Diagnostics(Object):
    """Tests of the server's surroundings; the two names say what they look at."""
    def PerformTests(self) -> _m.DiagnosticResults:
        """Runs the tests and gives what they found; it may take half a minute."""
    @property
    def LocalDomainName(self) -> _m.Value[str]:
        """The domain of this server whose mail exchangers are tested; empty: none."""
    @property
    def TestDomainName(self) -> _m.Value[str]:
        """The domain elsewhere whose mail exchanger is tried, to learn whether mail can leave; empty: none."""

class Directories(Object):
    """The folders of the server."""
    @property
    def ProgramDirectory(self) -> _m.Value[str]:
        """The folder of the program."""
    @property
    def DatabaseDirectory(self) -> _m.Value[str]:
        """The folder of the databases."""
    @property
    def DataDirectory(self) -> _m.Value[str]:
        """The folder of message files."""
    @property
    def LogDirectory(self) -> _m.Value[str]:
        """The folder of the log files."""
    @property
    def TempDirectory(self) -> _m.Value[str]:
        """The folder of temporary files."""
    @property
    def EventDirectory(self) -> _m.Value[str]:
        """The folder of the event scripts."""
    @property
    def DBScriptDirectory(self) -> _m.Read[str]:
        """The folder of the scripts that make the databases."""

class DistributionList(Object):
    """An address that stands for many."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def Active(self) -> _m.Value[bool]:
        """Whether mail to it is taken."""
    @property
    def Recipients(self) -> _m.DistributionListRecipients:
        """Who is on the list."""
    @property
    def Address(self) -> _m.Value[str]:
        """The address of the list."""
    @property
    def RequireSMTPAuth(self) -> _m.Value[bool]:
        """Whether only senders who have logged in may send to it."""
    @property
    def RequireSenderAddress(self) -> _m.Value[str]:
        """The address that may send to it, in mode 2."""
    @property
    def Mode(self) -> _m.Value[int]:
        """Who may send to it: 0 everybody, 1 those on the list, 2 only RequireSenderAddress, 3 addresses of its domain."""

class DistributionListRecipient(Object):
    """Somebody on a distribution list: an address here or anywhere, also another list."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def RecipientAddress(self) -> _m.Value[str]:
        """The address that gets the mail of the list."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""

class DistributionListRecipients(Collection[_m.DistributionListRecipient]):
    """Who is on a distribution list."""
    def Item(self, Index: int) -> _m.DistributionListRecipient:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.DistributionListRecipient:
        """The item with a database id."""
    def Add(self) -> _m.DistributionListRecipient:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, lDBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""

class DistributionLists(Collection[_m.DistributionList]):
    """The distribution lists of a domain."""
    def Item(self, Index: int) -> _m.DistributionList:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.DistributionList:
        """The item with a database id."""
    def Add(self) -> _m.DistributionList:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, lDBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def ItemByAddress(self, sAddress: str) -> _m.DistributionList:
        """The list at an address."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""

class Domain(Object):
    """A domain whose mail this server takes."""
    @property
    def Name(self) -> _m.Value[str]:
        """The domain, such as example.com; another name renames all addresses in it."""
    def Save(self) -> _m.Read[None]:
        """Stores the domain."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Active(self) -> _m.Value[bool]:
        """Whether its mail is taken and its accounts may log in."""
    @property
    def Accounts(self) -> _m.Accounts:
        """The accounts of the domain; for a user only the own one."""
    def Delete(self) -> _m.Read[None]:
        """Deletes the domain with everything in it: accounts and their mail, aliases, lists."""
    @property
    def Aliases(self) -> _m.Aliases:
        """The aliases of the domain."""
    @property
    def DistributionLists(self) -> _m.DistributionLists:
        """The distribution lists of the domain."""
    @property
    def Postmaster(self) -> _m.Value[str]:
        """The address that gets mail for addresses of the domain that don't exist; empty: such mail is refused."""
    @property
    def DomainAliases(self) -> _m.DomainAliases:
        """The other names of the domain."""
    @property
    def ADDomainName(self) -> _m.Value[str]:
        """The Windows domain of its users, up to 255 characters."""
    def SynchronizeDirectory(self) -> _m.Read[None]:
        """Does nothing: accounts are not copied from a Windows domain."""
    @property
    def MaxMessageSize(self) -> _m.Value[int]:
        """The largest message that its users may send, in kilobytes; 0 is no limit."""
    @property
    def PlusAddressingEnabled(self) -> _m.Value[bool]:
        """Whether alice+lists is another address of alice."""
    @property
    def PlusAddressingCharacter(self) -> _m.Value[str]:
        """The character that begins the part of an address that does not count."""
    @property
    def AntiSpamEnableGreylisting(self) -> _m.Value[bool]:
        """Whether mail to the domain may be greylisted."""
    @property
    def MaxSize(self) -> _m.Value[int]:
        """What the limits of its accounts may add up to, in megabytes; 0 is no limit."""
    @property
    def Size(self) -> _m.Read[int]:
        """What the mail of its accounts weighs, in megabytes."""
    @property
    def AllocatedSize(self) -> _m.Read[int]:
        """What the limits of its accounts add up to, in megabytes."""
    @property
    def SignatureEnabled(self) -> _m.Value[bool]:
        """Whether a signature is added to mail from the domain."""
    @property
    def SignatureMethod(self) -> _m.Value[int]:
        """Whether the signature is added where an account has none (1), instead of the account's (2) or after it (3)."""
    @property
    def SignaturePlainText(self) -> _m.Value[str]:
        """The signature for mail in plain text."""
    @property
    def SignatureHTML(self) -> _m.Value[str]:
        """The signature for mail in HTML; empty: made of the plain one."""
    @property
    def AddSignaturesToReplies(self) -> _m.Value[bool]:
        """Whether replies get the signature, too."""
    @property
    def AddSignaturesToLocalMail(self) -> _m.Value[bool]:
        """Whether mail within the domain gets it, too."""
    @property
    def MaxNumberOfAccounts(self) -> _m.Value[int]:
        """How many accounts it may have, while that limit is on."""
    @property
    def MaxNumberOfAliases(self) -> _m.Value[int]:
        """How many aliases it may have, while that limit is on."""
    @property
    def MaxNumberOfDistributionLists(self) -> _m.Value[int]:
        """How many distribution lists it may have; 0 is no limit."""
    @property
    def MaxNumberOfAccountsEnabled(self) -> _m.Value[bool]:
        """Whether the number of its accounts is limited."""
    @property
    def MaxNumberOfAliasesEnabled(self) -> _m.Value[bool]:
        """Whether the number of its aliases is limited."""
    @property
    def MaxNumberOfDistributionListsEnabled(self) -> _m.Value[bool]:
        """Whether the number of its lists is limited; any number but 0 limits them all the same."""
    @property
    def MaxAccountSize(self) -> _m.Value[int]:
        """The most that one account may have, in megabytes; 0 is no limit."""
    @property
    def DKIMSignEnabled(self) -> _m.Value[bool]:
        """Whether mail of the domain is signed (DKIM) with the key file instead of the server's own keys."""
    @property
    def DKIMSelector(self) -> _m.Value[str]:
        """The selector under which the public key stands in the DNS."""
    @property
    def DKIMPrivateKeyFile(self) -> _m.Value[str]:
        """The path of the private key, in PEM."""
    @property
    def DKIMHeaderCanonicalizationMethod(self) -> _m.Value[int]:
        """How the header is made canonical before it is signed."""
    @property
    def DKIMBodyCanonicalizationMethod(self) -> _m.Value[int]:
        """How the body is made canonical before it is signed."""
    @property
    def DKIMSigningAlgorithm(self) -> _m.Value[int]:
        """The hash of the signature."""

class DomainAlias(Object):
    """Another name of a domain: each address at it is the same address at the domain."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def AliasName(self) -> _m.Value[str]:
        """The other name, such as example.org."""
    @property
    def DomainID(self) -> _m.Value[int]:
        """The number of the domain; writing it is ignored."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class DomainAliases(Collection[_m.DomainAlias]):
    """The other names of a domain."""
    def Item(self, Index: int) -> _m.DomainAlias:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.DomainAlias:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Delete(self, Index: int) -> _m.Read[None]:
        """Deletes the item at an index; does nothing where there is none."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.DomainAlias:
        """Makes a new item; it is in the collection and the database once it is saved."""

class Domains(Collection[_m.Domain]):
    """The domains of the server: all of them for a server administrator, else the caller's own (3.9)."""
    def Item(self, Index: int) -> _m.Domain:
        """The item at an index, counted from 0."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Add(self) -> _m.Domain:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByName(self, ItemName: str) -> _m.Domain:
        """The domain of a name."""
    def ItemByDBID(self, DBID: int) -> _m.Domain:
        """The item with a database id."""
    @property
    def Names(self) -> _m.Read[str]:
        """A line for each domain: id, tab, name, tab, 1 when it is active."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""

class EventLog(Object):
    """The log that scripts write to, whatever else is logged."""
    def Write(self, sMessage: str) -> _m.Read[None]:
        """Appends a line to hmailserver_events.log; line ends in it become [nl]."""

class FetchAccount(Object):
    """A mailbox elsewhere, with the login there and what becomes of the messages."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> _m.Value[str]:
        """What its owner calls it."""
    @property
    def ServerAddress(self) -> _m.Value[str]:
        """The name or address of the server."""
    @property
    def Port(self) -> _m.Value[int]:
        """The port of the server; 0 is none set."""
    @property
    def ServerType(self) -> _m.Value[int]:
        """The protocol: 0 is POP3."""
    @property
    def Username(self) -> _m.Value[str]:
        """The name of the login there."""
    @property
    def Password(self) -> _m.Value[str]:
        """The password of the login there, in clear."""
    @property
    def MinutesBetweenFetch(self) -> _m.Value[int]:
        """How many minutes pass between two looks."""
    @property
    def DaysToKeepMessages(self) -> _m.Value[int]:
        """For how many days fetched messages stay there: -1 not at all, 0 for ever."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def AccountID(self) -> _m.Value[int]:
        """The number of the account here."""
    @property
    def Enabled(self) -> _m.Value[bool]:
        """Whether mail is fetched."""
    @property
    def ProcessMIMERecipients(self) -> _m.Value[bool]:
        """Whether messages go to the accounts named in their header instead of to this one."""
    def DownloadNow(self) -> _m.Read[None]:
        """Fetches mail at once."""
    @property
    def ProcessMIMEDate(self) -> _m.Value[bool]:
        """Whether messages get the date of their first Received field."""
    @property
    def UseSSL(self) -> _m.Value[bool]:
        """The older way to say ConnectionSecurity: true for encryption from the first octet, false for none."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""
    @property
    def NextDownloadTime(self) -> _m.Read[str]:
        """When mail is fetched next, as YYYY-MM-DD hh:mm:ss in the server's local time; empty when no time is set."""
    @property
    def UseAntiSpam(self) -> _m.Value[bool]:
        """Whether fetched messages are tested for spam."""
    @property
    def UseAntiVirus(self) -> _m.Value[bool]:
        """Whether fetched messages are scanned for viruses."""
    @property
    def EnableRouteRecipients(self) -> _m.Value[bool]:
        """Whether recipients in the header may also be addresses of routes."""
    @property
    def IsLocked(self) -> _m.Read[bool]:
        """Whether mail is being fetched right now."""
    @property
    def ConnectionSecurity(self) -> _m.Value[int]:
        """How connections are encrypted: 0 not, 1 from the first octet, 2 by STARTTLS where it is offered, 3 by STARTTLS only."""
    @property
    def MIMERecipientHeaders(self) -> _m.Value[str]:
        """The header fields that name recipients, parted by commas."""

class FetchAccounts(Collection[_m.FetchAccount]):
    """The mailboxes elsewhere whose mail comes into an account."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.FetchAccount:
        """The item with a database id."""
    def Item(self, Index: int) -> _m.FetchAccount:
        """The item at an index, counted from 0."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Delete(self, Index: int) -> _m.Read[None]:
        """Deletes the item at an index; does nothing where there is none."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.FetchAccount:
        """Makes a new item; it is in the collection and the database once it is saved."""

class GlobalObjects(Object):
    """The queue and the languages."""
    @property
    def DeliveryQueue(self) -> _m.DeliveryQueue:
        """The mail that waits to be sent."""
    @property
    def Languages(self) -> _m.Languages:
        """The languages of administration programs."""

class GreyListingWhiteAddress(Object):
    """A client that greylisting lets pass."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def IPAddress(self) -> _m.Value[str]:
        """The client's IP address; `*` and `%` stand for any characters."""
    @property
    def Description(self) -> _m.Value[str]:
        """What it is for, up to 255 characters."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class GreyListingWhiteAddresses(Collection[_m.GreyListingWhiteAddress]):
    """The clients that greylisting lets pass."""
    def Item(self, Index: int) -> _m.GreyListingWhiteAddress:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.GreyListingWhiteAddress:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.GreyListingWhiteAddress:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def ItemByName(self, sName: str) -> _m.GreyListingWhiteAddress:
        """The one with an IP address."""

class Group(Object):
    """A group of accounts: folders are shared with it, mail is not sent to it."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> _m.Value[str]:
        """The name of the group, up to 255 characters; no two have the same."""
    @property
    def Members(self) -> _m.GroupMembers:
        """The accounts in the group."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    def Delete(self) -> _m.Read[None]:
        """Deletes the group; its accounts stay."""

class GroupMember(Object):
    """An account in a group."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def GroupID(self) -> _m.Value[int]:
        """The number of the group."""
    @property
    def AccountID(self) -> _m.Value[int]:
        """The number of the account."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    def Delete(self) -> _m.Read[None]:
        """Takes the account out of the group."""
    @property
    def Account(self) -> _m.Account:
        """The account itself."""

class GroupMembers(Collection[_m.GroupMember]):
    """The accounts in a group."""
    def Item(self, Index: int) -> _m.GroupMember:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.GroupMember:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.GroupMember:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""

class Groups(Collection[_m.Group]):
    """The groups of the server."""
    def Item(self, Index: int) -> _m.Group:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.Group:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.Group:
        """The item with a database id."""
    def ItemByName(self, Name: str) -> _m.Group:
        """The group of a name."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""

class IMAPFolder(Object):
    """A folder of an account, or a public one."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number."""
    @property
    def Name(self) -> _m.Value[str]:
        """Its name, one level, in Unicode; Save renames it with all below it."""
    @property
    def Subscribed(self) -> _m.Value[bool]:
        """Whether mail clients show it by themselves."""
    @property
    def Messages(self) -> _m.Messages:
        """The messages in it, by UID."""
    @property
    def SubFolders(self) -> _m.IMAPFolders:
        """The folders right below it."""
    def Save(self) -> _m.Read[None]:
        """Stores name and subscription."""
    @property
    def ParentID(self) -> _m.Read[int]:
        """The folder that it is below, -1 for one at the top."""
    @property
    def Permissions(self) -> _m.IMAPFolderPermissions:
        """Who may use the folder; only public ones have such."""
    def Delete(self) -> _m.Read[None]:
        """Deletes the folder with its messages and all folders below it."""
    @property
    def CurrentUID(self) -> _m.Read[int]:
        """The last UID that a message in it was given, 0 for none."""
    @property
    def CreationTime(self) -> _m.Read[str]:
        """When it was made, in local time, such as 2026-11-21 09:30:00."""

class IMAPFolderPermission(Object):
    """What a user, a group or anyone may do with a public folder."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def ShareFolderID(self) -> _m.Read[int]:
        """The folder that it is for."""
    @property
    def PermissionType(self) -> _m.Value[int]:
        """Whom it is for: 0 a user, 1 a group, 2 anyone."""
    @property
    def PermissionGroupID(self) -> _m.Value[int]:
        """The group that it is for."""
    @property
    def PermissionAccountID(self) -> _m.Value[int]:
        """The account that it is for."""
    @property
    def Value(self) -> _m.Value[int]:
        """What is allowed, as a sum of the bits that Permission knows."""
    def Permission(self, iType: int) -> _m.Value[bool]:
        """Whether something is allowed, by its bit: lookup 1, read 2, seen 4, write 8, insert 16 and so on."""
    def Save(self) -> _m.Read[None]:
        """Stores the permission."""
    def Delete(self) -> _m.Read[None]:
        """Deletes the permission."""
    @property
    def Account(self) -> _m.Account:
        """The account that it is for."""
    @property
    def Group(self) -> _m.Group:
        """The group that it is for."""

class IMAPFolderPermissions(Collection[_m.IMAPFolderPermission]):
    """Who may do what with a public folder."""
    def Item(self, Index: int) -> _m.IMAPFolderPermission:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Delete(self, Index: int) -> _m.Read[None]:
        """Deletes the item at an index; does nothing where there is none."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Add(self) -> _m.IMAPFolderPermission:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.IMAPFolderPermission:
        """The item with a database id."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def ItemByName(self, Name: str) -> _m.IMAPFolderPermission:
        """The permission of an account's address, a group's name, or Anyone."""

class IMAPFolders(Collection[_m.IMAPFolder]):
    """The folders of one level: an account's or the public top folders, or those right below a folder."""
    def Item(self, Index: int) -> _m.IMAPFolder:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.IMAPFolder:
        """The item with a database id."""
    def ItemByName(self, sName: str) -> _m.IMAPFolder:
        """The folder of this level with a name, in Unicode."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Add(self, sName: str) -> _m.IMAPFolder:
        """Makes a folder of this level at once and gives it; its name is one level, in Unicode."""
    def DeleteByDBID(self, lDBID: int) -> _m.Read[None]:
        """Deletes the folder with a database id, its messages and all folders below it."""

class IncomingRelay(Object):
    """A range of addresses of servers that hand mail on to this one."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def LowerIP(self) -> _m.Value[str]:
        """The first address of the range; what is no address is passed by."""
    @property
    def UpperIP(self) -> _m.Value[str]:
        """The last address of the range."""
    @property
    def Name(self) -> _m.Value[str]:
        """The name of the relay, up to 255 characters."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""

class IncomingRelays(Collection[_m.IncomingRelay]):
    """The servers that hand mail on to this one: spam tests look at the client before them."""
    def Item(self, Index: int) -> _m.IncomingRelay:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.IncomingRelay:
        """The item with a database id."""
    def Delete(self, Index: int) -> _m.Read[None]:
        """Deletes the item at an index; does nothing where there is none."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Add(self) -> _m.IncomingRelay:
        """Makes a new item; it is in the collection and the database once it is saved."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByName(self, sName: str) -> _m.IncomingRelay:
        """The relay of a name."""

class Language(Object):
    """A language."""
    def String(self, EnglishString: str) -> _m.Read[str]:
        """The translation of an English text; the text itself where there is none."""
    @property
    def Name(self) -> _m.Read[str]:
        """Its name, in lower case."""
    @property
    def IsDownloaded(self) -> _m.Read[bool]:
        """Whether its file is there."""
    def Download(self) -> _m.Read[None]:
        """Fetches its file; as in hMailServer it always fails."""

class Languages(Collection[_m.Language]):
    """The languages that there are: English, and one for each file in the folder of languages."""
    def Item(self, Index: int) -> _m.Language:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByName(self, ItemName: str) -> _m.Language:
        """The language of a name, such as german."""

class Links(Object):
    """Gives things by their numbers, without the way through their domain."""
    def Domain(self, DBID: int) -> _m.Domain:
        """The domain with a number."""
    def Account(self, DBID: int) -> _m.Account:
        """The account with a number."""
    def Alias(self, DBID: int) -> _m.Alias:
        """The alias with a number."""
    def DistributionList(self, DBID: int) -> _m.DistributionList:
        """The distribution list with a number."""

class Logging(Object):
    """What is logged. The live log is the whole server's: every worker gives its lines."""
    @property
    def Enabled(self) -> _m.Value[bool]:
        """Whether the live log and hMailServer's log files show anything."""
    @property
    def LogSMTP(self) -> _m.Value[bool]:
        """Whether they show the conversations of SMTP, word for word but for passwords and contents."""
    @property
    def LogPOP3(self) -> _m.Value[bool]:
        """Whether they show those of POP3."""
    @property
    def LogTCPIP(self) -> _m.Value[bool]:
        """Whether they show connections."""
    @property
    def LogApplication(self) -> _m.Value[bool]:
        """Whether they show what the server itself does."""
    @property
    def Device(self) -> _m.Value[int]:
        """Where the log goes."""
    @property
    def LogFormat(self) -> _m.Value[int]:
        """How a line of the log is laid out."""
    @property
    def LogDebug(self) -> _m.Value[bool]:
        """Whether they show what only developers want to see."""
    @property
    def LogIMAP(self) -> _m.Value[bool]:
        """Whether they show those of IMAP."""
    def EnableLiveLogging(self, newVal: bool) -> _m.Read[None]:
        """Begins or ends to keep lines for LiveLog; those that wait are forgotten."""
    @property
    def Directory(self) -> _m.Read[str]:
        """The folder of the log files."""
    @property
    def LiveLog(self) -> _m.Read[str]:
        """The lines that were logged since the last reading, each ended by CRLF; reading takes them away."""
    @property
    def AWStatsEnabled(self) -> _m.Value[bool]:
        """Whether a log for AWStats is written, in hMailServer's mode."""
    @property
    def MaskPasswordsInLog(self) -> _m.Value[bool]:
        """Accepted and ignored: passwords are never in the log, so it reads True."""
    @property
    def CurrentEventLog(self) -> _m.Read[str]:
        """The name of the log file of event scripts."""
    @property
    def CurrentErrorLog(self) -> _m.Read[str]:
        """The name of today's log file of errors."""
    @property
    def CurrentAwstatsLog(self) -> _m.Read[str]:
        """The name of the log file for AWStats."""
    @property
    def CurrentDefaultLog(self) -> _m.Read[str]:
        """The name of today's log file."""
    @property
    def KeepFilesOpen(self) -> _m.Value[bool]:
        """Whether hMailServer's log files stay open between two lines; they may be moved all the same."""
    @property
    def LiveLoggingEnabled(self) -> _m.Read[bool]:
        """Whether lines are kept for LiveLog."""

class Message(Object):
    """A message: new, on its way, or in a mailbox. Changes are in the caller's hand until Save."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Filename(self) -> _m.Read[str]:
        """The full path of a file with the message, made when asked for; a program may change it, then RefreshContent and Save."""
    @property
    def Subject(self) -> _m.Value[str]:
        """The subject."""
    @property
    def From(self) -> _m.Value[str]:
        """The From field, such as `Alice <alice@example.com>`; the envelope's sender is FromAddress."""
    @property
    def Date(self) -> _m.Value[str]:
        """The Date field as it is written; Save puts in one that is missing."""
    @property
    def Body(self) -> _m.Value[str]:
        """The plain text; writing it puts the text where readers look for it, beside HTML and attachments."""
    @property
    def HTMLBody(self) -> _m.Value[str]:
        """The HTML text; writing it puts the text where readers look for it, beside plain text and attachments."""
    @property
    def Attachments(self) -> _m.Attachments:
        """The attached files."""
    def Save(self) -> _m.Read[None]:
        """Stores the message: a new one is sent to its recipients, or put into its folder; one in a mailbox is replaced."""
    @property
    def To(self) -> _m.Read[str]:
        """The To field; AddRecipient adds to it."""
    def AddRecipient(self, sName: str, sAddress: str) -> _m.Read[None]:
        """Adds a recipient: to the envelope all that the address leads to, as when it came by SMTP, and to the To field."""
    @property
    def FromAddress(self) -> _m.Value[str]:
        """The envelope's sender, to whom reports go; empty for none."""
    @property
    def State(self) -> _m.Read[int]:
        """0 for a new message, 1 for one on its way, 2 for one in a mailbox."""
    @property
    def Size(self) -> _m.Read[int]:
        """Its size in kilobytes, rounded down."""
    def ClearRecipients(self) -> _m.Read[None]:
        """Takes all recipients out: of the envelope, and the To, Cc and Bcc fields."""
    @property
    def CC(self) -> _m.Read[str]:
        """The Cc field."""
    @property
    def Recipients(self) -> _m.Recipients:
        """Whom the message is for, by its envelope."""
    def HeaderValue(self, FieldName: str) -> _m.Value[str]:
        """The value of the first header field of a name, empty when there is none; writing replaces it or adds one."""
    def HasBodyType(self, BodyType: str) -> _m.Read[bool]:
        """Tells whether the message or a part of it, down to the second level, has exactly this content type."""
    @property
    def EncodeFields(self) -> _m.Value[bool]:
        """Whether header fields are read decoded and written encoded (the default), or both as they stand in the message."""
    def Flag(self, iType: int) -> _m.Value[bool]:
        """Whether a flag (1 seen, 2 deleted, 4 flagged, 8 answered, 16 draft, 32 recent, 64 to be scanned) is set; Save stores it."""
    @property
    def InternalDate(self) -> _m.Read[_Date | None]:
        """When the server got it, in local time; empty for a new message."""
    @property
    def Headers(self) -> _m.MessageHeaders:
        """The fields of the header, one by one."""
    def RefreshContent(self) -> _m.Read[None]:
        """Forgets what was read and changed: the next look reads the message's file anew."""
    @property
    def DeliveryAttempt(self) -> _m.Read[int]:
        """Which try to deliver it this is, counted from 1."""
    @property
    def Charset(self) -> _m.Value[str]:
        """The charset of the texts; writing it converts them."""
    def Copy(self, iDestinationFolderID: int) -> _m.Read[None]:
        """Copies the message to another folder of its account, by the folder's id; nothing happens for a message without an account."""
    @property
    def UID(self) -> _m.Read[int]:
        """The UID that IMAP clients know it by."""

class MessageHeader(Object):
    """A field of a message's header; changes need the message's Save."""
    @property
    def Name(self) -> _m.Value[str]:
        """The field's name."""
    @property
    def Value(self) -> _m.Value[str]:
        """The field's value, without folds; decoded unless the message's EncodeFields is off."""
    def Delete(self) -> _m.Read[None]:
        """Takes the field out of the header."""

class MessageHeaders(Collection[_m.MessageHeader]):
    """The fields of a message's header as they are at each moment, in their order."""
    def Item(self, Index: int) -> _m.MessageHeader:
        """The field at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many fields there are."""
    def ItemByName(self, sName: str) -> _m.MessageHeader:
        """The first field of a name."""

class MessageIndexing(Object):
    """The index of the messages' text; a folder is in it from its first search on."""
    @property
    def TotalMessageCount(self) -> _m.Read[int]:
        """How many messages lie in all mailboxes."""
    @property
    def TotalIndexedCount(self) -> _m.Read[int]:
        """How many of them are in the index."""
    @property
    def Enabled(self) -> _m.Value[bool]:
        """Whether the text of folders that were searched is indexed, so that searches are quick."""
    def Clear(self) -> _m.Read[None]:
        """Forgets the index; folders come into it again with their next search."""
    def Index(self) -> _m.Read[None]:
        """Indexes now what is not indexed yet of the folders that were searched."""

class Messages(Collection[_m.Message]):
    """The messages of a folder by UID, or those of all folders of an account by id; contents are read when somebody asks for them."""
    def Item(self, Index: int) -> _m.Message:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.Message:
        """The item with a database id."""
    def DeleteByDBID(self, lDBID: int) -> _m.Read[None]:
        """Deletes the message with a database id, also for those who have its folder open in IMAP."""
    def Add(self) -> _m.Message:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def Clear(self) -> _m.Read[None]:
        """Deletes all messages."""

class Recipient(Object):
    """Somebody whom a message is for."""
    @property
    def Address(self) -> _m.Read[str]:
        """The address that the mail goes to, behind aliases and lists."""
    @property
    def IsLocalUser(self) -> _m.Read[bool]:
        """Whether an account here gets it."""
    @property
    def OriginalAddress(self) -> _m.Read[str]:
        """The address that the sender gave."""

class Recipients(Collection[_m.Recipient]):
    """Whom a message is for, by its envelope."""
    def Item(self, Index: int) -> _m.Recipient:
        """The recipient at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many recipients there are."""

class Result(Object):
    """What an event's script decides."""
    @property
    def Value(self) -> _m.Value[int]:
        """The decision; what numbers mean depends on the event, 0 lets things go on."""
    @property
    def Message(self) -> _m.Value[str]:
        """What the client is told."""
    @property
    def Parameter(self) -> _m.Value[int]:
        """A number that some decisions need."""

class Route(Object):
    """The way to a domain: a host, the login there, and which of its addresses there are."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def DomainName(self) -> _m.Value[str]:
        """The domain, which may have the wildcards `*` and `?`; `*` alone is for all that have no other route."""
    @property
    def TargetSMTPHost(self) -> _m.Value[str]:
        """The name or address of the server that mail goes to; empty: the one that the DNS names."""
    @property
    def TargetSMTPPort(self) -> _m.Value[int]:
        """The port of the server; 0 is 25."""
    @property
    def NumberOfTries(self) -> _m.Value[int]:
        """How often mail is tried; 0: as the settings say."""
    @property
    def MinutesBetweenTry(self) -> _m.Value[int]:
        """How many minutes pass between two tries; 0: as the settings say."""
    @property
    def AllAddresses(self) -> _m.Value[bool]:
        """Whether all addresses of the domain are routed, or only those of Addresses."""
    @property
    def Addresses(self) -> _m.RouteAddresses:
        """The addresses of the domain that there are, unless all are routed."""
    @property
    def RelayerRequiresAuth(self) -> _m.Value[bool]:
        """Whether the server wants a login."""
    @property
    def RelayerAuthUsername(self) -> _m.Value[str]:
        """The name of the login there."""
    def SetRelayerAuthPassword(self, newVal: str) -> _m.Read[None]:
        """Sets the password of the login there; it can't be read."""
    @property
    def TreatSecurityAsLocalDomain(self) -> _m.Value[bool]:
        """The older name of TreatRecipientAsLocalDomain."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def UseSSL(self) -> _m.Value[bool]:
        """The older way to say ConnectionSecurity: true for encryption from the first octet, false for none."""
    @property
    def Description(self) -> _m.Value[str]:
        """What it is for, up to 255 characters."""
    def Delete(self) -> _m.Read[None]:
        """Deletes the route with its addresses."""
    @property
    def TreatSenderAsLocalDomain(self) -> _m.Value[bool]:
        """Whether addresses of the domain count as senders of this server."""
    @property
    def TreatRecipientAsLocalDomain(self) -> _m.Value[bool]:
        """Whether mail to the domain is taken from everybody, as if it were one of this server."""
    @property
    def ConnectionSecurity(self) -> _m.Value[int]:
        """How connections are encrypted: 0 not, 1 from the first octet, 2 by STARTTLS where it is offered, 3 by STARTTLS only."""

class RouteAddress(Object):
    """An address of a routed domain."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Address(self) -> _m.Value[str]:
        """The address, with its domain."""
    @property
    def RouteID(self) -> _m.Value[int]:
        """The number of the route."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class RouteAddresses(Collection[_m.RouteAddress]):
    """The addresses of a routed domain that there are."""
    def Item(self, Index: int) -> _m.RouteAddress:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.RouteAddress:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByAddress(self, sAddress: str) -> _m.Read[None]:
        """Deletes the one with an address; does nothing where there is none."""
    def ItemByDBID(self, DBID: int) -> _m.RouteAddress:
        """The item with a database id."""

class Routes(Collection[_m.Route]):
    """The routes of the server, with the one for all other domains."""
    def Item(self, Index: int) -> _m.Route:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.Route:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByName(self, ItemName: str) -> _m.Route:
        """The route of a domain."""
    def ItemByDBID(self, DBID: int) -> _m.Route:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""

class Rule(Object):
    """What is done with messages that meet some criteria."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def AccountID(self) -> _m.Value[int]:
        """The number of the account whose rule it is; 0: the server's."""
    @property
    def Name(self) -> _m.Value[str]:
        """The name of the rule, up to 100 characters."""
    @property
    def Active(self) -> _m.Value[bool]:
        """Whether the rule is used."""
    @property
    def UseAND(self) -> _m.Value[bool]:
        """Whether all criteria must be met, or one of them."""
    @property
    def Criterias(self) -> _m.RuleCriterias:
        """What a message must be like."""
    @property
    def Actions(self) -> _m.RuleActions:
        """What is done with the message."""
    def Save(self) -> _m.Read[None]:
        """Stores the rule, with the criteria and actions that it was given before it was stored."""
    def MoveUp(self) -> _m.Read[None]:
        """Makes the rule change places with the one before it, at once."""
    def MoveDown(self) -> _m.Read[None]:
        """Makes the rule change places with the one behind it, at once."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class RuleAction(Object):
    """One thing that a rule does."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def RuleID(self) -> _m.Value[int]:
        """The number of the rule."""
    @property
    def Type(self) -> _m.Value[int]:
        """What is done; it tells which of the other properties count."""
    @property
    def Subject(self) -> _m.Value[str]:
        """The subject of a reply."""
    @property
    def Body(self) -> _m.Value[str]:
        """The text of a reply."""
    @property
    def FromName(self) -> _m.Value[str]:
        """The name of a reply's author."""
    @property
    def FromAddress(self) -> _m.Value[str]:
        """The address of a reply's author."""
    @property
    def Filename(self) -> _m.Value[str]:
        """The file that is used."""
    @property
    def To(self) -> _m.Value[str]:
        """Where the message is forwarded to."""
    @property
    def IMAPFolder(self) -> _m.Value[str]:
        """The path of the folder that the message is moved to."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def ScriptFunction(self) -> _m.Value[str]:
        """The function of the event script that is called."""
    def MoveUp(self) -> _m.Read[None]:
        """Makes the action change places with the one before it, at once."""
    def MoveDown(self) -> _m.Read[None]:
        """Makes the action change places with the one behind it, at once."""
    @property
    def HeaderName(self) -> _m.Value[str]:
        """The name of the header field that is set, up to 80 characters."""
    @property
    def Value(self) -> _m.Value[str]:
        """The value that the field gets, or the address that is bound to."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""
    @property
    def RouteID(self) -> _m.Value[int]:
        """The number of the route by which the message is sent."""

class RuleActions(Collection[_m.RuleAction]):
    """What a rule does, in its order."""
    def Item(self, Index: int) -> _m.RuleAction:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.RuleAction:
        """The item with a database id."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Add(self) -> _m.RuleAction:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Delete(self, DBID: int) -> _m.Read[None]:
        """Deletes the item at an index; does nothing where there is none."""

class RuleCriteria(Object):
    """One thing that a message must have."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def RuleID(self) -> _m.Value[int]:
        """The number of the rule."""
    @property
    def MatchValue(self) -> _m.Value[str]:
        """What the field is compared with."""
    @property
    def UsePredefined(self) -> _m.Value[bool]:
        """Whether PredefinedField says what is looked at, or HeaderField."""
    @property
    def PredefinedField(self) -> _m.Value[int]:
        """What of the message is looked at."""
    @property
    def MatchType(self) -> _m.Value[int]:
        """How it is compared."""
    @property
    def HeaderField(self) -> _m.Value[str]:
        """The name of the header field that is looked at, up to 80 characters."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class RuleCriterias(Collection[_m.RuleCriteria]):
    """What a message must be like for a rule."""
    def Item(self, Index: int) -> _m.RuleCriteria:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.RuleCriteria:
        """The item with a database id."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Add(self) -> _m.RuleCriteria:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Delete(self, DBID: int) -> _m.Read[None]:
        """Deletes the item at an index; does nothing where there is none."""

class Rules(Collection[_m.Rule]):
    """The rules of an account, or those of the server for all mail, in the order in which they are tried."""
    def Item(self, Index: int) -> _m.Rule:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.Rule:
        """The item with a database id."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def Add(self) -> _m.Rule:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""

class SSLCertificate(Object):
    """A certificate and its private key, as files on the server's machine."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> _m.Value[str]:
        """The name of the certificate, up to 255 characters."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def CertificateFile(self) -> _m.Value[str]:
        """The path of the certificate with its chain, in PEM."""
    @property
    def PrivateKeyFile(self) -> _m.Value[str]:
        """The path of its private key, in PEM."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class SSLCertificates(Collection[_m.SSLCertificate]):
    """The certificates that ports may use."""
    def Item(self, Index: int) -> _m.SSLCertificate:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.SSLCertificate:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.SSLCertificate:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Clear(self) -> _m.Read[None]:
        """Deletes all of them."""

class SURBLServer(Object):
    """A list of hosts in the DNS."""
    @property
    def Active(self) -> _m.Value[bool]:
        """Whether the list is asked."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def DNSHost(self) -> _m.Value[str]:
        """The DNS name of the list, such as multi.surbl.org."""
    @property
    def RejectMessage(self) -> _m.Value[str]:
        """What the sender of a message with such a link is told."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def Score(self) -> _m.Value[int]:
        """What a hit adds to a message's spam score."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class SURBLServers(Collection[_m.SURBLServer]):
    """The lists of hosts that are asked about the links of a message."""
    def Item(self, Index: int) -> _m.SURBLServer:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.SURBLServer:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.SURBLServer:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def ItemByDNSHost(self, sDNSHost: str) -> _m.SURBLServer:
        """The list at a DNS name."""

class Scripting(Object):
    """Whether event scripts run, in which language, and where they lie."""
    @property
    def Enabled(self) -> _m.Value[bool]:
        """Whether event scripts run."""
    @property
    def Language(self) -> _m.Value[str]:
        """The language of the event scripts: VBScript, JScript or Python; acts at the next Reload."""
    def Reload(self) -> _m.Read[None]:
        """Reads the event scripts again; where the file has errors they are logged, and the scripts that were loaded before go on."""
    def CheckSyntax(self) -> _m.Read[str]:
        """Checks the event scripts by running what stands outside of functions; gives the error, or an empty text."""
    @property
    def Directory(self) -> _m.Read[str]:
        """The folder of the event scripts."""
    @property
    def CurrentScriptFile(self) -> _m.Read[str]:
        """The file of the event scripts, by the language that is set."""

class SecurityRange(Object):
    """A range of IP addresses and what its clients may do."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def LowerIP(self) -> _m.Value[str]:
        """The first address of the range, IPv4 or IPv6; what is no address is passed by."""
    @property
    def UpperIP(self) -> _m.Value[str]:
        """The last address of the range, of the same version as the first."""
    @property
    def AllowSMTPConnections(self) -> _m.Value[bool]:
        """Whether its clients may connect by SMTP."""
    @property
    def AllowPOP3Connections(self) -> _m.Value[bool]:
        """Whether its clients may connect by POP3."""
    @property
    def Priority(self) -> _m.Value[int]:
        """Of the ranges that hold a client the one with the highest number decides."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def AllowIMAPConnections(self) -> _m.Value[bool]:
        """Whether its clients may connect by IMAP."""
    @property
    def Name(self) -> _m.Value[str]:
        """The name of the range, up to 100 characters; no two have the same."""
    @property
    def RequireAuthForDeliveryToLocal(self) -> _m.Value[bool]:
        """No longer of any use: it is taken and ignored."""
    @property
    def RequireAuthForDeliveryToRemote(self) -> _m.Value[bool]:
        """No longer of any use: it is taken and ignored, too."""
    @property
    def AllowDeliveryFromLocalToLocal(self) -> _m.Value[bool]:
        """Whether mail from domains of this server to its own domains is taken."""
    @property
    def AllowDeliveryFromLocalToRemote(self) -> _m.Value[bool]:
        """Whether mail from domains of this server to others is taken."""
    @property
    def AllowDeliveryFromRemoteToLocal(self) -> _m.Value[bool]:
        """Whether mail from other domains to those of this server is taken."""
    @property
    def AllowDeliveryFromRemoteToRemote(self) -> _m.Value[bool]:
        """Whether mail from other domains to other domains is taken."""
    @property
    def EnableSpamProtection(self) -> _m.Value[bool]:
        """Whether mail from its clients is tested for spam."""
    @property
    def IsForwardingRelay(self) -> _m.Value[bool]:
        """No longer of any use, see IncomingRelays: it is taken and ignored."""
    @property
    def EnableAntiVirus(self) -> _m.Value[bool]:
        """Whether mail from its clients is scanned for viruses."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""
    @property
    def Expires(self) -> _m.Value[bool]:
        """Whether the range ends at ExpiresTime."""
    @property
    def ExpiresTime(self) -> _m.Value[_Date | None]:
        """When the range ends, in the server's local time; Empty when no time is set."""
    @property
    def RequireSMTPAuthLocalToLocal(self) -> _m.Value[bool]:
        """Whether mail between domains of this server needs a login."""
    @property
    def RequireSMTPAuthLocalToExternal(self) -> _m.Value[bool]:
        """Whether mail from domains of this server to others needs a login."""
    @property
    def RequireSMTPAuthExternalToLocal(self) -> _m.Value[bool]:
        """Whether mail from other domains to those here needs a login."""
    @property
    def RequireSMTPAuthExternalToExternal(self) -> _m.Value[bool]:
        """Whether mail from other domains to other domains needs a login."""
    @property
    def RequireSSLTLSForAuth(self) -> _m.Value[bool]:
        """Whether its clients may log in only over an encrypted connection."""

class SecurityRanges(Collection[_m.SecurityRange]):
    """The IP ranges: of those that hold a client the one with the highest priority decides what it may do.  They count while the setting
    `ip_ranges` is on, as it is in hMailServer's mode; a client that is in none is refused.
    """
    def Item(self, Index: int) -> _m.SecurityRange:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.SecurityRange:
        """The item with a database id."""
    def Delete(self, Index: int) -> _m.Read[None]:
        """Deletes the item at an index; does nothing where there is none."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Add(self) -> _m.SecurityRange:
        """Makes a new item; it is in the collection and the database once it is saved."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByName(self, sName: str) -> _m.SecurityRange:
        """The range of a name."""
    def SetDefault(self) -> _m.Read[None]:
        """Replaces all ranges by the two of a new server, Internet and My computer."""

class ServerMessage(Object):
    """A text of the server."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> _m.Value[str]:
        """The name under which the server knows the text."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def Text(self) -> _m.Value[str]:
        """The text; words such as %MACRO_SUBJECT% are filled in."""

class ServerMessages(Collection[_m.ServerMessage]):
    """The texts of the server: there are always the same ones."""
    def Item(self, Index: int) -> _m.ServerMessage:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.ServerMessage:
        """The item with a database id."""
    def ItemByName(self, sName: str) -> _m.ServerMessage:
        """The text of a name."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""

class Settings(Object):
    """The settings of the whole server; each is applied and stored at once when it is set."""
    @property
    def MaxSMTPConnections(self) -> _m.Value[int]:
        """SMTP connections at one time; 0 is no limit."""
    @property
    def MaxPOP3Connections(self) -> _m.Value[int]:
        """POP3 connections at one time; 0 is no limit."""
    @property
    def MirrorEMailAddress(self) -> _m.Value[str]:
        """Who gets a copy of every message; empty: nobody."""
    @property
    def AllowSMTPAuthPlain(self) -> _m.Value[bool]:
        """Whether SMTP offers AUTH PLAIN."""
    @property
    def DenyMailFromNull(self) -> _m.Value[bool]:
        """Whether mail with an empty envelope sender, as reports have, is refused."""
    @property
    def Logging(self) -> _m.Logging:
        """What is logged, and the live log."""
    @property
    def SecurityRanges(self) -> _m.SecurityRanges:
        """The ranges of client addresses with what each may do."""
    @property
    def SMTPNoOfTries(self) -> _m.Value[int]:
        """Tries after the first one before a message is returned; 0: return_after decides."""
    @property
    def SMTPMinutesBetweenTry(self) -> _m.Value[int]:
        """The minutes between further tries, up to a tenth more by chance."""
    @property
    def SMTPRelayer(self) -> _m.Value[str]:
        """The host that takes all mail for other servers; empty: the DNS decides. `a|b` are two."""
    @property
    def WelcomeSMTP(self) -> _m.Value[str]:
        """What SMTP greets with, before ESMTP; empty: the server's name."""
    @property
    def WelcomePOP3(self) -> _m.Value[str]:
        """What POP3 greets with; empty: the server's name."""
    @property
    def WelcomeIMAP(self) -> _m.Value[str]:
        """What IMAP greets with; empty: the server's name."""
    @property
    def ServiceSMTP(self) -> _m.Value[bool]:
        """Whether ports of SMTP are opened; acts at the next start or `postroom resume`."""
    @property
    def ServicePOP3(self) -> _m.Value[bool]:
        """Whether ports of POP3 are opened; acts at the next start or `postroom resume`."""
    @property
    def ServiceIMAP(self) -> _m.Value[bool]:
        """Whether ports of IMAP are opened; acts at the next start or `postroom resume`."""
    @property
    def MaxDeliveryThreads(self) -> _m.Value[int]:
        """Messages on their way to other servers at one time, over all destinations."""
    @property
    def AntiVirus(self) -> _m.AntiVirus:
        """The virus scanners."""
    @property
    def Routes(self) -> _m.Routes:
        """Where mail for other domains goes instead of where the DNS says."""
    @property
    def HostName(self) -> _m.Value[str]:
        """The server's name in greetings and Received fields; empty: the machine's own."""
    @property
    def SMTPRelayerRequiresAuthentication(self) -> _m.Value[bool]:
        """Whether this server logs in at smtp_relayer."""
    @property
    def SMTPRelayerUsername(self) -> _m.Value[str]:
        """The user name at smtp_relayer."""
    def SetSMTPRelayerPassword(self, newVal: str) -> _m.Read[None]:
        """Sets the password for the relay; nobody can read it again."""
    @property
    def SMTPRelayerPort(self) -> _m.Value[int]:
        """The port of smtp_relayer; 0 is 25."""
    @property
    def UserInterfaceLanguage(self) -> _m.Value[str]:
        """The language that administration programs shall show."""
    @property
    def Scripting(self) -> _m.Scripting:
        """The event scripts."""
    @property
    def MaxMessageSize(self) -> _m.Value[int]:
        """The largest message that is accepted, in kilobytes; 0 is no limit."""
    @property
    def Cache(self) -> _m.Cache:
        """The caches."""
    @property
    def RuleLoopLimit(self) -> _m.Value[int]:
        """How often rules may pass a message on."""
    @property
    def Backup(self) -> _m.BackupSettings:
        """What a backup holds and where it is made."""
    @property
    def DefaultDomain(self) -> _m.Value[str]:
        """The domain of login names without one."""
    @property
    def SMTPDeliveryBindToIP(self) -> _m.Value[str]:
        """The address of this machine that mail leaves from; empty: any."""
    @property
    def MaxIMAPConnections(self) -> _m.Value[int]:
        """IMAP connections at one time; 0 is no limit."""
    @property
    def IMAPSortEnabled(self) -> _m.Value[bool]:
        """Whether IMAP offers SORT."""
    @property
    def IMAPQuotaEnabled(self) -> _m.Value[bool]:
        """Whether IMAP offers QUOTA."""
    @property
    def IMAPIdleEnabled(self) -> _m.Value[bool]:
        """Whether IMAP offers IDLE."""
    @property
    def WorkerThreadPriority(self) -> _m.Value[int]:
        """The priority of threads; here it is the operating system's."""
    @property
    def TCPIPThreads(self) -> _m.Value[int]:
        """Threads for connections; this server has one loop a process instead."""
    @property
    def AllowIncorrectLineEndings(self) -> _m.Value[bool]:
        """Whether SMTP takes a bare LF for a line end, by which mail can be smuggled in."""
    @property
    def MaxSMTPRecipientsInBatch(self) -> _m.Value[int]:
        """Recipients of one message that one try to send takes, up to 100; 0: 100."""
    @property
    def AntiSpam(self) -> _m.AntiSpam:
        """The spam tests."""
    @property
    def DisconnectInvalidClients(self) -> _m.Value[bool]:
        """Whether sessions are ended after max_number_of_invalid_commands."""
    @property
    def MaxNumberOfInvalidCommands(self) -> _m.Value[int]:
        """Commands refused after which a session is ended."""
    @property
    def ServerMessages(self) -> _m.ServerMessages:
        """The texts of mail that the server writes itself."""
    @property
    def TCPIPPorts(self) -> _m.TCPIPPorts:
        """The ports that the server listens on."""
    @property
    def SMTPRelayerUseSSL(self) -> _m.Value[bool]:
        """Whether mail to the relay is encrypted from the first octet; the older form of SMTPRelayerConnectionSecurity."""
    @property
    def SSLCertificates(self) -> _m.SSLCertificates:
        """The certificates that ports may show."""
    @property
    def AddDeliveredToHeader(self) -> _m.Value[bool]:
        """Whether a message in a mailbox begins with Delivered-To, the address that it was sent to."""
    @property
    def IMAPPublicFolderName(self) -> _m.Value[str]:
        """The folder under which IMAP shows public folders."""
    @property
    def IMAPACLEnabled(self) -> _m.Value[bool]:
        """Whether IMAP offers ACL."""
    def SetAdministratorPassword(self, newVal: str) -> _m.Read[None]:
        """Sets the password of Administrator; an empty one takes it away, and then every program on this machine is the administrator."""
    @property
    def Directories(self) -> _m.Directories:
        """The folders of the server."""
    @property
    def PublicFolders(self) -> _m.IMAPFolders:
        """The folders that belong to nobody alone."""
    @property
    def PublicFolderDiskName(self) -> _m.Read[str]:
        """The folder on disk in which files of public messages are made."""
    @property
    def Groups(self) -> _m.Groups:
        """The groups of accounts, for permissions on folders."""
    @property
    def IncomingRelays(self) -> _m.IncomingRelays:
        """The servers of one's own that bring mail of others."""
    @property
    def AutoBanOnLogonFailure(self) -> _m.Value[bool]:
        """Whether addresses are banned for a time after failed logins."""
    @property
    def MaxInvalidLogonAttempts(self) -> _m.Value[int]:
        """Failed logins of an address that get it banned."""
    @property
    def MaxInvalidLogonAttemptsWithin(self) -> _m.Value[int]:
        """The minutes for which a failed login counts."""
    @property
    def AutoBanMinutes(self) -> _m.Value[int]:
        """The minutes that a ban lasts."""
    def ClearLogonFailureList(self) -> _m.Read[None]:
        """Forgets the failed logins that were counted; bans in force stay."""
    @property
    def IMAPHierarchyDelimiter(self) -> _m.Value[str]:
        """The character between the levels of IMAP folder names; no folder's name may hold it."""
    @property
    def MaxAsynchronousThreads(self) -> _m.Value[int]:
        """Threads for background work; this server takes as many as it needs."""
    @property
    def MessageIndexing(self) -> _m.MessageIndexing:
        """The index of the messages' text."""
    @property
    def MaxNumberOfMXHosts(self) -> _m.Value[int]:
        """Mail exchangers of a domain that are looked at, the best first; 0: 20."""
    @property
    def SMTPRelayerConnectionSecurity(self) -> _m.Value[int]:
        """How mail to smtp_relayer is encrypted."""
    @property
    def SMTPConnectionSecurity(self) -> _m.Value[int]:
        """How mail to other servers is encrypted."""
    @property
    def VerifyRemoteSslCertificate(self) -> _m.Value[bool]:
        """Whether smtp_relayer must show a certificate that is valid for its name."""
    @property
    def SslCipherList(self) -> _m.Value[str]:
        """The ciphers of TLS 1.2, as OpenSSL writes them; empty: the usual ones. It acts at the next start or reload."""
    @property
    def TlsVersion10Enabled(self) -> _m.Value[bool]:
        """Whether clients may use TLS 1.0, which is broken."""
    @property
    def TlsVersion11Enabled(self) -> _m.Value[bool]:
        """Whether clients may use TLS 1.1, which is broken."""
    @property
    def TlsVersion12Enabled(self) -> _m.Value[bool]:
        """Whether clients may use TLS 1.2; acts after a restart."""
    @property
    def CrashSimulationMode(self) -> _m.Value[int]:
        """A crash for tests of hMailServer; this server has other ones."""
    @property
    def IMAPMasterUser(self) -> _m.Value[str]:
        """The account that may open every mailbox; empty: none."""
    @property
    def IMAPAuthAllowPlainText(self) -> _m.Value[bool]:
        """Whether passwords may come without TLS from everywhere, for all protocols; otherwise from this machine alone."""
    @property
    def IMAPSASLPlainEnabled(self) -> _m.Value[bool]:
        """Whether IMAP offers AUTH=PLAIN."""
    @property
    def IMAPSASLInitialResponseEnabled(self) -> _m.Value[bool]:
        """Whether IMAP offers SASL-IR."""
    @property
    def TlsVersion13Enabled(self) -> _m.Value[bool]:
        """Whether clients may use TLS 1.3."""
    @property
    def IPv6PreferredEnabled(self) -> _m.Value[bool]:
        """Whether IPv6 is tried before IPv4."""

class Status(Object):
    """What the server does at the moment, and has done since it started; all of its processes together."""
    @property
    def UndeliveredMessages(self) -> _m.Read[str]:
        """A line for each message in the queue: id, created, from, to, next try, file, locked, tries; parted by tabs, ended by CRLF."""
    @property
    def StartTime(self) -> _m.Read[str]:
        """When the server started, in local time, such as 2026-11-21 09:30:00."""
    @property
    def ProcessedMessages(self) -> _m.Read[int]:
        """Messages taken in since the server started."""
    @property
    def RemovedViruses(self) -> _m.Read[int]:
        """Messages found to hold a virus since the server started."""
    @property
    def RemovedSpamMessages(self) -> _m.Read[int]:
        """Messages found to be spam since the server started."""
    def SessionCount(self, iType: int) -> _m.Read[int]:
        """How many sessions of a kind are open: 1 SMTP, 3 POP3, 5 IMAP; 0 for all others."""
    @property
    def ThreadID(self) -> _m.Read[int]:
        """The number of the thread that answers."""

class TCPIPPort(Object):
    """A port on which the server listens."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def Protocol(self) -> _m.Value[int]:
        """The protocol: 1 SMTP, 3 POP3, 5 IMAP."""
    @property
    def PortNumber(self) -> _m.Value[int]:
        """The number of the port, 1 to 65535."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    @property
    def Address(self) -> _m.Value[str]:
        """The IP address of this machine on which is listened; 0.0.0.0 is all of IPv4, :: all of IPv6."""
    @property
    def UseSSL(self) -> _m.Value[bool]:
        """The older way to say ConnectionSecurity: true for encryption from the first octet, false for none."""
    @property
    def SSLCertificateID(self) -> _m.Value[int]:
        """The number of the certificate for encryption."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""
    @property
    def ConnectionSecurity(self) -> _m.Value[int]:
        """How connections are encrypted: 0 not, 1 from the first octet, 2 by STARTTLS where it is offered, 3 by STARTTLS only."""

class TCPIPPorts(Collection[_m.TCPIPPort]):
    """The ports on which the server listens for mail; a changed one opens at the next start."""
    def Item(self, Index: int) -> _m.TCPIPPort:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.TCPIPPort:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.TCPIPPort:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def SetDefault(self) -> _m.Read[None]:
        """Replaces all ports by those of a new server: SMTP 25 and 587, POP3 110, IMAP 143, without encryption."""

class Utilities(Object):
    """Small functions that scripts need; most work without any login."""
    def GetMailServer(self, EMailAddress: str) -> _m.Read[str]:
        """The IP addresses of the servers that take an address's mail, the best first, parted by commas."""
    def IsValidEmailAddress(self, EMailAddress: str) -> _m.Read[bool]:
        """Tells whether a text can be an e-mail address."""
    def IsValidDomainName(self, sDomainName: str) -> _m.Read[bool]:
        """Tells whether a text can be a domain."""
    def MD5(self, Input: str) -> _m.Read[str]:
        """The MD5 of a text in 32 hex digits; for old data only, it protects nothing."""
    def BlowfishEncrypt(self, Input: str) -> _m.Read[str]:
        """Encrypts a text with Blowfish under hMailServer's key, which is public: hidden from a glance, not protected."""
    def BlowfishDecrypt(self, Input: str) -> _m.Read[str]:
        """Decrypts what BlowfishEncrypt gave."""
    def MakeDependent(self, OtherService: str) -> _m.Read[None]:
        """Makes the Windows service depend on another; this server is no Windows service, so it refuses."""
    def ImportMessageFromFile(self, sFilename: str, iAccountID: int) -> _m.Read[bool]:
        """Takes a file of the data directory into an account's INBOX, or with account 0 into the queue; false when it can't."""
    def EmailAllAccounts(self, sRecipientWildcard: str, sFromAddress: str, sFromName: str, sSubject: str, sBody: str) -> _m.Read[bool]:
        """Sends one message to all active accounts whose address matches a wildcard; false when there are none."""
    def GenerateGUID(self) -> _m.Read[str]:
        """A new GUID, such as {0F8FAD5B-D9CB-469F-A165-70867728950E}."""
    def RunTestSuite(self, sTestPassword: str) -> _m.Read[None]:
        """Does nothing without the right phrase; the tests are not part of an installed server."""
    def IsLocalHost(self, sHostname: str) -> _m.Read[bool]:
        """Tells whether a host's name or address is of this machine."""
    def ImportMessageFromFileToIMAPFolder(self, sFilename: str, iAccountID: int, sIMAPFolder: str) -> _m.Read[bool]:
        """Takes a file of the data directory into a folder of an account, which is made when it is missing."""
    def IsStrongPassword(self, Username: str, Password: str) -> _m.Read[bool]:
        """Tells whether a password is not part of the user's name, not short and not one of the usual ones."""
    def SHA256(self, Input: str) -> _m.Read[str]:
        """The SHA-256 of a text with a new salt of 6 hex digits before it, 70 characters in all."""
    def CriteriaMatch(self, MatchValue: str, arg2: int, TestValue: str) -> _m.Read[bool]:
        """Tells whether a value fits, by a match type of rules; MatchValue is what is looked for, TestValue where."""
    def RetrieveMessageID(self, sFilename: str) -> _m.Read[int]:
        """The number of the message that a file is of, 0 when it is of none."""
    def IsValidIPAddress(self, IPAddress: str) -> _m.Read[bool]:
        """Tells whether a text is an IP address, IPv4 or IPv6."""
    def PerformMaintenance(self, operation: int) -> _m.Read[None]:
        """Maintains the server: 1 puts each folder's next UID above those of its messages."""

class WhiteListAddress(Object):
    """A range of addresses, and senders, whose mail skips all spam tests."""
    @property
    def ID(self) -> _m.Read[int]:
        """Its number; 0 until it is saved."""
    @property
    def LowerIPAddress(self) -> _m.Value[str]:
        """The first address of the range; what is no address is passed by."""
    @property
    def UpperIPAddress(self) -> _m.Value[str]:
        """The last address of the range."""
    @property
    def EmailAddress(self) -> _m.Value[str]:
        """The envelope senders meant, with wildcards; empty or `*` for all."""
    @property
    def Description(self) -> _m.Value[str]:
        """What it is for, up to 255 characters."""
    def Save(self) -> _m.Read[None]:
        """Stores it, or what was changed of it."""
    def Delete(self) -> _m.Read[None]:
        """Deletes it, also from the collection that it came from."""

class WhiteListAddresses(Collection[_m.WhiteListAddress]):
    """Who is not tested for spam, by IP address and envelope sender."""
    def Item(self, Index: int) -> _m.WhiteListAddress:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> _m.Read[int]:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> _m.Read[None]:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.WhiteListAddress:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.WhiteListAddress:
        """The item with a database id."""
    def Refresh(self) -> _m.Read[None]:
        """Reads the items again."""
    def Clear(self) -> _m.Read[None]:
        """Deletes all of them."""
