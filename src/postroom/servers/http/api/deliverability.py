"""GET /v1/deliverability/report and /v1/debug/bundle: the server as others see it, and everything for a report in one."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from postroom.directory.keys import DEBUG
from postroom.servers.http.api.debug import log_lines
from postroom.servers.http.api.operation import Operation, answer, call_of, needs
from postroom.servers.http.api.queue import Report, items

router = APIRouter(route_class=Operation, tags=["Server"])


@router.get("/v1/debug/deliverability/report", response_model=Report, summary="See whether mail arrives", **needs(DEBUG, debug=True))
async def debug_deliverability(request: Request) -> Response:
    """Look at DNS, certificate, ports and reputation as other servers see them."""
    return await deliverability(request)


@router.get("/v1/deliverability/report", response_model=Report, summary="See whether mail arrives, also without the debug API", **needs(DEBUG))
async def read_deliverability(request: Request) -> Response:
    """Look at DNS, certificate, ports and reputation as other servers see them."""
    return await deliverability(request)


async def deliverability(request: Request) -> Response:
    """Answer with the report."""
    found = await call_of(request).house.administration.deliverability()
    return answer(Report(status=found["status"], details=found))


@router.get("/v1/debug/bundle", response_model=Report, summary="Get everything for a report", **needs(DEBUG, debug=True))
async def debug_bundle(request: Request) -> Response:
    """Give health, doctor, queue and log at once."""
    house = call_of(request).house
    health, doctor, queue, lines = await asyncio.gather(house.health(), house.administration.deliverability(), items(house), log_lines(house))
    details: dict[str, Any] = {
        "health": health,
        "doctor": doctor,
        "queue": queue,
        "logs": {"lines": lines},
    }
    return answer(Report(status=health["status"], details=details))
