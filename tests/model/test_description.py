"""The description beside the reference: nothing missing, nothing of another type, the same rights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from postroom.model import enumerations
from postroom.model.description import Member, Right
from postroom.model.tree import CLASSES

REFERENCE = json.loads((Path(__file__).parents[1] / "reference" / "object-model.json").read_text())
KNOWN = {one["class"]: one for one in REFERENCE["classes"]}
RIGHTS = {"none": Right.NONE, "parent": Right.PARENT, "authenticated": Right.AUTHENTICATED, "domain": Right.DOMAIN, "server": Right.SERVER}


UNFINISHED = """
""".split()
"""Classes that are not described yet, or not with all members."""


def right(words: str) -> Right:
    found = Right.NONE
    for word in words.split("+"):
        found |= RIGHTS[word]
    return found


def told(member: Member) -> dict[str, Any]:
    facts: dict[str, Any] = {"dispid": member.dispid, "parameters": [(one.name, one.type, one.out) for one in member.parameters]}
    facts["type"] = member.type or None
    facts["rights"] = (member.read, member.write) if not member.is_method else (member.read, None)
    facts["ignored"] = member.ignored
    return facts


def wanted(row: dict[str, Any], *, method: bool) -> dict[str, Any]:
    access = row["access_check"]
    facts: dict[str, Any] = {"dispid": row["dispid"]}
    facts["parameters"] = [(one["name"], one["type"], one["direction"] == "out") for one in row.get("params", [])]
    facts["type"] = row["returns"] if method else row["type"]
    facts["rights"] = (right(access), None) if method else (right(access["get"]), right(access["put"]) if row["writable"] else None)
    noop = row.get("noop", ())
    facts["ignored"] = ("call",) if noop is True else tuple(noop)
    return facts


@pytest.mark.parametrize("name", sorted(KNOWN.keys() - set(UNFINISHED)))
def test_a_class_has_the_members_of_the_reference_with_their_types_and_rights(name: str) -> None:
    known, ours = KNOWN[name], CLASSES[name]
    assert (ours.iid, ours.clsid, ours.progid) == (known["iid"], known["clsid"], known["progid"])
    expected = {row["name"]: wanted(row, method=False) for row in known["properties"]}
    expected |= {row["name"]: wanted(row, method=True) for row in known["methods"]}
    assert {one.name: told(one) for one in ours.members.values()} == expected


def test_every_class_of_the_reference_is_described() -> None:
    assert KNOWN.keys() - CLASSES.keys() <= set(UNFINISHED)
    assert CLASSES.keys() <= KNOWN.keys()


def test_every_member_says_what_it_is() -> None:
    for ours in CLASSES.values():
        assert ours.text
        for one in ours.members.values():
            assert one.text.endswith("."), f"{ours.name}.{one.name}"
            assert len(one.text) < 300


def test_the_enumerations_have_the_names_and_numbers_of_the_reference() -> None:
    for known in REFERENCE["enums"]:
        ours = getattr(enumerations, known["name"])
        assert [(one.name, one.value) for one in ours] == [(one["name"], one["value"]) for one in known["members"]]
