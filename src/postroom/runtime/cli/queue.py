"""`postroom queue`: mail that waits for other servers, why, and until when."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, Yes, group, sure

queue = group("Mail that waits for other servers.")

Id = Annotated[int, typer.Argument(metavar="ID", help="The message's id, as the table has it.")]
SomeId = Annotated[int | None, typer.Argument(metavar="[ID]", help="The message's id, as the table has it.", show_default=False)]
Domain = Annotated[str, typer.Option("--domain", metavar="DOMAIN", help="All that wait for this domain.")]


@queue.callback()
def waiting(context: typer.Context, domain: Domain = "", config: Config = None, as_json: AsJson = False) -> None:
    """List what waits, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = ask(config, "queue.list", domain=domain)
    if as_json:
        show.document(found)
        return
    columns = ("Id#", "From", "To", "Size#", "Since", "Tried#", "Next try", "Reason")
    show.table(columns, map(_row, found), "Nothing waits.")


@queue.command("show")
def show_(number: Id, config: Config = None, as_json: AsJson = False) -> None:
    """Show a message with each of its recipients."""
    found = ask(config, "queue.show", id=number)
    if as_json:
        show.document(found)
        return
    first = found[0]
    show.facts(
        {
            "id": first["id"],
            "name": first["name"] or "-",
            "from": first["sender"] or "<>",
            "size": show.octets(first["size"]),
            "since": show.moment(first["created"]),
        }
    )
    rows = ((it["recipient"], it["state"], it["attempts"], _next(it), _reason(it)) for it in found)
    show.table(("To", "State", "Tried#", "Next try", "Reason"), rows)


@queue.command()
def retry(number: SomeId = None, domain: Domain = "", config: Config = None, as_json: AsJson = False) -> None:
    """Try a message at once, or all for a domain, or everything that waits."""
    _change("queue.retry", number, domain, config, as_json, lambda count: f"{_messages(count)} tried now.", everything=True)


@queue.command()
def hold(number: SomeId = None, domain: Domain = "", config: Config = None, as_json: AsJson = False) -> None:
    """Hold a message back, or all that now waits for a domain, until they are released."""
    _change("queue.hold", number, domain, config, as_json, lambda count: f"{_messages(count)} held back.")


@queue.command()
def release(number: SomeId = None, domain: Domain = "", config: Config = None, as_json: AsJson = False) -> None:
    """Let go what was held: a message, all for a domain, or everything."""
    _change("queue.release", number, domain, config, as_json, lambda count: f"{_messages(count)} released.", everything=True)


@queue.command()
def remove(number: SomeId = None, domain: Domain = "", yes: Yes = False, config: Config = None, as_json: AsJson = False) -> None:
    """Take a message, or all for a domain, out of the queue without sending it; nobody is told."""
    sure(f"Remove {f'message {number}' if number is not None else f'all mail for {domain}'} unsent?", yes=yes)
    _change("queue.remove", number, domain, config, as_json, lambda count: f"{_messages(count)} removed, unsent.")


def _change(
    order: str, number: int | None, domain: str, config: Config, as_json: bool, sentence: Callable[[int], str], *, everything: bool = False
) -> None:
    if (number is None) == (not domain) and not (everything and number is None):
        raise typer.BadParameter("Name one message's id, or --domain for all that wait for a domain.", param_hint="ID")
    count = ask(config, order, id=number, domain=domain)
    show.done({"messages": count}, sentence(count), as_json=as_json)


def _messages(count: int) -> str:
    return f"{count:,} message{' is' if count == 1 else 's are'}"


def _row(found: dict[str, Any]) -> tuple[object, ...]:
    since = show.until(found["created"])
    return (
        found["id"],
        found["sender"] or "<>",
        found["recipient"],
        show.octets(found["size"]),
        since,
        found["attempts"],
        _next(found),
        _reason(found),
    )


def _next(found: dict[str, Any]) -> str:
    if found["held"]:
        return "when released"
    if found["state"] != "waiting":
        return "-"
    when = show.until(found["due"])
    return "now" if when.endswith("ago") else when


def _reason(found: dict[str, Any]) -> str:
    if found["held"]:
        return f"held by command{found['reason'] and '; before: '}{found['reason']}"
    return found["reason"] or ("not tried yet" if not found["attempts"] else "")
