"""The types of the server's objects.

Made by `make clients` of the model's description: change that instead.
"""

from collections.abc import Iterator
from datetime import datetime as _Date
from types import TracebackType as _TracebackType
from typing import Any, Generic, Self, TypeVar

from postroom.client import model as _m

_Index = TypeVar("_Index", contravariant=True)
_Value = TypeVar("_Value")
_Item = TypeVar("_Item", covariant=True)

class Indexed(Generic[_Index, _Value]):
    """A property with an index."""

    def __call__(self, index: _Index, /) -> _Value: ...
    def __getitem__(self, index: _Index) -> _Value: ...
    def __setitem__(self, index: _Index, value: _Value) -> None: ...
    def set(self, index: _Index, value: _Value, /) -> None: ...

class Object:
    """An object of the server."""

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: _TracebackType | None) -> None: ...

class Collection(Object, Generic[_Item]):
    """An object with items."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[_Item]: ...
    def __getitem__(self, index: int) -> _Item: ...
    def __call__(self, index: int, /) -> _Item: ...

class Account(Object):
    """A mailbox with its owner's login."""
    @property
    def Active(self) -> bool:
        """Whether it takes mail and its owner may log in."""
    @Active.setter
    def Active(self, value: bool) -> None: ...
    @property
    def ADDomain(self) -> str:
        """The Windows domain that checks its password."""
    @ADDomain.setter
    def ADDomain(self, value: str) -> None: ...
    @property
    def Address(self) -> str:
        """The address; changing it renames the mailbox."""
    @Address.setter
    def Address(self, value: str) -> None: ...
    @property
    def DomainID(self) -> int:
        """The number of its domain; writing it is ignored."""
    @DomainID.setter
    def DomainID(self, value: int) -> None: ...
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def IsAD(self) -> bool:
        """Whether a Windows domain checks its password."""
    @IsAD.setter
    def IsAD(self, value: bool) -> None: ...
    @property
    def Password(self) -> str:
        """The stored hash of the password (argon2id); writing it sets another password, empty lets nobody log in."""
    @Password.setter
    def Password(self, value: str) -> None: ...
    @property
    def Size(self) -> float:
        """What its mail weighs, in megabytes with three decimals."""
    def Save(self) -> None:
        """Stores the account."""
    @property
    def ADUsername(self) -> str:
        """Its name in the Windows domain."""
    @ADUsername.setter
    def ADUsername(self, value: str) -> None: ...
    def DeleteMessages(self) -> None:
        """Deletes all messages and folders of the account; an empty INBOX stays."""
    @property
    def Messages(self) -> _m.Messages:
        """All messages of the account, in all folders."""
    @property
    def MaxSize(self) -> int:
        """What its mail may weigh, in megabytes; 0 is no limit of its own."""
    @MaxSize.setter
    def MaxSize(self, value: int) -> None: ...
    @property
    def VacationMessageIsOn(self) -> bool:
        """Whether the automatic reply is on; it turns itself off when its last day has passed."""
    @VacationMessageIsOn.setter
    def VacationMessageIsOn(self, value: bool) -> None: ...
    @property
    def VacationMessage(self) -> str:
        """The text of the automatic reply, up to 1000 characters."""
    @VacationMessage.setter
    def VacationMessage(self, value: str) -> None: ...
    @property
    def VacationSubject(self) -> str:
        """The subject of the automatic reply, up to 200 characters."""
    @VacationSubject.setter
    def VacationSubject(self, value: str) -> None: ...
    @property
    def FetchAccounts(self) -> _m.FetchAccounts:
        """The mailboxes elsewhere whose mail is fetched into this account."""
    @property
    def AdminLevel(self) -> int:
        """How far its owner may administer: 0 not, 1 the domain, 2 the server."""
    @AdminLevel.setter
    def AdminLevel(self, value: int) -> None: ...
    @property
    def Rules(self) -> _m.Rules:
        """The rules for mail that comes to the account."""
    def ValidatePassword(self, Password: str) -> bool:
        """Tells whether a password is right."""
    def UnlockMailbox(self) -> None:
        """Ends the POP3 session that holds the account's mailbox, if there is one, so that another may have it."""
    @property
    def IMAPFolders(self) -> _m.IMAPFolders:
        """The folders of the account."""
    @property
    def QuotaUsed(self) -> int:
        """What part of its limit its mail takes, in percent; 0 without limit."""
    @property
    def ForwardEnabled(self) -> bool:
        """Whether its mail is forwarded."""
    @ForwardEnabled.setter
    def ForwardEnabled(self, value: bool) -> None: ...
    @property
    def ForwardAddress(self) -> str:
        """Where its mail is forwarded to."""
    @ForwardAddress.setter
    def ForwardAddress(self, value: str) -> None: ...
    @property
    def ForwardKeepOriginal(self) -> bool:
        """Whether forwarded mail stays in the account, too."""
    @ForwardKeepOriginal.setter
    def ForwardKeepOriginal(self, value: bool) -> None: ...
    @property
    def SignatureEnabled(self) -> bool:
        """Whether a signature is added to mail that its owner sends."""
    @SignatureEnabled.setter
    def SignatureEnabled(self, value: bool) -> None: ...
    @property
    def SignaturePlainText(self) -> str:
        """The signature for mail in plain text."""
    @SignaturePlainText.setter
    def SignaturePlainText(self, value: str) -> None: ...
    @property
    def SignatureHTML(self) -> str:
        """The signature for mail in HTML."""
    @SignatureHTML.setter
    def SignatureHTML(self, value: str) -> None: ...
    @property
    def LastLogonTime(self) -> _Date | None:
        """When its owner last logged in, in the server's local time; Empty for never."""
    @property
    def VacationMessageExpires(self) -> bool:
        """Whether the automatic reply ends on a day."""
    @VacationMessageExpires.setter
    def VacationMessageExpires(self, value: bool) -> None: ...
    @property
    def VacationMessageExpiresDate(self) -> str:
        """The day on which the automatic reply ends, as YYYY-MM-DD."""
    @VacationMessageExpiresDate.setter
    def VacationMessageExpiresDate(self, value: str) -> None: ...
    @property
    def PersonFirstName(self) -> str:
        """The first name of its owner, up to 60 characters."""
    @PersonFirstName.setter
    def PersonFirstName(self, value: str) -> None: ...
    @property
    def PersonLastName(self) -> str:
        """The last name of its owner, up to 60 characters."""
    @PersonLastName.setter
    def PersonLastName(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Deletes the account with all its mail."""

class Accounts(Collection[_m.Account]):
    """The accounts of a domain: all of them for an administrator, the own one for a user (3.9)."""
    def Item(self, Index: int) -> _m.Account:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def Add(self) -> _m.Account:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def Delete(self, Index: int) -> None:
        """Deletes the item at an index."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def ItemByDBID(self, DBID: int) -> _m.Account:
        """The item with a database id."""
    def ItemByAddress(self, Address: str) -> _m.Account:
        """The account at an address."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""

class Alias(Object):
    """An address that stands for another one, or for several."""
    @property
    def Active(self) -> bool:
        """Whether mail to it is taken."""
    @Active.setter
    def Active(self, value: bool) -> None: ...
    @property
    def DomainID(self) -> int:
        """The number of its domain; writing it is ignored."""
    @DomainID.setter
    def DomainID(self, value: int) -> None: ...
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> str:
        """The address of the alias."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    @property
    def Value(self) -> str:
        """Where its mail goes: an address here or anywhere, or several parted by commas."""
    @Value.setter
    def Value(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""
    def Save(self) -> None:
        """Stores it, or what was changed of it."""

class Aliases(Collection[_m.Alias]):
    """The aliases of a domain."""
    def Item(self, Index: int) -> _m.Alias:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def Delete(self, Index: int) -> None:
        """Deletes the item at an index."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Add(self) -> _m.Alias:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.Alias:
        """The item with a database id."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def ItemByName(self, Name: str) -> _m.Alias:
        """The alias at an address."""

class AntiSpam(Object):
    """The spam tests, what each counts, and what becomes of mail that counts too much."""
    @property
    def GreyListingEnabled(self) -> bool:
        """Whether mail of unknown senders is put off once (greylisting)."""
    @GreyListingEnabled.setter
    def GreyListingEnabled(self, value: bool) -> None: ...
    @property
    def GreyListingInitialDelay(self) -> int:
        """The minutes that unknown mail is put off."""
    @GreyListingInitialDelay.setter
    def GreyListingInitialDelay(self, value: int) -> None: ...
    @property
    def GreyListingInitialDelete(self) -> int:
        """The hours after which a sender that did not come back is forgotten."""
    @GreyListingInitialDelete.setter
    def GreyListingInitialDelete(self, value: int) -> None: ...
    @property
    def GreyListingFinalDelete(self) -> int:
        """The hours for which a sender that came back is known."""
    @GreyListingFinalDelete.setter
    def GreyListingFinalDelete(self, value: int) -> None: ...
    @property
    def SURBLServers(self) -> _m.SURBLServers:
        """The lists of host names that spam links to."""
    @property
    def CheckHostInHelo(self) -> bool:
        """Whether the name in HELO must lead to the client's address."""
    @CheckHostInHelo.setter
    def CheckHostInHelo(self, value: bool) -> None: ...
    @property
    def AddHeaderSpam(self) -> bool:
        """Whether marked mail gets the field X-hMailServer-Spam."""
    @AddHeaderSpam.setter
    def AddHeaderSpam(self, value: bool) -> None: ...
    @property
    def AddHeaderReason(self) -> bool:
        """Whether marked mail gets a field for each test that counted."""
    @AddHeaderReason.setter
    def AddHeaderReason(self, value: bool) -> None: ...
    @property
    def PrependSubject(self) -> bool:
        """Whether the subject of marked mail begins with a text."""
    @PrependSubject.setter
    def PrependSubject(self, value: bool) -> None: ...
    @property
    def PrependSubjectText(self) -> str:
        """The text that the subject of marked mail begins with."""
    @PrependSubjectText.setter
    def PrependSubjectText(self, value: str) -> None: ...
    @property
    def GreyListingWhiteAddresses(self) -> _m.GreyListingWhiteAddresses:
        """The client addresses whose mail is never put off."""
    @property
    def WhiteListAddresses(self) -> _m.WhiteListAddresses:
        """The client addresses and senders whose mail is not tested."""
    @property
    def CheckHostInHeloScore(self) -> int:
        """What a name in HELO that leads elsewhere counts."""
    @CheckHostInHeloScore.setter
    def CheckHostInHeloScore(self, value: int) -> None: ...
    @property
    def SpamMarkThreshold(self) -> int:
        """The score from which mail is marked as spam; 0: none is."""
    @SpamMarkThreshold.setter
    def SpamMarkThreshold(self, value: int) -> None: ...
    @property
    def SpamDeleteThreshold(self) -> int:
        """The score from which mail is refused as spam; 0: none is."""
    @SpamDeleteThreshold.setter
    def SpamDeleteThreshold(self, value: int) -> None: ...
    @property
    def UseSPF(self) -> bool:
        """Whether the sender's domain is asked who may send for it (SPF)."""
    @UseSPF.setter
    def UseSPF(self, value: bool) -> None: ...
    @property
    def UseMXChecks(self) -> bool:
        """Whether the sender's domain must have a mail exchanger."""
    @UseMXChecks.setter
    def UseMXChecks(self, value: bool) -> None: ...
    @property
    def UseSPFScore(self) -> int:
        """What a failed SPF test counts."""
    @UseSPFScore.setter
    def UseSPFScore(self, value: int) -> None: ...
    @property
    def UseMXChecksScore(self) -> int:
        """What a sender's domain without a mail exchanger counts."""
    @UseMXChecksScore.setter
    def UseMXChecksScore(self, value: int) -> None: ...
    @property
    def DNSBlackLists(self) -> _m.DNSBlackLists:
        """The lists of client addresses that send spam."""
    @property
    def TarpitDelay(self) -> int:
        """Accepted and ignored; reads 0."""
    @TarpitDelay.setter
    def TarpitDelay(self, value: int) -> None: ...
    @property
    def TarpitCount(self) -> int:
        """Accepted and ignored; reads 0."""
    @TarpitCount.setter
    def TarpitCount(self, value: int) -> None: ...
    @property
    def SpamAssassinEnabled(self) -> bool:
        """Whether SpamAssassin is asked."""
    @SpamAssassinEnabled.setter
    def SpamAssassinEnabled(self, value: bool) -> None: ...
    @property
    def SpamAssassinScore(self) -> int:
        """What counts when SpamAssassin says that it is spam."""
    @SpamAssassinScore.setter
    def SpamAssassinScore(self, value: int) -> None: ...
    @property
    def SpamAssassinMergeScore(self) -> bool:
        """Whether SpamAssassin's own score counts instead."""
    @SpamAssassinMergeScore.setter
    def SpamAssassinMergeScore(self, value: bool) -> None: ...
    @property
    def SpamAssassinHost(self) -> str:
        """Where SpamAssassin listens: a name or an address."""
    @SpamAssassinHost.setter
    def SpamAssassinHost(self, value: str) -> None: ...
    @property
    def SpamAssassinPort(self) -> int:
        """The port of SpamAssassin."""
    @SpamAssassinPort.setter
    def SpamAssassinPort(self, value: int) -> None: ...
    def ClearGreyListingTriplets(self) -> None:
        """Forgets all senders that greylisting has met."""
    @property
    def MaximumMessageSize(self) -> int:
        """The size above which content is not tested, in kilobytes; 0: all is."""
    @MaximumMessageSize.setter
    def MaximumMessageSize(self, value: int) -> None: ...
    def DKIMVerify(self, File: str) -> int:
        """Verifies the signature (DKIM) of a message file in the data folder."""
    @property
    def DKIMVerificationEnabled(self) -> bool:
        """Whether signatures (DKIM) are verified."""
    @DKIMVerificationEnabled.setter
    def DKIMVerificationEnabled(self, value: bool) -> None: ...
    @property
    def DKIMVerificationFailureScore(self) -> int:
        """What a wrong signature counts."""
    @DKIMVerificationFailureScore.setter
    def DKIMVerificationFailureScore(self, value: int) -> None: ...
    @property
    def BypassGreylistingOnSPFSuccess(self) -> bool:
        """Whether mail that passes SPF is never put off."""
    @BypassGreylistingOnSPFSuccess.setter
    def BypassGreylistingOnSPFSuccess(self, value: bool) -> None: ...
    @property
    def BypassGreylistingOnMailFromMX(self) -> bool:
        """Whether mail that comes from the sender's own mail exchanger is never put off."""
    @BypassGreylistingOnMailFromMX.setter
    def BypassGreylistingOnMailFromMX(self, value: bool) -> None: ...
    def TestSpamAssassinConnection(self, Hostname: str, Port: int) -> tuple[bool, str]:
        """Tells whether SpamAssassin answers at a host and port, and what it said."""
    @property
    def CheckPTR(self) -> bool:
        """Whether the client's address must have a name that leads back to it."""
    @CheckPTR.setter
    def CheckPTR(self, value: bool) -> None: ...
    @property
    def CheckPTRScore(self) -> int:
        """What an address without such a name counts."""
    @CheckPTRScore.setter
    def CheckPTRScore(self, value: int) -> None: ...

class AntiVirus(Object):
    """The virus scanners, and what becomes of a find."""
    @property
    def ClamWinEnabled(self) -> bool:
        """Whether ClamWin scans mail."""
    @ClamWinEnabled.setter
    def ClamWinEnabled(self, value: bool) -> None: ...
    @property
    def ClamWinExecutable(self) -> str:
        """ClamWin's program."""
    @ClamWinExecutable.setter
    def ClamWinExecutable(self, value: str) -> None: ...
    @property
    def ClamWinDBFolder(self) -> str:
        """The folder of ClamWin's database."""
    @ClamWinDBFolder.setter
    def ClamWinDBFolder(self, value: str) -> None: ...
    @property
    def Action(self) -> int:
        """What becomes of mail with a virus."""
    @Action.setter
    def Action(self, value: int) -> None: ...
    @property
    def NotifyReceiver(self) -> bool:
        """Whether those whom a virus was sent to are told."""
    @NotifyReceiver.setter
    def NotifyReceiver(self, value: bool) -> None: ...
    @property
    def NotifySender(self) -> bool:
        """Whether the sender of a virus is told."""
    @NotifySender.setter
    def NotifySender(self, value: bool) -> None: ...
    @property
    def CustomScannerEnabled(self) -> bool:
        """Whether a program of your own scans mail."""
    @CustomScannerEnabled.setter
    def CustomScannerEnabled(self, value: bool) -> None: ...
    @property
    def CustomScannerExecutable(self) -> str:
        """The program, with %FILE% for the file to scan."""
    @CustomScannerExecutable.setter
    def CustomScannerExecutable(self, value: str) -> None: ...
    @property
    def CustomScannerReturnValue(self) -> int:
        """The exit status by which the program tells a virus."""
    @CustomScannerReturnValue.setter
    def CustomScannerReturnValue(self, value: int) -> None: ...
    @property
    def MaximumMessageSize(self) -> int:
        """The size above which mail is not scanned, in kilobytes; 0: all is."""
    @MaximumMessageSize.setter
    def MaximumMessageSize(self, value: int) -> None: ...
    @property
    def BlockedAttachments(self) -> _m.BlockedAttachments:
        """The names of attachments that are taken out."""
    @property
    def EnableAttachmentBlocking(self) -> bool:
        """Whether attachments with blocked names are taken out."""
    @EnableAttachmentBlocking.setter
    def EnableAttachmentBlocking(self, value: bool) -> None: ...
    @property
    def ClamAVEnabled(self) -> bool:
        """Whether ClamAV's daemon scans mail."""
    @ClamAVEnabled.setter
    def ClamAVEnabled(self, value: bool) -> None: ...
    @property
    def ClamAVHost(self) -> str:
        """Where ClamAV's daemon listens: a name or an address."""
    @ClamAVHost.setter
    def ClamAVHost(self, value: str) -> None: ...
    @property
    def ClamAVPort(self) -> int:
        """The port of ClamAV's daemon."""
    @ClamAVPort.setter
    def ClamAVPort(self, value: int) -> None: ...
    def TestCustomerScanner(self, customExecutable: str, virusReturnCode: int) -> tuple[bool, str]:
        """Scans a test virus by a program of one's own; tells what it said."""
    def TestClamWinScanner(self, clamWinExecutable: str, clamWinDatabase: str) -> tuple[bool, str]:
        """Scans a test virus by ClamWin; tells what it said."""
    def TestClamAVScanner(self, ClamAVHostName: str, ClamAVPort: int) -> tuple[bool, str]:
        """Scans a test virus by ClamAV's daemon; tells what it said."""

class Application(Object):
    """The server as a program sees it: it logs in here and reaches everything else from here.  The login belongs to this object and to all that is
    reached from it.
    """
    def Start(self) -> None:
        """Opens the ports as they are configured now and goes on with the mail; does nothing while the server runs."""
    def Stop(self) -> None:
        """Closes the ports of mail, ends its sessions and lets the queue rest; this login and remote sessions stay."""
    @property
    def Settings(self) -> _m.Settings:
        """The settings of the server."""
    @property
    def Domains(self) -> _m.Domains:
        """The domains that the caller may see."""
    @property
    def ServerState(self) -> int:
        """Whether the server runs: 1 stopped, 2 starting, 3 running, 4 stopping."""
    @property
    def Database(self) -> _m.Database:
        """The database of the users' own, with the server's data to read."""
    @property
    def Utilities(self) -> _m.Utilities:
        """Tools that need no server."""
    def SubmitEMail(self) -> None:
        """Begins to deliver what waits; here a message does so by itself from the moment that it is stored."""
    @property
    def Status(self) -> _m.Status:
        """What the server does and has done."""
    @property
    def Version(self) -> str:
        """The version of the server, or the one that the setting `reported_version` names."""
    def Connect(self) -> None:
        """Tells whether the server could start; fails with the reason when it could not."""
    @property
    def InitializationFile(self) -> str:
        """The configuration file."""
    def Reinitialize(self) -> None:
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
    def Authenticate(self, Username: str, Password: str) -> _m.Account | None:
        """Logs in by account or as Administrator; gives the account, or Nothing when name or password is wrong."""
    @property
    def Links(self) -> _m.Links:
        """Objects by their database ids."""
    @property
    def Diagnostics(self) -> _m.Diagnostics:
        """Tests of the server's surroundings."""
    @property
    def VersionArchitecture(self) -> str:
        """The processor that the server was built for: x64 or x86."""

class Attachment(Object):
    """A file attached to a message."""
    @property
    def Filename(self) -> str:
        """The file's name, decoded."""
    @property
    def Size(self) -> int:
        """The file's size in bytes."""
    def SaveAs(self, sName: str) -> None:
        """Writes the file to a path; over the network only into the server's own folders."""
    def Delete(self) -> None:
        """Takes the attachment out of the message; needs the message's Save."""

class Attachments(Collection[_m.Attachment]):
    """The files attached to a message as they are at each moment; changes need the message's Save."""
    def Item(self, Index: int) -> _m.Attachment:
        """The attachment at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many attachments there are."""
    def Clear(self) -> None:
        """Takes all attachments out."""
    def Add(self, sFilename: str) -> None:
        """Attaches a file by its path; over the network only one in the server's own folders."""

class Backup(Object):
    """A backup that was opened: what it holds, and what of it is to be restored."""
    def StartRestore(self) -> None:
        """Starts to restore what is wanted; it goes on in the background."""
    @property
    def ContainsSettings(self) -> bool:
        """Whether it holds settings."""
    @property
    def ContainsDomains(self) -> bool:
        """Whether it holds domains."""
    @property
    def ContainsMessages(self) -> bool:
        """Whether it holds messages."""
    @property
    def RestoreSettings(self) -> bool:
        """Whether settings are to be restored."""
    @RestoreSettings.setter
    def RestoreSettings(self, value: bool) -> None: ...
    @property
    def RestoreDomains(self) -> bool:
        """Whether domains are to be restored."""
    @RestoreDomains.setter
    def RestoreDomains(self, value: bool) -> None: ...
    @property
    def RestoreMessages(self) -> bool:
        """Whether messages are to be restored."""
    @RestoreMessages.setter
    def RestoreMessages(self, value: bool) -> None: ...

class BackupManager(Object):
    """Starts backups, and opens those that were made."""
    def StartBackup(self) -> None:
        """Starts a backup of what Settings.Backup says; it goes on in the background."""
    def LoadBackup(self, sXMLFile: str) -> _m.Backup:
        """Opens a backup by its file."""

class BackupSettings(Object):
    """What a backup in hMailServer's format holds, and where it is made."""
    @property
    def Destination(self) -> str:
        """The folder that backups are made in; over the network only one of the server's own."""
    @Destination.setter
    def Destination(self, value: str) -> None: ...
    @property
    def BackupSettings(self) -> bool:
        """Whether such a backup holds the settings."""
    @BackupSettings.setter
    def BackupSettings(self, value: bool) -> None: ...
    @property
    def BackupDomains(self) -> bool:
        """Whether such a backup holds the domains."""
    @BackupDomains.setter
    def BackupDomains(self, value: bool) -> None: ...
    @property
    def BackupMessages(self) -> bool:
        """Whether such a backup holds the messages."""
    @BackupMessages.setter
    def BackupMessages(self, value: bool) -> None: ...
    @property
    def CompressDestinationFiles(self) -> bool:
        """Whether messages lie in the archive rather than beside it."""
    @CompressDestinationFiles.setter
    def CompressDestinationFiles(self, value: bool) -> None: ...
    @property
    def LogFile(self) -> str:
        """The log file of backups."""

class BlockedAttachment(Object):
    """A pattern of file names."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Wildcard(self) -> str:
        """The pattern, such as *.exe."""
    @Wildcard.setter
    def Wildcard(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def Description(self) -> str:
        """What files they are, up to 255 characters."""
    @Description.setter
    def Description(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class BlockedAttachments(Collection[_m.BlockedAttachment]):
    """The patterns of file names that are not let through while blocking is on."""
    def Item(self, Index: int) -> _m.BlockedAttachment:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.BlockedAttachment:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.BlockedAttachment:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""

class Cache(Object):
    """What is kept of domains, accounts, aliases and lists; hit rates and sizes are not counted and read 0."""
    @property
    def Enabled(self) -> bool:
        """Whether there are caches."""
    @Enabled.setter
    def Enabled(self, value: bool) -> None: ...
    @property
    def DomainCacheTTL(self) -> int:
        """The seconds that a domain is kept."""
    @DomainCacheTTL.setter
    def DomainCacheTTL(self, value: int) -> None: ...
    @property
    def DomainHitRate(self) -> int:
        """The percentage of domains found in the cache; not counted, so 0."""
    @property
    def AccountCacheTTL(self) -> int:
        """The seconds that an account is kept."""
    @AccountCacheTTL.setter
    def AccountCacheTTL(self, value: int) -> None: ...
    @property
    def AccountHitRate(self) -> int:
        """The percentage of accounts found in the cache; not counted, so 0."""
    def Clear(self) -> None:
        """Forgets what every worker keeps of addresses and logins; it is read again when it is asked for."""
    @property
    def AliasCacheTTL(self) -> int:
        """The seconds that an alias is kept."""
    @AliasCacheTTL.setter
    def AliasCacheTTL(self, value: int) -> None: ...
    @property
    def AliasHitRate(self) -> int:
        """The percentage of aliases found in the cache; not counted, so 0."""
    @property
    def DistributionListCacheTTL(self) -> int:
        """The seconds that a list is kept."""
    @DistributionListCacheTTL.setter
    def DistributionListCacheTTL(self, value: int) -> None: ...
    @property
    def DistributionListHitRate(self) -> int:
        """The percentage of lists found in the cache; not counted, so 0."""
    @property
    def DomainCacheMaxSizeKb(self) -> int:
        """The kilobytes that domains may take."""
    @DomainCacheMaxSizeKb.setter
    def DomainCacheMaxSizeKb(self, value: int) -> None: ...
    @property
    def DomainCacheSizeKb(self) -> int:
        """The kilobytes that domains take; not counted, so 0."""
    @property
    def AccountCacheMaxSizeKb(self) -> int:
        """The kilobytes that accounts may take."""
    @AccountCacheMaxSizeKb.setter
    def AccountCacheMaxSizeKb(self, value: int) -> None: ...
    @property
    def AccountCacheSizeKb(self) -> int:
        """The kilobytes that accounts take; not counted, so 0."""
    @property
    def AliasCacheMaxSizeKb(self) -> int:
        """The kilobytes that aliases may take."""
    @AliasCacheMaxSizeKb.setter
    def AliasCacheMaxSizeKb(self, value: int) -> None: ...
    @property
    def AliasCacheSizeKb(self) -> int:
        """The kilobytes that aliases take; not counted, so 0."""
    @property
    def DistributionListCacheMaxSizeKb(self) -> int:
        """The kilobytes that lists may take."""
    @DistributionListCacheMaxSizeKb.setter
    def DistributionListCacheMaxSizeKb(self, value: int) -> None: ...
    @property
    def DistributionListCacheSizeKb(self) -> int:
        """The kilobytes that lists take; not counted, so 0."""

class Client(Object):
    """The client whose session an event is about."""
    @property
    def Port(self) -> int:
        """The server's port that it connected to."""
    @property
    def IPAddress(self) -> str:
        """Its IP address."""
    @property
    def Username(self) -> str:
        """The name that it logged in with, empty before."""
    @property
    def HELO(self) -> str:
        """The name that it gave with HELO or EHLO."""
    @property
    def Authenticated(self) -> bool:
        """Whether it has logged in."""
    @property
    def EncryptedConnection(self) -> bool:
        """Whether its connection is encrypted."""
    @property
    def CipherVersion(self) -> str:
        """The version of TLS, such as TLSv1.3."""
    @property
    def CipherName(self) -> str:
        """The name of the cipher."""
    @property
    def CipherBits(self) -> int:
        """The bits of the cipher's key."""
    @property
    def SessionID(self) -> int:
        """The number of its session."""

class DNSBlackList(Object):
    """A list of client addresses in the DNS."""
    @property
    def Active(self) -> bool:
        """Whether the list is asked."""
    @Active.setter
    def Active(self, value: bool) -> None: ...
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def DNSHost(self) -> str:
        """The DNS name of the list, such as zen.spamhaus.org."""
    @DNSHost.setter
    def DNSHost(self, value: str) -> None: ...
    @property
    def RejectMessage(self) -> str:
        """What a client on the list is told."""
    @RejectMessage.setter
    def RejectMessage(self, value: str) -> None: ...
    @property
    def ExpectedResult(self) -> str:
        """The answers that count, parted by `|`: addresses, with a range in the last number such as 127.0.0.2-8, or wildcards."""
    @ExpectedResult.setter
    def ExpectedResult(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def Score(self) -> int:
        """What a hit adds to a message's spam score."""
    @Score.setter
    def Score(self, value: int) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class DNSBlackLists(Collection[_m.DNSBlackList]):
    """The lists of client addresses that are asked about a client."""
    def Item(self, Index: int) -> _m.DNSBlackList:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.DNSBlackList:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.DNSBlackList:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def ItemByDNSHost(self, sDNSHost: str) -> _m.DNSBlackList:
        """The list at a DNS name."""

class Database(Object):
    """A database of the users' own, in which the server's data stands as views named like hMailServer's tables (hm_accounts ...).  A transaction
    belongs to this object: its statements are part of it, and it is rolled back after a minute without any, or with the object.
    """
    @property
    def RequiredVersion(self) -> int:
        """The version of hMailServer's database that its programs expect."""
    @property
    def CurrentVersion(self) -> int:
        """The version of hMailServer's database that its programs find."""
    def ExecuteSQL(self, sSQLStatement: str) -> None:
        """Executes a statement; on hm_ tables only SELECT."""
    @property
    def DatabaseType(self) -> int:
        """The dialect of SQL that ExecuteSQL understands, as the setting database.database_type says."""
    def UtilGetFileNameByMessageID(self, MessageID: int) -> str:
        """Gives the name that the file of a message has; Message.Filename makes the file."""
    @property
    def RequiresUpgrade(self) -> bool:
        """Whether the database has to be brought up to date; it never has, since the server does that when it starts."""
    def CreateInternalDatabase(self) -> None:
        """Refuses: this server has its databases already."""
    def CreateExternalDatabase(self, ServerType: int, ServerName: str, lPort: int, DatabaseName: str, Username: str, Password: str) -> None:
        """Refuses: this server has its databases already."""
    @property
    def DatabaseExists(self) -> bool:
        """Whether the database is there."""
    def BeginTransaction(self) -> None:
        """Begins a transaction of this object; what another object began is waited for, some seconds."""
    def CommitTransaction(self) -> None:
        """Keeps what was changed since BeginTransaction."""
    def RollbackTransaction(self) -> None:
        """Takes back what was changed since BeginTransaction."""
    def ExecuteSQLScript(self, sFilename: str) -> None:
        """Executes the statements of a file, at most 256 KB, parted by semicolons; over the network only of the server's folders."""
    def SetDefaultDatabase(self, ServerType: int, ServerName: str, lPort: int, DatabaseName: str, Username: str, Password: str) -> None:
        """Refuses: this server has its databases already."""
    @property
    def IsConnected(self) -> bool:
        """Whether the server has its database."""
    @property
    def ServerName(self) -> str:
        """The name of the database server; this one has its own, so it is the server's name."""
    @property
    def DatabaseName(self) -> str:
        """The name of the users' database: its file."""
    def ExecuteSQLWithReturn(self, sSQLStatement: str) -> int:
        """Executes a statement and gives the id that its INSERT made, else 0."""
    def EnsurePrerequisites(self, DBVersion: int) -> None:
        """Makes ready for an upgrade of the database; there is nothing to make ready."""

class DeliveryQueue(Object):
    """The messages that wait to be sent to other servers."""
    def Clear(self) -> None:
        """Takes all messages out of the queue without sending them."""
    def ResetDeliveryTime(self, iMessageID: int) -> None:
        """Has a message tried at once; does nothing for one that is not in the queue."""
    def StartDelivery(self) -> None:
        """Has everything that waits tried at once."""
    def Remove(self, iMessageID: int) -> None:
        """Takes a message out of the queue without sending it; does nothing for one that is not there."""

class DiagnosticResult(Object):
    """What one test found."""
    @property
    def Name(self) -> str:
        """The test's name."""
    @property
    def Description(self) -> str:
        """What the test does."""
    @property
    def ExecutionDetails(self) -> str:
        """What it found, line by line, and what to do."""
    @property
    def Result(self) -> bool:
        """Whether all is well."""

class DiagnosticResults(Collection[_m.DiagnosticResult]):
    """What the tests found, in the order of the tests."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def Item(self, Index: int) -> _m.DiagnosticResult:
        """The item at an index, counted from 0."""

class Diagnostics(Object):
    """Tests of the server's surroundings; the two names say what they look at."""
    def PerformTests(self) -> _m.DiagnosticResults:
        """Runs the tests and gives what they found; it may take half a minute."""
    @property
    def LocalDomainName(self) -> str:
        """The domain of this server whose mail exchangers are tested; empty: none."""
    @LocalDomainName.setter
    def LocalDomainName(self, value: str) -> None: ...
    @property
    def TestDomainName(self) -> str:
        """The domain elsewhere whose mail exchanger is tried, to learn whether mail can leave; empty: none."""
    @TestDomainName.setter
    def TestDomainName(self, value: str) -> None: ...

class Directories(Object):
    """The folders of the server."""
    @property
    def ProgramDirectory(self) -> str:
        """The folder of the program."""
    @ProgramDirectory.setter
    def ProgramDirectory(self, value: str) -> None: ...
    @property
    def DatabaseDirectory(self) -> str:
        """The folder of the databases."""
    @DatabaseDirectory.setter
    def DatabaseDirectory(self, value: str) -> None: ...
    @property
    def DataDirectory(self) -> str:
        """The folder of message files."""
    @DataDirectory.setter
    def DataDirectory(self, value: str) -> None: ...
    @property
    def LogDirectory(self) -> str:
        """The folder of the log files."""
    @LogDirectory.setter
    def LogDirectory(self, value: str) -> None: ...
    @property
    def TempDirectory(self) -> str:
        """The folder of temporary files."""
    @TempDirectory.setter
    def TempDirectory(self, value: str) -> None: ...
    @property
    def EventDirectory(self) -> str:
        """The folder of the event scripts."""
    @EventDirectory.setter
    def EventDirectory(self, value: str) -> None: ...
    @property
    def DBScriptDirectory(self) -> str:
        """The folder of the scripts that make the databases."""

class DistributionList(Object):
    """An address that stands for many."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def Active(self) -> bool:
        """Whether mail to it is taken."""
    @Active.setter
    def Active(self, value: bool) -> None: ...
    @property
    def Recipients(self) -> _m.DistributionListRecipients:
        """Who is on the list."""
    @property
    def Address(self) -> str:
        """The address of the list."""
    @Address.setter
    def Address(self, value: str) -> None: ...
    @property
    def RequireSMTPAuth(self) -> bool:
        """Whether only senders who have logged in may send to it."""
    @RequireSMTPAuth.setter
    def RequireSMTPAuth(self, value: bool) -> None: ...
    @property
    def RequireSenderAddress(self) -> str:
        """The address that may send to it, in mode 2."""
    @RequireSenderAddress.setter
    def RequireSenderAddress(self, value: str) -> None: ...
    @property
    def Mode(self) -> int:
        """Who may send to it: 0 everybody, 1 those on the list, 2 only RequireSenderAddress, 3 addresses of its domain."""
    @Mode.setter
    def Mode(self, value: int) -> None: ...

class DistributionListRecipient(Object):
    """Somebody on a distribution list: an address here or anywhere, also another list."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def RecipientAddress(self) -> str:
        """The address that gets the mail of the list."""
    @RecipientAddress.setter
    def RecipientAddress(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""
    def Save(self) -> None:
        """Stores it, or what was changed of it."""

class DistributionListRecipients(Collection[_m.DistributionListRecipient]):
    """Who is on a distribution list."""
    def Item(self, Index: int) -> _m.DistributionListRecipient:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.DistributionListRecipient:
        """The item with a database id."""
    def Add(self) -> _m.DistributionListRecipient:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, lDBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""

class DistributionLists(Collection[_m.DistributionList]):
    """The distribution lists of a domain."""
    def Item(self, Index: int) -> _m.DistributionList:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.DistributionList:
        """The item with a database id."""
    def Add(self) -> _m.DistributionList:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, lDBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def ItemByAddress(self, sAddress: str) -> _m.DistributionList:
        """The list at an address."""
    def Refresh(self) -> None:
        """Reads the items again."""

class Domain(Object):
    """A domain whose mail this server takes."""
    @property
    def Name(self) -> str:
        """The domain, such as example.com; another name renames all addresses in it."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores the domain."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Active(self) -> bool:
        """Whether its mail is taken and its accounts may log in."""
    @Active.setter
    def Active(self, value: bool) -> None: ...
    @property
    def Accounts(self) -> _m.Accounts:
        """The accounts of the domain; for a user only the own one."""
    def Delete(self) -> None:
        """Deletes the domain with everything in it: accounts and their mail, aliases, lists."""
    @property
    def Aliases(self) -> _m.Aliases:
        """The aliases of the domain."""
    @property
    def DistributionLists(self) -> _m.DistributionLists:
        """The distribution lists of the domain."""
    @property
    def Postmaster(self) -> str:
        """The address that gets mail for addresses of the domain that don't exist; empty: such mail is refused."""
    @Postmaster.setter
    def Postmaster(self, value: str) -> None: ...
    @property
    def DomainAliases(self) -> _m.DomainAliases:
        """The other names of the domain."""
    @property
    def ADDomainName(self) -> str:
        """The Windows domain of its users, up to 255 characters."""
    @ADDomainName.setter
    def ADDomainName(self, value: str) -> None: ...
    def SynchronizeDirectory(self) -> None:
        """Does nothing: accounts are not copied from a Windows domain."""
    @property
    def MaxMessageSize(self) -> int:
        """The largest message that its users may send, in kilobytes; 0 is no limit."""
    @MaxMessageSize.setter
    def MaxMessageSize(self, value: int) -> None: ...
    @property
    def PlusAddressingEnabled(self) -> bool:
        """Whether alice+lists is another address of alice."""
    @PlusAddressingEnabled.setter
    def PlusAddressingEnabled(self, value: bool) -> None: ...
    @property
    def PlusAddressingCharacter(self) -> str:
        """The character that begins the part of an address that does not count."""
    @PlusAddressingCharacter.setter
    def PlusAddressingCharacter(self, value: str) -> None: ...
    @property
    def AntiSpamEnableGreylisting(self) -> bool:
        """Whether mail to the domain may be greylisted."""
    @AntiSpamEnableGreylisting.setter
    def AntiSpamEnableGreylisting(self, value: bool) -> None: ...
    @property
    def MaxSize(self) -> int:
        """What the limits of its accounts may add up to, in megabytes; 0 is no limit."""
    @MaxSize.setter
    def MaxSize(self, value: int) -> None: ...
    @property
    def Size(self) -> int:
        """What the mail of its accounts weighs, in megabytes."""
    @property
    def AllocatedSize(self) -> int:
        """What the limits of its accounts add up to, in megabytes."""
    @property
    def SignatureEnabled(self) -> bool:
        """Whether a signature is added to mail from the domain."""
    @SignatureEnabled.setter
    def SignatureEnabled(self, value: bool) -> None: ...
    @property
    def SignatureMethod(self) -> int:
        """Whether the signature is added where an account has none (1), instead of the account's (2) or after it (3)."""
    @SignatureMethod.setter
    def SignatureMethod(self, value: int) -> None: ...
    @property
    def SignaturePlainText(self) -> str:
        """The signature for mail in plain text."""
    @SignaturePlainText.setter
    def SignaturePlainText(self, value: str) -> None: ...
    @property
    def SignatureHTML(self) -> str:
        """The signature for mail in HTML; empty: made of the plain one."""
    @SignatureHTML.setter
    def SignatureHTML(self, value: str) -> None: ...
    @property
    def AddSignaturesToReplies(self) -> bool:
        """Whether replies get the signature, too."""
    @AddSignaturesToReplies.setter
    def AddSignaturesToReplies(self, value: bool) -> None: ...
    @property
    def AddSignaturesToLocalMail(self) -> bool:
        """Whether mail within the domain gets it, too."""
    @AddSignaturesToLocalMail.setter
    def AddSignaturesToLocalMail(self, value: bool) -> None: ...
    @property
    def MaxNumberOfAccounts(self) -> int:
        """How many accounts it may have, while that limit is on."""
    @MaxNumberOfAccounts.setter
    def MaxNumberOfAccounts(self, value: int) -> None: ...
    @property
    def MaxNumberOfAliases(self) -> int:
        """How many aliases it may have, while that limit is on."""
    @MaxNumberOfAliases.setter
    def MaxNumberOfAliases(self, value: int) -> None: ...
    @property
    def MaxNumberOfDistributionLists(self) -> int:
        """How many distribution lists it may have; 0 is no limit."""
    @MaxNumberOfDistributionLists.setter
    def MaxNumberOfDistributionLists(self, value: int) -> None: ...
    @property
    def MaxNumberOfAccountsEnabled(self) -> bool:
        """Whether the number of its accounts is limited."""
    @MaxNumberOfAccountsEnabled.setter
    def MaxNumberOfAccountsEnabled(self, value: bool) -> None: ...
    @property
    def MaxNumberOfAliasesEnabled(self) -> bool:
        """Whether the number of its aliases is limited."""
    @MaxNumberOfAliasesEnabled.setter
    def MaxNumberOfAliasesEnabled(self, value: bool) -> None: ...
    @property
    def MaxNumberOfDistributionListsEnabled(self) -> bool:
        """Whether the number of its lists is limited; any number but 0 limits them all the same."""
    @MaxNumberOfDistributionListsEnabled.setter
    def MaxNumberOfDistributionListsEnabled(self, value: bool) -> None: ...
    @property
    def MaxAccountSize(self) -> int:
        """The most that one account may have, in megabytes; 0 is no limit."""
    @MaxAccountSize.setter
    def MaxAccountSize(self, value: int) -> None: ...
    @property
    def DKIMSignEnabled(self) -> bool:
        """Whether mail of the domain is signed (DKIM) with the key file instead of the server's own keys."""
    @DKIMSignEnabled.setter
    def DKIMSignEnabled(self, value: bool) -> None: ...
    @property
    def DKIMSelector(self) -> str:
        """The selector under which the public key stands in the DNS."""
    @DKIMSelector.setter
    def DKIMSelector(self, value: str) -> None: ...
    @property
    def DKIMPrivateKeyFile(self) -> str:
        """The path of the private key, in PEM."""
    @DKIMPrivateKeyFile.setter
    def DKIMPrivateKeyFile(self, value: str) -> None: ...
    @property
    def DKIMHeaderCanonicalizationMethod(self) -> int:
        """How the header is made canonical before it is signed."""
    @DKIMHeaderCanonicalizationMethod.setter
    def DKIMHeaderCanonicalizationMethod(self, value: int) -> None: ...
    @property
    def DKIMBodyCanonicalizationMethod(self) -> int:
        """How the body is made canonical before it is signed."""
    @DKIMBodyCanonicalizationMethod.setter
    def DKIMBodyCanonicalizationMethod(self, value: int) -> None: ...
    @property
    def DKIMSigningAlgorithm(self) -> int:
        """The hash of the signature."""
    @DKIMSigningAlgorithm.setter
    def DKIMSigningAlgorithm(self, value: int) -> None: ...

class DomainAlias(Object):
    """Another name of a domain: each address at it is the same address at the domain."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def AliasName(self) -> str:
        """The other name, such as example.org."""
    @AliasName.setter
    def AliasName(self, value: str) -> None: ...
    @property
    def DomainID(self) -> int:
        """The number of the domain; writing it is ignored."""
    @DomainID.setter
    def DomainID(self, value: int) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class DomainAliases(Collection[_m.DomainAlias]):
    """The other names of a domain."""
    def Item(self, Index: int) -> _m.DomainAlias:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.DomainAlias:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Delete(self, Index: int) -> None:
        """Deletes the item at an index; does nothing where there is none."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.DomainAlias:
        """Makes a new item; it is in the collection and the database once it is saved."""

class Domains(Collection[_m.Domain]):
    """The domains of the server: all of them for a server administrator, else the caller's own (3.9)."""
    def Item(self, Index: int) -> _m.Domain:
        """The item at an index, counted from 0."""
    def Refresh(self) -> None:
        """Reads the items again."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def Add(self) -> _m.Domain:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByName(self, ItemName: str) -> _m.Domain:
        """The domain of a name."""
    def ItemByDBID(self, DBID: int) -> _m.Domain:
        """The item with a database id."""
    @property
    def Names(self) -> str:
        """A line for each domain: id, tab, name, tab, 1 when it is active."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""

class EventLog(Object):
    """The log that scripts write to, whatever else is logged."""
    def Write(self, sMessage: str) -> None:
        """Appends a line to hmailserver_events.log; line ends in it become [nl]."""

class FetchAccount(Object):
    """A mailbox elsewhere, with the login there and what becomes of the messages."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> str:
        """What its owner calls it."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    @property
    def ServerAddress(self) -> str:
        """The name or address of the server."""
    @ServerAddress.setter
    def ServerAddress(self, value: str) -> None: ...
    @property
    def Port(self) -> int:
        """The port of the server; 0 is none set."""
    @Port.setter
    def Port(self, value: int) -> None: ...
    @property
    def ServerType(self) -> int:
        """The protocol: 0 is POP3."""
    @ServerType.setter
    def ServerType(self, value: int) -> None: ...
    @property
    def Username(self) -> str:
        """The name of the login there."""
    @Username.setter
    def Username(self, value: str) -> None: ...
    @property
    def Password(self) -> str:
        """The password of the login there, in clear."""
    @Password.setter
    def Password(self, value: str) -> None: ...
    @property
    def MinutesBetweenFetch(self) -> int:
        """How many minutes pass between two looks."""
    @MinutesBetweenFetch.setter
    def MinutesBetweenFetch(self, value: int) -> None: ...
    @property
    def DaysToKeepMessages(self) -> int:
        """For how many days fetched messages stay there: -1 not at all, 0 for ever."""
    @DaysToKeepMessages.setter
    def DaysToKeepMessages(self, value: int) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def AccountID(self) -> int:
        """The number of the account here."""
    @AccountID.setter
    def AccountID(self, value: int) -> None: ...
    @property
    def Enabled(self) -> bool:
        """Whether mail is fetched."""
    @Enabled.setter
    def Enabled(self, value: bool) -> None: ...
    @property
    def ProcessMIMERecipients(self) -> bool:
        """Whether messages go to the accounts named in their header instead of to this one."""
    @ProcessMIMERecipients.setter
    def ProcessMIMERecipients(self, value: bool) -> None: ...
    def DownloadNow(self) -> None:
        """Fetches mail at once."""
    @property
    def ProcessMIMEDate(self) -> bool:
        """Whether messages get the date of their first Received field."""
    @ProcessMIMEDate.setter
    def ProcessMIMEDate(self, value: bool) -> None: ...
    @property
    def UseSSL(self) -> bool:
        """The older way to say ConnectionSecurity: true for encryption from the first octet, false for none."""
    @UseSSL.setter
    def UseSSL(self, value: bool) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""
    @property
    def NextDownloadTime(self) -> str:
        """When mail is fetched next, as YYYY-MM-DD hh:mm:ss in the server's local time; empty when no time is set."""
    @property
    def UseAntiSpam(self) -> bool:
        """Whether fetched messages are tested for spam."""
    @UseAntiSpam.setter
    def UseAntiSpam(self, value: bool) -> None: ...
    @property
    def UseAntiVirus(self) -> bool:
        """Whether fetched messages are scanned for viruses."""
    @UseAntiVirus.setter
    def UseAntiVirus(self, value: bool) -> None: ...
    @property
    def EnableRouteRecipients(self) -> bool:
        """Whether recipients in the header may also be addresses of routes."""
    @EnableRouteRecipients.setter
    def EnableRouteRecipients(self, value: bool) -> None: ...
    @property
    def IsLocked(self) -> bool:
        """Whether mail is being fetched right now."""
    @property
    def ConnectionSecurity(self) -> int:
        """How connections are encrypted: 0 not, 1 from the first octet, 2 by STARTTLS where it is offered, 3 by STARTTLS only."""
    @ConnectionSecurity.setter
    def ConnectionSecurity(self, value: int) -> None: ...
    @property
    def MIMERecipientHeaders(self) -> str:
        """The header fields that name recipients, parted by commas."""
    @MIMERecipientHeaders.setter
    def MIMERecipientHeaders(self, value: str) -> None: ...

class FetchAccounts(Collection[_m.FetchAccount]):
    """The mailboxes elsewhere whose mail comes into an account."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.FetchAccount:
        """The item with a database id."""
    def Item(self, Index: int) -> _m.FetchAccount:
        """The item at an index, counted from 0."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Delete(self, Index: int) -> None:
        """Deletes the item at an index; does nothing where there is none."""
    def DeleteByDBID(self, DBID: int) -> None:
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
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def IPAddress(self) -> str:
        """The client's IP address; `*` and `%` stand for any characters."""
    @IPAddress.setter
    def IPAddress(self, value: str) -> None: ...
    @property
    def Description(self) -> str:
        """What it is for, up to 255 characters."""
    @Description.setter
    def Description(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class GreyListingWhiteAddresses(Collection[_m.GreyListingWhiteAddress]):
    """The clients that greylisting lets pass."""
    def Item(self, Index: int) -> _m.GreyListingWhiteAddress:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.GreyListingWhiteAddress:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.GreyListingWhiteAddress:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def ItemByName(self, sName: str) -> _m.GreyListingWhiteAddress:
        """The one with an IP address."""

class Group(Object):
    """A group of accounts: folders are shared with it, mail is not sent to it."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> str:
        """The name of the group, up to 255 characters; no two have the same."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    @property
    def Members(self) -> _m.GroupMembers:
        """The accounts in the group."""
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    def Delete(self) -> None:
        """Deletes the group; its accounts stay."""

class GroupMember(Object):
    """An account in a group."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def GroupID(self) -> int:
        """The number of the group."""
    @GroupID.setter
    def GroupID(self, value: int) -> None: ...
    @property
    def AccountID(self) -> int:
        """The number of the account."""
    @AccountID.setter
    def AccountID(self, value: int) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    def Delete(self) -> None:
        """Takes the account out of the group."""
    @property
    def Account(self) -> _m.Account:
        """The account itself."""

class GroupMembers(Collection[_m.GroupMember]):
    """The accounts in a group."""
    def Item(self, Index: int) -> _m.GroupMember:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.GroupMember:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.GroupMember:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""

class Groups(Collection[_m.Group]):
    """The groups of the server."""
    def Item(self, Index: int) -> _m.Group:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.Group:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.Group:
        """The item with a database id."""
    def ItemByName(self, Name: str) -> _m.Group:
        """The group of a name."""
    def Refresh(self) -> None:
        """Reads the items again."""

class IMAPFolder(Object):
    """A folder of an account, or a public one."""
    @property
    def ID(self) -> int:
        """Its number."""
    @property
    def Name(self) -> str:
        """Its name, one level, in Unicode; Save renames it with all below it."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    @property
    def Subscribed(self) -> bool:
        """Whether mail clients show it by themselves."""
    @Subscribed.setter
    def Subscribed(self, value: bool) -> None: ...
    @property
    def Messages(self) -> _m.Messages:
        """The messages in it, by UID."""
    @property
    def SubFolders(self) -> _m.IMAPFolders:
        """The folders right below it."""
    def Save(self) -> None:
        """Stores name and subscription."""
    @property
    def ParentID(self) -> int:
        """The folder that it is below, -1 for one at the top."""
    @property
    def Permissions(self) -> _m.IMAPFolderPermissions:
        """Who may use the folder; only public ones have such."""
    def Delete(self) -> None:
        """Deletes the folder with its messages and all folders below it."""
    @property
    def CurrentUID(self) -> int:
        """The last UID that a message in it was given, 0 for none."""
    @property
    def CreationTime(self) -> str:
        """When it was made, in local time, such as 2026-11-21 09:30:00."""

class IMAPFolderPermission(Object):
    """What a user, a group or anyone may do with a public folder."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def ShareFolderID(self) -> int:
        """The folder that it is for."""
    @property
    def PermissionType(self) -> int:
        """Whom it is for: 0 a user, 1 a group, 2 anyone."""
    @PermissionType.setter
    def PermissionType(self, value: int) -> None: ...
    @property
    def PermissionGroupID(self) -> int:
        """The group that it is for."""
    @PermissionGroupID.setter
    def PermissionGroupID(self, value: int) -> None: ...
    @property
    def PermissionAccountID(self) -> int:
        """The account that it is for."""
    @PermissionAccountID.setter
    def PermissionAccountID(self, value: int) -> None: ...
    @property
    def Value(self) -> int:
        """What is allowed, as a sum of the bits that Permission knows."""
    @Value.setter
    def Value(self, value: int) -> None: ...
    @property
    def Permission(self) -> _m.Indexed[int, bool]:
        """Whether something is allowed, by its bit: lookup 1, read 2, seen 4, write 8, insert 16 and so on."""
    def SetPermission(self, iType: int, value: bool) -> None:
        """Whether something is allowed, by its bit: lookup 1, read 2, seen 4, write 8, insert 16 and so on."""
    def Save(self) -> None:
        """Stores the permission."""
    def Delete(self) -> None:
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
    def Count(self) -> int:
        """How many items there are."""
    def Delete(self, Index: int) -> None:
        """Deletes the item at an index; does nothing where there is none."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Add(self) -> _m.IMAPFolderPermission:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.IMAPFolderPermission:
        """The item with a database id."""
    def DeleteByDBID(self, DBID: int) -> None:
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
    def Count(self) -> int:
        """How many items there are."""
    def Add(self, sName: str) -> _m.IMAPFolder:
        """Makes a folder of this level at once and gives it; its name is one level, in Unicode."""
    def DeleteByDBID(self, lDBID: int) -> None:
        """Deletes the folder with a database id, its messages and all folders below it."""

class IncomingRelay(Object):
    """A range of addresses of servers that hand mail on to this one."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def LowerIP(self) -> str:
        """The first address of the range; what is no address is passed by."""
    @LowerIP.setter
    def LowerIP(self, value: str) -> None: ...
    @property
    def UpperIP(self) -> str:
        """The last address of the range."""
    @UpperIP.setter
    def UpperIP(self, value: str) -> None: ...
    @property
    def Name(self) -> str:
        """The name of the relay, up to 255 characters."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""
    def Save(self) -> None:
        """Stores it, or what was changed of it."""

class IncomingRelays(Collection[_m.IncomingRelay]):
    """The servers that hand mail on to this one: spam tests look at the client before them."""
    def Item(self, Index: int) -> _m.IncomingRelay:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.IncomingRelay:
        """The item with a database id."""
    def Delete(self, Index: int) -> None:
        """Deletes the item at an index; does nothing where there is none."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Add(self) -> _m.IncomingRelay:
        """Makes a new item; it is in the collection and the database once it is saved."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def ItemByName(self, sName: str) -> _m.IncomingRelay:
        """The relay of a name."""

class Language(Object):
    """A language."""
    def String(self, EnglishString: str) -> str:
        """The translation of an English text; the text itself where there is none."""
    @property
    def Name(self) -> str:
        """Its name, in lower case."""
    @property
    def IsDownloaded(self) -> bool:
        """Whether its file is there."""
    def Download(self) -> None:
        """Fetches its file; as in hMailServer it always fails."""

class Languages(Collection[_m.Language]):
    """The languages that there are: English, and one for each file in the folder of languages."""
    def Item(self, Index: int) -> _m.Language:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
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
    def Enabled(self) -> bool:
        """Whether the live log and hMailServer's log files show anything."""
    @Enabled.setter
    def Enabled(self, value: bool) -> None: ...
    @property
    def LogSMTP(self) -> bool:
        """Whether they show the conversations of SMTP, word for word but for passwords and contents."""
    @LogSMTP.setter
    def LogSMTP(self, value: bool) -> None: ...
    @property
    def LogPOP3(self) -> bool:
        """Whether they show those of POP3."""
    @LogPOP3.setter
    def LogPOP3(self, value: bool) -> None: ...
    @property
    def LogTCPIP(self) -> bool:
        """Whether they show connections."""
    @LogTCPIP.setter
    def LogTCPIP(self, value: bool) -> None: ...
    @property
    def LogApplication(self) -> bool:
        """Whether they show what the server itself does."""
    @LogApplication.setter
    def LogApplication(self, value: bool) -> None: ...
    @property
    def Device(self) -> int:
        """Where the log goes."""
    @Device.setter
    def Device(self, value: int) -> None: ...
    @property
    def LogFormat(self) -> int:
        """How a line of the log is laid out."""
    @LogFormat.setter
    def LogFormat(self, value: int) -> None: ...
    @property
    def LogDebug(self) -> bool:
        """Whether they show what only developers want to see."""
    @LogDebug.setter
    def LogDebug(self, value: bool) -> None: ...
    @property
    def LogIMAP(self) -> bool:
        """Whether they show those of IMAP."""
    @LogIMAP.setter
    def LogIMAP(self, value: bool) -> None: ...
    def EnableLiveLogging(self, newVal: bool) -> None:
        """Begins or ends to keep lines for LiveLog; those that wait are forgotten."""
    @property
    def Directory(self) -> str:
        """The folder of the log files."""
    @property
    def LiveLog(self) -> str:
        """The lines that were logged since the last reading, each ended by CRLF; reading takes them away."""
    @property
    def AWStatsEnabled(self) -> bool:
        """Whether a log for AWStats is written, in hMailServer's mode."""
    @AWStatsEnabled.setter
    def AWStatsEnabled(self, value: bool) -> None: ...
    @property
    def MaskPasswordsInLog(self) -> bool:
        """Accepted and ignored: passwords are never in the log, so it reads True."""
    @MaskPasswordsInLog.setter
    def MaskPasswordsInLog(self, value: bool) -> None: ...
    @property
    def CurrentEventLog(self) -> str:
        """The name of the log file of event scripts."""
    @property
    def CurrentErrorLog(self) -> str:
        """The name of today's log file of errors."""
    @property
    def CurrentAwstatsLog(self) -> str:
        """The name of the log file for AWStats."""
    @property
    def CurrentDefaultLog(self) -> str:
        """The name of today's log file."""
    @property
    def KeepFilesOpen(self) -> bool:
        """Whether hMailServer's log files stay open between two lines; they may be moved all the same."""
    @KeepFilesOpen.setter
    def KeepFilesOpen(self, value: bool) -> None: ...
    @property
    def LiveLoggingEnabled(self) -> bool:
        """Whether lines are kept for LiveLog."""

class Message(Object):
    """A message: new, on its way, or in a mailbox. Changes are in the caller's hand until Save."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Filename(self) -> str:
        """The full path of a file with the message, made when asked for; a program may change it, then RefreshContent and Save."""
    @property
    def Subject(self) -> str:
        """The subject."""
    @Subject.setter
    def Subject(self, value: str) -> None: ...
    @property
    def From(self) -> str:
        """The From field, such as `Alice <alice@example.com>`; the envelope's sender is FromAddress."""
    @From.setter
    def From(self, value: str) -> None: ...
    @property
    def Date(self) -> str:
        """The Date field as it is written; Save puts in one that is missing."""
    @Date.setter
    def Date(self, value: str) -> None: ...
    @property
    def Body(self) -> str:
        """The plain text; writing it puts the text where readers look for it, beside HTML and attachments."""
    @Body.setter
    def Body(self, value: str) -> None: ...
    @property
    def HTMLBody(self) -> str:
        """The HTML text; writing it puts the text where readers look for it, beside plain text and attachments."""
    @HTMLBody.setter
    def HTMLBody(self, value: str) -> None: ...
    @property
    def Attachments(self) -> _m.Attachments:
        """The attached files."""
    def Save(self) -> None:
        """Stores the message: a new one is sent to its recipients, or put into its folder; one in a mailbox is replaced."""
    @property
    def To(self) -> str:
        """The To field; AddRecipient adds to it."""
    def AddRecipient(self, sName: str, sAddress: str) -> None:
        """Adds a recipient: to the envelope all that the address leads to, as when it came by SMTP, and to the To field."""
    @property
    def FromAddress(self) -> str:
        """The envelope's sender, to whom reports go; empty for none."""
    @FromAddress.setter
    def FromAddress(self, value: str) -> None: ...
    @property
    def State(self) -> int:
        """0 for a new message, 1 for one on its way, 2 for one in a mailbox."""
    @property
    def Size(self) -> int:
        """Its size in kilobytes, rounded down."""
    def ClearRecipients(self) -> None:
        """Takes all recipients out: of the envelope, and the To, Cc and Bcc fields."""
    @property
    def CC(self) -> str:
        """The Cc field."""
    @property
    def Recipients(self) -> _m.Recipients:
        """Whom the message is for, by its envelope."""
    @property
    def HeaderValue(self) -> _m.Indexed[str, str]:
        """The value of the first header field of a name, empty when there is none; writing replaces it or adds one."""
    def SetHeaderValue(self, FieldName: str, value: str) -> None:
        """The value of the first header field of a name, empty when there is none; writing replaces it or adds one."""
    def HasBodyType(self, BodyType: str) -> bool:
        """Tells whether the message or a part of it, down to the second level, has exactly this content type."""
    @property
    def EncodeFields(self) -> bool:
        """Whether header fields are read decoded and written encoded (the default), or both as they stand in the message."""
    @EncodeFields.setter
    def EncodeFields(self, value: bool) -> None: ...
    @property
    def Flag(self) -> _m.Indexed[int, bool]:
        """Whether a flag (1 seen, 2 deleted, 4 flagged, 8 answered, 16 draft, 32 recent, 64 to be scanned) is set; Save stores it."""
    def SetFlag(self, iType: int, value: bool) -> None:
        """Whether a flag (1 seen, 2 deleted, 4 flagged, 8 answered, 16 draft, 32 recent, 64 to be scanned) is set; Save stores it."""
    @property
    def InternalDate(self) -> _Date | None:
        """When the server got it, in local time; empty for a new message."""
    @property
    def Headers(self) -> _m.MessageHeaders:
        """The fields of the header, one by one."""
    def RefreshContent(self) -> None:
        """Forgets what was read and changed: the next look reads the message's file anew."""
    @property
    def DeliveryAttempt(self) -> int:
        """Which try to deliver it this is, counted from 1."""
    @property
    def Charset(self) -> str:
        """The charset of the texts; writing it converts them."""
    @Charset.setter
    def Charset(self, value: str) -> None: ...
    def Copy(self, iDestinationFolderID: int) -> None:
        """Copies the message to another folder of its account, by the folder's id; nothing happens for a message without an account."""
    @property
    def UID(self) -> int:
        """The UID that IMAP clients know it by."""

class MessageHeader(Object):
    """A field of a message's header; changes need the message's Save."""
    @property
    def Name(self) -> str:
        """The field's name."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    @property
    def Value(self) -> str:
        """The field's value, without folds; decoded unless the message's EncodeFields is off."""
    @Value.setter
    def Value(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Takes the field out of the header."""

class MessageHeaders(Collection[_m.MessageHeader]):
    """The fields of a message's header as they are at each moment, in their order."""
    def Item(self, Index: int) -> _m.MessageHeader:
        """The field at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many fields there are."""
    def ItemByName(self, sName: str) -> _m.MessageHeader:
        """The first field of a name."""

class MessageIndexing(Object):
    """The index of the messages' text; a folder is in it from its first search on."""
    @property
    def TotalMessageCount(self) -> int:
        """How many messages lie in all mailboxes."""
    @property
    def TotalIndexedCount(self) -> int:
        """How many of them are in the index."""
    @property
    def Enabled(self) -> bool:
        """Whether the text of folders that were searched is indexed, so that searches are quick."""
    @Enabled.setter
    def Enabled(self, value: bool) -> None: ...
    def Clear(self) -> None:
        """Forgets the index; folders come into it again with their next search."""
    def Index(self) -> None:
        """Indexes now what is not indexed yet of the folders that were searched."""

class Messages(Collection[_m.Message]):
    """The messages of a folder by UID, or those of all folders of an account by id; contents are read when somebody asks for them."""
    def Item(self, Index: int) -> _m.Message:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.Message:
        """The item with a database id."""
    def DeleteByDBID(self, lDBID: int) -> None:
        """Deletes the message with a database id, also for those who have its folder open in IMAP."""
    def Add(self) -> _m.Message:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def Clear(self) -> None:
        """Deletes all messages."""

class Recipient(Object):
    """Somebody whom a message is for."""
    @property
    def Address(self) -> str:
        """The address that the mail goes to, behind aliases and lists."""
    @property
    def IsLocalUser(self) -> bool:
        """Whether an account here gets it."""
    @property
    def OriginalAddress(self) -> str:
        """The address that the sender gave."""

class Recipients(Collection[_m.Recipient]):
    """Whom a message is for, by its envelope."""
    def Item(self, Index: int) -> _m.Recipient:
        """The recipient at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many recipients there are."""

class Result(Object):
    """What an event's script decides."""
    @property
    def Value(self) -> int:
        """The decision; what numbers mean depends on the event, 0 lets things go on."""
    @Value.setter
    def Value(self, value: int) -> None: ...
    @property
    def Message(self) -> str:
        """What the client is told."""
    @Message.setter
    def Message(self, value: str) -> None: ...
    @property
    def Parameter(self) -> int:
        """A number that some decisions need."""
    @Parameter.setter
    def Parameter(self, value: int) -> None: ...

class Route(Object):
    """The way to a domain: a host, the login there, and which of its addresses there are."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def DomainName(self) -> str:
        """The domain, which may have the wildcards `*` and `?`; `*` alone is for all that have no other route."""
    @DomainName.setter
    def DomainName(self, value: str) -> None: ...
    @property
    def TargetSMTPHost(self) -> str:
        """The name or address of the server that mail goes to; empty: the one that the DNS names."""
    @TargetSMTPHost.setter
    def TargetSMTPHost(self, value: str) -> None: ...
    @property
    def TargetSMTPPort(self) -> int:
        """The port of the server; 0 is 25."""
    @TargetSMTPPort.setter
    def TargetSMTPPort(self, value: int) -> None: ...
    @property
    def NumberOfTries(self) -> int:
        """How often mail is tried; 0: as the settings say."""
    @NumberOfTries.setter
    def NumberOfTries(self, value: int) -> None: ...
    @property
    def MinutesBetweenTry(self) -> int:
        """How many minutes pass between two tries; 0: as the settings say."""
    @MinutesBetweenTry.setter
    def MinutesBetweenTry(self, value: int) -> None: ...
    @property
    def AllAddresses(self) -> bool:
        """Whether all addresses of the domain are routed, or only those of Addresses."""
    @AllAddresses.setter
    def AllAddresses(self, value: bool) -> None: ...
    @property
    def Addresses(self) -> _m.RouteAddresses:
        """The addresses of the domain that there are, unless all are routed."""
    @property
    def RelayerRequiresAuth(self) -> bool:
        """Whether the server wants a login."""
    @RelayerRequiresAuth.setter
    def RelayerRequiresAuth(self, value: bool) -> None: ...
    @property
    def RelayerAuthUsername(self) -> str:
        """The name of the login there."""
    @RelayerAuthUsername.setter
    def RelayerAuthUsername(self, value: str) -> None: ...
    def SetRelayerAuthPassword(self, newVal: str) -> None:
        """Sets the password of the login there; it can't be read."""
    @property
    def TreatSecurityAsLocalDomain(self) -> bool:
        """The older name of TreatRecipientAsLocalDomain."""
    @TreatSecurityAsLocalDomain.setter
    def TreatSecurityAsLocalDomain(self, value: bool) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def UseSSL(self) -> bool:
        """The older way to say ConnectionSecurity: true for encryption from the first octet, false for none."""
    @UseSSL.setter
    def UseSSL(self, value: bool) -> None: ...
    @property
    def Description(self) -> str:
        """What it is for, up to 255 characters."""
    @Description.setter
    def Description(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Deletes the route with its addresses."""
    @property
    def TreatSenderAsLocalDomain(self) -> bool:
        """Whether addresses of the domain count as senders of this server."""
    @TreatSenderAsLocalDomain.setter
    def TreatSenderAsLocalDomain(self, value: bool) -> None: ...
    @property
    def TreatRecipientAsLocalDomain(self) -> bool:
        """Whether mail to the domain is taken from everybody, as if it were one of this server."""
    @TreatRecipientAsLocalDomain.setter
    def TreatRecipientAsLocalDomain(self, value: bool) -> None: ...
    @property
    def ConnectionSecurity(self) -> int:
        """How connections are encrypted: 0 not, 1 from the first octet, 2 by STARTTLS where it is offered, 3 by STARTTLS only."""
    @ConnectionSecurity.setter
    def ConnectionSecurity(self, value: int) -> None: ...

class RouteAddress(Object):
    """An address of a routed domain."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Address(self) -> str:
        """The address, with its domain."""
    @Address.setter
    def Address(self, value: str) -> None: ...
    @property
    def RouteID(self) -> int:
        """The number of the route."""
    @RouteID.setter
    def RouteID(self, value: int) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class RouteAddresses(Collection[_m.RouteAddress]):
    """The addresses of a routed domain that there are."""
    def Item(self, Index: int) -> _m.RouteAddress:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.RouteAddress:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByAddress(self, sAddress: str) -> None:
        """Deletes the one with an address; does nothing where there is none."""
    def ItemByDBID(self, DBID: int) -> _m.RouteAddress:
        """The item with a database id."""

class Routes(Collection[_m.Route]):
    """The routes of the server, with the one for all other domains."""
    def Item(self, Index: int) -> _m.Route:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.Route:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByName(self, ItemName: str) -> _m.Route:
        """The route of a domain."""
    def ItemByDBID(self, DBID: int) -> _m.Route:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""

class Rule(Object):
    """What is done with messages that meet some criteria."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def AccountID(self) -> int:
        """The number of the account whose rule it is; 0: the server's."""
    @AccountID.setter
    def AccountID(self, value: int) -> None: ...
    @property
    def Name(self) -> str:
        """The name of the rule, up to 100 characters."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    @property
    def Active(self) -> bool:
        """Whether the rule is used."""
    @Active.setter
    def Active(self, value: bool) -> None: ...
    @property
    def UseAND(self) -> bool:
        """Whether all criteria must be met, or one of them."""
    @UseAND.setter
    def UseAND(self, value: bool) -> None: ...
    @property
    def Criterias(self) -> _m.RuleCriterias:
        """What a message must be like."""
    @property
    def Actions(self) -> _m.RuleActions:
        """What is done with the message."""
    def Save(self) -> None:
        """Stores the rule, with the criteria and actions that it was given before it was stored."""
    def MoveUp(self) -> None:
        """Makes the rule change places with the one before it, at once."""
    def MoveDown(self) -> None:
        """Makes the rule change places with the one behind it, at once."""
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class RuleAction(Object):
    """One thing that a rule does."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def RuleID(self) -> int:
        """The number of the rule."""
    @RuleID.setter
    def RuleID(self, value: int) -> None: ...
    @property
    def Type(self) -> int:
        """What is done; it tells which of the other properties count."""
    @Type.setter
    def Type(self, value: int) -> None: ...
    @property
    def Subject(self) -> str:
        """The subject of a reply."""
    @Subject.setter
    def Subject(self, value: str) -> None: ...
    @property
    def Body(self) -> str:
        """The text of a reply."""
    @Body.setter
    def Body(self, value: str) -> None: ...
    @property
    def FromName(self) -> str:
        """The name of a reply's author."""
    @FromName.setter
    def FromName(self, value: str) -> None: ...
    @property
    def FromAddress(self) -> str:
        """The address of a reply's author."""
    @FromAddress.setter
    def FromAddress(self, value: str) -> None: ...
    @property
    def Filename(self) -> str:
        """The file that is used."""
    @Filename.setter
    def Filename(self, value: str) -> None: ...
    @property
    def To(self) -> str:
        """Where the message is forwarded to."""
    @To.setter
    def To(self, value: str) -> None: ...
    @property
    def IMAPFolder(self) -> str:
        """The path of the folder that the message is moved to."""
    @IMAPFolder.setter
    def IMAPFolder(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def ScriptFunction(self) -> str:
        """The function of the event script that is called."""
    @ScriptFunction.setter
    def ScriptFunction(self, value: str) -> None: ...
    def MoveUp(self) -> None:
        """Makes the action change places with the one before it, at once."""
    def MoveDown(self) -> None:
        """Makes the action change places with the one behind it, at once."""
    @property
    def HeaderName(self) -> str:
        """The name of the header field that is set, up to 80 characters."""
    @HeaderName.setter
    def HeaderName(self, value: str) -> None: ...
    @property
    def Value(self) -> str:
        """The value that the field gets, or the address that is bound to."""
    @Value.setter
    def Value(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""
    @property
    def RouteID(self) -> int:
        """The number of the route by which the message is sent."""
    @RouteID.setter
    def RouteID(self, value: int) -> None: ...

class RuleActions(Collection[_m.RuleAction]):
    """What a rule does, in its order."""
    def Item(self, Index: int) -> _m.RuleAction:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.RuleAction:
        """The item with a database id."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def Add(self) -> _m.RuleAction:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Delete(self, DBID: int) -> None:
        """Deletes the item at an index; does nothing where there is none."""

class RuleCriteria(Object):
    """One thing that a message must have."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def RuleID(self) -> int:
        """The number of the rule."""
    @RuleID.setter
    def RuleID(self, value: int) -> None: ...
    @property
    def MatchValue(self) -> str:
        """What the field is compared with."""
    @MatchValue.setter
    def MatchValue(self, value: str) -> None: ...
    @property
    def UsePredefined(self) -> bool:
        """Whether PredefinedField says what is looked at, or HeaderField."""
    @UsePredefined.setter
    def UsePredefined(self, value: bool) -> None: ...
    @property
    def PredefinedField(self) -> int:
        """What of the message is looked at."""
    @PredefinedField.setter
    def PredefinedField(self, value: int) -> None: ...
    @property
    def MatchType(self) -> int:
        """How it is compared."""
    @MatchType.setter
    def MatchType(self, value: int) -> None: ...
    @property
    def HeaderField(self) -> str:
        """The name of the header field that is looked at, up to 80 characters."""
    @HeaderField.setter
    def HeaderField(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class RuleCriterias(Collection[_m.RuleCriteria]):
    """What a message must be like for a rule."""
    def Item(self, Index: int) -> _m.RuleCriteria:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.RuleCriteria:
        """The item with a database id."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def Add(self) -> _m.RuleCriteria:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Delete(self, DBID: int) -> None:
        """Deletes the item at an index; does nothing where there is none."""

class Rules(Collection[_m.Rule]):
    """The rules of an account, or those of the server for all mail, in the order in which they are tried."""
    def Item(self, Index: int) -> _m.Rule:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.Rule:
        """The item with a database id."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def Add(self) -> _m.Rule:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> None:
        """Reads the items again."""

class SSLCertificate(Object):
    """A certificate and its private key, as files on the server's machine."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> str:
        """The name of the certificate, up to 255 characters."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def CertificateFile(self) -> str:
        """The path of the certificate with its chain, in PEM."""
    @CertificateFile.setter
    def CertificateFile(self, value: str) -> None: ...
    @property
    def PrivateKeyFile(self) -> str:
        """The path of its private key, in PEM."""
    @PrivateKeyFile.setter
    def PrivateKeyFile(self, value: str) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class SSLCertificates(Collection[_m.SSLCertificate]):
    """The certificates that ports may use."""
    def Item(self, Index: int) -> _m.SSLCertificate:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.SSLCertificate:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.SSLCertificate:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Clear(self) -> None:
        """Deletes all of them."""

class SURBLServer(Object):
    """A list of hosts in the DNS."""
    @property
    def Active(self) -> bool:
        """Whether the list is asked."""
    @Active.setter
    def Active(self, value: bool) -> None: ...
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def DNSHost(self) -> str:
        """The DNS name of the list, such as multi.surbl.org."""
    @DNSHost.setter
    def DNSHost(self, value: str) -> None: ...
    @property
    def RejectMessage(self) -> str:
        """What the sender of a message with such a link is told."""
    @RejectMessage.setter
    def RejectMessage(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def Score(self) -> int:
        """What a hit adds to a message's spam score."""
    @Score.setter
    def Score(self, value: int) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class SURBLServers(Collection[_m.SURBLServer]):
    """The lists of hosts that are asked about the links of a message."""
    def Item(self, Index: int) -> _m.SURBLServer:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.SURBLServer:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.SURBLServer:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def ItemByDNSHost(self, sDNSHost: str) -> _m.SURBLServer:
        """The list at a DNS name."""

class Scripting(Object):
    """Whether event scripts run, in which language, and where they lie."""
    @property
    def Enabled(self) -> bool:
        """Whether event scripts run."""
    @Enabled.setter
    def Enabled(self, value: bool) -> None: ...
    @property
    def Language(self) -> str:
        """The language of the event scripts: VBScript, JScript or Python; acts at the next Reload."""
    @Language.setter
    def Language(self, value: str) -> None: ...
    def Reload(self) -> None:
        """Reads the event scripts again; where the file has errors they are logged, and the scripts that were loaded before go on."""
    def CheckSyntax(self) -> str:
        """Checks the event scripts by running what stands outside of functions; gives the error, or an empty text."""
    @property
    def Directory(self) -> str:
        """The folder of the event scripts."""
    @property
    def CurrentScriptFile(self) -> str:
        """The file of the event scripts, by the language that is set."""

class SecurityRange(Object):
    """A range of IP addresses and what its clients may do."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def LowerIP(self) -> str:
        """The first address of the range, IPv4 or IPv6; what is no address is passed by."""
    @LowerIP.setter
    def LowerIP(self, value: str) -> None: ...
    @property
    def UpperIP(self) -> str:
        """The last address of the range, of the same version as the first."""
    @UpperIP.setter
    def UpperIP(self, value: str) -> None: ...
    @property
    def AllowSMTPConnections(self) -> bool:
        """Whether its clients may connect by SMTP."""
    @AllowSMTPConnections.setter
    def AllowSMTPConnections(self, value: bool) -> None: ...
    @property
    def AllowPOP3Connections(self) -> bool:
        """Whether its clients may connect by POP3."""
    @AllowPOP3Connections.setter
    def AllowPOP3Connections(self, value: bool) -> None: ...
    @property
    def Priority(self) -> int:
        """Of the ranges that hold a client the one with the highest number decides."""
    @Priority.setter
    def Priority(self, value: int) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def AllowIMAPConnections(self) -> bool:
        """Whether its clients may connect by IMAP."""
    @AllowIMAPConnections.setter
    def AllowIMAPConnections(self, value: bool) -> None: ...
    @property
    def Name(self) -> str:
        """The name of the range, up to 100 characters; no two have the same."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    @property
    def RequireAuthForDeliveryToLocal(self) -> bool:
        """No longer of any use: it is taken and ignored."""
    @RequireAuthForDeliveryToLocal.setter
    def RequireAuthForDeliveryToLocal(self, value: bool) -> None: ...
    @property
    def RequireAuthForDeliveryToRemote(self) -> bool:
        """No longer of any use: it is taken and ignored, too."""
    @RequireAuthForDeliveryToRemote.setter
    def RequireAuthForDeliveryToRemote(self, value: bool) -> None: ...
    @property
    def AllowDeliveryFromLocalToLocal(self) -> bool:
        """Whether mail from domains of this server to its own domains is taken."""
    @AllowDeliveryFromLocalToLocal.setter
    def AllowDeliveryFromLocalToLocal(self, value: bool) -> None: ...
    @property
    def AllowDeliveryFromLocalToRemote(self) -> bool:
        """Whether mail from domains of this server to others is taken."""
    @AllowDeliveryFromLocalToRemote.setter
    def AllowDeliveryFromLocalToRemote(self, value: bool) -> None: ...
    @property
    def AllowDeliveryFromRemoteToLocal(self) -> bool:
        """Whether mail from other domains to those of this server is taken."""
    @AllowDeliveryFromRemoteToLocal.setter
    def AllowDeliveryFromRemoteToLocal(self, value: bool) -> None: ...
    @property
    def AllowDeliveryFromRemoteToRemote(self) -> bool:
        """Whether mail from other domains to other domains is taken."""
    @AllowDeliveryFromRemoteToRemote.setter
    def AllowDeliveryFromRemoteToRemote(self, value: bool) -> None: ...
    @property
    def EnableSpamProtection(self) -> bool:
        """Whether mail from its clients is tested for spam."""
    @EnableSpamProtection.setter
    def EnableSpamProtection(self, value: bool) -> None: ...
    @property
    def IsForwardingRelay(self) -> bool:
        """No longer of any use, see IncomingRelays: it is taken and ignored."""
    @IsForwardingRelay.setter
    def IsForwardingRelay(self, value: bool) -> None: ...
    @property
    def EnableAntiVirus(self) -> bool:
        """Whether mail from its clients is scanned for viruses."""
    @EnableAntiVirus.setter
    def EnableAntiVirus(self, value: bool) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""
    @property
    def Expires(self) -> bool:
        """Whether the range ends at ExpiresTime."""
    @Expires.setter
    def Expires(self, value: bool) -> None: ...
    @property
    def ExpiresTime(self) -> _Date | None:
        """When the range ends, in the server's local time; Empty when no time is set."""
    @ExpiresTime.setter
    def ExpiresTime(self, value: _Date | str | None) -> None: ...
    @property
    def RequireSMTPAuthLocalToLocal(self) -> bool:
        """Whether mail between domains of this server needs a login."""
    @RequireSMTPAuthLocalToLocal.setter
    def RequireSMTPAuthLocalToLocal(self, value: bool) -> None: ...
    @property
    def RequireSMTPAuthLocalToExternal(self) -> bool:
        """Whether mail from domains of this server to others needs a login."""
    @RequireSMTPAuthLocalToExternal.setter
    def RequireSMTPAuthLocalToExternal(self, value: bool) -> None: ...
    @property
    def RequireSMTPAuthExternalToLocal(self) -> bool:
        """Whether mail from other domains to those here needs a login."""
    @RequireSMTPAuthExternalToLocal.setter
    def RequireSMTPAuthExternalToLocal(self, value: bool) -> None: ...
    @property
    def RequireSMTPAuthExternalToExternal(self) -> bool:
        """Whether mail from other domains to other domains needs a login."""
    @RequireSMTPAuthExternalToExternal.setter
    def RequireSMTPAuthExternalToExternal(self, value: bool) -> None: ...
    @property
    def RequireSSLTLSForAuth(self) -> bool:
        """Whether its clients may log in only over an encrypted connection."""
    @RequireSSLTLSForAuth.setter
    def RequireSSLTLSForAuth(self, value: bool) -> None: ...

class SecurityRanges(Collection[_m.SecurityRange]):
    """The IP ranges: of those that hold a client the one with the highest priority decides what it may do.  They count while the setting
    `ip_ranges` is on, as it is in hMailServer's mode; a client that is in none is refused.
    """
    def Item(self, Index: int) -> _m.SecurityRange:
        """The item at an index, counted from 0."""
    def ItemByDBID(self, DBID: int) -> _m.SecurityRange:
        """The item with a database id."""
    def Delete(self, Index: int) -> None:
        """Deletes the item at an index; does nothing where there is none."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Add(self) -> _m.SecurityRange:
        """Makes a new item; it is in the collection and the database once it is saved."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def ItemByName(self, sName: str) -> _m.SecurityRange:
        """The range of a name."""
    def SetDefault(self) -> None:
        """Replaces all ranges by the two of a new server, Internet and My computer."""

class ServerMessage(Object):
    """A text of the server."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Name(self) -> str:
        """The name under which the server knows the text."""
    @Name.setter
    def Name(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def Text(self) -> str:
        """The text; words such as %MACRO_SUBJECT% are filled in."""
    @Text.setter
    def Text(self, value: str) -> None: ...

class ServerMessages(Collection[_m.ServerMessage]):
    """The texts of the server: there are always the same ones."""
    def Item(self, Index: int) -> _m.ServerMessage:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def ItemByDBID(self, DBID: int) -> _m.ServerMessage:
        """The item with a database id."""
    def ItemByName(self, sName: str) -> _m.ServerMessage:
        """The text of a name."""
    def Refresh(self) -> None:
        """Reads the items again."""

class Settings(Object):
    """The settings of the whole server; each is applied and stored at once when it is set."""
    @property
    def MaxSMTPConnections(self) -> int:
        """SMTP connections at one time; 0 is no limit."""
    @MaxSMTPConnections.setter
    def MaxSMTPConnections(self, value: int) -> None: ...
    @property
    def MaxPOP3Connections(self) -> int:
        """POP3 connections at one time; 0 is no limit."""
    @MaxPOP3Connections.setter
    def MaxPOP3Connections(self, value: int) -> None: ...
    @property
    def MirrorEMailAddress(self) -> str:
        """Who gets a copy of every message; empty: nobody."""
    @MirrorEMailAddress.setter
    def MirrorEMailAddress(self, value: str) -> None: ...
    @property
    def AllowSMTPAuthPlain(self) -> bool:
        """Whether SMTP offers AUTH PLAIN."""
    @AllowSMTPAuthPlain.setter
    def AllowSMTPAuthPlain(self, value: bool) -> None: ...
    @property
    def DenyMailFromNull(self) -> bool:
        """Whether mail with an empty envelope sender, as reports have, is refused."""
    @DenyMailFromNull.setter
    def DenyMailFromNull(self, value: bool) -> None: ...
    @property
    def Logging(self) -> _m.Logging:
        """What is logged, and the live log."""
    @property
    def SecurityRanges(self) -> _m.SecurityRanges:
        """The ranges of client addresses with what each may do."""
    @property
    def SMTPNoOfTries(self) -> int:
        """Tries after the first one before a message is returned; 0: return_after decides."""
    @SMTPNoOfTries.setter
    def SMTPNoOfTries(self, value: int) -> None: ...
    @property
    def SMTPMinutesBetweenTry(self) -> int:
        """The minutes between further tries, up to a tenth more by chance."""
    @SMTPMinutesBetweenTry.setter
    def SMTPMinutesBetweenTry(self, value: int) -> None: ...
    @property
    def SMTPRelayer(self) -> str:
        """The host that takes all mail for other servers; empty: the DNS decides. `a|b` are two."""
    @SMTPRelayer.setter
    def SMTPRelayer(self, value: str) -> None: ...
    @property
    def WelcomeSMTP(self) -> str:
        """What SMTP greets with, before ESMTP; empty: the server's name."""
    @WelcomeSMTP.setter
    def WelcomeSMTP(self, value: str) -> None: ...
    @property
    def WelcomePOP3(self) -> str:
        """What POP3 greets with; empty: the server's name."""
    @WelcomePOP3.setter
    def WelcomePOP3(self, value: str) -> None: ...
    @property
    def WelcomeIMAP(self) -> str:
        """What IMAP greets with; empty: the server's name."""
    @WelcomeIMAP.setter
    def WelcomeIMAP(self, value: str) -> None: ...
    @property
    def ServiceSMTP(self) -> bool:
        """Whether ports of SMTP are opened; acts at the next start or `postroom resume`."""
    @ServiceSMTP.setter
    def ServiceSMTP(self, value: bool) -> None: ...
    @property
    def ServicePOP3(self) -> bool:
        """Whether ports of POP3 are opened; acts at the next start or `postroom resume`."""
    @ServicePOP3.setter
    def ServicePOP3(self, value: bool) -> None: ...
    @property
    def ServiceIMAP(self) -> bool:
        """Whether ports of IMAP are opened; acts at the next start or `postroom resume`."""
    @ServiceIMAP.setter
    def ServiceIMAP(self, value: bool) -> None: ...
    @property
    def MaxDeliveryThreads(self) -> int:
        """Messages on their way to other servers at one time, over all destinations."""
    @MaxDeliveryThreads.setter
    def MaxDeliveryThreads(self, value: int) -> None: ...
    @property
    def AntiVirus(self) -> _m.AntiVirus:
        """The virus scanners."""
    @property
    def Routes(self) -> _m.Routes:
        """Where mail for other domains goes instead of where the DNS says."""
    @property
    def HostName(self) -> str:
        """The server's name in greetings and Received fields; empty: the machine's own."""
    @HostName.setter
    def HostName(self, value: str) -> None: ...
    @property
    def SMTPRelayerRequiresAuthentication(self) -> bool:
        """Whether this server logs in at smtp_relayer."""
    @SMTPRelayerRequiresAuthentication.setter
    def SMTPRelayerRequiresAuthentication(self, value: bool) -> None: ...
    @property
    def SMTPRelayerUsername(self) -> str:
        """The user name at smtp_relayer."""
    @SMTPRelayerUsername.setter
    def SMTPRelayerUsername(self, value: str) -> None: ...
    def SetSMTPRelayerPassword(self, newVal: str) -> None:
        """Sets the password for the relay; nobody can read it again."""
    @property
    def SMTPRelayerPort(self) -> int:
        """The port of smtp_relayer; 0 is 25."""
    @SMTPRelayerPort.setter
    def SMTPRelayerPort(self, value: int) -> None: ...
    @property
    def UserInterfaceLanguage(self) -> str:
        """The language that administration programs shall show."""
    @UserInterfaceLanguage.setter
    def UserInterfaceLanguage(self, value: str) -> None: ...
    @property
    def Scripting(self) -> _m.Scripting:
        """The event scripts."""
    @property
    def MaxMessageSize(self) -> int:
        """The largest message that is accepted, in kilobytes; 0 is no limit."""
    @MaxMessageSize.setter
    def MaxMessageSize(self, value: int) -> None: ...
    @property
    def Cache(self) -> _m.Cache:
        """The caches."""
    @property
    def RuleLoopLimit(self) -> int:
        """How often rules may pass a message on."""
    @RuleLoopLimit.setter
    def RuleLoopLimit(self, value: int) -> None: ...
    @property
    def Backup(self) -> _m.BackupSettings:
        """What a backup holds and where it is made."""
    @property
    def DefaultDomain(self) -> str:
        """The domain of login names without one."""
    @DefaultDomain.setter
    def DefaultDomain(self, value: str) -> None: ...
    @property
    def SMTPDeliveryBindToIP(self) -> str:
        """The address of this machine that mail leaves from; empty: any."""
    @SMTPDeliveryBindToIP.setter
    def SMTPDeliveryBindToIP(self, value: str) -> None: ...
    @property
    def MaxIMAPConnections(self) -> int:
        """IMAP connections at one time; 0 is no limit."""
    @MaxIMAPConnections.setter
    def MaxIMAPConnections(self, value: int) -> None: ...
    @property
    def IMAPSortEnabled(self) -> bool:
        """Whether IMAP offers SORT."""
    @IMAPSortEnabled.setter
    def IMAPSortEnabled(self, value: bool) -> None: ...
    @property
    def IMAPQuotaEnabled(self) -> bool:
        """Whether IMAP offers QUOTA."""
    @IMAPQuotaEnabled.setter
    def IMAPQuotaEnabled(self, value: bool) -> None: ...
    @property
    def IMAPIdleEnabled(self) -> bool:
        """Whether IMAP offers IDLE."""
    @IMAPIdleEnabled.setter
    def IMAPIdleEnabled(self, value: bool) -> None: ...
    @property
    def WorkerThreadPriority(self) -> int:
        """The priority of threads; here it is the operating system's."""
    @WorkerThreadPriority.setter
    def WorkerThreadPriority(self, value: int) -> None: ...
    @property
    def TCPIPThreads(self) -> int:
        """Threads for connections; this server has one loop a process instead."""
    @TCPIPThreads.setter
    def TCPIPThreads(self, value: int) -> None: ...
    @property
    def AllowIncorrectLineEndings(self) -> bool:
        """Whether SMTP takes a bare LF for a line end, by which mail can be smuggled in."""
    @AllowIncorrectLineEndings.setter
    def AllowIncorrectLineEndings(self, value: bool) -> None: ...
    @property
    def MaxSMTPRecipientsInBatch(self) -> int:
        """Recipients of one message that one try to send takes, up to 100; 0: 100."""
    @MaxSMTPRecipientsInBatch.setter
    def MaxSMTPRecipientsInBatch(self, value: int) -> None: ...
    @property
    def AntiSpam(self) -> _m.AntiSpam:
        """The spam tests."""
    @property
    def DisconnectInvalidClients(self) -> bool:
        """Whether sessions are ended after max_number_of_invalid_commands."""
    @DisconnectInvalidClients.setter
    def DisconnectInvalidClients(self, value: bool) -> None: ...
    @property
    def MaxNumberOfInvalidCommands(self) -> int:
        """Commands refused after which a session is ended."""
    @MaxNumberOfInvalidCommands.setter
    def MaxNumberOfInvalidCommands(self, value: int) -> None: ...
    @property
    def ServerMessages(self) -> _m.ServerMessages:
        """The texts of mail that the server writes itself."""
    @property
    def TCPIPPorts(self) -> _m.TCPIPPorts:
        """The ports that the server listens on."""
    @property
    def SMTPRelayerUseSSL(self) -> bool:
        """Whether mail to the relay is encrypted from the first octet; the older form of SMTPRelayerConnectionSecurity."""
    @SMTPRelayerUseSSL.setter
    def SMTPRelayerUseSSL(self, value: bool) -> None: ...
    @property
    def SSLCertificates(self) -> _m.SSLCertificates:
        """The certificates that ports may show."""
    @property
    def AddDeliveredToHeader(self) -> bool:
        """Whether a message in a mailbox begins with Delivered-To, the address that it was sent to."""
    @AddDeliveredToHeader.setter
    def AddDeliveredToHeader(self, value: bool) -> None: ...
    @property
    def IMAPPublicFolderName(self) -> str:
        """The folder under which IMAP shows public folders."""
    @IMAPPublicFolderName.setter
    def IMAPPublicFolderName(self, value: str) -> None: ...
    @property
    def IMAPACLEnabled(self) -> bool:
        """Whether IMAP offers ACL."""
    @IMAPACLEnabled.setter
    def IMAPACLEnabled(self, value: bool) -> None: ...
    def SetAdministratorPassword(self, newVal: str) -> None:
        """Sets the password of Administrator; an empty one takes it away, and then every program on this machine is the administrator."""
    @property
    def Directories(self) -> _m.Directories:
        """The folders of the server."""
    @property
    def PublicFolders(self) -> _m.IMAPFolders:
        """The folders that belong to nobody alone."""
    @property
    def PublicFolderDiskName(self) -> str:
        """The folder on disk in which files of public messages are made."""
    @property
    def Groups(self) -> _m.Groups:
        """The groups of accounts, for permissions on folders."""
    @property
    def IncomingRelays(self) -> _m.IncomingRelays:
        """The servers of one's own that bring mail of others."""
    @property
    def AutoBanOnLogonFailure(self) -> bool:
        """Whether addresses are banned for a time after failed logins."""
    @AutoBanOnLogonFailure.setter
    def AutoBanOnLogonFailure(self, value: bool) -> None: ...
    @property
    def MaxInvalidLogonAttempts(self) -> int:
        """Failed logins of an address that get it banned."""
    @MaxInvalidLogonAttempts.setter
    def MaxInvalidLogonAttempts(self, value: int) -> None: ...
    @property
    def MaxInvalidLogonAttemptsWithin(self) -> int:
        """The minutes for which a failed login counts."""
    @MaxInvalidLogonAttemptsWithin.setter
    def MaxInvalidLogonAttemptsWithin(self, value: int) -> None: ...
    @property
    def AutoBanMinutes(self) -> int:
        """The minutes that a ban lasts."""
    @AutoBanMinutes.setter
    def AutoBanMinutes(self, value: int) -> None: ...
    def ClearLogonFailureList(self) -> None:
        """Forgets the failed logins that were counted; bans in force stay."""
    @property
    def IMAPHierarchyDelimiter(self) -> str:
        """The character between the levels of IMAP folder names; no folder's name may hold it."""
    @IMAPHierarchyDelimiter.setter
    def IMAPHierarchyDelimiter(self, value: str) -> None: ...
    @property
    def MaxAsynchronousThreads(self) -> int:
        """Threads for background work; this server takes as many as it needs."""
    @MaxAsynchronousThreads.setter
    def MaxAsynchronousThreads(self, value: int) -> None: ...
    @property
    def MessageIndexing(self) -> _m.MessageIndexing:
        """The index of the messages' text."""
    @property
    def MaxNumberOfMXHosts(self) -> int:
        """Mail exchangers of a domain that are looked at, the best first; 0: 20."""
    @MaxNumberOfMXHosts.setter
    def MaxNumberOfMXHosts(self, value: int) -> None: ...
    @property
    def SMTPRelayerConnectionSecurity(self) -> int:
        """How mail to smtp_relayer is encrypted."""
    @SMTPRelayerConnectionSecurity.setter
    def SMTPRelayerConnectionSecurity(self, value: int) -> None: ...
    @property
    def SMTPConnectionSecurity(self) -> int:
        """How mail to other servers is encrypted."""
    @SMTPConnectionSecurity.setter
    def SMTPConnectionSecurity(self, value: int) -> None: ...
    @property
    def VerifyRemoteSslCertificate(self) -> bool:
        """Whether smtp_relayer must show a certificate that is valid for its name."""
    @VerifyRemoteSslCertificate.setter
    def VerifyRemoteSslCertificate(self, value: bool) -> None: ...
    @property
    def SslCipherList(self) -> str:
        """The ciphers of TLS 1.2, as OpenSSL writes them; empty: the usual ones. It acts at the next start or reload."""
    @SslCipherList.setter
    def SslCipherList(self, value: str) -> None: ...
    @property
    def TlsVersion10Enabled(self) -> bool:
        """Whether clients may use TLS 1.0, which is broken."""
    @TlsVersion10Enabled.setter
    def TlsVersion10Enabled(self, value: bool) -> None: ...
    @property
    def TlsVersion11Enabled(self) -> bool:
        """Whether clients may use TLS 1.1, which is broken."""
    @TlsVersion11Enabled.setter
    def TlsVersion11Enabled(self, value: bool) -> None: ...
    @property
    def TlsVersion12Enabled(self) -> bool:
        """Whether clients may use TLS 1.2; acts after a restart."""
    @TlsVersion12Enabled.setter
    def TlsVersion12Enabled(self, value: bool) -> None: ...
    @property
    def CrashSimulationMode(self) -> int:
        """A crash for tests of hMailServer; this server has other ones."""
    @CrashSimulationMode.setter
    def CrashSimulationMode(self, value: int) -> None: ...
    @property
    def IMAPMasterUser(self) -> str:
        """The account that may open every mailbox; empty: none."""
    @IMAPMasterUser.setter
    def IMAPMasterUser(self, value: str) -> None: ...
    @property
    def IMAPAuthAllowPlainText(self) -> bool:
        """Whether passwords may come without TLS from everywhere, for all protocols; otherwise from this machine alone."""
    @IMAPAuthAllowPlainText.setter
    def IMAPAuthAllowPlainText(self, value: bool) -> None: ...
    @property
    def IMAPSASLPlainEnabled(self) -> bool:
        """Whether IMAP offers AUTH=PLAIN."""
    @IMAPSASLPlainEnabled.setter
    def IMAPSASLPlainEnabled(self, value: bool) -> None: ...
    @property
    def IMAPSASLInitialResponseEnabled(self) -> bool:
        """Whether IMAP offers SASL-IR."""
    @IMAPSASLInitialResponseEnabled.setter
    def IMAPSASLInitialResponseEnabled(self, value: bool) -> None: ...
    @property
    def TlsVersion13Enabled(self) -> bool:
        """Whether clients may use TLS 1.3."""
    @TlsVersion13Enabled.setter
    def TlsVersion13Enabled(self, value: bool) -> None: ...
    @property
    def IPv6PreferredEnabled(self) -> bool:
        """Whether IPv6 is tried before IPv4."""
    @IPv6PreferredEnabled.setter
    def IPv6PreferredEnabled(self, value: bool) -> None: ...

class Status(Object):
    """What the server does at the moment, and has done since it started; all of its processes together."""
    @property
    def UndeliveredMessages(self) -> str:
        """A line for each message in the queue: id, created, from, to, next try, file, locked, tries; parted by tabs, ended by CRLF."""
    @property
    def StartTime(self) -> str:
        """When the server started, in local time, such as 2026-11-21 09:30:00."""
    @property
    def ProcessedMessages(self) -> int:
        """Messages taken in since the server started."""
    @property
    def RemovedViruses(self) -> int:
        """Messages found to hold a virus since the server started."""
    @property
    def RemovedSpamMessages(self) -> int:
        """Messages found to be spam since the server started."""
    def SessionCount(self, iType: int) -> int:
        """How many sessions of a kind are open: 1 SMTP, 3 POP3, 5 IMAP; 0 for all others."""
    @property
    def ThreadID(self) -> int:
        """The number of the thread that answers."""

class TCPIPPort(Object):
    """A port on which the server listens."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def Protocol(self) -> int:
        """The protocol: 1 SMTP, 3 POP3, 5 IMAP."""
    @Protocol.setter
    def Protocol(self, value: int) -> None: ...
    @property
    def PortNumber(self) -> int:
        """The number of the port, 1 to 65535."""
    @PortNumber.setter
    def PortNumber(self, value: int) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    @property
    def Address(self) -> str:
        """The IP address of this machine on which is listened; 0.0.0.0 is all of IPv4, :: all of IPv6."""
    @Address.setter
    def Address(self, value: str) -> None: ...
    @property
    def UseSSL(self) -> bool:
        """The older way to say ConnectionSecurity: true for encryption from the first octet, false for none."""
    @UseSSL.setter
    def UseSSL(self, value: bool) -> None: ...
    @property
    def SSLCertificateID(self) -> int:
        """The number of the certificate for encryption."""
    @SSLCertificateID.setter
    def SSLCertificateID(self, value: int) -> None: ...
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""
    @property
    def ConnectionSecurity(self) -> int:
        """How connections are encrypted: 0 not, 1 from the first octet, 2 by STARTTLS where it is offered, 3 by STARTTLS only."""
    @ConnectionSecurity.setter
    def ConnectionSecurity(self, value: int) -> None: ...

class TCPIPPorts(Collection[_m.TCPIPPort]):
    """The ports on which the server listens for mail; a changed one opens at the next start."""
    def Item(self, Index: int) -> _m.TCPIPPort:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.TCPIPPort:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.TCPIPPort:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def SetDefault(self) -> None:
        """Replaces all ports by those of a new server: SMTP 25 and 587, POP3 110, IMAP 143, without encryption."""

class Utilities(Object):
    """Small functions that scripts need; most work without any login."""
    def GetMailServer(self, EMailAddress: str) -> str:
        """The IP addresses of the servers that take an address's mail, the best first, parted by commas."""
    def IsValidEmailAddress(self, EMailAddress: str) -> bool:
        """Tells whether a text can be an e-mail address."""
    def IsValidDomainName(self, sDomainName: str) -> bool:
        """Tells whether a text can be a domain."""
    def MD5(self, Input: str) -> str:
        """The MD5 of a text in 32 hex digits; for old data only, it protects nothing."""
    def BlowfishEncrypt(self, Input: str) -> str:
        """Encrypts a text with Blowfish under hMailServer's key, which is public: hidden from a glance, not protected."""
    def BlowfishDecrypt(self, Input: str) -> str:
        """Decrypts what BlowfishEncrypt gave."""
    def MakeDependent(self, OtherService: str) -> None:
        """Makes the Windows service depend on another; this server is no Windows service, so it refuses."""
    def ImportMessageFromFile(self, sFilename: str, iAccountID: int) -> bool:
        """Takes a file of the data directory into an account's INBOX, or with account 0 into the queue; false when it can't."""
    def EmailAllAccounts(self, sRecipientWildcard: str, sFromAddress: str, sFromName: str, sSubject: str, sBody: str) -> bool:
        """Sends one message to all active accounts whose address matches a wildcard; false when there are none."""
    def GenerateGUID(self) -> str:
        """A new GUID, such as {0F8FAD5B-D9CB-469F-A165-70867728950E}."""
    def RunTestSuite(self, sTestPassword: str) -> None:
        """Does nothing without the right phrase; the tests are not part of an installed server."""
    def IsLocalHost(self, sHostname: str) -> bool:
        """Tells whether a host's name or address is of this machine."""
    def ImportMessageFromFileToIMAPFolder(self, sFilename: str, iAccountID: int, sIMAPFolder: str) -> bool:
        """Takes a file of the data directory into a folder of an account, which is made when it is missing."""
    def IsStrongPassword(self, Username: str, Password: str) -> bool:
        """Tells whether a password is not part of the user's name, not short and not one of the usual ones."""
    def SHA256(self, Input: str) -> str:
        """The SHA-256 of a text with a new salt of 6 hex digits before it, 70 characters in all."""
    def CriteriaMatch(self, MatchValue: str, arg2: int, TestValue: str) -> bool:
        """Tells whether a value fits, by a match type of rules; MatchValue is what is looked for, TestValue where."""
    def RetrieveMessageID(self, sFilename: str) -> int:
        """The number of the message that a file is of, 0 when it is of none."""
    def IsValidIPAddress(self, IPAddress: str) -> bool:
        """Tells whether a text is an IP address, IPv4 or IPv6."""
    def PerformMaintenance(self, operation: int) -> None:
        """Maintains the server: 1 puts each folder's next UID above those of its messages."""

class WhiteListAddress(Object):
    """A range of addresses, and senders, whose mail skips all spam tests."""
    @property
    def ID(self) -> int:
        """Its number; 0 until it is saved."""
    @property
    def LowerIPAddress(self) -> str:
        """The first address of the range; what is no address is passed by."""
    @LowerIPAddress.setter
    def LowerIPAddress(self, value: str) -> None: ...
    @property
    def UpperIPAddress(self) -> str:
        """The last address of the range."""
    @UpperIPAddress.setter
    def UpperIPAddress(self, value: str) -> None: ...
    @property
    def EmailAddress(self) -> str:
        """The envelope senders meant, with wildcards; empty or `*` for all."""
    @EmailAddress.setter
    def EmailAddress(self, value: str) -> None: ...
    @property
    def Description(self) -> str:
        """What it is for, up to 255 characters."""
    @Description.setter
    def Description(self, value: str) -> None: ...
    def Save(self) -> None:
        """Stores it, or what was changed of it."""
    def Delete(self) -> None:
        """Deletes it, also from the collection that it came from."""

class WhiteListAddresses(Collection[_m.WhiteListAddress]):
    """Who is not tested for spam, by IP address and envelope sender."""
    def Item(self, Index: int) -> _m.WhiteListAddress:
        """The item at an index, counted from 0."""
    @property
    def Count(self) -> int:
        """How many items there are."""
    def DeleteByDBID(self, DBID: int) -> None:
        """Deletes the item with a database id; does nothing where there is none."""
    def Add(self) -> _m.WhiteListAddress:
        """Makes a new item; it is in the collection and the database once it is saved."""
    def ItemByDBID(self, DBID: int) -> _m.WhiteListAddress:
        """The item with a database id."""
    def Refresh(self) -> None:
        """Reads the items again."""
    def Clear(self) -> None:
        """Deletes all of them."""
