"""The kinds of fields in requests: each is bounded, and none lets a line end or NUL through (header injection)."""

import datetime as dt
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

LINE: Final = r"^[^\r\n\x00]*$"
MOST_RECIPIENTS: Final = 10_000
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("contains NUL")
    return text


Line = Annotated[str, StringConstraints(max_length=1000, pattern=LINE)]
LongLine = Annotated[str, StringConstraints(max_length=20_000, pattern=LINE)]
AddressLine = Annotated[str, StringConstraints(min_length=1, max_length=600, pattern=LINE)]
"""An address, or a name with an address in angle brackets."""
Text = Annotated[str, AfterValidator(_without_nul)]
MessageId = Annotated[str, StringConstraints(max_length=900, pattern=r"^<[^<>\s\x00]+@[^<>\s\x00]+>$"), Field(examples=["<1a2b@example.com>"])]
Mailbox = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400, pattern=LINE),
    Field(description="The mailbox's address.", examples=["alice@example.com"]),
]
FolderName = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00-\x1f\x7f]+$")]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=LINE)]


class Model(BaseModel):
    """A value of the API."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class Given(BaseModel):
    """What a client gives: fields that nobody knows are passed over, as the original does."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")


def example(**fields: Any) -> ConfigDict:
    """Give a model the example that the documentation shows, and that works as it stands."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


def moment(microseconds: int) -> str:
    """Give a stored time as the API tells it: ISO 8601 in UTC."""
    return (EPOCH + dt.timedelta(microseconds=microseconds)).replace(tzinfo=None).isoformat() + "Z"


def microseconds(time: dt.datetime) -> int:
    """Give a time with zone as it is stored."""
    return (time - EPOCH) // dt.timedelta(microseconds=1)


Details = dict[str, Any]
