"""Decides how long fetched mail stays at the provider: newsletters go at once, mail with large files after a week, everything else stays.

Trigger:  OnExternalAccountDownload.
Settings: LARGE, kilobytes; DAYS.
Note:     the server does not fetch mail yet; until then try it by `postroom script run-event OnExternalAccountDownload --eml message.eml uid-1`.
"""

from postroom.handlers import FetchAccount, Message, Result

LARGE = 5000
DAYS = 7
AT_ONCE, LATER, NEVER = 1, 2, 3


def OnExternalAccountDownload(account: FetchAccount, message: Message | None, uid: str) -> None:
    if message is None:
        return  # seen at an earlier visit: how long the account keeps mail decides
    if message.HeaderValue("List-Unsubscribe"):
        Result.Value = AT_ONCE
    elif message.Size > LARGE:
        Result.Value, Result.Parameter = LATER, DAYS
    else:
        Result.Value = NEVER
