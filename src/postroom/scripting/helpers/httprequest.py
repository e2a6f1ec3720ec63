"""The objects that make HTTP requests: MSXML2.XMLHTTP, MSXML2.ServerXMLHTTP, WinHttp.WinHttpRequest."""

import base64
import codecs
import re
from typing import Final

from postroom.languages.vbscript.conversions import to_int, to_text, truth
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Object, Value
from postroom.scripting.helpers.bytes import byte_array, octets_of
from postroom.scripting.helpers.component import Component, assignment, member
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.domdocument import DOMDocument
from postroom.scripting.helpers.stream import Stream
from postroom.scripting.helpers.web import Call, Reply

NOT_YET: Final = 0x8000000A - (1 << 32)
_NOT_YET_TEXT: Final = "The data necessary to complete this operation is not yet available."
_DONE: Final = 4
_OPENED: Final = 1
_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
AGENT: Final = "Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)"
_IGNORE_CERTIFICATES: Final = 0x3300
"""13056: all certificate errors, as scripts write it."""


class Request(Component):
    """A request: Open, headers, Send, then the answer. A script waits for it in any case: asynchronous requests are done when Send returns."""

    __slots__ = ("_agent", "_desk", "_follow", "_headers", "_method", "_reply", "_times", "_url", "_verify", "on_ready_state_change")

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._agent = AGENT
        self._method = self._url = ""
        self._headers: dict[str, tuple[str, str]] = {}
        self._reply: Reply | None = None
        self._times = (60.0, 30.0)
        self._verify = self._follow = True
        self.on_ready_state_change: Value = NOTHING

    def _answer(self) -> Reply:
        if self._reply is None:
            raise VBScriptError(NOT_YET, _NOT_YET_TEXT, "msxml3.dll")
        return self._reply

    @member()
    def open(self, method: str, url: str, _asynchronous: Value = False, user: Value = MISSING, password: Value = MISSING) -> None:
        """Begin a request; user and password become Basic credentials. Raises 5 for what is no method."""
        if not _TOKEN.fullmatch(method):
            raise VBScriptError(5)
        self._method, self._url, self._reply = method.upper(), from_units(url), None
        self._headers = {"user-agent": ("User-Agent", self._agent), "accept": ("Accept", "*/*")}
        if user is not MISSING and user is not EMPTY and user is not NULL:
            self.set_credentials(to_text(user), "" if password is MISSING else to_text(password))

    @member()
    def set_credentials(self, user: str, password: str, _target: int = 0) -> None:
        """Send Basic credentials."""
        token = base64.b64encode(from_units(f"{user}:{password}").encode()).decode()
        self._headers["authorization"] = ("Authorization", f"Basic {token}")

    @member()
    def set_request_header(self, name: str, value: str) -> None:
        """Set a header field; a second one of the name is added to it. Raises 5 for what is no name, or would begin another line."""
        if not self._method:
            raise VBScriptError(NOT_YET, _NOT_YET_TEXT)
        if not _TOKEN.fullmatch(name) or re.search(r"[\r\n\0]", value):
            raise VBScriptError(5)
        held = self._headers.get(name.lower())
        joined = held is not None and name.lower() not in {"user-agent", "accept", "content-type", "authorization", "host"}
        self._headers[name.lower()] = (name, f"{held[1]}, {value}" if held and joined else value)

    @member()
    def send(self, body: Value = MISSING) -> None:
        """Send the request and wait for the answer; a text goes as UTF-8. Raises errors with WinHTTP's numbers, 70 for an address out of bounds."""
        if not self._method:
            raise VBScriptError(NOT_YET, _NOT_YET_TEXT)
        data = self._data(body)
        headers = tuple((name, from_units(value).encode().decode("latin-1")) for name, value in self._headers.values())
        connect, answer = self._times
        self._reply = self._desk.web.fetch(Call(self._method, self._url, headers, data, connect, answer, self._follow, self._verify))
        if isinstance(self.on_ready_state_change, Object):
            self.on_ready_state_change.get("", [])

    def _data(self, body: Value) -> bytes | None:
        if body in (MISSING, EMPTY, NULL, NOTHING):
            return b"" if self._method in {"POST", "PUT"} else None
        if type(body) is Array or isinstance(body, Stream):
            return octets_of(body)
        if isinstance(body, DOMDocument):
            self._headers.setdefault("content-type", ("Content-Type", "text/xml; charset=utf-8"))
            return from_units(body.xml()).encode()
        self._headers.setdefault("content-type", ("Content-Type", "text/plain; charset=utf-8"))
        return from_units(to_text(body)).encode()

    @member()
    def abort(self) -> None:
        """Forget request and answer."""
        self._reply, self._method = None, ""

    @assignment()
    def put_on_ready_state_change(self, handler: Value) -> None:
        """Name the function that is called when the answer is there."""
        self.on_ready_state_change = handler

    @member()
    def ready_state(self) -> int:
        """0 before Open, 1 before Send, 4 with the answer."""
        return _DONE if self._reply else _OPENED if self._method else 0

    @member()
    def status(self) -> int:
        """The answer's status."""
        return self._answer().status

    @member()
    def status_text(self) -> str:
        """The answer's reason."""
        return self._answer().reason

    @member()
    def get_response_header(self, name: str) -> str:
        """A header field of the answer, several of a name joined; "" for none."""
        return ", ".join(value for held, value in self._answer().headers if held.lower() == name.lower())

    @member()
    def get_all_response_headers(self) -> str:
        """All header fields of the answer, each with CR LF."""
        return "".join(f"{name}: {value}\r\n" for name, value in self._answer().headers) + "\r\n"

    @member()
    def response_body(self) -> Value:
        """The answer's bytes."""
        return byte_array(self._answer().body)

    @member()
    def response_text(self) -> str:
        """The answer as text: by its byte order mark, its charset, else UTF-8."""
        reply = self._answer()
        marked = next((encoding for mark, encoding in _MARKS if reply.body.startswith(mark)), None)
        named = _CHARSET.search(self.get_response_header("Content-Type"))
        return _decoded(reply.body, marked or (named[1] if named else "utf-8"))

    @member()
    def response_stream(self) -> Value:
        """The answer's bytes as a stream."""
        return Stream.of(self._desk.paths, self._answer().body)

    @member()
    def response_xml(self) -> Value:
        """The answer as a document; one without root where it is no XML."""
        document = DOMDocument(self._desk)
        document.load_bytes(self._answer().body)
        return document


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except (LookupError, ValueError):  # a charset that there isn't, or one that makes no text of bytes
        return data.decode("utf-8", "replace")


class XMLHTTP(Request):
    """MSXML2.XMLHTTP and Microsoft.XMLHTTP."""

    __slots__ = ()

    type_name = "IXMLHTTPRequest"


class ServerXMLHTTP(Request):
    """MSXML2.ServerXMLHTTP: times, options, waiting."""

    __slots__ = ()

    type_name = "IServerXMLHTTPRequest2"
    _CERTIFICATES = 2

    @member()
    def set_timeouts(self, resolve: int, connect: int, send: int, receive: int) -> None:
        """Say in milliseconds how long each step may take; 0 is no limit but the server's own."""
        if min(resolve, connect, send, receive) < 0:
            raise VBScriptError(5)
        most = self._desk.web.time
        self._times = ((resolve + connect) / 1000 or most, receive / 1000 or most)

    @member()
    def wait_for_response(self, _seconds: Value = MISSING) -> bool:
        """Wait for the answer, which is there when Send has returned."""
        return self._reply is not None

    @member()
    def set_option(self, option: int, value: Value) -> None:
        """Option 2 with 13056 lets any certificate pass; the others change nothing here."""
        if option == self._CERTIFICATES:
            self._verify = not to_int(value) & _IGNORE_CERTIFICATES

    @member()
    def get_option(self, option: int) -> Value:
        """Give an option."""
        return self._url if option == -1 else 0 if self._verify or option != self._CERTIFICATES else _IGNORE_CERTIFICATES

    @member()
    def set_proxy(self, _setting: int, _server: Value = MISSING, _bypass: Value = MISSING) -> None:
        """Do nothing: requests go out directly, for a proxy would go round the rules for addresses."""

    @member()
    def set_proxy_credentials(self, _user: str, _password: str) -> None:
        """Do nothing: there is no proxy."""


class WinHttpRequest(ServerXMLHTTP):
    """WinHttp.WinHttpRequest: the same with options as a property."""

    __slots__ = ()

    type_name = "IWinHttpRequest"
    _AGENT, _URL, _SSL, _REDIRECTS = 0, 1, 4, 6

    @member()
    def option(self, which: int) -> Value:
        """An option: 0 the program's name, 1 the URL, 4 the certificate errors let pass, 6 whether redirects are followed."""
        reply = self._reply
        known = {
            self._AGENT: self._agent,
            self._URL: reply.url if reply else self._url,
            self._SSL: 0 if self._verify else _IGNORE_CERTIFICATES,
            self._REDIRECTS: self._follow,
        }
        return known.get(which, EMPTY)

    @assignment()
    def put_option(self, which: int, value: Value) -> None:
        """Set an option: 0, 4 and 6; the others change nothing here."""
        if which == self._AGENT:
            self._agent = re.sub(r"[\r\n\0]", "", to_text(value))
            self._headers["user-agent"] = ("User-Agent", self._agent)
        elif which == self._SSL:
            self._verify = not to_int(value) & _IGNORE_CERTIFICATES
        elif which == self._REDIRECTS:
            self._follow = truth(value)

    @member()
    def set_auto_logon_policy(self, _policy: int) -> None:
        """Do nothing: this server logs in nowhere by itself."""

    @member()
    def set_client_certificate(self, _certificate: str) -> None:
        """Refuse: there is no store of certificates here."""
        raise VBScriptError(445)
