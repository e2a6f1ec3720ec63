"""GET /: what this server is and where things are, for people who open its address in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.servers.http.application import Answer

if TYPE_CHECKING:
    from postroom.servers.http.application import Scope

KIND: Final = "text/html; charset=utf-8"
POLICY: Final = ((b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),)
PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Postroom</title>
<style>
body{{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;color:#1c2430;background:#fff}}
code{{font:15px ui-monospace,monospace}} a{{color:#0a4fa3}} dt{{margin-top:1rem}} dd{{margin:0;color:#5b6675}}
@media(prefers-color-scheme:dark){{body{{background:#14181d;color:#dde3ea}} a{{color:#79b0ff}} dd{{color:#97a3b2}}}}
</style>
</head>
<body>
<h1>Postroom</h1>
<p>This is a mail server. Mail programs reach it by IMAP, POP3 and SMTP; programs by HTTP, here:</p>
<dl>
{places}
</dl>
</body>
</html>
"""


PLACES: Final = {
    "/docs": "The HTTP API: mailboxes for programs, sending and reading.",
    "/api/docs": "The objects of the server (domains, accounts, rules, settings ...) as REST.",
    "POST /com/v1": "The same objects for programs written for hMailServer, by JSON-RPC.",
    "/health": "Whether the server can do its work.",
}
"""Paths, and what is there; behind a method there is nothing for a browser."""


def _path(place: str) -> str:
    return f"<code>{place}</code>" if " " in place else f'<a href="{place}"><code>{place}</code></a>'


ROWS: Final = "\n".join(f"<dt>{_path(path)}</dt><dd>{text}</dd>" for path, text in PLACES.items())
FRONT: Final = Answer(200, PAGE.format(places=ROWS).encode(), KIND, POLICY)


async def front(_scope: Scope) -> Answer:
    """Answer with a page of plain HTML with nothing from elsewhere: the same for everybody, and without a version."""
    return FRONT
