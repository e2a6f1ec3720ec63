"""What handlers in Python import: the classes of their parameters, for annotations, and the names that every event has.

Made by `make clients` of the model's description: change that instead.
"""

from typing import Any, Literal, overload

from postroom.client import model as _m
from postroom.client.errors import com_error as com_error
from postroom.client.model import Account as Account
from postroom.client.model import Accounts as Accounts
from postroom.client.model import Alias as Alias
from postroom.client.model import Aliases as Aliases
from postroom.client.model import AntiSpam as AntiSpam
from postroom.client.model import AntiVirus as AntiVirus
from postroom.client.model import Application as Application
from postroom.client.model import Attachment as Attachment
from postroom.client.model import Attachments as Attachments
from postroom.client.model import Backup as Backup
from postroom.client.model import BackupManager as BackupManager
from postroom.client.model import BackupSettings as BackupSettings
from postroom.client.model import BlockedAttachment as BlockedAttachment
from postroom.client.model import BlockedAttachments as BlockedAttachments
from postroom.client.model import Cache as Cache
from postroom.client.model import Client as Client
from postroom.client.model import DNSBlackList as DNSBlackList
from postroom.client.model import DNSBlackLists as DNSBlackLists
from postroom.client.model import Database as Database
from postroom.client.model import DeliveryQueue as DeliveryQueue
from postroom.client.model import DiagnosticResult as DiagnosticResult
from postroom.client.model import DiagnosticResults as DiagnosticResults
from postroom.client.model import Diagnostics as Diagnostics
from postroom.client.model import Directories as Directories
from postroom.client.model import DistributionList as DistributionList
from postroom.client.model import DistributionListRecipient as DistributionListRecipient
from postroom.client.model import DistributionListRecipients as DistributionListRecipients
from postroom.client.model import DistributionLists as DistributionLists
from postroom.client.model import Domain as Domain
from postroom.client.model import DomainAlias as DomainAlias
from postroom.client.model import DomainAliases as DomainAliases
from postroom.client.model import Domains as Domains
from postroom.client.model import FetchAccount as FetchAccount
from postroom.client.model import FetchAccounts as FetchAccounts
from postroom.client.model import GlobalObjects as GlobalObjects
from postroom.client.model import GreyListingWhiteAddress as GreyListingWhiteAddress
from postroom.client.model import GreyListingWhiteAddresses as GreyListingWhiteAddresses
from postroom.client.model import Group as Group
from postroom.client.model import GroupMember as GroupMember
from postroom.client.model import GroupMembers as GroupMembers
from postroom.client.model import Groups as Groups
from postroom.client.model import IMAPFolder as IMAPFolder
from postroom.client.model import IMAPFolderPermission as IMAPFolderPermission
from postroom.client.model import IMAPFolderPermissions as IMAPFolderPermissions
from postroom.client.model import IMAPFolders as IMAPFolders
from postroom.client.model import IncomingRelay as IncomingRelay
from postroom.client.model import IncomingRelays as IncomingRelays
from postroom.client.model import Language as Language
from postroom.client.model import Languages as Languages
from postroom.client.model import Links as Links
from postroom.client.model import Logging as Logging
from postroom.client.model import Message as Message
from postroom.client.model import MessageHeader as MessageHeader
from postroom.client.model import MessageHeaders as MessageHeaders
from postroom.client.model import MessageIndexing as MessageIndexing
from postroom.client.model import Messages as Messages
from postroom.client.model import Recipient as Recipient
from postroom.client.model import Recipients as Recipients
from postroom.client.model import Route as Route
from postroom.client.model import RouteAddress as RouteAddress
from postroom.client.model import RouteAddresses as RouteAddresses
from postroom.client.model import Routes as Routes
from postroom.client.model import Rule as Rule
from postroom.client.model import RuleAction as RuleAction
from postroom.client.model import RuleActions as RuleActions
from postroom.client.model import RuleCriteria as RuleCriteria
from postroom.client.model import RuleCriterias as RuleCriterias
from postroom.client.model import Rules as Rules
from postroom.client.model import SSLCertificate as SSLCertificate
from postroom.client.model import SSLCertificates as SSLCertificates
from postroom.client.model import SURBLServer as SURBLServer
from postroom.client.model import SURBLServers as SURBLServers
from postroom.client.model import Scripting as Scripting
from postroom.client.model import SecurityRange as SecurityRange
from postroom.client.model import SecurityRanges as SecurityRanges
from postroom.client.model import ServerMessage as ServerMessage
from postroom.client.model import ServerMessages as ServerMessages
from postroom.client.model import Settings as Settings
from postroom.client.model import Status as Status
from postroom.client.model import TCPIPPort as TCPIPPort
from postroom.client.model import TCPIPPorts as TCPIPPorts
from postroom.client.model import Utilities as Utilities
from postroom.client.model import WhiteListAddress as WhiteListAddress
from postroom.client.model import WhiteListAddresses as WhiteListAddresses

Result: _m.Result
"""What the event's handler decides."""
EventLog: _m.EventLog
"""The log that scripts write to."""
HMAILSERVER_CLIENT: _m.Client
"""The client of the event, the same that the handler gets."""
HMAILSERVER_MESSAGE: _m.Message
"""The message of the event, likewise."""
HMAILSERVER_ACCOUNT: _m.Account
"""The account whose password is checked."""
HMAILSERVER_FETCHACCOUNT: _m.FetchAccount
"""The account that mail is fetched from."""

@overload
def CreateObject(progid: Literal["hMailServer.Application"]) -> _m.Application: ...
@overload
def CreateObject(progid: Literal["hMailServer.Message"]) -> _m.Message: ...
@overload
def CreateObject(progid: Literal["hMailServer.Utilities"]) -> _m.Utilities: ...
@overload
def CreateObject(progid: str) -> Any:
    """Makes an object of the server by its ProgID; raises com_error."""
