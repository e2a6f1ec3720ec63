"""Fetch accounts: mailboxes elsewhere whose mail is fetched into an account here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from postroom.directory.records import Record

if TYPE_CHECKING:
    from postroom.directory.datakey import DataKey

_SEAL: Final = "fetch account"


@dataclass(frozen=True, slots=True)
class FetchAccount(Record):
    """A mailbox elsewhere: its server (POP3), its login with the password sealed, how often it is fetched and what becomes of the messages there.

    `security` is 0 none, 1 TLS, 2 STARTTLS if offered, 3 STARTTLS; `days_to_keep` -1 deletes at once, 0 never.
    """

    TABLE: ClassVar[str] = "fetch_account"
    PARENT: ClassVar[str] = "account_id"

    account_id: int = 0
    name: str = ""
    enabled: bool = True
    server: str = ""
    port: int = 0
    server_type: int = 0
    security: int = 0
    username: str = ""
    password: bytes = b""
    minutes: int = 30
    days_to_keep: int = 0
    mime_recipients: bool = False
    mime_recipient_headers: str = ""
    mime_date: bool = False
    anti_spam: bool = False
    anti_virus: bool = False
    route_recipients: bool = False
    next_try: int = 0


def seal_password(key: DataKey, password: str) -> bytes:
    """Encrypt a password, since it must be shown to another server again; b"" for none."""
    return key.seal(password.encode("utf-8", "surrogatepass"), _SEAL) if password else b""


def open_password(key: DataKey, sealed: bytes) -> str:
    """Decrypt what `seal_password` made."""
    return key.unseal(sealed, _SEAL).decode("utf-8", "surrogatepass") if sealed else ""
