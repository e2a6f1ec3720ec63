"""The settings that SMTP obeys, gathered into one value that sessions read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from postroom.formats.smtp import Limits

if TYPE_CHECKING:
    from postroom.directory.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: one lives as long as its settings do
class Rules:
    """What a session allows; times in seconds, 0 for no limit. Those marked so do not apply to loopback unless `limit_loopback`."""

    hostname: str
    limits: Limits = field(default_factory=Limits)
    recipients: int = 1000  # of one message (RFC 9422 RCPTMAX; RFC 5321 wants 100 at least)
    messages: int = 10_000  # of one session (RFC 9422 MAILMAX); not loopback
    commands_a_minute: int = 6000  # not loopback
    bad_commands: int = 20  # of one session, then 421
    unknown_recipients: int = 20  # of one session, then 421: directory harvest
    failed_logins: int = 3  # of one session, then 421
    command_time: float = 300  # RFC 5321 section 4.5.3.2.7
    content_time: float = 180  # RFC 5321 section 4.5.3.2.5
    greeting_delay: float = 0  # whoever speaks before the greeting is no mail server; not loopback
    early_talkers: bool = False  # let commands pass that come before the answer which allows PIPELINING; loopback always may
    plain_text_login: str = "loopback"  # from where passwords may come without TLS: "never", "loopback", "always"
    check_sender: bool = True  # envelope sender and From of who logged in must be theirs
    smtputf8: bool = True
    dsn: bool = True  # RFC 3461
    future_release: int = 2_592_000  # RFC 4865: how far ahead users may have mail sent
    limit_loopback: bool = False
    welcome: str = ""  # what is greeted with instead of the name
    auth_plain: bool = True  # AUTH PLAIN is offered
    literal: bool = False  # clients are told hMailServer's words
    null_sender: bool = True  # mail with an empty envelope sender is taken, as reports have it


@lru_cache(4)
def rules_of(settings: Settings, hostname: str) -> Rules:
    """Gather the rules from a snapshot of the settings; `hostname` is the machine's, for where none is set."""
    limits = Limits(
        command_line=settings.max_command_length,
        size=settings.max_message_size,
        content_line=settings.max_line_length,
        header_bytes=settings.max_header_size,
        header_fields=settings.max_header_fields,
        hops=settings.max_received_fields,
    )
    return Rules(
        hostname=settings.host_name or hostname,
        welcome=settings.welcome_smtp,
        auth_plain=settings.allow_smtp_auth_plain,
        literal=settings.hmailserver_texts,
        null_sender=not settings.deny_mail_from_null,
        limits=limits,
        recipients=settings.max_recipients,
        messages=settings.max_messages_per_session,
        commands_a_minute=settings.max_commands_per_minute,
        bad_commands=settings.invalid_commands,
        unknown_recipients=settings.max_unknown_recipients,
        failed_logins=settings.max_invalid_logon_attempts,
        command_time=settings.smtp_idle_timeout,
        content_time=settings.smtp_idle_timeout,
        plain_text_login=settings.plain_text_login,
        check_sender=settings.check_sender,
        dsn=settings.dsn,
        future_release=settings.max_future_release,
        limit_loopback=settings.limit_loopback,
    )
