"""Checks passwords against a file that another program writes: accounts that stand in it have their password from there, others as usual.

Trigger:  OnClientValidatePassword.
Settings: FILE, with a line for each account: address:salt:hash, made by `python EventHandlers.py ADDRESS`, which asks for the password.
Note:     while this handler is there, logins by SCRAM are not offered: in them the server never sees the password.
"""

import getpass
import hashlib
import hmac
import secrets
import sys
from pathlib import Path

from postroom.handlers import Account, EventLog, Result

FILE = Path(__file__).parent / "passwords.txt"
ACCEPT, REFUSE = 0, 1


def OnClientValidatePassword(account: Account, password: str) -> None:
    line = lines().get(account.Address.lower())
    if line is None:
        return  # Result.Value stays 2: the server looks at its own password
    salt, wanted = line
    right = hmac.compare_digest(hashed(password, salt), wanted)
    Result.Value = ACCEPT if right else REFUSE
    if not right:
        EventLog.Write(f"Wrong password for {account.Address}")


def lines() -> dict[str, tuple[str, str]]:
    if not FILE.exists():
        return {}
    parts = [line.strip().split(":") for line in FILE.read_text("utf-8").splitlines()]
    return {part[0].lower(): (part[1], part[2]) for part in parts if len(part) == 3}


def hashed(password: str, salt: str) -> str:
    return hashlib.scrypt(password.encode(), salt=salt.encode(), n=1 << 13, r=8, p=1).hex()


if __name__ == "__main__":
    made = secrets.token_hex(8)
    print(f"{sys.argv[1]}:{made}:{hashed(getpass.getpass(), made)}")
