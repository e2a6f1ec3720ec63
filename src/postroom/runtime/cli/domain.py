"""`postroom domain`: the domains of this server."""

import sys
from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import Ask, ask, asking
from postroom.runtime.cli.domain_dkim import dkim
from postroom.runtime.cli.frame import AsJson, Config, Yes, given, group, size, sure

domain = group("The domains that this server hosts.")
domain.add_typer(dkim, name="dkim")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The domain, such as example.com.")]
Active = Annotated[bool | None, typer.Option("--active/--inactive", help="Whether it accepts mail and logins.")]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="The name that it gets.")]
CatchAll = Annotated[str | None, typer.Option("--catch-all", metavar="ADDRESS", help="Who gets mail to unknown addresses; '' for nobody.")]
Plus = Annotated[bool | None, typer.Option("--plus-addressing/--no-plus-addressing", help="Whether alice+news@ is alice@.")]
PlusCharacter = Annotated[str | None, typer.Option("--plus-character", metavar="C", help="What begins the plus part.")]
MaxSize = Annotated[str | None, typer.Option("--max-size", metavar="SIZE", help="What its accounts' quotas may add up to; 0 is no limit.")]
MaxMessage = Annotated[str | None, typer.Option("--max-message-size", metavar="SIZE", help="The largest message that its users may send.")]
MaxAccount = Annotated[str | None, typer.Option("--max-account-size", metavar="SIZE", help="The quota of accounts without one of their own.")]
AddName = Annotated[list[str] | None, typer.Option("--add-name", metavar="DOMAIN", help="Give it another name; may be repeated.")]
RemoveName = Annotated[list[str] | None, typer.Option("--remove-name", metavar="DOMAIN", help="Take another name away; may be repeated.")]


@domain.callback()
def domains(context: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the domains, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = ask(config, "domain.list")
    if as_json:
        show.document(found)
        return
    columns = ("Domain", "Active", "Other names", "Catch-all", "Max size#", "Max message#", "Max account#")
    show.table(columns, map(_row, found), "There is no domain yet: `postroom domain add example.com` adds one.")


@domain.command()
def add(
    name: Name,
    active: Active = None,
    catch_all: CatchAll = None,
    plus_addressing: Plus = None,
    plus_character: PlusCharacter = None,
    max_size: MaxSize = None,
    max_message_size: MaxMessage = None,
    max_account_size: MaxAccount = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Host a domain."""
    sizes = _sizes(max_size, max_message_size, max_account_size)
    options = given(active=active, catch_all=catch_all, plus_addressing=plus_addressing, plus_character=plus_character)
    found = ask(config, "domain.add", name=name, **options, **sizes)
    show.done(found, f"{found['name']} is hosted here now. `postroom plan-dns {found['name']}` tells the records that it needs.", as_json=as_json)


@domain.command("show")
def show_(name: Name, config: Config = None, as_json: AsJson = False) -> None:
    """Show a domain."""
    found = ask(config, "domain.show", name=name)
    if as_json:
        show.document(found)
    else:
        show.facts({**found, **{key: show.limit(found[key]) for key in found if key.startswith("max_")}, "aliases": ", ".join(found["aliases"])})


@domain.command("set")
def set_(
    name: Name,
    active: Active = None,
    catch_all: CatchAll = None,
    plus_addressing: Plus = None,
    plus_character: PlusCharacter = None,
    max_size: MaxSize = None,
    max_message_size: MaxMessage = None,
    max_account_size: MaxAccount = None,
    add_name: AddName = None,
    remove_name: RemoveName = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Change a domain."""
    sizes = _sizes(max_size, max_message_size, max_account_size)
    options = given(active=active, catch_all=catch_all, plus_addressing=plus_addressing, plus_character=plus_character)

    async def change(asked: Ask) -> Any:
        found = await asked("domain.set", {"name": name, **options, **sizes})
        for other in add_name or ():
            found = await asked("domain.add_alias", {"name": name, "alias": other})
        for other in remove_name or ():
            found = await asked("domain.remove_alias", {"alias": other})
        return found

    found = asking(config, change)
    show.done(found, f"{found['name']} is changed.", as_json=as_json)


@domain.command()
def rename(name: Name, new_name: NewName, config: Config = None, as_json: AsJson = False) -> None:
    """Give a domain another name, with all addresses in it. To have mail to the old one taken too: `domain set NEW --add-name OLD`."""
    found = ask(config, "domain.rename", name=name, new_name=new_name)
    show.done(found, f"{name} is {found['name']} now.", as_json=as_json)


@domain.command()
def remove(name: Name, yes: Yes = False, config: Config = None, as_json: AsJson = False) -> None:
    """Host a domain no more: its accounts with all their mail, its aliases and lists go. Scripts say --yes, or remove only what is empty."""
    sure(f"Remove {name} with all its accounts and their mail, its aliases and lists?", yes=yes)
    ask(config, "domain.remove", name=name, everything=yes or sys.stdin.isatty())
    show.done(None, f"{name} is removed.", as_json=as_json)


def _sizes(max_size: str | None, max_message_size: str | None, max_account_size: str | None) -> dict[str, Any]:
    return given(
        max_size=size("--max-size", max_size),
        max_message_size=size("--max-message-size", max_message_size),
        max_account_size=size("--max-account-size", max_account_size),
    )


def _row(found: dict[str, Any]) -> tuple[str, ...]:
    sizes = (show.limit(found[name]) for name in ("max_size", "max_message_size", "max_account_size"))
    return (found["name"], show.yes(found["active"]), ", ".join(found["aliases"]), found["catch_all"], *sizes)
