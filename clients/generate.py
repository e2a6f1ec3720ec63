"""Write the generated parts of the clients (`make clients`); with --check only tell which are out of date, and exit 1 then."""

from __future__ import annotations

import sys
from pathlib import Path

from postroom.model.derive import FILES

HERE = Path(__file__).parent


def main() -> int:
    """Write or check all files."""
    stale = []
    for name, write in FILES.items():
        path, text = HERE / name, write()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
    print("\n".join(stale) or "Everything is up to date.")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
