"""GET /: the page for people who open the server's address in a browser."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

from postroom.servers.http import Application, front


async def asked(method: str = "GET") -> tuple[int, dict[bytes, bytes], str]:
    told: list[Any] = []

    async def send(message: object) -> None:
        told.append(message)

    await Application({"/": front})({"path": "/", "method": method}, None, send)  # type: ignore[arg-type]  # nothing is received
    start, rest = told
    return start["status"], dict(start["headers"]), rest["body"].decode()


async def test_the_front_page_says_what_this_is_and_where_things_are() -> None:
    status, fields, page = await asked()
    assert (status, fields[b"content-type"]) == (200, b"text/html; charset=utf-8")
    assert re.findall(r'href="([^"]*)"', page) == ["/docs", "/api/docs", "/health"]
    assert "mail server" in page
    assert (await asked("HEAD"))[2] == ""
    assert (await asked("POST"))[0] == 405


async def test_the_front_page_has_nothing_from_elsewhere_and_tells_no_version() -> None:
    _, fields, page = await asked()
    assert b"default-src 'none'" in fields[b"content-security-policy"]
    assert "//" not in page
    assert "<script" not in page
    assert version("postroom") not in page
