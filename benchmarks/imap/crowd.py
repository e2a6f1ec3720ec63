"""Fills Postroom's directory for `sizes`: `python -m benchmarks.imap.crowd CONFIGURATION MESSAGES ACCOUNTS`."""

import asyncio
import sys
from pathlib import Path

from benchmarks.filling import fill_house
from benchmarks.imap.sizes import LARGE, PASSWORD
from benchmarks.peers.peer import DOMAIN
from postroom.runtime.config import load

if __name__ == "__main__":
    asyncio.run(fill_house(load(Path(sys.argv[1])), DOMAIN, {LARGE: int(sys.argv[2])}, int(sys.argv[3]) + 1, PASSWORD))
