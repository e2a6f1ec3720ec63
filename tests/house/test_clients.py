from importlib import import_module

from house.repository import ROOT
from postroom.client.aio import Object as Path
from postroom.client.objects import Object
from postroom.model.derive import FILES
from postroom.model.tree import CLASSES


def test_the_generated_parts_of_the_clients_are_current() -> None:
    texts = {name: (ROOT / "clients" / name).read_text(encoding="utf-8") for name in FILES}
    assert [name for name, write in FILES.items() if texts[name] != write()] == [], "run `make clients`"


def test_the_types_know_every_member_of_every_class() -> None:
    for name in ("../src/postroom/client/model.pyi", "../src/postroom/client/aiomodel.pyi"):
        text = (ROOT / "clients" / name).read_text(encoding="utf-8")
        for one in CLASSES.values():
            body = text.partition(f"\nclass {one.name}(")[2].partition("\nclass ")[0]
            assert [member.name for member in one.members.values() if f" def {member.name}(" not in body] == []


def test_the_classes_can_be_imported_for_annotations() -> None:
    assert import_module("postroom.client.model").Domain is Object
    assert import_module("postroom.client.aiomodel").Domain is Path
