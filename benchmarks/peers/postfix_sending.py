"""Postfix as it sends: what it takes from loopback goes to the sinks; alone, and with OpenDKIM, which signs each message."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, ClassVar

from benchmarks.peers.peer import DOMAIN, PATH, find
from benchmarks.peers.postfix import Postfix
from benchmarks.peers.sender import Sender

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.loads.sink import Sinks


class PostfixSending(Sender, Postfix):
    """Postfix with a transport table that knows the sinks."""

    name = "Postfix"
    choices: ClassVar[str] = (
        "Debian's postfix, an instance of its own, process limit 100 and destination concurrency 20 as shipped, nothing chrooted, no DNS: a "
        "texthash table names the sinks. It takes mail from loopback without a login and looks nobody up."
    )
    more: ClassVar[str] = ""

    def __init__(self, home: Path, sinks: Sinks, prefix: tuple[str, ...] = ()) -> None:
        Postfix.__init__(self, home, prefix)
        self.sinks = sinks

    @property
    def delivery(self) -> str:  # type: ignore[override]  # a class variable where mail is delivered here
        """What main.cf says beside what it always says."""
        return f"transport_maps = texthash:{self.home}/etc/transport\nin_flow_delay = 0\n" + self.more.format(home=self.home)

    def configure(self) -> None:
        super().configure()
        lines = [f"{self.sinks.destination(number)} smtp:[{ip}]:{self.sinks.port}\n" for number, ip in enumerate(self.sinks.addresses)]
        (self.home / "etc" / "transport").write_text("".join(lines))


OPENDKIM = """
Syslog no
UMask 000
Socket local:{home}/dkim.sock
PidFile {home}/opendkim.pid
Mode s
Canonicalization relaxed/relaxed
Domain {domain}
Selector bench
KeyFile {home}/dkim.pem
OversignHeaders From
RequireSafeKeys false
"""


class PostfixOpenDKIM(PostfixSending):
    """The same with OpenDKIM as milter: RSA-2048, relaxed/relaxed."""

    name = "Postfix+OpenDKIM"
    packages: ClassVar[tuple[str, ...]] = ("postfix", "opendkim", "openssl")
    programs: ClassVar[tuple[str, ...]] = ("postfix", "postconf", "opendkim", "openssl")
    choices: ClassVar[str] = (
        f"{PostfixSending.choices} Debian's opendkim signs each message on its way in, RSA-2048, relaxed/relaxed, oversigning From."
    )
    more: ClassVar[str] = "smtpd_milters = unix:{home}/dkim.sock\nmilter_default_action = tempfail\n"

    def configure(self) -> None:
        super().configure()
        key = self.home / "dkim.pem"
        make = ["openssl", "genrsa", "-traditional", "-out", str(key), "2048"]
        subprocess.run(make, env={"PATH": PATH}, capture_output=True, timeout=60, check=True)
        (self.home / "opendkim.conf").write_text(OPENDKIM.format(home=self.home, domain=DOMAIN))

    async def launch(self) -> None:
        await self.tree.start(find("opendkim") or "opendkim", "-f", "-x", str(self.home / "opendkim.conf"), log=self.log, env={"PATH": PATH})
        await super().launch()
