"""SQL of users' programs: translated from the dialect that they are written in, with views of our data as hMailServer's tables.

What may be said is a list: statements that read and write rows, and make and drop tables and indexes. Our data can only be read.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.settings import DECLARED
from postroom.errors import PostroomError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from postroom.directory.settings import Settings

LONGEST: Final = 256 << 10
"""Characters of SQL that are translated at once: that takes seconds."""

DIALECTS: Final = {"mysql": "mysql", "mssql": "tsql", "postgresql": "postgres", "mssqlce": "tsql"}
_REPLACE: Final = re.compile(r"\s*REPLACE\s+INTO\b", re.IGNORECASE)
_ALLOWED: Final = ("Select", "Union", "Insert", "Update", "Delete", "Create", "Drop", "Alter", "TruncateTable")

INSTEAD: Final[Mapping[str, str]] = {
    "hm_accounts": "Domain.Accounts and Account.Save",
    "hm_aliases": "Domain.Aliases and Alias.Save",
    "hm_distributionlists": "Domain.DistributionLists and DistributionList.Save",
    "hm_distributionlistsrecipients": "DistributionList.Recipients and DistributionListRecipient.Save",
    "hm_domain_aliases": "Domain.DomainAliases and DomainAlias.Save",
    "hm_domains": "Application.Domains and Domain.Save",
    "hm_imapfolders": "Account.IMAPFolders",
    "hm_messages": "Message.Save and Message.Delete",
    "hm_routes": "Settings.Routes and Route.Save",
    "hm_settings": "Application.Settings",
    "hm_tcpipports": "Settings.TCPIPPorts and TCPIPPort.Save",
}
"""Which members of the object model change what a table shows."""

_TIME: Final = "strftime('%Y-%m-%d %H:%M:%S', {0} / 1000000, 'unixepoch', 'localtime')"


class Refused(PostroomError):
    """SQL that is not executed; the sentence says why."""


def translated(sql: str, dialect: str) -> list[str]:
    """Translate statements into SQLite's; raises Refused for what can't be read and for what is not allowed. Takes milliseconds: not on the loop."""
    import sqlglot  # noqa: PLC0415 - 100 ms that only users of SQL should pay
    from sqlglot.errors import SqlglotError  # noqa: PLC0415 - likewise

    if len(sql) > LONGEST:
        raise Refused(f"SQL has at most {LONGEST} characters.")
    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # what it can't read is refused, which tells more
    replaces = _REPLACE.match(sql)
    try:
        parsed = sqlglot.parse("INSERT INTO" + sql[replaces.end() :] if replaces else sql, read=DIALECTS[dialect])
    except (SqlglotError, RecursionError) as error:
        raise Refused(f"The statement can't be read: {plain(str(error))}") from None
    found = [one for one in parsed if one is not None and type(one).__name__ not in {"Set", "Semicolon"}]  # SET NAMES means nothing here
    if replaces and found:
        found[0].set("alternative", "REPLACE")
    return [_written(one) for one in found]


def plain(text: str) -> str:
    """Take the colours of a terminal out of an error's text, and keep its first line."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()[0][:300]


def _written(statement: Any) -> str:
    from sqlglot import exp  # noqa: PLC0415 - as above

    if type(statement).__name__ not in _ALLOWED:
        raise Refused(f"A statement that begins with {statement.sql()[:20].split(' ')[0].upper()} is not executed here.")
    target = statement.find(exp.Table)
    if not isinstance(statement, exp.Query) and target is not None and target.name.lower().startswith("hm_"):
        name = target.name.lower()
        raise Refused(f"{name} can only be read: use {INSTEAD.get(name, 'the object model')} instead.")
    if isinstance(statement, exp.TruncateTable):
        return str(exp.delete(statement.expressions[0]).sql(dialect="sqlite"))
    for call in list(statement.find_all(exp.Anonymous)):
        if call.name.upper() == "NOW":
            call.replace(exp.CurrentTimestamp())
    return str(statement.sql(dialect="sqlite"))


@lru_cache(4)
def views(shards: int) -> tuple[str, ...]:
    """Write the views of our data, with hMailServer's names; `control` and `mail0` and so on are our files. Passwords are empty."""
    return tuple(_views(shards))


def _views(shards: int) -> Iterator[str]:
    yield (
        "hm_domains AS SELECT id AS domainid, name AS domainname, active AS domainactive, catch_all AS domainpostmaster,"
        " max_size / 1048576 AS domainmaxsize, '' AS domainaddomain, max_message_size / 1024 AS domainmaxmessagesize,"
        " plus_addressing AS domainuseplusaddressing, plus_character AS domainplusaddressingchar,"
        " max_account_size / 1048576 AS domainmaxaccountsize FROM control.domain"
    )
    yield "hm_domain_aliases AS SELECT id AS daid, domain_id AS dadomainid, name AS daalias FROM control.domain_alias"
    yield (
        "hm_accounts AS SELECT a.id AS accountid, a.domain_id AS accountdomainid, a.admin_level AS accountadminlevel,"
        " a.local || '@' || d.name AS accountaddress, '' AS accountpassword, a.active AS accountactive, 0 AS accountisad, '' AS accountaddomain,"
        " '' AS accountadusername, a.max_size / 1048576 AS accountmaxsize, 0 AS accountpwencryption, a.first_name AS accountpersonfirstname,"
        " a.last_name AS accountpersonlastname FROM control.account AS a JOIN control.domain AS d ON d.id = a.domain_id"
    )
    yield (
        "hm_aliases AS SELECT a.id AS aliasid, a.domain_id AS aliasdomainid, a.local || '@' || d.name AS aliasname,"
        " (SELECT address FROM control.alias_destination AS e WHERE e.alias_id = a.id ORDER BY position LIMIT 1) AS aliasvalue,"
        " a.active AS aliasactive FROM control.alias AS a JOIN control.domain AS d ON d.id = a.domain_id"
    )
    yield "hm_routes AS SELECT domain AS routedomainname, host AS routetargetsmthost, port AS routetargetsmtport, username AS routeauthenticationusername, '' AS routeauthenticationpassword FROM control.route"  # noqa: E501 - one view
    yield "hm_tcpipports AS SELECT id AS portid, protocol AS portprotocol, port AS portnumber, address AS portaddress FROM control.listener"
    yield "hm_imapfolders AS " + " UNION ALL ".join(_folders(shard) for shard in range(shards))
    yield "hm_messages AS " + " UNION ALL ".join(_messages(shard) for shard in range(shards))


def _folders(shard: int) -> str:
    created = _TIME.format("created")
    return (
        "SELECT id AS folderid, account_id AS folderaccountid, -1 AS folderparentid, replace(name, char(31), '.') AS foldername,"
        f" subscribed AS folderissubscribed, {created} AS foldercreationtime, uidnext - 1 AS foldercurrentuid FROM mail{shard}.folder"
    )


def _messages(shard: int) -> str:
    created = _TIME.format("m.internaldate")
    flags = "(m.flags & 37) | (m.flags & 2) << 2 | (m.flags & 8) >> 2 | (m.flags & 16)"  # \Answered and \Deleted have changed places there (7.12)
    return (
        "SELECT m.id AS messageid, f.account_id AS messageaccountid, m.folder_id AS messagefolderid, '' AS messagefilename, 2 AS messagetype,"
        f" m.size AS messagesize, 0 AS messagecurnooftries, {flags} AS messageflags, {created} AS messagecreatetime, 0 AS messagelocked,"
        f" m.uid AS messageuid FROM mail{shard}.message AS m JOIN mail{shard}.folder AS f ON f.id = m.folder_id"
    )


def tables(settings: Settings) -> dict[str, Sequence[Sequence[object]]]:
    """Give what is shown as tables of their own: the settings in force by hMailServer's rows, and its version."""
    rows: list[Sequence[object]] = [("settingid", "settingname", "settingstring", "settinginteger")]
    known = [one for one in DECLARED.values() if one.row]
    for number, one in enumerate(known, 1):
        value = attrgetter(one.name)(settings)
        text = one.kind.format(value) if not isinstance(value, int) else ""
        rows.append((number, one.row, text, int(value) if isinstance(value, int) else 0))
    return {"hm_settings": rows, "hm_dbversion": [("value",), (VERSION,)]}


VERSION: Final = 5704
"""The version of hMailServer's database that programs find here (section 6)."""
