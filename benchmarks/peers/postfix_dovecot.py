"""Postfix in front, Dovecot behind it over LMTP on a UNIX socket: the pair that most Debian mail servers are."""

from __future__ import annotations

import asyncio
import pwd
import subprocess
import time
from typing import ClassVar

from benchmarks.peers.peer import PATH, STARTING, PeerFailed, free_port
from benchmarks.peers.postfix import Postfix

DOVECOT = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = lmtp imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail/%n
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 100
passdb {{
  driver = static
  args = password=secret-1
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%n allow_all_users=yes
}}
service lmtp {{
  process_min_avail = 4
  unix_listener lmtp {{
    mode = 0666
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


class PostfixDovecot(Postfix):
    """Postfix handing every message to Dovecot's LMTP server, which writes maildirs."""

    name = "Postfix+Dovecot"
    packages = ("postfix", "dovecot-imapd", "dovecot-lmtpd")
    programs = (*Postfix.programs, "dovecot")
    choices: ClassVar[str] = (
        "Postfix as in 'Postfix to maildir', but with in_flow_delay as shipped (faster here, it leaves Dovecot more of the machine) and "
        "virtual_transport = lmtp over a UNIX socket with its default concurrency; Debian's Dovecot 2.3, mail_location maildir (the "
        "format that most installations use), mail_fsync = optimized as shipped, one uid for all, static user database (no lookups), four "
        "LMTP processes kept ready. Each hop syncs: Postfix its queue file before its 250, Dovecot the message before its own."
    )
    delivery: ClassVar[str] = "virtual_transport = lmtp:unix:{home}/run/lmtp"

    @classmethod
    def missing(cls) -> str | None:
        absent = super().missing()
        if absent:
            return absent
        version = subprocess.run(["dovecot", "--version"], env={"PATH": PATH}, capture_output=True, text=True, timeout=10, check=False).stdout
        return None if version.startswith("2.3.") else f"Dovecot {version.split(' ')[0].strip()} is here; the configuration is written for 2.3"

    def configure(self) -> None:
        super().configure()
        owner = pwd.getpwnam("nobody")
        self.imap_port = free_port()
        settings = DOVECOT.format(home=self.home, uid=owner.pw_uid, gid=owner.pw_gid, imap_port=self.imap_port)
        (self.home / "dovecot.conf").write_text(settings)

    async def launch(self) -> None:
        await self.tree.start(*self.prefix, "dovecot", "-F", "-c", str(self.home / "dovecot.conf"), log=self.log, env={"PATH": PATH})
        await self._dovecot_listens()
        await super().launch()

    async def _dovecot_listens(self) -> None:
        deadline = time.monotonic() + STARTING
        while not (self.home / "run" / "lmtp").exists():
            if time.monotonic() > deadline or not self.tree.running:
                raise PeerFailed(f"Dovecot did not start. {self.last_words()}")
            await asyncio.sleep(0.05)
