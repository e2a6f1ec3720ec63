"""Keys of the HTTP API: only hashes are stored, and what changes is heard by every worker."""

import hashlib

import pytest

from directory.workers import Worker
from postroom.directory import claims
from postroom.directory.credentials import Credentials
from postroom.directory.directory import Directory
from postroom.directory.errors import DirectoryError, NotFound, Taken
from postroom.directory.keys import OF_MAILBOX, SCOPES, Key, NewMailbox, fresh, mailbox_address, new_key, open_mailbox
from postroom.storage.database import CONTROL
from postroom.storage.sqlite.engine import SQLiteDatabase


@pytest.mark.parametrize(
    ("scopes", "scope", "allowed"),
    [
        (("mail:read",), "mail:read", True),
        (("mail:read",), "mail:send", False),
        (("admin",), "debug:read", True),
        (("*",), "admin", True),
        (("mail:read", "mail:send"), "admin", False),
        ((), "mail:read", False),
    ],
)
def test_admin_and_the_star_include_every_scope(scopes: tuple[str, ...], scope: str, allowed: bool) -> None:
    assert Key(1, "om_", scopes).allows(scope) is allowed


async def test_only_a_hash_is_stored(directory: Directory, database: SQLiteDatabase) -> None:
    alice = await directory.accounts.get("alice@example.test")
    key, raw = await directory.keys.add(alice, name="shop")
    ((stored,),) = await database.read(CONTROL, "SELECT digest FROM api_key")
    assert stored == hashlib.sha256(raw.encode()).digest()
    assert raw not in repr(await database.read(CONTROL, "SELECT * FROM api_key"))
    holder = await directory.keys.find(raw)
    assert holder is not None
    assert (holder.key, holder.account) == (key, alice)
    assert (key.scopes, key.name, key.begins) == (OF_MAILBOX, "shop", raw[:10])
    assert await directory.keys.list(alice.id) == [key]


async def test_what_changes_holds_in_every_worker(worker: Worker) -> None:
    one, two = await worker(), await worker()
    alice = await one.accounts.get("alice@example.test")
    key, raw = await one.keys.add(alice)
    assert await two.keys.find(raw)
    await one.accounts.set("alice@example.test", active=False)
    assert await two.keys.find(raw) is None
    await one.accounts.set("alice@example.test", active=True)
    await one.domains.set("example.test", active=False)
    assert await two.keys.find(raw) is None
    await one.domains.set("example.test", active=True)
    assert await two.keys.find(raw)
    await one.keys.revoke(key.id)
    assert await two.keys.find(raw) is None
    with pytest.raises(NotFound):
        await two.keys.revoke(key.id)


async def test_the_configured_key_is_the_administrators(worker: Worker) -> None:
    directory = await worker(admin_key="sesame")
    holder = await directory.keys.find("sesame")
    assert holder is not None
    assert (holder.account, holder.key.scopes) == (None, SCOPES)
    assert await directory.keys.find("Sesame") is None
    assert await directory.keys.find("x" * 10_000) is None
    assert await directory.keys.ensure_administrator() is None


async def test_without_one_an_administrators_key_is_made_once(worker: Worker) -> None:
    directory = await worker()
    raw = await directory.keys.ensure_administrator()
    assert raw is not None
    holder = await directory.keys.find(raw)
    assert holder is not None
    assert holder.key.allows("admin")
    assert await directory.keys.ensure_administrator() is None


async def test_a_mailbox_is_opened_whole_or_not_at_all(directory: Directory, database: SQLiteDatabase) -> None:
    raw = fresh()
    new = NewMailbox("bob", "new.test", 0, Credentials(), new_key(raw, OF_MAILBOX))
    number = await database.transact(CONTROL, claims.once, None, open_mailbox, new, 1)
    assert (await directory.accounts.get("bob@new.test")).id == number
    assert await directory.keys.find(raw)
    with pytest.raises(Taken):
        await database.transact(CONTROL, open_mailbox, NewMailbox("bob", "new.test", 0, Credentials(), new_key(fresh(), OF_MAILBOX)), 1)
    await directory.domains.add_alias("new.test", "other.test")
    number = await database.transact(CONTROL, open_mailbox, NewMailbox("carol", "other.test", 0, Credentials(), None), 1)
    assert str((await directory.accounts.by_id(number)).address) == "carol@new.test"


async def test_an_account_takes_its_keys_with_it(directory: Directory, database: SQLiteDatabase) -> None:
    alice = await directory.accounts.get("alice@example.test")
    await directory.keys.add(alice)
    await directory.accounts.remove("alice@example.test")
    assert await database.read(CONTROL, "SELECT * FROM api_key") == []


@pytest.mark.parametrize(
    ("local", "domain"), [("a b", "x.test"), ("a/b", "x.test"), ("", "x.test"), ("a", ""), ("a", "[127.0.0.1]"), ("a@b", "x.test")]
)
def test_what_is_no_address_opens_no_mailbox(local: str, domain: str) -> None:
    with pytest.raises(DirectoryError):
        mailbox_address(local, domain)


@pytest.mark.parametrize(("scopes", "name"), [(["all"], ""), ([], "x" * 300), ([], "a\nb")])
def test_what_is_no_key_is_refused(scopes: list[str], name: str) -> None:
    with pytest.raises(DirectoryError):
        new_key(fresh(), scopes, name)


async def test_a_claim_holds_for_its_key_and_a_day(database: SQLiteDatabase) -> None:
    first = await database.transact(CONTROL, claims.claim, b"key", "word", b"digest", b"plan", 1)
    again = await database.transact(CONTROL, claims.claim, b"key", "word", b"other", b"plan 2", 2)
    assert first == again == (first.id, b"digest", 1, b"plan", None, None)
    await database.transact(CONTROL, claims.note_answer, first.id, 200, b"answer")
    again = await database.transact(CONTROL, claims.claim, b"key", "word", b"digest", b"plan", 3)
    assert (again.status, again.answer) == (200, b"answer")
    later = await database.transact(CONTROL, claims.claim, b"key", "word", b"other", b"plan 2", 1 + claims.KEPT)
    assert later.digest == b"other"
    assert await database.transact(CONTROL, claims.forget, 1 + 2 * claims.KEPT, 10) == 1
