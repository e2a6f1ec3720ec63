"""/v1/backup and /v1/restore/validate: a backup made, at once or in the background, how far it is, and one read to its end."""

import datetime as dt
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from postroom.directory.keys import ADMIN
from postroom.servers.http.api.fields import Line, Model, moment
from postroom.servers.http.api.house import House
from postroom.servers.http.api.operation import JSON, Operation, answer, call_of, needs
from postroom.servers.http.api.problems import PRIVATE
from postroom.servers.http.api.queue import Report

router = APIRouter(route_class=Operation, tags=["Server"])


class BackupMade(Model):
    """A backup, by its path on the server; it holds everything and is always encrypted."""

    path: str
    encrypted: bool


class BackupState(Model):
    """The backup that is being made, else the last one, whoever began it: `done` of `whole` in `unit` (`whole` is 0 while nobody knows)."""

    state: Literal["none", "running", "done", "failed"]
    path: Annotated[str | None, Field(description="The file on the server, once it is whole.")] = None
    encrypted: bool = True
    done: int = 0
    whole: int = 0
    unit: str = ""
    error: Annotated[str | None, Field(description="Why there is none.")] = None
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None


Background = Annotated[bool, Query(description="Answer 202 as soon as it is begun; `GET /v1/backup` tells how far it is.")]
BEGUN: Final[dict[int | str, Any]] = {202: {"model": BackupState, "description": "The backup is begun, and goes on in the background."}}


@router.post(
    "/v1/backup",
    response_model=BackupMade,
    summary="Make a backup",
    **(needs(ADMIN, debug=True) | {"responses": needs(ADMIN)["responses"] | BEGUN}),
)
async def create_backup(request: Request, background: Background = False) -> Response:
    """Make a backup in the server's backup folder while mail flows. 400 while another one is being made."""
    house = call_of(request).house
    if background:
        await house.backups.begin()
        return Response((await _state(house)).model_dump_json(), 202, PRIVATE | {"Location": "/v1/backup"}, JSON)
    found = await house.backups.create()
    return answer(BackupMade(path=found["path"], encrypted=found["encrypted"]))


@router.get("/v1/backup", response_model=BackupState, summary="See how far the backup is", **needs(ADMIN, debug=True))
async def read_backup(request: Request) -> Response:
    """Tell how far the backup is that is being made, or how the last one ended, whether this API, a command or another program began it."""
    return answer(await _state(call_of(request).house))


async def _state(house: House) -> BackupState:
    found = await house.backups.course()
    if found["state"] == "none":
        return BackupState(state="none")
    return BackupState(
        state=found["state"],
        path=found["path"] or None,
        done=found["done"],
        whole=found["whole"],
        unit=found["words"],
        error=found["error"] or None,
        started_at=moment(found["started"]),  # type: ignore[arg-type]  # pydantic reads it
        ended_at=moment(found["ended"]) if found["ended"] else None,  # type: ignore[arg-type]  # likewise
    )


@router.post("/v1/restore/validate", response_model=Report, summary="Validate a backup", **needs(ADMIN, debug=True))
async def validate_backup(path: Annotated[Line, Query(min_length=1)], request: Request) -> Response:
    """Read all of a backup that lies in the backup folder, and tell whether it can be restored; any other path is invalid."""
    found = await call_of(request).house.backups.validate(path)
    return answer(Report(status=found["status"], details=found))
