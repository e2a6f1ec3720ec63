"""What is made of the description for the clients."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postroom.model.derive import FILES, windows
from postroom.model.tree import CLASSES

ROOT = Path(__file__).parents[2]
FACTS = json.loads((ROOT / "tests" / "reference" / "object-model.json").read_text())
REFERENCE = {one["class"]: one for one in FACTS["classes"]}


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_clients_files_are_made_of_today_s_description(name: str) -> None:
    assert (ROOT / "clients" / name).read_text(encoding="utf-8") == FILES[name](), "run `make clients`"


@pytest.mark.parametrize("name", sorted(REFERENCE))
def test_a_vtable_stands_by_dispid_and_reads_before_it_writes(name: str) -> None:
    known = REFERENCE[name]
    expected = []
    for row in sorted(known["properties"] + known["methods"], key=lambda row: row["dispid"]):
        expected += [(row["name"], row["dispid"], put) for put in ([False, True] if row.get("writable") else [False])]
    assert [(slot.member.name, slot.member.dispid, slot.put) for slot in windows.slots(CLASSES[name])] == expected


def test_the_type_library_has_the_original_s_identifiers() -> None:
    told = windows.idl()
    assert f"uuid({FACTS['typelib']['uuid']}),\n    version({FACTS['typelib']['version']})," in told
    for known in REFERENCE.values():
        assert f"uuid({known['iid']}), dual" in told
        assert f"[uuid({known['clsid']})]\n    coclass {known['coclass']}\n" in told
