"""Evaluate broken and hostile SPF records: `python fuzz/spf.py --runs 20000 --seed 1`.

However records lead to each other, a check ends with a result of RFC 7208, asks the DNS no oftener than its limits allow, and asks only for names
that are names.
"""

import asyncio
import ipaddress
import random
import time
from collections.abc import Sequence
from contextlib import suppress

from fuzzing import fuzz
from postroom.formats.spf import Evaluation, NoAnswer, Record, Result, SPFError

TERMS = [
    "all", "-all", "~all", "?all", "a", "a:a.test", "a/24", "a//64", "a:b.test/24//64", "mx", "mx:%{d}", "ptr", "ptr:a.test", "ip4:192.0.2.1",
    "ip4:192.0.2.0/24",
    "ip6:2001:db8::/32", "include:a.test", "include:b.test", "include:%{ir}.%{v}.a.test", "exists:%{i}.%{h}.%{d2}.test", "exists:%{l1r-}.%{p}.a.test",
    "redirect=a.test", "redirect=%{o}", "exp=why.test", "x=%{s}%%%_%-", "exists:%{S}.%{d99999999999999999999}.a.test",
    "ip4:%", "a:", "include:", "mx/99",
]  # fmt: skip
SPICE = ["%", "{", "}", "/", ":", " ", "=", "..", "%{d0}", "%{x}", "%{dr+}", "\0", "\x7f", "a" * 300, "%{l}" * 200, ".", "-"]
DOMAINS = ["a.test", "b.test", "c.test", "why.test"]
MOST_QUESTIONS = 400  # 10 lookups, each with 10 names at most that are looked up in turn, and the reverse names again
SECONDS = 1.0


def record(dice: random.Random) -> bytes:
    """Write a record: terms, spiced now and then."""
    text = " ".join(["v=spf1", *dice.choices(TERMS, k=dice.randrange(14))])
    for _ in range(dice.choice((0, 0, 1, 3))):
        place = dice.randint(6, len(text))
        text = text[:place] + dice.choice(SPICE) + text[place + dice.choice((0, 1)) :]
    return text.encode("latin-1") * (dice.randint(2, 400) if dice.random() < 0.02 else 1)


class Zone:
    """A DNS that chance writes: the same question has the same answer; it counts, and looks at the names that it is asked for."""

    def __init__(self, dice: random.Random) -> None:
        self.seed = dice.random()
        self.texts = {domain: [record(dice) for _ in range(dice.choice((1, 1, 1, 1, 0, 2)))] for domain in DOMAINS}
        self.questions = 0

    def _asked(self, name: str) -> random.Random:
        self.questions += 1
        assert len(name) <= 253, name
        dice = random.Random(f"{self.seed} {name}")
        if dice.random() < 0.05:
            raise NoAnswer("the DNS is away")
        return dice

    async def txt(self, name: str) -> Sequence[bytes]:
        """Look up texts."""
        self._asked(name)
        return self.texts.get(name.lower(), [])

    async def addresses(self, name: str, version: int) -> Sequence[str]:
        """Look up addresses."""
        return self._asked(name).choice(
            ([], ["192.0.2.1"] if version == 4 else ["2001:db8::1"], ["198.51.100.7"] if version == 4 else ["2001:db8:1::1"])
        )

    async def mx(self, name: str) -> Sequence[str]:
        """Look up mail exchangers."""
        return self._asked(name).choice(([], DOMAINS, [f"mx{number}.test" for number in range(30)]))

    async def ptr(self, ip: str) -> Sequence[str]:
        """Look up names of an address."""
        return self._asked(ip).choice(([], DOMAINS, [f"host{number}.a.test" for number in range(30)]))


async def check(dice: random.Random) -> None:
    """Evaluate one connection; raises AssertionError."""
    for text in (record(dice), dice.randbytes(50)):
        with suppress(SPFError):
            Record.parse(text)
    zone = Zone(dice)
    ip = ipaddress.ip_address(dice.choice(("192.0.2.1", "198.51.100.9", "2001:db8::1")))
    sender = dice.choice(("user@a.test", "strange-user+x@b.test", "a" * 300 + "@c.test", "\xe4@a.test"))
    before = time.process_time()
    verdict = await Evaluation(zone, ip, sender, "mx.a.test", now=1).check(sender.rpartition("@")[2])
    assert verdict.result in Result
    assert zone.questions <= MOST_QUESTIONS, zone.questions
    assert time.process_time() - before < SECONDS, "too slow"
    assert verdict.explanation.isascii()


if __name__ == "__main__":
    with asyncio.Runner() as runner:
        fuzz(lambda dice: runner.run(check(dice)))
