"""The states of a session (RFC 3501 section 3)."""

import enum


class State(enum.IntFlag):
    """Where a session stands; a command says in which of them it may be given."""

    NOT_AUTHENTICATED = 1
    AUTHENTICATED = 2
    SELECTED = 4
    LOGGED_IN = AUTHENTICATED | SELECTED
    ANY = NOT_AUTHENTICATED | LOGGED_IN
