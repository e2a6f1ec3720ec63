"""The Open Mailserver API under /v1: mailboxes, sending, reading and looking after a server, for programs. In FastAPI, one file a noun.

`application(house)` makes the ASGI application; FastAPI takes half a second to load, so nothing here is imported before somebody needs it
(`postroom.servers.http.later`). Trusts nothing from the client: `operation.py` admits every request before its body is read.
"""
