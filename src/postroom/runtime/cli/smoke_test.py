"""`postroom smoke-test`: whether a message goes in and can be read, and how long each step takes."""

import secrets
from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import Ask, asking
from postroom.runtime.cli.frame import AsJson, Config, password

Address = Annotated[
    str, typer.Argument(metavar="[ADDRESS]", help="An account of yours. Usually one is made for the test and removed.", show_default=False)
]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="Read its password from standard input, up to the first line end.")]


def smoke_test(address: Address = "", password_stdin: Stdin = False, config: Config = None, as_json: AsJson = False) -> None:
    """Send a message through submission, wait for it in IMAP, read it by the API, and tell how long each step took."""
    secret = password(from_stdin=password_stdin) if address else secrets.token_urlsafe(16)
    if secret is None:
        raise typer.BadParameter("is needed with an address.", param_hint="--password-stdin")
    found = asking(config, lambda asked: _run(asked, address, str(secret)))
    if as_json:
        show.document({"status": "ok", "steps": found, "seconds": sum(it["seconds"] for it in found)})
        return
    show.table(("Step", "Milliseconds#"), ((it["step"], f"{it['seconds'] * 1000:.1f}") for it in found))
    typer.echo(f"All is well: {sum(it['seconds'] for it in found) * 1000:,.0f} ms in all.")


async def _run(asked: Ask, address: str, secret: str) -> list[dict[str, Any]]:
    import asyncio  # noqa: PLC0415 - `--help` needs none

    from postroom.errors import PostroomError  # noqa: PLC0415 - likewise
    from postroom.operations.site import Port  # noqa: PLC0415 - likewise
    from postroom.operations.smoketest import SmokeTest  # noqa: PLC0415 - likewise

    if not (await asked("server.status", {}))["running"]:
        raise PostroomError("The server does not run, so there is nothing to test: `postroom serve` starts it.")
    ports = [Port(it["protocol"], it["address"], it["port"]) for it in await asked("listener.list", {}) if not it["path"]]
    test = SmokeTest(address or await _address(asked), secret, ports)
    if not address:
        await asked("account.add", {"address": test.address, "password": secret})
    key = await asked("key.add", {"address": test.address, "name": "smoke-test"})
    test.key = key["key"]
    try:
        return [{"step": step.name, "seconds": step.seconds} for step in await asyncio.to_thread(test.run)]
    finally:
        await asked("key.remove", {"id": key["id"]})
        if not address:
            await asked("account.remove", {"address": test.address})


async def _address(asked: Ask) -> str:
    """Make up an address for the test, in a domain of this server that is active."""
    from postroom.errors import PostroomError  # noqa: PLC0415 - as above

    domains = [it["name"] for it in await asked("domain.list", {}) if it["active"]]
    if not domains:
        raise PostroomError("No domain is hosted here yet: `postroom domain add example.com` adds one.")
    return f"smoke-test-{secrets.token_hex(4)}@{domains[0]}"
