"""Dovecot as Debian installs it, over maildir, with IMAP and POP3 on loopback."""

from __future__ import annotations

import os
import pwd
import subprocess
from typing import TYPE_CHECKING, ClassVar

from argon2 import PasswordHasher

from benchmarks.imap.box import MIXED, PASSWORD, READER, SIGNERS
from benchmarks.peers import maildirs
from benchmarks.peers.peer import PATH, Peer, free_port

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{certificate}
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
auth_cache_size = 16M
auth_cache_ttl = 1 hour
mail_location = maildir:{home}/mail/%n
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 100
mail_max_userip_connections = 1000
passdb {{
  driver = passwd-file
  args = username_format=%n {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {pop3_port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
"""
ARGON2ID = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""As Postroom makes its hashes by default."""


class Dovecot(Peer):
    """Dovecot's IMAP and POP3 servers over the maildirs that `box.make_box` wrote."""

    name = "Dovecot"
    packages = ("dovecot-imapd", "dovecot-pop3d")
    programs = ("dovecot",)
    greeting = b"* OK"
    choices: ClassVar[str] = (
        "Debian's Dovecot 2.3 with the settings that it ships: maildir (the format that most installations use), a login process for each "
        "connection, mail_fsync = optimized; passwords are the same argon2id (19 MiB, 2 passes, 1 lane) as Postroom's in a passwd-file, "
        "auth_cache_size = 16M. Its index knows all messages before the first round; 'first read' begins with an empty dovecot.index.cache."
    )

    def __init__(self, home: Path, mail: Path, certificate: Path) -> None:
        """Use maildirs below `mail`, which become this peer's own, and a PEM file with key and certificate."""
        super().__init__(home)
        self.mail, self.certificate = mail, certificate
        self.imap_port, self.imaps_port, self.pop3_port = free_port(), free_port(), free_port()

    @classmethod
    def missing(cls) -> str | None:
        absent = super().missing()
        if absent:
            return absent
        version = subprocess.run(["dovecot", "--version"], env={"PATH": PATH}, capture_output=True, text=True, timeout=10, check=False).stdout
        return None if version.startswith("2.3.") else f"Dovecot {version.split(' ')[0].strip()} is here; the configuration is written for 2.3"

    @property
    def door(self) -> int:
        return self.imap_port

    def configure(self) -> None:
        owner = pwd.getpwnam("nobody")
        self.mail.rename(self.home / "mail")
        for folder, _, files in os.walk(self.home / "mail"):
            for path in (folder, *(os.path.join(folder, file) for file in files)):  # noqa: PTH118 - tens of thousands of names
                os.chown(path, owner.pw_uid, owner.pw_gid)
        hashed = ARGON2ID.hash(PASSWORD)
        (self.home / "users").write_text("".join(f"{name}:{{ARGON2ID}}{hashed}\n" for name in (READER, *MIXED, *SIGNERS)))
        ports = {"imap_port": self.imap_port, "imaps_port": self.imaps_port, "pop3_port": self.pop3_port}
        settings = SETTINGS.format(home=self.home, uid=owner.pw_uid, gid=owner.pw_gid, certificate=self.certificate, **ports)
        (self.home / "dovecot.conf").write_text(settings)

    async def launch(self) -> None:
        await self.tree.start("dovecot", "-F", "-c", str(self.home / "dovecot.conf"), log=self.log, env={"PATH": PATH})

    async def count(self) -> int:
        return maildirs.count(self.home / "mail")

    def forget_reads(self) -> None:
        """Make the next read the first one: throw away what Dovecot keeps of messages that it has opened."""
        for cache in (self.home / "mail" / READER).glob("dovecot.index.cache*"):
            cache.unlink()

    def indexed(self) -> bool:
        """Dovecot keeps no index of text unless a plug-in does."""
        return True
