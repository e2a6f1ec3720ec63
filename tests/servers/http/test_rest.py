"""/api: reading and writing the object model over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from modelhouse import added
from postroom.directory.credentials import Credentials
from postroom.model.accounts import Accounts
from postroom.model.aliases import Aliases
from postroom.model.collection import Collection, RecordCollection
from postroom.model.derive.rest import key_of
from postroom.model.description import CLASSES
from postroom.model.messages import Messages
from postroom.servers.http import Application
from postroom.servers.http.rest import guard
from postroom.servers.http.rest.application import Rest
from postroom.storage.database import CONTROL
from restdoor import ALICE, RestDoor, basic, restdoor

ACCOUNTS = "/api/domains/example.test/accounts"
ALICES = f"{ACCOUNTS}/alice@example.test"


@pytest.fixture
async def ask(tmp_path: Path) -> AsyncIterator[RestDoor]:
    async with restdoor(tmp_path) as door:
        yield door


async def test_an_object_is_its_properties_and_the_ways_to_what_is_below_it(ask: RestDoor) -> None:
    found = await ask.get(ALICES)
    assert found["_class"] == "Account"
    assert found["_self"] == ALICES
    assert (found["Address"], found["Active"], found["MaxSize"], found["LastLogonTime"]) == ("alice@example.test", True, 0, None)
    assert found["_links"]["IMAPFolders"] == f"{ALICES}/imapfolders"
    assert "Password" not in found


async def test_every_link_of_the_tree_leads_on(ask: RestDoor) -> None:
    await ask.post(f"{ALICES}/rules", {"Name": "Bills"})
    ways, seen = ["/api"], set()
    while ways:
        way = ways.pop()
        seen.add(way)
        reply = await ask("GET", way)
        if way.endswith("/permissions"):  # only public folders have such
            assert reply.status == 422
            continue
        assert reply.status == 200, (way, reply.body)
        links = list(reply.json.get("_links", {}).values()) + [item["_self"] for item in reply.json.get("items", [])[:2]]
        ways += [link for link in links if link not in seen]
    assert len(seen) > 70


@pytest.mark.parametrize(
    "path",
    [
        "/API/Domains",
        "/api/domains/",
        "/api/DOMAINS/EXAMPLE.test/Accounts/Alice@Example.Test",
        "/api/domains/1/accounts/1",
        "/api/links/account/1",
        "/api/settings/AntiSpam",
        "/api/globalobjects/languages/english",
    ],
)
async def test_names_have_any_case_and_items_have_numbers_too(ask: RestDoor, path: str) -> None:
    assert (await ask("GET", path)).status == (404 if path.startswith("/API") else 200)


@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing",
        "/api/domains/nowhere.test",
        "/api/domains/99",
        "/api/domains/99999999999999999999999",
        "/api/domains/1/accounts/-1",
        f"{ACCOUNTS}/nobody@example.test",
        f"{ACCOUNTS}/nobody@elsewhere.test",
        f"{ACCOUNTS}/alice",
        "/api/domains/1/save",
        "/api/domains/add",
        "/api/authenticate",
        "/api/links/account",
        "/api/links/account/77",
        "/api/version/more",
        "/api/settings/%00",
        "/api/domains/%ff%fe",
        "/apis",
        "/api/" + "x/" * 50,
    ],
)
async def test_what_there_is_not_is_not_found(ask: RestDoor, path: str) -> None:
    reply = await ask("GET", path)
    assert reply.status == 404
    if not path.startswith("/apis"):
        assert reply.headers["content-type"] == "application/problem+json"


async def test_an_indexed_property_is_read_by_its_index(ask: RestDoor) -> None:
    assert await ask.get("/api/status/sessioncount/1") == {"value": 0}
    assert await ask.get("/api/version") == {"value": (await ask.get("/api"))["Version"]}
    reply = await ask("GET", "/api/status/sessioncount/one")
    assert (reply.status, reply.json["member"], reply.json["code"]) == (422, "SessionCount", "0x80020005")


async def test_properties_are_chosen_by_name(ask: RestDoor) -> None:
    assert {"Address", "ID"} == {name for name in await ask.get(f"{ALICES}?fields=Address,id") if name[0] != "_"}
    assert (await ask("GET", f"{ALICES}?fields=Password")).status == 422
    assert (await ask("GET", f"{ALICES}?limit=3")).status == 422


# Lists


async def crowd(ask: RestDoor, number: int) -> None:
    app = await ask.house.login()
    domain = await app("Domains.ItemByName", "example.test")
    for index in range(number):
        await added(await domain("Aliases"), Name=f"a{index}@example.test", Value="bob@example.test", Active=index % 2 == 0)


ALIASES = "/api/domains/example.test/aliases"


async def names(ask: RestDoor, query: str) -> list[str]:
    return [item["Name"].partition("@")[0] for item in (await ask.get(f"{ALIASES}?{query}"))["items"]]


async def test_a_collection_is_filtered_and_sorted(ask: RestDoor) -> None:
    await crowd(ask, 6)
    assert await names(ask, "Active=true") == ["a0", "a2", "a4"]
    assert await names(ask, "Active=0&name.LIKE=A?%40*") == ["a1", "a3", "a5"]
    assert await names(ask, "Name=a3%40example.test") == ["a3"]
    assert await names(ask, "Name=A3%40example.test") == []
    assert await names(ask, "sort=-Active,-Name&limit=4") == ["a4", "a2", "a0", "a5"]
    assert await names(ask, "Name.like=[a]*") == []
    assert (await ask.get(f"{ALIASES}?Active=true&limit=1"))["total"] == 3
    assert (await ask.get(f"{ALIASES}?limit=0"))["items"] == []


@pytest.mark.parametrize("query", ["limit=4", "limit=3&sort=-Name", "limit=2&Active=true", "limit=1000"])
async def test_pages_follow_each_other_without_gap_or_repetition(ask: RestDoor, query: str) -> None:
    await crowd(ask, 10)
    found: list[str] = []
    way: str | None = f"{ALIASES}?{query}"
    while way:
        page = await ask.get(way)
        found += [item["Name"] for item in page["items"]]
        way = page["next"]
    assert len(found) == len(set(found)) == page["total"]
    assert await names(ask, "offset=8") == [name.partition("@")[0] for name in (await ask.get(ALIASES))["items"][8]["Name"].split(" ")] + ["a9"]


async def test_a_cursor_stays_where_it_was_when_items_go(ask: RestDoor) -> None:
    await crowd(ask, 6)
    first = await ask.get(f"{ALIASES}?limit=3")
    assert (await ask("DELETE", f"{ALIASES}/a0@example.test")).status == 204
    assert [item["Name"][:2] for item in (await ask.get(first["next"]))["items"]] == ["a3", "a4", "a5"]
    assert (await ask("DELETE", f"{ALIASES}/a2@example.test")).status == 204
    assert [item["Name"][:2] for item in (await ask.get(first["next"]))["items"]][-2:] == ["a4", "a5"]


@pytest.mark.parametrize(
    ("query", "member"),
    [
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("offset=x", "offset"),
        ("after=x", "after"),
        ("after=WzEsMl0x", "after"),
        ("sort=Nothing", "sort"),
        ("Nothing=1", "nothing"),
        ("Password=1", "password"),
        ("Active=perhaps", "Active"),
        ("fields=Nothing", "fields"),
        ("Address.like=" + "*a" * 200, "Address"),
        ("&".join(f"ID={number}" for number in range(30)), ""),
        ("&".join(f"ID={number}" for number in range(60)), ""),
    ],
)
async def test_a_query_that_means_nothing_is_refused_by_name(ask: RestDoor, query: str, member: str) -> None:
    reply = await ask("GET", f"{ACCOUNTS}?{query}")
    assert (reply.status, reply.json.get("member", "")) == (422, member)


async def test_a_pattern_takes_linear_time(ask: RestDoor) -> None:
    await ask("PATCH", ALICES, {"SignaturePlainText": "a" * 60_000})
    assert (await ask.get(f"{ACCOUNTS}?SignaturePlainText.like=" + "*a" * 90 + "*b"))["total"] == 0


async def test_an_item_whose_name_is_a_number_or_a_member_has_a_way_too(ask: RestDoor) -> None:
    folders = f"{ALICES}/imapfolders"
    for name in ("2024", "=x", "a b", "Count", "Grüße & 猫", "a%2Fb"):
        reply = await ask("POST", folders, {"Name": name})
        assert reply.status == 201, reply.body
        assert (await ask.get(reply.headers["location"]))["Name"] == name
        assert (await ask.get(f"{folders}/={quote(name, safe='')}"))["Name"] == name


# Changes


async def test_a_new_item_is_told_where_it_is(ask: RestDoor) -> None:
    reply = await ask("POST", "/api/domains", {"name": "new.test", "Active": 1})
    assert (reply.status, reply.headers["location"], reply.json["Active"]) == (201, "/api/domains/new.test", True)
    reply = await ask("POST", "/api/domains/new.test/accounts", {"Address": "zoe@new.test", "Password": "Pass-w0rd", "Active": True, "MaxSize": "10"})
    assert (reply.status, reply.headers["location"], reply.json["MaxSize"]) == (201, "/api/domains/new.test/accounts/zoe@new.test", 10)
    assert await ask.get(reply.headers["location"]) == reply.json
    assert (await ask("GET", "/api/version", who=basic("zoe@new.test", "Pass-w0rd"))).status == 200
    assert (await ask("DELETE", reply.headers["location"])).status == 204
    assert (await ask("DELETE", reply.headers["location"])).status == 404
    reply = await ask("POST", "/api/rules", {"Name": "Bills"})
    assert (await ask.get(reply.headers["location"]))["ID"] == reply.json["ID"]


@pytest.mark.parametrize(
    ("path", "body", "status", "member"),
    [
        ("/api/domains", {"Name": "example.test"}, 409, "Name"),
        ("/api/domains", {"Name": "..", "Active": True}, 422, "Save"),
        ("/api/domains", {"Name": ["x"]}, 422, "Name"),
        ("/api/domains", {"Active": "perhaps"}, 422, "Active"),
        ("/api/domains", {"MaxSize": 2**40}, 422, "MaxSize"),
        ("/api/domains", {"ID": 4}, 422, "ID"),
        ("/api/domains", {"Nothing": 4}, 422, "nothing"),
        ("/api/domains", {"Save": []}, 422, "save"),
        ("/api/domains", [], 422, ""),
        ("/api/domains", "x", 422, ""),
        (f"{ALICES}/imapfolders", {}, 422, "Name"),
        (f"{ALICES}/imapfolders", {"Name": "INBOX"}, 409, "Add"),
        (f"{ALICES}/messages", {}, 404, "Add"),
        ("/api/settings/servermessages", {}, 405, ""),
        ("/api/settings", {}, 405, ""),
        ("/api/version", {}, 405, ""),
    ],
)
async def test_what_can_t_be_made_is_refused_by_name(ask: RestDoor, path: str, body: Any, status: int, member: str) -> None:
    before = await ask.get("/api/domains")
    reply = await ask("POST", path, body)
    assert (reply.status, reply.json.get("member", "")) == (status, member), reply.body
    assert await ask.get("/api/domains") == before


async def test_a_change_is_made_as_a_whole_or_not_at_all(ask: RestDoor) -> None:
    before = await ask.get(ALICES)
    reply = await ask("PATCH", ALICES, {"PersonFirstName": "Al", "VacationMessageExpiresDate": "never"})
    assert (reply.status, reply.json["member"], reply.json["code"]) == (422, "VacationMessageExpiresDate", "0x800403E9")
    reply = await ask("PATCH", ALICES, {"PersonFirstName": "Al", "Address": "bob@example.test"})
    assert (reply.status, reply.json["detail"]) == (
        409,
        "Failed to save object. Another object with the same name already exists in this domain.",
    )
    assert await ask.get(ALICES) == before
    reply = await ask("PATCH", ALICES, {"PersonFirstName": "Al", "maxsize": 5} | {"_links": {}, "_class": "Account"})
    assert (reply.status, reply.json["PersonFirstName"], reply.json["MaxSize"]) == (200, "Al", 5)
    assert await ask.get(ALICES) == reply.json


async def test_settings_that_are_applied_at_once_are_taken_back_when_one_is_refused(ask: RestDoor) -> None:
    before = await ask.get("/api/settings")
    reply = await ask("PATCH", "/api/settings", {"MaxSMTPConnections": 5, "HostName": "mail.test", "WelcomeSMTP": "two\r\nlines"})
    assert (reply.status, reply.json["member"]) == (422, "WelcomeSMTP")
    assert await ask.get("/api/settings") == before
    assert (await ask("PATCH", "/api/settings", {"MaxSMTPConnections": 5})).json["MaxSMTPConnections"] == 5


async def test_a_method_is_called_with_its_arguments_and_gives_what_it_gives(ask: RestDoor) -> None:
    assert await ask.post(f"{ALICES}/unlockmailbox") == {"value": None}
    right: list[Any] = [{"Password": "secret-1"}, {"password": "secret-1"}, ["secret-1"]]
    for given in right:
        assert await ask.post(f"{ALICES}/ValidatePassword", given) == {"value": True}
    assert await ask.post("/api/utilities/ImportMessageFromFileToIMAPFolder", {"filename": "x", "AccountID": 1, "IMAPFolder": "y"}) == {
        "value": False
    }
    found = (await ask.post("/api/diagnostics/performtests", {"LocalDomainName": "example.test"}))["value"]
    assert {one["_class"] for one in found} == {"DiagnosticResult"}
    wrong: list[Any] = [{}, ["a", "b"], {"Password": "x", "More": 1}, {"Password": {}}, "x"]
    for given in wrong:
        assert (await ask("POST", f"{ALICES}/validatepassword", given)).status == 422
    assert (await ask("POST", f"{ALICES}/validatepassword", [None])).json == {"value": False}
    reply = await ask("GET", f"{ALICES}/validatepassword")
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


async def test_what_is_not_available_yet_says_so(ask: RestDoor) -> None:
    reply = await ask("POST", "/api/settings/antivirus/testclamavscanner", {"ClamAVHostName": "127.0.0.1", "ClamAVPort": 1})
    assert (reply.status, reply.json["detail"]) == (501, "Not available yet")


async def test_a_message_is_composed_and_sent_by_one_request(ask: RestDoor) -> None:
    body = {
        "From": "Alice <alice@example.test>",
        "FromAddress": "alice@example.test",
        "Subject": "Grüße",
        "Body": "Good day.\r\n",
        "HeaderValue": {"X-Test": "one"},
        "AddRecipient": [["Bob", "bob@example.test"], {"Name": "Alice", "Address": "alice@example.test"}],
    }
    reply = await ask("POST", "/api/message", body)
    assert (reply.status, reply.json["State"], "_self" in reply.json) == (201, 1, False)
    inbox = f"{ACCOUNTS}/bob@example.test/imapfolders/INBOX/messages"
    page = await ask.get(f"{inbox}?fields=Subject,To,ID")
    assert [(one["Subject"], one["To"]) for one in page["items"]] == [("Grüße", '"Bob" <bob@example.test>, "Alice" <alice@example.test>')]
    way = page["items"][0]["_self"]
    assert (await ask.get(f"{way}/headervalue/x-test")) == {"value": "one"}
    assert (await ask("PATCH", way, {"Flag": {"1": True}, "HeaderValue": {"X-Seen": "yes"}})).status == 200
    assert (await ask.get(f"{way}/flag/1")) == {"value": True}
    assert (await ask("PATCH", f"{way}/headers/X-Seen", {"Value": "no"})).json["Value"] == "no"
    assert (await ask.get(f"{way}/headervalue/X-Seen")) == {"value": "no"}
    assert (await ask("DELETE", f"{way}/headers/X-Seen")).status == 204
    assert (await ask("GET", f"{way}/headers/X-Seen")).status == 404
    assert (await ask("DELETE", way)).status == 204
    assert (await ask.get(inbox))["total"] == 0
    assert (await ask("GET", "/api/message")).status == 405
    assert (await ask("POST", "/api/message", {"Subject": "To nobody"})).status == 422


# Conditions


async def test_an_etag_is_of_the_properties_and_guards_a_change(ask: RestDoor) -> None:
    first = await ask("GET", ALICES)
    tag = first.headers["etag"]
    assert (await ask("GET", "/api/links/account/1")).headers["etag"] == tag
    again = await ask("GET", ALICES, if_none_match=f'"x", W/{tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    changed = await ask("PATCH", ALICES, {"PersonFirstName": "Al"}, if_match=tag)
    assert (changed.status, changed.headers["etag"] != tag) == (200, True)
    late = await ask("PATCH", ALICES, {"PersonFirstName": "Bo"}, if_match=tag)
    assert (late.status, late.headers["etag"]) == (412, changed.headers["etag"])
    assert (await ask("DELETE", ALICES, if_match=tag)).status == 412
    assert (await ask("GET", ALICES, if_none_match=tag)).json["PersonFirstName"] == "Al"
    assert (await ask("PATCH", ALICES, {"PersonFirstName": "Bo"}, if_match="*")).status == 200
    page = await ask("GET", ACCOUNTS)
    assert (await ask("GET", ACCOUNTS, if_none_match=page.headers["etag"])).status == 304


async def test_of_two_conditional_changes_at_one_time_one_is_made_also_in_different_workers(ask: RestDoor) -> None:
    workers = [ask, replace(ask, application=Application({}, trees={"/api": Rest(ask.house.house, tuple)}))]
    places = ((ALICES, "PersonFirstName", "{}"), ("/api/settings", "WelcomeSMTP", "{}"), ("/api/domains/example.test", "Postmaster", "{}@a.test"))
    for path, member, value in places:
        tag = (await ask("GET", path)).headers["etag"]
        changes = [{member: value.format(number)} for number in range(4)]
        replies = await asyncio.gather(*(workers[number % 2]("PATCH", path, change, if_match=tag) for number, change in enumerate(changes)))
        assert sorted(reply.status for reply in replies) == [200, 412, 412, 412], path
        (made,) = (number for number, reply in enumerate(replies) if reply.status == 200)
        assert (await ask.get(path)).items() >= changes[made].items()


async def test_who_can_t_have_the_guard_of_an_object_is_told_to_come_back(ask: RestDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "TRIES", 1)
    number = (await ask.get(ALICES))["ID"]
    assert await ask.house.house.database.lock(CONTROL, f"change Account {number}")
    reply = await ask("PATCH", ALICES, {"PersonFirstName": "Al"})
    assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    await ask.house.house.database.unlock(CONTROL, f"change Account {number}")
    assert (await ask("PATCH", ALICES, {"PersonFirstName": "Al"})).status == 200


async def test_head_is_get_without_the_body(ask: RestDoor) -> None:
    got, head = await ask("GET", ALICES), await ask("HEAD", ALICES)
    assert (head.status, head.body, head.headers) == (200, b"", got.headers)


@pytest.mark.parametrize(("method", "path"), [("PUT", ALICES), ("OPTIONS", "/api"), ("PATCH", ACCOUNTS), ("DELETE", ACCOUNTS), ("DELETE", "/api")])
async def test_a_method_that_a_place_does_not_know_is_told_those_it_does(ask: RestDoor, method: str, path: str) -> None:
    reply = await ask(method, path, {})
    assert reply.status == 405
    assert "GET" in reply.headers["allow"]


# Rights


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api", 200),
        ("GET", ALICES, 200),
        ("GET", f"{ACCOUNTS}/bob@example.test", 404),
        ("GET", f"{ACCOUNTS}/2", 404),
        ("GET", "/api/settings", 403),
        ("GET", "/api/links/account/2", 403),
        ("GET", "/api/domains/example.test/aliases", 403),
        ("PATCH", ALICES, 200),
        ("DELETE", ALICES, 403),
        ("POST", "/api/domains", 403),
    ],
)
async def test_a_user_sees_and_changes_the_own_account_alone(ask: RestDoor, method: str, path: str, status: int) -> None:
    body = {"PersonLastName": "A"} if method == "PATCH" else {}
    assert (await ask(method, path, body, who=ALICE)).status == status


async def test_what_the_login_may_not_read_is_left_out(ask: RestDoor) -> None:
    domain = (await ask("GET", "/api/domains/example.test", who=ALICE)).json
    assert "MaxSize" not in domain
    assert domain["Name"] == "example.test"
    assert set(domain["_links"]) == {"Accounts"}
    assert [one["Address"] for one in (await ask("GET", ACCOUNTS, who=ALICE)).json["items"]] == ["alice@example.test"]


async def test_every_collection_with_names_can_tell_an_item_s(ask: RestDoor) -> None:
    app = await ask.house.login()
    for one in [known for known in CLASSES.values() if key_of(known) is not None and issubclass(known.made, Collection)]:
        rows: Any = one.made(app.object.context)
        if isinstance(rows, RecordCollection):
            assert isinstance(rows.key(rows.kind()), str), one.name


async def test_of_a_large_collection_no_more_is_read_than_a_page(ask: RestDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    await ask.house.town.directory.accounts.add_many("example.test", [f"u{number:03}" for number in range(50)], Credentials())
    way: str | None = f"{ACCOUNTS}?limit=20&fields=Address"
    found: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(Accounts, "read", None)  # reading all would fail
        while way:
            page = await ask.get(way)
            found += [item["Address"] for item in page["items"]]
            way = page["next"]
            assert page["total"] == 52
        assert (await ask.get(f"{ACCOUNTS}/u007@example.test"))["Address"] == "u007@example.test"
        assert (await ask("POST", ACCOUNTS, {"Address": "more@example.test"})).status == 201
    assert len(found) == len(set(found)) == 52
    assert found == sorted(found)
    with monkeypatch.context() as patch:
        patch.setattr(Accounts, "read", None)
        for query, total in (("Address=u007@example.test", 1), ("Address=u007@example.test&Active=false", 0), ("Address=nobody@example.test", 0)):
            assert (await ask.get(f"{ACCOUNTS}?{query}&fields=Address"))["total"] == total
        alice = (await ask.get(ALICES))["ID"]
        assert [one["ID"] for one in (await ask.get(f"{ACCOUNTS}?ID={alice}&sort=Address"))["items"]] == [alice]
        assert (await ask.get(f"{ACCOUNTS}?ID=999999"))["total"] == 0
    assert (await ask.get(f"{ACCOUNTS}?offset=50&fields=Address"))["total"] == 53
    assert (await ask.get(f"{ACCOUNTS}?Address.like=u04*&fields=Address"))["total"] == 10


async def test_of_many_aliases_no_more_is_read_than_a_page_or_the_one_that_is_asked_for(ask: RestDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    aliases = "/api/domains/example.test/aliases"
    for number in range(7):
        await ask.post(aliases, {"Name": f"a{number}@example.test", "Value": "alice@example.test"})
    monkeypatch.setattr(Aliases, "read", None)
    first = await ask.get(f"{aliases}?limit=4&fields=Name")
    second = await ask.get(first["next"])
    assert [one["Name"] for one in first["items"] + second["items"]] == [f"a{number}@example.test" for number in range(7)]
    assert (first["total"], second["next"]) == (7, None)
    assert (await ask.get(f"{aliases}?Name=a3@example.test"))["total"] == 1
    assert (await ask.get(f"{aliases}/a3@example.test"))["Value"] == "alice@example.test"
    assert (await ask("GET", f"{aliases}/other@example.test")).status == 404


async def test_of_a_large_folder_no_more_is_read_than_a_page(ask: RestDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = f"{ALICES}/imapfolders/INBOX/messages"
    for number in range(7):
        await ask.post(folder, {"Subject": f"No. {number}", "Body": "x"})
    monkeypatch.setattr(Messages, "read", None)
    first = await ask.get(f"{folder}?limit=4&fields=Subject")
    second = await ask.get(first["next"])
    assert [one["Subject"] for one in first["items"] + second["items"]] == [f"No. {number}" for number in range(7)]
    assert (first["total"], second["next"]) == (7, None)
    assert (await ask.get(first["items"][2]["_self"]))["Subject"] == "No. 2"
