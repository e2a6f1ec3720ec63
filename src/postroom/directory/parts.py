"""The settings of the object model's smaller objects, a class for each: `settings.antispam.use_spf` is AntiSpam.UseSPF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from postroom.directory.declaration import HIGHEST, setting
from postroom.directory.kinds import Choice, Locale, Number, Size, Span, Switch, Text

_SCORE: Final = Number(0, HIGHEST)
_MINUTES, _HOURS, _SECONDS = Span(0, HIGHEST, 60), Span(0, HIGHEST, 3600), Span(0, HIGHEST)
_PORT: Final = Number(0, 65535)


@dataclass(frozen=True, slots=True)
class AntiSpam:
    """What is tested of mail that comes in, and what each test counts."""

    spam_mark_threshold: int = setting(_SCORE, "5", "The score from which mail is marked as spam; 0: none is.", "spammarkthreshold")
    spam_delete_threshold: int = setting(_SCORE, "20", "The score from which mail is refused as spam; 0: none is.", "spamdeletethreshold")
    maximum_message_size: int = setting(Size(), "1 MB", "The size above which the content of mail is not tested; 0: all is.", "antispammaxsize")
    add_header_spam: bool = setting(Switch(), "yes", "Whether marked mail gets the field X-hMailServer-Spam.", "antispamaddheaderspam")
    add_header_reason: bool = setting(Switch(), "yes", "Whether marked mail gets a field for each test that counted.", "antispamaddheaderreason")
    prepend_subject: bool = setting(Switch(), "no", "Whether the subject of marked mail begins with a text.", "antispamprependsubject")
    prepend_subject_text: str = setting(Text(), "[SPAM]", "The text that the subject of marked mail begins with.", "antispamprependsubjecttext")
    use_spf: bool = setting(Switch(), "no", "Whether the sender's domain is asked who may send for it (SPF).", "usespf")
    use_spf_score: int = setting(_SCORE, "3", "What a failed SPF test counts.", "usespfscore")
    use_mx_checks: bool = setting(Switch(), "no", "Whether the sender's domain must have a mail exchanger.", "usemxchecks")
    use_mx_checks_score: int = setting(_SCORE, "2", "What a sender's domain without a mail exchanger counts.", "usemxchecksscore")
    check_host_in_helo: bool = setting(Switch(), "no", "Whether the name in HELO must lead to the client's address.", "ascheckhostinhelo")
    check_host_in_helo_score: int = setting(_SCORE, "2", "What a name in HELO that leads elsewhere counts.", "ascheckhostinheloscore")
    check_ptr: bool = setting(Switch(), "no", "Whether the client's address must have a name that leads back to it.", "ascheckptr")
    check_ptr_score: int = setting(_SCORE, "1", "What an address without such a name counts.", "ascheckptrscore")
    dkim_verification_enabled: bool = setting(Switch(), "no", "Whether signatures (DKIM) are verified.", "ASDKIMVerificationEnabled")
    dkim_verification_failure_score: int = setting(_SCORE, "5", "What a wrong signature counts.", "ASDKIMVerificationFailureScore")
    spam_assassin_enabled: bool = setting(Switch(), "no", "Whether SpamAssassin is asked.", "spamassassinenabled")
    spam_assassin_score: int = setting(_SCORE, "5", "What counts when SpamAssassin says that it is spam.", "spamassassinscore")
    spam_assassin_merge_score: bool = setting(Switch(), "no", "Whether SpamAssassin's own score counts instead.", "spamassassinmergescore")
    spam_assassin_host: str = setting(Text(255), "127.0.0.1", "Where SpamAssassin listens: a name or an address.", "spamassassinhost")
    spam_assassin_port: int = setting(_PORT, "783", "The port of SpamAssassin.", "spamassassinport")
    grey_listing_enabled: bool = setting(Switch(), "no", "Whether mail of unknown senders is put off once (greylisting).", "usegreylisting")
    grey_listing_initial_delay: int = setting(_MINUTES, "30 minutes", "The minutes that unknown mail is put off.", "greylistinginitialdelay")
    grey_listing_initial_delete: int = setting(
        _HOURS, "24 hours", "The hours after which a sender that did not come back is forgotten.", "greylistinginitialdelete"
    )
    grey_listing_final_delete: int = setting(_HOURS, "36 days", "The hours for which a sender that came back is known.", "greylistingfinaldelete")
    bypass_greylisting_on_spf_success: bool = setting(
        Switch(), "yes", "Whether mail that passes SPF is never put off.", "BypassGreylistingOnSPFSuccess"
    )
    bypass_greylisting_on_mail_from_mx: bool = setting(
        Switch(), "no", "Whether mail that comes from the sender's own mail exchanger is never put off.", "BypassGreylistingOnMailFromMX"
    )


@dataclass(frozen=True, slots=True)
class AntiVirus:
    """Which scanners look at mail, and what becomes of a find."""

    action: str = setting(Choice(("delete-message", "delete-attachments")), "delete-message", "What becomes of mail with a virus.", "avaction")
    notify_sender: bool = setting(Switch(), "no", "Whether the sender of a virus is told.", "avnotifysender")
    notify_receiver: bool = setting(Switch(), "no", "Whether those whom a virus was sent to are told.", "avnotifyreceiver")
    maximum_message_size: int = setting(Size(), "0", "The size above which mail is not scanned; 0: all is.", "avmaxmsgsize")
    enable_attachment_blocking: bool = setting(Switch(), "no", "Whether attachments with blocked names are taken out.", "enableattachmentblocking")
    clam_av_enabled: bool = setting(Switch(), "no", "Whether ClamAV's daemon scans mail.", "ClamAVEnabled")
    clam_av_host: str = setting(Text(255), "localhost", "Where ClamAV's daemon listens: a name or an address.", "ClamAVHost")
    clam_av_port: int = setting(_PORT, "3310", "The port of ClamAV's daemon.", "ClamAVPort")
    clam_win_enabled: bool = setting(Switch(), "no", "Whether ClamWin scans mail.", "avclamwinenable")
    clam_win_executable: str = setting(Text(), "", "ClamWin's program.", "avclamwinexec")
    clam_win_db_folder: str = setting(Text(), "", "The folder of ClamWin's database.", "avclamwindb")
    custom_scanner_enabled: bool = setting(Switch(), "no", "Whether a program of your own scans mail.", "usecustomvirusscanner")
    custom_scanner_executable: str = setting(Text(), "", "The program, with %FILE% for the file to scan.", "customvirusscannerexecutable")
    custom_scanner_return_value: int = setting(
        Number(-HIGHEST, HIGHEST), "1", "The exit status by which the program tells a virus.", "customviursscannerreturnvalue"
    )


@dataclass(frozen=True, slots=True)
class Logging:
    """What the live log of the object model shows, and the log files that hMailServer's users know."""

    enabled: bool = setting(Switch(), "yes", "Whether the live log and hMailServer's log files show anything.")
    log_smtp: bool = setting(Switch(), "yes", "Whether they show the conversations of SMTP, word for word but for passwords and contents.")
    log_pop3: bool = setting(Switch(), "yes", "Whether they show those of POP3.")
    log_imap: bool = setting(Switch(), "yes", "Whether they show those of IMAP.")
    log_tcpip: bool = setting(Switch(), "yes", "Whether they show connections.")
    log_application: bool = setting(Switch(), "yes", "Whether they show what the server itself does.")
    log_debug: bool = setting(Switch(), "no", "Whether they show what only developers want to see.")
    aw_stats_enabled: bool = setting(Switch(), "no", "Whether a log for AWStats is written, in hMailServer's mode.", "awstatsenabled")
    keep_files_open: bool = setting(Switch(), "no", "Whether hMailServer's log files stay open between two lines; they may be moved all the same.")
    device: str = setting(Choice(("file", "sql")), "file", "Where the log goes.", "logdevice")
    log_format: str = setting(Choice(("default", "csa")), "default", "How a line of the log is laid out.", "logformat")


@dataclass(frozen=True, slots=True)
class Cache:
    """The caches that hMailServer's administrators know; this server's follow every change by themselves."""

    enabled: bool = setting(Switch(), "yes", "Whether there are caches.", "usecache")
    domain_cache_ttl: int = setting(_SECONDS, "1 minute", "The seconds that a domain is kept.", "domaincachettl")
    account_cache_ttl: int = setting(_SECONDS, "1 minute", "The seconds that an account is kept.", "accountcachettl")
    alias_cache_ttl: int = setting(_SECONDS, "1 minute", "The seconds that an alias is kept.", "aliascachettl")
    distribution_list_cache_ttl: int = setting(_SECONDS, "1 minute", "The seconds that a list is kept.", "distributionlistcachettl")
    domain_cache_max_size_kb: int = setting(Number(0, HIGHEST), "15000", "The kilobytes that domains may take.", "DomainCacheMaxSizeKb")
    account_cache_max_size_kb: int = setting(Number(0, HIGHEST), "15000", "The kilobytes that accounts may take.", "AccountCacheMaxSizeKb")
    alias_cache_max_size_kb: int = setting(Number(0, HIGHEST), "15000", "The kilobytes that aliases may take.", "AliasCacheMaxSizeKb")
    distribution_list_cache_max_size_kb: int = setting(
        Number(0, HIGHEST), "15000", "The kilobytes that lists may take.", "DistributionListCacheMaxSizeKb"
    )


@dataclass(frozen=True, slots=True)
class Scripting:
    """Event scripts."""

    enabled: bool = setting(Switch(), "no", "Whether event scripts run.", "usescriptserver")
    language: str = setting(
        Text(60), "VBScript", "The language of the event scripts: VBScript, JScript or Python; acts at the next Reload.", "scriptlanguage"
    )
    locale: str = setting(Locale(), "en-US", "How VBScript writes and reads numbers, money and dates, until a script calls SetLocale.")
    processes: int = setting(Number(1, 256), "8", "Processes that run event scripts, of all workers together, so many events at one time.")
    time_limit: int = setting(Span(1, 3600), "1 minute", "How long the script of one event may take before its process is ended.")
    memory_limit: int = setting(Size(16 << 20), "512 MB", "The memory that a script's process may take (on Linux).")
    max_calls: int = setting(Number(100, HIGHEST), "250000", "Calls of the object model that the script of one event may make.")
    max_output: int = setting(Size(1), "1 MB", "What the script of one event may write to the event log.")
    when_lost: str = setting(
        Choice(("continue", "defer")), "continue", "What becomes of mail whose script was ended or crashed: it goes on, or is put off (451)."
    )


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup in hMailServer's format holds, and where it is made."""

    destination: str = setting(Text(), "", "The folder that backups in hMailServer's format are made in.", "backupdestination")
    backup_settings: bool = setting(Switch(), "no", "Whether such a backup holds the settings.")
    backup_domains: bool = setting(Switch(), "no", "Whether such a backup holds the domains.")
    backup_messages: bool = setting(Switch(), "no", "Whether such a backup holds the messages.")
    compress_destination_files: bool = setting(Switch(), "no", "Whether messages lie in the archive rather than beside it.")


@dataclass(frozen=True, slots=True)
class Directories:
    """Folders that hMailServer's administrators know; empty: where this server has its own. They act at the next start."""

    program_directory: str = setting(Text(), "", "The folder of the program, as scripts are told.")
    database_directory: str = setting(Text(), "", "The folder of the databases, as scripts are told.")
    data_directory: str = setting(Text(), "", "The folder of message files, as scripts are told.")
    log_directory: str = setting(Text(), "", "The folder of the log files, as scripts are told.")
    temp_directory: str = setting(Text(), "", "The folder of temporary files, as scripts are told.")
    event_directory: str = setting(Text(), "", "The folder of the event scripts, as scripts are told.")


@dataclass(frozen=True, slots=True)
class MessageIndexing:
    """The index of the messages' text."""

    enabled: bool = setting(
        Switch(), "yes", "Whether the text of folders that were searched is indexed, so that searches are quick.", "MessageIndexing"
    )


@dataclass(frozen=True, slots=True)
class Database:
    """The object model's database of the users' own."""

    database_type: str = setting(
        Choice(("mysql", "mssql", "postgresql", "mssqlce")), "mysql", "The dialect of SQL that Database.ExecuteSQL understands."
    )
    statement_time: int = setting(Span(1, 3600), "30 seconds", "How long one statement of ExecuteSQL may take.")
