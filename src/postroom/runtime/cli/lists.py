"""`postroom list`: distribution lists, addresses that stand for many."""

from typing import Annotated, Any, Final

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, given, group

lists = group("Distribution lists: addresses that stand for many.")

MODES: Final = ("public", "members", "announcements", "domain")

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The list, an address of a domain hosted here.")]
Recipients = Annotated[list[str] | None, typer.Argument(metavar="[RECIPIENT]...", help="Who is on it, here or elsewhere.")]
More = Annotated[list[str] | None, typer.Option("--add", metavar="ADDRESS", help="Put somebody on it; may be repeated.")]
Less = Annotated[list[str] | None, typer.Option("--remove", metavar="ADDRESS", help="Take somebody off it; may be repeated.")]
Active = Annotated[bool | None, typer.Option("--active/--inactive", help="Whether it accepts mail.")]
Mode = Annotated[str | None, typer.Option("--mode", metavar="MODE", help="Who may send to it: public, members, announcements (--sender), domain.")]
Announcer = Annotated[str | None, typer.Option("--sender", metavar="ADDRESS", help="Who may send announcements.")]
Login = Annotated[bool | None, typer.Option("--login-required/--no-login-required", help="Whether only those who have logged in may send to it.")]
Rename = Annotated[str | None, typer.Option("--address", metavar="ADDRESS", help="Another address in the same domain.")]
Domain = Annotated[str, typer.Option("--domain", metavar="DOMAIN", help="Only the lists of this domain.")]


@lists.callback()
def every(context: typer.Context, domain: Domain = "", config: Config = None, as_json: AsJson = False) -> None:
    """List the distribution lists, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = ask(config, "lists.list", domain=domain)
    if as_json:
        show.document(found)
        return
    rows = ((it["address"], str(len(it["recipients"])), it["mode"], show.yes(it["active"])) for it in found)
    nothing = "There is no list yet: `postroom list add all@example.com alice@example.com bob@example.com` adds one."
    show.table(("List", "Recipients#", "Who may send", "Active"), rows, nothing)


@lists.command()
def add(
    address: Address,
    recipients: Recipients = None,
    active: Active = None,
    mode: Mode = None,
    sender: Announcer = None,
    login_required: Login = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Add a list."""
    found = ask(config, "lists.add", address=address, recipients=recipients or [], **_options(active, mode, sender, login_required))
    show.done(found, _sentence(found), as_json=as_json)


@lists.command("show")
def show_(address: Address, config: Config = None, as_json: AsJson = False) -> None:
    """Show a list with its recipients."""
    found = ask(config, "lists.show", address=address)
    if as_json:
        show.document(found)
    else:
        words = {"active": show.yes(found["active"]), "login_required": show.yes(found["login_required"])}
        show.facts({**found, **words, "recipients": ", ".join(found["recipients"])})


@lists.command("set")
def set_(
    address: Address,
    more: More = None,
    less: Less = None,
    active: Active = None,
    mode: Mode = None,
    sender: Announcer = None,
    login_required: Login = None,
    new_address: Rename = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Change a list, and who is on it."""
    options = _options(active, mode, sender, login_required) | given(address=new_address)
    found = ask(config, "lists.set", of=address, add=more or [], remove=less or [], settings=options)
    show.done(found, _sentence(found), as_json=as_json)


@lists.command()
def remove(address: Address, config: Config = None, as_json: AsJson = False) -> None:
    """Remove a list; those on it keep their mail."""
    ask(config, "lists.remove", address=address)
    show.done(None, f"{address} is removed.", as_json=as_json)


def _options(active: bool | None, mode: str | None, sender: str | None, login_required: bool | None) -> dict[str, Any]:
    if mode is not None and mode not in MODES:
        raise typer.BadParameter(f"is one of {', '.join(MODES)}.", param_hint="--mode")
    return given(active=active, mode=mode, sender=sender, require_auth=login_required)


def _sentence(found: dict[str, Any]) -> str:
    return f"{found['address']} has {len(found['recipients'])} recipients{'' if found['active'] else ', but is not active'}."
