"""`postroom account`: the mailboxes of this server and who may log in to them."""

from typing import Annotated, Any, Final

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.account_import import import_
from postroom.runtime.cli.ask import Ask, ask, asking
from postroom.runtime.cli.frame import AsJson, Config, PasswordStdin, Yes, given, group, password, size, sure

account = group("Mailboxes, and who may log in to them.")
account.command("import")(import_)

LEVELS: Final = ("user", "domain", "server")
PAGE: Final = 1000

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The account's address.")]
NewAddress = Annotated[str, typer.Argument(metavar="NEW", help="The address that it gets.")]
Domain = Annotated[str, typer.Option("--domain", metavar="DOMAIN", help="Only the accounts of this domain.")]
Active = Annotated[bool | None, typer.Option("--active/--inactive", help="Whether it gets mail and may log in.")]
Quota = Annotated[str | None, typer.Option("--quota", metavar="SIZE", help='What its mail may weigh, such as "1 GB"; 0: as the domain says.')]
FirstName = Annotated[str | None, typer.Option("--first-name", metavar="NAME", help="The person's first name.")]
LastName = Annotated[str | None, typer.Option("--last-name", metavar="NAME", help="The person's last name.")]
Admin = Annotated[str | None, typer.Option("--admin", metavar="LEVEL", help="What it may administer: user (nothing), domain, server.")]
Rename = Annotated[str | None, typer.Option("--address", metavar="ADDRESS", help="Another address in the same domain.")]


@account.callback()
def accounts(context: typer.Context, domain: Domain = "", config: Config = None, as_json: AsJson = False) -> None:
    """List the accounts, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return

    found = asking(config, lambda asked: every(asked, "account.list", domain))
    if as_json:
        show.document(found)
        return
    rows = ((it["address"], it["person"], show.yes(it["active"]), show.limit(it["quota"]), LEVELS[it["admin_level"]]) for it in found)
    nothing = "There is no account yet: `postroom account add alice@example.com` adds one."
    show.table(("Address", "Person", "Active", "Quota#", "Administers"), rows, nothing)


async def every(asked: Ask, order: str, domain: str) -> list[dict[str, Any]]:
    """Read a whole list, page by page."""
    from postroom.formats.address import Address as Place  # noqa: PLC0415 - `--help` needs none

    found: list[dict[str, Any]] = []
    after = ""
    while page := await asked(order, {"domain": domain, "after": after, "limit": PAGE}):
        found += page
        after = Place.parse(page[-1]["address"]).key
    return found


@account.command()
def add(
    address: Address,
    password_stdin: PasswordStdin = False,
    active: Active = None,
    quota: Quota = None,
    first_name: FirstName = None,
    last_name: LastName = None,
    admin: Admin = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Add an account. Without --password-stdin the password is asked for on a terminal; without one nobody can log in."""
    options = _options(active, quota, first_name, last_name, admin)
    secret = password(from_stdin=password_stdin)
    found = ask(config, "account.add", address=address, password=secret, **options)
    sentence = "is added" if secret else "is added; nobody can log in until it has a password (`postroom account set ADDRESS --password-stdin`)"
    show.done(found, f"{found['address']} {sentence}.", as_json=as_json)


@account.command("show")
def show_(address: Address, config: Config = None, as_json: AsJson = False) -> None:
    """Show an account and what its mail weighs."""
    found = ask(config, "account.show", address=address)
    if as_json:
        show.document(found)
        return
    words = {"quota": show.limit(found["quota"]), "size": show.octets(found["size"]), "administers": LEVELS[found.pop("admin_level")]}
    show.facts({**found, "active": show.yes(found["active"]), **words})


@account.command("set")
def set_(
    address: Address,
    password_stdin: PasswordStdin = False,
    active: Active = None,
    quota: Quota = None,
    first_name: FirstName = None,
    last_name: LastName = None,
    admin: Admin = None,
    new_address: Rename = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Change an account."""
    options = _options(active, quota, first_name, last_name, admin) | given(new_address=new_address)
    secret = password(from_stdin=True) if password_stdin else None

    async def change(asked: Ask) -> Any:
        if secret is not None:
            await asked("account.set_password", {"address": address, "password": secret})
        if not options:
            return await asked("account.show", {"address": address})
        return await asked("account.set", {"address": address, **options})

    found = asking(config, change)
    show.done(found, f"{found['address']} is changed.", as_json=as_json)


@account.command()
def rename(address: Address, new_address: NewAddress, config: Config = None, as_json: AsJson = False) -> None:
    """Give an account another address in its domain; its mail and its password stay."""
    found = ask(config, "account.set", address=address, new_address=new_address)
    show.done(found, f"{address} is {found['address']} now.", as_json=as_json)


@account.command()
def remove(address: Address, yes: Yes = False, config: Config = None, as_json: AsJson = False) -> None:
    """Remove an account with all its mail."""
    sure(f"Remove {address} with all its mail?", yes=yes)
    ask(config, "account.remove", address=address)
    show.done(None, f"{address} is removed, with its mail.", as_json=as_json)


def _options(active: bool | None, quota: str | None, first_name: str | None, last_name: str | None, admin: str | None) -> dict[str, Any]:
    if admin is not None and admin not in LEVELS:
        raise typer.BadParameter(f"is one of {', '.join(LEVELS)}.", param_hint="--admin")
    level = None if admin is None else LEVELS.index(admin)
    return given(active=active, max_size=size("--quota", quota), first_name=first_name, last_name=last_name, admin_level=level)
