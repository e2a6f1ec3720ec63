"""Standing rules: what is done with mail by itself, as every process holds it, for the hot path asks of each message whether there is any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.directory.records import Record, RecordChanged, record_of, shape
from postroom.directory.rules import Action, Criterion, Rule

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.storage.database import Row

KINDS: Final[tuple[type[Record], ...]] = (Rule, Criterion, Action)


class Standing(NamedTuple):
    """A rule that is in use, with what a message must be like and what is done then."""

    rule: Rule
    criteria: tuple[Criterion, ...]
    actions: tuple[Action, ...]


class StandingRules:
    """The rules in use by whose they are: an account's id, GLOBAL for the server's. Followed as any process changes them."""

    def __init__(self) -> None:
        self._records: dict[str, dict[int, Record]] = {kind.TABLE: {} for kind in KINDS}
        self._by_owner: dict[int, tuple[Standing, ...]] | None = {}

    async def load(self, read: Callable[..., Awaitable[list[Row]]]) -> None:
        """Read all of them by `read(sql)`."""
        for kind in KINDS:
            self._records[kind.TABLE] = {row[0]: record_of(kind, row) for row in await read(shape(kind).select)}
        self._by_owner = None

    def hear(self, news: RecordChanged) -> None:
        """Follow a change; records of other kinds are passed by."""
        known = self._records.get(news.table)
        if known is None:
            return
        if news.record is None:
            known.pop(news.id, None)
        else:
            known[news.id] = news.record
        self._by_owner = None

    def of(self, account_id: int) -> tuple[Standing, ...]:
        """Give an account's rules in use, in their order; GLOBAL: the server's."""
        if self._by_owner is None:
            self._by_owner = self._gathered()
        return self._by_owner.get(account_id, ()) if self._by_owner else ()

    def _gathered(self) -> dict[int, tuple[Standing, ...]]:
        rules: dict[int, list[Rule]] = {}
        criteria: dict[int, list[Criterion]] = {}
        actions: dict[int, list[Action]] = {}
        for record in (one for known in self._records.values() for one in known.values()):
            if isinstance(record, Criterion):
                criteria.setdefault(record.rule_id, []).append(record)
            elif isinstance(record, Action):
                actions.setdefault(record.rule_id, []).append(record)
            elif isinstance(record, Rule) and record.active:
                rules.setdefault(record.account_id, []).append(record)
        return {owner: tuple(_standing(rule, criteria, actions) for rule in sorted(owned, key=_place)) for owner, owned in rules.items()}


def _standing(rule: Rule, criteria: dict[int, list[Criterion]], actions: dict[int, list[Action]]) -> Standing:
    met = sorted(criteria.get(rule.id, ()), key=lambda one: one.id)
    return Standing(rule, tuple(met), tuple(sorted(actions.get(rule.id, ()), key=_place)))


def _place(record: Rule | Action) -> tuple[int, int]:
    return record.position, record.id
