"""Every setting, declared once: a field of Settings with its default, one-sentence text, kind and hMailServer row.

Where hMailServer's object model has the member, the name is that member's in snake case (Settings.MaxMessageSize: max_message_size).
A pin (a value in the configuration file) wins over a stored value, a stored one over the default.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from postroom.directory import kinds, parts
from postroom.directory.declaration import HIGHEST, Setting, declarations, part, setting, snapshot
from postroom.directory.errors import DirectoryError, NotFound, Pinned
from postroom.directory.kinds import Choice, Number, Size, Span, Spans, Switch, Text
from postroom.errors import ConfigurationError
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from postroom.directory.kinds import Network
    from postroom.formats.address import Address
    from postroom.storage.database import Database, Transaction

MINUTES: Final = 60


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings at one moment, an attribute each: sizes in bytes, times in seconds (minutes where the name says so), 0 is no limit."""

    # The server
    host_name: str = setting(kinds.DomainName(), "", "The server's name in greetings and Received fields; empty: the machine's own.", "hostname")
    default_domain: str = setting(kinds.DomainName(), "", "The domain of login names without one.", "defaultdomain")
    postmaster: Address | None = setting(
        kinds.Mailbox(), "", "Who gets mail to a postmaster that no account, alias or catch-all takes; empty: the first administrator."
    )
    free_space_reserve: int = setting(Size(), "100 MB", "Free disk space below which no more mail is accepted (452); reading goes on.")
    tls_minimum_version: str = setting(Choice(("1.2", "1.3")), "1.2", "The oldest version of TLS that clients may use.")
    plain_text_login: str = setting(Choice(("never", "loopback", "always")), "loopback", "From where passwords may come without TLS.")
    proxy_networks: tuple[Network, ...] = setting(kinds.Networks(), "", "Proxies that may tell the client's address by the PROXY protocol.")
    xclient_networks: tuple[Network, ...] = setting(kinds.Networks(), "", "Clients that may tell another client's address by XCLIENT.")
    limit_loopback: bool = setting(Switch(), "no", "Whether rate limits and delays after failed logins hold for this machine itself too.")

    # What a message may be
    max_message_size: int = setting(Size(), "50 MB", "The largest message that is accepted, told by SIZE and APPENDLIMIT.", "maxmessagesize")
    max_line_length: int = setting(Size(1000), "1000000 bytes", "The longest line of a message, with its line end.")
    max_header_size: int = setting(Size(1024), "256 KB", "The longest header of a message.")
    max_header_fields: int = setting(Number(10), "2000", "The most fields in the header of a message.")
    max_mime_depth: int = setting(Number(2, 1000), "100", "How deep parts may be nested before the rest is taken as one part.")
    max_mime_parts: int = setting(Number(10), "10000", "How many parts a message may have before the rest is taken as one part.")
    max_received_fields: int = setting(Number(5), "50", "Received fields above which a message is taken to loop (554 5.4.6).")

    # SMTP
    max_command_length: int = setting(Size(512, 65536), "4 KB", "The longest SMTP command, with its line end.")
    max_recipients: int = setting(Number(100), "1000", "The most recipients of one message.")
    max_messages_per_session: int = setting(Number(), "10000", "Messages after which an SMTP session is ended.")
    max_unknown_recipients: int = setting(Number(), "20", "Unknown recipients after which an SMTP session is ended: addresses can't be guessed.")
    max_number_of_invalid_commands: int = setting(Number(), "20", "Commands refused after which a session is ended.", "maximumincorrectcommands")
    max_commands_per_minute: int = setting(Number(), "6000", "Commands a minute above which a session is slowed down.")
    smtp_idle_timeout: int = setting(Span(1), "5 minutes", "How long an SMTP client may be silent.")
    smtp_session_timeout: int = setting(Span(60), "2 hours", "How long an SMTP session may last, and so how slowly mail may come.")
    check_sender: bool = setting(Switch(), "yes", "Whether users may send only with their own addresses in envelope and From.")
    file_into_sent: bool = setting(Switch(), "no", "Whether a message submitted by SMTP is also placed in the sender's Sent folder.")
    dsn: bool = setting(Switch(), "yes", "Whether senders may ask for delivery reports by DSN (RFC 3461); failures are reported in any case.")
    max_future_release: int = setting(
        Span(), "30 days", "How far ahead a user may have a message sent later (FUTURERELEASE, RFC 4865); 0: it is not offered."
    )

    # Sending to other servers
    send_outside: bool = setting(
        Switch(),
        "yes",
        "Whether mail leaves this machine; if not, it waits in the queue, but for routes that lead to this machine (`postroom dev`).",
    )
    dkim_signing: bool = setting(Switch(), "yes", "Whether mail that leaves is signed (DKIM) for the hosted domain in its From field.")
    retry_times: tuple[int, ...] = setting(
        Spans(), "1 minute, 5 minutes, 15 minutes, 30 minutes", "How long a message waits after its first tries, one after the other."
    )
    smtp_minutes_between_try: int = setting(
        Span(1, 10080, MINUTES), "60 minutes", "The minutes between further tries, up to a tenth more by chance.", "smtpminutesbetweenretries"
    )
    delay_report_after: int = setting(Span(), "4 hours", "When a sender is told that a message still waits; 0: never.")
    return_after: int = setting(Span(60), "5 days", "When a message that could not be delivered is returned to its sender.")
    max_returned_size: int = setting(Size(), "100 KB", "The largest message that a report returns whole when its sender asked for that (RET=FULL).")
    max_connections_out: int = setting(
        Number(1, 10_000), "500", "Messages on their way to other servers at one time, over all destinations.", "maxdelivertythreads"
    )
    max_connections_per_destination: int = setting(Number(1, 1000), "10", "Messages on their way to one destination at one time.")
    max_messages_per_minute_out: int = setting(Number(), "0", "Messages a minute to one destination; 0 is no limit.")

    # The log
    log_days: int = setting(Number(0, 36500), "30", "Days for which the log's files of past days are kept; 0 keeps them for ever.")

    # IMAP and POP3
    imap_hierarchy_delimiter: str = setting(
        Choice(("/", ".", "\\")), "/", "The character between the levels of folder names.", "IMAPHierarchyDelimiter"
    )
    imap_idle_timeout: int = setting(Span(60), "30 minutes", "How long an IMAP client may be silent.")
    pop3_idle_timeout: int = setting(Span(1), "10 minutes", "How long a POP3 client may be silent.")
    login_timeout: int = setting(Span(5), "1 minute", "How long IMAP and POP3 clients may take to log in.")

    # Connections
    max_smtp_connections: int = setting(Number(), "2000", "SMTP, submission and LMTP connections at one time.", "maxsmtpconnections")
    max_pop3_connections: int = setting(Number(), "2000", "POP3 connections at one time.", "maxpop3connections")
    max_imap_connections: int = setting(Number(), "20000", "IMAP connections at one time.", "maximapconnections")
    max_http_connections: int = setting(Number(), "5000", "HTTP connections at one time.")
    max_smtp_connections_per_address: int = setting(Number(), "50", "SMTP connections at one time of one client address (IPv6: /64).")
    max_pop3_connections_per_address: int = setting(Number(), "50", "POP3 connections at one time of one client address (IPv6: /64).")
    max_imap_connections_per_address: int = setting(Number(), "200", "IMAP connections at one time of one client address (IPv6: /64).")
    max_http_connections_per_address: int = setting(Number(), "2000", "HTTP connections at one time of one client address (IPv6: /64).")

    # Logins
    auto_ban_on_logon_failure: bool = setting(
        Switch(), "yes", "Whether addresses are banned for a time after failed logins.", "AutoBanOnLogonFailureEnabled"
    )
    max_invalid_logon_attempts: int = setting(Number(1, 1000), "3", "Failed logins of an address that get it banned.", "MaxInvalidLogonAttempts")
    max_invalid_logon_attempts_within: int = setting(
        Span(1, 10080, MINUTES), "30 minutes", "The minutes for which a failed login counts.", "LogonAttemptsWithinMinutes"
    )
    auto_ban_minutes: int = setting(Span(1, 525600, MINUTES), "60 minutes", "The minutes that a ban lasts.", "AutoBanMinutes")
    login_delay: int = setting(Span(0, 60), "1 second", "How long the answer to a first failed login takes; each further one doubles it.")
    max_login_delay: int = setting(Span(0, 300), "16 seconds", "The longest that the answer to a failed login takes.")
    password_memory: int = setting(Size(8192, 1 << 32), "19 MB", "Memory that argon2id takes to check a password.")
    password_passes: int = setting(Number(1, 100), "2", "Passes that argon2id makes over that memory.")
    password_lanes: int = setting(Number(1, 16), "1", "Lanes that argon2id computes side by side.")
    password_threads: int = setting(Number(1, 64), "2", "Passwords that one process checks at one time; takes effect at a restart.")
    scram_iterations: int = setting(Number(4096, 1_000_000), "10000", "Iterations that new SCRAM keys ask of a client.")
    scram_sha1: bool = setting(Switch(), "no", "Whether SCRAM-SHA-1 keys are made and offered too, for old clients.")

    # What the world knows and says of this server
    public_addresses: tuple[str, ...] = setting(
        kinds.Addresses(), "", "The addresses at which the world reaches this server; empty: the public ones that this machine has itself."
    )
    mta_sts_mode: str = setting(
        Choice(("none", "testing", "enforce")), "testing", "Whether other servers shall insist on TLS with a valid certificate (MTA-STS)."
    )
    diagnostic_blocklists: tuple[str, ...] = setting(
        kinds.DomainNames(), "zen.spamhaus.org, bl.spamcop.net, b.barracudacentral.org", "The blocklists that `doctor` looks for this server in."
    )
    diagnostic_destination: str = setting(
        kinds.DomainName(), "gmail.com", "The domain whose mail exchanger `doctor` tries to reach, to learn whether mail can leave; empty: none."
    )
    diagnostic_time_server: str = setting(kinds.DomainName(), "pool.ntp.org", "The time server that `doctor` compares the clock with; empty: none.")
    # The HTTP API
    api_file_into_sent: bool = setting(Switch(), "yes", "Whether a message sent through the HTTP API is also placed in the sender's Sent folder.")
    api_key_header: str = setting(kinds.FieldName(), "X-OpenMailserver-Key", "The header field in which clients of the HTTP API show their key.")
    api_max_attachment_size: int = setting(Size(), "25 MB", "The largest attachment that may be sent through the HTTP API; 0 is no limit.")
    api_max_sends_per_hour: int = setting(
        Number(), "0", "Messages that a mailbox may send through the HTTP API in an hour, counted over all workers."
    )
    api_max_requests_per_minute: int = setting(
        Number(),
        "6000",
        "Requests to the HTTP API with one key, or below /api with one login, in a minute, counted in each worker; "
        "not from this machine unless limit_loopback.",
    )
    api_records_kept: int = setting(Span(3600), "90 days", "How long it is remembered what was sent through the HTTP API and what became of it.")
    debug_api: bool = setting(
        Switch(), "yes", "Whether the HTTP API shows queue, log, configuration, DNS plan and backups to keys that may see them."
    )
    # The object model over the network
    com_session_timeout: int = setting(Span(10), "30 minutes", "How long a session of remote objects may be unused before it is dropped.")
    com_max_sessions: int = setting(Number(1, 1_000_000), "10000", "Sessions of remote objects that one process holds.")
    com_max_sessions_per_address: int = setting(
        Number(),
        "1000",
        "Sessions of remote objects that one process holds for one client address (IPv6: /64); this machine's are not counted unless "
        "limit_loopback; 0 is no limit.",
    )
    com_max_requests_per_minute: int = setting(
        Number(),
        "60000",
        "Requests for remote objects of one client address (IPv6: /64) in a minute, counted in each worker: reading one property is a request; "
        "not from this machine unless limit_loopback; 0 is no limit.",
    )
    com_max_objects: int = setting(Number(100, 10_000_000), "200000", "Objects that one session of remote objects may hold.")
    com_admit_loopback: bool = setting(
        Switch(), "no", "Whether programs of this machine may compose mail and run SQL through remote objects without logging in."
    )
    com_allowed_origins: tuple[str, ...] = setting(kinds.Origins(), "", "The web pages (origins) whose scripts may call remote objects.")
    # What hMailServer's users expect, on in its mode
    ip_ranges: bool = setting(
        Switch(),
        "no",
        "Whether the IP ranges say who may connect, relay and must log in; without them everybody may connect, and who relays has logged in.",
    )
    hmailserver_texts: bool = setting(Switch(), "no", "Whether clients read hMailServer's words where it has its own, as scripts may look for.")
    reported_version: str = setting(Text(60), "", "The version that Application.Version tells programs; empty: this server's own.")
    rewrite_envelope_from_when_forwarding: bool = setting(
        Switch(),
        "no",
        "Whether what an account's rule forwards has the account as envelope sender, rather than the message's.",
        "RewriteEnvelopeFromWhenForwarding",
    )
    max_messages_per_mailbox: int = setting(Number(), "0", "Messages above which a mailbox takes no more (a full mailbox: 452); 0 is no limit.")

    # What event scripts may reach
    script_root: str = setting(
        Text(200), r"C:\Program Files (x86)\hMailServer", "The Windows path under which scripts find the server's folders: Events, Logs, Temp ..."
    )
    script_folders: tuple[tuple[str, str], ...] = setting(
        kinds.Folders(), "", "Other folders that scripts may read and write; without a Windows path they are found on drive C: by their own."
    )
    script_run_programs: bool = setting(Switch(), "no", "Whether scripts may start programs (WScript.Shell), with the server's own rights.")
    script_http_networks: tuple[Network, ...] = setting(
        kinds.Networks(), "", "Networks that scripts may send HTTP requests to, beside the public internet."
    )
    script_http_max_size: int = setting(Size(1024, 1 << 30), "10 MB", "The largest answer that a script's HTTP request may get.")
    script_http_timeout: int = setting(Span(1, 600), "1 minute", "How long a script's HTTP request may take, redirects included.")

    # What hMailServer's object model has beside: members of Settings
    user_interface_language: str = setting(Text(60), "english", "The language that administration programs shall show.")
    deny_mail_from_null: bool = setting(
        Switch(), "no", "Whether mail with an empty envelope sender, as reports have, is refused.", "allowmailfromnull"
    )
    disconnect_invalid_clients: bool = setting(
        Switch(), "yes", "Whether sessions are ended after max_number_of_invalid_commands.", "disconnectinvalidclients"
    )
    welcome_smtp: str = setting(Text(400, ascii_only=True), "", "What SMTP greets with, before ESMTP; empty: the server's name.", "welcomesmtp")
    welcome_pop3: str = setting(Text(400, ascii_only=True), "", "What POP3 greets with; empty: the server's name.", "welcomepop3")
    welcome_imap: str = setting(Text(400, ascii_only=True), "", "What IMAP greets with; empty: the server's name.", "welcomeimap")
    service_smtp: bool = setting(Switch(), "yes", "Whether ports of SMTP are opened; acts at the next start or `postroom resume`.", "protocolsmtp")
    service_pop3: bool = setting(Switch(), "yes", "Whether ports of POP3 are opened; acts at the next start or `postroom resume`.", "protocolpop3")
    service_imap: bool = setting(Switch(), "yes", "Whether ports of IMAP are opened; acts at the next start or `postroom resume`.", "protocolimap")
    allow_smtp_auth_plain: bool = setting(Switch(), "yes", "Whether SMTP offers AUTH PLAIN.", "authallowplaintext")
    allow_incorrect_line_endings: bool = setting(
        Switch(), "no", "Whether SMTP takes a bare LF for a line end, by which mail can be smuggled in.", "smtpallowincorrectlineendings"
    )
    add_delivered_to_header: bool = setting(
        Switch(), "yes", "Whether a message in a mailbox begins with Delivered-To, the address that it was sent to.", "adddeliveredtoheader"
    )
    mirror_email_address: str = setting(Text(255), "", "Who gets a copy of every message; empty: nobody.", "mirroremailaddress")
    rule_loop_limit: int = setting(Number(0, HIGHEST), "5", "How often rules may pass a message on.", "rulelooplimit")
    smtp_no_of_tries: int = setting(
        Number(0, HIGHEST), "0", "Tries after the first one before a message is returned; 0: return_after decides.", "smtpnoofretries"
    )
    smtp_delivery_bind_to_ip: str = setting(Text(64), "", "The address of this machine that mail leaves from; empty: any.", "smtpdeliverybindtoip")
    smtp_relayer: str = setting(
        Text(255), "", "The host that takes all mail for other servers; empty: the DNS decides. `a|b` are two.", "smtprelayer"
    )
    smtp_relayer_port: int = setting(Number(0, 65535), "25", "The port of smtp_relayer; 0 is 25.", "smtprelayerport")
    smtp_relayer_connection_security: str = setting(
        Choice(("none", "tls", "starttls-optional", "starttls")),
        "starttls-optional",
        "How mail to smtp_relayer is encrypted.",
        "smtprelayerconnectionsecurity",
    )
    smtp_relayer_requires_authentication: bool = setting(
        Switch(), "no", "Whether this server logs in at smtp_relayer.", "usesmtprelayerauthentication"
    )
    smtp_relayer_username: str = setting(Text(), "", "The user name at smtp_relayer.", "smtprelayerusername")
    smtp_connection_security: str = setting(
        Choice(("none", "tls", "starttls-optional", "starttls")),
        "starttls-optional",
        "How mail to other servers is encrypted.",
        "SmtpDeliveryConnectionSecurity",
    )
    verify_remote_ssl_certificate: bool = setting(
        Switch(), "no", "Whether smtp_relayer must show a certificate that is valid for its name.", "VerifyRemoteSslCertificate"
    )
    max_smtp_recipients_in_batch: int = setting(
        Number(0, HIGHEST), "100", "Recipients of one message that one try to send takes, up to 100; 0: 100.", "maxsmtprecipientsinbatch"
    )
    max_number_of_mx_hosts: int = setting(
        Number(0, 100), "15", "Mail exchangers of a domain that are looked at, the best first; 0: 20.", "MaxNumberOfMXHosts"
    )
    ipv6_preferred_enabled: bool = setting(Switch(), "no", "Whether IPv6 is tried before IPv4.", "IPv6Preferred")
    ssl_cipher_list: str = setting(
        kinds.Ciphers(),
        "",
        "The ciphers of TLS 1.2, as OpenSSL writes them; empty: the usual ones. It acts at the next start or reload.",
        "SslCipherList",
    )
    tls_version10_enabled: bool = setting(Switch(), "no", "Whether clients may use TLS 1.0, which is broken.")
    tls_version11_enabled: bool = setting(Switch(), "no", "Whether clients may use TLS 1.1, which is broken.")
    tls_version13_enabled: bool = setting(Switch(), "yes", "Whether clients may use TLS 1.3.")
    imap_sort_enabled: bool = setting(Switch(), "yes", "Whether IMAP offers SORT.", "enableimapsort")
    imap_quota_enabled: bool = setting(Switch(), "yes", "Whether IMAP offers QUOTA.", "enableimapquota")
    imap_idle_enabled: bool = setting(Switch(), "yes", "Whether IMAP offers IDLE.", "enableimapidle")
    imap_acl_enabled: bool = setting(Switch(), "yes", "Whether IMAP offers ACL.", "enableimapacl")
    imap_sasl_plain_enabled: bool = setting(Switch(), "yes", "Whether IMAP offers AUTH=PLAIN.", "IMAPSASLPlainEnabled")
    imap_sasl_initial_response_enabled: bool = setting(Switch(), "yes", "Whether IMAP offers SASL-IR.", "IMAPSASLInitialResponseEnabled")
    imap_master_user: str = setting(Text(255), "", "The account that may open every mailbox; empty: none.", "IMAPMasterUser")
    imap_public_folder_name: str = setting(Text(60), "#Public", "The folder under which IMAP shows public folders.", "imappublicfoldername")
    tcpip_threads: int = setting(Number(0, HIGHEST), "15", "Threads for connections; this server has one loop a process instead.", "tcpipthreads")
    max_asynchronous_threads: int = setting(
        Number(0, HIGHEST), "15", "Threads for background work; this server takes as many as it needs.", "MaxNumberOfAsynchronousTasks"
    )
    worker_thread_priority: int = setting(Number(-15, 15), "0", "The priority of threads; here it is the operating system's.", "workerthreadpriority")
    crash_simulation_mode: int = setting(
        Number(0, HIGHEST), "0", "A crash for tests of hMailServer; this server has other ones.", "CrashSimulationMode"
    )

    antispam: parts.AntiSpam = part(parts.AntiSpam)
    antivirus: parts.AntiVirus = part(parts.AntiVirus)
    logging: parts.Logging = part(parts.Logging)
    cache: parts.Cache = part(parts.Cache)
    scripting: parts.Scripting = part(parts.Scripting)
    backup: parts.Backup = part(parts.Backup)
    directories: parts.Directories = part(parts.Directories)
    message_indexing: parts.MessageIndexing = part(parts.MessageIndexing)
    database: parts.Database = part(parts.Database)

    @property
    def invalid_commands(self) -> int:
        """Commands refused after which a session is ended; 0 is no limit."""
        return self.max_number_of_invalid_commands if self.disconnect_invalid_clients else 0


DECLARED: Final[Mapping[str, Setting]] = {one.name: one for one in declarations(Settings)}
"""All settings by name, in the order in which the reference lists them."""


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """News: a setting was stored, or forgotten (None)."""

    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting as it is shown to people: `pinned` is the file that fixes it, or ''."""

    setting: Setting
    value: str
    stored: bool
    pinned: str


def declared(name: str) -> Setting:
    """Find a setting by name; NotFound names the nearest one."""
    found = DECLARED.get(name)
    if found is None:
        near = difflib.get_close_matches(name[:100], DECLARED, 1)
        raise NotFound(f"There is no setting {name[:100]!r}" + (f": did you mean {near[0]}?" if near else "."))
    return found


def parse(name: str, value: object) -> Any:
    """Read a setting's value from text or from a plain value; DirectoryError tells what would do."""
    known = declared(name)
    text = kinds.as_text(value)
    try:
        return known.kind.parse(text)
    except DirectoryError as error:
        raise DirectoryError(f"{name} {error}, not {text[:100]!r}.") from None


class SettingsTable:
    """The stored settings of a server, and the snapshot that follows from defaults, rows and pins."""

    def __init__(self, database: Database, pins: Mapping[str, object], pinned_by: str, defaults: Mapping[str, object]) -> None:
        """`defaults` replaces declared defaults (a mode of the server). Raises ConfigurationError for a pin that can't be."""
        self._database = database
        self._pinned_by = pinned_by
        self._defaults = {name: parse(name, value) for name, value in defaults.items()}
        self._pins = {name: _pin(name, value, pinned_by) for name, value in pins.items()}
        self._stored: dict[str, Any] = {}
        self.current = Settings()

    async def load(self, read: Callable[..., Awaitable[Any]]) -> None:
        """Read the stored values by `read(sql)`; rows of settings that this version does not know rest."""
        for name, value in await read("SELECT name, value FROM setting"):
            self.hear(SettingChanged(name, value))
        self._rebuild()

    def hear(self, news: SettingChanged) -> None:
        """Follow a change made in any process."""
        if news.name not in DECLARED:
            return
        if news.value is None:
            self._stored.pop(news.name, None)
        else:
            self._stored[news.name] = _stored(news.name, news.value)
        self._rebuild()

    async def set(self, name: str, value: object) -> None:
        """Store a value; raises NotFound, Pinned or DirectoryError with a sentence."""
        self._refuse_pinned(name)
        text = DECLARED[name].kind.format(parse(name, value))
        await self._database.transact(CONTROL, store_setting, name, text)

    async def reset(self, name: str) -> None:
        """Forget a stored value, so that the default holds; raises NotFound or Pinned."""
        self._refuse_pinned(name)
        await self._database.transact(CONTROL, store_setting, name, None)

    def show(self) -> list[Shown]:
        """List all settings with their values in force."""
        return [self._shown(known) for known in DECLARED.values()]

    def _shown(self, known: Setting) -> Shown:
        name = known.name
        pinned_by = self._pinned_by if name in self._pins else ""
        return Shown(known, known.kind.format(attrgetter(name)(self.current)), name in self._stored, pinned_by)

    def _refuse_pinned(self, name: str) -> None:
        declared(name)
        if name in self._pins:
            raise Pinned(f"{name} is fixed by {self._pinned_by}: change it there and restart, or take it out of the file.")

    def _rebuild(self) -> None:
        self.current = snapshot(Settings, {**self._defaults, **self._stored, **self._pins})


def store_setting(transaction: Transaction, name: str, value: str | None) -> None:
    """Write or forget a setting's row and tell every process."""
    if value is None:
        transaction.execute("DELETE FROM setting WHERE name = ?", (name,))
    else:
        upsert = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        transaction.execute(upsert, (name, value))
    transaction.announce(SettingChanged(name, value))


def _pin(name: str, value: object, pinned_by: str) -> Any:
    try:
        return parse(name, value)
    except DirectoryError as error:
        raise ConfigurationError(f"{pinned_by}: {error}") from None


def _stored(name: str, text: str) -> Any:
    try:
        return parse(name, text)
    except DirectoryError as error:
        raise ConfigurationError(f"The database's value can't be used: {error}") from None
