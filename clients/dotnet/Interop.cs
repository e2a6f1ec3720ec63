// Made by `make clients` of the model's description: change that instead.
using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyVersion("1.0.0.0")]
[assembly: ImportedFromTypeLib("hMailServer")]
[assembly: Guid("db241b59-a1b1-4c59-98fc-8d101a2995f2")]

namespace hMailServer
{
    public enum eACLPermission
    {
        ePermissionLookup = 1,
        ePermissionRead = 2,
        ePermissionWriteSeen = 4,
        ePermissionWriteOthers = 8,
        ePermissionInsert = 16,
        ePermissionPost = 32,
        ePermissionCreate = 64,
        ePermissionDeleteMailbox = 128,
        ePermissionWriteDeleted = 256,
        ePermissionExpunge = 512,
        ePermissionAdminister = 1024,
    }

    public enum eACLPermissionType
    {
        ePermissionTypeUser = 0,
        ePermissionTypeGroup = 1,
        ePermissionTypeAnyone = 2,
    }

    public enum eAdminLevel
    {
        hAdminLevelNormal = 0,
        hAdminLevelDomainAdmin = 1,
        hAdminLevelServerAdmin = 2,
    }

    public enum eAntivirusAction
    {
        hDeleteEmail = 0,
        hDeleteAttachments = 1,
    }

    public enum eConnectionSecurity
    {
        eCSNone = 0,
        eCSTLS = 1,
        eCSSTARTTLSOptional = 2,
        eCSSTARTTLSRequired = 3,
    }

    public enum eDBtype
    {
        hDBTypeUnknown = 0,
        hDBTypeMySQL = 1,
        hDBTypeMSSQL = 2,
        hDBTypePostgreSQL = 3,
        hDBTypeMSSQLCE = 4,
    }

    public enum eDKIMAlgorithm
    {
        eSHA1 = 1,
        eSHA256 = 2,
    }

    public enum eDKIMCanonicalizationMethod
    {
        eCanonicalizationSimple = 1,
        eCanonicalizationRelaxed = 2,
    }

    public enum eDKIMResult
    {
        eDKNeutral = 0,
        eDKPass = 1,
        eDKTempFail = 2,
        eDKPermFail = 3,
    }

    public enum eDistributionListMode
    {
        eLMPublic = 0,
        eLMMembership = 1,
        eLMAnnouncement = 2,
        eLMDomainMembers = 3,
        eLMServerMembers = 4,
    }

    public enum eDomainSignatureMethod
    {
        eSMUnknown = 0,
        eSMSetIfNotSpecifiedInAccount = 1,
        eSMOverwriteAccountSignature = 2,
        eSMAppendToAccountSignature = 3,
    }

    public enum eLogDevice
    {
        hLogDeviceUnknown = 0,
        hLogDeviceSQL = 1,
        hLogDeviceFile = 2,
    }

    public enum eLogOutputFormat
    {
        hLogFormatDefault = 1,
        hLogFormatCSA = 2,
    }

    public enum eMaintenanceOperation
    {
        eUpdateIMAPFolderUID = 1,
    }

    public enum eMessageFlag
    {
        eMFSeen = 1,
        eMFDeleted = 2,
        eMFFlagged = 4,
        eMFAnswered = 8,
        eMFDraft = 16,
        eMFRecent = 32,
        eMFVirusScan = 64,
    }

    public enum eRuleActionType
    {
        eRAUnknown = 0,
        eRADeleteEmail = 1,
        eRAForwardEmail = 2,
        eRAReply = 3,
        eRAMoveToImapFolder = 4,
        eRARunScriptFunction = 5,
        eRAStopRuleProcessing = 6,
        eRASetHeaderValue = 7,
        eRASendUsingRoute = 8,
        eRACreateCopy = 9,
        eRABindToAddress = 10,
    }

    public enum eRuleMatchType
    {
        eMTUnknown = 0,
        eMTEquals = 1,
        eMTContains = 2,
        eMTLessThan = 3,
        eMTGreaterThan = 4,
        eMTRegExMatch = 5,
        eMTNotContains = 6,
        eMTNotEquals = 7,
        eMTWildcard = 8,
    }

    public enum eRulePredefinedField
    {
        eFTUnknown = 0,
        eFTFrom = 1,
        eFTTo = 2,
        eFTCC = 3,
        eFTSubject = 4,
        eFTBody = 5,
        eFTMessageSize = 6,
        eFTRecipientList = 7,
        eFTDeliveryAttempts = 8,
    }

    public enum eServerState
    {
        hStateUnknown = 0,
        hStateStopped = 1,
        hStateStarting = 2,
        hStateRunning = 3,
        hStateStopping = 4,
    }

    public enum eSessionType
    {
        eSTUnknown = 0,
        eSTSMTP = 1,
        eSTSMTPClient = 2,
        eSTPOP3 = 3,
        eSTPOP3Client = 4,
        eSTIMAP = 5,
    }

    [ComImport, Guid("e5edc050-0899-4a3b-bf4c-420212fc3895")]
    public interface IInterfaceAccount
    {
        [DispId(1)]
        bool Active { get; set; }
        [DispId(2)]
        string ADDomain { get; set; }
        [DispId(3)]
        string Address { get; set; }
        [DispId(4)]
        int DomainID { get; set; }
        [DispId(5)]
        int ID { get; }
        [DispId(6)]
        bool IsAD { get; set; }
        [DispId(7)]
        string Password { get; set; }
        [DispId(8)]
        float Size { get; }
        [DispId(9)]
        void Save();
        [DispId(10)]
        string ADUsername { get; set; }
        [DispId(11)]
        void DeleteMessages();
        [DispId(13)]
        Messages Messages { get; }
        [DispId(15)]
        int MaxSize { get; set; }
        [DispId(16)]
        bool VacationMessageIsOn { get; set; }
        [DispId(17)]
        string VacationMessage { get; set; }
        [DispId(18)]
        string VacationSubject { get; set; }
        [DispId(19)]
        FetchAccounts FetchAccounts { get; }
        [DispId(20)]
        eAdminLevel AdminLevel { get; set; }
        [DispId(21)]
        Rules Rules { get; }
        [DispId(22)]
        bool ValidatePassword(string @Password);
        [DispId(23)]
        void UnlockMailbox();
        [DispId(24)]
        IMAPFolders IMAPFolders { get; }
        [DispId(25)]
        int QuotaUsed { get; }
        [DispId(26)]
        bool ForwardEnabled { get; set; }
        [DispId(27)]
        string ForwardAddress { get; set; }
        [DispId(28)]
        bool ForwardKeepOriginal { get; set; }
        [DispId(29)]
        bool SignatureEnabled { get; set; }
        [DispId(30)]
        string SignaturePlainText { get; set; }
        [DispId(31)]
        string SignatureHTML { get; set; }
        [DispId(32)]
        object LastLogonTime { get; }
        [DispId(33)]
        bool VacationMessageExpires { get; set; }
        [DispId(34)]
        string VacationMessageExpiresDate { get; set; }
        [DispId(35)]
        string PersonFirstName { get; set; }
        [DispId(36)]
        string PersonLastName { get; set; }
        [DispId(37)]
        void Delete();
    }

    [ComImport, Guid("e5edc050-0899-4a3b-bf4c-420212fc3895"), CoClass(typeof(AccountClass))]
    public interface Account : IInterfaceAccount
    {
    }

    [Guid("369be902-9f27-4722-a29f-3059e4d7021d")]
    public class AccountClass : Postroom.RemoteObject, IInterfaceAccount, Account
    {
        public AccountClass() : base("hMailServer.Account")
        {
        }

        internal AccountClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool Active { get { return Convert.ToBoolean(Get("Active")); } set { Put("Active", value); } }

        public virtual string ADDomain { get { return (string)(Get("ADDomain") ?? ""); } set { Put("ADDomain", value); } }

        public virtual string Address { get { return (string)(Get("Address") ?? ""); } set { Put("Address", value); } }

        public virtual int DomainID { get { return Convert.ToInt32(Get("DomainID")); } set { Put("DomainID", value); } }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual bool IsAD { get { return Convert.ToBoolean(Get("IsAD")); } set { Put("IsAD", value); } }

        public virtual string Password { get { return (string)(Get("Password") ?? ""); } set { Put("Password", value); } }

        public virtual float Size { get { return Convert.ToSingle(Get("Size")); } }

        public virtual void Save() { Call("Save"); }

        public virtual string ADUsername { get { return (string)(Get("ADUsername") ?? ""); } set { Put("ADUsername", value); } }

        public virtual void DeleteMessages() { Call("DeleteMessages"); }

        public virtual Messages Messages { get { return (Messages)Get("Messages"); } }

        public virtual int MaxSize { get { return Convert.ToInt32(Get("MaxSize")); } set { Put("MaxSize", value); } }

        public virtual bool VacationMessageIsOn { get { return Convert.ToBoolean(Get("VacationMessageIsOn")); } set { Put("VacationMessageIsOn", value); } }

        public virtual string VacationMessage { get { return (string)(Get("VacationMessage") ?? ""); } set { Put("VacationMessage", value); } }

        public virtual string VacationSubject { get { return (string)(Get("VacationSubject") ?? ""); } set { Put("VacationSubject", value); } }

        public virtual FetchAccounts FetchAccounts { get { return (FetchAccounts)Get("FetchAccounts"); } }

        public virtual eAdminLevel AdminLevel { get { return (eAdminLevel)Convert.ToInt32(Get("AdminLevel")); } set { Put("AdminLevel", value); } }

        public virtual Rules Rules { get { return (Rules)Get("Rules"); } }

        public virtual bool ValidatePassword(string @Password) { return Convert.ToBoolean(Call("ValidatePassword", @Password)); }

        public virtual void UnlockMailbox() { Call("UnlockMailbox"); }

        public virtual IMAPFolders IMAPFolders { get { return (IMAPFolders)Get("IMAPFolders"); } }

        public virtual int QuotaUsed { get { return Convert.ToInt32(Get("QuotaUsed")); } }

        public virtual bool ForwardEnabled { get { return Convert.ToBoolean(Get("ForwardEnabled")); } set { Put("ForwardEnabled", value); } }

        public virtual string ForwardAddress { get { return (string)(Get("ForwardAddress") ?? ""); } set { Put("ForwardAddress", value); } }

        public virtual bool ForwardKeepOriginal { get { return Convert.ToBoolean(Get("ForwardKeepOriginal")); } set { Put("ForwardKeepOriginal", value); } }

        public virtual bool SignatureEnabled { get { return Convert.ToBoolean(Get("SignatureEnabled")); } set { Put("SignatureEnabled", value); } }

        public virtual string SignaturePlainText { get { return (string)(Get("SignaturePlainText") ?? ""); } set { Put("SignaturePlainText", value); } }

        public virtual string SignatureHTML { get { return (string)(Get("SignatureHTML") ?? ""); } set { Put("SignatureHTML", value); } }

        public virtual object LastLogonTime { get { return Get("LastLogonTime"); } }

        public virtual bool VacationMessageExpires { get { return Convert.ToBoolean(Get("VacationMessageExpires")); } set { Put("VacationMessageExpires", value); } }

        public virtual string VacationMessageExpiresDate { get { return (string)(Get("VacationMessageExpiresDate") ?? ""); } set { Put("VacationMessageExpiresDate", value); } }

        public virtual string PersonFirstName { get { return (string)(Get("PersonFirstName") ?? ""); } set { Put("PersonFirstName", value); } }

        public virtual string PersonLastName { get { return (string)(Get("PersonLastName") ?? ""); } set { Put("PersonLastName", value); } }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("0ad49ae7-05ed-45f2-8d5a-68fc964eb7ea")]
    public interface IInterfaceAccounts
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Account this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        Account Add();
        [DispId(3)]
        void Delete(int @Index);
        [DispId(4)]
        void Refresh();
        [DispId(5)]
        Account get_ItemByDBID(int @DBID);
        [DispId(6)]
        Account get_ItemByAddress(string @Address);
        [DispId(7)]
        void DeleteByDBID(int @DBID);
    }

    [ComImport, Guid("0ad49ae7-05ed-45f2-8d5a-68fc964eb7ea"), CoClass(typeof(AccountsClass))]
    public interface Accounts : IInterfaceAccounts
    {
    }

    [Guid("403a75b8-499a-44c1-93d3-6a8a460aa88d")]
    public class AccountsClass : Postroom.RemoteObject, IInterfaceAccounts, Accounts
    {
        public AccountsClass() : base("hMailServer.Accounts")
        {
        }

        internal AccountsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Account this[int @Index] { get { return (Account)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual Account Add() { return (Account)Call("Add"); }

        public virtual void Delete(int @Index) { Call("Delete", @Index); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual Account get_ItemByDBID(int @DBID) { return (Account)Get("ItemByDBID", @DBID); }

        public virtual Account get_ItemByAddress(string @Address) { return (Account)Get("ItemByAddress", @Address); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }
    }

    [ComImport, Guid("9420a3e9-ed5c-4699-98be-0cbf3b7d3714")]
    public interface IInterfaceAlias
    {
        [DispId(1)]
        bool Active { get; set; }
        [DispId(2)]
        int DomainID { get; set; }
        [DispId(3)]
        int ID { get; }
        [DispId(4)]
        string Name { get; set; }
        [DispId(6)]
        string Value { get; set; }
        [DispId(7)]
        void Delete();
        [DispId(8)]
        void Save();
    }

    [ComImport, Guid("9420a3e9-ed5c-4699-98be-0cbf3b7d3714"), CoClass(typeof(AliasClass))]
    public interface Alias : IInterfaceAlias
    {
    }

    [Guid("335ce9e1-32c5-4cb0-8bf6-cb925196e4d6")]
    public class AliasClass : Postroom.RemoteObject, IInterfaceAlias, Alias
    {
        public AliasClass() : base("hMailServer.Alias")
        {
        }

        internal AliasClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool Active { get { return Convert.ToBoolean(Get("Active")); } set { Put("Active", value); } }

        public virtual int DomainID { get { return Convert.ToInt32(Get("DomainID")); } set { Put("DomainID", value); } }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual string Value { get { return (string)(Get("Value") ?? ""); } set { Put("Value", value); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual void Save() { Call("Save"); }
    }

    [ComImport, Guid("11aa2c23-66ba-4de0-92ab-c4f8dcc21d32")]
    public interface IInterfaceAliases
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Alias this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void Delete(int @Index);
        [DispId(3)]
        void Refresh();
        [DispId(4)]
        Alias Add();
        [DispId(5)]
        Alias get_ItemByDBID(int @DBID);
        [DispId(6)]
        void DeleteByDBID(int @DBID);
        [DispId(7)]
        Alias get_ItemByName(string @Name);
    }

    [ComImport, Guid("11aa2c23-66ba-4de0-92ab-c4f8dcc21d32"), CoClass(typeof(AliasesClass))]
    public interface Aliases : IInterfaceAliases
    {
    }

    [Guid("1fe5e5f1-870a-4139-9ec1-dffa3a9a58c8")]
    public class AliasesClass : Postroom.RemoteObject, IInterfaceAliases, Aliases
    {
        public AliasesClass() : base("hMailServer.Aliases")
        {
        }

        internal AliasesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Alias this[int @Index] { get { return (Alias)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void Delete(int @Index) { Call("Delete", @Index); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual Alias Add() { return (Alias)Call("Add"); }

        public virtual Alias get_ItemByDBID(int @DBID) { return (Alias)Get("ItemByDBID", @DBID); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual Alias get_ItemByName(string @Name) { return (Alias)Get("ItemByName", @Name); }
    }

    [ComImport, Guid("998a7e66-21fa-47cc-9db4-81822f2d05c9")]
    public interface IInterfaceAntiSpam
    {
        [DispId(1)]
        bool GreyListingEnabled { get; set; }
        [DispId(2)]
        int GreyListingInitialDelay { get; set; }
        [DispId(3)]
        int GreyListingInitialDelete { get; set; }
        [DispId(4)]
        int GreyListingFinalDelete { get; set; }
        [DispId(6)]
        SURBLServers SURBLServers { get; }
        [DispId(7)]
        bool CheckHostInHelo { get; set; }
        [DispId(8)]
        bool AddHeaderSpam { get; set; }
        [DispId(9)]
        bool AddHeaderReason { get; set; }
        [DispId(10)]
        bool PrependSubject { get; set; }
        [DispId(11)]
        string PrependSubjectText { get; set; }
        [DispId(12)]
        GreyListingWhiteAddresses GreyListingWhiteAddresses { get; }
        [DispId(13)]
        WhiteListAddresses WhiteListAddresses { get; }
        [DispId(14)]
        int CheckHostInHeloScore { get; set; }
        [DispId(15)]
        int SpamMarkThreshold { get; set; }
        [DispId(16)]
        int SpamDeleteThreshold { get; set; }
        [DispId(17)]
        bool UseSPF { get; set; }
        [DispId(18)]
        bool UseMXChecks { get; set; }
        [DispId(19)]
        int UseSPFScore { get; set; }
        [DispId(20)]
        int UseMXChecksScore { get; set; }
        [DispId(21)]
        DNSBlackLists DNSBlackLists { get; }
        [DispId(22)]
        int TarpitDelay { get; set; }
        [DispId(23)]
        int TarpitCount { get; set; }
        [DispId(24)]
        bool SpamAssassinEnabled { get; set; }
        [DispId(25)]
        int SpamAssassinScore { get; set; }
        [DispId(26)]
        bool SpamAssassinMergeScore { get; set; }
        [DispId(27)]
        string SpamAssassinHost { get; set; }
        [DispId(28)]
        int SpamAssassinPort { get; set; }
        [DispId(29)]
        void ClearGreyListingTriplets();
        [DispId(30)]
        int MaximumMessageSize { get; set; }
        [DispId(31)]
        eDKIMResult DKIMVerify(string @File);
        [DispId(32)]
        bool DKIMVerificationEnabled { get; set; }
        [DispId(33)]
        int DKIMVerificationFailureScore { get; set; }
        [DispId(34)]
        bool BypassGreylistingOnSPFSuccess { get; set; }
        [DispId(35)]
        bool BypassGreylistingOnMailFromMX { get; set; }
        [DispId(36)]
        bool TestSpamAssassinConnection(string @Hostname, int @Port, out string @ResultText);
        [DispId(37)]
        bool CheckPTR { get; set; }
        [DispId(38)]
        int CheckPTRScore { get; set; }
    }

    [ComImport, Guid("998a7e66-21fa-47cc-9db4-81822f2d05c9"), CoClass(typeof(AntiSpamClass))]
    public interface AntiSpam : IInterfaceAntiSpam
    {
    }

    [Guid("a0b91a99-bce8-4939-94ec-0881e25a1e5b")]
    public class AntiSpamClass : Postroom.RemoteObject, IInterfaceAntiSpam, AntiSpam
    {
        public AntiSpamClass() : base("hMailServer.AntiSpam")
        {
        }

        internal AntiSpamClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool GreyListingEnabled { get { return Convert.ToBoolean(Get("GreyListingEnabled")); } set { Put("GreyListingEnabled", value); } }

        public virtual int GreyListingInitialDelay { get { return Convert.ToInt32(Get("GreyListingInitialDelay")); } set { Put("GreyListingInitialDelay", value); } }

        public virtual int GreyListingInitialDelete { get { return Convert.ToInt32(Get("GreyListingInitialDelete")); } set { Put("GreyListingInitialDelete", value); } }

        public virtual int GreyListingFinalDelete { get { return Convert.ToInt32(Get("GreyListingFinalDelete")); } set { Put("GreyListingFinalDelete", value); } }

        public virtual SURBLServers SURBLServers { get { return (SURBLServers)Get("SURBLServers"); } }

        public virtual bool CheckHostInHelo { get { return Convert.ToBoolean(Get("CheckHostInHelo")); } set { Put("CheckHostInHelo", value); } }

        public virtual bool AddHeaderSpam { get { return Convert.ToBoolean(Get("AddHeaderSpam")); } set { Put("AddHeaderSpam", value); } }

        public virtual bool AddHeaderReason { get { return Convert.ToBoolean(Get("AddHeaderReason")); } set { Put("AddHeaderReason", value); } }

        public virtual bool PrependSubject { get { return Convert.ToBoolean(Get("PrependSubject")); } set { Put("PrependSubject", value); } }

        public virtual string PrependSubjectText { get { return (string)(Get("PrependSubjectText") ?? ""); } set { Put("PrependSubjectText", value); } }

        public virtual GreyListingWhiteAddresses GreyListingWhiteAddresses { get { return (GreyListingWhiteAddresses)Get("GreyListingWhiteAddresses"); } }

        public virtual WhiteListAddresses WhiteListAddresses { get { return (WhiteListAddresses)Get("WhiteListAddresses"); } }

        public virtual int CheckHostInHeloScore { get { return Convert.ToInt32(Get("CheckHostInHeloScore")); } set { Put("CheckHostInHeloScore", value); } }

        public virtual int SpamMarkThreshold { get { return Convert.ToInt32(Get("SpamMarkThreshold")); } set { Put("SpamMarkThreshold", value); } }

        public virtual int SpamDeleteThreshold { get { return Convert.ToInt32(Get("SpamDeleteThreshold")); } set { Put("SpamDeleteThreshold", value); } }

        public virtual bool UseSPF { get { return Convert.ToBoolean(Get("UseSPF")); } set { Put("UseSPF", value); } }

        public virtual bool UseMXChecks { get { return Convert.ToBoolean(Get("UseMXChecks")); } set { Put("UseMXChecks", value); } }

        public virtual int UseSPFScore { get { return Convert.ToInt32(Get("UseSPFScore")); } set { Put("UseSPFScore", value); } }

        public virtual int UseMXChecksScore { get { return Convert.ToInt32(Get("UseMXChecksScore")); } set { Put("UseMXChecksScore", value); } }

        public virtual DNSBlackLists DNSBlackLists { get { return (DNSBlackLists)Get("DNSBlackLists"); } }

        public virtual int TarpitDelay { get { return Convert.ToInt32(Get("TarpitDelay")); } set { Put("TarpitDelay", value); } }

        public virtual int TarpitCount { get { return Convert.ToInt32(Get("TarpitCount")); } set { Put("TarpitCount", value); } }

        public virtual bool SpamAssassinEnabled { get { return Convert.ToBoolean(Get("SpamAssassinEnabled")); } set { Put("SpamAssassinEnabled", value); } }

        public virtual int SpamAssassinScore { get { return Convert.ToInt32(Get("SpamAssassinScore")); } set { Put("SpamAssassinScore", value); } }

        public virtual bool SpamAssassinMergeScore { get { return Convert.ToBoolean(Get("SpamAssassinMergeScore")); } set { Put("SpamAssassinMergeScore", value); } }

        public virtual string SpamAssassinHost { get { return (string)(Get("SpamAssassinHost") ?? ""); } set { Put("SpamAssassinHost", value); } }

        public virtual int SpamAssassinPort { get { return Convert.ToInt32(Get("SpamAssassinPort")); } set { Put("SpamAssassinPort", value); } }

        public virtual void ClearGreyListingTriplets() { Call("ClearGreyListingTriplets"); }

        public virtual int MaximumMessageSize { get { return Convert.ToInt32(Get("MaximumMessageSize")); } set { Put("MaximumMessageSize", value); } }

        public virtual eDKIMResult DKIMVerify(string @File) { return (eDKIMResult)Convert.ToInt32(Call("DKIMVerify", @File)); }

        public virtual bool DKIMVerificationEnabled { get { return Convert.ToBoolean(Get("DKIMVerificationEnabled")); } set { Put("DKIMVerificationEnabled", value); } }

        public virtual int DKIMVerificationFailureScore { get { return Convert.ToInt32(Get("DKIMVerificationFailureScore")); } set { Put("DKIMVerificationFailureScore", value); } }

        public virtual bool BypassGreylistingOnSPFSuccess { get { return Convert.ToBoolean(Get("BypassGreylistingOnSPFSuccess")); } set { Put("BypassGreylistingOnSPFSuccess", value); } }

        public virtual bool BypassGreylistingOnMailFromMX { get { return Convert.ToBoolean(Get("BypassGreylistingOnMailFromMX")); } set { Put("BypassGreylistingOnMailFromMX", value); } }

        public virtual bool TestSpamAssassinConnection(string @Hostname, int @Port, out string @ResultText)
        {
            var outs = new Dictionary<string, object>();
            object result = CallOut("TestSpamAssassinConnection", outs, @Hostname, @Port);
            @ResultText = (string)(outs["ResultText"] ?? "");
            return Convert.ToBoolean(result);
        }

        public virtual bool CheckPTR { get { return Convert.ToBoolean(Get("CheckPTR")); } set { Put("CheckPTR", value); } }

        public virtual int CheckPTRScore { get { return Convert.ToInt32(Get("CheckPTRScore")); } set { Put("CheckPTRScore", value); } }
    }

    [ComImport, Guid("952ee84f-c1d4-4869-8b86-76a3ba8f39fa")]
    public interface IInterfaceAntiVirus
    {
        [DispId(1)]
        bool ClamWinEnabled { get; set; }
        [DispId(2)]
        string ClamWinExecutable { get; set; }
        [DispId(3)]
        string ClamWinDBFolder { get; set; }
        [DispId(4)]
        eAntivirusAction Action { get; set; }
        [DispId(5)]
        bool NotifyReceiver { get; set; }
        [DispId(6)]
        bool NotifySender { get; set; }
        [DispId(7)]
        bool CustomScannerEnabled { get; set; }
        [DispId(8)]
        string CustomScannerExecutable { get; set; }
        [DispId(9)]
        int CustomScannerReturnValue { get; set; }
        [DispId(10)]
        int MaximumMessageSize { get; set; }
        [DispId(11)]
        BlockedAttachments BlockedAttachments { get; }
        [DispId(12)]
        bool EnableAttachmentBlocking { get; set; }
        [DispId(13)]
        bool ClamAVEnabled { get; set; }
        [DispId(14)]
        string ClamAVHost { get; set; }
        [DispId(15)]
        int ClamAVPort { get; set; }
        [DispId(16)]
        bool TestCustomerScanner(string @customExecutable, int @virusReturnCode, out string @ResultText);
        [DispId(17)]
        bool TestClamWinScanner(string @clamWinExecutable, string @clamWinDatabase, out string @ResultText);
        [DispId(18)]
        bool TestClamAVScanner(string @ClamAVHostName, int @ClamAVPort, out string @ResultText);
    }

    [ComImport, Guid("952ee84f-c1d4-4869-8b86-76a3ba8f39fa"), CoClass(typeof(AntiVirusClass))]
    public interface AntiVirus : IInterfaceAntiVirus
    {
    }

    [Guid("82d6dbf9-dddb-4c4a-a52a-92b6ed16d8ea")]
    public class AntiVirusClass : Postroom.RemoteObject, IInterfaceAntiVirus, AntiVirus
    {
        public AntiVirusClass() : base("hMailServer.AntiVirus")
        {
        }

        internal AntiVirusClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool ClamWinEnabled { get { return Convert.ToBoolean(Get("ClamWinEnabled")); } set { Put("ClamWinEnabled", value); } }

        public virtual string ClamWinExecutable { get { return (string)(Get("ClamWinExecutable") ?? ""); } set { Put("ClamWinExecutable", value); } }

        public virtual string ClamWinDBFolder { get { return (string)(Get("ClamWinDBFolder") ?? ""); } set { Put("ClamWinDBFolder", value); } }

        public virtual eAntivirusAction Action { get { return (eAntivirusAction)Convert.ToInt32(Get("Action")); } set { Put("Action", value); } }

        public virtual bool NotifyReceiver { get { return Convert.ToBoolean(Get("NotifyReceiver")); } set { Put("NotifyReceiver", value); } }

        public virtual bool NotifySender { get { return Convert.ToBoolean(Get("NotifySender")); } set { Put("NotifySender", value); } }

        public virtual bool CustomScannerEnabled { get { return Convert.ToBoolean(Get("CustomScannerEnabled")); } set { Put("CustomScannerEnabled", value); } }

        public virtual string CustomScannerExecutable { get { return (string)(Get("CustomScannerExecutable") ?? ""); } set { Put("CustomScannerExecutable", value); } }

        public virtual int CustomScannerReturnValue { get { return Convert.ToInt32(Get("CustomScannerReturnValue")); } set { Put("CustomScannerReturnValue", value); } }

        public virtual int MaximumMessageSize { get { return Convert.ToInt32(Get("MaximumMessageSize")); } set { Put("MaximumMessageSize", value); } }

        public virtual BlockedAttachments BlockedAttachments { get { return (BlockedAttachments)Get("BlockedAttachments"); } }

        public virtual bool EnableAttachmentBlocking { get { return Convert.ToBoolean(Get("EnableAttachmentBlocking")); } set { Put("EnableAttachmentBlocking", value); } }

        public virtual bool ClamAVEnabled { get { return Convert.ToBoolean(Get("ClamAVEnabled")); } set { Put("ClamAVEnabled", value); } }

        public virtual string ClamAVHost { get { return (string)(Get("ClamAVHost") ?? ""); } set { Put("ClamAVHost", value); } }

        public virtual int ClamAVPort { get { return Convert.ToInt32(Get("ClamAVPort")); } set { Put("ClamAVPort", value); } }

        public virtual bool TestCustomerScanner(string @customExecutable, int @virusReturnCode, out string @ResultText)
        {
            var outs = new Dictionary<string, object>();
            object result = CallOut("TestCustomerScanner", outs, @customExecutable, @virusReturnCode);
            @ResultText = (string)(outs["ResultText"] ?? "");
            return Convert.ToBoolean(result);
        }

        public virtual bool TestClamWinScanner(string @clamWinExecutable, string @clamWinDatabase, out string @ResultText)
        {
            var outs = new Dictionary<string, object>();
            object result = CallOut("TestClamWinScanner", outs, @clamWinExecutable, @clamWinDatabase);
            @ResultText = (string)(outs["ResultText"] ?? "");
            return Convert.ToBoolean(result);
        }

        public virtual bool TestClamAVScanner(string @ClamAVHostName, int @ClamAVPort, out string @ResultText)
        {
            var outs = new Dictionary<string, object>();
            object result = CallOut("TestClamAVScanner", outs, @ClamAVHostName, @ClamAVPort);
            @ResultText = (string)(outs["ResultText"] ?? "");
            return Convert.ToBoolean(result);
        }
    }

    [ComImport, Guid("2c1a3ef1-115f-4029-bb33-d9cca4bb0de8")]
    public interface IInterfaceApplication
    {
        [DispId(1)]
        void Start();
        [DispId(2)]
        void Stop();
        [DispId(3)]
        Settings Settings { get; }
        [DispId(4)]
        Domains Domains { get; }
        [DispId(5)]
        eServerState ServerState { get; }
        [DispId(6)]
        Database Database { get; }
        [DispId(7)]
        Utilities Utilities { get; }
        [DispId(8)]
        void SubmitEMail();
        [DispId(9)]
        Status Status { get; }
        [DispId(10)]
        string Version { get; }
        [DispId(11)]
        void Connect();
        [DispId(12)]
        string InitializationFile { get; }
        [DispId(13)]
        void Reinitialize();
        [DispId(14)]
        Rules Rules { get; }
        [DispId(15)]
        BackupManager BackupManager { get; }
        [DispId(16)]
        GlobalObjects GlobalObjects { get; }
        [DispId(17)]
        Account Authenticate(string @Username, string @Password);
        [DispId(18)]
        Links Links { get; }
        [DispId(19)]
        Diagnostics Diagnostics { get; }
        [DispId(20)]
        string VersionArchitecture { get; }
    }

    [ComImport, Guid("2c1a3ef1-115f-4029-bb33-d9cca4bb0de8"), CoClass(typeof(ApplicationClass))]
    public interface Application : IInterfaceApplication
    {
    }

    [Guid("d6567ef8-0a6c-48e7-9288-a2463123c2f3")]
    public class ApplicationClass : Postroom.RemoteObject, IInterfaceApplication, Application
    {
        public ApplicationClass() : base("hMailServer.Application")
        {
        }

        internal ApplicationClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual void Start() { Call("Start"); }

        public virtual void Stop() { Call("Stop"); }

        public virtual Settings Settings { get { return (Settings)Get("Settings"); } }

        public virtual Domains Domains { get { return (Domains)Get("Domains"); } }

        public virtual eServerState ServerState { get { return (eServerState)Convert.ToInt32(Get("ServerState")); } }

        public virtual Database Database { get { return (Database)Get("Database"); } }

        public virtual Utilities Utilities { get { return (Utilities)Get("Utilities"); } }

        public virtual void SubmitEMail() { Call("SubmitEMail"); }

        public virtual Status Status { get { return (Status)Get("Status"); } }

        public virtual string Version { get { return (string)(Get("Version") ?? ""); } }

        public virtual void Connect() { Call("Connect"); }

        public virtual string InitializationFile { get { return (string)(Get("InitializationFile") ?? ""); } }

        public virtual void Reinitialize() { Call("Reinitialize"); }

        public virtual Rules Rules { get { return (Rules)Get("Rules"); } }

        public virtual BackupManager BackupManager { get { return (BackupManager)Get("BackupManager"); } }

        public virtual GlobalObjects GlobalObjects { get { return (GlobalObjects)Get("GlobalObjects"); } }

        public virtual Account Authenticate(string @Username, string @Password) { return (Account)Call("Authenticate", @Username, @Password); }

        public virtual Links Links { get { return (Links)Get("Links"); } }

        public virtual Diagnostics Diagnostics { get { return (Diagnostics)Get("Diagnostics"); } }

        public virtual string VersionArchitecture { get { return (string)(Get("VersionArchitecture") ?? ""); } }
    }

    [ComImport, Guid("0cd0ddff-2d30-41be-9845-d37eadb1a007")]
    public interface IInterfaceAttachment
    {
        [DispId(1)]
        string Filename { get; }
        [DispId(2)]
        int Size { get; }
        [DispId(3)]
        void SaveAs(string @sName);
        [DispId(4)]
        void Delete();
    }

    [ComImport, Guid("0cd0ddff-2d30-41be-9845-d37eadb1a007"), CoClass(typeof(AttachmentClass))]
    public interface Attachment : IInterfaceAttachment
    {
    }

    [Guid("b65a156a-54d1-4803-80ce-273f44ae935f")]
    public class AttachmentClass : Postroom.RemoteObject, IInterfaceAttachment, Attachment
    {
        public AttachmentClass() : base("hMailServer.Attachment")
        {
        }

        internal AttachmentClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string Filename { get { return (string)(Get("Filename") ?? ""); } }

        public virtual int Size { get { return Convert.ToInt32(Get("Size")); } }

        public virtual void SaveAs(string @sName) { Call("SaveAs", @sName); }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("bed37911-1180-4840-a831-196c6771ef54")]
    public interface IInterfaceAttachments
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Attachment this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void Clear();
        [DispId(3)]
        void Add(string @sFilename);
    }

    [ComImport, Guid("bed37911-1180-4840-a831-196c6771ef54"), CoClass(typeof(AttachmentsClass))]
    public interface Attachments : IInterfaceAttachments
    {
    }

    [Guid("63ff738a-982b-41e6-87c7-ba4aa9622b30")]
    public class AttachmentsClass : Postroom.RemoteObject, IInterfaceAttachments, Attachments
    {
        public AttachmentsClass() : base("hMailServer.Attachments")
        {
        }

        internal AttachmentsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Attachment this[int @Index] { get { return (Attachment)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void Clear() { Call("Clear"); }

        public virtual void Add(string @sFilename) { Call("Add", @sFilename); }
    }

    [ComImport, Guid("bc84454b-fce1-41fa-a3dd-2c57f61d4310")]
    public interface IInterfaceBackup
    {
        [DispId(1)]
        void StartRestore();
        [DispId(2)]
        bool ContainsSettings { get; }
        [DispId(3)]
        bool ContainsDomains { get; }
        [DispId(4)]
        bool ContainsMessages { get; }
        [DispId(5)]
        bool RestoreSettings { get; set; }
        [DispId(6)]
        bool RestoreDomains { get; set; }
        [DispId(7)]
        bool RestoreMessages { get; set; }
    }

    [ComImport, Guid("bc84454b-fce1-41fa-a3dd-2c57f61d4310"), CoClass(typeof(BackupClass))]
    public interface Backup : IInterfaceBackup
    {
    }

    [Guid("b088fed1-a784-4cdb-addf-e7332cb7f72f")]
    public class BackupClass : Postroom.RemoteObject, IInterfaceBackup, Backup
    {
        public BackupClass() : base("hMailServer.Backup")
        {
        }

        internal BackupClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual void StartRestore() { Call("StartRestore"); }

        public virtual bool ContainsSettings { get { return Convert.ToBoolean(Get("ContainsSettings")); } }

        public virtual bool ContainsDomains { get { return Convert.ToBoolean(Get("ContainsDomains")); } }

        public virtual bool ContainsMessages { get { return Convert.ToBoolean(Get("ContainsMessages")); } }

        public virtual bool RestoreSettings { get { return Convert.ToBoolean(Get("RestoreSettings")); } set { Put("RestoreSettings", value); } }

        public virtual bool RestoreDomains { get { return Convert.ToBoolean(Get("RestoreDomains")); } set { Put("RestoreDomains", value); } }

        public virtual bool RestoreMessages { get { return Convert.ToBoolean(Get("RestoreMessages")); } set { Put("RestoreMessages", value); } }
    }

    [ComImport, Guid("e773e8fc-1c9a-4e96-a73c-cc02e7649637")]
    public interface IInterfaceBackupManager
    {
        [DispId(1)]
        void StartBackup();
        [DispId(2)]
        Backup LoadBackup(string @sXMLFile);
    }

    [ComImport, Guid("e773e8fc-1c9a-4e96-a73c-cc02e7649637"), CoClass(typeof(BackupManagerClass))]
    public interface BackupManager : IInterfaceBackupManager
    {
    }

    [Guid("1bbe5234-d331-41df-85d7-caf0b00b3bf7")]
    public class BackupManagerClass : Postroom.RemoteObject, IInterfaceBackupManager, BackupManager
    {
        public BackupManagerClass() : base("hMailServer.BackupManager")
        {
        }

        internal BackupManagerClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual void StartBackup() { Call("StartBackup"); }

        public virtual Backup LoadBackup(string @sXMLFile) { return (Backup)Call("LoadBackup", @sXMLFile); }
    }

    [ComImport, Guid("2c5559f0-df3f-43c0-935c-f79d41cf8a5b")]
    public interface IInterfaceBackupSettings
    {
        [DispId(1)]
        string Destination { get; set; }
        [DispId(2)]
        bool BackupSettings { get; set; }
        [DispId(3)]
        bool BackupDomains { get; set; }
        [DispId(4)]
        bool BackupMessages { get; set; }
        [DispId(5)]
        bool CompressDestinationFiles { get; set; }
        [DispId(7)]
        string LogFile { get; }
    }

    [ComImport, Guid("2c5559f0-df3f-43c0-935c-f79d41cf8a5b"), CoClass(typeof(BackupSettingsClass))]
    public interface BackupSettings : IInterfaceBackupSettings
    {
    }

    [Guid("e0213ecf-baec-4e20-9813-0f75a97d0b16")]
    public class BackupSettingsClass : Postroom.RemoteObject, IInterfaceBackupSettings, BackupSettings
    {
        public BackupSettingsClass() : base("hMailServer.BackupSettings")
        {
        }

        internal BackupSettingsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string Destination { get { return (string)(Get("Destination") ?? ""); } set { Put("Destination", value); } }

        public virtual bool BackupSettings { get { return Convert.ToBoolean(Get("BackupSettings")); } set { Put("BackupSettings", value); } }

        public virtual bool BackupDomains { get { return Convert.ToBoolean(Get("BackupDomains")); } set { Put("BackupDomains", value); } }

        public virtual bool BackupMessages { get { return Convert.ToBoolean(Get("BackupMessages")); } set { Put("BackupMessages", value); } }

        public virtual bool CompressDestinationFiles { get { return Convert.ToBoolean(Get("CompressDestinationFiles")); } set { Put("CompressDestinationFiles", value); } }

        public virtual string LogFile { get { return (string)(Get("LogFile") ?? ""); } }
    }

    [ComImport, Guid("bf5cbcff-cd54-4fab-ae60-adfa9c961c1a")]
    public interface IInterfaceBlockedAttachment
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string Wildcard { get; set; }
        [DispId(3)]
        void Save();
        [DispId(4)]
        string Description { get; set; }
        [DispId(5)]
        void Delete();
    }

    [ComImport, Guid("bf5cbcff-cd54-4fab-ae60-adfa9c961c1a"), CoClass(typeof(BlockedAttachmentClass))]
    public interface BlockedAttachment : IInterfaceBlockedAttachment
    {
    }

    [Guid("773bcf69-c1c2-48cd-a8f8-e89a1f74e4b3")]
    public class BlockedAttachmentClass : Postroom.RemoteObject, IInterfaceBlockedAttachment, BlockedAttachment
    {
        public BlockedAttachmentClass() : base("hMailServer.BlockedAttachment")
        {
        }

        internal BlockedAttachmentClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string Wildcard { get { return (string)(Get("Wildcard") ?? ""); } set { Put("Wildcard", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual string Description { get { return (string)(Get("Description") ?? ""); } set { Put("Description", value); } }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("8979f461-ad9d-49e8-8068-bbab43fba31a")]
    public interface IInterfaceBlockedAttachments
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        BlockedAttachment this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        BlockedAttachment Add();
        [DispId(5)]
        BlockedAttachment get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
    }

    [ComImport, Guid("8979f461-ad9d-49e8-8068-bbab43fba31a"), CoClass(typeof(BlockedAttachmentsClass))]
    public interface BlockedAttachments : IInterfaceBlockedAttachments
    {
    }

    [Guid("1e93e771-45c1-4cad-9bf6-5d79723c9cbe")]
    public class BlockedAttachmentsClass : Postroom.RemoteObject, IInterfaceBlockedAttachments, BlockedAttachments
    {
        public BlockedAttachmentsClass() : base("hMailServer.BlockedAttachments")
        {
        }

        internal BlockedAttachmentsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual BlockedAttachment this[int @Index] { get { return (BlockedAttachment)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual BlockedAttachment Add() { return (BlockedAttachment)Call("Add"); }

        public virtual BlockedAttachment get_ItemByDBID(int @DBID) { return (BlockedAttachment)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }
    }

    [ComImport, Guid("ae45b7cd-c050-4b14-a983-30d53059d24f")]
    public interface IInterfaceCache
    {
        [DispId(1)]
        bool Enabled { get; set; }
        [DispId(2)]
        int DomainCacheTTL { get; set; }
        [DispId(3)]
        int DomainHitRate { get; }
        [DispId(4)]
        int AccountCacheTTL { get; set; }
        [DispId(5)]
        int AccountHitRate { get; }
        [DispId(8)]
        void Clear();
        [DispId(9)]
        int AliasCacheTTL { get; set; }
        [DispId(10)]
        int AliasHitRate { get; }
        [DispId(11)]
        int DistributionListCacheTTL { get; set; }
        [DispId(12)]
        int DistributionListHitRate { get; }
        [DispId(13)]
        int DomainCacheMaxSizeKb { get; set; }
        [DispId(14)]
        int DomainCacheSizeKb { get; }
        [DispId(15)]
        int AccountCacheMaxSizeKb { get; set; }
        [DispId(16)]
        int AccountCacheSizeKb { get; }
        [DispId(17)]
        int AliasCacheMaxSizeKb { get; set; }
        [DispId(18)]
        int AliasCacheSizeKb { get; }
        [DispId(19)]
        int DistributionListCacheMaxSizeKb { get; set; }
        [DispId(20)]
        int DistributionListCacheSizeKb { get; }
    }

    [ComImport, Guid("ae45b7cd-c050-4b14-a983-30d53059d24f"), CoClass(typeof(CacheClass))]
    public interface Cache : IInterfaceCache
    {
    }

    [Guid("b16f527c-116f-4f6b-b669-9a00326e255b")]
    public class CacheClass : Postroom.RemoteObject, IInterfaceCache, Cache
    {
        public CacheClass() : base("hMailServer.Cache")
        {
        }

        internal CacheClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool Enabled { get { return Convert.ToBoolean(Get("Enabled")); } set { Put("Enabled", value); } }

        public virtual int DomainCacheTTL { get { return Convert.ToInt32(Get("DomainCacheTTL")); } set { Put("DomainCacheTTL", value); } }

        public virtual int DomainHitRate { get { return Convert.ToInt32(Get("DomainHitRate")); } }

        public virtual int AccountCacheTTL { get { return Convert.ToInt32(Get("AccountCacheTTL")); } set { Put("AccountCacheTTL", value); } }

        public virtual int AccountHitRate { get { return Convert.ToInt32(Get("AccountHitRate")); } }

        public virtual void Clear() { Call("Clear"); }

        public virtual int AliasCacheTTL { get { return Convert.ToInt32(Get("AliasCacheTTL")); } set { Put("AliasCacheTTL", value); } }

        public virtual int AliasHitRate { get { return Convert.ToInt32(Get("AliasHitRate")); } }

        public virtual int DistributionListCacheTTL { get { return Convert.ToInt32(Get("DistributionListCacheTTL")); } set { Put("DistributionListCacheTTL", value); } }

        public virtual int DistributionListHitRate { get { return Convert.ToInt32(Get("DistributionListHitRate")); } }

        public virtual int DomainCacheMaxSizeKb { get { return Convert.ToInt32(Get("DomainCacheMaxSizeKb")); } set { Put("DomainCacheMaxSizeKb", value); } }

        public virtual int DomainCacheSizeKb { get { return Convert.ToInt32(Get("DomainCacheSizeKb")); } }

        public virtual int AccountCacheMaxSizeKb { get { return Convert.ToInt32(Get("AccountCacheMaxSizeKb")); } set { Put("AccountCacheMaxSizeKb", value); } }

        public virtual int AccountCacheSizeKb { get { return Convert.ToInt32(Get("AccountCacheSizeKb")); } }

        public virtual int AliasCacheMaxSizeKb { get { return Convert.ToInt32(Get("AliasCacheMaxSizeKb")); } set { Put("AliasCacheMaxSizeKb", value); } }

        public virtual int AliasCacheSizeKb { get { return Convert.ToInt32(Get("AliasCacheSizeKb")); } }

        public virtual int DistributionListCacheMaxSizeKb { get { return Convert.ToInt32(Get("DistributionListCacheMaxSizeKb")); } set { Put("DistributionListCacheMaxSizeKb", value); } }

        public virtual int DistributionListCacheSizeKb { get { return Convert.ToInt32(Get("DistributionListCacheSizeKb")); } }
    }

    [ComImport, Guid("63d8a81c-e3ba-4768-9f14-0fcf5a6844d7")]
    public interface IInterfaceClient
    {
        [DispId(1)]
        int Port { get; }
        [DispId(2)]
        string IPAddress { get; }
        [DispId(3)]
        string Username { get; }
        [DispId(4)]
        string HELO { get; }
        [DispId(5)]
        bool Authenticated { get; }
        [DispId(6)]
        bool EncryptedConnection { get; }
        [DispId(7)]
        string CipherVersion { get; }
        [DispId(8)]
        string CipherName { get; }
        [DispId(9)]
        int CipherBits { get; }
        [DispId(10)]
        int SessionID { get; }
    }

    [ComImport, Guid("63d8a81c-e3ba-4768-9f14-0fcf5a6844d7"), CoClass(typeof(ClientClass))]
    public interface Client : IInterfaceClient
    {
    }

    [Guid("b5efb246-4f4b-4b11-a9d1-3c14ab528871")]
    public class ClientClass : Postroom.RemoteObject, IInterfaceClient, Client
    {
        public ClientClass() : base("hMailServer.Client")
        {
        }

        internal ClientClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int Port { get { return Convert.ToInt32(Get("Port")); } }

        public virtual string IPAddress { get { return (string)(Get("IPAddress") ?? ""); } }

        public virtual string Username { get { return (string)(Get("Username") ?? ""); } }

        public virtual string HELO { get { return (string)(Get("HELO") ?? ""); } }

        public virtual bool Authenticated { get { return Convert.ToBoolean(Get("Authenticated")); } }

        public virtual bool EncryptedConnection { get { return Convert.ToBoolean(Get("EncryptedConnection")); } }

        public virtual string CipherVersion { get { return (string)(Get("CipherVersion") ?? ""); } }

        public virtual string CipherName { get { return (string)(Get("CipherName") ?? ""); } }

        public virtual int CipherBits { get { return Convert.ToInt32(Get("CipherBits")); } }

        public virtual int SessionID { get { return Convert.ToInt32(Get("SessionID")); } }
    }

    [ComImport, Guid("6e011153-63d9-4b86-ba97-e55d152b221d")]
    public interface IInterfaceDNSBlackList
    {
        [DispId(1)]
        bool Active { get; set; }
        [DispId(2)]
        int ID { get; }
        [DispId(3)]
        string DNSHost { get; set; }
        [DispId(4)]
        string RejectMessage { get; set; }
        [DispId(5)]
        string ExpectedResult { get; set; }
        [DispId(6)]
        void Save();
        [DispId(7)]
        int Score { get; set; }
        [DispId(8)]
        void Delete();
    }

    [ComImport, Guid("6e011153-63d9-4b86-ba97-e55d152b221d"), CoClass(typeof(DNSBlackListClass))]
    public interface DNSBlackList : IInterfaceDNSBlackList
    {
    }

    [Guid("e5907f7d-f13e-4d8a-a7de-a29717c75a8f")]
    public class DNSBlackListClass : Postroom.RemoteObject, IInterfaceDNSBlackList, DNSBlackList
    {
        public DNSBlackListClass() : base("hMailServer.DNSBlackList")
        {
        }

        internal DNSBlackListClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool Active { get { return Convert.ToBoolean(Get("Active")); } set { Put("Active", value); } }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string DNSHost { get { return (string)(Get("DNSHost") ?? ""); } set { Put("DNSHost", value); } }

        public virtual string RejectMessage { get { return (string)(Get("RejectMessage") ?? ""); } set { Put("RejectMessage", value); } }

        public virtual string ExpectedResult { get { return (string)(Get("ExpectedResult") ?? ""); } set { Put("ExpectedResult", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual int Score { get { return Convert.ToInt32(Get("Score")); } set { Put("Score", value); } }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("6b87d71f-93b7-4163-aa89-da999a5a7239")]
    public interface IInterfaceDNSBlackLists
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        DNSBlackList this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        DNSBlackList Add();
        [DispId(5)]
        DNSBlackList get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
        [DispId(7)]
        DNSBlackList get_ItemByDNSHost(string @sDNSHost);
    }

    [ComImport, Guid("6b87d71f-93b7-4163-aa89-da999a5a7239"), CoClass(typeof(DNSBlackListsClass))]
    public interface DNSBlackLists : IInterfaceDNSBlackLists
    {
    }

    [Guid("39ecffb4-b9ee-46c2-a84b-32d679fb3c82")]
    public class DNSBlackListsClass : Postroom.RemoteObject, IInterfaceDNSBlackLists, DNSBlackLists
    {
        public DNSBlackListsClass() : base("hMailServer.DNSBlackLists")
        {
        }

        internal DNSBlackListsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual DNSBlackList this[int @Index] { get { return (DNSBlackList)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual DNSBlackList Add() { return (DNSBlackList)Call("Add"); }

        public virtual DNSBlackList get_ItemByDBID(int @DBID) { return (DNSBlackList)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual DNSBlackList get_ItemByDNSHost(string @sDNSHost) { return (DNSBlackList)Get("ItemByDNSHost", @sDNSHost); }
    }

    [ComImport, Guid("90471f47-fe77-46c7-addb-f800b7ed0f66")]
    public interface IInterfaceDatabase
    {
        [DispId(1)]
        int RequiredVersion { get; }
        [DispId(2)]
        int CurrentVersion { get; }
        [DispId(3)]
        void ExecuteSQL(string @sSQLStatement);
        [DispId(4)]
        eDBtype DatabaseType { get; }
        [DispId(5)]
        string UtilGetFileNameByMessageID(long @MessageID);
        [DispId(6)]
        bool RequiresUpgrade { get; }
        [DispId(7)]
        void CreateInternalDatabase();
        [DispId(8)]
        void CreateExternalDatabase(eDBtype @ServerType, string @ServerName, int @lPort, string @DatabaseName, string @Username, string @Password);
        [DispId(9)]
        bool DatabaseExists { get; }
        [DispId(10)]
        void BeginTransaction();
        [DispId(11)]
        void CommitTransaction();
        [DispId(12)]
        void RollbackTransaction();
        [DispId(13)]
        void ExecuteSQLScript(string @sFilename);
        [DispId(14)]
        void SetDefaultDatabase(eDBtype @ServerType, string @ServerName, int @lPort, string @DatabaseName, string @Username, string @Password);
        [DispId(15)]
        bool IsConnected { get; }
        [DispId(16)]
        string ServerName { get; }
        [DispId(17)]
        string DatabaseName { get; }
        [DispId(18)]
        int ExecuteSQLWithReturn(string @sSQLStatement);
        [DispId(19)]
        void EnsurePrerequisites(int @DBVersion);
    }

    [ComImport, Guid("90471f47-fe77-46c7-addb-f800b7ed0f66"), CoClass(typeof(DatabaseClass))]
    public interface Database : IInterfaceDatabase
    {
    }

    [Guid("2f5bef2e-c713-4826-88ae-a5fd9921907b")]
    public class DatabaseClass : Postroom.RemoteObject, IInterfaceDatabase, Database
    {
        public DatabaseClass() : base("hMailServer.Database")
        {
        }

        internal DatabaseClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int RequiredVersion { get { return Convert.ToInt32(Get("RequiredVersion")); } }

        public virtual int CurrentVersion { get { return Convert.ToInt32(Get("CurrentVersion")); } }

        public virtual void ExecuteSQL(string @sSQLStatement) { Call("ExecuteSQL", @sSQLStatement); }

        public virtual eDBtype DatabaseType { get { return (eDBtype)Convert.ToInt32(Get("DatabaseType")); } }

        public virtual string UtilGetFileNameByMessageID(long @MessageID) { return (string)(Call("UtilGetFileNameByMessageID", @MessageID) ?? ""); }

        public virtual bool RequiresUpgrade { get { return Convert.ToBoolean(Get("RequiresUpgrade")); } }

        public virtual void CreateInternalDatabase() { Call("CreateInternalDatabase"); }

        public virtual void CreateExternalDatabase(eDBtype @ServerType, string @ServerName, int @lPort, string @DatabaseName, string @Username, string @Password) { Call("CreateExternalDatabase", @ServerType, @ServerName, @lPort, @DatabaseName, @Username, @Password); }

        public virtual bool DatabaseExists { get { return Convert.ToBoolean(Get("DatabaseExists")); } }

        public virtual void BeginTransaction() { Call("BeginTransaction"); }

        public virtual void CommitTransaction() { Call("CommitTransaction"); }

        public virtual void RollbackTransaction() { Call("RollbackTransaction"); }

        public virtual void ExecuteSQLScript(string @sFilename) { Call("ExecuteSQLScript", @sFilename); }

        public virtual void SetDefaultDatabase(eDBtype @ServerType, string @ServerName, int @lPort, string @DatabaseName, string @Username, string @Password) { Call("SetDefaultDatabase", @ServerType, @ServerName, @lPort, @DatabaseName, @Username, @Password); }

        public virtual bool IsConnected { get { return Convert.ToBoolean(Get("IsConnected")); } }

        public virtual string ServerName { get { return (string)(Get("ServerName") ?? ""); } }

        public virtual string DatabaseName { get { return (string)(Get("DatabaseName") ?? ""); } }

        public virtual int ExecuteSQLWithReturn(string @sSQLStatement) { return Convert.ToInt32(Call("ExecuteSQLWithReturn", @sSQLStatement)); }

        public virtual void EnsurePrerequisites(int @DBVersion) { Call("EnsurePrerequisites", @DBVersion); }
    }

    [ComImport, Guid("b870f27a-ca77-473c-8106-a9f296f342a5")]
    public interface IInterfaceDeliveryQueue
    {
        [DispId(1)]
        void Clear();
        [DispId(2)]
        void ResetDeliveryTime(long @iMessageID);
        [DispId(3)]
        void StartDelivery();
        [DispId(4)]
        void Remove(long @iMessageID);
    }

    [ComImport, Guid("b870f27a-ca77-473c-8106-a9f296f342a5"), CoClass(typeof(DeliveryQueueClass))]
    public interface DeliveryQueue : IInterfaceDeliveryQueue
    {
    }

    [Guid("27473bb7-4272-4693-aca6-fd9d4c9c3fc5")]
    public class DeliveryQueueClass : Postroom.RemoteObject, IInterfaceDeliveryQueue, DeliveryQueue
    {
        public DeliveryQueueClass() : base("hMailServer.DeliveryQueue")
        {
        }

        internal DeliveryQueueClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual void Clear() { Call("Clear"); }

        public virtual void ResetDeliveryTime(long @iMessageID) { Call("ResetDeliveryTime", @iMessageID); }

        public virtual void StartDelivery() { Call("StartDelivery"); }

        public virtual void Remove(long @iMessageID) { Call("Remove", @iMessageID); }
    }

    [ComImport, Guid("7e97deec-29b3-4ada-8524-ea8ceee38918")]
    public interface IInterfaceDiagnosticResult
    {
        [DispId(1)]
        string Name { get; }
        [DispId(2)]
        string Description { get; }
        [DispId(3)]
        string ExecutionDetails { get; }
        [DispId(4)]
        bool Result { get; }
    }

    [ComImport, Guid("7e97deec-29b3-4ada-8524-ea8ceee38918"), CoClass(typeof(DiagnosticResultClass))]
    public interface DiagnosticResult : IInterfaceDiagnosticResult
    {
    }

    [Guid("430c3328-6348-4a86-8e12-74b5b5eff48d")]
    public class DiagnosticResultClass : Postroom.RemoteObject, IInterfaceDiagnosticResult, DiagnosticResult
    {
        public DiagnosticResultClass() : base("hMailServer.DiagnosticResult")
        {
        }

        internal DiagnosticResultClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } }

        public virtual string Description { get { return (string)(Get("Description") ?? ""); } }

        public virtual string ExecutionDetails { get { return (string)(Get("ExecutionDetails") ?? ""); } }

        public virtual bool Result { get { return Convert.ToBoolean(Get("Result")); } }
    }

    [ComImport, Guid("27edfa15-cd0b-40c9-86d0-1bb11b3a1310")]
    public interface IInterfaceDiagnosticResults
    {
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        DiagnosticResult get_Item(int @Index);
    }

    [ComImport, Guid("27edfa15-cd0b-40c9-86d0-1bb11b3a1310"), CoClass(typeof(DiagnosticResultsClass))]
    public interface DiagnosticResults : IInterfaceDiagnosticResults
    {
    }

    [Guid("3ac49bb3-3f3c-4d82-ac0f-28464c408ea9")]
    public class DiagnosticResultsClass : Postroom.RemoteObject, IInterfaceDiagnosticResults, DiagnosticResults
    {
        public DiagnosticResultsClass() : base("hMailServer.DiagnosticResults")
        {
        }

        internal DiagnosticResultsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual DiagnosticResult get_Item(int @Index) { return (DiagnosticResult)Get("Item", @Index); }
    }

    [ComImport, Guid("fb8812b0-524a-4922-9e29-a7e9a9e9151d")]
    public interface IInterfaceDiagnostics
    {
        [DispId(1)]
        DiagnosticResults PerformTests();
        [DispId(2)]
        string LocalDomainName { get; set; }
        [DispId(3)]
        string TestDomainName { get; set; }
    }

    [ComImport, Guid("fb8812b0-524a-4922-9e29-a7e9a9e9151d"), CoClass(typeof(DiagnosticsClass))]
    public interface Diagnostics : IInterfaceDiagnostics
    {
    }

    [Guid("eb576b35-8f97-47ab-a0d1-80a3d514610b")]
    public class DiagnosticsClass : Postroom.RemoteObject, IInterfaceDiagnostics, Diagnostics
    {
        public DiagnosticsClass() : base("hMailServer.Diagnostics")
        {
        }

        internal DiagnosticsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual DiagnosticResults PerformTests() { return (DiagnosticResults)Call("PerformTests"); }

        public virtual string LocalDomainName { get { return (string)(Get("LocalDomainName") ?? ""); } set { Put("LocalDomainName", value); } }

        public virtual string TestDomainName { get { return (string)(Get("TestDomainName") ?? ""); } set { Put("TestDomainName", value); } }
    }

    [ComImport, Guid("48b534f3-2c4e-47f6-8cb0-339676b0abf3")]
    public interface IInterfaceDirectories
    {
        [DispId(1)]
        string ProgramDirectory { get; set; }
        [DispId(2)]
        string DatabaseDirectory { get; set; }
        [DispId(3)]
        string DataDirectory { get; set; }
        [DispId(4)]
        string LogDirectory { get; set; }
        [DispId(5)]
        string TempDirectory { get; set; }
        [DispId(6)]
        string EventDirectory { get; set; }
        [DispId(7)]
        string DBScriptDirectory { get; }
    }

    [ComImport, Guid("48b534f3-2c4e-47f6-8cb0-339676b0abf3"), CoClass(typeof(DirectoriesClass))]
    public interface Directories : IInterfaceDirectories
    {
    }

    [Guid("1969a4df-b1b0-4a71-8196-5fd392ca3d8a")]
    public class DirectoriesClass : Postroom.RemoteObject, IInterfaceDirectories, Directories
    {
        public DirectoriesClass() : base("hMailServer.Directories")
        {
        }

        internal DirectoriesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string ProgramDirectory { get { return (string)(Get("ProgramDirectory") ?? ""); } set { Put("ProgramDirectory", value); } }

        public virtual string DatabaseDirectory { get { return (string)(Get("DatabaseDirectory") ?? ""); } set { Put("DatabaseDirectory", value); } }

        public virtual string DataDirectory { get { return (string)(Get("DataDirectory") ?? ""); } set { Put("DataDirectory", value); } }

        public virtual string LogDirectory { get { return (string)(Get("LogDirectory") ?? ""); } set { Put("LogDirectory", value); } }

        public virtual string TempDirectory { get { return (string)(Get("TempDirectory") ?? ""); } set { Put("TempDirectory", value); } }

        public virtual string EventDirectory { get { return (string)(Get("EventDirectory") ?? ""); } set { Put("EventDirectory", value); } }

        public virtual string DBScriptDirectory { get { return (string)(Get("DBScriptDirectory") ?? ""); } }
    }

    [ComImport, Guid("8251393d-27d8-4df2-8a05-949c11d42c09")]
    public interface IInterfaceDistributionList
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        void Delete();
        [DispId(4)]
        void Save();
        [DispId(5)]
        bool Active { get; set; }
        [DispId(6)]
        DistributionListRecipients Recipients { get; }
        [DispId(7)]
        string Address { get; set; }
        [DispId(8)]
        bool RequireSMTPAuth { get; set; }
        [DispId(9)]
        string RequireSenderAddress { get; set; }
        [DispId(10)]
        eDistributionListMode Mode { get; set; }
    }

    [ComImport, Guid("8251393d-27d8-4df2-8a05-949c11d42c09"), CoClass(typeof(DistributionListClass))]
    public interface DistributionList : IInterfaceDistributionList
    {
    }

    [Guid("990d27ed-86ce-4dcb-b1c1-1e130c07f918")]
    public class DistributionListClass : Postroom.RemoteObject, IInterfaceDistributionList, DistributionList
    {
        public DistributionListClass() : base("hMailServer.DistributionList")
        {
        }

        internal DistributionListClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual void Save() { Call("Save"); }

        public virtual bool Active { get { return Convert.ToBoolean(Get("Active")); } set { Put("Active", value); } }

        public virtual DistributionListRecipients Recipients { get { return (DistributionListRecipients)Get("Recipients"); } }

        public virtual string Address { get { return (string)(Get("Address") ?? ""); } set { Put("Address", value); } }

        public virtual bool RequireSMTPAuth { get { return Convert.ToBoolean(Get("RequireSMTPAuth")); } set { Put("RequireSMTPAuth", value); } }

        public virtual string RequireSenderAddress { get { return (string)(Get("RequireSenderAddress") ?? ""); } set { Put("RequireSenderAddress", value); } }

        public virtual eDistributionListMode Mode { get { return (eDistributionListMode)Convert.ToInt32(Get("Mode")); } set { Put("Mode", value); } }
    }

    [ComImport, Guid("6dd90cb4-5e1e-45c8-9748-28a020a13e4d")]
    public interface IInterfaceDistributionListRecipient
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string RecipientAddress { get; set; }
        [DispId(3)]
        void Delete();
        [DispId(4)]
        void Save();
    }

    [ComImport, Guid("6dd90cb4-5e1e-45c8-9748-28a020a13e4d"), CoClass(typeof(DistributionListRecipientClass))]
    public interface DistributionListRecipient : IInterfaceDistributionListRecipient
    {
    }

    [Guid("0886d5d8-4c1c-46f1-bc7b-eedc9fe9dffa")]
    public class DistributionListRecipientClass : Postroom.RemoteObject, IInterfaceDistributionListRecipient, DistributionListRecipient
    {
        public DistributionListRecipientClass() : base("hMailServer.DistributionListRecipient")
        {
        }

        internal DistributionListRecipientClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string RecipientAddress { get { return (string)(Get("RecipientAddress") ?? ""); } set { Put("RecipientAddress", value); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual void Save() { Call("Save"); }
    }

    [ComImport, Guid("f8759d53-9d91-47ea-a8c2-a9af151e1fd4")]
    public interface IInterfaceDistributionListRecipients
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        DistributionListRecipient this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        DistributionListRecipient get_ItemByDBID(int @DBID);
        [DispId(3)]
        DistributionListRecipient Add();
        [DispId(4)]
        void DeleteByDBID(int @lDBID);
    }

    [ComImport, Guid("f8759d53-9d91-47ea-a8c2-a9af151e1fd4"), CoClass(typeof(DistributionListRecipientsClass))]
    public interface DistributionListRecipients : IInterfaceDistributionListRecipients
    {
    }

    [Guid("ab59f3c1-4904-4f1d-883a-4bfc699a7d0b")]
    public class DistributionListRecipientsClass : Postroom.RemoteObject, IInterfaceDistributionListRecipients, DistributionListRecipients
    {
        public DistributionListRecipientsClass() : base("hMailServer.DistributionListRecipients")
        {
        }

        internal DistributionListRecipientsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual DistributionListRecipient this[int @Index] { get { return (DistributionListRecipient)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual DistributionListRecipient get_ItemByDBID(int @DBID) { return (DistributionListRecipient)Get("ItemByDBID", @DBID); }

        public virtual DistributionListRecipient Add() { return (DistributionListRecipient)Call("Add"); }

        public virtual void DeleteByDBID(int @lDBID) { Call("DeleteByDBID", @lDBID); }
    }

    [ComImport, Guid("8f0e22b8-0824-42df-9260-f8b9abfa8c61")]
    public interface IInterfaceDistributionLists
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        DistributionList this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        DistributionList get_ItemByDBID(int @DBID);
        [DispId(3)]
        DistributionList Add();
        [DispId(4)]
        void DeleteByDBID(int @lDBID);
        [DispId(5)]
        DistributionList get_ItemByAddress(string @sAddress);
        [DispId(6)]
        void Refresh();
    }

    [ComImport, Guid("8f0e22b8-0824-42df-9260-f8b9abfa8c61"), CoClass(typeof(DistributionListsClass))]
    public interface DistributionLists : IInterfaceDistributionLists
    {
    }

    [Guid("c3dd0a4a-0551-442f-859a-76aab92a6cf1")]
    public class DistributionListsClass : Postroom.RemoteObject, IInterfaceDistributionLists, DistributionLists
    {
        public DistributionListsClass() : base("hMailServer.DistributionLists")
        {
        }

        internal DistributionListsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual DistributionList this[int @Index] { get { return (DistributionList)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual DistributionList get_ItemByDBID(int @DBID) { return (DistributionList)Get("ItemByDBID", @DBID); }

        public virtual DistributionList Add() { return (DistributionList)Call("Add"); }

        public virtual void DeleteByDBID(int @lDBID) { Call("DeleteByDBID", @lDBID); }

        public virtual DistributionList get_ItemByAddress(string @sAddress) { return (DistributionList)Get("ItemByAddress", @sAddress); }

        public virtual void Refresh() { Call("Refresh"); }
    }

    [ComImport, Guid("3f50c3af-67c0-4628-91d6-e2eac7786830")]
    public interface IInterfaceDomain
    {
        [DispId(1)]
        string Name { get; set; }
        [DispId(2)]
        void Save();
        [DispId(3)]
        int ID { get; }
        [DispId(4)]
        bool Active { get; set; }
        [DispId(5)]
        Accounts Accounts { get; }
        [DispId(6)]
        void Delete();
        [DispId(7)]
        Aliases Aliases { get; }
        [DispId(9)]
        DistributionLists DistributionLists { get; }
        [DispId(10)]
        string Postmaster { get; set; }
        [DispId(11)]
        DomainAliases DomainAliases { get; }
        [DispId(12)]
        string ADDomainName { get; set; }
        [DispId(13)]
        void SynchronizeDirectory();
        [DispId(14)]
        int MaxMessageSize { get; set; }
        [DispId(15)]
        bool PlusAddressingEnabled { get; set; }
        [DispId(16)]
        string PlusAddressingCharacter { get; set; }
        [DispId(17)]
        bool AntiSpamEnableGreylisting { get; set; }
        [DispId(18)]
        int MaxSize { get; set; }
        [DispId(19)]
        int Size { get; }
        [DispId(20)]
        long AllocatedSize { get; }
        [DispId(21)]
        bool SignatureEnabled { get; set; }
        [DispId(22)]
        eDomainSignatureMethod SignatureMethod { get; set; }
        [DispId(23)]
        string SignaturePlainText { get; set; }
        [DispId(24)]
        string SignatureHTML { get; set; }
        [DispId(25)]
        bool AddSignaturesToReplies { get; set; }
        [DispId(26)]
        bool AddSignaturesToLocalMail { get; set; }
        [DispId(27)]
        int MaxNumberOfAccounts { get; set; }
        [DispId(28)]
        int MaxNumberOfAliases { get; set; }
        [DispId(29)]
        int MaxNumberOfDistributionLists { get; set; }
        [DispId(30)]
        bool MaxNumberOfAccountsEnabled { get; set; }
        [DispId(31)]
        bool MaxNumberOfAliasesEnabled { get; set; }
        [DispId(32)]
        bool MaxNumberOfDistributionListsEnabled { get; set; }
        [DispId(33)]
        int MaxAccountSize { get; set; }
        [DispId(34)]
        bool DKIMSignEnabled { get; set; }
        [DispId(35)]
        string DKIMSelector { get; set; }
        [DispId(36)]
        string DKIMPrivateKeyFile { get; set; }
        [DispId(37)]
        eDKIMCanonicalizationMethod DKIMHeaderCanonicalizationMethod { get; set; }
        [DispId(38)]
        eDKIMCanonicalizationMethod DKIMBodyCanonicalizationMethod { get; set; }
        [DispId(39)]
        eDKIMAlgorithm DKIMSigningAlgorithm { get; set; }
    }

    [ComImport, Guid("3f50c3af-67c0-4628-91d6-e2eac7786830"), CoClass(typeof(DomainClass))]
    public interface Domain : IInterfaceDomain
    {
    }

    [Guid("c535e4af-9db3-41fc-b434-ffcdae0efbd5")]
    public class DomainClass : Postroom.RemoteObject, IInterfaceDomain, Domain
    {
        public DomainClass() : base("hMailServer.Domain")
        {
        }

        internal DomainClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual bool Active { get { return Convert.ToBoolean(Get("Active")); } set { Put("Active", value); } }

        public virtual Accounts Accounts { get { return (Accounts)Get("Accounts"); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual Aliases Aliases { get { return (Aliases)Get("Aliases"); } }

        public virtual DistributionLists DistributionLists { get { return (DistributionLists)Get("DistributionLists"); } }

        public virtual string Postmaster { get { return (string)(Get("Postmaster") ?? ""); } set { Put("Postmaster", value); } }

        public virtual DomainAliases DomainAliases { get { return (DomainAliases)Get("DomainAliases"); } }

        public virtual string ADDomainName { get { return (string)(Get("ADDomainName") ?? ""); } set { Put("ADDomainName", value); } }

        public virtual void SynchronizeDirectory() { Call("SynchronizeDirectory"); }

        public virtual int MaxMessageSize { get { return Convert.ToInt32(Get("MaxMessageSize")); } set { Put("MaxMessageSize", value); } }

        public virtual bool PlusAddressingEnabled { get { return Convert.ToBoolean(Get("PlusAddressingEnabled")); } set { Put("PlusAddressingEnabled", value); } }

        public virtual string PlusAddressingCharacter { get { return (string)(Get("PlusAddressingCharacter") ?? ""); } set { Put("PlusAddressingCharacter", value); } }

        public virtual bool AntiSpamEnableGreylisting { get { return Convert.ToBoolean(Get("AntiSpamEnableGreylisting")); } set { Put("AntiSpamEnableGreylisting", value); } }

        public virtual int MaxSize { get { return Convert.ToInt32(Get("MaxSize")); } set { Put("MaxSize", value); } }

        public virtual int Size { get { return Convert.ToInt32(Get("Size")); } }

        public virtual long AllocatedSize { get { return Convert.ToInt64(Get("AllocatedSize")); } }

        public virtual bool SignatureEnabled { get { return Convert.ToBoolean(Get("SignatureEnabled")); } set { Put("SignatureEnabled", value); } }

        public virtual eDomainSignatureMethod SignatureMethod { get { return (eDomainSignatureMethod)Convert.ToInt32(Get("SignatureMethod")); } set { Put("SignatureMethod", value); } }

        public virtual string SignaturePlainText { get { return (string)(Get("SignaturePlainText") ?? ""); } set { Put("SignaturePlainText", value); } }

        public virtual string SignatureHTML { get { return (string)(Get("SignatureHTML") ?? ""); } set { Put("SignatureHTML", value); } }

        public virtual bool AddSignaturesToReplies { get { return Convert.ToBoolean(Get("AddSignaturesToReplies")); } set { Put("AddSignaturesToReplies", value); } }

        public virtual bool AddSignaturesToLocalMail { get { return Convert.ToBoolean(Get("AddSignaturesToLocalMail")); } set { Put("AddSignaturesToLocalMail", value); } }

        public virtual int MaxNumberOfAccounts { get { return Convert.ToInt32(Get("MaxNumberOfAccounts")); } set { Put("MaxNumberOfAccounts", value); } }

        public virtual int MaxNumberOfAliases { get { return Convert.ToInt32(Get("MaxNumberOfAliases")); } set { Put("MaxNumberOfAliases", value); } }

        public virtual int MaxNumberOfDistributionLists { get { return Convert.ToInt32(Get("MaxNumberOfDistributionLists")); } set { Put("MaxNumberOfDistributionLists", value); } }

        public virtual bool MaxNumberOfAccountsEnabled { get { return Convert.ToBoolean(Get("MaxNumberOfAccountsEnabled")); } set { Put("MaxNumberOfAccountsEnabled", value); } }

        public virtual bool MaxNumberOfAliasesEnabled { get { return Convert.ToBoolean(Get("MaxNumberOfAliasesEnabled")); } set { Put("MaxNumberOfAliasesEnabled", value); } }

        public virtual bool MaxNumberOfDistributionListsEnabled { get { return Convert.ToBoolean(Get("MaxNumberOfDistributionListsEnabled")); } set { Put("MaxNumberOfDistributionListsEnabled", value); } }

        public virtual int MaxAccountSize { get { return Convert.ToInt32(Get("MaxAccountSize")); } set { Put("MaxAccountSize", value); } }

        public virtual bool DKIMSignEnabled { get { return Convert.ToBoolean(Get("DKIMSignEnabled")); } set { Put("DKIMSignEnabled", value); } }

        public virtual string DKIMSelector { get { return (string)(Get("DKIMSelector") ?? ""); } set { Put("DKIMSelector", value); } }

        public virtual string DKIMPrivateKeyFile { get { return (string)(Get("DKIMPrivateKeyFile") ?? ""); } set { Put("DKIMPrivateKeyFile", value); } }

        public virtual eDKIMCanonicalizationMethod DKIMHeaderCanonicalizationMethod { get { return (eDKIMCanonicalizationMethod)Convert.ToInt32(Get("DKIMHeaderCanonicalizationMethod")); } set { Put("DKIMHeaderCanonicalizationMethod", value); } }

        public virtual eDKIMCanonicalizationMethod DKIMBodyCanonicalizationMethod { get { return (eDKIMCanonicalizationMethod)Convert.ToInt32(Get("DKIMBodyCanonicalizationMethod")); } set { Put("DKIMBodyCanonicalizationMethod", value); } }

        public virtual eDKIMAlgorithm DKIMSigningAlgorithm { get { return (eDKIMAlgorithm)Convert.ToInt32(Get("DKIMSigningAlgorithm")); } set { Put("DKIMSigningAlgorithm", value); } }
    }

    [ComImport, Guid("8fd251d8-aaf1-4143-b185-e6c1bf281826")]
    public interface IInterfaceDomainAlias
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string AliasName { get; set; }
        [DispId(3)]
        int DomainID { get; set; }
        [DispId(4)]
        void Save();
        [DispId(5)]
        void Delete();
    }

    [ComImport, Guid("8fd251d8-aaf1-4143-b185-e6c1bf281826"), CoClass(typeof(DomainAliasClass))]
    public interface DomainAlias : IInterfaceDomainAlias
    {
    }

    [Guid("d0061c74-5588-4796-b564-fe5de85495dc")]
    public class DomainAliasClass : Postroom.RemoteObject, IInterfaceDomainAlias, DomainAlias
    {
        public DomainAliasClass() : base("hMailServer.DomainAlias")
        {
        }

        internal DomainAliasClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string AliasName { get { return (string)(Get("AliasName") ?? ""); } set { Put("AliasName", value); } }

        public virtual int DomainID { get { return Convert.ToInt32(Get("DomainID")); } set { Put("DomainID", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("e4100c8d-e956-449c-a96d-261ddc33ae4f")]
    public interface IInterfaceDomainAliases
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        DomainAlias this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        DomainAlias get_ItemByDBID(int @DBID);
        [DispId(3)]
        void Refresh();
        [DispId(4)]
        void Delete(int @Index);
        [DispId(5)]
        void DeleteByDBID(int @DBID);
        [DispId(6)]
        DomainAlias Add();
    }

    [ComImport, Guid("e4100c8d-e956-449c-a96d-261ddc33ae4f"), CoClass(typeof(DomainAliasesClass))]
    public interface DomainAliases : IInterfaceDomainAliases
    {
    }

    [Guid("dc25b3ad-0360-49ca-ad4b-06fa42b9df04")]
    public class DomainAliasesClass : Postroom.RemoteObject, IInterfaceDomainAliases, DomainAliases
    {
        public DomainAliasesClass() : base("hMailServer.DomainAliases")
        {
        }

        internal DomainAliasesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual DomainAlias this[int @Index] { get { return (DomainAlias)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual DomainAlias get_ItemByDBID(int @DBID) { return (DomainAlias)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual void Delete(int @Index) { Call("Delete", @Index); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual DomainAlias Add() { return (DomainAlias)Call("Add"); }
    }

    [ComImport, Guid("2cdfd68f-62f2-49cf-a14a-505e7f68ee9c")]
    public interface IInterfaceDomains
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Domain this[int @Index] { get; }
        [DispId(1)]
        void Refresh();
        [DispId(2)]
        int Count { get; }
        [DispId(3)]
        Domain Add();
        [DispId(4)]
        Domain get_ItemByName(string @ItemName);
        [DispId(5)]
        Domain get_ItemByDBID(int @DBID);
        [DispId(6)]
        string Names { get; }
        [DispId(7)]
        void DeleteByDBID(int @DBID);
    }

    [ComImport, Guid("2cdfd68f-62f2-49cf-a14a-505e7f68ee9c"), CoClass(typeof(DomainsClass))]
    public interface Domains : IInterfaceDomains
    {
    }

    [Guid("82afd03c-58a4-4f04-8277-6b2812780e45")]
    public class DomainsClass : Postroom.RemoteObject, IInterfaceDomains, Domains
    {
        public DomainsClass() : base("hMailServer.Domains")
        {
        }

        internal DomainsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Domain this[int @Index] { get { return (Domain)Get("Item", @Index); } }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual Domain Add() { return (Domain)Call("Add"); }

        public virtual Domain get_ItemByName(string @ItemName) { return (Domain)Get("ItemByName", @ItemName); }

        public virtual Domain get_ItemByDBID(int @DBID) { return (Domain)Get("ItemByDBID", @DBID); }

        public virtual string Names { get { return (string)(Get("Names") ?? ""); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }
    }

    [ComImport, Guid("2173a96c-a350-4342-a852-f4a059d7716a")]
    public interface IInterfaceEventLog
    {
        [DispId(1)]
        void Write(string @sMessage);
    }

    [ComImport, Guid("2173a96c-a350-4342-a852-f4a059d7716a"), CoClass(typeof(EventLogClass))]
    public interface EventLog : IInterfaceEventLog
    {
    }

    [Guid("d8d10bf8-87fd-4d1b-b937-23a420cf064e")]
    public class EventLogClass : Postroom.RemoteObject, IInterfaceEventLog, EventLog
    {
        public EventLogClass() : base("hMailServer.EventLog")
        {
        }

        internal EventLogClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual void Write(string @sMessage) { Call("Write", @sMessage); }
    }

    [ComImport, Guid("752c1f5e-74dd-424f-ab60-07d9abb5b7a4")]
    public interface IInterfaceFetchAccount
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string Name { get; set; }
        [DispId(3)]
        string ServerAddress { get; set; }
        [DispId(4)]
        int Port { get; set; }
        [DispId(5)]
        int ServerType { get; set; }
        [DispId(6)]
        string Username { get; set; }
        [DispId(7)]
        string Password { get; set; }
        [DispId(8)]
        int MinutesBetweenFetch { get; set; }
        [DispId(9)]
        int DaysToKeepMessages { get; set; }
        [DispId(10)]
        void Save();
        [DispId(11)]
        int AccountID { get; set; }
        [DispId(12)]
        bool Enabled { get; set; }
        [DispId(13)]
        bool ProcessMIMERecipients { get; set; }
        [DispId(14)]
        void DownloadNow();
        [DispId(15)]
        bool ProcessMIMEDate { get; set; }
        [DispId(16)]
        bool UseSSL { get; set; }
        [DispId(17)]
        void Delete();
        [DispId(18)]
        string NextDownloadTime { get; }
        [DispId(19)]
        bool UseAntiSpam { get; set; }
        [DispId(20)]
        bool UseAntiVirus { get; set; }
        [DispId(21)]
        bool EnableRouteRecipients { get; set; }
        [DispId(22)]
        bool IsLocked { get; }
        [DispId(23)]
        eConnectionSecurity ConnectionSecurity { get; set; }
        [DispId(24)]
        string MIMERecipientHeaders { get; set; }
    }

    [ComImport, Guid("752c1f5e-74dd-424f-ab60-07d9abb5b7a4"), CoClass(typeof(FetchAccountClass))]
    public interface FetchAccount : IInterfaceFetchAccount
    {
    }

    [Guid("6f5e2977-2f51-40b0-847b-dd44c9acc5a5")]
    public class FetchAccountClass : Postroom.RemoteObject, IInterfaceFetchAccount, FetchAccount
    {
        public FetchAccountClass() : base("hMailServer.FetchAccount")
        {
        }

        internal FetchAccountClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual string ServerAddress { get { return (string)(Get("ServerAddress") ?? ""); } set { Put("ServerAddress", value); } }

        public virtual int Port { get { return Convert.ToInt32(Get("Port")); } set { Put("Port", value); } }

        public virtual int ServerType { get { return Convert.ToInt32(Get("ServerType")); } set { Put("ServerType", value); } }

        public virtual string Username { get { return (string)(Get("Username") ?? ""); } set { Put("Username", value); } }

        public virtual string Password { get { return (string)(Get("Password") ?? ""); } set { Put("Password", value); } }

        public virtual int MinutesBetweenFetch { get { return Convert.ToInt32(Get("MinutesBetweenFetch")); } set { Put("MinutesBetweenFetch", value); } }

        public virtual int DaysToKeepMessages { get { return Convert.ToInt32(Get("DaysToKeepMessages")); } set { Put("DaysToKeepMessages", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual int AccountID { get { return Convert.ToInt32(Get("AccountID")); } set { Put("AccountID", value); } }

        public virtual bool Enabled { get { return Convert.ToBoolean(Get("Enabled")); } set { Put("Enabled", value); } }

        public virtual bool ProcessMIMERecipients { get { return Convert.ToBoolean(Get("ProcessMIMERecipients")); } set { Put("ProcessMIMERecipients", value); } }

        public virtual void DownloadNow() { Call("DownloadNow"); }

        public virtual bool ProcessMIMEDate { get { return Convert.ToBoolean(Get("ProcessMIMEDate")); } set { Put("ProcessMIMEDate", value); } }

        public virtual bool UseSSL { get { return Convert.ToBoolean(Get("UseSSL")); } set { Put("UseSSL", value); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual string NextDownloadTime { get { return (string)(Get("NextDownloadTime") ?? ""); } }

        public virtual bool UseAntiSpam { get { return Convert.ToBoolean(Get("UseAntiSpam")); } set { Put("UseAntiSpam", value); } }

        public virtual bool UseAntiVirus { get { return Convert.ToBoolean(Get("UseAntiVirus")); } set { Put("UseAntiVirus", value); } }

        public virtual bool EnableRouteRecipients { get { return Convert.ToBoolean(Get("EnableRouteRecipients")); } set { Put("EnableRouteRecipients", value); } }

        public virtual bool IsLocked { get { return Convert.ToBoolean(Get("IsLocked")); } }

        public virtual eConnectionSecurity ConnectionSecurity { get { return (eConnectionSecurity)Convert.ToInt32(Get("ConnectionSecurity")); } set { Put("ConnectionSecurity", value); } }

        public virtual string MIMERecipientHeaders { get { return (string)(Get("MIMERecipientHeaders") ?? ""); } set { Put("MIMERecipientHeaders", value); } }
    }

    [ComImport, Guid("1517e0be-5226-46cc-8c2a-bb16b680ff48")]
    public interface IInterfaceFetchAccounts
    {
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        FetchAccount get_ItemByDBID(int @DBID);
        [DispId(3)]
        FetchAccount get_Item(int @Index);
        [DispId(5)]
        void Refresh();
        [DispId(6)]
        void Delete(int @Index);
        [DispId(7)]
        void DeleteByDBID(int @DBID);
        [DispId(8)]
        FetchAccount Add();
    }

    [ComImport, Guid("1517e0be-5226-46cc-8c2a-bb16b680ff48"), CoClass(typeof(FetchAccountsClass))]
    public interface FetchAccounts : IInterfaceFetchAccounts
    {
    }

    [Guid("f17c3a00-a7a0-4519-aedd-dcc3b8de6a3d")]
    public class FetchAccountsClass : Postroom.RemoteObject, IInterfaceFetchAccounts, FetchAccounts
    {
        public FetchAccountsClass() : base("hMailServer.FetchAccounts")
        {
        }

        internal FetchAccountsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual FetchAccount get_ItemByDBID(int @DBID) { return (FetchAccount)Get("ItemByDBID", @DBID); }

        public virtual FetchAccount get_Item(int @Index) { return (FetchAccount)Get("Item", @Index); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual void Delete(int @Index) { Call("Delete", @Index); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual FetchAccount Add() { return (FetchAccount)Call("Add"); }
    }

    [ComImport, Guid("f0fe3307-66d9-480d-b1b5-3af6cd3c0c8a")]
    public interface IInterfaceGlobalObjects
    {
        [DispId(1)]
        DeliveryQueue DeliveryQueue { get; }
        [DispId(2)]
        Languages Languages { get; }
    }

    [ComImport, Guid("f0fe3307-66d9-480d-b1b5-3af6cd3c0c8a"), CoClass(typeof(GlobalObjectsClass))]
    public interface GlobalObjects : IInterfaceGlobalObjects
    {
    }

    [Guid("d8cc854e-f6f6-402c-adf7-73f4569b9f8b")]
    public class GlobalObjectsClass : Postroom.RemoteObject, IInterfaceGlobalObjects, GlobalObjects
    {
        public GlobalObjectsClass() : base("hMailServer.GlobalObjects")
        {
        }

        internal GlobalObjectsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual DeliveryQueue DeliveryQueue { get { return (DeliveryQueue)Get("DeliveryQueue"); } }

        public virtual Languages Languages { get { return (Languages)Get("Languages"); } }
    }

    [ComImport, Guid("a32df62b-043f-4c0d-81e9-f4cc3cb62f33")]
    public interface IInterfaceGreyListingWhiteAddress
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string IPAddress { get; set; }
        [DispId(3)]
        string Description { get; set; }
        [DispId(4)]
        void Save();
        [DispId(5)]
        void Delete();
    }

    [ComImport, Guid("a32df62b-043f-4c0d-81e9-f4cc3cb62f33"), CoClass(typeof(GreyListingWhiteAddressClass))]
    public interface GreyListingWhiteAddress : IInterfaceGreyListingWhiteAddress
    {
    }

    [Guid("771edd01-0e62-4071-ae72-88e439ec0880")]
    public class GreyListingWhiteAddressClass : Postroom.RemoteObject, IInterfaceGreyListingWhiteAddress, GreyListingWhiteAddress
    {
        public GreyListingWhiteAddressClass() : base("hMailServer.GreyListingWhiteAddress")
        {
        }

        internal GreyListingWhiteAddressClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string IPAddress { get { return (string)(Get("IPAddress") ?? ""); } set { Put("IPAddress", value); } }

        public virtual string Description { get { return (string)(Get("Description") ?? ""); } set { Put("Description", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("d8d54486-4cc5-4240-a4bf-dd68d9c3e85b")]
    public interface IInterfaceGreyListingWhiteAddresses
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        GreyListingWhiteAddress this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        GreyListingWhiteAddress Add();
        [DispId(5)]
        GreyListingWhiteAddress get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
        [DispId(7)]
        GreyListingWhiteAddress get_ItemByName(string @sName);
    }

    [ComImport, Guid("d8d54486-4cc5-4240-a4bf-dd68d9c3e85b"), CoClass(typeof(GreyListingWhiteAddressesClass))]
    public interface GreyListingWhiteAddresses : IInterfaceGreyListingWhiteAddresses
    {
    }

    [Guid("f8bb11b8-5dd1-438e-af29-6e088aa0bd06")]
    public class GreyListingWhiteAddressesClass : Postroom.RemoteObject, IInterfaceGreyListingWhiteAddresses, GreyListingWhiteAddresses
    {
        public GreyListingWhiteAddressesClass() : base("hMailServer.GreyListingWhiteAddresses")
        {
        }

        internal GreyListingWhiteAddressesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual GreyListingWhiteAddress this[int @Index] { get { return (GreyListingWhiteAddress)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual GreyListingWhiteAddress Add() { return (GreyListingWhiteAddress)Call("Add"); }

        public virtual GreyListingWhiteAddress get_ItemByDBID(int @DBID) { return (GreyListingWhiteAddress)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual GreyListingWhiteAddress get_ItemByName(string @sName) { return (GreyListingWhiteAddress)Get("ItemByName", @sName); }
    }

    [ComImport, Guid("096ba43e-55da-44bd-a5ad-693da54222ed")]
    public interface IInterfaceGroup
    {
        [DispId(1)]
        int ID { get; }
        [DispId(4)]
        string Name { get; set; }
        [DispId(5)]
        GroupMembers Members { get; }
        [DispId(7)]
        void Save();
        [DispId(8)]
        void Delete();
    }

    [ComImport, Guid("096ba43e-55da-44bd-a5ad-693da54222ed"), CoClass(typeof(GroupClass))]
    public interface Group : IInterfaceGroup
    {
    }

    [Guid("8f91e8cb-7de5-494f-92bd-a245d8cc7e15")]
    public class GroupClass : Postroom.RemoteObject, IInterfaceGroup, Group
    {
        public GroupClass() : base("hMailServer.Group")
        {
        }

        internal GroupClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual GroupMembers Members { get { return (GroupMembers)Get("Members"); } }

        public virtual void Save() { Call("Save"); }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("ef796379-7192-43cd-b4a5-58e44a4a5b7d")]
    public interface IInterfaceGroupMember
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        int GroupID { get; set; }
        [DispId(3)]
        int AccountID { get; set; }
        [DispId(4)]
        void Save();
        [DispId(5)]
        void Delete();
        [DispId(6)]
        Account Account { get; }
    }

    [ComImport, Guid("ef796379-7192-43cd-b4a5-58e44a4a5b7d"), CoClass(typeof(GroupMemberClass))]
    public interface GroupMember : IInterfaceGroupMember
    {
    }

    [Guid("2af5f36a-6475-43d3-a037-d31c1fea7ba8")]
    public class GroupMemberClass : Postroom.RemoteObject, IInterfaceGroupMember, GroupMember
    {
        public GroupMemberClass() : base("hMailServer.GroupMember")
        {
        }

        internal GroupMemberClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual int GroupID { get { return Convert.ToInt32(Get("GroupID")); } set { Put("GroupID", value); } }

        public virtual int AccountID { get { return Convert.ToInt32(Get("AccountID")); } set { Put("AccountID", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual void Delete() { Call("Delete"); }

        public virtual Account Account { get { return (Account)Get("Account"); } }
    }

    [ComImport, Guid("9002bdc6-bca1-4f37-821c-ae6a70d3046e")]
    public interface IInterfaceGroupMembers
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        GroupMember this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        GroupMember Add();
        [DispId(5)]
        GroupMember get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
    }

    [ComImport, Guid("9002bdc6-bca1-4f37-821c-ae6a70d3046e"), CoClass(typeof(GroupMembersClass))]
    public interface GroupMembers : IInterfaceGroupMembers
    {
    }

    [Guid("19bd0117-d6ef-49b3-aac9-9ce70266aeff")]
    public class GroupMembersClass : Postroom.RemoteObject, IInterfaceGroupMembers, GroupMembers
    {
        public GroupMembersClass() : base("hMailServer.GroupMembers")
        {
        }

        internal GroupMembersClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual GroupMember this[int @Index] { get { return (GroupMember)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual GroupMember Add() { return (GroupMember)Call("Add"); }

        public virtual GroupMember get_ItemByDBID(int @DBID) { return (GroupMember)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }
    }

    [ComImport, Guid("04b3aaaa-2b86-4c71-8a92-2d174055e1f1")]
    public interface IInterfaceGroups
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Group this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        Group Add();
        [DispId(5)]
        Group get_ItemByDBID(int @DBID);
        [DispId(6)]
        Group get_ItemByName(string @Name);
        [DispId(7)]
        void Refresh();
    }

    [ComImport, Guid("04b3aaaa-2b86-4c71-8a92-2d174055e1f1"), CoClass(typeof(GroupsClass))]
    public interface Groups : IInterfaceGroups
    {
    }

    [Guid("7573cf89-df41-4079-91b1-894a0df3e783")]
    public class GroupsClass : Postroom.RemoteObject, IInterfaceGroups, Groups
    {
        public GroupsClass() : base("hMailServer.Groups")
        {
        }

        internal GroupsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Group this[int @Index] { get { return (Group)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual Group Add() { return (Group)Call("Add"); }

        public virtual Group get_ItemByDBID(int @DBID) { return (Group)Get("ItemByDBID", @DBID); }

        public virtual Group get_ItemByName(string @Name) { return (Group)Get("ItemByName", @Name); }

        public virtual void Refresh() { Call("Refresh"); }
    }

    [ComImport, Guid("6eb9e09e-ebe2-4bd7-a8c5-3499257deb0b")]
    public interface IInterfaceIMAPFolder
    {
        [DispId(0)]
        int ID { get; }
        [DispId(1)]
        string Name { get; set; }
        [DispId(2)]
        bool Subscribed { get; set; }
        [DispId(3)]
        Messages Messages { get; }
        [DispId(4)]
        IMAPFolders SubFolders { get; }
        [DispId(6)]
        void Save();
        [DispId(7)]
        int ParentID { get; }
        [DispId(8)]
        IMAPFolderPermissions Permissions { get; }
        [DispId(9)]
        void Delete();
        [DispId(10)]
        int CurrentUID { get; }
        [DispId(11)]
        string CreationTime { get; }
    }

    [ComImport, Guid("6eb9e09e-ebe2-4bd7-a8c5-3499257deb0b"), CoClass(typeof(IMAPFolderClass))]
    public interface IMAPFolder : IInterfaceIMAPFolder
    {
    }

    [Guid("9fca085e-e475-4dee-9d45-5519818dd6e0")]
    public class IMAPFolderClass : Postroom.RemoteObject, IInterfaceIMAPFolder, IMAPFolder
    {
        public IMAPFolderClass() : base("hMailServer.IMAPFolder")
        {
        }

        internal IMAPFolderClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual bool Subscribed { get { return Convert.ToBoolean(Get("Subscribed")); } set { Put("Subscribed", value); } }

        public virtual Messages Messages { get { return (Messages)Get("Messages"); } }

        public virtual IMAPFolders SubFolders { get { return (IMAPFolders)Get("SubFolders"); } }

        public virtual void Save() { Call("Save"); }

        public virtual int ParentID { get { return Convert.ToInt32(Get("ParentID")); } }

        public virtual IMAPFolderPermissions Permissions { get { return (IMAPFolderPermissions)Get("Permissions"); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual int CurrentUID { get { return Convert.ToInt32(Get("CurrentUID")); } }

        public virtual string CreationTime { get { return (string)(Get("CreationTime") ?? ""); } }
    }

    [ComImport, Guid("a951c988-0d2c-42ca-a9d3-fe7a78f1ab25")]
    public interface IInterfaceIMAPFolderPermission
    {
        [DispId(1)]
        int ID { get; }
        [DispId(3)]
        int ShareFolderID { get; }
        [DispId(4)]
        eACLPermissionType PermissionType { get; set; }
        [DispId(5)]
        int PermissionGroupID { get; set; }
        [DispId(6)]
        int PermissionAccountID { get; set; }
        [DispId(7)]
        int Value { get; set; }
        [DispId(8)]
        bool get_Permission(eACLPermission @iType);
        void set_Permission(eACLPermission @iType, bool value);
        [DispId(9)]
        void Save();
        [DispId(10)]
        void Delete();
        [DispId(11)]
        Account Account { get; }
        [DispId(12)]
        Group Group { get; }
    }

    [ComImport, Guid("a951c988-0d2c-42ca-a9d3-fe7a78f1ab25"), CoClass(typeof(IMAPFolderPermissionClass))]
    public interface IMAPFolderPermission : IInterfaceIMAPFolderPermission
    {
    }

    [Guid("d5800098-1033-4d83-9e06-94f6e1b557f9")]
    public class IMAPFolderPermissionClass : Postroom.RemoteObject, IInterfaceIMAPFolderPermission, IMAPFolderPermission
    {
        public IMAPFolderPermissionClass() : base("hMailServer.IMAPFolderPermission")
        {
        }

        internal IMAPFolderPermissionClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual int ShareFolderID { get { return Convert.ToInt32(Get("ShareFolderID")); } }

        public virtual eACLPermissionType PermissionType { get { return (eACLPermissionType)Convert.ToInt32(Get("PermissionType")); } set { Put("PermissionType", value); } }

        public virtual int PermissionGroupID { get { return Convert.ToInt32(Get("PermissionGroupID")); } set { Put("PermissionGroupID", value); } }

        public virtual int PermissionAccountID { get { return Convert.ToInt32(Get("PermissionAccountID")); } set { Put("PermissionAccountID", value); } }

        public virtual int Value { get { return Convert.ToInt32(Get("Value")); } set { Put("Value", value); } }

        public virtual bool get_Permission(eACLPermission @iType) { return Convert.ToBoolean(Get("Permission", @iType)); }

        public virtual void set_Permission(eACLPermission @iType, bool value) { Put("Permission", @iType, value); }

        public virtual void Save() { Call("Save"); }

        public virtual void Delete() { Call("Delete"); }

        public virtual Account Account { get { return (Account)Get("Account"); } }

        public virtual Group Group { get { return (Group)Get("Group"); } }
    }

    [ComImport, Guid("cbe3fe9e-3642-4ba1-9be0-6e766c0de961")]
    public interface IInterfaceIMAPFolderPermissions
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        IMAPFolderPermission this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void Delete(int @Index);
        [DispId(3)]
        void Refresh();
        [DispId(4)]
        IMAPFolderPermission Add();
        [DispId(5)]
        IMAPFolderPermission get_ItemByDBID(int @DBID);
        [DispId(6)]
        void DeleteByDBID(int @DBID);
        [DispId(7)]
        IMAPFolderPermission get_ItemByName(string @Name);
    }

    [ComImport, Guid("cbe3fe9e-3642-4ba1-9be0-6e766c0de961"), CoClass(typeof(IMAPFolderPermissionsClass))]
    public interface IMAPFolderPermissions : IInterfaceIMAPFolderPermissions
    {
    }

    [Guid("a6b391a4-72c8-44aa-9480-9fb3bd593b46")]
    public class IMAPFolderPermissionsClass : Postroom.RemoteObject, IInterfaceIMAPFolderPermissions, IMAPFolderPermissions
    {
        public IMAPFolderPermissionsClass() : base("hMailServer.IMAPFolderPermissions")
        {
        }

        internal IMAPFolderPermissionsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual IMAPFolderPermission this[int @Index] { get { return (IMAPFolderPermission)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void Delete(int @Index) { Call("Delete", @Index); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual IMAPFolderPermission Add() { return (IMAPFolderPermission)Call("Add"); }

        public virtual IMAPFolderPermission get_ItemByDBID(int @DBID) { return (IMAPFolderPermission)Get("ItemByDBID", @DBID); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual IMAPFolderPermission get_ItemByName(string @Name) { return (IMAPFolderPermission)Get("ItemByName", @Name); }
    }

    [ComImport, Guid("328b16a7-8314-4398-b506-90937569edba")]
    public interface IInterfaceIMAPFolders
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        IMAPFolder this[int @Index] { get; }
        [DispId(1)]
        IMAPFolder get_ItemByDBID(int @DBID);
        [DispId(2)]
        IMAPFolder get_ItemByName(string @sName);
        [DispId(3)]
        int Count { get; }
        [DispId(4)]
        IMAPFolder Add(string @sName);
        [DispId(5)]
        void DeleteByDBID(int @lDBID);
    }

    [ComImport, Guid("328b16a7-8314-4398-b506-90937569edba"), CoClass(typeof(IMAPFoldersClass))]
    public interface IMAPFolders : IInterfaceIMAPFolders
    {
    }

    [Guid("a0aaf31a-570a-4b78-bdab-4c33e34be85f")]
    public class IMAPFoldersClass : Postroom.RemoteObject, IInterfaceIMAPFolders, IMAPFolders
    {
        public IMAPFoldersClass() : base("hMailServer.IMAPFolders")
        {
        }

        internal IMAPFoldersClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual IMAPFolder this[int @Index] { get { return (IMAPFolder)Get("Item", @Index); } }

        public virtual IMAPFolder get_ItemByDBID(int @DBID) { return (IMAPFolder)Get("ItemByDBID", @DBID); }

        public virtual IMAPFolder get_ItemByName(string @sName) { return (IMAPFolder)Get("ItemByName", @sName); }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual IMAPFolder Add(string @sName) { return (IMAPFolder)Call("Add", @sName); }

        public virtual void DeleteByDBID(int @lDBID) { Call("DeleteByDBID", @lDBID); }
    }

    [ComImport, Guid("088d748b-7cce-4b8d-a103-d99da83775ab")]
    public interface IInterfaceIncomingRelay
    {
        [DispId(0)]
        int ID { get; }
        [DispId(1)]
        string LowerIP { get; set; }
        [DispId(2)]
        string UpperIP { get; set; }
        [DispId(3)]
        string Name { get; set; }
        [DispId(4)]
        void Delete();
        [DispId(5)]
        void Save();
    }

    [ComImport, Guid("088d748b-7cce-4b8d-a103-d99da83775ab"), CoClass(typeof(IncomingRelayClass))]
    public interface IncomingRelay : IInterfaceIncomingRelay
    {
    }

    [Guid("cb3f5f58-436c-4358-8e1c-1be1f6d822bc")]
    public class IncomingRelayClass : Postroom.RemoteObject, IInterfaceIncomingRelay, IncomingRelay
    {
        public IncomingRelayClass() : base("hMailServer.IncomingRelay")
        {
        }

        internal IncomingRelayClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string LowerIP { get { return (string)(Get("LowerIP") ?? ""); } set { Put("LowerIP", value); } }

        public virtual string UpperIP { get { return (string)(Get("UpperIP") ?? ""); } set { Put("UpperIP", value); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual void Save() { Call("Save"); }
    }

    [ComImport, Guid("49d48933-3219-4d7e-84d5-b26fe5f0e165")]
    public interface IInterfaceIncomingRelays
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        IncomingRelay this[int @Index] { get; }
        [DispId(1)]
        IncomingRelay get_ItemByDBID(int @DBID);
        [DispId(2)]
        void Delete(int @Index);
        [DispId(3)]
        void DeleteByDBID(int @DBID);
        [DispId(4)]
        void Refresh();
        [DispId(5)]
        IncomingRelay Add();
        [DispId(6)]
        int Count { get; }
        [DispId(7)]
        IncomingRelay get_ItemByName(string @sName);
    }

    [ComImport, Guid("49d48933-3219-4d7e-84d5-b26fe5f0e165"), CoClass(typeof(IncomingRelaysClass))]
    public interface IncomingRelays : IInterfaceIncomingRelays
    {
    }

    [Guid("3e75ee53-eaa6-40a5-b2ce-9cb8d7ee9278")]
    public class IncomingRelaysClass : Postroom.RemoteObject, IInterfaceIncomingRelays, IncomingRelays
    {
        public IncomingRelaysClass() : base("hMailServer.IncomingRelays")
        {
        }

        internal IncomingRelaysClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual IncomingRelay this[int @Index] { get { return (IncomingRelay)Get("Item", @Index); } }

        public virtual IncomingRelay get_ItemByDBID(int @DBID) { return (IncomingRelay)Get("ItemByDBID", @DBID); }

        public virtual void Delete(int @Index) { Call("Delete", @Index); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual IncomingRelay Add() { return (IncomingRelay)Call("Add"); }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual IncomingRelay get_ItemByName(string @sName) { return (IncomingRelay)Get("ItemByName", @sName); }
    }

    [ComImport, Guid("a98c92ef-6aa0-4f22-a29f-be9154cc242a")]
    public interface IInterfaceLanguage
    {
        [DispId(1)]
        string get_String(string @EnglishString);
        [DispId(2)]
        string Name { get; }
        [DispId(3)]
        bool IsDownloaded { get; }
        [DispId(4)]
        void Download();
    }

    [ComImport, Guid("a98c92ef-6aa0-4f22-a29f-be9154cc242a"), CoClass(typeof(LanguageClass))]
    public interface Language : IInterfaceLanguage
    {
    }

    [Guid("1c70e18b-c63d-458c-b080-64e4f94c4e83")]
    public class LanguageClass : Postroom.RemoteObject, IInterfaceLanguage, Language
    {
        public LanguageClass() : base("hMailServer.Language")
        {
        }

        internal LanguageClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string get_String(string @EnglishString) { return (string)(Get("String", @EnglishString) ?? ""); }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } }

        public virtual bool IsDownloaded { get { return Convert.ToBoolean(Get("IsDownloaded")); } }

        public virtual void Download() { Call("Download"); }
    }

    [ComImport, Guid("94720d8a-bc4d-493d-8bdc-8fb28bf31ba5")]
    public interface IInterfaceLanguages
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Language this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(3)]
        Language get_ItemByName(string @ItemName);
    }

    [ComImport, Guid("94720d8a-bc4d-493d-8bdc-8fb28bf31ba5"), CoClass(typeof(LanguagesClass))]
    public interface Languages : IInterfaceLanguages
    {
    }

    [Guid("be1070a2-9265-495e-b134-27faa93916ce")]
    public class LanguagesClass : Postroom.RemoteObject, IInterfaceLanguages, Languages
    {
        public LanguagesClass() : base("hMailServer.Languages")
        {
        }

        internal LanguagesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Language this[int @Index] { get { return (Language)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual Language get_ItemByName(string @ItemName) { return (Language)Get("ItemByName", @ItemName); }
    }

    [ComImport, Guid("e252d063-7e86-4fce-b702-a5e89e0dfb48")]
    public interface IInterfaceLinks
    {
        [DispId(1)]
        Domain get_Domain(int @DBID);
        [DispId(2)]
        Account get_Account(int @DBID);
        [DispId(3)]
        Alias get_Alias(int @DBID);
        [DispId(4)]
        DistributionList get_DistributionList(int @DBID);
    }

    [ComImport, Guid("e252d063-7e86-4fce-b702-a5e89e0dfb48"), CoClass(typeof(LinksClass))]
    public interface Links : IInterfaceLinks
    {
    }

    [Guid("88a65c5b-916d-4a79-948a-b0dee0454804")]
    public class LinksClass : Postroom.RemoteObject, IInterfaceLinks, Links
    {
        public LinksClass() : base("hMailServer.Links")
        {
        }

        internal LinksClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual Domain get_Domain(int @DBID) { return (Domain)Get("Domain", @DBID); }

        public virtual Account get_Account(int @DBID) { return (Account)Get("Account", @DBID); }

        public virtual Alias get_Alias(int @DBID) { return (Alias)Get("Alias", @DBID); }

        public virtual DistributionList get_DistributionList(int @DBID) { return (DistributionList)Get("DistributionList", @DBID); }
    }

    [ComImport, Guid("aad8a0df-2963-4c5b-a906-6b07b9cc0643")]
    public interface IInterfaceLogging
    {
        [DispId(1)]
        bool Enabled { get; set; }
        [DispId(2)]
        bool LogSMTP { get; set; }
        [DispId(3)]
        bool LogPOP3 { get; set; }
        [DispId(4)]
        bool LogTCPIP { get; set; }
        [DispId(5)]
        bool LogApplication { get; set; }
        [DispId(9)]
        eLogDevice Device { get; set; }
        [DispId(10)]
        eLogOutputFormat LogFormat { get; set; }
        [DispId(11)]
        bool LogDebug { get; set; }
        [DispId(12)]
        bool LogIMAP { get; set; }
        [DispId(13)]
        void EnableLiveLogging(bool @newVal);
        [DispId(14)]
        string Directory { get; }
        [DispId(15)]
        string LiveLog { get; }
        [DispId(16)]
        bool AWStatsEnabled { get; set; }
        [DispId(17)]
        bool MaskPasswordsInLog { get; set; }
        [DispId(18)]
        string CurrentEventLog { get; }
        [DispId(19)]
        string CurrentErrorLog { get; }
        [DispId(20)]
        string CurrentAwstatsLog { get; }
        [DispId(21)]
        string CurrentDefaultLog { get; }
        [DispId(22)]
        bool KeepFilesOpen { get; set; }
        [DispId(23)]
        bool LiveLoggingEnabled { get; }
    }

    [ComImport, Guid("aad8a0df-2963-4c5b-a906-6b07b9cc0643"), CoClass(typeof(LoggingClass))]
    public interface Logging : IInterfaceLogging
    {
    }

    [Guid("e3e22438-871f-49cf-a47e-4d3a144bd002")]
    public class LoggingClass : Postroom.RemoteObject, IInterfaceLogging, Logging
    {
        public LoggingClass() : base("hMailServer.Logging")
        {
        }

        internal LoggingClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool Enabled { get { return Convert.ToBoolean(Get("Enabled")); } set { Put("Enabled", value); } }

        public virtual bool LogSMTP { get { return Convert.ToBoolean(Get("LogSMTP")); } set { Put("LogSMTP", value); } }

        public virtual bool LogPOP3 { get { return Convert.ToBoolean(Get("LogPOP3")); } set { Put("LogPOP3", value); } }

        public virtual bool LogTCPIP { get { return Convert.ToBoolean(Get("LogTCPIP")); } set { Put("LogTCPIP", value); } }

        public virtual bool LogApplication { get { return Convert.ToBoolean(Get("LogApplication")); } set { Put("LogApplication", value); } }

        public virtual eLogDevice Device { get { return (eLogDevice)Convert.ToInt32(Get("Device")); } set { Put("Device", value); } }

        public virtual eLogOutputFormat LogFormat { get { return (eLogOutputFormat)Convert.ToInt32(Get("LogFormat")); } set { Put("LogFormat", value); } }

        public virtual bool LogDebug { get { return Convert.ToBoolean(Get("LogDebug")); } set { Put("LogDebug", value); } }

        public virtual bool LogIMAP { get { return Convert.ToBoolean(Get("LogIMAP")); } set { Put("LogIMAP", value); } }

        public virtual void EnableLiveLogging(bool @newVal) { Call("EnableLiveLogging", @newVal); }

        public virtual string Directory { get { return (string)(Get("Directory") ?? ""); } }

        public virtual string LiveLog { get { return (string)(Get("LiveLog") ?? ""); } }

        public virtual bool AWStatsEnabled { get { return Convert.ToBoolean(Get("AWStatsEnabled")); } set { Put("AWStatsEnabled", value); } }

        public virtual bool MaskPasswordsInLog { get { return Convert.ToBoolean(Get("MaskPasswordsInLog")); } set { Put("MaskPasswordsInLog", value); } }

        public virtual string CurrentEventLog { get { return (string)(Get("CurrentEventLog") ?? ""); } }

        public virtual string CurrentErrorLog { get { return (string)(Get("CurrentErrorLog") ?? ""); } }

        public virtual string CurrentAwstatsLog { get { return (string)(Get("CurrentAwstatsLog") ?? ""); } }

        public virtual string CurrentDefaultLog { get { return (string)(Get("CurrentDefaultLog") ?? ""); } }

        public virtual bool KeepFilesOpen { get { return Convert.ToBoolean(Get("KeepFilesOpen")); } set { Put("KeepFilesOpen", value); } }

        public virtual bool LiveLoggingEnabled { get { return Convert.ToBoolean(Get("LiveLoggingEnabled")); } }
    }

    [ComImport, Guid("8c054031-7b42-485c-bf79-3d94a7b9605f")]
    public interface IInterfaceMessage
    {
        [DispId(1)]
        long ID { get; }
        [DispId(2)]
        string Filename { get; }
        [DispId(3)]
        string Subject { get; set; }
        [DispId(4)]
        string From { get; set; }
        [DispId(5)]
        string Date { get; set; }
        [DispId(6)]
        string Body { get; set; }
        [DispId(7)]
        string HTMLBody { get; set; }
        [DispId(8)]
        Attachments Attachments { get; }
        [DispId(9)]
        void Save();
        [DispId(10)]
        string To { get; }
        [DispId(11)]
        void AddRecipient(string @sName, string @sAddress);
        [DispId(12)]
        string FromAddress { get; set; }
        [DispId(13)]
        int State { get; }
        [DispId(14)]
        int Size { get; }
        [DispId(15)]
        void ClearRecipients();
        [DispId(16)]
        string CC { get; }
        [DispId(17)]
        Recipients Recipients { get; }
        [DispId(18)]
        string get_HeaderValue(string @FieldName);
        void set_HeaderValue(string @FieldName, string value);
        [DispId(19)]
        bool HasBodyType(string @BodyType);
        [DispId(20)]
        bool EncodeFields { get; set; }
        [DispId(21)]
        bool get_Flag(eMessageFlag @iType);
        void set_Flag(eMessageFlag @iType, bool value);
        [DispId(22)]
        object InternalDate { get; }
        [DispId(23)]
        MessageHeaders Headers { get; }
        [DispId(24)]
        void RefreshContent();
        [DispId(25)]
        int DeliveryAttempt { get; }
        [DispId(26)]
        string Charset { get; set; }
        [DispId(27)]
        void Copy(int @iDestinationFolderID);
        [DispId(28)]
        int UID { get; }
    }

    [ComImport, Guid("8c054031-7b42-485c-bf79-3d94a7b9605f"), CoClass(typeof(MessageClass))]
    public interface Message : IInterfaceMessage
    {
    }

    [Guid("61b2c7d7-3814-441f-9574-ee2cc9829447")]
    public class MessageClass : Postroom.RemoteObject, IInterfaceMessage, Message
    {
        public MessageClass() : base("hMailServer.Message")
        {
        }

        internal MessageClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual long ID { get { return Convert.ToInt64(Get("ID")); } }

        public virtual string Filename { get { return (string)(Get("Filename") ?? ""); } }

        public virtual string Subject { get { return (string)(Get("Subject") ?? ""); } set { Put("Subject", value); } }

        public virtual string From { get { return (string)(Get("From") ?? ""); } set { Put("From", value); } }

        public virtual string Date { get { return (string)(Get("Date") ?? ""); } set { Put("Date", value); } }

        public virtual string Body { get { return (string)(Get("Body") ?? ""); } set { Put("Body", value); } }

        public virtual string HTMLBody { get { return (string)(Get("HTMLBody") ?? ""); } set { Put("HTMLBody", value); } }

        public virtual Attachments Attachments { get { return (Attachments)Get("Attachments"); } }

        public virtual void Save() { Call("Save"); }

        public virtual string To { get { return (string)(Get("To") ?? ""); } }

        public virtual void AddRecipient(string @sName, string @sAddress) { Call("AddRecipient", @sName, @sAddress); }

        public virtual string FromAddress { get { return (string)(Get("FromAddress") ?? ""); } set { Put("FromAddress", value); } }

        public virtual int State { get { return Convert.ToInt32(Get("State")); } }

        public virtual int Size { get { return Convert.ToInt32(Get("Size")); } }

        public virtual void ClearRecipients() { Call("ClearRecipients"); }

        public virtual string CC { get { return (string)(Get("CC") ?? ""); } }

        public virtual Recipients Recipients { get { return (Recipients)Get("Recipients"); } }

        public virtual string get_HeaderValue(string @FieldName) { return (string)(Get("HeaderValue", @FieldName) ?? ""); }

        public virtual void set_HeaderValue(string @FieldName, string value) { Put("HeaderValue", @FieldName, value); }

        public virtual bool HasBodyType(string @BodyType) { return Convert.ToBoolean(Call("HasBodyType", @BodyType)); }

        public virtual bool EncodeFields { get { return Convert.ToBoolean(Get("EncodeFields")); } set { Put("EncodeFields", value); } }

        public virtual bool get_Flag(eMessageFlag @iType) { return Convert.ToBoolean(Get("Flag", @iType)); }

        public virtual void set_Flag(eMessageFlag @iType, bool value) { Put("Flag", @iType, value); }

        public virtual object InternalDate { get { return Get("InternalDate"); } }

        public virtual MessageHeaders Headers { get { return (MessageHeaders)Get("Headers"); } }

        public virtual void RefreshContent() { Call("RefreshContent"); }

        public virtual int DeliveryAttempt { get { return Convert.ToInt32(Get("DeliveryAttempt")); } }

        public virtual string Charset { get { return (string)(Get("Charset") ?? ""); } set { Put("Charset", value); } }

        public virtual void Copy(int @iDestinationFolderID) { Call("Copy", @iDestinationFolderID); }

        public virtual int UID { get { return Convert.ToInt32(Get("UID")); } }
    }

    [ComImport, Guid("ff69e250-cbfd-4ab6-9440-39599478365d")]
    public interface IInterfaceMessageHeader
    {
        [DispId(1)]
        string Name { get; set; }
        [DispId(2)]
        string Value { get; set; }
        [DispId(3)]
        void Delete();
    }

    [ComImport, Guid("ff69e250-cbfd-4ab6-9440-39599478365d"), CoClass(typeof(MessageHeaderClass))]
    public interface MessageHeader : IInterfaceMessageHeader
    {
    }

    [Guid("983ee030-380d-4e39-850d-aa543f3c1cb9")]
    public class MessageHeaderClass : Postroom.RemoteObject, IInterfaceMessageHeader, MessageHeader
    {
        public MessageHeaderClass() : base("hMailServer.MessageHeader")
        {
        }

        internal MessageHeaderClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual string Value { get { return (string)(Get("Value") ?? ""); } set { Put("Value", value); } }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("1ade0b5e-536c-4707-8385-32a7f6f92500")]
    public interface IInterfaceMessageHeaders
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        MessageHeader this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        MessageHeader get_ItemByName(string @sName);
    }

    [ComImport, Guid("1ade0b5e-536c-4707-8385-32a7f6f92500"), CoClass(typeof(MessageHeadersClass))]
    public interface MessageHeaders : IInterfaceMessageHeaders
    {
    }

    [Guid("ae360cd2-bb40-4b39-83a6-84516c865365")]
    public class MessageHeadersClass : Postroom.RemoteObject, IInterfaceMessageHeaders, MessageHeaders
    {
        public MessageHeadersClass() : base("hMailServer.MessageHeaders")
        {
        }

        internal MessageHeadersClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual MessageHeader this[int @Index] { get { return (MessageHeader)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual MessageHeader get_ItemByName(string @sName) { return (MessageHeader)Get("ItemByName", @sName); }
    }

    [ComImport, Guid("3c58b6ad-48cc-4775-b283-53c77f717eb9")]
    public interface IInterfaceMessageIndexing
    {
        [DispId(1)]
        int TotalMessageCount { get; }
        [DispId(2)]
        int TotalIndexedCount { get; }
        [DispId(3)]
        bool Enabled { get; set; }
        [DispId(4)]
        void Clear();
        [DispId(5)]
        void Index();
    }

    [ComImport, Guid("3c58b6ad-48cc-4775-b283-53c77f717eb9"), CoClass(typeof(MessageIndexingClass))]
    public interface MessageIndexing : IInterfaceMessageIndexing
    {
    }

    [Guid("5f414f73-8e29-4e51-86f2-13c12ef9227a")]
    public class MessageIndexingClass : Postroom.RemoteObject, IInterfaceMessageIndexing, MessageIndexing
    {
        public MessageIndexingClass() : base("hMailServer.MessageIndexing")
        {
        }

        internal MessageIndexingClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int TotalMessageCount { get { return Convert.ToInt32(Get("TotalMessageCount")); } }

        public virtual int TotalIndexedCount { get { return Convert.ToInt32(Get("TotalIndexedCount")); } }

        public virtual bool Enabled { get { return Convert.ToBoolean(Get("Enabled")); } set { Put("Enabled", value); } }

        public virtual void Clear() { Call("Clear"); }

        public virtual void Index() { Call("Index"); }
    }

    [ComImport, Guid("1259e989-465e-4b63-bb0b-4db7f6244ace")]
    public interface IInterfaceMessages
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Message this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        Message get_ItemByDBID(long @DBID);
        [DispId(3)]
        void DeleteByDBID(long @lDBID);
        [DispId(4)]
        Message Add();
        [DispId(5)]
        void Clear();
    }

    [ComImport, Guid("1259e989-465e-4b63-bb0b-4db7f6244ace"), CoClass(typeof(MessagesClass))]
    public interface Messages : IInterfaceMessages
    {
    }

    [Guid("c04047ad-45a4-48ea-907e-2c270c95409c")]
    public class MessagesClass : Postroom.RemoteObject, IInterfaceMessages, Messages
    {
        public MessagesClass() : base("hMailServer.Messages")
        {
        }

        internal MessagesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Message this[int @Index] { get { return (Message)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual Message get_ItemByDBID(long @DBID) { return (Message)Get("ItemByDBID", @DBID); }

        public virtual void DeleteByDBID(long @lDBID) { Call("DeleteByDBID", @lDBID); }

        public virtual Message Add() { return (Message)Call("Add"); }

        public virtual void Clear() { Call("Clear"); }
    }

    [ComImport, Guid("65d57df8-68a1-4358-bb98-c3b33595b699")]
    public interface IInterfaceRecipient
    {
        [DispId(1)]
        string Address { get; }
        [DispId(2)]
        bool IsLocalUser { get; }
        [DispId(3)]
        string OriginalAddress { get; }
    }

    [ComImport, Guid("65d57df8-68a1-4358-bb98-c3b33595b699"), CoClass(typeof(RecipientClass))]
    public interface Recipient : IInterfaceRecipient
    {
    }

    [Guid("45b82f51-8445-4f3a-bc9e-137fc04bfe2a")]
    public class RecipientClass : Postroom.RemoteObject, IInterfaceRecipient, Recipient
    {
        public RecipientClass() : base("hMailServer.Recipient")
        {
        }

        internal RecipientClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string Address { get { return (string)(Get("Address") ?? ""); } }

        public virtual bool IsLocalUser { get { return Convert.ToBoolean(Get("IsLocalUser")); } }

        public virtual string OriginalAddress { get { return (string)(Get("OriginalAddress") ?? ""); } }
    }

    [ComImport, Guid("9b47c955-4462-48e3-91fe-c5e1cfec80e0")]
    public interface IInterfaceRecipients
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Recipient this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
    }

    [ComImport, Guid("9b47c955-4462-48e3-91fe-c5e1cfec80e0"), CoClass(typeof(RecipientsClass))]
    public interface Recipients : IInterfaceRecipients
    {
    }

    [Guid("b5b9c42d-64f1-443f-aa0d-fabb2dd9317b")]
    public class RecipientsClass : Postroom.RemoteObject, IInterfaceRecipients, Recipients
    {
        public RecipientsClass() : base("hMailServer.Recipients")
        {
        }

        internal RecipientsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Recipient this[int @Index] { get { return (Recipient)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }
    }

    [ComImport, Guid("9038ae3e-cd88-4306-9a08-07f2580d50a0")]
    public interface IInterfaceResult
    {
        [DispId(1)]
        int Value { get; set; }
        [DispId(2)]
        string Message { get; set; }
        [DispId(3)]
        int Parameter { get; set; }
    }

    [ComImport, Guid("9038ae3e-cd88-4306-9a08-07f2580d50a0"), CoClass(typeof(ResultClass))]
    public interface Result : IInterfaceResult
    {
    }

    [Guid("f493160b-c38d-407d-9bf5-a7b23225b8e0")]
    public class ResultClass : Postroom.RemoteObject, IInterfaceResult, Result
    {
        public ResultClass() : base("hMailServer.Result")
        {
        }

        internal ResultClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int Value { get { return Convert.ToInt32(Get("Value")); } set { Put("Value", value); } }

        public virtual string Message { get { return (string)(Get("Message") ?? ""); } set { Put("Message", value); } }

        public virtual int Parameter { get { return Convert.ToInt32(Get("Parameter")); } set { Put("Parameter", value); } }
    }

    [ComImport, Guid("f78fa851-d3d3-4a28-afcc-a471c00781d3")]
    public interface IInterfaceRoute
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string DomainName { get; set; }
        [DispId(3)]
        string TargetSMTPHost { get; set; }
        [DispId(4)]
        int TargetSMTPPort { get; set; }
        [DispId(5)]
        int NumberOfTries { get; set; }
        [DispId(6)]
        int MinutesBetweenTry { get; set; }
        [DispId(7)]
        bool AllAddresses { get; set; }
        [DispId(8)]
        RouteAddresses Addresses { get; }
        [DispId(9)]
        bool RelayerRequiresAuth { get; set; }
        [DispId(10)]
        string RelayerAuthUsername { get; set; }
        [DispId(11)]
        void SetRelayerAuthPassword(string @newVal);
        [DispId(12)]
        bool TreatSecurityAsLocalDomain { get; set; }
        [DispId(13)]
        void Save();
        [DispId(14)]
        bool UseSSL { get; set; }
        [DispId(15)]
        string Description { get; set; }
        [DispId(16)]
        void Delete();
        [DispId(17)]
        bool TreatSenderAsLocalDomain { get; set; }
        [DispId(18)]
        bool TreatRecipientAsLocalDomain { get; set; }
        [DispId(19)]
        eConnectionSecurity ConnectionSecurity { get; set; }
    }

    [ComImport, Guid("f78fa851-d3d3-4a28-afcc-a471c00781d3"), CoClass(typeof(RouteClass))]
    public interface Route : IInterfaceRoute
    {
    }

    [Guid("3ff9bb08-7924-4418-bada-7d959467d51b")]
    public class RouteClass : Postroom.RemoteObject, IInterfaceRoute, Route
    {
        public RouteClass() : base("hMailServer.Route")
        {
        }

        internal RouteClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string DomainName { get { return (string)(Get("DomainName") ?? ""); } set { Put("DomainName", value); } }

        public virtual string TargetSMTPHost { get { return (string)(Get("TargetSMTPHost") ?? ""); } set { Put("TargetSMTPHost", value); } }

        public virtual int TargetSMTPPort { get { return Convert.ToInt32(Get("TargetSMTPPort")); } set { Put("TargetSMTPPort", value); } }

        public virtual int NumberOfTries { get { return Convert.ToInt32(Get("NumberOfTries")); } set { Put("NumberOfTries", value); } }

        public virtual int MinutesBetweenTry { get { return Convert.ToInt32(Get("MinutesBetweenTry")); } set { Put("MinutesBetweenTry", value); } }

        public virtual bool AllAddresses { get { return Convert.ToBoolean(Get("AllAddresses")); } set { Put("AllAddresses", value); } }

        public virtual RouteAddresses Addresses { get { return (RouteAddresses)Get("Addresses"); } }

        public virtual bool RelayerRequiresAuth { get { return Convert.ToBoolean(Get("RelayerRequiresAuth")); } set { Put("RelayerRequiresAuth", value); } }

        public virtual string RelayerAuthUsername { get { return (string)(Get("RelayerAuthUsername") ?? ""); } set { Put("RelayerAuthUsername", value); } }

        public virtual void SetRelayerAuthPassword(string @newVal) { Call("SetRelayerAuthPassword", @newVal); }

        public virtual bool TreatSecurityAsLocalDomain { get { return Convert.ToBoolean(Get("TreatSecurityAsLocalDomain")); } set { Put("TreatSecurityAsLocalDomain", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual bool UseSSL { get { return Convert.ToBoolean(Get("UseSSL")); } set { Put("UseSSL", value); } }

        public virtual string Description { get { return (string)(Get("Description") ?? ""); } set { Put("Description", value); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual bool TreatSenderAsLocalDomain { get { return Convert.ToBoolean(Get("TreatSenderAsLocalDomain")); } set { Put("TreatSenderAsLocalDomain", value); } }

        public virtual bool TreatRecipientAsLocalDomain { get { return Convert.ToBoolean(Get("TreatRecipientAsLocalDomain")); } set { Put("TreatRecipientAsLocalDomain", value); } }

        public virtual eConnectionSecurity ConnectionSecurity { get { return (eConnectionSecurity)Convert.ToInt32(Get("ConnectionSecurity")); } set { Put("ConnectionSecurity", value); } }
    }

    [ComImport, Guid("fd22ca52-bbf4-45bb-9165-986b3f4b5c77")]
    public interface IInterfaceRouteAddress
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string Address { get; set; }
        [DispId(3)]
        int RouteID { get; set; }
        [DispId(4)]
        void Save();
        [DispId(5)]
        void Delete();
    }

    [ComImport, Guid("fd22ca52-bbf4-45bb-9165-986b3f4b5c77"), CoClass(typeof(RouteAddressClass))]
    public interface RouteAddress : IInterfaceRouteAddress
    {
    }

    [Guid("4cc5c4f5-7303-4c69-96d3-ec73ecf6f255")]
    public class RouteAddressClass : Postroom.RemoteObject, IInterfaceRouteAddress, RouteAddress
    {
        public RouteAddressClass() : base("hMailServer.RouteAddress")
        {
        }

        internal RouteAddressClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string Address { get { return (string)(Get("Address") ?? ""); } set { Put("Address", value); } }

        public virtual int RouteID { get { return Convert.ToInt32(Get("RouteID")); } set { Put("RouteID", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("315bf27f-f832-4fbe-83fe-1c5a5011fac7")]
    public interface IInterfaceRouteAddresses
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        RouteAddress this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        RouteAddress Add();
        [DispId(4)]
        void DeleteByAddress(string @sAddress);
        [DispId(5)]
        RouteAddress get_ItemByDBID(int @DBID);
    }

    [ComImport, Guid("315bf27f-f832-4fbe-83fe-1c5a5011fac7"), CoClass(typeof(RouteAddressesClass))]
    public interface RouteAddresses : IInterfaceRouteAddresses
    {
    }

    [Guid("2e66e5dc-da9f-4490-a46f-e2d24c6cd151")]
    public class RouteAddressesClass : Postroom.RemoteObject, IInterfaceRouteAddresses, RouteAddresses
    {
        public RouteAddressesClass() : base("hMailServer.RouteAddresses")
        {
        }

        internal RouteAddressesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual RouteAddress this[int @Index] { get { return (RouteAddress)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual RouteAddress Add() { return (RouteAddress)Call("Add"); }

        public virtual void DeleteByAddress(string @sAddress) { Call("DeleteByAddress", @sAddress); }

        public virtual RouteAddress get_ItemByDBID(int @DBID) { return (RouteAddress)Get("ItemByDBID", @DBID); }
    }

    [ComImport, Guid("111f318a-c087-4091-bd1f-4226230ee513")]
    public interface IInterfaceRoutes
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Route this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        Route Add();
        [DispId(4)]
        Route get_ItemByName(string @ItemName);
        [DispId(5)]
        Route get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
    }

    [ComImport, Guid("111f318a-c087-4091-bd1f-4226230ee513"), CoClass(typeof(RoutesClass))]
    public interface Routes : IInterfaceRoutes
    {
    }

    [Guid("7d174a9d-d44c-4627-be78-e5ddc513c31f")]
    public class RoutesClass : Postroom.RemoteObject, IInterfaceRoutes, Routes
    {
        public RoutesClass() : base("hMailServer.Routes")
        {
        }

        internal RoutesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Route this[int @Index] { get { return (Route)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual Route Add() { return (Route)Call("Add"); }

        public virtual Route get_ItemByName(string @ItemName) { return (Route)Get("ItemByName", @ItemName); }

        public virtual Route get_ItemByDBID(int @DBID) { return (Route)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }
    }

    [ComImport, Guid("41ccd467-9ade-4ada-ae14-760e94ba53e8")]
    public interface IInterfaceRule
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        int AccountID { get; set; }
        [DispId(3)]
        string Name { get; set; }
        [DispId(4)]
        bool Active { get; set; }
        [DispId(5)]
        bool UseAND { get; set; }
        [DispId(6)]
        RuleCriterias Criterias { get; }
        [DispId(7)]
        RuleActions Actions { get; }
        [DispId(8)]
        void Save();
        [DispId(9)]
        void MoveUp();
        [DispId(10)]
        void MoveDown();
        [DispId(11)]
        void Delete();
    }

    [ComImport, Guid("41ccd467-9ade-4ada-ae14-760e94ba53e8"), CoClass(typeof(RuleClass))]
    public interface Rule : IInterfaceRule
    {
    }

    [Guid("d5d7927a-7d05-40f3-91dd-968fc14316c7")]
    public class RuleClass : Postroom.RemoteObject, IInterfaceRule, Rule
    {
        public RuleClass() : base("hMailServer.Rule")
        {
        }

        internal RuleClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual int AccountID { get { return Convert.ToInt32(Get("AccountID")); } set { Put("AccountID", value); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual bool Active { get { return Convert.ToBoolean(Get("Active")); } set { Put("Active", value); } }

        public virtual bool UseAND { get { return Convert.ToBoolean(Get("UseAND")); } set { Put("UseAND", value); } }

        public virtual RuleCriterias Criterias { get { return (RuleCriterias)Get("Criterias"); } }

        public virtual RuleActions Actions { get { return (RuleActions)Get("Actions"); } }

        public virtual void Save() { Call("Save"); }

        public virtual void MoveUp() { Call("MoveUp"); }

        public virtual void MoveDown() { Call("MoveDown"); }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("f3f4a3e1-695e-499e-9f31-712da8126982")]
    public interface IInterfaceRuleAction
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        int RuleID { get; set; }
        [DispId(3)]
        eRuleActionType Type { get; set; }
        [DispId(4)]
        string Subject { get; set; }
        [DispId(5)]
        string Body { get; set; }
        [DispId(6)]
        string FromName { get; set; }
        [DispId(7)]
        string FromAddress { get; set; }
        [DispId(8)]
        string Filename { get; set; }
        [DispId(9)]
        string To { get; set; }
        [DispId(10)]
        string IMAPFolder { get; set; }
        [DispId(11)]
        void Save();
        [DispId(12)]
        string ScriptFunction { get; set; }
        [DispId(13)]
        void MoveUp();
        [DispId(14)]
        void MoveDown();
        [DispId(15)]
        string HeaderName { get; set; }
        [DispId(16)]
        string Value { get; set; }
        [DispId(17)]
        void Delete();
        [DispId(18)]
        int RouteID { get; set; }
    }

    [ComImport, Guid("f3f4a3e1-695e-499e-9f31-712da8126982"), CoClass(typeof(RuleActionClass))]
    public interface RuleAction : IInterfaceRuleAction
    {
    }

    [Guid("35548cc2-14ae-4795-8a19-c78fde208504")]
    public class RuleActionClass : Postroom.RemoteObject, IInterfaceRuleAction, RuleAction
    {
        public RuleActionClass() : base("hMailServer.RuleAction")
        {
        }

        internal RuleActionClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual int RuleID { get { return Convert.ToInt32(Get("RuleID")); } set { Put("RuleID", value); } }

        public virtual eRuleActionType Type { get { return (eRuleActionType)Convert.ToInt32(Get("Type")); } set { Put("Type", value); } }

        public virtual string Subject { get { return (string)(Get("Subject") ?? ""); } set { Put("Subject", value); } }

        public virtual string Body { get { return (string)(Get("Body") ?? ""); } set { Put("Body", value); } }

        public virtual string FromName { get { return (string)(Get("FromName") ?? ""); } set { Put("FromName", value); } }

        public virtual string FromAddress { get { return (string)(Get("FromAddress") ?? ""); } set { Put("FromAddress", value); } }

        public virtual string Filename { get { return (string)(Get("Filename") ?? ""); } set { Put("Filename", value); } }

        public virtual string To { get { return (string)(Get("To") ?? ""); } set { Put("To", value); } }

        public virtual string IMAPFolder { get { return (string)(Get("IMAPFolder") ?? ""); } set { Put("IMAPFolder", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual string ScriptFunction { get { return (string)(Get("ScriptFunction") ?? ""); } set { Put("ScriptFunction", value); } }

        public virtual void MoveUp() { Call("MoveUp"); }

        public virtual void MoveDown() { Call("MoveDown"); }

        public virtual string HeaderName { get { return (string)(Get("HeaderName") ?? ""); } set { Put("HeaderName", value); } }

        public virtual string Value { get { return (string)(Get("Value") ?? ""); } set { Put("Value", value); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual int RouteID { get { return Convert.ToInt32(Get("RouteID")); } set { Put("RouteID", value); } }
    }

    [ComImport, Guid("dbfd3e11-9121-4ddd-944b-5af29bf3d2df")]
    public interface IInterfaceRuleActions
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        RuleAction this[int @Index] { get; }
        [DispId(1)]
        RuleAction get_ItemByDBID(int @DBID);
        [DispId(2)]
        int Count { get; }
        [DispId(3)]
        RuleAction Add();
        [DispId(4)]
        void DeleteByDBID(int @DBID);
        [DispId(5)]
        void Refresh();
        [DispId(6)]
        void Delete(int @DBID);
    }

    [ComImport, Guid("dbfd3e11-9121-4ddd-944b-5af29bf3d2df"), CoClass(typeof(RuleActionsClass))]
    public interface RuleActions : IInterfaceRuleActions
    {
    }

    [Guid("32a21952-5421-4a6c-835a-41050d0493c1")]
    public class RuleActionsClass : Postroom.RemoteObject, IInterfaceRuleActions, RuleActions
    {
        public RuleActionsClass() : base("hMailServer.RuleActions")
        {
        }

        internal RuleActionsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual RuleAction this[int @Index] { get { return (RuleAction)Get("Item", @Index); } }

        public virtual RuleAction get_ItemByDBID(int @DBID) { return (RuleAction)Get("ItemByDBID", @DBID); }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual RuleAction Add() { return (RuleAction)Call("Add"); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual void Delete(int @DBID) { Call("Delete", @DBID); }
    }

    [ComImport, Guid("2d8aa7de-6155-44a5-802d-9fec611a50a9")]
    public interface IInterfaceRuleCriteria
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        int RuleID { get; set; }
        [DispId(4)]
        string MatchValue { get; set; }
        [DispId(5)]
        bool UsePredefined { get; set; }
        [DispId(6)]
        eRulePredefinedField PredefinedField { get; set; }
        [DispId(7)]
        eRuleMatchType MatchType { get; set; }
        [DispId(8)]
        string HeaderField { get; set; }
        [DispId(9)]
        void Save();
        [DispId(10)]
        void Delete();
    }

    [ComImport, Guid("2d8aa7de-6155-44a5-802d-9fec611a50a9"), CoClass(typeof(RuleCriteriaClass))]
    public interface RuleCriteria : IInterfaceRuleCriteria
    {
    }

    [Guid("3f0eb97b-c698-498c-965a-06ed393ac50c")]
    public class RuleCriteriaClass : Postroom.RemoteObject, IInterfaceRuleCriteria, RuleCriteria
    {
        public RuleCriteriaClass() : base("hMailServer.RuleCriteria")
        {
        }

        internal RuleCriteriaClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual int RuleID { get { return Convert.ToInt32(Get("RuleID")); } set { Put("RuleID", value); } }

        public virtual string MatchValue { get { return (string)(Get("MatchValue") ?? ""); } set { Put("MatchValue", value); } }

        public virtual bool UsePredefined { get { return Convert.ToBoolean(Get("UsePredefined")); } set { Put("UsePredefined", value); } }

        public virtual eRulePredefinedField PredefinedField { get { return (eRulePredefinedField)Convert.ToInt32(Get("PredefinedField")); } set { Put("PredefinedField", value); } }

        public virtual eRuleMatchType MatchType { get { return (eRuleMatchType)Convert.ToInt32(Get("MatchType")); } set { Put("MatchType", value); } }

        public virtual string HeaderField { get { return (string)(Get("HeaderField") ?? ""); } set { Put("HeaderField", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("d79148f6-78a9-4f60-b8e8-48c33d888fc5")]
    public interface IInterfaceRuleCriterias
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        RuleCriteria this[int @Index] { get; }
        [DispId(1)]
        RuleCriteria get_ItemByDBID(int @DBID);
        [DispId(2)]
        int Count { get; }
        [DispId(3)]
        RuleCriteria Add();
        [DispId(4)]
        void DeleteByDBID(int @DBID);
        [DispId(5)]
        void Refresh();
        [DispId(6)]
        void Delete(int @DBID);
    }

    [ComImport, Guid("d79148f6-78a9-4f60-b8e8-48c33d888fc5"), CoClass(typeof(RuleCriteriasClass))]
    public interface RuleCriterias : IInterfaceRuleCriterias
    {
    }

    [Guid("e90022a1-61cf-4152-b9d9-27d04d0ba362")]
    public class RuleCriteriasClass : Postroom.RemoteObject, IInterfaceRuleCriterias, RuleCriterias
    {
        public RuleCriteriasClass() : base("hMailServer.RuleCriterias")
        {
        }

        internal RuleCriteriasClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual RuleCriteria this[int @Index] { get { return (RuleCriteria)Get("Item", @Index); } }

        public virtual RuleCriteria get_ItemByDBID(int @DBID) { return (RuleCriteria)Get("ItemByDBID", @DBID); }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual RuleCriteria Add() { return (RuleCriteria)Call("Add"); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual void Delete(int @DBID) { Call("Delete", @DBID); }
    }

    [ComImport, Guid("995f9181-e761-42fa-9057-fe070b37d0f3")]
    public interface IInterfaceRules
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Rule this[int @Index] { get; }
        [DispId(1)]
        Rule get_ItemByDBID(int @DBID);
        [DispId(2)]
        int Count { get; }
        [DispId(3)]
        Rule Add();
        [DispId(4)]
        void DeleteByDBID(int @DBID);
        [DispId(5)]
        void Refresh();
    }

    [ComImport, Guid("995f9181-e761-42fa-9057-fe070b37d0f3"), CoClass(typeof(RulesClass))]
    public interface Rules : IInterfaceRules
    {
    }

    [Guid("624f494b-347a-4285-9506-c54154d50b2a")]
    public class RulesClass : Postroom.RemoteObject, IInterfaceRules, Rules
    {
        public RulesClass() : base("hMailServer.Rules")
        {
        }

        internal RulesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual Rule this[int @Index] { get { return (Rule)Get("Item", @Index); } }

        public virtual Rule get_ItemByDBID(int @DBID) { return (Rule)Get("ItemByDBID", @DBID); }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual Rule Add() { return (Rule)Call("Add"); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }
    }

    [ComImport, Guid("5cb10d83-8fda-461b-ad5b-3cbbf9476fd6")]
    public interface IInterfaceSSLCertificate
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string Name { get; set; }
        [DispId(3)]
        void Save();
        [DispId(4)]
        string CertificateFile { get; set; }
        [DispId(5)]
        string PrivateKeyFile { get; set; }
        [DispId(6)]
        void Delete();
    }

    [ComImport, Guid("5cb10d83-8fda-461b-ad5b-3cbbf9476fd6"), CoClass(typeof(SSLCertificateClass))]
    public interface SSLCertificate : IInterfaceSSLCertificate
    {
    }

    [Guid("11a68c45-ec73-496a-a300-2eb8820824ef")]
    public class SSLCertificateClass : Postroom.RemoteObject, IInterfaceSSLCertificate, SSLCertificate
    {
        public SSLCertificateClass() : base("hMailServer.SSLCertificate")
        {
        }

        internal SSLCertificateClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual string CertificateFile { get { return (string)(Get("CertificateFile") ?? ""); } set { Put("CertificateFile", value); } }

        public virtual string PrivateKeyFile { get { return (string)(Get("PrivateKeyFile") ?? ""); } set { Put("PrivateKeyFile", value); } }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("a6c0b92b-3973-4e0a-86cb-440ad6c80b71")]
    public interface IInterfaceSSLCertificates
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        SSLCertificate this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        SSLCertificate Add();
        [DispId(5)]
        SSLCertificate get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
        [DispId(7)]
        void Clear();
    }

    [ComImport, Guid("a6c0b92b-3973-4e0a-86cb-440ad6c80b71"), CoClass(typeof(SSLCertificatesClass))]
    public interface SSLCertificates : IInterfaceSSLCertificates
    {
    }

    [Guid("be7af6bb-2eca-4313-be00-16a72d82ae49")]
    public class SSLCertificatesClass : Postroom.RemoteObject, IInterfaceSSLCertificates, SSLCertificates
    {
        public SSLCertificatesClass() : base("hMailServer.SSLCertificates")
        {
        }

        internal SSLCertificatesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual SSLCertificate this[int @Index] { get { return (SSLCertificate)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual SSLCertificate Add() { return (SSLCertificate)Call("Add"); }

        public virtual SSLCertificate get_ItemByDBID(int @DBID) { return (SSLCertificate)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual void Clear() { Call("Clear"); }
    }

    [ComImport, Guid("a4866edd-f0b8-49c7-a477-57d469f7d7d4")]
    public interface IInterfaceSURBLServer
    {
        [DispId(1)]
        bool Active { get; set; }
        [DispId(2)]
        int ID { get; }
        [DispId(3)]
        string DNSHost { get; set; }
        [DispId(4)]
        string RejectMessage { get; set; }
        [DispId(6)]
        void Save();
        [DispId(7)]
        int Score { get; set; }
        [DispId(8)]
        void Delete();
    }

    [ComImport, Guid("a4866edd-f0b8-49c7-a477-57d469f7d7d4"), CoClass(typeof(SURBLServerClass))]
    public interface SURBLServer : IInterfaceSURBLServer
    {
    }

    [Guid("d875aec4-7aa0-4c93-9f8f-141324c80d17")]
    public class SURBLServerClass : Postroom.RemoteObject, IInterfaceSURBLServer, SURBLServer
    {
        public SURBLServerClass() : base("hMailServer.SURBLServer")
        {
        }

        internal SURBLServerClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool Active { get { return Convert.ToBoolean(Get("Active")); } set { Put("Active", value); } }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string DNSHost { get { return (string)(Get("DNSHost") ?? ""); } set { Put("DNSHost", value); } }

        public virtual string RejectMessage { get { return (string)(Get("RejectMessage") ?? ""); } set { Put("RejectMessage", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual int Score { get { return Convert.ToInt32(Get("Score")); } set { Put("Score", value); } }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("d6b91c3a-90c1-4943-b818-ee66119e4702")]
    public interface IInterfaceSURBLServers
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        SURBLServer this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        SURBLServer Add();
        [DispId(5)]
        SURBLServer get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
        [DispId(7)]
        SURBLServer get_ItemByDNSHost(string @sDNSHost);
    }

    [ComImport, Guid("d6b91c3a-90c1-4943-b818-ee66119e4702"), CoClass(typeof(SURBLServersClass))]
    public interface SURBLServers : IInterfaceSURBLServers
    {
    }

    [Guid("fcd94e5f-f05f-400b-8345-afc7fdd6626e")]
    public class SURBLServersClass : Postroom.RemoteObject, IInterfaceSURBLServers, SURBLServers
    {
        public SURBLServersClass() : base("hMailServer.SURBLServers")
        {
        }

        internal SURBLServersClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual SURBLServer this[int @Index] { get { return (SURBLServer)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual SURBLServer Add() { return (SURBLServer)Call("Add"); }

        public virtual SURBLServer get_ItemByDBID(int @DBID) { return (SURBLServer)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual SURBLServer get_ItemByDNSHost(string @sDNSHost) { return (SURBLServer)Get("ItemByDNSHost", @sDNSHost); }
    }

    [ComImport, Guid("b1ea04c0-b0b7-4638-80e4-41278cef8c19")]
    public interface IInterfaceScripting
    {
        [DispId(1)]
        bool Enabled { get; set; }
        [DispId(2)]
        string Language { get; set; }
        [DispId(3)]
        void Reload();
        [DispId(4)]
        string CheckSyntax();
        [DispId(5)]
        string Directory { get; }
        [DispId(6)]
        string CurrentScriptFile { get; }
    }

    [ComImport, Guid("b1ea04c0-b0b7-4638-80e4-41278cef8c19"), CoClass(typeof(ScriptingClass))]
    public interface Scripting : IInterfaceScripting
    {
    }

    [Guid("68a73a47-5b56-43a3-bc11-cfc436f3ba9e")]
    public class ScriptingClass : Postroom.RemoteObject, IInterfaceScripting, Scripting
    {
        public ScriptingClass() : base("hMailServer.Scripting")
        {
        }

        internal ScriptingClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual bool Enabled { get { return Convert.ToBoolean(Get("Enabled")); } set { Put("Enabled", value); } }

        public virtual string Language { get { return (string)(Get("Language") ?? ""); } set { Put("Language", value); } }

        public virtual void Reload() { Call("Reload"); }

        public virtual string CheckSyntax() { return (string)(Call("CheckSyntax") ?? ""); }

        public virtual string Directory { get { return (string)(Get("Directory") ?? ""); } }

        public virtual string CurrentScriptFile { get { return (string)(Get("CurrentScriptFile") ?? ""); } }
    }

    [ComImport, Guid("3b1cb89d-9248-413d-bf2a-f000e6db5f54")]
    public interface IInterfaceSecurityRange
    {
        [DispId(0)]
        int ID { get; }
        [DispId(1)]
        string LowerIP { get; set; }
        [DispId(2)]
        string UpperIP { get; set; }
        [DispId(3)]
        bool AllowSMTPConnections { get; set; }
        [DispId(5)]
        bool AllowPOP3Connections { get; set; }
        [DispId(6)]
        int Priority { get; set; }
        [DispId(10)]
        void Save();
        [DispId(11)]
        bool AllowIMAPConnections { get; set; }
        [DispId(12)]
        string Name { get; set; }
        [DispId(13)]
        bool RequireAuthForDeliveryToLocal { get; set; }
        [DispId(14)]
        bool RequireAuthForDeliveryToRemote { get; set; }
        [DispId(15)]
        bool AllowDeliveryFromLocalToLocal { get; set; }
        [DispId(16)]
        bool AllowDeliveryFromLocalToRemote { get; set; }
        [DispId(17)]
        bool AllowDeliveryFromRemoteToLocal { get; set; }
        [DispId(18)]
        bool AllowDeliveryFromRemoteToRemote { get; set; }
        [DispId(19)]
        bool EnableSpamProtection { get; set; }
        [DispId(20)]
        bool IsForwardingRelay { get; set; }
        [DispId(21)]
        bool EnableAntiVirus { get; set; }
        [DispId(22)]
        void Delete();
        [DispId(23)]
        bool Expires { get; set; }
        [DispId(24)]
        object ExpiresTime { get; set; }
        [DispId(25)]
        bool RequireSMTPAuthLocalToLocal { get; set; }
        [DispId(26)]
        bool RequireSMTPAuthLocalToExternal { get; set; }
        [DispId(27)]
        bool RequireSMTPAuthExternalToLocal { get; set; }
        [DispId(28)]
        bool RequireSMTPAuthExternalToExternal { get; set; }
        [DispId(29)]
        bool RequireSSLTLSForAuth { get; set; }
    }

    [ComImport, Guid("3b1cb89d-9248-413d-bf2a-f000e6db5f54"), CoClass(typeof(SecurityRangeClass))]
    public interface SecurityRange : IInterfaceSecurityRange
    {
    }

    [Guid("b149383d-151c-4585-99f8-71876d0f14c4")]
    public class SecurityRangeClass : Postroom.RemoteObject, IInterfaceSecurityRange, SecurityRange
    {
        public SecurityRangeClass() : base("hMailServer.SecurityRange")
        {
        }

        internal SecurityRangeClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string LowerIP { get { return (string)(Get("LowerIP") ?? ""); } set { Put("LowerIP", value); } }

        public virtual string UpperIP { get { return (string)(Get("UpperIP") ?? ""); } set { Put("UpperIP", value); } }

        public virtual bool AllowSMTPConnections { get { return Convert.ToBoolean(Get("AllowSMTPConnections")); } set { Put("AllowSMTPConnections", value); } }

        public virtual bool AllowPOP3Connections { get { return Convert.ToBoolean(Get("AllowPOP3Connections")); } set { Put("AllowPOP3Connections", value); } }

        public virtual int Priority { get { return Convert.ToInt32(Get("Priority")); } set { Put("Priority", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual bool AllowIMAPConnections { get { return Convert.ToBoolean(Get("AllowIMAPConnections")); } set { Put("AllowIMAPConnections", value); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual bool RequireAuthForDeliveryToLocal { get { return Convert.ToBoolean(Get("RequireAuthForDeliveryToLocal")); } set { Put("RequireAuthForDeliveryToLocal", value); } }

        public virtual bool RequireAuthForDeliveryToRemote { get { return Convert.ToBoolean(Get("RequireAuthForDeliveryToRemote")); } set { Put("RequireAuthForDeliveryToRemote", value); } }

        public virtual bool AllowDeliveryFromLocalToLocal { get { return Convert.ToBoolean(Get("AllowDeliveryFromLocalToLocal")); } set { Put("AllowDeliveryFromLocalToLocal", value); } }

        public virtual bool AllowDeliveryFromLocalToRemote { get { return Convert.ToBoolean(Get("AllowDeliveryFromLocalToRemote")); } set { Put("AllowDeliveryFromLocalToRemote", value); } }

        public virtual bool AllowDeliveryFromRemoteToLocal { get { return Convert.ToBoolean(Get("AllowDeliveryFromRemoteToLocal")); } set { Put("AllowDeliveryFromRemoteToLocal", value); } }

        public virtual bool AllowDeliveryFromRemoteToRemote { get { return Convert.ToBoolean(Get("AllowDeliveryFromRemoteToRemote")); } set { Put("AllowDeliveryFromRemoteToRemote", value); } }

        public virtual bool EnableSpamProtection { get { return Convert.ToBoolean(Get("EnableSpamProtection")); } set { Put("EnableSpamProtection", value); } }

        public virtual bool IsForwardingRelay { get { return Convert.ToBoolean(Get("IsForwardingRelay")); } set { Put("IsForwardingRelay", value); } }

        public virtual bool EnableAntiVirus { get { return Convert.ToBoolean(Get("EnableAntiVirus")); } set { Put("EnableAntiVirus", value); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual bool Expires { get { return Convert.ToBoolean(Get("Expires")); } set { Put("Expires", value); } }

        public virtual object ExpiresTime { get { return Get("ExpiresTime"); } set { Put("ExpiresTime", value); } }

        public virtual bool RequireSMTPAuthLocalToLocal { get { return Convert.ToBoolean(Get("RequireSMTPAuthLocalToLocal")); } set { Put("RequireSMTPAuthLocalToLocal", value); } }

        public virtual bool RequireSMTPAuthLocalToExternal { get { return Convert.ToBoolean(Get("RequireSMTPAuthLocalToExternal")); } set { Put("RequireSMTPAuthLocalToExternal", value); } }

        public virtual bool RequireSMTPAuthExternalToLocal { get { return Convert.ToBoolean(Get("RequireSMTPAuthExternalToLocal")); } set { Put("RequireSMTPAuthExternalToLocal", value); } }

        public virtual bool RequireSMTPAuthExternalToExternal { get { return Convert.ToBoolean(Get("RequireSMTPAuthExternalToExternal")); } set { Put("RequireSMTPAuthExternalToExternal", value); } }

        public virtual bool RequireSSLTLSForAuth { get { return Convert.ToBoolean(Get("RequireSSLTLSForAuth")); } set { Put("RequireSSLTLSForAuth", value); } }
    }

    [ComImport, Guid("3f0053e1-2328-452f-855d-87ff63e06be0")]
    public interface IInterfaceSecurityRanges
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        SecurityRange this[int @Index] { get; }
        [DispId(1)]
        SecurityRange get_ItemByDBID(int @DBID);
        [DispId(2)]
        void Delete(int @Index);
        [DispId(3)]
        void DeleteByDBID(int @DBID);
        [DispId(4)]
        void Refresh();
        [DispId(5)]
        SecurityRange Add();
        [DispId(6)]
        int Count { get; }
        [DispId(7)]
        SecurityRange get_ItemByName(string @sName);
        [DispId(8)]
        void SetDefault();
    }

    [ComImport, Guid("3f0053e1-2328-452f-855d-87ff63e06be0"), CoClass(typeof(SecurityRangesClass))]
    public interface SecurityRanges : IInterfaceSecurityRanges
    {
    }

    [Guid("60a752a2-1197-4841-add4-ce922873e794")]
    public class SecurityRangesClass : Postroom.RemoteObject, IInterfaceSecurityRanges, SecurityRanges
    {
        public SecurityRangesClass() : base("hMailServer.SecurityRanges")
        {
        }

        internal SecurityRangesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual SecurityRange this[int @Index] { get { return (SecurityRange)Get("Item", @Index); } }

        public virtual SecurityRange get_ItemByDBID(int @DBID) { return (SecurityRange)Get("ItemByDBID", @DBID); }

        public virtual void Delete(int @Index) { Call("Delete", @Index); }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual SecurityRange Add() { return (SecurityRange)Call("Add"); }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual SecurityRange get_ItemByName(string @sName) { return (SecurityRange)Get("ItemByName", @sName); }

        public virtual void SetDefault() { Call("SetDefault"); }
    }

    [ComImport, Guid("6f7c0387-1ac5-466b-9068-67d659d57a86")]
    public interface IInterfaceServerMessage
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string Name { get; set; }
        [DispId(3)]
        void Save();
        [DispId(4)]
        string Text { get; set; }
    }

    [ComImport, Guid("6f7c0387-1ac5-466b-9068-67d659d57a86"), CoClass(typeof(ServerMessageClass))]
    public interface ServerMessage : IInterfaceServerMessage
    {
    }

    [Guid("561076c6-9174-43d3-b889-cfcc42e3ae5e")]
    public class ServerMessageClass : Postroom.RemoteObject, IInterfaceServerMessage, ServerMessage
    {
        public ServerMessageClass() : base("hMailServer.ServerMessage")
        {
        }

        internal ServerMessageClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string Name { get { return (string)(Get("Name") ?? ""); } set { Put("Name", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual string Text { get { return (string)(Get("Text") ?? ""); } set { Put("Text", value); } }
    }

    [ComImport, Guid("0e90d7d8-0144-4021-9240-8cb9cc6f7628")]
    public interface IInterfaceServerMessages
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        ServerMessage this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        ServerMessage get_ItemByDBID(int @DBID);
        [DispId(3)]
        ServerMessage get_ItemByName(string @sName);
        [DispId(4)]
        void Refresh();
    }

    [ComImport, Guid("0e90d7d8-0144-4021-9240-8cb9cc6f7628"), CoClass(typeof(ServerMessagesClass))]
    public interface ServerMessages : IInterfaceServerMessages
    {
    }

    [Guid("379f1428-a4c9-4d43-9745-aeabf8950755")]
    public class ServerMessagesClass : Postroom.RemoteObject, IInterfaceServerMessages, ServerMessages
    {
        public ServerMessagesClass() : base("hMailServer.ServerMessages")
        {
        }

        internal ServerMessagesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual ServerMessage this[int @Index] { get { return (ServerMessage)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual ServerMessage get_ItemByDBID(int @DBID) { return (ServerMessage)Get("ItemByDBID", @DBID); }

        public virtual ServerMessage get_ItemByName(string @sName) { return (ServerMessage)Get("ItemByName", @sName); }

        public virtual void Refresh() { Call("Refresh"); }
    }

    [ComImport, Guid("a4c709a3-98b2-410d-84f4-eda999bf0cb2")]
    public interface IInterfaceSettings
    {
        [DispId(5)]
        int MaxSMTPConnections { get; set; }
        [DispId(6)]
        int MaxPOP3Connections { get; set; }
        [DispId(7)]
        string MirrorEMailAddress { get; set; }
        [DispId(8)]
        bool AllowSMTPAuthPlain { get; set; }
        [DispId(11)]
        bool DenyMailFromNull { get; set; }
        [DispId(13)]
        Logging Logging { get; }
        [DispId(18)]
        SecurityRanges SecurityRanges { get; }
        [DispId(19)]
        int SMTPNoOfTries { get; set; }
        [DispId(20)]
        int SMTPMinutesBetweenTry { get; set; }
        [DispId(22)]
        string SMTPRelayer { get; set; }
        [DispId(23)]
        string WelcomeSMTP { get; set; }
        [DispId(24)]
        string WelcomePOP3 { get; set; }
        [DispId(25)]
        string WelcomeIMAP { get; set; }
        [DispId(26)]
        bool ServiceSMTP { get; set; }
        [DispId(27)]
        bool ServicePOP3 { get; set; }
        [DispId(28)]
        bool ServiceIMAP { get; set; }
        [DispId(29)]
        int MaxDeliveryThreads { get; set; }
        [DispId(30)]
        AntiVirus AntiVirus { get; }
        [DispId(31)]
        Routes Routes { get; }
        [DispId(33)]
        string HostName { get; set; }
        [DispId(34)]
        bool SMTPRelayerRequiresAuthentication { get; set; }
        [DispId(35)]
        string SMTPRelayerUsername { get; set; }
        [DispId(36)]
        void SetSMTPRelayerPassword(string @newVal);
        [DispId(37)]
        int SMTPRelayerPort { get; set; }
        [DispId(42)]
        string UserInterfaceLanguage { get; set; }
        [DispId(43)]
        Scripting Scripting { get; }
        [DispId(44)]
        int MaxMessageSize { get; set; }
        [DispId(47)]
        Cache Cache { get; }
        [DispId(48)]
        int RuleLoopLimit { get; set; }
        [DispId(49)]
        BackupSettings Backup { get; }
        [DispId(50)]
        string DefaultDomain { get; set; }
        [DispId(51)]
        string SMTPDeliveryBindToIP { get; set; }
        [DispId(53)]
        int MaxIMAPConnections { get; set; }
        [DispId(54)]
        bool IMAPSortEnabled { get; set; }
        [DispId(55)]
        bool IMAPQuotaEnabled { get; set; }
        [DispId(56)]
        bool IMAPIdleEnabled { get; set; }
        [DispId(57)]
        int WorkerThreadPriority { get; set; }
        [DispId(60)]
        int TCPIPThreads { get; set; }
        [DispId(61)]
        bool AllowIncorrectLineEndings { get; set; }
        [DispId(62)]
        int MaxSMTPRecipientsInBatch { get; set; }
        [DispId(63)]
        AntiSpam AntiSpam { get; }
        [DispId(64)]
        bool DisconnectInvalidClients { get; set; }
        [DispId(65)]
        int MaxNumberOfInvalidCommands { get; set; }
        [DispId(66)]
        ServerMessages ServerMessages { get; }
        [DispId(70)]
        TCPIPPorts TCPIPPorts { get; }
        [DispId(71)]
        bool SMTPRelayerUseSSL { get; set; }
        [DispId(72)]
        SSLCertificates SSLCertificates { get; }
        [DispId(73)]
        bool AddDeliveredToHeader { get; set; }
        [DispId(74)]
        string IMAPPublicFolderName { get; set; }
        [DispId(75)]
        bool IMAPACLEnabled { get; set; }
        [DispId(76)]
        void SetAdministratorPassword(string @newVal);
        [DispId(77)]
        Directories Directories { get; }
        [DispId(78)]
        IMAPFolders PublicFolders { get; }
        [DispId(79)]
        string PublicFolderDiskName { get; }
        [DispId(80)]
        Groups Groups { get; }
        [DispId(81)]
        IncomingRelays IncomingRelays { get; }
        [DispId(82)]
        bool AutoBanOnLogonFailure { get; set; }
        [DispId(83)]
        int MaxInvalidLogonAttempts { get; set; }
        [DispId(84)]
        int MaxInvalidLogonAttemptsWithin { get; set; }
        [DispId(85)]
        int AutoBanMinutes { get; set; }
        [DispId(86)]
        void ClearLogonFailureList();
        [DispId(87)]
        string IMAPHierarchyDelimiter { get; set; }
        [DispId(88)]
        int MaxAsynchronousThreads { get; set; }
        [DispId(89)]
        MessageIndexing MessageIndexing { get; }
        [DispId(90)]
        int MaxNumberOfMXHosts { get; set; }
        [DispId(91)]
        eConnectionSecurity SMTPRelayerConnectionSecurity { get; set; }
        [DispId(92)]
        eConnectionSecurity SMTPConnectionSecurity { get; set; }
        [DispId(93)]
        bool VerifyRemoteSslCertificate { get; set; }
        [DispId(94)]
        string SslCipherList { get; set; }
        [DispId(96)]
        bool TlsVersion10Enabled { get; set; }
        [DispId(97)]
        bool TlsVersion11Enabled { get; set; }
        [DispId(98)]
        bool TlsVersion12Enabled { get; set; }
        [DispId(99)]
        int CrashSimulationMode { get; set; }
        [DispId(100)]
        string IMAPMasterUser { get; set; }
        [DispId(101)]
        bool IMAPAuthAllowPlainText { get; set; }
        [DispId(102)]
        bool IMAPSASLPlainEnabled { get; set; }
        [DispId(103)]
        bool IMAPSASLInitialResponseEnabled { get; set; }
        [DispId(104)]
        bool TlsVersion13Enabled { get; set; }
        [DispId(105)]
        bool IPv6PreferredEnabled { get; set; }
    }

    [ComImport, Guid("a4c709a3-98b2-410d-84f4-eda999bf0cb2"), CoClass(typeof(SettingsClass))]
    public interface Settings : IInterfaceSettings
    {
    }

    [Guid("fdf084a7-82de-4ebe-8455-e506ace01d63")]
    public class SettingsClass : Postroom.RemoteObject, IInterfaceSettings, Settings
    {
        public SettingsClass() : base("hMailServer.Settings")
        {
        }

        internal SettingsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int MaxSMTPConnections { get { return Convert.ToInt32(Get("MaxSMTPConnections")); } set { Put("MaxSMTPConnections", value); } }

        public virtual int MaxPOP3Connections { get { return Convert.ToInt32(Get("MaxPOP3Connections")); } set { Put("MaxPOP3Connections", value); } }

        public virtual string MirrorEMailAddress { get { return (string)(Get("MirrorEMailAddress") ?? ""); } set { Put("MirrorEMailAddress", value); } }

        public virtual bool AllowSMTPAuthPlain { get { return Convert.ToBoolean(Get("AllowSMTPAuthPlain")); } set { Put("AllowSMTPAuthPlain", value); } }

        public virtual bool DenyMailFromNull { get { return Convert.ToBoolean(Get("DenyMailFromNull")); } set { Put("DenyMailFromNull", value); } }

        public virtual Logging Logging { get { return (Logging)Get("Logging"); } }

        public virtual SecurityRanges SecurityRanges { get { return (SecurityRanges)Get("SecurityRanges"); } }

        public virtual int SMTPNoOfTries { get { return Convert.ToInt32(Get("SMTPNoOfTries")); } set { Put("SMTPNoOfTries", value); } }

        public virtual int SMTPMinutesBetweenTry { get { return Convert.ToInt32(Get("SMTPMinutesBetweenTry")); } set { Put("SMTPMinutesBetweenTry", value); } }

        public virtual string SMTPRelayer { get { return (string)(Get("SMTPRelayer") ?? ""); } set { Put("SMTPRelayer", value); } }

        public virtual string WelcomeSMTP { get { return (string)(Get("WelcomeSMTP") ?? ""); } set { Put("WelcomeSMTP", value); } }

        public virtual string WelcomePOP3 { get { return (string)(Get("WelcomePOP3") ?? ""); } set { Put("WelcomePOP3", value); } }

        public virtual string WelcomeIMAP { get { return (string)(Get("WelcomeIMAP") ?? ""); } set { Put("WelcomeIMAP", value); } }

        public virtual bool ServiceSMTP { get { return Convert.ToBoolean(Get("ServiceSMTP")); } set { Put("ServiceSMTP", value); } }

        public virtual bool ServicePOP3 { get { return Convert.ToBoolean(Get("ServicePOP3")); } set { Put("ServicePOP3", value); } }

        public virtual bool ServiceIMAP { get { return Convert.ToBoolean(Get("ServiceIMAP")); } set { Put("ServiceIMAP", value); } }

        public virtual int MaxDeliveryThreads { get { return Convert.ToInt32(Get("MaxDeliveryThreads")); } set { Put("MaxDeliveryThreads", value); } }

        public virtual AntiVirus AntiVirus { get { return (AntiVirus)Get("AntiVirus"); } }

        public virtual Routes Routes { get { return (Routes)Get("Routes"); } }

        public virtual string HostName { get { return (string)(Get("HostName") ?? ""); } set { Put("HostName", value); } }

        public virtual bool SMTPRelayerRequiresAuthentication { get { return Convert.ToBoolean(Get("SMTPRelayerRequiresAuthentication")); } set { Put("SMTPRelayerRequiresAuthentication", value); } }

        public virtual string SMTPRelayerUsername { get { return (string)(Get("SMTPRelayerUsername") ?? ""); } set { Put("SMTPRelayerUsername", value); } }

        public virtual void SetSMTPRelayerPassword(string @newVal) { Call("SetSMTPRelayerPassword", @newVal); }

        public virtual int SMTPRelayerPort { get { return Convert.ToInt32(Get("SMTPRelayerPort")); } set { Put("SMTPRelayerPort", value); } }

        public virtual string UserInterfaceLanguage { get { return (string)(Get("UserInterfaceLanguage") ?? ""); } set { Put("UserInterfaceLanguage", value); } }

        public virtual Scripting Scripting { get { return (Scripting)Get("Scripting"); } }

        public virtual int MaxMessageSize { get { return Convert.ToInt32(Get("MaxMessageSize")); } set { Put("MaxMessageSize", value); } }

        public virtual Cache Cache { get { return (Cache)Get("Cache"); } }

        public virtual int RuleLoopLimit { get { return Convert.ToInt32(Get("RuleLoopLimit")); } set { Put("RuleLoopLimit", value); } }

        public virtual BackupSettings Backup { get { return (BackupSettings)Get("Backup"); } }

        public virtual string DefaultDomain { get { return (string)(Get("DefaultDomain") ?? ""); } set { Put("DefaultDomain", value); } }

        public virtual string SMTPDeliveryBindToIP { get { return (string)(Get("SMTPDeliveryBindToIP") ?? ""); } set { Put("SMTPDeliveryBindToIP", value); } }

        public virtual int MaxIMAPConnections { get { return Convert.ToInt32(Get("MaxIMAPConnections")); } set { Put("MaxIMAPConnections", value); } }

        public virtual bool IMAPSortEnabled { get { return Convert.ToBoolean(Get("IMAPSortEnabled")); } set { Put("IMAPSortEnabled", value); } }

        public virtual bool IMAPQuotaEnabled { get { return Convert.ToBoolean(Get("IMAPQuotaEnabled")); } set { Put("IMAPQuotaEnabled", value); } }

        public virtual bool IMAPIdleEnabled { get { return Convert.ToBoolean(Get("IMAPIdleEnabled")); } set { Put("IMAPIdleEnabled", value); } }

        public virtual int WorkerThreadPriority { get { return Convert.ToInt32(Get("WorkerThreadPriority")); } set { Put("WorkerThreadPriority", value); } }

        public virtual int TCPIPThreads { get { return Convert.ToInt32(Get("TCPIPThreads")); } set { Put("TCPIPThreads", value); } }

        public virtual bool AllowIncorrectLineEndings { get { return Convert.ToBoolean(Get("AllowIncorrectLineEndings")); } set { Put("AllowIncorrectLineEndings", value); } }

        public virtual int MaxSMTPRecipientsInBatch { get { return Convert.ToInt32(Get("MaxSMTPRecipientsInBatch")); } set { Put("MaxSMTPRecipientsInBatch", value); } }

        public virtual AntiSpam AntiSpam { get { return (AntiSpam)Get("AntiSpam"); } }

        public virtual bool DisconnectInvalidClients { get { return Convert.ToBoolean(Get("DisconnectInvalidClients")); } set { Put("DisconnectInvalidClients", value); } }

        public virtual int MaxNumberOfInvalidCommands { get { return Convert.ToInt32(Get("MaxNumberOfInvalidCommands")); } set { Put("MaxNumberOfInvalidCommands", value); } }

        public virtual ServerMessages ServerMessages { get { return (ServerMessages)Get("ServerMessages"); } }

        public virtual TCPIPPorts TCPIPPorts { get { return (TCPIPPorts)Get("TCPIPPorts"); } }

        public virtual bool SMTPRelayerUseSSL { get { return Convert.ToBoolean(Get("SMTPRelayerUseSSL")); } set { Put("SMTPRelayerUseSSL", value); } }

        public virtual SSLCertificates SSLCertificates { get { return (SSLCertificates)Get("SSLCertificates"); } }

        public virtual bool AddDeliveredToHeader { get { return Convert.ToBoolean(Get("AddDeliveredToHeader")); } set { Put("AddDeliveredToHeader", value); } }

        public virtual string IMAPPublicFolderName { get { return (string)(Get("IMAPPublicFolderName") ?? ""); } set { Put("IMAPPublicFolderName", value); } }

        public virtual bool IMAPACLEnabled { get { return Convert.ToBoolean(Get("IMAPACLEnabled")); } set { Put("IMAPACLEnabled", value); } }

        public virtual void SetAdministratorPassword(string @newVal) { Call("SetAdministratorPassword", @newVal); }

        public virtual Directories Directories { get { return (Directories)Get("Directories"); } }

        public virtual IMAPFolders PublicFolders { get { return (IMAPFolders)Get("PublicFolders"); } }

        public virtual string PublicFolderDiskName { get { return (string)(Get("PublicFolderDiskName") ?? ""); } }

        public virtual Groups Groups { get { return (Groups)Get("Groups"); } }

        public virtual IncomingRelays IncomingRelays { get { return (IncomingRelays)Get("IncomingRelays"); } }

        public virtual bool AutoBanOnLogonFailure { get { return Convert.ToBoolean(Get("AutoBanOnLogonFailure")); } set { Put("AutoBanOnLogonFailure", value); } }

        public virtual int MaxInvalidLogonAttempts { get { return Convert.ToInt32(Get("MaxInvalidLogonAttempts")); } set { Put("MaxInvalidLogonAttempts", value); } }

        public virtual int MaxInvalidLogonAttemptsWithin { get { return Convert.ToInt32(Get("MaxInvalidLogonAttemptsWithin")); } set { Put("MaxInvalidLogonAttemptsWithin", value); } }

        public virtual int AutoBanMinutes { get { return Convert.ToInt32(Get("AutoBanMinutes")); } set { Put("AutoBanMinutes", value); } }

        public virtual void ClearLogonFailureList() { Call("ClearLogonFailureList"); }

        public virtual string IMAPHierarchyDelimiter { get { return (string)(Get("IMAPHierarchyDelimiter") ?? ""); } set { Put("IMAPHierarchyDelimiter", value); } }

        public virtual int MaxAsynchronousThreads { get { return Convert.ToInt32(Get("MaxAsynchronousThreads")); } set { Put("MaxAsynchronousThreads", value); } }

        public virtual MessageIndexing MessageIndexing { get { return (MessageIndexing)Get("MessageIndexing"); } }

        public virtual int MaxNumberOfMXHosts { get { return Convert.ToInt32(Get("MaxNumberOfMXHosts")); } set { Put("MaxNumberOfMXHosts", value); } }

        public virtual eConnectionSecurity SMTPRelayerConnectionSecurity { get { return (eConnectionSecurity)Convert.ToInt32(Get("SMTPRelayerConnectionSecurity")); } set { Put("SMTPRelayerConnectionSecurity", value); } }

        public virtual eConnectionSecurity SMTPConnectionSecurity { get { return (eConnectionSecurity)Convert.ToInt32(Get("SMTPConnectionSecurity")); } set { Put("SMTPConnectionSecurity", value); } }

        public virtual bool VerifyRemoteSslCertificate { get { return Convert.ToBoolean(Get("VerifyRemoteSslCertificate")); } set { Put("VerifyRemoteSslCertificate", value); } }

        public virtual string SslCipherList { get { return (string)(Get("SslCipherList") ?? ""); } set { Put("SslCipherList", value); } }

        public virtual bool TlsVersion10Enabled { get { return Convert.ToBoolean(Get("TlsVersion10Enabled")); } set { Put("TlsVersion10Enabled", value); } }

        public virtual bool TlsVersion11Enabled { get { return Convert.ToBoolean(Get("TlsVersion11Enabled")); } set { Put("TlsVersion11Enabled", value); } }

        public virtual bool TlsVersion12Enabled { get { return Convert.ToBoolean(Get("TlsVersion12Enabled")); } set { Put("TlsVersion12Enabled", value); } }

        public virtual int CrashSimulationMode { get { return Convert.ToInt32(Get("CrashSimulationMode")); } set { Put("CrashSimulationMode", value); } }

        public virtual string IMAPMasterUser { get { return (string)(Get("IMAPMasterUser") ?? ""); } set { Put("IMAPMasterUser", value); } }

        public virtual bool IMAPAuthAllowPlainText { get { return Convert.ToBoolean(Get("IMAPAuthAllowPlainText")); } set { Put("IMAPAuthAllowPlainText", value); } }

        public virtual bool IMAPSASLPlainEnabled { get { return Convert.ToBoolean(Get("IMAPSASLPlainEnabled")); } set { Put("IMAPSASLPlainEnabled", value); } }

        public virtual bool IMAPSASLInitialResponseEnabled { get { return Convert.ToBoolean(Get("IMAPSASLInitialResponseEnabled")); } set { Put("IMAPSASLInitialResponseEnabled", value); } }

        public virtual bool TlsVersion13Enabled { get { return Convert.ToBoolean(Get("TlsVersion13Enabled")); } set { Put("TlsVersion13Enabled", value); } }

        public virtual bool IPv6PreferredEnabled { get { return Convert.ToBoolean(Get("IPv6PreferredEnabled")); } set { Put("IPv6PreferredEnabled", value); } }
    }

    [ComImport, Guid("c3e2dffb-be53-4be6-be57-7c5609938ceb")]
    public interface IInterfaceStatus
    {
        [DispId(1)]
        string UndeliveredMessages { get; }
        [DispId(2)]
        string StartTime { get; }
        [DispId(3)]
        int ProcessedMessages { get; }
        [DispId(4)]
        int RemovedViruses { get; }
        [DispId(5)]
        int RemovedSpamMessages { get; }
        [DispId(6)]
        int get_SessionCount(eSessionType @iType);
        [DispId(7)]
        int ThreadID { get; }
    }

    [ComImport, Guid("c3e2dffb-be53-4be6-be57-7c5609938ceb"), CoClass(typeof(StatusClass))]
    public interface Status : IInterfaceStatus
    {
    }

    [Guid("add8b04f-f7a0-4c73-8b0b-e53b3077f052")]
    public class StatusClass : Postroom.RemoteObject, IInterfaceStatus, Status
    {
        public StatusClass() : base("hMailServer.Status")
        {
        }

        internal StatusClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string UndeliveredMessages { get { return (string)(Get("UndeliveredMessages") ?? ""); } }

        public virtual string StartTime { get { return (string)(Get("StartTime") ?? ""); } }

        public virtual int ProcessedMessages { get { return Convert.ToInt32(Get("ProcessedMessages")); } }

        public virtual int RemovedViruses { get { return Convert.ToInt32(Get("RemovedViruses")); } }

        public virtual int RemovedSpamMessages { get { return Convert.ToInt32(Get("RemovedSpamMessages")); } }

        public virtual int get_SessionCount(eSessionType @iType) { return Convert.ToInt32(Get("SessionCount", @iType)); }

        public virtual int ThreadID { get { return Convert.ToInt32(Get("ThreadID")); } }
    }

    [ComImport, Guid("5f46b580-89da-44a3-9518-aeeedb80f6d7")]
    public interface IInterfaceTCPIPPort
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        eSessionType Protocol { get; set; }
        [DispId(3)]
        int PortNumber { get; set; }
        [DispId(4)]
        void Save();
        [DispId(5)]
        string Address { get; set; }
        [DispId(6)]
        bool UseSSL { get; set; }
        [DispId(7)]
        int SSLCertificateID { get; set; }
        [DispId(8)]
        void Delete();
        [DispId(9)]
        eConnectionSecurity ConnectionSecurity { get; set; }
    }

    [ComImport, Guid("5f46b580-89da-44a3-9518-aeeedb80f6d7"), CoClass(typeof(TCPIPPortClass))]
    public interface TCPIPPort : IInterfaceTCPIPPort
    {
    }

    [Guid("556df811-3e02-4106-bca6-c75996825e9a")]
    public class TCPIPPortClass : Postroom.RemoteObject, IInterfaceTCPIPPort, TCPIPPort
    {
        public TCPIPPortClass() : base("hMailServer.TCPIPPort")
        {
        }

        internal TCPIPPortClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual eSessionType Protocol { get { return (eSessionType)Convert.ToInt32(Get("Protocol")); } set { Put("Protocol", value); } }

        public virtual int PortNumber { get { return Convert.ToInt32(Get("PortNumber")); } set { Put("PortNumber", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual string Address { get { return (string)(Get("Address") ?? ""); } set { Put("Address", value); } }

        public virtual bool UseSSL { get { return Convert.ToBoolean(Get("UseSSL")); } set { Put("UseSSL", value); } }

        public virtual int SSLCertificateID { get { return Convert.ToInt32(Get("SSLCertificateID")); } set { Put("SSLCertificateID", value); } }

        public virtual void Delete() { Call("Delete"); }

        public virtual eConnectionSecurity ConnectionSecurity { get { return (eConnectionSecurity)Convert.ToInt32(Get("ConnectionSecurity")); } set { Put("ConnectionSecurity", value); } }
    }

    [ComImport, Guid("70471130-c8fa-4218-b68a-f1c9ad973ff6")]
    public interface IInterfaceTCPIPPorts
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        TCPIPPort this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        TCPIPPort Add();
        [DispId(5)]
        TCPIPPort get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
        [DispId(7)]
        void SetDefault();
    }

    [ComImport, Guid("70471130-c8fa-4218-b68a-f1c9ad973ff6"), CoClass(typeof(TCPIPPortsClass))]
    public interface TCPIPPorts : IInterfaceTCPIPPorts
    {
    }

    [Guid("225808b4-6f03-4750-843f-3150eb1c357f")]
    public class TCPIPPortsClass : Postroom.RemoteObject, IInterfaceTCPIPPorts, TCPIPPorts
    {
        public TCPIPPortsClass() : base("hMailServer.TCPIPPorts")
        {
        }

        internal TCPIPPortsClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual TCPIPPort this[int @Index] { get { return (TCPIPPort)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual TCPIPPort Add() { return (TCPIPPort)Call("Add"); }

        public virtual TCPIPPort get_ItemByDBID(int @DBID) { return (TCPIPPort)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual void SetDefault() { Call("SetDefault"); }
    }

    [ComImport, Guid("f6bb0f43-edee-49a8-8166-672f3017426f")]
    public interface IInterfaceUtilities
    {
        [DispId(1)]
        string GetMailServer(string @EMailAddress);
        [DispId(2)]
        bool IsValidEmailAddress(string @EMailAddress);
        [DispId(3)]
        bool IsValidDomainName(string @sDomainName);
        [DispId(4)]
        string MD5(string @Input);
        [DispId(5)]
        string BlowfishEncrypt(string @Input);
        [DispId(6)]
        string BlowfishDecrypt(string @Input);
        [DispId(7)]
        void MakeDependent(string @OtherService);
        [DispId(8)]
        bool ImportMessageFromFile(string @sFilename, int @iAccountID);
        [DispId(9)]
        bool EmailAllAccounts(string @sRecipientWildcard, string @sFromAddress, string @sFromName, string @sSubject, string @sBody);
        [DispId(10)]
        string GenerateGUID();
        [DispId(11)]
        void RunTestSuite(string @sTestPassword);
        [DispId(12)]
        bool IsLocalHost(string @sHostname);
        [DispId(13)]
        bool ImportMessageFromFileToIMAPFolder(string @sFilename, int @iAccountID, string @sIMAPFolder);
        [DispId(14)]
        bool IsStrongPassword(string @Username, string @Password);
        [DispId(15)]
        string SHA256(string @Input);
        [DispId(16)]
        bool CriteriaMatch(string @MatchValue, eRuleMatchType @arg2, string @TestValue);
        [DispId(17)]
        long RetrieveMessageID(string @sFilename);
        [DispId(18)]
        bool IsValidIPAddress(string @IPAddress);
        [DispId(19)]
        void PerformMaintenance(eMaintenanceOperation @operation);
    }

    [ComImport, Guid("f6bb0f43-edee-49a8-8166-672f3017426f"), CoClass(typeof(UtilitiesClass))]
    public interface Utilities : IInterfaceUtilities
    {
    }

    [Guid("e116dcb7-7fec-4540-bea1-fa1b19d05b5f")]
    public class UtilitiesClass : Postroom.RemoteObject, IInterfaceUtilities, Utilities
    {
        public UtilitiesClass() : base("hMailServer.Utilities")
        {
        }

        internal UtilitiesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual string GetMailServer(string @EMailAddress) { return (string)(Call("GetMailServer", @EMailAddress) ?? ""); }

        public virtual bool IsValidEmailAddress(string @EMailAddress) { return Convert.ToBoolean(Call("IsValidEmailAddress", @EMailAddress)); }

        public virtual bool IsValidDomainName(string @sDomainName) { return Convert.ToBoolean(Call("IsValidDomainName", @sDomainName)); }

        public virtual string MD5(string @Input) { return (string)(Call("MD5", @Input) ?? ""); }

        public virtual string BlowfishEncrypt(string @Input) { return (string)(Call("BlowfishEncrypt", @Input) ?? ""); }

        public virtual string BlowfishDecrypt(string @Input) { return (string)(Call("BlowfishDecrypt", @Input) ?? ""); }

        public virtual void MakeDependent(string @OtherService) { Call("MakeDependent", @OtherService); }

        public virtual bool ImportMessageFromFile(string @sFilename, int @iAccountID) { return Convert.ToBoolean(Call("ImportMessageFromFile", @sFilename, @iAccountID)); }

        public virtual bool EmailAllAccounts(string @sRecipientWildcard, string @sFromAddress, string @sFromName, string @sSubject, string @sBody) { return Convert.ToBoolean(Call("EmailAllAccounts", @sRecipientWildcard, @sFromAddress, @sFromName, @sSubject, @sBody)); }

        public virtual string GenerateGUID() { return (string)(Call("GenerateGUID") ?? ""); }

        public virtual void RunTestSuite(string @sTestPassword) { Call("RunTestSuite", @sTestPassword); }

        public virtual bool IsLocalHost(string @sHostname) { return Convert.ToBoolean(Call("IsLocalHost", @sHostname)); }

        public virtual bool ImportMessageFromFileToIMAPFolder(string @sFilename, int @iAccountID, string @sIMAPFolder) { return Convert.ToBoolean(Call("ImportMessageFromFileToIMAPFolder", @sFilename, @iAccountID, @sIMAPFolder)); }

        public virtual bool IsStrongPassword(string @Username, string @Password) { return Convert.ToBoolean(Call("IsStrongPassword", @Username, @Password)); }

        public virtual string SHA256(string @Input) { return (string)(Call("SHA256", @Input) ?? ""); }

        public virtual bool CriteriaMatch(string @MatchValue, eRuleMatchType @arg2, string @TestValue) { return Convert.ToBoolean(Call("CriteriaMatch", @MatchValue, @arg2, @TestValue)); }

        public virtual long RetrieveMessageID(string @sFilename) { return Convert.ToInt64(Call("RetrieveMessageID", @sFilename)); }

        public virtual bool IsValidIPAddress(string @IPAddress) { return Convert.ToBoolean(Call("IsValidIPAddress", @IPAddress)); }

        public virtual void PerformMaintenance(eMaintenanceOperation @operation) { Call("PerformMaintenance", @operation); }
    }

    [ComImport, Guid("d67457a7-3500-481f-900f-c9741c89d6ab")]
    public interface IInterfaceWhiteListAddress
    {
        [DispId(1)]
        int ID { get; }
        [DispId(2)]
        string LowerIPAddress { get; set; }
        [DispId(3)]
        string UpperIPAddress { get; set; }
        [DispId(4)]
        string EmailAddress { get; set; }
        [DispId(5)]
        string Description { get; set; }
        [DispId(6)]
        void Save();
        [DispId(7)]
        void Delete();
    }

    [ComImport, Guid("d67457a7-3500-481f-900f-c9741c89d6ab"), CoClass(typeof(WhiteListAddressClass))]
    public interface WhiteListAddress : IInterfaceWhiteListAddress
    {
    }

    [Guid("0b18e4f3-4423-403e-b275-1d95cbd353ce")]
    public class WhiteListAddressClass : Postroom.RemoteObject, IInterfaceWhiteListAddress, WhiteListAddress
    {
        public WhiteListAddressClass() : base("hMailServer.WhiteListAddress")
        {
        }

        internal WhiteListAddressClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual string LowerIPAddress { get { return (string)(Get("LowerIPAddress") ?? ""); } set { Put("LowerIPAddress", value); } }

        public virtual string UpperIPAddress { get { return (string)(Get("UpperIPAddress") ?? ""); } set { Put("UpperIPAddress", value); } }

        public virtual string EmailAddress { get { return (string)(Get("EmailAddress") ?? ""); } set { Put("EmailAddress", value); } }

        public virtual string Description { get { return (string)(Get("Description") ?? ""); } set { Put("Description", value); } }

        public virtual void Save() { Call("Save"); }

        public virtual void Delete() { Call("Delete"); }
    }

    [ComImport, Guid("8492ee2e-7332-4253-b93e-d8b011b47d78")]
    public interface IInterfaceWhiteListAddresses
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        WhiteListAddress this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(2)]
        void DeleteByDBID(int @DBID);
        [DispId(3)]
        WhiteListAddress Add();
        [DispId(5)]
        WhiteListAddress get_ItemByDBID(int @DBID);
        [DispId(6)]
        void Refresh();
        [DispId(7)]
        void Clear();
    }

    [ComImport, Guid("8492ee2e-7332-4253-b93e-d8b011b47d78"), CoClass(typeof(WhiteListAddressesClass))]
    public interface WhiteListAddresses : IInterfaceWhiteListAddresses
    {
    }

    [Guid("facfaf38-7bee-48b4-a47e-d623accae9ab")]
    public class WhiteListAddressesClass : Postroom.RemoteObject, IInterfaceWhiteListAddresses, WhiteListAddresses
    {
        public WhiteListAddressesClass() : base("hMailServer.WhiteListAddresses")
        {
        }

        internal WhiteListAddressesClass(Postroom.Session session, long handle) : base(session, handle)
        {
        }

        [System.Runtime.CompilerServices.IndexerName("Item")]
        public virtual WhiteListAddress this[int @Index] { get { return (WhiteListAddress)Get("Item", @Index); } }

        public virtual int Count { get { return Convert.ToInt32(Get("Count")); } }

        public virtual void DeleteByDBID(int @DBID) { Call("DeleteByDBID", @DBID); }

        public virtual WhiteListAddress Add() { return (WhiteListAddress)Call("Add"); }

        public virtual WhiteListAddress get_ItemByDBID(int @DBID) { return (WhiteListAddress)Get("ItemByDBID", @DBID); }

        public virtual void Refresh() { Call("Refresh"); }

        public virtual void Clear() { Call("Clear"); }
    }

    internal static class Classes
    {
        internal static object Make(string name, Postroom.Session session, long handle)
        {
            switch (name)
            {
                case "Account": return new AccountClass(session, handle);
                case "Accounts": return new AccountsClass(session, handle);
                case "Alias": return new AliasClass(session, handle);
                case "Aliases": return new AliasesClass(session, handle);
                case "AntiSpam": return new AntiSpamClass(session, handle);
                case "AntiVirus": return new AntiVirusClass(session, handle);
                case "Application": return new ApplicationClass(session, handle);
                case "Attachment": return new AttachmentClass(session, handle);
                case "Attachments": return new AttachmentsClass(session, handle);
                case "Backup": return new BackupClass(session, handle);
                case "BackupManager": return new BackupManagerClass(session, handle);
                case "BackupSettings": return new BackupSettingsClass(session, handle);
                case "BlockedAttachment": return new BlockedAttachmentClass(session, handle);
                case "BlockedAttachments": return new BlockedAttachmentsClass(session, handle);
                case "Cache": return new CacheClass(session, handle);
                case "Client": return new ClientClass(session, handle);
                case "DNSBlackList": return new DNSBlackListClass(session, handle);
                case "DNSBlackLists": return new DNSBlackListsClass(session, handle);
                case "Database": return new DatabaseClass(session, handle);
                case "DeliveryQueue": return new DeliveryQueueClass(session, handle);
                case "DiagnosticResult": return new DiagnosticResultClass(session, handle);
                case "DiagnosticResults": return new DiagnosticResultsClass(session, handle);
                case "Diagnostics": return new DiagnosticsClass(session, handle);
                case "Directories": return new DirectoriesClass(session, handle);
                case "DistributionList": return new DistributionListClass(session, handle);
                case "DistributionListRecipient": return new DistributionListRecipientClass(session, handle);
                case "DistributionListRecipients": return new DistributionListRecipientsClass(session, handle);
                case "DistributionLists": return new DistributionListsClass(session, handle);
                case "Domain": return new DomainClass(session, handle);
                case "DomainAlias": return new DomainAliasClass(session, handle);
                case "DomainAliases": return new DomainAliasesClass(session, handle);
                case "Domains": return new DomainsClass(session, handle);
                case "EventLog": return new EventLogClass(session, handle);
                case "FetchAccount": return new FetchAccountClass(session, handle);
                case "FetchAccounts": return new FetchAccountsClass(session, handle);
                case "GlobalObjects": return new GlobalObjectsClass(session, handle);
                case "GreyListingWhiteAddress": return new GreyListingWhiteAddressClass(session, handle);
                case "GreyListingWhiteAddresses": return new GreyListingWhiteAddressesClass(session, handle);
                case "Group": return new GroupClass(session, handle);
                case "GroupMember": return new GroupMemberClass(session, handle);
                case "GroupMembers": return new GroupMembersClass(session, handle);
                case "Groups": return new GroupsClass(session, handle);
                case "IMAPFolder": return new IMAPFolderClass(session, handle);
                case "IMAPFolderPermission": return new IMAPFolderPermissionClass(session, handle);
                case "IMAPFolderPermissions": return new IMAPFolderPermissionsClass(session, handle);
                case "IMAPFolders": return new IMAPFoldersClass(session, handle);
                case "IncomingRelay": return new IncomingRelayClass(session, handle);
                case "IncomingRelays": return new IncomingRelaysClass(session, handle);
                case "Language": return new LanguageClass(session, handle);
                case "Languages": return new LanguagesClass(session, handle);
                case "Links": return new LinksClass(session, handle);
                case "Logging": return new LoggingClass(session, handle);
                case "Message": return new MessageClass(session, handle);
                case "MessageHeader": return new MessageHeaderClass(session, handle);
                case "MessageHeaders": return new MessageHeadersClass(session, handle);
                case "MessageIndexing": return new MessageIndexingClass(session, handle);
                case "Messages": return new MessagesClass(session, handle);
                case "Recipient": return new RecipientClass(session, handle);
                case "Recipients": return new RecipientsClass(session, handle);
                case "Result": return new ResultClass(session, handle);
                case "Route": return new RouteClass(session, handle);
                case "RouteAddress": return new RouteAddressClass(session, handle);
                case "RouteAddresses": return new RouteAddressesClass(session, handle);
                case "Routes": return new RoutesClass(session, handle);
                case "Rule": return new RuleClass(session, handle);
                case "RuleAction": return new RuleActionClass(session, handle);
                case "RuleActions": return new RuleActionsClass(session, handle);
                case "RuleCriteria": return new RuleCriteriaClass(session, handle);
                case "RuleCriterias": return new RuleCriteriasClass(session, handle);
                case "Rules": return new RulesClass(session, handle);
                case "SSLCertificate": return new SSLCertificateClass(session, handle);
                case "SSLCertificates": return new SSLCertificatesClass(session, handle);
                case "SURBLServer": return new SURBLServerClass(session, handle);
                case "SURBLServers": return new SURBLServersClass(session, handle);
                case "Scripting": return new ScriptingClass(session, handle);
                case "SecurityRange": return new SecurityRangeClass(session, handle);
                case "SecurityRanges": return new SecurityRangesClass(session, handle);
                case "ServerMessage": return new ServerMessageClass(session, handle);
                case "ServerMessages": return new ServerMessagesClass(session, handle);
                case "Settings": return new SettingsClass(session, handle);
                case "Status": return new StatusClass(session, handle);
                case "TCPIPPort": return new TCPIPPortClass(session, handle);
                case "TCPIPPorts": return new TCPIPPortsClass(session, handle);
                case "Utilities": return new UtilitiesClass(session, handle);
                case "WhiteListAddress": return new WhiteListAddressClass(session, handle);
                case "WhiteListAddresses": return new WhiteListAddressesClass(session, handle);
                default: return null;
            }
        }
    }
}
