"""SEARCH with keys at random, decided in three ways: a message matches, does not, or nobody but the server can know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from soak.asks import FLAGS, WORDS, Ask, Named, done, refused, some_numbers
from soak.mail import require
from soak.wire import tokens

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from soak.mail import Message
    from soak.told import Told
    from soak.wire import Answer

    Test = Callable[[Told, Message], bool | None]
    Key = tuple[str, Test, list[Named]]

RETURNS: Final = ("MIN", "MAX", "COUNT", "ALL")


def search(chance: random.Random, told: Told) -> Ask:
    uid = chance.random() < 0.5
    verb = "UID SEARCH" if uid else "SEARCH"
    keys, tests, numbers = [], [], []
    for _ in range(chance.choice((1, 1, 2))):
        text, test, named = some_key(chance, told)
        keys.append(text)
        tests.append(test)
        numbers += named
    returns = [word for word in RETURNS if chance.random() < 0.5] if chance.random() < 0.4 else None
    returning = "" if returns is None else f" RETURN ({' '.join(returns)})"

    def check(told: Told, answer: Answer) -> None:
        told.condstore = told.condstore or any("MODSEQ" in key for key in keys)
        if any(named.uids(told) is None for named in numbers):
            refused(told, answer, verb, "NO", "BAD")
            return
        told.begin()
        verdicts = {message.uid: all_of([test(told, message) for test in tests]) for message in told.present()}
        must = {name for name, verdict in verdicts.items() if verdict}
        may = {name for name, verdict in verdicts.items() if verdict is not False}
        lines = [line for line in answer.untagged if line.startswith((b"* SEARCH", b"* ESEARCH"))]
        require(len(lines) == 1, f"{told.name}: {verb} got {answer.untagged[:4]}")
        if returns is None:
            # Its numbers are those from before the news that stand behind it.
            hear_search(told, lines[0], must, may, uid=uid)
        else:
            hear_esearch(told, lines[0], must, may, returns or ["ALL"], uid=uid)
        told.hear(answer, verb, b"SEARCH", b"ESEARCH")
        done(told, answer, ["EXPUNGEISSUED"])

    return Ask(verb, f"{verb}{returning} {' '.join(keys)}".encode(), check)


def hear_search(told: Told, line: bytes, must: set[int], may: set[int], *, uid: bool) -> None:
    """Hold a SEARCH response against what must and what may be found."""
    numbers = [int(word) for word in line.split(b" (")[0].split()[2:]]
    found = numbers if uid else [told.uids[number - 1] for number in numbers]
    require(len(set(found)) == len(found), f"{told.name}: {line!r} names a message twice")
    require(must <= set(found) <= may, f"{told.name}: found {sorted(found)}, must {sorted(must)}, may {sorted(may)}")


def hear_esearch(told: Told, line: bytes, must: set[int], may: set[int], returns: list[str], *, uid: bool) -> None:
    """Hold an ESEARCH response against what must and what may be found (RFC 4731)."""
    words = tokens(line)[3:]
    require((b"UID" in words) == uid, f"{told.name}: {line!r}")
    words = [word for word in words if word != b"UID"]
    values = {words[at].decode(): words[at + 1].decode() for at in range(0, len(words), 2) if not isinstance(words[at], list)}
    values.pop("MODSEQ", None)
    if must != may:
        return
    numbers = sorted(must) if uid else [told.uids.index(name) + 1 for name in sorted(must)]
    expected = {"COUNT": str(len(numbers))} if "COUNT" in returns else {}
    if numbers:
        expected |= {word: str(end) for word, end in (("MIN", numbers[0]), ("MAX", numbers[-1])) if word in returns}
        if "ALL" in returns:
            found = Named(values.pop("ALL", "0"), uid).numbers(0)
            require(sorted(found) == numbers, f"{told.name}: ESEARCH ALL {sorted(found)}, it should be {numbers}")
    require(values == expected, f"{told.name}: ESEARCH {values}, it should be {expected}")


def all_of(verdicts: list[bool | None]) -> bool | None:
    return False if False in verdicts else None if None in verdicts else True


def negated(verdict: bool | None) -> bool | None:
    return None if verdict is None else not verdict


def some_key(chance: random.Random, told: Told, depth: int = 0) -> Key:
    """Make up a key: how it is said, how it is decided, and the numbers in it."""
    makers = [_flag, _flag, _flag, _numbers, _text, _text, _size, _modseq, *([_not, _or] if depth < 2 else [])]
    return chance.choice(makers)(chance, told, depth)


def _flag(chance: random.Random, told: Told, depth: int) -> Key:
    flag, present = chance.choice((*FLAGS, "")), chance.random() < 0.5
    if not flag:
        return "ALL", lambda *_: True, []
    name = flag[1:].upper() if flag.startswith("\\") else f"KEYWORD {flag}"
    return name if present else f"UN{name}", lambda _, message: (flag in message.flags) == present, []


def _numbers(chance: random.Random, told: Told, depth: int) -> Key:
    named = some_numbers(chance, told)
    return f"{named.prefix}{named.text}", lambda told, message: message.uid in (named.uids(told) or ()), [named]


def _text(chance: random.Random, told: Told, depth: int) -> Key:
    name, word = chance.choice(("SUBJECT", "FROM", "BODY", "TEXT")), chance.choice(WORDS)
    return f"{name} {word}", lambda _, message: _has(message, name, word), []


def _size(chance: random.Random, told: Told, depth: int) -> Key:
    size = chance.choice((150, 200, 1000))
    return f"LARGER {size}", lambda _, message: None if message.letter.size is None else message.letter.size > size, []


def _modseq(chance: random.Random, told: Told, depth: int) -> Key:
    modseq = chance.choice([told.here.highest or told.here.above, *(message.modseq or 1 for message in told.here.messages.values())]) or 1
    return f"MODSEQ {modseq}", lambda _, message: message.newer_than(modseq - 1), []


def _not(chance: random.Random, told: Told, depth: int) -> Key:
    text, test, named = some_key(chance, told, depth + 1)
    return f"NOT {text}", lambda told, message: negated(test(told, message)), named


def _or(chance: random.Random, told: Told, depth: int) -> Key:
    (one, first, some), (other, second, more) = (some_key(chance, told, depth + 1) for _ in range(2))

    def either(told: Told, message: Message) -> bool | None:
        return negated(all_of([negated(first(told, message)), negated(second(told, message))]))

    return f"OR {one} {other}", either, some + more


def _has(message: Message, name: str, word: str) -> bool:
    head, _, body = message.letter.sent.partition(b"\r\n\r\n")
    where = {"SUBJECT": message.letter.subject.encode(), "FROM": head.partition(b"\r\n")[0], "BODY": body, "TEXT": head + body}
    return word.encode() in where[name]
