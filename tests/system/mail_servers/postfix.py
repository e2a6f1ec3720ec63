"""Debian's Postfix, an instance with directories of its own; the machine's own is left alone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from typing import TYPE_CHECKING, ClassVar

from system.mail_servers.mail_server import BUSY, DISABLED, FORBIDDEN, PATH, REFUSAL, MailServer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MAIN = """
compatibility_level = 3.6
config_directory = {home}/etc
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
debug_peer_list = 127.0.0.1
debug_peer_level = 1
myhostname = {host}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_peername_lookup = no
disable_dns_lookups = yes
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions =
  check_recipient_access inline:{{ {{refused@{domain} = 554 5.7.1 {refusal}}} }},
  check_policy_service inet:127.0.0.1:{greylist}
header_checks = regexp:{home}/etc/header_checks
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{home}/etc/mailboxes
virtual_alias_maps = regexp:{home}/etc/aliases
virtual_mailbox_base = {home}/mail
virtual_minimum_uid = 100
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
transport_maps = texthash:{home}/etc/transport
smtpd_tls_security_level = may
smtpd_tls_chain_files = {home}/cert.pem
smtpd_tls_received_header = yes
smtp_tls_security_level = secure
smtp_tls_CAfile = {authority}
smtp_tls_loglevel = 1
smtp_dns_support_level = disabled
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
delay_warning_time = 1s
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{clear_port} inet n - n - - smtpd -o smtpd_tls_security_level=none
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
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix(MailServer):
    """Postfix with virtual mailboxes."""

    domain: ClassVar[str] = "postfix.test"
    host: ClassVar[str] = "mx.postfix.test"

    @staticmethod
    def missing() -> str:
        if os.geteuid():
            return "Postfix starts as root only"
        return "" if shutil.which("postfix", path=PATH) else "Postfix is not installed"

    def configure(self, back: int, authority: Path, greylist: int) -> None:
        owner, postfix = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
        etc = self.home / "etc"
        for folder in (etc, self.home / "queue", self.home / "data", self.home / "mail"):
            folder.mkdir()
        shutil.chown(self.home / "data", postfix.pw_uid)
        shutil.chown(self.home / "mail", owner.pw_uid, owner.pw_gid)
        facts = {"home": self.home, "host": self.host, "domain": self.domain, "port": self.port, "clear_port": self.clear_port}
        facts |= {"uid": owner.pw_uid, "gid": owner.pw_gid, "authority": authority, "greylist": greylist, "refusal": REFUSAL}
        (etc / "main.cf").write_text(MAIN.format(**facts))
        (etc / "master.cf").write_text(MASTER.format(**facts))
        (etc / "mailboxes").write_text("".join(f"{name}@{self.domain} {name}/\n" for name in ("friend", "grey", "refused")))
        # What can't be delivered lies behind aliases: else smtpd(8) looks ahead, and refuses it at once.
        (etc / "aliases").write_text(f"/^to-(.*)@{self.domain}$/ ${{1}}@example.test\n/^(slow|broken)@{self.domain}$/ ${{1}}@behind.{self.domain}\n")
        (etc / "header_checks").write_text(f"/^Subject: {FORBIDDEN}/ REJECT 5.7.1 {REFUSAL}\n")
        ways = {"example.test": f"relay:[localhost]:{back}"}
        ways |= {f"slow@behind.{self.domain}": f"retry:4.2.1 {BUSY}", f"broken@behind.{self.domain}": f"error:5.2.1 {DISABLED}"}
        (etc / "transport").write_text("".join(f"{whom} {way}\n" for whom, way in ways.items()))
        subprocess.run(["postfix", "-c", str(etc), "check"], env={"PATH": PATH}, capture_output=True, timeout=60, check=True)

    def command(self) -> Sequence[str]:
        asked = ["postconf", "-h", "daemon_directory"]
        daemons = subprocess.run(asked, env={"PATH": PATH}, capture_output=True, text=True, timeout=10, check=True).stdout.strip()
        return (f"{daemons}/master", "-c", str(self.home / "etc"), "-s")

    def log(self) -> str:
        path = self.home / "log"
        return path.read_text(errors="replace") if path.exists() else ""
