"""Rules: what is done with messages that meet criteria, the server's and each account's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from postroom.directory import rules as directory
from postroom.model.caller import Level
from postroom.model.collection import RecordCollection, add, by_id, count, delete_at, delete_by_id, item, refresh
from postroom.model.description import CLASSES, getter, method, stored
from postroom.model.enumerations import eRuleActionType, eRuleMatchType, eRulePredefinedField
from postroom.model.errors import Failed
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.row import LONGEST_TEXT, RecordRow, Row, deletes, identity, saves

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postroom.model.caller import Context
    from postroom.model.collection import Collection


class Rules(RecordCollection, iid="995F9181-E761-42FA-9057-FE070B37D0F3", clsid="624F494B-347A-4285-9506-C54154D50B2A"):
    """The rules of an account, or those of the server for all mail, in the order in which they are tried."""

    __slots__ = ()
    of = "Rule"
    kind = directory.Rule

    Item = item(0)
    ItemByDBID = by_id(1)
    Count = count(2)
    Add = add(3)
    DeleteByDBID = delete_by_id(4)
    Refresh = refresh(5)

    async def read(self) -> Any:
        """Read those of the account, or the server's."""
        if isinstance(self.parent, Row) and not self.parent.value("id"):
            return []
        return await self.house.directory.records.list(directory.Rule, self.parent_id())

    def parent_id(self) -> int:
        """Give the account's id; 0 for the server's."""
        return super().parent_id() if isinstance(self.parent, Row) else directory.GLOBAL


class Rule(RecordRow, iid="41CCD467-9ADE-4ADA-AE14-760E94BA53E8", clsid="D5D7927A-7D05-40F3-91DD-968FC14316C7"):
    """What is done with messages that meet some criteria."""

    __slots__ = ("actions", "criterias")
    widths: ClassVar[Mapping[str, int]] = {"*": 100}

    def __init__(self, context: Context, record: Any, owner: Collection | None = None, *, standalone: bool = False) -> None:
        super().__init__(context, record, owner, standalone=standalone)
        self.criterias: Collection | None = None
        self.actions: Collection | None = None

    ID = identity(1)
    AccountID = stored(
        Integer,
        2,
        "account_id",
        "The number of the account whose rule it is; 0: the server's.",
        write_rule=lambda rule, arguments: rule.value("account_id") == arguments[0] or rule.context.login.level is Level.SERVER,
    )
    Name = stored(String, 3, "name", "The name of the rule, up to 100 characters.")
    Active = stored(Boolean, 4, "active", "Whether the rule is used.")
    UseAND = stored(Boolean, 5, "every", "Whether all criteria must be met, or one of them.")
    Save = saves(8, text="Stores the rule, with the criteria and actions that it was given before it was stored.")
    Delete = deletes(11)

    @getter(6, "What a message must be like.", gives="RuleCriterias")
    async def Criterias(self) -> Any:
        self.criterias = await self.children("RuleCriterias", self.criterias)
        return self.criterias

    @getter(7, "What is done with the message.", gives="RuleActions")
    async def Actions(self) -> Any:
        self.actions = await self.children("RuleActions", self.actions)
        return self.actions

    @method(9, "Makes the rule change places with the one before it, at once.")
    async def MoveUp(self) -> None:
        await move(self, -1)

    @method(10, "Makes the rule change places with the one behind it, at once.")
    async def MoveDown(self) -> None:
        await move(self, 1)

    async def children(self, of: str, known: Collection | None) -> Collection:
        """Give criteria or actions: those of a rule that is not stored yet are kept in memory (5.4)."""
        if known is not None and not self.record.id:
            return known
        made: Any = await CLASSES[of].made.reach(self.context, self)
        return made  # type: ignore[no-any-return]

    async def store(self) -> Any:
        """Store the rule, a new one as the last of its owner."""
        return await self.house.directory.records.append(self.draft())

    async def save(self) -> None:
        """Store the rule, then what it was given before."""
        new = not self.record.id
        await super().save()
        for kept in (self.criterias, self.actions):
            for part in kept.items if new and kept is not None else ():
                part.record = replace(part.record, rule_id=self.record.id)
                await part.save()

    async def remove(self) -> None:
        """Remove the rule with its criteria and actions."""
        records = self.house.directory.records
        await records.remove_of(directory.Criterion, self.record.id)
        await records.remove_of(directory.Action, self.record.id)
        await super().remove()


class Part(RecordRow):
    """A criterion or an action of a rule: while the rule is not stored, its Save keeps it in memory."""

    __slots__ = ()

    async def save(self) -> None:
        """Store it, or put it to the rule that will store it."""
        if self.owner is not None and not self.value("rule_id") and not self.owner.parent.value("id"):
            self.owner.append(self)
        else:
            await super().save()

    def may_move(self, rule_id: int) -> bool:
        """Tell whether the caller may give it to a rule: nobody writes another's rules."""
        return rule_id == self.value("rule_id") or self.context.login.level is Level.SERVER


class RuleCriterias(RecordCollection, iid="D79148F6-78A9-4F60-B8E8-48C33D888FC5", clsid="E90022A1-61CF-4152-B9D9-27D04D0BA362"):
    """What a message must be like for a rule."""

    __slots__ = ()
    of = "RuleCriteria"
    kind = directory.Criterion

    Item = item(0)
    ItemByDBID = by_id(1)
    Count = count(2)
    Add = add(3)
    DeleteByDBID = delete_by_id(4)
    Refresh = refresh(5)
    Delete = delete_at(6, name="DBID")


class RuleCriteria(Part, iid="2D8AA7DE-6155-44A5-802D-9FEC611A50A9", clsid="3F0EB97B-C698-498C-965A-06ED393AC50C"):
    """One thing that a message must have."""

    __slots__ = ()
    widths: ClassVar[Mapping[str, int]] = {"header": 80, "*": 255}

    ID = identity(1)
    RuleID = stored(Integer, 2, "rule_id", "The number of the rule.", write_rule=lambda part, arguments: part.may_move(*arguments))
    MatchValue = stored(String, 4, "value", "What the field is compared with.")
    UsePredefined = stored(Boolean, 5, "predefined", "Whether PredefinedField says what is looked at, or HeaderField.")
    PredefinedField = stored(eRulePredefinedField, 6, "field", "What of the message is looked at.")
    MatchType = stored(eRuleMatchType, 7, "match", "How it is compared.")
    HeaderField = stored(String, 8, "header", "The name of the header field that is looked at, up to 80 characters.")
    Save = saves(9)
    Delete = deletes(10)


class RuleActions(RecordCollection, iid="DBFD3E11-9121-4DDD-944B-5AF29BF3D2DF", clsid="32A21952-5421-4A6C-835A-41050D0493C1"):
    """What a rule does, in its order."""

    __slots__ = ()
    of = "RuleAction"
    kind = directory.Action

    Item = item(0)
    ItemByDBID = by_id(1)
    Count = count(2)
    Add = add(3)
    DeleteByDBID = delete_by_id(4)
    Refresh = refresh(5)
    Delete = delete_at(6, name="DBID")


class RuleAction(Part, iid="F3F4A3E1-695E-499E-9F31-712DA8126982", clsid="35548CC2-14AE-4795-8A19-C78FDE208504"):
    """One thing that a rule does."""

    __slots__ = ()
    widths: ClassVar[Mapping[str, int]] = {"header": 80, "body": LONGEST_TEXT, "*": 255}

    ID = identity(1)
    RuleID = stored(Integer, 2, "rule_id", "The number of the rule.", write_rule=lambda part, arguments: part.may_move(*arguments))
    Type = stored(eRuleActionType, 3, "type", "What is done; it tells which of the other properties count.")
    Subject = stored(String, 4, "subject", "The subject of a reply.")
    Body = stored(String, 5, "body", "The text of a reply.")
    FromName = stored(String, 6, "from_name", "The name of a reply's author.")
    FromAddress = stored(String, 7, "from_address", "The address of a reply's author.")
    Filename = stored(String, 8, "filename", "The file that is used.")
    To = stored(String, 9, "recipient", "Where the message is forwarded to.")
    IMAPFolder = stored(String, 10, "folder", "The path of the folder that the message is moved to.")
    ScriptFunction = stored(String, 12, "script_function", "The function of the event script that is called.")
    HeaderName = stored(String, 15, "header", "The name of the header field that is set, up to 80 characters.")
    Value = stored(String, 16, "value", "The value that the field gets, or the address that is bound to.")
    RouteID = stored(Integer, 18, "route_id", "The number of the route by which the message is sent.")
    Save = saves(11)
    Delete = deletes(17)

    async def store(self) -> Any:
        """Store the action, a new one as the last of its rule."""
        return await self.house.directory.records.append(self.draft())

    @method(13, "Makes the action change places with the one before it, at once.")
    async def MoveUp(self) -> None:
        await move(self, -1)

    @method(14, "Makes the action change places with the one behind it, at once.")
    async def MoveDown(self) -> None:
        await move(self, 1)


async def move(row: RecordRow, step: int) -> None:
    """Make a rule or action change places with a neighbour, in the database and in its collection (4.10, 11.10)."""
    if not row.record.id:
        raise Failed("Object not yet saved.")
    await row.house.directory.records.move(row.record, step)
    await row.house.heard()
    items = row.owner.items if row.owner is not None else []
    place = next((index for index, one in enumerate(items) if one is row), -1)
    if place >= 0 and 0 <= place + step < len(items):
        items[place], items[place + step] = items[place + step], items[place]
