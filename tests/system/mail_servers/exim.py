"""Exim, unpacked from Debian's package beside the installed mail server: Debian lets only one be installed. `.ci/run` unpacks it."""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from system.mail_servers.mail_server import BUSY, DISABLED, FORBIDDEN, REFUSAL, MailServer

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM: Final = Path(sys.prefix) / "exim" / "usr" / "sbin" / "exim4"
USER: Final = "Debian-exim"
CONFIGURATION: Final = """
primary_hostname = {host}
exim_path = {program}
exim_user = {user}
exim_group = {user}
spool_directory = {home}/spool
log_file_path = {home}/%slog
pid_file_path = {home}/pid
deliver_drop_privilege = true
never_users =
keep_environment =
disable_ipv6 = true
local_interfaces = <; 127.0.0.1.{port} ; 127.0.0.1.{clear_port}
host_lookup =
rfc1413_query_timeout = 0s
log_selector = +tls_peerdn +smtp_protocol_error +smtp_syntax_error
tls_advertise_hosts = ${{if eq{{$received_port}}{{{port}}}{{*}}{{}}}}
tls_certificate = {home}/cert.pem
dsn_advertise_hosts = *
chunking_advertise_hosts = *
smtputf8_advertise_hosts = *
smtp_accept_queue_per_connection = 0
delay_warning = 1s:1d
acl_smtp_mail = mail
acl_smtp_rcpt = rcpt
acl_smtp_data = data

begin acl

mail:
  warn logwrite = heard $smtp_command
  accept

rcpt:
  warn logwrite = heard $smtp_command
  deny local_parts = refused
       domains = {domain}
       message = 554 5.7.1 {refusal}
  defer local_parts = ^grey
        set acl_m_asked = sender=$sender_address\\nrecipient=$local_part@$domain\\n\\n
        condition = ${{if match{{${{readsocket{{inet:127.0.0.1:{greylist}}}{{$acl_m_asked}}{{5s}}}}}}{{DEFER}}}}
        message = 451 4.7.1 Greylisted, please come again
  accept domains = {domain}
         endpass
         message = 550 5.1.1 Nobody of this name lives here
         verify = recipient
  accept hosts = 127.0.0.1
  deny

data:
  deny condition = ${{if match{{$h_subject:}}{{^{forbidden}}}}}
       message = 550 5.7.1 {refusal}
  accept

begin routers

back:
  driver = redirect
  domains = {domain}
  local_parts = ^to-
  data = ${{sg{{$local_part}}{{^to-}}{{}}}}@example.test

slow:
  driver = redirect
  domains = {domain}
  local_parts = slow
  allow_defer
  no_verify
  data = :defer: {busy}

broken:
  driver = redirect
  domains = {domain}
  local_parts = broken
  allow_fail
  no_verify
  data = :fail: {disabled}

mailbox:
  driver = accept
  domains = {domain}
  local_parts = friend : grey : slow : broken
  transport = maildir

postroom:
  driver = manualroute
  domains = example.test
  route_list = * localhost::{back} byname
  self = send
  transport = remote

begin transports

maildir:
  driver = appendfile
  directory = {home}/mail/$local_part_data
  maildir_format
  create_directory
  user = {user}

remote:
  driver = smtp
  hosts_require_tls = *
  hosts_try_dane =
  tls_verify_certificates = {home}/authority.pem
  tls_verify_hosts = *
  tls_verify_cert_hostnames = *

begin retry

* * F,1h,1s
"""


class Exim(MailServer):
    """Exim with maildirs, its queue run every second."""

    domain: ClassVar[str] = "exim.test"
    host: ClassVar[str] = "mx.exim.test"

    @staticmethod
    def missing() -> str:
        if os.geteuid():
            return "Exim is started as root only"
        try:
            pwd.getpwnam(USER)
        except KeyError:
            return f"there is no user {USER}"
        return "" if PROGRAM.exists() else f"Exim is not unpacked in {PROGRAM.parents[2]}"

    def configure(self, back: int, authority: Path, greylist: int) -> None:
        shutil.copy(authority, self.home / "authority.pem")
        for name in ("cert.pem", "authority.pem"):
            shutil.chown(self.home / name, USER)
        for folder in ("spool", "mail"):
            (self.home / folder).mkdir()
            shutil.chown(self.home / folder, USER, USER)
        shutil.chown(self.home, USER, USER)  # its logs lie here
        facts = {"home": self.home, "host": self.host, "domain": self.domain, "port": self.port, "clear_port": self.clear_port, "user": USER}
        facts |= {
            "back": back,
            "greylist": greylist,
            "refusal": REFUSAL,
            "busy": BUSY,
            "disabled": DISABLED,
            "forbidden": FORBIDDEN,
            "program": PROGRAM,
        }
        (self.home / "exim.conf").write_text(CONFIGURATION.format(**facts))

    def command(self) -> Sequence[str]:
        return (str(PROGRAM), "-C", str(self.home / "exim.conf"), "-bdf", "-q1s")

    def log(self) -> str:
        return "".join(path.read_text(errors="replace") for path in (self.home / "mainlog", self.home / "paniclog") if path.exists())
