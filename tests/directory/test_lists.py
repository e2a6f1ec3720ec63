"""Distribution lists: whom they lead to, and who may send to them (object model 13.7, 13.12)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from directory.workers import Worker
from postroom.directory.directory import Directory
from postroom.directory.errors import DirectoryError, NotFound, Taken
from postroom.directory.lists import DistributionList, ListRecipient, Mode
from postroom.directory.resolve import EMPTY_LIST, INACTIVE_LIST, UNKNOWN, Refusal, Resolution
from postroom.formats.address import Address

ALL = Address.parse("all@example.test")


async def make_list(directory: Directory, *recipients: str, address: str = "all@example.test", **values: Any) -> DistributionList:
    one = await directory.lists.save(DistributionList(address=address, **values))
    for recipient in recipients:
        await directory.records.save(ListRecipient(0, one.id, recipient))
    return one


async def goes_to(directory: Directory, address: Address = ALL, sender: str = "", *, authenticated: bool = False) -> list[str] | str:
    """Tell where a sender's mail goes, or with which words it is refused; from memory it must be the same."""
    by = Address.parse(sender) if sender else None
    answer = await directory.resolve(address, by, authenticated=authenticated)
    assert directory.cached(address, by, authenticated=authenticated) == answer
    if isinstance(answer, Refusal):
        return answer.text
    assert isinstance(answer, Resolution)
    assert answer.gated == ()
    return sorted([str(account.address) for account in answer.accounts] + [str(place) for place in answer.remote])


async def test_a_list_leads_to_each_of_its_recipients_once(directory: Directory) -> None:
    await directory.aliases.add("team@example.test", ["alice@example.test", "x@elsewhere.test"])
    await make_list(
        directory, "alice@example.test", "ALICE@example.test", "team@example.test", "y@elsewhere.test", "no address", "nobody@example.test"
    )
    assert await goes_to(directory) == ["alice@example.test", "x@elsewhere.test", "y@elsewhere.test"]
    assert await goes_to(directory, Address.parse("ALL+news@example.test")) == await goes_to(directory)


async def test_lists_in_lists_are_expanded_even_when_they_contain_each_other(directory: Directory) -> None:
    await make_list(directory, "b@example.test", "alice@example.test")
    await make_list(directory, "all@example.test", "x@elsewhere.test", address="b@example.test")
    assert await goes_to(directory) == ["alice@example.test", "x@elsewhere.test"]


async def test_a_list_that_is_not_active_or_empty_is_refused(directory: Directory) -> None:
    one = await make_list(directory)
    assert await goes_to(directory) == EMPTY_LIST.text
    await directory.lists.save(replace(one, active=False))
    assert await goes_to(directory) == INACTIVE_LIST.text == "Distribution list is not active."
    await directory.lists.remove(one.id)
    assert await goes_to(directory) == UNKNOWN.text


JUDGED: list[tuple[dict[str, Any], str, bool, str]] = [
    ({"require_auth": True}, "x@elsewhere.test", False, "SMTP authentication required."),
    ({"require_auth": True}, "x@elsewhere.test", True, ""),
    ({"mode": Mode.ANNOUNCEMENTS, "sender": "Boss@other.example"}, "boss@OTHER.example", False, ""),
    ({"mode": Mode.ANNOUNCEMENTS, "sender": "boss@livres.example"}, "boss@example.test", False, ""),
    ({"mode": Mode.ANNOUNCEMENTS, "sender": "boss@other.example"}, "alice@example.test", True, "Not authorized owner."),
    ({"mode": Mode.ANNOUNCEMENTS}, "", False, "Not authorized owner."),
    ({"mode": Mode.DOMAIN}, "anybody@example.test", False, ""),
    ({"mode": Mode.DOMAIN}, "anybody@livres.example", False, ""),
    ({"mode": Mode.DOMAIN}, "x@elsewhere.test", True, "Not authorized domain."),
    ({"mode": Mode.DOMAIN}, "", False, "Not authorized domain."),
    ({"mode": Mode.MEMBERS}, "ALICE@livres.example", False, ""),
    ({"mode": Mode.MEMBERS}, "y@elsewhere.test", False, ""),
    ({"mode": Mode.MEMBERS}, "bob@example.test", True, "Not authorized sender."),
    ({"mode": Mode.MEMBERS, "require_auth": True}, "bob@example.test", False, "SMTP authentication required."),
]


@pytest.mark.parametrize(("values", "sender", "authenticated", "text"), JUDGED)
async def test_model_13_12_who_may_send_to_a_list(directory: Directory, values: dict[str, Any], sender: str, authenticated: bool, text: str) -> None:
    await directory.domains.add_alias("example.test", "livres.example")
    await make_list(directory, "alice@example.test", "y@elsewhere.test", **values)
    expected = text or ["alice@example.test", "y@elsewhere.test"]
    assert await goes_to(directory, sender=sender, authenticated=authenticated) == expected


async def test_model_13_12_a_list_within_a_list_keeps_its_own_gate(directory: Directory) -> None:
    await make_list(directory, "inner@example.test", "alice@example.test")
    await make_list(directory, "y@elsewhere.test", "alice@example.test", address="inner@example.test", require_auth=True)
    assert await goes_to(directory) == ["alice@example.test"]
    assert await goes_to(directory, authenticated=True) == ["alice@example.test", "y@elsewhere.test"]
    assert await goes_to(directory, Address.parse("inner@example.test")) == "SMTP authentication required."


async def test_all_workers_hear_of_a_list(worker: Worker) -> None:
    one, other = await worker(), await worker()
    assert await goes_to(other) == UNKNOWN.text
    made = await make_list(one, "alice@example.test")
    assert await goes_to(other) == ["alice@example.test"]
    (recipient,) = await one.records.list(ListRecipient, made.id)
    await one.records.remove(ListRecipient, recipient.id)
    assert await goes_to(other) == EMPTY_LIST.text


async def test_an_address_is_an_account_an_alias_or_a_list(directory: Directory) -> None:
    await make_list(directory)
    with pytest.raises(Taken):
        await make_list(directory, address="ALICE@example.test")
    with pytest.raises(Taken):
        await directory.accounts.add("all@example.test")
    with pytest.raises(Taken):
        await directory.aliases.add("ALL@example.test", ["alice@example.test"])
    with pytest.raises(NotFound):
        await make_list(directory, address="all@elsewhere.test")
    with pytest.raises(DirectoryError):
        await make_list(directory, address="a/b@example.test")


LIMITS: list[tuple[dict[str, Any], str]] = [
    ({"limit_accounts": True, "max_accounts": 1}, "accounts"),
    ({"limit_aliases": True, "max_aliases": 0}, "aliases"),
    ({"max_lists": 1}, "lists"),
]


@pytest.mark.parametrize(("profile", "kind"), LIMITS)
async def test_a_domain_has_only_as_many_as_its_administrator_lets_it(directory: Directory, profile: dict[str, Any], kind: str) -> None:
    if kind == "lists":
        await make_list(directory)
    await directory.domains.set("example.test", profile=profile)
    adding: dict[str, Callable[[], Awaitable[object]]] = {
        "accounts": lambda: directory.accounts.add("more@example.test"),
        "aliases": lambda: directory.aliases.add("more@example.test", ["alice@example.test"]),
        "lists": lambda: make_list(directory, address="more@example.test"),
    }
    with pytest.raises(DirectoryError, match=f"{kind} at most"):
        await adding[kind]()
    await directory.domains.set("example.test", profile={name: 99 for name in profile if name.startswith("max")})
    await adding[kind]()
