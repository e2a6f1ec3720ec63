"""Vacation messages: an account's automatic reply, once to each sender until it is switched off (object model 14.4, RFC 3834)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.delivery.generated import Generated, Once, answer, answers, subject_of
from postroom.formats.compose import Correspondent
from postroom.formats.headers import HeaderError
from postroom.formats.words import decode_words

if TYPE_CHECKING:
    from postroom.delivery.rules import Scope
    from postroom.directory.accounts import Account
    from postroom.directory.profiles import AccountProfile
    from postroom.storage.database import Transaction

SUBJECT: Final = "%SUBJECT%"


def on(profile: AccountProfile, today: str) -> bool:
    """Tell whether an account answers on a day (YYYY-MM-DD, local)."""
    return profile.vacation and not (profile.vacation_expires and profile.vacation_until <= today)


def reply(account: Account, content: bytes, scope: Scope) -> Generated | None:
    """Make an account's reply to a message; None for mail that nobody answers: without a sender, from oneself, from programs and lists."""
    sender, profile = scope.sender, account.profile
    if sender is None or sender.key == account.address.key or not answers(content, scope.limit):
        return None
    old = decode_words(subject_of(content))
    subject = profile.vacation_subject.replace(SUBJECT, old) or f"Re: {old}"
    text = profile.vacation_text.replace(SUBJECT, old)
    try:
        made = answer(content, Correspondent(account.address, account.person), sender, subject, text, account.address.domain, scope.now)
    except HeaderError:
        return None
    return Generated("vacation", made, "", (str(sender),), Once(account.id, sender.key, profile.vacation_since))


def first(transaction: Transaction, once: Once, now: int) -> bool:
    """Note that a sender is answered; False when it was before. Runs in a shard's writer, in the commit that sends the answer."""
    transaction.execute("DELETE FROM replied WHERE account_id = ? AND at < ?", (once.account_id, once.since))
    row = (once.account_id, once.sender, now)
    sql = "INSERT INTO replied (account_id, sender, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING account_id"
    return bool(transaction.execute(sql, row))
