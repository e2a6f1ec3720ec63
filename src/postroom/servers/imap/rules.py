"""The settings that IMAP obeys, gathered into one value that sessions read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from postroom.formats.mime import Limits

if TYPE_CHECKING:
    from postroom.directory.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: one lives as long as its settings do
class Rules:
    """What a session allows; times in seconds, sizes in bytes, 0 for no limit."""

    hostname: str
    separator: str = "/"  # between the levels of folder names
    idle_time: float = 1800  # RFC 3501 section 5.4 wants 30 minutes at least
    login_time: float = 60  # for the whole way to a login
    bad_commands: int = 20  # of one session, then BYE
    failed_logins: int = 3  # of one session, then BYE
    plain_text_login: str = "loopback"  # from where passwords may come without TLS: "never", "loopback", "always"
    mime: Limits = field(default_factory=Limits)
    public: str = ""  # the name that public folders are below
    literal: bool = False  # clients are told hMailServer's words
    welcome: str = ""  # what is greeted with instead of the name
    hidden: frozenset[str] = frozenset()  # capabilities that are not announced
    master_user: str = ""  # who may open every mailbox by AUTHENTICATE PLAIN (object model 16.3)


SWITCHES: Final = {
    "imap_sort_enabled": ("SORT",),
    "imap_quota_enabled": ("QUOTA", "QUOTA=RES-STORAGE"),
    "imap_acl_enabled": ("ACL", "RIGHTS=kxte"),
    "imap_idle_enabled": ("IDLE",),
    "imap_sasl_plain_enabled": ("AUTH=PLAIN",),
    "imap_sasl_initial_response_enabled": ("SASL-IR",),
}
"""The settings that keep capabilities from being announced."""


@lru_cache(4)
def rules_of(settings: Settings, hostname: str) -> Rules:
    """Gather the rules from a snapshot of the settings; `hostname` is the machine's, for where none is set."""
    return Rules(
        hostname=settings.host_name or hostname,
        public=settings.imap_public_folder_name,
        literal=settings.hmailserver_texts,
        welcome=settings.welcome_imap,
        hidden=frozenset(word for name, words in SWITCHES.items() if not getattr(settings, name) for word in words),
        master_user=settings.imap_master_user if settings.imap_sasl_plain_enabled else "",
        separator=settings.imap_hierarchy_delimiter,
        idle_time=settings.imap_idle_timeout,
        login_time=settings.login_timeout,
        bad_commands=settings.invalid_commands,
        failed_logins=settings.max_invalid_logon_attempts,
        plain_text_login=settings.plain_text_login,
        mime=Limits(settings.max_mime_depth, settings.max_mime_parts, settings.max_header_size),
    )
