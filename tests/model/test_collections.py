"""Collections: snapshots with indexes from 0, look-ups without case, orders, what Delete does (section 2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modelhouse import added, modelhouse, reach, refusal, texts
from postroom.model.errors import BadIndex


async def test_model_2_1_items_count_from_0_and_names_ignore_case(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        accounts = await (await (await house.login())("Domains.Item", 0))("Accounts")
        assert await texts(accounts, "Address") == ["alice@example.test", "bob@example.test"]
        assert await (await accounts("ItemByAddress", "ALICE@Example.Test"))("Address") == "alice@example.test"
        for index in (-1, 2, 2**31 - 1):
            with pytest.raises(BadIndex):
                await accounts("Item", index)


async def test_model_1_4_what_is_not_there_is_an_invalid_index(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        app = await house.login()
        domain = await app("Domains.ItemByName", "example.test")
        for path, key in (("Accounts.ItemByAddress", "nobody"), ("Aliases.ItemByName", "x"), ("DistributionLists.ItemByAddress", "x")):
            assert await refusal(domain(path, key)) == "Invalid index."
        for name, member in (
            ("Routes", "ItemByName"),
            ("Groups", "ItemByName"),
            ("DNSBlackLists", "ItemByDNSHost"),
            ("ServerMessages", "ItemByName"),
        ):
            assert await refusal((await reach(app, name))(member, "nothing")) == "Invalid index."
        for name in ("Routes", "Groups", "SecurityRanges", "TCPIPPorts", "SSLCertificates", "WhiteListAddresses"):
            assert await refusal((await reach(app, name))("ItemByDBID", 999)) == "Invalid index."


async def test_model_2_3_a_collection_is_a_snapshot_until_refresh(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        domain = await (await house.login())("Domains.Item", 0)
        accounts = await domain("Accounts")
        await house.town.directory.accounts.add("carol@example.test")
        assert (await accounts("Count"), await domain("Accounts.Count")) == (2, 3)
        await accounts("Refresh")
        assert await accounts("Count") == 3


ORDERS: list[tuple[str, str, list[dict[str, Any]], list[Any]]] = [
    ("Groups", "Name", [{"Name": "beta"}, {"Name": "Alpha"}], ["Alpha", "beta"]),
    ("IncomingRelays", "Name", [{"Name": "b"}, {"Name": "a"}], ["a", "b"]),
    ("SSLCertificates", "Name", [{"Name": "b"}, {"Name": "a"}], ["a", "b"]),
    ("Routes", "DomainName", [{"DomainName": "b.test"}, {"DomainName": "a.test"}], ["a.test", "b.test"]),
    ("WhiteListAddresses", "LowerIPAddress", [{"LowerIPAddress": "10.0.0.10"}, {"LowerIPAddress": "9.0.0.1"}], ["9.0.0.1", "10.0.0.10"]),
    ("GreyListingWhiteAddresses", "IPAddress", [{"IPAddress": "2.2.2.2"}, {"IPAddress": "1.1.1.1"}], ["1.1.1.1", "2.2.2.2"]),
    ("TCPIPPorts", "PortNumber", [{"Protocol": 5, "PortNumber": 143}, {"Protocol": 1, "PortNumber": 25}], [25, 143]),
    ("Rules", "Name", [{"Name": "z"}, {"Name": "a"}], ["z", "a"]),
]


@pytest.mark.parametrize(("name", "member", "items", "expected"), ORDERS, ids=lambda value: value if isinstance(value, str) else "")
async def test_model_2_4_orders_after_a_load(tmp_path: Path, name: str, member: str, items: list[dict[str, Any]], expected: list[Any]) -> None:
    async with modelhouse(tmp_path) as house:
        app = await house.login()
        collection = await reach(app, name)
        for values in items:
            await added(collection, **values)
        assert await texts(collection, member) == [values[member] for values in items]  # appended, not sorted (2.2)
        assert await texts(await reach(app, name), member) == expected


async def test_model_2_4_orders_within_a_domain_and_of_ranges(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        app = await house.login()
        for name in ("z.test", "a.test"):
            await added(await app("Domains"), Name=name)
        assert await texts(await app("Domains"), "Name") == ["a.test", "example.test", "z.test"]
        domain = await app("Domains.ItemByName", "example.test")
        for kind, member in (("Aliases", "Name"), ("DistributionLists", "Address")):
            for local in ("zz", "aa"):
                await added(await domain(kind), **{member: f"{local}-{kind}@example.test"})
            assert await texts(await domain(kind), member) == [f"aa-{kind}@example.test", f"zz-{kind}@example.test"]
        for name in ("z.example", "a.example"):
            await added(await domain("DomainAliases"), AliasName=name)
        assert await texts(await domain("DomainAliases"), "AliasName") == ["z.example", "a.example"]
        ranges = await reach(app, "SecurityRanges")
        for name, priority, expires in (("later", 50, True), ("b", 30, False)):
            await added(ranges, Name=name, Priority=priority, Expires=expires)
        assert await texts(await reach(app, "SecurityRanges"), "Name") == ["b", "My computer", "Internet", "later"]


async def test_model_2_5_delete_by_index_leaves_alone_what_is_not_there(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        app = await house.login()
        ranges = await reach(app, "SecurityRanges")
        await ranges("Delete", 99)
        await ranges("Delete", 0)
        assert await texts(ranges, "Name") == ["Internet"] == await texts(await reach(app, "SecurityRanges"), "Name")
        accounts = await (await app("Domains.Item", 0))("Accounts")
        for index in (99, -1):
            assert await refusal(accounts("Delete", index)) == "The operation failed. Please check the hMailServer log for details."
        await accounts("Delete", 0)
        assert await texts(accounts, "Address") == ["bob@example.test"]


async def test_model_2_6_delete_by_id_passes_by_what_is_not_there(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        app = await house.login()
        lists = await reach(app, "DNSBlackLists")
        await lists("DeleteByDBID", 999)
        await lists("DeleteByDBID", await (await lists("Item", 0))("ID"))
        assert await texts(lists, "DNSHost") == ["bl.spamcop.net"]
        await app("Domains.DeleteByDBID", 999)
        assert await app("Domains.Count") == 1


async def test_model_2_7_an_object_deletes_itself_from_its_collection_and_the_database(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        app = await house.login()
        groups = await reach(app, "Groups")
        group = await added(groups, Name="staff")
        await group("Delete")
        assert (await groups("Count"), await (await reach(app, "Groups"))("Count")) == (0, 0)
        lone = await (await reach(app, "Links"))("Domain", 1)
        await lone("Delete")
        assert await app("Domains.Count") == 0


async def test_model_2_8_a_child_collection_finds_only_its_parents_children(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        app = await house.login()
        other = await added(await app("Domains"), Name="other.test")
        alice = await (await app("Domains.ItemByName", "example.test"))("Accounts.Item", 0)
        assert await refusal(other("Accounts.ItemByDBID", await alice("ID"))) == "Invalid index."


async def test_model_2_9_names_clear_and_delete_by_address(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        app = await house.login()
        await added(await app("Domains"), Name="new.test")
        assert await app("Domains.Names") == "1\texample.test\t1\r\n2\tnew.test\t0\r\n"
        for name, values in (("WhiteListAddresses", {"Description": "x"}), ("SSLCertificates", {"Name": "x"})):
            collection = await reach(app, name)
            await added(collection, **values)
            await added(collection, **values)
            await collection("Clear")
            assert (await collection("Count"), await (await reach(app, name))("Count")) == (0, 0)
        route = await added(await reach(app, "Routes"), DomainName="routed.test")
        for address in ("a@routed.test", "b@routed.test"):
            await added(await route("Addresses"), Address=address)
        await (await route("Addresses"))("DeleteByAddress", "A@routed.test")
        await (await route("Addresses"))("DeleteByAddress", "nobody@routed.test")
        assert await texts(await route("Addresses"), "Address") == ["b@routed.test"]


async def test_an_item_is_one_object_for_all_who_ask(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        accounts = await (await (await house.login())("Domains.Item", 0))("Accounts")
        await (await accounts("Item", 0)).put("Active", False)
        await (await accounts("Item", 0))("Save")
        assert (await house.town.directory.accounts.get("alice@example.test")).active is False
