"""How the sessions of each protocol are made: what a door of that kind gets of the house."""

from __future__ import annotations

import socket
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, cast

from postroom.errors import ConfigurationError
from postroom.log import get_logger
from postroom.network.listener import Encrypted
from postroom.runtime.config import shown

if TYPE_CHECKING:
    from postroom.directory.directory import Directory
    from postroom.directory.settings import Settings
    from postroom.network.connection import SessionFactory
    from postroom.network.listener import Listener
    from postroom.runtime.doors import Doors
    from postroom.runtime.house import House
    from postroom.servers.http.api.house import House as APIHouse
    from postroom.servers.http.application import ASGI, Application
    from postroom.servers.imap import House as IMAPHouse
    from postroom.servers.smtp.ports import Post


@cache
def machine_name() -> str:
    """Give this machine's name, for when no host name is set."""
    return socket.getfqdn() or "localhost"


def server_name(settings: Settings) -> str:
    """Give the name that this server goes by: the one that was set, or the machine's."""
    return settings.host_name or machine_name()


def factory(house: House, listener: Listener) -> SessionFactory:
    """Make the maker of a listener's sessions, by the protocol's word; a protocol's package is loaded when its first door opens."""
    kind = listener.protocol.removesuffix("s") if listener.protocol != "submissions" else "submission"
    match kind:
        case "smtp" | "submission" | "lmtp":
            return _smtp(house, listener, kind)
        case "imap":
            return _imap(house, listener)
        case "pop3":
            return _pop3(house, listener)
        case _:
            raise ConfigurationError(f"There is no protocol {listener.protocol!r}.")


def _smtp(house: House, listener: Listener, kind: str) -> SessionFactory:
    from postroom.servers.smtp import Door, Role, Sessions, rules_of  # noqa: PLC0415 - start-up loads only what has a door
    from postroom.servers.smtp import House as SMTPHouse  # noqa: PLC0415 - likewise
    from postroom.servers.smtp.relaying import Relaying  # noqa: PLC0415 - likewise

    directory, hostname = house.directory, machine_name()
    role = Role(kind)
    door = Door(
        role,
        starttls=listener.tls is Encrypted.STARTTLS,
        logins=role is Role.SUBMISSION,
        xclient=directory.settings.xclient_networks,
    )
    post = cast("Post", house.post)  # it takes back only spools of its own making, which a protocol class can't say
    relaying = Relaying(directory.rights_of, directory.is_own_domain)
    inside = SMTPHouse(
        directory,
        post,
        lambda: rules_of(directory.settings, hostname),
        house.mailboxes.now,
        get_logger(kind),
        relaying,
        directory.presence.enter,
        directory.events,
    )
    return Sessions(inside, door)


def _imap(house: House, listener: Listener) -> SessionFactory:
    from postroom.servers.imap import Door, Sessions  # noqa: PLC0415 - start-up loads only what has a door

    return Sessions(_behind_imap(house), Door(starttls=listener.tls is Encrypted.STARTTLS))


@lru_cache(1)
def _behind_imap(house: House) -> IMAPHouse:
    """Give what lies behind all IMAP doors of a process: they share what is known of recent messages."""
    from postroom.servers.imap import House, rules_of  # noqa: PLC0415 - as above

    directory, hostname = house.directory, machine_name()
    return House(
        directory,
        house.mailboxes,
        lambda: rules_of(directory.settings, hostname),
        house.mailboxes.now,
        get_logger("imap"),
        house.post.reserve,
        rights_of=directory.rights_of,
        shared_rights=directory.sharing.rights,
        access=directory.access,
        enter=directory.presence.enter,
        events=directory.events,
    )


def _pop3(house: House, listener: Listener) -> SessionFactory:
    from postroom.servers.pop3 import Door, Rules, Sessions  # noqa: PLC0415 - start-up loads only what has a door
    from postroom.servers.pop3 import House as POP3House  # noqa: PLC0415 - likewise

    directory = house.directory

    def rules() -> Rules:
        settings = directory.settings
        return Rules(
            hostname=server_name(settings),
            welcome=settings.welcome_pop3,
            login_time=settings.login_timeout,
            command_time=settings.pop3_idle_timeout,
            bad_commands=settings.invalid_commands,
            failed_logins=settings.max_invalid_logon_attempts,
            plain_text_login=settings.plain_text_login,
            literal=settings.hmailserver_texts,
        )

    inside = POP3House(directory, house.mailboxes, rules, get_logger("pop3"), directory.rights_of, directory.presence.hold, directory.events)
    return Sessions(inside, Door(starttls=listener.tls is Encrypted.STARTTLS))


def http(house: House, doors: Doors) -> SessionFactory:
    """Make the maker of HTTP's sessions."""
    from postroom.servers.http import Sessions  # noqa: PLC0415 - start-up loads only what has a door

    return Sessions(_behind_http(house, doors))


@lru_cache(1)
def _behind_http(house: House, doors: Doors) -> Application:
    """Make the application that all HTTP doors of a process share, with its endpoints; the API behind them is loaded a while after the start."""
    from postroom.runtime import site  # noqa: PLC0415 - it needs this module
    from postroom.runtime.orders import backup  # noqa: PLC0415 - likewise
    from postroom.servers.http import Application, Health, Later, Metrics, front, health  # noqa: PLC0415 - start-up loads only what has a door
    from postroom.servers.http.api.house import Administration, Backups  # noqa: PLC0415 - likewise
    from postroom.servers.http.api.house import House as APIHouse  # noqa: PLC0415 - likewise

    checks = {
        "database": lambda: health.database(house.database),
        "disk": lambda: health.disk(house.config.data, house.directory.settings.free_space_reserve),
        "listeners": lambda: health.listeners(lambda: list(doors.accepting)),
        "certificate": lambda: health.certificate(doors.certificates().certificate),
    }
    found = Health(checks)
    administration = Administration(partial(site.plan_dns, house), partial(site.compare_dns, house), partial(site.deliverability, house))
    making = (partial(backup.create, house, lambda *_: None), partial(backup.begin, house), partial(backup.course, house))
    backups = Backups(*making, partial(backup.validate, house))
    behind = APIHouse(
        house.directory,
        house.mailboxes,
        house.post,
        machine_name(),
        house.config.logs,
        found.found,
        lambda: shown(house.config),
        administration,
        backups,
        doors.over,
    )
    api = Later(lambda: _api(house, behind))
    api.warm()
    measured = Metrics(doors.gather, house.config.admin_key)
    return Application({"/": front, "/health": found, "/metrics": measured}, api, _com(house, doors), _tree(house, doors))


def _com(house: House, doors: Doors) -> dict[str, ASGI]:
    from postroom.servers.http import com  # noqa: PLC0415 - as above

    if doors.objects is None:
        return {}
    directory = house.directory
    allowed, loopback = lambda: directory.settings.com_allowed_origins, lambda: directory.settings.com_admit_loopback
    return {com.PATH: com.Com(doors.objects, directory.banned, allowed, loopback, partial(_requests, directory))}


def _requests(directory: Directory, here: bool) -> int:
    """Tell how many requests for remote objects an address, of this machine or another, may make in a minute; 0 is any number."""
    return 0 if here and not directory.settings.limit_loopback else directory.settings.com_max_requests_per_minute


def _tree(house: House, doors: Doors) -> dict[str, ASGI]:
    """Put the object model's tree behind its path; it is loaded with the first request."""
    from postroom.servers.http import Later  # noqa: PLC0415 - as above

    model, directory = doors.model, house.directory
    if model is None:
        return {}

    def load() -> ASGI:
        from postroom.servers.http.rest.application import Rest  # noqa: PLC0415 - two tenths of a second, in a thread

        return Rest(model, lambda: directory.settings.com_allowed_origins)

    return {"/api": Later(load)}


def _api(house: House, behind: APIHouse) -> ASGI:
    from postroom.runtime.site import offer_to_programs  # noqa: PLC0415 - as below
    from postroom.servers.http import autoconfig  # noqa: PLC0415 - as below
    from postroom.servers.http.api.application import application  # noqa: PLC0415 - half a second, in a thread

    made: ASGI = application(behind, [autoconfig.router(lambda domain: offer_to_programs(house, domain))])
    return made
