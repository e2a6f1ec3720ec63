"""Profiles: what few domains and accounts set, in rows of their own beside them; who has no row has the usual."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from postroom.directory.errors import DirectoryError
from postroom.directory.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class AccountProfile(Record):
    """An account's automatic reply, forwarding, signature and Windows login; `last_login` in UTC microseconds, 0 for never.

    The reply ends before the day `vacation_until` (YYYY-MM-DD) if `vacation_expires`; it was switched on at `vacation_since`.
    """

    TABLE: ClassVar[str] = "account_profile"

    vacation: bool = False
    vacation_subject: str = ""
    vacation_text: str = ""
    vacation_expires: bool = False
    vacation_until: str = ""
    vacation_since: int = 0
    forward: bool = False
    forward_address: str = ""
    forward_keep: bool = False
    signature: bool = False
    signature_plain: str = ""
    signature_html: str = ""
    is_ad: bool = False
    ad_domain: str = ""
    ad_username: str = ""
    last_login: int = 0


@dataclass(frozen=True, slots=True)
class DomainProfile(Record):
    """A domain's signature, its limits of numbers (they count while their `limit_` is set) and how it is signed and greylisted.

    `signature_method` is 1 where an account has none, 2 instead of the account's, 3 after it; `dkim_*` are hMailServer's numbers.
    """

    TABLE: ClassVar[str] = "domain_profile"

    ad_domain: str = ""
    greylisting: bool = True
    signature: bool = False
    signature_method: int = 1
    signature_plain: str = ""
    signature_html: str = ""
    signature_in_replies: bool = False
    signature_to_local: bool = True
    limit_accounts: bool = False
    limit_aliases: bool = False
    limit_lists: bool = False
    max_accounts: int = 0
    max_aliases: int = 0
    max_lists: int = 0
    dkim: bool = False
    dkim_selector: str = ""
    dkim_key_file: str = ""
    dkim_header: int = 2
    dkim_body: int = 2
    dkim_algorithm: int = 2

    def most(self, kind: str) -> int | None:
        """Tell how many accounts, aliases or lists there may be, None without limit; lists are limited by any number but 0, as in hMailServer."""
        most: int = getattr(self, f"max_{kind}")
        return most if (most if kind == "lists" else getattr(self, f"limit_{kind}")) else None


P = TypeVar("P", AccountProfile, DomainProfile)

USUAL_ACCOUNT: Final = AccountProfile()
USUAL_DOMAIN: Final = DomainProfile()


def changed(profile: P, changes: Mapping[str, Any]) -> P:
    """Give a profile with some fields changed; raises DirectoryError for a field that there isn't."""
    known = {field.name for field in fields(profile)} - {"id"}
    for name in changes.keys() - known:
        raise DirectoryError(f"{name} of a profile can't be changed; these can: {', '.join(sorted(known))}.")
    return replace(profile, **changes)
