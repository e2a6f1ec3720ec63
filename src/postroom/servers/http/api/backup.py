"""POST /v1/backup and /v1/restore/validate: a backup made, and one read to its end."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from postroom.directory.keys import ADMIN
from postroom.servers.http.api.fields import Line, Model
from postroom.servers.http.api.operation import Operation, answer, call_of, needs
from postroom.servers.http.api.queue import Report

router = APIRouter(route_class=Operation, tags=["Server"])


class BackupMade(Model):
    """A backup, by its path on the server; it holds everything and is always encrypted."""

    path: str
    encrypted: bool


@router.post("/v1/backup", response_model=BackupMade, summary="Make a backup", **needs(ADMIN, debug=True))
async def create_backup(request: Request) -> Response:
    """Make a backup in the server's backup folder while mail flows."""
    found = await call_of(request).house.backups.create()
    return answer(BackupMade(path=found["path"], encrypted=found["encrypted"]))


@router.post("/v1/restore/validate", response_model=Report, summary="Validate a backup", **needs(ADMIN, debug=True))
async def validate_backup(path: Annotated[Line, Query(min_length=1)], request: Request) -> Response:
    """Read all of a backup that lies in the backup folder, and tell whether it can be restored; any other path is invalid."""
    found = await call_of(request).house.backups.validate(path)
    return answer(Report(status=found["status"], details=found))
