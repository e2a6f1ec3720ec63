"""The Python client: hMailServer's object model from any program, with nothing but the standard library.

    from postroom.client import Application
    app = Application("http://127.0.0.1:8787")
    app.Authenticate("Administrator", "secret")
    for domain in app.Domains:
        print(domain.Name, len(domain.Accounts))

Names, errors and behaviour are those of COM: a failing call raises `com_error` of pywin32's shape. `postroom.client.aio` is the async twin.
"""

from __future__ import annotations

from postroom.client.errors import com_error
from postroom.client.objects import Application, CreateObject, Remote

__all__ = ["Application", "CreateObject", "Remote", "com_error"]
