"""Puts off the first message of each unknown sender: servers of real mail try again, most programs that send spam do not.

Trigger:  OnSMTPData.
Settings: DELAY, seconds that a sender must wait before the second try counts; KEPT, days for which who came back is known; SPARED, networks
          that are never put off; DATABASE, the file that remembers.
Note:     times are those of this machine; a sender that is not heard of for KEPT days begins anew.
"""

import ipaddress
import sqlite3
import time
from pathlib import Path

from postroom.handlers import Client, Message, Result

DELAY = 300
KEPT = 36
SPARED = ["127.0.0.0/8", "10.0.0.0/8"]
DATABASE = Path(__file__).parent / "greylist.db"


def OnSMTPData(client: Client, message: Message) -> None:
    if client.Username or is_spared(client.IPAddress):
        return
    waiting = [triple for triple in triples(client, message) if seconds_to_wait(triple) > 0]
    if waiting:
        Result.Value = 3
        Result.Message = f"4.7.1 We do not know you yet: please try again in {max(DELAY // 60, 1)} minutes."


def triples(client: Client, message: Message) -> list[str]:
    """Who sends from where to whom; servers of one provider share a network."""
    address = ipaddress.ip_address(client.IPAddress)
    network = ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False)
    return [f"{network} {message.FromAddress} {recipient.OriginalAddress}".lower() for recipient in message.Recipients]


def seconds_to_wait(triple: str) -> float:
    """Note a try, and tell how long the sender has to wait yet."""
    now = time.time()
    connection = sqlite3.connect(DATABASE, timeout=5)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS seen (triple TEXT PRIMARY KEY, first REAL, last REAL)")
        connection.execute("DELETE FROM seen WHERE last < ?", (now - KEPT * 86400,))
        connection.execute("INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last", (triple, now, now))
        row = connection.execute("SELECT first FROM seen WHERE triple = ?", (triple,)).fetchone()
    connection.close()
    first: float = row[0]
    return DELAY if first == now else first + DELAY - now


def is_spared(address: str) -> bool:
    return any(ipaddress.ip_address(address) in ipaddress.ip_network(network) for network in SPARED)
