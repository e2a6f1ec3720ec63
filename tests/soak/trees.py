"""Commands on folders and subscriptions: CREATE, DELETE, RENAME, SUBSCRIBE, STATUS, and LIST in its variants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from soak.asks import ENCODED, Ask, done, quoted, refused
from soak.mail import SEPARATOR, Folder, require

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable

    from soak.told import Told
    from soak.wire import Answer

LEVELS: Final = ("A", "B", "c d", "Käse", "R&D")
STATUS: Final = ("MESSAGES", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "RECENT", "SIZE", "HIGHESTMODSEQ", "MAILBOXID", "DELETED")
PATTERNS: Final = ("*", "*", "%", "A/*", "A/%", "*B*", "INBOX", "%/%")
COUNTS: Final = "STATUS (MESSAGES UIDNEXT UNSEEN)"
_DECODED: Final = {encoded: name for name, encoded in ENCODED.items()}


def some_name(chance: random.Random, told: Told) -> str:
    """Make up a name, often one that there is."""
    if chance.random() < 0.5:
        return chance.choice(list(told.account.folders))
    return SEPARATOR.join(chance.choice(LEVELS) for _ in range(chance.choice((1, 2, 3))))


def decoded(name: bytes) -> str:
    """Read a name off the wire."""
    return SEPARATOR.join(_DECODED.get(level, level) for level in name.decode().split(SEPARATOR))


def change(chance: random.Random, told: Told) -> Ask:
    """Make up a CREATE, DELETE or RENAME; large trees are cut down more often than not."""
    run = chance.choice((create, create, rename, delete) if len(told.account.folders) < 15 else (delete, rename))
    return run(chance, told)


def _ask(verb: str, text: str, possible: Callable[[Told], bool], effect: Callable[[Told], Any], *codes: str) -> Ask:
    """A command that is done if it is possible, else refused with NO."""

    def check(told: Told, answer: Answer) -> None:
        if not possible(told):
            refused(told, answer, verb, "NO")
            return
        told.begin()
        effect(told)
        told.hear(answer, verb)
        done(told, answer, codes)

    return Ask(verb, text.encode(), check, lambda told: effect(told) if possible(told) else None)


def create(chance: random.Random, told: Told) -> Ask:
    name = some_name(chance, told)

    def check(told: Told, answer: Answer) -> None:
        if not told.account.can_create(name):
            refused(told, answer, "CREATE", "NO")
            return
        told.begin()
        folder = told.account.create(name)
        told.hear(answer, "CREATE")
        done(told, answer, ["MAILBOXID"])
        folder.tell_id(answer.code.removeprefix("MAILBOXID "))

    last = SEPARATOR if chance.random() < 0.1 else ""
    return Ask("CREATE", f"CREATE {quoted(name + last)}".encode(), check, lambda told: told.account.create(name))


def delete(chance: random.Random, told: Told) -> Ask:
    name = some_name(chance, told)

    def effect(told: Told) -> None:
        selected = told.folder is not None and told.folder.name == name
        told.account.delete(name)
        if selected:
            told.unselect()

    return _ask("DELETE", f"DELETE {quoted(name)}", lambda told: told.account.can_delete(name), effect)


def rename(chance: random.Random, told: Told) -> Ask:
    name, new = some_name(chance, told), some_name(chance, told)
    possible: Callable[[Told], bool] = lambda told: told.account.can_rename(name, new)  # noqa: E731 - its twin stands in the call
    return _ask("RENAME", f"RENAME {quoted(name)} {quoted(new)}", possible, lambda told: told.account.rename(name, new))


def subscribe(chance: random.Random, told: Told) -> Ask:
    name, on = some_name(chance, told), chance.random() < 0.5
    verb = "SUBSCRIBE" if on else "UNSUBSCRIBE"

    def effect(told: Told) -> None:
        (told.account.subscribed.add if on else told.account.subscribed.discard)(name)

    return _ask(verb, f"{verb} {quoted(name)}", lambda _: True, effect)


def status(chance: random.Random, told: Told) -> Ask:
    name = chance.choice([*told.account.folders, "Nowhere"])
    items = [item for item in STATUS if chance.random() < 0.6] or ["MESSAGES"]

    def check(told: Told, answer: Answer) -> None:
        folder = told.account.folders.get(name)
        if folder is None:
            refused(told, answer, "STATUS", "NO")
            return
        told.condstore = told.condstore or "HIGHESTMODSEQ" in items
        told.begin()
        mine = told.hear(answer, "STATUS", b"STATUS")
        done(told, answer)
        require(len(mine) == 1 and decoded(mine[0][1]) == name, f"{told.name}: {answer.untagged}")
        hear_status(told, folder, mine[0][2], items)

    return Ask("STATUS", f"STATUS {quoted(name)} ({' '.join(items)})".encode(), check)


def hear_status(told: Told, folder: Folder, values: list[Any], items: Iterable[str]) -> None:
    """Hold a STATUS line against the model."""
    found = {word.decode(): value for word, value in zip(values[::2], values[1::2], strict=True)}
    require(set(found) == set(items), f"{told.name}: STATUS tells {sorted(found)}, asked for {sorted(items)}")
    messages = folder.messages.values()
    sizes = [message.letter.size for message in messages]
    exact = {
        "MESSAGES": len(messages),
        "UIDNEXT": folder.uidnext,
        "UNSEEN": len(folder.unseen()),
        "DELETED": sum("\\Deleted" in message.flags for message in messages),
    }
    if None not in sizes:
        exact["SIZE"] = sum(size or 0 for size in sizes)
    for item, value in exact.items():
        require(int(found.get(item, value)) == value, f"{told.name}: {folder.name}: STATUS {item} {found.get(item)}, it is {value}")
    if "HIGHESTMODSEQ" in found:
        folder.tell_highest(int(found["HIGHESTMODSEQ"]))
    if "UIDVALIDITY" in found:
        told.account.tell_validity(folder, int(found["UIDVALIDITY"]))
    if "MAILBOXID" in found:
        folder.tell_id(f"({found['MAILBOXID'][0].decode()})")
    require(int(found.get("RECENT", 0)) <= len(messages), f"{told.name}: STATUS RECENT {found.get('RECENT')} of {len(messages)}")


# LIST


def matches(pattern: str, name: str) -> bool:
    """Match as RFC 3501 section 6.3.8 says."""
    parts = ("[^/]*" if part == "%" else ".*" if part == "*" else re.escape(part) for part in re.split("([%*])", pattern))
    return re.fullmatch("".join(parts), name) is not None


def list_(chance: random.Random, told: Told) -> Ask:
    returning = chance.choice(("", "", "SUBSCRIBED", "CHILDREN", COUNTS, "SPECIAL-USE"))
    return _list(chance.choice(PATTERNS), returning, selecting=chance.random() < 0.2)


def everything() -> Ask:
    """Ask for all folders with their counts."""
    return _list("*", COUNTS, selecting=False)


def _list(pattern: str, returning: str, *, selecting: bool) -> Ask:
    text = f'LIST {"(SUBSCRIBED) " if selecting else ""}"" "{pattern}"{f" RETURN ({returning})" if returning else ""}'

    def check(told: Told, answer: Answer) -> None:
        told.begin()
        account = told.account
        mine = told.hear(answer, "LIST", b"LIST", b"STATUS")
        done(told, answer)
        named = account.subscribed if selecting else account.folders
        expected = {name for name in named if matches(pattern, name)}
        lines = {decoded(words[3]): words for words in mine if words[0] == b"LIST"}
        require(set(lines) == expected, f"{told.name}: {text} tells {sorted(lines)}, it should tell {sorted(expected)}")
        require(len(mine) == len(expected) * (2 if returning[:6] == "STATUS" else 1) or selecting, f"{told.name}: {len(mine)} lines for {expected}")
        for name, words in lines.items():
            _attributes(told, name, {word.decode() for word in words[1]}, subscriptions=selecting or returning == "SUBSCRIBED")
        for words in mine:
            if words[0] == b"STATUS":
                hear_status(told, account.folders[decoded(words[1])], words[2], ("MESSAGES", "UIDNEXT", "UNSEEN"))

    return Ask("LIST", text.encode(), check)


def _attributes(told: Told, name: str, attributes: set[str], *, subscriptions: bool) -> None:
    account = told.account
    folder = account.folders.get(name)
    expected = {"\\HasChildren" if account.below(name) else "\\HasNoChildren"}
    expected |= {"\\NonExistent"} if folder is None else {folder.use} - {""}
    expected |= {"\\Subscribed"} if subscriptions and name in account.subscribed else set()
    require(attributes == expected, f"{told.name}: LIST tells {sorted(attributes)} of {name}, it should tell {sorted(expected)}")


def lsub(chance: random.Random, told: Told) -> Ask:
    return _lsub(chance.choice(PATTERNS))


def all_subscribed() -> Ask:
    """Ask for all subscriptions."""
    return _lsub("*")


def _lsub(pattern: str) -> Ask:
    def check(told: Told, answer: Answer) -> None:
        told.begin()
        mine = told.hear(answer, "LSUB", b"LSUB")
        done(told, answer)
        subscribed = told.account.subscribed
        expected = {name for name in subscribed if matches(pattern, name)}
        above = set()
        if "%" in pattern:
            levels = (name.split(SEPARATOR)[:depth] for name in subscribed - expected for depth in range(1, name.count(SEPARATOR) + 1))
            above = {place for level in levels if matches(pattern, place := SEPARATOR.join(level))} - expected
        found = {decoded(words[3]): [word.decode() for word in words[1]] for words in mine}
        require(set(found) == expected | above, f"{told.name}: LSUB {pattern} tells {sorted(found)}, it should tell {sorted(expected | above)}")
        for name, attributes in found.items():
            require(("\\Noselect" in attributes) == (name in above), f"{told.name}: LSUB tells {attributes} of {name}")

    return Ask("LSUB", f'LSUB "" "{pattern}"'.encode(), check)
