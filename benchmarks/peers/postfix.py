"""Postfix, alone and before Dovecot: one instance in a directory of its own, listening on one loopback port."""

from __future__ import annotations

import pwd
import shutil
import subprocess
from typing import TYPE_CHECKING, ClassVar

from benchmarks.peers import maildirs
from benchmarks.peers.peer import ACCOUNTS, DOMAIN, PATH, Peer, PeerFailed

if TYPE_CHECKING:
    from pathlib import Path

MAIN = """
compatibility_level = 3.6
config_directory = {home}/etc
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/peer.log
maillog_file_prefixes = {home}
myhostname = mx.bench.test
mydomain = bench.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_peername_lookup = no
disable_dns_lookups = yes
smtpd_relay_restrictions = permit_mynetworks, reject
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{home}/etc/mailboxes
virtual_mailbox_base = {home}/mail
virtual_mailbox_limit = 0
virtual_minimum_uid = 100
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
message_size_limit = 52428800
{delivery}
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix(Peer):
    """Postfix delivering to maildirs by its own virtual(8)."""

    name = "Postfix to maildir"
    packages: ClassVar[tuple[str, ...]] = ("postfix",)
    programs: ClassVar[tuple[str, ...]] = ("postfix", "postconf")
    choices: ClassVar[str] = (
        "Debian's postfix, an instance of its own (`postfix -c`), process limit 100 as shipped, nothing chrooted, no postscreen, no "
        "milter, no DNS and no reverse lookup of the client; recipients from a texthash table in memory; virtual(8) writes maildirs on "
        "the disk of the queue. Postfix syncs the queue file before its 250 and the maildir's file before it forgets the queue file. It "
        "logs through its own postlogd into a file. in_flow_delay = 0, because here that made Postfix faster."
    )
    delivery: ClassVar[str] = "virtual_transport = virtual\nin_flow_delay = 0"

    def configure(self) -> None:
        owner, postfix = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
        etc = self.home / "etc"
        for folder in (etc, self.home / "queue", self.home / "data"):
            folder.mkdir()
        shutil.chown(self.home / "data", postfix.pw_uid)
        maildirs.make(self.home / "mail", ACCOUNTS, owner.pw_uid, owner.pw_gid)
        delivery = self.delivery.format(home=self.home)
        (etc / "main.cf").write_text(MAIN.format(home=self.home, domain=DOMAIN, uid=owner.pw_uid, gid=owner.pw_gid, delivery=delivery))
        (etc / "master.cf").write_text(MASTER.format(port=self.smtp_port))
        (etc / "mailboxes").write_text("".join(f"{name}@{DOMAIN} {name}/\n" for name in ACCOUNTS))
        self._make_queue(etc)

    def _make_queue(self, etc: Path) -> None:
        """Lets Postfix make its queue's directories with the rights that it wants."""
        made = subprocess.run(["postfix", "-c", str(etc), "check"], env={"PATH": PATH}, capture_output=True, text=True, timeout=60, check=False)
        if made.returncode:
            raise PeerFailed(f"postfix check refused the configuration: {made.stdout}{made.stderr}")

    async def launch(self) -> None:
        await self.tree.start(*self.prefix, f"{_daemons()}/master", "-c", str(self.home / "etc"), "-s", log=self.log, env={"PATH": PATH})

    async def count(self) -> int:
        return maildirs.count(self.home / "mail")

    def delivered_at(self, looked: float) -> float:
        return maildirs.last_delivery(self.home / "mail")


def _daemons() -> str:
    """Where this system keeps Postfix's daemons."""
    command = ["postconf", "-h", "daemon_directory"]
    return subprocess.run(command, env={"PATH": PATH}, capture_output=True, text=True, timeout=10, check=True).stdout.strip()
