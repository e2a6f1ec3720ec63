"""The objects that scripts create, by the names that Windows knows them by."""

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import Object
from postroom.scripting.helpers.desk import Desk

CANNOT_CREATE: Final = 429
_VERSION: Final = re.compile(r"(\.[0-9]{1,2}){1,2}$")
_HOME: Final = "postroom.scripting.helpers"

CLASSES: Final[Mapping[str, tuple[str, str, str]]] = {
    "scripting.dictionary": ("dictionary", "Dictionary", ""),
    "scripting.filesystemobject": ("filesystemobject", "FileSystemObject", "desk"),
    "vbscript.regexp": ("regexp", "RegExp", ""),
    "wscript.shell": ("shell", "WshShell", "desk"),
    "wscript.network": ("network", "WshNetwork", "desk"),
    "msxml2.xmlhttp": ("httprequest", "XMLHTTP", "desk"),
    "microsoft.xmlhttp": ("httprequest", "XMLHTTP", "desk"),
    "msxml2.serverxmlhttp": ("httprequest", "ServerXMLHTTP", "desk"),
    "winhttp.winhttprequest": ("httprequest", "WinHttpRequest", "desk"),
    "msxml2.domdocument": ("domdocument", "DOMDocument", "desk"),
    "msxml2.freethreadeddomdocument": ("domdocument", "DOMDocument", "desk"),
    "microsoft.xmldom": ("domdocument", "DOMDocument", "desk"),
    "adodb.connection": ("adoconnection", "Connection", "desk"),
    "adodb.recordset": ("recordset", "Recordset", "desk"),
    "adodb.command": ("adocommand", "Command", "desk"),
    "adodb.parameter": ("adocommand", "Parameter", ""),
    "adodb.stream": ("stream", "Stream", "paths"),
    "dnslibrary.dnsresolver": ("dnsresolver", "DNSResolver", "desk"),
    "cdo.message": ("cdo", "Message", "desk"),
    "cdo.configuration": ("cdo", "Configuration", ""),
}
"""The classes by ProgID, lower case without version: module, class, and what it is made of. A module is read when a script asks for it first."""

_INSTEAD: Final[Mapping[str, str]] = {
    "shell.application": "Scripting.FileSystemObject does files, and WScript.Shell starts programs",
    "outlook.application": "CDO.Message and hMailServer.Message send mail",
    "excel.application": "write a CSV file with Scripting.FileSystemObject",
    "word.application": "write a text file with Scripting.FileSystemObject",
    "internetexplorer.application": "MSXML2.ServerXMLHTTP does HTTP requests",
    "wbemscripting.swbemlocator": "there is no WMI on this system",
    "system.collections.arraylist": "use Scripting.Dictionary or an array",
}


def create(progid: str, desk: Desk) -> Object:
    """Make an object by its ProgID, in any case and version; raises 429, with its name and what to do, for one that there isn't."""
    name = progid.strip().lower()
    plain = name if name in CLASSES else _VERSION.sub("", name)
    if plain not in CLASSES:
        hint = _INSTEAD.get(plain, "this server has no such object; its manual lists those that scripts may create")
        raise VBScriptError(CANNOT_CREATE, detail=f"{progid[:100]} ({hint})")
    module, kind, material = CLASSES[plain]
    try:
        make: Callable[..., Any] = getattr(import_module(f"{_HOME}.{module}"), kind)
    except ImportError as missing:
        raise VBScriptError(CANNOT_CREATE, detail=f"{progid} (it needs {missing.name}: pip install 'postroom[scripts]')") from None
    made = make(*{"": (), "desk": (desk,), "paths": (desk.paths,)}[material])
    assert isinstance(made, Object)
    return made
