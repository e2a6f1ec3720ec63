"""The error of every failing call, in the shape of pywin32's."""

from __future__ import annotations

from typing import Any, Final

EXCEPTION: Final = -2147352567
"""DISP_E_EXCEPTION: the object raised it; what it was stands in excepinfo[5]."""
UNREACHABLE: Final = -2147023174
"""RPC_S_SERVER_UNAVAILABLE as an HRESULT."""
DISCONNECTED: Final = -2147417848
"""RPC_E_DISCONNECTED."""


class com_error(Exception):  # noqa: N801 - pywin32's name, which programs catch
    """A call that failed: `hresult`, `strerror`, `excepinfo` (wcode, source, text, help file, help context, scode) and `argerror`."""

    def __init__(self, hresult: int, strerror: str, excepinfo: tuple[Any, ...] | None = None, argerror: int | None = None) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult = hresult
        self.strerror = strerror
        self.excepinfo = excepinfo
        self.argerror = argerror


def raised(error: dict[str, Any]) -> com_error:
    """Make the error of an `error` object of JSON-RPC."""
    text, data = str(error.get("message", "")), error.get("data") or {}
    code = int(str(data.get("hresult", "0x80004005")), 16)
    signed = code - (1 << 32) if code >= 1 << 31 else code
    return com_error(EXCEPTION, "Exception occurred.", (0, data.get("source", "hMailServer COM library"), text, None, 0, signed), None)


def unreachable(where: str, reason: object) -> com_error:
    """Make the error of a server that can't be reached."""
    text = f"The RPC server is unavailable: {where} ({reason})."
    return com_error(UNREACHABLE, text, (0, "hMailServer COM library", text, None, 0, UNREACHABLE), None)
