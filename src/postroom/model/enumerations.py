"""The enumerations of the model, with hMailServer's names and numbers."""

from __future__ import annotations

from enum import IntEnum


class eDBtype(IntEnum):
    """The kinds of database."""

    hDBTypeUnknown = 0
    hDBTypeMySQL = 1
    hDBTypeMSSQL = 2
    hDBTypePostgreSQL = 3
    hDBTypeMSSQLCE = 4


class eAntivirusAction(IntEnum):
    """What becomes of a message with a virus."""

    hDeleteEmail = 0
    hDeleteAttachments = 1


class eServerState(IntEnum):
    """What the server does."""

    hStateUnknown = 0
    hStateStopped = 1
    hStateStarting = 2
    hStateRunning = 3
    hStateStopping = 4


class eLogDevice(IntEnum):
    """Where the log goes."""

    hLogDeviceUnknown = 0
    hLogDeviceSQL = 1
    hLogDeviceFile = 2


class eLogOutputFormat(IntEnum):
    """The layouts of the log."""

    hLogFormatDefault = 1
    hLogFormatCSA = 2


class eAdminLevel(IntEnum):
    """How far an account may administer."""

    hAdminLevelNormal = 0
    hAdminLevelDomainAdmin = 1
    hAdminLevelServerAdmin = 2


class eRulePredefinedField(IntEnum):
    """What a criterion of a rule looks at."""

    eFTUnknown = 0
    eFTFrom = 1
    eFTTo = 2
    eFTCC = 3
    eFTSubject = 4
    eFTBody = 5
    eFTMessageSize = 6
    eFTRecipientList = 7
    eFTDeliveryAttempts = 8


class eRuleMatchType(IntEnum):
    """How a criterion compares (11.4)."""

    eMTUnknown = 0
    eMTEquals = 1
    eMTContains = 2
    eMTLessThan = 3
    eMTGreaterThan = 4
    eMTRegExMatch = 5
    eMTNotContains = 6
    eMTNotEquals = 7
    eMTWildcard = 8


class eRuleActionType(IntEnum):
    """What a rule does (11.5)."""

    eRAUnknown = 0
    eRADeleteEmail = 1
    eRAForwardEmail = 2
    eRAReply = 3
    eRAMoveToImapFolder = 4
    eRARunScriptFunction = 5
    eRAStopRuleProcessing = 6
    eRASetHeaderValue = 7
    eRASendUsingRoute = 8
    eRACreateCopy = 9
    eRABindToAddress = 10


class eDistributionListMode(IntEnum):
    """Who may send to a distribution list (13.12)."""

    eLMPublic = 0
    eLMMembership = 1
    eLMAnnouncement = 2
    eLMDomainMembers = 3
    eLMServerMembers = 4


class eSessionType(IntEnum):
    """The protocols of sessions and ports."""

    eSTUnknown = 0
    eSTSMTP = 1
    eSTSMTPClient = 2
    eSTPOP3 = 3
    eSTPOP3Client = 4
    eSTIMAP = 5


class eConnectionSecurity(IntEnum):
    """How a connection is encrypted."""

    eCSNone = 0
    eCSTLS = 1
    eCSSTARTTLSOptional = 2
    eCSSTARTTLSRequired = 3


class eDomainSignatureMethod(IntEnum):
    """How a domain's signature and an account's go together (14.11)."""

    eSMUnknown = 0
    eSMSetIfNotSpecifiedInAccount = 1
    eSMOverwriteAccountSignature = 2
    eSMAppendToAccountSignature = 3


class eMessageFlag(IntEnum):
    """The flags of a message, as bits."""

    eMFSeen = 1
    eMFDeleted = 2
    eMFFlagged = 4
    eMFAnswered = 8
    eMFDraft = 16
    eMFRecent = 32
    eMFVirusScan = 64


class eACLPermission(IntEnum):
    """What a permission on a folder allows, as bits (16.1)."""

    ePermissionLookup = 1
    ePermissionRead = 2
    ePermissionWriteSeen = 4
    ePermissionWriteOthers = 8
    ePermissionInsert = 16
    ePermissionPost = 32
    ePermissionCreate = 64
    ePermissionDeleteMailbox = 128
    ePermissionWriteDeleted = 256
    ePermissionExpunge = 512
    ePermissionAdminister = 1024


class eACLPermissionType(IntEnum):
    """Whom a permission on a folder is for (16.2)."""

    ePermissionTypeUser = 0
    ePermissionTypeGroup = 1
    ePermissionTypeAnyone = 2


class eDKIMResult(IntEnum):
    """What a check of a DKIM signature found."""

    eDKNeutral = 0
    eDKPass = 1
    eDKTempFail = 2
    eDKPermFail = 3


class eDKIMCanonicalizationMethod(IntEnum):
    """How DKIM makes header and body canonical."""

    eCanonicalizationSimple = 1
    eCanonicalizationRelaxed = 2


class eDKIMAlgorithm(IntEnum):
    """The hash of a DKIM signature."""

    eSHA1 = 1
    eSHA256 = 2


class eMaintenanceOperation(IntEnum):
    """What PerformMaintenance can do."""

    eUpdateIMAPFolderUID = 1
