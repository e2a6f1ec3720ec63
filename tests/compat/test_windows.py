"""Windows' COM: the generated DLL under Wine, and the type library that stands beside it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates import made as certificate
from comdoor import comdoor, served
from compat.wine import BUILT, CLIENT, Wine, build, compiled, path
from postroom.model.caller import Caller, Origin
from postroom.model.remote import Remote
from postroom.network.tls import ServerTLS
from postroom.servers.http.com import Com

HERE = Path(__file__).parent
REFERENCE = {one["class"]: one for one in json.loads((HERE.parent / "reference" / "object-model.json").read_text())["classes"]}
LIBRARY = "{DB241B59-A1B1-4C59-98FC-8D101A2995F2}"
APPLICATION = f"{{{REFERENCE['Application']['clsid']}}}"
GET, PUT, CALL = 2, 4, 1  # INVOKEKIND

# What the server of these tests gives for each type: on the line, by vtable, by name.
GIVEN: dict[str, tuple[Any, str, str]] = {
    "string": ("Größe 😀", "string Größe 😀", "string Größe 😀"),
    "integer": (-7, "integer -7", "integer -7"),
    "int64": ({"$t": "i8", "v": "9007199254740993"}, "int64 9007199254740993", "double 9007199254740992"),
    "boolean": (True, "boolean true", "boolean true"),
    "float": (1.25, "float 1.25", "float 1.25"),
    "variant": ({"$t": "date", "v": "2026-11-21T06:00:00"}, "date 46347.250000", "date 46347.250000"),
    "enum": (3, "integer 3", "integer 3"),
}
# What the program gives for each type, as it stands on the line.
TAKEN = {"string": "Über 😀", "integer": 3, "int64": 1 << 40, "boolean": True, "enum": 3, "variant": {"$t": "date", "v": "2026-11-21T12:00:00"}}

pytestmark = [pytest.mark.compat, pytest.mark.timeout(600)]  # the first one builds the DLLs and makes Wine's disk


class Answering:
    """A server of the protocol that has every object, and writes down what it is asked."""

    def __init__(self) -> None:
        self.classes: list[str] = []
        self.asked: list[tuple[str, str, str, list[Any]]] = []

    def at_once(self, _caller: Caller, _body: bytes) -> bytes | None:
        return None

    async def answer(self, _caller: Caller, body: bytes) -> bytes:
        request = json.loads(body)
        result = self._result(request["method"], request["params"])
        return json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}).encode()

    def _result(self, method: str, params: dict[str, Any]) -> Any:
        if method == "com.open":
            return {"s": "token", "v": 1, "ttl": 60}
        if method == "com.create":
            return {"v": self._object(params["progid"].removeprefix("hMailServer."))}
        if method == "com.close":
            return None
        name = self.classes[params["o"] - 1]
        self.asked.append((name, method, params["m"], params.get("a", [])))
        return self._value(REFERENCE[name], params["m"])

    def _value(self, known: dict[str, Any], member: str) -> dict[str, Any]:
        row = next(one for one in known["properties"] + known["methods"] if one["name"] == member)
        kind = row.get("type") or row.get("returns") or ""
        family, _, of = kind.partition(":")
        outs = {one["name"]: GIVEN[one["type"]][0] for one in row.get("params", []) if one["direction"] == "out"}
        return {"v": self._object(of) if family == "object" else GIVEN[family][0] if kind else None, "out": outs}

    def _object(self, name: str) -> dict[str, Any]:
        self.classes.append(name)
        return {"$t": "obj", "h": len(self.classes), "c": name}


def places(known: dict[str, Any]) -> list[tuple[int, dict[str, Any], int]]:
    """Give the vtable of a class as the original's: by dispid, get before put, behind IDispatch's seven."""
    found = []
    for row in sorted(known["properties"] + known["methods"], key=lambda row: row["dispid"]):
        kinds = [CALL] if "returns" in row else [GET, PUT] if row["writable"] else [GET]
        found += [(row, kind) for kind in kinds]
    return [(place, row, kind) for place, (row, kind) in enumerate(found, 7)]


def shown(kind: str, *, by_name: bool) -> str:
    family, _, of = kind.partition(":")
    return f"object IInterface{of}" if family == "object" else GIVEN[family][1 + by_name]


def declared(kind: str) -> str:
    family, _, of = kind.partition(":")
    return f"IInterface{of}*" if family == "object" else of or family


def line(name: str, place: int, row: dict[str, Any], kind: int) -> str:
    """Say what the program prints of a member."""
    given = row.get("params", [])
    gives = "" if kind == PUT else row.get("type") or row.get("returns") or ""
    types = [declared(one["type"]) + "*" * (one["direction"] == "out") for one in given]
    types += [declared(row["type"])] if kind == PUT else [declared(gives) + "*"] if gives else []
    told = []
    for by_name in (False, True):
        outs = [shown(one["type"], by_name=by_name) for one in given if one["direction"] == "out"]
        told.append(", ".join([shown(gives, by_name=by_name) if gives else "nothing", *outs]))
    return "|".join([name, str(place), str(row["dispid"]), str(kind), f"{row['name']}({','.join(types)})", *told])


def requests(name: str, row: dict[str, Any], kind: int) -> list[tuple[str, str, str, list[Any]]]:
    """Say what the program asks the server for a member: by vtable, then by name."""
    taken = [TAKEN[one["type"].partition(":")[0]] for one in row.get("params", []) if one["direction"] == "in"]
    if kind == PUT:
        taken.append(TAKEN[row["type"].partition(":")[0]])
    methods = {GET: ("com.get", "com.invoke"), PUT: ("com.put", "com.put"), CALL: ("com.call", "com.invoke")}
    return [(name, method, row["name"], taken) for method in methods[kind]]


async def test_every_member_of_every_class_is_called_at_its_place_in_the_vtable_and_by_its_name(wine: Wine, tmp_path: Path) -> None:
    objects = Answering()
    async with served(Com(objects, lambda _: False, tuple, lambda: False)) as port:
        told = await wine.run(compiled(HERE / "members.cpp", tmp_path), POSTROOM_CLIENT_URL=f"http://127.0.0.1:{port}")
    lines, asked = [], []
    for name in sorted(REFERENCE):
        for place, row, kind in places(REFERENCE[name]):
            lines.append(line(name, place, row, kind))
            asked += requests(name, row, kind)
    assert len(lines) == 1184
    assert told.splitlines() == lines
    assert objects.asked == asked


class Forgetting:
    """The server's side of the door; it forgets a session that says Connect."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.token = ""

    def at_once(self, _caller: Caller, _body: bytes) -> bytes | None:
        return None

    async def answer(self, caller: Caller, body: bytes) -> bytes:
        request, told = json.loads(body), await self.remote.answer(caller, body)
        if request["method"] == "com.open":
            self.token = json.loads(told)["result"]["s"]
        if request["params"].get("m") == "Connect":
            self.remote.sessions.close(self.remote.sessions.get(self.token, Origin.NETWORK))
        return told


async def test_late_binding_threads_enumerations_and_lost_sessions_are_as_com_has_them(wine: Wine, tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door, served(Com(Forgetting(door.remote), lambda _: False, tuple, lambda: False)) as port:
        told = await wine.run(compiled(HERE / "behaviour.cpp", tmp_path), POSTROOM_CLIENT_URL=f"http://127.0.0.1:{port}")
    assert told.splitlines() == [
        "logged in by named arguments",
        "a missing argument: 8002000E",
        "an unknown number: 80020003",
        "writing what is read-only: 80020003",
        "a method read as a property: 80020003",
        "an unknown name: 80020006",
        "42 -1",
        "enumerated 1 1, 0 1 0, 0",
        "another thread: 00000000",
        "no place for the value: 80004003",
        "an object of the lost session: 80010108",
        "a new object: done",
        "the old object: 80010108",
        "nobody there: 800706BA",
        "no address: 800706BA",
    ]


async def test_address_and_key_may_stand_in_the_registry_and_the_key_is_sent(wine: Wine, tmp_path: Path) -> None:
    heads: list[bytes] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    program = tmp_path / "program.js"
    program.write_text("try { new ActiveXObject('hMailServer.Application'); } catch (error) { WScript.Echo((error.number >>> 0).toString(16)); }")
    settings = r"HKCU\Software\Postroom\Client"
    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/other"
        await wine.run("reg", "add", settings, "/v", "Url", "/d", url)
        await wine.run("reg", "add", settings, "/v", "Key", "/d", "k-1")
        try:
            assert await wine.run("cscript", "//nologo", path(program)) == "800a01ad\n"  # JScript says no more
        finally:
            await wine.run("reg", "delete", settings, "/f")
    assert heads[0].startswith(b"POST /other HTTP/1.1\r\n")
    assert b"\r\nAuthorization: Bearer k-1\r\n" in heads[0]
    assert b"\r\nContent-Type: application/json\r\n" in heads[0]


def test_classes_are_registered_for_a_user_in_both_views_and_taken_away_again(wine: Wine) -> None:
    classes, wide, narrow = r"HKCU\Software\Classes", path(BUILT / "postroom64.dll"), path(BUILT / "postroom32.dll")
    here, there = rf"{classes}\CLSID\{APPLICATION}", rf"{classes}\WOW6432Node\CLSID\{APPLICATION}"
    wine.register("/n", "/i:user")
    registered = [rf"{here}\InprocServer32", rf"{there}\InprocServer32", rf"{here}\ProgID", rf"{here}\VersionIndependentProgID", rf"{here}\TypeLib"]
    registered += [
        rf"{classes}\hMailServer.Application\CLSID",
        rf"{classes}\hMailServer.Application\CurVer",
        rf"{classes}\hMailServer.Application.1\CLSID",
    ]
    registered += [rf"{classes}\TypeLib\{LIBRARY}\1.0\0\win64", rf"{classes}\TypeLib\{LIBRARY}\1.0\0\win32"]
    values = [wide, narrow, "hMailServer.Application.1", "hMailServer.Application", LIBRARY, APPLICATION, "hMailServer.Application.1", APPLICATION]
    assert [wine.registered(key) for key in registered] == [*values, wide, narrow]
    wine.register("/n", "/i:user", remove=True)
    assert [wine.registered(key) for key in registered] == [""] * len(registered)
    assert wine.registered(rf"HKLM\Software\Classes\CLSID\{APPLICATION}\InprocServer32") == wide


def test_the_type_library_is_made_of_its_source(tmp_path: Path, wine: Wine) -> None:
    made = tmp_path / "hMailServer.tlb"
    build("library", LIBRARY=made)
    old, new = (re.sub(rb"(?s)(?<=Created by WIDL version ).{31}", b"", one.read_bytes()) for one in (CLIENT / "hMailServer.tlb", made))
    assert len(old) == len(new)
    assert sum(one != other for one, other in zip(old, new, strict=True)) <= 4  # the time at which it was made


def test_both_dlls_export_what_com_asks_for(wine: Wine) -> None:
    for width, tool, kind in ((64, "x86_64-w64-mingw32-objdump", "pei-x86-64"), (32, "i686-w64-mingw32-objdump", "pei-i386")):
        told = subprocess.run([tool, "-p", BUILT / f"postroom{width}.dll"], check=True, capture_output=True, text=True).stdout
        assert kind in told
        exported = set(re.findall(r"\[ *\d+\] (?:\+base\[ *\d+\] *[0-9a-f]+ )?(Dll\w+)$", told, re.MULTILINE))
        assert exported == {"DllCanUnloadNow", "DllGetClassObject", "DllInstall", "DllRegisterServer", "DllUnregisterServer"}


HELLO = """
try { WScript.Echo(new ActiveXObject('hMailServer.Application').ServerState); } catch (error) { WScript.Echo((error.number >>> 0).toString(16)); }
"""


class Told(Answering):
    """Such a server, which tells how many requests reached it."""

    def __init__(self) -> None:
        super().__init__()
        self.requests = 0

    async def answer(self, caller: Caller, body: bytes) -> bytes:
        self.requests += 1
        return await super().answer(caller, body)


async def test_https_asks_who_signed_the_certificate_or_for_its_fingerprint(wine: Wine, tmp_path: Path) -> None:
    files = certificate(tmp_path / "own.pem", "localhost")
    signed = x509.load_pem_x509_certificate(files.certificate.read_bytes()).public_bytes(Encoding.DER)
    (tmp_path / "own.cer").write_bytes(signed)
    digits = hashlib.sha256(signed).hexdigest().upper()
    shown = ":".join(digits[place : place + 2] for place in range(0, 64, 2))
    program, trust = tmp_path / "hello.js", compiled(HERE / "trust.cpp", tmp_path, libraries=["-lcrypt32"])
    program.write_text(HELLO)
    door = Told()

    async def hello(**env: str) -> tuple[str, int]:
        before = door.requests
        said = await wine.run("cscript", "//nologo", path(program), POSTROOM_CLIENT_URL=f"https://localhost:{port}", **env)
        return said.strip(), door.requests - before

    async with served(Com(door, lambda _: False, tuple, lambda: False), ServerTLS(files)) as port:
        assert await hello() == ("800a01ad", 0)
        assert await hello(POSTROOM_CLIENT_FINGERPRINT=shown) == ("3", 4)
        assert await hello(POSTROOM_CLIENT_FINGERPRINT=shown.replace("A", "B").replace("1", "2")) == ("800a01ad", 0)
        await wine.run(trust, path(tmp_path / "own.cer"))
        assert await hello() == ("3", 4)
