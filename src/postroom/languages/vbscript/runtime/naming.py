"""How names of a script become names of Python: a letter for what they are, and safe characters."""

from functools import lru_cache
from typing import Final

GLOBAL: Final = "g_"
LOCAL: Final = "l_"
PROCEDURE: Final = "p_"
BUILTIN: Final = "b_"
FIELD: Final = "f_"


@lru_cache(maxsize=4096)
def mangled(prefix: str, name: str) -> str:
    """Make the Python name; characters that only brackets allow are written as hexadecimal digits."""
    if name.isascii() and (name.isalnum() or name.replace("_", "a").isalnum()):
        return prefix + name
    return f"{prefix}x_{name.encode('utf-16-be', 'surrogatepass').hex()}_"
