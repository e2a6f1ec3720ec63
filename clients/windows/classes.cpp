// Made by `make clients` of the model's description: change that instead.

#include "object.h"

static const Member members_Account[] = {
    {L"Active", 1, false, true, 'B', L"", "", L""},
    {L"ADDomain", 2, false, true, 'S', L"", "", L""},
    {L"Address", 3, false, true, 'S', L"", "", L""},
    {L"DomainID", 4, false, true, 'L', L"", "", L""},
    {L"ID", 5, false, false, 'L', L"", "", L""},
    {L"IsAD", 6, false, true, 'B', L"", "", L""},
    {L"Password", 7, false, true, 'S', L"", "", L""},
    {L"Size", 8, false, false, 'F', L"", "", L""},
    {L"Save", 9, true, false, 0, L"", "", L""},
    {L"ADUsername", 10, false, true, 'S', L"", "", L""},
    {L"DeleteMessages", 11, true, false, 0, L"", "", L""},
    {L"Messages", 13, false, false, 'O', L"Messages", "", L""},
    {L"MaxSize", 15, false, true, 'L', L"", "", L""},
    {L"VacationMessageIsOn", 16, false, true, 'B', L"", "", L""},
    {L"VacationMessage", 17, false, true, 'S', L"", "", L""},
    {L"VacationSubject", 18, false, true, 'S', L"", "", L""},
    {L"FetchAccounts", 19, false, false, 'O', L"FetchAccounts", "", L""},
    {L"AdminLevel", 20, false, true, 'L', L"", "", L""},
    {L"Rules", 21, false, false, 'O', L"Rules", "", L""},
    {L"ValidatePassword", 22, true, false, 'B', L"", "S", L"Password"},
    {L"UnlockMailbox", 23, true, false, 0, L"", "", L""},
    {L"IMAPFolders", 24, false, false, 'O', L"IMAPFolders", "", L""},
    {L"QuotaUsed", 25, false, false, 'L', L"", "", L""},
    {L"ForwardEnabled", 26, false, true, 'B', L"", "", L""},
    {L"ForwardAddress", 27, false, true, 'S', L"", "", L""},
    {L"ForwardKeepOriginal", 28, false, true, 'B', L"", "", L""},
    {L"SignatureEnabled", 29, false, true, 'B', L"", "", L""},
    {L"SignaturePlainText", 30, false, true, 'S', L"", "", L""},
    {L"SignatureHTML", 31, false, true, 'S', L"", "", L""},
    {L"LastLogonTime", 32, false, false, 'V', L"", "", L""},
    {L"VacationMessageExpires", 33, false, true, 'B', L"", "", L""},
    {L"VacationMessageExpiresDate", 34, false, true, 'S', L"", "", L""},
    {L"PersonFirstName", 35, false, true, 'S', L"", "", L""},
    {L"PersonLastName", 36, false, true, 'S', L"", "", L""},
    {L"Delete", 37, true, false, 0, L"", "", L""},
};
static const void *const vtable_Account[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // Active
    SLOT(1, VARIANT_BOOL), // Active
    SLOT(2, BSTR *), // ADDomain
    SLOT(3, BSTR), // ADDomain
    SLOT(4, BSTR *), // Address
    SLOT(5, BSTR), // Address
    SLOT(6, LONG *), // DomainID
    SLOT(7, LONG), // DomainID
    SLOT(8, LONG *), // ID
    SLOT(10, VARIANT_BOOL *), // IsAD
    SLOT(11, VARIANT_BOOL), // IsAD
    SLOT(12, BSTR *), // Password
    SLOT(13, BSTR), // Password
    SLOT(14, FLOAT *), // Size
    SLOT(16), // Save
    SLOT(18, BSTR *), // ADUsername
    SLOT(19, BSTR), // ADUsername
    SLOT(20), // DeleteMessages
    SLOT(22, IDispatch * *), // Messages
    SLOT(24, LONG *), // MaxSize
    SLOT(25, LONG), // MaxSize
    SLOT(26, VARIANT_BOOL *), // VacationMessageIsOn
    SLOT(27, VARIANT_BOOL), // VacationMessageIsOn
    SLOT(28, BSTR *), // VacationMessage
    SLOT(29, BSTR), // VacationMessage
    SLOT(30, BSTR *), // VacationSubject
    SLOT(31, BSTR), // VacationSubject
    SLOT(32, IDispatch * *), // FetchAccounts
    SLOT(34, LONG *), // AdminLevel
    SLOT(35, LONG), // AdminLevel
    SLOT(36, IDispatch * *), // Rules
    SLOT(38, BSTR, VARIANT_BOOL *), // ValidatePassword
    SLOT(40), // UnlockMailbox
    SLOT(42, IDispatch * *), // IMAPFolders
    SLOT(44, LONG *), // QuotaUsed
    SLOT(46, VARIANT_BOOL *), // ForwardEnabled
    SLOT(47, VARIANT_BOOL), // ForwardEnabled
    SLOT(48, BSTR *), // ForwardAddress
    SLOT(49, BSTR), // ForwardAddress
    SLOT(50, VARIANT_BOOL *), // ForwardKeepOriginal
    SLOT(51, VARIANT_BOOL), // ForwardKeepOriginal
    SLOT(52, VARIANT_BOOL *), // SignatureEnabled
    SLOT(53, VARIANT_BOOL), // SignatureEnabled
    SLOT(54, BSTR *), // SignaturePlainText
    SLOT(55, BSTR), // SignaturePlainText
    SLOT(56, BSTR *), // SignatureHTML
    SLOT(57, BSTR), // SignatureHTML
    SLOT(58, VARIANT *), // LastLogonTime
    SLOT(60, VARIANT_BOOL *), // VacationMessageExpires
    SLOT(61, VARIANT_BOOL), // VacationMessageExpires
    SLOT(62, BSTR *), // VacationMessageExpiresDate
    SLOT(63, BSTR), // VacationMessageExpiresDate
    SLOT(64, BSTR *), // PersonFirstName
    SLOT(65, BSTR), // PersonFirstName
    SLOT(66, BSTR *), // PersonLastName
    SLOT(67, BSTR), // PersonLastName
    SLOT(68), // Delete
};

static const Member members_Accounts[] = {
    {L"Item", 0, false, false, 'O', L"Account", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"Add", 2, true, false, 'O', L"Account", "", L""},
    {L"Delete", 3, true, false, 0, L"", "L", L"Index"},
    {L"Refresh", 4, true, false, 0, L"", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"Account", "L", L"DBID"},
    {L"ItemByAddress", 6, false, false, 'O', L"Account", "S", L"Address"},
    {L"DeleteByDBID", 7, true, false, 0, L"", "L", L"DBID"},
};
static const void *const vtable_Accounts[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, IDispatch * *), // Add
    SLOT(6, LONG), // Delete
    SLOT(8), // Refresh
    SLOT(10, LONG, IDispatch * *), // ItemByDBID
    SLOT(12, BSTR, IDispatch * *), // ItemByAddress
    SLOT(14, LONG), // DeleteByDBID
};

static const Member members_Alias[] = {
    {L"Active", 1, false, true, 'B', L"", "", L""},
    {L"DomainID", 2, false, true, 'L', L"", "", L""},
    {L"ID", 3, false, false, 'L', L"", "", L""},
    {L"Name", 4, false, true, 'S', L"", "", L""},
    {L"Value", 6, false, true, 'S', L"", "", L""},
    {L"Delete", 7, true, false, 0, L"", "", L""},
    {L"Save", 8, true, false, 0, L"", "", L""},
};
static const void *const vtable_Alias[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // Active
    SLOT(1, VARIANT_BOOL), // Active
    SLOT(2, LONG *), // DomainID
    SLOT(3, LONG), // DomainID
    SLOT(4, LONG *), // ID
    SLOT(6, BSTR *), // Name
    SLOT(7, BSTR), // Name
    SLOT(8, BSTR *), // Value
    SLOT(9, BSTR), // Value
    SLOT(10), // Delete
    SLOT(12), // Save
};

static const Member members_Aliases[] = {
    {L"Item", 0, false, false, 'O', L"Alias", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"Delete", 2, true, false, 0, L"", "L", L"Index"},
    {L"Refresh", 3, true, false, 0, L"", "", L""},
    {L"Add", 4, true, false, 'O', L"Alias", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"Alias", "L", L"DBID"},
    {L"DeleteByDBID", 6, true, false, 0, L"", "L", L"DBID"},
    {L"ItemByName", 7, false, false, 'O', L"Alias", "S", L"Name"},
};
static const void *const vtable_Aliases[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // Delete
    SLOT(6), // Refresh
    SLOT(8, IDispatch * *), // Add
    SLOT(10, LONG, IDispatch * *), // ItemByDBID
    SLOT(12, LONG), // DeleteByDBID
    SLOT(14, BSTR, IDispatch * *), // ItemByName
};

static const Member members_AntiSpam[] = {
    {L"GreyListingEnabled", 1, false, true, 'B', L"", "", L""},
    {L"GreyListingInitialDelay", 2, false, true, 'L', L"", "", L""},
    {L"GreyListingInitialDelete", 3, false, true, 'L', L"", "", L""},
    {L"GreyListingFinalDelete", 4, false, true, 'L', L"", "", L""},
    {L"SURBLServers", 6, false, false, 'O', L"SURBLServers", "", L""},
    {L"CheckHostInHelo", 7, false, true, 'B', L"", "", L""},
    {L"AddHeaderSpam", 8, false, true, 'B', L"", "", L""},
    {L"AddHeaderReason", 9, false, true, 'B', L"", "", L""},
    {L"PrependSubject", 10, false, true, 'B', L"", "", L""},
    {L"PrependSubjectText", 11, false, true, 'S', L"", "", L""},
    {L"GreyListingWhiteAddresses", 12, false, false, 'O', L"GreyListingWhiteAddresses", "", L""},
    {L"WhiteListAddresses", 13, false, false, 'O', L"WhiteListAddresses", "", L""},
    {L"CheckHostInHeloScore", 14, false, true, 'L', L"", "", L""},
    {L"SpamMarkThreshold", 15, false, true, 'L', L"", "", L""},
    {L"SpamDeleteThreshold", 16, false, true, 'L', L"", "", L""},
    {L"UseSPF", 17, false, true, 'B', L"", "", L""},
    {L"UseMXChecks", 18, false, true, 'B', L"", "", L""},
    {L"UseSPFScore", 19, false, true, 'L', L"", "", L""},
    {L"UseMXChecksScore", 20, false, true, 'L', L"", "", L""},
    {L"DNSBlackLists", 21, false, false, 'O', L"DNSBlackLists", "", L""},
    {L"TarpitDelay", 22, false, true, 'L', L"", "", L""},
    {L"TarpitCount", 23, false, true, 'L', L"", "", L""},
    {L"SpamAssassinEnabled", 24, false, true, 'B', L"", "", L""},
    {L"SpamAssassinScore", 25, false, true, 'L', L"", "", L""},
    {L"SpamAssassinMergeScore", 26, false, true, 'B', L"", "", L""},
    {L"SpamAssassinHost", 27, false, true, 'S', L"", "", L""},
    {L"SpamAssassinPort", 28, false, true, 'L', L"", "", L""},
    {L"ClearGreyListingTriplets", 29, true, false, 0, L"", "", L""},
    {L"MaximumMessageSize", 30, false, true, 'L', L"", "", L""},
    {L"DKIMVerify", 31, true, false, 'L', L"", "S", L"File"},
    {L"DKIMVerificationEnabled", 32, false, true, 'B', L"", "", L""},
    {L"DKIMVerificationFailureScore", 33, false, true, 'L', L"", "", L""},
    {L"BypassGreylistingOnSPFSuccess", 34, false, true, 'B', L"", "", L""},
    {L"BypassGreylistingOnMailFromMX", 35, false, true, 'B', L"", "", L""},
    {L"TestSpamAssassinConnection", 36, true, false, 'B', L"", "SLs", L"Hostname,Port,ResultText"},
    {L"CheckPTR", 37, false, true, 'B', L"", "", L""},
    {L"CheckPTRScore", 38, false, true, 'L', L"", "", L""},
};
static const void *const vtable_AntiSpam[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // GreyListingEnabled
    SLOT(1, VARIANT_BOOL), // GreyListingEnabled
    SLOT(2, LONG *), // GreyListingInitialDelay
    SLOT(3, LONG), // GreyListingInitialDelay
    SLOT(4, LONG *), // GreyListingInitialDelete
    SLOT(5, LONG), // GreyListingInitialDelete
    SLOT(6, LONG *), // GreyListingFinalDelete
    SLOT(7, LONG), // GreyListingFinalDelete
    SLOT(8, IDispatch * *), // SURBLServers
    SLOT(10, VARIANT_BOOL *), // CheckHostInHelo
    SLOT(11, VARIANT_BOOL), // CheckHostInHelo
    SLOT(12, VARIANT_BOOL *), // AddHeaderSpam
    SLOT(13, VARIANT_BOOL), // AddHeaderSpam
    SLOT(14, VARIANT_BOOL *), // AddHeaderReason
    SLOT(15, VARIANT_BOOL), // AddHeaderReason
    SLOT(16, VARIANT_BOOL *), // PrependSubject
    SLOT(17, VARIANT_BOOL), // PrependSubject
    SLOT(18, BSTR *), // PrependSubjectText
    SLOT(19, BSTR), // PrependSubjectText
    SLOT(20, IDispatch * *), // GreyListingWhiteAddresses
    SLOT(22, IDispatch * *), // WhiteListAddresses
    SLOT(24, LONG *), // CheckHostInHeloScore
    SLOT(25, LONG), // CheckHostInHeloScore
    SLOT(26, LONG *), // SpamMarkThreshold
    SLOT(27, LONG), // SpamMarkThreshold
    SLOT(28, LONG *), // SpamDeleteThreshold
    SLOT(29, LONG), // SpamDeleteThreshold
    SLOT(30, VARIANT_BOOL *), // UseSPF
    SLOT(31, VARIANT_BOOL), // UseSPF
    SLOT(32, VARIANT_BOOL *), // UseMXChecks
    SLOT(33, VARIANT_BOOL), // UseMXChecks
    SLOT(34, LONG *), // UseSPFScore
    SLOT(35, LONG), // UseSPFScore
    SLOT(36, LONG *), // UseMXChecksScore
    SLOT(37, LONG), // UseMXChecksScore
    SLOT(38, IDispatch * *), // DNSBlackLists
    SLOT(40, LONG *), // TarpitDelay
    SLOT(41, LONG), // TarpitDelay
    SLOT(42, LONG *), // TarpitCount
    SLOT(43, LONG), // TarpitCount
    SLOT(44, VARIANT_BOOL *), // SpamAssassinEnabled
    SLOT(45, VARIANT_BOOL), // SpamAssassinEnabled
    SLOT(46, LONG *), // SpamAssassinScore
    SLOT(47, LONG), // SpamAssassinScore
    SLOT(48, VARIANT_BOOL *), // SpamAssassinMergeScore
    SLOT(49, VARIANT_BOOL), // SpamAssassinMergeScore
    SLOT(50, BSTR *), // SpamAssassinHost
    SLOT(51, BSTR), // SpamAssassinHost
    SLOT(52, LONG *), // SpamAssassinPort
    SLOT(53, LONG), // SpamAssassinPort
    SLOT(54), // ClearGreyListingTriplets
    SLOT(56, LONG *), // MaximumMessageSize
    SLOT(57, LONG), // MaximumMessageSize
    SLOT(58, BSTR, LONG *), // DKIMVerify
    SLOT(60, VARIANT_BOOL *), // DKIMVerificationEnabled
    SLOT(61, VARIANT_BOOL), // DKIMVerificationEnabled
    SLOT(62, LONG *), // DKIMVerificationFailureScore
    SLOT(63, LONG), // DKIMVerificationFailureScore
    SLOT(64, VARIANT_BOOL *), // BypassGreylistingOnSPFSuccess
    SLOT(65, VARIANT_BOOL), // BypassGreylistingOnSPFSuccess
    SLOT(66, VARIANT_BOOL *), // BypassGreylistingOnMailFromMX
    SLOT(67, VARIANT_BOOL), // BypassGreylistingOnMailFromMX
    SLOT(68, BSTR, LONG, BSTR *, VARIANT_BOOL *), // TestSpamAssassinConnection
    SLOT(70, VARIANT_BOOL *), // CheckPTR
    SLOT(71, VARIANT_BOOL), // CheckPTR
    SLOT(72, LONG *), // CheckPTRScore
    SLOT(73, LONG), // CheckPTRScore
};

static const Member members_AntiVirus[] = {
    {L"ClamWinEnabled", 1, false, true, 'B', L"", "", L""},
    {L"ClamWinExecutable", 2, false, true, 'S', L"", "", L""},
    {L"ClamWinDBFolder", 3, false, true, 'S', L"", "", L""},
    {L"Action", 4, false, true, 'L', L"", "", L""},
    {L"NotifyReceiver", 5, false, true, 'B', L"", "", L""},
    {L"NotifySender", 6, false, true, 'B', L"", "", L""},
    {L"CustomScannerEnabled", 7, false, true, 'B', L"", "", L""},
    {L"CustomScannerExecutable", 8, false, true, 'S', L"", "", L""},
    {L"CustomScannerReturnValue", 9, false, true, 'L', L"", "", L""},
    {L"MaximumMessageSize", 10, false, true, 'L', L"", "", L""},
    {L"BlockedAttachments", 11, false, false, 'O', L"BlockedAttachments", "", L""},
    {L"EnableAttachmentBlocking", 12, false, true, 'B', L"", "", L""},
    {L"ClamAVEnabled", 13, false, true, 'B', L"", "", L""},
    {L"ClamAVHost", 14, false, true, 'S', L"", "", L""},
    {L"ClamAVPort", 15, false, true, 'L', L"", "", L""},
    {L"TestCustomerScanner", 16, true, false, 'B', L"", "SLs", L"customExecutable,virusReturnCode,ResultText"},
    {L"TestClamWinScanner", 17, true, false, 'B', L"", "SSs", L"clamWinExecutable,clamWinDatabase,ResultText"},
    {L"TestClamAVScanner", 18, true, false, 'B', L"", "SLs", L"ClamAVHostName,ClamAVPort,ResultText"},
};
static const void *const vtable_AntiVirus[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // ClamWinEnabled
    SLOT(1, VARIANT_BOOL), // ClamWinEnabled
    SLOT(2, BSTR *), // ClamWinExecutable
    SLOT(3, BSTR), // ClamWinExecutable
    SLOT(4, BSTR *), // ClamWinDBFolder
    SLOT(5, BSTR), // ClamWinDBFolder
    SLOT(6, LONG *), // Action
    SLOT(7, LONG), // Action
    SLOT(8, VARIANT_BOOL *), // NotifyReceiver
    SLOT(9, VARIANT_BOOL), // NotifyReceiver
    SLOT(10, VARIANT_BOOL *), // NotifySender
    SLOT(11, VARIANT_BOOL), // NotifySender
    SLOT(12, VARIANT_BOOL *), // CustomScannerEnabled
    SLOT(13, VARIANT_BOOL), // CustomScannerEnabled
    SLOT(14, BSTR *), // CustomScannerExecutable
    SLOT(15, BSTR), // CustomScannerExecutable
    SLOT(16, LONG *), // CustomScannerReturnValue
    SLOT(17, LONG), // CustomScannerReturnValue
    SLOT(18, LONG *), // MaximumMessageSize
    SLOT(19, LONG), // MaximumMessageSize
    SLOT(20, IDispatch * *), // BlockedAttachments
    SLOT(22, VARIANT_BOOL *), // EnableAttachmentBlocking
    SLOT(23, VARIANT_BOOL), // EnableAttachmentBlocking
    SLOT(24, VARIANT_BOOL *), // ClamAVEnabled
    SLOT(25, VARIANT_BOOL), // ClamAVEnabled
    SLOT(26, BSTR *), // ClamAVHost
    SLOT(27, BSTR), // ClamAVHost
    SLOT(28, LONG *), // ClamAVPort
    SLOT(29, LONG), // ClamAVPort
    SLOT(30, BSTR, LONG, BSTR *, VARIANT_BOOL *), // TestCustomerScanner
    SLOT(32, BSTR, BSTR, BSTR *, VARIANT_BOOL *), // TestClamWinScanner
    SLOT(34, BSTR, LONG, BSTR *, VARIANT_BOOL *), // TestClamAVScanner
};

static const Member members_Application[] = {
    {L"Start", 1, true, false, 0, L"", "", L""},
    {L"Stop", 2, true, false, 0, L"", "", L""},
    {L"Settings", 3, false, false, 'O', L"Settings", "", L""},
    {L"Domains", 4, false, false, 'O', L"Domains", "", L""},
    {L"ServerState", 5, false, false, 'L', L"", "", L""},
    {L"Database", 6, false, false, 'O', L"Database", "", L""},
    {L"Utilities", 7, false, false, 'O', L"Utilities", "", L""},
    {L"SubmitEMail", 8, true, false, 0, L"", "", L""},
    {L"Status", 9, false, false, 'O', L"Status", "", L""},
    {L"Version", 10, false, false, 'S', L"", "", L""},
    {L"Connect", 11, true, false, 0, L"", "", L""},
    {L"InitializationFile", 12, false, false, 'S', L"", "", L""},
    {L"Reinitialize", 13, true, false, 0, L"", "", L""},
    {L"Rules", 14, false, false, 'O', L"Rules", "", L""},
    {L"BackupManager", 15, false, false, 'O', L"BackupManager", "", L""},
    {L"GlobalObjects", 16, false, false, 'O', L"GlobalObjects", "", L""},
    {L"Authenticate", 17, true, false, 'O', L"Account", "SS", L"Username,Password"},
    {L"Links", 18, false, false, 'O', L"Links", "", L""},
    {L"Diagnostics", 19, false, false, 'O', L"Diagnostics", "", L""},
    {L"VersionArchitecture", 20, false, false, 'S', L"", "", L""},
};
static const void *const vtable_Application[] = {DISPATCH,
    SLOT(0), // Start
    SLOT(2), // Stop
    SLOT(4, IDispatch * *), // Settings
    SLOT(6, IDispatch * *), // Domains
    SLOT(8, LONG *), // ServerState
    SLOT(10, IDispatch * *), // Database
    SLOT(12, IDispatch * *), // Utilities
    SLOT(14), // SubmitEMail
    SLOT(16, IDispatch * *), // Status
    SLOT(18, BSTR *), // Version
    SLOT(20), // Connect
    SLOT(22, BSTR *), // InitializationFile
    SLOT(24), // Reinitialize
    SLOT(26, IDispatch * *), // Rules
    SLOT(28, IDispatch * *), // BackupManager
    SLOT(30, IDispatch * *), // GlobalObjects
    SLOT(32, BSTR, BSTR, IDispatch * *), // Authenticate
    SLOT(34, IDispatch * *), // Links
    SLOT(36, IDispatch * *), // Diagnostics
    SLOT(38, BSTR *), // VersionArchitecture
};

static const Member members_Attachment[] = {
    {L"Filename", 1, false, false, 'S', L"", "", L""},
    {L"Size", 2, false, false, 'L', L"", "", L""},
    {L"SaveAs", 3, true, false, 0, L"", "S", L"sName"},
    {L"Delete", 4, true, false, 0, L"", "", L""},
};
static const void *const vtable_Attachment[] = {DISPATCH,
    SLOT(0, BSTR *), // Filename
    SLOT(2, LONG *), // Size
    SLOT(4, BSTR), // SaveAs
    SLOT(6), // Delete
};

static const Member members_Attachments[] = {
    {L"Item", 0, false, false, 'O', L"Attachment", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"Clear", 2, true, false, 0, L"", "", L""},
    {L"Add", 3, true, false, 0, L"", "S", L"sFilename"},
};
static const void *const vtable_Attachments[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4), // Clear
    SLOT(6, BSTR), // Add
};

static const Member members_Backup[] = {
    {L"StartRestore", 1, true, false, 0, L"", "", L""},
    {L"ContainsSettings", 2, false, false, 'B', L"", "", L""},
    {L"ContainsDomains", 3, false, false, 'B', L"", "", L""},
    {L"ContainsMessages", 4, false, false, 'B', L"", "", L""},
    {L"RestoreSettings", 5, false, true, 'B', L"", "", L""},
    {L"RestoreDomains", 6, false, true, 'B', L"", "", L""},
    {L"RestoreMessages", 7, false, true, 'B', L"", "", L""},
};
static const void *const vtable_Backup[] = {DISPATCH,
    SLOT(0), // StartRestore
    SLOT(2, VARIANT_BOOL *), // ContainsSettings
    SLOT(4, VARIANT_BOOL *), // ContainsDomains
    SLOT(6, VARIANT_BOOL *), // ContainsMessages
    SLOT(8, VARIANT_BOOL *), // RestoreSettings
    SLOT(9, VARIANT_BOOL), // RestoreSettings
    SLOT(10, VARIANT_BOOL *), // RestoreDomains
    SLOT(11, VARIANT_BOOL), // RestoreDomains
    SLOT(12, VARIANT_BOOL *), // RestoreMessages
    SLOT(13, VARIANT_BOOL), // RestoreMessages
};

static const Member members_BackupManager[] = {
    {L"StartBackup", 1, true, false, 0, L"", "", L""},
    {L"LoadBackup", 2, true, false, 'O', L"Backup", "S", L"sXMLFile"},
};
static const void *const vtable_BackupManager[] = {DISPATCH,
    SLOT(0), // StartBackup
    SLOT(2, BSTR, IDispatch * *), // LoadBackup
};

static const Member members_BackupSettings[] = {
    {L"Destination", 1, false, true, 'S', L"", "", L""},
    {L"BackupSettings", 2, false, true, 'B', L"", "", L""},
    {L"BackupDomains", 3, false, true, 'B', L"", "", L""},
    {L"BackupMessages", 4, false, true, 'B', L"", "", L""},
    {L"CompressDestinationFiles", 5, false, true, 'B', L"", "", L""},
    {L"LogFile", 7, false, false, 'S', L"", "", L""},
};
static const void *const vtable_BackupSettings[] = {DISPATCH,
    SLOT(0, BSTR *), // Destination
    SLOT(1, BSTR), // Destination
    SLOT(2, VARIANT_BOOL *), // BackupSettings
    SLOT(3, VARIANT_BOOL), // BackupSettings
    SLOT(4, VARIANT_BOOL *), // BackupDomains
    SLOT(5, VARIANT_BOOL), // BackupDomains
    SLOT(6, VARIANT_BOOL *), // BackupMessages
    SLOT(7, VARIANT_BOOL), // BackupMessages
    SLOT(8, VARIANT_BOOL *), // CompressDestinationFiles
    SLOT(9, VARIANT_BOOL), // CompressDestinationFiles
    SLOT(10, BSTR *), // LogFile
};

static const Member members_BlockedAttachment[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"Wildcard", 2, false, true, 'S', L"", "", L""},
    {L"Save", 3, true, false, 0, L"", "", L""},
    {L"Description", 4, false, true, 'S', L"", "", L""},
    {L"Delete", 5, true, false, 0, L"", "", L""},
};
static const void *const vtable_BlockedAttachment[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // Wildcard
    SLOT(3, BSTR), // Wildcard
    SLOT(4), // Save
    SLOT(6, BSTR *), // Description
    SLOT(7, BSTR), // Description
    SLOT(8), // Delete
};

static const Member members_BlockedAttachments[] = {
    {L"Item", 0, false, false, 'O', L"BlockedAttachment", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"BlockedAttachment", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"BlockedAttachment", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
};
static const void *const vtable_BlockedAttachments[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10), // Refresh
};

static const Member members_Cache[] = {
    {L"Enabled", 1, false, true, 'B', L"", "", L""},
    {L"DomainCacheTTL", 2, false, true, 'L', L"", "", L""},
    {L"DomainHitRate", 3, false, false, 'L', L"", "", L""},
    {L"AccountCacheTTL", 4, false, true, 'L', L"", "", L""},
    {L"AccountHitRate", 5, false, false, 'L', L"", "", L""},
    {L"Clear", 8, true, false, 0, L"", "", L""},
    {L"AliasCacheTTL", 9, false, true, 'L', L"", "", L""},
    {L"AliasHitRate", 10, false, false, 'L', L"", "", L""},
    {L"DistributionListCacheTTL", 11, false, true, 'L', L"", "", L""},
    {L"DistributionListHitRate", 12, false, false, 'L', L"", "", L""},
    {L"DomainCacheMaxSizeKb", 13, false, true, 'L', L"", "", L""},
    {L"DomainCacheSizeKb", 14, false, false, 'L', L"", "", L""},
    {L"AccountCacheMaxSizeKb", 15, false, true, 'L', L"", "", L""},
    {L"AccountCacheSizeKb", 16, false, false, 'L', L"", "", L""},
    {L"AliasCacheMaxSizeKb", 17, false, true, 'L', L"", "", L""},
    {L"AliasCacheSizeKb", 18, false, false, 'L', L"", "", L""},
    {L"DistributionListCacheMaxSizeKb", 19, false, true, 'L', L"", "", L""},
    {L"DistributionListCacheSizeKb", 20, false, false, 'L', L"", "", L""},
};
static const void *const vtable_Cache[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // Enabled
    SLOT(1, VARIANT_BOOL), // Enabled
    SLOT(2, LONG *), // DomainCacheTTL
    SLOT(3, LONG), // DomainCacheTTL
    SLOT(4, LONG *), // DomainHitRate
    SLOT(6, LONG *), // AccountCacheTTL
    SLOT(7, LONG), // AccountCacheTTL
    SLOT(8, LONG *), // AccountHitRate
    SLOT(10), // Clear
    SLOT(12, LONG *), // AliasCacheTTL
    SLOT(13, LONG), // AliasCacheTTL
    SLOT(14, LONG *), // AliasHitRate
    SLOT(16, LONG *), // DistributionListCacheTTL
    SLOT(17, LONG), // DistributionListCacheTTL
    SLOT(18, LONG *), // DistributionListHitRate
    SLOT(20, LONG *), // DomainCacheMaxSizeKb
    SLOT(21, LONG), // DomainCacheMaxSizeKb
    SLOT(22, LONG *), // DomainCacheSizeKb
    SLOT(24, LONG *), // AccountCacheMaxSizeKb
    SLOT(25, LONG), // AccountCacheMaxSizeKb
    SLOT(26, LONG *), // AccountCacheSizeKb
    SLOT(28, LONG *), // AliasCacheMaxSizeKb
    SLOT(29, LONG), // AliasCacheMaxSizeKb
    SLOT(30, LONG *), // AliasCacheSizeKb
    SLOT(32, LONG *), // DistributionListCacheMaxSizeKb
    SLOT(33, LONG), // DistributionListCacheMaxSizeKb
    SLOT(34, LONG *), // DistributionListCacheSizeKb
};

static const Member members_Client[] = {
    {L"Port", 1, false, false, 'L', L"", "", L""},
    {L"IPAddress", 2, false, false, 'S', L"", "", L""},
    {L"Username", 3, false, false, 'S', L"", "", L""},
    {L"HELO", 4, false, false, 'S', L"", "", L""},
    {L"Authenticated", 5, false, false, 'B', L"", "", L""},
    {L"EncryptedConnection", 6, false, false, 'B', L"", "", L""},
    {L"CipherVersion", 7, false, false, 'S', L"", "", L""},
    {L"CipherName", 8, false, false, 'S', L"", "", L""},
    {L"CipherBits", 9, false, false, 'L', L"", "", L""},
    {L"SessionID", 10, false, false, 'L', L"", "", L""},
};
static const void *const vtable_Client[] = {DISPATCH,
    SLOT(0, LONG *), // Port
    SLOT(2, BSTR *), // IPAddress
    SLOT(4, BSTR *), // Username
    SLOT(6, BSTR *), // HELO
    SLOT(8, VARIANT_BOOL *), // Authenticated
    SLOT(10, VARIANT_BOOL *), // EncryptedConnection
    SLOT(12, BSTR *), // CipherVersion
    SLOT(14, BSTR *), // CipherName
    SLOT(16, LONG *), // CipherBits
    SLOT(18, LONG *), // SessionID
};

static const Member members_DNSBlackList[] = {
    {L"Active", 1, false, true, 'B', L"", "", L""},
    {L"ID", 2, false, false, 'L', L"", "", L""},
    {L"DNSHost", 3, false, true, 'S', L"", "", L""},
    {L"RejectMessage", 4, false, true, 'S', L"", "", L""},
    {L"ExpectedResult", 5, false, true, 'S', L"", "", L""},
    {L"Save", 6, true, false, 0, L"", "", L""},
    {L"Score", 7, false, true, 'L', L"", "", L""},
    {L"Delete", 8, true, false, 0, L"", "", L""},
};
static const void *const vtable_DNSBlackList[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // Active
    SLOT(1, VARIANT_BOOL), // Active
    SLOT(2, LONG *), // ID
    SLOT(4, BSTR *), // DNSHost
    SLOT(5, BSTR), // DNSHost
    SLOT(6, BSTR *), // RejectMessage
    SLOT(7, BSTR), // RejectMessage
    SLOT(8, BSTR *), // ExpectedResult
    SLOT(9, BSTR), // ExpectedResult
    SLOT(10), // Save
    SLOT(12, LONG *), // Score
    SLOT(13, LONG), // Score
    SLOT(14), // Delete
};

static const Member members_DNSBlackLists[] = {
    {L"Item", 0, false, false, 'O', L"DNSBlackList", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"DNSBlackList", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"DNSBlackList", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
    {L"ItemByDNSHost", 7, false, false, 'O', L"DNSBlackList", "S", L"sDNSHost"},
};
static const void *const vtable_DNSBlackLists[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10), // Refresh
    SLOT(12, BSTR, IDispatch * *), // ItemByDNSHost
};

static const Member members_Database[] = {
    {L"RequiredVersion", 1, false, false, 'L', L"", "", L""},
    {L"CurrentVersion", 2, false, false, 'L', L"", "", L""},
    {L"ExecuteSQL", 3, true, false, 0, L"", "S", L"sSQLStatement"},
    {L"DatabaseType", 4, false, false, 'L', L"", "", L""},
    {L"UtilGetFileNameByMessageID", 5, true, false, 'S', L"", "H", L"MessageID"},
    {L"RequiresUpgrade", 6, false, false, 'B', L"", "", L""},
    {L"CreateInternalDatabase", 7, true, false, 0, L"", "", L""},
    {L"CreateExternalDatabase", 8, true, false, 0, L"", "LSLSSS", L"ServerType,ServerName,lPort,DatabaseName,Username,Password"},
    {L"DatabaseExists", 9, false, false, 'B', L"", "", L""},
    {L"BeginTransaction", 10, true, false, 0, L"", "", L""},
    {L"CommitTransaction", 11, true, false, 0, L"", "", L""},
    {L"RollbackTransaction", 12, true, false, 0, L"", "", L""},
    {L"ExecuteSQLScript", 13, true, false, 0, L"", "S", L"sFilename"},
    {L"SetDefaultDatabase", 14, true, false, 0, L"", "LSLSSS", L"ServerType,ServerName,lPort,DatabaseName,Username,Password"},
    {L"IsConnected", 15, false, false, 'B', L"", "", L""},
    {L"ServerName", 16, false, false, 'S', L"", "", L""},
    {L"DatabaseName", 17, false, false, 'S', L"", "", L""},
    {L"ExecuteSQLWithReturn", 18, true, false, 'L', L"", "S", L"sSQLStatement"},
    {L"EnsurePrerequisites", 19, true, false, 0, L"", "L", L"DBVersion"},
};
static const void *const vtable_Database[] = {DISPATCH,
    SLOT(0, LONG *), // RequiredVersion
    SLOT(2, LONG *), // CurrentVersion
    SLOT(4, BSTR), // ExecuteSQL
    SLOT(6, LONG *), // DatabaseType
    SLOT(8, LONGLONG, BSTR *), // UtilGetFileNameByMessageID
    SLOT(10, VARIANT_BOOL *), // RequiresUpgrade
    SLOT(12), // CreateInternalDatabase
    SLOT(14, LONG, BSTR, LONG, BSTR, BSTR, BSTR), // CreateExternalDatabase
    SLOT(16, VARIANT_BOOL *), // DatabaseExists
    SLOT(18), // BeginTransaction
    SLOT(20), // CommitTransaction
    SLOT(22), // RollbackTransaction
    SLOT(24, BSTR), // ExecuteSQLScript
    SLOT(26, LONG, BSTR, LONG, BSTR, BSTR, BSTR), // SetDefaultDatabase
    SLOT(28, VARIANT_BOOL *), // IsConnected
    SLOT(30, BSTR *), // ServerName
    SLOT(32, BSTR *), // DatabaseName
    SLOT(34, BSTR, LONG *), // ExecuteSQLWithReturn
    SLOT(36, LONG), // EnsurePrerequisites
};

static const Member members_DeliveryQueue[] = {
    {L"Clear", 1, true, false, 0, L"", "", L""},
    {L"ResetDeliveryTime", 2, true, false, 0, L"", "H", L"iMessageID"},
    {L"StartDelivery", 3, true, false, 0, L"", "", L""},
    {L"Remove", 4, true, false, 0, L"", "H", L"iMessageID"},
};
static const void *const vtable_DeliveryQueue[] = {DISPATCH,
    SLOT(0), // Clear
    SLOT(2, LONGLONG), // ResetDeliveryTime
    SLOT(4), // StartDelivery
    SLOT(6, LONGLONG), // Remove
};

static const Member members_DiagnosticResult[] = {
    {L"Name", 1, false, false, 'S', L"", "", L""},
    {L"Description", 2, false, false, 'S', L"", "", L""},
    {L"ExecutionDetails", 3, false, false, 'S', L"", "", L""},
    {L"Result", 4, false, false, 'B', L"", "", L""},
};
static const void *const vtable_DiagnosticResult[] = {DISPATCH,
    SLOT(0, BSTR *), // Name
    SLOT(2, BSTR *), // Description
    SLOT(4, BSTR *), // ExecutionDetails
    SLOT(6, VARIANT_BOOL *), // Result
};

static const Member members_DiagnosticResults[] = {
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"Item", 2, false, false, 'O', L"DiagnosticResult", "L", L"Index"},
};
static const void *const vtable_DiagnosticResults[] = {DISPATCH,
    SLOT(0, LONG *), // Count
    SLOT(2, LONG, IDispatch * *), // Item
};

static const Member members_Diagnostics[] = {
    {L"PerformTests", 1, true, false, 'O', L"DiagnosticResults", "", L""},
    {L"LocalDomainName", 2, false, true, 'S', L"", "", L""},
    {L"TestDomainName", 3, false, true, 'S', L"", "", L""},
};
static const void *const vtable_Diagnostics[] = {DISPATCH,
    SLOT(0, IDispatch * *), // PerformTests
    SLOT(2, BSTR *), // LocalDomainName
    SLOT(3, BSTR), // LocalDomainName
    SLOT(4, BSTR *), // TestDomainName
    SLOT(5, BSTR), // TestDomainName
};

static const Member members_Directories[] = {
    {L"ProgramDirectory", 1, false, true, 'S', L"", "", L""},
    {L"DatabaseDirectory", 2, false, true, 'S', L"", "", L""},
    {L"DataDirectory", 3, false, true, 'S', L"", "", L""},
    {L"LogDirectory", 4, false, true, 'S', L"", "", L""},
    {L"TempDirectory", 5, false, true, 'S', L"", "", L""},
    {L"EventDirectory", 6, false, true, 'S', L"", "", L""},
    {L"DBScriptDirectory", 7, false, false, 'S', L"", "", L""},
};
static const void *const vtable_Directories[] = {DISPATCH,
    SLOT(0, BSTR *), // ProgramDirectory
    SLOT(1, BSTR), // ProgramDirectory
    SLOT(2, BSTR *), // DatabaseDirectory
    SLOT(3, BSTR), // DatabaseDirectory
    SLOT(4, BSTR *), // DataDirectory
    SLOT(5, BSTR), // DataDirectory
    SLOT(6, BSTR *), // LogDirectory
    SLOT(7, BSTR), // LogDirectory
    SLOT(8, BSTR *), // TempDirectory
    SLOT(9, BSTR), // TempDirectory
    SLOT(10, BSTR *), // EventDirectory
    SLOT(11, BSTR), // EventDirectory
    SLOT(12, BSTR *), // DBScriptDirectory
};

static const Member members_DistributionList[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"Delete", 2, true, false, 0, L"", "", L""},
    {L"Save", 4, true, false, 0, L"", "", L""},
    {L"Active", 5, false, true, 'B', L"", "", L""},
    {L"Recipients", 6, false, false, 'O', L"DistributionListRecipients", "", L""},
    {L"Address", 7, false, true, 'S', L"", "", L""},
    {L"RequireSMTPAuth", 8, false, true, 'B', L"", "", L""},
    {L"RequireSenderAddress", 9, false, true, 'S', L"", "", L""},
    {L"Mode", 10, false, true, 'L', L"", "", L""},
};
static const void *const vtable_DistributionList[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2), // Delete
    SLOT(4), // Save
    SLOT(6, VARIANT_BOOL *), // Active
    SLOT(7, VARIANT_BOOL), // Active
    SLOT(8, IDispatch * *), // Recipients
    SLOT(10, BSTR *), // Address
    SLOT(11, BSTR), // Address
    SLOT(12, VARIANT_BOOL *), // RequireSMTPAuth
    SLOT(13, VARIANT_BOOL), // RequireSMTPAuth
    SLOT(14, BSTR *), // RequireSenderAddress
    SLOT(15, BSTR), // RequireSenderAddress
    SLOT(16, LONG *), // Mode
    SLOT(17, LONG), // Mode
};

static const Member members_DistributionListRecipient[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"RecipientAddress", 2, false, true, 'S', L"", "", L""},
    {L"Delete", 3, true, false, 0, L"", "", L""},
    {L"Save", 4, true, false, 0, L"", "", L""},
};
static const void *const vtable_DistributionListRecipient[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // RecipientAddress
    SLOT(3, BSTR), // RecipientAddress
    SLOT(4), // Delete
    SLOT(6), // Save
};

static const Member members_DistributionListRecipients[] = {
    {L"Item", 0, false, false, 'O', L"DistributionListRecipient", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"ItemByDBID", 2, false, false, 'O', L"DistributionListRecipient", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"DistributionListRecipient", "", L""},
    {L"DeleteByDBID", 4, true, false, 0, L"", "L", L"lDBID"},
};
static const void *const vtable_DistributionListRecipients[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG, IDispatch * *), // ItemByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG), // DeleteByDBID
};

static const Member members_DistributionLists[] = {
    {L"Item", 0, false, false, 'O', L"DistributionList", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"ItemByDBID", 2, false, false, 'O', L"DistributionList", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"DistributionList", "", L""},
    {L"DeleteByDBID", 4, true, false, 0, L"", "L", L"lDBID"},
    {L"ItemByAddress", 5, false, false, 'O', L"DistributionList", "S", L"sAddress"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
};
static const void *const vtable_DistributionLists[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG, IDispatch * *), // ItemByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG), // DeleteByDBID
    SLOT(10, BSTR, IDispatch * *), // ItemByAddress
    SLOT(12), // Refresh
};

static const Member members_Domain[] = {
    {L"Name", 1, false, true, 'S', L"", "", L""},
    {L"Save", 2, true, false, 0, L"", "", L""},
    {L"ID", 3, false, false, 'L', L"", "", L""},
    {L"Active", 4, false, true, 'B', L"", "", L""},
    {L"Accounts", 5, false, false, 'O', L"Accounts", "", L""},
    {L"Delete", 6, true, false, 0, L"", "", L""},
    {L"Aliases", 7, false, false, 'O', L"Aliases", "", L""},
    {L"DistributionLists", 9, false, false, 'O', L"DistributionLists", "", L""},
    {L"Postmaster", 10, false, true, 'S', L"", "", L""},
    {L"DomainAliases", 11, false, false, 'O', L"DomainAliases", "", L""},
    {L"ADDomainName", 12, false, true, 'S', L"", "", L""},
    {L"SynchronizeDirectory", 13, true, false, 0, L"", "", L""},
    {L"MaxMessageSize", 14, false, true, 'L', L"", "", L""},
    {L"PlusAddressingEnabled", 15, false, true, 'B', L"", "", L""},
    {L"PlusAddressingCharacter", 16, false, true, 'S', L"", "", L""},
    {L"AntiSpamEnableGreylisting", 17, false, true, 'B', L"", "", L""},
    {L"MaxSize", 18, false, true, 'L', L"", "", L""},
    {L"Size", 19, false, false, 'L', L"", "", L""},
    {L"AllocatedSize", 20, false, false, 'H', L"", "", L""},
    {L"SignatureEnabled", 21, false, true, 'B', L"", "", L""},
    {L"SignatureMethod", 22, false, true, 'L', L"", "", L""},
    {L"SignaturePlainText", 23, false, true, 'S', L"", "", L""},
    {L"SignatureHTML", 24, false, true, 'S', L"", "", L""},
    {L"AddSignaturesToReplies", 25, false, true, 'B', L"", "", L""},
    {L"AddSignaturesToLocalMail", 26, false, true, 'B', L"", "", L""},
    {L"MaxNumberOfAccounts", 27, false, true, 'L', L"", "", L""},
    {L"MaxNumberOfAliases", 28, false, true, 'L', L"", "", L""},
    {L"MaxNumberOfDistributionLists", 29, false, true, 'L', L"", "", L""},
    {L"MaxNumberOfAccountsEnabled", 30, false, true, 'B', L"", "", L""},
    {L"MaxNumberOfAliasesEnabled", 31, false, true, 'B', L"", "", L""},
    {L"MaxNumberOfDistributionListsEnabled", 32, false, true, 'B', L"", "", L""},
    {L"MaxAccountSize", 33, false, true, 'L', L"", "", L""},
    {L"DKIMSignEnabled", 34, false, true, 'B', L"", "", L""},
    {L"DKIMSelector", 35, false, true, 'S', L"", "", L""},
    {L"DKIMPrivateKeyFile", 36, false, true, 'S', L"", "", L""},
    {L"DKIMHeaderCanonicalizationMethod", 37, false, true, 'L', L"", "", L""},
    {L"DKIMBodyCanonicalizationMethod", 38, false, true, 'L', L"", "", L""},
    {L"DKIMSigningAlgorithm", 39, false, true, 'L', L"", "", L""},
};
static const void *const vtable_Domain[] = {DISPATCH,
    SLOT(0, BSTR *), // Name
    SLOT(1, BSTR), // Name
    SLOT(2), // Save
    SLOT(4, LONG *), // ID
    SLOT(6, VARIANT_BOOL *), // Active
    SLOT(7, VARIANT_BOOL), // Active
    SLOT(8, IDispatch * *), // Accounts
    SLOT(10), // Delete
    SLOT(12, IDispatch * *), // Aliases
    SLOT(14, IDispatch * *), // DistributionLists
    SLOT(16, BSTR *), // Postmaster
    SLOT(17, BSTR), // Postmaster
    SLOT(18, IDispatch * *), // DomainAliases
    SLOT(20, BSTR *), // ADDomainName
    SLOT(21, BSTR), // ADDomainName
    SLOT(22), // SynchronizeDirectory
    SLOT(24, LONG *), // MaxMessageSize
    SLOT(25, LONG), // MaxMessageSize
    SLOT(26, VARIANT_BOOL *), // PlusAddressingEnabled
    SLOT(27, VARIANT_BOOL), // PlusAddressingEnabled
    SLOT(28, BSTR *), // PlusAddressingCharacter
    SLOT(29, BSTR), // PlusAddressingCharacter
    SLOT(30, VARIANT_BOOL *), // AntiSpamEnableGreylisting
    SLOT(31, VARIANT_BOOL), // AntiSpamEnableGreylisting
    SLOT(32, LONG *), // MaxSize
    SLOT(33, LONG), // MaxSize
    SLOT(34, LONG *), // Size
    SLOT(36, LONGLONG *), // AllocatedSize
    SLOT(38, VARIANT_BOOL *), // SignatureEnabled
    SLOT(39, VARIANT_BOOL), // SignatureEnabled
    SLOT(40, LONG *), // SignatureMethod
    SLOT(41, LONG), // SignatureMethod
    SLOT(42, BSTR *), // SignaturePlainText
    SLOT(43, BSTR), // SignaturePlainText
    SLOT(44, BSTR *), // SignatureHTML
    SLOT(45, BSTR), // SignatureHTML
    SLOT(46, VARIANT_BOOL *), // AddSignaturesToReplies
    SLOT(47, VARIANT_BOOL), // AddSignaturesToReplies
    SLOT(48, VARIANT_BOOL *), // AddSignaturesToLocalMail
    SLOT(49, VARIANT_BOOL), // AddSignaturesToLocalMail
    SLOT(50, LONG *), // MaxNumberOfAccounts
    SLOT(51, LONG), // MaxNumberOfAccounts
    SLOT(52, LONG *), // MaxNumberOfAliases
    SLOT(53, LONG), // MaxNumberOfAliases
    SLOT(54, LONG *), // MaxNumberOfDistributionLists
    SLOT(55, LONG), // MaxNumberOfDistributionLists
    SLOT(56, VARIANT_BOOL *), // MaxNumberOfAccountsEnabled
    SLOT(57, VARIANT_BOOL), // MaxNumberOfAccountsEnabled
    SLOT(58, VARIANT_BOOL *), // MaxNumberOfAliasesEnabled
    SLOT(59, VARIANT_BOOL), // MaxNumberOfAliasesEnabled
    SLOT(60, VARIANT_BOOL *), // MaxNumberOfDistributionListsEnabled
    SLOT(61, VARIANT_BOOL), // MaxNumberOfDistributionListsEnabled
    SLOT(62, LONG *), // MaxAccountSize
    SLOT(63, LONG), // MaxAccountSize
    SLOT(64, VARIANT_BOOL *), // DKIMSignEnabled
    SLOT(65, VARIANT_BOOL), // DKIMSignEnabled
    SLOT(66, BSTR *), // DKIMSelector
    SLOT(67, BSTR), // DKIMSelector
    SLOT(68, BSTR *), // DKIMPrivateKeyFile
    SLOT(69, BSTR), // DKIMPrivateKeyFile
    SLOT(70, LONG *), // DKIMHeaderCanonicalizationMethod
    SLOT(71, LONG), // DKIMHeaderCanonicalizationMethod
    SLOT(72, LONG *), // DKIMBodyCanonicalizationMethod
    SLOT(73, LONG), // DKIMBodyCanonicalizationMethod
    SLOT(74, LONG *), // DKIMSigningAlgorithm
    SLOT(75, LONG), // DKIMSigningAlgorithm
};

static const Member members_DomainAlias[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"AliasName", 2, false, true, 'S', L"", "", L""},
    {L"DomainID", 3, false, true, 'L', L"", "", L""},
    {L"Save", 4, true, false, 0, L"", "", L""},
    {L"Delete", 5, true, false, 0, L"", "", L""},
};
static const void *const vtable_DomainAlias[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // AliasName
    SLOT(3, BSTR), // AliasName
    SLOT(4, LONG *), // DomainID
    SLOT(5, LONG), // DomainID
    SLOT(6), // Save
    SLOT(8), // Delete
};

static const Member members_DomainAliases[] = {
    {L"Item", 0, false, false, 'O', L"DomainAlias", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"ItemByDBID", 2, false, false, 'O', L"DomainAlias", "L", L"DBID"},
    {L"Refresh", 3, true, false, 0, L"", "", L""},
    {L"Delete", 4, true, false, 0, L"", "L", L"Index"},
    {L"DeleteByDBID", 5, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 6, true, false, 'O', L"DomainAlias", "", L""},
};
static const void *const vtable_DomainAliases[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG, IDispatch * *), // ItemByDBID
    SLOT(6), // Refresh
    SLOT(8, LONG), // Delete
    SLOT(10, LONG), // DeleteByDBID
    SLOT(12, IDispatch * *), // Add
};

static const Member members_Domains[] = {
    {L"Item", 0, false, false, 'O', L"Domain", "L", L"Index"},
    {L"Refresh", 1, true, false, 0, L"", "", L""},
    {L"Count", 2, false, false, 'L', L"", "", L""},
    {L"Add", 3, true, false, 'O', L"Domain", "", L""},
    {L"ItemByName", 4, false, false, 'O', L"Domain", "S", L"ItemName"},
    {L"ItemByDBID", 5, false, false, 'O', L"Domain", "L", L"DBID"},
    {L"Names", 6, false, false, 'S', L"", "", L""},
    {L"DeleteByDBID", 7, true, false, 0, L"", "L", L"DBID"},
};
static const void *const vtable_Domains[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2), // Refresh
    SLOT(4, LONG *), // Count
    SLOT(6, IDispatch * *), // Add
    SLOT(8, BSTR, IDispatch * *), // ItemByName
    SLOT(10, LONG, IDispatch * *), // ItemByDBID
    SLOT(12, BSTR *), // Names
    SLOT(14, LONG), // DeleteByDBID
};

static const Member members_EventLog[] = {
    {L"Write", 1, true, false, 0, L"", "S", L"sMessage"},
};
static const void *const vtable_EventLog[] = {DISPATCH,
    SLOT(0, BSTR), // Write
};

static const Member members_FetchAccount[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"Name", 2, false, true, 'S', L"", "", L""},
    {L"ServerAddress", 3, false, true, 'S', L"", "", L""},
    {L"Port", 4, false, true, 'L', L"", "", L""},
    {L"ServerType", 5, false, true, 'L', L"", "", L""},
    {L"Username", 6, false, true, 'S', L"", "", L""},
    {L"Password", 7, false, true, 'S', L"", "", L""},
    {L"MinutesBetweenFetch", 8, false, true, 'L', L"", "", L""},
    {L"DaysToKeepMessages", 9, false, true, 'L', L"", "", L""},
    {L"Save", 10, true, false, 0, L"", "", L""},
    {L"AccountID", 11, false, true, 'L', L"", "", L""},
    {L"Enabled", 12, false, true, 'B', L"", "", L""},
    {L"ProcessMIMERecipients", 13, false, true, 'B', L"", "", L""},
    {L"DownloadNow", 14, true, false, 0, L"", "", L""},
    {L"ProcessMIMEDate", 15, false, true, 'B', L"", "", L""},
    {L"UseSSL", 16, false, true, 'B', L"", "", L""},
    {L"Delete", 17, true, false, 0, L"", "", L""},
    {L"NextDownloadTime", 18, false, false, 'S', L"", "", L""},
    {L"UseAntiSpam", 19, false, true, 'B', L"", "", L""},
    {L"UseAntiVirus", 20, false, true, 'B', L"", "", L""},
    {L"EnableRouteRecipients", 21, false, true, 'B', L"", "", L""},
    {L"IsLocked", 22, false, false, 'B', L"", "", L""},
    {L"ConnectionSecurity", 23, false, true, 'L', L"", "", L""},
    {L"MIMERecipientHeaders", 24, false, true, 'S', L"", "", L""},
};
static const void *const vtable_FetchAccount[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // Name
    SLOT(3, BSTR), // Name
    SLOT(4, BSTR *), // ServerAddress
    SLOT(5, BSTR), // ServerAddress
    SLOT(6, LONG *), // Port
    SLOT(7, LONG), // Port
    SLOT(8, LONG *), // ServerType
    SLOT(9, LONG), // ServerType
    SLOT(10, BSTR *), // Username
    SLOT(11, BSTR), // Username
    SLOT(12, BSTR *), // Password
    SLOT(13, BSTR), // Password
    SLOT(14, LONG *), // MinutesBetweenFetch
    SLOT(15, LONG), // MinutesBetweenFetch
    SLOT(16, LONG *), // DaysToKeepMessages
    SLOT(17, LONG), // DaysToKeepMessages
    SLOT(18), // Save
    SLOT(20, LONG *), // AccountID
    SLOT(21, LONG), // AccountID
    SLOT(22, VARIANT_BOOL *), // Enabled
    SLOT(23, VARIANT_BOOL), // Enabled
    SLOT(24, VARIANT_BOOL *), // ProcessMIMERecipients
    SLOT(25, VARIANT_BOOL), // ProcessMIMERecipients
    SLOT(26), // DownloadNow
    SLOT(28, VARIANT_BOOL *), // ProcessMIMEDate
    SLOT(29, VARIANT_BOOL), // ProcessMIMEDate
    SLOT(30, VARIANT_BOOL *), // UseSSL
    SLOT(31, VARIANT_BOOL), // UseSSL
    SLOT(32), // Delete
    SLOT(34, BSTR *), // NextDownloadTime
    SLOT(36, VARIANT_BOOL *), // UseAntiSpam
    SLOT(37, VARIANT_BOOL), // UseAntiSpam
    SLOT(38, VARIANT_BOOL *), // UseAntiVirus
    SLOT(39, VARIANT_BOOL), // UseAntiVirus
    SLOT(40, VARIANT_BOOL *), // EnableRouteRecipients
    SLOT(41, VARIANT_BOOL), // EnableRouteRecipients
    SLOT(42, VARIANT_BOOL *), // IsLocked
    SLOT(44, LONG *), // ConnectionSecurity
    SLOT(45, LONG), // ConnectionSecurity
    SLOT(46, BSTR *), // MIMERecipientHeaders
    SLOT(47, BSTR), // MIMERecipientHeaders
};

static const Member members_FetchAccounts[] = {
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"ItemByDBID", 2, false, false, 'O', L"FetchAccount", "L", L"DBID"},
    {L"Item", 3, false, false, 'O', L"FetchAccount", "L", L"Index"},
    {L"Refresh", 5, true, false, 0, L"", "", L""},
    {L"Delete", 6, true, false, 0, L"", "L", L"Index"},
    {L"DeleteByDBID", 7, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 8, true, false, 'O', L"FetchAccount", "", L""},
};
static const void *const vtable_FetchAccounts[] = {DISPATCH,
    SLOT(0, LONG *), // Count
    SLOT(2, LONG, IDispatch * *), // ItemByDBID
    SLOT(4, LONG, IDispatch * *), // Item
    SLOT(6), // Refresh
    SLOT(8, LONG), // Delete
    SLOT(10, LONG), // DeleteByDBID
    SLOT(12, IDispatch * *), // Add
};

static const Member members_GlobalObjects[] = {
    {L"DeliveryQueue", 1, false, false, 'O', L"DeliveryQueue", "", L""},
    {L"Languages", 2, false, false, 'O', L"Languages", "", L""},
};
static const void *const vtable_GlobalObjects[] = {DISPATCH,
    SLOT(0, IDispatch * *), // DeliveryQueue
    SLOT(2, IDispatch * *), // Languages
};

static const Member members_GreyListingWhiteAddress[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"IPAddress", 2, false, true, 'S', L"", "", L""},
    {L"Description", 3, false, true, 'S', L"", "", L""},
    {L"Save", 4, true, false, 0, L"", "", L""},
    {L"Delete", 5, true, false, 0, L"", "", L""},
};
static const void *const vtable_GreyListingWhiteAddress[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // IPAddress
    SLOT(3, BSTR), // IPAddress
    SLOT(4, BSTR *), // Description
    SLOT(5, BSTR), // Description
    SLOT(6), // Save
    SLOT(8), // Delete
};

static const Member members_GreyListingWhiteAddresses[] = {
    {L"Item", 0, false, false, 'O', L"GreyListingWhiteAddress", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"GreyListingWhiteAddress", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"GreyListingWhiteAddress", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
    {L"ItemByName", 7, false, false, 'O', L"GreyListingWhiteAddress", "S", L"sName"},
};
static const void *const vtable_GreyListingWhiteAddresses[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10), // Refresh
    SLOT(12, BSTR, IDispatch * *), // ItemByName
};

static const Member members_Group[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"Name", 4, false, true, 'S', L"", "", L""},
    {L"Members", 5, false, false, 'O', L"GroupMembers", "", L""},
    {L"Save", 7, true, false, 0, L"", "", L""},
    {L"Delete", 8, true, false, 0, L"", "", L""},
};
static const void *const vtable_Group[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // Name
    SLOT(3, BSTR), // Name
    SLOT(4, IDispatch * *), // Members
    SLOT(6), // Save
    SLOT(8), // Delete
};

static const Member members_GroupMember[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"GroupID", 2, false, true, 'L', L"", "", L""},
    {L"AccountID", 3, false, true, 'L', L"", "", L""},
    {L"Save", 4, true, false, 0, L"", "", L""},
    {L"Delete", 5, true, false, 0, L"", "", L""},
    {L"Account", 6, false, false, 'O', L"Account", "", L""},
};
static const void *const vtable_GroupMember[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, LONG *), // GroupID
    SLOT(3, LONG), // GroupID
    SLOT(4, LONG *), // AccountID
    SLOT(5, LONG), // AccountID
    SLOT(6), // Save
    SLOT(8), // Delete
    SLOT(10, IDispatch * *), // Account
};

static const Member members_GroupMembers[] = {
    {L"Item", 0, false, false, 'O', L"GroupMember", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"GroupMember", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"GroupMember", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
};
static const void *const vtable_GroupMembers[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10), // Refresh
};

static const Member members_Groups[] = {
    {L"Item", 0, false, false, 'O', L"Group", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"Group", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"Group", "L", L"DBID"},
    {L"ItemByName", 6, false, false, 'O', L"Group", "S", L"Name"},
    {L"Refresh", 7, true, false, 0, L"", "", L""},
};
static const void *const vtable_Groups[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10, BSTR, IDispatch * *), // ItemByName
    SLOT(12), // Refresh
};

static const Member members_IMAPFolder[] = {
    {L"ID", 0, false, false, 'L', L"", "", L""},
    {L"Name", 1, false, true, 'S', L"", "", L""},
    {L"Subscribed", 2, false, true, 'B', L"", "", L""},
    {L"Messages", 3, false, false, 'O', L"Messages", "", L""},
    {L"SubFolders", 4, false, false, 'O', L"IMAPFolders", "", L""},
    {L"Save", 6, true, false, 0, L"", "", L""},
    {L"ParentID", 7, false, false, 'L', L"", "", L""},
    {L"Permissions", 8, false, false, 'O', L"IMAPFolderPermissions", "", L""},
    {L"Delete", 9, true, false, 0, L"", "", L""},
    {L"CurrentUID", 10, false, false, 'L', L"", "", L""},
    {L"CreationTime", 11, false, false, 'S', L"", "", L""},
};
static const void *const vtable_IMAPFolder[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // Name
    SLOT(3, BSTR), // Name
    SLOT(4, VARIANT_BOOL *), // Subscribed
    SLOT(5, VARIANT_BOOL), // Subscribed
    SLOT(6, IDispatch * *), // Messages
    SLOT(8, IDispatch * *), // SubFolders
    SLOT(10), // Save
    SLOT(12, LONG *), // ParentID
    SLOT(14, IDispatch * *), // Permissions
    SLOT(16), // Delete
    SLOT(18, LONG *), // CurrentUID
    SLOT(20, BSTR *), // CreationTime
};

static const Member members_IMAPFolderPermission[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"ShareFolderID", 3, false, false, 'L', L"", "", L""},
    {L"PermissionType", 4, false, true, 'L', L"", "", L""},
    {L"PermissionGroupID", 5, false, true, 'L', L"", "", L""},
    {L"PermissionAccountID", 6, false, true, 'L', L"", "", L""},
    {L"Value", 7, false, true, 'L', L"", "", L""},
    {L"Permission", 8, false, true, 'B', L"", "L", L"iType"},
    {L"Save", 9, true, false, 0, L"", "", L""},
    {L"Delete", 10, true, false, 0, L"", "", L""},
    {L"Account", 11, false, false, 'O', L"Account", "", L""},
    {L"Group", 12, false, false, 'O', L"Group", "", L""},
};
static const void *const vtable_IMAPFolderPermission[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, LONG *), // ShareFolderID
    SLOT(4, LONG *), // PermissionType
    SLOT(5, LONG), // PermissionType
    SLOT(6, LONG *), // PermissionGroupID
    SLOT(7, LONG), // PermissionGroupID
    SLOT(8, LONG *), // PermissionAccountID
    SLOT(9, LONG), // PermissionAccountID
    SLOT(10, LONG *), // Value
    SLOT(11, LONG), // Value
    SLOT(12, LONG, VARIANT_BOOL *), // Permission
    SLOT(13, LONG, VARIANT_BOOL), // Permission
    SLOT(14), // Save
    SLOT(16), // Delete
    SLOT(18, IDispatch * *), // Account
    SLOT(20, IDispatch * *), // Group
};

static const Member members_IMAPFolderPermissions[] = {
    {L"Item", 0, false, false, 'O', L"IMAPFolderPermission", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"Delete", 2, true, false, 0, L"", "L", L"Index"},
    {L"Refresh", 3, true, false, 0, L"", "", L""},
    {L"Add", 4, true, false, 'O', L"IMAPFolderPermission", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"IMAPFolderPermission", "L", L"DBID"},
    {L"DeleteByDBID", 6, true, false, 0, L"", "L", L"DBID"},
    {L"ItemByName", 7, false, false, 'O', L"IMAPFolderPermission", "S", L"Name"},
};
static const void *const vtable_IMAPFolderPermissions[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // Delete
    SLOT(6), // Refresh
    SLOT(8, IDispatch * *), // Add
    SLOT(10, LONG, IDispatch * *), // ItemByDBID
    SLOT(12, LONG), // DeleteByDBID
    SLOT(14, BSTR, IDispatch * *), // ItemByName
};

static const Member members_IMAPFolders[] = {
    {L"Item", 0, false, false, 'O', L"IMAPFolder", "L", L"Index"},
    {L"ItemByDBID", 1, false, false, 'O', L"IMAPFolder", "L", L"DBID"},
    {L"ItemByName", 2, false, false, 'O', L"IMAPFolder", "S", L"sName"},
    {L"Count", 3, false, false, 'L', L"", "", L""},
    {L"Add", 4, true, false, 'O', L"IMAPFolder", "S", L"sName"},
    {L"DeleteByDBID", 5, true, false, 0, L"", "L", L"lDBID"},
};
static const void *const vtable_IMAPFolders[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG, IDispatch * *), // ItemByDBID
    SLOT(4, BSTR, IDispatch * *), // ItemByName
    SLOT(6, LONG *), // Count
    SLOT(8, BSTR, IDispatch * *), // Add
    SLOT(10, LONG), // DeleteByDBID
};

static const Member members_IncomingRelay[] = {
    {L"ID", 0, false, false, 'L', L"", "", L""},
    {L"LowerIP", 1, false, true, 'S', L"", "", L""},
    {L"UpperIP", 2, false, true, 'S', L"", "", L""},
    {L"Name", 3, false, true, 'S', L"", "", L""},
    {L"Delete", 4, true, false, 0, L"", "", L""},
    {L"Save", 5, true, false, 0, L"", "", L""},
};
static const void *const vtable_IncomingRelay[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // LowerIP
    SLOT(3, BSTR), // LowerIP
    SLOT(4, BSTR *), // UpperIP
    SLOT(5, BSTR), // UpperIP
    SLOT(6, BSTR *), // Name
    SLOT(7, BSTR), // Name
    SLOT(8), // Delete
    SLOT(10), // Save
};

static const Member members_IncomingRelays[] = {
    {L"Item", 0, false, false, 'O', L"IncomingRelay", "L", L"Index"},
    {L"ItemByDBID", 1, false, false, 'O', L"IncomingRelay", "L", L"DBID"},
    {L"Delete", 2, true, false, 0, L"", "L", L"Index"},
    {L"DeleteByDBID", 3, true, false, 0, L"", "L", L"DBID"},
    {L"Refresh", 4, true, false, 0, L"", "", L""},
    {L"Add", 5, true, false, 'O', L"IncomingRelay", "", L""},
    {L"Count", 6, false, false, 'L', L"", "", L""},
    {L"ItemByName", 7, false, false, 'O', L"IncomingRelay", "S", L"sName"},
};
static const void *const vtable_IncomingRelays[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG, IDispatch * *), // ItemByDBID
    SLOT(4, LONG), // Delete
    SLOT(6, LONG), // DeleteByDBID
    SLOT(8), // Refresh
    SLOT(10, IDispatch * *), // Add
    SLOT(12, LONG *), // Count
    SLOT(14, BSTR, IDispatch * *), // ItemByName
};

static const Member members_Language[] = {
    {L"String", 1, false, false, 'S', L"", "S", L"EnglishString"},
    {L"Name", 2, false, false, 'S', L"", "", L""},
    {L"IsDownloaded", 3, false, false, 'B', L"", "", L""},
    {L"Download", 4, true, false, 0, L"", "", L""},
};
static const void *const vtable_Language[] = {DISPATCH,
    SLOT(0, BSTR, BSTR *), // String
    SLOT(2, BSTR *), // Name
    SLOT(4, VARIANT_BOOL *), // IsDownloaded
    SLOT(6), // Download
};

static const Member members_Languages[] = {
    {L"Item", 0, false, false, 'O', L"Language", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"ItemByName", 3, false, false, 'O', L"Language", "S", L"ItemName"},
};
static const void *const vtable_Languages[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, BSTR, IDispatch * *), // ItemByName
};

static const Member members_Links[] = {
    {L"Domain", 1, false, false, 'O', L"Domain", "L", L"DBID"},
    {L"Account", 2, false, false, 'O', L"Account", "L", L"DBID"},
    {L"Alias", 3, false, false, 'O', L"Alias", "L", L"DBID"},
    {L"DistributionList", 4, false, false, 'O', L"DistributionList", "L", L"DBID"},
};
static const void *const vtable_Links[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Domain
    SLOT(2, LONG, IDispatch * *), // Account
    SLOT(4, LONG, IDispatch * *), // Alias
    SLOT(6, LONG, IDispatch * *), // DistributionList
};

static const Member members_Logging[] = {
    {L"Enabled", 1, false, true, 'B', L"", "", L""},
    {L"LogSMTP", 2, false, true, 'B', L"", "", L""},
    {L"LogPOP3", 3, false, true, 'B', L"", "", L""},
    {L"LogTCPIP", 4, false, true, 'B', L"", "", L""},
    {L"LogApplication", 5, false, true, 'B', L"", "", L""},
    {L"Device", 9, false, true, 'L', L"", "", L""},
    {L"LogFormat", 10, false, true, 'L', L"", "", L""},
    {L"LogDebug", 11, false, true, 'B', L"", "", L""},
    {L"LogIMAP", 12, false, true, 'B', L"", "", L""},
    {L"EnableLiveLogging", 13, true, false, 0, L"", "B", L"newVal"},
    {L"Directory", 14, false, false, 'S', L"", "", L""},
    {L"LiveLog", 15, false, false, 'S', L"", "", L""},
    {L"AWStatsEnabled", 16, false, true, 'B', L"", "", L""},
    {L"MaskPasswordsInLog", 17, false, true, 'B', L"", "", L""},
    {L"CurrentEventLog", 18, false, false, 'S', L"", "", L""},
    {L"CurrentErrorLog", 19, false, false, 'S', L"", "", L""},
    {L"CurrentAwstatsLog", 20, false, false, 'S', L"", "", L""},
    {L"CurrentDefaultLog", 21, false, false, 'S', L"", "", L""},
    {L"KeepFilesOpen", 22, false, true, 'B', L"", "", L""},
    {L"LiveLoggingEnabled", 23, false, false, 'B', L"", "", L""},
};
static const void *const vtable_Logging[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // Enabled
    SLOT(1, VARIANT_BOOL), // Enabled
    SLOT(2, VARIANT_BOOL *), // LogSMTP
    SLOT(3, VARIANT_BOOL), // LogSMTP
    SLOT(4, VARIANT_BOOL *), // LogPOP3
    SLOT(5, VARIANT_BOOL), // LogPOP3
    SLOT(6, VARIANT_BOOL *), // LogTCPIP
    SLOT(7, VARIANT_BOOL), // LogTCPIP
    SLOT(8, VARIANT_BOOL *), // LogApplication
    SLOT(9, VARIANT_BOOL), // LogApplication
    SLOT(10, LONG *), // Device
    SLOT(11, LONG), // Device
    SLOT(12, LONG *), // LogFormat
    SLOT(13, LONG), // LogFormat
    SLOT(14, VARIANT_BOOL *), // LogDebug
    SLOT(15, VARIANT_BOOL), // LogDebug
    SLOT(16, VARIANT_BOOL *), // LogIMAP
    SLOT(17, VARIANT_BOOL), // LogIMAP
    SLOT(18, VARIANT_BOOL), // EnableLiveLogging
    SLOT(20, BSTR *), // Directory
    SLOT(22, BSTR *), // LiveLog
    SLOT(24, VARIANT_BOOL *), // AWStatsEnabled
    SLOT(25, VARIANT_BOOL), // AWStatsEnabled
    SLOT(26, VARIANT_BOOL *), // MaskPasswordsInLog
    SLOT(27, VARIANT_BOOL), // MaskPasswordsInLog
    SLOT(28, BSTR *), // CurrentEventLog
    SLOT(30, BSTR *), // CurrentErrorLog
    SLOT(32, BSTR *), // CurrentAwstatsLog
    SLOT(34, BSTR *), // CurrentDefaultLog
    SLOT(36, VARIANT_BOOL *), // KeepFilesOpen
    SLOT(37, VARIANT_BOOL), // KeepFilesOpen
    SLOT(38, VARIANT_BOOL *), // LiveLoggingEnabled
};

static const Member members_Message[] = {
    {L"ID", 1, false, false, 'H', L"", "", L""},
    {L"Filename", 2, false, false, 'S', L"", "", L""},
    {L"Subject", 3, false, true, 'S', L"", "", L""},
    {L"From", 4, false, true, 'S', L"", "", L""},
    {L"Date", 5, false, true, 'S', L"", "", L""},
    {L"Body", 6, false, true, 'S', L"", "", L""},
    {L"HTMLBody", 7, false, true, 'S', L"", "", L""},
    {L"Attachments", 8, false, false, 'O', L"Attachments", "", L""},
    {L"Save", 9, true, false, 0, L"", "", L""},
    {L"To", 10, false, false, 'S', L"", "", L""},
    {L"AddRecipient", 11, true, false, 0, L"", "SS", L"sName,sAddress"},
    {L"FromAddress", 12, false, true, 'S', L"", "", L""},
    {L"State", 13, false, false, 'L', L"", "", L""},
    {L"Size", 14, false, false, 'L', L"", "", L""},
    {L"ClearRecipients", 15, true, false, 0, L"", "", L""},
    {L"CC", 16, false, false, 'S', L"", "", L""},
    {L"Recipients", 17, false, false, 'O', L"Recipients", "", L""},
    {L"HeaderValue", 18, false, true, 'S', L"", "S", L"FieldName"},
    {L"HasBodyType", 19, true, false, 'B', L"", "S", L"BodyType"},
    {L"EncodeFields", 20, false, true, 'B', L"", "", L""},
    {L"Flag", 21, false, true, 'B', L"", "L", L"iType"},
    {L"InternalDate", 22, false, false, 'V', L"", "", L""},
    {L"Headers", 23, false, false, 'O', L"MessageHeaders", "", L""},
    {L"RefreshContent", 24, true, false, 0, L"", "", L""},
    {L"DeliveryAttempt", 25, false, false, 'L', L"", "", L""},
    {L"Charset", 26, false, true, 'S', L"", "", L""},
    {L"Copy", 27, true, false, 0, L"", "L", L"iDestinationFolderID"},
    {L"UID", 28, false, false, 'L', L"", "", L""},
};
static const void *const vtable_Message[] = {DISPATCH,
    SLOT(0, LONGLONG *), // ID
    SLOT(2, BSTR *), // Filename
    SLOT(4, BSTR *), // Subject
    SLOT(5, BSTR), // Subject
    SLOT(6, BSTR *), // From
    SLOT(7, BSTR), // From
    SLOT(8, BSTR *), // Date
    SLOT(9, BSTR), // Date
    SLOT(10, BSTR *), // Body
    SLOT(11, BSTR), // Body
    SLOT(12, BSTR *), // HTMLBody
    SLOT(13, BSTR), // HTMLBody
    SLOT(14, IDispatch * *), // Attachments
    SLOT(16), // Save
    SLOT(18, BSTR *), // To
    SLOT(20, BSTR, BSTR), // AddRecipient
    SLOT(22, BSTR *), // FromAddress
    SLOT(23, BSTR), // FromAddress
    SLOT(24, LONG *), // State
    SLOT(26, LONG *), // Size
    SLOT(28), // ClearRecipients
    SLOT(30, BSTR *), // CC
    SLOT(32, IDispatch * *), // Recipients
    SLOT(34, BSTR, BSTR *), // HeaderValue
    SLOT(35, BSTR, BSTR), // HeaderValue
    SLOT(36, BSTR, VARIANT_BOOL *), // HasBodyType
    SLOT(38, VARIANT_BOOL *), // EncodeFields
    SLOT(39, VARIANT_BOOL), // EncodeFields
    SLOT(40, LONG, VARIANT_BOOL *), // Flag
    SLOT(41, LONG, VARIANT_BOOL), // Flag
    SLOT(42, VARIANT *), // InternalDate
    SLOT(44, IDispatch * *), // Headers
    SLOT(46), // RefreshContent
    SLOT(48, LONG *), // DeliveryAttempt
    SLOT(50, BSTR *), // Charset
    SLOT(51, BSTR), // Charset
    SLOT(52, LONG), // Copy
    SLOT(54, LONG *), // UID
};

static const Member members_MessageHeader[] = {
    {L"Name", 1, false, true, 'S', L"", "", L""},
    {L"Value", 2, false, true, 'S', L"", "", L""},
    {L"Delete", 3, true, false, 0, L"", "", L""},
};
static const void *const vtable_MessageHeader[] = {DISPATCH,
    SLOT(0, BSTR *), // Name
    SLOT(1, BSTR), // Name
    SLOT(2, BSTR *), // Value
    SLOT(3, BSTR), // Value
    SLOT(4), // Delete
};

static const Member members_MessageHeaders[] = {
    {L"Item", 0, false, false, 'O', L"MessageHeader", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"ItemByName", 2, false, false, 'O', L"MessageHeader", "S", L"sName"},
};
static const void *const vtable_MessageHeaders[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, BSTR, IDispatch * *), // ItemByName
};

static const Member members_MessageIndexing[] = {
    {L"TotalMessageCount", 1, false, false, 'L', L"", "", L""},
    {L"TotalIndexedCount", 2, false, false, 'L', L"", "", L""},
    {L"Enabled", 3, false, true, 'B', L"", "", L""},
    {L"Clear", 4, true, false, 0, L"", "", L""},
    {L"Index", 5, true, false, 0, L"", "", L""},
};
static const void *const vtable_MessageIndexing[] = {DISPATCH,
    SLOT(0, LONG *), // TotalMessageCount
    SLOT(2, LONG *), // TotalIndexedCount
    SLOT(4, VARIANT_BOOL *), // Enabled
    SLOT(5, VARIANT_BOOL), // Enabled
    SLOT(6), // Clear
    SLOT(8), // Index
};

static const Member members_Messages[] = {
    {L"Item", 0, false, false, 'O', L"Message", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"ItemByDBID", 2, false, false, 'O', L"Message", "H", L"DBID"},
    {L"DeleteByDBID", 3, true, false, 0, L"", "H", L"lDBID"},
    {L"Add", 4, true, false, 'O', L"Message", "", L""},
    {L"Clear", 5, true, false, 0, L"", "", L""},
};
static const void *const vtable_Messages[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONGLONG, IDispatch * *), // ItemByDBID
    SLOT(6, LONGLONG), // DeleteByDBID
    SLOT(8, IDispatch * *), // Add
    SLOT(10), // Clear
};

static const Member members_Recipient[] = {
    {L"Address", 1, false, false, 'S', L"", "", L""},
    {L"IsLocalUser", 2, false, false, 'B', L"", "", L""},
    {L"OriginalAddress", 3, false, false, 'S', L"", "", L""},
};
static const void *const vtable_Recipient[] = {DISPATCH,
    SLOT(0, BSTR *), // Address
    SLOT(2, VARIANT_BOOL *), // IsLocalUser
    SLOT(4, BSTR *), // OriginalAddress
};

static const Member members_Recipients[] = {
    {L"Item", 0, false, false, 'O', L"Recipient", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
};
static const void *const vtable_Recipients[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
};

static const Member members_Result[] = {
    {L"Value", 1, false, true, 'L', L"", "", L""},
    {L"Message", 2, false, true, 'S', L"", "", L""},
    {L"Parameter", 3, false, true, 'L', L"", "", L""},
};
static const void *const vtable_Result[] = {DISPATCH,
    SLOT(0, LONG *), // Value
    SLOT(1, LONG), // Value
    SLOT(2, BSTR *), // Message
    SLOT(3, BSTR), // Message
    SLOT(4, LONG *), // Parameter
    SLOT(5, LONG), // Parameter
};

static const Member members_Route[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"DomainName", 2, false, true, 'S', L"", "", L""},
    {L"TargetSMTPHost", 3, false, true, 'S', L"", "", L""},
    {L"TargetSMTPPort", 4, false, true, 'L', L"", "", L""},
    {L"NumberOfTries", 5, false, true, 'L', L"", "", L""},
    {L"MinutesBetweenTry", 6, false, true, 'L', L"", "", L""},
    {L"AllAddresses", 7, false, true, 'B', L"", "", L""},
    {L"Addresses", 8, false, false, 'O', L"RouteAddresses", "", L""},
    {L"RelayerRequiresAuth", 9, false, true, 'B', L"", "", L""},
    {L"RelayerAuthUsername", 10, false, true, 'S', L"", "", L""},
    {L"SetRelayerAuthPassword", 11, true, false, 0, L"", "S", L"newVal"},
    {L"TreatSecurityAsLocalDomain", 12, false, true, 'B', L"", "", L""},
    {L"Save", 13, true, false, 0, L"", "", L""},
    {L"UseSSL", 14, false, true, 'B', L"", "", L""},
    {L"Description", 15, false, true, 'S', L"", "", L""},
    {L"Delete", 16, true, false, 0, L"", "", L""},
    {L"TreatSenderAsLocalDomain", 17, false, true, 'B', L"", "", L""},
    {L"TreatRecipientAsLocalDomain", 18, false, true, 'B', L"", "", L""},
    {L"ConnectionSecurity", 19, false, true, 'L', L"", "", L""},
};
static const void *const vtable_Route[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // DomainName
    SLOT(3, BSTR), // DomainName
    SLOT(4, BSTR *), // TargetSMTPHost
    SLOT(5, BSTR), // TargetSMTPHost
    SLOT(6, LONG *), // TargetSMTPPort
    SLOT(7, LONG), // TargetSMTPPort
    SLOT(8, LONG *), // NumberOfTries
    SLOT(9, LONG), // NumberOfTries
    SLOT(10, LONG *), // MinutesBetweenTry
    SLOT(11, LONG), // MinutesBetweenTry
    SLOT(12, VARIANT_BOOL *), // AllAddresses
    SLOT(13, VARIANT_BOOL), // AllAddresses
    SLOT(14, IDispatch * *), // Addresses
    SLOT(16, VARIANT_BOOL *), // RelayerRequiresAuth
    SLOT(17, VARIANT_BOOL), // RelayerRequiresAuth
    SLOT(18, BSTR *), // RelayerAuthUsername
    SLOT(19, BSTR), // RelayerAuthUsername
    SLOT(20, BSTR), // SetRelayerAuthPassword
    SLOT(22, VARIANT_BOOL *), // TreatSecurityAsLocalDomain
    SLOT(23, VARIANT_BOOL), // TreatSecurityAsLocalDomain
    SLOT(24), // Save
    SLOT(26, VARIANT_BOOL *), // UseSSL
    SLOT(27, VARIANT_BOOL), // UseSSL
    SLOT(28, BSTR *), // Description
    SLOT(29, BSTR), // Description
    SLOT(30), // Delete
    SLOT(32, VARIANT_BOOL *), // TreatSenderAsLocalDomain
    SLOT(33, VARIANT_BOOL), // TreatSenderAsLocalDomain
    SLOT(34, VARIANT_BOOL *), // TreatRecipientAsLocalDomain
    SLOT(35, VARIANT_BOOL), // TreatRecipientAsLocalDomain
    SLOT(36, LONG *), // ConnectionSecurity
    SLOT(37, LONG), // ConnectionSecurity
};

static const Member members_RouteAddress[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"Address", 2, false, true, 'S', L"", "", L""},
    {L"RouteID", 3, false, true, 'L', L"", "", L""},
    {L"Save", 4, true, false, 0, L"", "", L""},
    {L"Delete", 5, true, false, 0, L"", "", L""},
};
static const void *const vtable_RouteAddress[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // Address
    SLOT(3, BSTR), // Address
    SLOT(4, LONG *), // RouteID
    SLOT(5, LONG), // RouteID
    SLOT(6), // Save
    SLOT(8), // Delete
};

static const Member members_RouteAddresses[] = {
    {L"Item", 0, false, false, 'O', L"RouteAddress", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"RouteAddress", "", L""},
    {L"DeleteByAddress", 4, true, false, 0, L"", "S", L"sAddress"},
    {L"ItemByDBID", 5, false, false, 'O', L"RouteAddress", "L", L"DBID"},
};
static const void *const vtable_RouteAddresses[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, BSTR), // DeleteByAddress
    SLOT(10, LONG, IDispatch * *), // ItemByDBID
};

static const Member members_Routes[] = {
    {L"Item", 0, false, false, 'O', L"Route", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"Route", "", L""},
    {L"ItemByName", 4, false, false, 'O', L"Route", "S", L"ItemName"},
    {L"ItemByDBID", 5, false, false, 'O', L"Route", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
};
static const void *const vtable_Routes[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, BSTR, IDispatch * *), // ItemByName
    SLOT(10, LONG, IDispatch * *), // ItemByDBID
    SLOT(12), // Refresh
};

static const Member members_Rule[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"AccountID", 2, false, true, 'L', L"", "", L""},
    {L"Name", 3, false, true, 'S', L"", "", L""},
    {L"Active", 4, false, true, 'B', L"", "", L""},
    {L"UseAND", 5, false, true, 'B', L"", "", L""},
    {L"Criterias", 6, false, false, 'O', L"RuleCriterias", "", L""},
    {L"Actions", 7, false, false, 'O', L"RuleActions", "", L""},
    {L"Save", 8, true, false, 0, L"", "", L""},
    {L"MoveUp", 9, true, false, 0, L"", "", L""},
    {L"MoveDown", 10, true, false, 0, L"", "", L""},
    {L"Delete", 11, true, false, 0, L"", "", L""},
};
static const void *const vtable_Rule[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, LONG *), // AccountID
    SLOT(3, LONG), // AccountID
    SLOT(4, BSTR *), // Name
    SLOT(5, BSTR), // Name
    SLOT(6, VARIANT_BOOL *), // Active
    SLOT(7, VARIANT_BOOL), // Active
    SLOT(8, VARIANT_BOOL *), // UseAND
    SLOT(9, VARIANT_BOOL), // UseAND
    SLOT(10, IDispatch * *), // Criterias
    SLOT(12, IDispatch * *), // Actions
    SLOT(14), // Save
    SLOT(16), // MoveUp
    SLOT(18), // MoveDown
    SLOT(20), // Delete
};

static const Member members_RuleAction[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"RuleID", 2, false, true, 'L', L"", "", L""},
    {L"Type", 3, false, true, 'L', L"", "", L""},
    {L"Subject", 4, false, true, 'S', L"", "", L""},
    {L"Body", 5, false, true, 'S', L"", "", L""},
    {L"FromName", 6, false, true, 'S', L"", "", L""},
    {L"FromAddress", 7, false, true, 'S', L"", "", L""},
    {L"Filename", 8, false, true, 'S', L"", "", L""},
    {L"To", 9, false, true, 'S', L"", "", L""},
    {L"IMAPFolder", 10, false, true, 'S', L"", "", L""},
    {L"Save", 11, true, false, 0, L"", "", L""},
    {L"ScriptFunction", 12, false, true, 'S', L"", "", L""},
    {L"MoveUp", 13, true, false, 0, L"", "", L""},
    {L"MoveDown", 14, true, false, 0, L"", "", L""},
    {L"HeaderName", 15, false, true, 'S', L"", "", L""},
    {L"Value", 16, false, true, 'S', L"", "", L""},
    {L"Delete", 17, true, false, 0, L"", "", L""},
    {L"RouteID", 18, false, true, 'L', L"", "", L""},
};
static const void *const vtable_RuleAction[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, LONG *), // RuleID
    SLOT(3, LONG), // RuleID
    SLOT(4, LONG *), // Type
    SLOT(5, LONG), // Type
    SLOT(6, BSTR *), // Subject
    SLOT(7, BSTR), // Subject
    SLOT(8, BSTR *), // Body
    SLOT(9, BSTR), // Body
    SLOT(10, BSTR *), // FromName
    SLOT(11, BSTR), // FromName
    SLOT(12, BSTR *), // FromAddress
    SLOT(13, BSTR), // FromAddress
    SLOT(14, BSTR *), // Filename
    SLOT(15, BSTR), // Filename
    SLOT(16, BSTR *), // To
    SLOT(17, BSTR), // To
    SLOT(18, BSTR *), // IMAPFolder
    SLOT(19, BSTR), // IMAPFolder
    SLOT(20), // Save
    SLOT(22, BSTR *), // ScriptFunction
    SLOT(23, BSTR), // ScriptFunction
    SLOT(24), // MoveUp
    SLOT(26), // MoveDown
    SLOT(28, BSTR *), // HeaderName
    SLOT(29, BSTR), // HeaderName
    SLOT(30, BSTR *), // Value
    SLOT(31, BSTR), // Value
    SLOT(32), // Delete
    SLOT(34, LONG *), // RouteID
    SLOT(35, LONG), // RouteID
};

static const Member members_RuleActions[] = {
    {L"Item", 0, false, false, 'O', L"RuleAction", "L", L"Index"},
    {L"ItemByDBID", 1, false, false, 'O', L"RuleAction", "L", L"DBID"},
    {L"Count", 2, false, false, 'L', L"", "", L""},
    {L"Add", 3, true, false, 'O', L"RuleAction", "", L""},
    {L"DeleteByDBID", 4, true, false, 0, L"", "L", L"DBID"},
    {L"Refresh", 5, true, false, 0, L"", "", L""},
    {L"Delete", 6, true, false, 0, L"", "L", L"DBID"},
};
static const void *const vtable_RuleActions[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG, IDispatch * *), // ItemByDBID
    SLOT(4, LONG *), // Count
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG), // DeleteByDBID
    SLOT(10), // Refresh
    SLOT(12, LONG), // Delete
};

static const Member members_RuleCriteria[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"RuleID", 2, false, true, 'L', L"", "", L""},
    {L"MatchValue", 4, false, true, 'S', L"", "", L""},
    {L"UsePredefined", 5, false, true, 'B', L"", "", L""},
    {L"PredefinedField", 6, false, true, 'L', L"", "", L""},
    {L"MatchType", 7, false, true, 'L', L"", "", L""},
    {L"HeaderField", 8, false, true, 'S', L"", "", L""},
    {L"Save", 9, true, false, 0, L"", "", L""},
    {L"Delete", 10, true, false, 0, L"", "", L""},
};
static const void *const vtable_RuleCriteria[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, LONG *), // RuleID
    SLOT(3, LONG), // RuleID
    SLOT(4, BSTR *), // MatchValue
    SLOT(5, BSTR), // MatchValue
    SLOT(6, VARIANT_BOOL *), // UsePredefined
    SLOT(7, VARIANT_BOOL), // UsePredefined
    SLOT(8, LONG *), // PredefinedField
    SLOT(9, LONG), // PredefinedField
    SLOT(10, LONG *), // MatchType
    SLOT(11, LONG), // MatchType
    SLOT(12, BSTR *), // HeaderField
    SLOT(13, BSTR), // HeaderField
    SLOT(14), // Save
    SLOT(16), // Delete
};

static const Member members_RuleCriterias[] = {
    {L"Item", 0, false, false, 'O', L"RuleCriteria", "L", L"Index"},
    {L"ItemByDBID", 1, false, false, 'O', L"RuleCriteria", "L", L"DBID"},
    {L"Count", 2, false, false, 'L', L"", "", L""},
    {L"Add", 3, true, false, 'O', L"RuleCriteria", "", L""},
    {L"DeleteByDBID", 4, true, false, 0, L"", "L", L"DBID"},
    {L"Refresh", 5, true, false, 0, L"", "", L""},
    {L"Delete", 6, true, false, 0, L"", "L", L"DBID"},
};
static const void *const vtable_RuleCriterias[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG, IDispatch * *), // ItemByDBID
    SLOT(4, LONG *), // Count
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG), // DeleteByDBID
    SLOT(10), // Refresh
    SLOT(12, LONG), // Delete
};

static const Member members_Rules[] = {
    {L"Item", 0, false, false, 'O', L"Rule", "L", L"Index"},
    {L"ItemByDBID", 1, false, false, 'O', L"Rule", "L", L"DBID"},
    {L"Count", 2, false, false, 'L', L"", "", L""},
    {L"Add", 3, true, false, 'O', L"Rule", "", L""},
    {L"DeleteByDBID", 4, true, false, 0, L"", "L", L"DBID"},
    {L"Refresh", 5, true, false, 0, L"", "", L""},
};
static const void *const vtable_Rules[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG, IDispatch * *), // ItemByDBID
    SLOT(4, LONG *), // Count
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG), // DeleteByDBID
    SLOT(10), // Refresh
};

static const Member members_SSLCertificate[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"Name", 2, false, true, 'S', L"", "", L""},
    {L"Save", 3, true, false, 0, L"", "", L""},
    {L"CertificateFile", 4, false, true, 'S', L"", "", L""},
    {L"PrivateKeyFile", 5, false, true, 'S', L"", "", L""},
    {L"Delete", 6, true, false, 0, L"", "", L""},
};
static const void *const vtable_SSLCertificate[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // Name
    SLOT(3, BSTR), // Name
    SLOT(4), // Save
    SLOT(6, BSTR *), // CertificateFile
    SLOT(7, BSTR), // CertificateFile
    SLOT(8, BSTR *), // PrivateKeyFile
    SLOT(9, BSTR), // PrivateKeyFile
    SLOT(10), // Delete
};

static const Member members_SSLCertificates[] = {
    {L"Item", 0, false, false, 'O', L"SSLCertificate", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"SSLCertificate", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"SSLCertificate", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
    {L"Clear", 7, true, false, 0, L"", "", L""},
};
static const void *const vtable_SSLCertificates[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10), // Refresh
    SLOT(12), // Clear
};

static const Member members_SURBLServer[] = {
    {L"Active", 1, false, true, 'B', L"", "", L""},
    {L"ID", 2, false, false, 'L', L"", "", L""},
    {L"DNSHost", 3, false, true, 'S', L"", "", L""},
    {L"RejectMessage", 4, false, true, 'S', L"", "", L""},
    {L"Save", 6, true, false, 0, L"", "", L""},
    {L"Score", 7, false, true, 'L', L"", "", L""},
    {L"Delete", 8, true, false, 0, L"", "", L""},
};
static const void *const vtable_SURBLServer[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // Active
    SLOT(1, VARIANT_BOOL), // Active
    SLOT(2, LONG *), // ID
    SLOT(4, BSTR *), // DNSHost
    SLOT(5, BSTR), // DNSHost
    SLOT(6, BSTR *), // RejectMessage
    SLOT(7, BSTR), // RejectMessage
    SLOT(8), // Save
    SLOT(10, LONG *), // Score
    SLOT(11, LONG), // Score
    SLOT(12), // Delete
};

static const Member members_SURBLServers[] = {
    {L"Item", 0, false, false, 'O', L"SURBLServer", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"SURBLServer", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"SURBLServer", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
    {L"ItemByDNSHost", 7, false, false, 'O', L"SURBLServer", "S", L"sDNSHost"},
};
static const void *const vtable_SURBLServers[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10), // Refresh
    SLOT(12, BSTR, IDispatch * *), // ItemByDNSHost
};

static const Member members_Scripting[] = {
    {L"Enabled", 1, false, true, 'B', L"", "", L""},
    {L"Language", 2, false, true, 'S', L"", "", L""},
    {L"Reload", 3, true, false, 0, L"", "", L""},
    {L"CheckSyntax", 4, true, false, 'S', L"", "", L""},
    {L"Directory", 5, false, false, 'S', L"", "", L""},
    {L"CurrentScriptFile", 6, false, false, 'S', L"", "", L""},
};
static const void *const vtable_Scripting[] = {DISPATCH,
    SLOT(0, VARIANT_BOOL *), // Enabled
    SLOT(1, VARIANT_BOOL), // Enabled
    SLOT(2, BSTR *), // Language
    SLOT(3, BSTR), // Language
    SLOT(4), // Reload
    SLOT(6, BSTR *), // CheckSyntax
    SLOT(8, BSTR *), // Directory
    SLOT(10, BSTR *), // CurrentScriptFile
};

static const Member members_SecurityRange[] = {
    {L"ID", 0, false, false, 'L', L"", "", L""},
    {L"LowerIP", 1, false, true, 'S', L"", "", L""},
    {L"UpperIP", 2, false, true, 'S', L"", "", L""},
    {L"AllowSMTPConnections", 3, false, true, 'B', L"", "", L""},
    {L"AllowPOP3Connections", 5, false, true, 'B', L"", "", L""},
    {L"Priority", 6, false, true, 'L', L"", "", L""},
    {L"Save", 10, true, false, 0, L"", "", L""},
    {L"AllowIMAPConnections", 11, false, true, 'B', L"", "", L""},
    {L"Name", 12, false, true, 'S', L"", "", L""},
    {L"RequireAuthForDeliveryToLocal", 13, false, true, 'B', L"", "", L""},
    {L"RequireAuthForDeliveryToRemote", 14, false, true, 'B', L"", "", L""},
    {L"AllowDeliveryFromLocalToLocal", 15, false, true, 'B', L"", "", L""},
    {L"AllowDeliveryFromLocalToRemote", 16, false, true, 'B', L"", "", L""},
    {L"AllowDeliveryFromRemoteToLocal", 17, false, true, 'B', L"", "", L""},
    {L"AllowDeliveryFromRemoteToRemote", 18, false, true, 'B', L"", "", L""},
    {L"EnableSpamProtection", 19, false, true, 'B', L"", "", L""},
    {L"IsForwardingRelay", 20, false, true, 'B', L"", "", L""},
    {L"EnableAntiVirus", 21, false, true, 'B', L"", "", L""},
    {L"Delete", 22, true, false, 0, L"", "", L""},
    {L"Expires", 23, false, true, 'B', L"", "", L""},
    {L"ExpiresTime", 24, false, true, 'V', L"", "", L""},
    {L"RequireSMTPAuthLocalToLocal", 25, false, true, 'B', L"", "", L""},
    {L"RequireSMTPAuthLocalToExternal", 26, false, true, 'B', L"", "", L""},
    {L"RequireSMTPAuthExternalToLocal", 27, false, true, 'B', L"", "", L""},
    {L"RequireSMTPAuthExternalToExternal", 28, false, true, 'B', L"", "", L""},
    {L"RequireSSLTLSForAuth", 29, false, true, 'B', L"", "", L""},
};
static const void *const vtable_SecurityRange[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // LowerIP
    SLOT(3, BSTR), // LowerIP
    SLOT(4, BSTR *), // UpperIP
    SLOT(5, BSTR), // UpperIP
    SLOT(6, VARIANT_BOOL *), // AllowSMTPConnections
    SLOT(7, VARIANT_BOOL), // AllowSMTPConnections
    SLOT(8, VARIANT_BOOL *), // AllowPOP3Connections
    SLOT(9, VARIANT_BOOL), // AllowPOP3Connections
    SLOT(10, LONG *), // Priority
    SLOT(11, LONG), // Priority
    SLOT(12), // Save
    SLOT(14, VARIANT_BOOL *), // AllowIMAPConnections
    SLOT(15, VARIANT_BOOL), // AllowIMAPConnections
    SLOT(16, BSTR *), // Name
    SLOT(17, BSTR), // Name
    SLOT(18, VARIANT_BOOL *), // RequireAuthForDeliveryToLocal
    SLOT(19, VARIANT_BOOL), // RequireAuthForDeliveryToLocal
    SLOT(20, VARIANT_BOOL *), // RequireAuthForDeliveryToRemote
    SLOT(21, VARIANT_BOOL), // RequireAuthForDeliveryToRemote
    SLOT(22, VARIANT_BOOL *), // AllowDeliveryFromLocalToLocal
    SLOT(23, VARIANT_BOOL), // AllowDeliveryFromLocalToLocal
    SLOT(24, VARIANT_BOOL *), // AllowDeliveryFromLocalToRemote
    SLOT(25, VARIANT_BOOL), // AllowDeliveryFromLocalToRemote
    SLOT(26, VARIANT_BOOL *), // AllowDeliveryFromRemoteToLocal
    SLOT(27, VARIANT_BOOL), // AllowDeliveryFromRemoteToLocal
    SLOT(28, VARIANT_BOOL *), // AllowDeliveryFromRemoteToRemote
    SLOT(29, VARIANT_BOOL), // AllowDeliveryFromRemoteToRemote
    SLOT(30, VARIANT_BOOL *), // EnableSpamProtection
    SLOT(31, VARIANT_BOOL), // EnableSpamProtection
    SLOT(32, VARIANT_BOOL *), // IsForwardingRelay
    SLOT(33, VARIANT_BOOL), // IsForwardingRelay
    SLOT(34, VARIANT_BOOL *), // EnableAntiVirus
    SLOT(35, VARIANT_BOOL), // EnableAntiVirus
    SLOT(36), // Delete
    SLOT(38, VARIANT_BOOL *), // Expires
    SLOT(39, VARIANT_BOOL), // Expires
    SLOT(40, VARIANT *), // ExpiresTime
    SLOT(41, VARIANT), // ExpiresTime
    SLOT(42, VARIANT_BOOL *), // RequireSMTPAuthLocalToLocal
    SLOT(43, VARIANT_BOOL), // RequireSMTPAuthLocalToLocal
    SLOT(44, VARIANT_BOOL *), // RequireSMTPAuthLocalToExternal
    SLOT(45, VARIANT_BOOL), // RequireSMTPAuthLocalToExternal
    SLOT(46, VARIANT_BOOL *), // RequireSMTPAuthExternalToLocal
    SLOT(47, VARIANT_BOOL), // RequireSMTPAuthExternalToLocal
    SLOT(48, VARIANT_BOOL *), // RequireSMTPAuthExternalToExternal
    SLOT(49, VARIANT_BOOL), // RequireSMTPAuthExternalToExternal
    SLOT(50, VARIANT_BOOL *), // RequireSSLTLSForAuth
    SLOT(51, VARIANT_BOOL), // RequireSSLTLSForAuth
};

static const Member members_SecurityRanges[] = {
    {L"Item", 0, false, false, 'O', L"SecurityRange", "L", L"Index"},
    {L"ItemByDBID", 1, false, false, 'O', L"SecurityRange", "L", L"DBID"},
    {L"Delete", 2, true, false, 0, L"", "L", L"Index"},
    {L"DeleteByDBID", 3, true, false, 0, L"", "L", L"DBID"},
    {L"Refresh", 4, true, false, 0, L"", "", L""},
    {L"Add", 5, true, false, 'O', L"SecurityRange", "", L""},
    {L"Count", 6, false, false, 'L', L"", "", L""},
    {L"ItemByName", 7, false, false, 'O', L"SecurityRange", "S", L"sName"},
    {L"SetDefault", 8, true, false, 0, L"", "", L""},
};
static const void *const vtable_SecurityRanges[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG, IDispatch * *), // ItemByDBID
    SLOT(4, LONG), // Delete
    SLOT(6, LONG), // DeleteByDBID
    SLOT(8), // Refresh
    SLOT(10, IDispatch * *), // Add
    SLOT(12, LONG *), // Count
    SLOT(14, BSTR, IDispatch * *), // ItemByName
    SLOT(16), // SetDefault
};

static const Member members_ServerMessage[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"Name", 2, false, true, 'S', L"", "", L""},
    {L"Save", 3, true, false, 0, L"", "", L""},
    {L"Text", 4, false, true, 'S', L"", "", L""},
};
static const void *const vtable_ServerMessage[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // Name
    SLOT(3, BSTR), // Name
    SLOT(4), // Save
    SLOT(6, BSTR *), // Text
    SLOT(7, BSTR), // Text
};

static const Member members_ServerMessages[] = {
    {L"Item", 0, false, false, 'O', L"ServerMessage", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"ItemByDBID", 2, false, false, 'O', L"ServerMessage", "L", L"DBID"},
    {L"ItemByName", 3, false, false, 'O', L"ServerMessage", "S", L"sName"},
    {L"Refresh", 4, true, false, 0, L"", "", L""},
};
static const void *const vtable_ServerMessages[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG, IDispatch * *), // ItemByDBID
    SLOT(6, BSTR, IDispatch * *), // ItemByName
    SLOT(8), // Refresh
};

static const Member members_Settings[] = {
    {L"MaxSMTPConnections", 5, false, true, 'L', L"", "", L""},
    {L"MaxPOP3Connections", 6, false, true, 'L', L"", "", L""},
    {L"MirrorEMailAddress", 7, false, true, 'S', L"", "", L""},
    {L"AllowSMTPAuthPlain", 8, false, true, 'B', L"", "", L""},
    {L"DenyMailFromNull", 11, false, true, 'B', L"", "", L""},
    {L"Logging", 13, false, false, 'O', L"Logging", "", L""},
    {L"SecurityRanges", 18, false, false, 'O', L"SecurityRanges", "", L""},
    {L"SMTPNoOfTries", 19, false, true, 'L', L"", "", L""},
    {L"SMTPMinutesBetweenTry", 20, false, true, 'L', L"", "", L""},
    {L"SMTPRelayer", 22, false, true, 'S', L"", "", L""},
    {L"WelcomeSMTP", 23, false, true, 'S', L"", "", L""},
    {L"WelcomePOP3", 24, false, true, 'S', L"", "", L""},
    {L"WelcomeIMAP", 25, false, true, 'S', L"", "", L""},
    {L"ServiceSMTP", 26, false, true, 'B', L"", "", L""},
    {L"ServicePOP3", 27, false, true, 'B', L"", "", L""},
    {L"ServiceIMAP", 28, false, true, 'B', L"", "", L""},
    {L"MaxDeliveryThreads", 29, false, true, 'L', L"", "", L""},
    {L"AntiVirus", 30, false, false, 'O', L"AntiVirus", "", L""},
    {L"Routes", 31, false, false, 'O', L"Routes", "", L""},
    {L"HostName", 33, false, true, 'S', L"", "", L""},
    {L"SMTPRelayerRequiresAuthentication", 34, false, true, 'B', L"", "", L""},
    {L"SMTPRelayerUsername", 35, false, true, 'S', L"", "", L""},
    {L"SetSMTPRelayerPassword", 36, true, false, 0, L"", "S", L"newVal"},
    {L"SMTPRelayerPort", 37, false, true, 'L', L"", "", L""},
    {L"UserInterfaceLanguage", 42, false, true, 'S', L"", "", L""},
    {L"Scripting", 43, false, false, 'O', L"Scripting", "", L""},
    {L"MaxMessageSize", 44, false, true, 'L', L"", "", L""},
    {L"Cache", 47, false, false, 'O', L"Cache", "", L""},
    {L"RuleLoopLimit", 48, false, true, 'L', L"", "", L""},
    {L"Backup", 49, false, false, 'O', L"BackupSettings", "", L""},
    {L"DefaultDomain", 50, false, true, 'S', L"", "", L""},
    {L"SMTPDeliveryBindToIP", 51, false, true, 'S', L"", "", L""},
    {L"MaxIMAPConnections", 53, false, true, 'L', L"", "", L""},
    {L"IMAPSortEnabled", 54, false, true, 'B', L"", "", L""},
    {L"IMAPQuotaEnabled", 55, false, true, 'B', L"", "", L""},
    {L"IMAPIdleEnabled", 56, false, true, 'B', L"", "", L""},
    {L"WorkerThreadPriority", 57, false, true, 'L', L"", "", L""},
    {L"TCPIPThreads", 60, false, true, 'L', L"", "", L""},
    {L"AllowIncorrectLineEndings", 61, false, true, 'B', L"", "", L""},
    {L"MaxSMTPRecipientsInBatch", 62, false, true, 'L', L"", "", L""},
    {L"AntiSpam", 63, false, false, 'O', L"AntiSpam", "", L""},
    {L"DisconnectInvalidClients", 64, false, true, 'B', L"", "", L""},
    {L"MaxNumberOfInvalidCommands", 65, false, true, 'L', L"", "", L""},
    {L"ServerMessages", 66, false, false, 'O', L"ServerMessages", "", L""},
    {L"TCPIPPorts", 70, false, false, 'O', L"TCPIPPorts", "", L""},
    {L"SMTPRelayerUseSSL", 71, false, true, 'B', L"", "", L""},
    {L"SSLCertificates", 72, false, false, 'O', L"SSLCertificates", "", L""},
    {L"AddDeliveredToHeader", 73, false, true, 'B', L"", "", L""},
    {L"IMAPPublicFolderName", 74, false, true, 'S', L"", "", L""},
    {L"IMAPACLEnabled", 75, false, true, 'B', L"", "", L""},
    {L"SetAdministratorPassword", 76, true, false, 0, L"", "S", L"newVal"},
    {L"Directories", 77, false, false, 'O', L"Directories", "", L""},
    {L"PublicFolders", 78, false, false, 'O', L"IMAPFolders", "", L""},
    {L"PublicFolderDiskName", 79, false, false, 'S', L"", "", L""},
    {L"Groups", 80, false, false, 'O', L"Groups", "", L""},
    {L"IncomingRelays", 81, false, false, 'O', L"IncomingRelays", "", L""},
    {L"AutoBanOnLogonFailure", 82, false, true, 'B', L"", "", L""},
    {L"MaxInvalidLogonAttempts", 83, false, true, 'L', L"", "", L""},
    {L"MaxInvalidLogonAttemptsWithin", 84, false, true, 'L', L"", "", L""},
    {L"AutoBanMinutes", 85, false, true, 'L', L"", "", L""},
    {L"ClearLogonFailureList", 86, true, false, 0, L"", "", L""},
    {L"IMAPHierarchyDelimiter", 87, false, true, 'S', L"", "", L""},
    {L"MaxAsynchronousThreads", 88, false, true, 'L', L"", "", L""},
    {L"MessageIndexing", 89, false, false, 'O', L"MessageIndexing", "", L""},
    {L"MaxNumberOfMXHosts", 90, false, true, 'L', L"", "", L""},
    {L"SMTPRelayerConnectionSecurity", 91, false, true, 'L', L"", "", L""},
    {L"SMTPConnectionSecurity", 92, false, true, 'L', L"", "", L""},
    {L"VerifyRemoteSslCertificate", 93, false, true, 'B', L"", "", L""},
    {L"SslCipherList", 94, false, true, 'S', L"", "", L""},
    {L"TlsVersion10Enabled", 96, false, true, 'B', L"", "", L""},
    {L"TlsVersion11Enabled", 97, false, true, 'B', L"", "", L""},
    {L"TlsVersion12Enabled", 98, false, true, 'B', L"", "", L""},
    {L"CrashSimulationMode", 99, false, true, 'L', L"", "", L""},
    {L"IMAPMasterUser", 100, false, true, 'S', L"", "", L""},
    {L"IMAPAuthAllowPlainText", 101, false, true, 'B', L"", "", L""},
    {L"IMAPSASLPlainEnabled", 102, false, true, 'B', L"", "", L""},
    {L"IMAPSASLInitialResponseEnabled", 103, false, true, 'B', L"", "", L""},
    {L"TlsVersion13Enabled", 104, false, true, 'B', L"", "", L""},
    {L"IPv6PreferredEnabled", 105, false, true, 'B', L"", "", L""},
};
static const void *const vtable_Settings[] = {DISPATCH,
    SLOT(0, LONG *), // MaxSMTPConnections
    SLOT(1, LONG), // MaxSMTPConnections
    SLOT(2, LONG *), // MaxPOP3Connections
    SLOT(3, LONG), // MaxPOP3Connections
    SLOT(4, BSTR *), // MirrorEMailAddress
    SLOT(5, BSTR), // MirrorEMailAddress
    SLOT(6, VARIANT_BOOL *), // AllowSMTPAuthPlain
    SLOT(7, VARIANT_BOOL), // AllowSMTPAuthPlain
    SLOT(8, VARIANT_BOOL *), // DenyMailFromNull
    SLOT(9, VARIANT_BOOL), // DenyMailFromNull
    SLOT(10, IDispatch * *), // Logging
    SLOT(12, IDispatch * *), // SecurityRanges
    SLOT(14, LONG *), // SMTPNoOfTries
    SLOT(15, LONG), // SMTPNoOfTries
    SLOT(16, LONG *), // SMTPMinutesBetweenTry
    SLOT(17, LONG), // SMTPMinutesBetweenTry
    SLOT(18, BSTR *), // SMTPRelayer
    SLOT(19, BSTR), // SMTPRelayer
    SLOT(20, BSTR *), // WelcomeSMTP
    SLOT(21, BSTR), // WelcomeSMTP
    SLOT(22, BSTR *), // WelcomePOP3
    SLOT(23, BSTR), // WelcomePOP3
    SLOT(24, BSTR *), // WelcomeIMAP
    SLOT(25, BSTR), // WelcomeIMAP
    SLOT(26, VARIANT_BOOL *), // ServiceSMTP
    SLOT(27, VARIANT_BOOL), // ServiceSMTP
    SLOT(28, VARIANT_BOOL *), // ServicePOP3
    SLOT(29, VARIANT_BOOL), // ServicePOP3
    SLOT(30, VARIANT_BOOL *), // ServiceIMAP
    SLOT(31, VARIANT_BOOL), // ServiceIMAP
    SLOT(32, LONG *), // MaxDeliveryThreads
    SLOT(33, LONG), // MaxDeliveryThreads
    SLOT(34, IDispatch * *), // AntiVirus
    SLOT(36, IDispatch * *), // Routes
    SLOT(38, BSTR *), // HostName
    SLOT(39, BSTR), // HostName
    SLOT(40, VARIANT_BOOL *), // SMTPRelayerRequiresAuthentication
    SLOT(41, VARIANT_BOOL), // SMTPRelayerRequiresAuthentication
    SLOT(42, BSTR *), // SMTPRelayerUsername
    SLOT(43, BSTR), // SMTPRelayerUsername
    SLOT(44, BSTR), // SetSMTPRelayerPassword
    SLOT(46, LONG *), // SMTPRelayerPort
    SLOT(47, LONG), // SMTPRelayerPort
    SLOT(48, BSTR *), // UserInterfaceLanguage
    SLOT(49, BSTR), // UserInterfaceLanguage
    SLOT(50, IDispatch * *), // Scripting
    SLOT(52, LONG *), // MaxMessageSize
    SLOT(53, LONG), // MaxMessageSize
    SLOT(54, IDispatch * *), // Cache
    SLOT(56, LONG *), // RuleLoopLimit
    SLOT(57, LONG), // RuleLoopLimit
    SLOT(58, IDispatch * *), // Backup
    SLOT(60, BSTR *), // DefaultDomain
    SLOT(61, BSTR), // DefaultDomain
    SLOT(62, BSTR *), // SMTPDeliveryBindToIP
    SLOT(63, BSTR), // SMTPDeliveryBindToIP
    SLOT(64, LONG *), // MaxIMAPConnections
    SLOT(65, LONG), // MaxIMAPConnections
    SLOT(66, VARIANT_BOOL *), // IMAPSortEnabled
    SLOT(67, VARIANT_BOOL), // IMAPSortEnabled
    SLOT(68, VARIANT_BOOL *), // IMAPQuotaEnabled
    SLOT(69, VARIANT_BOOL), // IMAPQuotaEnabled
    SLOT(70, VARIANT_BOOL *), // IMAPIdleEnabled
    SLOT(71, VARIANT_BOOL), // IMAPIdleEnabled
    SLOT(72, LONG *), // WorkerThreadPriority
    SLOT(73, LONG), // WorkerThreadPriority
    SLOT(74, LONG *), // TCPIPThreads
    SLOT(75, LONG), // TCPIPThreads
    SLOT(76, VARIANT_BOOL *), // AllowIncorrectLineEndings
    SLOT(77, VARIANT_BOOL), // AllowIncorrectLineEndings
    SLOT(78, LONG *), // MaxSMTPRecipientsInBatch
    SLOT(79, LONG), // MaxSMTPRecipientsInBatch
    SLOT(80, IDispatch * *), // AntiSpam
    SLOT(82, VARIANT_BOOL *), // DisconnectInvalidClients
    SLOT(83, VARIANT_BOOL), // DisconnectInvalidClients
    SLOT(84, LONG *), // MaxNumberOfInvalidCommands
    SLOT(85, LONG), // MaxNumberOfInvalidCommands
    SLOT(86, IDispatch * *), // ServerMessages
    SLOT(88, IDispatch * *), // TCPIPPorts
    SLOT(90, VARIANT_BOOL *), // SMTPRelayerUseSSL
    SLOT(91, VARIANT_BOOL), // SMTPRelayerUseSSL
    SLOT(92, IDispatch * *), // SSLCertificates
    SLOT(94, VARIANT_BOOL *), // AddDeliveredToHeader
    SLOT(95, VARIANT_BOOL), // AddDeliveredToHeader
    SLOT(96, BSTR *), // IMAPPublicFolderName
    SLOT(97, BSTR), // IMAPPublicFolderName
    SLOT(98, VARIANT_BOOL *), // IMAPACLEnabled
    SLOT(99, VARIANT_BOOL), // IMAPACLEnabled
    SLOT(100, BSTR), // SetAdministratorPassword
    SLOT(102, IDispatch * *), // Directories
    SLOT(104, IDispatch * *), // PublicFolders
    SLOT(106, BSTR *), // PublicFolderDiskName
    SLOT(108, IDispatch * *), // Groups
    SLOT(110, IDispatch * *), // IncomingRelays
    SLOT(112, VARIANT_BOOL *), // AutoBanOnLogonFailure
    SLOT(113, VARIANT_BOOL), // AutoBanOnLogonFailure
    SLOT(114, LONG *), // MaxInvalidLogonAttempts
    SLOT(115, LONG), // MaxInvalidLogonAttempts
    SLOT(116, LONG *), // MaxInvalidLogonAttemptsWithin
    SLOT(117, LONG), // MaxInvalidLogonAttemptsWithin
    SLOT(118, LONG *), // AutoBanMinutes
    SLOT(119, LONG), // AutoBanMinutes
    SLOT(120), // ClearLogonFailureList
    SLOT(122, BSTR *), // IMAPHierarchyDelimiter
    SLOT(123, BSTR), // IMAPHierarchyDelimiter
    SLOT(124, LONG *), // MaxAsynchronousThreads
    SLOT(125, LONG), // MaxAsynchronousThreads
    SLOT(126, IDispatch * *), // MessageIndexing
    SLOT(128, LONG *), // MaxNumberOfMXHosts
    SLOT(129, LONG), // MaxNumberOfMXHosts
    SLOT(130, LONG *), // SMTPRelayerConnectionSecurity
    SLOT(131, LONG), // SMTPRelayerConnectionSecurity
    SLOT(132, LONG *), // SMTPConnectionSecurity
    SLOT(133, LONG), // SMTPConnectionSecurity
    SLOT(134, VARIANT_BOOL *), // VerifyRemoteSslCertificate
    SLOT(135, VARIANT_BOOL), // VerifyRemoteSslCertificate
    SLOT(136, BSTR *), // SslCipherList
    SLOT(137, BSTR), // SslCipherList
    SLOT(138, VARIANT_BOOL *), // TlsVersion10Enabled
    SLOT(139, VARIANT_BOOL), // TlsVersion10Enabled
    SLOT(140, VARIANT_BOOL *), // TlsVersion11Enabled
    SLOT(141, VARIANT_BOOL), // TlsVersion11Enabled
    SLOT(142, VARIANT_BOOL *), // TlsVersion12Enabled
    SLOT(143, VARIANT_BOOL), // TlsVersion12Enabled
    SLOT(144, LONG *), // CrashSimulationMode
    SLOT(145, LONG), // CrashSimulationMode
    SLOT(146, BSTR *), // IMAPMasterUser
    SLOT(147, BSTR), // IMAPMasterUser
    SLOT(148, VARIANT_BOOL *), // IMAPAuthAllowPlainText
    SLOT(149, VARIANT_BOOL), // IMAPAuthAllowPlainText
    SLOT(150, VARIANT_BOOL *), // IMAPSASLPlainEnabled
    SLOT(151, VARIANT_BOOL), // IMAPSASLPlainEnabled
    SLOT(152, VARIANT_BOOL *), // IMAPSASLInitialResponseEnabled
    SLOT(153, VARIANT_BOOL), // IMAPSASLInitialResponseEnabled
    SLOT(154, VARIANT_BOOL *), // TlsVersion13Enabled
    SLOT(155, VARIANT_BOOL), // TlsVersion13Enabled
    SLOT(156, VARIANT_BOOL *), // IPv6PreferredEnabled
    SLOT(157, VARIANT_BOOL), // IPv6PreferredEnabled
};

static const Member members_Status[] = {
    {L"UndeliveredMessages", 1, false, false, 'S', L"", "", L""},
    {L"StartTime", 2, false, false, 'S', L"", "", L""},
    {L"ProcessedMessages", 3, false, false, 'L', L"", "", L""},
    {L"RemovedViruses", 4, false, false, 'L', L"", "", L""},
    {L"RemovedSpamMessages", 5, false, false, 'L', L"", "", L""},
    {L"SessionCount", 6, false, false, 'L', L"", "L", L"iType"},
    {L"ThreadID", 7, false, false, 'L', L"", "", L""},
};
static const void *const vtable_Status[] = {DISPATCH,
    SLOT(0, BSTR *), // UndeliveredMessages
    SLOT(2, BSTR *), // StartTime
    SLOT(4, LONG *), // ProcessedMessages
    SLOT(6, LONG *), // RemovedViruses
    SLOT(8, LONG *), // RemovedSpamMessages
    SLOT(10, LONG, LONG *), // SessionCount
    SLOT(12, LONG *), // ThreadID
};

static const Member members_TCPIPPort[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"Protocol", 2, false, true, 'L', L"", "", L""},
    {L"PortNumber", 3, false, true, 'L', L"", "", L""},
    {L"Save", 4, true, false, 0, L"", "", L""},
    {L"Address", 5, false, true, 'S', L"", "", L""},
    {L"UseSSL", 6, false, true, 'B', L"", "", L""},
    {L"SSLCertificateID", 7, false, true, 'L', L"", "", L""},
    {L"Delete", 8, true, false, 0, L"", "", L""},
    {L"ConnectionSecurity", 9, false, true, 'L', L"", "", L""},
};
static const void *const vtable_TCPIPPort[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, LONG *), // Protocol
    SLOT(3, LONG), // Protocol
    SLOT(4, LONG *), // PortNumber
    SLOT(5, LONG), // PortNumber
    SLOT(6), // Save
    SLOT(8, BSTR *), // Address
    SLOT(9, BSTR), // Address
    SLOT(10, VARIANT_BOOL *), // UseSSL
    SLOT(11, VARIANT_BOOL), // UseSSL
    SLOT(12, LONG *), // SSLCertificateID
    SLOT(13, LONG), // SSLCertificateID
    SLOT(14), // Delete
    SLOT(16, LONG *), // ConnectionSecurity
    SLOT(17, LONG), // ConnectionSecurity
};

static const Member members_TCPIPPorts[] = {
    {L"Item", 0, false, false, 'O', L"TCPIPPort", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"TCPIPPort", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"TCPIPPort", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
    {L"SetDefault", 7, true, false, 0, L"", "", L""},
};
static const void *const vtable_TCPIPPorts[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10), // Refresh
    SLOT(12), // SetDefault
};

static const Member members_Utilities[] = {
    {L"GetMailServer", 1, true, false, 'S', L"", "S", L"EMailAddress"},
    {L"IsValidEmailAddress", 2, true, false, 'B', L"", "S", L"EMailAddress"},
    {L"IsValidDomainName", 3, true, false, 'B', L"", "S", L"sDomainName"},
    {L"MD5", 4, true, false, 'S', L"", "S", L"Input"},
    {L"BlowfishEncrypt", 5, true, false, 'S', L"", "S", L"Input"},
    {L"BlowfishDecrypt", 6, true, false, 'S', L"", "S", L"Input"},
    {L"MakeDependent", 7, true, false, 0, L"", "S", L"OtherService"},
    {L"ImportMessageFromFile", 8, true, false, 'B', L"", "SL", L"sFilename,iAccountID"},
    {L"EmailAllAccounts", 9, true, false, 'B', L"", "SSSSS", L"sRecipientWildcard,sFromAddress,sFromName,sSubject,sBody"},
    {L"GenerateGUID", 10, true, false, 'S', L"", "", L""},
    {L"RunTestSuite", 11, true, false, 0, L"", "S", L"sTestPassword"},
    {L"IsLocalHost", 12, true, false, 'B', L"", "S", L"sHostname"},
    {L"ImportMessageFromFileToIMAPFolder", 13, true, false, 'B', L"", "SLS", L"sFilename,iAccountID,sIMAPFolder"},
    {L"IsStrongPassword", 14, true, false, 'B', L"", "SS", L"Username,Password"},
    {L"SHA256", 15, true, false, 'S', L"", "S", L"Input"},
    {L"CriteriaMatch", 16, true, false, 'B', L"", "SLS", L"MatchValue,arg2,TestValue"},
    {L"RetrieveMessageID", 17, true, false, 'H', L"", "S", L"sFilename"},
    {L"IsValidIPAddress", 18, true, false, 'B', L"", "S", L"IPAddress"},
    {L"PerformMaintenance", 19, true, false, 0, L"", "L", L"operation"},
};
static const void *const vtable_Utilities[] = {DISPATCH,
    SLOT(0, BSTR, BSTR *), // GetMailServer
    SLOT(2, BSTR, VARIANT_BOOL *), // IsValidEmailAddress
    SLOT(4, BSTR, VARIANT_BOOL *), // IsValidDomainName
    SLOT(6, BSTR, BSTR *), // MD5
    SLOT(8, BSTR, BSTR *), // BlowfishEncrypt
    SLOT(10, BSTR, BSTR *), // BlowfishDecrypt
    SLOT(12, BSTR), // MakeDependent
    SLOT(14, BSTR, LONG, VARIANT_BOOL *), // ImportMessageFromFile
    SLOT(16, BSTR, BSTR, BSTR, BSTR, BSTR, VARIANT_BOOL *), // EmailAllAccounts
    SLOT(18, BSTR *), // GenerateGUID
    SLOT(20, BSTR), // RunTestSuite
    SLOT(22, BSTR, VARIANT_BOOL *), // IsLocalHost
    SLOT(24, BSTR, LONG, BSTR, VARIANT_BOOL *), // ImportMessageFromFileToIMAPFolder
    SLOT(26, BSTR, BSTR, VARIANT_BOOL *), // IsStrongPassword
    SLOT(28, BSTR, BSTR *), // SHA256
    SLOT(30, BSTR, LONG, BSTR, VARIANT_BOOL *), // CriteriaMatch
    SLOT(32, BSTR, LONGLONG *), // RetrieveMessageID
    SLOT(34, BSTR, VARIANT_BOOL *), // IsValidIPAddress
    SLOT(36, LONG), // PerformMaintenance
};

static const Member members_WhiteListAddress[] = {
    {L"ID", 1, false, false, 'L', L"", "", L""},
    {L"LowerIPAddress", 2, false, true, 'S', L"", "", L""},
    {L"UpperIPAddress", 3, false, true, 'S', L"", "", L""},
    {L"EmailAddress", 4, false, true, 'S', L"", "", L""},
    {L"Description", 5, false, true, 'S', L"", "", L""},
    {L"Save", 6, true, false, 0, L"", "", L""},
    {L"Delete", 7, true, false, 0, L"", "", L""},
};
static const void *const vtable_WhiteListAddress[] = {DISPATCH,
    SLOT(0, LONG *), // ID
    SLOT(2, BSTR *), // LowerIPAddress
    SLOT(3, BSTR), // LowerIPAddress
    SLOT(4, BSTR *), // UpperIPAddress
    SLOT(5, BSTR), // UpperIPAddress
    SLOT(6, BSTR *), // EmailAddress
    SLOT(7, BSTR), // EmailAddress
    SLOT(8, BSTR *), // Description
    SLOT(9, BSTR), // Description
    SLOT(10), // Save
    SLOT(12), // Delete
};

static const Member members_WhiteListAddresses[] = {
    {L"Item", 0, false, false, 'O', L"WhiteListAddress", "L", L"Index"},
    {L"Count", 1, false, false, 'L', L"", "", L""},
    {L"DeleteByDBID", 2, true, false, 0, L"", "L", L"DBID"},
    {L"Add", 3, true, false, 'O', L"WhiteListAddress", "", L""},
    {L"ItemByDBID", 5, false, false, 'O', L"WhiteListAddress", "L", L"DBID"},
    {L"Refresh", 6, true, false, 0, L"", "", L""},
    {L"Clear", 7, true, false, 0, L"", "", L""},
};
static const void *const vtable_WhiteListAddresses[] = {DISPATCH,
    SLOT(0, LONG, IDispatch * *), // Item
    SLOT(2, LONG *), // Count
    SLOT(4, LONG), // DeleteByDBID
    SLOT(6, IDispatch * *), // Add
    SLOT(8, LONG, IDispatch * *), // ItemByDBID
    SLOT(10), // Refresh
    SLOT(12), // Clear
};

const Class classes[] = {
    {L"Account", {0x369BE902, 0x9F27, 0x4722, {0xA2, 0x9F, 0x30, 0x59, 0xE4, 0xD7, 0x02, 0x1D}}, {0xE5EDC050, 0x0899, 0x4A3B, {0xBF, 0x4C, 0x42, 0x02, 0x12, 0xFC, 0x38, 0x95}}, vtable_Account, members_Account, 35},
    {L"Accounts", {0x403A75B8, 0x499A, 0x44C1, {0x93, 0xD3, 0x6A, 0x8A, 0x46, 0x0A, 0xA8, 0x8D}}, {0x0AD49AE7, 0x05ED, 0x45F2, {0x8D, 0x5A, 0x68, 0xFC, 0x96, 0x4E, 0xB7, 0xEA}}, vtable_Accounts, members_Accounts, 8},
    {L"Alias", {0x335CE9E1, 0x32C5, 0x4CB0, {0x8B, 0xF6, 0xCB, 0x92, 0x51, 0x96, 0xE4, 0xD6}}, {0x9420A3E9, 0xED5C, 0x4699, {0x98, 0xBE, 0x0C, 0xBF, 0x3B, 0x7D, 0x37, 0x14}}, vtable_Alias, members_Alias, 7},
    {L"Aliases", {0x1FE5E5F1, 0x870A, 0x4139, {0x9E, 0xC1, 0xDF, 0xFA, 0x3A, 0x9A, 0x58, 0xC8}}, {0x11AA2C23, 0x66BA, 0x4DE0, {0x92, 0xAB, 0xC4, 0xF8, 0xDC, 0xC2, 0x1D, 0x32}}, vtable_Aliases, members_Aliases, 8},
    {L"AntiSpam", {0xA0B91A99, 0xBCE8, 0x4939, {0x94, 0xEC, 0x08, 0x81, 0xE2, 0x5A, 0x1E, 0x5B}}, {0x998A7E66, 0x21FA, 0x47CC, {0x9D, 0xB4, 0x81, 0x82, 0x2F, 0x2D, 0x05, 0xC9}}, vtable_AntiSpam, members_AntiSpam, 37},
    {L"AntiVirus", {0x82D6DBF9, 0xDDDB, 0x4C4A, {0xA5, 0x2A, 0x92, 0xB6, 0xED, 0x16, 0xD8, 0xEA}}, {0x952EE84F, 0xC1D4, 0x4869, {0x8B, 0x86, 0x76, 0xA3, 0xBA, 0x8F, 0x39, 0xFA}}, vtable_AntiVirus, members_AntiVirus, 18},
    {L"Application", {0xD6567EF8, 0x0A6C, 0x48E7, {0x92, 0x88, 0xA2, 0x46, 0x31, 0x23, 0xC2, 0xF3}}, {0x2C1A3EF1, 0x115F, 0x4029, {0xBB, 0x33, 0xD9, 0xCC, 0xA4, 0xBB, 0x0D, 0xE8}}, vtable_Application, members_Application, 20},
    {L"Attachment", {0xB65A156A, 0x54D1, 0x4803, {0x80, 0xCE, 0x27, 0x3F, 0x44, 0xAE, 0x93, 0x5F}}, {0x0CD0DDFF, 0x2D30, 0x41BE, {0x98, 0x45, 0xD3, 0x7E, 0xAD, 0xB1, 0xA0, 0x07}}, vtable_Attachment, members_Attachment, 4},
    {L"Attachments", {0x63FF738A, 0x982B, 0x41E6, {0x87, 0xC7, 0xBA, 0x4A, 0xA9, 0x62, 0x2B, 0x30}}, {0xBED37911, 0x1180, 0x4840, {0xA8, 0x31, 0x19, 0x6C, 0x67, 0x71, 0xEF, 0x54}}, vtable_Attachments, members_Attachments, 4},
    {L"Backup", {0xB088FED1, 0xA784, 0x4CDB, {0xAD, 0xDF, 0xE7, 0x33, 0x2C, 0xB7, 0xF7, 0x2F}}, {0xBC84454B, 0xFCE1, 0x41FA, {0xA3, 0xDD, 0x2C, 0x57, 0xF6, 0x1D, 0x43, 0x10}}, vtable_Backup, members_Backup, 7},
    {L"BackupManager", {0x1BBE5234, 0xD331, 0x41DF, {0x85, 0xD7, 0xCA, 0xF0, 0xB0, 0x0B, 0x3B, 0xF7}}, {0xE773E8FC, 0x1C9A, 0x4E96, {0xA7, 0x3C, 0xCC, 0x02, 0xE7, 0x64, 0x96, 0x37}}, vtable_BackupManager, members_BackupManager, 2},
    {L"BackupSettings", {0xE0213ECF, 0xBAEC, 0x4E20, {0x98, 0x13, 0x0F, 0x75, 0xA9, 0x7D, 0x0B, 0x16}}, {0x2C5559F0, 0xDF3F, 0x43C0, {0x93, 0x5C, 0xF7, 0x9D, 0x41, 0xCF, 0x8A, 0x5B}}, vtable_BackupSettings, members_BackupSettings, 6},
    {L"BlockedAttachment", {0x773BCF69, 0xC1C2, 0x48CD, {0xA8, 0xF8, 0xE8, 0x9A, 0x1F, 0x74, 0xE4, 0xB3}}, {0xBF5CBCFF, 0xCD54, 0x4FAB, {0xAE, 0x60, 0xAD, 0xFA, 0x9C, 0x96, 0x1C, 0x1A}}, vtable_BlockedAttachment, members_BlockedAttachment, 5},
    {L"BlockedAttachments", {0x1E93E771, 0x45C1, 0x4CAD, {0x9B, 0xF6, 0x5D, 0x79, 0x72, 0x3C, 0x9C, 0xBE}}, {0x8979F461, 0xAD9D, 0x49E8, {0x80, 0x68, 0xBB, 0xAB, 0x43, 0xFB, 0xA3, 0x1A}}, vtable_BlockedAttachments, members_BlockedAttachments, 6},
    {L"Cache", {0xB16F527C, 0x116F, 0x4F6B, {0xB6, 0x69, 0x9A, 0x00, 0x32, 0x6E, 0x25, 0x5B}}, {0xAE45B7CD, 0xC050, 0x4B14, {0xA9, 0x83, 0x30, 0xD5, 0x30, 0x59, 0xD2, 0x4F}}, vtable_Cache, members_Cache, 18},
    {L"Client", {0xB5EFB246, 0x4F4B, 0x4B11, {0xA9, 0xD1, 0x3C, 0x14, 0xAB, 0x52, 0x88, 0x71}}, {0x63D8A81C, 0xE3BA, 0x4768, {0x9F, 0x14, 0x0F, 0xCF, 0x5A, 0x68, 0x44, 0xD7}}, vtable_Client, members_Client, 10},
    {L"DNSBlackList", {0xE5907F7D, 0xF13E, 0x4D8A, {0xA7, 0xDE, 0xA2, 0x97, 0x17, 0xC7, 0x5A, 0x8F}}, {0x6E011153, 0x63D9, 0x4B86, {0xBA, 0x97, 0xE5, 0x5D, 0x15, 0x2B, 0x22, 0x1D}}, vtable_DNSBlackList, members_DNSBlackList, 8},
    {L"DNSBlackLists", {0x39ECFFB4, 0xB9EE, 0x46C2, {0xA8, 0x4B, 0x32, 0xD6, 0x79, 0xFB, 0x3C, 0x82}}, {0x6B87D71F, 0x93B7, 0x4163, {0xAA, 0x89, 0xDA, 0x99, 0x9A, 0x5A, 0x72, 0x39}}, vtable_DNSBlackLists, members_DNSBlackLists, 7},
    {L"Database", {0x2F5BEF2E, 0xC713, 0x4826, {0x88, 0xAE, 0xA5, 0xFD, 0x99, 0x21, 0x90, 0x7B}}, {0x90471F47, 0xFE77, 0x46C7, {0xAD, 0xDB, 0xF8, 0x00, 0xB7, 0xED, 0x0F, 0x66}}, vtable_Database, members_Database, 19},
    {L"DeliveryQueue", {0x27473BB7, 0x4272, 0x4693, {0xAC, 0xA6, 0xFD, 0x9D, 0x4C, 0x9C, 0x3F, 0xC5}}, {0xB870F27A, 0xCA77, 0x473C, {0x81, 0x06, 0xA9, 0xF2, 0x96, 0xF3, 0x42, 0xA5}}, vtable_DeliveryQueue, members_DeliveryQueue, 4},
    {L"DiagnosticResult", {0x430C3328, 0x6348, 0x4A86, {0x8E, 0x12, 0x74, 0xB5, 0xB5, 0xEF, 0xF4, 0x8D}}, {0x7E97DEEC, 0x29B3, 0x4ADA, {0x85, 0x24, 0xEA, 0x8C, 0xEE, 0xE3, 0x89, 0x18}}, vtable_DiagnosticResult, members_DiagnosticResult, 4},
    {L"DiagnosticResults", {0x3AC49BB3, 0x3F3C, 0x4D82, {0xAC, 0x0F, 0x28, 0x46, 0x4C, 0x40, 0x8E, 0xA9}}, {0x27EDFA15, 0xCD0B, 0x40C9, {0x86, 0xD0, 0x1B, 0xB1, 0x1B, 0x3A, 0x13, 0x10}}, vtable_DiagnosticResults, members_DiagnosticResults, 2},
    {L"Diagnostics", {0xEB576B35, 0x8F97, 0x47AB, {0xA0, 0xD1, 0x80, 0xA3, 0xD5, 0x14, 0x61, 0x0B}}, {0xFB8812B0, 0x524A, 0x4922, {0x9E, 0x29, 0xA7, 0xE9, 0xA9, 0xE9, 0x15, 0x1D}}, vtable_Diagnostics, members_Diagnostics, 3},
    {L"Directories", {0x1969A4DF, 0xB1B0, 0x4A71, {0x81, 0x96, 0x5F, 0xD3, 0x92, 0xCA, 0x3D, 0x8A}}, {0x48B534F3, 0x2C4E, 0x47F6, {0x8C, 0xB0, 0x33, 0x96, 0x76, 0xB0, 0xAB, 0xF3}}, vtable_Directories, members_Directories, 7},
    {L"DistributionList", {0x990D27ED, 0x86CE, 0x4DCB, {0xB1, 0xC1, 0x1E, 0x13, 0x0C, 0x07, 0xF9, 0x18}}, {0x8251393D, 0x27D8, 0x4DF2, {0x8A, 0x05, 0x94, 0x9C, 0x11, 0xD4, 0x2C, 0x09}}, vtable_DistributionList, members_DistributionList, 9},
    {L"DistributionListRecipient", {0x0886D5D8, 0x4C1C, 0x46F1, {0xBC, 0x7B, 0xEE, 0xDC, 0x9F, 0xE9, 0xDF, 0xFA}}, {0x6DD90CB4, 0x5E1E, 0x45C8, {0x97, 0x48, 0x28, 0xA0, 0x20, 0xA1, 0x3E, 0x4D}}, vtable_DistributionListRecipient, members_DistributionListRecipient, 4},
    {L"DistributionListRecipients", {0xAB59F3C1, 0x4904, 0x4F1D, {0x88, 0x3A, 0x4B, 0xFC, 0x69, 0x9A, 0x7D, 0x0B}}, {0xF8759D53, 0x9D91, 0x47EA, {0xA8, 0xC2, 0xA9, 0xAF, 0x15, 0x1E, 0x1F, 0xD4}}, vtable_DistributionListRecipients, members_DistributionListRecipients, 5},
    {L"DistributionLists", {0xC3DD0A4A, 0x0551, 0x442F, {0x85, 0x9A, 0x76, 0xAA, 0xB9, 0x2A, 0x6C, 0xF1}}, {0x8F0E22B8, 0x0824, 0x42DF, {0x92, 0x60, 0xF8, 0xB9, 0xAB, 0xFA, 0x8C, 0x61}}, vtable_DistributionLists, members_DistributionLists, 7},
    {L"Domain", {0xC535E4AF, 0x9DB3, 0x41FC, {0xB4, 0x34, 0xFF, 0xCD, 0xAE, 0x0E, 0xFB, 0xD5}}, {0x3F50C3AF, 0x67C0, 0x4628, {0x91, 0xD6, 0xE2, 0xEA, 0xC7, 0x78, 0x68, 0x30}}, vtable_Domain, members_Domain, 38},
    {L"DomainAlias", {0xD0061C74, 0x5588, 0x4796, {0xB5, 0x64, 0xFE, 0x5D, 0xE8, 0x54, 0x95, 0xDC}}, {0x8FD251D8, 0xAAF1, 0x4143, {0xB1, 0x85, 0xE6, 0xC1, 0xBF, 0x28, 0x18, 0x26}}, vtable_DomainAlias, members_DomainAlias, 5},
    {L"DomainAliases", {0xDC25B3AD, 0x0360, 0x49CA, {0xAD, 0x4B, 0x06, 0xFA, 0x42, 0xB9, 0xDF, 0x04}}, {0xE4100C8D, 0xE956, 0x449C, {0xA9, 0x6D, 0x26, 0x1D, 0xDC, 0x33, 0xAE, 0x4F}}, vtable_DomainAliases, members_DomainAliases, 7},
    {L"Domains", {0x82AFD03C, 0x58A4, 0x4F04, {0x82, 0x77, 0x6B, 0x28, 0x12, 0x78, 0x0E, 0x45}}, {0x2CDFD68F, 0x62F2, 0x49CF, {0xA1, 0x4A, 0x50, 0x5E, 0x7F, 0x68, 0xEE, 0x9C}}, vtable_Domains, members_Domains, 8},
    {L"EventLog", {0xD8D10BF8, 0x87FD, 0x4D1B, {0xB9, 0x37, 0x23, 0xA4, 0x20, 0xCF, 0x06, 0x4E}}, {0x2173A96C, 0xA350, 0x4342, {0xA8, 0x52, 0xF4, 0xA0, 0x59, 0xD7, 0x71, 0x6A}}, vtable_EventLog, members_EventLog, 1},
    {L"FetchAccount", {0x6F5E2977, 0x2F51, 0x40B0, {0x84, 0x7B, 0xDD, 0x44, 0xC9, 0xAC, 0xC5, 0xA5}}, {0x752C1F5E, 0x74DD, 0x424F, {0xAB, 0x60, 0x07, 0xD9, 0xAB, 0xB5, 0xB7, 0xA4}}, vtable_FetchAccount, members_FetchAccount, 24},
    {L"FetchAccounts", {0xF17C3A00, 0xA7A0, 0x4519, {0xAE, 0xDD, 0xDC, 0xC3, 0xB8, 0xDE, 0x6A, 0x3D}}, {0x1517E0BE, 0x5226, 0x46CC, {0x8C, 0x2A, 0xBB, 0x16, 0xB6, 0x80, 0xFF, 0x48}}, vtable_FetchAccounts, members_FetchAccounts, 7},
    {L"GlobalObjects", {0xD8CC854E, 0xF6F6, 0x402C, {0xAD, 0xF7, 0x73, 0xF4, 0x56, 0x9B, 0x9F, 0x8B}}, {0xF0FE3307, 0x66D9, 0x480D, {0xB1, 0xB5, 0x3A, 0xF6, 0xCD, 0x3C, 0x0C, 0x8A}}, vtable_GlobalObjects, members_GlobalObjects, 2},
    {L"GreyListingWhiteAddress", {0x771EDD01, 0x0E62, 0x4071, {0xAE, 0x72, 0x88, 0xE4, 0x39, 0xEC, 0x08, 0x80}}, {0xA32DF62B, 0x043F, 0x4C0D, {0x81, 0xE9, 0xF4, 0xCC, 0x3C, 0xB6, 0x2F, 0x33}}, vtable_GreyListingWhiteAddress, members_GreyListingWhiteAddress, 5},
    {L"GreyListingWhiteAddresses", {0xF8BB11B8, 0x5DD1, 0x438E, {0xAF, 0x29, 0x6E, 0x08, 0x8A, 0xA0, 0xBD, 0x06}}, {0xD8D54486, 0x4CC5, 0x4240, {0xA4, 0xBF, 0xDD, 0x68, 0xD9, 0xC3, 0xE8, 0x5B}}, vtable_GreyListingWhiteAddresses, members_GreyListingWhiteAddresses, 7},
    {L"Group", {0x8F91E8CB, 0x7DE5, 0x494F, {0x92, 0xBD, 0xA2, 0x45, 0xD8, 0xCC, 0x7E, 0x15}}, {0x096BA43E, 0x55DA, 0x44BD, {0xA5, 0xAD, 0x69, 0x3D, 0xA5, 0x42, 0x22, 0xED}}, vtable_Group, members_Group, 5},
    {L"GroupMember", {0x2AF5F36A, 0x6475, 0x43D3, {0xA0, 0x37, 0xD3, 0x1C, 0x1F, 0xEA, 0x7B, 0xA8}}, {0xEF796379, 0x7192, 0x43CD, {0xB4, 0xA5, 0x58, 0xE4, 0x4A, 0x4A, 0x5B, 0x7D}}, vtable_GroupMember, members_GroupMember, 6},
    {L"GroupMembers", {0x19BD0117, 0xD6EF, 0x49B3, {0xAA, 0xC9, 0x9C, 0xE7, 0x02, 0x66, 0xAE, 0xFF}}, {0x9002BDC6, 0xBCA1, 0x4F37, {0x82, 0x1C, 0xAE, 0x6A, 0x70, 0xD3, 0x04, 0x6E}}, vtable_GroupMembers, members_GroupMembers, 6},
    {L"Groups", {0x7573CF89, 0xDF41, 0x4079, {0x91, 0xB1, 0x89, 0x4A, 0x0D, 0xF3, 0xE7, 0x83}}, {0x04B3AAAA, 0x2B86, 0x4C71, {0x8A, 0x92, 0x2D, 0x17, 0x40, 0x55, 0xE1, 0xF1}}, vtable_Groups, members_Groups, 7},
    {L"IMAPFolder", {0x9FCA085E, 0xE475, 0x4DEE, {0x9D, 0x45, 0x55, 0x19, 0x81, 0x8D, 0xD6, 0xE0}}, {0x6EB9E09E, 0xEBE2, 0x4BD7, {0xA8, 0xC5, 0x34, 0x99, 0x25, 0x7D, 0xEB, 0x0B}}, vtable_IMAPFolder, members_IMAPFolder, 11},
    {L"IMAPFolderPermission", {0xD5800098, 0x1033, 0x4D83, {0x9E, 0x06, 0x94, 0xF6, 0xE1, 0xB5, 0x57, 0xF9}}, {0xA951C988, 0x0D2C, 0x42CA, {0xA9, 0xD3, 0xFE, 0x7A, 0x78, 0xF1, 0xAB, 0x25}}, vtable_IMAPFolderPermission, members_IMAPFolderPermission, 11},
    {L"IMAPFolderPermissions", {0xA6B391A4, 0x72C8, 0x44AA, {0x94, 0x80, 0x9F, 0xB3, 0xBD, 0x59, 0x3B, 0x46}}, {0xCBE3FE9E, 0x3642, 0x4BA1, {0x9B, 0xE0, 0x6E, 0x76, 0x6C, 0x0D, 0xE9, 0x61}}, vtable_IMAPFolderPermissions, members_IMAPFolderPermissions, 8},
    {L"IMAPFolders", {0xA0AAF31A, 0x570A, 0x4B78, {0xBD, 0xAB, 0x4C, 0x33, 0xE3, 0x4B, 0xE8, 0x5F}}, {0x328B16A7, 0x8314, 0x4398, {0xB5, 0x06, 0x90, 0x93, 0x75, 0x69, 0xED, 0xBA}}, vtable_IMAPFolders, members_IMAPFolders, 6},
    {L"IncomingRelay", {0xCB3F5F58, 0x436C, 0x4358, {0x8E, 0x1C, 0x1B, 0xE1, 0xF6, 0xD8, 0x22, 0xBC}}, {0x088D748B, 0x7CCE, 0x4B8D, {0xA1, 0x03, 0xD9, 0x9D, 0xA8, 0x37, 0x75, 0xAB}}, vtable_IncomingRelay, members_IncomingRelay, 6},
    {L"IncomingRelays", {0x3E75EE53, 0xEAA6, 0x40A5, {0xB2, 0xCE, 0x9C, 0xB8, 0xD7, 0xEE, 0x92, 0x78}}, {0x49D48933, 0x3219, 0x4D7E, {0x84, 0xD5, 0xB2, 0x6F, 0xE5, 0xF0, 0xE1, 0x65}}, vtable_IncomingRelays, members_IncomingRelays, 8},
    {L"Language", {0x1C70E18B, 0xC63D, 0x458C, {0xB0, 0x80, 0x64, 0xE4, 0xF9, 0x4C, 0x4E, 0x83}}, {0xA98C92EF, 0x6AA0, 0x4F22, {0xA2, 0x9F, 0xBE, 0x91, 0x54, 0xCC, 0x24, 0x2A}}, vtable_Language, members_Language, 4},
    {L"Languages", {0xBE1070A2, 0x9265, 0x495E, {0xB1, 0x34, 0x27, 0xFA, 0xA9, 0x39, 0x16, 0xCE}}, {0x94720D8A, 0xBC4D, 0x493D, {0x8B, 0xDC, 0x8F, 0xB2, 0x8B, 0xF3, 0x1B, 0xA5}}, vtable_Languages, members_Languages, 3},
    {L"Links", {0x88A65C5B, 0x916D, 0x4A79, {0x94, 0x8A, 0xB0, 0xDE, 0xE0, 0x45, 0x48, 0x04}}, {0xE252D063, 0x7E86, 0x4FCE, {0xB7, 0x02, 0xA5, 0xE8, 0x9E, 0x0D, 0xFB, 0x48}}, vtable_Links, members_Links, 4},
    {L"Logging", {0xE3E22438, 0x871F, 0x49CF, {0xA4, 0x7E, 0x4D, 0x3A, 0x14, 0x4B, 0xD0, 0x02}}, {0xAAD8A0DF, 0x2963, 0x4C5B, {0xA9, 0x06, 0x6B, 0x07, 0xB9, 0xCC, 0x06, 0x43}}, vtable_Logging, members_Logging, 20},
    {L"Message", {0x61B2C7D7, 0x3814, 0x441F, {0x95, 0x74, 0xEE, 0x2C, 0xC9, 0x82, 0x94, 0x47}}, {0x8C054031, 0x7B42, 0x485C, {0xBF, 0x79, 0x3D, 0x94, 0xA7, 0xB9, 0x60, 0x5F}}, vtable_Message, members_Message, 28},
    {L"MessageHeader", {0x983EE030, 0x380D, 0x4E39, {0x85, 0x0D, 0xAA, 0x54, 0x3F, 0x3C, 0x1C, 0xB9}}, {0xFF69E250, 0xCBFD, 0x4AB6, {0x94, 0x40, 0x39, 0x59, 0x94, 0x78, 0x36, 0x5D}}, vtable_MessageHeader, members_MessageHeader, 3},
    {L"MessageHeaders", {0xAE360CD2, 0xBB40, 0x4B39, {0x83, 0xA6, 0x84, 0x51, 0x6C, 0x86, 0x53, 0x65}}, {0x1ADE0B5E, 0x536C, 0x4707, {0x83, 0x85, 0x32, 0xA7, 0xF6, 0xF9, 0x25, 0x00}}, vtable_MessageHeaders, members_MessageHeaders, 3},
    {L"MessageIndexing", {0x5F414F73, 0x8E29, 0x4E51, {0x86, 0xF2, 0x13, 0xC1, 0x2E, 0xF9, 0x22, 0x7A}}, {0x3C58B6AD, 0x48CC, 0x4775, {0xB2, 0x83, 0x53, 0xC7, 0x7F, 0x71, 0x7E, 0xB9}}, vtable_MessageIndexing, members_MessageIndexing, 5},
    {L"Messages", {0xC04047AD, 0x45A4, 0x48EA, {0x90, 0x7E, 0x2C, 0x27, 0x0C, 0x95, 0x40, 0x9C}}, {0x1259E989, 0x465E, 0x4B63, {0xBB, 0x0B, 0x4D, 0xB7, 0xF6, 0x24, 0x4A, 0xCE}}, vtable_Messages, members_Messages, 6},
    {L"Recipient", {0x45B82F51, 0x8445, 0x4F3A, {0xBC, 0x9E, 0x13, 0x7F, 0xC0, 0x4B, 0xFE, 0x2A}}, {0x65D57DF8, 0x68A1, 0x4358, {0xBB, 0x98, 0xC3, 0xB3, 0x35, 0x95, 0xB6, 0x99}}, vtable_Recipient, members_Recipient, 3},
    {L"Recipients", {0xB5B9C42D, 0x64F1, 0x443F, {0xAA, 0x0D, 0xFA, 0xBB, 0x2D, 0xD9, 0x31, 0x7B}}, {0x9B47C955, 0x4462, 0x48E3, {0x91, 0xFE, 0xC5, 0xE1, 0xCF, 0xEC, 0x80, 0xE0}}, vtable_Recipients, members_Recipients, 2},
    {L"Result", {0xF493160B, 0xC38D, 0x407D, {0x9B, 0xF5, 0xA7, 0xB2, 0x32, 0x25, 0xB8, 0xE0}}, {0x9038AE3E, 0xCD88, 0x4306, {0x9A, 0x08, 0x07, 0xF2, 0x58, 0x0D, 0x50, 0xA0}}, vtable_Result, members_Result, 3},
    {L"Route", {0x3FF9BB08, 0x7924, 0x4418, {0xBA, 0xDA, 0x7D, 0x95, 0x94, 0x67, 0xD5, 0x1B}}, {0xF78FA851, 0xD3D3, 0x4A28, {0xAF, 0xCC, 0xA4, 0x71, 0xC0, 0x07, 0x81, 0xD3}}, vtable_Route, members_Route, 19},
    {L"RouteAddress", {0x4CC5C4F5, 0x7303, 0x4C69, {0x96, 0xD3, 0xEC, 0x73, 0xEC, 0xF6, 0xF2, 0x55}}, {0xFD22CA52, 0xBBF4, 0x45BB, {0x91, 0x65, 0x98, 0x6B, 0x3F, 0x4B, 0x5C, 0x77}}, vtable_RouteAddress, members_RouteAddress, 5},
    {L"RouteAddresses", {0x2E66E5DC, 0xDA9F, 0x4490, {0xA4, 0x6F, 0xE2, 0xD2, 0x4C, 0x6C, 0xD1, 0x51}}, {0x315BF27F, 0xF832, 0x4FBE, {0x83, 0xFE, 0x1C, 0x5A, 0x50, 0x11, 0xFA, 0xC7}}, vtable_RouteAddresses, members_RouteAddresses, 6},
    {L"Routes", {0x7D174A9D, 0xD44C, 0x4627, {0xBE, 0x78, 0xE5, 0xDD, 0xC5, 0x13, 0xC3, 0x1F}}, {0x111F318A, 0xC087, 0x4091, {0xBD, 0x1F, 0x42, 0x26, 0x23, 0x0E, 0xE5, 0x13}}, vtable_Routes, members_Routes, 7},
    {L"Rule", {0xD5D7927A, 0x7D05, 0x40F3, {0x91, 0xDD, 0x96, 0x8F, 0xC1, 0x43, 0x16, 0xC7}}, {0x41CCD467, 0x9ADE, 0x4ADA, {0xAE, 0x14, 0x76, 0x0E, 0x94, 0xBA, 0x53, 0xE8}}, vtable_Rule, members_Rule, 11},
    {L"RuleAction", {0x35548CC2, 0x14AE, 0x4795, {0x8A, 0x19, 0xC7, 0x8F, 0xDE, 0x20, 0x85, 0x04}}, {0xF3F4A3E1, 0x695E, 0x499E, {0x9F, 0x31, 0x71, 0x2D, 0xA8, 0x12, 0x69, 0x82}}, vtable_RuleAction, members_RuleAction, 18},
    {L"RuleActions", {0x32A21952, 0x5421, 0x4A6C, {0x83, 0x5A, 0x41, 0x05, 0x0D, 0x04, 0x93, 0xC1}}, {0xDBFD3E11, 0x9121, 0x4DDD, {0x94, 0x4B, 0x5A, 0xF2, 0x9B, 0xF3, 0xD2, 0xDF}}, vtable_RuleActions, members_RuleActions, 7},
    {L"RuleCriteria", {0x3F0EB97B, 0xC698, 0x498C, {0x96, 0x5A, 0x06, 0xED, 0x39, 0x3A, 0xC5, 0x0C}}, {0x2D8AA7DE, 0x6155, 0x44A5, {0x80, 0x2D, 0x9F, 0xEC, 0x61, 0x1A, 0x50, 0xA9}}, vtable_RuleCriteria, members_RuleCriteria, 9},
    {L"RuleCriterias", {0xE90022A1, 0x61CF, 0x4152, {0xB9, 0xD9, 0x27, 0xD0, 0x4D, 0x0B, 0xA3, 0x62}}, {0xD79148F6, 0x78A9, 0x4F60, {0xB8, 0xE8, 0x48, 0xC3, 0x3D, 0x88, 0x8F, 0xC5}}, vtable_RuleCriterias, members_RuleCriterias, 7},
    {L"Rules", {0x624F494B, 0x347A, 0x4285, {0x95, 0x06, 0xC5, 0x41, 0x54, 0xD5, 0x0B, 0x2A}}, {0x995F9181, 0xE761, 0x42FA, {0x90, 0x57, 0xFE, 0x07, 0x0B, 0x37, 0xD0, 0xF3}}, vtable_Rules, members_Rules, 6},
    {L"SSLCertificate", {0x11A68C45, 0xEC73, 0x496A, {0xA3, 0x00, 0x2E, 0xB8, 0x82, 0x08, 0x24, 0xEF}}, {0x5CB10D83, 0x8FDA, 0x461B, {0xAD, 0x5B, 0x3C, 0xBB, 0xF9, 0x47, 0x6F, 0xD6}}, vtable_SSLCertificate, members_SSLCertificate, 6},
    {L"SSLCertificates", {0xBE7AF6BB, 0x2ECA, 0x4313, {0xBE, 0x00, 0x16, 0xA7, 0x2D, 0x82, 0xAE, 0x49}}, {0xA6C0B92B, 0x3973, 0x4E0A, {0x86, 0xCB, 0x44, 0x0A, 0xD6, 0xC8, 0x0B, 0x71}}, vtable_SSLCertificates, members_SSLCertificates, 7},
    {L"SURBLServer", {0xD875AEC4, 0x7AA0, 0x4C93, {0x9F, 0x8F, 0x14, 0x13, 0x24, 0xC8, 0x0D, 0x17}}, {0xA4866EDD, 0xF0B8, 0x49C7, {0xA4, 0x77, 0x57, 0xD4, 0x69, 0xF7, 0xD7, 0xD4}}, vtable_SURBLServer, members_SURBLServer, 7},
    {L"SURBLServers", {0xFCD94E5F, 0xF05F, 0x400B, {0x83, 0x45, 0xAF, 0xC7, 0xFD, 0xD6, 0x62, 0x6E}}, {0xD6B91C3A, 0x90C1, 0x4943, {0xB8, 0x18, 0xEE, 0x66, 0x11, 0x9E, 0x47, 0x02}}, vtable_SURBLServers, members_SURBLServers, 7},
    {L"Scripting", {0x68A73A47, 0x5B56, 0x43A3, {0xBC, 0x11, 0xCF, 0xC4, 0x36, 0xF3, 0xBA, 0x9E}}, {0xB1EA04C0, 0xB0B7, 0x4638, {0x80, 0xE4, 0x41, 0x27, 0x8C, 0xEF, 0x8C, 0x19}}, vtable_Scripting, members_Scripting, 6},
    {L"SecurityRange", {0xB149383D, 0x151C, 0x4585, {0x99, 0xF8, 0x71, 0x87, 0x6D, 0x0F, 0x14, 0xC4}}, {0x3B1CB89D, 0x9248, 0x413D, {0xBF, 0x2A, 0xF0, 0x00, 0xE6, 0xDB, 0x5F, 0x54}}, vtable_SecurityRange, members_SecurityRange, 26},
    {L"SecurityRanges", {0x60A752A2, 0x1197, 0x4841, {0xAD, 0xD4, 0xCE, 0x92, 0x28, 0x73, 0xE7, 0x94}}, {0x3F0053E1, 0x2328, 0x452F, {0x85, 0x5D, 0x87, 0xFF, 0x63, 0xE0, 0x6B, 0xE0}}, vtable_SecurityRanges, members_SecurityRanges, 9},
    {L"ServerMessage", {0x561076C6, 0x9174, 0x43D3, {0xB8, 0x89, 0xCF, 0xCC, 0x42, 0xE3, 0xAE, 0x5E}}, {0x6F7C0387, 0x1AC5, 0x466B, {0x90, 0x68, 0x67, 0xD6, 0x59, 0xD5, 0x7A, 0x86}}, vtable_ServerMessage, members_ServerMessage, 4},
    {L"ServerMessages", {0x379F1428, 0xA4C9, 0x4D43, {0x97, 0x45, 0xAE, 0xAB, 0xF8, 0x95, 0x07, 0x55}}, {0x0E90D7D8, 0x0144, 0x4021, {0x92, 0x40, 0x8C, 0xB9, 0xCC, 0x6F, 0x76, 0x28}}, vtable_ServerMessages, members_ServerMessages, 5},
    {L"Settings", {0xFDF084A7, 0x82DE, 0x4EBE, {0x84, 0x55, 0xE5, 0x06, 0xAC, 0xE0, 0x1D, 0x63}}, {0xA4C709A3, 0x98B2, 0x410D, {0x84, 0xF4, 0xED, 0xA9, 0x99, 0xBF, 0x0C, 0xB2}}, vtable_Settings, members_Settings, 79},
    {L"Status", {0xADD8B04F, 0xF7A0, 0x4C73, {0x8B, 0x0B, 0xE5, 0x3B, 0x30, 0x77, 0xF0, 0x52}}, {0xC3E2DFFB, 0xBE53, 0x4BE6, {0xBE, 0x57, 0x7C, 0x56, 0x09, 0x93, 0x8C, 0xEB}}, vtable_Status, members_Status, 7},
    {L"TCPIPPort", {0x556DF811, 0x3E02, 0x4106, {0xBC, 0xA6, 0xC7, 0x59, 0x96, 0x82, 0x5E, 0x9A}}, {0x5F46B580, 0x89DA, 0x44A3, {0x95, 0x18, 0xAE, 0xEE, 0xDB, 0x80, 0xF6, 0xD7}}, vtable_TCPIPPort, members_TCPIPPort, 9},
    {L"TCPIPPorts", {0x225808B4, 0x6F03, 0x4750, {0x84, 0x3F, 0x31, 0x50, 0xEB, 0x1C, 0x35, 0x7F}}, {0x70471130, 0xC8FA, 0x4218, {0xB6, 0x8A, 0xF1, 0xC9, 0xAD, 0x97, 0x3F, 0xF6}}, vtable_TCPIPPorts, members_TCPIPPorts, 7},
    {L"Utilities", {0xE116DCB7, 0x7FEC, 0x4540, {0xBE, 0xA1, 0xFA, 0x1B, 0x19, 0xD0, 0x5B, 0x5F}}, {0xF6BB0F43, 0xEDEE, 0x49A8, {0x81, 0x66, 0x67, 0x2F, 0x30, 0x17, 0x42, 0x6F}}, vtable_Utilities, members_Utilities, 19},
    {L"WhiteListAddress", {0x0B18E4F3, 0x4423, 0x403E, {0xB2, 0x75, 0x1D, 0x95, 0xCB, 0xD3, 0x53, 0xCE}}, {0xD67457A7, 0x3500, 0x481F, {0x90, 0x0F, 0xC9, 0x74, 0x1C, 0x89, 0xD6, 0xAB}}, vtable_WhiteListAddress, members_WhiteListAddress, 7},
    {L"WhiteListAddresses", {0xFACFAF38, 0x7BEE, 0x48B4, {0xA4, 0x7E, 0xD6, 0x23, 0xAC, 0xCA, 0xE9, 0xAB}}, {0x8492EE2E, 0x7332, 0x4253, {0xB9, 0x3E, 0xD8, 0xB0, 0x11, 0xB4, 0x7D, 0x78}}, vtable_WhiteListAddresses, members_WhiteListAddresses, 7},
};
const unsigned class_count = 86;
