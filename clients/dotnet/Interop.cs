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
        [DispId(3)]
        string Address { get; set; }
        [DispId(5)]
        int ID { get; }
        [DispId(9)]
        void Save();
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

        public virtual string Address { get { return (string)(Get("Address") ?? ""); } set { Put("Address", value); } }

        public virtual int ID { get { return Convert.ToInt32(Get("ID")); } }

        public virtual void Save() { Call("Save"); }
    }

    [ComImport, Guid("0ad49ae7-05ed-45f2-8d5a-68fc964eb7ea")]
    public interface IInterfaceAccounts
    {
        [DispId(0)]
        [System.Runtime.CompilerServices.IndexerName("Item")]
        Account this[int @Index] { get; }
        [DispId(1)]
        int Count { get; }
        [DispId(4)]
        void Refresh();
        [DispId(5)]
        Account get_ItemByDBID(int @DBID);
        [DispId(6)]
        Account get_ItemByAddress(string @Address);
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

        public virtual void Refresh() { Call("Refresh"); }

        public virtual Account get_ItemByDBID(int @DBID) { return (Account)Get("ItemByDBID", @DBID); }

        public virtual Account get_ItemByAddress(string @Address) { return (Account)Get("ItemByAddress", @Address); }
    }

    [ComImport, Guid("2c1a3ef1-115f-4029-bb33-d9cca4bb0de8")]
    public interface IInterfaceApplication
    {
        [DispId(4)]
        Domains Domains { get; }
        [DispId(10)]
        string Version { get; }
        [DispId(17)]
        Account Authenticate(string @Username, string @Password);
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

        public virtual Domains Domains { get { return (Domains)Get("Domains"); } }

        public virtual string Version { get { return (string)(Get("Version") ?? ""); } }

        public virtual Account Authenticate(string @Username, string @Password) { return (Account)Call("Authenticate", @Username, @Password); }

        public virtual string VersionArchitecture { get { return (string)(Get("VersionArchitecture") ?? ""); } }
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
        [DispId(18)]
        int MaxSize { get; set; }
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

        public virtual int MaxSize { get { return Convert.ToInt32(Get("MaxSize")); } set { Put("MaxSize", value); } }
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

    internal static class Classes
    {
        internal static object Make(string name, Postroom.Session session, long handle)
        {
            switch (name)
            {
                case "Account": return new AccountClass(session, handle);
                case "Accounts": return new AccountsClass(session, handle);
                case "Application": return new ApplicationClass(session, handle);
                case "Domain": return new DomainClass(session, handle);
                case "Domains": return new DomainsClass(session, handle);
                default: return null;
            }
        }
    }
}
