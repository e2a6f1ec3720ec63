"""Where mail to an address goes."""

from __future__ import annotations

import asyncio

import pytest

from directory.workers import Worker
from postroom.directory.directory import Directory
from postroom.directory.recent import Recent
from postroom.directory.resolve import (
    INACTIVE_ACCOUNT,
    INACTIVE_ALIAS,
    INACTIVE_DOMAIN,
    LEVELS,
    LOOP,
    NOT_OURS,
    REFUSED,
    UNKNOWN,
    Resolution,
)
from postroom.formats.address import Address
from postroom.storage.sqlite.engine import SQLiteDatabase


async def goes_to(directory: Directory, text: str) -> list[str] | object:
    """Tell where mail to an address goes, as sorted addresses, or what else the answer is; from memory it must be the same."""
    address = Address.parse(text) if "@" in text else Address(text, "")
    answer = await directory.resolve(address)
    assert directory.cached(address) == answer
    if isinstance(answer, Resolution):
        return sorted([str(account.address) for account in answer.accounts] + [str(address) for address in answer.remote])
    return answer


@pytest.mark.parametrize("text", ["alice@example.test", "ALICE@EXAMPLE.TEST", "alice+lists@example.test", "alice+@example.test"])
async def test_every_spelling_of_an_address_is_one_account(directory: Directory, text: str) -> None:
    assert await goes_to(directory, text) == ["alice@example.test"]


@pytest.mark.parametrize("text", ["nobody@example.test", "alice-lists@example.test", "+alice@example.test", "alic@example.test"])
async def test_an_unknown_user_is_refused(directory: Directory, text: str) -> None:
    assert await goes_to(directory, text) == UNKNOWN


async def test_what_is_not_ours_is_known_without_asking(directory: Directory) -> None:
    assert directory.cached(Address.parse("alice@elsewhere.test")) is NOT_OURS
    assert directory.cached(Address.parse("alice@[127.0.0.1]")) is NOT_OURS


async def test_smtputf8_local_parts_and_u_labels_are_found(directory: Directory) -> None:
    await directory.domains.add("bücher.example")
    await directory.accounts.add("jürgen@bücher.example")
    await directory.domains.add_alias("bücher.example", "livres.example")
    for text in ("JÜRGEN@BÜCHER.example", "ju\u0308rgen@xn--bcher-kva.example", "jürgen+a@livres.example"):
        assert await goes_to(directory, text) == ["jürgen@xn--bcher-kva.example"]


async def test_plus_addressing_is_the_domains_choice(directory: Directory) -> None:
    await directory.domains.set("example.test", plus_character="-")
    assert await goes_to(directory, "alice-lists@example.test") == ["alice@example.test"]
    assert await goes_to(directory, "alice+lists@example.test") == UNKNOWN
    await directory.domains.set("example.test", plus_addressing=False)
    assert await goes_to(directory, "alice-lists@example.test") == UNKNOWN


async def test_an_account_with_a_plus_in_its_name_comes_before_the_plus_form(directory: Directory) -> None:
    await directory.accounts.add("alice+work@example.test")
    assert await goes_to(directory, "alice+work@example.test") == ["alice+work@example.test"]


async def test_an_alias_leads_to_several_here_and_elsewhere_and_each_is_reached_once(directory: Directory) -> None:
    await directory.accounts.add("bob@example.test")
    await directory.aliases.add("inner@example.test", ["bob@example.test", "carol@elsewhere.test"])
    await directory.aliases.add("team@example.test", ["alice+team@example.test", "bob@example.test", "inner@example.test", "CAROL@elsewhere.test"])
    assert len(await goes_to(directory, "team@example.test")) == 3  # type: ignore[arg-type]  # a list
    answer = await directory.resolve(Address.parse("team+x@example.test"))
    assert isinstance(answer, Resolution)
    assert {account.address.local for account in answer.accounts} == {"alice", "bob"}
    assert [address.key for address in answer.remote] == ["carol@elsewhere.test"]


async def test_a_circle_of_aliases_is_refused(directory: Directory) -> None:
    await directory.aliases.add("a@example.test", ["b@example.test", "alice@example.test"])
    await directory.aliases.add("b@example.test", ["a@example.test"])
    assert await goes_to(directory, "a@example.test") == LOOP
    assert await goes_to(directory, "alice@example.test") == ["alice@example.test"]


async def test_twenty_five_levels_of_aliases_are_followed_and_no_more(directory: Directory) -> None:
    await directory.aliases.add(f"a{LEVELS}@example.test", ["alice@example.test"])
    for number in range(LEVELS):
        await directory.aliases.add(f"a{number}@example.test", [f"a{number + 1}@example.test"])
    assert await goes_to(directory, "a1@example.test") == ["alice@example.test"]
    assert await goes_to(directory, "a0@example.test") == LOOP


async def test_a_dead_end_does_not_keep_mail_from_the_other_destinations(directory: Directory) -> None:
    await directory.aliases.add("team@example.test", ["gone@example.test", "alice@example.test"])
    await directory.aliases.add("ghosts@example.test", ["gone@example.test", "away@example.test"])
    assert await goes_to(directory, "team@example.test") == ["alice@example.test"]
    assert await goes_to(directory, "ghosts@example.test") == UNKNOWN


async def test_what_is_not_active_is_refused(directory: Directory) -> None:
    await directory.aliases.add("info@example.test", ["alice@example.test"], active=False)
    assert await goes_to(directory, "info@example.test") == INACTIVE_ALIAS
    await directory.accounts.set("alice@example.test", active=False)
    assert await goes_to(directory, "alice@example.test") == INACTIVE_ACCOUNT
    await directory.domains.set("example.test", active=False)
    assert await goes_to(directory, "alice@example.test") == INACTIVE_DOMAIN


async def test_a_catch_all_gets_what_nobody_takes(directory: Directory) -> None:
    await directory.domains.set("example.test", catch_all="alice@example.test")
    assert await goes_to(directory, "anybody@example.test") == ["alice@example.test"]
    await directory.domains.set("example.test", catch_all="all@elsewhere.test")
    assert await goes_to(directory, "anybody@example.test") == ["all@elsewhere.test"]
    await directory.domains.set("example.test", catch_all="nobody@example.test")
    assert await goes_to(directory, "anybody@example.test") == LOOP


async def test_postmaster_is_never_refused(directory: Directory) -> None:
    """RFC 5321 section 4.5.1: its account, else the catch-all, else the server's postmaster, else an administrator."""
    await directory.accounts.add("bob@example.test", admin_level=1)
    assert await goes_to(directory, "Postmaster@example.test") == await goes_to(directory, "postmaster") == ["bob@example.test"]
    await directory.accounts.add("root@example.test", admin_level=2)
    assert await goes_to(directory, "postmaster@example.test") == ["root@example.test"]
    await directory.table.set("postmaster", "hostmaster@elsewhere.test")
    assert await goes_to(directory, "Postmaster") == await goes_to(directory, "postmaster@example.test") == ["hostmaster@elsewhere.test"]
    await directory.domains.set("example.test", catch_all="alice@example.test")
    assert await goes_to(directory, "postmaster@example.test") == ["alice@example.test"]
    await directory.aliases.add("postmaster@example.test", ["bob@example.test"])
    assert await goes_to(directory, "postmaster@example.test") == ["bob@example.test"]
    await directory.table.set("default_domain", "example.test")
    assert await goes_to(directory, "postmaster") == ["bob@example.test"]


async def test_a_postmaster_that_is_itself_is_an_administrator(directory: Directory) -> None:
    await directory.table.set("postmaster", "postmaster@example.test")
    assert await goes_to(directory, "postmaster@example.test") == ["alice@example.test"]


async def test_only_postmaster_has_no_domain(directory: Directory) -> None:
    assert await goes_to(directory, "alice") == UNKNOWN


async def test_without_anybody_even_postmaster_is_unknown(worker: Worker) -> None:
    directory = await worker()
    await directory.accounts.remove("alice@example.test")
    assert await goes_to(directory, "postmaster@example.test") == UNKNOWN


async def test_a_change_in_one_worker_is_seen_by_another_at_once(worker: Worker) -> None:
    one, other = await worker(), await worker()
    assert await goes_to(other, "bob@example.test") == UNKNOWN
    await one.accounts.add("bob@example.test")
    assert await goes_to(other, "bob@example.test") == ["bob@example.test"]
    await one.accounts.set("bob@example.test", active=False)
    assert await goes_to(other, "bob@example.test") == INACTIVE_ACCOUNT
    await one.accounts.remove("bob@example.test")
    assert await goes_to(other, "bob@example.test") == UNKNOWN


async def test_what_was_read_before_a_change_is_not_remembered_after_it(
    directory: Directory, database: SQLiteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_already, go_on = asyncio.Event(), asyncio.Event()
    read = database.read

    async def slow_read(*arguments: object) -> object:
        rows = await read(*arguments)  # type: ignore[arg-type]  # passed on
        read_already.set()
        await go_on.wait()
        return rows

    monkeypatch.setattr(database, "read", slow_read)
    bob = Address.parse("bob@example.test")
    resolving = asyncio.ensure_future(directory.resolve(bob))
    await read_already.wait()
    monkeypatch.setattr(database, "read", read)
    await directory.accounts.add("bob@example.test")
    go_on.set()
    await resolving
    assert await goes_to(directory, "bob@example.test") == ["bob@example.test"]


async def test_guessing_addresses_does_not_drive_out_those_in_use(directory: Directory) -> None:
    await goes_to(directory, "alice@example.test")
    for number in range(REFUSED + 10):
        directory._resolver._refused.put(f"guess{number}@example.test", UNKNOWN)
    assert isinstance(directory.cached(Address.parse("alice@example.test")), Resolution)
    assert len(directory._resolver._refused) <= REFUSED


def test_a_cache_keeps_what_is_asked_for_and_is_bounded() -> None:
    kept: Recent[int] = Recent(10)
    for number in range(1, 1000):
        kept.put("often", kept.get("often") or 1)
        kept.put(str(number), number)
    assert kept.get("often") == 1
    assert kept.get("999") == 999
    assert kept.get("1") is None
    assert len(kept) <= 10
    kept.drop("often")
    assert kept.get("often") is None
    kept.clear()
    assert len(kept) == 0
