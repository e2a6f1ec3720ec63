"""LIST (RFC 3501 section 6.3.8) with LIST-EXTENDED (RFC 5258), CHILDREN (RFC 3348), SPECIAL-USE (RFC 6154) and LIST-STATUS (RFC 5819)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from postroom.formats.imap.list import parse_list
from postroom.formats.imap.pattern import matcher
from postroom.formats.imap.response import list_line
from postroom.mailboxes.folders import LEVEL
from postroom.servers.imap import names, replies, shared
from postroom.servers.imap.status import told

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Sequence

    from postroom.formats.imap.list import List
    from postroom.mailboxes.folders import Folder
    from postroom.servers.imap.session import Session

AT_A_TIME: Final = 500
"""Mailboxes after which other sessions have their turn."""
COMPARED_AT_A_TIME: Final = 100
"""The same while names are compared: a pattern of many wildcards, twenty times over, takes its time."""


def list_(session: Session, arguments: bytes) -> bytes | Coroutine[Any, Any, bytes]:
    """Tell the mailboxes whose names match; the empty pattern asks for the separator."""
    asked = parse_list(arguments)
    if asked.patterns == ("",) and not asked.extended:
        session.say(list_line(("\\Noselect",), session.rules.separator, ""))
        return replies.DONE
    return _list(session, asked)


async def _list(session: Session, asked: List) -> bytes:
    public = await shared.folders(session)
    folders = [*await session.house.mailboxes.folders(session.user.id), *public]
    by_name = {folder.name: folder for folder in folders}
    parents = {folder.name.rpartition(LEVEL)[0] for folder in folders}
    chosen = [folder.name for folder in folders if _chosen(folder, asked)]
    if public and not asked.select:
        chosen.insert(len(chosen) - len(public), shared.root(session))
    if "SUBSCRIBED" in asked.select and "SPECIAL-USE" not in asked.select:
        chosen = sorted({*chosen, *await session.house.mailboxes.subscriptions(session.user.id)})
    shown = await matching(session, asked, chosen)
    above: set[str] = set()
    if "RECURSIVEMATCH" in asked.select:
        above = set(await matching(session, asked, list(ancestors(set(chosen).difference(shown)))))
        shown = sorted({*shown, *above})
    for number, name in enumerate(shown, 1):
        folder = by_name.get(name)
        attributes = ("\\Noselect", "\\HasChildren") if name == shared.root(session) else _attributes(name, folder, parents, asked)
        child_info = ("SUBSCRIBED",) if name in above and "SUBSCRIBED" in asked.select else ()
        session.say(list_line(attributes, session.rules.separator, names.shown(session, name), child_info=child_info))
        if asked.status and folder is not None:
            session.say(await told(session, folder, asked.status))
        if number % AT_A_TIME == 0:
            await asyncio.sleep(0)
            await session.drained()
    return replies.DONE


def _chosen(folder: Folder, asked: List) -> bool:
    """Tell whether a folder meets the selection options."""
    return (bool(folder.subscribed) or "SUBSCRIBED" not in asked.select) and (bool(folder.special_use) or "SPECIAL-USE" not in asked.select)


def _attributes(name: str, folder: Folder | None, parents: set[str], asked: List) -> Sequence[str]:
    attributes = ["\\HasChildren" if name in parents else "\\HasNoChildren"]
    if folder is None:
        attributes.append("\\NonExistent")
    elif folder.special_use:
        attributes.append(folder.special_use)
    if "SUBSCRIBED" in asked.returns | asked.select and (folder is None or folder.subscribed):
        attributes.append("\\Subscribed")
    return attributes


async def matching(session: Session, asked: List, stored: Sequence[str]) -> list[str]:
    """Give those of the stored names that match one of the patterns as clients see them."""
    tests = [matcher(asked.reference + pattern, session.rules.separator) for pattern in asked.patterns]
    matches = tests[0] if len(tests) == 1 else lambda name: any(test(name) for test in tests)
    found: list[str] = []
    for start in range(0, len(stored), COMPARED_AT_A_TIME):
        found += [name for name in stored[start : start + COMPARED_AT_A_TIME] if matches(names.shown(session, name))]
        await asyncio.sleep(0)
    return found


def ancestors(names: Iterable[str]) -> set[str]:
    """Give all names above these."""
    found: set[str] = set()
    for name in names:
        above = name.rpartition(LEVEL)[0]
        while above and above not in found:
            found.add(above)
            above = above.rpartition(LEVEL)[0]
    return found
