"""Routes: found by domain, else the smart host; their passwords sealed where they are stored; heard of by every worker."""

from typing import Any

import pytest

from directory.workers import Worker
from postroom.directory.errors import DirectoryError, NotFound
from postroom.directory.routes import Route
from postroom.storage.database import CONTROL
from postroom.storage.sqlite.engine import SQLiteDatabase


async def test_a_domain_has_its_own_route_or_the_smart_host_or_none(worker: Worker) -> None:
    routes = (await worker()).routes
    assert routes.get("a.test") is None
    await routes.set("*", host="smart.test", port=587)
    await routes.set("A.test", host="192.0.2.1")
    assert routes.get("a.test") == Route("a.test", "192.0.2.1")
    assert routes.get("b.test") == Route("", "smart.test", 587)
    assert [route.domain for route in routes.list()] == ["", "a.test"]
    await routes.remove("a.test")
    assert routes.get("a.test") == Route("", "smart.test", 587)
    with pytest.raises(NotFound):
        await routes.remove("a.test")


async def test_other_workers_and_the_next_start_know_it_and_the_password_is_sealed(worker: Worker, database: SQLiteDatabase) -> None:
    one, other = await worker(), await worker()
    route = await one.routes.set("*", host="smart.test", username="me", password="s3cret", security="tls", verify=True, mechanism="PLAIN")
    assert one.routes.get("a.test") == other.routes.get("a.test") == (await worker()).routes.get("a.test") == route
    assert "s3cret" not in repr(route)
    ((stored,),) = await database.read(CONTROL, "SELECT password FROM route")
    assert b"s3cret" not in stored


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("not a domain", {"host": "a.test"}, "can't be the domain"),
    ("a.test", {"host": "two words"}, "is no host"),
    ("a.test", {"host": "b.test", "port": 0}, "1 to 65535"),
    ("a.test", {"host": "b.test", "security": "maybe"}, "security"),
    ("a.test", {"host": "b.test", "mechanism": "CRAM-MD5"}, "mechanism"),
    ("a.test", {"host": "b.test", "username": "me"}, "a password"),
    ("a.test", {"username": "me", "password": "x"}, "needs a host"),
    ("a.test", {"host": "b.test", "username": "me\r\nMAIL", "password": "x"}, "control characters"),
    ("a.test", {"hots": "b.test"}, "can't be set"),
]


@pytest.mark.parametrize(("domain", "changes", "sentence"), WRONG)
async def test_what_can_not_be_is_refused_with_a_sentence(worker: Worker, domain: str, changes: dict[str, Any], sentence: str) -> None:
    routes = (await worker()).routes
    with pytest.raises(DirectoryError, match=sentence):
        await routes.set(domain, **changes)
    assert routes.list() == []
