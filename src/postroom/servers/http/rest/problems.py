"""How errors are told: problem details (RFC 9457), with the COM error's code and text, and the member that it is about."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from postroom.model.errors import (
    AccessRefused,
    BadIndex,
    BadParameterCount,
    ComError,
    Deferred,
    Failed,
    NotAvailableYet,
    Overflowed,
    Taken,
    TypeMismatch,
    UnknownMember,
)
from postroom.servers.http.application import Answer

KIND: Final = "application/problem+json"
RETRY_SECONDS: Final = "5"
STATUS: Final = {
    AccessRefused: 403,
    BadIndex: 404,
    UnknownMember: 404,
    Taken: 409,
    TypeMismatch: 422,
    Overflowed: 422,
    BadParameterCount: 422,
    NotAvailableYet: 501,
    Deferred: 503,
    Failed: 422,
}
"""The status of each kind of error; the narrower kinds first."""


@dataclass
class Problem(Exception):
    """A request that ends with an error: status, a sentence, the COM error's code and the member's name where there are such."""

    status: int
    detail: str
    code: int = 0
    member: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def told(self) -> Answer:
        """Make the answer."""
        body: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(self.status).phrase, "status": self.status, "detail": self.detail}
        if self.code:
            body["code"] = f"0x{self.code:08X}"
        if self.member:
            body["member"] = self.member
        return Answer(self.status, json.dumps(body).encode(), KIND)


def problem_of(error: ComError, member: str = "") -> Problem:
    """Make the problem of an error of the model; `member` is what was read, written or called."""
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)
    headers = {"retry-after": RETRY_SECONDS} if status == 503 else {}
    return Problem(status, str(error), error.hresult, member, headers)


def not_found(what: str) -> Problem:
    """Make the problem of a path that leads nowhere."""
    return Problem(404, f"There is no {what[:100]} here.")


def not_allowed(*methods: str) -> Problem:
    """Make the problem of a method that the place does not know; `methods` are those it does."""
    return Problem(405, f"This takes {' and '.join(methods) or 'no requests'}.", headers={"allow": ", ".join(methods)})
