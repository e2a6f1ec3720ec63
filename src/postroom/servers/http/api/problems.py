"""How errors are told: `{"detail": ...}` with the status; what can't be read as FastAPI tells it, without what the client sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from postroom.directory.errors import DirectoryError, NotFound
from postroom.errors import PostroomError, Unavailable
from postroom.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI, Request

log = get_logger("http")

RETRY_SECONDS: Final = "5"
PRIVATE: Final = {"Cache-Control": "no-store"}
"""Of every answer: no proxy and no browser keeps mail or secrets."""


def told(status: int, detail: Any, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Tell an error."""
    return JSONResponse({"detail": detail}, status, dict(headers) if headers else None)


def unreadable(error: RequestValidationError) -> JSONResponse:
    """Tell what of a request can't be read; values are left out, for they may be secrets, or large."""
    return told(422, [{"loc": [_place(part) for part in found["loc"]], "msg": found["msg"], "type": found["type"]} for found in error.errors()])


def _place(part: Any) -> Any:
    """Cut a name that a client chose."""
    return part[:200].encode("utf-8", "replace").decode() if isinstance(part, str) else part


def problem_of(error: Exception) -> JSONResponse:
    """Make the answer that tells an error, whoever raised it."""
    match error:
        case HTTPException():
            return told(error.status_code, error.detail, error.headers)
        case RequestValidationError():
            return unreadable(error)
        case Unavailable():
            log.warning("request-deferred", cause=str(error))
            return told(503, "The mail server can't do this just now: try again.", {"Retry-After": RETRY_SECONDS})
        case NotFound():
            return told(404, str(error))
        case DirectoryError():
            return told(422, str(error))
        case PostroomError():
            return told(400, str(error))
        case _:
            return told(500, "The server failed at this; its log says where.")


def tell_all(application: FastAPI) -> None:
    """Let an application tell every error so."""

    async def tell(_request: Request, error: Exception) -> JSONResponse:
        return problem_of(error)

    for kind in (RequestValidationError, PostroomError, Exception):
        application.add_exception_handler(kind, tell)
