"""`openmailserver`: the words of the original Open Mailserver, for scripts written for it. Every answer is one JSON document, errors too.

Words that mean a command of `postroom` are given on to it with --json.
"""

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from postroom.errors import PostroomError
from postroom.runtime.cli import show
from postroom.runtime.cli.ask import Ask, ask, asking
from postroom.runtime.cli.frame import ERRORS_AS_JSON, Config, configuration

if TYPE_CHECKING:
    from postroom.runtime.config import Configuration

Local = Annotated[str, typer.Argument(metavar="LOCAL", help="The address up to the @.")]
Domain = Annotated[str, typer.Argument(metavar="DOMAIN", help="The domain; hosted from now on if it is new.")]
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The mailbox's address.")]
Password = Annotated[str | None, typer.Option("--password", metavar="PASSWORD", help="The password; one is made when absent.")]
NewPassword = Annotated[str | None, typer.Argument(metavar="[PASSWORD]", help="The password; one is made when absent.", show_default=False)]
OfDomain = Annotated[str, typer.Option("--domain", metavar="DOMAIN", help="The domain to host.")]
OfHost = Annotated[str, typer.Option("--hostname", metavar="NAME", help="The server's name.")]

GIVEN_ON: Final = {
    "preflight": ("preflight",),
    "plan-dns": ("plan-dns",),
    "doctor": ("doctor",),
    "smoke-test": ("smoke-test",),
    "backup-create": ("backup",),
    "backup-verify": ("backup", "verify"),
    "restore": ("restore",),
}
"""Words of the original, and the commands of `postroom` that they mean."""


class Words(TyperGroup):
    """A group whose errors are JSON documents on stdout."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it refuses ends it with status 1."""
        try:
            return super().invoke(ctx)
        except (PostroomError, OSError) as error:
            show.document({"status": "error", "detail": str(error)})
            raise typer.Exit(1) from None


app = typer.Typer(
    name="openmailserver",
    help="The commands of the original Open Mailserver, done by Postroom. Each prints one JSON document.",
    cls=Words,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def root(config: Config = None) -> None:
    """Take the options that hold for the command that follows."""


@app.command()
def install(domain: OfDomain, hostname: OfHost, config: Config = None) -> None:
    """Make the data directory, host the domain, make the administrator's key."""
    _prepare(config)
    show.document(asking(config, lambda asked: _installed(asked, domain, hostname)))


@app.command()
def bootstrap(config: Config = None) -> None:
    """Make what is missing: the data directory, the domain that the configuration names, the administrator's key."""
    domain = str(_prepare(config).pins.get("default_domain", ""))
    show.document(asking(config, lambda asked: _installed(asked, domain, "")))


@app.command("create-mailbox")
def create_mailbox(local: Local, domain: Domain, password: Password = None, config: Config = None) -> None:
    """Open a mailbox; password and key are told once."""
    show.document(ask(config, "key.open", local=local, domain=domain, password=password))


@app.command("set-mailbox-password")
def set_mailbox_password(email: Email, password: NewPassword = None, config: Config = None) -> None:
    """Set a mailbox's password."""
    secret = password if password is not None else secrets.token_urlsafe(24)
    ask(config, "account.set_password", address=email, password=secret)
    show.document({"email": email, "password": secret})


@app.command()
def queue(config: Config = None) -> None:
    """List what waits for other servers."""
    items: dict[int, dict[str, Any]] = {}
    for row in ask(config, "queue.list"):
        number = row["id"]
        state = "held" if row["held"] else "queued"
        item = {"id": number, "state": state, "queue_id": str(number), "message_id": None, "error": None, "created_at": show.moment(row["created"])}
        items.setdefault(number, item)
        items[number]["error"] = items[number]["error"] or row["reason"] or None
    show.document(list(items.values()))


def _prepare(file: Path | None) -> "Configuration":
    """Make the data directory unless there is one."""
    from postroom.runtime.house import prepare  # noqa: PLC0415 - `--help` needs none

    found = configuration(file)
    if not (found.data / "control.db").exists():
        prepare(found).release()
    return found


async def _installed(asked: Ask, domain: str, hostname: str) -> dict[str, Any]:
    if domain and domain not in {it["name"] for it in await asked("domain.list", {})}:
        await asked("domain.add", {"name": domain})
    current = await asked("settings.show", {"name": "host_name"})
    if hostname and current["value"] != hostname:
        current = await asked("settings.set", {"name": "host_name", "value": hostname})
    key = await asked("key.administrator", {})
    return {"status": "ok", "domain": domain or None, "hostname": current["value"] or None, "admin_api_key": key}


def main() -> None:
    """Run the command that the process was started with."""
    from postroom.runtime.cli.app import app as postroom  # noqa: PLC0415 - importing this module, for tests, needs none of its commands

    words, known = sys.argv[1:], getattr(get_command(postroom), "commands", {})
    word = next((word for word in words if word in GIVEN_ON), "")
    if word and GIVEN_ON[word][0] in known:
        words[words.index(word) : words.index(word) + 1] = GIVEN_ON[word]
        postroom([*words, "--json"], prog_name="openmailserver", obj=ERRORS_AS_JSON)
    else:
        app(prog_name="openmailserver")
