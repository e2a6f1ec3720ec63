"""GET /v1/debug/...: health, configuration, log, the story of a message."""

import asyncio
import os
from pathlib import Path as FilePath
from typing import Final

from fastapi import APIRouter, Request, Response

from postroom.directory.keys import DEBUG
from postroom.servers.http.api.fields import moment
from postroom.servers.http.api.house import House
from postroom.servers.http.api.operation import Operation, answer, call_of, needs
from postroom.servers.http.api.outbound import Number, events, find
from postroom.servers.http.api.queue import Report

router = APIRouter(route_class=Operation, tags=["Server"])

LINES: Final = 100
TAIL: Final = 256 * 1024
"""Octets of the log's end that are looked at."""


@router.get("/v1/debug/health", response_model=Report, summary="See how the server is", **needs(DEBUG, debug=True))
async def debug_health(request: Request) -> Response:
    """Tell what /health tells."""
    found = await call_of(request).house.health()
    return answer(Report(status=found["status"], details=found))


@router.get("/v1/debug/config", response_model=Report, summary="See the configuration", **needs(DEBUG, debug=True))
async def debug_config(request: Request) -> Response:
    """Tell configuration and settings; of secrets only whether they are set."""
    house = call_of(request).house
    settings = {shown.setting.name: shown.value for shown in house.directory.table.show()}
    return answer(Report(status="ok", details={**house.configuration(), "settings": settings}))


@router.get("/v1/debug/logs", response_model=Report, summary="See the log", **needs(DEBUG, debug=True))
async def debug_logs(request: Request) -> Response:
    """Tell the last hundred lines of the log. Keys, passwords and contents are never in it."""
    return answer(Report(status="ok", details={"lines": await log_lines(call_of(request).house)}))


async def log_lines(house: House) -> list[str]:
    """Read the last lines of the log."""
    return await asyncio.to_thread(_tail, house.logs / "postroom.log")


def _tail(path: FilePath) -> list[str]:
    try:
        with path.open("rb") as file:
            start = max(file.seek(0, os.SEEK_END) - TAIL, 0)
            file.seek(start)
            lines = file.read(TAIL).decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return lines[1 if start else 0 :][-LINES:]


@router.get("/v1/debug/messages/{id}/trace", response_model=Report, summary="Trace a message", **needs(DEBUG, debug=True))
async def trace_message(id: Number, request: Request) -> Response:  # noqa: A002 - the path's own word
    """Tell the story of a message that was sent through this API, by its outbound record's id."""
    call = call_of(request)
    record = await find(call, id)
    told = [{"event_type": one.type, "details": one.details, "created_at": moment(one.created)} for one in await events(call.house, record)]
    if record.queue_id is None and record.sent is not None:
        told.append({"event_type": "sent", "details": "Placed in mailboxes of this server.", "created_at": moment(record.sent)})
    details = {
        "status": record.state,
        "message_id": record.message_id,
        "queue_id": None if record.queue_id is None else str(record.queue_id),
        "error": record.error,
        "events": told,
    }
    return answer(Report(status="ok", details=details))
