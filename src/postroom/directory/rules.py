"""Rules: what is done with a message that meets criteria, the server's own (account 0) and each account's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from postroom.directory.records import Record

GLOBAL: Final = 0
"""The account id of the server's own rules."""


@dataclass(frozen=True, slots=True)
class Rule(Record):
    """A rule: all of its criteria must be met, or with `every` false one of them. `position` counts from 1 among the rules of its owner."""

    TABLE: ClassVar[str] = "rule"
    ORDER: ClassVar[str] = "position, id"
    PARENT: ClassVar[str] = "account_id"

    account_id: int = GLOBAL
    name: str = ""
    active: bool = True
    every: bool = True
    position: int = 0


@dataclass(frozen=True, slots=True)
class Criterion(Record):
    """What a rule looks at: a predefined field, or with `predefined` false the header field `header`; `match` is how it compares with `value`."""

    TABLE: ClassVar[str] = "rule_criterion"
    PARENT: ClassVar[str] = "rule_id"

    rule_id: int = 0
    value: str = ""
    predefined: bool = True
    field: int = 1
    match: int = 1
    header: str = ""


@dataclass(frozen=True, slots=True)
class Action(Record):
    """What a rule does, by hMailServer's number `type`; which of the other fields count depends on that."""

    TABLE: ClassVar[str] = "rule_action"
    ORDER: ClassVar[str] = "position, id"
    PARENT: ClassVar[str] = "rule_id"

    rule_id: int = 0
    type: int = 0
    position: int = 0
    subject: str = ""
    body: str = ""
    from_name: str = ""
    from_address: str = ""
    filename: str = ""
    recipient: str = ""
    folder: str = ""
    script_function: str = ""
    header: str = ""
    value: str = ""
    route_id: int = 0
