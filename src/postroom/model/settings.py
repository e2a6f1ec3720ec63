"""Settings: what an administrator sets for the whole server, and the way to its lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.errors import DirectoryError
from postroom.directory.rules import Action
from postroom.model.applied import applied, change, encrypted_how, in_kilobytes
from postroom.model.audit import MASK, audit
from postroom.model.description import Right, child, getter, method
from postroom.model.errors import Failed
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.object import Object

if TYPE_CHECKING:
    from postroom.model.house import House

PUBLIC_FOLDER_DISK_NAME: Final = "#Public"
DELIMITER_REFUSED: Final = "It was not possible to change the IMAP hierarchy delimiter."
NO_THREADS: Final = "this server has no such threads: it is stored for programs that set it"
BROKEN_TLS: Final = "this server does not offer broken versions of TLS: it is stored for programs that set it"


class Settings(Object, iid="A4C709A3-98B2-410D-84F4-EDA999BF0CB2", clsid="FDF084A7-82DE-4EBE-8455-E506ACE01D63"):
    """The settings of the whole server; each is applied and stored at once when it is set."""

    __slots__ = ()

    # The server
    HostName = applied(String, 33, "host_name")
    DefaultDomain = applied(String, 50, "default_domain")
    UserInterfaceLanguage = applied(String, 42, "user_interface_language")
    ServiceSMTP = applied(Boolean, 26, "service_smtp")
    ServicePOP3 = applied(Boolean, 27, "service_pop3")
    ServiceIMAP = applied(Boolean, 28, "service_imap")
    MaxSMTPConnections = applied(Integer, 5, "max_smtp_connections", "SMTP connections at one time; 0 is no limit.")
    MaxPOP3Connections = applied(Integer, 6, "max_pop3_connections", "POP3 connections at one time; 0 is no limit.")
    MaxIMAPConnections = applied(Integer, 53, "max_imap_connections", "IMAP connections at one time; 0 is no limit.")
    WorkerThreadPriority = applied(Integer, 57, "worker_thread_priority", pending=NO_THREADS)
    TCPIPThreads = applied(Integer, 60, "tcpip_threads", pending=NO_THREADS)
    MaxAsynchronousThreads = applied(Integer, 88, "max_asynchronous_threads", pending=NO_THREADS)
    CrashSimulationMode = applied(Integer, 99, "crash_simulation_mode", pending="this server does not crash on request")

    # What SMTP takes
    AllowSMTPAuthPlain = applied(Boolean, 8, "allow_smtp_auth_plain")
    DenyMailFromNull = applied(Boolean, 11, "deny_mail_from_null")
    WelcomeSMTP = applied(String, 23, "welcome_smtp")
    WelcomePOP3 = applied(String, 24, "welcome_pop3")
    WelcomeIMAP = applied(String, 25, "welcome_imap")
    MaxMessageSize = in_kilobytes(Integer, 44, "max_message_size", "The largest message that is accepted, in kilobytes; 0 is no limit.")
    AllowIncorrectLineEndings = applied(
        Boolean, 61, "allow_incorrect_line_endings", pending="mail with bare line feeds is refused whatever this says: it could be smuggled"
    )
    DisconnectInvalidClients = applied(Boolean, 64, "disconnect_invalid_clients")
    MaxNumberOfInvalidCommands = applied(Integer, 65, "max_number_of_invalid_commands")
    AddDeliveredToHeader = applied(Boolean, 73, "add_delivered_to_header")
    MirrorEMailAddress = applied(String, 7, "mirror_email_address")
    RuleLoopLimit = applied(Integer, 48, "rule_loop_limit")

    # Sending
    SMTPNoOfTries = applied(Integer, 19, "smtp_no_of_tries")
    SMTPMinutesBetweenTry = applied(Integer, 20, "smtp_minutes_between_try")
    MaxDeliveryThreads = applied(Integer, 29, "max_connections_out")
    MaxSMTPRecipientsInBatch = applied(Integer, 62, "max_smtp_recipients_in_batch")
    MaxNumberOfMXHosts = applied(Integer, 90, "max_number_of_mx_hosts")
    SMTPDeliveryBindToIP = applied(String, 51, "smtp_delivery_bind_to_ip")
    IPv6PreferredEnabled = applied(Boolean, 105, "ipv6_preferred_enabled", pending="both are tried side by side")
    SMTPConnectionSecurity = encrypted_how(92, "smtp_connection_security")
    VerifyRemoteSslCertificate = applied(Boolean, 93, "verify_remote_ssl_certificate")
    SMTPRelayer = applied(String, 22, "smtp_relayer")
    SMTPRelayerPort = applied(Integer, 37, "smtp_relayer_port")
    SMTPRelayerConnectionSecurity = encrypted_how(91, "smtp_relayer_connection_security")
    SMTPRelayerRequiresAuthentication = applied(Boolean, 34, "smtp_relayer_requires_authentication")
    SMTPRelayerUsername = applied(String, 35, "smtp_relayer_username")
    SMTPRelayerUseSSL = applied(
        Boolean,
        71,
        "smtp_relayer_connection_security",
        "Whether mail to the relay is encrypted from the first octet; the older form of SMTPRelayerConnectionSecurity.",
        show=lambda word: word == "tls",
        take=lambda on: "tls" if on else "none",
    )

    @method(36, "Sets the password for the relay; nobody can read it again.")
    async def SetSMTPRelayerPassword(self, newVal: String) -> None:
        try:
            await self.house.directory.relayer.set_password(newVal)
        except DirectoryError as error:
            raise Failed(str(error)) from None
        await self.house.heard()
        audit(self, "changed", {"smtp_relayer_password": (MASK, MASK)})

    # TLS
    SslCipherList = applied(String, 94, "ssl_cipher_list")
    TlsVersion10Enabled = applied(Boolean, 96, "tls_version10_enabled", pending=BROKEN_TLS)
    TlsVersion11Enabled = applied(Boolean, 97, "tls_version11_enabled", pending=BROKEN_TLS)
    TlsVersion12Enabled = applied(
        Boolean,
        98,
        "tls_minimum_version",
        "Whether clients may use TLS 1.2; acts after a restart.",
        show=lambda version: version == "1.2",
        take=lambda on: "1.2" if on else "1.3",
    )
    TlsVersion13Enabled = applied(Boolean, 104, "tls_version13_enabled", pending="TLS 1.3 is offered whatever this says")

    # IMAP
    IMAPAuthAllowPlainText = applied(
        Boolean,
        101,
        "plain_text_login",
        "Whether passwords may come without TLS from everywhere, for all protocols; otherwise from this machine alone.",
        show=lambda word: word == "always",
        take=lambda on: "always" if on else "loopback",
    )
    IMAPSortEnabled = applied(Boolean, 54, "imap_sort_enabled")
    IMAPQuotaEnabled = applied(Boolean, 55, "imap_quota_enabled")
    IMAPIdleEnabled = applied(Boolean, 56, "imap_idle_enabled")
    IMAPACLEnabled = applied(Boolean, 75, "imap_acl_enabled")
    IMAPSASLPlainEnabled = applied(Boolean, 102, "imap_sasl_plain_enabled")
    IMAPSASLInitialResponseEnabled = applied(Boolean, 103, "imap_sasl_initial_response_enabled")
    IMAPMasterUser = applied(String, 100, "imap_master_user")
    IMAPPublicFolderName = applied(String, 74, "imap_public_folder_name")

    @getter(87, "The character between the levels of IMAP folder names; no folder's name may hold it.")
    def IMAPHierarchyDelimiter(self) -> String:
        return self.house.settings.imap_hierarchy_delimiter

    @IMAPHierarchyDelimiter.setter()
    async def _set_delimiter(self, value: str) -> None:
        house, old = self.house, self.house.settings.imap_hierarchy_delimiter
        if value == old:
            return
        moved = [action for action in await house.directory.records.list(Action) if action.folder]
        if value and (await holds(house, value) or any(value in action.folder for action in moved)):
            raise Failed(f"{DELIMITER_REFUSED} The character is part of a folder's name, or of a folder that a rule moves mail to.")
        try:
            await change(self, "imap_hierarchy_delimiter", value)
        except Failed as error:
            raise Failed(f"{DELIMITER_REFUSED} {error}") from None
        for action in moved:
            await house.directory.records.save(replace(action, folder=action.folder.replace(old, value)))

    @getter(79, "The folder on disk in which files of public messages are made.", Right.SERVER)
    def PublicFolderDiskName(self) -> String:
        return PUBLIC_FOLDER_DISK_NAME

    # Administration
    AutoBanOnLogonFailure = applied(Boolean, 82, "auto_ban_on_logon_failure")
    MaxInvalidLogonAttempts = applied(Integer, 83, "max_invalid_logon_attempts")
    MaxInvalidLogonAttemptsWithin = applied(Integer, 84, "max_invalid_logon_attempts_within")
    AutoBanMinutes = applied(Integer, 85, "auto_ban_minutes")

    @method(86, "Forgets the failed logins that were counted; bans in force stay.", Right.SERVER)
    async def ClearLogonFailureList(self) -> None:
        await self.house.directory.failures.clear()
        audit(self, "cleared", {"logon failures": (None, None)})

    @method(
        76,
        "Sets the password of Administrator; an empty one takes it away, and then every program on this machine is the administrator.",
        Right.SERVER,
    )
    async def SetAdministratorPassword(self, newVal: String) -> None:
        try:
            await self.house.directory.administrator.set(newVal)
        except DirectoryError as error:
            raise Failed(str(error)) from None
        await self.house.heard()
        audit(self, "changed", {"administrator_password": (MASK, MASK)})

    # What is reached from here
    Logging = child("Logging", 13, "What is logged, and the live log.", Right.SERVER)
    SecurityRanges = child("SecurityRanges", 18, "The ranges of client addresses with what each may do.", Right.SERVER)
    AntiVirus = child("AntiVirus", 30, "The virus scanners.", Right.SERVER)
    Routes = child("Routes", 31, "Where mail for other domains goes instead of where the DNS says.", Right.SERVER)
    Scripting = child("Scripting", 43, "The event scripts.", Right.SERVER)
    Cache = child("Cache", 47, "The caches.", Right.SERVER)
    Backup = child("BackupSettings", 49, "What a backup holds and where it is made.", Right.SERVER)
    AntiSpam = child("AntiSpam", 63, "The spam tests.")
    ServerMessages = child("ServerMessages", 66, "The texts of mail that the server writes itself.", Right.SERVER)
    TCPIPPorts = child("TCPIPPorts", 70, "The ports that the server listens on.", Right.SERVER)
    SSLCertificates = child("SSLCertificates", 72, "The certificates that ports may show.", Right.SERVER)
    Directories = child("Directories", 77, "The folders of the server.", Right.SERVER)
    PublicFolders = child("IMAPFolders", 78, "The folders that belong to nobody alone.", Right.SERVER)
    Groups = child("Groups", 80, "The groups of accounts, for permissions on folders.", Right.SERVER)
    IncomingRelays = child("IncomingRelays", 81, "The servers of one's own that bring mail of others.", Right.SERVER)
    MessageIndexing = child("MessageIndexing", 89, "The index of the messages' text.", Right.SERVER)


async def holds(house: House, character: str) -> bool:
    """Tell whether any folder's name holds a character: it could not part levels any more (4.11)."""
    found: list[Any] = []
    for shard in range(house.database.shards):
        for table in ("folder", "subscription"):
            found += await house.database.read(shard, f"SELECT 1 FROM {table} WHERE instr(name, ?) > 0 LIMIT 1", (character,))
    return bool(found)
