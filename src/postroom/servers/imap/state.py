"""The states of a session (RFC 3501 section 3)."""

from typing import Final


class State:
    """Where a session stands; a command says in which of them it may be given. Plain bits: each command looks at them."""

    NOT_AUTHENTICATED: Final = 1
    AUTHENTICATED: Final = 2
    SELECTED: Final = 4
    LOGGED_IN: Final = AUTHENTICATED | SELECTED
    ANY: Final = NOT_AUTHENTICATED | LOGGED_IN
